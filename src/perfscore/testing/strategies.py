"""Strategies that draw rule files, and for a rule set the forms that it scores; both shrink towards the plainest file there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from perfscore.model.rules import RuleSet
from perfscore.ruleset.build import build
from perfscore.testing.exact import Expression
from perfscore.testing.methods import decimals, interval_text, method_trees, points_given
from perfscore.testing.spelling import Tongue, rule_file
from perfscore.text.numbers import format_number
from perfscore.text.source import Source

ZERO = Fraction(0)
#: Names of facts in both languages, some of them dotted; the last two are yes/no.
NUMBERS = ("编制数", "在职人数", "三公经费.本年预算", "三公经费.本年决算", "area", "批准面积")
TRUTHS = ("项目已完成", "audited")
_UNITS = ("", "万元", "元", "人", "%")
_WORDS = ("优秀", "良好", "合格", "较差")
_TOPS = ("执行", "产出", "效益", "满意", "管理")
_SECONDS = ("数量", "质量", "时效", "成本")

tongues: SearchStrategy[Tongue] = st.sampled_from(("en", "zh", "mixed"))


# --- formulas ----------------------------------------------------------------------------------------------------------------------------

_PLACES = st.integers(0, 4)
_LOOSE = {"+": 1, "-": 1, "*": 2, "/": 2, "minus": 3}


@cache
def conditions(names: tuple[str, ...], truths: tuple[str, ...] = ()) -> SearchStrategy[Expression]:
    """Trees of formulas that are conditions, over facts by name."""
    number = expressions(names)
    signs = st.sampled_from(("<", "<=", ">", ">=", "==", "!="))
    compared = st.tuples(signs, number, number)
    base = st.one_of(compared, st.sampled_from([("name", name) for name in truths])) if truths else compared
    return st.recursive(
        base,
        lambda below: st.one_of(st.tuples(st.sampled_from(("and", "or")), below, below), st.tuples(st.just("not"), below)),
        max_leaves=4,
    )


@cache
def expressions(names: tuple[str, ...], lists: tuple[str, ...] = (), dates: tuple[str, ...] = ()) -> SearchStrategy[Expression]:
    """Trees of formulas that are numbers, over facts by name: numbers, and what functions make of lists and of dates."""
    base: list[SearchStrategy[Expression]] = [st.sampled_from([("name", name) for name in names]), st.tuples(st.just("number"), decimals(0, 12))]
    if lists:
        named = st.sampled_from([("name", name) for name in lists])
        base += (st.tuples(st.sampled_from(("sum", "mean", "count", "min", "max")), named), st.tuples(st.just("geomean"), named, _PLACES))
    if dates:
        day = st.sampled_from([("name", name) for name in dates])
        base.append(st.tuples(st.just("days"), day, day))
    return st.recursive(st.one_of(base), _larger, max_leaves=8)


def _larger(below: SearchStrategy[Expression]) -> SearchStrategy[Expression]:
    compared = st.tuples(st.sampled_from(("<", "<=", ">", ">=", "==", "!=")), below, below)
    return st.one_of(
        st.tuples(st.sampled_from(("+", "-", "*", "/")), below, below),
        st.tuples(st.sampled_from(("minus", "abs")), below),
        st.tuples(st.sampled_from(("min", "max")), below, below),
        st.tuples(st.just("if"), compared, below, below),
        st.tuples(st.sampled_from(("round_half_up", "ln")), below, _PLACES),
        st.tuples(st.just("geomean"), below, below, _PLACES),
        st.tuples(st.sampled_from(("sum", "mean", "count")), st.lists(below, min_size=1, max_size=3)).map(lambda call: (call[0], *call[1])),
    )


def spelled(expression: Expression) -> str:
    """The text of a formula's tree, with no more brackets than it needs around sums and products."""
    sign, *parts = expression
    match sign:
        case "number":
            return format_number(parts[0])
        case "name":
            return str(parts[0])
        case "+" | "-" | "*" | "/":
            left = _bracketed(parts[0], _LOOSE[sign])
            return f"{left} {sign} {_bracketed(parts[1], _LOOSE[sign] + 1)}"
        case "minus":
            return f"-{_bracketed(parts[0], 3)}"
        case "if":
            return f"({spelled(parts[1])} if {spelled(parts[0])} else {spelled(parts[2])})"
        case "not":
            return f"(not {spelled(parts[0])})"
    if sign.isidentifier() and sign not in ("and", "or"):
        # What is no tree is a number of places.
        return f"{sign}({', '.join(spelled(part) if isinstance(part, tuple) else str(part) for part in parts)})"
    return f"({spelled(parts[0])} {sign} {spelled(parts[1])})"


