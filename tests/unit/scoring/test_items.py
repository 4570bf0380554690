"""Methods that take items: the items they list, in points, and the curve on which their sum is put."""

import pytest

from perfscore.scoring import methods
from perfscore.scoring.methods._items import Item
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.fields import Fields
from perfscore.text.source import Source
from perfscore.text.yaml import parse
from tests.unit.scoring.test_methods import F, curve, pieces


def items(name, text, points="10"):
    method = methods.find(name)
    assert method is not None
    found: list[Diagnostic] = []
    parameters = method.PARAMETERS.read(parse(Source("rules.yaml", text)).documents[0], found.append)
    assert isinstance(parameters, Fields), found
    return method.items(parameters, F(points))


def test_items_come_in_the_order_of_the_rule_file_and_in_points():
    assert items("checklist", "{有执行: 50%, 有制度: 4, 合规: 1分}") == (
        Item("有执行", F(5), F(5)),
        Item("有制度", F(4), F(4)),
        Item("合规", F(1), F(1)),
    )


# A reviewer chooses inside a range; every way in which tables print one is read alike.
@pytest.mark.parametrize(
    "text", ["4-7", "4～7", "4~7分", "4分-7分", "4 至 7", "'[4,7]'", "[4, 7]", "40%-70%", "40-70%", "'[40%，70%]'", "[40%, 70%]"]
)
def test_what_an_item_takes_may_be_a_range(text):
    assert items("demerits", f"{{截留挪用: {text}}}") == (Item("截留挪用", F(4), F(7)),)


def test_what_an_item_takes_may_be_everything():
    assert items("demerits", "{虚列套取: 满分, 未公开: 0.5}", "6") == (Item("虚列套取", F(6), F(6)), Item("未公开", F("0.5"), F("0.5")))


def test_a_checklist_adds_up_and_demerits_take_away_until_nothing_is_left():
    assert pieces(curve("checklist", "{有制度: 6, 有执行: 40%}")) == ["[0,0] 0 0", "(0,10) 0 10", "[10,10] 10 10"]
    assert pieces(curve("demerits", "{虚列套取: 4-7, 未公开: 50%}")) == ["[0,0] 10 10", "(0,10) 10 0", "[10,+∞) 0 0"]


# A page that says the points without the items would tell nobody what to do, and two lists of equal points would be told as one.
def test_the_items_are_told_with_their_points():
    assert curve("checklist", "{有制度: 6, 有执行: 40%}").pieces[1].reason.zh == "符合的要点各记其分（有制度 6 分、有执行 4 分）"
    told = curve("demerits", "{虚列套取: 4-7, 未公开: 50%}").pieces[1].reason
    assert (told.zh, told.en) == (
        "发生的各项从满分里扣去（虚列套取 4-7 分、未公开 5 分）",
        "full points less what occurred (虚列套取 4-7, 未公开 5)",
    )


# Rows of the form may be worth nothing; what stands there is then no curve with an empty piece.
def test_demerits_of_a_row_without_points_give_nothing():
    assert pieces(curve("demerits", "{虚列套取: 5}", "0")) == ["[0,+∞) 0 0"]
