"""Drawn rule sets with a form each, and their evaluation, for the laws."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
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