def _bracketed(part: Expression, tight: int) -> str:
    text = spelled(part)
    return f"({text})" if _LOOSE.get(part[0], 9) < tight else text


# --- rule files --------------------------------------------------------------------------------------------------------------------------


@st.composite
def rule_trees(draw: DrawFn) -> dict[str, Any]:
    """A whole rule file before it is spelled: facts, rounding, grades, a tree of fixed and open indicators, variants."""
    tops = [draw(_tops(name, number)) for number, name in enumerate(_TOPS[: draw(st.integers(1, 3))], 1)]
    tree: dict[str, Any] = {"ruleset": "test/drawn", "version": "1", "facts": draw(_facts()), "indicators": tops}
    if draw(st.booleans()):
        places = st.integers(0, 3)
        tree["rounding"] = [{"at": at, "places": draw(places)} for at in sorted(draw(st.sets(st.sampled_from(("rate", "leaf", "group", "total")))))]
    if draw(st.booleans()):
        tree["grades"] = draw(grade_trees(sum((_most(top) for top in tops), ZERO)))
    for name, words in (("aggregate", ("sum", "redistribute")), ("zero_target", ("standard", "missing"))):
        if draw(st.booleans()):
            tree[name] = draw(st.sampled_from(words))
    if draw(st.booleans()):
        tree["variants"] = [draw(_variants(tops, number)) for number in range(1, 1 + draw(st.integers(1, 2)))]
    return tree


@st.composite
def _facts(draw: DrawFn) -> dict[str, Any]:
    numbers = {name: {"unit": unit} if (unit := draw(st.sampled_from(_UNITS))) else name for name in NUMBERS}
    return {**numbers, **{name: {"kind": "truth"} for name in TRUTHS}}


@st.composite
def _tops(draw: DrawFn, name: str, number: int) -> dict[str, Any]:
    if draw(st.booleans()):
        return draw(st.one_of(_leaves(f"i{number}", name), _open(f"i{number}", name)))
    children = []
    for at, label in enumerate(_SECONDS[: draw(st.integers(1, 2))], 1):
        below = f"i{number}.{at}"
        children.append(draw(st.one_of(_leaves(below, f"{name}{label}"), _open(below, label), _inner(below, f"{name}{label}"))))
    return draw(_group(f"i{number}", name, children))


@st.composite
def _inner(draw: DrawFn, id_: str, label: str) -> dict[str, Any]:
    leaves = [draw(_leaves(f"{id_}.{at}", f"{label}之{word}")) for at, word in enumerate(_WORDS[: draw(st.integers(1, 2))], 1)]
    return draw(_group(id_, label, leaves))


@st.composite
def _group(draw: DrawFn, id_: str, label: str, children: list[dict[str, Any]]) -> dict[str, Any]:
    group: dict[str, Any] = {"id": id_, "label": label, "children": children}
    if draw(st.booleans()):
        group["points"] = sum((_most(child) for child in children), ZERO)
    if draw(st.booleans()):
        group["aggregate"] = draw(st.sampled_from(("sum", "redistribute")))
    return group


def _most(tree: Mapping[str, Any]) -> Fraction:
    found: Fraction = tree.get("points") or sum((_most(child) for child in tree.get("children", ())), ZERO)
    return found


@st.composite
def _leaves(draw: DrawFn, id_: str, label: str) -> dict[str, Any]:
    points = draw(points_given)
    leaf: dict[str, Any] = {"id": id_, "label": draw(st.sampled_from((label, {"zh": label, "en": id_}))), "points": points}
    takes = draw(st.sampled_from(("number", "number", "words")))
    leaf["method"] = draw(method_trees(takes, points))
    if takes == "number":
        leaf["measure"] = draw(_formulas())
    if draw(st.booleans()):
        leaf["applicable"] = draw(st.one_of(st.sampled_from((f"not {TRUTHS[0]}", f"{NUMBERS[0]} > 0")), conditions(NUMBERS[:2], TRUTHS).map(spelled)))
        leaf["otherwise"] = draw(st.sampled_from(("drop", "full", "zero", "missing")))
    return leaf


@st.composite
def _formulas(draw: DrawFn) -> str:
    one, other = draw(st.permutations((*NUMBERS, "全年执行数", "全年预算数", "initial")))[:2]
    usual = (
        f"{one} / {other}",
        one,
        f"({one} - {other}) / {other}",
        f"min(1.2, {one} ÷ {other})",
        f"率 = {one} / {other}",
        f"{one} / {other} if {other} > 0 else 0",
    )
    return draw(st.one_of(st.sampled_from(usual), expressions((one, other)).map(spelled)))


