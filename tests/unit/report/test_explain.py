"""An explanation is what a person argues with: every sentence must be true of the numbers beside it, and read as a colleague would write it."""

from fractions import Fraction

import pytest

from perfscore.report.figures import format_cut, outward
from tests.unit.test_cases import row_result

F = Fraction


@pytest.mark.parametrize(
    "row, zh, en",
    [
        ({"target": "≥8座", "actual": "7座"}, "未得 1.25 分：实际完成值还差 1座", "1.25 points not earned: the actual value is 1座 short"),
        # What 88.2% lacks of 90% is percentage points.
        ({"target": "≥90%", "actual": "88.2%"}, "实际完成值还差 1.8 个百分点", "1.8 percentage points short"),
        ({"target": "≤90万元", "actual": "100万元"}, "实际完成值超出 10万元", "10万元 too high"),
        ({"target": "≤90万元", "actual": "100万元"}, "未得 1 分", "1 point not earned"),
        ({"target": "25—30分钟", "actual": "32分钟"}, "实际完成值超出 2分钟", "2分钟 too high"),
        ({"target": "25—30分钟", "actual": "20分钟"}, "实际完成值还差 5分钟", "5分钟 short"),
        ({"target": "1亿元", "actual": "5000万元"}, "还差 0.5亿元", "0.5亿元 short"),
        # A bare number takes the other's unit, in the explanation too.
        ({"target": "100", "actual": "95万元"}, "还差 5万元", "5万元 short"),
        ({"target": "100万元", "actual": "95"}, "还差 5万元", "5万元 short"),
        # Nothing is divided by zero, nor shown to be.
        ({"target": "≤0起", "actual": "0起"}, "目标 ≤0起，实际 0起，达到目标", "target ≤0起, actual 0起: met"),
        ({"target": "=0", "actual": "1"}, "实际完成值超出 1", "1 too high"),
        ({"target": "≤5起", "actual": "0起"}, "目标 ≤5起，实际 0起，达到目标", "target ≤5起, actual 0起: met"),
        # What is cut off is never shown as if it were exact.
        ({"target": "3", "actual": "2"}, "分值 10 × 66.66…% = 6.6666… → 6.67（四舍五入）", "points 10 × 66.66…% = 6.6666… → 6.67 (half up)"),
        ({"target": "≥30次", "actual": "30余次"}, "= 100%–133.33…%", "= 100%–133.33…%"),
        ({"target": "25—30分钟", "actual": "26—29分钟"}, "完成率 100%（区间指标）", "achievement 100% (inside the range is best)"),
        ({"target": "≥90%", "actual": "81%以上"}, "得分尚不能确定，在 9 到 10 分之间", "between 9 and 10"),
        ({"target": "6月底前", "actual": "7月1日"}, "逾期 1 天", "1 day late"),
        ({"target": "6月15日前", "actual": "7月"}, "逾期 16 至 46 天", "16 to 46 days late"),
        ({"target": "6月15日前", "actual": "6月"}, "不能确定是否逾期", "whether it is late cannot be told"),
        ({"target": "好", "actual": "较好", "points": "5", "reported": "3"}, "单位自评得分 3 分", "the unit's own score: 3 points"),
        (
            {"target": "好", "actual": "较好", "points": "5", "reported": "3"},
            "未填完成等级；按得分属于部分达成",
            "no tier is given; by its score 部分达成",
        ),
        ({"target": "好", "actual": "较好", "points": "5", "reported": "3"}, "以单位自评得分为准", "the unit's own score decides"),
        ({"target": "好", "actual": "较好", "points": "5", "judged": "4", "reported": "3"}, "评定得分 4 分", "the judged score: 4 points"),
        ({"target": "2", "actual": "1", "points": ""}, "这一行没有分值，不能单独计分", "the row has no points, and so no score of its own"),
        ({"target": "不适用"}, "表上写明不适用", "the form says that it does not apply"),
        ({"target": "≥90%", "actual": "无"}, "“无”可能是 0，也可能是没有填报，请写明", "无 can be 0 or not filled in"),
    ],
)
def test_a_row_is_explained_in_its_own_numbers(row: dict[str, str], zh: str, en: str) -> None:
    line = row_result({}, row)["row"]
    assert zh in " | ".join(line.why("zh"))
    assert en in " | ".join(line.why("en"))


# Full points need no excuse.
@pytest.mark.parametrize(
    "row", [{"target": "8", "actual": "8"}, {"target": "6月底前", "actual": "6月1日"}, {"target": "好", "actual": "好", "reported": "10"}]
)
def test_nothing_is_said_to_be_lost_where_nothing_is(row: dict[str, str]) -> None:
    assert "未得" not in "".join(row_result({}, row)["row"].why())


@pytest.mark.parametrize(
    "number, places, text",
    [
        ("1/3", 4, "0.3333…"),
        ("2/3", 2, "0.66…"),
        ("-2/3", 2, "-0.66…"),
        ("1.50", 4, "1.5"),
        ("100", 2, "100"),
        ("0.001", 2, "0.00…"),
        ("0", 2, "0"),
        ("0.01", 2, "0.01"),
    ],
)
def test_a_number_is_cut_and_not_rounded(number: str, places: int, text: str) -> None:
    assert format_cut(F(number), places) == text


# Bounds are rounded outward: what is shown always holds what is true.
@pytest.mark.parametrize(
    "low, high, shown",
    [("1/3", "2/3", ("0.33", "0.67")), ("10", "100", ("10", "100")), ("8.571", "8.571", ("8.57", "8.58")), ("0.001", "9.999", ("0", "10"))],
)
def test_bounds_are_rounded_outward(low: str, high: str, shown: tuple[str, str]) -> None:
    assert outward((F(low), F(high))) == shown
