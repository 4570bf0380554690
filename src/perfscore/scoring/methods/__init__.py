"""
The room of scoring methods: one file each, found by its name, turning parameters and points into a curve.

A method module has `NAME`, `ZH`, `SAYS`, `TAKES` (the kind of measure), `PARAMETERS` (a shape read as `Fields`),
`told(parameters, points) -> Phrase`, the scoring standard in words, and `curve(parameters, points, report) -> Curve | None`, which reports what
does not fit with its place.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from perfscore.model.curve import Curve, level, straight
from perfscore.model.rules import Indicator, Takes
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.fields import Fields
from perfscore.text.interval import EVERYTHING
from perfscore.text.phrase import Phrase
from perfscore.text.rooms import modules
from perfscore.text.shape import Shape

if TYPE_CHECKING:
    from perfscore.scoring.methods._items import Item

Report = Callable[[Diagnostic], None]


class Method(Protocol):
    """What every file of this room offers."""

    NAME: str
    ZH: str
    SAYS: Phrase
    TAKES: Takes
    PARAMETERS: Shape

    #: Methods that take a label or a judgement also have `labels(parameters)`, by place.
    labels: Callable[[Fields], tuple[str, ...]]
    #: Methods that take items also have `items(parameters, points)`, in the order of the rule file.
    #: Their measure is the sum of the points of the items that a form names.
    items: Callable[[Fields, Fraction], tuple[Item, ...]]

    def told(self, parameters: Fields, points: Fraction | None) -> Phrase:
        """The scoring standard in one sentence, for parameters that make a curve; without points, which then are the form's, in shares of them."""

    def curve(self, parameters: Fields, points: Fraction, report: Report) -> Curve | None:
        """The curve for these parameters and points; `None` after a report."""


def names() -> tuple[str, ...]:
    """The methods there are, by their English names."""
    return tuple(name.replace("_", "-") for name in modules(__path__))


def find(name: str) -> Method | None:
    """The method of an English or Chinese name."""
    if name.isascii():
        module = name.replace("-", "_")
        if not module.isidentifier() or module.startswith("_") or "__" in module or name != module.replace("_", "-"):
            return None
        try:
            return cast("Method", import_module(f"{__name__}.{module}"))
        except ModuleNotFoundError:
            return None
    return next((method for method in map(find, names()) if method and name == method.ZH), None)


def curve_of(rule: Indicator, use: int, points: Fraction) -> Curve:
    """
    The curve of one of an indicator's methods for these points.

    A fixed indicator was tried when its rule set was built; the points of a row come with the form, and a method whose amounts do not fit them
    raises Rejected. A row of 0 points is worth nothing by any method.
    """
    chosen = rule.methods[use][1]
    method = find(chosen.name)
    problems: list[Diagnostic] = []
    curve = method.curve(chosen.parameters, points, problems.append) if method is not None else None
    if curve is None and not points:
        return Curve((straight(EVERYTHING, level(points), Phrase("分值为 0，不计分", "worth 0 points"), chosen.span),), points)
    if curve is None:
        raise Rejected(problems)
    return curve
