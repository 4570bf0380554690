"""A cell that is misread is a wrong score that nobody sees: what is clean is read exactly, and what is not is never guessed."""

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from perfscore.text.dates import day_number
from perfscore.text.printed import (
    Blank,
    NotApplicable,
    Period,
    Printed,
    Quantity,
    Unit,
    Unreadable,
    Words,
    fold,
    fold_label,
    format_number,
    format_share,
    read_number,
    read_printed,
    read_share,
    unit_named,
)

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "printed.yaml").read_text(encoding="utf-8"))
ROWS = [(text, says) for rows in CASES.values() for text, says in rows.items()]

WAN = unit_named("万元")


def described(value: Printed) -> str:
    """A printed value in one line, as the table of cases writes it; dates by the standard library's calendar and not by ours."""
    match value:
        case Quantity():
            low = "-∞" if value.low is None else format_number(value.low)
            high = "+∞" if value.high is None else format_number(value.high)
            ends = f"{'(' if value.low_open else '['}{low}, {high}{')' if value.high_open else ']'}"
            kind = "none" if value.unit is None else value.unit.kind
            return " ".join(filter(None, (value.form, value.comparator, ends, kind, f"places {value.places}")))
        case Period():
            first = "…" if value.first is None else dt.date.fromordinal(value.first).isoformat()
            last = dt.date.fromordinal(value.last).isoformat()
            return " ".join(filter(None, ("period", value.comparator, first, last, value.precision)))
        case Words():
            return "words"
        case Blank():
            return "blank"
        case NotApplicable():
            return "not applicable"
        case Unreadable():
            return "unreadable"


def quantity(text: str, **given: object) -> Quantity:
    value = read_printed(text, **given)  # type: ignore[arg-type]
    assert isinstance(value, Quantity), value
    return value


@pytest.mark.parametrize("text, says", ROWS)
def test_a_printed_text_is_read_as_the_table_says(text, says):
    value = read_printed(text, year=2024)
    assert described(value) == says
    assert value.text == text


def test_the_table_holds_each_kind_of_answer_many_times():
    # A table that lost its bad rows would still pass row by row.
    kinds = [says.split()[0] for _, says in ROWS]
    assert min(kinds.count(kind) for kind in ("exact", "bound", "over", "range", "period", "words", "blank")) >= 10
    assert kinds.count("unreadable") >= 100


def test_the_printed_number_is_kept_beside_the_interval():
    assert [quantity(text).spoken for text in ("≥50个", "30余次", "859.70万元", "3-5天")] == [50, 30, 8597000, None]


def test_a_date_without_a_year_takes_the_forms_and_is_unreadable_without():
    assert described(read_printed("9月前", year=2022)) == "period <= … 2022-09-30 month"
    assert isinstance(read_printed("9月前"), Unreadable)
    assert isinstance(read_printed("上半年"), Unreadable)


def test_a_bare_number_takes_the_unit_of_its_column_and_a_printed_unit_wins():
    assert quantity("1403.23", unit=WAN).low == 14032300
    assert quantity("41838300元", unit=WAN).low == 41838300
    assert quantity("1.5亿", unit=WAN).unit == unit_named("亿元")
    assert quantity("79.54%", unit=WAN).unit == unit_named("%")
    assert quantity("10-20", unit=WAN).high == 200000
    assert quantity("30余", unit=WAN).high == 400000


def test_money_and_measures_of_one_kind_compare_in_one_base():
    assert quantity("0.418383亿元").low == quantity("4183.83万元").low == quantity("41,838,300元").low
    assert quantity("117.1万㎡").low == quantity("1171000平方米").low == quantity("1.171平方公里").low
    assert quantity("3亩").low == quantity("0.2公顷").low
    assert quantity("5‰").low == quantity("0.5%").low


def test_percent_and_plain_number_stay_different_kinds():
    assert quantity("0.95").unit is None
    assert quantity("95%").unit == Unit("%", "share", Fraction(1, 100))


def test_what_cannot_be_read_says_why_in_both_languages():
    for text, says in ROWS:
        value = read_printed(text, year=2024)
        if says in ("unreadable", "blank"):
            assert isinstance(value, Unreadable | Blank)
            assert value.why.zh
            assert value.why.en


def test_a_text_beyond_the_limit_is_no_number():
    assert isinstance(read_printed("1" * 201), Unreadable)
    assert isinstance(read_printed("100" + "。" * 200), Unreadable)
    assert isinstance(read_printed("成" * 201), Words)


