"""Conditions that leave a case with nothing: the group is then empty, and its points drop out without a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perfscore.linting.checks import Found
from perfscore.linting.domains import Domains
from perfscore.linting.subject import Subject
from perfscore.linting.worlds import World, true_in, worlds
from perfscore.model.formula import Formula
from perfscore.model.page import Page
from perfscore.model.rules import Indicator
from perfscore.text.phrase import Phrase, listed
from perfscore.text.printed import format_number
from perfscore.text.source import Span

SEVERITY = "warning"
SAYS = Phrase("有一种情况没有规则", "a case is left without rules")
PAGE = Page(
    what=Phrase(
        "一组指标各写了适用条件，彼此不相交，像是分情况规定的；但有一种情况哪个条件都不成立，整组就没有指标，分值不声不响地不计了。",
        "The indicators of a group have conditions that exclude each other, like cases; but in one case none of them holds. The group is then empty, "
        "and its points drop out without a word.",
    ),
    why=Phrase(
        "多半是端点漏了：大于 0 一种规定，小于 0 一种规定，正好等于 0 的单位总分少了这几分的分母，得分率就和别人不可比。",
        "Mostly an end was forgotten: one rule above 0 and one below, and whoever is exactly at 0 is scored out of fewer points than all others.",
    ),
    fix=Phrase(
        "把端点归到其中一种（> 0 改 >= 0），或者另写一个指标；本意就是不计的，写成一个条件。",
        "Let one of them take the end (> 0 becomes >= 0), or write another indicator.",
    ),
    wrong="""facts: {人员变动数: {unit: 人}}
indicators:
  - id: staff
    label: 人员变动
    points: 10
    aggregate: best
    children:
      - {id: more, label: 增员, applicable: 人员变动数 > 0, measure: 10 - 人员变动数, method: direct}
      - {id: less, label: 减员, applicable: 人员变动数 < 0, measure: 10, method: direct}
""",
    right="""facts: {人员变动数: {unit: 人}}
indicators:
  - id: staff
    label: 人员变动
    points: 10
    aggregate: best
    children:
      - {id: more, label: 增员, applicable: 人员变动数 > 0, measure: 10 - 人员变动数, method: direct}
      - {id: less, label: 减员, applicable: 人员变动数 <= 0, measure: 10, method: direct}
""",
)
#: Groups of more indicators are no case distinction.
_MOST = 12


class _Way(NamedTuple):
    """One way in which an indicator scores: its case, those before it that fail, and the condition under which it then applies."""

    case: Formula | None
    earlier: tuple[Formula, ...]
    applies: Formula


def check(subject: Subject) -> Iterator[Found]:
    """The first form on which a group has nothing, for every group that is written as cases."""
    domains = Domains(subject.rules)
    for variant in subject.rules.variants:
        yield from _group(variant.indicators, subject.rules.span, subject.rules.title, domains)
    for node in subject.nodes:
        if len(node.children) > 1 and node.counts == "points":
            yield from _group(node.children, node.span, node.label, domains)
        elif node.cases and node.counts == "points":
            yield from _group((node,), node.span, node.label, domains)


def _group(parts: tuple[Indicator, ...], span: Span, label: Phrase, domains: Domains) -> Iterator[Found]:
    ways = _ways(parts)
    conditions = {way.applies.text for way in ways}
    if len(conditions) < 2:
        return
    asked = [formula for way in ways for formula in (way.case, *way.earlier, way.applies) if formula is not None]
    empty: World | None = None
    for world in worlds(asked, domains):
        holding = {way.applies.text for way in ways if _counts(way, world, domains) is not False}
        if len(holding) > 1:
            # They are conditions of their own, and no cases.
            return
        if not holding and (empty is None or _simpler(world, empty)):
            empty = world
    if empty is not None:
        at = _listed(empty, domains)
        says = Phrase(
            f"{label.zh}：{at.zh} 时哪个条件都不成立，这一组没有指标", f"{label.en}: with {at.en} no condition holds, and nothing is scored"
        )
        more = tuple((Phrase("条件在这里", "a condition is here"), place) for place in dict.fromkeys(way.applies.span for way in ways))
        yield Found(span, says, Phrase("把这种情况归到其中一个条件", "let one of the conditions take it"), more)


def _ways(parts: tuple[Indicator, ...]) -> list[_Way]:
    """Every way in which something of a group scores; none if something of it always does."""
    leaves = [node for part in parts for node in part.walk() if not node.children]
    if len(leaves) > _MOST:
        return []
    ways: list[_Way] = []
    for leaf in leaves:
        earlier: tuple[Formula, ...] = ()
        for when, rule in [*((case.when, case.rule) for case in leaf.cases), (None, leaf)]:
            if rule.applicable is None or rule.otherwise != "drop" or rule.counts != "points":
                return []
            ways.append(_Way(when, earlier, rule.applicable))
            earlier = earlier if when is None else (*earlier, when)
    return ways


def _counts(way: _Way, world: World, domains: Domains) -> bool | None:
    asked = [(one, False) for one in way.earlier] + [(one, True) for one in (way.case, way.applies) if one is not None]
    found = [true_in(formula, world, domains) for formula, _ in asked]
    if any(held is not None and held is not wanted for held, (_, wanted) in zip(found, asked, strict=True)):
        return False
    return None if None in found else True


def _simpler(one: World, other: World) -> bool:
    return sum(map(abs, one.values())) < sum(map(abs, other.values()))


def _listed(world: World, domains: Domains) -> Phrase:
    return listed([f"{name} = {_shown(name, world, domains)}" for name in world])


def _shown(name: str, world: World, domains: Domains) -> str:
    fact = domains.facts.get(name)
    if fact is not None and fact.choices:
        return next(word for word, number in fact.choices if number == world[name])
    if fact is not None and fact.kind == "truth":
        return "是" if world[name] else "否"
    return format_number(world[name])
