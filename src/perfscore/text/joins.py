"""Neighbouring intervals of a rule file that leave a gap or overlap, to what lies between them and the ways in which it is mended."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

from perfscore.text.diagnostic import Edit
from perfscore.text.interval import Interval, class_gap
from perfscore.text.numbers import format_number
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

_MARK = Phrase("端点只能归一边，在数后写明（含）或（不含）", "an end belongs to one side: write （含） or （不含） behind the number")


class Row(NamedTuple):
    """An interval of the rule file: how it is called, the text that says it, and what stands behind the interval there (`: 10`)."""

    on: Interval
    name: Phrase
    span: Span
    behind: str = ""
    #: Whether the interval can be changed in its row: of `±10%以内` no side is changed alone.
    alone: bool = True


class Join(NamedTuple):
    """
    Where two neighbours do not meet: the numbers in neither (`gap`), the one end in both (`twice`) or more in both (`overlap`).

    `lower` and `upper` are what either would be if the two met; None where nothing of it would be left, or where ends are not all that is wrong.
    """

    kind: Literal["gap", "twice", "overlap"]
    on: Interval
    lower: Interval | None = None
    upper: Interval | None = None

    def shown(self, *, share: bool) -> str:
        """The numbers, as the rule file would write them."""
        number = self.number
        if number is None:
            return self.on.written(share=share)
        return f"{format_number(number * 100)}%" if share else format_number(number)

    @property
    def number(self) -> Fraction | None:
        """The number, where it is one."""
        return self.on.low if self.on.low == self.on.high else None


def order(on: Interval) -> tuple[bool, Fraction, bool, bool, Fraction, bool]:
    """What intervals are sorted by: where they begin, then where they end."""
    return on.low is not None, on.low or Fraction(0), not on.low_closed, on.high is None, on.high or Fraction(0), on.high_closed


def beyond(one: Interval, other: Interval) -> bool:
    """Whether the first interval ends above the second one."""
    return (one.high is None, one.high or Fraction(0), one.high_closed) > (other.high is None, other.high or Fraction(0), other.high_closed)


def join(one: Interval, other: Interval) -> Join | None:
    """Where an interval and the next one do not meet; None if they do."""
    if one.high is not None and one.high == other.low and one.high_closed != other.low_closed:
        return None
    between = Interval(one.high, other.low, not one.high_closed, not other.low_closed)
    if one.high is not None and other.low is not None and not between.empty():
        lower = Interval(one.low, other.low, one.low_closed, not other.low_closed)
        return Join("gap", between, lower, Interval(one.high, other.high, not one.high_closed, other.high_closed))
    less, more = (None if on.empty() else on for on in (one._replace(high_closed=False), other._replace(low_closed=False)))
    if one.high is not None and one.high == other.low and (less or more):
        return Join("twice", one.meet(other), less, more)
    return Join("overlap", one.meet(other))


def mended(found: Join, lower: Row, upper: Row, *, share: bool, upwards: bool) -> tuple[Phrase | None, tuple[Edit, ...]]:
    """
    The ways to mend a join, and the edit for the usual one where a single number is all that is wrong.

    `upwards` says that the upper row is the better one: both 90%以上 and 不超过 10% hold their number, so an end belongs to the better side.
    """
    if found.kind == "overlap":
        return None, ()
    classes = class_gap(lower.on, upper.on, share=share) if found.kind == "gap" else None
    if classes is not None:
        return classes, ()
    ways = _ways(found, lower, upper, share=share)
    ways = ways if upwards else ways[::-1]
    given = [(owner, row, text) for owner, row, text in ways if text]
    if found.number is None:
        gap = found.shown(share=share)
        zh = [f"补一行 {gap}", *(f"把 {row.name.zh} 写作 {text}" for _, row, text in given)]
        en = [f"add a row for {gap}", *(f"write {text} for {row.name.en}" for _, row, text in given)]
        return Phrase("，或".join(zh), ", or ".join(en)), ()
    if not given:
        return _MARK, ()
    zh = [f"归 {owner.name.zh} 的，{'' if owner is row else f'{row.name.zh} '}写作 {text}" for owner, row, text in given]
    en = [f"if it belongs to {owner.name.en}, write {text}{'' if owner is row else f' for {row.name.en}'}" for owner, row, text in given]
    _, row, text = ways[0]
    return Phrase("；".join(zh), "; ".join(en)), _edit(row.span, text)


def _ways(found: Join, lower: Row, upper: Row, *, share: bool) -> list[tuple[Row, Row, str]]:
    """Who takes the numbers, the row that is changed for that, and what it then says (empty: it cannot be changed alone); the upper one first."""
    rows = ((upper, upper, found.upper), (lower, lower, found.lower))
    if found.kind == "twice":
        rows = ((upper, lower, found.lower), (lower, upper, found.upper))
    return [(owner, row, on.written(share=share) + row.behind if on is not None and row.alone else "") for owner, row, on in rows]


def _edit(span: Span, text: str) -> tuple[Edit, ...]:
    """The text in the quotes in which it stands; without quotes a bracket would open a list."""
    if not text or span.line != span.end_line:
        return ()
    quote = span.source.line(span.line)[span.column - 1 : span.column]
    quote = quote if quote in ("'", '"') else '"'
    return (Edit(span, f"{quote}{text}{quote}"),)