@pytest.mark.parametrize("text", ["9" * 19, "0." + "1" * 14, "1" + ",000" * 6, "9" * 65])
def test_more_digits_than_are_kept_exactly_are_refused(text):
    assert isinstance(read_printed(text), Unreadable)


@given(st.text(max_size=60) | st.text("0123456789.,-~%‰ ≥≤<>=年月日底前余万亿元个以上内至(含)１，。", max_size=24))
@example("\ud800")
@example("1\x00")
def test_any_text_is_one_of_the_answers(text):
    value = read_printed(text, year=2024, unit=WAN)
    assert isinstance(value, Quantity | Period | Words | Blank | NotApplicable | Unreadable)
    if isinstance(value, Quantity) and value.low is not None and value.high is not None:
        assert value.low <= value.high
    if isinstance(value, Period) and value.first is not None:
        assert value.first <= value.last
    label, _ = fold_label(text)
    assert len(label) <= len(text)


UNITS = st.sampled_from([None, *map(unit_named, ("元", "万元", "亿元", "%", "‰", "个", "万㎡", "次/年", "个工作日", "分"))])


@given(st.integers(-(10**12), 10**12), st.integers(0, 6), UNITS)
def test_a_printed_number_reads_back_as_itself(digits, places, unit):
    number = Fraction(digits, 10**places)
    value = quantity(format_number(number, places) + (unit.name if unit else ""))
    assert value.low == value.high == value.spoken == number * (unit.factor if unit else 1)
    assert (value.unit, value.places) == (unit, places)


@given(st.integers(0, 10**15), st.integers(0, 4))
def test_money_units_convert_exactly(digits, places):
    amount = Fraction(digits, 10**places)
    in_yuan = {
        quantity(format_number(amount / factor) + name).low
        for name, factor in (("元", 1), ("万元", 10**4), ("亿元", 10**8))
        if len(format_number(amount / factor).partition(".")[2]) <= 13
    }
    assert in_yuan == {amount}


@given(st.integers(1, 10**9), st.sampled_from(["≥{}", "{}以上", "不低于{}", "{}余", "{0}-{0}个", "≥ {} "]))
def test_a_lower_bound_never_excludes_its_own_number(number, pattern):
    value = quantity(pattern.format(number))
    assert value.low == number
    assert not value.low_open


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_days_are_numbered_as_by_the_calendar(day):
    assert day_number(day.year, day.month, day.day) == day.toordinal()
    for text in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}"):
        value = read_printed(text)
        assert isinstance(value, Period)
        assert (value.first, value.last, value.precision) == (day.toordinal(), day.toordinal(), "day")


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 11, 30)))
def test_before_a_month_ends_the_day_before_the_next_begins(day):
    following = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
    value = read_printed(f"{day.year}年{day.month}月底前")
    assert isinstance(value, Period)
    assert value.last == following.toordinal() - 1


@pytest.mark.parametrize(
    "text, number",
    [
        ("0", 0), ("-0", 0), ("10", 10), ("-3.50", Fraction(-7, 2)), ("0.05", Fraction(1, 20)), ("9" * 18, 10**18 - 1),
        # What a rule file must not say: codes, groups, exponents, other scripts, spaces.
        ("", None), ("010123", None), ("00", None), ("1,234", None), ("1e5", None), ("+1", None), (".5", None), ("5.", None), ("１", None), ("٣", None),
        ("²", None), (" 1", None), ("1\n", None), ("1_000", None), ("--1", None), ("1.2.3", None), ("NaN", None), ("9" * 19, None), ("0." + "1" * 14, None),
        ("True", None), ("0x10", None), ("10%", None),
    ],
)  # fmt: skip
def test_numbers_of_rule_files_are_strict(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text, share",
    [
        ("10%", Fraction(1, 10)), ("0.5", Fraction(1, 2)), ("12‰", Fraction(3, 250)), ("-5%", Fraction(-1, 20)), ("100%", 1),
        ("%", None), ("10%%", None), ("10 %", None), ("", None), ("abc%", None),
    ],
)  # fmt: skip
def test_shares_of_rule_files(text, share):
    assert read_share(text) == share


