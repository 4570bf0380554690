"""A formula as written to what may be put in the place of its operators, operands, names and numbers, one at a time."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from perfscore.text.numbers import format_number, read_number

# One character for one, as the reader of formulas does it.
_PLAIN = str.maketrans("×÷（）＋－＊／，＜＞．\u3000０１２３４５６７８９", "*/()+-*/,<>. 0123456789")
_NAMED = re.compile(r"^[^=<>!]*?(?<![<>!=])=(?!=)\s*")
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
#: What is written in the place of an operator by who errs: the other one of its pair.
_OTHER: dict[type[ast.operator], str] = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*"}
_COMPARED = {"<": (">", "<="), ">": ("<", ">="), "<=": (">=", "<"), ">=": ("<=", ">"), "==": ("!=",), "!=": ("==",)}
_ALONE = (ast.Name, ast.Attribute, ast.Constant, ast.Call)


class Put(NamedTuple):
    """A formula with one thing changed: what stood there, what stands there now, and the whole text."""

    old: str
    new: str
    text: str


class Expression:
    """A formula behind the name of its measure, parsed."""

    def __init__(self, text: str) -> None:
        named = _NAMED.match(text)
        self.before = named[0] if named else ""
        self.text = text[len(self.before) :]
        try:
            self.tree: ast.expr | None = ast.parse(self.text.translate(_PLAIN), mode="eval").body
        except SyntaxError:
            self.tree = None
        self.nodes = [] if self.tree is None else [node for node in ast.walk(self.tree) if isinstance(node, ast.expr)]

    def put(self, start: int, end: int, new: str) -> Put:
        return Put(self.text[start:end], new, self.before + self.text[:start] + new + self.text[end:])

    def arithmetic(self) -> Iterator[Put]:
        """× for ÷, + for −, and the other way round."""
        for node, left, right in self._binary():
            yield self.put(*self._ends(node), f"{left} {_OTHER[type(node.op)]} {right}")

    def operands(self) -> Iterator[Put]:
        """What is divided or subtracted from takes the other's place."""
        for node, left, right in self._binary():
            if isinstance(node.op, ast.Sub | ast.Div) and left != right:
                yield self.put(*self._ends(node), f"{right} {_ARITHMETIC[type(node.op)]} {left}")

    def numbers(self) -> Iterator[Put]:
        """Every number moved by a tenth of it, or by one."""
        for node in self.nodes:
            if isinstance(node, ast.Constant) and not isinstance(node.value, bool):
                start, end = self._ends(node)
                number = read_number(self.text[start:end].translate(_PLAIN))
                if number is not None:
                    yield from (self.put(start, end, new) for new in moved(number))

    def names(self, others: Mapping[str, tuple[str, ...]]) -> Iterator[Put]:
        """Every name replaced by those that stand for it in a table."""
        for node in self.nodes:
            if isinstance(node, ast.Name | ast.Attribute):
                start, end = self._ends(node)
                yield from (self.put(start, end, other) for other in others.get(self.text[start:end], ()))

    def compared(self, *, flipped: bool) -> Iterator[Put]:
        """Comparisons turned round (≥ for ≤), or with their end opened or closed (> for ≥)."""
        for node in self.nodes:
            if not isinstance(node, ast.Compare):
                continue
            for one, other in zip((node.left, *node.comparators), node.comparators, strict=False):
                start, end = self._ends(one)[1], self._ends(other)[0]
                sign = re.search(r"[<>=!]=|[<>]", self.text[start:end].translate(_PLAIN))
                if sign is not None and len(_COMPARED[sign[0]]) > int(not flipped):
                    yield self.put(start + sign.start(), start + sign.end(), _COMPARED[sign[0]][int(not flipped)])

    def conditions(self) -> Iterator[Put]:
        """The condition denied, and each of its parts left out."""
        if self.tree is None:
            return
        denied = isinstance(self.tree, ast.UnaryOp) and isinstance(self.tree.op, ast.Not)
        yield self.put(0, len(self.text), self.text.removeprefix("not ").strip() if denied else f"not ({self.text})")
        for node in self.nodes:
            if isinstance(node, ast.BoolOp):
                word = "and" if isinstance(node.op, ast.And) else "or"
                start, end = self._ends(node)
                for left_out in range(len(node.values)):
                    kept = [self._inside(value) for number, value in enumerate(node.values) if number != left_out]
                    yield self.put(start, end, f" {word} ".join(kept))
                parts = [self._inside(value) for value in node.values]
                yield self.put(start, end, {"and": " or ", "or": " and "}[word].join(parts))

    def branches(self) -> Iterator[Put]:
        """What counts if a condition holds, and if not, swapped."""
        for node in self.nodes:
            if isinstance(node, ast.IfExp):
                one, condition, other = (self._inside(part) for part in (node.orelse, node.test, node.body))
                yield self.put(*self._ends(node), f"{one} if {condition} else {other}")

    def _binary(self) -> Iterator[tuple[ast.BinOp, str, str]]:
        for node in self.nodes:
            if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
                yield node, self._inside(node.left), self._inside(node.right)

    def _inside(self, node: ast.expr) -> str:
        start, end = self._ends(node)
        text = self.text[start:end]
        return text if isinstance(node, _ALONE) else f"({text})"

    def _ends(self, node: ast.expr) -> tuple[int, int]:
        """Where a node stands, in characters; Python counts bytes."""
        line = self.text.translate(_PLAIN).encode()
        return tuple(len(line[:place].decode()) for place in (node.col_offset, node.end_col_offset or 0))  # type: ignore[return-value]


def moved(number: Fraction, by: Iterable[Fraction] = ()) -> tuple[str, ...]:
    """A number as somebody might write it wrongly: a little more, a little less, its point in another place."""
    step = Fraction(1) if number.denominator == 1 else Fraction(1, 10)
    found = [number + step, number - step, *(number + one for one in by), number * 10]
    return tuple(dict.fromkeys(format_number(one) for one in found if one != number and (one >= 0 or number < 0)))
