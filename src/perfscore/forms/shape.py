"""The shape of a form file: every key in both languages, what it means, and what may stand behind it."""

from __future__ import annotations

from typing import Any

from perfscore.model.form import Cell, Items, Table
from perfscore.text.nodes import Mapping, Node, Scalar, Sequence
from perfscore.text.phrase import Phrase
from perfscore.text.record import Key, Record
from perfscore.text.shape import Choice, Json, ListOf, PlainText, Report, Shape

YES_NO = Choice({"true": "是", "false": "否"})


class Printed(PlainText):
    """A cell: any single value, kept as printed with its place."""

    def read(self, node: Node, report: Report) -> Any:
        text = super().read(node, report)
        return None if text is None else Cell(text, node.span)


class AnyFact(Shape):
    """A fact: a printed value, a list of facts or a mapping of facts."""

    def read(self, node: Node, report: Report) -> Any:
        match node:
            case Scalar():
                return Cell(node.text, node.span)
            case Sequence():
                return Items(tuple(self.read(item, report) for item in node.items), node.span)
            case Mapping():
                return Table(tuple((key.text, self.read(value, report)) for key, value in node.entries), node.span)

    def schema(self) -> Json:
        return {}


class _Facts(AnyFact):
    """The facts of a form: always a mapping."""

    def read(self, node: Node, report: Report) -> Any:
        if isinstance(node, Mapping):
            return tuple((key.text, AnyFact().read(value, report)) for key, value in node.entries)
        Record((), Phrase("数据", "facts")).read(node, report)
        return None

    def schema(self) -> Json:
        return {"type": "object"}


class _Operands(AnyFact):
    """The operands of a claim: a list of values, names or lists."""

    def read(self, node: Node, report: Report) -> Any:
        if isinstance(node, Sequence):
            return AnyFact().read(node, report)
        ListOf(AnyFact()).read(node, report)
        return None

    def schema(self) -> Json:
        return {"type": "array"}


