"""A division by what may be 0, where nothing says what happens then."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.conditions import conditions, held, rules
from perfscore.linting.domains import Domains, World, dotted
from perfscore.linting.parts import place
from perfscore.linting.scores import scores
from perfscore.linting.subject import Subject
from perfscore.model.formula import Formula
from perfscore.model.page import Page
from perfscore.model.ranges import ZERO
from perfscore.scoring.formula import ROW_NAMES
from perfscore.text.phrase import Phrase

SEVERITY = "advice"
SAYS = Phrase("分母可能为 0，没有说怎么办", "a denominator may be 0, and nothing says what then")
PAGE = Page(
    what=Phrase(
        "公式里的分母可能是 0，适用条件、情形、if 都没有把它排除。全年预算数、编制数一类的数不会是 0，不查；目标、上年数、专项数会是 0。",
        "A denominator may be 0, and neither `applicable`, a `when` nor an `if` excludes it. The budget of the year, the posts of a unit and their like "
        "are never 0 and are not looked at; a target, last year's number or one kind of spending may be.",
    ),
    why=Phrase(
        "分母是 0 时这个指标作缺，整张表没有总分；上年没有这项支出的单位，只有到报表时才发现没有规定。",
        "With 0 the indicator is missing, and the form has no total: a unit without such spending last year only finds out when it reports.",
    ),
    fix=Phrase(
        "问清制度的本意，写适用条件（applicable）和不适用时（otherwise）：满分、不得分、不计；本意就是作缺的，写 otherwise: missing。",
        "Ask what the standard means, and write `applicable` with `otherwise`: full, zero, drop; if it is to be missing, `otherwise: missing`.",
    ),
    wrong="""facts: {三公经费.本年: {unit: 万元}, 三公经费.上年: {unit: 万元}}
indicators:
  - id: growth
    label: 三公经费变动率
    points: 10
    measure: (三公经费.本年 - 三公经费.上年) / 三公经费.上年
    method: {deduction: {full: "≤0", every: 1%, lose: 1}}
""",
    right="""facts: {三公经费.本年: {unit: 万元}, 三公经费.上年: {unit: 万元}}
indicators:
  - id: growth
    label: 三公经费变动率
    points: 10
    applicable: 三公经费.上年 > 0
    otherwise: full
    measure: (三公经费.本年 - 三公经费.上年) / 三公经费.上年
    method: {deduction: {full: "≤0", every: 1%, lose: 1}}
""",
)
#: Facts computed from facts that are followed.
_DEEPEST = 2


def check(subject: Subject) -> Iterator[Found]:
    """Every divisor of a measure or a condition that may be 0 where it is asked, facts that are computed included."""
    if subject.rules.template:
        return
    domains, holding = Domains(subject.rules, scores(subject), trusted="usual"), held(subject)
    asked = [(rule.measure, holding[id(rule)]) for rule in rules(subject) if rule.measure is not None]
    # What is asked before a condition is not known to hold: a condition must stand on its own.
    asked += [(condition.when, ()) for condition in conditions(subject)]
    asked += [(gate.parameter, ((gate.when, True),)) for gate in subject.rules.gates if isinstance(gate.parameter, Formula)]
    for formula, known in asked:
        walk = _Walk(domains)
        walk.through(formula.tree, formula, domains.where(known))
        yield from walk.found


class _Walk:
    """One formula and the computed facts that it reads, each once."""

    def __init__(self, domains: Domains) -> None:
        self.domains = domains
        self.found: list[Found] = []
        self._facts: set[str] = set()
        self._depth = 0

    def through(self, node: object, formula: Formula, world: World) -> None:
        """A part of a formula, in the world in which it is computed."""
        match node:
            case ast.BoolOp(op=op, values=values):
                inner = world.fresh()
                for value in values:
                    self.through(value, formula, inner)
                    inner.assume(value, truth=isinstance(op, ast.And))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self.through(test, formula, world)
                for part, truth in ((body, True), (orelse, False)):
                    inner = world.fresh()
                    inner.assume(test, truth=truth)
                    self.through(part, formula, inner)
            case ast.Name() | ast.Attribute():
                self._fact(dotted(node), world)
            case ast.AST():
                for child in ast.iter_child_nodes(node):
                    self.through(child, formula, world)
                if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and world.of(node.right).holds(ZERO):
                    self.found.append(_found(node.right, formula))

    def _fact(self, name: str, world: World) -> None:
        fact = self.domains.facts.get(name)
        if fact is not None and fact.formula is not None and name not in self._facts and self._depth < _DEEPEST:
            self._facts.add(name)
            self._depth += 1
            self.through(fact.formula.tree, fact.formula, world)
            self._depth -= 1


def _found(node: ast.expr, formula: Formula) -> Found:
    span, text = place(formula, node)
    says = Phrase(f"分母 {text} 可能为 0，这里没有说怎么办", f"the denominator {text} may be 0, and nothing says what then")
    if any(dotted(part) in ROW_NAMES for part in ast.walk(node)):
        # Rows of a form have no condition of their own.
        return Found(span, says, Phrase(f"写作 … if {text} != 0 else …，按制度", f"write … if {text} != 0 else …, by the text of the standard"))
    hint = Phrase(f"写上适用条件（{text} > 0）和不适用时怎样计", f"write `applicable: {text} > 0` and what it gives `otherwise`")
    return Found(span, says, hint)
