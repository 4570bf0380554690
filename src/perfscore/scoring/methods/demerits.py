"""Demerits: full points, and points taken for every item of a list that occurred."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, NamedTuple

from perfscore.model.curve import ZERO, Curve, Line, level, straight
from perfscore.scoring.methods import Report
from perfscore.scoring.methods._amount import Amount, amount, read_amount
from perfscore.scoring.methods._items import Item, listed, sound
from perfscore.text.fields import Fields
from perfscore.text.interval import Interval, point
from perfscore.text.nodes import Node
from perfscore.text.phrase import Phrase
from perfscore.text.shape import DIGITS, Alone, Either, Json, ListOf, MapOf, Text, wrong

NAME, ZH = "demerits", "违规扣分"
TAKES = "items"
SAYS = Phrase("没有违规记满分，有一项扣一项，扣完为止", "full points, and points taken for every item that occurred, down to nothing")
_END = rf"({DIGITS})\s*(%|分)?"
_RANGE = rf"^\s*(?:{_END}\s*[-~～至]\s*{_END}|\[\s*{_END}\s*[,，]\s*{_END}\s*\])\s*$"


_NO_PAIR = Phrase("扣分区间应写作 4-7 或 10-20%，小的在前", "a range is written 4-7 or 10-20%, the smaller first")


class Taken(NamedTuple):
    """What an item takes, also as written: between the least and the most a person chooses, or both are one amount."""

    least: Amount
    most: Amount
    text: str

    def __str__(self) -> str:
        return self.text


def _read_taken(text: str) -> Taken | Phrase:
    found = re.match(_RANGE, text)
    if found is None:
        one = read_amount(text)
        if isinstance(one, Amount):
            return Taken(one, one, text.strip())
        return Phrase(
            f"读不懂扣分 {text}，应写作 5、10%（占分值），或 4-7（由评定人酌定）",
            f"cannot read {text}: write 5, 10% (of the points), or a range like 4-7",
        )
    low, low_unit, high, high_unit = found.groups("")[:4] if found[1] else found.groups("")[4:]
    # `10-20%` is from 10% on, and `4-7分` from 4分.
    return _between(read_amount(low + (low_unit or high_unit)), read_amount(high + high_unit), text.strip())


def _between(least: Amount | Phrase, most: Amount | Phrase, text: str) -> Taken | Phrase:
    if isinstance(least, Amount) and isinstance(most, Amount) and least.share == most.share and least.value <= most.value:
        return Taken(least, most, text)
    return _NO_PAIR


class _Pair(ListOf):
    """`[4, 7]` without quotation marks is a list to YAML."""

    def __init__(self) -> None:
        super().__init__(amount(), whole=True)

    def read(self, node: Node, report: Report) -> Any:
        rows = super().read(node, report)
        if rows is None:
            return None
        found = _between(rows[0].value, rows[1].value, "-".join(row.span.written() for row in rows)) if len(rows) == 2 else _NO_PAIR
        if isinstance(found, Phrase):
            wrong(report, "bad-amount", found, node.span)
            return None
        return found

    def schema(self) -> Json:
        return {"type": "array", "items": self.item.schema(), "minItems": 2, "maxItems": 2}


_ONE = Text(_read_taken, rf"{amount().pattern}|{_RANGE}", "bad-amount")
#: As in `{未及时公开: 1, 截留挪用: 3-6}`.
PARAMETERS = Alone("demerits", MapOf(Either(scalar=_ONE, sequence=_Pair()), whole=True))


def items(parameters: Fields, points: Fraction) -> tuple[Item, ...]:
    """The items in the order of the rule file."""
    return tuple(Item(key.value, given.value.least.of(points), given.value.most.of(points)) for key, given in parameters["demerits"] or ())


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """The measure is the sum of what is taken (项目资金使用: 虚列套取扣4-7分, 扣完为止)."""
    span = parameters.span
    found = items(parameters, points)
    if not sound(parameters["demerits"] or (), found, span, report):
        return None
    none, gone = Phrase("没有违规，记满分", "nothing occurred, full points"), Phrase("扣完为止，不得分", "everything is lost")
    each = listed(found)
    some = Phrase(f"发生的各项从满分里扣去（{each.zh}）", f"full points less what occurred ({each.en})")
    pieces = (
        straight(point(ZERO), level(points), none, span),
        straight(Interval(ZERO, points, low_closed=False, high_closed=False), Line(Fraction(-1), points), some, span),
        straight(Interval(points, None, low_closed=True, high_closed=False), level(ZERO), gone, span),
    )
    return Curve(pieces if points else pieces[-1:], points, full=Phrase("没有违规才记满分", "full points take that nothing occurred"))


def told(parameters: Fields, points: Fraction | None) -> Phrase:
    """As in “没有违规记满分；虚列套取扣 4-7 分、未公开扣 1 分，扣完为止；有幅度的由评定人酌定”."""
    from perfscore.scoring.methods._told import items as of_items

    rows: list[tuple[str, Taken]] = [(key.value, taken.value) for key, taken in parameters["demerits"] or ()]
    found = of_items([(label, taken.least, taken.most) for label, taken in rows], points, "扣")
    zh, en = f"没有违规记满分；{found.zh}，扣完为止", f"full points, less {found.en}, down to 0"
    if any(taken.least != taken.most for _, taken in rows):
        return Phrase(f"{zh}；有幅度的由评定人酌定", f"{en}; within a range as judged")
    return Phrase(zh, en)
