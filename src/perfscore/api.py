"""The public verbs: load rules, read forms, evaluate one or many."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from attrs import frozen

from perfscore.forms.bind import bind
from perfscore.forms.read import read_forms
from perfscore.model.form import Form
from perfscore.model.outcome import Held, Outcome
from perfscore.model.plan import Plan
from perfscore.model.rules import Example, RuleSet
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation
from perfscore.scoring.engine import evaluate as _evaluate
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.interval import Interval
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import bare
from perfscore.verbs import combine as _combine
from perfscore.verbs import evaluate_cohort as _evaluate_cohort
from perfscore.verbs import evaluations, rules_of

#: A rule set, or what is made of one to score many forms.
Rules = RuleSet | Plan


class Grade(NamedTuple):
    """A grade: its label on the form, the totals that earn it (None: only a gate gives it), and what follows from it."""

    label: str
    range: Interval | None
    action: str | None = None


@frozen(repr=False)
class Gate:
    """A gate that took effect on a form, or (not `certain`) of which nobody can tell whether it does."""

    held: Held
    evaluation: Evaluation

    @property
    def id(self) -> str:
        """The gate's id in the rules."""
        return self.held.gate.id

    @property
    def label(self) -> str:
        """The label in the rules."""
        return self.held.gate.label.zh

    @property
    def effect(self) -> str:
        """What it does, by the English name in rule files, as `veto`, `deduct` or `grade-cap`."""
        return self.held.gate.effect

    @property
    def certain(self) -> bool:
        """Whether it took effect; False where something that its condition reads is not known."""
        return self.held.certain

    @property
    def indicator(self) -> str | None:
        """The id of the leaf that it looked at, if the rules ask it of every leaf."""
        return self.held.leaf or None

    def says(self, lang: Lang = "zh") -> str:
        """What it did, or what is missing to tell."""
        from perfscore.report.gates import labels, told

        return told(self.held, labels(self.evaluation), self.evaluation.plan.rules.grades).text(lang)

    def why(self, lang: Lang = "zh") -> list[str]:
        """Its condition with the values put in, line by line."""
        from perfscore.report.gates import conditions

        return [reason.text for reason in conditions(self.held, lang)]


@frozen(repr=False)
class Indicator:
    """One line of a result: a leaf, a group, or the difference line of a rescaled group. All numbers are exact."""

    outcome: Outcome

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.outcome.id

    @property
    def label(self) -> str:
        """The label on the form or in the rules."""
        return self.outcome.label.zh

    @property
    def points(self) -> Decimal | None:
        """分值; None for a row without points of its own."""
        return _decimal(self.outcome.points)

    @property
    def score(self) -> Decimal | None:
        """得分; None while it is not known."""
        return _decimal(self.outcome.score)

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The least and the most that the score can be."""
        return self.outcome.bounds

    @property
    def status(self) -> str:
        """`scored`, `judged`, `missing`, `not-applicable` or `vetoed`."""
        return self.outcome.status

    @property
    def lost(self) -> Decimal | None:
        """Points not earned."""
        return _decimal(self.outcome.lost)

    @property
    def children(self) -> tuple[Indicator, ...]:
        """The lines below."""
        return tuple(Indicator(child) for child in self.outcome.children)

    def why(self, lang: Lang = "zh") -> list[str]:
        """The reasons for the score, line by line."""
        from perfscore.report.explain import why

        return [reason.text for reason in why(self.outcome, lang)]


@frozen(repr=False)
class Result:
    """What scoring a form gave."""

    evaluation: Evaluation

    @property
    def form(self) -> Form:
        """The form as printed."""
        return self.evaluation.submission.form

    @property
    def rules(self) -> RuleSet:
        """The rule set that was used."""
        return self.evaluation.plan.rules

    @property
    def score(self) -> Decimal | None:
        """The total; None while anything is missing, then `bounds` tell, and where a gate withholds it."""
        return _decimal(self.evaluation.score)

    @property
    def points(self) -> Decimal | None:
        """The points that the total is of."""
        return _decimal(self.evaluation.root.points)

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The least and the most that the total can be with what is known."""
        return self.evaluation.bounds

    @property
    def grade(self) -> Grade | None:
        """The grade, if the bounds agree on one; the label is that of the form, as an indicator's is."""
        found = self.evaluation.grade
        return None if found is None else Grade(found.label.zh, found.range, None if found.action is None else found.action.zh)

    @property
    def gates(self) -> tuple[Gate, ...]:
        """The gates that took effect, or may, in the order of the rules."""
        return tuple(Gate(held, self.evaluation) for held in self.evaluation.held)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is odd in the form, and what gates point out, with places."""
        return self.evaluation.warnings

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The top level."""
        return tuple(Indicator(child) for child in self.evaluation.root.children)

    def __getitem__(self, name: str) -> Indicator:
        """The line with an id, or with a label that only one line has. Raises KeyError."""
        found = [outcome for outcome in _walk(self.evaluation.root) if name == outcome.id]
        found = found or [outcome for outcome in _walk(self.evaluation.root) if bare(name) == bare(outcome.label.zh)]
        if len(found) != 1:
            raise KeyError(f"{name}: " + ("no such indicator" if not found else "more than one, ask by id: " + ", ".join(o.id for o in found)))
        return Indicator(found[0])

    def lines(self) -> Iterator[Indicator]:
        """Every line of the result, groups before what is in them."""
        return (Indicator(outcome) for outcome in _walk(self.evaluation.root))

    def reasons(self, lang: Lang = "zh") -> dict[str, list[str]]:
        """The reasons of every leaf by its id, without the tree around them: the quick way to explain many forms."""
        from perfscore.report.explain import all_reasons

        return {leaf.id: [reason.text for reason in reasons] for leaf, reasons in all_reasons(self.evaluation, lang)}

    def explain(self, lang: Lang = "zh", format: str = "terminal") -> str:
        """The whole result with every reason, as a text in one of the view formats."""
        from perfscore.report.evaluation import outline
        from perfscore.views import render

        return render(outline(self.evaluation, lang, explain=True), format)

    def document(self, lang: Lang = "zh") -> dict[str, Any]:
        """The result as a tree of plain values: the JSON contract, format 1."""
        from perfscore.report.evaluation import document

        return document(self.evaluation, lang)


