"""Tiers: a person judges inside the score range of the tier that was reached (定性指标三档)."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import Curve, Piece, level
from perfscore.scoring.methods import Report
from perfscore.text.fields import Fields, Value
from perfscore.text.interval import Interval, read_interval
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number
from perfscore.text.record import Key, Record
from perfscore.text.shape import Choice, ListOf, Text, wrong

NAME, ZH = "tiers", "三档"
TAKES = "judgement"
SAYS = Phrase("先定完成等级，再由评定人在该等级的分数区间内记分", "first the tier, then a person's score inside the tier's range")


class Tier(NamedTuple):
    """A tier by its label and its range, as shares of the points."""

    label: str
    range: Interval


def _read_tier(text: str) -> Tier | Phrase:
    label, colon, interval_text = text.replace("：", ":").partition(":")
    if not colon or not label.strip():
        return Phrase(f"等级应写作“名称: 区间”，写的是 {text}", f"a tier is written “label: interval”, not {text}")
    on = read_interval(interval_text.strip())
    return on if isinstance(on, Phrase) else Tier(label.strip(), on)


#: 财预〔2020〕10号: 80 % and 60 %; before 2020 the lower cut was 50 %.
_DEFAULT = ("未达成: [0,60%)", "部分达成: [60%,80%)", "达成: [80%,100%]")
PARAMETERS = Record(
    (
        Key(
            "tiers",
            "各档",
            ListOf(Text(_read_tier, "[:：]", "bad-tier"), whole=True),
            Phrase("各等级，如 达成: [80%,100%]；缺省 80/60 三档", "the tiers, like 达成: [80%,100%]; 80/60 by default"),
        ),
        Key(
            "default",
            "未评定时",
            Choice({"full": "上限", "middle": "中值"}),
            Phrase("没有评定得分时取该等级的上限或中值", "without a judged score: the upper end or the middle of the tier"),
        ),
    ),
    Phrase("三档法", "tiers method"),
)


def tiers(parameters: Fields) -> tuple[Tier, ...]:
    """The tiers, lowest first."""
    rows: tuple[Value, ...] = parameters["tiers"] or ()
    found = [row.value for row in rows] if rows else [tier for tier in map(_read_tier, _DEFAULT) if isinstance(tier, Tier)]
    return tuple(sorted(found, key=lambda tier: tier.range.low or Fraction(0)))


def labels(parameters: Fields) -> tuple[str, ...]:
    """The tiers' labels, lowest first; the place of a tier is its measure."""
    return tuple(tier.label for tier in tiers(parameters))


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """The measure is the tier's place from below, 0 for the lowest; the piece holds the range of the judged score."""
    if parameters["tiers"] == ():
        wrong(report, "no-tiers", Phrase("一档也没有", "there is no tier"), parameters.at("tiers"))
        return None
    found = tiers(parameters)
    ends = [Fraction(0), *(tier.range.high for tier in found)]
    starts = [*(tier.range.low for tier in found), Fraction(1)]
    # A score at an end stands in the tier above it, as in all texts of the field, and full points in the highest.
    upwards = all(tier.range.low_closed and tier.range.high_closed == (tier is found[-1]) for tier in found)
    if ends != starts or not upwards or len({tier.label for tier in found}) != len(found):
        says = Phrase(
            "各等级的区间要从 0 到 100% 首尾相接，端点归上一等级，名称不重复",
            "the tiers must join from 0 to 100 % without gap or overlap, each end in the tier above it, each with its own label",
        )
        wrong(report, "tier-gap", says, parameters.at("tiers"))
        return None
    pieces = [_piece(place, tier, points, parameters) for place, tier in enumerate(found)]
    return Curve(tuple(pieces), points)


def told(parameters: Fields, points: Fraction | None) -> Phrase:
    """As in “达成 [8,10] 分、部分达成 [6,8) 分、未达成 [0,6) 分，由评定人记分”, the best first."""
    from perfscore.scoring.methods._told import spaced

    found = [(tier.label, _judged_in(tier.range, points)) for tier in reversed(tiers(parameters))]
    unit = " of the points" if points is None else " points"
    zh = (
        "、".join(spaced(label, on, "" if points is None else "分") for label, on in found)
        + ("（占分值）" if points is None else "")
        + "，由评定人记分"
    )
    en = ", ".join(f"{label} {on}{unit if not place else ''}" for place, (label, on) in enumerate(found)) + ", as judged"
    if len(found) == 1:
        # One tier says nothing but who gives the points.
        ((_, on),) = found
        zh, en = (
            ("由评定人在分值以内记分", "up to the points, as judged") if points is None else (f"由评定人在 {on} 分内记分", f"{on}{unit}, as judged")
        )
    default = parameters["default"]
    if default is not None:
        zh += f"；没有评定的取{'上限' if default == 'full' else '中值'}"
        en += f"; {'the upper end' if default == 'full' else 'the middle'} where nobody judged"
    return Phrase(zh, en)


def _judged_in(on: Interval, points: Fraction | None) -> str:
    """The range in which a person scores, in points or as shares of them."""
    if points is None:
        return on.written(share=True)
    return Interval((on.low or Fraction(0)) * points, (on.high or Fraction(0)) * points, on.low_closed, on.high_closed).written(share=False)


def _piece(place: int, tier: Tier, points: Fraction, parameters: Fields) -> Piece:
    low, high = (tier.range.low or Fraction(0)) * points, (tier.range.high or Fraction(0)) * points
    close = "]" if tier.range.high_closed else ")"
    shown = f"[{format_number(low)},{format_number(high)}{close}"
    reason = Phrase(f"{tier.label}，得分应在 {shown} 内", f"{tier.label}: the score belongs in {shown}")
    on = Interval(Fraction(place), Fraction(place + 1), low_closed=True, high_closed=False)
    return Piece(on, level(low), level(high), reason, parameters.at("tiers"), not tier.range.high_closed)
