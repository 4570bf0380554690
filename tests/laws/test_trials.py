"""Laws of examples over drawn rule sets and forms: what a form gives, an example of it may expect, and what it fell on is counted."""

from hypothesis import given

from perfscore.model.outcome import Outcome
from perfscore.model.rules import Example
from perfscore.testing.forms import Draft
from perfscore.text.fields import Value
from perfscore.text.nodes import Mapping
from perfscore.text.printed import format_number
from perfscore.text.source import Source, Span
from perfscore.text.yaml import parse
from perfscore.trials.reach import cover
from perfscore.trials.run import run
from tests.laws.drawn import Case, cases, walk


def scored(case: Case) -> list[Outcome]:
    """The leaves that fell on a piece of their curve."""
    return [outcome for outcome in walk(case.score().root) if outcome.leaf is not None and outcome.piece is not None]


@given(cases())
def test_whatever_is_scored_reaches_a_part_of_its_own_indicator(case: Case) -> None:
    """A piece that no part stands for would leave an author looking for an example that cannot be written."""
    coverage = cover(case.plan, [case.score()])
    assert all(part.by in (0, 1) for part in coverage.parts)
    for outcome in scored(case):
        rule = outcome.leaf.rule if outcome.leaf is not None else None
        assert rule is not None
        assert any(part.by for part in coverage.parts if part.kind == "piece" and part.id == rule.id)


@given(cases())
def test_no_more_is_reached_than_was_scored(case: Case) -> None:
    """Reached parts that nothing fell on would let a build pass that tests nothing."""
    reached = [part for part in cover(case.plan, [case.score()]).parts if part.kind == "piece" and part.by]
    assert len(reached) <= len(scored(case))
    # Every part stands somewhere in the rule file, and says what would reach it.
    for part in cover(case.plan, []).parts:
        assert part.by == 0
        assert part.span.line > 0
        assert part.says.zh
        assert part.how.zh


@given(cases(gaps=False))
def test_an_example_made_of_a_form_and_its_result_holds(case: Case) -> None:
    """Examples and forms go one way: the same cells give the same score, and one unit of rounding beside it is wrong."""
    draft = Draft({name: value for name, value in case.draft.tree.items() if name in ("budget", "facts", "indicators")})
    evaluation = case.score(draft.text())
    if evaluation.score is None or "/" in format_number(evaluation.score):
        return
    example = example_of(draft.text())
    right, wrong = (example._replace(expect=((at("total"), at(format_number(score))),)) for score in (evaluation.score, evaluation.score + 1))
    assert run(right, case.plan)[0].holds
    assert not run(wrong, case.plan)[0].holds


def at(text: str) -> Value:
    return Value(text, Span(Source("rules.yaml", text), 1, 1, 1, 1 + len(text)))


def example_of(form: str) -> Example:
    """The budget and the facts of a form's text as what an example gives, its indicator rows as rows."""
    (document,) = parse(Source("form.yaml", form, form.encode())).documents
    assert isinstance(document, Mapping)
    parts = {entry.key.text: entry.value for entry in document.entries}
    cells = [part.entries for name in ("budget", "facts") if isinstance(part := parts.get(name), Mapping)]
    given = tuple(entry for entries in cells for entry in entries if entry.key.text != "money")
    return Example(Mapping(document.span, given), parts.get("indicators"), (), document.span)
