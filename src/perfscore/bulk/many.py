"""The public verbs for many forms: a table to its results, results to a ranking."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from perfscore.bulk import readers
from perfscore.bulk.job import Job, Options
from perfscore.bulk.results import RESULTS
from perfscore.model.plan import Plan
from perfscore.model.rules import RuleSet
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan

#: A row of results: the names of its columns with what stands there; numbers are exact.
Result = dict[str, Any]


def evaluate_table(
    table: object, rules: RuleSet | Plan | str | None = None, *, budgets: object = None, columns: Mapping[str, str] | None = None
) -> Iterator[Result]:
    """
    Score the forms of a table, in order and in constant memory, each as it would be scored alone.

    `table` and `budgets` are the name of a file (a table, or form files) or any data frame that speaks the Arrow stream interface; `columns` says
    what columns mean whose names do not. A form that cannot be read is a row of the status `rejected` with the list of its `errors`.
    """
    from perfscore.bulk.run import made

    tables: dict[str, readers.Table] = {}
    names = [_named(given, name, tables) for given, name in ((table, "table"), (budgets, "budgets")) if given is not None]
    chosen = load_rules(rules) if isinstance(rules, str) else rules
    options = Options((names[0],), budgets=names[1] if budgets is not None else None)
    job = Job((names[0],), plan=plan(chosen) if isinstance(chosen, RuleSet) else chosen, options=options, tables=tables, meanings=columns or {})
    before = 0
    for part in made(job):
        errors: dict[int, list[Result]] = {}
        for form, _, file, line, column, code, says, _ in part.of("errors", before):
            errors.setdefault(form, []).append({"code": code, "file": file, "line": line, "column": column, "says": {"zh": says[0], "en": says[1]}})
        for *row, lost in part.of("results", before):
            yield {**_row(row), "lost": {part: _number(points) for part, points in lost.items()}, "errors": errors.get(row[0], [])}
        before += part.forms


def rank(results: Iterable[Result]) -> Iterator[tuple[int, int, Result]]:
    """
    The scored forms of each rule set from the highest score, with place and number of all.

    Equal scores share the better place, and the next is left out: 1, 2, 2, 4. Forms without a score take no part.
    """
    from perfscore.bulk.ranking import Ranked
    from perfscore.bulk.ranking import rank as ranked

    rows = {place: row for place, row in enumerate(results) if row["score"] is not None}
    given = (Ranked(row["rules"], Fraction(row["score"]), place, "", "", "", None, None, None) for place, row in rows.items())
    return ((place, of, rows[one.form]) for place, of, one in ranked(given))


def _named(given: object, name: str, tables: dict[str, readers.Table]) -> str:
    if isinstance(given, str | os.PathLike):
        return os.fspath(given) if isinstance(given, str) else str(given)
    tables[name] = readers.frame(given, name)
    return name


def _row(row: list[Any]) -> Result:
    found = {}
    for column, plain in zip(RESULTS.columns, row, strict=True):
        value = column.value(plain, "jsonl", "zh")
        found[column.name] = _number(value) if column.kind == "number" and isinstance(value, str) else value
    return found


def _number(text: str | None) -> Decimal | Fraction | None:
    """A decimal, or a fraction where no decimal is exact."""
    return None if text is None else Fraction(text) if "/" in text else Decimal(text)