def read_form(path: str | os.PathLike[str]) -> Form:
    """The only form of a file; raises Rejected if it cannot be read, or holds more than one."""
    forms = list(read_many(path))
    if len(forms) > 1:
        says = Phrase(f"这个文件里有 {len(forms)} 张表，请用 read_many", f"this file holds {len(forms)} forms: use read_many")
        raise Rejected([Diagnostic("more-than-one-form", says, forms[1].span)])
    return forms[0]


def read_many(path: str | os.PathLike[str]) -> Iterator[Form]:
    """The forms of a file in order; raises Rejected at the first that cannot be read."""
    for form in read_forms(os.fspath(path)):
        if isinstance(form, Rejected):
            raise form
        yield form


def evaluate(form: Form, rules: Rules | None = None) -> Result:
    """Score a form, by the rules given or those it names. Raises Rejected only for the rules; what is odd in the form is a warning in the result."""
    chosen = rules_of(form) if rules is None else rules
    return Result(_evaluate(bind(form, chosen if isinstance(chosen, Plan) else plan(chosen))))


def evaluate_many(forms: Iterable[Form], rules: Rules | None = None) -> Iterator[Result]:
    """Score forms one after the other, in order and in constant memory; rules that several forms name are planned once. Raises Rejected for rules."""
    for evaluation in evaluations(forms, _planned(rules)):
        if isinstance(evaluation, Rejected):
            raise evaluation
        yield Result(evaluation)


def evaluate_cohort(forms: Iterable[Form], rules: Rules | None = None) -> list[Result]:
    """
    Score forms that are held against each other: ranks, the best, means, quotas of grades; all by one rule set.

    Everything is there at once, because no form has its numbers before the last one was measured. Raises Rejected for rules.
    """
    found = []
    for evaluation in _evaluate_cohort(forms, _planned(rules)):
        if isinstance(evaluation, Rejected):
            raise evaluation
        found.append(Result(evaluation))
    return found


def combine(forms: Iterable[Form], rules: Rules | None = None) -> Form:
    """
    One form out of those of several units: amounts added, rates their mean weighted by the budgets of the year, scores of words likewise.

    What cannot be joined is missing, and said among the warnings. Raises Rejected for rules, or if there are no forms.
    """
    return _combine(forms, _planned(rules))[0]


def lint(rules: RuleSet, examples: Iterable[Example] | None = None) -> tuple[Diagnostic, ...]:
    """
    What is wrong with a rule set, in the order of its file; what the file allows with a reason is left out.

    Without `examples` those in the rule file count. Each finding has its code, severity, place and hint; `perfscore explain CODE` tells more.
    """
    from perfscore.linting.run import lint as _lint

    return _lint(rules, None if examples is None else tuple(examples)).findings


def audit(form: Form, rules: Rules | None = None) -> tuple[Diagnostic, ...]:
    """
    What in a form cannot be right, in the order of its file: printed numbers that its rules or its own numbers do not give, and the cross-checks.

    What the form allows with a reason is left out. The `evidence` of a finding says what was printed and what it can be. Raises Rejected for rules.
    """
    from perfscore.auditing.run import audit as _audit

    return _audit(evaluate(form, rules).evaluation).review.findings


def _planned(rules: Rules | None) -> Plan | None:
    return plan(rules) if isinstance(rules, RuleSet) else rules


def _walk(outcome: Outcome) -> Iterator[Outcome]:
    for child in outcome.children:
        yield child
        yield from _walk(child)


def _decimal(number: Fraction | None) -> Decimal | None:
    """The number as a Decimal: exact where it has a finite decimal form, else to 34 digits."""
    if number is None:
        return None
    return Context(prec=max(34, number.numerator.bit_length() // 3 + 1)).divide(Decimal(number.numerator), Decimal(number.denominator))


__all__ = [
    "Gate", "Grade", "Indicator", "Rejected", "Result", "audit", "combine", "evaluate", "evaluate_cohort", "evaluate_many", "lint", "load_rules", "plan",
    "read_form", "read_many", "rules_of",
]  # fmt: skip
