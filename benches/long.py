"""
Long tables: what scoring a table of rows by rules costs against a group-by written by hand for this one form, in one run: `python benches/long.py`.

Every figure is the median of interleaved rounds; what differs is counted against plain integers.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa

from perfscore.bulk.columns import meanings
from perfscore.bulk.long import LongScorer
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan

#: The groups of the form, and how many rows each has: twenty in all.
GROUPS = (
    ("成本指标", "经济成本指标", 2, 10), ("成本指标", "社会成本指标", 1, 5), ("成本指标", "生态环境成本指标", 1, 5),
    ("产出指标", "数量指标", 3, 15), ("产出指标", "质量指标", 3, 15), ("产出指标", "时效指标", 2, 10),
    ("效益指标", "经济效益指标", 2, 5), ("效益指标", "社会效益指标", 2, 5), ("效益指标", "生态效益指标", 1, 5), ("效益指标", "可持续影响指标", 1, 5),
    ("满意度指标", "服务对象满意度指标", 2, 10),
)  # fmt: skip
TOPS = ("execution", "cost", "output", "benefit", "satisfaction")
UNITS = ("次", "万元", "%", "个", "户")


def drawn(forms: int, *, ties: bool) -> dict[str, np.ndarray]:
    """The columns as integers: amounts in hundredths, points in cents; with `ties` every share ends on half a cent."""
    chance = np.random.default_rng(20241231)
    pairs = np.repeat(np.arange(len(GROUPS)), [rows for *_, rows, _ in GROUPS])
    points = np.concatenate([split(points * 100, rows) for *_, rows, points in GROUPS])
    rows = forms * len(pairs)
    # A bare 2024.12 may be a month, and is asked for by itself: amounts begin behind the years.
    target, actual = (chance.integers(220_000, 1_000_000, rows) for _ in range(2))
    if ties:
        target = 2000 * chance.integers(300, 40_000, rows)
        actual = target // 2000 * (2 * chance.integers(400, 1000, rows) + 1)
        target, actual = (np.where(np.tile(pairs < 3, forms), one, other) for one, other in ((actual, target), (target, actual)))
    return {
        "form": np.repeat(np.arange(forms), len(pairs)), "pair": np.tile(pairs, forms), "points": np.tile(points, forms), "target": target, "actual": actual,
        "unit": chance.integers(0, len(UNITS), rows), "level3": chance.integers(0, 500, rows),
        "adjusted": chance.integers(10_000, 90_000_000, forms), "executed": chance.integers(0, 90_000_000, forms),
    }  # fmt: skip


def split(cents: int, rows: int) -> np.ndarray:
    """Points of a group among its rows, which differ."""
    parts = np.full(rows, cents // rows)
    parts[0] += cents - parts.sum()
    if rows > 1:
        parts[0] += 50
        parts[1] -= 50
    return parts


def decimals(cents: np.ndarray, digits: int) -> pa.Array:
    words = np.stack([cents, cents >> 63], axis=1)
    return pa.Array.from_buffers(pa.decimal128(digits, 2), len(cents), [None, pa.py_buffer(words.tobytes())])


def coded(codes: np.ndarray, words: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(words))


def table(of: dict[str, np.ndarray]) -> tuple[pa.RecordBatch, pa.RecordBatch]:
    """The same as people have it: names by dictionaries, numbers as decimals, a table of budgets beside."""
    firsts, seconds = list(dict.fromkeys(one for one, *_ in GROUPS)), [two for _, two, *_ in GROUPS]
    level1 = np.array([firsts.index(one) for one, *_ in GROUPS])
    forms = len(of["adjusted"])
    names = [f"430000{number:06}" for number in range(forms)]
    rows = {
        "表号": coded(of["form"], names), "一级指标": coded(level1[of["pair"]], firsts), "二级指标": coded(of["pair"], seconds),
        "三级指标": coded(of["level3"], [f"第{number}项工作" for number in range(500)]), "年度指标值": decimals(of["target"], 18),
        "实际完成值": decimals(of["actual"], 18), "measured": coded(of["unit"], list(UNITS)), "分值": decimals(of["points"], 5),
    }  # fmt: skip
    budgets = {"表号": pa.array(names), "全年预算数": decimals(of["adjusted"], 18), "全年执行数": decimals(of["executed"], 18)}
    return pa.RecordBatch.from_pydict(rows), pa.RecordBatch.from_pydict(budgets)


# --- written by hand -----------------------------------------------------------------------------------------------------------------------


def integers(column: pa.Array) -> np.ndarray:
    return np.frombuffer(column.buffers()[1], np.int64)[::2]


def by_numpy(rows: pa.RecordBatch, budgets: pa.RecordBatch, block: int = 1 << 15) -> dict[str, np.ndarray]:
    """Exact: one float64 division half up, which is exact below 2^53, over blocks that stay in the cache; sums of rows by their form and first level."""
    form = rows.column("表号").indices.to_numpy()
    level1 = rows.column("一级指标")
    order = np.array(
        [
            TOPS.index({"成本指标": "cost", "产出指标": "output", "效益指标": "benefit", "满意度指标": "satisfaction"}[one])
            for one in level1.dictionary.to_pylist()
        ]
    )
    cost = np.array([one == "成本指标" for one in level1.dictionary.to_pylist()])
    code, target, actual, points = level1.indices.to_numpy(), *(integers(rows.column(name)) for name in ("年度指标值", "实际完成值", "分值"))
    forms = budgets.num_rows
    tops = np.zeros(forms * len(TOPS), np.int64)
    whole = np.zeros(forms, np.int64)
    for first in range(0, len(form), block):
        part = slice(first, first + block)
        t, a, p, c, f = target[part], actual[part], points[part], code[part], form[part]
        lower = cost.take(c)
        n, d = np.minimum(np.where(lower, t, a), np.where(lower, a, t)).astype(np.float64), np.where(lower, a, t).astype(np.float64)
        n *= p
        n /= d
        n += 0.5
        score = np.floor(n, out=n)
        key = f * len(TOPS) + order.take(c)
        low, high = int(f[0]), int(f[-1]) + 1
        tops[low * len(TOPS) : high * len(TOPS)] += np.bincount(key - low * len(TOPS), score, (high - low) * len(TOPS)).astype(np.int64)
        whole[low:high] += np.bincount(f - low, p, high - low).astype(np.int64)
    tops = tops.reshape(forms, len(TOPS))
    adjusted, executed = integers(budgets.column("全年预算数")), integers(budgets.column("全年执行数"))
    tops[:, 0] = np.floor(np.minimum(executed, adjusted) * 1000 / adjusted + 0.5)
    total = tops.sum(axis=1)
    grade = np.where(whole == 9000, 3 - np.searchsorted([6000, 8000, 9000], total, side="right"), -1)
    return {"total": total, "grade": grade, **{name: tops[:, at] for at, name in enumerate(TOPS)}}


def by_polars(frame: Any, budgets: Any) -> Any:
    """Exact: whole numbers of hundredths, half up by a floor division; grouped by form and first level."""
    import polars as pl

    lower = pl.col("一级指标") == "成本指标"
    t, a = pl.col("年度指标值"), pl.col("实际完成值")
    n, d = pl.when(lower).then(t).otherwise(a), pl.when(lower).then(a).otherwise(t)
    score = (2 * pl.min_horizontal(n, d) * pl.col("分值") + d) // (2 * d)
    names = {"成本指标": "cost", "产出指标": "output", "效益指标": "benefit", "满意度指标": "satisfaction"}
    scored = frame.lazy().select("表号", "一级指标", "分值", score=score)
    sums = [pl.col("score").filter(pl.col("一级指标") == one).sum().alias(name) for one, name in names.items()]
    grouped = scored.group_by("表号", maintain_order=True).agg(*sums, whole=pl.col("分值").sum())
    e, b = pl.col("全年执行数"), pl.col("全年预算数")
    found = grouped.with_columns(budgets.lazy().select(execution=(2000 * pl.min_horizontal(e, b) + b) // (2 * b)).collect())
    total = pl.sum_horizontal(*TOPS)
    grade = pl.when(pl.col("whole") != 9000).then(-1).when(total >= 9000).then(0).when(total >= 8000).then(1).when(total >= 6000).then(2).otherwise(3)
    return found.with_columns(total=total, grade=grade).collect()


def frames(rows: pa.RecordBatch, budgets: pa.RecordBatch) -> tuple[Any, Any]:
    """Polars' own columns, made before the clock starts: categories and whole numbers."""
    import polars as pl

    first = pl.Enum(list(dict.fromkeys(one for one, *_ in GROUPS)))
    frame = pl.DataFrame(
        {
            "表号": rows.column("表号").indices.to_numpy(), "一级指标": pl.Series(rows.column("一级指标").to_pylist(), dtype=first),
            **{name: integers(rows.column(name)).copy() for name in ("年度指标值", "实际完成值", "分值")},
        }
    )  # fmt: skip
    return frame, pl.DataFrame({name: integers(budgets.column(name)).copy() for name in ("全年预算数", "全年执行数")})


