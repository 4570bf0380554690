"""A form that is dated before the year that it is about had ended."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.dates import YEARS, Period, day_number
from perfscore.text.phrase import Phrase
from perfscore.text.printed import read_printed

SEVERITY = "warning"
SAYS = Phrase("填报日期早于年度结束", "a date before the end of the year")
PAGE = Page(
    what=Phrase("填报日期在所评年度的 12 月 31 日以前。", "The form is dated before 31 December of the year that it evaluates."),
    why=Phrase(
        "年度没有结束，全年执行数和完成值都还没有；多半是年份写错。",
        "Before the year has ended nobody knows what was spent and done in it; most often the year is a slip.",
    ),
    fix=Phrase("核对填报日期和年度。", "Check the date and the year."),
    wrong="rules: china/project-self@2020\nunit: 示例单位\nyear: 2021\nreported: {date: 2021年2月2日}\n",
    right="rules: china/project-self@2020\nunit: 示例单位\nyear: 2021\nreported: {date: 2022年2月2日}\n",
)


def check(subject: Subject) -> Iterator[Found]:
    """The date of the form, at its latest, against the last day of its year; a date without a year says nothing."""
    cell, year = subject.form.reported.date, subject.form.year
    if cell is None or year is None or year not in YEARS:
        return
    read = cell.value or read_printed(cell.text)
    if isinstance(read, Period) and not read.comparator and read.last < day_number(year, 12, 31):
        text = cell.text.strip()
        says = Phrase(f"填报日期 {text}，所评的 {year} 年度还没有结束", f"dated {text}, before the year {year} that it is about had ended")
        yield Found(cell.span, says, Phrase("多半是年份写错；核对日期和年度", "most likely the year is a slip: check the date and the year"))
