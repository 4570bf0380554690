"""Laws of audits over drawn rule sets and forms: an honest form is clean, fewer digits are no difference, and what the rule does not give is found."""

import re
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from perfscore.api import load_rules
from perfscore.auditing.images import Names, image
from perfscore.auditing.run import Audit, audit
from perfscore.checking.settings import Settings
from perfscore.model.measure import Absence, Chosen, Comparison, Judged, Ticked
from perfscore.model.sets import rounding_to
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation
from perfscore.scoring.formula import read_formula
from perfscore.scoring.methods import find
from perfscore.testing.exact import Expression, half_up, value
from perfscore.testing.filled import filled, scored
from perfscore.testing.forms import Draft, Money
from perfscore.testing.methods import decimals, measures, method_uses
from perfscore.testing.strategies import expressions, spelled
from perfscore.text.interval import Interval, point
from perfscore.text.printed import format_number
from perfscore.text.source import Source, Span
from tests.laws.drawn import FEW, Case, cases

#: What is held against what perfscore computes.
NUMBERS = frozenset(("score-differs", "rate-differs", "total-differs", "total-not-the-sum", "grade-differs", "claim-differs"))


def numbers(evaluation: Evaluation) -> Audit:
    return audit(evaluation, Settings(select=NUMBERS))


@st.composite
def honest(draw: DrawFn, gaps: bool = True) -> Case:
    """A form that prints what perfscore computes, and still does when it is read again."""
    case = draw(cases(gaps=gaps))
    draft = filled(case.plan, case.draft)
    once, again = scored(case.plan, draft.text()), scored(case.plan, filled(case.plan, draft).text())
    # A judged score that is rounded may fall into another tier.
    assume((once.score, once.bounds, once.grade) == (again.score, again.bounds, again.grade) and draft.text() == filled(case.plan, draft).text())
    return Case(case.plan, draft)


@given(honest())
def test_an_honest_form_has_no_wrong_number(case: Case) -> None:
    """Whoever computes like perfscore and prints it has nothing to explain: a false alarm costs more trust than a miss."""
    assert [f"{one.span}: {one.says.zh}" for one in numbers(case.score()).review.findings] == []


# --- fewer digits ------------------------------------------------------------------------------------------------------------------------

_EXACT = re.compile(r"(-?)([0-9]+)\.([0-9]+)(%|个|人|万元|元|亿元|)")


def shorter(text: Any, places: int) -> Any:
    """A printed number with fewer places, half up; what would be printed as 0, and what has no places, stays."""
    if isinstance(text, Money):
        # In 万元, in which the forms of this law are written.
        short = half_up(text.yuan / 10_000, places) * 10_000
        return text._replace(yuan=short) if short and short.denominator == 1 else text
    found = _EXACT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return text
    sign, whole, part, unit = found.groups()
    # A whole number of people is exact, so one that was not whole keeps a place.
    kept = places if unit in ("%", "万元", "元", "亿元") else max(1, places)
    if kept >= len(part):
        return text
    short = half_up(Fraction(f"{sign}{whole}.{part}"), kept)
    shown = format_number(short)
    if kept and "." not in shown:
        shown += "."
    return f"{shown}{'0' * (kept - len(shown.partition('.')[2]))}{unit}" if short else text


def shortened(case: Case, places: int) -> str:
    """The form with its amounts, quantities and rates printed shorter; what stands for a score is exact."""
    draft, quantities = case.draft, {fact.name for fact in case.plan.rules.facts if fact.kind == "number"}
    tree = dict(draft.tree)
    tree["facts"] = {name: shorter(cell, places) if name in quantities else cell for name, cell in tree["facts"].items()}
    tree["budget"] = {name: cell if name == "rate" else shorter(cell, places) for name, cell in tree["budget"].items()}
    tree["indicators"] = [{key: shorter(cell, places) if key == "actual" else cell for key, cell in row.items()} for row in draft.rows]
    return Draft(tree).text()


def asked(evaluation: Evaluation) -> object:
    """Which rule each leaf has, and whether it has a number, a text that is met, or nothing; and what gates do."""
    leaves = [
        (leaf.id, leaf.rule.case, leaf.rule_span, type(leaf.measure), isinstance(leaf.measure, Comparison) and leaf.measure.same)
        for leaf in evaluation.submission.leaves
    ]
    held = [(one.gate.id, one.leaf, one.certain, one.lost) for one in evaluation.held]
    return leaves, held, evaluation.submission.tree.variant.id, evaluation.root.points


@given(honest(), st.integers(0, 3))
@FEW
def test_inputs_with_fewer_digits_never_differ(case: Case, places: int) -> None:
    """The books have more digits than the form. A score by the books is right, however few of their digits the form prints."""
    text = shortened(case, places)
    less = scored(case.plan, text)
    # Conditions may ask for a number that is not there any more: other rules then.
    assume(asked(less) == asked(case.score()))
    found = [f"{one.span}: {one.says.zh}" for one in numbers(less).review.findings]
    assert found == [], text


