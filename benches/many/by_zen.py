"""
The 13 indicators as a graph for zen-engine: decimals of 28 digits, multiplied before divided, so that its totals are exact.

`one` is a single node of expressions, which is the quickest; `each` is a node per indicator, so that its trace shows each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
from benches.many.data import JUDGED

#: Names of the language are ASCII.
NAMES = {
    "全年执行数": "executed", "全年预算数": "adjusted", "基本支出控制数": "basic_limit", "基本支出": "basic", "项目支出控制数": "project_limit",
    "项目支出": "project", "投诉": "complaints", "药剂残留": "residue", "计划任务": "planned", "完成任务": "done", "合格率": "quality", "期限": "deadline",
    "完成日期": "finished", "满意度": "satisfied", **dict(zip(JUDGED, ("economic", "social", "ecological", "lasting"), strict=True)),
}  # fmt: skip


def share(top: str, low: str, points: int) -> str:
    return f"min([floor(({2 * points} * {top} + {low}) / (2 * {low})), {points}])"


LEAVES = {
    "s_execution": share("executed", "adjusted", 1000), "s_basic": share("basic_limit", "basic", 1000), "s_project": share("project_limit", "project", 1000),
    "s_complaints": "complaints <= 10 ? 0 : 0", "s_residue": "residue <= 5 ? 0 : 0", "s_tasks": share("done", "planned", 1500),
    "s_quality": "min([15 * quality, 1500])", "s_in_time": "finished <= deadline ? 1000 : 0", "s_economic": "economic", "s_social": "social",
    "s_ecological": "ecological", "s_lasting": "lasting", "s_satisfaction": "min([floor((2000 * satisfied + 90) / 180), 1000])",
}  # fmt: skip
PARTS = {
    "cost": ("s_basic", "s_project", "s_complaints", "s_residue"), "output": ("s_tasks", "s_quality", "s_in_time"),
    "benefit": ("s_economic", "s_social", "s_ecological", "s_lasting"),
}  # fmt: skip
TOTAL = ("s_execution", *PARTS, "s_satisfaction")


def _sum(names: tuple[str, ...], before: str = "") -> str:
    return " + ".join(before + name for name in names)


def _grade(total: str) -> str:
    return f"{total} >= 9000 ? '优' : {total} >= 8000 ? '良' : {total} >= 6000 ? '中' : '差'"


def _node(name: str, expressions: dict[str, str], *, through: bool = False) -> dict[str, Any]:
    listed = [{"id": key, "key": key, "value": value} for key, value in expressions.items()]
    content = {"expressions": listed, "passThrough": through, "inputField": None, "outputPath": None, "executionMode": "single"}
    return {"id": name, "name": name, "type": "expressionNode", "position": {"x": 0, "y": 0}, "content": content}


def _graph(nodes: list[dict[str, Any]], edges: list[tuple[str, str]]) -> dict[str, Any]:
    ends = [{"id": kind, "name": kind, "type": f"{kind}Node", "position": {"x": 0, "y": 0}} for kind in ("input", "output")]
    return {"nodes": [*ends, *nodes], "edges": [{"id": f"{one}-{two}", "sourceId": one, "targetId": two, "type": "edge"} for one, two in edges]}


def graphs() -> dict[str, dict[str, Any]]:
    """Both graphs."""
    parts = {name: _sum(several, "$.") for name, several in PARTS.items()}
    whole = {**LEAVES, **parts, "total": _sum(TOTAL, "$."), "grade": _grade("$.total")}
    leaves = [_node(f"n_{name}", {name: expression}) for name, expression in LEAVES.items()]
    sums = [
        _node("parts", {name: _sum(several) for name, several in PARTS.items()}, through=True), _node("sum", {"total": _sum(TOTAL)}, through=True),
        _node("graded", {"grade": _grade("total")}, through=True),
    ]  # fmt: skip
    edges = [edge for leaf in leaves for edge in (("input", leaf["id"]), (leaf["id"], "parts"))]
    return {
        "one": _graph([_node("score", whole)], [("input", "score"), ("score", "output")]),
        "each": _graph([*leaves, *sums], [*edges, ("parts", "sum"), ("sum", "graded"), ("graded", "output")]),
    }


def contexts(columns: dict[str, np.ndarray], rows: slice) -> list[dict[str, int]]:
    """What it is given: whole numbers of cents and counts."""
    lists = zip(*(columns[name][rows].tolist() for name in NAMES), strict=True)
    return [dict(zip(NAMES.values(), numbers, strict=True)) for numbers in lists]


def engine() -> Any:
    return import_module("zen").ZenEngine({"loader": {"type": "static", "content": graphs()}})


def batch(made: Any, rows: list[dict[str, int]]) -> Callable[[], list[dict[str, Any]]]:
    """Its call for many, on requests made before the clock starts."""
    requests = [{"key": "one", "context": row} for row in rows]
    return lambda: made.evaluate_batch(requests)


def singly(made: Any, rows: list[dict[str, int]]) -> Callable[[], list[dict[str, Any]]]:
    """Its call for one form, again and again."""
    return lambda: [made.evaluate("one", row) for row in rows]


def totals(found: list[dict[str, Any]]) -> np.ndarray:
    return np.array([int(one["data"]["result"]["total"]) for one in found])
