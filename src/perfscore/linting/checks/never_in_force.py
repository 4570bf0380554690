"""A rule set that ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.places import written
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.ruleset.versions import day_written
from perfscore.text.phrase import Phrase

SEVERITY = "error"
SAYS = Phrase("没有一天在施行", "in force on no day")
PAGE = Page(
    what=Phrase("valid_until（施行至）早于 valid_from（施行自）。", "`valid_until` lies before `valid_from`."),
    why=Phrase("按日期找规则时，这一版永远找不到。", "Whoever asks for the rules of a day never gets this version."),
    fix=Phrase("对照制度改其中一个日期，多半是两个写反了，或年份写错。", "Mend one of the days; most often they were swapped, or the year is wrong."),
    wrong="""valid_from: 2024-12-31
valid_until: 2024-01-01
points: 100
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
    right="""valid_from: 2024-01-01
valid_until: 2024-12-31
points: 100
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """The last day, where it comes before the first."""
    first, last = subject.rules.valid_from, subject.rules.valid_until
    if first is not None and last is not None and last < first:
        begins, ends = day_written(first), day_written(last)
        says = Phrase(f"施行至 {ends}，早于施行自 {begins}", f"in force until {ends}, which is before {begins}")
        yield Found(written(subject.rules, "valid_until"), says, Phrase("看两个日期是否写反了", "see whether the days were swapped"))
