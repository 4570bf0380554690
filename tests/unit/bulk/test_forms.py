"""Rows to forms: what makes one form, what its cells say and where they stand, and what is told of rows that cannot be put together."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import pytest

from perfscore.bulk.columns import meanings
from perfscore.bulk.forms import Filed, Sheet, filed, with_unit
from perfscore.bulk.readers._rows import of_texts
from perfscore.model.form import Form
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import same
from perfscore.text.show import render

pytest.importorskip("pyarrow")

LOST = Rejected([Diagnostic("row-ragged", same("x"))])


def sheet(text: str, name: str = "表.csv", size: int = 2) -> Sheet:
    """A table written here, in batches of two rows; `!` is a row that could not be read."""
    names, *rows = csv.reader(io.StringIO(text.strip().replace(" ", "")))
    batches: list[Any] = []
    waiting: list[tuple[list[str], int]] = []
    for number, row in [*enumerate(rows, 2), (0, ["!end"])]:
        if (row[0].startswith("!") or len(waiting) == size) and waiting:
            batches.append(of_texts(names, *zip(*waiting, strict=True)))
            waiting = []
        if row[0] == "!":
            batches.append(LOST)
        elif row[0] != "!end":
            waiting.append((row, number))
    return Sheet(batches, meanings(names, source=name), name)


def read(text: str, budgets: str = "") -> list[Filed]:
    given = sheet(text)
    return list(filed(*given[:2], None, sheet(budgets, "预算.csv") if budgets else None, given.name))


def codes(one: Filed) -> list[str]:
    diagnostics: Sequence[Diagnostic] = one.form.diagnostics
    return [problem.code for problem in diagnostics]


def form(one: Filed) -> Form:
    assert isinstance(one.form, Form), one.form
    return one.form


def told(found: list[Filed]) -> list[tuple[str, int, list[str]]]:
    return [
        (" ".join(one.key), one.line, codes(one) if isinstance(one.form, Rejected) else [f"{len(one.form.rows)} rows", *codes(one)]) for one in found
    ]


LONG = """
表号,一级指标,二级指标,三级指标,年度指标值,实际完成值,分值
A,产出指标,数量指标,甲,≥8座,7座,10
A,,,乙,9,9,5
A,,质量指标,丙,90%,80%,5
B,产出指标,,甲,1,1,10
"""


def test_rows_that_stand_together_are_one_form_over_the_borders_of_batches() -> None:
    first, second = read(LONG)
    assert told([first, second]) == [("A", 2, ["3 rows"]), ("B", 5, ["1 rows"])]
    assert [(row.level1, row.level2, row.level3) for row in form(first).rows] == [
        ("产出指标", "数量指标", "甲"),
        ("产出指标", "数量指标", "乙"),
        ("产出指标", "质量指标", "丙"),
    ]


def test_a_cell_knows_its_line_and_its_column() -> None:
    target = form(read(LONG)[0]).rows[2].target
    assert target is not None
    assert (target.text, str(target.span)) == ("90%", "表.csv[年度指标值]:4:5")
    shown = render(Diagnostic("x", same("y"), target.span), "zh")
    assert shown == "表.csv[年度指标值]:4:5: 错误[x]: y"


# Half a form would have a score, and a wrong one.
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("A,x,1\nB,x,1\nA,x,1", [("A", 2, ["1 rows"]), ("B", 3, ["1 rows"]), ("A", 4, ["rows-scattered"])]),
        ("A,x,1\n!\nA,x,1\nB,x,1", [("A", 2, ["rows-lost", "row-ragged"]), ("B", 5, ["1 rows"])]),
        ("A,x,1\n!\nB,x,1\nC,x,1", [("A", 2, ["rows-lost", "row-ragged"]), ("B", 4, ["rows-lost", "row-ragged"]), ("C", 5, ["1 rows"])]),
        ("!\nA,x,1\nB,x,1\n!", [("A", 3, ["rows-lost", "row-ragged"]), ("B", 4, ["rows-lost", "row-ragged"])]),
        ("A,x,1\n,y,1\nB,x,1", [("A", 2, ["rows-lost", "form-key-missing"]), ("B", 4, ["rows-lost", "form-key-missing"])]),
        ("A,x,1\n,,\nA,y,1", [("A", 2, ["2 rows"])]),
        ("!\n!", [("", 0, ["row-ragged", "row-ragged"])]),
        ("", []),
    ],
)
def test_rows_that_are_lost_or_scattered_score_nobody(rows: str, expected: list[Any]) -> None:
    assert told(read(f"表号,三级指标,指标值\n{rows}")) == expected


def test_a_table_of_rows_that_does_not_say_whose_they_are_is_refused() -> None:
    with pytest.raises(Rejected) as rejected:
        read("一级指标,指标值\nx,1")
    assert [one.code for one in rejected.value.diagnostics] == ["no-form-key"]


def test_unit_project_and_year_together_tell_forms_apart() -> None:
    found = read("单位名称,项目,年度,level3,target\n甲,p,2024,x,1\n甲,q,2024,x,1\n甲,q,2025,x,1")
    assert [one.key for one in found] == [("甲", "p", "2024"), ("甲", "q", "2024"), ("甲", "q", "2025")]
    assert [(form(one).unit, form(one).project, form(one).year) for one in found] == [("甲", "p", 2024), ("甲", "q", 2024), ("甲", "q", 2025)]


ROWS = "表号,三级指标,指标值\nA,x,1\nB,x,1"


@pytest.mark.parametrize(
    ("budgets", "expected"),
    [
        ("B,200,1\nA,100,1", [("A", 2, ["1 rows"]), ("B", 3, ["1 rows"])]),
        ("A,100,1", [("A", 2, ["1 rows"]), ("B", 3, ["1 rows", "budget-missing"])]),
        ("A,100,1\nB,1,1\nA,100,1", [("A", 2, ["budget-doubled"]), ("B", 3, ["1 rows"])]),
        ("A,100,1\nB,1,1\nC,1,1", [("A", 2, ["1 rows"]), ("B", 3, ["1 rows"]), ("C", 4, ["form-without-rows"])]),
        ("A,100,1\nB,1,1\n,1,1", [("A", 2, ["1 rows"]), ("B", 3, ["1 rows"]), ("", 4, ["form-key-missing"])]),
        ("A,100,1\n!\nB,1,1", [("A", 2, ["1 rows"]), ("B", 3, ["1 rows"]), ("", 0, ["row-ragged"])]),
    ],
)
def test_budgets_come_from_a_table_beside(budgets: str, expected: list[Any]) -> None:
    found = read(ROWS, f"表号,全年预算数,全年执行数\n{budgets}")
    assert told(found) == expected
    budget = found[0].form.budget if isinstance(found[0].form, Form) else None
    assert budget is None or (budget.adjusted and (budget.adjusted.text, budget.adjusted.span.source.name)) == ("100", "预算.csv[全年预算数]")


def test_a_table_of_budgets_that_tells_forms_apart_otherwise_is_refused() -> None:
    with pytest.raises(Rejected) as rejected:
        read(ROWS, "单位名称,全年预算数\nA,100")
    assert [one.code for one in rejected.value.diagnostics] == ["budget-key-differs"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [("A,x,1,100\nA,y,1,100", "100"), ("A,x,1,100\nA,y,1,", "100"), ("A,x,1,\nA,y,1,100", "100"), ("A,x,1,100\nA,y,1,200", None)],
)
def test_what_all_rows_say_of_the_form_must_agree(rows: str, expected: str | None) -> None:
    (found,) = read(f"表号,三级指标,指标值,全年预算数\n{rows}")
    if expected is None:
        assert codes(found) == ["rows-disagree"]
    else:
        budget = form(found).budget
        assert budget is not None
        assert budget.adjusted is not None
        assert budget.adjusted.text == expected


def test_a_wide_table_has_a_form_on_each_row() -> None:
    first, second, third = read("表号,年度,全年预算数,编制数,满意度\nA,2024,100,57,\n!\nB,24年,1,2,3")
    assert form(first).facts[0][0] == "编制数"
    assert [codes(second), codes(third)] == [["row-ragged"], ["bad-year"]]


def test_a_fact_that_is_a_list_stands_in_one_cell() -> None:
    one, other = read('unit,满意度\n甲,"[85, 90]"\n乙,[待定')
    assert [cell.text for cell in form(one).facts[0][1].items] == ["85", "90"]  # type: ignore[union-attr]
    assert form(other).facts[0][1].text == "[待定"  # type: ignore[union-attr]


# A form file that held it would be refused.
def test_a_character_that_no_text_may_hold_refuses_its_form() -> None:
    (found,) = read("unit,编制数\n甲\u200b,1")
    assert codes(found) == ["invisible-character"]


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("8", "座", "8座"),
        ("≥95", "%", "≥95%"),
        ("90以上", "%", "90%以上"),
        ("30余", "次", "30余次"),
        ("25—30", "分钟", "25—30分钟"),
        ("8个", "座", "8个"),
        ("效果明显", "座", "效果明显"),
        ("2024年12月", "月", "2024年12月"),
        ("", "座", ""),
        ("8", "", "8"),
        ("8", "3", None),
    ],
)
def test_a_unit_beside_a_value_is_read_as_if_it_stood_behind_it(text: str, unit: str, expected: str | None) -> None:
    assert with_unit(text, unit) == expected


def test_units_of_a_column_and_of_a_head_come_to_the_cells() -> None:
    (found,) = read("表号,三级指标,指标值,完成值,计量单位,支出,全年预算数（元）\nA,x,≥8,7,座,1,1000000\nA,y,8,7,3,1,")
    rows = form(found).rows
    assert rows[0].target is not None
    assert rows[0].target.text == "≥8座"
    assert codes(found) == ["unit-not-taken", "unit-not-taken"]
    budget = form(found).budget
    assert budget is not None
    assert budget.adjusted is not None
    assert budget.adjusted.text == "1000000元"
