"""
The room of aggregates: one file each, found by its name, adding the parts of a group up to the group.

An aggregate module has `NAME`, `ZH`, `SAYS` and `fold(parts) -> Part`.
"""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from perfscore.text.phrase import Phrase
from perfscore.text.rooms import modules


class Part(NamedTuple):
    """
    A child of a group, and what a group is to the one above.

    All its points, those of them that apply (what does not apply has none), and the least and the most that its score can be, exact.
    """

    points: Fraction
    applying: Fraction
    low: Fraction
    high: Fraction


class Aggregate(Protocol):
    """What every file of this room offers."""

    NAME: str
    ZH: str
    SAYS: Phrase

    def fold(self, parts: list[Part]) -> Part:
        """The group that the parts make."""


def names() -> tuple[str, ...]:
    """The aggregates there are, by their English names."""
    return tuple(name.replace("_", "-") for name in modules(__path__))


def find(name: str) -> Aggregate:
    """The aggregate of an English name that `names` lists."""
    return cast("Aggregate", import_module(f"{__name__}.{name.replace('-', '_')}"))
