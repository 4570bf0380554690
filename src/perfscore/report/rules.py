"""Rule sets to the pages that a finance officer knows, with every word of them made from the rules, and to JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from perfscore.model.curve import Line, Piece
from perfscore.model.formula import Formula
from perfscore.model.plan import Plan
from perfscore.model.plan import Tree as PlannedTree
from perfscore.model.rules import Basis, Case, Cohort, Counts, Declared, FactKind, Gate, Indicator, Rounding, RuleSet
from perfscore.report.resolved import Say, after_blocks, besides, case_label, condition, grade_range, points_shown, variant_items
from perfscore.report.ways import Way, Ways, standards, words_asked
from perfscore.ruleset.versions import day_written, days_said
from perfscore.scoring import aggregates
from perfscore.scoring.formula import put_in
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import bare, format_number
from perfscore.text.show import cells
from perfscore.views.outline import Block, Column, Facts, Heading, Item, Outline, Row, Table, Tree

#: A text of so many cells or more is not said again, but referred to.
_LONG = 30
#: A measure that has a name is called by it where its formula is longer than that.
_LONGEST = 160

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
    documents = _documents(plan)
    blocks: list[Block] = [Facts(tuple(_summary(plan, lang))), _table(plan, documents, lang)]
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
    if not any(node.open for tree in plan.trees for top in tree.indicators for node in top.walk()):
        return
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


# The table.


class _Teller(NamedTuple):
    """What every row of the table is told with: the numbers of the documents, the language, and facts and formulas as they are said in it."""

    documents: Mapping[Basis, int]
    lang: Lang
    called: Mapping[str, str]
    say: Say


class _Standard(NamedTuple):
    """What the table says of an indicator: what is looked at, its standard (when it counts, the measure, what that gives), and what else counts."""

    note: str
    standard: tuple[tuple[str, ...], ...]
    besides: tuple[str, ...]

    def text(self, lang: Lang, said: frozenset[str] = frozenset()) -> str:
        """The lines of a cell; of a case only what its indicator has not `said`."""
        semicolon = Phrase("；", "; ").text(lang)
        lines = ((self.note,), *self.standard, self.besides)
        return "\n".join(filter(None, (semicolon.join(part for part in line if part and part not in said) for line in lines)))


def _table(plan: Plan, documents: dict[Basis, int], lang: Lang) -> Table:
    third = any(below.children or not below.open for top in plan.trees[-1].indicators for child in top.children for below in child.children)
    levels = "一级、二级、三级指标" if third else "一级、二级指标"
    columns = (
        Column(Phrase(levels, "indicator").text(lang), weight=2, least=18),
        Column(Phrase("分值", "points").text(lang), "right"),
        Column(Phrase("评分标准", "how points are given").text(lang), weight=3, least=20),
        Column(Phrase("依据", "basis").text(lang)),
    )
    called = _called(plan, lang)
    teller = _Teller(documents, lang, called, _sayer(plan, called, lang))
    rows = _referring([row for top in plan.trees[-1].indicators for row in _rows(top, teller, 0)], lang)
    if plan.rules.template:
        # The last row is no total.
        rows[-1] = rows[-1]._replace(tone="")
    else:
        rows.append(Row((Phrase("合计", "total").text(lang), format_number(plan.rules.points)), "strong"))
    return Table(columns, tuple(rows))


def _rows(indicator: Indicator, teller: _Teller, depth: int, above: Counts = "points") -> Iterator[tuple[Row, _Standard | None]]:
    """The rows of an indicator, its cases and all below it; that of an indicator with what it says."""
    lang = teller.lang
    told = _standard(indicator, above, teller)
    cells = (indicator.label.text(lang), points_shown(indicator), told.text(lang), _marks(indicator, teller))
    yield Row(cells, "strong" if depth == 0 else "", depth), told
    said = frozenset((told.note, *(part for line in told.standard for part in line), *told.besides))
    for case in indicator.cases:
        rule = case.rule
        when = case_label(case, lang, teller.say)
        label = when if rule.label == indicator.label else f"{rule.label.text(lang)} {when}"
        own = rule._replace(basis=tuple(found for found in rule.basis if found not in indicator.basis))
        yield Row((label, "", _standard(rule, above, teller).text(lang, said), _marks(own, teller)), "", depth + 1), None
    for child in indicator.children:
        yield from _rows(child, teller, depth + 1, indicator.counts)


def _marks(indicator: Indicator, teller: _Teller) -> str:
    return "".join(f"[{teller.documents[found]}]" for found in indicator.basis)


def _standard(indicator: Indicator, above: Counts, teller: _Teller) -> _Standard:
    lang = teller.lang
    note = "" if indicator.note is None else indicator.note.text(lang)
    counts = (condition(indicator, lang, teller.say), _measured(indicator, teller))
    return _Standard(note, (counts, *((told,) for told in standards(indicator, lang))), tuple(besides(indicator, above, lang)))


def _measured(indicator: Indicator, teller: _Teller) -> str:
    """The measure, by its name where it has one that its indicator has not; a formula that nobody would read is left at the name."""
    lang = teller.lang
    label = indicator.label.text(lang)
    if indicator.fact:
        # A fact that is called like its indicator has been named.
        fact = teller.called.get(indicator.fact, indicator.fact)
        return (
            ""
            if fact.casefold() == label.casefold() or indicator.fact == indicator.label.zh
            else Phrase(f"数据 {fact}", f"the fact {fact}").text(lang)
        )
    if indicator.measure is None:
        return ""
    text, name = teller.say(indicator.measure), indicator.measure_label
    # A name that is Chinese in both languages tells an English reader less than the formula does.
    if name is None or bare(name.zh) == bare(indicator.label.zh) or (lang == "en" and name.en == name.zh and not name.en.isascii()):
        return "" if text.casefold() == label.casefold() else text
    return name.text(lang) if " if " in text or cells(text) > _LONGEST else f"{name.text(lang)} = {text}"


def _referring(rows: list[tuple[Row, _Standard | None]], lang: Lang) -> list[Row]:
    """The rows, of which those that say at length what another has said refer to it."""
    labels = [row.cells[0] for row, _ in rows]
    first: dict[tuple[tuple[str, ...], ...], str] = {}
    found = []
    before = ""
    for row, told in rows:
        label, points, how, basis = map(str, row.cells)
        shown = how
        if told is not None and cells(_Standard("", told.standard, ()).text(lang)) >= _LONG:
            if how == before:
                shown = Phrase("同上", "as above").text(lang)
            elif told.standard in first:
                other = Phrase(f"同“{first[told.standard]}”", f"as {first[told.standard]}").text(lang)
                shown = _Standard(told.note, ((other, *told.besides),), ()).text(lang)
            elif not told.note and not told.besides and labels.count(label) == 1:
                first[told.standard] = label
        found.append(row._replace(cells=(label, points, shown, basis)))
        before = how or before
    return found


#: What formulas may read without declaring it, as people say it.
_NAMES = {
    **dict.fromkeys(("年初预算数", "initial"), Phrase("年初预算数", "initial budget")),
    **dict.fromkeys(("全年预算数", "adjusted"), Phrase("全年预算数", "adjusted budget")),
    **dict.fromkeys(("全年执行数", "executed"), Phrase("全年执行数", "executed budget")),
    **dict.fromkeys(("实际", "actual"), Phrase("实际完成值", "actual value")),
    **dict.fromkeys(("目标", "target"), Phrase("年度指标值", "target")),
    **dict.fromkeys(("完成率", "achievement"), Phrase("完成率", "achievement")),
    **dict.fromkeys(("正向", "higher"), Phrase("正向", "higher")),
    **dict.fromkeys(("反向", "lower"), Phrase("反向", "lower")),
    **dict.fromkeys(("等于", "equal"), Phrase("等于", "equal")),
    **dict.fromkeys(("区间", "range"), Phrase("区间", "range")),
}
_WORDS = {"and": "且", "or": "或", "not": "非"}


def _called(plan: Plan, lang: Lang) -> dict[str, str]:
    """What formulas read, by name, as the reader calls it: forms are filled in by name, and one that can be read stays."""
    own = [(fact.name, fact.label) for fact in plan.rules.facts] + [(one.name, one.label) for one in plan.rules.cohort]
    known = {name: says.text(lang) for name, says in _NAMES.items()}
    for name, label in own:
        readable = name.isascii() == (lang == "en") or (lang == "en" and label.en == label.zh)
        known[name] = name if readable else label.text(lang)
    return known


def _sayer(plan: Plan, called: Mapping[str, str], lang: Lang) -> Say:
    """Formulas in the reader's words."""
    words = {fact.name for fact in plan.rules.facts if fact.choices}

    def spoken(name: str) -> str:
        fact, _, word = name.rpartition(".")
        if name in called or fact not in called:
            return called.get(name, name)
        return Phrase(f"{called[fact]}为{word}", f"{called[fact]} is {word}").text(lang) if fact in words else f"{called[fact]}.{word}"

    def say(formula: Formula) -> str:
        if lang == "en":
            return put_in(formula, spoken)
        # Between the names only: what people call their facts is theirs.
        between = (re.sub(r"\b(?:and|or)\b|\bnot\b\s*", lambda word: _WORDS[word[0].strip()], part) for part in formula.between)
        return put_in(formula._replace(between=tuple(between)), spoken)

    return say


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
    return {
        "kind": kind,
        "name": way.name.en,
        "says": _both(way.method.SAYS),
        "told": _both(way.told),
        "points": format_number(way.points),
        "pieces": pieces,
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {"on": str(piece.on), "lower": _line(piece.lower), "upper": _line(piece.upper), "reason": _both(piece.reason)}


def _line(line: Line) -> dict[str, str]:
    return {"slope": format_number(line.slope), "intercept": format_number(line.intercept)}
