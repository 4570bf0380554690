"""Target and actual as printed, held against each other: the share reached, its interval, or why there is none. Rows of forms are in cases/forms."""

from fractions import Fraction

import pytest

from perfscore.forms.compare import achievement, direction_of, lateness, same_kind
from perfscore.model.rules import Direction
from perfscore.text.interval import Interval
from perfscore.text.printed import Period, Quantity, read_printed


def quantity(text: str) -> Quantity:
    found = read_printed(text, year=2024)
    assert isinstance(found, Quantity), found
    return found


def period(text: str) -> Period:
    found = read_printed(text, year=2024)
    assert isinstance(found, Period), found
    return found


@pytest.mark.parametrize(
    "target, given, rule, direction",
    [
        ("≥8", None, None, "higher"),
        (">8", None, "lower", "higher"),
        ("≤8", None, None, "lower"),
        ("<8", None, "higher", "lower"),
        ("=8", None, "lower", "equal"),
        ("8", None, None, "higher"),
        ("8", None, "lower", "lower"),
        ("8", "equal", "lower", "equal"),
        ("≥8", "lower", None, "lower"),
        ("8至10", None, "lower", "range"),
        ("8至10", "lower", None, "lower"),
        ("8以内", None, None, "lower"),
        ("8以上", None, "lower", "higher"),
        ("8", "nonsense", None, "higher"),
    ],
)
def test_the_direction_is_the_rows_own_then_the_signs_then_the_rules(target: str, given: str | None, rule: Direction | None, direction: str) -> None:
    assert direction_of(quantity(target), given, rule) == direction


@pytest.mark.parametrize(
    "target, actual, goes",
    [
        ("100万元", "5元", True),
        ("100", "5元", True),
        ("100万元", "5", True),
        ("100", "5", True),
        ("90%", "95%", True),
        ("90%", "950‰", True),
        ("90%", "95", False),
        ("90", "95%", False),
        ("100个", "5户", False),
        ("100个", "5元", False),
        ("2次/年", "2次", True),
        ("2次/月", "2次", False),
    ],
)
def test_units_go_together_or_it_is_said(target: str, actual: str, goes: bool) -> None:
    trouble = same_kind(quantity(target), quantity(actual))
    assert (trouble is None) == goes
    assert trouble is None or trouble.code == "unit-differs"


@pytest.mark.parametrize(
    "target, actual, direction, low, high",
    [
        ("8", "6至8", "higher", "3/4", "1"),
        ("8", "≥6", "higher", "3/4", None),
        ("8", "≤6", "higher", "0", "3/4"),
        ("8", "≤6", "lower", "4/3", None),
        ("8", "≥10", "lower", "0", "4/5"),
        ("8", "6至10", "lower", "4/5", "4/3"),
        ("8至10", "6至20", "range", "1/2", "1"),
        ("8至10", "6至7", "range", "3/4", "7/8"),
        ("8至10", "20至40", "range", "1/4", "1/2"),
        ("8至10", "≤6", "range", "0", "3/4"),
    ],
)
def test_an_interval_stays_an_interval(target: str, actual: str, direction: Direction, low: str, high: str | None) -> None:
    found = achievement(quantity(target), quantity(actual), direction, "standard").value
    assert isinstance(found, Interval)
    assert (found.low, found.high) == (Fraction(low), None if high is None else Fraction(high))


# A range from below zero has an end that no ratio has: it is refused and not scored.
def test_an_interval_with_a_negative_end_is_refused() -> None:
    found = achievement(quantity("8"), quantity("-2至8"), "higher", "standard")
    assert found.value is None
    assert found.trouble is not None
    assert found.trouble.code == "negative-actual"


@pytest.mark.parametrize(
    "target, actual, days",
    [
        ("6月底前", "6月30日", 0),
        ("6月底前", "7月1日", 1),
        ("6月底前", "6月1日", -29),
        ("2024年", "2025年1月1日", 1),
        ("2月底前", "3月1日", 1),
        ("2023年2月底前", "2023年3月1日", 1),
    ],
)
def test_lateness_is_counted_in_days(target: str, actual: str, days: int) -> None:
    assert lateness(period(target), period(actual)) == days


@pytest.mark.parametrize(
    "target, actual, first, last",
    [
        ("6月15日前", "6月", -14, 15),
        ("6月15日前", "2024年", -166, 199),
        ("6月15日前", "7月", 16, 46),
        ("6月15日前", "6月底前", None, 15),
    ],
)
def test_a_date_without_a_day_is_an_interval_of_days(target: str, actual: str, first: int | None, last: int) -> None:
    found = lateness(period(target), period(actual))
    assert isinstance(found, Interval)
    assert (found.low, found.high) == (None if first is None else Fraction(first), Fraction(last))
