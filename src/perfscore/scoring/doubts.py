"""What a group can come to where nobody can tell which of its parts apply: a part for every choice of them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from perfscore.scoring.aggregates import Aggregate, Part

ZERO = Fraction(0)
_EMPTY = Part(ZERO, ZERO, ZERO, ZERO)
#: So many parts stand side by side; of more only those with the fewest and the most points are kept, between the same bounds for all of them.
MOST = 32


class Stake(NamedTuple):
    """
    What a leaf or a group is to the group above.

    `live` has a part for every number of points that may apply; `gone` is the part if nothing applies, None where something does for certain.
    More than one of them there are only where nobody can tell.
    """

    live: tuple[Part, ...]
    gone: Part | None = None

    @property
    def open(self) -> bool:
        """Whether nobody can tell what of it applies."""
        return len(self.live) + (self.gone is not None) > 1

    @property
    def all(self) -> tuple[Part, ...]:
        """Everything that it may be."""
        return self.live if self.gone is None else (*self.live, self.gone)

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """The least and the most that its score can be, whatever of it applies."""
        return min(part.low for part in self.all), max(part.high for part in self.all)

    @property
    def points(self) -> Fraction:
        """The points if all applies that may."""
        return max(part.applying for part in self.all)

    @property
    def doubt(self) -> Fraction:
        """Those of the points that may not apply."""
        return self.points - min(part.applying for part in self.all)

    def each(self, change: Callable[[Fraction, Fraction], tuple[Fraction, Fraction]]) -> Stake:
        """With both ends changed, but for nothing at all: what does not apply has no score that could be held, rounded or vetoed."""
        changed = (change(part.low, part.high) for part in self.live)
        return Stake(tuple(part._replace(low=low, high=high) for part, (low, high) in zip(self.live, changed, strict=True)), self.gone)


def certain(part: Part) -> Stake:
    """A part that applies, whatever it scores."""
    return Stake((part,))


def dropped(part: Part) -> Stake:
    """A part that does not apply."""
    return Stake((), part)


def may_drop(part: Part) -> Stake:
    """A part of which nobody knows whether it applies."""
    return Stake((part,), _without(part))


def fold(aggregate: Aggregate, stakes: list[Stake]) -> Stake:
    """The group that the parts make, whatever of them applies."""
    if not any(stake.open for stake in stakes):
        whole = aggregate.fold([part for stake in stakes for part in stake.all])
        return Stake((whole,)) if any(stake.live for stake in stakes) else Stake((), whole)
    if aggregate.WHOLE:
        return _standing_for(aggregate, stakes)
    added = add(stakes)
    return Stake(_merged([aggregate.fold([part]) for part in added.live]), None if added.gone is None else aggregate.fold([added.gone]))


def add(stakes: list[Stake]) -> Stake:
    """All of them added up, for every choice of what applies."""
    live: tuple[Part, ...] = ()
    gone: Part | None = _EMPTY
    for stake in stakes:
        found = [_sum(one, other) for one in live for other in stake.all]
        if gone is not None:
            found += [_sum(gone, other) for other in stake.live]
        live = _merged(found)
        gone = None if gone is None or stake.gone is None else _sum(gone, stake.gone)
    return Stake(live, gone)


def _standing_for(aggregate: Aggregate, stakes: list[Stake]) -> Stake:
    """
    A group of parts that each stand for its whole points, by what they earn for those of their own that apply.

    The least is made of those that earn least, and the most of those that earn most: one more is taken as long as it matters.
    """
    sure, perhaps = list[Part](), list[Part]()
    for stake in stakes:
        counting = [part._replace(low=part.low / part.applying, high=part.high / part.applying) for part in stake.live if part.applying]
        if counting:
            points = counting[0].points
            unit = Part(points, points, points * min(part.low for part in counting), points * max(part.high for part in counting))
            (sure if len(counting) == len(stake.all) else perhaps).append(unit)
    without = [_without(part) for stake in stakes for part in stake.all]
    orders = sorted(perhaps, key=lambda part: part.low / part.points), sorted(perhaps, key=lambda part: -part.high / part.points)
    folded = [aggregate.fold([*without, *sure, *order[:taken]]) for order in orders for taken in range(len(order) + 1)]
    nothing = aggregate.fold(without)
    if not sure and any(not part.applying for stake in stakes for part in stake.live):
        folded.append(nothing)
        return Stake(_merged(folded), nothing if all(stake.gone for stake in stakes) else None)
    return Stake(_merged([part for part in folded if part.applying]), nothing if all(stake.gone for stake in stakes) else None)


def _merged(parts: list[Part]) -> tuple[Part, ...]:
    """
    One part for each number of points that apply; of very many those with the fewest and the most.

    What is scored of a point is never less or more than at one of these two, if both have the bounds of all.
    """
    found: dict[Fraction, Part] = {}
    for part in parts:
        known = found.get(part.applying, part)
        found[part.applying] = part._replace(low=min(part.low, known.low), high=max(part.high, known.high))
    if len(found) <= MOST:
        return tuple(found.values())
    nothing = found.pop(ZERO, None)
    low, high = min(part.low for part in found.values()), max(part.high for part in found.values())
    ends = tuple(found[end(found)]._replace(low=low, high=high) for end in (min, max))
    return ends if nothing is None else (*ends, nothing)


def _sum(one: Part, other: Part) -> Part:
    return Part(one.points + other.points, one.applying + other.applying, one.low + other.low, one.high + other.high)


def _without(part: Part) -> Part:
    return Part(part.points, ZERO, ZERO, ZERO)
