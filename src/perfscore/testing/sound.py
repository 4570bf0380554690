"""Rule files as a careful author writes them, drawn at random: valid, and with nothing in them that a reviewer would stop at."""

from __future__ import annotations

from fractions import Fraction
from itertools import count, pairwise
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from perfscore.model.rules import RuleSet
from perfscore.testing.spelling import rule_file
from perfscore.testing.strategies import built, tongues
from perfscore.text.numbers import format_number

_TOPS = ("投入", "过程", "产出", "效益")
#: Pairs of facts whose quotient is a rate, and their unit.
_RATES = (
    ("在职人数", "编制数", "人"), ("公开项目数", "应公开项目数", "个"), ("按期完成数", "计划数", "项"), ("合格数", "抽检数", "件"), ("整改数", "问题数", "个"),
    ("结转结余", "可用资金", "万元"), ("到位资金", "计划资金", "万元"), ("采购金额", "采购预算", "万元"), ("公用支出", "公用预算", "元"), ("已建成面积", "批准面积", "平方米"),
)  # fmt: skip
_LEVELS = (("优", "良", "中", "差"), ("好", "较好", "一般", "较差"), ("达成", "部分达成", "未达成"))
_ITEMS = ("有制度", "制度合规", "执行有效", "已公开", "有台账")
_GRADES = (("优", "良", "中", "差"), ("优秀", "良好", "合格", "不合格"), ("A", "B", "C", "D"))


class _Draft(NamedTuple):
    """A rule file in the making: the facts that its indicators read."""

    facts: dict[str, Any]
    rates: list[tuple[str, str, str]]
    numbers: count[int]


def _per_cent(number: Fraction) -> str:
    return f"{format_number(number * 100)}%"


@st.composite
def _falling(draw: DrawFn, size: int) -> list[Fraction]:
    """Shares of the points from all of them down to none, each no more than half of them below the one before, unless there are just two."""
    if size == 2:
        return [Fraction(1), Fraction(0)]
    # Steps of tenths that make up the whole; two of a half leave nothing for a third, and one may not be left out.
    steps = draw(st.lists(st.integers(1, 5), min_size=size - 1, max_size=size - 1).filter(lambda steps: max(steps) * 2 <= sum(steps)))
    shares = [Fraction(1)]
    for step in steps:
        shares.append(shares[-1] - Fraction(step, sum(steps)))
    return [Fraction(round(share * 20), 20) for share in shares] if _uneven(steps) else shares


def _uneven(steps: list[int]) -> bool:
    """Whether some share of the steps has no finite decimal form."""
    return any((Fraction(step, sum(steps)) * 100).denominator != 1 for step in steps)


@st.composite
def _bands(draw: DrawFn, *, higher: bool, low: str) -> list[str]:
    """Bands of a share from the best down, that meet, and leave out nothing from `low` on."""
    cuts = sorted(draw(st.sets(st.integers(5, 30), min_size=1, max_size=4)))
    ends = [f"{cut * 5}%" for cut in cuts]
    # What is better holds its end: 90% 以上 when more is better, 10% 以内 when less is.
    if higher:
        spans = [f"{low},{ends[0]})", *(f"[{a},{b})" for a, b in pairwise(ends)), f"[{ends[-1]},+)"][::-1]
    else:
        spans = [f"{low},{ends[0]}]", *(f"({a},{b}]" for a, b in pairwise(ends)), f"({ends[-1]},+)"]
    return [f"{span}: {_per_cent(share)}" for span, share in zip(spans, draw(_falling(len(spans))), strict=True)]


@st.composite
def _rate(draw: DrawFn, draft: _Draft) -> dict[str, Any]:
    """A rate of two facts, or how far it is from one, or the execution rate of the budget."""
    if not draft.rates:
        return {
            "measure": "执行率 = 全年执行数 / 全年预算数",
            "direction": "higher",
            "method": draw(st.sampled_from(("ratio", {"ratio": {"gate": "60%"}}))),
        }
    one, other, unit = draft.rates.pop()
    draft.facts.update({one: {"unit": unit}, other: {"unit": unit}})
    guard: dict[str, Any] = {"applicable": f"{other} > 0", "otherwise": "full"}
    higher = draw(st.booleans())
    direction = {"direction": "higher" if higher else "lower"}
    match draw(st.sampled_from(("bands", "change", "deduction", "anchors", "ratio"))):
        case "bands":
            return {"measure": f"{one} / {other}", **guard, **direction, "method": {"bands": draw(_bands(higher=higher, low="[0"))}}
        case "change":
            change = f"变动率 = ({one} - {other}) / {other}"
            return {"measure": change, **guard, **direction, "method": {"bands": draw(_bands(higher=higher, low="(-"))}}
        case "deduction":
            step = {"every": draw(st.sampled_from(("1%", "2%", "5%"))), "lose": _per_cent(Fraction(1, draw(st.sampled_from((2, 4, 5, 10)))))}
            how = draw(st.sampled_from(({}, {"steps": "up"}, {"steps": "proportional"})))
            full = draw(st.sampled_from(("≥ 100%", "≥ 90%") if higher else ("≤ 100%", "≤ 110%")))
            return {"measure": f"{one} / {other}", **guard, **direction, "method": {"deduction": {"full": full, **step, **how}}}
        case "anchors":
            cuts = sorted(draw(st.sets(st.integers(1, 20), min_size=1, max_size=3)))
            shares = draw(_falling(len(cuts) + 1))
            ends = [f"{cut * 5}%" for cut in (0, *cuts)]
            rows = zip(ends, shares[::-1] if higher else shares, strict=True)
            return {"measure": f"{one} / {other}", **guard, **direction, "method": {"anchors": [f"{end}: {_per_cent(share)}" for end, share in rows]}}
        case _:
            return {"measure": f"{one} / {other}", **guard, "direction": "higher", "method": draw(st.sampled_from(("ratio", {"ratio": {"cap": 1}})))}


