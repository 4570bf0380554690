"""A table that writes some intervals in brackets, and others like 90%以上 or 80-90%, in which an end belongs where a convention says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.subject import Subject
from perfscore.linting.tables import Row, tables
from perfscore.model.page import Page
from perfscore.text.diagnostic import Edit
from perfscore.text.interval import read_intervals
from perfscore.text.phrase import Phrase

SEVERITY = "advice"
SAYS = Phrase("一张分档表里区间有几种写法", "intervals of one table are written in several ways")
PAGE = Page(
    what=Phrase(
        "同一张分档表里，有的区间写作 [80%,90%)，有的写作“90%以上”或“80%-90%”。",
        "In one table some intervals are written like [80%,90%), and others like 90%以上 or 80%-90%.",
    ),
    why=Phrase(
        "两种写法都读得懂，混在一起就要换着读：端点归哪一档，在括号里看得见，在“以上”“-”里要靠约定。",
        "Both can be read, but not at one glance: brackets show which band an end belongs to, 以上 and - leave it to a convention.",
    ),
    fix=Phrase(
        "全表用一种写法；perfscore lint --fix 把这几档改成括号，含义不变。照抄制度原文的表可以全部不用括号；≥90%、低于60% 端点清楚，不在此列。",
        "Write the table one way; `perfscore lint --fix` puts these bands into brackets that mean the same. A table copied from a standard may do without "
        "brackets altogether; ≥90% and 低于60% leave no doubt and stay.",
    ),
    wrong="""points: 10
indicators:
  - id: rate
    label: 预算执行率
    points: 10
    measure: 全年执行数 / 全年预算数
    method: {bands: ["90%以上: 10", "[80%,90%): 8", "[0,80%): 0"]}
""",
    right="""points: 10
indicators:
  - id: rate
    label: 预算执行率
    points: 10
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[90%,+∞): 10", "[80%,90%): 8", "[0,80%): 0"]}
""",
)
#: 以上 and its like, or a dash between two numbers.
_BY_CONVENTION = re.compile(r"^[^\[(（［].*(?:[以之]|[0-9%‰分)）]\s*[-~～至到—–―])")


def check(subject: Subject) -> Iterator[Found]:
    """The first such interval of every table that also has brackets, with the brackets for all of them."""
    for drawn, rows in tables(subject):
        # Both sides of zero, `±10%以内`, are no one pair of brackets.
        words = [row for row in rows if _BY_CONVENTION.search(row.band.text) and "±" not in row.band.text]
        if not words or not any(row.band.text[0] in "[(（［" for row in rows):
            continue
        text, normal = words[0].band.text, _normal(words[0])
        says = Phrase(
            f"{drawn.rule.label.zh}：{text} 与同一张表里的括号写法混用，写作 {normal} 才一致",
            f"{drawn.rule.label.en}: {text} stands among intervals in brackets; {normal} means the same",
        )
        edits = [_edit(row) for row in words]
        hint = Phrase(f"写作 {normal}", f"write {normal}")
        yield Found(words[0].span, says, hint, edits=tuple(edit for edit in edits if edit) if all(edits) else ())


def _normal(row: Row) -> str:
    return row.band.on[0].written(share="%" in row.band.text)


def _edit(row: Row) -> Edit | None:
    """The row with its interval in brackets, in quotes, without which YAML would take them for a list of its own."""
    text, normal = row.band.text, _normal(row)
    if row.token.count(text) != 1 or read_intervals(normal) != row.band.on or "\\" in row.token:
        return None
    quoted = row.token[:1] in "\"'"
    inner = (row.token[1:-1] if quoted else row.token).replace(text, normal)
    quote = row.token[0] if quoted else '"'
    return Edit(row.span, f"{quote}{inner}{quote}")