@pytest.mark.parametrize(
    "value, places, text",
    [
        (Fraction(19190, 200), None, "95.95"), (Fraction(5), None, "5"), (Fraction(1, 3), None, "1/3"), (Fraction(-1, 8), None, "-0.125"), (Fraction(0), None, "0"),
        (Fraction(100), None, "100"), (Fraction(1, 7), 2, "0.14"), (Fraction(5), 2, "5.00"), (Fraction(19, 2), 0, "10"),
        # Ties go away from zero on both sides, and nothing is minus zero.
        (Fraction(1, 8), 2, "0.13"), (Fraction(-1, 8), 2, "-0.13"), (Fraction(2675, 1000), 2, "2.68"), (Fraction(-1, 1000), 2, "0.00"), (Fraction(-1, 3), 0, "0"),
    ],
)  # fmt: skip
def test_numbers_are_written_exactly(value, places, text):
    assert format_number(value, places) == text


def test_a_share_is_written_per_cent():
    # 1403.23 of 1764.12, and the form prints 79.54%.
    assert format_share(Fraction(140323, 176412)) == "79.54%"
    assert format_share(Fraction(1), 0) == "100%"


@given(st.fractions(-(10**9), 10**9, max_denominator=10**6))
def test_exact_text_is_read_as_the_same_number_where_it_is_decimal(value):
    text = format_number(value)
    if "/" in text:
        assert Fraction(text) == value
        # No power of ten is a multiple of the denominator: digits would not end.
        assert 10**20 % value.denominator
    elif len(text.partition(".")[2]) <= 13:
        assert read_number(text) == value


@pytest.mark.parametrize(
    "text, label, points",
    [
        ("成本指标（20分）", "成本指标", 20), ("满意度 指标(10分)", "满意度指标", 10), ("效益指标（20分） ", "效益指标", 20), ("产出指标\n\n(50 分)", "产出指标", 50),
        ("经济效\n\n益指标", "经济效益指标", None), ("年度\n\n指标值", "年度指标值", None), ("预算执行率（10.5分）", "预算执行率", Fraction(21, 2)),
        ("指标1：住房困难群众应保尽保", "住房困难群众应保尽保", None), ("1、双随机、一公开", "双随机、一公开", None), ("（1）财政拨款", "财政拨款", None), ("（一）基本支出", "基本支出", None),
        ("2.公务接待", "公务接待", None), ("三、出国经费", "出国经费", None), ("“三公经费”变动率", '"三公经费"变动率', None), ("三公经费", "三公经费", None),
        # No label would be left, or what looks like a number belongs to the label.
        ("指标2：", "指标2:", None), ("（10分）", "(10分)", None), ("1.5万元以下", "1.5万元以下", None), ("指标体系", "指标体系", None), ("规模（㎡）", "规模(㎡)", None),
        ("得分（满分）", "得分(满分)", None), ("", "", None), ("12345工单", "12345工单", None), ("一级指标", "一级指标", None), ("(1", "(1", None),
    ],
)  # fmt: skip
def test_labels_meet_their_rule_in_one_spelling(text, label, points):
    assert fold_label(text) == (label, points)


def test_folding_leaves_apart_what_unicode_compatibility_would_merge():
    # NFKC makes `m2` of ㎡, `2` of ² and `1` of ①.
    assert fold("㎡²①Ⅲ") == "㎡²①Ⅲ"
    assert fold("　（１２，３４５．６％）　") == "(12,345.6%)"


@pytest.mark.parametrize(
    "name, kind, factor",
    [
        ("元", "money", 1), ("万元", "money", 10**4), ("千元", "money", 1000), ("百万元", "money", 10**6), ("亿元", "money", 10**8), ("%", "share", Fraction(1, 100)),
        ("名", "count:人", 1), ("人次", "count:人次", 1), ("万人次", "count:人次", 10**4), ("元/人", "money/人", 1), ("万元/公里", "money/公里", 10**4),
        ("千克", "mass", 1), ("千米", "length", 1000), ("亩", "area", Fraction(2000, 3)), ("万", "number", 10**4), ("年", "months", 12),
    ],
)  # fmt: skip
def test_units_have_a_kind_and_an_exact_size(name, kind, factor):
    assert unit_named(name) == Unit(name, kind, Fraction(factor))


@pytest.mark.parametrize("name", ["", "万用表", "百分", "万%", "元/", "/人", "元/人/年", "个个", "e5"])
def test_unknown_names_are_no_units(name):
    assert unit_named(name) is None
