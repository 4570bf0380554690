"""Laws of sets of numbers: what a printed number allows, what follows from it, and what that is when it is rounded."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from perfscore.model.curve import round_half_up
from perfscore.model.sets import Runs, meet, rounded, rounding_to, union
from perfscore.scoring.methods import find
from perfscore.testing.methods import measures, method_uses
from perfscore.text.interval import Interval

GRID = 40
ends = st.integers(-3 * GRID, 3 * GRID).map(lambda n: Fraction(n, GRID))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(ends), draw(ends)))
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


#: Numbers on the grid of the ends, and between its points.
POINTS = [Fraction(n, 2 * GRID) for n in range(-7 * GRID, 7 * GRID + 1)]


# Half away from zero at every tie, whichever end is open: a set that is too small calls a right score wrong.
@given(st.lists(intervals(), max_size=3), st.integers(0, 2))
def test_what_is_rounded_is_exactly_what_its_numbers_become(parts: list[Interval], places: int) -> None:
    numbers = union(parts)
    found = rounded(numbers, places)
    reached = {round_half_up(number, places) for number in POINTS if any(on.holds(number) for on in numbers)}
    assert all(found.holds(number) for number in reached)
    unit = Fraction(1, 10**places)
    for low, high in found.runs:
        for number in {low, high}:
            # At each end of a run stands a number that some number of the set becomes.
            assert meet(numbers, (rounding_to(number * unit, unit),))


@given(st.lists(intervals(), max_size=4))
def test_a_union_holds_what_its_parts_hold(parts: list[Interval]) -> None:
    numbers = union(parts)
    for number in POINTS:
        assert any(on.holds(number) for on in numbers) == any(on.holds(number) for on in parts)
    for one, other in pairwise(numbers):
        assert one.high is not None
        assert other.low is not None
        assert one.high < other.low or (one.high == other.low and not one.high_closed and not other.low_closed)


@given(st.integers(-300, 300), st.integers(0, 2), ends)
def test_a_number_is_within_what_rounds_to_it(units: int, places: int, number: Fraction) -> None:
    unit = Fraction(1, 10**places)
    assert rounding_to(units * unit, unit).holds(number) == (round_half_up(number, places) == units * unit)


runs = st.lists(st.tuples(st.integers(-20, 20), st.integers(0, 4)), min_size=1, max_size=3)


@given(runs, runs, st.integers(0, 1), st.integers(0, 1))
def test_a_sum_of_rounded_numbers_is_every_sum(one: list[tuple[int, int]], other: list[tuple[int, int]], places: int, more: int) -> None:
    left, right = (Runs(kept, tuple((low, low + size) for low, size in found)) for kept, found in ((places, one), (places + more, other)))
    total = left.plus(right)
    sums = {a + b for a in _numbers(left) for b in _numbers(right)}
    assert _numbers(total) == sums


def _numbers(found: Runs) -> set[Fraction]:
    return {Fraction(number, 10**found.places) for low, high in found.runs for number in range(low, high + 1)}


# The image of a set of measures through a curve is exactly the scores that they get: the one piece that an interval only touches counts, its open end does not.
@given(st.data())
def test_the_image_holds_every_score_and_nothing_that_is_none(data: st.DataObject) -> None:
    use = data.draw(method_uses(Fraction(10)))
    method = find(use.name)
    assert method is not None
    curve = method.curve(use.parameters, Fraction(10), lambda _: None)
    assert curve is not None
    low, high = sorted((data.draw(measures(curve)), data.draw(measures(curve))))
    on = Interval(low, high, data.draw(st.booleans()), data.draw(st.booleans()))
    image = curve.images(on)
    scores = {curve.score(number) for number in (low, high, (low + high) / 2, low + (high - low) / 7) if on.holds(number)} - {None}
    assert all(any(part.holds(score) for part in image) for score in scores if score is not None)
    if low == high and not on.empty():
        assert {part.low for part in image} == {part.high for part in image} == scores