_money = decimals(1, 5000).filter(bool)
_PLAIN = plan(load_rules("china/project-self@2020"))
_RELATIONS = ("sum", "difference", "ratio", "growth", "same")


@given(st.lists(st.tuples(_money, st.integers(0, 4)), min_size=2, max_size=4), st.sampled_from(_RELATIONS), st.integers(0, 3), st.integers(0, 3))
def test_a_claim_by_the_books_never_differs(parts: list[tuple[Fraction, int]], relation: str, places: int, kept: int) -> None:
    """What the text says was computed from the books and rounded; so was what it says of each part."""
    exact = [number for number, _ in parts]
    first, *rest = exact
    result = {
        "sum": sum(exact),
        "difference": first - sum(rest),
        "ratio": first / rest[0] * 100,
        "growth": (first / rest[0] - 1) * 100,
        "same": first,
    }[relation]
    unit = "%" if relation in ("ratio", "growth") else "万元"
    said = half_up(Fraction(result), places)
    shown = [shorter(f"{format_number(number)}万元", kept) for number in (exact if relation in ("sum", "difference") else exact[:2])]
    if relation == "same":
        shown = shown[:1]
    # A printed 0 is exact.
    assume(said and all(float(one[:-2]) for one in shown))
    text = f"unit: 某\nclaims:\n- {{label: 甲, printed: {format_number(said)}{unit}, {relation}: [{', '.join(shown)}]}}\n"
    assert numbers(scored(_PLAIN, text)).review.findings == (), text


# --- wrong numbers -----------------------------------------------------------------------------------------------------------------------


@st.composite
def overclaimed(draw: DrawFn) -> tuple[Case, int, Fraction]:
    """An honest form, a row of it that the rule scores, and a number that its score cannot be."""
    for _ in range(6):
        case = draw(honest(gaps=False))
        found = numbers(case.score())
        lines = [
            line
            for line in found.subject.lines
            if line.claimed is not None and line.leaf.row is not None and not isinstance(line.leaf.measure, Absence | Judged)
        ]
        if lines:
            line = draw(st.sampled_from(lines))
            row = next(number for number, row in enumerate(found.subject.form.rows) if line.leaf.row == row)
            return case, row, draw(st.sampled_from(beyond(found, line.leaf.id)))
    assume(False)
    raise AssertionError


# Rules whose rows no formula scores have nothing to be wrong about: many draws are in vain, which is no fault of the law.
@given(overclaimed())
@settings(FEW, suppress_health_check=[HealthCheck.filter_too_much])
def test_a_score_outside_its_set_is_found_at_its_cell(drawn: tuple[Case, int, Fraction]) -> None:
    """Whatever else the form says, a number that the rule cannot give is pointed at where it stands."""
    case, row, wrong = drawn
    rows = case.draft.rows
    rows[row] = {**rows[row], "reported": format_number(wrong)}
    changed = case.score(case.draft.with_rows(rows).text())
    cell = changed.submission.form.rows[row].reported
    assert cell is not None
    assert ("score-differs", cell.span) in [(one.code, one.span) for one in numbers(changed).review.findings]


def beyond(found: Audit, id_: str) -> list[Fraction]:
    """Numbers with two places that no score of a leaf is: far off, and, where everything that it was measured by is exact, just beside."""
    line = found.subject.by_id[id_]
    curve = line.leaf.curve
    assert line.claimed is not None
    assert curve is not None
    most = curve.points if curve.most is None else curve.most
    far = [half_up(most, 0) + 2, half_up(curve.least, 0) - 102]
    if not isinstance(line.leaf.measure, Chosen | Ticked) or line.outcome.score is None:
        return far
    return [*far, line.claimed + Fraction("0.09"), line.claimed + 1]


# --- images ------------------------------------------------------------------------------------------------------------------------------

_NAMES = ("甲", "乙")
_SPAN = Span(Source("f", "", b""), 1, 1, 1, 1)


@st.composite
def sets(draw: DrawFn) -> Interval:
    number = draw(decimals(-20, 60))
    return draw(st.sampled_from((point(number), *(rounding_to(number, Fraction(1, 10**places)) for places in (0, 1, 2)))))


def inside(on: Interval, share: Fraction) -> Fraction:
    """A number of a set, so far from its lower end."""
    assert on.low is not None
    assert on.high is not None
    return on.low + (on.high - on.low) * share


