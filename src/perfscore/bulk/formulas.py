"""Formulas on columns: the expression language over arrays of exact numbers, with the places at which it has no value."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from perfscore.bulk.exact import Arithmetic, Numbers, Truths, constant
from perfscore.model.formula import Formula
from perfscore.scoring.formula import name_of

#: What a name is at every place: numbers, and by 0 and 1 truths.
Facts = Mapping[str, Numbers]


class Unsupported(Exception):
    """What a formula asks for is not done on columns: lists, roots, logarithms."""


class Columns:
    """Formulas over one block of columns. What cannot be divided is added to `odd`, and has a value that means nothing."""

    def __init__(self, facts: Facts, arithmetic: Arithmetic, odd: Truths) -> None:
        self.facts, self.arithmetic, self.odd = facts, arithmetic, odd

    def value(self, formula: Formula) -> Numbers:
        """The numbers of a formula; raises Beyond and Unsupported."""
        return self._number(formula.tree)

    def holds(self, formula: Formula) -> Truths | bool:
        """Where a condition holds."""
        return self._truth(formula.tree)

    def _number(self, node: object) -> Numbers:  # noqa: PLR0911 — one return for each kind of node
        numbers = self.arithmetic
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                one, other = self._number(left), self._number(right)
                match op:
                    case ast.Add():
                        return numbers.added(one, other)
                    case ast.Sub():
                        return numbers.added(one, other, -1)
                    case ast.Mult():
                        return numbers.multiplied(one, other)
                    case _:
                        return numbers.divided(one, self._divisor(other))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return numbers.negative(self._number(operand))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._number(operand)
            case ast.Constant(value=value):
                return constant(Fraction(value))  # type: ignore[arg-type] # literals are fractions
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return numbers.chosen(self._truth(test), self._number(body), self._number(orelse))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._called(name, arguments)
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                holds = self._truth(node)
                return numbers.chosen(holds, constant(Fraction(1)), constant(Fraction(0)))
            case ast.expr():
                return self.facts[name_of(node) or ""]
        raise TypeError(node)

    def _called(self, name: str, arguments: list[ast.expr]) -> Numbers:
        numbers = self.arithmetic
        if name == "round_half_up":
            places = arguments[1]
            if not isinstance(places, ast.Constant):
                raise Unsupported
            return numbers.whole(self._number(arguments[0]), int(places.value))  # type: ignore[arg-type]
        if name == "abs":
            return numbers.positive(self._number(arguments[0]))
        if name in ("min", "max"):
            return self._several(arguments, lambda one, other: numbers.extreme(one, other, np.minimum if name == "min" else np.maximum))
        if name == "days":
            since, until = (self._number(one) for one in arguments)
            return numbers.added(until, since, -1)
        if name == "sum" and len(arguments) > 1:
            return self._several(arguments, numbers.added)
        raise Unsupported

    def _several(self, arguments: list[ast.expr], joined: Callable[[Numbers, Numbers], Numbers]) -> Numbers:
        first, *rest = (self._number(one) for one in arguments)
        for number in rest:
            first = joined(first, number)
        return first

    def _divisor(self, number: Numbers) -> Numbers:
        """A divisor without a zero in it: a place that has one is odd, and divides by 1."""
        if number.low > 0 or number.high < 0:
            return number
        if isinstance(number.n, int):
            raise Unsupported
        zero = self.arithmetic.do(np.equal, number.n, 0)
        self.arithmetic.do(np.logical_or, self.odd, zero, into=self.odd)
        n = self.arithmetic.pick(zero, 1, number.n)
        return number._replace(n=n, low=min(number.low, 1) or 1, high=max(number.high, 1))

    def _truth(self, node: object) -> Truths | bool:
        match node:
            case ast.BoolOp(op=op, values=values):
                join = np.logical_and if isinstance(op, ast.And) else np.logical_or
                return self._joined(join, [self._truth(value) for value in values])
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                holds = self._truth(operand)
                return not holds if isinstance(holds, bool) else self.arithmetic.do(np.logical_not, holds)
            case ast.Compare(left=left, ops=ops, comparators=right):
                terms = [self._number(term) for term in (left, *right)]
                pairs = zip(ops, terms, terms[1:], strict=False)
                return self._joined(np.logical_and, [self.arithmetic.compared(_COMPARE[type(sign)], one, other) for sign, one, other in pairs])
        return self.arithmetic.compared(np.not_equal, self._number(node), constant(Fraction(0)))

    def _joined(self, join: Callable[..., Any], several: list[Truths | bool]) -> Truths | bool:
        """All or any of some truths."""
        found, *rest = several
        for other in rest:
            known = isinstance(found, bool) and isinstance(other, bool)
            found = bool(join(found, other)) if known else self.arithmetic.do(join, found, other)
        return found


_COMPARE: dict[type[ast.cmpop], Callable[..., Any]] = {
    ast.Lt: np.less, ast.LtE: np.less_equal, ast.Gt: np.greater, ast.GtE: np.greater_equal, ast.Eq: np.equal, ast.NotEq: np.not_equal,
}  # fmt: skip
