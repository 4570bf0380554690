"""What a gate does to a result, file by file: the one thing that it changes, the ladder of grades it moves on, and what it tells a person."""

from itertools import pairwise
from typing import Any

import pytest

from perfscore.scoring import gates
from perfscore.scoring.formula import read_formula
from perfscore.scoring.gates import Act
from perfscore.text.phrase import Phrase, same
from perfscore.text.source import Source, Span
from tests.unit.scoring.shown import shown

GATES = {
    "deduct": ("扣减", "formula"),
    "downgrade": ("降等", "whole"),
    "grade": ("定等", "grade"),
    "grade-cap": ("等级上限", "grade"),
    "requires": ("前提", "text"),
    "veto": ("否决", "id"),
    "warn": ("提示", "text"),
}
#: Every file of the room, and the one that CONTRIBUTING.md shows.
FOUND = {name: gates.find(name) for name in gates.names()} | {"grade-floor": shown("grade-floor")}


def test_the_gates_are_these() -> None:
    assert {name: (FOUND[name].ZH, FOUND[name].TAKES) for name in gates.names()} == GATES
    assert [found.NAME for found in FOUND.values()] == list(FOUND)


FORMULA = read_formula("0.5 * 2", Span(Source("r", ""), 1, 1, 1, 1), {}, "number", print)
PARAMETERS: dict[str, Any] = {"id": "output", "grade": 1, "formula": FORMULA, "whole": 1, "text": "应先完成自评"}
CHANGED = {
    "deduct": ("lose", FORMULA),
    "requires": ("withheld", same("应先完成自评")),
    "veto": ("veto", "output"),
    "warn": ("warns", same("应先完成自评")),
}


# A gate is one consequence: one that also did another would do it unsaid.
@pytest.mark.parametrize("name", FOUND)
def test_a_gate_changes_one_thing(name: str) -> None:
    act = FOUND[name].act(PARAMETERS[FOUND[name].TAKES])
    field, value = CHANGED.get(name, ("grade", act.grade))
    assert value is not None
    assert act == Act()._replace(**{field: value})


#: 优 良 中 差 are earned by totals; 未评 is given by gates only, and stands behind them.
LADDER, LAST = ("优", "良", "中", "差", "未评"), 3


def moved(name: str, parameter: int) -> list[str | None]:
    """What becomes of every grade, and of a total that is in none."""
    grade = FOUND[name].act(parameter).grade
    assert grade is not None
    found = [grade(place, LAST) for place in (*range(len(LADDER)), None)]
    return [None if place is None else LADDER[place] for place in found]


@pytest.mark.parametrize(
    ("name", "parameter", "grades"),
    [
        ("grade-cap", 1, ["良", "良", "中", "差", "未评", None]),
        ("grade-cap", 0, ["优", "良", "中", "差", "未评", None]),
        ("downgrade", 1, ["良", "中", "差", "差", "未评", None]),
        ("downgrade", 2, ["中", "差", "差", "差", "未评", None]),
        ("downgrade", 9, ["差", "差", "差", "差", "未评", None]),
        ("grade", 3, ["差"] * 6),
        ("grade", 4, ["未评"] * 6),
        ("grade-floor", 1, ["优", "良", "良", "良", "良", None]),
    ],
)
def test_a_gate_moves_grades(name: str, parameter: int, grades: list[str | None]) -> None:
    assert moved(name, parameter) == grades


# Better never scores worse, and a gate that holds for two forms alike must not turn them round.
@pytest.mark.parametrize("name", [name for name in FOUND if name not in CHANGED])
@pytest.mark.parametrize("parameter", range(5))
def test_a_worse_grade_does_not_overtake_a_better_one(name: str, parameter: int) -> None:
    places = [LADDER.index(grade) for grade in moved(name, parameter)[:-1] if grade is not None]
    assert all(better <= worse for better, worse in pairwise(places))
    assert len(places) == len(LADDER)


# As a reader finds them below a result: what happened, and to what.
@pytest.mark.parametrize(
    ("name", "label", "parameter", "zh", "en"),
    [
        (
            "veto",
            Phrase("未设置绩效目标", "no targets"),
            Phrase("产出指标", "output"),
            "未设置绩效目标：一票否决，产出指标不得分",
            "no targets: output is vetoed and scores 0",
        ),
        ("deduct", Phrase("逾期报送", "late"), same("2"), "逾期报送：扣减 2 分", "late: 2 points are taken off"),
        (
            "grade-cap",
            Phrase("存在严重问题", "serious problems"),
            Phrase("良", "good"),
            "存在严重问题：等级不高于 良",
            "serious problems: the grade is at most good",
        ),
        ("downgrade", Phrase("逾期报送", "late"), same("1"), "逾期报送：等级下调 1 档", "late: the grade falls by 1"),
        ("grade", Phrase("弄虚作假", "fraud"), Phrase("差", "poor"), "弄虚作假：等级定为 差", "fraud: the grade is poor, whatever the total"),
        (
            "requires",
            Phrase("未开展单位自评", "no self-evaluation"),
            Phrase("应先完成自评", "which has to come first"),
            "未开展单位自评：不出得分和等级，应先完成自评",
            "no self-evaluation: no score and no grade, which has to come first",
        ),
        (
            "warn",
            Phrase("执行率低于 90%", "spending below 90 %"),
            Phrase("应填写偏差原因", "give the reason"),
            "执行率低于 90%：应填写偏差原因",
            "spending below 90 %: give the reason",
        ),
        ("grade-floor", Phrase("受省级表彰", "honoured"), Phrase("良", "good"), "受省级表彰：等级不低于 良", "honoured: the grade is at least good"),
    ],
)
def test_a_gate_tells_what_it_did(name: str, label: Phrase, parameter: Phrase, zh: str, en: str) -> None:
    assert FOUND[name].told(label, parameter) == Phrase(zh, en)
