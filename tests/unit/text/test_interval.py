"""A table of bands is copied from a notice: each form that notices use is read as the notice means it, and what is ambiguous is never guessed."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from perfscore.text.interval import EVERYTHING, Interval, class_gap, read_interval, read_intervals
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Quantity, read_printed

F = Fraction
CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "intervals.yaml").read_text(encoding="utf-8"))
REFUSED = [*CASES.pop("refused").items()]
READ = [(text, means) for rows in CASES.values() for text, means in rows.items()]


def pieces(means: str) -> list[tuple[Fraction | None, Fraction | None, bool, bool]]:
    """What the table says, read without the reader under test."""
    found = []
    for piece in means.split():
        low, high = (None if end in ("-∞", "+∞") else F(end) for end in piece[1:-1].split(","))
        found.append((low, high, piece[0] == "[", piece[-1] == "]"))
    return found


def one(text: str) -> Interval:
    found = read_interval(text)
    assert isinstance(found, Interval), found
    return found


@pytest.mark.parametrize("text, means", READ)
def test_an_interval_text_is_read_as_the_table_says(text, means):
    found = read_intervals(text)
    assert not isinstance(found, Phrase), found.zh
    assert [tuple(interval) for interval in found] == pieces(means)


# The two sides of every end, and the end itself, are where a misread text becomes a wrong score.
@pytest.mark.parametrize("text, means", READ)
def test_each_end_belongs_where_the_table_says(text, means):
    found = read_intervals(text)
    assert not isinstance(found, Phrase)
    little = F(1, 10**6)
    for low, high, low_closed, high_closed in pieces(means):
        sides = [] if low is None else [(low - little, False), (low, low_closed), (low + little, low != high)]
        sides += [] if high is None else [(high - little, low != high), (high, high_closed), (high + little, False)]
        for number, inside in sides:
            assert any(interval.holds(number) for interval in found) is inside, number


@pytest.mark.parametrize("text, says", REFUSED)
def test_what_is_ambiguous_or_nonsense_is_refused_with_its_reason(text, says):
    for found in (read_intervals(text), read_interval(text)):
        assert isinstance(found, Phrase), found
        assert says in found.zh
        assert found.en.strip()


def test_the_table_holds_many_of_each_kind():
    # A table that lost its rows would still pass row by row.
    assert len(READ) > 130
    assert len(REFUSED) > 50
    assert sum(" " in means for _, means in READ) >= 9


def test_where_one_interval_is_wanted_two_are_refused_by_name():
    found = read_interval("±10-15%以内")
    assert found == Phrase(
        "±10-15%以内 是左右两段（[-15%,-10%) 和 (10%,15%]），这里只能写一段",
        "±10-15%以内 names two pieces, [-15%,-10%) and (10%,15%]: one interval is expected here",
    )
    assert read_interval("±10%以内") == Interval(F(-1, 10), F(1, 10), low_closed=True, high_closed=True)


decimals = st.builds(F, st.integers(-(10**12), 10**12), st.sampled_from([1, 10, 100, 10**6]))


@st.composite
def intervals(draw):
    low, high = draw(st.none() | decimals), draw(st.none() | decimals)
    if low is not None and high is not None and low > high:
        low, high = high, low
    closed = low is not None and low == high
    return Interval(low, high, low is not None and (closed or draw(st.booleans())), high is not None and (closed or draw(st.booleans())))


# What is shown of a rule file must mean the same when it is copied back into one.
@given(intervals())
@example(EVERYTHING)
def test_a_written_interval_reads_back_equal(interval):
    assert one(str(interval)) == interval
    assert one(interval.written(share=True)) == interval


@given(st.text(max_size=40) | st.text("0123456789.,，-~%‰±≥≤<>=[]()（）含不上下内外以至超过大于分满足及、 —∞", max_size=20))
@example("\ud800")
@example("1\x00")
@example("(" * 500 + "80-90" + ")" * 500)
@example("±" * 500)
def test_any_text_is_intervals_that_hold_something_or_a_reason(text):
    found = read_intervals(text)
    if isinstance(found, Phrase):
        assert found.zh
        assert found.en
        return
    assert 1 <= len(found) <= 2
    for interval in found:
        assert not interval.empty()
        assert not (interval.low is None and interval.low_closed)
        assert not (interval.high is None and interval.high_closed)
    for left, right in pairwise(found):
        assert left.meet(right).empty()
        assert left == right.mirrored()


# Any range, any mark: where a number lies between the ends, the marks alone decide on the ends.
@given(
    st.integers(0, 98), st.integers(1, 99), st.sampled_from(["", "(含)", "(不含)"]), st.sampled_from(["", "(含)", "(不含)"]), st.sampled_from("-~至—")
)
def test_turning_a_marked_range_around_changes_nothing(low, high, first, last, sign):
    if low >= high or not (first or last):
        return
    assert one(f"{low}%{first}{sign}{high}%{last}") == one(f"{high}%{last}{sign}{low}%{first}")


# A form and a rule file are printed by the same office: a word of comparison must not mean one thing here and another there.
@pytest.mark.parametrize(
    "text",
    [text for text, _ in READ if isinstance(read_printed(text.replace("分", "")), Quantity) and not any(sign in text for sign in "-~～至—")],
)
def test_comparisons_mean_what_they_mean_in_a_form(text):
    printed, found = read_printed(text.replace("分", "")), one(text)
    assert isinstance(printed, Quantity)
    assert (printed.low, printed.high) == (found.low, found.high)
    assert found.low is None or printed.low_open is not found.low_closed
    assert found.high is None or printed.high_open is not found.high_closed


@pytest.mark.parametrize(
    "left, right, share, between, joined",
    [
        ("80-89", "90-100", False, "89.5", "[80,90)"),
        ("0-59", "60(含)-80", False, "59.5", "[0,60)"),
        ("≤89", "≥90", False, "89.5", "(-∞,90)"),
        ("[80,89.99]", "90-100", False, "89.995", "[80,90)"),
        ("[80,89.9]", "90-100", False, "89.95", "[80,90)"),
        ("80-89%", "90-100%", True, "89.5%", "[80%,90%)"),
    ],
)
def test_classes_that_leave_a_gap_are_told_how_to_meet(left, right, share, between, joined):
    hint = class_gap(one(left), one(right), share=share)
    assert hint == Phrase(
        f"{between} 这样的数哪一档也不属于；前一档写作 {joined} 就接上了", f"a number like {between} would be in neither: write {joined}"
    )
    # The advice is good: what it says to write is an interval that meets the next one.
    assert one(joined).high == one(right).low
    assert one(joined).high_closed is not one(right).low_closed


def test_grades_are_in_points_and_need_not_say_so():
    assert class_gap(one("80-89"), one("90-100")) == class_gap(one("80-89"), one("90-100"), share=False)


# Elsewhere the gap is a slip or meant: how to mend it is not for us to say.
@pytest.mark.parametrize(
    "left, right", [("[0,60)", "[70,80)"), ("[0,60)", ">60"), ("80-89", ">90"), ("[80,90)", "[90,100]"), ("≥0", "[90,100]"), ("[0,0.5]", "[1.5,2]")]
)
def test_other_neighbours_get_no_such_advice(left, right):
    assert class_gap(one(left), one(right)) is None
