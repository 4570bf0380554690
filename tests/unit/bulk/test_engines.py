"""The batch function for engines: what it takes and gives, what cannot be read, and that all of it travels to another process."""

import csv
import json
import multiprocessing
import pickle
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.model.rules import RuleSet
from perfscore.ruleset.build import build, load_rules
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Rejected
from perfscore.text.source import Source
from perfscore.verbs import evaluations
from tests.architecture.tree import ROOT

pa = pytest.importorskip("pyarrow")
pytest.importorskip("numpy")

from perfscore.bulk import evaluate_table  # noqa: E402 — pyarrow may be missing
from perfscore.bulk.columns import meanings  # noqa: E402
from perfscore.bulk.engines import TableScorer  # noqa: E402
from perfscore.bulk.forms import forms  # noqa: E402
from perfscore.bulk.wide import WideScorer  # noqa: E402

RULES = "hunan/indicators@2018"


def rules_of(text: str) -> RuleSet:
    return build(Source("rules.yaml", text, text.encode()), None)


THIRDS = rules_of("""ruleset: test/thirds
version: '1'
rounding: [{at: group, places: 9}]
indicators:
  - {id: a, label: 一项, points: 10, measure: 完成 / 计划, method: ratio}
  - {id: b, label: 二项, points: 10, measure: 完成 / 计划, method: ratio}
facts: {完成: {}, 计划: {}}
""")


@pytest.fixture
def units() -> Any:
    with open(ROOT / "examples" / "tables" / "units.csv", encoding="utf-8-sig", newline="") as file:
        return pa.Table.from_pylist(list(csv.DictReader(file)))


# Whoever moves a job from one machine to many must not find other numbers there.
def test_a_table_gives_what_a_run_gives(units: Any) -> None:
    found = TableScorer(RULES, units.schema.names).table(units).to_pylist()
    for row, one in zip(found, evaluate_table(units, RULES), strict=True):
        same = ("rules", "status", "score", "low", "high", "points", "grade", *(name for name in row if name.startswith("leaves_")))
        assert {name: row[name] for name in same} == {name: one[name] for name in same}
        assert row["code"] == (one["errors"][0]["code"] if one["errors"] else None)
        if row["status"] != "rejected":
            assert {name: row[f"lost.{name}"] for name in one["lost"]} == one["lost"]
            assert (row["unit"], row["year"]) == (one["unit"], one["year"])
    assert [row["status"] for row in found] == ["scored"] * 5 + ["incomplete", "rejected"]


# A form that cannot be read has no form around it; whose it is stands in the table all the same.
def test_a_form_that_cannot_be_read_is_a_row_that_says_whose_it_is_and_why(units: Any) -> None:
    row = TableScorer(RULES, units.schema.names, lang="en").table(units).to_pylist()[-1]
    told = {"unit": "示例六局（虚构）", "code": "bad-year", "column": "年度", "says": "the year has four digits, not 二〇一八"}
    assert row == dict.fromkeys(row) | {"key": "", "project": "", "status": "rejected"} | told


def test_a_cell_that_arrow_cannot_give_costs_one_row(units: Any) -> None:
    days = pa.array([0, 2**62, 0, 0, -(2**62), 0, 0], pa.timestamp("us"))
    scorer = TableScorer(RULES, [*units.schema.names, "日期"], {"日期": "reported.date"})
    found = scorer.table(units.append_column("日期", days)).to_pylist()
    assert [row["code"] for row in found] == [None, "rows-unreadable", None, None, "rows-unreadable", None, "bad-year"]
    assert [row["score"] for row in found] == [Decimal(16), None, Decimal("26.4"), Decimal("24.4"), None, None, None]


