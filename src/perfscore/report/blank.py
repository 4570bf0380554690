"""A rule set to an empty form file for it, with every key explained in its comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfscore.forms.shape import BUDGET, CLAIM, FORM, GOAL, PART, REPORTED, ROW
from perfscore.model.plan import Plan
from perfscore.model.rules import Declared, Indicator
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
    _facts(out, plan.rules.facts)
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
    out.say(f"空白填报表：{rules.title.zh}，{rules.reference}，满分 {points} 分", f"Empty form: {rules.title.en}, {rules.reference}, {points} points")
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
    for leaf in _fixed(plan):
        if leaf.measure is not None:
            points = "" if leaf.points is None else format_number(leaf.points)
            called = leaf.measure_label or leaf.label
            out.say(
                f"{leaf.label.zh} {points} 分，{called.zh} = {leaf.measure.text}",
                f"{leaf.label.en}, {points} points: {called.en} = {leaf.measure.text}",
                2,
            )
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


def _fixed(plan: Plan) -> Iterator[Indicator]:
    return (node for top in plan.trees[-1].indicators for node in top.walk() if not node.children and not node.open)


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
        names = [name for name in ("level1", "level2") if (name == "level1" and (top.label.zh != level1)) or (name == "level2" and len(path) > 1)]
        level1 = top.label.zh
        for number, name in enumerate([*names, *_CELLS]):
            value = {"level1": top.label.zh, "level2": path[min(1, len(path) - 1)].label.zh}.get(name, "")
            fixed = group.label.zh if name == "level3" and not group.open else value
            out.key(ROW, name, scalar(fixed) if fixed else "", 2 if number == 0 else 4, first=number == 0, told=told)
        told = False
    out.gap()


def _paths(indicator: Indicator, above: tuple[Indicator, ...]) -> Iterator[tuple[Indicator, ...]]:
    """What has rows on the form: open groups, and fixed indicators that are reported in words."""
    path = (*above, indicator)
    if indicator.open or (not indicator.children and indicator.methods and indicator.methods[0][0] in ("label", "judgement")):
        yield path
    for child in indicator.children:
        yield from _paths(child, path)


def _hint(top: Indicator, plan: Plan, lang: Lang) -> str:
    """The points of a first level, and what they are in the variants."""
    base = "" if top.points is None else format_number(top.points)
    told = []
    for tree in plan.trees[:-1]:
        points = next((other.points for other in tree.indicators if other.id == top.id), None)
        if points is not None and points != top.points:
            name = tree.variant.label.text(lang)
            told.append(f"{name}时 {format_number(points)} 分" if lang == "zh" else f"{format_number(points)} with {name}")
    joined = "，".join(told) if lang == "zh" else ", ".join(told)
    if lang == "zh":
        return f"{top.label.zh} {base} 分{f'（{joined}）' if told else ''}，由各行分值相加而成"
    return f"{top.label.en}, {base} points{f' ({joined})' if told else ''}, which the rows share"


def _facts(out: _Writer, facts: Iterable[Declared]) -> None:
    declared = tuple(facts)
    if not declared:
        return
    out.key(FORM, "facts")
    for fact in declared:
        unit = Phrase("是 或 否", "yes or no: 是 or 否").text(out.lang) if fact.kind == "truth" else fact.unit
        told = [fact.label.text(out.lang)] if fact.label.text(out.lang) != fact.name else []
        comment = Phrase("，", ", ").text(out.lang).join([*told, *([unit] if unit else [])])
        text = f"  {scalar(fact.name)}:"
        out.told(text, comment)
    out.gap()


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