_CELL = Printed()
_AMOUNTS = (
    Key("initial", "年初预算数", _CELL, Phrase("年初预算数", "the budget at the start of the year")),
    Key("adjusted", "全年预算数", _CELL, Phrase("全年预算数（调整后）", "the budget of the whole year, as adjusted")),
    Key("executed", "全年执行数", _CELL, Phrase("全年执行数", "what was spent over the year")),
)
PART = Record(
    (
        Key("group", "分组", PlainText(), Phrase("分组，如 按收入性质", "the grouping, like 按收入性质"), required=True),
        Key("label", "名称", PlainText(), Phrase("名称", "the label")),
        Key("of", "上级", PlainText(), Phrase("属于哪一项，缺省属于分组", "the part it belongs to; the group by default")),
        Key("total", "合计", YES_NO, Phrase("是否为分组自己的合计行", "the group's own printed row")),
        *_AMOUNTS,
    ),
    Phrase("构成", "budget part"),
)
BUDGET = Record(
    (
        *_AMOUNTS,
        Key("points", "分值", _CELL, Phrase("表上印的分值", "the points as printed")),
        Key("rate", "执行率", _CELL, Phrase("表上印的执行率", "the execution rate as printed")),
        Key("reported", "自评得分", _CELL, Phrase("表上印的得分", "the score as printed")),
        Key("money", "计量单位", PlainText(), Phrase("金额单位，缺省 万元", "the unit of the amounts, 万元 by default")),
        Key("parts", "构成", ListOf(PART), Phrase("构成", "its parts")),
    ),
    Phrase("预算", "budget"),
)
REVIEW = Record(
    (
        Key("actual", "复核完成值", _CELL, Phrase("复核的完成值", "the actual value the reviewer found")),
        Key("score", "复核得分", _CELL, Phrase("复核的得分", "the reviewer's score")),
        Key("note", "备注", _CELL, Phrase("复核的说明", "the reviewer's note")),
    ),
    Phrase("复核", "review"),
)
ROW = Record(
    (
        Key("id", "编号", PlainText(), Phrase("编号，可不写", "an id, optional")),
        Key("level1", "一级指标", PlainText(), Phrase("一级指标；不写则同上一行", "first level; as in the row above if left out")),
        Key("level2", "二级指标", PlainText(), Phrase("二级指标；不写则同上一行", "second level; as in the row above if left out")),
        Key("level3", "三级指标", PlainText(), Phrase("三级指标", "third level: the indicator")),
        Key("target", "年度指标值", _CELL, Phrase("年度指标值，照印", "the target as printed")),
        Key("actual", "实际完成值", _CELL, Phrase("实际完成值，照印", "the actual value as printed")),
        Key("points", "分值", _CELL, Phrase("分值", "the points")),
        Key("reported", "自评得分", _CELL, Phrase("自评得分，照印", "the unit's own score as printed")),
        Key("note", "偏差原因", _CELL, Phrase("偏差原因分析及改进措施", "why it deviates and what is done about it")),
        Key("tier", "完成等级", _CELL, Phrase("达成、部分达成、未达成，或等级名称", "达成, 部分达成, 未达成, or a level's label")),
        Key("judged", "评定得分", _CELL, Phrase("评定人给的分", "a judge's score")),
        Key(
            "direction",
            "指标方向",
            Choice({"higher": "正向", "lower": "反向", "equal": "等于", "range": "区间"}),
            Phrase("指标方向", "the direction"),
        ),
        Key("applicable", "适用", YES_NO, Phrase("写“否”表示不适用", "false: does not apply")),
        Key("deducted", "扣减得分", _CELL, Phrase("评分后人工扣减的分数，不低于 0", "points taken off by hand after scoring, down to 0")),
        Key("review", "复核", REVIEW, Phrase("复核", "the review")),
    ),
    Phrase("指标行", "indicator row"),
)
RELATIONS = {"ratio": "比率", "sum": "合计", "difference": "差额", "growth": "增减率", "same": "应一致"}
CLAIM = Record(
    (
        Key("label", "名称", PlainText(), Phrase("说的是什么", "what it is about")),
        Key("printed", "所称", _CELL, Phrase("文中所称的数", "the number the text states")),
        *(Key(name, zh, _Operands(), Phrase(f"{zh}的各项", f"the operands of the {name}")) for name, zh in RELATIONS.items()),
    ),
    Phrase("陈述", "claim"),
)
REPORTED = Record(
    (
        Key("points", "总分值", _CELL, Phrase("总分值", "the total points")),
        Key("score", "总得分", _CELL, Phrase("总得分", "the total score")),
        Key("grade", "等级", _CELL, Phrase("等级", "the grade")),
        Key("date", "填报日期", _CELL, Phrase("填报日期", "the date of the form")),
    ),
    Phrase("自评结论", "reported result"),
)
GOAL = Record(
    (
        Key("expected", "预期目标", _CELL, Phrase("预期目标", "the goal expected")),
        Key("actual", "实际完成情况", _CELL, Phrase("实际完成情况", "what was done")),
    ),
    Phrase("总体目标", "goal"),
)
FORM = Record(
    (
        Key("$schema", "$schema", PlainText(), Phrase("编辑器用的模式，不起作用", "for editors; without effect")),
        Key("rules", "规则", _CELL, Phrase("规则：编号@版本，或本文件夹内的相对路径", "the rule set: id@version, or a relative path in this folder")),
        Key("unit", "单位", PlainText(), Phrase("预算单位", "the budget unit")),
        Key("project", "项目", PlainText(), Phrase("项目名称", "the project")),
        Key("year", "年度", _CELL, Phrase("年度，四位数", "the year, four digits")),
        Key("goal", "总体目标", GOAL, Phrase("年度总体目标", "the goal of the year")),
        Key("budget", "预算", BUDGET, Phrase("预算与执行", "the budget and its execution")),
        Key("indicators", "指标", ListOf(ROW), Phrase("指标表的各行", "the rows of the indicator table")),
        Key("facts", "数据", _Facts(), Phrase("规则要读的数据", "the facts a rule set reads")),
        Key("claims", "陈述", ListOf(CLAIM), Phrase("文中的算术", "arithmetic that the text states")),
        Key("reported", "自评结论", REPORTED, Phrase("表上印的结论", "what is printed below the line")),
    ),
    Phrase("填报表", "form file"),
)
