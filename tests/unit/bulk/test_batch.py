"""The parts of a run over many forms: ranking, quantiles, counts, the queue for review, cells, and the library's verbs."""

import csv
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfscore.bulk import evaluate_table, parts, rank
from perfscore.bulk.job import Job, Options
from perfscore.bulk.queue import WEIGHTS, Reason, Repeated, Waiting, order, reasons, texts
from perfscore.bulk.ranking import Ranked
from perfscore.bulk.ranking import rank as ranked
from perfscore.bulk.results import INDICATORS, RESULTS, STATES
from perfscore.bulk.run import made, run
from perfscore.bulk.sheets import Column, Sheet
from perfscore.bulk.tally import Tally, quantile
from perfscore.bulk.writing import write_sheet
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source
from perfscore.verbs import evaluations
from tests.architecture.tree import ROOT

RULES = "rules: china/project-self@2020\nunit: 单位\n"
REST = """  - {level1: 效益指标, level2: 社会效益指标, level3: 受益人数, target: 10人, actual: 10人, points: 30}
  - {level1: 满意度指标, level2: 服务对象满意度指标, level3: 满意度, target: 90%, actual: 90%, points: 10}
"""
ROW = "  - {level1: 产出指标, level2: 数量指标, level3: 行%s, target: %s, actual: %s, points: %s}\n"


def evaluation(text: str):
    return next(evaluations(forms_of(Source("form.yaml", text, text.encode()))))


def entry(form: int, score: int, rules: str = "a@1") -> Ranked:
    return Ranked(rules, Fraction(score), form, "", "", "", None, None, None)


# Two offices that count ties otherwise give two rankings.
def test_equal_scores_share_the_better_place_and_the_next_is_left_out() -> None:
    found = [(place, of, one.form) for place, of, one in ranked([entry(1, 80), entry(2, 90), entry(3, 90), entry(4, 70), entry(5, 99, "b@1")])]
    assert found == [(1, 4, 2), (1, 4, 3), (3, 4, 1), (4, 4, 4), (1, 1, 5)]


@given(st.lists(st.integers(0, 5), min_size=1), st.sampled_from([Fraction(n, 20) for n in range(21)]))
def test_a_quantile_is_the_number_at_the_nearest_rank(numbers: list[int], share: Fraction) -> None:
    spread = [(Fraction(number), numbers.count(number)) for number in sorted(set(numbers))]
    within = [number for number in sorted(numbers) if sum(1 for other in numbers if other <= number) >= share * len(numbers)]
    assert quantile(spread, share) == within[0]


def test_of_nothing_there_is_no_quantile() -> None:
    assert quantile([], Fraction(1, 2)) is None


def names(text: str) -> list[str]:
    return [reason.name for reason in reasons(evaluation(text), ())]


@pytest.mark.parametrize(
    ("expected", "rows", "spent"),
    [
        (["all-full"], [("10个", "10个"), ("10个", "12个")], 100),
        (["targets-too-low", "all-full"], [("10个", "13个"), ("10个", "14个")], 100),
        # 129 % is no 130 %.
        (["all-full"], [("100个", "129个"), ("10个", "14个")], 100),
        (["incomplete"], [("10个", "未填"), ("10个", "14个")], 100),
        # 97 of 100 points with 70 % spent are 27 apart; 98 with 80 %, 18.
        (["spending-behind"], [("10个", "10个"), ("10个", "10个")], 70),
        ([], [("10个", "10个"), ("10个", "10个")], 80),
        # 10 + 20 + 19.5 + 40 = 89.5: half a point short of the best grade.
        (["near-grade"], [("10个", "8个"), ("100个", "78个")], 100),
        ([], [("10个", "7个"), ("10个", "10个")], 100),
    ],
)
def test_why_a_form_should_be_looked_at(expected: list[str], rows: list[tuple[str, str]], spent: int) -> None:
    text = RULES + f"budget: {{adjusted: 100, executed: {spent}}}\nindicators:\n" + "".join(ROW % (n, *row, 25) for n, row in enumerate(rows)) + REST
    assert names(text) == expected


