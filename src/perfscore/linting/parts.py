"""A part of a formula to its place in the rule file and the text that stands there."""

from __future__ import annotations

import ast

from perfscore.model.formula import Formula
from perfscore.scoring.formula import inside
from perfscore.scoring.formula.check import FULL_WIDTH
from perfscore.text.source import Span


def place(formula: Formula, node: ast.expr) -> tuple[Span, str]:
    """The span and the text of a part; columns of Python's syntax tree count the bytes of the formula without the space in front of it."""
    # What was read has plain signs in the place of full-width ones, which take fewer bytes.
    padded = formula.text.translate(FULL_WIDTH)
    lead = len(padded) - len(padded.lstrip())
    text, plain = formula.text[lead:], padded[lead:].encode()
    start = len(plain[: node.col_offset].decode(errors="ignore"))
    end = len(plain[: node.end_col_offset or node.col_offset].decode(errors="ignore"))
    return inside(formula.span, formula.text, lead + start, lead + end), text[start:end]