_SHARES = [Fraction(1, 10**9), *(Fraction(number, 20) for number in range(1, 20)), 1 - Fraction(1, 10**9)]
_USUAL: tuple[Expression, ...] = (
    ("/", ("name", "甲"), ("name", "乙")),
    ("/", ("-", ("name", "甲"), ("name", "乙")), ("name", "乙")),
    ("/", ("name", "甲"), ("+", ("name", "甲"), ("name", "乙"))),
    ("min", ("number", Fraction(1)), ("/", ("name", "甲"), ("name", "乙"))),
    ("-", ("number", Fraction(1)), ("abs", ("-", ("name", "甲"), ("name", "乙")))),
    ("if", (">", ("name", "乙"), ("number", Fraction(0))), ("/", ("name", "甲"), ("name", "乙")), ("number", Fraction(0))),
    ("*", ("name", "甲"), ("-", ("name", "甲"), ("name", "乙"))),
)


@given(st.one_of(st.sampled_from(_USUAL), expressions(_NAMES)), sets(), sets(), st.data())
def test_the_image_of_a_formula_holds_its_values_and_is_no_larger_where_it_says_so(
    tree: Expression, one: Interval, other: Interval, data: st.DataObject
) -> None:
    """A set that is too small calls a right number wrong, one that is too large lets a wrong one pass, and says that it may."""
    formula = read_formula(spelled(tree), _SPAN, dict.fromkeys(_NAMES, "number"), "number", lambda _: None)
    # A formula of nothing but numbers is none.
    assume(formula is not None)
    assert formula is not None
    found = image(formula, Names(dict(zip(_NAMES, (one, other), strict=True))))
    ends = [[end for end in (on.low, on.high) if end is not None and on.holds(end)] for on in (one, other)]
    seen = []
    for x, y in product(*([inside(on, share) for share in _SHARES] + end for on, end in zip((one, other), ends, strict=True))):
        try:
            seen.append(value(tree, dict(zip(_NAMES, (x, y), strict=True))))
        except (ZeroDivisionError, ValueError):
            continue
    assume(seen)
    assert all(found.on.holds(number) for number in seen), (spelled(tree), found, min(seen), max(seen))
    if found.exact:
        assert found.on.low is not None
        assert found.on.high is not None
        near = (found.on.high - found.on.low) / 10
        assert min(seen) - found.on.low <= near
        assert found.on.high - max(seen) <= near


@given(st.data())
def test_every_end_of_the_scores_of_a_set_is_approached(data: st.DataObject) -> None:
    """Through a stepped curve a set becomes several; what lies between them is no score."""
    use = data.draw(method_uses(Fraction(10)))
    method = find(use.name)
    assert method is not None
    curve = method.curve(use.parameters, Fraction(10), lambda _: None)
    assert curve is not None
    low, high = sorted((data.draw(measures(curve)), data.draw(measures(curve))))
    on = Interval(low, high, data.draw(st.booleans()), data.draw(st.booleans()))
    tiny = Fraction(1, 10**12)
    breaks = {end for piece in curve.pieces for end in (piece.on.low, piece.on.high) if end is not None} | {low, high}
    grid = sorted(number for end in breaks for number in (end - tiny, end, end + tiny))
    seen = [
        score for number in grid for piece in curve.pieces if on.holds(number) and piece.on.holds(number)
        for score in (piece.lower.at(number), piece.upper.at(number))
    ]  # fmt: skip
    steep = max((abs(piece.upper.slope) for piece in curve.pieces), default=Fraction(0)) * 2 * tiny
    for part in curve.images(on):
        for end in (part.low, part.high):
            assert end is not None
            assert any(abs(score - end) <= steep for score in seen), (part, use.name)


# What a form that was drawn at random is told with good reason: its money and the points of its rows are drawn freely, and so are values that no rule
# can score.
_DRAWN_FREELY = frozenset(("achievement-far-from-spending", "overspent-unexplained", "points-not-the-rules", "spent-without-budget", "value-unread"))


#: What drawn rows stand under that a person scores, perhaps by the points of another variant.
_JUDGED = "定性"


def freely(found: Audit, code: str, span: Span | None) -> bool:
    """Whether a finding is of what was drawn freely; so is the score that a person gives, which may be more than the points."""
    persons = [line.leaf for line in found.subject.lines if any(takes == "judgement" for takes, _ in line.leaf.rule.methods)]
    rows = [
        *(leaf.row for leaf in persons if leaf.row is not None),
        *(row for row in found.subject.form.rows if row.judged is not None or row.level1 == _JUDGED),
    ]
    judged = {cell.span for row in rows for cell in (row.judged, row.reported) if cell is not None}
    return code in _DRAWN_FREELY or (code == "score-above-points" and span in judged)


@given(honest(gaps=False))
@FEW
def test_an_honest_and_complete_form_is_clean(case: Case) -> None:
    """No check calls a number wrong that perfscore computes, or a row badly filled in that is not, whatever it looks for."""
    found = audit(case.score())
    assert [f"{one.code} {one.span}: {one.says.zh}" for one in found.review.findings if not freely(found, one.code, one.span)] == []
