"""Grades whose ends are claimed twice or by nobody come with the edit that mends them; what is said of them is in cases/rules/bad."""

from __future__ import annotations

import pytest

from perfscore.ruleset.build import build
from perfscore.text.diagnostic import Edit, Rejected
from perfscore.text.source import Source

FILE = """ruleset: test/grades
version: "1"
grades:
  - {label: 优, range: %s}
  - {label: 差, range: %s}
indicators: [{id: a, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}]
"""


def edits(text: str) -> tuple[Edit, ...]:
    with pytest.raises(Rejected) as caught:
        build(Source("case.yaml", text), None)
    (found,) = caught.value.diagnostics
    return found.edits


# 90 分以上 holds 90: the end goes to the better grade, and the file is then accepted.
@pytest.mark.parametrize(
    "better, worse, mended",
    [
        ("90分以上", "0-90(含)", ("90分以上", '"(0,90)"')),
        ("'>90'", "'[0,90)'", ("'[90,+∞)'", "'[0,90)'")),
    ],
)
def test_a_grade_is_mended_by_an_edit_where_one_number_is_wrong(better: str, worse: str, mended: tuple[str, str]) -> None:
    text = FILE % (better, worse)
    (edit,) = edits(text)
    lines = text.split("\n")
    line = lines[edit.span.line - 1]
    lines[edit.span.line - 1] = line[: edit.span.column - 1] + edit.text + line[edit.span.end_column - 1 :]
    assert "\n".join(lines) == FILE % mended
    build(Source("case.yaml", FILE % mended), None)


# Of more than one number nobody can say whose it is.
@pytest.mark.parametrize("worse", ['"[0,80)"', '"[0,91)"'])
def test_a_wider_gap_or_overlap_has_no_edit(worse: str) -> None:
    assert edits(FILE % ('"[90,100]"', worse)) == ()
