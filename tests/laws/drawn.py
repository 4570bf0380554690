"""Drawn rule sets with a form each, and their evaluation, for the laws."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.form import BUDGET_NAMES, Form
from perfscore.model.outcome import Outcome
from perfscore.model.plan import Plan
from perfscore.model.rules import Indicator
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.testing.forms import Draft, Known, drafts
from perfscore.testing.strategies import rule_sets
from perfscore.text.source import Source

ZERO = Fraction(0)
#: For laws whose single case is many evaluations.
FEW = settings(max_examples=max(5, settings().max_examples // 4))
#: For laws whose single case is one curve and one number.
MANY = settings(max_examples=3 * settings().max_examples)


class Case(NamedTuple):
    plan: Plan
    draft: Draft

    def __repr__(self) -> str:
        # What a person can paste into two files.
        return f"Case\n# rules.yaml\n{self.plan.rules.sources[0].text}\n# form.yaml\n{self.draft.text()}"

    def score(self, text: str | None = None) -> Evaluation:
        return score(self.plan, self.draft.text() if text is None else text)

    def read(self, name: str) -> Known:
        """What formulas read of the form."""
        return self.draft.read(self.plan.rules, name)


@st.composite
def cases(draw: DrawFn, gaps: bool = True) -> Case:
    rules = draw(rule_sets())
    return Case(plan(rules), draw(drafts(rules, gaps=gaps)))


@st.composite
def emptied(draw: DrawFn, read_by: str = "") -> tuple[Case, Draft]:
    """A complete form, and the same with a few cells not filled in: those that some of its formulas read, or those `read_by` one kind of them."""
    case = draw(cases(gaps=False))
    tree, rows, rules = dict(case.draft.tree), case.draft.rows, case.plan.rules
    # Where the rules say what counts without a word, nothing is open.
    settled = {fact.name for fact in rules.facts if fact.default is not None}
    said = {**tree["budget"], **tree["facts"]}
    asked = [open_ for names in _asked(case.plan, read_by) if (open_ := [name for name in names if name in said and name not in settled])]
    gone = {draw(st.sampled_from(names)) for names in draw(st.lists(st.sampled_from(asked), min_size=bool(read_by), max_size=3))} if asked else set()
    tree |= {table: {name: cell for name, cell in tree[table].items() if name not in gone} for table in ("facts", "budget")}
    # Nor is anything open without a judged score, where the rules have a default for it.
    filled_in = any(use.parameters["default"] for node in nodes(case.plan) for _, use in node.methods if use.name == "tiers")
    for at in draw(st.sets(st.sampled_from(range(len(rows))), max_size=2)) if rows and not read_by else ():
        judged = "judged" in rows[at] or "reported" in rows[at]
        unsaid = () if judged and filled_in else ("judged", "reported") if judged else ("actual",)
        rows[at] = {key: cell for key, cell in rows[at].items() if key not in unsaid}
    return case, Draft({**tree, "indicators": rows}, {**case.draft.known, **dict.fromkeys(gone)})


def _asked(planned: Plan, read_by: str) -> list[list[str]]:
    """The facts that each formula of a rule set reads, and those that its items and levels are."""
    rules = planned.rules
    formulas = [getattr(node, name) for node in nodes(planned) for name in ((read_by,) if read_by else ("when", "applicable", "measure"))]
    if not read_by:
        formulas += [gate.when for gate in rules.gates] + [fact.formula for fact in rules.facts] + [tree.variant.when for tree in planned.trees]
    names = [[one.name for one in formula.reads] for formula in formulas if formula is not None]
    found = [[known for name in reads for known in (BUDGET_NAMES.get(name, name), name.rpartition(".")[0])] for reads in names]
    return found if read_by else [*found, *([node.fact] for node in nodes(planned))]


def form_of(text: str) -> Form:
    (form,) = forms_of(Source("form.yaml", text, text.encode()))
    assert isinstance(form, Form), form
    return form


def score(planned: Plan, text: str) -> Evaluation:
    return evaluate(bind(form_of(text), planned))


def nodes(planned: Plan) -> Iterator[Indicator]:
    """Every indicator of every variant, and every case of it."""
    for tree in planned.trees:
        for node in (node for top in tree.indicators for node in top.walk()):
            yield from (node, *(case.rule for case in node.cases))


def walk(outcome: Outcome) -> Iterator[Outcome]:
    yield outcome
    for child in outcome.children:
        yield from walk(child)


def live(outcome: Outcome) -> list[Outcome]:
    """The lines that count for a group."""
    return [child for child in outcome.children if child.status != "not-applicable"]


def summary(evaluation: Evaluation) -> dict[str, object]:
    """What an evaluation says in numbers, by id, whatever the order of its lines."""
    found: dict[str, object] = {outcome.id: (outcome.points, outcome.score, outcome.bounds, outcome.status) for outcome in walk(evaluation.root)}
    return {**found, "grade": evaluation.grade and evaluation.grade.label}
