"""Parts that may not apply: the least and the most of a group are those of some choice of what applies, and of no choice beyond them."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from perfscore.scoring import aggregates
from perfscore.scoring.aggregates import Part
from perfscore.scoring.doubts import MOST, Stake, add, certain, dropped, fold, may_drop

F = Fraction
every = pytest.mark.parametrize("aggregate", [aggregates.find(name) for name in aggregates.names()], ids=lambda found: found.NAME)
adding = aggregates.find("sum")


@st.composite
def leaves(draw: DrawFn) -> list[Part]:
    """Everything that a leaf may be: a part that applies, one that does not, or either."""
    points = F(draw(st.sampled_from((4, 4, 10, 1))))
    low, high = sorted(points * F(step, 4) for step in draw(st.tuples(st.integers(-1, 6), st.integers(-1, 6))))
    both = [Part(points, points, low, high), Part(points, F(0), F(0), F(0))]
    return draw(st.sampled_from((both, both, both[:1], both[1:])))


groups = st.lists(leaves(), max_size=4)


def staked(leaf: list[Part]) -> Stake:
    return may_drop(leaf[0]) if len(leaf) == 2 else certain(leaf[0]) if leaf[0].applying else dropped(leaf[0])


@every
@given(groups)
def test_the_bounds_are_those_of_all_choices(aggregate: Any, group: list[list[Part]]) -> None:
    """Too narrow they would be a promise that is broken, too wide they would hide a grade that is certain."""
    found = fold(aggregate, list(map(staked, group)))
    folded = [aggregate.fold(list(chosen)) for chosen in product(*group)]
    assert found.bounds == (min(part.low for part in folded), max(part.high for part in folded))
    assert {part.applying for part in found.all} == {part.applying for part in folded}
    assert found.points - found.doubt == min(part.applying for part in folded)
    assert (found.gone is not None) == any(not any(part.applying for part in chosen) for chosen in product(*group))


@every
@given(groups, groups, st.booleans())
def test_groups_in_groups_that_are_held_and_rounded(aggregate: Any, one: list[list[Part]], other: list[list[Part]], alone: bool) -> None:
    """However the group above adds up, and whatever was made of the one below: each choice is held and rounded by itself."""

    def held(low: F, high: F) -> tuple[F, F]:
        return max(F(2), F(round(low))), max(F(2), F(round(high)))

    def kept(group: list[Part]) -> Part:
        low, high = held(sum((part.low for part in group), F(0)), sum((part.high for part in group), F(0)))
        return adding.fold(group)._replace(low=low, high=high) if any(part.applying for part in group) else adding.fold(group)

    below = [fold(adding, list(map(staked, group))).each(held) for group in (one, other)[: 2 - alone]]
    found = fold(aggregate, below)
    choices = ([kept(list(chosen)) for chosen in product(*group)] for group in (one, other)[: 2 - alone])
    folded = [aggregate.fold(list(chosen)) for chosen in product(*choices)]
    assert found.bounds == (min(part.low for part in folded), max(part.high for part in folded))


def test_a_group_that_does_not_apply_is_not_held() -> None:
    """A limit is of a score: whatever does not apply has none."""
    only = fold(adding, [may_drop(Part(F(5), F(5), F(1), F(5)))])
    assert only.each(lambda low, high: (max(low, F(4)), high)).bounds == (F(0), F(5))
    assert add([only, certain(Part(F(0), F(0), F(2), F(2)))]).each(lambda low, high: (max(low, F(4)), high)).bounds == (F(4), F(7))


@every
def test_a_crowd_of_doubts_stays_within_wider_bounds(aggregate: Any) -> None:
    """Whatever of forty parts applies: every number of points stands for a part, and so many of them nobody can wait for."""
    parts = [Part(F(2**place), F(2**place), F(place), F(2**place)) for place in range(40)]
    found = fold(aggregate, [fold(adding, [certain(parts[0]), *map(may_drop, parts[1:])]), certain(Part(F(1), F(1), F(0), F(1)))])
    assert len(found.live) <= MOST + 1
    low, high = found.bounds
    for taken in (parts, parts[:1], parts[:1] + parts[20:], parts[::2]):
        below = adding.fold([*taken, *(part._replace(applying=F(0), low=F(0), high=F(0)) for part in parts if part not in taken)])
        folded = aggregate.fold([below, Part(F(1), F(1), F(0), F(1))])
        assert low <= folded.low
        assert folded.high <= high