@st.composite
def _open(draw: DrawFn, id_: str, label: str) -> dict[str, Any]:
    group: dict[str, Any] = {"id": id_, "label": label, "rows": "from-form"}
    # Amounts in points may not fit the points of a row.
    group["method"] = draw(method_trees("by-kind", draw(st.sampled_from((None, None, Fraction(5))))))
    if draw(st.booleans()):
        group["points"] = draw(points_given)
    if draw(st.booleans()):
        group["direction"] = draw(st.sampled_from(("higher", "lower", "equal", "range")))
    if draw(st.booleans()):
        group["aggregate"] = draw(st.sampled_from(("sum", "redistribute")))
    if draw(st.sampled_from((False, False, True))):
        group["measure"] = draw(st.sampled_from(("实际", "完成率", "actual / target", "min(1, achievement)")))
    if draw(st.booleans()):
        group["otherwise"] = draw(st.sampled_from(("drop", "full", "zero", "missing")))
    return group


@st.composite
def grade_trees(draw: DrawFn, points: Fraction) -> list[dict[str, Any]]:
    """Grades that share out everything up to the points, each cut belonging to either side."""
    cuts = sorted(draw(st.sets(decimals(0, max(1, int(points))).filter(lambda cut: 0 < cut < points), max_size=3)))
    closed = [draw(st.booleans()) for _ in cuts]
    lows = [(None, False), *((cut, side) for cut, side in zip(cuts, closed, strict=True))]
    highs = [*((cut, not side) for cut, side in zip(cuts, closed, strict=True)), draw(st.sampled_from(((None, False), (points, True))))]
    labels = ("差", "中", "良", "优")[4 - len(lows) :]
    grades = [
        {"label": label, "range": interval_text(low, high, low_in, high_in)}
        for label, (low, low_in), (high, high_in) in zip(labels, lows, highs, strict=True)
    ]
    return grades[::-1]


@st.composite
def _variants(draw: DrawFn, tops: list[dict[str, Any]], number: int) -> dict[str, Any]:
    which = draw(st.sampled_from(tops))
    new = draw(_leaves(f"v{number}", f"附加{number}"))
    changes: list[dict[str, Any]] = [new]
    if len(tops) > 1 and draw(st.booleans()):
        changes.append({"id": which["id"], "removed": "true"})
    elif "children" not in which and "rows" not in which:
        takes = "number" if "measure" in which else "words"
        changes.append({"id": which["id"], "points": which["points"] * 2, "method": draw(method_trees(takes, which["points"] * 2))})
    when = draw(st.sampled_from((TRUTHS[1], f"{NUMBERS[1]} > 10", f"rows.{tops[-1]['id']} == 0")))
    return {"id": f"case{number}", "when": when, "indicators": changes[:: draw(st.sampled_from((1, -1)))]}


@st.composite
def rule_texts(draw: DrawFn) -> str:
    """The text of a rule file, in either language or in both."""
    return rule_file(draw(rule_trees()), draw(tongues))


def rule_sets() -> SearchStrategy[RuleSet]:
    """Rule sets built from drawn texts; a text that the builder refuses is a fault of one of the two."""
    return rule_texts().map(built)


def built(text: str) -> RuleSet:
    """The rule set of a text; raises Rejected."""
    return build(Source("drawn.yaml", text, text.encode()), None)


# --- texts that may be anything ----------------------------------------------------------------------------------------------------------

_ODD = (
    "",
    "-",
    ":",
    "[",
    "{",
    "}",
    '"',
    "#",
    "\n",
    "  ",
    "0",
    "-1",
    "1e9",
    "99999999999999999999",
    "100%",
    "‰",
    "不适用",
    "是",
    "（",
    "～",
    "余",
    "nan",
    "&a",
    "*a",
    "!!x",
    "|",
)


@st.composite
def edited(draw: DrawFn, texts: Iterable[str], split: Callable[[str], list[str]]) -> str:
    """One of some texts with a few of its words taken out, doubled, moved or replaced."""
    words = split(draw(st.sampled_from(tuple(texts))))
    for _ in range(draw(st.integers(1, 4))):
        at, other = (draw(st.integers(0, len(words) - 1)) for _ in range(2))
        match draw(st.sampled_from(("odd", "out", "twice", "swap", "copy"))):
            case "odd":
                words[at] = draw(st.one_of(st.sampled_from(_ODD), st.text(max_size=4)))
            case "out":
                words[at] = ""
            case "twice":
                words[at] += words[at]
            case "swap":
                words[at], words[other] = words[other], words[at]
            case _:
                words[at] = words[other]
    return "".join(words)
