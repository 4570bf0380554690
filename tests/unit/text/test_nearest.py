"""A hint is only worth its line when it names what the person meant, in both scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfscore.text.nearest import nearest

ENGLISH = ["threshold", "ratio", "bands", "deduction", "tiers", "deadline", "execution_rate", "points", "target", "cap"]
CHINESE = ["名称", "分值", "得分", "全年预算数", "全年执行数", "年度指标值", "实际完成值", "偏差原因分析", "预算执行率", "一级指标", "二级指标"]


@pytest.mark.parametrize(
    "word,meant",
    [
        ("treshold", "threshold"),
        ("thershold", "threshold"),
        ("Ratio", "ratio"),
        ("raito", "ratio"),
        ("band", "bands"),
        ("execution-rate", "execution_rate"),
        ("executionRate", "execution_rate"),
        ("ｐｏｉｎｔｓ", "points"),
        ("分数", "分值"),
        ("全年预算", "全年预算数"),
        ("全年执行额", "全年执行数"),
        ("年度目标值", "年度指标值"),
        ("实际完成", "实际完成值"),
        ("偏差原因", "偏差原因分析"),
        ("预算执行律", "预算执行率"),
        ("二级指表", "二级指标"),
    ],
)
def test_the_name_that_was_meant(word, meant):
    assert nearest(word, ENGLISH + CHINESE) == meant


@pytest.mark.parametrize("word", ["", " ", "xyz", "优", "banana", "部门", "满意度", "x" * 5000, "ab"])
def test_nothing_near_is_no_hint(word):
    assert nearest(word, ENGLISH + CHINESE) is None


def test_of_equally_near_names_the_one_that_begins_alike_wins():
    assert nearest("数值", ["分值", "数量"]) == "数量"


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=6))
def test_the_answer_is_one_of_the_names_and_a_known_name_is_itself(word, words):
    found = nearest(word, words)
    assert found is None or found in words
