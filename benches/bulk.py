"""
Many forms: what an array kernel made from rules costs against code written by hand for one form, in one run: `python benches/bulk.py`.

Every figure is the median of interleaved rounds; what differs is counted against plain integers.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa

from perfscore.bulk.columns import meanings
from perfscore.bulk.wide import WideScorer
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan

HERE = Path(__file__).resolve().parent
BLOCK = 1 << 15
JUDGED = ("经济效益", "社会效益", "生态效益", "可持续影响")


# --- the 13 indicators -------------------------------------------------------------------------------------------------------------------


def thirteen(forms: int, *, ties: bool) -> dict[str, np.ndarray]:
    """The columns as integers: cents, counts, per cent, days; with `ties` every share of the budget and of the tasks ends on half a cent."""
    chance = np.random.default_rng(20241231)
    adjusted, basic, project = (chance.integers(10_000, 90_000_000, forms) for _ in range(3))
    planned, done = chance.integers(1, 60, forms), chance.integers(0, 60, forms)
    executed, limits = chance.integers(0, 90_000_000, forms), [chance.integers(10_000, 90_000_000, forms) for _ in range(2)]
    if ties:
        # 1000 × n / 2000 and 1000 × n / 400 end on a half where n is odd.
        adjusted = 2000 * chance.integers(1, 40_000, forms)
        executed = adjusted // 2000 * (2 * chance.integers(0, 1000, forms) + 1)
        basic, limits[0] = adjusted, executed
        planned, done = np.full(forms, 40), chance.integers(0, 40, forms)
        planned[::2], done[::2] = 400, 2 * chance.integers(0, 200, (forms + 1) // 2) + 1
    return {
        "全年预算数": adjusted, "全年执行数": executed, "基本支出控制数": limits[0], "基本支出": basic, "项目支出控制数": limits[1], "项目支出": project,
        "投诉": chance.integers(0, 30, forms), "药剂残留": chance.integers(0, 10, forms), "计划任务": planned, "完成任务": done,
        "合格率": chance.integers(50, 101, forms), "期限": chance.integers(20_000, 20_050, forms), "完成日期": chance.integers(20_000, 20_050, forms),
        "满意度": chance.integers(50, 101, forms), **{name: chance.integers(0, 501, forms) for name in JUDGED},
    }  # fmt: skip


def decimals(cents: np.ndarray, digits: int) -> pa.Array:
    return pa.Array.from_buffers(pa.decimal64(digits, 2), len(cents), [None, pa.py_buffer(cents.tobytes())])


def table(columns: dict[str, np.ndarray]) -> pa.RecordBatch:
    """The same as a typed table: decimals, whole numbers, days."""
    typed: dict[str, Any] = {}
    for name, column in columns.items():
        if name in ("期限", "完成日期"):
            typed[name] = pa.array(column.astype("datetime64[D]"))
        elif name in JUDGED:
            typed[name] = decimals(column, 4)
        else:
            typed[name] = decimals(column, 14) if "支出" in name or name.startswith("全年") else pa.array(column)
    return pa.record_batch(typed)


class Hand:
    """The 13 indicators written by hand with numpy: exact by the bound on one division, blocked, every scratch array used again."""

    def __init__(self, columns: dict[str, np.ndarray]) -> None:
        self.columns = columns
        self.forms = len(columns["投诉"])

    def score(self) -> tuple[np.ndarray, ...]:
        c, forms = self.columns, self.forms
        total, grade = np.empty(forms, np.int64), np.empty(forms, np.int8)
        execution, cost, output, benefit, satisfaction = (np.empty(forms, np.int64) for _ in range(5))
        a, b, s, t = (np.empty(BLOCK) for _ in range(4))
        late = np.empty(BLOCK, np.bool_)
        satisfied = np.minimum((2 * 1000 * np.arange(101) + 90) // 180, 1000).astype(np.float64)
        quality = np.minimum(15 * np.arange(101), 1500).astype(np.float64)
        grades = np.zeros(10_001, np.int8)
        grades[:6000], grades[6000:8000], grades[8000:9000] = 3, 2, 1
        for pair in (("全年执行数", "全年预算数"), ("基本支出控制数", "基本支出"), ("项目支出控制数", "项目支出"), ("完成任务", "计划任务")):
            top, low = c[pair[0]].max(), c[pair[1]].max()
            if 4 * (1500 * int(top)) + 6 * int(low) > 2**53 or c[pair[1]].min() <= 0 or c[pair[0]].min() < 0:
                raise OverflowError(pair)
        for first in range(0, forms, BLOCK):
            rows = slice(first, min(first + BLOCK, forms))
            size = rows.stop - first
            x, y, sum_, all_ = a[:size], b[:size], s[:size], t[:size]

            def share(top: np.ndarray, low: np.ndarray, points: int, out: np.ndarray, y: np.ndarray = y, rows: slice = rows) -> None:
                np.multiply(top[rows], float(points), out=out)
                np.divide(out, low[rows], out=out)
                np.add(out, 0.5, out=out)
                np.floor(out, out=out)
                np.minimum(out, points, out=out)

            share(c["全年执行数"], c["全年预算数"], 1000, all_)
            execution[rows] = all_
            share(c["基本支出控制数"], c["基本支出"], 1000, sum_)
            share(c["项目支出控制数"], c["项目支出"], 1000, x)
            sum_ += x
            cost[rows] = sum_
            all_ += sum_
            share(c["完成任务"], c["计划任务"], 1500, sum_)
            quality.take(c["合格率"][rows], out=x, mode="clip")
            sum_ += x
            np.less_equal(c["完成日期"][rows], c["期限"][rows], out=late[:size])
            np.multiply(late[:size], 1000.0, out=x)
            sum_ += x
            output[rows] = sum_
            all_ += sum_
            np.add(c[JUDGED[0]][rows], c[JUDGED[1]][rows], out=benefit[rows])
            benefit[rows] += c[JUDGED[2]][rows]
            benefit[rows] += c[JUDGED[3]][rows]
            all_ += benefit[rows]
            satisfied.take(c["满意度"][rows], out=x, mode="clip")
            satisfaction[rows] = x
            all_ += x
            total[rows] = all_
            grades.take(total[rows], out=grade[rows], mode="clip")
        return total, grade, execution, cost, output, benefit, satisfaction


def by_integers(columns: dict[str, np.ndarray]) -> np.ndarray:
    """The totals by whole numbers of 64 bits and nothing else."""
    c = columns

    def share(top: np.ndarray, low: np.ndarray, points: int) -> np.ndarray:
        return np.minimum((2 * points * top + low) // (2 * low), points)

    total = share(c["全年执行数"], c["全年预算数"], 1000) + share(c["基本支出控制数"], c["基本支出"], 1000)
    total += share(c["项目支出控制数"], c["项目支出"], 1000) + share(c["完成任务"], c["计划任务"], 1500)
    total += np.minimum(15 * c["合格率"], 1500) + 1000 * (c["完成日期"] <= c["期限"]) + sum(c[name] for name in JUDGED)
    return total + np.minimum((2 * 1000 * c["满意度"] + 90) // 180, 1000)


def interleaved(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median seconds of each, one after the other in every round."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    if "--least" in sys.argv:
        return {name: min(found) for name, found in times.items()}
    return {name: median(found) for name, found in times.items()}


def wide(forms: int, rounds: int) -> None:
    rules = load_rules(str(HERE / "rules" / "wide.yaml"))
    made = plan(rules)
    for ties in (False, True):
        columns = thirteen(forms, ties=ties)
        batch, hand = table(columns), Hand(columns)
        scorer = WideScorer(made, meanings(batch.schema.names, rules), "bench")
        scored, want, by_hand = scorer.score(batch), by_integers(columns), hand.score()
        wrong = int((scored.total != want).sum()), int((by_hand[0] != want).sum())
        found = interleaved({"hand": hand.score, "perfscore": lambda scorer=scorer, batch=batch: scorer.score(batch)}, rounds)
        ns = {name: seconds / forms * 1e9 for name, seconds in found.items()}
        what = "ties" if ties else "random rows"
        print(
            f"13 indicators, {forms:,} forms, {what}: by hand {ns['hand']:.1f} ns (wrong {wrong[1]}), perfscore {ns['perfscore']:.1f} ns "
            f"(wrong {wrong[0]}, alone {len(scored.alone)}), ratio {ns['perfscore'] / ns['hand']:.2f}"
        )


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    wide(size, 15)
