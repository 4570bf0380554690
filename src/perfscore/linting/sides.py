"""The comparisons in a formula, and whether both sides of one are equal where an example asks it, or can be at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from perfscore.linting.domains import Domains
from perfscore.linting.parts import place
from perfscore.linting.runs import Reading
from perfscore.model.formula import Formula
from perfscore.model.ranges import ONE, ZERO
from perfscore.scoring.formula import OutOfDomain, ZeroDenominator, evaluate
from perfscore.text.interval import Interval
from perfscore.text.source import Span

#: What a formula may hold and still be plain.
_NOT_PLAIN = ast.Call | ast.IfExp | ast.BoolOp | ast.Not


class Sides(NamedTuple):
    """The two sides of a comparison, each a formula of its own."""

    formula: Formula
    left: Formula
    right: Formula

    def equal(self, reading: Reading) -> bool:
        """Whether they are equal; not where one of them has no value, nor where it is 0 on either side of `a < 0.8 × b`, which says nothing of the 0.8."""

        def known(name: str) -> Fraction | tuple[Fraction, ...]:
            value = reading(name)
            if value is None or isinstance(value, Interval):
                raise ZeroDenominator
            return value

        try:
            number = evaluate(self.left, known)
            return number == evaluate(self.right, known) and (number != 0 or self._about_zero)
        except (ZeroDenominator, OutOfDomain):
            return False

    def can_be_equal(self, domains: Domains) -> bool:
        """Whether they can be; a number of posts, say, is never below 0."""
        world = domains.where()
        return world.range(world.sum(self.left.tree).plus(world.sum(self.right.tree).times(-ONE))).holds(ZERO)

    @property
    def _about_zero(self) -> bool:
        """Whether one side is a number written out, or both are nothing but names."""
        holds = [{type(part) for part in ast.walk(side.tree)} for side in (self.left, self.right)]  # type: ignore[arg-type]
        return any(ast.Name not in kinds for kinds in holds) or not any(ast.Constant in kinds for kinds in holds)

    @property
    def place(self) -> tuple[Span, str]:
        """Where the comparison stands, and its text."""
        if not isinstance(self.left.tree, ast.expr) or not isinstance(self.right.tree, ast.expr):
            raise TypeError(self.formula.text)
        start, end = self.left.tree, self.right.tree
        whole = ast.copy_location(ast.Constant(None), start)
        whole.end_lineno, whole.end_col_offset = end.end_lineno, end.end_col_offset
        return place(self.formula, whole)


def sides(formula: Formula) -> Iterator[Sides]:
    """Every comparison of a formula; of a < b < c both."""
    for node in ast.walk(formula.tree):  # type: ignore[arg-type]
        if isinstance(node, ast.Compare):
            for left, right in pairwise([node.left, *node.comparators]):
                yield Sides(formula, _part(formula, left), _part(formula, right))


def _part(formula: Formula, node: ast.expr) -> Formula:
    return formula._replace(tree=node, plain=not any(isinstance(part, _NOT_PLAIN) for part in ast.walk(node)))
