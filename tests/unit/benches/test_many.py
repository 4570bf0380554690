"""
What the bench of many forms compares perfscore with gives the totals that whole numbers give.

A peer that scores something else would make every ratio of the page meaningless, and nobody would see it.
"""

import numpy as np
import pytest
from benches.many import by_numpy, by_zen, folder, parquet, peers, wide
from benches.many.clock import Goal, each, ratio
from benches.many.data import five, table, thirteen

from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan

FORMS = 2000


@pytest.fixture(scope="module", params=[False, True], ids=["random", "ties"])
def columns(request):
    return thirteen(FORMS, ties=request.param)


@pytest.fixture(scope="module")
def want(columns):
    return by_numpy.by_integers(columns)


def test_numpy_by_hand_is_exact_and_floats_are_not(columns, want):
    assert (by_numpy.Hand(columns).score()[0] == want).all()
    total = np.rint(by_numpy.naive(by_numpy.floats(columns))[0] * 100)
    # It is the same form: nothing is off by more than the cents of its roundings.
    assert (total != want).sum() > 0
    assert np.abs(total - want).max() <= 6


def test_steps_by_hand_are_exact():
    columns = five(FORMS)
    want = by_numpy.steps_by_integers(columns)
    assert (by_numpy.HandSteps(columns).score()[0] == want).all()
    assert (wide.scorer("steps", columns).score(table(columns)).total == want).all()


def test_ties_end_on_half_a_cent():
    # A bench on ties without ties proves nothing.
    columns = thirteen(FORMS, ties=True)
    executed, adjusted = columns["全年执行数"], columns["全年预算数"]
    assert (2000 * executed % (2 * adjusted) == adjusted).all()


def test_polars(columns, want):
    pytest.importorskip("polars")
    run, read = peers.by_polars(columns)
    assert (read(run()) == want).all()


@pytest.mark.parametrize("decimal", [False, True])
def test_duckdb(columns, want, decimal):
    pytest.importorskip("duckdb")
    run, read = peers.by_duckdb(columns, decimal=decimal)
    assert (read(run()) == want).all()


def test_decimal(columns, want):
    run, read = peers.by_decimal(columns, range(100, 300))
    assert (read(run()) == want[100:300]).all()


def test_zen(columns, want):
    pytest.importorskip("zen")
    engine, rows = by_zen.engine(), by_zen.contexts(columns, slice(0, 100))
    assert (by_zen.totals(by_zen.batch(engine, rows)()) == want[:100]).all()
    for graph in by_zen.graphs():
        assert [engine.evaluate(graph, row)["result"]["total"] for row in rows] == want[:100].tolist()


def test_the_grades_of_zen_are_those_of_numpy(columns):
    pytest.importorskip("zen")
    grades = by_numpy.Hand(columns).score()[1][:100]
    engine = by_zen.engine()
    assert [engine.evaluate("one", row)["result"]["grade"] for row in by_zen.contexts(columns, slice(0, 100))] == [
        "优良中差"[grade] for grade in grades
    ]


def test_a_file_is_scored_like_a_table(tmp_path):
    path = tmp_path / "forms.parquet"
    parquet.write(path, FORMS)
    found = np.concatenate(parquet.score(parquet.scorer(path), path))
    assert (found == by_numpy.by_integers(thirteen(FORMS, ties=False))).all()


def test_every_form_of_the_folder_has_a_score(tmp_path):
    paths = folder.write(tmp_path, 3)
    assert all(score is not None for score in folder.score(paths, plan(load_rules("china/project-self@2020"))))


def test_what_is_missed_is_said():
    assert Goal.at_most("a", "1", "1", 1.51, 1.5).row()[-1] == "**no**"
    assert Goal.at_least("a", "1", "1", 400.0, 400).row()[-1] == "yes"
    assert ratio([1.0, 2.0, 9.0], [1.0, 1.0, 1.0]) == 2
    assert each([0.5, 1.5, 1.0], 1_000_000) == "1.00 µs"