# --- measuring -----------------------------------------------------------------------------------------------------------------------------


def measured(ways: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            times[name].append(time.perf_counter() - start)
    return {name: median(found) for name, found in times.items()}


def wrong(found: dict[str, np.ndarray], of: dict[str, np.ndarray]) -> int:
    """Forms whose total or whose parts are not what plain integers give."""
    lower = of["pair"] < 3
    n, d = np.where(lower, of["target"], of["actual"]), np.where(lower, of["actual"], of["target"])
    score = np.minimum((2 * of["points"] * n + d) // (2 * d), of["points"])
    part = np.array([1] * 3 + [2] * 3 + [3] * 4 + [4])[of["pair"]]
    tops = np.zeros((len(of["adjusted"]), len(TOPS)), np.int64)
    np.add.at(tops, (of["form"], part), score)
    tops[:, 0] = np.minimum((2000 * of["executed"] + of["adjusted"]) // (2 * of["adjusted"]), 1000)
    bad = np.asarray(found["total"]) != tops.sum(axis=1)
    for at, name in enumerate(TOPS):
        bad |= np.asarray(found[name]) != tops[:, at]
    bad |= np.asarray(found["grade"]) != 3 - np.searchsorted([6000, 8000, 9000], tops.sum(axis=1), side="right")
    return int(bad.sum())


def main(forms: int = 50_000, rounds: int = 9) -> None:
    planned = plan(load_rules("hunan/department@2024"))
    for ties in (False, True):
        of = drawn(forms, ties=ties)
        rows, budgets = table(of)
        heads = [meanings(one.schema.names, planned.rules) for one in (rows, budgets)]
        frame, small = frames(rows, budgets)
        scorer = LongScorer(planned, *heads)
        scored = scorer.score(rows, budgets)
        print(f"{forms:,} forms of {rows.num_rows // forms} rows, {'ties' if ties else 'random'}")
        ours = {"total": scored.total, "grade": scored.grade, **scored.tops}
        print(
            "  wrong: ours",
            wrong(ours, of),
            "numpy",
            wrong(by_numpy(rows, budgets), of),
            "polars",
            wrong(by_polars(frame, small).to_dict(as_series=True), of),
            "alone",
            len(scored.alone),
        )
        ways = {
            "ours": lambda scorer=scorer, rows=rows, budgets=budgets: scorer.score(rows, budgets),
            "numpy": lambda rows=rows, budgets=budgets: by_numpy(rows, budgets), "polars": lambda frame=frame, small=small: by_polars(frame, small),
            "ours, new": lambda rows=rows, budgets=budgets, heads=heads: LongScorer(planned, *heads).score(rows, budgets),
        }  # fmt: skip
        found = measured(ways, rounds)
        best = min(found["numpy"], found["polars"])
        for name, seconds in found.items():
            print(f"  {name:10} {seconds * 1e3:8.2f} ms {seconds / rows.num_rows * 1e9:6.1f} ns/row  {seconds / best:5.2f} × the better by hand")
    sizes = {}
    for size in (forms // 10, forms):
        rows, budgets = table(drawn(size, ties=False))
        sizes[f"{size}"] = lambda rows=rows, budgets=budgets: scorer.score(rows, budgets)
    few, many = measured(sizes, rounds).values()
    print(f"10 times the rows: {many / few:.2f} times the time")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
