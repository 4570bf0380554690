"""What a programmer writes with numpy for these forms and no other: exact in blocks, naive with floats, and plain integers to count faults by."""

from __future__ import annotations

from typing import Any

import numpy as np
from benches.many.data import JUDGED, STEPS, is_money

BLOCK = 1 << 15


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


def by_integers(columns: dict[str, np.ndarray]) -> Any:
    """The totals by whole numbers of 64 bits and nothing else."""
    c = columns

    def share(top: np.ndarray, low: np.ndarray, points: int) -> Any:
        return np.minimum((2 * points * top + low) // (2 * low), points)

    total = share(c["全年执行数"], c["全年预算数"], 1000) + share(c["基本支出控制数"], c["基本支出"], 1000)
    total += share(c["项目支出控制数"], c["项目支出"], 1000) + share(c["完成任务"], c["计划任务"], 1500)
    total += np.minimum(15 * c["合格率"], 1500) + 1000 * (c["完成日期"] <= c["期限"]) + sum(c[name] for name in JUDGED)
    return total + np.minimum((2 * 1000 * c["满意度"] + 90) // 180, 1000)


class HandSteps:
    """The five by hand: every whole per cent that is missing costs 0.4 points, down to 50."""

    def __init__(self, columns: dict[str, np.ndarray]) -> None:
        self.columns = columns
        self.forms = len(columns["计划一"])

    def score(self) -> tuple[np.ndarray, ...]:
        forms = self.forms
        total, grade = np.empty(forms, np.int64), np.empty(forms, np.int8)
        parts = [np.empty(forms, np.int64) for _ in STEPS]
        a, t = (np.empty(BLOCK) for _ in range(2))
        grades = np.zeros(10_001, np.int8)
        grades[:6000], grades[6000:8000], grades[8000:9000] = 3, 2, 1
        for name in STEPS:
            top, low = self.columns[f"完成{name}"], self.columns[f"计划{name}"]
            if 100 * int(top.max()) + int(low.max()) > 2**53 or low.min() <= 0 or top.min() < 0:
                raise OverflowError(name)
        for first in range(0, forms, BLOCK):
            rows = slice(first, min(first + BLOCK, forms))
            x, all_ = a[: rows.stop - first], t[: rows.stop - first]
            all_.fill(0)
            for name, part in zip(STEPS, parts, strict=True):
                np.multiply(self.columns[f"完成{name}"][rows], 100.0, out=x)
                np.divide(x, self.columns[f"计划{name}"][rows], out=x)
                np.ceil(x, out=x)
                np.clip(x, 50, 100, out=x)
                np.subtract(x, 50, out=x)
                np.multiply(x, 40, out=x)
                part[rows] = x
                all_ += x
            total[rows] = all_
            grades.take(total[rows], out=grade[rows], mode="clip")
        return total, grade, *parts


def steps_by_integers(columns: dict[str, np.ndarray]) -> Any:
    return sum(40 * (np.clip(-(-100 * columns[f"完成{name}"] // columns[f"计划{name}"]), 50, 100) - 50) for name in STEPS)


def naive(columns: dict[str, np.ndarray]) -> tuple[np.ndarray, ...]:
    """What comes first to mind: binary floats of ten thousand yuan, `round` to two places, whole columns."""
    c = columns

    def share(top: np.ndarray, low: np.ndarray, points: float) -> Any:
        return np.round(points * np.minimum(top / low, 1), 2)

    execution = share(c["全年执行数"], c["全年预算数"], 10)
    cost = share(c["基本支出控制数"], c["基本支出"], 10) + share(c["项目支出控制数"], c["项目支出"], 10)
    output = share(c["完成任务"], c["计划任务"], 15) + np.round(15 * np.minimum(c["合格率"], 1), 2) + np.where(c["完成日期"] <= c["期限"], 10.0, 0.0)
    benefit = c[JUDGED[0]] + c[JUDGED[1]] + c[JUDGED[2]] + c[JUDGED[3]]
    satisfaction = np.round(10 * np.minimum(c["满意度"] / 0.9, 1), 2)
    total = np.round(execution + cost + output + benefit + satisfaction, 2)
    grade = np.select([total >= 90, total >= 80, total >= 60], [0, 1, 2], 3)
    return total, grade, execution, cost, output, benefit, satisfaction


def floats(columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The columns as binary floats: money in ten thousand yuan, rates as shares, points in points."""
    hundredths = {*JUDGED, "合格率", "满意度"}
    return {name: column / 100 if is_money(name) or name in hundredths else column for name, column in columns.items()}
