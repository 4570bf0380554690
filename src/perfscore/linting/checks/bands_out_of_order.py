"""Bands that go neither up nor down, so that nobody sees at a glance whether one is missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from perfscore.linting.checks import Found
from perfscore.linting.subject import Subject
from perfscore.linting.tables import Row, tables
from perfscore.model.page import Page
from perfscore.text.diagnostic import Edit
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

SEVERITY = "advice"
SAYS = Phrase("各档没有按顺序写", "bands are not in order")
PAGE = Page(
    what=Phrase("分档表里的各档既不是从高到低，也不是从低到高。", "The bands of a table go neither from high to low nor from low to high."),
    why=Phrase(
        "得分不受影响，但复核的人要来回找，漏写一档、分数写颠倒都不容易看出来。",
        "No score depends on it, but whoever checks the table has to jump about, and will not see that a band is missing or two numbers were swapped.",
    ),
    fix=Phrase(
        "按制度原文的顺序排好；perfscore lint --fix 会把各档排成从高到低或从低到高，取改动少的一种。",
        "Put them in the order of the standard; `perfscore lint --fix` sorts them downwards or upwards, whichever changes less.",
    ),
    wrong="""points: 10
indicators:
  - id: rate
    label: 预算执行率
    points: 10
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[80%,90%): 8", "[90%,+): 10", "[0,80%): 0"]}
""",
    right="""points: 10
indicators:
  - id: rate
    label: 预算执行率
    points: 10
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[90%,+): 10", "[80%,90%): 8", "[0,80%): 0"]}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The first band of every table that turns the other way."""
    for drawn, rows in tables(subject):
        if any(len(row.band.on) > 1 for row in rows):
            # A band on both sides of zero has no one place among the others.
            continue
        steps = [_start(one) < _start(other) for one, other in pairwise(rows)]
        if len(set(steps)) < 2:
            continue
        up = _moved(rows, up=True) < _moved(rows, up=False)
        wrong = rows[steps.index(not up) + 1]
        says = Phrase(
            f"{drawn.rule.label.zh}：{wrong.band.text} 这一档没有按从{'低到高' if up else '高到低'}的顺序写",
            f"{drawn.rule.label.en}: the band {wrong.band.text} is out of the order from {'low to high' if up else 'high to low'}",
        )
        hint = Phrase("把各档按顺序排好", "put the bands in order")
        yield Found(wrong.span, says, hint, edits=_edits(rows, _ordered(rows, up=up)))


def _ordered(rows: tuple[Row, ...], *, up: bool) -> list[Row]:
    return sorted(rows, key=_start, reverse=not up)


def _moved(rows: tuple[Row, ...], *, up: bool) -> int:
    return sum(old is not new for old, new in zip(rows, _ordered(rows, up=up), strict=True))


def _start(row: Row) -> tuple[bool, object, bool]:
    low = row.band.on[0].low
    return low is not None, low or 0, not row.band.on[0].low_closed


def _edits(rows: tuple[Row, ...], ordered: list[Row]) -> tuple[Edit, ...]:
    """Every row that moves, in its new place; none where a comment beside or between the rows would lose what it is about."""
    first, last = rows[0].span, rows[-1].span
    if not all(row.token for row in rows) or any(_commented(first, line) for line in range(first.line, last.end_line + 1)):
        return ()
    return tuple(Edit(old.span, new.token) for old, new in zip(rows, ordered, strict=True) if old is not new)


def _commented(span: Span, line: int) -> bool:
    text = span.source.line(line)
    return " #" in text or text.lstrip().startswith("#")
