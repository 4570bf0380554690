"""The items of a list in method parameters, each with the points that it counts."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from perfscore.text.diagnostic import Diagnostic
from perfscore.text.fields import Value
from perfscore.text.phrase import Phrase
from perfscore.text.printed import bare, format_number
from perfscore.text.shape import Report, wrong
from perfscore.text.source import Span


class Item(NamedTuple):
    """An item by its label, and the points that it counts: one number, or a range inside which a person chooses."""

    label: str
    least: Fraction
    most: Fraction


def listed(items: tuple[Item, ...]) -> Phrase:
    """Every item with its points, as a rule says them one behind the other."""
    points = [format_number(item.most) if item.least == item.most else f"{format_number(item.least)}-{format_number(item.most)}" for item in items]
    zh = "、".join(f"{item.label} {shown} 分" for item, shown in zip(items, points, strict=True))
    return Phrase(zh, ", ".join(f"{item.label} {shown}" for item, shown in zip(items, points, strict=True)))


def sound(rows: tuple[tuple[Value, Value], ...], items: tuple[Item, ...], whole: Span, report: Report) -> bool:
    """Whether there are items, each with a label of its own and points to count; what is wrong is reported. `whole` is where they stand."""
    if not items:
        wrong(report, "no-items", Phrase("一项也没有", "there is no item"), whole)
        return False
    seen: dict[str, Value] = {}
    good = True
    for (key, amount), item in zip(rows, items, strict=True):
        before = seen.setdefault(bare(item.label), key)
        if before is not key:
            more = ((Phrase("前一项在这里", "the first is here"), before.span),)
            report(Diagnostic("duplicate-item", Phrase(f"{item.label} 写了两次", f"{item.label} is listed twice"), key.span, more=more))
        elif item.most <= 0 or item.least < 0:
            wrong(report, "item-without-points", Phrase(f"{item.label} 的分数要大于 0", f"{item.label} must count more than 0 points"), amount.span)
        else:
            continue
        good = False
    return good
