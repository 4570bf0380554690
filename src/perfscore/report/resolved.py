"""What the passes made of a rule file (merged fields, the plan), between them and an outline for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Called
from fractions import Fraction
from typing import Any

from perfscore.model.formula import Formula
from perfscore.model.plan import Plan
from perfscore.model.rules import Case, Cohort, Counts, Gate, Grade, Indicator, MethodUse
from perfscore.report.basis import basis_line
from perfscore.report.ways import Ways, changes, in_short, pieces_table, standards
from perfscore.ruleset.load import Opened
from perfscore.ruleset.overlay import overlay
from perfscore.ruleset.shape import RULESET, Chosen, Points
from perfscore.ruleset.versions import day_written
from perfscore.scoring import aggregates, cohort, gates
from perfscore.scoring.formula import put_in
from perfscore.scoring.methods import find
from perfscore.scoring.methods._amount import Amount
from perfscore.scoring.methods.bands import Band
from perfscore.scoring.methods.tiers import Tier
from perfscore.text.fields import Fields, Value
from perfscore.text.nodes import Mapping, Node, Scalar, Sequence
from perfscore.text.phrase import Lang, Phrase, same
from perfscore.text.printed import format_number
from perfscore.text.record import Record
from perfscore.text.shape import Alone, Choice, Either, Later, ListOf, MapOf, Shape, Text
from perfscore.text.source import Span
from perfscore.views.outline import Block, Column, Heading, Item, Outline, Paragraph, Row, Table, Tree

_BASE = ("id", "label", "document", "at")


def merged(opened: list[Opened], lang: Lang) -> Outline:
    """The fields of a rule file laid over those of its bases, each with the line that set it."""
    fields = opened[0].fields
    for more in opened[1:]:
        fields = overlay(fields, more.fields)
    names = " ← ".join(found.source.name for found in reversed(opened))
    files = Phrase(f"文件：{names}", f"files: {names}").text(lang)
    return Outline(f"{fields['ruleset']}@{fields['version']}", (Paragraph(files), Tree(tuple(_fields(fields, RULESET, lang)))))


def _fields(fields: Fields, shape: Shape | None, lang: Lang, besides: str | None = None) -> Iterator[Item]:
    record = _record(shape)
    keys = {key.name: key for key in record.keys} if record is not None else {}
    for name in fields:
        if name not in ("$schema", besides):
            key = keys.get(name)
            yield _field(
                key.zh if key is not None and lang == "zh" else name, fields[name], fields.at(name), None if key is None else key.shape, lang
            )


def _record(shape: Shape | None) -> Record | None:
    """The record that stands at a place, behind the lists, maps and choices of shapes around it."""
    match shape:
        case Record():
            return shape
        case Later():
            return _record(shape.shape())
        case ListOf() | MapOf():
            return _record(shape.item)
        case Either():
            return _record(shape.mapping)
        case _:
            return None


def _field(name: str, value: Any, span: Span, shape: Shape | None, lang: Lang) -> Item:
    match value:
        case Fields():
            return Item(f"{name}:", place(span), tuple(_fields(value, shape, lang)))
        case ((_, MethodUse()), *_):
            return Item(f"{name}:", place(span), tuple(_method(use, lang) for _, use in value))
        case tuple() if type(value) is tuple:
            return Item(f"{name}:", place(span), tuple(_entry(entry, shape, lang) for entry in value))
        case Chosen(name=chosen, given=given, span=at):
            return Item(f"{name}:", place(span), (_chosen(chosen, given, at, lang),))
        case Scalar() | Sequence() | Mapping():
            return _node(name, value)
        case _:
            return Item(f"{name}: {_plain(value, shape, lang)}", place(span))


def _chosen(name: str, given: Value, span: Span, lang: Lang) -> Item:
    """What stands behind the name of a gate or of a number of the cohort."""
    room = gates if name in gates.names() else cohort
    found = room.find(name)
    called = found.ZH if lang == "zh" else name
    if not isinstance(given.value, Fields):
        return _field(called, given.value, given.span, None, lang)
    shapes = {key.name: key for key in getattr(found, "PARAMETERS", ())}
    inside = []
    for inner in given.value:
        key = shapes.get(inner)
        word = {"of": "数据"}.get(inner, inner if key is None else key.zh) if lang == "zh" else inner
        inside.append(_field(word, given.value[inner], given.value.at(inner), None if key is None else key.shape, lang))
    return Item(f"{called}:", place(span), tuple(inside))


def _node(name: str, node: Node) -> Item:
    """What an example gives: a tree that is read when it runs."""
    match node:
        case Scalar(text=text):
            return Item(f"{name}: {text}" if name != "-" else f"- {text}", place(node.span))
        case Sequence(items=items):
            below = tuple(_node("-", item) for item in items)
        case _:
            below = tuple(_node(key.text, value) for key, value in node.entries)
    if not below:
        return Item(f"{name}{'' if name == '-' else ':'} {'[]' if isinstance(node, Sequence) else '{}'}", place(node.span))
    return Item(name if name == "-" else f"{name}:", place(node.span), below)


def _method(use: MethodUse, lang: Lang) -> Item:
    method = find(use.name)
    name = use.name if method is None or lang == "en" else method.ZH
    shape = None if method is None else method.PARAMETERS
    if isinstance(shape, Alone):
        (value,) = (use.parameters[key] for key in use.parameters)
        return Item(f"{name}:", place(use.span), tuple(_entry(entry, None, lang) for entry in value))
    return Item(name, place(use.span), tuple(_fields(use.parameters, shape, lang)))


def _entry(entry: Any, shape: Shape | None, lang: Lang) -> Item:
    match entry:
        case Value(value=Fields() as inner, span=span):
            # A row is called by its id or label, which then need not be said again.
            name = next((key for key in _BASE if key in inner), None)
            record = _record(shape)
            of_name = next((key.shape for key in record.keys if key.name == name), None) if record is not None else None
            text = f"- {_plain(inner[name], of_name, lang)}" if name else "-"
            return Item(text, place(span), tuple(_fields(inner, shape, lang, name)))
        case Value(value=value, span=span):
            return Item(f"- {_plain(value, None, lang)}", place(span))
        case (Value(value=name), Value(value=value, span=span)):
            return _field(str(name), value, span, shape, lang)
        case _:
            return Item(str(entry))


def _plain(value: Any, shape: Shape | None, lang: Lang) -> str:
    match value:
        case str() if isinstance(shape, Choice) and lang == "zh":
            return shape.words.get(value, value)
        case str() if lang == "zh" and value in aggregates.names():
            return aggregates.find(value).ZH
        case Phrase():
            return value.text(lang)
        case int() if isinstance(shape, Text):
            return day_written(value)
        case Fraction():
            return format_number(value)
        case Amount(value=number, share=share) | Points(value=number, share=share):
            return f"{format_number(number * 100)}%" if share else format_number(number)
        case Band(amount=amount, text=text):
            return f"{text}: {_plain(amount, None, lang)}"
        case Tier(label=label, range=on):
            return f"{label}: {on}"
        case _:
            return str(value)


# The plan.


def planned(plan: Plan, lang: Lang) -> Outline:
    """The variants with their conditions, the leaves, every curve piece by piece, and the grades with their cuts."""
    ways = Ways(plan)
    base = plan.trees[-1]
    blocks: list[Block] = [Heading(2, Phrase("情形（先成立的先用）", "Variants (the first that holds counts)").text(lang)), _variants(plan, lang)]
    if told := tuple(variant_items(plan, lang)):
        blocks.append(Tree(told))
    blocks += [Heading(2, Phrase("指标", "Indicators").text(lang)), _leaves(base.indicators, ways, lang)]
    for way in ways.every:
        blocks += [Heading(3, way.title(lang)), pieces_table(way, lang)]
    if plan.rules.grades:
        blocks += [Heading(2, Phrase("等级", "Grades").text(lang)), _cuts(plan, lang)]
    blocks += after_blocks(plan, lang)
    return Outline(f"{plan.rules.reference} {plan.rules.title.text(lang)}", tuple(blocks))


def variant_items(plan: Plan, lang: Lang) -> Iterator[Item]:
    """Each variant with what it changes, and how that is scored then."""
    base = plan.trees[-1].variant
    for tree in plan.trees[:-1]:
        told = tuple(
            Item(change.text(lang), "", tuple(map(Item, standards(change.indicator, lang))) if change.what in ("method", "added") else ())
            for change in changes(base, tree.variant)
        )
        label, when = tree.variant.label.text(lang), tree.variant.when
        text = label if when is None else Phrase(f"{label}（{when.text}）", f"{label} ({when.text})").text(lang)
        yield Item(text, "" if when is None else place(when.span), told)


def _variants(plan: Plan, lang: Lang) -> Table:
    columns = (
        Column(Phrase("编号", "id").text(lang)),
        Column(Phrase("条件", "when").text(lang), weight=3, least=16),
        Column(Phrase("分值", "points").text(lang), "right"),
    )
    rows = []
    for tree in plan.trees:
        total = tree.points
        when = tree.variant.when
        shown = Phrase("由表定", "as printed").text(lang) if total is None else format_number(total)
        rows.append(Row((tree.variant.id, Phrase("其余", "otherwise").text(lang) if when is None else when.text, shown)))
    return Table(columns, tuple(rows))


def _leaves(indicators: tuple[Indicator, ...], ways: Ways, lang: Lang) -> Table:
    columns = (
        Column(Phrase("指标", "indicator").text(lang), weight=2, least=16),
        Column(Phrase("编号", "id").text(lang)),
        Column(Phrase("分值", "points").text(lang), "right"),
        Column(Phrase("记分", "scored").text(lang), weight=3, least=20),
    )
    return Table(columns, tuple(row for top in indicators for row in _leaf_rows(top, ways, lang, 0)))


def _leaf_rows(indicator: Indicator, ways: Ways, lang: Lang, depth: int, above: Counts = "points") -> Iterator[Row]:
    how = described(indicator, ways, above, lang)
    yield Row((indicator.label.text(lang), indicator.id, points_shown(indicator), how), "strong" if depth == 0 else "", depth)
    for case in indicator.cases:
        how = described(case.rule, ways, above, lang, indicator)
        yield Row((case_label(case, lang), case.rule.key, "", how), "weak", depth + 1)
    for child in indicator.children:
        yield from _leaf_rows(child, ways, lang, depth + 1, indicator.counts)


def points_shown(indicator: Indicator) -> str:
    """The points of an indicator; of a bonus or malus, which stands outside the total, with its sign."""
    if indicator.points is None:
        return ""
    return {"points": "", "bonus": "+", "malus": "-"}[indicator.counts] + format_number(indicator.points)


#: How a formula is said: as it is written, where nothing else is given.
Say = Callable[[Formula], str]


def _as_written(formula: Formula) -> str:
    return formula.text


def case_label(case: Case, lang: Lang, say: Say = _as_written) -> str:
    """`情形 地区.西部`."""
    when = say(case.when)
    return Phrase(f"情形 {when}", f"case {when}").text(lang)


def described(indicator: Indicator, ways: Ways, above: Counts, lang: Lang, base: Indicator | None = None) -> str:
    """How an indicator is scored, in one line; `above` is where the points of the group around it count. Of a case what differs from its `base`."""
    said = _parts(base, ways, above, lang) if base is not None else ()
    return Phrase("；", "; ").text(lang).join(part for part in _parts(indicator, ways, above, lang) if part and part not in said)


def _parts(indicator: Indicator, ways: Ways, above: Counts, lang: Lang) -> list[str]:
    return [condition(indicator, lang), measured(indicator, lang), in_short(ways.of(indicator), lang), *besides(indicator, above, lang)]


def besides(indicator: Indicator, above: Counts, lang: Lang) -> list[str]:
    """What counts for the score besides the measure and the method: direction, aggregate, limits, and points that stand outside the total."""
    parts = []
    if indicator.direction in _DIRECTIONS:
        parts.append(_DIRECTIONS[indicator.direction].text(lang))
    elif indicator.direction is not None and indicator.open:
        parts.append(Phrase("以目标为准", "as the target says").text(lang))
    if (indicator.children or indicator.open) and indicator.aggregate != "sum":
        parts.append(aggregates.find(indicator.aggregate).SAYS.text(lang))
    parts += [one.text(lang) for one in _limits(indicator)]
    if indicator.counts != above:
        parts.append(_beyond(indicator).text(lang))
    return parts


_DIRECTIONS = {"lower": Phrase("越低越好", "lower is better"), "higher": Phrase("越高越好", "higher is better")}


def _limits(indicator: Indicator) -> Iterator[Phrase]:
    if indicator.least is not None:
        least = format_number(indicator.least)
        yield Phrase(f"最低记 {least} 分", f"never below {least}")
    if indicator.most is not None:
        most = format_number(indicator.most)
        yield Phrase(f"最高记 {most} 分", f"never above {most}")


def _beyond(indicator: Indicator) -> Phrase:
    most = "" if indicator.points is None else format_number(indicator.points)
    if indicator.counts == "malus":
        told = Phrase("减分项，不占总分值", "a malus outside the total points")
        return Phrase(f"{told.zh}，最多扣 {most} 分", f"{told.en}, {most} at most") if most else told
    told = Phrase("加分项，不计入总分值", "a bonus beyond the total points")
    return Phrase(f"{told.zh}，最多加 {most} 分", f"{told.en}, {most} at most") if most else told


def measured(indicator: Indicator, lang: Lang) -> str:
    """`执行率 = 全年执行数 / 全年预算数`, as the rule file has it."""
    if indicator.fact:
        # A fact that is called like its indicator has been named.
        told = Phrase(f"数据 {indicator.fact}", f"the fact {indicator.fact}")
        return "" if indicator.fact == indicator.label.zh else told.text(lang)
    if indicator.measure is None:
        return ""
    text = indicator.measure.text
    if indicator.measure_label is not None:
        return f"{indicator.measure_label.text(lang)} = {text}"
    return Phrase(f"测算 {text}", f"measure {text}").text(lang)


_OTHERWISE = {
    "drop": Phrase("不计", "left out"),
    "full": Phrase("记满分", "full points"),
    "zero": Phrase("不得分", "no points"),
    "missing": Phrase("按缺项处理", "missing"),
    "refused": Phrase("按缺项处理，且不许填不适用", "missing, and not to be marked as not applicable"),
}


def condition(indicator: Indicator, lang: Lang, say: Say = _as_written) -> str:
    """When an indicator counts, and what it gives else."""
    if indicator.applicable is None:
        match indicator.otherwise:
            case "refused":
                return Phrase("不许填不适用", "not to be marked as not applicable").text(lang)
            case "full" | "zero":
                other = _OTHERWISE[indicator.otherwise]
                return Phrase(f"填不适用的{other.zh}", f"{other.en} where the form says not applicable").text(lang)
        return ""
    text, other = say(indicator.applicable), _OTHERWISE[indicator.otherwise]
    return Phrase(f"{text} 时考核，否则{other.zh}", f"counts if {text}, else {other.en}").text(lang)


def _cuts(plan: Plan, lang: Lang) -> Table:
    unit = format_number(Fraction(1, 10**plan.places))
    columns = (
        Column(Phrase("等级", "grade").text(lang)),
        Column(Phrase("总得分", "totals").text(lang)),
        Column(Phrase(f"起点（×{unit}）", f"from (×{unit})").text(lang), "right"),
        Column(Phrase("出处", "where").text(lang)),
    )
    starts = {grade.span: cut for cut, grade in plan.cuts if grade is not None}
    rows = [
        Row((grade.label.text(lang), grade_range(grade, lang), str(starts.get(grade.span, "")), place(grade.span))) for grade in plan.rules.grades
    ]
    rows += [Row((Phrase("无", "none").text(lang), "", str(cut), ""), "weak") for cut, grade in plan.cuts if grade is None]
    return Table(columns, tuple(rows))


def grade_range(grade: Grade, lang: Lang) -> str:
    """The totals of a grade; one without is given by a gate only."""
    return Phrase("只由关口给", "by a gate only").text(lang) if grade.range is None else str(grade.range)


# What is said of a rule set as a whole.


def after_blocks(plan: Plan, lang: Lang) -> list[Block]:
    """The conditions on points, the gates in their order, and the numbers that only all forms together give."""
    rules = plan.rules
    called = {node.id: node.label for tree in plan.trees for top in tree.indicators for node in top.walk()}
    blocks: list[Block] = []
    if rules.constraints:
        items = tuple(Item(_in_words(one, called, lang), place(one.span)) for one in rules.constraints)
        blocks += [Heading(2, Phrase("分值约束", "Constraints on the points").text(lang)), Tree(items)]
    if rules.gates:
        title = Phrase("关口（评分之后，依次生效）", "Gates (after scoring, one after the other)")
        blocks += [Heading(2, title.text(lang)), Tree(tuple(_gate(gate, called, rules.grades, lang) for gate in rules.gates))]
    if rules.cohort:
        title = Phrase("全体各表才算得出的数", "Numbers that only all forms together give")
        blocks += [Heading(2, title.text(lang)), Tree(tuple(_cohort(one, lang) for one in rules.cohort))]
    return blocks


def _gate(gate: Gate, called: Called[str, Phrase], ladder: tuple[Grade, ...], lang: Lang) -> Item:
    from perfscore.report.gates import does

    when = _in_words(gate.when, called, lang)
    below = [Item(Phrase(f"条件：{when}", f"condition: {when}").text(lang))]
    if gate.each is not None:
        label = called.get(gate.each, same(gate.each))
        below.append(Item(Phrase(f"对{label.zh}下的每个指标逐个判断", f"asked of every indicator below {label.en}").text(lang)))
    if basis := basis_line(gate.basis, lang):
        below.append(Item(basis, tone="weak"))
    return Item(does(gate, lambda name: called.get(name, same(name)), ladder).text(lang), place(gate.span), tuple(below), "strong")


#: What formulas about scores and points read, as people say it.
_NAMES = {
    **dict.fromkeys(("total", "总得分"), Phrase("总得分", "total")),
    "points.total": Phrase("总分值", "total points"),
    **dict.fromkeys(("score", "得分"), Phrase("得分", "score")),
    **dict.fromkeys(("points", "分值"), Phrase("分值", "points")),
    **dict.fromkeys(("achievement", "完成率"), Phrase("完成率", "achievement")),
    **dict.fromkeys(("noted", "有说明"), Phrase("有偏差原因", "a reason given")),
}


def _in_words(formula: Formula, called: Called[str, Phrase], lang: Lang) -> str:
    """A formula about scores or points with the labels of the indicators in the place of their ids."""

    def spoken(name: str) -> str:
        if name in _NAMES:
            return _NAMES[name].text(lang)
        word, _, rest = name.partition(".")
        if rest not in called or word not in ("score", "得分", "points"):
            return name
        label = called[rest]
        if word == "points":
            return Phrase(f"{label.zh}分值", f"points of {label.en}").text(lang)
        return Phrase(f"{label.zh}得分", f"score of {label.en}").text(lang)

    return put_in(formula, spoken)


def _cohort(one: Cohort, lang: Lang) -> Item:
    kind = cohort.find(one.kind)
    given = [
        f"{key.zh if lang == 'zh' else key.name} "
        + (_plain(one.parameters[key.name], key.shape, lang) if isinstance(key.shape, Choice) else one.parameters.at(key.name).written())
        for key in kind.PARAMETERS
        if key.name in one.parameters
    ]
    said = Phrase("；", "; ").text(lang).join([f"{one.name}：{kind.SAYS.zh}" if lang == "zh" else f"{one.name}: {kind.SAYS.en}", *given])
    return Item(said, place(one.span), (Item(Phrase(f"比的是 {one.of.text}", f"measured on each: {one.of.text}").text(lang)),), "strong")


def place(span: Span) -> str:
    """`file:line` for a person."""
    return f"{span.source.name}:{span.line}"
