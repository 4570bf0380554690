"""A curve is the whole meaning of a scoring method: what it gives at a measure, over an interval, and from which measure on a score is reached."""

from fractions import Fraction
from itertools import product

import pytest

from perfscore.model.curve import Curve, Line, Piece, level, round_half_up, straight, units
from perfscore.text.interval import EVERYTHING, Interval, point, read_interval
from perfscore.text.phrase import same

F = Fraction


def on(text: str) -> Interval:
    found = read_interval(text)
    assert isinstance(found, Interval), found
    return found


def piece(text: str, slope: object, intercept: object) -> Piece:
    return straight(on(text), Line(F(str(slope)), F(str(intercept))), same(text))


# Ten points: in proportion below 1, level from 1 on.
RATIO = Curve((piece("[0,1)", 10, 0), piece("≥1", 0, 10)), F(10))
# 预算控制率: a point, half-open steps downwards, an open end.
STEPS = Curve((piece("=0", 0, 5), piece("(0,10%]", 0, 4), piece("(10%,20%]", 0, 3), piece(">20%", 0, 0)), F(5))
# 每低于 1 扣 2 分: falling towards the left, without an end there.
FALL = Curve((piece("<4", 0, 0), piece("[4,9)", 2, -8), piece("≥9", 0, 10)), F(10))
# Bonus and malus without ends: 1 point for each unit of the measure.
ENDLESS = Curve((straight(EVERYTHING, Line(F(1), F(0)), same("all")),), F(10), F(-5), F(12))
# A judged stretch: [60 %, 80 %) of 10, and full marks above.
JUDGED = Curve(
    (Piece(on("[0,1)"), level(F(6)), level(F(8)), same("部分达成"), None, True), Piece(on("[1,2)"), level(F(8)), level(F(10)), same("达成"))), F(10)
)


@pytest.mark.parametrize(
    "curve, measure, score",
    [
        (RATIO, "0", "0"),
        (RATIO, "0.999", "9.99"),
        (RATIO, "1", "10"),
        (RATIO, "100", "10"),
        (RATIO, "-0.1", None),
        (STEPS, "0", "5"),
        (STEPS, "1e-30", "4"),
        (STEPS, "0.1", "4"),
        (STEPS, "0.10000000000000000001", "3"),
        (STEPS, "0.2", "3"),
        (STEPS, "0.3", "0"),
        (STEPS, "-1", None),
        (FALL, "-1000", "0"),
        (FALL, "4", "0"),
        (FALL, "8.9", "9.8"),
        (FALL, "9", "10"),
        (ENDLESS, "-7", "-7"),
    ],
)
def test_the_score_at_a_measure(curve: Curve, measure: str, score: str | None) -> None:
    assert curve.score(F(measure)) == (None if score is None else F(score))
    # What a form brings is only asked whether it lies between the ends: pieces meet without a gap.
    assert curve.holds(F(measure)) == (score is not None)


@pytest.mark.parametrize(
    "curve, over, image",
    [
        (RATIO, "[0.5,0.8]", (5, 8)),
        (RATIO, "[0.5,2]", (5, 10)),
        (RATIO, "≥1", (10, 10)),
        (RATIO, "≥0.3", (3, 10)),
        (RATIO, "≤0.3", (0, 3)),
        (RATIO, "[-2,-1]", None),
        (STEPS, "[0,0]", (5, 5)),
        (STEPS, "(0,10%]", (4, 4)),
        (STEPS, "[0,10%]", (4, 5)),
        (STEPS, "[10%,20%]", (3, 4)),
        (STEPS, "≥10%", (0, 4)),
        (FALL, "≤5", (0, 2)),
        (FALL, "[5,20]", (2, 10)),
        # Without an end a rising line is held by the most that the curve can give, and by the least.
        (ENDLESS, "≥3", (3, 12)),
        (ENDLESS, "≤3", (-5, 3)),
        (JUDGED, "[0,0]", (6, 8)),
        (JUDGED, "[0,1]", (6, 10)),
    ],
)
def test_the_image_of_an_interval(curve: Curve, over: str, image: tuple[int, int] | None) -> None:
    assert curve.image(on(over)) == (None if image is None else tuple(map(F, image)))


