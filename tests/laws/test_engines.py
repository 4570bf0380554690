"""The law of partitions: in whatever parts and in whatever order a wide table is scored, every form comes out as it does alone."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfscore.model.plan import Plan
from perfscore.scoring.engine import evaluate
from tests.laws.drawn import FEW

pa = pytest.importorskip("pyarrow")
pytest.importorskip("numpy")

from perfscore.bulk import results  # noqa: E402 — pyarrow may be missing
from perfscore.bulk.engines import TableScorer  # noqa: E402
from perfscore.bulk.forms import filed  # noqa: E402
from perfscore.forms.bind import bind  # noqa: E402
from perfscore.model.form import Form  # noqa: E402
from perfscore.text.diagnostic import Rejected  # noqa: E402
from tests.laws.test_wide import numbers, tables  # noqa: E402


def batch_of(rows: list[Mapping[str, Any]], as_numbers: bool) -> Any:
    names = list(dict.fromkeys(name for row in rows for name in row))
    make = numbers if as_numbers else lambda cells: pa.array(cells, pa.string())
    return pa.record_batch({name: make([row.get(name) for row in rows]) for name in names})


def parts(batch: Any, order: list[int], sizes: list[int]) -> list[Any]:
    """A batch with its rows in another order, cut into parts."""
    shuffled, first = batch.take(pa.array(order, pa.int64())), 0
    found: list[Any] = []
    while first < len(order):
        size = sizes[len(found) % len(sizes)]
        found.append(shuffled.slice(first, size))
        first += size
    return found


@given(tables(), st.booleans(), st.integers(1, 20), st.data())
def test_no_partition_and_no_order_changes_a_result(table: tuple[Plan, list[Mapping[str, Any]]], as_numbers: bool, times: int, data: Any) -> None:
    planned, rows = table
    rows = [{**rows[place % len(rows)], "表号": f"f{place}"} for place in range(times)]
    # A row whose year is none is not read, and one of another unit of money is scored apart.
    for row in data.draw(st.lists(st.sampled_from(rows), max_size=2)):
        row["year"] = "某年"
    batch = batch_of(rows, as_numbers)
    scorer = TableScorer(planned, batch.schema.names)
    whole = list(scorer([batch]))
    assert [one.schema for one in whole] == [scorer.schema]
    order, sizes = data.draw(st.permutations(range(times))), data.draw(st.lists(st.integers(0, 7), min_size=1, max_size=4).filter(any))
    again = [row for one in TableScorer(planned, batch.schema.names)(parts(batch, order, sizes)) for row in one.to_pylist()]
    assert again == [whole[0].to_pylist()[place] for place in order]


@FEW
@given(tables(), st.booleans())
def test_a_result_says_what_a_run_says_of_the_form(table: tuple[Plan, list[Mapping[str, Any]]], as_numbers: bool) -> None:
    planned, rows = table
    batch = batch_of(rows, as_numbers)
    scorer = TableScorer(planned, batch.schema.names)
    (found,) = scorer([batch])
    told = [column for column in results.RESULTS.columns if column.name in scorer.schema.names]
    for row, one in zip(found.to_pylist(), filed([batch], scorer.head, planned.rules), strict=True):
        exactly = {} if row["exact"] is None else json.loads(row["exact"])
        if isinstance(one.form, Rejected):
            assert row["status"] == "rejected"
            continue
        assert isinstance(one.form, Form)
        evaluation = evaluate(bind(one.form, planned))
        known = results.known(one.form, 1, " ".join(one.key), "")
        cells = dict(zip([column.name for column in results.RESULTS.columns], results.result(known, evaluation, None), strict=True))
        for column in told:
            here = column.value(cells[column.name], "arrow", "zh")
            if column.kind == "number":
                assert fraction(exactly.get(column.name, row[column.name])) == fraction(here), column.name
            else:
                assert row[column.name] == here, column.name
        tops = {top.id: top.label for top in planned.trees[0].indicators}
        # Under a condition of its own a part may be called otherwise; a table has the same columns for all forms.
        if len(planned.trees) == 1 and all(tops.get(child.id, child.label) == child.label for child in evaluation.root.children):
            lost = {f"lost.{label}": points for label, (_, points) in results.lost(evaluation.root).items()}
            assert {name: fraction(exactly.get(name, row[name])) for name in row if name.startswith("lost.")} == {
                name: fraction(lost.get(name)) for name in row if name.startswith("lost.")
            }


def fraction(number: Any) -> Fraction | None:
    return None if number is None else Fraction(number)
