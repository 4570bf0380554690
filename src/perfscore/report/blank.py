"""A rule set to an empty form file for it, with every key explained in its comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from perfscore.forms.shape import BUDGET, CLAIM, FORM, GOAL, PART, REPORTED, ROW
from perfscore.model.form import BUDGET_NAMES
from perfscore.model.plan import Plan
from perfscore.model.rules import Declared, Indicator
from perfscore.report.figures import between, counted
from perfscore.report.resolved import points_shown
from perfscore.report.ways import labels_of, words_asked
from perfscore.scoring.aggregates import whole as is_whole
from perfscore.scoring.methods import find
from perfscore.text.nodes import Scalar
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import format_number
from perfscore.text.record import Key, Record
from perfscore.text.schema import plain
from perfscore.text.show import cells
from perfscore.text.source import Source, Span

#: The schema file that the first line tells editors of; `rules schema form` makes it.
SCHEMA_FILE = "perfscore-form.schema.json"
#: Where comments begin, in display cells, unless the line is longer.
_COMMENT = 32
_CELLS = ("level3", "target", "actual", "points", "reported", "note")
_NOWHERE = Span(Source("", ""), 1, 1, 1, 1)
#: What a plain YAML text may begin with, and what it may hold besides letters and Han characters.
_SIGNS = frozenset("._/@（）()《》〈〉〔〕“”、·—+ -")


class _Writer:
    """Lines of YAML in one language, with their comments in one column."""

    def __init__(self, lang: Lang) -> None:
        self.lang, self.lines = lang, list[str]()

    def say(self, zh: str, en: str, indent: int = 0) -> None:
        """A comment on a line of its own, in the reader's language."""
        self.lines.append(f"{' ' * indent}# {' '.join(Phrase(zh, en).text(self.lang).split())}")

    def gap(self) -> None:
        self.lines.append("")

    def key(self, shape: Record, name: str, value: str = "", indent: int = 0, *, first: bool = False, told: bool = True) -> None:
        """A key with its value and, if it is to be told, what it means."""
        key = _key(shape, name)
        called, says = key.zh if self.lang == "zh" else key.name, key.says.text(self.lang)
        text = f"{' ' * indent}{'- ' if first else ''}{called}:{f' {value}' if value else ''}"
        self.told(text, says if told and says != called else "")

    def told(self, text: str, comment: str) -> None:
        """A line with its comment, if it has one."""
        self.lines.append(text + (" " * max(_COMMENT - cells(text), 2) + "# " + " ".join(comment.split()) if comment else ""))

    def example(self, line: str) -> None:
        """A line that only counts once its `#` is taken away."""
        self.lines.append(f"#{line}")


def _key(shape: Record, name: str) -> Key:
    return next(key for key in shape.keys if key.name == name)


def blank_form(plan: Plan, reference: str, lang: Lang) -> str:
    """
    An empty form file for a rule set, which is called `reference` in it.

    It is read and evaluated as it is: nothing is filled in, so the score lies between its bounds.
    """
    out = _Writer(lang)
    _head(out, plan, reference)
    _budget(out, plan)
    _rows(out, plan)
    _facts(out, plan)
    _rest(out)
    return "\n".join(out.lines) + "\n"


def _head(out: _Writer, plan: Plan, reference: str) -> None:
    rules = plan.rules
    out.lines.append(f"# yaml-language-server: $schema={SCHEMA_FILE}")
    out.say(
        f"上一行让编辑器边填边查；先运行一次：perfscore rules schema form -o {SCHEMA_FILE}",
        f"The line above lets editors check while you type; make its file once: perfscore rules schema form -o {SCHEMA_FILE}",
    )
    points = format_number(rules.points)
    full = Phrase("模板，不能评分", "a template, which scores nobody") if rules.template else Phrase(f"满分 {points} 分", f"{points} points")
    out.say(f"空白填报表：{rules.title.zh}，{rules.reference}，{full.zh}", f"Empty form: {rules.title.en}, {rules.reference}, {full.en}")
    out.say(
        "各栏照原表填写，如 ≤870.34万元、79.54%、2024年12月之前、不适用；没有的留空",
        "Fill in as printed, like ≤870.34万元, 79.54%, 2024年12月之前, 不适用; leave blank what there is not",
    )
    out.say("填好后运行：perfscore evaluate 本文件", "Then run: perfscore evaluate THIS-FILE")
    out.gap()
    out.key(FORM, "rules", scalar(reference))
    out.key(FORM, "unit")
    out.key(FORM, "project")
    out.key(FORM, "year")
    out.gap()
    out.key(FORM, "goal", told=False)
    out.key(GOAL, "expected", indent=2)
    out.key(GOAL, "actual", indent=2)
    out.gap()


