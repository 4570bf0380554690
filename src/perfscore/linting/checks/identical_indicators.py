"""Two indicators that measure the same, in the same way, for the same points: a copy that somebody forgot to change."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.subject import Subject
from perfscore.model.curve import Curve
from perfscore.model.page import Page
from perfscore.model.plan import Tree
from perfscore.model.rules import Indicator
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("两个指标除编号外完全一样", "two indicators that differ in nothing but their ids")
PAGE = Page(
    what=Phrase(
        "同一套指标里有两个指标，测算公式、评分方法和分值都一样，只有编号（和名称）不同。",
        "Two indicators of one tree have the same measure, the same method and the same points; only their ids (and labels) differ.",
    ),
    why=Phrase(
        "多半是复制一行以后忘了改公式：同一件事记了两次分，另一件事没有考核。",
        "Most often a row was copied and its formula never changed: one thing is scored twice, and another not at all.",
    ),
    fix=Phrase(
        "对照制度改后一个的测算；制度确实要求重复计分的，写明允许的理由。",
        "Mend the measure of the second by the standard; where the standard really counts it twice, allow it with that reason.",
    ),
    wrong="""facts: {编制数: {unit: 人}, 在职人数: {unit: 人}, 车辆编制数: {unit: 辆}, 实有车辆数: {unit: 辆}}
points: 10
indicators:
  - {id: staff, label: 在职人员控制率, points: 5, direction: lower, measure: 在职人数 / 编制数, method: {bands: ["≤100%: 5", ">100%: 0"]}}
  - {id: cars, label: 公务用车控制率, points: 5, direction: lower, measure: 在职人数 / 编制数, method: {bands: ["≤100%: 5", ">100%: 0"]}}
""",
    right="""facts: {编制数: {unit: 人}, 在职人数: {unit: 人}, 车辆编制数: {unit: 辆}, 实有车辆数: {unit: 辆}}
points: 10
indicators:
  - {id: staff, label: 在职人员控制率, points: 5, direction: lower, measure: 在职人数 / 编制数, method: {bands: ["≤100%: 5", ">100%: 0"]}}
  - {id: cars, label: 公务用车控制率, points: 5, direction: lower, measure: 实有车辆数 / 车辆编制数, method: {bands: ["≤100%: 5", ">100%: 0"]}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every leaf that is like one before it in its tree."""
    for tree in subject.plan.trees:
        alike: dict[tuple[object, ...], list[Indicator]] = {}
        for top in tree.indicators:
            for node in top.walk():
                if node.measure is not None and node.key in tree.curves:
                    alike.setdefault(_looks(node), []).append(node)
        for nodes in alike.values():
            yield from _copies(nodes, tree)


def _looks(node: Indicator) -> tuple[object, ...]:
    measure = node.measure.text if node.measure is not None else ""
    asked = node.applicable.text if node.applicable is not None else ""
    cases = tuple(case.when.text for case in node.cases)
    return "".join(measure.split()), asked, node.otherwise, node.points, node.counts, node.methods[0][1].name, cases


def _copies(nodes: list[Indicator], tree: Tree) -> Iterator[Found]:
    # Only of those that look alike are the curves held against each other.
    seen: dict[tuple[object, ...], Indicator] = {}
    for node in nodes if len(nodes) > 1 else ():
        first = seen.setdefault(_scores(tree.curves[node.key]), node)
        if first is not node:
            says = Phrase(
                f"{node.label.zh}（{node.id}）与{first.label.zh}（{first.id}）的测算、方法和分值都一样",
                f"{node.label.en} ({node.id}) has the measure, the method and the points of {first.label.en} ({first.id})",
            )
            more = ((Phrase("前一个在这里", "the first is here"), first.span),)
            place = node.measure.span if node.measure is not None else node.span
            yield Found(place, says, Phrase("看后一个是否忘了改测算", "see whether the measure of the second was forgotten"), more)


def _scores(curve: Curve) -> tuple[object, ...]:
    return tuple((piece.on, piece.lower, piece.upper) for piece in curve.pieces)
