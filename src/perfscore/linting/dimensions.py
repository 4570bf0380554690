"""What the numbers of a formula are of: the units of its facts through sums, products and quotients, and where they do not go together."""

from __future__ import annotations

import ast
from fractions import Fraction
from typing import NamedTuple

from perfscore.linting.domains import Domains, dotted
from perfscore.model.form import BUDGET_NAMES
from perfscore.model.formula import Formula
from perfscore.model.ranges import ONE
from perfscore.text.units import unit_named

_MONEY = "万元"


class Dimension(NamedTuple):
    """Kinds of units with how often each counts (below 0 under the line), one of it in base units, and how it is said."""

    powers: tuple[tuple[str, int], ...]
    factor: Fraction
    said: str

    @property
    def share(self) -> bool:
        """A share: per cent, or a quotient of two things of one kind and unit."""
        return not self.powers and self.factor == 1


class Clash(NamedTuple):
    """Two parts of a formula that do not go together; without the second, what the part is in whole."""

    formula: Formula
    node: ast.expr
    one: Dimension
    other: Dimension | None


#: A number written out, which goes with everything.
_BARE = Dimension((("", 0),), ONE, "")
#: A bare number from here on is no share: nothing is ten times all of it.
NO_SHARE = Fraction(10)
#: Facts computed from facts that are followed.
_DEEPEST = 4


class Dimensions:
    """The dimensions of the formulas of a rule set; what clashes is kept in `clashes`."""

    def __init__(self, domains: Domains) -> None:
        self.domains, self.facts = domains, domains.facts
        self.clashes: list[Clash] = []
        self._known: dict[str, Dimension | None] = {}
        self._depth = 0

    def of(self, formula: Formula) -> Dimension | None:
        """What a formula's number is of; None if nobody knows."""
        found = self._of(formula.tree, formula)
        return None if found is _BARE else found

    def _of(self, node: object, formula: Formula) -> Dimension | None:
        match node:
            case ast.Constant():
                return _BARE
            case ast.Name() | ast.Attribute():
                return self._named(dotted(node))
            case ast.UnaryOp(operand=operand):
                return self._of(operand, formula)
            case ast.BinOp(op=ast.Add() | ast.Sub(), left=left, right=right):
                return self._together([left, right], formula)
            case ast.BinOp(op=op, left=left, right=right):
                return self._product(left, right, formula, over=isinstance(op, ast.Div))
            case ast.Compare(left=left, comparators=right):
                self._together([left, *right], formula)
            case ast.BoolOp(values=values):
                for value in values:
                    self._of(value, formula)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self._of(test, formula)
                one, other = self._of(body, formula), self._of(orelse, formula)
                return other if one is _BARE else one if other is _BARE or _alike(one, other) else None
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._call(name, arguments, formula)
        return None

    def _named(self, name: str) -> Dimension | None:
        if name in BUDGET_NAMES:
            return _unit(_MONEY)
        fact = self.facts.get(name) or self.facts.get(name.rpartition(".")[0])
        if fact is None or fact.choices or fact.kind not in ("number", "list"):
            return None
        if fact.unit or fact.formula is None:
            return _unit(fact.unit)
        if name not in self._known:
            if self._depth >= _DEEPEST:
                return None
            # What a computed fact is of, its formula says only where the fact itself does not.
            self._depth += 1
            self._known[name] = self.of(fact.formula)
            self._depth -= 1
        return self._known[name]

    def _call(self, name: str, arguments: list[ast.expr], formula: Formula) -> Dimension | None:
        if name in ("abs", "round_half_up"):
            return self._of(arguments[0], formula)
        if name in ("min", "max", "sum", "mean"):
            return self._together(arguments, formula)
        for argument in arguments:
            self._of(argument, formula)
        return _unit("天") if name == "days" else None

    def _together(self, nodes: list[ast.expr], formula: Formula) -> Dimension | None:
        """What is added or compared has to be of one kind and unit."""
        known = [(node, self._of(node, formula)) for node in nodes]
        firm = [(node, one) for node, one in known if one is not None and one is not _BARE]
        bare = [node for node in nodes if isinstance(node, ast.Constant) and abs(Fraction(node.value)) >= NO_SHARE]  # type: ignore[arg-type]
        for node, other in firm[1:]:
            if not _alike(firm[0][1], other):
                self.clashes.append(Clash(formula, node, other, firm[0][1]))
        for node, one in firm:
            if not one.powers and (one.factor != 1 or bare):
                self.clashes.append(Clash(formula, bare[0] if bare else node, one, None))
                break
        if any(one is None for _, one in known) or (firm and not all(_alike(firm[0][1], one) for _, one in firm)):
            return None
        return firm[0][1] if firm else _BARE

    def _product(self, left: ast.expr, right: ast.expr, formula: Formula, *, over: bool) -> Dimension | None:
        one, other = self._of(left, formula), self._of(right, formula)
        for node, by, kept in ((left, one, other), (right, other, one)):
            if by is _BARE and kept is not None:
                # × 100 may make points of a share and × 10000 元 of 万元: nobody knows what it is then.
                firm = node is right or not over
                return kept if kept is _BARE or (firm and kept.powers and not _converts(node)) else None
        if one is None or other is None:
            return None
        powers = dict(one.powers)
        for kind, power in other.powers:
            powers[kind] = powers.get(kind, 0) + (-power if over else power)
        left_over = tuple(sorted((kind, power) for kind, power in powers.items() if power))
        if not left_over and any(kind.startswith("count:") for kind in powers):
            # 18 pupils to a teacher are 人 by 人, and no share.
            return None
        said = one.said if not other.powers else f"{one.said}{'÷' if over else '×'}{other.said}"
        return Dimension(left_over, one.factor / other.factor if over else one.factor * other.factor, said)


def _unit(name: str) -> Dimension | None:
    unit = unit_named(name) if name else None
    if unit is None or unit.kind == "number":
        return None
    if unit.kind == "share":
        return Dimension((), ONE, name)
    return Dimension(((unit.kind, 1),), unit.factor, name)


def _alike(one: Dimension | None, other: Dimension | None) -> bool:
    """Whether two may be added: things counted go together whatever they are counted in."""
    if one is None or other is None:
        return True
    return [*map(_counted, one.powers)] == [*map(_counted, other.powers)] and one.factor == other.factor


def _counted(power: tuple[str, int]) -> tuple[str, int]:
    return ("count" if power[0].startswith("count:") else power[0], power[1])


def _converts(node: ast.expr) -> bool:
    """A number by which units are changed into each other: 100, 10000, 0.01, 365; any that is not clearly a share or a few."""
    return not isinstance(node, ast.Constant) or not Fraction(1, 20) <= abs(Fraction(node.value)) <= 50  # type: ignore[arg-type]