def _budget(out: _Writer, plan: Plan) -> None:
    out.key(FORM, "budget", told=False)
    for leaf in _measured(plan):
        if _of_budget(leaf):
            _measure(out, leaf)
    for name in ("initial", "adjusted", "executed", "points", "rate", "reported"):
        out.key(BUDGET, name, indent=2)
    out.key(BUDGET, "money", "万元", indent=2)
    part = _one_line(PART, {"group": "按收入性质", "label": "一般公共预算", "adjusted": "1644.62"}, out.lang)
    parts = _key(BUDGET, "parts")
    out.example(f"  {parts.zh if out.lang == 'zh' else parts.name}:")
    out.example(f"    - {part}")
    out.gap()


def _one_line(shape: Record, values: dict[str, str], lang: Lang) -> str:
    named = (f"{_key(shape, name).zh if lang == 'zh' else name}: {value}" for name, value in values.items())
    return "{" + ", ".join(named) + "}"


def _measured(plan: Plan) -> Iterator[Indicator]:
    """The fixed leaves with a measure; it may differ in the cases of each."""
    return (node for top in plan.trees[-1].indicators for node in top.walk() if not node.children and not node.open and node.measure is not None)


def _of_budget(leaf: Indicator) -> bool:
    return leaf.measure is not None and any(read.name in BUDGET_NAMES for read in leaf.measure.reads)


def _measure(out: _Writer, leaf: Indicator) -> None:
    """`预算执行率 10 分，执行率 = 全年执行数 / 全年预算数`."""
    if leaf.measure is None:
        return
    called, text, points = leaf.measure_label or leaf.label, leaf.measure.text, points_shown(leaf)
    zh, en = (f" {points} 分", f", {points} points") if points else ("", "")
    told = Phrase(text, text) if text == called.zh else Phrase(f"{called.zh} = {text}", f"{called.en} = {text}")
    out.say(f"{leaf.label.zh}{zh}，{told.zh}", f"{leaf.label.en}{en}: {told.en}", 2)


def _rows(out: _Writer, plan: Plan) -> None:
    groups = [path for top in plan.trees[-1].indicators for path in _paths(top, ())]
    if not groups:
        return
    out.key(FORM, "indicators", told=False)
    out.say(
        "每个二级指标下先放一行；一行不够就照样往下加，用不着的整行删去或留空",
        "One row for each second level: add more like it below, delete or leave blank what is not needed",
        2,
    )
    told, level1 = True, ""
    for path in groups:
        top, group = path[0], path[-1]
        if top.label.zh != level1:
            out.gap()
            out.say(_hint(top, plan, "zh"), _hint(top, plan, "en"), 2)
        if not group.open or [takes for takes, _ in group.methods] == ["label"]:
            _labels(out, group)
        names = [name for name in ("level1", "level2") if (name == "level1" and (top.label.zh != level1)) or (name == "level2" and len(path) > 1)]
        level1 = top.label.zh
        for number, name in enumerate([*names, *_CELLS]):
            value = {"level1": top.label.zh, "level2": path[min(1, len(path) - 1)].label.zh}.get(name, "")
            fixed = group.label.zh if name == "level3" and not group.open else value
            out.key(ROW, name, scalar(fixed) if fixed else "", 2 if number == 0 else 4, first=number == 0, told=told)
        told = False
    out.gap()


def _labels(out: _Writer, leaf: Indicator) -> None:
    """What may be filled in for an indicator that is reported in words."""
    labels = labels_of(leaf)
    zh, en = "、".join(labels), ", ".join(labels)
    if leaf.methods[0][0] == "label":
        out.say(f"{leaf.label.zh}：实际完成值填 {zh} 之一", f"{leaf.label.en}: the actual value is one of {en}", 2)
    else:
        out.say(f"{leaf.label.zh}：完成等级可填 {zh}，得分填在自评得分", f"{leaf.label.en}: the tier is one of {en}; the score goes into reported", 2)


def _paths(indicator: Indicator, above: tuple[Indicator, ...]) -> Iterator[tuple[Indicator, ...]]:
    """What has rows on the form: open groups, and fixed indicators that are reported in words."""
    path = (*above, indicator)
    if indicator.open or (not indicator.children and indicator.methods and indicator.methods[0][0] in ("label", "judgement")):
        yield path
    for child in indicator.children:
        yield from _paths(child, path)


def _hint(top: Indicator, plan: Plan, lang: Lang) -> str:
    """The points of a first level, and what they are in the variants."""
    base = points_shown(top)
    told = []
    for tree in plan.trees[:-1]:
        points = next((other.points for other in tree.indicators if other.id == top.id), None)
        if points is not None and points != top.points:
            name = tree.variant.label.text(lang)
            told.append(f"{name}时 {format_number(points)} 分" if lang == "zh" else f"{format_number(points)} with {name}")
    joined = "，".join(told) if lang == "zh" else ", ".join(told)
    shared = any(node.open for node in top.walk()) and not any(is_whole(node.aggregate) for node in top.walk())
    if lang == "zh":
        return f"{top.label.zh}{f' {base} 分' if base else ''}{f'（{joined}）' if told else ''}{'，由各行分值相加而成' if shared else ''}"
    return f"{top.label.en}{f', {base} points' if base else ''}{f' ({joined})' if told else ''}{', which the rows share' if shared else ''}"


