"""Two indicators that a form cannot tell apart: whatever it prints for the second is taken by the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from perfscore.forms.rows import label_key
from perfscore.linting.checks import Found
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.model.rules import Indicator
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("两个指标在表上分不开", "two indicators that a form cannot tell apart")
PAGE = Page(
    what=Phrase(
        "表上的行按一级、二级指标的名称找到规则，数据按名称找到指标。这两个指标的名称相同（空格、“指标”二字和括号里的分值不算）。",
        "Rows of a form meet their rules by the labels of the first and second level, and facts by their names. These two indicators have the same label "
        "(spaces, a final 指标 and points in brackets do not count).",
    ),
    why=Phrase(
        "第一个指标会拿走全部的行，第二个永远是空的；或者同一个等级记两次分。",
        "The first of them takes all the rows and the second never gets one; or one reported level is scored twice.",
    ),
    fix=Phrase(
        "按表上印的名称区分开；本来是一个指标的，合成一个。按要点、等级评的指标，也可用 measure（测算）写明各自的数据。",
        "Label them as the form does; what is one indicator should be one. An indicator of items or levels can also name its own fact by `measure`.",
    ),
    wrong="""points: 100
indicators:
  - id: output
    label: 产出指标
    points: 100
    children:
      - {id: quantity, label: 数量指标, rows: from-form, method: by-kind}
      - {id: quality, label: 数量指标, rows: from-form, method: by-kind}
""",
    right="""points: 100
indicators:
  - id: output
    label: 产出指标
    points: 100
    children:
      - {id: quantity, label: 数量指标, rows: from-form, method: by-kind}
      - {id: quality, label: 质量指标, rows: from-form, method: by-kind}
""",
)
#: Rows have two levels by which rules find them.
_LEVELS = 2
#: What an indicator may be called on a form, level by level.
_Keys = set[tuple[str, ...]]


def check(subject: Subject) -> Iterator[Found]:
    """Every indicator that stands behind another with its label."""
    # Labels recur from variant to variant, and folding one takes longer than all else.
    key = cache(label_key)

    def keys(*labels: Phrase) -> _Keys:
        return set(product(*((key(label.zh), key(label.en)) for label in labels)))

    for variant in subject.rules.variants:
        yield from _among((node, keys(node.label)) for node in variant.indicators)
        groups: list[tuple[Indicator, _Keys]] = []
        facts: dict[str, Indicator] = {}
        stack: list[tuple[Indicator, ...]] = [(top,) for top in reversed(variant.indicators)]
        while stack:
            path = stack.pop()
            node = path[-1]
            stack += [(*path, child) for child in reversed(node.children)]
            yield from _among((child, keys(child.label)) for child in node.children)
            if node.open and len(path) > _LEVELS:
                groups.append((node, keys(*(above.label for above in path[:_LEVELS]))))
            if node.fact == node.label.zh and facts.setdefault(node.fact, node) is not node:
                yield _found(node, facts[node.fact])
        yield from _among(groups)


def _among(nodes: Iterable[tuple[Indicator, _Keys]]) -> Iterator[Found]:
    seen: dict[tuple[str, ...], Indicator] = {}
    for node, keys in nodes:
        first = next((seen[key] for key in sorted(keys) if key in seen), None)
        if first is not None:
            yield _found(node, first)
        for key in keys:
            seen.setdefault(key, node)


def _found(node: Indicator, first: Indicator) -> Found:
    says = Phrase(
        f"{node.label.zh}（{node.id}）与 {first.id} 在表上分不开，填的都算到 {first.id}",
        f"{node.label.en} ({node.id}) cannot be told from {first.id}: what a form says is taken for {first.id}",
    )
    if node.fact:
        says = Phrase(
            f"{node.label.zh}（{node.id}）与 {first.id} 读的是同一个数据 {node.fact}",
            f"{node.label.en} ({node.id}) and {first.id} read one fact, {node.fact}",
        )
    here = Phrase("前一个在这里", "the first is here")
    if first.label != node.label:
        here = Phrase(f"前一个在这里：{first.label.zh}（{first.label.en}）", f"the first is here: {first.label.zh} ({first.label.en})")
    more = ((here, first.span),)
    return Found(node.span, says, Phrase("改名称，或合成一个", "change the label, or make them one"), more)
