"""What the passes made of a rule file (merged fields, the plan), between them and an outline for people."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from perfscore.model.plan import Plan
from perfscore.model.rules import Indicator, MethodUse
from perfscore.report.ways import Ways, changes, in_short, pieces_table
from perfscore.ruleset.load import Opened
from perfscore.ruleset.overlay import overlay
from perfscore.ruleset.shape import RULESET
from perfscore.scoring import aggregates
from perfscore.scoring.methods import find
from perfscore.scoring.methods._amount import Amount
from perfscore.scoring.methods.bands import Band
from perfscore.scoring.methods.tiers import Tier
from perfscore.text.fields import Fields, Value
from perfscore.text.interval import Interval
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import format_number
from perfscore.text.record import Record
from perfscore.text.shape import Alone, Choice, Either, Later, ListOf, MapOf, Shape
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
        case _:
            return Item(f"{name}: {_plain(value, shape, lang)}", place(span))


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
        case Fraction():
            return format_number(value)
        case Interval():
            return str(value)
        case Amount(value=number, share=share):
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
    return Outline(f"{plan.rules.reference} {plan.rules.title.text(lang)}", tuple(blocks))


def variant_items(plan: Plan, lang: Lang) -> Iterator[Item]:
    """Each variant with what it changes."""
    base = plan.trees[-1].variant
    for tree in plan.trees[:-1]:
        told = tuple(Item(change.text(lang)) for change in changes(base, tree.variant))
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
        total = sum((top.points or Fraction(0) for top in tree.indicators), Fraction(0))
        when = tree.variant.when
        rows.append(Row((tree.variant.id, Phrase("其余", "otherwise").text(lang) if when is None else when.text, format_number(total))))
    return Table(columns, tuple(rows))


def _leaves(indicators: tuple[Indicator, ...], ways: Ways, lang: Lang) -> Table:
    columns = (
        Column(Phrase("指标", "indicator").text(lang), weight=2, least=16),
        Column(Phrase("编号", "id").text(lang)),
        Column(Phrase("分值", "points").text(lang), "right"),
        Column(Phrase("记分", "scored").text(lang), weight=3, least=20),
    )
    return Table(columns, tuple(row for top in indicators for row in _leaf_rows(top, ways, lang, 0)))


def _leaf_rows(indicator: Indicator, ways: Ways, lang: Lang, depth: int) -> Iterator[Row]:
    points = "" if indicator.points is None else format_number(indicator.points)
    parts = (condition(indicator, lang), measured(indicator, lang), in_short(ways.of(indicator), lang))
    how = Phrase("；", "; ").text(lang).join(filter(None, parts))
    yield Row((indicator.label.text(lang), indicator.id, points, how), "strong" if depth == 0 else "", depth)
    for child in indicator.children:
        yield from _leaf_rows(child, ways, lang, depth + 1)


def measured(indicator: Indicator, lang: Lang) -> str:
    """`执行率 = 全年执行数 / 全年预算数`, as the rule file has it."""
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
}


def condition(indicator: Indicator, lang: Lang) -> str:
    """When an indicator counts, and what it gives else."""
    if indicator.applicable is None:
        return ""
    text, other = indicator.applicable.text, _OTHERWISE[indicator.otherwise]
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
    rows = [Row((grade.label.text(lang), str(grade.range), str(starts.get(grade.span, "")), place(grade.span))) for grade in plan.rules.grades]
    rows += [Row((Phrase("无", "none").text(lang), "", str(cut), ""), "weak") for cut, grade in plan.cuts if grade is None]
    return Table(columns, tuple(rows))


def place(span: Span) -> str:
    """`file:line` for a person."""
    return f"{span.source.name}:{span.line}"