@st.composite
def _leaf(draw: DrawFn, draft: _Draft) -> dict[str, Any]:
    """An indicator that the rule file fixes."""
    number = next(draft.numbers)
    label: Any = f"指标{number}"
    tree: dict[str, Any] = {"id": f"leaf{number}", "label": draw(st.sampled_from((label, {"zh": label, "en": f"indicator {number}"})))}
    match draw(st.sampled_from(("rate", "rate", "levels", "items", "truth"))):
        case "levels":
            words = draw(st.sampled_from(_LEVELS))
            shares = map(_per_cent, draw(_falling(len(words))))
            return {**tree, "method": {"levels": dict(zip(words, shares, strict=True))}}
        case "items":
            cuts = [0, *sorted(draw(st.sets(st.integers(1, 19), min_size=1, max_size=4))), 20]
            parts = [_per_cent(Fraction(high - low, 20)) for low, high in pairwise(cuts)]
            return {**tree, "method": {"checklist": dict(zip(_ITEMS, parts, strict=False))}}
        case "truth":
            draft.facts[f"已办结{number}"] = {"kind": "truth"}
            return {**tree, "measure": f"已办结{number}", "method": "yes-no"}
        case _:
            return {**tree, **draw(_rate(draft))}


@st.composite
def _shared(draw: DrawFn, points: Fraction, size: int) -> list[tuple[Fraction, Any]]:
    """Points shared out in tenths, as points or as a share."""
    cuts = [0, *sorted(draw(st.sets(st.integers(1, 9), min_size=size - 1, max_size=size - 1))), 10]
    parts = [Fraction(high - low, 10) for low, high in pairwise(cuts)]
    return [(points * part, draw(st.sampled_from((points * part, _per_cent(part))))) for part in parts]


@st.composite
def _top(draw: DrawFn, draft: _Draft, label: str, points: Fraction, written: Any) -> dict[str, Any]:
    kind = draw(st.sampled_from(("leaf", "open", "group")))
    number = next(draft.numbers)
    tree: dict[str, Any] = {"id": f"top{number}", "label": label, "points": written}
    if kind == "open":
        return {**tree, "rows": "from-form", "method": "by-kind"}
    if kind == "leaf":
        return {**draw(_leaf(draft)), "label": label, "points": written}
    shares = draw(_shared(points, draw(st.integers(1, 3))))
    return {**tree, "children": [{**draw(_leaf(draft)), "points": share} for _, share in shares]}


@st.composite
def sound_rule_trees(draw: DrawFn) -> dict[str, Any]:
    """A whole rule file before it is spelled."""
    draft = _Draft({}, draw(st.permutations(_RATES)), count(1))
    total = Fraction(draw(st.sampled_from((100, 100, 110, 60, 20))))
    shares = draw(_shared(total, draw(st.integers(1, len(_TOPS)))))
    tops = [draw(_top(draft, label, points, written)) for label, (points, written) in zip(_TOPS, shares, strict=False)]
    tree: dict[str, Any] = {"ruleset": "test/sound", "version": "1", "basis": [{"document": "某办法", "verified": "true"}], "points": total}
    if draw(st.booleans()):
        tree["rounding"] = draw(
            st.sampled_from(
                ([{"at": "leaf", "places": 2}], [{"at": "leaf", "places": 1}], [{"at": "leaf", "places": 2}, {"at": "total", "places": 2}])
            )
        )
    if draw(st.booleans()):
        tree["grades"] = draw(_grades(total))
    if draw(st.booleans()):
        tree |= draw(_region(draft, tops))
    if draw(st.booleans()):
        draft.facts["存在造假"] = {"kind": "truth"}
        tree["gates"] = [{"id": "fraud", "label": "弄虚作假", "when": "存在造假", "effect": {"veto": tops[0]["id"]}}]
    return {**tree, **({"facts": draft.facts} if draft.facts else {}), "indicators": tops}


@st.composite
def _region(draw: DrawFn, draft: _Draft, tops: list[dict[str, Any]]) -> dict[str, Any]:
    """Another rule for a region, for one of the indicators of the top level."""
    leaves = [top for top in tops if "rows" not in top and "children" not in top]
    if not leaves:
        return {}
    draft.facts["地区"] = {"choices": ["东部", "西部"]}
    change = {"measure": "全年执行数 / 全年预算数", "direction": "higher", "applicable": "全年预算数 > 0", "method": {"ratio": {"gate": "50%"}}}
    return {"variants": [{"id": "west", "label": "西部", "when": "地区.西部", "indicators": [{"id": draw(st.sampled_from(leaves))["id"], **change}]}]}


@st.composite
def _grades(draw: DrawFn, total: Fraction) -> list[dict[str, Any]]:
    labels = draw(st.sampled_from(_GRADES))
    ends = [format_number(total * share / 100) for share in (90, 80, 60)]
    top = draw(st.sampled_from((f"[{ends[0]},{format_number(total)}]", f"≥{ends[0]}")))
    spans = (top, f"[{ends[1]},{ends[0]})", f"[{ends[2]},{ends[1]})", f"[0,{ends[2]})")
    return [{"label": label, "range": span} for label, span in zip(labels, spans, strict=True)]


@st.composite
def sound_rule_texts(draw: DrawFn) -> str:
    """The text of such a rule file, in either language or in both."""
    return rule_file(draw(sound_rule_trees()), draw(tongues))


def sound_rule_sets() -> SearchStrategy[RuleSet]:
    """Rule sets that nobody has to be warned of."""
    return sound_rule_texts().map(built)
