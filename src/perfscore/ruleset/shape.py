"""The shape of a rule file: every key in both languages, what it means, and what may stand behind it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any, NamedTuple

from perfscore.model.rules import MethodUse
from perfscore.scoring import aggregates, methods
from perfscore.scoring.methods._amount import amount
from perfscore.text.fields import Value
from perfscore.text.interval import read_interval
from perfscore.text.nearest import nearest
from perfscore.text.nodes import Mapping, Node, Scalar
from perfscore.text.phrase import Phrase, same
from perfscore.text.record import Key, Record
from perfscore.text.shape import Alone, Choice, Either, Json, Later, ListOf, MapOf, Number, Raw, Report, Shape, Text, Whole, wrong
from perfscore.text.source import Span

YES_NO = Choice({"true": "是", "false": "否"})
KINDS = {"quantity": "数量", "words": "文字", "date": "日期"}
_TAKES = {"quantity": ("number",), "words": ("label", "judgement"), "date": ("days",)}
_BY_KIND_WORDS = ("by-kind", "按类型")
#: What `by-kind` means unless it says otherwise: the three kinds of target that the forms have.
_BY_KIND = {"quantity": "ratio", "words": "tiers", "date": "deadline"}


class _Label(Either):
    """A text in Chinese, or both languages."""

    def __init__(self) -> None:
        both = Record(
            (Key("zh", "zh", Text(), Phrase("中文", "Chinese"), required=True), Key("en", "en", Text(), Phrase("英文", "English"))),
            Phrase("名称", "label"),
        )
        super().__init__(scalar=Text(), mapping=both)

    def read(self, node: Node, report: Report) -> Phrase | None:
        found = super().read(node, report)
        if found is None or isinstance(found, str):
            return None if found is None else same(found)
        return None if found["zh"] is None else Phrase(found["zh"], found["en"] or found["zh"])


class _Method(Shape):
    """A scoring method: its name, or its name and parameters; `by-kind` names one for each of the `KINDS` of target, and `kind` is the one it is for."""

    def __init__(self, kind: str = "") -> None:
        self.kind = kind

    def read(self, node: Node, report: Report) -> Any:
        match node:
            case Scalar():
                name, given = node, None
            case Mapping(entries=(entry,)):
                name, given = entry.key, entry.value
            case _:
                says = Phrase("方法应写作 名称 或 {名称: 参数}", "a method is written as its name or {name: parameters}")
                wrong(report, "method-expected", says, node.span)
                return None
        if name.text in _BY_KIND_WORDS and not self.kind:
            return self._by_kind(name, given, report)
        return self._one(name, given, report)

    def _one(self, name: Scalar, given: Node | None, report: Report) -> Any:
        method = methods.find(name.text)
        if method is None:
            known = {found.NAME: found.ZH for found in filter(None, map(methods.find, methods.names()))} | (
                {} if self.kind else dict([_BY_KIND_WORDS])
            )
            near = nearest(name.text, [*known, *known.values()])
            hint = Phrase("可用的方法：" + "、".join(known.values()), "known methods: " + ", ".join(known))
            hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else hint
            wrong(report, "unknown-method", Phrase(f"没有名为 {name.text} 的评分方法", f"there is no scoring method {name.text}"), name.span, hint)
            return None
        shape = method.PARAMETERS
        if given is None and isinstance(shape, Alone):
            wrong(report, "missing-parameters", Phrase(f"方法 {name.text} 要写参数", f"the method {name.text} needs its parameters"), name.span)
            return None
        read = shape.read(Mapping(name.span, ()) if given is None else given, report)
        return None if read is None else ((method.TAKES, MethodUse(method.NAME, read, name.span)),)

    def _by_kind(self, name: Scalar, given: Node | None, report: Report) -> Any:
        chosen = {kind: (Scalar(name.span, word), None) for kind, word in _BY_KIND.items()}
        uses: list[Any] = []
        if given is not None:
            fields = self._kinds().read(given, report)
            for kind in fields or ():
                chosen.pop(kind, None)
                found = fields[kind] if fields else None
                if found and found[0][0] not in _TAKES[kind]:
                    says = Phrase(
                        f"方法 {found[0][1].name} 不能用于{KINDS[kind]}目标", f"the method {found[0][1].name} does not fit targets of kind {kind}"
                    )
                    wrong(report, "method-kind", says, found[0][1].span)
                uses += found or ()
        for word, parameters in chosen.values():
            uses += self._one(word, parameters, report) or ()
        return tuple(uses)

    def _kinds(self) -> Record:
        keys = (Key(kind, zh, _Method(kind), Phrase(f"目标是{zh}时的方法", f"the method for a target of kind {kind}")) for kind, zh in KINDS.items())
        return Record(keys, Phrase("按类型", "by-kind"))

    def schema(self) -> Json:
        alone: list[str] = []
        properties: Json = {}
        for found in filter(None, map(methods.find, methods.names())):
            if self.kind and found.TAKES not in _TAKES[self.kind]:
                continue
            described = {"description": f"{found.SAYS.zh} / {found.SAYS.en}", "anyOf": [found.PARAMETERS.schema()]}
            properties[found.NAME] = properties[found.ZH] = described
            alone += (found.NAME, found.ZH) if _may_be_left_out(found.PARAMETERS) else ()
        if not self.kind:
            english, chinese = _BY_KIND_WORDS
            says = "每类目标各用一种方法，没有写的照通行的 / a method for each kind of target, the usual one for kinds that are not named"
            properties[english] = properties[chinese] = {"description": says, "anyOf": [self._kinds().schema()]}
            alone += _BY_KIND_WORDS
        one = {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1, "maxProperties": 1}
        return {"anyOf": [{"enum": alone}, one]}


def _may_be_left_out(parameters: Shape) -> bool:
    return isinstance(parameters, Record) and not any(key.required for key in parameters.keys)


class Points(NamedTuple):
    """Points of an indicator: a number, or a share of the points above it (`25%`)."""

    value: Fraction
    share: bool


class _Points(Number):
    """Points, or per cent of the points above."""

    def read(self, node: Node, report: Report) -> Any:
        number = super().read(node, report)
        return None if number is None else Points(number, isinstance(node, Scalar) and node.text.endswith("%"))


class _Room(Shape):
    """One of the files of a room by its name, with what stands behind it: `{downgrade: 1}`, `{rank: 报道数}`."""

    def __init__(self, room: ModuleType, noun: Phrase, behind: Callable[[Any], Shape]) -> None:
        self.room, self.noun, self.behind = room, noun, behind

    def _known(self) -> dict[str, Any]:
        found = [self.room.find(name) for name in self.room.names()]
        return {spoken: one for one in found for spoken in (one.NAME, one.ZH)}

    def read(self, node: Node, report: Report) -> Chosen | None:
        if not isinstance(node, Mapping) or len(node.entries) != 1:
            says = Phrase(f"{self.noun.zh}应写作 {{名称: 内容}}", f"a {self.noun.en} is written {{name: what it takes}}")
            wrong(report, "one-name-expected", says, node.span)
            return None
        name, given = node.entries[0].key, node.entries[0].value
        known = self._known()
        if name.text not in known:
            near = nearest(name.text, known)
            listed = Phrase("可用：" + "、".join(dict.fromkeys(one.ZH for one in known.values())), "known: " + ", ".join(self.room.names()))
            hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else listed
            says = Phrase(f"没有名为 {name.text} 的{self.noun.zh}", f"there is no {self.noun.en} {name.text}")
            wrong(report, "unknown-word", says, name.span, hint)
            return None
        chosen = known[name.text]
        read = self.behind(chosen).read(given, report)
        return None if read is None else Chosen(chosen.NAME, Value(read, given.span), name.span)

    def schema(self) -> Json:
        properties = {}
        for spoken, one in self._known().items():
            properties[spoken] = {"description": f"{one.SAYS.zh} / {one.SAYS.en}", "anyOf": [self.behind(one).schema()]}
        return {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1, "maxProperties": 1}


class Chosen(NamedTuple):
    """One of a room: the name of its file, what stands behind it, and where it is named."""

    name: str
    given: Value
    span: Span


class _Lazy(Shape):
    """A shape whose room is only looked into when a file uses it."""

    def __init__(self, made: Callable[[], Shape]) -> None:
        self.made = made

    def read(self, node: Node, report: Report) -> Any:
        return self.made().read(node, report)

    def schema(self) -> Json:
        return self.made().schema()


def _effect() -> Shape:
    from perfscore.scoring import gates

    return _Room(gates, Phrase("后果", "effect"), lambda gate: Whole(9) if gate.TAKES == "whole" else Text())


def _cohort() -> Shape:
    from perfscore.scoring import cohort

    of = Key("of", "数据", Text(), Phrase("每张表上测算的数", "what is measured on every form"), required=True)
    noun = Phrase("全体数据", "cohort fact")
    return _Room(cohort, noun, lambda one: Either(scalar=Text(), mapping=Record((of, *one.PARAMETERS), noun)))


class _Aggregate(Shape):
    """The name of an aggregate."""

    def _words(self) -> Choice:
        return Choice({name: aggregates.find(name).ZH for name in aggregates.names()})

    def read(self, node: Node, report: Report) -> str | None:
        # The English names are those of the files; only the Chinese ones need every file.
        if isinstance(node, Scalar) and node.text in aggregates.names():
            return node.text
        return self._words().read(node, report)

    def schema(self) -> Json:
        return self._words().schema()


class _Code(Text):
    """A name made of letters, digits and a few signs; `fits` says the same as the pattern, which the schema needs and a run need not compile."""

    def __init__(self, pattern: str, fits: Callable[[str], bool], says: Phrase) -> None:
        super().__init__(lambda text: text if fits(text) else says, f"^(?:{pattern})$", "bad-id")


def _is_word(character: str) -> bool:
    return (character.isascii() and character.isalnum()) or character == "_" or "\u3400" <= character <= "\u4dbf" or "\u4e00" <= character <= "\u9fff"


def _is_id(text: str) -> bool:
    return 0 < len(text) <= 80 and _is_word(text[0]) and all(_is_word(c) or c in ".-" for c in text)


def _is_ruleset(text: str) -> bool:
    parts = text.split("/")
    return len(parts) > 1 and all(part and part[0] != "-" and _LOWER.issuperset(part) for part in parts)


def _is_version(text: str) -> bool:
    return 0 < len(text) <= 20 and text.isascii() and text[0].isalnum() and all(c.isalnum() or c in ".-" for c in text)


_LOWER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")

#: Letters, digits and Han characters; `\w` is another set to every editor.
_WORD = r"0-9A-Za-z_\u3400-\u4dbf\u4e00-\u9fff"
ID = _Code(
    rf"[{_WORD}][{_WORD}.\-]{{0,79}}",
    _is_id,
    Phrase("编号只能用字母、数字、汉字和 . - _", "an id is made of letters, digits, Han characters and . - _"),
)
RULESET_ID = _Code(
    r"[a-z0-9][a-z0-9\-]*(?:/[a-z0-9][a-z0-9\-]*)+",
    _is_ruleset,
    Phrase("规则编号写作 地区/名称，小写字母、数字和 -", "a rule set id is region/name in lower-case letters, digits and -"),
)
VERSION = _Code(
    r"[0-9A-Za-z][0-9A-Za-z.\-]{0,19}", _is_version, Phrase("版本只能用字母、数字、. 和 -", "a version is made of letters, digits, . and -")
)

BASIS = Record(
    (
        Key("document", "文件", Text(), Phrase("依据的文件，如 财预〔2020〕10号", "the document, like 财预〔2020〕10号"), required=True),
        Key("clause", "条款", Text(), Phrase("条、款或附件", "article, clause or annex")),
        Key("verified", "已核对", YES_NO, Phrase("是否核对过原文，缺省否", "whether its text was read; false by default")),
        Key("note", "说明", Text(), Phrase("依据的说明", "a remark on the basis")),
    ),
    Phrase("依据", "basis"),
)
_BASIS_LIST = ListOf(Either(scalar=Text(), mapping=BASIS))

_DIRECTION = Choice({"higher": "正向", "lower": "反向", "equal": "等于", "range": "区间"})
_OTHERWISE = Choice({"drop": "不计", "full": "满分", "zero": "零分", "missing": "缺", "refused": "不许"})
INDICATOR: Record = Record(
    (
        Key("id", "编号", ID, Phrase("编号，在规则里唯一", "unique in the rule set"), required=True),
        Key("label", "名称", _Label(), Phrase("表上的名称", "the label on the form")),
        Key("points", "分值", _Points(0), Phrase("分值，或占上级分值的百分数", "points, or a share of those above in per cent")),
        Key("children", "下级", ListOf(Later("indicator", lambda: INDICATOR)), Phrase("下级指标", "the indicators below")),
        Key("rows", "行", Choice({"from-form": "由表填报"}), Phrase("三级指标由表填报", "the third level comes from the form")),
        Key(
            "measure",
            "测算",
            Text(),
            Phrase("测算公式，可写作 执行率 = 全年执行数 / 全年预算数", "the measure, like 执行率 = 全年执行数 / 全年预算数"),
        ),
        Key("method", "方法", Later("method", lambda: METHOD), Phrase("评分方法", "the scoring method")),
        Key(
            "direction",
            "指标方向",
            _DIRECTION,
            Phrase(
                "哪一边更好：目标没有比较符号时按它；lint 用它核对曲线",
                "which way is better: for targets without a comparator, and for lint to hold the curve against",
            ),
        ),
        Key("applicable", "适用条件", Text(), Phrase("条件成立才考核，如 批准面积 > 0", "counts only under this condition, like 批准面积 > 0")),
        Key(
            "otherwise",
            "不适用时",
            _OTHERWISE,
            Phrase("不适用时怎么计，缺省不计", "what it gives when it does not apply; left out by default"),
        ),
        Key("aggregate", "汇总", _Aggregate(), Phrase("下级怎样汇总，缺省求和", "how the parts add up; their sum by default")),
        Key("least", "最低", amount(), Phrase("得分不低于", "the score is never below this")),
        Key("most", "最高", amount(), Phrase("得分不高于", "the score is never above this")),
        Key(
            "counts",
            "计入",
            Choice({"points": "分值", "bonus": "加分", "malus": "减分"}),
            Phrase("计入分值（缺省），或在总分值之外加分、减分", "inside the points (the default), or a bonus or malus beyond them"),
        ),
        Key(
            "variants",
            "情形",
            ListOf(Later("case", lambda: CASE)),
            Phrase("按条件更换，先成立的先用", "other rules by condition; the first that holds counts"),
        ),
        Key("note", "说明", _Label(), Phrase("考核什么", "what is looked at")),
        Key("basis", "依据", _BASIS_LIST, Phrase("依据", "what it rests on")),
        Key("removed", "取消", YES_NO, Phrase("继承或情形中取消这一指标", "takes an inherited indicator out")),
    ),
    Phrase("指标", "indicator"),
)
METHOD: Shape = _Method()
_IN_CASES = ("label", "measure", "method", "direction", "applicable", "otherwise", "note", "basis")
#: The condition, and the keys of an indicator that a case of it may change.
CASE: Record = Record(
    (
        Key("when", "条件", Text(), Phrase("何时适用，如 反向 或 地区.东部", "when it counts, like lower or 地区.东部"), required=True),
        *(key for key in INDICATOR.keys if key.name in _IN_CASES),
    ),
    Phrase("指标的情形", "case"),
)

FACT = Record(
    (
        Key("label", "名称", _Label(), Phrase("给人看的名称", "the label shown to people")),
        Key("unit", "单位", Text(), Phrase("没有写单位的数按此单位", "the unit of a bare number")),
        Key(
            "kind",
            "类型",
            Choice({"number": "数", "truth": "是否", "list": "清单", "date": "日期", "items": "要点"}),
            Phrase("数、是否、清单、日期或要点；缺省是数", "a number, yes/no, a list, a date or items; a number by default"),
        ),
        Key(
            "choices",
            "选项",
            Either(sequence=ListOf(Text(), whole=True), mapping=MapOf(Number(), whole=True)),
            Phrase("可填的词，可写明各代表什么数", "the words that it may be, with the numbers they stand for if not 1, 2, 3"),
        ),
        Key("parts", "各项", ListOf(Text(), whole=True), Phrase("清单各项的名称", "the names of the parts of a list")),
        Key("default", "缺省", Text(), Phrase("表上没有填时的值", "what counts where the form says nothing")),
        Key("formula", "公式", Text(), Phrase("由其他数据算出", "computed from other facts")),
        Key(
            "combine",
            "合并",
            Choice({"sum": "合计", "mean": "平均"}),
            Phrase("多张表合并时相加，或按资金加权平均", "added over forms, or their mean weighted by money"),
        ),
    ),
    Phrase("数据", "fact"),
)
GRADE = Record(
    (
        Key("label", "名称", _Label(), Phrase("等级名称", "the grade"), required=True),
        Key(
            "range",
            "区间",
            Text(read_interval, code="bad-interval"),
            Phrase("总得分的区间，如 [90,100]；不写则只由关口给", "the totals that earn it, like [90,100]; without it only a gate gives it"),
        ),
        Key("action", "应用", _Label(), Phrase("评为这一等级的结果应用，如 优先保障", "what follows from the grade, like 优先保障")),
        Key("quota", "名额", Number(0), Phrase("全体中最多占多少，如 30%", "the most of a cohort that may have it, like 30%")),
    ),
    Phrase("等级", "grade"),
)
ROUNDING = Record(
    (
        Key("at", "环节", Choice({"rate": "率", "leaf": "指标", "group": "分组", "total": "总分"}), Phrase("在哪个环节舍入", "where"), required=True),
        Key("places", "位数", Whole(9), Phrase("保留几位小数；率按百分数计", "decimal places; those of the percentage for a rate"), required=True),
    ),
    Phrase("舍入", "rounding"),
)
VARIANT = Record(
    (
        Key("id", "编号", ID, Phrase("情形的编号", "the variant's id"), required=True),
        Key("label", "名称", _Label(), Phrase("情形的名称", "the variant's label")),
        Key("when", "条件", Text(), Phrase("何时适用，如 rows.cost == 0", "when it is the one that counts, like rows.cost == 0"), required=True),
        Key("indicators", "指标", ListOf(INDICATOR), Phrase("与基本体系不同的指标，按编号", "the indicators that differ, by id"), required=True),
    ),
    Phrase("情形", "variant"),
)
GATE = Record(
    (
        Key("id", "编号", ID, Phrase("关口的编号", "the gate's id"), required=True),
        Key("label", "名称", _Label(), Phrase("关口的名称", "the gate's label")),
        Key(
            "when", "条件", Text(), Phrase("何时生效，如 严重问题 或 total < 60", "when it takes effect, like 严重问题 or total < 60"), required=True
        ),
        Key("effect", "后果", _Lazy(_effect), Phrase("生效的后果，如 {等级上限: 良}", "what it does, like {grade-cap: 良}"), required=True),
        Key("each", "逐项", ID, Phrase("对这一编号下的每个指标逐个判断", "the condition is asked of every leaf below this id")),
        Key("basis", "依据", _BASIS_LIST, Phrase("依据", "what it rests on")),
    ),
    Phrase("关口", "gate"),
)
EXAMPLE = Record(
    (
        Key("label", "名称", Text(), Phrase("示例说明什么", "what the example shows")),
        Key("given", "给定", Raw(), Phrase("数据、预算数及其值", "facts and budget cells with their values")),
        Key("rows", "行", Raw(), Phrase("指标表的各行，同填报表", "rows of the indicator table, as in a form")),
        Key("year", "年度", Raw(), Phrase("表的年度，四位数", "the year of the form, four digits")),
        Key(
            "expect",
            "应得",
            MapOf(Text()),
            Phrase(
                "编号及其得分（缺的可写上下限），也可写 total、grade、variant、gates",
                "ids and their scores, or the bounds of missing ones; also total, grade, variant and gates",
            ),
            required=True,
        ),
    ),
    Phrase("示例", "example"),
)


def _read_day(text: str) -> int | Phrase:
    from perfscore.text.dates import day_named  # only few rule files name days

    return day_named(text) or Phrase(f"{text} 不是日期，应写作 2024-01-01", f"{text} is no day: write 2024-01-01")


_DAY = Text(_read_day, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "bad-date")
RULESET = Record(
    (
        Key("$schema", "$schema", Text(), Phrase("编辑器用的模式，不起作用", "for editors; without effect")),
        Key("ruleset", "规则", RULESET_ID, Phrase("规则编号，如 hunan/department", "the rule set's id, like hunan/department"), required=True),
        Key("version", "版本", VERSION, Phrase("版本，一般是年度", "the version, usually a year"), required=True),
        Key("title", "名称", _Label(), Phrase("规则名称", "the title")),
        Key(
            "extends",
            "继承",
            Text(),
            Phrase("以另一规则为基础：编号@版本，或本文件夹内的相对路径", "builds on another: id@version or a relative path in this folder"),
        ),
        Key("basis", "依据", _BASIS_LIST, Phrase("依据", "what the rules rest on")),
        Key("points", "总分值", Number(0), Phrase("总分值，各一级指标之和应等于它", "the total points, which the top level must add up to")),
        Key(
            "rounding",
            "舍入",
            ListOf(ROUNDING),
            Phrase("在哪些环节四舍五入，缺省只在指标得分，两位", "where numbers are rounded, half up; the leaf to 2 places by default"),
        ),
        Key("grades", "等级", ListOf(GRADE), Phrase("等级与总得分区间", "grades and their totals")),
        Key(
            "zero_target",
            "目标为零",
            Choice({"standard": "通行", "missing": "缺"}),
            Phrase("目标为 0 时：通行（不超过即满分），或作缺", "a target of zero: full at zero and nothing above (standard), or missing"),
        ),
        Key(
            "negative_actual",
            "负数完成值",
            Choice({"missing": "缺", "zero": "零"}),
            Phrase("完成值为负数时：作缺（缺省），或按 0", "an actual value below 0: missing (the default), or counted as 0"),
        ),
        Key("aggregate", "汇总", _Aggregate(), Phrase("一级指标怎样汇总成总分", "how the top level adds up to the total")),
        Key("template", "模板", YES_NO, Phrase("没有分值的框架，只供继承", "a frame without points, to be extended only")),
        Key("valid_from", "施行自", _DAY, Phrase("从哪天起施行，如 2024-01-01", "in force from this day, like 2024-01-01")),
        Key("valid_until", "施行至", _DAY, Phrase("到哪天为止施行", "in force until this day")),
        Key("constraints", "约束", ListOf(Text()), Phrase("分值之间必须成立的条件", "conditions that the points must meet")),
        Key("cohort", "全体", MapOf(_Lazy(_cohort)), Phrase("要有全体各表才算得出的数", "numbers that only all forms together give")),
        Key("gates", "关口", ListOf(GATE), Phrase("评分之后按条件生效的规定", "what happens under conditions after scoring")),
        Key("facts", "数据", MapOf(Either(scalar=Text(), mapping=FACT)), Phrase("规则读取的数据", "the facts the rules read")),
        Key("indicators", "指标", ListOf(INDICATOR), Phrase("指标体系", "the indicator tree")),
        Key("variants", "情形", ListOf(VARIANT), Phrase("按条件更换的体系，先成立的先用", "trees by condition; the first that holds counts")),
        Key("examples", "示例", ListOf(EXAMPLE), Phrase("规则自带的测试", "tests inside the rule file")),
    ),
    Phrase("规则文件", "rule file"),
)
