"""Curves of many irregular pieces on arrays, which hypothesis seldom draws: every one against the scoring loop, at its ends and beside them."""

import random
from fractions import Fraction

import pytest

from perfscore.model.curve import Curve, Line, Piece, level, straight, units
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase

np = pytest.importorskip("numpy")

from perfscore.bulk.exact import Arithmetic, Beyond, Numbers  # noqa: E402
from perfscore.bulk.kernel import Scorer  # noqa: E402
from perfscore.bulk.recorded import Recorder  # noqa: E402

_NO_REASON = Phrase("", "")
_PLACES = 80


def irregular(chance: random.Random, pieces: int) -> Curve:
    """Levels and lines that meet or do not, with ends that belong to either side, some of them single points."""
    ends = sorted({Fraction(chance.randint(-10, 300), chance.choice((1, 7, 100))) for _ in range(pieces - 1)})
    made: list[Piece] = []
    low, closed, before = None, False, Fraction(chance.randint(0, 40))
    for end in (*ends, None):
        high_closed = end is not None and chance.random() < 0.5
        line = level(before if chance.random() < 0.3 else Fraction(chance.randint(0, 4000), 100))
        if low is not None and end is not None and chance.random() < 0.5:
            other = Fraction(chance.randint(0, 4000), 100)
            slope = (other - before) / (end - low)
            line = Line(slope, before - slope * low)
        made.append(straight(Interval(low, end, closed, high_closed), line, _NO_REASON))
        before = line.at(end) if end is not None else before
        low, closed = end, not high_closed
    return Curve(tuple(made), Fraction(50))


def measured(chance: random.Random, curve: Curve, most: int) -> list[tuple[int, int]]:
    found = [(chance.randint(0, most), chance.randint(1, most)) for _ in range(_PLACES // 2)]
    ends = [piece.on.high for piece in curve.pieces if piece.on.high is not None]
    for _ in range(_PLACES - len(found)):
        end, times = chance.choice(ends), chance.randint(1, most)
        found.append((end.numerator * times + chance.choice((0, 0, 1, -1)), end.denominator * times))
    return found


@pytest.mark.parametrize("pieces", [2, 4, 9, 33])
@pytest.mark.parametrize("most", [100, 10**6])
def test_irregular_curves_are_the_scoring_loop(pieces: int, most: int) -> None:
    chance = random.Random(pieces * most)
    tried = 0
    for _ in range(40):
        curve, places = irregular(chance, pieces), chance.randint(0, 3)
        pairs = measured(chance, curve, most)
        n, d = [one for one, _ in pairs], [other for _, other in pairs]
        want = [units(curve.steps(places), one, other) for one, other in pairs]
        for arithmetic in (Arithmetic(np.float64), Arithmetic(np.int64), Recorder(np.float64, _PLACES), Recorder(np.int64, _PLACES)):
            given = Numbers(np.array(n, arithmetic.dtype), min(n), max(n), np.array(d, arithmetic.dtype), max(d))
            try:
                scores = np.broadcast_to(Scorer(curve, places).scores(given, arithmetic), _PLACES)
            except Beyond:
                continue
            tried += 1
            assert [int(score) for score in scores] == want
    # Beyond its limit arithmetic says so; here hardly anything is.
    assert tried > 100


def test_what_is_beyond_the_limit_is_said() -> None:
    curve = irregular(random.Random(1), 9)
    for dtype, most in ((np.float64, 2**52), (np.int64, 2**62)):
        with pytest.raises(Beyond):
            Scorer(curve, 3).scores(Numbers(np.array([1], dtype), 1, most, np.array([1], dtype), most), Arithmetic(dtype))
