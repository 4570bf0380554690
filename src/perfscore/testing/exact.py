"""Measures and submissions to scores once more, by the textbook formula of every method and plain rationals, to hold the engine against."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

from perfscore.model.formula import Formula
from perfscore.model.rules import MethodUse
from perfscore.text.interval import Interval

ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)


def half_up(number: Fraction, places: int) -> Fraction:
    """四舍五入: the nearest multiple of the last place, a tie away from zero."""
    unit = Fraction(1, 10**places)
    away = number / unit + (HALF if number >= 0 else -HALF)
    # `int` of a Fraction cuts towards zero.
    return int(away) * unit


def textbook(use: MethodUse, points: Fraction, measure: Fraction) -> Fraction:
    """The exact points that a method gives for a measure inside its domain, written down as the rule texts say it; not for tiers, where a person decides."""
    given = use.parameters
    if not points:
        # A row of 0 points weighs nothing, whatever its method lays down.
        return ZERO
    return _FORMULAS[use.name](given, points, measure)


def _amount(amount: Any, points: Fraction) -> Fraction:
    value: Fraction = amount.value
    return points * value if amount.share else value


def _inside(on: Interval, number: Fraction) -> bool:
    if on.low is not None and (number < on.low or (number == on.low and not on.low_closed)):
        return False
    return not (on.high is not None and (number > on.high or (number == on.high and not on.high_closed)))


def _ratio(given: Any, points: Fraction, measure: Fraction) -> Fraction:
    gate, cap = given["gate"] or ZERO, ONE if given["cap"] is None else given["cap"]
    return ZERO if measure < gate else points * (min(measure, cap) - gate) / (1 - gate)


def _deduction(given: Any, points: Fraction, measure: Fraction) -> Fraction:
    full: Interval = given["full"]
    if _inside(full, measure):
        return points
    off = measure - full.high if full.high is not None and measure >= full.high else (full.low or ZERO) - measure
    floor = ZERO if given["floor"] is None else _amount(given["floor"], points)
    return max(floor, points - _amount(given["lose"], points) * _steps(given["steps"] or "whole", off / given["every"]))


def _around(given: Any, points: Fraction, measure: Fraction) -> Fraction:
    at: Interval = given["at"]
    base = points if given["base"] is None else _amount(given["base"], points)
    high = at.high is not None and measure >= at.high
    side = given["above" if high else "below"]
    if _inside(at, measure) or side is None:
        return base
    steps = _steps(side["steps"] or "whole", (measure - (at.high or ZERO) if high else (at.low or ZERO) - measure) / side["every"])
    until = None if side["until"] is None else _amount(side["until"], points)
    if side["gain"] is not None:
        return min(points if until is None else until, base + steps * _amount(side["gain"], points))
    return max(until or ZERO, base - steps * _amount(side["lose"], points))


def _anchors(given: Any, points: Fraction, measure: Fraction) -> Fraction:
    known: dict[Fraction, Fraction] = {row.value.at: _amount(row.value.amount, points) for row in given["anchors"]}
    left, right = max((at for at in known if at <= measure), default=min(known)), min((at for at in known if at >= measure), default=max(known))
    if left == right:
        return known[left]
    # By the two-point form, weighted by how far the other anchor is.
    return (known[left] * (right - measure) + known[right] * (measure - left)) / (right - left)


def _steps(rule: str, off: Fraction) -> Fraction:
    """How many steps count. What is not inside the full interval is off by something, so rounding up starts at one."""
    match rule:
        case "proportional":
            return off
        case "up":
            return Fraction(max(1, -(-off // 1)))
        case _:
            return Fraction(off // 1)


def _deadline(given: Any, points: Fraction, days: Fraction) -> Fraction:
    if days <= 0:
        return points
    if given["lose"] is None:
        return ZERO
    return max(ZERO, points - _amount(given["lose"], points) * _steps("up", days / (given["every"] or ONE)))


def _bands(given: Any, points: Fraction, measure: Fraction) -> Fraction:
    (score,) = [_amount(row.value.amount, points) for row in given["bands"] for on in row.value.on if _inside(on, measure)]
    return score


#: What every method gives, from its parameters, the points and the measure.
_FORMULAS: dict[str, Callable[[Any, Fraction, Fraction], Fraction]] = {
    "anchors": _anchors,
    "around": _around,
    "bands": _bands,
    "checklist": lambda _given, _points, measure: measure,
    "deadline": _deadline,
    "deduction": _deduction,
    "demerits": lambda _given, points, measure: max(ZERO, points - measure),
    "direct": lambda _given, points, measure: min(max(measure, ZERO), points),
    "levels": lambda given, points, measure: _amount(given["levels"][int(measure)][1].value, points),
    "ratio": _ratio,
    "yes-no": lambda _given, points, measure: points if measure >= 1 else ZERO,
}


#: A formula as a tree: `("number", 1/2)`, `("name", "编制数")`, `("+", a, b)`, `("if", condition, a, b)` …
Expression = tuple[Any, ...]


def value(expression: Expression, facts: Mapping[str, Any]) -> Fraction:
    """The exact value of a formula's tree, a condition as 1 or 0; raises ZeroDivisionError, and ValueError where a function has no value."""
    sign, *parts = expression
    match sign:
        case "number":
            return Fraction(parts[0])
        case "name":
            return Fraction(facts[parts[0]])
        case "and":
            return Fraction(all(value(part, facts) for part in parts))
        case "or":
            return Fraction(any(value(part, facts) for part in parts))
        case "if":
            return value(parts[1] if value(parts[0], facts) else parts[2], facts)
        case "round_half_up" | "ln" | "geomean":
            *parts, places = parts
            numbers = _numbers(parts, facts)
            return half_up(numbers[0], places) if sign == "round_half_up" else (_logarithm if sign == "ln" else _geometric)(numbers, places)
        case "sum" | "mean" | "count" | "min" | "max":
            return _of_several(sign, _numbers(parts, facts))
    return _arithmetic(sign, _numbers(parts, facts))


