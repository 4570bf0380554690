"""Laws of one scoring method: the curve that parameters and points make, against the rule as its text says it."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from perfscore.model.curve import Curve, units
from perfscore.model.rules import MethodUse
from perfscore.scoring.methods import find
from perfscore.testing.exact import textbook
from perfscore.testing.methods import measures, method_trees, method_uses, points_given
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.interval import Interval
from tests.laws.drawn import MANY

SHORT = Fraction(1, 10**12)
FAR_DOWN = Fraction(-(10**6))


def curve_for(use: MethodUse, points: Fraction) -> Curve:
    problems: list[Diagnostic] = []
    method = find(use.name)
    curve = method.curve(use.parameters, points, problems.append) if method else None
    assert curve is not None, problems
    return curve


class Drawn:
    """A method with points, its curve, and where on it a measure was drawn."""

    def __init__(self, use: MethodUse, points: Fraction, curve: Curve) -> None:
        self.use, self.points, self.curve = use, points, curve

    def __repr__(self) -> str:
        return f"{self.use.name} of {self.points}: {[(str(piece.on), piece.upper) for piece in self.curve.pieces]}"


@st.composite
def drawn(draw: DrawFn, kinds: tuple[str, ...] = ("number", "number", "number", "days", "items")) -> Drawn:
    points = draw(points_given)
    use = draw(method_uses(points, kinds))
    return Drawn(use, points, curve_for(use, points))


@st.composite
def intervals(draw: DrawFn, curve: Curve) -> Interval:
    low, high = (draw(st.one_of(st.none(), measures(curve), measures(curve))) for _ in range(2))
    if low is not None and high is not None and high < low:
        low, high = high, low
    found = Interval(low, high, low is not None and draw(st.booleans()), high is not None and draw(st.booleans()))
    assume(not found.empty())
    return found


@MANY
@given(st.data())
def test_a_score_lies_between_least_and_most(data: st.DataObject) -> None:
    """Bounds of missing leaves, and the sums above them, are made of `least` and `most`: a score outside would make them lies."""
    method = data.draw(drawn())
    score = method.curve.score(data.draw(measures(method.curve)))
    most = method.points if method.curve.most is None else method.curve.most
    assert score is None or method.curve.least <= score <= most


@MANY
@given(st.data())
def test_a_curve_is_the_rule_as_its_text_says_it(data: st.DataObject) -> None:
    """Pieces are laid out once and used everywhere; the textbook formula knows no pieces, so a wrong or missing end shows."""
    method = data.draw(drawn())
    measure = data.draw(measures(method.curve))
    assume(method.curve.domain.holds(measure))
    assert method.curve.score(measure) == textbook(method.use, method.points, measure)


@given(st.data())
def test_pieces_meet_without_gap_or_overlap(data: st.DataObject) -> None:
    """A measure in two pieces would score by their order, one in none would have no score."""
    method = data.draw(drawn())
    measure = data.draw(measures(method.curve))
    holding = [piece for piece in method.curve.pieces if piece.on.holds(measure)]
    assert len(holding) == method.curve.domain.holds(measure)


def direction(method: Drawn) -> int:
    """1 where more is better, -1 where less is; 0 where neither."""
    if method.use.name == "deduction":
        full: Interval = method.use.parameters["full"]
        return 0 if full.low is not None and full.high is not None else 1 if full.high is None else -1
    given_ = method.use.parameters
    if method.use.name == "around":
        # What each side does to the points on the way up.
        ways = {1 if ("gain" in given_[name]) == (name == "above") else -1 for name in ("above", "below") if name in given_}
        return ways.pop() if len(ways) == 1 else 0
    if method.use.name == "anchors":
        scores = [row.value.amount.of(method.points) for row in sorted(given_["anchors"], key=lambda row: row.value.at)]
        return 1 if scores == sorted(scores) else -1 if scores == sorted(scores, reverse=True) else 0
    return {"ratio": 1, "yes-no": 1, "direct": 1, "deadline": -1, "checklist": 1, "demerits": -1}.get(method.use.name, 0)


@MANY
@given(st.data())
def test_a_better_measure_never_scores_worse(data: st.DataObject) -> None:
    """Nobody may lose points by doing better: that would be an incentive to do worse."""
    method = data.draw(drawn().filter(direction))
    low, high = sorted(data.draw(st.tuples(measures(method.curve), measures(method.curve))))
    one, other = method.curve.score(low), method.curve.score(high)
    assert one is None or other is None or (other - one) * direction(method) >= 0


@given(st.data())
def test_meeting_the_target_earns_full_points(data: st.DataObject) -> None:
    """The sentence of every rule text: 达到目标记满分 (unless its cap is below the target)."""
    by_name = ("ratio", "yes-no", "deduction", "deadline", "checklist", "demerits")
    method = data.draw(drawn().filter(lambda m: m.use.name in by_name or (m.use.name == "around" and base(m) == m.points)))
    at = Fraction(1)
    match method.use.name:
        case "ratio":
            assume("cap" not in method.use.parameters or method.use.parameters["cap"] >= 1)
        case "deduction":
            at = data.draw(measures(method.curve).filter(method.use.parameters["full"].holds))
        case "deadline":
            at = -abs(data.draw(measures(method.curve)))
        case "around":
            at = data.draw(measures(method.curve).filter(method.use.parameters["at"].holds))
        case "checklist":
            at = method.points
        case "demerits":
            at = Fraction(0)
    assert method.curve.score(at) == method.points


def base(method: Drawn) -> Fraction:
    given_ = method.use.parameters["base"]
    return method.points if given_ is None else given_.of(method.points)


@given(st.data())
def test_at_the_base_there_are_the_base_points_and_both_ways_lead_to_their_end(data: st.DataObject) -> None:
    """达到基准记基准分, and 为止 is a promise: far enough away it is exactly what the rule says, never a step more."""
    method = data.draw(drawn(("number",)).filter(lambda m: m.use.name == "around"))
    given_ = method.use.parameters
    assert method.curve.score(data.draw(measures(method.curve).filter(given_["at"].holds))) == base(method)
    for name, far in (("above", -FAR_DOWN), ("below", FAR_DOWN)):
        if name not in given_:
            end = base(method)
        elif "until" in given_[name]:
            end = given_[name]["until"].of(method.points)
        else:
            end = method.points if "gain" in given_[name] else Fraction(0)
        assert method.curve.score(far) == end


@given(st.data())
def test_in_proportion_and_between_anchors_nothing_jumps(data: st.DataObject) -> None:
    """按比例 and 插值 exist so that a hair more or less is a hair of points; a jump would bring the cliff back."""
    method = data.draw(drawn(("number",)).filter(smooth))
    for one, other in pairwise(method.curve.pieces):
        assert one.on.high is not None
        assert one.upper.at(one.on.high) == other.upper.at(one.on.high)


def smooth(method: Drawn) -> bool:
    given_ = method.use.parameters
    sides = [given_[name] for name in ("above", "below") if name in given_] if method.use.name == "around" else [given_]
    return method.use.name == "anchors" or (method.use.name in ("around", "deduction") and all(side["steps"] == "proportional" for side in sides))


@given(st.data())
def test_items_score_what_they_count(data: st.DataObject) -> None:
    """The items met are added up, or taken away from full points: any of them, in any number, and all of a checklist are the whole."""
    method = data.draw(drawn(("items",)))
    found = find(method.use.name)
    assert found is not None
    listed = found.items(method.use.parameters, method.points)
    met = data.draw(st.lists(st.sampled_from(listed), unique=True))
    counted = sum((data.draw(st.sampled_from((item.least, item.most))) for item in met), Fraction(0))
    score = method.curve.score(counted)
    if method.use.name == "demerits":
        assert score == max(Fraction(0), method.points - counted)
        return
    assert score == counted
    assert (score == method.points) == (len(met) == len(listed))


@given(st.data())
def test_scaling_the_points_scales_the_score(data: st.DataObject) -> None:
    """A rule whose amounts are shares means the same for 5 points as for 20: the same row weighs more and is judged alike."""
    tree_method = data.draw(method_uses(Fraction(100), ("number", "days")).filter(lambda use: use.name != "direct" and not absolute(use)))
    points, factor = data.draw(points_given), data.draw(st.sampled_from((Fraction(1, 3), Fraction(2), Fraction(7, 4))))
    one, scaled = curve_for(tree_method, points), curve_for(tree_method, points * factor)
    measure = data.draw(measures(one))
    score, larger = one.score(measure), scaled.score(measure)
    assert (score is None and larger is None) or (score is not None and larger == score * factor)


def absolute(use: MethodUse) -> bool:
    given_ = use.parameters
    if use.name in ("bands", "anchors"):
        return any(not row.value.amount.share for row in given_[use.name] if row.value.amount.value)
    sides = [given_, *(given_[name] for name in ("above", "below") if name in given_)] if use.name == "around" else [given_]
    amounts = [side[name] for side in sides for name in ("lose", "gain", "floor", "until", "base") if name in side]
    return any(not amount.share for amount in amounts if amount.value)


@MANY
@given(st.data())
def test_the_image_of_an_interval_holds_every_score_in_it_and_no_more(data: st.DataObject) -> None:
    """An actual value of `30余` is scored if all it can be scores alike; the audit asks what scores a printed digit allows. Too narrow an image
    would call a right form wrong, too wide a one would let a wrong form pass."""
    method = data.draw(drawn())
    on = data.draw(intervals(method.curve))
    image = method.curve.image(on)
    if image is None:
        assert on.meet(method.curve.domain).empty()
        return
    near = sorted(
        {on.low, on.high, *(end for piece in method.curve.pieces for end in (piece.on.low, piece.on.high))} - {None}, key=lambda end: end or 0
    )
    points = [end + step for end in (*near, Fraction(0)) if end is not None for step in (-SHORT, Fraction(0), SHORT)]
    points += [FAR_DOWN, -FAR_DOWN]
    scores = [score for at in points if on.holds(at) and (score := method.curve.score(at)) is not None]
    steepest = max(abs(piece.upper.slope) for piece in method.curve.pieces)
    assert image[0] <= min(scores) <= image[0] + steepest * SHORT
    assert image[1] >= max(scores) >= image[1] - steepest * SHORT
    inside = data.draw(measures(method.curve))
    score = method.curve.score(inside)
    assert score is None or not on.holds(inside) or image[0] <= score <= image[1]


@MANY
@given(st.data())
def test_reach_is_where_a_score_is_first_earned(data: st.DataObject) -> None:
    """Explanations say what was missing for full points: the number they name must earn them, and nothing below it."""
    method = data.draw(drawn())
    wanted = data.draw(st.one_of(st.just(method.points), st.fractions(0, 1, max_denominator=40).map(lambda share: share * method.points)))
    lowest = method.curve.score(FAR_DOWN)
    # Where arbitrarily small measures earn it there is no first one.
    assume(lowest is None or lowest < wanted)
    found = method.curve.reach(wanted)
    ends = [end for piece in method.curve.pieces for end in (piece.on.low, piece.on.high) if end is not None]
    points = [end + step for end in ends for step in (-SHORT, Fraction(0), SHORT)] + [data.draw(measures(method.curve)), -FAR_DOWN]
    scored = [(at, score) for at in points if (score := method.curve.score(at)) is not None]
    if found is None:
        assert all(score < wanted for _, score in scored)
        return
    at, reached = found
    exactly, above = method.curve.score(at), method.curve.score(at + SHORT)
    assert reached == (exactly is not None and exactly >= wanted)
    # What is reached at the very end of the domain has nothing above it.
    assert reached or (above is not None and above >= wanted)
    assert all(score < wanted for measure, score in scored if measure < at)


@MANY
@given(st.data())
def test_integer_steps_are_the_curve_rounded_half_up(data: st.DataObject) -> None:
    """The scoring loop knows only integers: every step must hold the measures of its piece and round their scores as 四舍五入 does."""
    method, places = data.draw(drawn()), data.draw(st.integers(0, 4))
    measure = data.draw(measures(method.curve, places))
    exact = method.curve.score(measure)
    assume(exact is not None and exact >= 0 and method.curve.least >= 0)
    assert exact is not None
    n, d = measure.numerator, measure.denominator
    assert units(method.curve.steps(places), n, d) == int(exact * 10**places + Fraction(1, 2))


@MANY
@given(st.data())
def test_every_standard_can_be_told_with_its_points_and_without(data: st.DataObject) -> None:
    """The page of a rule set has this sentence and nothing else: it must be there for whatever parameters, with no inside of a value in it."""
    points = data.draw(points_given)
    use = data.draw(method_uses(points, ("number", "number", "days", "items", "words")))
    method = find(use.name)
    assert method is not None
    for known in (points, None):
        for text in method.told(use.parameters, known):
            assert text.strip() == text != ""
            assert not [inside for inside in ("Fraction", "None", "Phrase", "True", "False", "(value", "{", "}", "\\") if inside in text]


def test_every_method_that_scores_by_itself_is_drawn() -> None:
    """A new method that no strategy draws would be under no law."""
    from perfscore.scoring.methods import names

    seen = {"tiers", "levels"}

    @settings(max_examples=500)
    @given(st.sampled_from(("number", "days", "items")).flatmap(method_trees))
    def collect(tree: object) -> None:
        seen.add(tree if isinstance(tree, str) else next(iter(tree)))  # type: ignore[call-overload]

    collect()
    assert seen == set(names())
