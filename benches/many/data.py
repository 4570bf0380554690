"""Tables of drawn forms, as integers and as typed columns: the 13 indicators of a form of Huaihua, and five indicators with steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

JUDGED = ("经济效益", "社会效益", "生态效益", "可持续影响")
DAYS = ("期限", "完成日期")
STEPS = "一二三四五"


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


def is_money(name: str) -> bool:
    return "支出" in name or name.startswith("全年")


def decimals(cents: np.ndarray, digits: int) -> pa.Array:
    return pa.Array.from_buffers(pa.decimal64(digits, 2), len(cents), [None, pa.py_buffer(cents.tobytes())])


def table(columns: dict[str, np.ndarray]) -> pa.RecordBatch:
    """The same as a typed table: decimals, whole numbers, days."""
    typed: dict[str, Any] = {}
    for name, column in columns.items():
        if name in DAYS:
            typed[name] = pa.array(column.astype("datetime64[D]"))
        elif name in JUDGED:
            typed[name] = decimals(column, 4)
        else:
            typed[name] = decimals(column, 14) if is_money(name) else pa.array(column)
    return pa.record_batch(typed)


def five(forms: int) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(20241231)
    planned = {f"计划{name}": chance.integers(1, 5000, forms) for name in STEPS}
    # A third of all lies exactly on a step.
    done = {f"完成{name}": planned[f"计划{name}"] * chance.integers(30, 120, forms) // 100 for name in STEPS}
    return {**planned, **done}
