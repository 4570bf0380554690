"""A checked formula and the facts it reads to an exact number; the only door to simpleeval."""

from __future__ import annotations

import ast
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from perfscore.model.formula import Formula
from perfscore.scoring.formula.check import name_of
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase

#: A number by the name of a fact (a date as its day, yes and no as 1 and 0); of a list fact its numbers.
Facts = Callable[[str], Fraction | tuple[Fraction, ...]]


class ZeroDenominator(Exception):
    """A formula divides by a number that is zero."""


class OutOfDomain(Exception):
    """A function has no value for what it is given: a logarithm of 0, a mean of nothing."""

    def __init__(self, says: Phrase) -> None:
        super().__init__(says.en)
        self.says = says


def evaluate(formula: Formula, facts: Facts) -> Fraction:
    """
    The exact value; a condition gives 1 or 0.

    Arithmetic and comparisons are computed here, as one fraction: every run has some, and importing simpleeval for them is a third of the
    whole budget of a start (see the decision record). Functions, `and`/`or`/`not` and `if` go to simpleeval with the same exact numbers, and a
    law holds both against each other.
    Raises ZeroDenominator and OutOfDomain.
    """
    if formula.plain:
        return _fraction(formula.tree, facts)
    return by_simpleeval(formula, facts)


#: What a name is: a value, the bounds of a number that is not known, or None.
Known = Fraction | tuple[Fraction, ...] | Interval | None


def decide(formula: Formula, facts: Callable[[str], Known]) -> bool | None:
    """
    A condition as far as it can be told; None if what is not known decides it.

    `a or b` holds where a does, whatever b is, and `a < 60` of an a between 0 and 20.
    Names are asked for from left to right, and only while nothing is settled.
    """
    return _decided(formula.tree, formula, facts)


def _decided(node: object, formula: Formula, facts: Callable[[str], Known]) -> bool | None:
    match node:
        case ast.BoolOp(op=op, values=values):
            settles, open_ = isinstance(op, ast.Or), False
            for value in values:
                found = _decided(value, formula, facts)
                if found is settles:
                    return settles
                open_ = open_ or found is None
            return None if open_ else not settles
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            found = _decided(operand, formula, facts)
            return None if found is None else not found
    between: list[Interval] = []

    def known(name: str) -> Fraction | tuple[Fraction, ...]:
        value = facts(name)
        if isinstance(value, Interval):
            between.append(value)
        if value is None or isinstance(value, Interval):
            raise _Unknown
        return value

    part = formula._replace(tree=node, plain=not _calls(node))
    try:
        # Everything inside is compared, and has to be known.
        return bool(evaluate(part, known))
    except (_Unknown, ZeroDenominator, OutOfDomain):
        return _at_both_ends(node, part, facts, between[0]) if between else None


def _at_both_ends(node: object, part: Formula, facts: Callable[[str], Known], between: Interval) -> bool | None:
    """Of `a < number` and its like, a name by itself that is only known between two numbers: what holds at both ends holds between them."""
    match node:
        case ast.Compare(left=left, ops=[ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE()], comparators=[right]):
            sides = [name for name in (name_of(left), name_of(right)) if name is not None]
        case _:
            return None
    unknown = [name for name in sides if isinstance(facts(name), Interval)]
    if len(unknown) != 1 or between.low is None or between.high is None:
        return None
    found = set()
    for end in (between.low, between.high):

        def at(name: str, end: Fraction = end) -> Fraction | tuple[Fraction, ...]:
            value = end if name == unknown[0] else facts(name)
            if value is None or isinstance(value, Interval):
                raise _Unknown
            return value

        try:
            found.add(bool(evaluate(part, at)))
        except (_Unknown, ZeroDenominator, OutOfDomain):
            return None
    return found.pop() if len(found) == 1 else None


class _Unknown(Exception):
    """A name has no value."""


def _calls(node: object) -> bool:
    return any(isinstance(part, ast.Call | ast.IfExp | ast.BoolOp | ast.Not) for part in ast.walk(node))  # type: ignore[arg-type]


def _fraction(node: object, facts: Facts) -> Fraction:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            one, other = _fraction(left, facts), _fraction(right, facts)
            match op:
                case ast.Add():
                    return one + other
                case ast.Sub():
                    return one - other
                case ast.Mult():
                    return one * other
                case _:
                    return _divide(one, other)
        case ast.Compare(left=left, ops=ops, comparators=right):
            # Like simpleeval, a < b < c ends where it is settled, and asks no more.
            one = _fraction(left, facts)
            for sign, term in zip(ops, right, strict=True):
                other = _fraction(term, facts)
                if not _COMPARE[type(sign)](one, other):
                    return Fraction(0)
                one = other
            return Fraction(1)
        case ast.UnaryOp(op=op, operand=operand):
            value = _fraction(operand, facts)
            return -value if isinstance(op, ast.USub) else value
        case ast.Constant(value=value):
            return value  # type: ignore[return-value]
        case ast.expr():
            # Lists stand in functions only.
            return facts(name_of(node) or "")  # type: ignore[return-value]
    raise TypeError(node)


_COMPARE: dict[type[ast.cmpop], Callable[[Fraction, Fraction], bool]] = {
    ast.Lt: Fraction.__lt__, ast.LtE: Fraction.__le__, ast.Gt: Fraction.__gt__, ast.GtE: Fraction.__ge__, ast.Eq: Fraction.__eq__,
    ast.NotEq: lambda one, other: one != other,
}  # fmt: skip


def _divide(one: Fraction, other: Fraction) -> Fraction:
    if not other:
        raise ZeroDenominator
    return one / other


def by_simpleeval(formula: Formula, facts: Facts) -> Fraction:
    """The value as simpleeval computes it with exact operands; raises ZeroDenominator and OutOfDomain."""
    import operator

    import simpleeval

    from perfscore.scoring.formula.functions import COMPUTED

    operators = {
        ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: _divide, ast.USub: operator.neg, ast.UAdd: operator.pos,
        ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Eq: operator.eq, ast.NotEq: operator.ne,
        ast.Not: operator.not_,
    }  # fmt: skip
    evaluator = simpleeval.SimpleEval(operators=operators, functions=COMPUTED, names=lambda node: facts(node.id))
    kept = (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Name, ast.Constant)
    nodes: dict[Any, Any] = {kind: evaluator.nodes[kind] for kind in kept}
    # A dotted fact name is one name: the handler for attributes is replaced, not extended, so nothing is ever looked up on an object.
    nodes[ast.Attribute] = lambda node: facts(name_of(node) or "")
    evaluator.nodes = nodes
    return Fraction(evaluator.eval(formula.text, previously_parsed=formula.tree))


def put_in(formula: Formula, shown: Callable[[str], str]) -> str:
    """The formula as a person reads it, with `shown(name)` in the place of every name: 全年执行数 1403.23 ÷ 全年预算数 1764.12."""
    parts = [formula.between[0]]
    for read, after in zip(formula.reads, formula.between[1:], strict=True):
        parts += (shown(read.name), after)
    return "".join(parts)