# A fault of the scorer itself must not look like a row that nobody can read.
def test_what_is_no_fault_of_a_row_is_raised(units: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: object, batch: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(WideScorer, "score", broken)
    with pytest.raises(ValueError, match="broken"):
        TableScorer(RULES, units.schema.names).table(units)


def test_blank_rows_and_empty_parts_are_no_forms(units: Any) -> None:
    blank = pa.table({name: ["", None, "  "] for name in units.schema.names})
    scorer = TableScorer(RULES, units.schema.names)
    assert [one.num_rows for one in scorer([*blank.to_batches(), units.to_batches()[0].slice(0, 0), units.to_batches()[0]])] == [0, 0, 7]
    assert scorer.table(units.slice(0, 0)).equals(scorer.schema.empty_table())


def test_columns_are_found_by_name_or_in_order(units: Any) -> None:
    scorer = TableScorer(RULES, units.schema.names)
    turned = units.select(units.schema.names[::-1]).append_column("more", pa.nulls(7))
    assert scorer.table(turned).equals(scorer.table(units))
    plain = units.rename_columns([f"column{place}" for place in range(units.num_columns)])
    assert pa.Table.from_batches(scorer.in_order(plain.to_batches())).equals(scorer.table(units))


def test_names_are_told_in_one_line() -> None:
    table = pa.table({"表号": [" 1", "2", None], "单位": ["某　局", "某\n局", " 某局 "], "完成": [1, 2, 3], "计划": [4, 4, 4]})
    found = TableScorer(THIRDS, table.schema.names).table(table)
    assert found.select(["key", "unit"]).to_pylist() == [{"key": "1", "unit": "某 局"}, {"key": "2", "unit": "某 局"}, {"key": "", "unit": "某局"}]


# Nothing is rounded without a word: a decimal column has no place for a third.
def test_what_no_decimal_can_be_stands_beside_it_exactly() -> None:
    table = pa.table({"单位": ["甲", "乙"], "完成": [1, 1], "计划": [3, 4]})
    scorer = TableScorer(THIRDS, table.schema.names)
    third, quarter = scorer.table(table).to_pylist()
    assert (quarter["score"], quarter["exact"]) == (Decimal(5), None)
    assert (third["low"], third["score"], third["high"]) == (Decimal("6.6666666666"), Decimal("6.6666666667"), Decimal("6.6666666667"))
    assert {name: Fraction(number) for name, number in json.loads(third["exact"]).items()} == {
        **dict.fromkeys(("score", "low", "high"), Fraction(20, 3)), "lost": Fraction(40, 3), **dict.fromkeys(("lost.一项", "lost.二项"), Fraction(20, 3)),
    }  # fmt: skip


def test_the_schema_is_that_of_spark() -> None:
    scorer = TableScorer(RULES, ["单位", "编制数"])
    types = dict(one.rsplit(" ", 1) for one in scorer.ddl.split(", "))
    assert list(types) == [f"`{name}`" for name in scorer.schema.names]
    assert (types["`unit`"], types["`year`"], types["`score`"], types["`lost.投入`"]) == ("string", "bigint", "decimal(38,2)", "decimal(38,2)")


def test_a_table_with_a_row_per_indicator_is_refused() -> None:
    with pytest.raises(Rejected) as rejected:
        TableScorer("china/project-self@2020", ["表号", "一级指标", "三级指标", "年度指标值", "实际完成值"])
    assert [one.code for one in rejected.value.diagnostics] == ["rows-in-parts"]


# Dask calls one function from all of its threads.
def test_threads_share_a_scorer(units: Any) -> None:
    scorer = TableScorer(RULES, units.schema.names)
    many = pa.concat_tables([units] * 300).combine_chunks()
    expected = scorer.table(many)
    with ThreadPoolExecutor(4) as threads:
        assert all(one.equals(expected) for one in threads.map(scorer.table, [many] * 12))


def scored(scorer: Any, table: Any) -> Any:
    return scorer.table(table)


def evaluated(rules: RuleSet, planned: Any, form: Form) -> Evaluation:
    (found,) = evaluations([form], planned)
    assert isinstance(found, Evaluation)
    assert planned == plan(rules)
    return found


def unread() -> Rejected:
    table = pa.table({"单位": ["甲"], "年度": ["某年"], "完成": ["1"], "计划": ["1"]})
    (found,) = forms(table.to_batches(), meanings(table.schema.names, THIRDS), THIRDS, name="t.csv")
    assert isinstance(found, Rejected)
    return found


# Another process has none of this one's objects: what does not travel by value would be missing there, or compare unequal.
def test_rules_plans_scorers_and_results_travel_by_value(units: Any) -> None:
    rules = load_rules(RULES)
    planned = plan(rules)
    (form,) = forms_of(Source("form.yaml", "unit: 某局\nbudget: {initial: 100, adjusted: 100, executed: 90}\nfacts: {编制数: 10, 在职人数: 9}\n"))
    assert isinstance(form, Form)
    here = evaluated(rules, planned, form)
    scorer = TableScorer(planned, units.schema.names)
    expected = scorer.table(units)
    wide = WideScorer(planned, scorer.head)
    wide.score(units.to_batches()[0])
    assert len(pickle.dumps(wide)) == len(pickle.dumps(WideScorer(planned, scorer.head)))
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(scored, (scorer, units)).equals(expected)
        there = pool.apply(evaluated, (rules, planned, form))
        refused = pool.apply(unread)
    assert (there.score, there.bounds, there.grade, there.root.lost) == (here.score, here.bounds, here.grade, here.root.lost)
    assert there.plan.rules.reference == RULES
    assert [(one.code, one.says) for one in refused.diagnostics] == [(one.code, one.says) for one in unread().diagnostics]
