"""Rule sets to the pages that a finance officer knows, with every word of them made from the rules, and to JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from perfscore.model.curve import Line, Piece
from perfscore.model.formula import Formula
from perfscore.model.plan import Plan
from perfscore.model.plan import Tree as PlannedTree
from perfscore.model.rules import Basis, Indicator, Rounding, RuleSet
from perfscore.report.resolved import condition, measured, variant_items
from perfscore.report.ways import Way, Ways, in_short
from perfscore.scoring import aggregates
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import format_number
from perfscore.views.outline import Block, Column, Facts, Heading, Item, Outline, Row, Table, Tree

#: As many reasons of one way are written out; the steps of a deduction go on alike.
_MOST_REASONS = 8

# The list.


def listing(found: Iterable[RuleSet], lang: Lang) -> Outline:
    """Rule sets by reference, with their points and what they rest on."""
    return Outline(Phrase("自带的规则", "Shipped rule sets").text(lang), (Tree(tuple(_listed(rules, lang) for rules in found)),))


def _listed(rules: RuleSet, lang: Lang) -> Item:
    rests = (Item(_basis(basis, lang), tone="weak") for basis in rules.basis)
    return Item(rules.reference, _points(rules.points, lang), (Item(rules.title.text(lang)), *rests), "strong")


def _points(points: Fraction | None, lang: Lang) -> str:
    return "" if points is None else Phrase(f"{format_number(points)} 分", f"{format_number(points)} points").text(lang)


def _basis(basis: Basis, lang: Lang) -> str:
    checked = Phrase("（已核对原文）", " (text checked)") if basis.verified else Phrase("（未核对原文）", " (text not checked)")
    return f"{basis}{checked.text(lang)}"


# One rule set.


def page(plan: Plan, lang: Lang) -> Outline:
    """A rule set as a table of indicators, with the scoring in words, its variants, grades, rounding and basis."""
    rules = plan.rules
    ways = Ways(plan)
    documents = _documents(plan)
    blocks: list[Block] = [Facts(tuple(_summary(plan, lang))), _table(plan, ways, documents, lang)]
    blocks += [Heading(2, Phrase("评分标准", "How points are given").text(lang)), Tree(tuple(_way(way, lang) for way in ways.every))]
    if len(plan.trees) > 1:
        blocks += [
            Heading(2, Phrase("情形（先成立的先用）", "Variants (the first that holds counts)").text(lang)),
            Tree(tuple(variant_items(plan, lang))),
        ]
    if rules.facts:
        blocks += [Heading(2, Phrase("规则读取的数据", "Facts that the rules read").text(lang)), _facts(rules, lang)]
    if documents:
        items = tuple(
            Item(f"[{number}] {_basis(basis, lang)}", "", (Item(basis.note, tone="weak"),) if basis.note else ())
            for basis, number in documents.items()
        )
        blocks += [Heading(2, Phrase("依据", "Basis").text(lang)), Tree(items)]
    return Outline(f"{rules.title.text(lang)}", tuple(blocks))


def _documents(plan: Plan) -> dict[Basis, int]:
    """Every document that the rule set or one of its indicators rests on, numbered."""
    found = dict.fromkeys(plan.rules.basis)
    for top in plan.trees[-1].indicators:
        for node in top.walk():
            found.update(dict.fromkeys(node.basis))
    return {basis: number for number, basis in enumerate(found, 1)}


def _summary(plan: Plan, lang: Lang) -> Iterator[tuple[str, str]]:
    rules = plan.rules
    yield Phrase("规则", "rules").text(lang), rules.reference
    yield Phrase("总分值", "points").text(lang), format_number(rules.points)
    grades = [f"{grade.label.text(lang)} {grade.range}" for grade in rules.grades]
    if grades:
        yield Phrase("等级", "grades").text(lang), Phrase("，".join(grades), ", ".join(grades)).text(lang)
    yield Phrase("舍入", "rounding").text(lang), rounding_words(rules.rounding, lang)
    yield Phrase("汇总", "total").text(lang), aggregates.find(rules.aggregate).SAYS.text(lang)
    zero = (
        Phrase("不超过即满分，超过不得分", "full points at 0, none above")
        if rules.zero_target == "standard"
        else Phrase("不计分，按缺项处理", "left without a score")
    )
    yield Phrase("目标为 0", "zero target").text(lang), zero.text(lang)


def rounding_words(rounding: Rounding, lang: Lang) -> str:
    """Where numbers are rounded, in words."""
    stages = (
        (rounding.rate, Phrase("比率（按百分数）", "rates (as percentages)")),
        (rounding.leaf, Phrase("指标得分", "the score of an indicator")),
        (rounding.group, Phrase("分组得分", "the score of a group")),
        (rounding.total, Phrase("总得分", "the total")),
    )
    zh = [f"{name.zh}保留 {places} 位小数" if places else f"{name.zh}取整" for places, name in stages if places is not None]
    en = [f"{name.en} to {places} places" if places else f"{name.en} to whole numbers" for places, name in stages if places is not None]
    if not zh:
        return Phrase("不舍入", "nothing is rounded").text(lang)
    return Phrase("，".join(zh) + "，四舍五入", ", ".join(en) + ", half up").text(lang)


def _table(plan: Plan, ways: Ways, documents: dict[Basis, int], lang: Lang) -> Table:
    columns = (
        Column(Phrase("一级、二级指标", "indicator").text(lang), weight=2, least=18),
        Column(Phrase("分值", "points").text(lang), "right"),
        Column(Phrase("评分标准", "how points are given").text(lang), weight=3, least=20),
        Column(Phrase("依据", "basis").text(lang)),
    )
    rows = [row for top in plan.trees[-1].indicators for row in _rows(top, ways, documents, lang, 0)]
    rows.append(Row((Phrase("合计", "total").text(lang), format_number(plan.rules.points)), "strong"))
    return Table(columns, tuple(rows))


def _rows(indicator: Indicator, ways: Ways, documents: dict[Basis, int], lang: Lang, depth: int) -> Iterator[Row]:
    points = "" if indicator.points is None else format_number(indicator.points)
    parts = [condition(indicator, lang), measured(indicator, lang), in_short(ways.of(indicator), lang)]
    if indicator.direction is not None:
        parts.append(
            {"lower": Phrase("越低越好", "lower is better"), "higher": Phrase("越高越好", "higher is better")}.get(
                indicator.direction, Phrase("以目标为准", "as the target says")
            ).text(lang)
        )
    if indicator.children and indicator.aggregate != "sum":
        parts.append(aggregates.find(indicator.aggregate).SAYS.text(lang))
    how = Phrase("；", "; ").text(lang).join(part for part in parts if part)
    basis = "".join(f"[{documents[found]}]" for found in indicator.basis)
    yield Row((indicator.label.text(lang), points, how, basis), "strong" if depth == 0 else "", depth)
    for child in indicator.children:
        yield from _rows(child, ways, documents, lang, depth + 1)


def _way(way: Way, lang: Lang) -> Item:
    """What a method does, and what it says of every piece of its curve."""
    pieces = way.curve.pieces
    told = [piece.reason.text(lang) for piece in pieces[:_MOST_REASONS]]
    left = len(pieces) - len(told)
    if left > 1:
        told += [Phrase(f"…… 依此类推，还有 {left - 1} 档", f"… and so on, {left - 1} more").text(lang)]
    if left:
        told.append(pieces[-1].reason.text(lang))
    each = Phrase("（以每 100 分计）", " (of each 100 points)").text(lang) if way.open else ""
    return Item(way.title(lang) + each, "", tuple(map(Item, told)), "strong")


def _facts(rules: RuleSet, lang: Lang) -> Table:
    columns = (
        Column(Phrase("名称", "name").text(lang), weight=2, least=16),
        Column(Phrase("含义", "meaning").text(lang), weight=3, least=16),
        Column(Phrase("单位", "unit").text(lang)),
    )
    truth = Phrase("是/否", "yes/no").text(lang)
    return Table(columns, tuple(Row((fact.name, fact.label.text(lang), truth if fact.kind == "truth" else fact.unit)) for fact in rules.facts))


# JSON.


def listing_document(found: Iterable[RuleSet]) -> dict[str, Any]:
    """The list for programs."""
    return {"format": 1, "rules": [_head(rules) for rules in found]}


def page_document(plan: Plan) -> dict[str, Any]:
    """A rule set for programs: every variant's tree, with the pieces of each curve as exact lines."""
    rules = plan.rules
    ways = Ways(plan)
    return {
        "format": 1,
        **_head(rules),
        "sources": [source.name for source in rules.sources],
        "rounding": rules.rounding._asdict(),
        "zero_target": rules.zero_target,
        "aggregate": rules.aggregate,
        "grades": [{"label": _both(grade.label), "range": str(grade.range)} for grade in rules.grades],
        "facts": [{"name": fact.name, "label": _both(fact.label), "unit": fact.unit or None, "kind": fact.kind} for fact in rules.facts],
        "variants": [_variant(tree, ways) for tree in plan.trees],
    }


