"""A variant that never counts, because one before it holds whenever its own condition does."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.conditions import Condition, conditions
from perfscore.linting.domains import Domains
from perfscore.linting.scores import scores
from perfscore.linting.subject import Subject
from perfscore.model.formula import Formula
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("情形被前面的挡住", "a variant is shadowed by an earlier one")
PAGE = Page(
    what=Phrase(
        "情形从上往下问，第一个成立的算数。这个情形的条件成立时，前面总有一个已经成立，轮不到它。",
        "Variants are asked from the top, and the first that holds counts. Whenever the condition of this one holds, one before it does, too.",
    ),
    why=Phrase(
        "写了的规定从来不会用到：条件抄重了，或者宽的写在了窄的前面。",
        "What is written is never used: a condition was copied, or the wide one stands before the narrow one.",
    ),
    fix=Phrase("窄的条件写在宽的前面；抄重的改正或删去。", "Write the narrow condition before the wide one; mend or take out what was copied."),
    wrong="""facts: {人数: {unit: 人}, 得分: {unit: 分}}
indicators:
  - id: work
    label: 工作完成
    points: 10
    measure: 得分 / 10
    method: direct
    variants:
      - {when: 人数 > 10, measure: 得分 / 20}
      - {when: 人数 > 50, measure: 得分 / 40}
""",
    right="""facts: {人数: {unit: 人}, 得分: {unit: 分}}
indicators:
  - id: work
    label: 工作完成
    points: 10
    measure: 得分 / 10
    method: direct
    variants:
      - {when: 人数 > 50, measure: 得分 / 40}
      - {when: 人数 > 10, measure: 得分 / 20}
""",
)
#: With so many variants before it, no single one is asked any more.
_MOST = 50


def check(subject: Subject) -> Iterator[Found]:
    """The conditions that cannot hold where none before them does."""
    domains = Domains(subject.rules, scores(subject))
    for one in conditions(subject):
        by = _shadow(one, domains)
        if by is not None:
            says = Phrase(
                f"{one.decides.zh}：{one.when.text} 成立时，前面的 {by.text} 已经成立",
                f"{one.decides.en}: where {one.when.text} holds, {by.text} before it does, too",
            )
            more = ((Phrase("前面的在这里", "the one before is here"), by.span),)
            yield Found(one.when.span, says, Phrase("调换次序，或改条件", "change their order, or the condition"), more)


def _shadow(one: Condition, domains: Domains) -> Formula | None:
    """The first condition before it that holds wherever it does; the last one, if only all of them together do."""
    if not one.earlier or len(one.earlier) > _MOST or domains.holds(one.when) is False:
        return None
    tree = _same(one.when)
    for before in one.earlier:
        if _same(before) == tree or _never(domains, one.when, (before,)):
            return before
    return one.earlier[-1] if _never(domains, one.when, one.earlier) else None


def _never(domains: Domains, when: Formula, none: tuple[Formula, ...]) -> bool:
    world = domains.where(tuple((formula, False) for formula in none))
    return world.possible and world.holds(when.tree) is False


def _same(formula: Formula) -> str:
    return ast.dump(formula.tree) if isinstance(formula.tree, ast.AST) else formula.text
