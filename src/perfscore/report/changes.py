"""Two rule sets to the list of what changed between them, in the words of the field, and to its page and its JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from typing import Any, Literal, NamedTuple

from perfscore.model.formula import Formula
from perfscore.model.plan import Plan
from perfscore.model.rules import Basis, Cohort, Declared, Gate, Grade, Indicator, RuleSet, Variant
from perfscore.report.redrawn import method_changes, told, turned
from perfscore.report.rules import rounding_words
from perfscore.report.ways import changes as of_variant
from perfscore.ruleset.printer import same_rules
from perfscore.ruleset.versions import days_said
from perfscore.scoring import aggregates, cohort, gates
from perfscore.text.phrase import Lang, Phrase, same
from perfscore.text.printed import format_number
from perfscore.text.shape import Choice
from perfscore.text.source import Span
from perfscore.views.outline import Block, Facts, Heading, Item, Outline, Paragraph, Tree

About = Literal["rules", "grade", "indicator", "variant", "fact", "cohort", "gate"]

_HEADS: dict[About, Phrase] = {
    "rules": Phrase("总体", "The whole"),
    "grade": Phrase("等级", "Grades"),
    "indicator": Phrase("指标", "Indicators"),
    "variant": Phrase("情形", "Variants"),
    "fact": Phrase("数据", "Facts"),
    "cohort": Phrase("全体数据", "Cohort facts"),
    "gate": Phrase("关口", "Gates"),
}


class Change(NamedTuple):
    """
    One thing that changed: a word for its kind, what it is about, and the sentence.

    `variant` names the only variant that it is true of. `scores` is false for what no score can come from: names, documents, order.
    """

    kind: str
    about: About
    id: str
    label: Phrase
    says: Phrase
    before: Span | None = None
    after: Span | None = None
    details: tuple[Phrase, ...] = ()
    variant: Phrase | None = None
    scores: bool = True

    def text(self, lang: Lang) -> str:
        """`产出指标：分值由 50 改为 40`."""
        named = Phrase(
            f"{self.label.zh}：{self.says.zh}" if self.label.zh else self.says.zh,
            f"{self.label.en}: {self.says.en}" if self.label.en else self.says.en,
        )
        if self.variant is not None:
            named = Phrase(f"（{self.variant.zh}）{named.zh}", f"({self.variant.en}) {named.en}")
        return named.text(lang)

    @property
    def span(self) -> Span | None:
        """Where it is now, or where it was."""
        return self.after or self.before


def changes(one: Plan, other: Plan) -> list[Change]:
    """What changed from one rule set to another, in the order in which a rule file says it."""
    before, after = one.rules, other.rules
    base = list(_Trees(before.variants[-1], after.variants[-1]).changes())
    return [
        *_whole(before, after),
        *_each("grade", _by_label(before.grades), _by_label(after.grades), _grade_said, _grade_fields),
        *base,
        *_variants(before, after, base),
        *_facts(before, after),
        *_each("cohort", {c.name: c for c in before.cohort}, {c.name: c for c in after.cohort}, _cohort_said, _cohort_fields),
        *_gates(before, after),
    ]


# The whole.

_UNSAID = Phrase("无", "none")


def _number(number: Fraction | None) -> Phrase:
    return _UNSAID if number is None else same(format_number(number))


def _formula(formula: Formula | None) -> Phrase:
    return _UNSAID if formula is None else same(formula.text)


def _aggregate(name: str) -> Phrase:
    return Phrase(aggregates.find(name).ZH, name)


_POLICIES = {
    "standard": Phrase("不超过即满分", "full points at 0"),
    "missing": Phrase("作缺", "missing"),
    "zero": Phrase("按 0 计", "counted as 0"),
}


def _whole(before: RuleSet, after: RuleSet) -> Iterator[Change]:
    def rounding(rules: RuleSet) -> Phrase:
        return Phrase(rounding_words(rules.rounding, "zh"), rounding_words(rules.rounding, "en"))

    def template(rules: RuleSet) -> Phrase:
        return Phrase("模板", "a template") if rules.template else Phrase("评分规则", "rules that score")

    fields: tuple[tuple[str, Phrase, Callable[[RuleSet], Phrase], bool], ...] = (
        ("validity", Phrase("施行期", "days in force"), lambda rules: days_said(rules.valid_from, rules.valid_until), False),
        ("total", Phrase("总分值", "total points"), lambda rules: same(format_number(rules.points)), True),
        ("rounding", Phrase("舍入", "rounding"), rounding, True),
        ("zero-target", Phrase("目标为 0 时", "a target of zero:"), lambda rules: _POLICIES[rules.zero_target], True),
        ("negative-actual", Phrase("完成值为负数时", "an actual value below 0:"), lambda rules: _POLICIES[rules.negative_actual], True),
        ("aggregate", Phrase("一级指标汇总", "the top level adds up by"), lambda rules: _aggregate(rules.aggregate), True),
        ("template", Phrase("用途", "use:"), template, True),
    )
    if before.title != after.title:
        yield Change("title", "rules", "", _NO_LABEL, _renamed(before.title, after.title), before.span, after.span, scores=False)
    for kind, name, say, scores in fields:
        was, now = say(before), say(after)
        if was != now:
            yield Change(kind, "rules", "", _NO_LABEL, turned(name, was, now), before.span, after.span, scores=scores)
    said = _basis(before.basis, after.basis)
    if said is not None:
        yield Change("basis", "rules", "", _NO_LABEL, said, before.span, after.span, scores=False)
    was_constraints, now_constraints = ({c.text: c.span for c in rules.constraints} for rules in (before, after))
    for text in _only(was_constraints, now_constraints):
        yield Change(
            "constraint", "rules", "", _NO_LABEL, Phrase(f"取消约束 {text}", f"constraint {text} taken out"), was_constraints[text], scores=False
        )
    for text in _only(now_constraints, was_constraints):
        yield Change(
            "constraint", "rules", "", _NO_LABEL, Phrase(f"增加约束 {text}", f"constraint {text} added"), None, now_constraints[text], scores=False
        )


_NO_LABEL = same("")


def _only(one: Iterable[str], other: Iterable[str]) -> list[str]:
    there = set(other)
    return [name for name in one if name not in there]


def _basis(before: tuple[Basis, ...], after: tuple[Basis, ...]) -> Phrase | None:
    """What became of the documents; None where they are the same."""
    was, now = ({str(basis): basis for basis in found} for found in (before, after))
    parts = [Phrase(f"增加 {name}", f"{name} added") for name in _only(now, was)]
    parts += [Phrase(f"取消 {name}", f"{name} taken out") for name in _only(was, now)]
    for name in was:
        if name in now and was[name] != now[name]:
            if was[name].verified != now[name].verified:
                parts.append(
                    Phrase(f"{name} 改为{'已' if now[name].verified else '未'}核对", f"{name} now {'' if now[name].verified else 'not '}checked")
                )
            else:
                parts.append(Phrase(f"{name} 的说明改动", f"the note on {name} changed"))
    return Phrase("依据：" + "，".join(p.zh for p in parts), "basis: " + ", ".join(p.en for p in parts)) if parts else None


# What has a name: grades, facts, cohort facts, gates.

_Fields = Callable[[Any], dict[str, tuple[Phrase, Phrase]]]


def _each(about: About, was: dict[str, Any], now: dict[str, Any], said: Callable[[Any], Phrase], fields: _Fields) -> Iterator[Change]:
    """What was added, taken out or changed among things that are known by a name; `fields` says them by kind, with the name of the field."""
    for name, thing in now.items():
        if name not in was:
            what = said(thing)
            yield Change("added", about, name, thing.label, Phrase(f"新增，{what.zh}", f"added, {what.en}"), None, thing.span)
            continue
        before, after = fields(was[name]), fields(thing)
        for kind, (field, value) in after.items():
            if before[kind][1] != value:
                yield Change(
                    kind, about, name, thing.label, turned(field, before[kind][1], value), was[name].span, thing.span, scores=kind not in _SILENT
                )
    for name in _only(was, now):
        what = said(was[name])
        yield Change("removed", about, name, was[name].label, Phrase(f"取消，原为 {what.zh}", f"taken out, was {what.en}"), was[name].span)


#: Kinds of fields from which no score comes.
_SILENT = frozenset(("label", "action", "quota", "basis", "unit-shown"))


def _by_label(found: tuple[Grade, ...]) -> dict[str, Grade]:
    return {grade.label.zh: grade for grade in found}


def _range(grade: Grade) -> Phrase:
    return Phrase("只由关口给", "given by gates only") if grade.range is None else same(str(grade.range))


def _grade_said(grade: Grade) -> Phrase:
    return _range(grade)


def _grade_fields(grade: Grade) -> dict[str, tuple[Phrase, Phrase]]:
    quota = _UNSAID if grade.quota is None else same(f"{format_number(grade.quota * 100)}%")
    return {
        "label": (Phrase("名称", "label"), grade.label),
        "range": (Phrase("区间", "range"), _range(grade)),
        "action": (Phrase("结果应用", "what follows"), grade.action or _UNSAID),
        "quota": (Phrase("名额", "quota"), quota),
    }


_KIND_WORDS = {
    "number": Phrase("数", "number"),
    "truth": Phrase("是否", "yes/no"),
    "list": Phrase("清单", "list"),
    "date": Phrase("日期", "date"),
    "items": Phrase("要点", "items"),
    "words": Phrase("文字", "words"),
}
_COMBINED = {"sum": Phrase("合计", "sum"), "mean": Phrase("平均", "mean"), None: _UNSAID}


def _facts(before: RuleSet, after: RuleSet) -> Iterator[Change]:
    def named(rules: RuleSet) -> dict[str, Declared]:
        # What an indicator reads by its own name is told with it.
        nodes = (node for variant in rules.variants for top in variant.indicators for node in top.walk())
        own = {node.fact for node in nodes if node.fact == node.label.zh}
        return {fact.name: fact for fact in rules.facts if fact.name not in own}

    return _each("fact", named(before), named(after), _fact_said, _fact_fields)


def _fact_said(fact: Declared) -> Phrase:
    kind = _KIND_WORDS[fact.kind]
    return kind if not fact.unit else Phrase(f"{kind.zh}（{fact.unit}）", f"{kind.en} ({fact.unit})")


def _fact_fields(fact: Declared) -> dict[str, tuple[Phrase, Phrase]]:
    choices = [f"{word} = {format_number(number)}" for word, number in fact.choices]
    return {
        "label": (Phrase("名称", "label"), fact.label),
        "kind": (Phrase("类型", "kind"), _KIND_WORDS[fact.kind]),
        "unit": (Phrase("单位", "unit"), same(fact.unit) if fact.unit else _UNSAID),
        "choices": (Phrase("选项", "choices"), Phrase("、".join(choices), ", ".join(choices)) if choices else _UNSAID),
        "parts": (Phrase("各项", "parts"), Phrase("、".join(fact.parts), ", ".join(fact.parts)) if fact.parts else _UNSAID),
        "default": (Phrase("缺省", "default"), _UNSAID if fact.default is None else same(fact.default.value)),
        "formula": (Phrase("公式", "formula"), _formula(fact.formula)),
        "combine": (Phrase("合并", "combined by"), _COMBINED[fact.combine]),
    }


def _cohort_said(fact: Cohort) -> Phrase:
    return Phrase(f"{cohort.find(fact.kind).ZH}（{fact.of.text}）", f"{fact.kind} of {fact.of.text}")


def _cohort_fields(fact: Cohort) -> dict[str, tuple[Phrase, Phrase]]:
    given = []
    for key in cohort.find(fact.kind).PARAMETERS:
        if key.name in fact.parameters:
            word, written = fact.parameters[key.name], fact.parameters.at(key.name).written()
            spoken = Phrase(key.shape.words[word], word) if isinstance(key.shape, Choice) else same(written)
            given.append(Phrase(f"{key.zh} {spoken.zh}", f"{key.name} {spoken.en}"))
    said = Phrase("，".join(one.zh for one in given), ", ".join(one.en for one in given))
    return {
        "kind": (Phrase("算法", "kind"), Phrase(cohort.find(fact.kind).ZH, fact.kind)),
        "formula": (Phrase("数据", "of"), _formula(fact.of)),
        "parameters": (Phrase("参数", "parameters"), said if given else _UNSAID),
    }


def _gates(before: RuleSet, after: RuleSet) -> Iterator[Change]:
    was, now = ({gate.id: (gate, rules) for gate in rules.gates} for rules in (before, after))
    said = {id(gate): _effect(gate, rules) for gate, rules in (*was.values(), *now.values())}

    def told_gate(gate: Gate) -> Phrase:
        effect = said[id(gate)]
        return Phrase(f"{gate.when.text} 时{effect.zh}", f"{effect.en} if {gate.when.text}")

    def fields(gate: Gate) -> dict[str, tuple[Phrase, Phrase]]:
        return {
            "label": (Phrase("名称", "label"), gate.label),
            "when": (Phrase("条件", "condition"), _formula(gate.when)),
            "effect": (Phrase("后果", "effect"), said[id(gate)]),
            "each": (Phrase("逐项", "each below"), same(gate.each) if gate.each else _UNSAID),
            "basis": (Phrase("依据", "basis"), Phrase("；".join(map(str, gate.basis)), "; ".join(map(str, gate.basis))) if gate.basis else _UNSAID),
        }

    yield from _each("gate", {name: gate for name, (gate, _) in was.items()}, {name: gate for name, (gate, _) in now.items()}, told_gate, fields)
    if [name for name in was if name in now] != [name for name in now if name in was]:
        order = Phrase("、".join(now), ", ".join(now))
        yield Change(
            "order",
            "gate",
            "",
            _NO_LABEL,
            Phrase(f"关口的先后改为 {order.zh}", f"the gates now come in the order {order.en}"),
            before.span,
            after.span,
        )


def _effect(gate: Gate, rules: RuleSet) -> Phrase:
    """`等级上限：良`."""
    effect = gates.find(gate.effect)
    found: Any = gate.parameter
    if effect.TAKES == "grade":
        given = rules.grades[found].label
    elif effect.TAKES == "id":
        nodes = (node for variant in rules.variants[::-1] for top in variant.indicators for node in top.walk())
        given = next((node.label for node in nodes if node.id == found), same(str(found)))
    else:
        given = same(found.text if isinstance(found, Formula) else str(found))
    return Phrase(f"{effect.ZH}：{given.zh}", f"{effect.NAME}: {given.en}")


# Variants.


def _variants(before: RuleSet, after: RuleSet, base: list[Change]) -> Iterator[Change]:
    was, now = ({variant.id: variant for variant in rules.variants[:-1]} for rules in (before, after))
    known = {(change.kind, change.id, change.says, change.details) for change in base}
    ordered = {(change.kind, change.id) for change in base if change.kind == "order"}
    for name, variant in now.items():
        if name not in was:
            details = tuple(Phrase(one.text("zh"), one.text("en")) for one in of_variant(after.variants[-1], variant))
            says = Phrase(f"新增，条件 {_formula(variant.when).zh}", f"added, if {_formula(variant.when).en}")
            yield Change("added", "variant", name, variant.label, says, None, _at(variant), details)
            continue
        old = was[name]
        if old.label != variant.label:
            yield Change("label", "variant", name, variant.label, _renamed(old.label, variant.label), _at(old), _at(variant), scores=False)
        if _formula(old.when) != _formula(variant.when):
            says = turned(Phrase("条件", "condition"), _formula(old.when), _formula(variant.when))
            yield Change("when", "variant", name, variant.label, says, _at(old), _at(variant))
        for change in _Trees(old, variant).changes():
            # What is true of the base is true of it, too, and said there.
            if (change.kind, change.id, change.says, change.details) not in known and (change.kind, change.id) not in ordered:
                yield change._replace(about="indicator", variant=variant.label)
    for name in _only(was, now):
        says = Phrase(f"取消，原条件 {_formula(was[name].when).zh}", f"taken out, was if {_formula(was[name].when).en}")
        yield Change("removed", "variant", name, was[name].label, says, _at(was[name]))
    if [name for name in was if name in now] != [name for name in now if name in was]:
        labels = [variant.label for variant in now.values()]
        zh, en = "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)
        yield Change(
            "order", "variant", "", _NO_LABEL, Phrase(f"情形的先后改为 {zh}", f"the variants now come in the order {en}"), before.span, after.span
        )


def _at(variant: Variant) -> Span | None:
    return None if variant.when is None else variant.when.span


def _renamed(was: Phrase, now: Phrase) -> Phrase:
    zh, en = f"名称由“{was.zh}”改为“{now.zh}”", f"renamed, “{was.en}” → “{now.en}”"
    return Phrase(
        zh if was.zh != now.zh else f"英文名称由“{was.en}”改为“{now.en}”", en if was.en != now.en else f"renamed in Chinese, “{was.zh}” → “{now.zh}”"
    )


# Indicators.

_DIRECTIONS = {
    "higher": Phrase("正向", "higher"),
    "lower": Phrase("反向", "lower"),
    "equal": Phrase("等于", "equal"),
    "range": Phrase("区间", "range"),
    None: Phrase("看目标的写法", "as the target says"),
}
_OTHERWISE = {
    "drop": Phrase("不计", "left out"),
    "full": Phrase("满分", "full points"),
    "zero": Phrase("零分", "zero"),
    "missing": Phrase("缺", "missing"),
    "refused": Phrase("不许", "refused"),
}
_COUNTS = {"points": Phrase("分值", "points"), "bonus": Phrase("加分", "bonus"), "malus": Phrase("减分", "malus")}
_OPEN = {True: Phrase("由表填报", "from the form"), False: Phrase("由规则写定", "fixed by the rules")}


class _Placed(NamedTuple):
    """An indicator and those above it, from the top."""

    node: Indicator
    above: tuple[Indicator, ...]

    @property
    def label(self) -> Phrase:
        """`产出指标·数量指标`."""
        path = [node.label for node in (*self.above, self.node)]
        return Phrase("·".join(label.zh for label in path), " · ".join(label.en for label in path))


def placed(indicators: tuple[Indicator, ...], above: tuple[Indicator, ...] = ()) -> Iterator[_Placed]:
    """Every indicator of a tree with those above it."""
    for node in indicators:
        yield _Placed(node, above)
        yield from placed(node.children, (*above, node))


class _Trees:
    """The trees of two variants, by id."""

    def __init__(self, before: Variant, after: Variant) -> None:
        self.before, self.after = before.indicators, after.indicators
        self.was, self.now = ({one.node.id: one for one in placed(tops)} for tops in (self.before, self.after))

    def changes(self) -> Iterator[Change]:
        """In the order of the tree as it is now; what was taken out of a group is told at its end."""
        yield from self._order(None, self.before, self.after)
        yield from self._below(self.before, self.after, new=False)

    def _below(self, before: tuple[Indicator, ...], after: tuple[Indicator, ...], *, new: bool) -> Iterator[Change]:
        for node in after:
            old = self.was.get(node.id)
            if old is None and not new:
                yield self._added(self.now[node.id])
            elif old is not None:
                yield from self._both(old, self.now[node.id])
            yield from self._below(old.node.children if old else (), node.children, new=old is None)
        for node in before:
            if node.id not in self.now:
                yield self._removed(self.was[node.id])

    def _added(self, one: _Placed) -> Change:
        node = one.node
        # What goes with its group is told below it.
        details = tuple(_described(below) for below in node.walk()[1:])
        says = _described(node, named=False)
        return Change("added", "indicator", node.id, one.label, _and("新增", "added", says), None, node.span, details)

    def _removed(self, one: _Placed) -> Change:
        points = one.node.points
        says = (
            Phrase("取消", "taken out")
            if points is None
            else Phrase(f"取消，原 {format_number(points)} 分", f"taken out, was {format_number(points)} points")
        )
        return Change("removed", "indicator", one.node.id, one.label, says, one.node.span)

    def _order(self, group: _Placed | None, before: tuple[Indicator, ...], after: tuple[Indicator, ...]) -> Iterator[Change]:
        was, now = [node.id for node in before], [node.id for node in after]
        if [name for name in was if name in now] != [name for name in now if name in was]:
            zh, en = "、".join(node.label.zh for node in after), ", ".join(node.label.en for node in after)
            says = Phrase(f"次序改为 {zh}", f"now in the order {en}")
            label = Phrase("一级指标", "top level") if group is None else group.label
            yield Change("order", "indicator", "" if group is None else group.node.id, label, says, before[0].span, after[0].span, scores=False)

    def _both(self, one: _Placed, other: _Placed) -> Iterator[Change]:
        old, new = one.node, other.node

        def change(kind: str, says: Phrase, details: tuple[Phrase, ...] = (), *, scores: bool = True) -> Change:
            return Change(kind, "indicator", new.id, other.label, says, old.span, new.span, details, scores=scores)

        if old.label != new.label:
            yield change("label", _renamed(old.label, new.label), scores=False)
        if [node.id for node in one.above[-1:]] != [node.id for node in other.above[-1:]]:
            yield change("moved", turned(Phrase("位置", "moved,"), _group(one), _group(other)))
        for kind, name, was, now in fields(old, new):
            yield change(kind, turned(name, was, now), scores=kind != "note")
        for how in method_changes(old, new):
            yield change("method", how.says, how.details)
        yield from (change(kind, says, details) for kind, says, details in _cases(old, new))
        inherited = bool(one.above and other.above and one.above[-1].basis == old.basis and other.above[-1].basis == new.basis)
        basis = None if inherited else _basis(old.basis, new.basis)
        if basis is not None:
            yield change("basis", basis, scores=False)
        yield from self._order(other, old.children, new.children)


def _group(one: _Placed) -> Phrase:
    return Phrase(f"“{one.above[-1].label.zh}”下", f"below {one.above[-1].label.en}") if one.above else Phrase("一级指标", "the top level")


def _and(zh: str, en: str, more: Phrase) -> Phrase:
    return Phrase(f"{zh}，{more.zh}" if more.zh else zh, f"{en}, {more.en}" if more.en else en)


def fields(old: Indicator, new: Indicator) -> Iterator[tuple[str, Phrase, Phrase, Phrase]]:
    """The fields of an indicator that changed: a word for it, its name, and how it was and is."""

    def measure(node: Indicator) -> Phrase:
        if node.measure is None:
            return _UNSAID
        text = node.measure.text
        return same(text) if node.measure_label is None else Phrase(f"{node.measure_label.zh} = {text}", f"{node.measure_label.en} = {text}")

    def points(node: Indicator) -> Phrase:
        return Phrase("由表定", "left to the form") if node.points is None else _number(node.points)

    told_fields: tuple[tuple[str, Phrase, Callable[[Indicator], Phrase]], ...] = (
        ("points", Phrase("分值", "points"), points),
        ("counts", Phrase("计入", "counts as"), lambda node: _COUNTS[node.counts]),
        ("rows", Phrase("指标", "rows"), lambda node: _OPEN[node.open]),
        ("measure", Phrase("测算", "measure"), measure),
        ("fact", Phrase("数据取自", "read from"), lambda node: same(node.fact) if node.fact else _UNSAID),
        ("direction", Phrase("指标方向", "direction"), lambda node: _DIRECTIONS[node.direction]),
        ("applicable", Phrase("适用条件", "condition"), lambda node: _formula(node.applicable)),
        ("otherwise", Phrase("不适用时", "if it does not apply:"), lambda node: _OTHERWISE[node.otherwise]),
        ("aggregate", Phrase("下级汇总", "parts add up by"), lambda node: _aggregate(node.aggregate)),
        ("least", Phrase("最低得分", "least score"), lambda node: _number(node.least)),
        ("most", Phrase("最高得分", "most score"), lambda node: _number(node.most)),
        ("note", Phrase("说明", "note"), lambda node: node.note or _UNSAID),
    )
    for kind, name, say in told_fields:
        was, now = say(old), say(new)
        # Where only one of the methods reads such a fact, the change of method says it all.
        if was != now and not (kind == "fact" and _UNSAID in (was, now)):
            yield kind, name, was, now


def _cases(old: Indicator, new: Indicator) -> Iterator[tuple[str, Phrase, tuple[Phrase, ...]]]:
    """What became of the cases of an indicator; what is true of the indicator itself is not said again."""
    was, now = ({case.when.text: case.rule for case in node.cases} for node in (old, new))
    own = {says for _, says, _ in _rule_changes(old, new)}
    for text, rule in now.items():
        if text not in was:
            details = tuple(says for _, says, _ in _rule_changes(new, rule))
            yield "case", Phrase(f"增加情形 {text}", f"case {text} added"), details
            continue
        for kind, says, details in _rule_changes(was[text], rule):
            if says not in own:
                yield kind, Phrase(f"情形 {text} 的{says.zh}", f"in the case {text}, {says.en}"), details
    for text in _only(was, now):
        yield "case", Phrase(f"取消情形 {text}", f"case {text} taken out"), ()
    if [text for text in was if text in now] != [text for text in now if text in was]:
        yield "case", Phrase(f"情形的先后改为 {'、'.join(now)}", f"the cases now come in the order {', '.join(now)}"), ()


def _rule_changes(old: Indicator, new: Indicator) -> Iterator[tuple[str, Phrase, tuple[Phrase, ...]]]:
    if old.label != new.label:
        yield "label", _renamed(old.label, new.label), ()
    for kind, name, was, now in fields(old, new):
        yield kind, turned(name, was, now), ()
    for how in method_changes(old, new):
        yield "method", how.says, how.details


def _described(node: Indicator, *, named: bool = True) -> Phrase:
    """An indicator in a line: its points and how it is scored."""
    parts: list[Phrase] = []
    if node.points is not None:
        parts.append(Phrase(f"{format_number(node.points)} 分", f"{format_number(node.points)} points"))
    if node.counts != "points":
        parts.append(_COUNTS[node.counts])
    if node.methods:
        parts.append(told(node))
    zh, en = "，".join(p.zh for p in parts), ", ".join(p.en for p in parts)
    if not named:
        return Phrase(zh, en)
    return Phrase(f"{node.label.zh}：{zh}" if zh else node.label.zh, f"{node.label.en}: {en}" if en else node.label.en)


# The page and the JSON.


def page(one: Plan, other: Plan, found: list[Change], lang: Lang) -> Outline:
    """The changes by what they are about."""
    return Outline(f"{one.rules.reference} → {other.rules.reference}", tuple(blocks(one, other, found, lang)))


def blocks(one: Plan, other: Plan, found: list[Change], lang: Lang) -> Iterator[Block]:
    """What the page says below its title."""
    before, after = one.rules, other.rules
    if found:
        count = Phrase(f"{len(found)} 处", str(len(found)))
    elif same_rules(before._replace(id=after.id, version=after.version, examples=()), after._replace(examples=())):
        count = Phrase("没有", "none")
    else:
        count = Phrase("没有；只有写法不同，记分相同", "none; they are written differently and score alike")
    yield Facts(
        (
            (Phrase("原规则", "before").text(lang), f"{before.reference} {before.title.text(lang)}"),
            (Phrase("现规则", "after").text(lang), f"{after.reference} {after.title.text(lang)}"),
            (Phrase("变动", "changes").text(lang), count.text(lang)),
        )
    )
    for about, some in groupby(found, key=_section):
        yield Heading(2, _HEADS[about].text(lang))
        yield Tree(tuple(item(change, lang) for change in _alike(some)))
    if not found:
        yield Paragraph(Phrase("两套规则的记分没有变动。", "Nothing changed between the two rule sets.").text(lang))


def _section(change: Change) -> About:
    return change.about if change.variant is None else "variant"


def _alike(some: Iterable[Change]) -> Iterator[Change]:
    """Of changes that say the same of several, one that names them all."""
    found: dict[object, list[Change]] = {}
    for change in some:
        found.setdefault((change.kind, change.says, change.details, change.variant), []).append(change)
    for alike in found.values():
        labels = list(dict.fromkeys(change.label for change in alike))
        yield alike[0]._replace(label=Phrase("、".join(label.zh for label in labels), ", ".join(label.en for label in labels)))


def item(change: Change, lang: Lang) -> Item:
    """A change as a line, what belongs to it below."""
    place = "" if change.span is None else f"{change.span.source.name}:{change.span.line}"
    return Item(change.text(lang), place, tuple(Item(detail.text(lang)) for detail in change.details))


def document(one: Plan, other: Plan, found: list[Change]) -> dict[str, Any]:
    """The changes for programs, in both languages."""
    return {"format": 1, "before": _head(one.rules), "after": _head(other.rules), "changes": [_change(change) for change in found]}


def _head(rules: RuleSet) -> dict[str, Any]:
    return {"reference": rules.reference, "title": rules.title._asdict()}


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "about": change.about,
        "id": change.id or None,
        "label": change.label._asdict() if change.label.zh else None,
        "variant": None if change.variant is None else change.variant._asdict(),
        "says": change.says._asdict(),
        "details": [detail._asdict() for detail in change.details],
        "before": _where(change.before),
        "after": _where(change.after),
        "scores": change.scores,
    }


def _where(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"file": span.source.name, "line": span.line}
