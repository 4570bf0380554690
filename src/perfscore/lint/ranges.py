"""A curve and its rule to the measures that can occur: a share is not below 0, and `min(8, …)` not above 8."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NamedTuple, cast

from perfscore.lint.subject import Drawn, Subject
from perfscore.model.form import BUDGET_NAMES
from perfscore.model.rules import Declared
from perfscore.scoring.formula import ROW_NAMES
from perfscore.text.interval import EVERYTHING, Interval

_ZERO, _ONE = Fraction(0), Fraction(1)


class _Range(NamedTuple):
    """The least and the most that an expression can be; None where that is not known."""

    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def positive(self) -> bool:
        return self.low is not None and self.low >= 0


_UNKNOWN, _AMOUNT, _TRUTH = _Range(), _Range(_ZERO), _Range(_ZERO, _ONE)


def measured(drawn: Drawn, subject: Subject, *, shares: bool = False) -> Interval:
    """
    The measures that a curve can be asked for.

    Facts may be below 0, as a balance can; with `shares`, what is divided and what it is divided by are taken not to be.
    """
    rule = drawn.rule
    if drawn.takes != "number" or (rule.measure is None and not rule.open):
        return EVERYTHING
    # Without a measure of its own, a row is measured by how much of its target is reached.
    found = _AMOUNT if rule.measure is None else _Ranges(subject, shares=shares).of(rule.measure.tree, counted=False)
    return Interval(found.low, found.high, found.low is not None, found.high is not None)


class _Ranges:
    """The ranges of expressions over the facts of a rule set."""

    def __init__(self, subject: Subject, *, shares: bool) -> None:
        self.facts: dict[str, Declared] = {fact.name: fact for fact in subject.rules.facts}
        self.shares = shares

    def of(self, node: object, *, counted: bool) -> _Range:
        """The range of an expression; `counted` says that bare numbers in it are taken to be no less than 0."""

        def part(inner: object) -> _Range:
            return self.of(inner, counted=counted)

        match node:
            case ast.Constant(value=value):
                # Literals are exact; only the places of a rounding are whole numbers.
                number = cast("object", value)
                return _Range(number, number) if isinstance(number, Fraction) else _UNKNOWN
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return part(operand)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                low, high = part(operand)
                return _Range(None if high is None else -high, None if low is None else -low)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                counted = counted or self.shares
                return _AMOUNT if self.of(left, counted=counted).positive and self.of(right, counted=counted).positive else _UNKNOWN
            case ast.BinOp(left=left, op=op, right=right):
                return _arithmetic(op, part(left), part(right))
            case ast.IfExp(body=body, orelse=orelse):
                return _hull([part(body), part(orelse)])
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp():
                return _TRUTH
            case ast.Call(func=ast.Name(id=name), args=args):
                return _called(name, [part(one) for one in args])
            case ast.Name() | ast.Attribute():
                return self._named(ast.unparse(node), counted=counted)
        return _UNKNOWN

    def _named(self, name: str, *, counted: bool) -> _Range:
        if name in BUDGET_NAMES or name in ROW_NAMES or name.startswith("rows."):
            return _AMOUNT
        fact = self.facts.get(name)
        if fact is None:
            # `地区.东部` is a condition, `满意度调查.满意` a part of a list.
            whole = self.facts.get(name.rpartition(".")[0])
            return _TRUTH if whole is not None and whole.choices else _AMOUNT if counted and whole is not None else _UNKNOWN
        if fact.kind == "truth":
            return _TRUTH
        if fact.choices:
            numbers = [number for _, number in fact.choices]
            return _Range(min(numbers), max(numbers))
        if fact.formula is not None:
            return self.of(fact.formula.tree, counted=counted)
        return _AMOUNT if counted and fact.kind in ("number", "list") else _UNKNOWN


def _arithmetic(op: ast.operator, one: _Range, other: _Range) -> _Range:
    match op:
        case ast.Add():
            return _Range(_both(Fraction.__add__, one.low, other.low), _both(Fraction.__add__, one.high, other.high))
        case ast.Sub():
            return _Range(_both(Fraction.__sub__, one.low, other.high), _both(Fraction.__sub__, one.high, other.low))
        case ast.Mult() if one.positive and other.positive:
            return _Range(_both(Fraction.__mul__, one.low, other.low), _both(Fraction.__mul__, one.high, other.high))
    return _UNKNOWN


def _both(of: Callable[[Fraction, Fraction], Fraction], one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else of(one, other)


def _hull(parts: list[_Range]) -> _Range:
    """What holds whichever of the parts it is."""
    lows, highs = _known(part.low for part in parts), _known(part.high for part in parts)
    return _Range(min(lows) if len(lows) == len(parts) else None, max(highs) if len(highs) == len(parts) else None)


def _known(ends: Iterable[Fraction | None]) -> list[Fraction]:
    return [end for end in ends if end is not None]


def _called(name: str, parts: list[_Range]) -> _Range:
    match name:
        case "min" if len(parts) > 1:
            return _Range(_hull(parts).low, min(_known(part.high for part in parts), default=None))
        case "max" if len(parts) > 1:
            return _Range(max(_known(part.low for part in parts), default=None), _hull(parts).high)
        case "abs" | "count" | "geomean":
            return _AMOUNT
        case "min" | "max" | "sum" | "mean" if all(part.positive for part in parts):
            return _AMOUNT
        case "round_half_up" if parts and parts[0].positive:
            return _AMOUNT
    return _UNKNOWN
