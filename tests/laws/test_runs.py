"""The law of runs: a table scored by arrays comes to what its forms come to one by one, in every file and to the last byte."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfscore.bulk.job import Job, Options
from perfscore.model.plan import Plan
from tests.laws.test_tables import written
from tests.laws.test_wide import tables

pytest.importorskip("pyarrow")

from perfscore.bulk import run as engine
from perfscore.bulk.gathered import Done

#: What is odd in a form and told of it: nothing of a year, a character that no text may hold, more spent than there was, points of another rule.
ODD: list[dict[str, str]] = [
    {"year": "今年"},
    {"unit": "坏\x01字"},
    {"budget.adjusted": "1", "budget.executed": "2"},
    {"budget.adjusted": "9999999", "budget.executed": "1"},
    {"budget.executed": ""},
    {"budget.adjusted": "万元"},
    {"budget.points": "7"},
    {"budget.money": "元"},
    {"goal.expected": "各项任务按照年度计划全部完成并通过验收", "goal.actual": "各项任务按照年度计划 全部完成并通过验收"},
    {"goal.actual": "第三季度完成全部管线改造并通过验收"},
    {"project": " 河道\n保洁 "},
]
FORMATS = ("csv", "jsonl", "parquet")


def ran(job: Job, folder: Path, block: int, *, arrays: bool, one_by_one: int = 3) -> tuple[Done, dict[str, bytes]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "BLOCK", block)
        patch.setattr(engine, "FORMS", one_by_one)
        if not arrays:
            patch.setattr(engine, "find_spec", lambda _: None)
        done = engine.run(job, engine.Target(str(folder), "jsonl"))
    return done, {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@given(tables(), st.lists(st.tuples(st.integers(0, 30), st.sampled_from(ODD)), max_size=4), st.sampled_from(FORMATS), st.integers(1, 40), st.data())
def test_a_run_by_arrays_is_the_run_form_by_form(
    table: tuple[Plan, list[Mapping[str, Any]]], odd: list[tuple[int, dict[str, str]]], format_: str, times: int, data: st.DataObject
) -> None:
    planned, drawn = table
    rows = [{**drawn[place % len(drawn)], "表号": f"f{place}"} for place in range(times)]
    for place, told in odd:
        rows[place % times] = {**rows[place % times], **told}
    keyed, indicators = data.draw(st.booleans()), data.draw(st.booleans())
    if not keyed:
        rows = [{name: cell for name, cell in row.items() if name != "表号"} for row in rows]
    with TemporaryDirectory() as folder:
        base = Path(folder)
        path = written(str(base / f"table.{format_}"), rows)
        job = Job((path,), plan=planned, options=Options((path,), indicators=indicators))
        one, files = ran(job, base / "arrays", data.draw(st.integers(1, 50)), arrays=True)
        other, wanted = ran(job, base / "forms", 50, arrays=False)
    assert files == wanted
    # The order in which things were met, too.
    assert one.tally.plain() == other.tally.plain()
    assert list(one.labels.items()) == list(other.labels.items())
    assert (one.content, one.queue, one.ranking, one.rules, one.errors) == (other.content, other.queue, other.ranking, other.rules, other.errors)