def _facts(out: _Writer, plan: Plan) -> None:
    # Words have rows of their own, and what is computed is asked of nobody.
    declared = [fact for fact in plan.rules.facts if fact.kind != "words" and fact.formula is None]
    if not declared and not plan.rules.cohort:
        return
    out.key(FORM, "facts")
    for leaf in _measured(plan):
        if not _of_budget(leaf):
            _measure(out, leaf)
    asked, chosen = words_asked(plan), _chosen(plan)
    for fact in declared:
        _fact(out, fact, asked.get(fact.name, ()), chosen.get(fact.name, {}))
    for one in plan.rules.cohort:
        out.told(
            f"#  {scalar(one.name)}:",
            Phrase("由全体各表算出；单独评这张表时填", "what all forms together give; for scoring this one alone").text(out.lang),
        )
    out.gap()


def _chosen(plan: Plan) -> dict[str, dict[str, str]]:
    """Of the facts that say what takes points, where a reviewer chooses how many: every item with the points that it may take."""
    found: dict[str, dict[str, str]] = {}
    nodes = (node for tree in plan.trees for top in tree.indicators for node in top.walk())
    for leaf in (leaf for node in nodes for leaf in (node, *(case.rule for case in node.cases))):
        for takes, use in leaf.methods:
            method = find(use.name)
            items = method.items(use.parameters, leaf.points or Fraction(0)) if takes == "items" and method is not None else ()
            if any(item.least != item.most for item in items):
                found.setdefault(leaf.fact, {}).update((item.label, between(item.least, item.most)) for item in items)
    return found


def _fact(out: _Writer, fact: Declared, asked: tuple[str, ...], chosen: Mapping[str, str]) -> None:
    lang = out.lang
    comma = Phrase("、", ", ").text(lang)
    told = [fact.label.text(lang)] if fact.label.text(lang) != fact.name else []
    listed = comma.join(word for word, _ in fact.choices)
    match fact.kind:
        case "truth":
            told.append(Phrase("是 或 否", "yes or no: 是 or 否").text(lang))
        case "date":
            told.append(Phrase("日期，如 2024-12-31", "a day, like 2024-12-31").text(lang))
        case "items" if chosen:
            says = (
                "发生的各项：去掉下面行首的 #，写明扣几分；都没有的填 无",
                "take the # away from what occurred, and say how many points; 无 for none",
            )
            told.append(Phrase(*says).text(lang))
        case "items":
            told.append(Phrase("有的各项：去掉下面行首的 #；都没有的填 无", "take the # away from those that there are; 无 for none").text(lang))
        case "list" if fact.parts:
            told.append(Phrase("各项填数", "a number for each part").text(lang))
        case "list":
            told.append(Phrase("各个数，如 [85, 92]", "numbers, like [85, 92]").text(lang))
        case _ if listed:
            told.append(Phrase(f"填其中之一：{listed}", f"one of {listed}").text(lang))
    told += [fact.unit] if fact.unit else []
    name = f"  {scalar(fact.name)}:"
    if fact.default is not None:
        # What counts where nothing is said need not be said.
        told.append(Phrase("不填即为此", "this where it is left out").text(lang))
        name = f"#{name} {scalar(fact.default.value)}"
    out.told(name, Phrase("，", ", ").text(lang).join(told))
    if fact.default is None:
        for part in fact.parts:
            out.lines.append(f"    {scalar(part)}:")
        for item in asked if fact.kind == "items" else ():
            if chosen:
                points = chosen.get(item, "")
                out.told(f"#    {scalar(item)}: 是", Phrase(f"扣 {points} 分", f"takes {counted(points, 'point')}").text(lang))
            else:
                out.example(f"    - {scalar(item)}")


def _rest(out: _Writer) -> None:
    out.say("文中的算术，留待核对；去掉下面行首的 # 即生效", "Arithmetic that the text states, kept for checking: take the # away below to use it")
    claims = _key(FORM, "claims")
    out.example(f"{claims.zh if out.lang == 'zh' else claims.name}:")
    out.example("  - " + _one_line(CLAIM, {"label": "预算执行率", "printed": "79.54%", "ratio": "[1403.23万元, 1764.12万元]"}, out.lang))
    out.gap()
    out.key(FORM, "reported", told=False)
    for name in ("points", "score", "grade", "date"):
        out.key(REPORTED, name, indent=2)


def scalar(text: str) -> str:
    """A text as YAML of one line: plain where it stays what it is, else in quotes."""
    simple = all(c.isalnum() or c in _SIGNS for c in text) and text[:1].isalnum() and text == text.strip()
    if simple and plain(Scalar(_NOWHERE, text)) == text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return f'"{escaped}"'