# Only the image's hull is given; every score in the interval lies inside of it, and both ends are scores or approached.
@pytest.mark.parametrize("curve", [RATIO, STEPS, FALL], ids=["ratio", "steps", "fall"])
def test_the_image_holds_every_score_of_the_interval(curve: Curve) -> None:
    grid = [F(n, 20) for n in range(250)]
    for low, high in ((F(0), F(1)), (F(1, 20), F(3, 20)), (F(4), F(9)), (F(1, 10), F(12))):
        inside = Interval(low, high, low_closed=True, high_closed=True)
        image = curve.image(inside)
        assert image is not None
        scores = [score for measure in grid if inside.holds(measure) and (score := curve.score(measure)) is not None]
        assert image[0] <= min(scores)
        assert max(scores) <= image[1]


@pytest.mark.parametrize(
    "curve, score, measure",
    [
        (RATIO, "10", ("1", True)),
        (RATIO, "5", ("0.5", True)),
        (RATIO, "0", ("0", True)),
        (RATIO, "10.01", None),
        (STEPS, "5", ("0", True)),
        (STEPS, "3", ("0", True)),
        (FALL, "10", ("9", True)),
        (FALL, "9", ("8.5", True)),
    ],
)
def test_the_least_measure_that_earns_a_score(curve: Curve, score: str, measure: tuple[str, bool] | None) -> None:
    assert curve.reach(F(score)) == (None if measure is None else (F(measure[0]), measure[1]))


# `> 90 %` is reached by nothing that can be named: the end is only approached.
def test_an_open_end_is_approached_and_not_reached() -> None:
    curve = Curve((piece("[0,90%]", 0, 0), piece(">90%", 0, 10)), F(10))
    assert curve.reach(F(10)) == (F(9, 10), False)


def test_the_domain_of_a_curve_is_from_its_first_end_to_its_last() -> None:
    assert RATIO.domain == on("≥0")
    assert STEPS.domain == on("≥0")
    assert FALL.domain == Interval(None, None, low_closed=False, high_closed=False)
    assert JUDGED.domain == on("[0,2)")
    assert RATIO.find(F(-1)) is None
    assert [STEPS.find(F(n, 10)) for n in range(4)] == [0, 1, 2, 3]


# The loop in whole numbers is the curve and the rounding, at every end, just beside it, and at every tie.
@pytest.mark.parametrize("curve", [RATIO, STEPS, FALL], ids=["ratio", "steps", "fall"])
@pytest.mark.parametrize("places", range(5))
def test_the_integer_steps_are_the_rounded_curve(curve: Curve, places: int) -> None:
    ends = {end for p in curve.pieces for end in (p.on.low, p.on.high) if end is not None}
    near = {end + sign * F(1, 10**9) for end, sign in product(ends, (-1, 0, 1))}
    ties = {F(2 * n + 1, 20 * 10**places) for n in range(0, 20 * 10 ** min(places, 2), 7)}
    for measure in (m for m in near | ties if curve.find(m) is not None):
        exact = curve.score(measure)
        assert exact is not None
        found = units(curve.steps(places), measure.numerator, measure.denominator)
        assert F(found, 10**places) == round_half_up(exact, places), measure


@pytest.mark.parametrize(
    "number, places, rounded",
    [
        ("2.675", 2, "2.68"),
        ("1.005", 2, "1.01"),
        ("0.005", 2, "0.01"),
        ("0.00499999999999999999", 2, "0"),
        ("-2.675", 2, "-2.68"),
        ("-0.005", 2, "-0.01"),
        ("-0.004", 2, "0"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-0.5", 0, "-1"),
        ("89.995", 2, "90"),
        ("1/3", 9, "0.333333333"),
        ("2/3", 0, "1"),
        ("100", 2, "100"),
    ],
)
def test_ties_go_away_from_zero(number: str, places: int, rounded: str) -> None:
    assert round_half_up(F(number), places) == F(rounded)


def test_a_curve_that_can_fall_below_zero_says_so() -> None:
    assert ENDLESS.signed
    assert not RATIO.signed


# What the ends of a piece are is written by the rule file, and `point` is the interval of one number.
def test_a_point_is_an_interval_of_one_number() -> None:
    assert STEPS.pieces[0].on == point(F(0))
    assert not point(F(0)).empty()
    assert Interval(F(0), F(0), low_closed=True, high_closed=False).empty()
