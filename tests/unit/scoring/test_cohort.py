"""Numbers that only all forms together give: places with ties, the best, means without outliers, and forms that have no measure."""

import statistics
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfscore.scoring import cohort
from perfscore.scoring.cohort import Numbers
from perfscore.text import yaml
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.fields import Fields
from perfscore.text.phrase import same
from perfscore.text.record import Record
from perfscore.text.source import Source
from tests.unit.scoring.shown import shown

F = Fraction
KINDS = {"count": "个数", "max": "最大", "mean": "平均", "min": "最小", "rank": "名次", "sum": "合计"}
#: Every file of the room, and the one that CONTRIBUTING.md shows.
FOUND = {name: cohort.find(name) for name in cohort.names()} | {"median": shown("median")}


def test_the_kinds_are_these() -> None:
    assert {name: FOUND[name].ZH for name in cohort.names()} == KINDS
    assert [found.NAME for found in FOUND.values()] == list(FOUND)


def parameters(name: str, written: str) -> Fields | None:
    """What a rule file writes beside `of`."""
    problems: list[Diagnostic] = []
    read = Record(FOUND[name].PARAMETERS, same(name)).read(yaml.parse(Source("r", written)).documents[0], problems.append)
    assert not problems
    return read


def values(name: str, measures: list[Any], written: str = "") -> Numbers:
    exact: Numbers = [None if measure is None else F(str(measure)) for measure in measures]
    found: Numbers = FOUND[name].values(exact, parameters(name, written) if written else None)
    return found


# 椒江: 两个并列第2时，下一名从第4名开始.
@pytest.mark.parametrize(
    ("measures", "places", "written"),
    [
        ([9, 7, 7, 5], [1, 2, 2, 4], ""),
        ([5, 7, 9, 7], [4, 2, 1, 2], "first: highest"),
        ([5, 7, 9, 7], [1, 2, 4, 2], "第一名: 最低"),
        ([7, 7, 7], [1, 1, 1], "{first: lowest}"),
        ([None, 3, None, 8], [None, 2, None, 1], ""),
        ([None], [None], ""),
        ([], [], ""),
        # Equal only to the eye: a third is more than 0.3333333333.
        (["1/3", "0.3333333333"], [1, 2], ""),
    ],
)
def test_places_among_all(measures: list[Any], places: list[Any], written: str) -> None:
    assert values("rank", measures, written) == places


measured = st.lists(st.none() | st.fractions(-20, 20, max_denominator=3), max_size=12)


# The definition: one more than there are better ones.
@given(measured, st.booleans())
def test_a_place_is_one_more_than_there_are_better_ones(measures: Numbers, lowest: bool) -> None:
    have = [measure for measure in measures if measure is not None]
    better = F.__lt__ if lowest else F.__gt__
    wanted = [None if one is None else 1 + sum(better(other, one) for other in have) for one in measures]
    assert FOUND["rank"].values(measures, parameters("rank", "first: lowest") if lowest else None) == wanted


TEXTBOOK = {"max": max, "min": min, "sum": sum, "mean": statistics.mean, "median": statistics.median}


# Against the standard library, and every form learns the same number, also one that has no measure.
@pytest.mark.parametrize("name", TEXTBOOK)
@given(measures=measured)
def test_what_all_have_in_common(name: str, measures: Numbers) -> None:
    have = [measure for measure in measures if measure is not None]
    assert FOUND[name].values(measures, None) == [TEXTBOOK[name](have) if have else None] * len(measures)  # type: ignore[operator]


# None of anything is a count; none of a sum is not 0, because missing never becomes 0.
@pytest.mark.parametrize(("measures", "count", "total"), [([3, None, 4], 2, 7), ([None, None], 0, None), ([0, None], 1, 0)])
def test_no_measure_is_counted_and_not_added(measures: list[Any], count: int, total: int | None) -> None:
    assert values("count", measures) == [count] * len(measures)
    assert values("sum", measures) == [total] * len(measures)


# A form without a measure changes nothing for the others.
@pytest.mark.parametrize("name", FOUND)
@given(measures=measured, at=st.integers(0, 12))
def test_a_form_without_a_measure_is_left_out(name: str, measures: Numbers, at: int) -> None:
    found = FOUND[name].values(measures, None)
    more = FOUND[name].values([*measures[:at], None, *measures[at:]], None)
    del more[min(at, len(measures))]
    assert more == found


@pytest.mark.parametrize(
    ("measures", "written", "mean"),
    [
        # Bids: the mean of all is 125, and 200 is more than 30 % off.
        ([100, 110, 90, 200], "{within: 30%}", 100),
        ([100, 110, 90, 200], "偏差: 60%", 125),
        # Both ends count: 70 and 130 are exactly 30 % from 100.
        ([70, 130, 100], "within: 30%", 100),
        ([70, 130, 100], "within: 29.999%", 100),
        ([70, 130, 95, 105], "within: 29%", 100),
        ([69, 130, 101], "within: 30%", "115.5"),
        # The outliers are told by the mean of all, once: without 200 it is 100, and 70 would then be in.
        ([70, 100, 130, 100, 200], "within: 30%", 110),
        # A mean below 0 has a distance, too; about a mean of 0 only 0 is near, and here nothing is.
        ([-100, -110, -90, -200], "within: 30%", -100),
        ([-1, 1, 0], "within: 30%", 0),
        ([-1, 1], "within: 30%", None),
        ([1, 3], "within: 10%", None),
        ([1, 2, 6, 3], "within: 0", 3),
        ([100, None, 200, 90, 110], "within: 30%", 100),
        ([None], "within: 30%", None),
    ],
)
def test_a_mean_without_those_too_far_from_it(measures: list[Any], written: str, mean: Any) -> None:
    wanted = None if mean is None else F(str(mean))
    assert values("mean", measures, written) == [wanted] * len(measures)
