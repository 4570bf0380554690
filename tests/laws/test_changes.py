"""Laws of the list of changes: it is empty for equal rules, and a score that moved was announced."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from perfscore.forms.bind import bind
from perfscore.model.plan import Plan
from perfscore.report.changes import changes, document, page
from perfscore.report.impact import blocks, impact
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import evaluate
from perfscore.testing.forms import drafts
from perfscore.testing.strategies import built, edited, rule_texts
from perfscore.text.diagnostic import Rejected
from perfscore.text.show import cells
from perfscore.views import render
from perfscore.views.json import dumps
from perfscore.views.outline import Outline
from tests.laws.drawn import FEW, form_of


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Plan, Plan]:
    """A rule set and what a few edits made of it, or two that have nothing in common."""
    text = draw(rule_texts())
    other = draw(st.one_of(edited([text], lambda text: re.split(r"(\W)", text)), rule_texts()))
    try:
        return plan(built(text)), plan(built(other))
    except Rejected:
        assume(False)
        raise


@given(rule_texts())
def test_nothing_changed_between_a_rule_set_and_itself(text: str) -> None:
    assert changes(plan(built(text)), plan(built(f"# moved\n{text}"))) == []


@FEW
@given(pairs(), st.data())
def test_a_score_moves_only_by_a_change_that_is_told(rules: tuple[Plan, Plan], data: st.DataObject) -> None:
    one, other = rules
    found = changes(one, other)
    form = form_of(data.draw(drafts(one.rules)).text())
    moved = impact(evaluate(bind(form, one)), evaluate(bind(form, other)), found)
    if moved.moved:
        assert [change for change in found if change.scores]
    if not [change for change in found if change.scores]:
        assert not moved.moved


@FEW
@given(pairs(), st.data())
def test_every_change_can_be_shown(rules: tuple[Plan, Plan], data: st.DataObject) -> None:
    one, other = rules
    found = changes(one, other)
    form = form_of(data.draw(drafts(other.rules)).text())
    moved = [impact(evaluate(bind(form, one)), evaluate(bind(form, other)), found)]
    for lang in ("zh", "en"):
        outline = page(one, other, found, lang)
        outline = Outline(outline.title, (*outline.blocks, *blocks([*moved], lang)))
        assert max(map(cells, render(outline, "terminal").splitlines())) <= 80
        assert not re.search(r"None|Fraction|<[a-z]+ object|\bValue\(", render(outline, "markdown"))
    dumps(document(one, other, found))