def _head(rules: RuleSet) -> dict[str, Any]:
    return {
        "reference": rules.reference,
        "id": rules.id,
        "version": rules.version,
        "title": _both(rules.title),
        "points": format_number(rules.points),
        "basis": [_basis_document(basis) for basis in rules.basis],
    }


def _both(phrase: Phrase) -> dict[str, str]:
    return {"zh": phrase.zh, "en": phrase.en}


def _basis_document(basis: Basis) -> dict[str, Any]:
    return {"document": basis.document, "clause": basis.clause or None, "verified": basis.verified, "note": basis.note or None}


def _variant(tree: PlannedTree, ways: Ways) -> dict[str, Any]:
    variant = tree.variant
    indicators = [_indicator(top, ways) for top in tree.indicators]
    return {"id": variant.id, "label": _both(variant.label), "when": _formula(variant.when), "indicators": indicators}


def _formula(formula: Formula | None) -> str | None:
    return None if formula is None else formula.text


def _indicator(indicator: Indicator, ways: Ways) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "label": _both(indicator.label),
        "points": None if indicator.points is None else format_number(indicator.points),
        "rows": "from-form" if indicator.open else None,
        "measure": _formula(indicator.measure),
        "applicable": _formula(indicator.applicable),
        "otherwise": indicator.otherwise if indicator.applicable is not None else None,
        "direction": indicator.direction,
        "aggregate": indicator.aggregate if indicator.children else None,
        "methods": [_method(way) for way in ways.of(indicator)],
        "basis": [_basis_document(basis) for basis in indicator.basis],
        "children": [_indicator(child, ways) for child in indicator.children],
    }


def _method(way: Way) -> dict[str, Any]:
    kind = None if way.kind is None else way.kind.en
    pieces = [_piece(piece) for piece in way.curve.pieces]
    return {"kind": kind, "name": way.name.en, "says": _both(way.method.SAYS), "points": format_number(way.points), "pieces": pieces}


def _piece(piece: Piece) -> dict[str, Any]:
    return {"on": str(piece.on), "lower": _line(piece.lower), "upper": _line(piece.upper), "reason": _both(piece.reason)}


def _line(line: Line) -> dict[str, str]:
    return {"slope": format_number(line.slope), "intercept": format_number(line.intercept)}