def test_a_form_just_above_the_line_of_a_grade_is_near_it() -> None:
    text = RULES + "budget: {adjusted: 100, executed: 100}\nindicators:\n" + ROW % (1, "10个", "8个", 25) + ROW % (2, "10个", "8个", 25) + REST
    assert [reason.says.en for reason in reasons(evaluation(text), ())] == ["only 0 points above the line of excellent"]


def test_the_queue_puts_the_heaviest_first_and_then_who_was_read_first() -> None:
    assert list(WEIGHTS.values()) == sorted(WEIGHTS.values(), reverse=True)
    waiting = [
        Waiting(form, "", "f", 1, "", "", tuple(Reason(name, Phrase("因", "why")) for name in given))
        for form, given in enumerate((["near-grade"], ["incomplete"], ["all-full", "near-grade"], ["audit-errors"]), 1)
    ]
    assert [one.form for one in order(waiting)] == [4, 2, 3, 1]


def test_a_text_counts_as_repeated_only_where_another_unit_has_it() -> None:
    found = Repeated()
    for unit, text in (("甲", "aa"), ("甲", "aa"), ("甲", "bb"), ("乙", "bb"), ("丙", "bb")):
        found.take(unit, text)
    assert found.reason("甲", [("aa", "始")]) is None
    said = [found.reason(unit, [("aa", "始"), ("bb", "始")] if unit == "甲" else [("bb", "始")]) for unit in "甲乙丙"]
    assert [one.says.en if one else None for one in said] == [f"a text is that of another unit: “始…” of {unit}" for unit in "乙甲甲"]


def test_what_repeats_its_own_target_is_no_text_of_the_units_own() -> None:
    long = "各项任务按照年度计划全部完成并通过验收"
    form = next(forms_of(Source("f.yaml", RULES + "indicators:\n" + ROW % (1, long, long, 50) + ROW % (2, "完成", long, 40))))
    assert isinstance(form, Form)
    assert [start for _, start in texts(form)] == [long[:20]]


EXAMPLES = Options(("examples",), audit=True, indicators=True)


def job(files: list[str] | None = None) -> Job:
    chosen = files or sorted(str(path.relative_to(ROOT)) for path in (ROOT / "examples").glob("*.yaml"))
    return Job(tuple(chosen), base=str(ROOT), options=EXAMPLES)


# Whatever way forms are cut into parts, what is told of all of them is the same: the parts of a resumed run are those of another.
@pytest.mark.parametrize("size", [1, 3])
def test_cut_anywhere_a_run_comes_to_the_same(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    one = run(job())
    monkeypatch.setattr("perfscore.bulk.run.FILES", size)
    other = run(job())
    assert other.tally.counts == one.tally.counts
    assert (other.content, other.queue, other.ranking, other.rules, other.labels) == (one.content, one.queue, one.ranking, one.rules, one.labels)


def test_a_part_on_the_disk_is_the_part_and_a_changed_one_is_none(tmp_path: Path) -> None:
    part = next(made(job()))
    path = str(tmp_path / "part")
    parts.write(path, part)
    again = parts.read(path, part.key)
    assert again is not None
    assert (again.rows, again.labels, again.rules, again.forms) == (json.loads(json.dumps(part.rows)), part.labels, part.rules, part.forms)
    assert (again.tally.counts, again.tally.names) == (part.tally.counts, part.tally.names)
    assert parts.read(path, "another") is None
    Path(path).write_bytes(Path(path).read_bytes()[:-20])
    assert parts.read(path, part.key) is None


def test_lost_points_add_up_in_every_row_and_in_the_indicators() -> None:
    lost: dict[int, Fraction] = {}
    for part in made(job()):
        for row in part.rows["indicators"]:
            told = dict(zip([column.name for column in INDICATORS.columns], row, strict=True))
            lost[told["form"]] = lost.get(told["form"], Fraction(0)) + Fraction(told["lost"] or 0)
        for *row, tops in part.rows["results"]:
            told = dict(zip([column.name for column in RESULTS.columns], row, strict=True))
            if told["status"] == "scored":
                whole = Fraction(told["points"]) - Fraction(told["score"])
                assert sum(map(Fraction, tops.values())) == whole == lost[told["form"]]


SHEET = Sheet(
    "sheet",
    Phrase("表", "a sheet"),
    (
        Column("text", Phrase("文", "text")),
        Column("whole", Phrase("数", "whole"), "whole"),
        Column("score", Phrase("分", "score"), "number"),
        Column("grade", Phrase("级", "grade"), "label"),
        Column("status", Phrase("态", "status"), "state", STATES),
        Column("says", Phrase("话", "says"), "sentence"),
    ),
)
ROWS: list[list[Any]] = [
    ["=1+1", 1, "95.95", ["优", "excellent"], "scored", ["好", "good"]],
    ['a,"b"\n', None, None, None, "rejected", ["坏", "bad"]],
    ["-5", 2, "-1.5", ["良", "fair"], "incomplete", ["", ""]],
]


def written(format: str, path: Path, rows: list[list[Any]], lang: str = "en") -> Path:
    def again() -> Iterator[list[Any]]:
        return iter(rows)

    target = path / f"sheet.{format}"
    write_sheet(str(target), SHEET, again, format, "zh" if lang == "zh" else "en")
    return target


# A spreadsheet that obeys a cell is the oldest trick; numbers stay numbers.
def test_csv_for_people(tmp_path: Path) -> None:
    with written("csv", tmp_path, ROWS, "zh").open(encoding="utf-8", newline="") as file:
        text = file.read()
    assert text.startswith("\ufeff")
    found = list(csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True)))
    assert found[0] == ["文", "数", "分", "级", "态", "话"]
    assert found[1] == ["'=1+1", "1", "95.95", "优", "已评分", "好"]
    assert found[2] == ['a,"b"\n', "", "", "", "未能读入", "坏"]
    assert found[3][:3] == ["-5", "2", "-1.5"]


