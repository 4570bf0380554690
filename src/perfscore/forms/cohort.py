"""The forms of a cohort to their submissions: what all of them measure is compared first, and each is then bound with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from perfscore.forms.bind import bind
from perfscore.forms.facts import FactReader
from perfscore.forms.rows import RowIndex
from perfscore.model.form import BUDGET_NAMES, Form
from perfscore.model.formula import Formula
from perfscore.model.measure import Absence
from perfscore.model.plan import Plan
from perfscore.model.rules import Cohort
from perfscore.model.submission import Submission
from perfscore.scoring.cohort import Numbers, find
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

Report = Callable[[Diagnostic], None]


def submissions(forms: Sequence[Form], plan: Plan) -> list[Submission]:
    """The forms bound with what only all of them together tell; one without a measure takes no part in that number, and says so."""
    said: list[list[Diagnostic]] = [[] for _ in forms]
    readers = [_Reader(form, plan, found.append) for form, found in zip(forms, said, strict=True)]
    measured: dict[str, Numbers] = {}
    for text, alike in _alike(plan.rules.cohort).items():
        label = Phrase("、".join(one.label.zh for one in alike), ", ".join(one.label.en for one in alike))
        measured[text] = [reader.measure(alike[0].of, label) for reader in readers]
    numbers = {one.name: find(one.kind).values(measured[one.of.text], one.parameters) for one in plan.rules.cohort}
    return [_said(bind(form, plan, {name: values[place] for name, values in numbers.items()}), said[place]) for place, form in enumerate(forms)]


def _alike(cohort: tuple[Cohort, ...]) -> dict[str, list[Cohort]]:
    """The numbers by what they measure: rank and best of one thing are measured once."""
    found: dict[str, list[Cohort]] = {}
    for one in cohort:
        found.setdefault(one.of.text, []).append(one)
    return found


def _said(submission: Submission, found: list[Diagnostic]) -> Submission:
    # What was read twice, to be compared and to be scored, is said once.
    unique = {(d.code, d.span, d.says): d for d in (*found, *submission.diagnostics)}
    return submission._replace(diagnostics=tuple(unique.values()))


class _Reader:
    """What is measured on one form."""

    def __init__(self, form: Form, plan: Plan, report: Report) -> None:
        self.form, self.report = form, report
        self.facts = FactReader(form, plan.rules, report)
        rows = any("." in read.name and not self.facts.reads(read.name) for one in plan.rules.cohort for read in one.of.reads)
        self.counts: Mapping[str, Fraction] = RowIndex(form.rows).counts(plan) if rows else {}

    def measure(self, of: Formula, label: Phrase) -> Fraction | None:
        """The number that is compared; None after a word about why there is none."""
        found = self.facts.value(of, self.counts)
        if not isinstance(found, Absence) and isinstance(found.value, Fraction):
            return found.value
        why = found.why if isinstance(found, Absence) else label
        says = Phrase(f"{label.zh}：{why.zh}，这张表不参加比较", f"{label.en}: {why.en}, and this form is not compared")
        self.report(Diagnostic("not-compared", says, self._place(of), severity="warning"))
        return None

    def _place(self, of: Formula) -> Span:
        """The cell that gives no number, else the form."""
        for name in sorted(self._names(of, set()), key=self._fitness):
            column = BUDGET_NAMES.get(name)
            cell = self.facts.said.fact(name) if column is None else getattr(self.form.budget, column, None)
            if cell is not None:
                return cell.span
        return self.form.span

    def _names(self, of: Formula, seen: set[str]) -> Iterator[str]:
        """The names that a formula reads, each once, through facts that are computed: a fact may be reached by more ways than can be gone."""
        for read in of.reads:
            if read.name in seen:
                continue
            seen.add(read.name)
            declared = self.facts.declared.get(read.name)
            if declared is not None and declared.formula is not None:
                yield from self._names(declared.formula, seen)
            elif self.facts.reads(read.name):
                yield read.name

    def _fitness(self, name: str) -> int:
        """What is not known comes first, then what is 0 and may be what is divided by."""
        found = self.facts.fact(name)
        return 0 if isinstance(found, Absence) else 1 if not found.value else 2
