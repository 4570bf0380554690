"""A row whose result is words to its measure: a level by its label, or a person's score held to its tier."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Protocol

from perfscore.model.curve import Curve, Piece, round_half_up
from perfscore.model.form import Cell, Row
from perfscore.model.measure import Absence, Chosen, Judged, Measure, Whose
from perfscore.model.rules import MethodUse, Takes
from perfscore.scoring.methods import find
from perfscore.text.phrase import Phrase, listed
from perfscore.text.printed import Blank, Quantity, bare, format_number, read_printed

Warn = Callable[[str, Phrase, Cell], None]


class Pair(Protocol):
    """What a row's target and actual value are to a judge: the actual text, and whether both are the same."""

    @property
    def actual(self) -> Cell:
        """The actual value as printed."""

    @property
    def same(self) -> bool:
        """Whether both cells print the same text."""


class Judge:
    """Reads levels and judged scores of one form; `places` are those of a leaf's score."""

    def __init__(self, places: int | None, warn: Warn) -> None:
        self.places, self.warn = places, warn

    def measure(self, takes: Takes, use: MethodUse, row: Row, cells: Pair, curve: Curve) -> Measure | Absence:
        """A level by its label, or a person's score held to its tier (judged, else reported, because the unit is the judge)."""
        method = find(use.name)
        labels = method.labels(use.parameters) if method is not None else ()
        return self._level(labels, row, cells) if takes == "label" else self._judged(labels, use.parameters["default"], row, cells, curve)

    def _level(self, labels: tuple[str, ...], row: Row, cells: Pair) -> Measure | Absence:
        for cell in (row.tier, row.actual):
            written = "" if cell is None else bare(cell.text)
            place = next((place for place, label in enumerate(labels) if bare(label) == written), None)
            if cell is not None and place is not None:
                return Chosen(Fraction(place), labels[place], cell)
        shown = (row.tier or cells.actual).text.strip()
        if not shown:
            return Absence("missing", Phrase("没有填报等级", "no level is reported"))
        known = listed(labels)
        says = Phrase(f"等级 {shown} 不在规则里：{known.zh}", f"the rules have no level {shown}: {known.en}")
        self.warn("unknown-level-label", says, row.tier or cells.actual)
        return Absence("missing", says)

    def _judged(self, tiers: tuple[str, ...], default: str | None, row: Row, cells: Pair, curve: Curve) -> Measure | Absence:
        tier = self._tier(tiers, row, cells)
        place = tiers.index(tier) if tier in tiers else None
        pieces = curve.pieces if place is None else (curve.pieces[place],)
        low, high = pieces[0].lower.intercept, pieces[-1].upper.intercept
        given = score_given(row, self._unread)
        if given is None:
            if default is not None and place is not None:
                score = self._top(low, high, pieces[-1]) if default == "full" else (low + high) / 2
                return Judged(Fraction(place), score, "default", None, tier, cells.same)
            why = Phrase("没有评定得分", "there is no judged score")
            if place is not None:
                why = Phrase(f"等级是{tier}，没有评定得分", f"the tier is {tier}, and there is no judged score")
            return Absence("missing", why, (low, high))
        score, cell, whose = given
        if (places := self.places) is not None:
            # What counts is the score as rounded: 29.999 of [0,30) is 30, and 30 belongs to the tier above.
            score = round_half_up(score, places)
        if not low <= score <= high or (score == high and pieces[-1].upper_open):
            close = ")" if pieces[-1].upper_open else "]"
            shown = f"[{format_number(low)},{format_number(high)}{close}"
            what = ("评定得分", "judged score") if whose == "judged" else ("自评得分", "reported score")
            says = Phrase(
                f"{what[0]} {cell.text} 不在{tier or '分值'}的区间 {shown} 内",
                f"the {what[1]} {cell.text} is outside {tier or 'the points'}: {shown}",
            )
            self.warn("score-outside-tier", says, cell)
            return Absence("missing", says, (low, high))
        at = (
            place
            if place is not None
            else next((i for i, p in enumerate(curve.pieces) if p.lower.intercept <= score < p.upper.intercept), len(curve.pieces) - 1)
        )
        return Judged(Fraction(at), score, whose, cell, tier, cells.same)

    def _top(self, low: Fraction, high: Fraction, piece: Piece) -> Fraction:
        """The most that a judge could give: the end of the tier, or the last rounded score below an end that belongs to the tier above."""
        places = self.places
        if not piece.upper_open:
            return high
        return (low + high) / 2 if places is None else max(low, high - Fraction(1, 10**places))

    def _tier(self, tiers: tuple[str, ...], row: Row, cells: Pair) -> str | None:
        if row.tier is not None and row.tier.text.strip():
            written = bare(row.tier.text)
            # 部分达成年度指标并具有一定效果 is the tier 部分达成; the longest label wins, because 达成 stands inside 未达成.
            known = sorted((tier for tier in tiers if written == bare(tier) or written.startswith(bare(tier))), key=len)
            if known:
                return known[-1]
            says = Phrase(
                f"没有名为 {row.tier.text} 的完成等级：{'、'.join(tiers[::-1])}", f"there is no tier {row.tier.text}: {', '.join(tiers[::-1])}"
            )
            self.warn("unknown-tier", says, row.tier)
        return tiers[-1] if cells.same and tiers else None

    def _unread(self, cell: Cell) -> None:
        self.warn("unreadable-value", Phrase(f"得分 {cell.text} 读不出来", f"cannot read the score {cell.text}"), cell)


def score_given(row: Row, unread: Callable[[Cell], None] | None = None) -> tuple[Fraction, Cell, Whose] | None:
    """A person's score of a row: the judge's, else the unit's own; what stands in its place and cannot be read is told to `unread`."""
    given: tuple[tuple[Cell | None, Whose], ...] = ((row.judged, "judged"), (row.reported, "reported"))
    for cell, whose in given:
        if cell is None:
            continue
        read = cell.value or read_printed(cell.text)
        if isinstance(read, Quantity) and read.form == "exact" and read.low is not None and (read.unit is None or read.unit.kind == "points"):
            return read.low, cell, whose
        if not isinstance(read, Blank) and unread is not None:
            unread(cell)
    return None