def test_json_lines_for_programs(tmp_path: Path) -> None:
    found = [json.loads(line) for line in written("jsonl", tmp_path, ROWS).read_text(encoding="utf-8").splitlines()]
    assert found[0] == {"text": "=1+1", "whole": 1, "score": "95.95", "grade": "优", "status": "scored", "says": "good"}


def test_typed_columns_hold_exact_decimals_and_a_text_where_there_is_none(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    found = parquet.read_table(written("parquet", tmp_path, ROWS))
    assert [str(one) for one in found.column("score").to_pylist()] == ["95.95", "None", "-1.50"]
    thirds = [[*row[:2], "1/3", *row[3:]] for row in ROWS]
    assert parquet.read_table(written("parquet", tmp_path, thirds)).column("score").to_pylist() == ["1/3"] * 3


def test_a_table_gives_what_its_forms_give(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(ROOT)
    rows = list(evaluate_table("examples/tables/indicators.csv", "china/project-self@2020", budgets="examples/tables/budgets.csv"))
    # The published example of the project form, row by row: the same total.
    assert [str(row["score"]) for row in rows] == ["92.32", "96.12", "None", "94.89"]
    assert [(place, of, row["project"]) for place, of, row in rank(rows)] == [(1, 3, "农村道路养护"), (2, 3, "河道保洁"), (3, 3, "公共厕所修缮")]
    arrow = pytest.importorskip("pyarrow.csv")
    frame = arrow.read_csv("examples/tables/units.csv", convert_options=arrow.ConvertOptions(column_types={"编制数": "string"}))
    of_frame = list(evaluate_table(frame, "hunan/indicators@2018"))
    assert [row["score"] for row in of_frame] == [row["score"] for row in evaluate_table("examples/tables/units.csv", "hunan/indicators@2018")]


def test_counts_of_parts_add_up_to_those_of_all() -> None:
    text = RULES + "indicators:\n" + ROW % (1, "10个", "8个", 50)
    whole, one, other = Tally(), Tally(), Tally()
    for tallies in ((whole, one), (whole, other)):
        for tally in tallies:
            tally.count(evaluation(text), {"产出指标": ("Outputs", "10")})
    one.add(Tally.of(json.loads(json.dumps(other.plain()))))
    assert one.counts == whole.counts
    assert one.names == whole.names
