"""The law of tables: a form that comes in a table is scored as the same form in a file, whatever the format, the shape and the borders of batches."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from perfscore.bulk import readers
from perfscore.bulk.columns import meanings
from perfscore.bulk.forms import Sheet, filed
from perfscore.forms.bind import bind
from perfscore.model.form import Form
from perfscore.model.plan import Plan
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import evaluate
from perfscore.testing.forms import Draft, drafts
from perfscore.testing.strategies import rule_sets
from perfscore.text import yaml
from perfscore.text.nodes import Mapping as MappingNode
from perfscore.text.nodes import Node, Scalar
from perfscore.text.source import Source
from tests.laws.drawn import FEW, Case, score, summary

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

FORMATS = (".csv", ".jsonl", ".parquet", ".arrow")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
#: The row of a form whose rules need none.
STRAY = {"level1": "规则里没有的", "target": "8个", "actual": "7个", "points": "10"}
Rows = list[dict[str, str]]


@st.composite
def several(draw: DrawFn) -> list[Case]:
    rules = draw(rule_sets())
    planned = plan(rules)
    return [Case(planned, draft) for draft in draw(st.lists(drafts(rules), min_size=1, max_size=3))]


def said(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, MappingNode):
        return {entry.key.text: said(entry.value) for entry in node.entries}
    return [said(item) for item in node.items]


def tree(draft: Draft) -> dict[str, Any]:
    (document,) = yaml.parse(Source("form.yaml", draft.text())).documents
    return said(document)  # type: ignore[no-any-return]


def of_form(number: int, form: Mapping[str, Any], dotted: bool) -> dict[str, str]:
    """What a form says as a whole, in one row; parts of a fact in columns of their own, or as a list in one cell."""
    row = {"表号": f"f{number}", "unit": form["unit"], "year": form["year"]}
    row |= {f"budget.{name}": cell for name, cell in form["budget"].items()}
    for name, fact in form["facts"].items():
        if dotted and isinstance(fact, dict) and all(isinstance(cell, str) for cell in fact.values()):
            row |= {f"{name}.{part}": cell for part, cell in fact.items()}
        else:
            row[name] = fact if isinstance(fact, str) else json.dumps(fact, ensure_ascii=False)
    return row


def written(path: str, rows: Rows) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    if path.endswith(".csv"):
        with open(path, "w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file)
            lines.writerows([names, *([row.get(name, "") for name in names] for row in rows)])
    elif path.endswith(".jsonl"):
        with open(path, "w", encoding="utf-8") as file:
            for row in rows:
                # A number that is written as one keeps its characters, too.
                cells = (f"{json.dumps(name)}: {cell if _NUMBER.fullmatch(cell) else json.dumps(cell)}" for name, cell in row.items())
                file.write(f"{{{', '.join(cells)}}}\n")
    else:
        columns = [typed([row.get(name) for row in rows]) for name in names]
        table = pa.Table.from_arrays(columns, names=names)
        if path.endswith(".parquet"):
            pq.write_table(table, path, row_group_size=3)
        else:
            with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table, max_chunksize=3)
    return path


def typed(cells: list[str | None]) -> Any:
    if all(cell is None or (_NUMBER.fullmatch(cell) and "." not in cell and cell != "-0") for cell in cells):
        return pa.array([None if cell is None else int(cell) for cell in cells], pa.int64())
    return pa.array(cells, pa.string()).dictionary_encode()


def cut(batches: Iterator[Any], size: int) -> Iterator[Any]:
    for batch in batches:
        yield from (batch.slice(start, size) for start in range(0, batch.num_rows, size))


def scored(planned: Plan, path: str, size: int, budgets: str = "") -> list[dict[str, object]]:
    sheets = []
    for name in filter(None, (path, budgets)):
        table = readers.read(name)
        sheets.append(Sheet(cut(table.batches(), size), meanings(table.names, planned.rules, source=name), name))
    found = filed(*sheets[0][:2], planned.rules, sheets[1] if budgets else None, path)
    made = [one.form for one in found]
    assert all(isinstance(form, Form) for form in made), made
    return [result(planned, form) for form in made if isinstance(form, Form)]


def result(planned: Plan, form: Form) -> dict[str, object]:
    evaluation = evaluate(bind(form, planned))
    return {**summary(evaluation), "total": evaluation.score, "between": evaluation.bounds}


def expected(planned: Plan, given_: list[Draft]) -> list[dict[str, object]]:
    found = [score(planned, draft.text()) for draft in given_]
    return [{**summary(one), "total": one.score, "between": one.bounds} for one in found]


@FEW
@given(several(), st.sampled_from(FORMATS), st.booleans(), st.sampled_from((1, 2, 100)))
def test_a_wide_table_is_scored_as_form_files(tmp_path_factory: Any, cases: list[Case], ending: str, dotted: bool, size: int) -> None:
    planned, forms = cases[0].plan, [case.draft.with_rows([]) for case in cases]
    path = str(tmp_path_factory.mktemp("wide") / f"table{ending}")
    written(path, [of_form(number, tree(form), dotted) for number, form in enumerate(forms)])
    assert scored(planned, path, size) == expected(planned, forms)


@FEW
@given(several(), st.sampled_from(FORMATS), st.booleans(), st.sampled_from((1, 2, 100)), st.sampled_from(("beside", "repeated", "once")))
def test_a_long_table_is_scored_as_form_files(tmp_path_factory: Any, cases: list[Case], ending: str, dotted: bool, size: int, whole: str) -> None:
    planned, forms = cases[0].plan, [case.draft.with_rows(case.draft.rows or [STRAY]) for case in cases]
    folder: Path = tmp_path_factory.mktemp("long")
    rows: Rows = []
    budgets: Rows = []
    for number, form in enumerate(map(tree, forms)):
        row_of_form = of_form(number, form, dotted)
        budgets.append(row_of_form)
        for place, row in enumerate(form["indicators"]):
            said_with_row = row_of_form if whole == "repeated" or (whole == "once" and not place) else {"表号": f"f{number}"}
            rows.append({**said_with_row, **row})
    # Columns that no row of these forms fills in still make the table a long one.
    rows = [{**dict.fromkeys(("level1", "target"), ""), **row} for row in rows]
    path = written(str(folder / f"table{ending}"), rows)
    beside = written(str(folder / f"budgets{ending}"), budgets) if whole == "beside" else ""
    assert scored(planned, path, size, beside) == expected(planned, forms)
