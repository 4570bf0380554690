"""Which numbers of a table of basic figures (基础数据表) are made of which others: data, by the published names of facts."""

from __future__ import annotations

from typing import NamedTuple

#: The columns of the table, behind the name of a line.
COLUMNS = ("前年决算", "上年决算", "上年预算", "上年总额", "本年预算", "本年决算", "本年总额")

#: What is money begins with one of these, in the unit of the form's budget.
MONEY = ("三公经费.", "公用经费.", "专项资金.", "项目支出.", "政府采购金额.", "基本支出预算调整.", "楼堂馆所.预算投资", "楼堂馆所.实际投资")


class Sum(NamedTuple):
    """A line that is the sum of others, in every column; one that may be left out, if what it is made of itself stands there."""

    whole: str
    parts: tuple[str, ...]


class Rate(NamedTuple):
    """A printed rate, and what it is the rate of."""

    printed: str
    part: str
    whole: str


SUMS = (
    Sum("三公经费", ("三公经费.公务用车", "三公经费.因公出国", "三公经费.公务接待")),
    Sum("三公经费.公务用车", ("三公经费.公务用车购置", "三公经费.公务用车运行")),
)

#: Lines of which only some parts need be listed (其中): together they are never more than the whole.
LISTED = ("公用经费", "专项资金", "项目支出")

RATES = (
    Rate("在职人员控制率", "在职人数", "编制数"),
    Rate("楼堂馆所.规模控制率", "楼堂馆所.实际规模", "楼堂馆所.批复规模"),
    Rate("楼堂馆所.投资概算控制率", "楼堂馆所.实际投资", "楼堂馆所.预算投资"),
)

#: Where a line begins with one of these, the form has the whole table, and a rate of it that is not there was left blank.
TABLE = ("公用经费.", "政府采购金额.")
