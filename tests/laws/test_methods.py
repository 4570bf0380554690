"""Laws of one scoring method: the curve that parameters and points make, against the rule as its text says it."""

from fractions import Fraction

from hypothesis import assume, given
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
def drawn(draw: DrawFn, kinds: tuple[str, ...] = ("number", "number", "number", "days")) -> Drawn:
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
    return {"ratio": 1, "yes-no": 1, "direct": 1, "deadline": -1}.get(method.use.name, 0)


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
    method = data.draw(drawn().filter(lambda m: m.use.name in ("ratio", "yes-no", "deduction", "deadline")))
    at = Fraction(1)
    match method.use.name:
        case "ratio":
            assume("cap" not in method.use.parameters or method.use.parameters["cap"] >= 1)
        case "deduction":
            at = data.draw(measures(method.curve).filter(method.use.parameters["full"].holds))
        case "deadline":
            at = -abs(data.draw(measures(method.curve)))
    assert method.curve.score(at) == method.points


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
    amounts = [row.value.amount for row in given_["bands"]] if use.name == "bands" else [given_[name] for name in ("lose", "floor") if name in given_]
    return any(not amount.share for amount in amounts)


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


def test_every_method_that_scores_by_itself_is_drawn() -> None:
    """A new method that no strategy draws would be under no law."""
    from perfscore.scoring.methods import names

    seen = {"tiers", "levels"}

    @given(st.sampled_from(("number", "days")).flatmap(method_trees))
    def collect(tree: object) -> None:
        seen.add(tree if isinstance(tree, str) else next(iter(tree)))  # type: ignore[call-overload]

    collect()
    assert seen == set(names())
