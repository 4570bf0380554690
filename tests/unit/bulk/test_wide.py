"""Columns of every kind that a table can hold: which of them arrays take, and that all of them score as forms do."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from perfscore.bulk import evaluate_table
from perfscore.bulk.columns import meanings
from perfscore.ruleset.plan import plan
from perfscore.testing.strategies import built

pa = pytest.importorskip("pyarrow")
np = pytest.importorskip("numpy")

from perfscore.bulk.forms import forms  # noqa: E402
from perfscore.bulk.given import Coded, Plain, given, without_blank  # noqa: E402
from perfscore.bulk.scored import REJECTED, SCORED, Scored  # noqa: E402
from perfscore.bulk.wide import BLOCK, WideScorer  # noqa: E402
from tests.laws.test_wide import same_as_alone  # noqa: E402

RULES = """
ruleset: t/wide
version: "1"
grades: [{label: 优, range: "[90,100]"}, {label: 差, range: "[0,90)"}]
facts:
  甲: {unit: 万元}
  乙: {unit: 万元}
  份额: {unit: "%", default: 50%}
  到期: {kind: date}
  完成: {kind: date}
  公开: {kind: truth}
  等次: {choices: {一级: 1, 二级: 0.5}}
indicators:
  - {id: rate, points: 40, measure: 甲 / 乙, method: ratio}
  - {id: share, points: 20, measure: 份额, method: {deduction: {full: "≥100%", every: 1%, lose: 2%}}}
  - {id: days, points: 20, measure: "days(到期, 完成)", method: {bands: ["(-,0]: 20", "(0,30]: 10", "(30,+): 0"]}}
  - {id: open, points: 10, measure: 公开, method: yes-no}
  - {id: level, points: 10, measure: 等次, method: direct}
