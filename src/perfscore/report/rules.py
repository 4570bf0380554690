"""Rule sets to the pages that a finance officer knows, with every word of them made from the rules, and to JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from perfscore.model.curve import Line, Piece
from perfscore.model.formula import Formula
from perfscore.model.plan import Plan
from perfscore.model.plan import Tree as PlannedTree
from perfscore.model.rules import Basis, Case, Cohort, Counts, Declared, FactKind, Gate, Indicator, Rounding, RuleSet
from perfscore.report.resolved import after_blocks, case_label, described, grade_range, points_shown, variant_items
from perfscore.report.ways import Way, Ways, words_asked
from perfscore.ruleset.versions import day_written, days_said
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
    return Item(rules.reference, _points(rules, lang), (Item(rules.title.text(lang)), *rests), "strong")


def _points(rules: RuleSet, lang: Lang) -> str:
    points = format_number(rules.points)
    return (Phrase("模板", "template") if rules.template else Phrase(f"{points} 分", f"{points} points")).text(lang)


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
    if ways.every:
        blocks += [Heading(2, Phrase("评分标准", "How points are given").text(lang)), Tree(tuple(_way(way, lang) for way in ways.every))]
    if len(plan.trees) > 1:
        blocks += [
            Heading(2, Phrase("情形（先成立的先用）", "Variants (the first that holds counts)").text(lang)),
            Tree(tuple(variant_items(plan, lang))),
        ]
    if any(grade.action is not None or grade.quota is not None for grade in rules.grades):
        blocks += [Heading(2, Phrase("等级与结果应用", "Grades and what follows").text(lang)), _grades(rules, lang)]
    blocks += after_blocks(plan, lang)
    if rules.facts:
        blocks += [Heading(2, Phrase("规则读取的数据", "Facts that the rules read").text(lang)), _facts(plan, lang)]
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
            found.update((basis, None) for case in node.cases for basis in case.rule.basis)
    found.update((basis, None) for gate in plan.rules.gates for basis in gate.basis)
    return {basis: number for number, basis in enumerate(found, 1)}


def _summary(plan: Plan, lang: Lang) -> Iterator[tuple[str, str]]:
    rules = plan.rules
    yield Phrase("规则", "rules").text(lang), rules.reference
    if rules.template:
        none = Phrase("模板：没有定分值，供其他规则继承，不能直接评分", "a template: it leaves the points to whoever extends it, and scores nobody")
        yield Phrase("总分值", "points").text(lang), none.text(lang)
    else:
        yield Phrase("总分值", "points").text(lang), format_number(rules.points)
    if rules.valid_from is not None or rules.valid_until is not None:
        yield Phrase("施行", "in force").text(lang), days_said(rules.valid_from, rules.valid_until).text(lang)
    grades = [f"{grade.label.text(lang)} {grade_range(grade, lang)}" for grade in rules.grades]
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
    if rules.negative_actual == "zero":
        yield Phrase("完成值为负", "negative actual").text(lang), Phrase("按 0 计", "counted as 0").text(lang)


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
    third = any(below.children or not below.open for top in plan.trees[-1].indicators for child in top.children for below in child.children)
    levels = "一级、二级、三级指标" if third else "一级、二级指标"
    columns = (
        Column(Phrase(levels, "indicator").text(lang), weight=2, least=18),
        Column(Phrase("分值", "points").text(lang), "right"),
        Column(Phrase("评分标准", "how points are given").text(lang), weight=3, least=20),
        Column(Phrase("依据", "basis").text(lang)),
    )
    rows = [row for top in plan.trees[-1].indicators for row in _rows(top, ways, documents, lang, 0)]
    if not plan.rules.template:
        rows.append(Row((Phrase("合计", "total").text(lang), format_number(plan.rules.points)), "strong"))
    return Table(columns, tuple(rows))


def _rows(indicator: Indicator, ways: Ways, documents: dict[Basis, int], lang: Lang, depth: int, above: Counts = "points") -> Iterator[Row]:
    basis = "".join(f"[{documents[found]}]" for found in indicator.basis)
    how = _told(indicator, described(indicator, ways, above, lang), lang)
    yield Row((indicator.label.text(lang), points_shown(indicator), how, basis), "strong" if depth == 0 else "", depth)
    for case in indicator.cases:
        rule = case.rule
        label = case_label(case, lang) if rule.label == indicator.label else f"{rule.label.text(lang)} {case_label(case, lang)}"
        how = described(rule, ways, above, lang, indicator)
        how = how if rule.note == indicator.note else _told(rule, how, lang)
        own = "".join(f"[{documents[found]}]" for found in rule.basis if found not in indicator.basis)
        yield Row((label, "", how, own), "", depth + 1)
    for child in indicator.children:
        yield from _rows(child, ways, documents, lang, depth + 1, indicator.counts)


def _told(indicator: Indicator, how: str, lang: Lang) -> str:
    """What is looked at, and how it is scored."""
    note = "" if indicator.note is None else indicator.note.text(lang)
    return "\n".join(part for part in (note, how) if part)


def _grades(rules: RuleSet, lang: Lang) -> Table:
    columns = (
        Column(Phrase("等级", "grade").text(lang)),
        Column(Phrase("总得分", "totals").text(lang)),
        Column(Phrase("结果应用", "what follows").text(lang), weight=1, least=16),
        Column(Phrase("名额", "quota").text(lang), "right"),
    )
    rows = (
        (
            grade.label.text(lang),
            grade_range(grade, lang),
            "" if grade.action is None else grade.action.text(lang),
            "" if grade.quota is None else f"{format_number(grade.quota * 100)}%",
        )
        for grade in rules.grades
    )
    return Table(columns, tuple(map(Row, rows)))


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


_KINDS: dict[FactKind, Phrase] = {
    "number": Phrase("数", "number"),
    "truth": Phrase("是/否", "yes/no"),
    "list": Phrase("清单", "list"),
    "date": Phrase("日期", "date"),
    "items": Phrase("要点", "items"),
    "words": Phrase("文字", "words"),
}


def _facts(plan: Plan, lang: Lang) -> Table:
    columns = (
        Column(Phrase("名称", "name").text(lang), weight=2, least=16),
        Column(Phrase("含义", "meaning").text(lang), weight=3, least=16),
        Column(Phrase("单位", "unit").text(lang)),
    )
    asked = words_asked(plan)
    rows = []
    for fact in plan.rules.facts:
        unit = fact.unit if fact.kind == "number" and not fact.choices else _KINDS[fact.kind if not fact.choices else "words"].text(lang)
        rows.append(Row((fact.name, "\n".join([fact.label.text(lang), *_filled(fact, asked, lang)]), unit)))
    return Table(columns, tuple(rows))


def _filled(fact: Declared, asked: Mapping[str, tuple[str, ...]], lang: Lang) -> Iterator[str]:
    """What may stand there, what counts if nothing does, and how it is computed or joined."""
    comma = Phrase("、", ", ").text(lang)
    if fact.choices:
        plain = all(number == place for place, (_, number) in enumerate(fact.choices, 1))
        told = comma.join(word if plain else f"{word} {format_number(number)}" for word, number in fact.choices)
        yield Phrase(f"选一：{told}", f"one of: {told}").text(lang)
    listed = fact.parts or asked.get(fact.name, ())
    if listed:
        told = comma.join(listed)
        yield (Phrase(f"各项：{told}", f"parts: {told}") if fact.parts else Phrase(f"可填：{told}", f"may say: {told}")).text(lang)
    if fact.default is not None:
        yield Phrase(f"没有填时为 {fact.default.value}", f"{fact.default.value} where it is not filled in").text(lang)
    if fact.formula is not None:
        yield f"= {fact.formula.text}"
    if fact.combine is not None:
        yield (
            Phrase("多张表合并时相加", "added over forms") if fact.combine == "sum" else Phrase("多张表合并时取平均", "their mean over forms")
        ).text(lang)


# JSON.


def listing_document(found: Iterable[RuleSet]) -> dict[str, Any]:
    """The list for programs."""
    return {"format": 1, "rules": [_head(rules) for rules in found]}


def page_document(plan: Plan) -> dict[str, Any]:
    """A rule set for programs: every variant's tree, with the pieces of each curve as exact lines."""
    rules = plan.rules
    ways = Ways(plan)
    asked = words_asked(plan)
    return {
        "format": 1,
        **_head(rules),
        "template": rules.template,
        "valid_from": None if rules.valid_from is None else day_written(rules.valid_from),
        "valid_until": None if rules.valid_until is None else day_written(rules.valid_until),
        "sources": [source.name for source in rules.sources],
        "rounding": rules.rounding._asdict(),
        "zero_target": rules.zero_target,
        "negative_actual": rules.negative_actual,
        "aggregate": rules.aggregate,
        "grades": [
            {
                "label": _both(grade.label),
                "range": None if grade.range is None else str(grade.range),
                "action": None if grade.action is None else _both(grade.action),
                "quota": None if grade.quota is None else format_number(grade.quota),
            }
            for grade in rules.grades
        ],
        "facts": [_fact(fact, asked) for fact in rules.facts],
        "cohort": [_cohort(one) for one in rules.cohort],
        "constraints": [one.text for one in rules.constraints],
        "gates": [_gate(gate) for gate in rules.gates],
        "variants": [_variant(tree, ways) for tree in plan.trees],
    }