def _numbers(parts: list[Expression], facts: Mapping[str, Any]) -> list[Fraction]:
    """The values of some parts, or the numbers of the one list that they are."""
    one = facts[parts[0][1]] if parts[0][0] == "name" else None
    return list(one) if isinstance(one, tuple) else [value(part, facts) for part in parts]


def _of_several(sign: str, numbers: list[Fraction]) -> Fraction:
    if sign in ("sum", "count"):
        return sum(numbers, ZERO) if sign == "sum" else Fraction(len(numbers))
    if not numbers:
        raise ValueError(sign)
    ordered = sorted(numbers)
    return ordered[0] if sign == "min" else ordered[-1] if sign == "max" else sum(numbers, ZERO) / len(numbers)


def _logarithm(numbers: list[Fraction], places: int) -> Fraction:
    if numbers[0] <= 0:
        raise ValueError(numbers)
    # 60 digits tell on which side of a tie the logarithm of any number lies that is not made to lie there.
    context = Context(60)
    return half_up(Fraction(context.ln(context.divide(Decimal(numbers[0].numerator), Decimal(numbers[0].denominator)))), places)


def _geometric(numbers: list[Fraction], places: int) -> Fraction:
    """By bisection: the first multiple of the last place of which half a place more, multiplied by itself, is above the product."""
    if not numbers or min(numbers) < 0:
        raise ValueError(numbers)
    unit, product = Fraction(1, 10**places), prod(numbers)
    low, high = -1, int(max(numbers) / unit) + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if ((middle + HALF) * unit) ** len(numbers) > product else (middle, high)
    return high * unit


def _arithmetic(sign: str, numbers: list[Fraction]) -> Fraction:
    first, last = numbers[0], numbers[-1]
    match sign:
        case "+":
            return first + last
        case "-":
            return first - last
        case "*":
            return first * last
        case "/":
            return first / last
        case "minus":
            return -first
        case "abs":
            return max(first, -first)
        case "days":
            return last - first
        case "not":
            return Fraction(not first)
    return Fraction(_holds(sign, first, last))


def _holds(sign: str, first: Fraction, last: Fraction) -> bool:
    difference = first - last
    return {
        "<": difference < 0,
        "<=": difference <= 0,
        ">": difference > 0,
        ">=": difference >= 0,
        "==": difference == 0,
        "!=": difference != 0,
    }[sign]


_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.USub: "minus", ast.Not: "not", ast.And: "and", ast.Or: "or",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip


def expression(tree: Any) -> Expression:
    """The tree of a checked formula in the words of this module."""
    match tree:
        case ast.Constant():
            return ("number", tree.value)
        case ast.Name(id=name):
            return ("name", name)
        case ast.Attribute(value=head, attr=rest):
            return ("name", f"{expression(head)[1]}.{rest}")
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return expression(operand)
        case ast.UnaryOp(op=op, operand=operand):
            return (_SIGNS[type(op)], expression(operand))
        case ast.BinOp(op=op, left=left, right=right):
            return (_SIGNS[type(op)], expression(left), expression(right))
        case ast.BoolOp(op=op, values=values):
            return (_SIGNS[type(op)], *map(expression, values))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return ("if", expression(test), expression(body), expression(orelse))
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            ends = [left, *comparators]
            return ("and", *((_SIGNS[type(op)], expression(one), expression(other)) for op, one, other in zip(ops, ends, comparators, strict=False)))
        case ast.Call(func=ast.Name(id=name), args=args):
            *numbers, last = args
            places = [int(last.value)] if name in ("round_half_up", "ln", "geomean") and isinstance(last, ast.Constant) else [expression(last)]
            return (name, *map(expression, numbers), *places)
    raise TypeError(tree)


def computed(formula: Formula, read: Callable[[str], Any]) -> Fraction | None:
    """The value of a formula, None where something that it reads has none, or where it has none itself."""
    facts = {one.name: read(one.name) for one in formula.reads}
    if None in facts.values():
        return None
    try:
        return value(expression(formula.tree), facts)
    except (ZeroDivisionError, ValueError):
        return None
