"""Parameters of scoring methods as rule files write them, and measures that straddle the breakpoints of their curves."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from perfscore.model.curve import Curve
from perfscore.model.rules import MethodUse
from perfscore.ruleset.shape import METHOD
from perfscore.testing.spelling import write
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.numbers import format_number
from perfscore.text.source import Source
from perfscore.text.yaml import parse

ZERO, ONE = Fraction(0), Fraction(1)
#: Points that forms have, and some that make halves of a cent with small ratios.
_POINTS = tuple(map(Fraction, ("10", "1", "5", "20", "22.5", "4.47", "0.05", "33.33", "100")))
_WORDS = ("优秀", "良好", "合格", "较差")


@cache
def decimals(least: int, most: int, places: int = 2) -> SearchStrategy[Fraction]:
    """Numbers with a few decimal places, whole ones first."""
    scale = 10**places
    scaled = st.builds(Fraction, st.integers(least * scale, most * scale), st.just(scale))
    return st.one_of(st.integers(least, most).map(Fraction), scaled)


points_given = st.one_of(st.sampled_from(_POINTS), decimals(1, 60))


@st.composite
def _amounts(draw: DrawFn, least: Fraction, most: Fraction, points: Fraction | None) -> str:
    """Between two shares of the points: as a share, or in points where the points are known."""
    share = draw(st.integers(int(least * 100), int(most * 100)).map(lambda n: Fraction(n, 100)))
    if points is not None and draw(st.booleans()):
        return format_number(share * points) + draw(st.sampled_from(("", "分")))
    text = format_number(share * 100) + "%"
    return draw(st.sampled_from((text, f"{text} of points", f"分值的{text}")))


@st.composite
def _ratios(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    given: dict[str, Any] = {}
    cap = draw(st.one_of(st.none(), st.sampled_from(("1", "80%", "1.2", "150%"))))
    gate = draw(st.one_of(st.none(), st.integers(0, 79).map(lambda n: f"{n}%")))
    if cap is not None:
        given["cap"] = cap
    if gate is not None:
        given["gate"] = gate
    return {"ratio": given}


@st.composite
def _bands(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    """A partition of the line, or of a part of it, by cuts that belong to either side; a cut drawn twice is a band of one number."""
    cuts = sorted(draw(st.lists(decimals(-1, 3), min_size=0, max_size=4)))
    cuts = [cut for at, cut in enumerate(cuts) if cuts[max(0, at - 2) : at].count(cut) < 2]
    least, most = draw(st.sampled_from(((None, None), (Fraction(-1), None), (None, Fraction(3)), (Fraction(-1), Fraction(3)))))
    closed = [draw(st.booleans()) for _ in cuts]
    bands: list[tuple[Fraction | None, Fraction | None, bool, bool]] = []
    low, low_closed = least, least is not None
    for at, cut in enumerate(cuts):
        single = cuts[at : at + 2] == [cut, cut]
        again = cuts[max(0, at - 1) : at] == [cut]
        high_closed = again or (closed[at] and not single)
        if least is not None and cut == least and not (high_closed and low_closed):
            continue
        bands.append((low, cut, low_closed, high_closed))
        low, low_closed = cut, not high_closed
    assume(most is None or low is None or low < most or low_closed)
    bands.append((low, most, low_closed, most is not None))
    return {"bands": [f"{interval_text(*band)}: {draw(_amounts(ZERO, ONE, points))}" for band in bands]}


def interval_text(low: Fraction | None, high: Fraction | None, low_closed: bool, high_closed: bool) -> str:  # noqa: FBT001 - the ends of an interval
    """An interval as rule files write it, an infinite end as a sign."""
    left = "-" if low is None else format_number(low)
    right = "+" if high is None else format_number(high)
    return f"{'[' if low_closed else '('}{left},{right}{']' if high_closed else ')'}"


@st.composite
def _deductions(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    low = draw(decimals(-1, 2))
    high = low + draw(decimals(0, 1))
    sides = [
        f"<= {format_number(low)}",
        f"< {format_number(low)}",
        f">= {format_number(low)}",
        f"> {format_number(low)}",
        interval_text(low, high, True, True),
    ]
    if low < high:
        sides += [interval_text(low, high, True, False), interval_text(low, high, False, True), interval_text(low, high, False, False)]
    given = {
        "full": draw(st.sampled_from(sides)),
        "every": draw(st.sampled_from(("1", "1%", "5%", "0.3", "7"))),
        "lose": draw(_amounts(Fraction(3, 100), Fraction(6, 5), points)),
    }
    if draw(st.booleans()):
        given["steps"] = draw(st.sampled_from(("whole", "up", "proportional")))
    if draw(st.booleans()):
        given["floor"] = draw(_amounts(Fraction(-1, 5), Fraction(9, 10), points))
    return {"deduction": given}


@st.composite
def _deadlines(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if draw(st.booleans()):
        given["lose"] = draw(_amounts(Fraction(1, 20), Fraction(6, 5), points))
        if draw(st.booleans()):
            given["every"] = draw(st.sampled_from(("1", "7", "30", "0.5")))
    return {"deadline": given}


@st.composite
def _levels(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    labels = _WORDS[: draw(st.integers(1, 4))]
    return {"levels": {label: draw(_amounts(ZERO, ONE, points)) for label in labels}}


@st.composite
def _tiers(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if draw(st.booleans()):
        cuts = [0, *sorted(draw(st.sets(st.integers(1, 99), max_size=2))), 100]
        closing = [")"] * (len(cuts) - 2) + ["]"]
        given["tiers"] = [f"{label}: [{low}%,{high}%{end}" for label, low, high, end in zip(_WORDS, cuts, cuts[1:], closing, strict=False)]
    if draw(st.booleans()):
        given["default"] = draw(st.sampled_from(("full", "middle")))
    return {"tiers": given}


@cache
def method_trees(takes: str, points: Fraction | None = None) -> SearchStrategy[Any]:
    """A call of a method for a kind of measure; amounts are shares of the points where these are not known."""
    match takes:
        case "number":
            plain = st.sampled_from(("ratio", "yes-no", "direct"))
            return st.one_of(plain, _ratios(points), _bands(points), _deductions(points))
        case "days":
            return st.one_of(st.just("deadline"), _deadlines(points))
        case "words":
            return st.one_of(st.just("tiers"), _levels(points), _tiers(points))
        case _:
            return st.one_of(st.just("by-kind"), _by_kind(points))


@st.composite
def _by_kind(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    kinds = {"quantity": "number", "words": "words", "date": "days"}
    return {"by-kind": {kind: draw(method_trees(kinds[kind], points)) for kind in sorted(draw(st.sets(st.sampled_from(tuple(kinds)), min_size=1)))}}


@st.composite
def method_uses(draw: DrawFn, points: Fraction, kinds: tuple[str, ...] = ("number", "days")) -> MethodUse:
    """A method with its parameters, read from the text that a rule file would hold."""
    tree = draw(st.sampled_from(kinds).flatmap(lambda kind: method_trees(kind, points)))
    problems: list[Diagnostic] = []
    found = METHOD.read(parse(Source("method.yaml", write(tree))).documents[0], problems.append)
    if problems:
        raise Rejected(problems)
    use: MethodUse = found[0][1]
    return use


@st.composite
def measures(draw: DrawFn, curve: Curve, places: int = 2) -> Fraction:
    """A measure on a breakpoint of a curve, beside one, exactly on half a unit of the rounding, or anywhere."""
    ends = {end for piece in curve.pieces for end in (piece.on.low, piece.on.high) if end is not None}
    sloped = [piece for piece in curve.pieces if piece.upper.slope]
    chosen: list[SearchStrategy[Fraction]] = [st.sampled_from(sorted(ends) or [ONE]), decimals(-2, 4), st.fractions(0, 3, max_denominator=60)]
    if sloped:
        chosen.append(_ties(curve, places))
    at: Fraction = draw(st.one_of(chosen))
    return at + draw(st.sampled_from((ZERO, Fraction(1, 10**9), Fraction(-1, 10**9), Fraction(1, 10**4), Fraction(-1, 10**4))))


@st.composite
def _ties(draw: DrawFn, curve: Curve, places: int) -> Fraction:
    line = draw(st.sampled_from([piece.upper for piece in curve.pieces if piece.upper.slope]))
    half = Fraction(2 * draw(st.integers(0, max(1, int(curve.points * 10**places)))) + 1, 2 * 10**places)
    return (half - line.intercept) / line.slope
