"""What the early passes made of a file, between their nouns (nodes, form, submission) and an outline for people."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.model import form as printed
from perfscore.model.form import Cell, Claim, Form, Part
from perfscore.model.measure import Absence, Chosen, Comparison, Computed, Fact, Judged, Lateness, Measure, Ticked
from perfscore.model.submission import Barrier, Branch, Leaf, Submission
from perfscore.report.figures import between
from perfscore.text import nodes
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.nodes import Node, Scalar, Sequence
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import format_number
from perfscore.text.record import Key, Record
from perfscore.text.shape import nothing
from perfscore.text.source import Source, Span
from perfscore.views.outline import Block, Column, Facts, Heading, Item, Outline, Paragraph, Row, Table, Tone, Tree

# The tree.


def tree(source: Source, documents: tuple[Node, ...], lang: Lang) -> Outline:
    """Every node with its line and column; quoted text in its quotes, because it is always text."""
    legend = Phrase(
        "右边是行:列；引号里的值是加了引号的文字，∅ 是没有值", "at the right line:column; a value in quotes was quoted and is text, ∅ is no value"
    )
    blocks: list[Block] = [Paragraph(legend.text(lang))]
    for number, document in enumerate(documents, 1):
        if len(documents) > 1:
            blocks.append(Heading(2, Phrase(f"第 {number} 份", f"document {number}").text(lang)))
        blocks.append(Tree(tuple(_nodes(document))))
    return Outline(source.name, tuple(blocks))


def _nodes(node: Node) -> Iterator[Item]:
    match node:
        case Scalar():
            yield Item(_written(node), _at(node.span))
        case Sequence(items=items):
            for item in items:
                yield Item(f"- {_written(item)}", _at(item.span)) if isinstance(item, Scalar) else Item("-", _at(item.span), tuple(_nodes(item)))
        case nodes.Mapping(entries=entries):
            for key, value in entries:
                name = _written(key)
                if isinstance(value, Scalar):
                    yield Item(f"{name}: {_written(value)}", _at(key.span))
                else:
                    yield Item(f"{name}:", _at(key.span), tuple(_nodes(value)))


def _written(scalar: Scalar) -> str:
    if scalar.plain:
        return "∅" if nothing(scalar) else scalar.text
    escaped = scalar.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _at(span: Span) -> str:
    return f"{span.line}:{span.column}"


# The form.

_LINE = Phrase("行", "line")
#: Keys of a row that the table has no column for.
_EXTRAS = ("id", "tier", "judged", "direction", "note", "deducted", "review")


def form(found: Form, lang: Lang) -> Outline:
    """A form as printed: nothing understood, nothing left out."""
    from perfscore.forms.shape import BUDGET, FORM, REPORTED  # the names of the keys in both languages

    named = _names(FORM, lang)
    head = [
        (named["rules"], _cell(found.rules)),
        (named["unit"], found.unit),
        (named["project"], found.project),
        (named["year"], "" if found.year is None else str(found.year)),
        (Phrase("预期目标", "goal expected").text(lang), _cell(found.goal[0])),
        (Phrase("完成情况", "goal reached").text(lang), _cell(found.goal[1])),
    ]
    blocks: list[Block] = [Facts(_filled(head))]
    if found.budget is not None:
        names = _names(BUDGET, lang)
        cells = [(names[key], _cell(getattr(found.budget, key))) for key in ("initial", "adjusted", "executed", "points", "rate", "reported")]
        blocks += [Heading(2, named["budget"]), Facts(_filled([*cells, (names["money"], found.budget.money)]))]
        if found.budget.parts:
            blocks.append(_parts(found.budget.parts, lang))
    if found.rows:
        live = sum(not row.placeholder for row in found.rows)
        empty = len(found.rows) - live
        count = Phrase(f"（{live} 行", f" ({live} rows").text(lang)
        count += Phrase(f"，另有 {empty} 行占位）", f" and {empty} placeholders)").text(lang) if empty else Phrase("）", ")").text(lang)
        blocks += [Heading(2, named["indicators"] + count), _rows(found.rows, lang)]
    extras = tuple(item for row in found.rows for item in _extras(row, lang))
    if extras:
        blocks += [Heading(2, Phrase("各行另填的", "Also in the rows").text(lang)), Tree(extras)]
    if found.facts:
        title = named["facts"] + Phrase(f"（{len(found.facts)} 项）", f" ({len(found.facts)})").text(lang)
        columns = (
            Column(Phrase("名称", "name").text(lang), weight=2, least=16),
            Column(Phrase("值", "value").text(lang), weight=1),
            Column(_LINE.text(lang), "right"),
        )
        blocks += [Heading(2, title), Table(columns, tuple(Row((name, _fact(fact), str(fact.span.line))) for name, fact in found.facts))]
    if found.claims:
        blocks += [
            Heading(2, named["claims"] + Phrase(f"（{len(found.claims)} 条）", f" ({len(found.claims)})").text(lang)),
            _claims(found.claims, lang),
        ]
    names = _names(REPORTED, lang)
    below = _filled([(names[key], _cell(getattr(found.reported, key))) for key in found.reported._fields])
    if below:
        blocks += [Heading(2, named["reported"]), Facts(below)]
    return Outline(f"{found.source.name}:{found.span.line}", tuple(blocks))


def _names(shape: Record, lang: Lang) -> dict[str, str]:
    return {key.name: _name(key, lang) for key in shape.keys}


def _name(key: Key, lang: Lang) -> str:
    return key.zh if lang == "zh" else key.name


def _filled(rows: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows if value)


def _cell(cell: Cell | None) -> str:
    return "" if cell is None else " ".join(cell.text.split())


def _fact(fact: printed.Fact) -> str:
    match fact:
        case Cell():
            return _cell(fact)
        case printed.Items(items=items):
            return f"[{', '.join(map(_fact, items))}]"
        case printed.Table(rows=rows):
            return f"{{{', '.join(f'{name}: {_fact(value)}' for name, value in rows)}}}"


def _parts(parts: tuple[Part, ...], lang: Lang) -> Table:
    from perfscore.forms.shape import PART

    names = _names(PART, lang)
    columns = (
        Column(names["label"], weight=2, least=12),
        *(Column(names[key], "right") for key in ("initial", "adjusted", "executed")),
        Column(_LINE.text(lang), "right"),
    )
    rows: list[Row] = []
    group = ""
    for part in parts:
        if part.group != group:
            group = part.group
            rows.append(Row((group,), "strong"))
        label = part.label or Phrase("合计", "total").text(lang)
        depth = 2 if part.of else 1
        rows.append(Row((label, _cell(part.initial), _cell(part.adjusted), _cell(part.executed), str(part.span.line)), depth=depth))
    return Table(columns, tuple(rows))


def _rows(rows: tuple[printed.Row, ...], lang: Lang) -> Table:
    from perfscore.forms.shape import ROW

    names = _names(ROW, lang)
    columns = (
        Column(Phrase("指标", "indicator").text(lang), weight=3, least=16),
        Column(names["target"], weight=1),
        Column(names["actual"], weight=1),
        Column(names["points"], "right"),
        Column(names["reported"], "right"),
        Column(_LINE.text(lang), "right"),
    )
    drawn: list[Row] = []
    above = ("", "")
    for row in rows:
        if row.level1 != above[0]:
            drawn.append(Row((row.level1,), "strong"))
            above = (row.level1, "")
        if row.level2 != above[1]:
            if row.level2 != row.level3:
                drawn.append(Row((row.level2,), depth=1))
            above = (row.level1, row.level2)
        label = row.level3 + _mark(row, lang)
        tone: Tone = "weak" if row.placeholder or not row.applies else ""
        cells = (label, _cell(row.target), _cell(row.actual), _cell(row.points), _cell(row.reported), str(row.span.line))
        drawn.append(Row(cells, tone, depth=1 if row.level2 == row.level3 else 2))
    return Table(columns, tuple(drawn))


def _mark(row: printed.Row, lang: Lang) -> str:
    if row.placeholder:
        return Phrase("（占位）", " (placeholder)").text(lang)
    return "" if row.applies else Phrase("（不适用）", " (does not apply)").text(lang)


def _extras(row: printed.Row, lang: Lang) -> Iterator[Item]:
    from perfscore.forms.shape import REVIEW, ROW

    names, review = _names(ROW, lang), _names(REVIEW, lang)
    told: list[Item] = []
    for key in _EXTRAS:
        value = getattr(row, key)
        if isinstance(value, printed.Review):
            told += [
                Item(f"{review[inner]} {_cell(cell)}", _at(cell.span)) for inner, cell in zip(("actual", "score", "note"), value, strict=True) if cell
            ]
        elif isinstance(value, Cell):
            told += [Item(f"{names[key]} {_cell(value)}", _at(value.span))] if value.text.strip() else []
        elif value:
            told.append(Item(f"{names[key]} {_direction(value, lang) if key == 'direction' else value}"))
    if told:
        yield Item(row.level3, "", tuple(told))


def _direction(word: str, lang: Lang) -> str:
    return {"higher": "正向", "lower": "反向", "equal": "等于", "range": "区间"}.get(word, word) if lang == "zh" else word


def _claims(claims: tuple[Claim, ...], lang: Lang) -> Table:
    from perfscore.forms.shape import CLAIM

    names = _names(CLAIM, lang)
    columns = (
        Column(names["label"], weight=2, least=12),
        Column(names["printed"], "right"),
        Column(Phrase("关系", "relation").text(lang)),
        Column(Phrase("各项", "operands").text(lang), weight=3, least=12),
        Column(_LINE.text(lang), "right"),
    )
    rows = (Row((c.label, _cell(c.printed), names.get(c.relation, ""), ", ".join(map(_fact, c.operands.items)), str(c.span.line))) for c in claims)
    return Table(columns, tuple(rows))


# The submission.

_KINDS: dict[type, Phrase] = {
    Comparison: Phrase("完成率", "achievement"),
    Computed: Phrase("公式", "formula"),
    Lateness: Phrase("逾期天数", "days late"),
    Chosen: Phrase("等级", "level"),
    Judged: Phrase("评定", "judgement"),
    Ticked: Phrase("要点", "items"),
}
_ABSENCES = {
    "missing": Phrase("缺", "missing"),
    "not-applicable": Phrase("不适用", "n/a"),
    "full": Phrase("按规则满分", "full by rule"),
    "zero": Phrase("按规则零分", "zero by rule"),
}
#: What stands in a cell and is no value.
UNREAD = frozenset(("unreadable-value", "kinds-differ", "unit-differs"))


def submission(found: Submission, lang: Lang) -> Outline:
    """A form as understood: the variant, every leaf with its measure as an exact number, and what could not be read."""
    variant = found.tree.variant
    unread = sum(problem.code in UNREAD for problem in found.diagnostics)
    chosen = variant.label.text(lang) + ("" if variant.when is None else Phrase(f"（{variant.when.text}）", f" ({variant.when.text})").text(lang))
    facts = (
        (Phrase("规则", "rules").text(lang), found.plan.rules.reference),
        (Phrase("情形", "variant").text(lang), chosen),
        (Phrase("计分指标", "leaves").text(lang), _counted(found.leaves, lang)),
        (Phrase("读不出的值", "unread values").text(lang), str(unread)),
    )
    columns = (
        Column(Phrase("指标", "leaf").text(lang), weight=2, least=16),
        Column(Phrase("编号", "id").text(lang), weight=1, least=10),
        Column(Phrase("分值", "points").text(lang), "right"),
        Column(Phrase("测算", "measure").text(lang)),
        Column(Phrase("精确值", "exact value").text(lang), "right"),
    )
    blocks: list[Block] = [Facts(facts), Table(columns, tuple(_branch(found.root, found, lang, -1)))]
    said = tuple(item for leaf in found.leaves for item in _said(leaf, lang))
    if said:
        blocks += [Heading(2, Phrase("各项另有的", "Also of the leaves").text(lang)), Tree(said)]
    if found.barriers:
        title = Phrase("可能生效的关口", "Gates that may take effect").text(lang)
        blocks += [Heading(2, title), Tree(tuple(_barrier(barrier, lang) for barrier in found.barriers))]
    absent = tuple(Item(_why(leaf.label, leaf.measure, lang), _leaf_place(leaf)) for leaf in found.leaves if isinstance(leaf.measure, Absence))
    if absent:
        blocks += [Heading(2, Phrase("没有测算值的", "Without a measure").text(lang)), Tree(absent)]
    if found.diagnostics:
        title = Phrase(f"警告（{len(found.diagnostics)} 条）", f"Warnings ({len(found.diagnostics)})").text(lang)
        blocks += [Heading(2, title), Tree(tuple(_problem(problem, lang) for problem in found.diagnostics))]
    return Outline(f"{found.form.source.name}:{found.form.span.line}", tuple(blocks))


def _counted(leaves: tuple[Leaf, ...], lang: Lang) -> str:
    absent = [leaf.measure.kind for leaf in leaves if isinstance(leaf.measure, Absence)]
    parts = [
        (Phrase("有测算值", "measured"), len(leaves) - len(absent)),
        *((word, absent.count(kind)) for kind, word in _ABSENCES.items() if kind in absent),
    ]
    told = [f"{word.text(lang)} {number}" for word, number in parts]
    return f"{len(leaves)}（{'，'.join(told)}）" if lang == "zh" else f"{len(leaves)} ({', '.join(told)})"


def _branch(branch: Branch, found: Submission, lang: Lang, depth: int) -> Iterator[Row]:
    if depth >= 0:
        points = "" if branch.points is None else format_number(branch.points)
        state = Phrase("整组未定", "one unknown").text(lang) if branch.unknown else ""
        yield Row((branch.label.text(lang), branch.id, points, state), "strong", depth)
    for part in branch.parts:
        if isinstance(part, Branch):
            yield from _branch(part, found, lang, depth + 1)
        else:
            yield _leaf(found.leaves[part], lang, depth + 1)


def _leaf(leaf: Leaf, lang: Lang, depth: int) -> Row:
    points = "—" if leaf.points is None else format_number(leaf.points)
    if isinstance(leaf.measure, Absence):
        tone: Tone = "bad" if leaf.measure.kind == "missing" else "weak"
        return Row((leaf.label.text(lang), leaf.id, points, _ABSENCES[leaf.measure.kind].text(lang)), tone, depth)
    return Row((leaf.label.text(lang), leaf.id, points, _KINDS[type(leaf.measure)].text(lang), _exact(leaf.measure, lang)), "", depth)


def _exact(measure: Measure, lang: Lang) -> str:
    match measure:
        case Judged(score=score, tier=tier):
            told = Phrase(f"{format_number(score)} 分", f"{format_number(score)} points").text(lang)
            return f"{tier} {told}" if tier else told
        case Chosen(label=label):
            return label
        case _:
            return format_number(measure.value) if isinstance(measure.value, Fraction) else str(measure.value)


def _said(leaf: Leaf, lang: Lang) -> Iterator[Item]:
    """What a leaf has besides its measure: its case, where it counts, the items that it counts, points taken off by hand."""
    told: list[Item] = []
    if leaf.rule.when is not None:
        told.append(Item(Phrase(f"情形 {leaf.rule.when.text}", f"case {leaf.rule.when.text}").text(lang), _place(leaf.rule.when.span)))
    if leaf.rule.counts != "points":
        told.append(Item((Phrase("加分", "bonus") if leaf.rule.counts == "bonus" else Phrase("减分", "malus")).text(lang)))
    if isinstance(leaf.measure, Ticked):
        told += [Item(f"{label} {between(low, high)}", "" if cell is None else _place(cell.span)) for label, low, high, cell in leaf.measure.amounts]
        for label, low, high, cell in leaf.measure.lacking:
            none = Phrase(f"{label} 没有（{between(low, high)}）", f"{label} not there ({between(low, high)})")
            told.append(Item(none.text(lang), "" if cell is None else _place(cell.span), tone="weak"))
    if isinstance(leaf.measure, Computed):
        told += [item for fact in leaf.measure.facts for item in _known(fact, lang) if fact.computed is not None or fact.default]
    if leaf.taken is not None:
        taken = format_number(leaf.taken[0])
        told.append(Item(Phrase(f"人工扣减 {taken}", f"taken off by hand: {taken}").text(lang), _place(leaf.taken[1].span)))
    if told:
        yield Item(leaf.label.text(lang), "", tuple(told))


def _barrier(barrier: Barrier, lang: Lang) -> Item:
    """A gate with the facts that it reads; scores are known to the evaluation only."""
    gate = barrier.gate
    told: list[Item] = []
    for name, fact in barrier.facts.items():
        if isinstance(fact, Absence):
            told.append(Item(f"{name}：{fact.why.zh}" if lang == "zh" else f"{name}: {fact.why.en}", tone="bad"))
        else:
            told += _known(fact._replace(name=name), lang)
    return Item(
        f"{gate.label.text(lang)}（{gate.when.text}）" if lang == "zh" else f"{gate.label.en} ({gate.when.text})", _place(gate.span), tuple(told)
    )


def _known(fact: Fact, lang: Lang) -> Iterator[Item]:
    """A fact as an exact number, with what it was computed from below it."""
    value = ", ".join(map(format_number, fact.value)) if isinstance(fact.value, tuple) else format_number(fact.value)
    told = f"{fact.name} = {value}"
    if fact.cell is not None and not isinstance(fact.value, tuple) and fact.cell.text.strip() != value:
        # A day, a word or an amount in another unit.
        told += Phrase(f"（{fact.cell.text.strip()}）", f" ({fact.cell.text.strip()})").text(lang)
    if fact.default:
        told += Phrase("（规则缺省）", " (default of the rules)").text(lang)
    below: tuple[Item, ...] = ()
    where = "" if fact.cell is None else _place(fact.cell.span)
    if fact.computed is not None:
        told += f" = {fact.computed.formula.text}"
        where = _place(fact.computed.formula.span)
        below = tuple(item for inner in fact.computed.facts for item in _known(inner, lang))
    yield Item(told, where, below)


def _why(label: Phrase, absence: Absence, lang: Lang) -> str:
    return f"{label.zh}：{absence.why.zh}" if lang == "zh" else f"{label.en}: {absence.why.en}"


def _leaf_place(leaf: Leaf) -> str:
    return _place(leaf.row.span if leaf.row is not None else leaf.rule.span)


def _problem(problem: Diagnostic, lang: Lang) -> Item:
    return Item(f"{problem.code}: {problem.says.text(lang)}", "" if problem.span is None else _place(problem.span))


def _place(span: Span) -> str:
    return f"{span.source.name}:{span.line}"