def _fact(fact: Declared, asked: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    return {
        "name": fact.name,
        "label": _both(fact.label),
        "unit": fact.unit or None,
        "kind": fact.kind,
        "choices": {word: format_number(number) for word, number in fact.choices} or None,
        "parts": list(fact.parts) or None,
        "words": list(asked.get(fact.name, ())) or None,
        "default": None if fact.default is None else fact.default.value,
        "formula": _formula(fact.formula),
        "combine": fact.combine,
    }


def _cohort(one: Cohort) -> dict[str, Any]:
    given = {name: one.parameters.at(name).written() for name in one.parameters if name != "of"}
    return {"name": one.name, "kind": one.kind, "of": one.of.text, "parameters": given}


def _gate(gate: Gate) -> dict[str, Any]:
    return {
        "id": gate.id,
        "label": _both(gate.label),
        "when": gate.when.text,
        "each": gate.each,
        "effect": gate.effect,
        "parameter": gate.parameter.text if isinstance(gate.parameter, Formula) else gate.parameter,
        "basis": [_basis_document(basis) for basis in gate.basis],
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
        "least": None if indicator.least is None else format_number(indicator.least),
        "most": None if indicator.most is None else format_number(indicator.most),
        "counts": indicator.counts,
        "fact": indicator.fact or None,
        "note": None if indicator.note is None else _both(indicator.note),
        "cases": [_case(case, ways) for case in indicator.cases],
        "methods": [_method(way) for way in ways.of(indicator)],
        "basis": [_basis_document(basis) for basis in indicator.basis],
        "children": [_indicator(child, ways) for child in indicator.children],
    }


def _case(case: Case, ways: Ways) -> dict[str, Any]:
    """What a case makes of its indicator; the id and the points are the same."""
    rule = _indicator(case.rule, ways)
    return {"when": case.when.text, **{name: rule[name] for name in rule if name not in ("id", "points", "cases", "children")}}


def _method(way: Way) -> dict[str, Any]:
    kind = None if way.kind is None else way.kind.en
    pieces = [_piece(piece) for piece in way.curve.pieces]
    return {"kind": kind, "name": way.name.en, "says": _both(way.method.SAYS), "points": format_number(way.points), "pieces": pieces}


def _piece(piece: Piece) -> dict[str, Any]:
    return {"on": str(piece.on), "lower": _line(piece.lower), "upper": _line(piece.upper), "reason": _both(piece.reason)}


def _line(line: Line) -> dict[str, str]:
    return {"slope": format_number(line.slope), "intercept": format_number(line.intercept)}
