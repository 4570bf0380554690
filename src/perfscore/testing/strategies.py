"""Strategies that draw rule files, and for a rule set the forms that it scores; both shrink towards the plainest file there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

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

_CHOICE_NUMBERS = {"甲等": Fraction(4), "乙等": Fraction(3), "丙等": Fraction(5, 2)}
#: Facts of the other kinds, declared where something reads them: words, lists, days, items, numbers computed from others.
FACTS: dict[str, dict[str, Any]] = {
    "地区": {"choices": ["东部", "中部", "西部"]},
    "等次": {"choices": _CHOICE_NUMBERS},
    "评分": {"kind": "list"},
    "满意度调查": {"kind": "list", "parts": ["满意", "一般", "不满意"]},
    "批复日": {"kind": "date"},
    "完成日": {"kind": "date"},
    "管理制度": {"kind": "items"},
    "人均": {"formula": "三公经费.本年决算 / 在职人数"},
    "折合": {"formula": "人均 * 2 + 编制数"},
}
#: What the form may say of a fact by default, in the words of its kind.
_DEFAULTS = {
    "number": ("0", "36", "2.5"),
    "truth": ("否", "是"),
    "地区": ("西部",),
    "等次": ("乙等",),
    "评分": ("90",),
    "批复日": ("2024-03-01",),
    "管理制度": ("无",),
}
#: Numbers that only all forms together give; a form that is scored alone states them.
COHORT: dict[str, Any] = {
    "位次": {"rank": {"of": NUMBERS[0], "first": "lowest"}},
    "名次": {"rank": {"of": NUMBERS[1], "first": "highest"}},
    "最多": {"max": NUMBERS[0]},
    "最少": {"min": NUMBERS[1]},
    "均价": {"mean": {"of": f"{NUMBERS[0]} + {NUMBERS[1]}", "within": "30%"}},
    "总量": {"sum": NUMBERS[0]},
    "家数": {"count": NUMBERS[1]},
}
#: Measures over facts of every kind.
_MEASURES = (
    "mean(评分) / 100", "sum(评分) - max(评分)", "(sum(评分) - min(评分)) / count(评分)", "geomean(评分, 2) / 100", "满意度调查.满意 / sum(满意度调查)",
    "合格率 = (满意度调查.满意 + 满意度调查.一般) / sum(满意度调查)", "days(批复日, 完成日) / 10", "地区 / 3", "等次 / 4", "1 if 地区.东部 else 0.6",
    "人均", "人均 / 折合", "折合 / 编制数", "位次 / 家数", "编制数 / 最多", "最少 / 均价", "总量", "ln(编制数 + 1, 4)", "rows.i1 / 2",
)  # fmt: skip
#: Conditions over facts of every kind.
CONDITIONS = (
    f"not {TRUTHS[0]}", f"{NUMBERS[0]} > 0", "地区.东部", "not 地区.西部 and 等次.甲等", "等次 >= 3", "days(批复日, 完成日) > 0", "count(评分) > 1",
    "满意度调查.不满意 == 0", "人均 > 1", "rows.i1 == 0", "位次 <= 2", TRUTHS[1],
)  # fmt: skip
_ADDING = ("sum", "redistribute")
_WHOLE = ("mean", "best", "worst", "geometric-mean", "weakest-link")
_OTHERWISE = ("drop", "full", "zero", "missing", "refused")
_DIRECTIONS = ("higher", "lower", "equal", "range")


class _Place(NamedTuple):
    """Where an indicator is drawn: the points that it is given (None: its own), what it writes of them, and where they count."""

    points: Fraction | None = None
    written: Any = None
    counts: str = "points"
    #: Everything is only added up: no other aggregate, no limit, nothing beyond the points.
    plain: bool = False


class _Node(NamedTuple):
    """An indicator as drawn, and its points: those that the rule file fixes, however it says them."""

    tree: dict[str, Any]
    points: Fraction | None


@st.composite
def rule_trees(draw: DrawFn, plain: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - hypothesis strategies take plain options
    """
    A whole rule file before it is spelled: facts, rounding, grades, a tree of fixed and open indicators, variants, gates.

    A `plain` one only adds up: it has no other aggregate, no limit of a score, no bonus or malus, and no gate.
    """
    names = [(f"i{number}", name) for number, name in enumerate(_TOPS[: draw(st.integers(1, 3))], 1)]
    nodes, top = draw(_parts(names, _Place(plain=plain), 0))
    trees = [node.tree for node in nodes]
    tree: dict[str, Any] = {"ruleset": "test/drawn", "version": "1", **top, "indicators": trees}
    if draw(st.booleans()):
        places = st.integers(0, 3)
        tree["rounding"] = [{"at": at, "places": draw(places)} for at in sorted(draw(st.sets(st.sampled_from(("rate", "leaf", "group", "total")))))]
    counting = [node.points for node in nodes if node.tree.get("counts", "points") == "points"]
    if draw(st.integers(0, 3)):
        tree["grades"] = draw(grade_trees(sum(filter(None, counting), ZERO)))
    for name, words in (("zero_target", ("standard", "missing")), ("negative_actual", ("missing", "zero"))):
        if draw(st.booleans()):
            tree[name] = draw(st.sampled_from(words))
    if draw(st.booleans()):
        tree["variants"] = [draw(_variants(trees, number, "points" in tree)) for number in range(1, 1 + draw(st.integers(1, 2)))]
    if not plain and draw(st.booleans()):
        tree["gates"] = draw(_gates(tree))
    if draw(st.integers(0, 3)) == 3:
        tree |= draw(_papers(trees))
    return tree | draw(_declarations(tree))


@st.composite
def _parts(draw: DrawFn, names: list[tuple[str, str]], above: _Place, depth: int) -> tuple[list[_Node], dict[str, Any]]:
    """The parts of a group, or of the whole form at depth 0, and what the group says of their points and of how they add up."""
    said: dict[str, Any] = {}
    own = draw(_counts(names, above))
    # Bonus and malus are only added up.
    aggregate = draw(st.sampled_from((None, None, None, *_ADDING, *_WHOLE))) if above.counts == "points" and not above.plain else None
    if aggregate is not None:
        said["aggregate"] = aggregate
    points = above.points
    if aggregate in _WHOLE:
        if points is None and draw(st.integers(0, 3)):
            points = said["points"] = draw(points_given)
        places = [_Place(points, draw(st.sampled_from((None, points))), counts) for counts in own]
    elif points is not None or draw(st.integers(0, 2)) == 2:
        if points is None:
            points = said["points"] = draw(points_given)
        places = draw(_shares(points, own))
    else:
        places = [_Place(counts=counts) for counts in own]
    # What stands beyond the points of its group has points of its own.
    places = [(place if place.counts == above.counts else _Place(counts=place.counts))._replace(plain=above.plain) for place in places]
    nodes = [draw(_indicators(id_, label, place, above, depth)) for (id_, label), place in zip(names, places, strict=True)]
    known = [node.points for node, place in zip(nodes, places, strict=True) if place.counts == above.counts]
    if points is None and aggregate not in _WHOLE and None not in known and draw(st.booleans()):
        said["points"] = sum(filter(None, known), ZERO)
    return nodes, said


@st.composite
def _counts(draw: DrawFn, names: list[tuple[str, str]], above: _Place) -> list[str]:
    """Where each part counts; the first as the group does, so that the group has points at all."""
    other = st.sampled_from((above.counts,) * 4 + (("bonus", "malus") if above.counts == "points" and not above.plain else ()))
    return [above.counts, *(draw(other) for _ in names[1:])]


@st.composite
def _shares(draw: DrawFn, points: Fraction, own: list[str]) -> list[_Place]:
    """The points of a group shared out in whole per cent, which the parts write as such or in points."""
    inside = [counts for counts in own if counts == own[0]]
    cuts = [0, *sorted(draw(st.sets(st.integers(1, 99), min_size=len(inside) - 1, max_size=len(inside) - 1))), 100]
    shares = iter(high - low for low, high in pairwise(cuts))
    places = []
    for counts in own:
        share = next(shares) if counts == own[0] else 10
        places.append(_Place(points * share / 100, draw(st.sampled_from((f"{share}%", points * share / 100))), counts))
    return places


@st.composite
def _indicators(draw: DrawFn, id_: str, label: str, place: _Place, above: _Place, depth: int) -> _Node:
    """A leaf, an open group or a group; rows find open groups on the first two levels only."""
    kind = draw(st.sampled_from((("leaf", "open", "group", "group"), ("leaf", "leaf", "open", "group"), ("leaf",))[depth]))
    tree: dict[str, Any] = {"id": id_, "label": label}
    if kind == "leaf":
        tree["label"] = draw(st.sampled_from((tree["label"], {"zh": tree["label"], "en": id_})))
    if place.written is not None:
        tree["points"] = place.written
    if place.counts != above.counts or draw(st.integers(0, 9)) == 9:
        tree["counts"] = place.counts
    points = place.points
    match kind:
        case "leaf":
            if points is None:
                points = tree["points"] = draw(points_given)
            tree |= draw(_leaves(points, place.counts))
        case "open":
            if points is None and draw(st.booleans()):
                points = tree["points"] = draw(points_given)
            tree |= draw(_open(place.counts, place.plain))
        case _:
            words = (_SECONDS if not depth else _WORDS)[: draw(st.integers(1, 2))]
            # A formula reads no name whose part begins with a digit.
            names = [(f"{id_}.{letter}", f"{label}{word}") for letter, word in zip("abcd", words, strict=False)]
            nodes, said = draw(_parts(names, place, depth + 1))
            known = [node.points for node in nodes if node.tree.get("counts", place.counts) == place.counts]
            combined = None if None in known else (max if said.get("aggregate") in _WHOLE else sum)(filter(None, known))
            points = points or said.get("points") or (None if combined is None else Fraction(combined))
            tree |= {**said, "children": [node.tree for node in nodes]}
            if place.counts != "points" and "points" not in tree and points is not None and draw(st.booleans()):
                # The most that all of it adds or takes away.
                points = tree["points"] = draw(points_given)
    if not place.plain and draw(st.integers(0, 4)) == 4:
        # Per cent takes points that the rule file gives.
        tree |= draw(_limits(points if place.points is not None or "points" in tree else None))
    return _Node(tree, points)


@st.composite
def _limits(draw: DrawFn, points: Fraction | None) -> dict[str, Any]:
    """Limits of a score, the lower one below the upper one."""
    least, most = sorted(draw(st.tuples(st.integers(-20, 120), st.integers(0, 120))))
    written = {"least": Fraction(least, 100) * (points or 10), "most": Fraction(most, 100) * (points or 10)}
    if points is not None and draw(st.booleans()):
        written = {"least": f"{least}%", "most": f"{most}%"}  # type: ignore[dict-item]
    return {name: written[name] for name in draw(st.sampled_from((("least",), ("most",), ("most",), ("least", "most"))))}


def _most(tree: Mapping[str, Any]) -> Fraction:
    found: Fraction = tree.get("points") or sum((_most(child) for child in tree.get("children", ())), ZERO)
    return found


@st.composite
def _leaves(draw: DrawFn, points: Fraction, counts: str) -> dict[str, Any]:
    """What a fixed indicator says behind its points."""
    takes = draw(st.sampled_from(("number", "number", "number", "words", "items")))
    leaf: dict[str, Any] = draw(_measured(takes, points, counts))
    if takes == "items" and draw(st.booleans()):
        leaf["measure"] = "管理制度"
    if draw(st.booleans()):
        leaf |= draw(_applies(counts))
    if draw(st.integers(0, 3)) == 3:
        leaf["variants"] = [draw(_cases(takes, points, counts)) for _ in range(draw(st.integers(1, 2)))]
    if draw(st.integers(0, 5)) == 5:
        leaf |= {
            "note": {"zh": "看执行情况", "en": "how it was done"},
            "basis": ["某通知", {"document": "某办法", "clause": "第三条", "verified": "true", "note": "摘要"}],
        }
    return leaf


@st.composite
def _measured(draw: DrawFn, takes: str, points: Fraction, counts: str) -> dict[str, Any]:
    # A malus by demerits would take everything where nothing occurred.
    method = draw(method_trees(takes, points).filter(lambda method: counts != "malus" or "demerits" not in method))
    if takes != "number":
        return {"method": method}
    # Only yes-no has a use for a condition.
    formula = draw(st.sampled_from(CONDITIONS)) if method == "yes-no" and draw(st.booleans()) else draw(_formulas())
    return {"method": method, "measure": formula}


@st.composite
def _applies(draw: DrawFn, counts: str) -> dict[str, Any]:
    words = [word for word in _OTHERWISE if word != "full" or counts == "points"]
    return {"applicable": draw(_conditions()), **({"otherwise": draw(st.sampled_from(words))} if draw(st.booleans()) else {})}


@st.composite
def _cases(draw: DrawFn, takes: str, points: Fraction, counts: str) -> dict[str, Any]:
    """A variant of a fixed indicator: the condition, and some of its keys otherwise."""
    case: dict[str, Any] = {"when": draw(_conditions())}
    case |= (
        draw(_measured(takes, points, counts))
        if draw(st.booleans())
        else {"note": "另行规定", "label": {"zh": "另一种", "en": "another"}}
        if takes == "number"
        else {}
    )
    return case | (draw(_applies(counts)) if draw(st.integers(0, 2)) == 2 else {})


def _conditions() -> SearchStrategy[str]:
    return st.one_of(st.sampled_from(CONDITIONS), conditions(NUMBERS[:2], TRUTHS).map(spelled))


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
    return draw(st.one_of(st.sampled_from(usual), st.sampled_from(_MEASURES), expressions((one, other)).map(spelled)))


@st.composite
def _open(draw: DrawFn, counts: str, plain: bool) -> dict[str, Any]:  # noqa: FBT001
    """What an open group says behind its points."""
    # Amounts in points may not fit the points of a row.
    methods = method_trees("by-kind", draw(st.sampled_from((None, None, Fraction(5)))))
    group: dict[str, Any] = {"rows": "from-form", "method": draw(methods)}
    if draw(st.booleans()):
        group["direction"] = draw(st.sampled_from(_DIRECTIONS))
    if counts == "points" and not plain and draw(st.booleans()):
        group["aggregate"] = draw(st.sampled_from((*_ADDING, *_WHOLE)))
    if draw(st.sampled_from((False, False, True))):
        group["measure"] = draw(st.sampled_from(_ROW_MEASURES))
    if draw(st.booleans()):
        group["otherwise"] = draw(st.sampled_from([word for word in _OTHERWISE if word != "full" or counts == "points"]))
    if draw(st.integers(0, 2)) == 2:
        group["variants"] = [draw(_row_cases()) for _ in range(draw(st.integers(1, 2)))]
    return group


_ROW_MEASURES = ("实际", "完成率", "actual / target", "min(1, achievement)", "(实际 - 目标) / 目标", "achievement * 地区")
_ROW_CONDITIONS = (
    "lower",
    "反向",
    "higher and 目标 > 10",
    "区间 or equal",
    "完成率 >= 1",
    "actual > target",
    "正向 and 地区.东部",
    TRUTHS[1],
    f"{NUMBERS[0]} > 3",
)


@st.composite
def _row_cases(draw: DrawFn) -> dict[str, Any]:
    """A variant of an open group: other rules for the rows of which the condition holds."""
    case: dict[str, Any] = {"when": draw(st.sampled_from(_ROW_CONDITIONS))}
    changed = draw(st.sets(st.sampled_from(("method", "measure", "direction")), min_size=1, max_size=2))
    if "method" in changed:
        case["method"] = draw(method_trees("by-kind"))
    if "measure" in changed:
        case["measure"] = draw(st.sampled_from(_ROW_MEASURES))
    if "direction" in changed:
        case["direction"] = draw(st.sampled_from(_DIRECTIONS))
    return case


@st.composite
def grade_trees(draw: DrawFn, points: Fraction) -> list[dict[str, Any]]:
    """Grades that share out everything up to the points, each cut belonging to either side; sometimes with one that only a gate gives."""
    cuts = sorted(draw(st.sets(decimals(0, max(1, int(points))).filter(lambda cut: 0 < cut < points), max_size=3)))
    closed = [draw(st.booleans()) for _ in cuts]
    lows = [(None, False), *((cut, side) for cut, side in zip(cuts, closed, strict=True))]
    highs = [*((cut, not side) for cut, side in zip(cuts, closed, strict=True)), draw(st.sampled_from(((None, False), (points, True))))]
    labels = ("差", "中", "良", "优")[4 - len(lows) :]
    grades: list[dict[str, Any]] = [
        {"label": label, "range": interval_text(low, high, low_in, high_in)}
        for label, (low, low_in), (high, high_in) in zip(labels, lows, highs, strict=True)
    ]
    if draw(st.integers(0, 3)) == 3:
        grades[-1] |= {"action": {"zh": "优先保障", "en": "funded first"}, "quota": "30%"}
        grades.insert(0, {"label": {"zh": "未评", "en": "not rated"}})
    return grades[::-1]


@st.composite
def _variants(draw: DrawFn, tops: list[dict[str, Any]], number: int, fixed: bool) -> dict[str, Any]:  # noqa: FBT001
    """Another tree under a condition; where the rule set says its points (`fixed`), one of the same points."""
    which = draw(st.sampled_from(tops))
    changes: list[dict[str, Any]] = []
    if not fixed:
        points = draw(points_given)
        changes.append({"id": f"v{number}", "label": f"附加{number}", "points": points, **draw(_leaves(points, "points"))})
    if not fixed and len(tops) > 1 and draw(st.booleans()):
        changes.append({"id": which["id"], "removed": "true"})
    elif "children" not in which and "rows" not in which and isinstance(which.get("points"), Fraction):
        takes = "number" if "measure" in which and which["measure"] != "管理制度" else "items" if _lists_items(which["method"]) else "words"
        points = which["points"] * (1 if fixed else 2)
        measured = draw(_measured(takes, points, which.get("counts", "points")))
        changes.append({"id": which["id"], "points": points, **measured, "least": "0", "most": "100%", "variants": []})
    when = draw(st.sampled_from((TRUTHS[1], f"{NUMBERS[1]} > 10", f"rows.{tops[-1]['id']} == 0", "地区.中部")))
    changes = changes or [{"id": which["id"], "note": "另一种情形", "removed": "false"}]
    return {"id": f"case{number}", "label": f"情形{number}", "when": when, "indicators": changes[:: draw(st.sampled_from((1, -1)))]}


def _lists_items(method: Any) -> bool:
    return isinstance(method, dict) and not {"checklist", "demerits"}.isdisjoint(method)


# What is said of the whole.


@st.composite
def _gates(draw: DrawFn, tree: dict[str, Any]) -> list[dict[str, Any]]:
    """Gates of every effect, whose conditions read facts, scores, the total, or each leaf."""
    ids = [node["id"] for top in tree["indicators"] for node in _all(top)]
    labels = [grade["label"] if isinstance(grade["label"], str) else grade["label"]["en"] for grade in tree.get("grades", ())]
    return [draw(_gate(f"g{number}", ids, labels)) for number in range(1, 1 + draw(st.integers(1, 3)))]


def _all(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield tree
    for child in tree.get("children", ()):
        yield from _all(child)


@st.composite
def _gate(draw: DrawFn, id_: str, ids: list[str], labels: list[str]) -> dict[str, Any]:
    effects = ["veto", "deduct", "requires", "warn", *(("grade-cap", "downgrade", "grade") if labels else ())]
    effect, target = draw(st.sampled_from(effects)), draw(st.sampled_from(ids))
    each = effect in ("veto", "deduct", "warn") and draw(st.booleans())
    gate: dict[str, Any] = {"id": id_, "when": draw(st.one_of(st.sampled_from(CONDITIONS), _of_scores(draw(st.sampled_from(ids)))))}
    if each:
        gate |= {"each": target, "when": draw(st.one_of(st.sampled_from(_OF_EACH), st.sampled_from(_BRIEF)))}
    if draw(st.booleans()):
        gate["label"] = {"zh": "关口", "en": "a gate"}
    if draw(st.integers(0, 3)) == 3:
        gate["basis"] = ["某通知"]
    amounts = (
        "2",
        "0.005",
        "min(3, 0.5 * days(批复日, 完成日))",
        "人均",
        f"score.{target} / 3",
        "total * 0.1",
        *(("score / 2", "分值 - 得分") if each else ()),
    )
    behind = {"veto": st.just(target), "deduct": st.sampled_from(amounts), "downgrade": st.integers(0, 2)}
    text = st.sampled_from(("应先完成自评", "应说明原因"))
    gate["effect"] = {effect: draw(st.sampled_from(labels) if effect in ("grade-cap", "grade") else behind.get(effect, text))}
    return gate


_OF_EACH = (
    "score < points and not noted",
    "得分 < 分值 * 0.6",
    "achievement >= 1.3 and not 有说明",
    "完成率 < 0.9",
    "noted",
    "score > 0 and total > 10",
)


#: What is asked of every leaf of a form reads no list: two thousand rows times two thousand numbers would keep people waiting.
_BRIEF = tuple(one for one in CONDITIONS if "评分" not in one and "满意度" not in one)


def _of_scores(id_: str) -> SearchStrategy[str]:
    return st.sampled_from(
        (f"score.{id_} < 5", f"得分.{id_} == 0", "total < 60", "总得分 >= 20", f"{TRUTHS[0]} and total > 0", f"{TRUTHS[1]} or score.{id_} < 3")
    )


@st.composite
def _papers(draw: DrawFn, tops: list[dict[str, Any]]) -> dict[str, Any]:
    """What does not touch a score: title, basis, days in force, constraints that hold, examples."""
    ids = [node["id"] for top in tops for node in _all(top)]
    named = draw(st.sampled_from(ids))
    return {
        "title": draw(st.sampled_from(("某办法", {"zh": "某办法", "en": "some rules"}))),
        "basis": [{"document": "某办法", "verified": draw(st.sampled_from(("true", "false")))}],
        "template": "false",
        "valid_from": "2024-01-01",
        "valid_until": "2030-12-31",
        "$schema": "rules.schema.json",
        "constraints": [f"points.{named} >= 0", f"points.total + points.{named} <= 10000"],
        "examples": [{"label": "空表", "given": {NUMBERS[0]: "1"}, "rows": [], "year": "2024", "expect": {named: "missing"}}],
    }


@st.composite
def _declarations(draw: DrawFn, tree: dict[str, Any]) -> dict[str, Any]:
    """The facts and the cohort numbers that the rest of a rule file reads."""
    text = str(tree)
    found: dict[str, Any] = {name: {"unit": unit} if (unit := draw(st.sampled_from(_UNITS))) else name for name in NUMBERS}
    found |= {name: {"kind": "truth"} for name in TRUTHS}
    read = [name for name in FACTS if name in text or (name == "人均" and "折合" in text)]
    found |= {name: dict(FACTS[name]) for name in read}
    for name in draw(st.sets(st.sampled_from([name for name in found if _default_of(name, found)]), max_size=2)):
        fact = found[name] if isinstance(found[name], dict) else {"label": found[name]}
        found[name] = {**fact, "default": draw(st.sampled_from(_default_of(name, found)))}
    if draw(st.booleans()):
        name = draw(st.sampled_from(NUMBERS))
        fact = found[name] if isinstance(found[name], dict) else {}
        found[name] = {**fact, "label": {"zh": name, "en": "a number"}, "kind": "number", "combine": draw(st.sampled_from(("sum", "mean")))}
    others = draw(st.sampled_from((None, None, None, *COHORT)))
    together = {name: given for name, given in COHORT.items() if name in text or name == others}
    return {"facts": found, **({"cohort": together} if together else {})}


def _default_of(name: str, found: Mapping[str, Any]) -> tuple[str, ...]:
    if name in _DEFAULTS or name in FACTS:
        return _DEFAULTS.get(name, ())
    return _DEFAULTS["truth" if name in TRUTHS else "number"] if name in found else ()


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
