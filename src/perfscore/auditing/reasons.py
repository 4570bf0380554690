"""What a row says of why its result is not the target: a reason, or one of the words that stand for none."""

from __future__ import annotations

from perfscore.auditing.subject import Line
from perfscore.model.form import Cell
from perfscore.model.measure import Judged
from perfscore.text.printed import Blank, NotApplicable, bare, read_printed

#: Said where nothing is to be explained, which is not so where points are missing.
_NO_REASON = frozenset(("无偏差", "无原因", "无说明", "不存在偏差", "没有偏差", "略", "空"))


def reason(cell: Cell | None) -> bool:
    """Whether a cell of 偏差原因 says anything: 无, /, 不适用 and their like do not."""
    if cell is None or bare(cell.text).rstrip("。.") in _NO_REASON:
        return False
    return not isinstance(read_printed(cell.text.strip().rstrip("。")), Blank | NotApplicable)


def lost(line: Line) -> bool:
    """
    Whether a row fell short of its points: by its printed score, or by rule where none is printed.

    Where the rule gives full points, fewer have no reason that could be given.
    """
    score, points = line.claimed if line.claimed is not None else line.own.score, line.leaf.points
    ruled = None if isinstance(line.leaf.measure, Judged) else line.own.score
    return line.counts and score is not None and points is not None and score < points != ruled
