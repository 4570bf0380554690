"""The 13 indicators written by hand for other machines: polars, duckdb, and Python's own Decimal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pyarrow as pa
from benches.many.data import DAYS, JUDGED, is_money, table

#: A score of so many cents for a share, what is divided and by what.
SHARES = (
    ("execution", "全年执行数", "全年预算数", 1000), ("basic", "基本支出控制数", "基本支出", 1000), ("project", "项目支出控制数", "项目支出", 1000),
    ("tasks", "完成任务", "计划任务", 1500),
)  # fmt: skip
CUTS = ((9000, 0), (8000, 1), (6000, 2))
Made = tuple[Callable[[], Any], Callable[[Any], np.ndarray]]


def by_polars(columns: dict[str, np.ndarray]) -> Made:
    """Exact by one division of floats, as the numpy code does it; polars works on all processors."""
    import polars as pl

    frame = pl.DataFrame(columns)
    c = pl.col
    share = {name: (c(top) * float(points) / c(low) + 0.5).floor().clip(upper_bound=points) for name, top, low, points in SHARES}
    first = {
        "execution": share["execution"], "cost": share["basic"] + share["project"],
        "output": share["tasks"] + (15 * c("合格率")).clip(upper_bound=1500) + 1000 * (c("完成日期") <= c("期限")).cast(pl.Int64),
        "benefit": pl.sum_horizontal(*JUDGED), "satisfaction": (c("满意度") * 1000.0 / 90 + 0.5).floor().clip(upper_bound=1000),
    }  # fmt: skip
    parts = [expression.cast(pl.Int64).alias(name) for name, expression in first.items()]
    total = c("total")
    grade = pl.when(total >= 9000).then(0).when(total >= 8000).then(1).when(total >= 6000).then(2).otherwise(3).cast(pl.Int8)
    query = frame.lazy().select(*parts).with_columns(total=pl.sum_horizontal(*first)).with_columns(grade=grade)
    return query.collect, lambda found: found["total"].to_numpy()


def by_duckdb(columns: dict[str, np.ndarray], *, decimal: bool) -> Made:
    """Exact by whole numbers; from decimal columns they are made in the query."""
    import duckdb

    rows = pa.Table.from_batches([decimal128(table(columns))]) if decimal else pa.table(columns)
    connection = duckdb.connect()
    connection.register("given", rows)
    connection.execute("CREATE TABLE forms AS SELECT * FROM given")
    money = {name: f'CAST("{name}" * 100 AS BIGINT)' if decimal and (is_money(name) or name in JUDGED) else f'"{name}"' for name in columns}
    share = {name: f"least(({2 * points} * {money[top]} + {money[low]}) // (2 * {money[low]}), {points})" for name, top, low, points in SHARES}
    parts = {
        "execution": share["execution"], "cost": f"{share['basic']} + {share['project']}",
        "output": f'{share["tasks"]} + least(15 * "合格率", 1500) + CASE WHEN "完成日期" <= "期限" THEN 1000 ELSE 0 END',
        "benefit": " + ".join(money[name] for name in JUDGED), "satisfaction": 'least((2000 * "满意度" + 90) // 180, 1000)',
    }  # fmt: skip
    inner = ", ".join(f"{expression} AS {name}" for name, expression in parts.items())
    grade = "CASE " + " ".join(f"WHEN total >= {least} THEN {place}" for least, place in CUTS) + " ELSE 3 END"
    query = f"SELECT *, {grade} AS grade FROM (SELECT *, {' + '.join(parts)} AS total FROM (SELECT {inner} FROM forms))"  # noqa: S608 - all of it is written here
    return lambda: connection.execute(query).fetchnumpy(), lambda found: np.asarray(found["total"])


def decimal128(batch: pa.RecordBatch) -> pa.RecordBatch:
    """As other programs have decimals."""
    wide = [
        column.cast(pa.decimal128(18 if column.type.precision > 9 else 4, 2)) if pa.types.is_decimal(column.type) else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(wide, names=batch.schema.names)


def by_decimal(columns: dict[str, np.ndarray], rows: range) -> Made:
    """One form after the other in Python: multiplied first, divided, rounded half up."""
    cent, forms = Decimal("0.01"), list(_forms(columns, rows))
    ten, fifteen, zero = Decimal(10), Decimal(15), Decimal(0)
    ninety = Decimal("0.9")

    def score() -> list[tuple[Decimal, str]]:
        found = []
        for executed, adjusted, basic_limit, basic, project_limit, project, planned, done, quality, limit, finished, satisfied, a, b, c, d in forms:
            execution = ten if executed >= adjusted else (ten * executed / adjusted).quantize(cent, ROUND_HALF_UP)
            cost = ten if basic <= basic_limit else (ten * basic_limit / basic).quantize(cent, ROUND_HALF_UP)
            cost += ten if project <= project_limit else (ten * project_limit / project).quantize(cent, ROUND_HALF_UP)
            output = fifteen if done >= planned else (fifteen * done / planned).quantize(cent, ROUND_HALF_UP)
            output += fifteen if quality >= 1 else (fifteen * quality).quantize(cent, ROUND_HALF_UP)
            output += ten if finished <= limit else zero
            total = execution + cost + output + (a + b + c + d)
            total += ten if satisfied >= ninety else (ten * satisfied / ninety).quantize(cent, ROUND_HALF_UP)
            found.append((total, "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"))
        return found

    return score, lambda found: np.array([int(total * 100) for total, _ in found])


def _forms(columns: dict[str, np.ndarray], rows: range) -> Iterator[tuple[Any, ...]]:
    names = (
        "全年执行数", "全年预算数", "基本支出控制数", "基本支出", "项目支出控制数", "项目支出", "计划任务", "完成任务", "合格率", *DAYS, "满意度", *JUDGED
    )  # fmt: skip
    hundredths = {"合格率", "满意度", *JUDGED}
    for numbers in zip(*(columns[name][rows.start : rows.stop].tolist() for name in names), strict=True):
        yield tuple(
            number if name in DAYS else Decimal(number).scaleb(-2 if is_money(name) or name in hundredths else 0)
            for name, number in zip(names, numbers, strict=True)
        )
