"""Bands: a table of intervals of the measure, each with its points."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import ZERO, Curve, Piece, level, straight
from perfscore.scoring.methods import Report
from perfscore.scoring.methods._amount import IN_WORDS, WORDS, Amount, read_amount
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.fields import Fields, Value
from perfscore.text.interval import Interval, read_intervals
from perfscore.text.joins import Join, Row, beyond, join, mended, order
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import format_number
from perfscore.text.shape import Alone, ListOf, Text, wrong
from perfscore.text.source import Span

NAME, ZH = "bands", "分档"
TAKES = "number"
SAYS = Phrase("按所在区间记分", "points by the interval that holds the measure")


class Band(NamedTuple):
    """A row of the table, which `±10-15%以内` gives two intervals, and these as written: `[80%,90%)` says more than `[0.8,0.9)`."""

    on: tuple[Interval, ...]
    amount: Amount
    text: str


def _read_band(text: str) -> Band | Phrase:
    interval_text, colon, amount_text = text.replace("：", ":").rpartition(":")
    if not colon:
        # `大于30%不得分` needs none.
        whole = text.strip()
        amount_text = next((word for word in IN_WORDS if whole.endswith(word)), "")
        interval_text = whole.removesuffix(amount_text)
        if not amount_text or not interval_text:
            return Phrase(f"档次应写作“区间: 分数”，写的是 {text}", f"a band is written “interval: points”, not {text}")
    on, amount = read_intervals(interval_text), read_amount(amount_text.strip())
    if isinstance(on, Phrase):
        return on
    return amount if isinstance(amount, Phrase) else Band(on, amount, interval_text.strip())


#: As in `["[90%,100%]: 10", "(0,10%]: 4", "大于30%不得分"]`.
PARAMETERS = Alone("bands", ListOf(Text(_read_band, rf"[:：]|{WORDS}\s*$", "bad-band"), whole=True))


class _Part(NamedTuple):
    """One interval of a row, and what the row gives."""

    on: Interval
    band: Band
    span: Span
    score: Fraction


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """The level pieces in ascending order; a gap or an overlap between neighbours is reported at the upper band."""
    rows: tuple[Value, ...] = parameters["bands"] or ()
    if not rows:
        wrong(report, "no-bands", Phrase("一档也没有", "there is no band"), parameters.span)
        return None
    parts = [_Part(on, row.value, row.span, row.value.amount.of(points)) for row in rows for on in row.value.on]
    parts.sort(key=lambda part: order(part.on))
    meets = _meet(parts, report)
    over = [row for row in rows if _over(row, points, report)]
    if over or not meets:
        return None
    best = next((part.band for part in parts if part.score == points), None)
    full = None if best is None else Phrase(f"{_inside(best)}才记满分", f"full points take {best.text}")
    return Curve(tuple(map(_piece, parts)), points, min(ZERO, *(part.score for part in parts)), points, full)


def told(parameters: Fields, points: Fraction | None) -> Phrase:
    """As in “=0 记 5 分；0-10%(含) 4 分；大于30% 不得分”, in the order of the rule file."""
    from perfscore.scoring.methods._told import interval, scores, spaced

    bands: list[Band] = [row.value for row in parameters["bands"] or ()]
    zh: list[str] = []
    en: list[str] = []
    said = False
    for band, score in zip(bands, scores((band.amount for band in bands), points), strict=True):
        on, value = interval(band.text, band.on), band.amount.value
        # Once said, 记 goes for the bands that follow; but two numbers side by side, as in `≥25% 3 分`, are hard to read.
        given = "记" if value and (not said or value < 0 or on.zh[-1] in "0123456789%") else ""
        zh.append(spaced(on.zh, given, score.zh))
        en.append(f"{on.en}: {score.en}")
        said = said or value > 0
    return Phrase("；".join(zh), "; ".join(en))


def _piece(part: _Part) -> Piece:
    score = format_number(part.score)
    reason = Phrase(f"{_inside(part.band)}，记 {score} 分", f"within {part.band.text}: {score} points")
    return straight(part.on, level(part.score), reason, part.span)


def _inside(band: Band) -> str:
    # `在 ±10%以内` is enough said.
    return f"在 {band.text}" if "以" in band.text or "之" in band.text else f"在 {band.text} 内"


def _over(row: Value, points: Fraction, report: Report) -> bool:
    score = row.value.amount.of(points)
    if score <= points:
        return False
    says = Phrase(
        f"这一档记 {format_number(score)} 分，超过分值 {format_number(points)}",
        f"this band gives {format_number(score)} of {format_number(points)} points",
    )
    wrong(report, "band-above-points", says, row.span)
    return True


def _meet(parts: list[_Part], report: Report) -> bool:
    """Whether all neighbours meet; a band that reaches over several is held against each of them."""
    below, good = parts[0], True
    for part in parts[1:]:
        found = join(below.on, part.on)
        if found is not None:
            _apart(found, below, part, report)
            good = False
        below = below if beyond(below.on, part.on) else part
    return good


def _apart(found: Join, one: _Part, other: _Part, report: Report) -> None:
    before, after = one.band.text, other.band.text
    share = "%" in before + after
    gap = found.shown(share=share)
    between = ((Phrase("前一档在这里", "the band before is here"), one.span),)
    hint, edits = mended(found, _row(one), _row(other), share=share, upwards=other.score >= one.score)
    if found.kind == "gap":
        says = Phrase(f"{before} 与 {after} 之间漏了 {gap}", f"{gap} between {before} and {after} is in no band")
        report(Diagnostic("band-gap", says, other.span, hint, more=between, edits=edits))
    elif found.kind == "twice":
        says = Phrase(f"{before} 与 {after} 都包括 {gap}", f"{gap} is both in {before} and in {after}")
        report(Diagnostic("end-claimed-twice", says, other.span, hint, more=between, edits=edits))
    else:
        says = Phrase(f"{before} 与 {after} 有重叠，都包括 {gap}", f"{before} and {after} overlap: {gap} is in both")
        report(Diagnostic("band-overlap", says, other.span, hint, more=between))


def _row(part: _Part) -> Row:
    """A band as neighbours are mended, with its points as they stand behind the interval."""
    band = part.band
    text = part.span.written().strip()
    points = text.removeprefix(band.text).strip(" :：") if text.startswith(band.text) else ""
    return Row(part.on, same(band.text), part.span, f": {points}", bool(points) and "±" not in band.text)
