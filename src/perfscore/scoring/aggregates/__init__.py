"""
The room of aggregates: one file each, found by its name, adding the parts of a group up to the group.

An aggregate module has `NAME`, `ZH`, `SAYS`, `WHOLE` (whether each part is worth the whole points of its group, instead of sharing them) and
`fold(parts) -> Part`. Where a part rises, the group must not fall: the least and the most are folded one by one, and hold only then.
"""

from __future__ import annotations

from collections.abc import Callable
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
    WHOLE: bool

    def fold(self, parts: list[Part]) -> Part:
        """The group that the parts make."""


def names() -> tuple[str, ...]:
    """The aggregates there are, by their English names."""
    return tuple(name.replace("_", "-") for name in modules(__path__))


def find(name: str) -> Aggregate:
    """The aggregate of an English name that `names` lists."""
    return cast("Aggregate", import_module(f"{__name__}.{name.replace('-', '_')}"))


def whole(name: str | None) -> bool:
    """Whether each part is worth the whole points of its group; parts that are added up (`None`) share them."""
    return name is not None and find(name).WHOLE


def among(parts: list[Part], of: Callable[[list[Fraction]], Fraction]) -> Part:
    """
    The group of parts that are each worth its whole points, from the scores of those that apply.

    Where only some points of a part apply, they stand for all of it: what does not apply neither earns nor loses.
    """
    zero = Fraction(0)
    # All are worth the same, but for a part of which the form asks nothing: that one has no points.
    points = max((part.points for part in parts), default=zero)
    live = [(part, points / part.applying) for part in parts if part.applying]
    if not live:
        return Part(points, zero, zero, zero)
    return Part(points, points, of([part.low * scale for part, scale in live]), of([part.high * scale for part, scale in live]))
