"""A few forms in which conditions turn out differently: facts at and around every number that a condition compares them with."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product
from math import prod

from perfscore.linting.domains import Domains
from perfscore.model.form import BUDGET_NAMES
from perfscore.model.formula import Formula
from perfscore.model.ranges import ONE, ZERO
from perfscore.scoring.formula import OutOfDomain, ZeroDenominator, evaluate

#: A number by the name of what conditions read.
World = dict[str, Fraction]
#: More facts than this are not tried together, nor more forms.
_MOST_FACTS, _MOST_WORLDS = 4, 300


def worlds(formulas: list[Formula], domains: Domains) -> Iterator[World]:
    """The forms, those with simple numbers first; none where too many facts are read, or some that is neither a number, a choice nor yes/no."""
    names = {_own(read.name, domains) for formula in formulas for read in formula.reads}
    if len(names) > _MOST_FACTS or any(domains.facts[name].kind not in ("number", "truth") for name in names if name in domains.facts):
        return
    if any(name in domains.facts and domains.facts[name].formula is not None for name in names):
        return
    numbers = _around({ZERO, *_constants(formulas)})
    values = {name: [number for number in _of(name, domains) or numbers if domains.name(name).holds(number)] for name in sorted(names)}
    if prod(map(len, values.values())) <= _MOST_WORLDS:
        yield from (dict(zip(values, chosen, strict=True)) for chosen in product(*values.values()))


def true_in(formula: Formula, world: World, domains: Domains) -> bool | None:
    """Whether a condition holds on a form; None if it has no value there."""

    def read(name: str) -> Fraction:
        own = _own(name, domains)
        if own == _column(name):
            return world[own]
        # `地区.东部` is whether 东部 was chosen.
        return Fraction(world[own] == dict(domains.facts[own].choices)[name.rpartition(".")[2]])

    try:
        return bool(evaluate(formula, read))
    except (ZeroDenominator, OutOfDomain):
        return None


def _own(name: str, domains: Domains) -> str:
    head = domains.facts.get(name.rpartition(".")[0])
    return head.name if head is not None and head.choices and name not in domains.facts else _column(name)


def _column(name: str) -> str:
    """全年预算数 and `adjusted` are one cell."""
    return next(zh for zh, column in BUDGET_NAMES.items() if column == BUDGET_NAMES[name]) if name in BUDGET_NAMES else name


def _of(name: str, domains: Domains) -> list[Fraction]:
    """The numbers that a fact can only be; empty for any number."""
    fact = domains.facts.get(name)
    if fact is None or fact.choices:
        return [] if fact is None else [number for _, number in fact.choices]
    return [ZERO, ONE] if fact.kind == "truth" else []


def _constants(formulas: list[Formula]) -> Iterator[Fraction]:
    for formula in formulas:
        for node in ast.walk(formula.tree):  # type: ignore[arg-type]
            if isinstance(node, ast.Constant):
                yield Fraction(node.value)  # type: ignore[arg-type]


def _around(numbers: set[Fraction]) -> list[Fraction]:
    """The numbers, one between every two, and one beyond both ends."""
    known = sorted(numbers)
    return sorted({known[0] - 1, *known, *((one + other) / 2 for one, other in pairwise(known)), known[-1] + 1})
