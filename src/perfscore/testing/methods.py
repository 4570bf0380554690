"""Parameters of scoring methods as rule files write them, and measures that straddle the breakpoints of their curves."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise
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
_ITEMS = ("有制度", "制度合规", "有执行", "执行有效", "已公开")


@cache
def decimals(least: int, most: int, places: int = 2) -> SearchStrategy[Fraction]:
    """Numbers with a few decimal places, whole ones first."""
    scale = 10**places
    scaled = st.builds(Fraction, st.integers(least * scale, most * scale), st.just(scale))
    return st.one_of(st.integers(least, most).map(Fraction), scaled)


points_given = st.one_of(st.sampled_from(_POINTS), decimals(1, 60))


@st.composite
def _amounts(draw: DrawFn, least: Fraction, most: Fraction, points: Fraction | None) -> str:
    """Between two shares of the points."""
    return draw(_spelled(draw(st.integers(int(least * 100), int(most * 100)).map(lambda n: Fraction(n, 100))), points))


@st.composite
def _spelled(draw: DrawFn, share: Fraction, points: Fraction | None) -> str:
    """A share of the points: as such, or in points where the points are known."""
    if share in (ZERO, ONE) and draw(st.booleans()):
        return "满分" if share else "不得分"
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
def _with_an_end(draw: DrawFn) -> str:
    """An interval that leaves something out, above it or below or both."""
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
    return draw(st.sampled_from(sides))


@st.composite
def _deductions(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    given = {
        "full": draw(_with_an_end()),
        "every": draw(st.sampled_from(("1", "1%", "5%", "0.3", "7"))),
        "lose": draw(_amounts(Fraction(3, 100), Fraction(6, 5), points)),
    }
    if draw(st.booleans()):
        given["steps"] = draw(st.sampled_from(("whole", "up", "proportional")))
    if draw(st.booleans()):
        given["floor"] = draw(_amounts(Fraction(-1, 5), Fraction(9, 10), points))
    return {"deduction": given}


@st.composite
def _arounds(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    at, base = draw(_with_an_end()), draw(st.sampled_from((ZERO, ONE, Fraction(4, 5), Fraction(1, 2))))
    given: dict[str, Any] = {"at": at}
    if base != 1 or draw(st.booleans()):
        given["base"] = draw(_spelled(base, points))
    ends = [name for name, signs in (("above", "])"), ("below", "[(")) if at[-1 if name == "above" else 0] in signs]
    ends = ends or ["above" if at[0] == "<" else "below"]
    for name in sorted(draw(st.sets(st.sampled_from(ends), min_size=1))):
        given[name] = draw(_around_sides(base, points))
    return {"around": given}


@st.composite
def _around_sides(draw: DrawFn, base: Fraction, points: Fraction | None) -> dict[str, Any]:
    gains = draw(st.booleans())
    given = {
        "every": draw(st.sampled_from(("1", "1%", "5%", "0.3", "7"))),
        "gain" if gains else "lose": draw(_amounts(Fraction(3, 100), Fraction(6, 5), points)),
    }
    if draw(st.booleans()):
        given["steps"] = draw(st.sampled_from(("whole", "up", "proportional")))
    if draw(st.booleans()) or base == (1 if gains else 0):
        step = Fraction(1, 100)
        given["until"] = draw(_amounts(base + step, base + ONE, points) if gains else _amounts(base - ONE, base - step, points))
    return given


@st.composite
def _anchors(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    """In any order, with points that go up and down."""
    at = draw(st.lists(decimals(-1, 3), min_size=2, max_size=5, unique=True))
    return {"anchors": [f"{format_number(measure)}: {draw(_amounts(ZERO, ONE, points))}" for measure in at]}


@st.composite
def _checklists(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    """Parts of the points that make up the whole."""
    cuts = [0, *sorted(draw(st.sets(st.integers(1, 99), max_size=len(_ITEMS) - 1))), 100]
    parts = [Fraction(high - low, 100) for low, high in pairwise(cuts)]
    return {"checklist": {label: draw(_spelled(part, points)) for label, part in zip(_ITEMS, parts, strict=False)}}


@st.composite
def _demerits(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    """Amounts, and ranges of them."""
    given: dict[str, Any] = {}
    for label in _ITEMS[: draw(st.integers(1, len(_ITEMS)))]:
        given[label] = draw(_amounts(Fraction(1, 100), Fraction(6, 5), points))
        if draw(st.booleans()):
            low, high = sorted(draw(st.tuples(st.integers(0, 60), st.integers(1, 60))))
            ends = [f"{end}%" for end in (low, high)]
            given[label] = draw(st.sampled_from((f"{low}-{high}%", "-".join(ends), f"[{','.join(ends)}]", ends)))
    return {"demerits": given}


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
def method_trees(takes: str, points: Fraction | None = None, *, rows: bool = False) -> SearchStrategy[Any]:
    """A call of a method for a kind of measure; amounts are shares of the points where these are not known, or where several rows with their own read them."""
    match takes:
        case "number":
            plain = st.sampled_from(("ratio", "yes-no", "direct"))
            return st.one_of(plain, _ratios(points), _bands(points), _deductions(points), _arounds(None if rows else points), _anchors(points))
        case "days":
            return st.one_of(st.just("deadline"), _deadlines(points))
        case "items":
            return st.one_of(_checklists(points), _demerits(points))
        case "words":
            return st.one_of(st.just("tiers"), _levels(points), _tiers(points))
        case _:
            return st.one_of(st.just("by-kind"), _by_kind(points))


@st.composite
def _by_kind(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    kinds = {"quantity": "number", "words": "words", "date": "days"}
    return {
        "by-kind": {
            kind: draw(method_trees(kinds[kind], points, rows=True)) for kind in sorted(draw(st.sets(st.sampled_from(tuple(kinds)), min_size=1)))
        }
    }


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
