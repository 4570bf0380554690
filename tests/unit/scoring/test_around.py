"""Around and anchors: what their curves can give and how their pieces are told; their scores are in cases/rules/good and in the laws."""

from fractions import Fraction

import pytest

from tests.unit.scoring.test_methods import curve, pieces

F = Fraction
COOP = "{at: 100%, base: 80%, above: {every: 1%, gain: 0.5, until: 120%}, below: {every: 1%, lose: 0.5}}"
BID = "{at: '[-2%,0]', above: {every: 1%, lose: 0.4, steps: proportional, until: 25}, below: {every: 1%, lose: 0.2, steps: proportional, until: 25}}"


# Missing leaves are bounded, and totals held, by what a curve says it can give.
@pytest.mark.parametrize(
    ("text", "points", "least", "most"),
    [
        (COOP, "20", 0, 24),
        (BID, "35", 0, 35),
        ("{at: 0, above: {every: 1%, gain: 1, until: 12}, below: {every: 1%, lose: 1}}", "10", 0, 12),
        ("{at: 0, base: 6, below: {every: 1%, lose: 1, until: -2}}", "10", -2, 6),
        ("{at: 0, base: 不得分, above: {every: 1%, gain: 1}}", "2", 0, 2),
    ],
)
def test_a_curve_around_a_base_says_what_it_can_give(text, points, least, most):
    made = curve("around", text, points)
    assert (made.least, made.most, made.points) == (F(least), F(most), F(points))
    scores = [piece.upper.at(end) for piece in made.pieces for end in (piece.on.low, piece.on.high) if end is not None]
    assert max(scores) == most
    assert min(scores) >= least


def test_each_side_has_steps_of_its_own():
    text = "{at: '[1,2)', base: 50%, above: {every: 1, gain: 4, steps: up}, below: {every: 2, lose: 3, until: 1}}"
    assert pieces(curve("around", text)) == [
        "(-∞,-3] 1 1",
        "(-3,-1] 2 2",
        "(-1,1) 5 5",
        "[1,2) 5 5",
        "[2,3] 9 9",
        "(3,+∞) 10 10",
    ]


def test_the_base_goes_on_where_a_side_is_left_out():
    assert pieces(curve("around", "{at: '(1,2)', base: 5, above: {every: 1, gain: 5}}")) == ["(-∞,1] 5 5", "(1,2) 5 5", "[2,3) 5 5", "[3,+∞) 10 10"]
    assert pieces(curve("around", "{at: ≤1, above: {every: 1, lose: 10}}")) == ["(-∞,1] 10 10", "(1,2) 10 10", "[2,+∞) 0 0"]


# These sentences stand in explanations; a finance officer must find the words of the notice in them.
def test_the_pieces_are_told_as_a_notice_would():
    told = [piece.reason.zh for piece in curve("around", COOP, "5").pieces]
    assert told[0] == "每低 1% 扣 0.5 分，扣完为止"
    assert told[7:11] == [
        "每低 1% 扣 0.5 分，低 1 档，扣 0.5 分",
        "每低 1% 扣 0.5 分，不足一档不计",
        "100%，记基准分 4 分",
        "每高 1% 加 0.5 分，不足一档不计",
    ]
    assert told[-2:] == ["每高 1% 加 0.5 分，高 3 档，加 1.5 分", "每高 1% 加 0.5 分，加到 6 分为止"]
    assert [piece.reason.en for piece in curve("around", BID, "35").pieces] == [
        "0.2 points taken for every 1% below, down to 25 points",
        "0.2 points taken for every 1% below, in proportion",
        "[-2%,0]: full points",
        "0.4 points taken for every 1% above, in proportion",
        "0.4 points taken for every 1% above, down to 25 points",
    ]
    assert [piece.reason.zh for piece in curve("around", "{at: '>1', base: 5, below: {every: 1, lose: 5, steps: up}}").pieces][
        -1
    ] == ">1，记基准分 5 分"
    assert curve("around", "{at: '[0,1]', base: 5, below: {every: 1, lose: 5}}").pieces[-1].reason.zh == "高于 [0,1]，仍记 5 分"


# Who lost points is told what full points take; the interval says it only where everything beside it loses.
def test_what_full_points_take_is_said_where_the_interval_says_it():
    bid = curve("around", BID, "35").full
    assert bid is not None
    assert (bid.zh, bid.en) == ("[-2%,0] 才记满分", "full points take [-2%,0]")
    coop = curve("around", COOP, "20").full
    assert coop is not None
    assert (coop.zh, coop.en) == (
        "比 100% 高 8 档才记满分（每高 1% 加 0.5 分）",
        "full points take 8 steps above 100% (0.5 points added for every 1% above)",
    )
    part = curve("around", "{at: 1, base: 5, below: {every: 1, gain: 2, steps: proportional}}").full
    assert part is not None
    assert part.zh == "比 1 低 2.5 档才记满分（每低 1 加 2 分）"
    assert curve("around", "{at: 1, base: 5, above: {every: 1, gain: 2, until: 9}}").full is None
    assert curve("around", "{at: '[1,2]', below: {every: 1, lose: 10}}").full is None
    peak = curve("anchors", "['80%: 1', '100%: 10', '120%: 0']").full
    assert peak is not None
    assert (peak.zh, peak.en) == ("100% 才记满分", "full points take 100%")
    assert curve("anchors", "['80%: 1', '100%: 10']").full is None


def test_anchors_in_any_order_are_one_line_and_level_beyond():
    made = curve("anchors", "['100%: 10', '60%: 0', '80%: 6']")
    assert pieces(made) == ["(-∞,0.6] 0 0", "(0.6,0.8) 0 6", "[0.8,1) 6 10", "[1,+∞) 10 10"]
    assert [piece.reason.zh for piece in made.pieces] == [
        "不超过 60%，记 0 分",
        "60% 到 80% 之间，从 0 分到 6 分按直线记分",
        "80% 到 100% 之间，从 6 分到 10 分按直线记分",
        "达到 100%，记 10 分",
    ]
    assert (made.least, made.most) == (F(0), F(10))
    assert curve("anchors", "['0: 40%', '1: 70%']").most == 7