"""
PLAN = plan(built(RULES))
ROWS = 12
USUAL: dict[str, Any] = {
    "单位": pa.array([f"单位{n}" for n in range(ROWS)]),
    "甲": pa.array(range(1, ROWS + 1)),
    "乙": pa.array([8] * ROWS),
    "份额": pa.array(range(40, 40 + 5 * ROWS, 5)),
    "到期": pa.array([date(2024, 12, 31)] * ROWS),
    "完成": pa.array([date(2024, 12, 25 + n % 7) for n in range(ROWS)]),
    "公开": pa.array([n % 2 == 0 for n in range(ROWS)]),
    "等次": pa.array(["一级", "二级"] * (ROWS // 2)).dictionary_encode(),
}


def scored(columns: dict[str, Any]) -> Scored:
    batch = without_blank(pa.record_batch({**USUAL, **columns}), meanings(list(USUAL), PLAN.rules))
    head = meanings(batch.schema.names, PLAN.rules)
    scorer = WideScorer(PLAN, head, "t", leaves=True)
    found = scorer.score(batch)
    same_as_alone(PLAN, found, list(forms([batch], head, PLAN.rules)))
    return found


def decimals(kind: Any) -> Any:
    return pa.array([Decimal(n) / 4 for n in range(1, ROWS + 1)], kind)


@pytest.mark.parametrize(
    ("columns", "alone"),
    [
        ({}, 0),
        ({"甲": pa.array(range(1, ROWS + 1), pa.int16())}, 0),
        ({"甲": decimals(pa.decimal32(7, 2))}, 0),
        ({"甲": decimals(pa.decimal64(14, 2))}, 0),
        ({"甲": decimals(pa.decimal128(14, 2))}, 0),
        ({"甲": decimals(pa.decimal128(30, 5))}, 0),
        ({"甲": decimals(pa.decimal256(40, 2))}, 0),
        # Floats are the shortest decimals that stand for them, and texts the numbers that they print.
        ({"甲": pa.array([n / 10 for n in range(ROWS)])}, 0),
        ({"甲": pa.array([str(n) for n in range(ROWS)])}, 0),
        ({"甲": pa.array([f"{n}.25" for n in range(ROWS)])}, 0),
        # Numbers with units are words, each read once.
        ({"甲": pa.array([f"{n}万元" for n in range(ROWS)])}, 0),
        ({"甲": pa.array([f"{n * 10000}元" for n in range(ROWS)])}, 0),
        # An amount that is not there leaves its form incomplete; a fact with a default does not.
        ({"甲": pa.array([None, *range(1, ROWS)])}, 1),
        ({"甲": pa.array([None, *[f"{n}.5" for n in range(1, ROWS)]])}, 1),
        ({"份额": pa.array([None, *range(41, 40 + ROWS)])}, 0),
        ({"份额": pa.array(["", *(f"{n}%" for n in range(41, 40 + ROWS))])}, 0),
        # Nothing can be divided by 0, and a negative amount is outside of what the rule knows.
        ({"乙": pa.array([0, *range(1, ROWS)])}, 1),
        ({"甲": pa.array([-1, *range(1, ROWS)])}, 1),
        ({"乙": pa.array([-8] * ROWS)}, ROWS),
        # Beyond one exact division in float64 there are whole numbers of 64 bits, and beyond those the engine.
        ({"甲": pa.array([10**13 + n for n in range(ROWS)]), "乙": pa.array([10**13 + 7] * ROWS)}, 0),
        ({"甲": pa.array([10**17 + n for n in range(ROWS)]), "乙": pa.array([10**17 + 7] * ROWS)}, ROWS),
        # What is none of the words, no day, or no number.
        ({"等次": pa.array(["一级", "三级", *["二级"] * (ROWS - 2)])}, 1),
        ({"完成": pa.array(["2024-12-30", "年底", *["2025-01-02"] * (ROWS - 2)])}, 1),
        ({"公开": pa.array(["是", "否", "也许", *["是"] * (ROWS - 3)])}, 1),
        ({"甲": pa.array(["1", "约 2", *["3"] * (ROWS - 2)])}, 1),
        ({"单位": pa.array(["甲\u200b局", *[f"单位{n}" for n in range(1, ROWS)]])}, 1),
    ],
)
def test_any_column_scores_as_its_forms_do(columns: dict[str, Any], alone: int) -> None:
    assert len(scored(columns).alone) == alone


def test_a_blank_row_is_no_form() -> None:
    nothing = {name: pa.array([None, *column.to_pylist()[1:]], column.type) for name, column in USUAL.items()}
    assert scored(nothing).forms == ROWS - 1


# What was recorded on one block is done again on the next; where that is of another kind, it is recorded anew.
def test_blocks_of_different_kinds_follow_each_other() -> None:
    head = meanings(list(USUAL), PLAN.rules)
    scorer = WideScorer(PLAN, head, "t")
    kinds: list[dict[str, Any]] = [
        {},
        {"甲": pa.array([10**9 + n for n in range(ROWS)])},
        {"甲": pa.array([None, *range(1, ROWS)])},
        {"甲": decimals(pa.decimal64(14, 2))},
        {"份额": pa.array(range(300, 300 + ROWS))},
        {"完成": pa.array([date(1999, 1, 1)] * ROWS)},
        {"等次": pa.array(["二级"] * ROWS)},
        {},
    ]
    for columns in kinds:
        batch = pa.record_batch({**USUAL, **columns})
        same_as_alone(PLAN, scorer.score(batch), list(forms([batch], head, PLAN.rules)))


def test_a_batch_of_several_blocks_is_one() -> None:
    batch = pa.Table.from_batches([pa.record_batch(USUAL)] * (BLOCK // ROWS + 2)).combine_chunks().to_batches()[0]
    found = WideScorer(PLAN, meanings(list(USUAL), PLAN.rules), "t").score(batch)
    assert found.forms > BLOCK
    assert (found.total.reshape(-1, ROWS) == found.total[:ROWS]).all()


@pytest.mark.parametrize(
    ("column", "places", "numbers"),
    [
        (pa.array(["007", "8"]), None, ["007", "8"]),
        (pa.array(["1.50", "2.25"]), 2, [150, 225]),
        (pa.array(["1.125", "2"]), 4, [11250, 20000]),
        (pa.array([0.1, 79.54]), 2, [10, 7954]),
        (pa.array([1 / 3, 2.0]), None, ["0.3333333333333333", "2"]),
        (pa.array(["NA", "1"]), None, ["NA", "1"]),
    ],
)
def test_what_a_column_holds(column: Any, places: int | None, numbers: list[Any]) -> None:
    found = given(column)
    if isinstance(found, Plain):
        assert (found.places, found.n.tolist()) == (places, numbers)
    else:
        assert isinstance(found, Coded)
        assert places is None
        assert [found.texts[code] for code in found.codes] == numbers


def test_no_rows_are_no_forms() -> None:
    texts = pa.record_batch({name: pa.array([], pa.string()) for name in USUAL})
    assert WideScorer(PLAN, meanings(list(USUAL), PLAN.rules), "t").score(texts).forms == 0


# A moment that no calendar knows cannot be told as a text; the forms beside it are read all the same.
def test_a_cell_that_cannot_be_read_takes_no_other_form_along() -> None:
    moments = pa.array([2**62, *[0] * (ROWS - 1)], pa.timestamp("s"))
    batch = pa.record_batch({**USUAL, "完成": moments})
    found = WideScorer(PLAN, meanings(list(USUAL), PLAN.rules), "t").score(batch)
    assert found.state.tolist()[0] == REJECTED
    assert REJECTED not in found.state.tolist()[1:]


# polars lends its texts as views, and its categories as a dictionary of views; some others as large texts.
@pytest.mark.parametrize("kind", [pa.string_view(), pa.large_string()])
def test_texts_come_in_several_kinds(kind: Any) -> None:
    levels = USUAL["等次"].dictionary_decode()
    same_texts = pa.DictionaryArray.from_arrays(USUAL["等次"].indices.cast(pa.uint32()), USUAL["等次"].dictionary.cast(kind))
    for column in (levels.cast(kind), same_texts):
        batch = pa.record_batch({**USUAL, "单位": USUAL["单位"].cast(kind), "等次": column})
        found = WideScorer(PLAN, meanings(list(USUAL), PLAN.rules), "t").score(batch)
        assert (found.total == scored({}).total).all()
        assert [row["score"] for row in evaluate_table(batch, PLAN.rules)] == [Decimal(total) / 100 for total in found.total.tolist()]


# A list beside its parts is refused in a form; arrays look at one column at a time and would not see it.
def test_columns_that_can_contradict_each_other_send_every_form_to_the_engine() -> None:
    planned = plan(
        built(
            "ruleset: t/t\nversion: '1'\nfacts: {费用: {kind: list, parts: [甲, 乙]}}\n"
            "indicators: [{id: a, points: 10, measure: 费用.甲 / 费用.乙, method: ratio}]\n"
        )
    )
    batch = pa.record_batch({"单位": ["一局", "二局"], "费用.甲": [1, 2], "费用.乙": [4, 4], "费用": ["", "[1, 2]"]})
    head = meanings(batch.schema.names, planned.rules)
    found = WideScorer(planned, head).score(batch)
    same_as_alone(planned, found, list(forms([batch], head, planned.rules)))
    assert found.state.tolist() == [SCORED, REJECTED]
