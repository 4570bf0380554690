"""A block of forms that arrays scored to a record batch of results, with the columns that a run gives them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import ceil, floor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfscore.bulk import results, sheets
from perfscore.bulk.columns import Columns as Head
from perfscore.bulk.exact import Array
from perfscore.bulk.forms import ColumnSource
from perfscore.bulk.given import coded
from perfscore.bulk.scored import REJECTED, STATUSES, Scored
from perfscore.bulk.sheets import Column
from perfscore.model.plan import Plan
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Rejected
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import bare

#: What only a run over files knows: the number of a form, its place in a file, what its reader and the audit said.
_OF_A_RUN = frozenset({"form", "file", "row", "warnings", "findings"})
_EXACT = Column("exact", Phrase("精确值", "exact"))
#: Digits of the decimal columns, places that amounts have at least, and places where the rules round no leaf.
_DIGITS, _PLACES, _UNROUNDED = 38, 2, 10
#: Whatever `str.split` takes for a space, and one plain space that stands alone inside: texts without are as they would be told. RE2's \s knows ASCII.
_SPACES = r"[\x{9}-\x{d}\x{1c}-\x{1f}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]|^ | $|  "


class Results:
    """
    The columns of results of one wide table by one plan, and a block of its forms as rows of them.

    Numbers are decimals with the places that the rules round leaves to. What no such decimal can be stands in `exact`, as `{"score": "100/3"}`; beside
    it the least score is rounded down, the highest up, other numbers half up, and a number with too many digits is left out.
    """

    def __init__(self, plan: Plan, head: Head, lang: Lang) -> None:
        self.plan, self.head, self.lang = plan, head, lang
        self.places = max(plan.places, _PLACES) if plan.rules.rounding.leaf is not None else _UNROUNDED
        tops = [[(top.id, top.label) for top in tree.indicators] for tree in plan.trees]
        #: The columns of the parts by their ids; two parts of one label have one column.
        self.parts = {name: f"lost.{bare(label.zh)}" for several in reversed(tops) for name, label in several}
        #: Parts that every form has.
        self.common = {name for name, _ in tops[0] if all(name in dict(several) for several in tops)}
        nodes = [node for tree in plan.trees for top in tree.indicators for node in top.walk()]
        points = [rule.points for node in nodes for rule in (node, *(case.rule for case in node.cases)) if rule.points is not None]
        #: Points of the rules are finer than scores are rounded; the arrays of a block hold points in units of that rounding.
        self.fine = any((10**plan.places * one).denominator != 1 for one in points)
        labels = {bare(label.zh): label.en for several in tops for name, label in several if self.parts[name] == f"lost.{bare(label.zh)}"}
        told = [column for column in results.with_lost(labels).columns if column.name not in _OF_A_RUN]
        self.columns = (*told, sheets.LOST, sheets.CODE, sheets.COLUMN, sheets.SAYS, _EXACT)
        self.numbers = [column.name for column in self.columns if column.kind == "number"]
        self.schema = pa.schema([pa.field(column.name, self._type(column)) for column in self.columns])

    def _type(self, column: Column) -> pa.DataType:
        return {"whole": pa.int64(), "number": pa.decimal128(_DIGITS, self.places)}.get(column.kind, pa.string())

    def batch(self, batch: pa.RecordBatch, scored: Scored) -> pa.RecordBatch:
        """The results of the forms of a batch, in its order."""
        size, rejected = scored.forms, scored.state == REJECTED
        texts: dict[str, dict[int, str | None]] = {name: {} for name in ("code", "column", "says", "exact")}
        numbers = {name: np.zeros(size, np.int64) for name in self.numbers}
        missing = {name: rejected.copy() for name in self.numbers}
        self._numbers(scored, numbers, missing)
        for place, found in scored.alone.items():
            if isinstance(found, Rejected):
                for name, text in self._why(found).items():
                    texts[name][place] = text
            else:
                self._alone(found, place, numbers, missing, texts["exact"])
        states = pa.array(list(results.STATES)).take(pa.array(scored.state))
        # A place of -1 is a grade that nobody has.
        grades = pa.array([grade.label.zh for grade in self.plan.rules.grades], pa.string()).take(pa.array(scored.grade, mask=scored.grade < 0))
        columns = {
            **{name: self._words(batch, role, told) for name, role, told in _WHO},
            "year": self._years(batch, scored),
            "rules": pa.array([self.plan.rules.reference, None]).take(pa.array(rejected.astype(np.int8))),
            "status": states,
            "grade": grades,
            **{f"leaves_{status.replace('-', '_')}": pa.array(scored.counts[status], mask=rejected) for status in STATUSES},
            **{name: _decimals(numbers[name], missing[name], self.places) for name in self.numbers},
            **{name: _sparse(found, size) for name, found in texts.items()},
        }
        return pa.record_batch([columns[name] for name in self.schema.names], schema=self.schema)

    def unread(self, rows: Iterable[Rejected]) -> pa.RecordBatch:
        """Rows of which nobody can even tell whose they are."""
        told = [{"key": "", "unit": "", "project": "", "status": "rejected", **self._why(one)} for one in rows]
        return pa.RecordBatch.from_pylist(told, schema=self.schema)

    def _numbers(self, scored: Scored, numbers: dict[str, Array], missing: dict[str, Array]) -> None:
        """The numbers of the forms that arrays scored; those of the others are put over them."""
        unit = 10 ** (self.places - self.plan.places)
        numbers |= {"score": scored.total * unit, "low": scored.low * unit, "high": scored.high * unit, "points": scored.points * unit}
        numbers["lost"] = numbers["points"] - numbers["score"]
        absent: dict[str, Array] = {}
        for name, column in self.parts.items():
            worth = scored.worth[name]
            numbers[column] += (worth - scored.tops[name]) * unit
            here = np.zeros(scored.forms, np.bool_) if name in self.common else worth == 0
            absent[column] = here if column not in absent else absent[column] & here
        for column, here in absent.items():
            missing[column] |= here

    def _alone(self, found: Evaluation, place: int, numbers: dict[str, Array], missing: dict[str, Array], exact: dict[int, str | None]) -> None:
        """The numbers of a form that was evaluated alone."""
        root = found.root
        low, high = root.bounds if root.points is not None else (None, None)
        told: dict[str, Fraction | None] = {"score": root.score, "low": low, "high": high, "points": root.points, "lost": root.lost}
        for part in root.children:
            column = self.parts.get(part.id)
            # What not every form has and is worth nothing is not told: arrays do not know it from what is not there.
            if column is None or part.status == "not-applicable" or not (part.id in self.common or part.points):
                continue
            before = told.get(column, Fraction(0))
            told[column] = None if part.lost is None or before is None else before + part.lost
        beyond = {}
        for name in self.numbers:
            number = told.get(name)
            units = None if number is None else _ROUNDED.get(name, _half_up)(number * 10**self.places)
            fits = units is not None and abs(units) < 2**63
            numbers[name][place], missing[name][place] = units if fits else 0, not fits
            if number is not None and (not fits or units != number * 10**self.places):
                beyond[name] = results.exact(number)
        if beyond:
            exact[place] = json.dumps(beyond, ensure_ascii=False)

    def _why(self, found: Rejected) -> dict[str, str | None]:
        """Why a form could not be read: the code of the first reason and the column where it stands, and what all say."""
        first, source = found.diagnostics[0], found.diagnostics[0].span and found.diagnostics[0].span.source
        column = source.column if isinstance(source, ColumnSource) else None
        return {"code": first.code, "column": column, "says": "\n".join(one.says.text(self.lang) for one in found.diagnostics)}

    def _words(self, batch: pa.RecordBatch, role: str, told: Callable[[str], str]) -> pa.Array:
        """A column that says who a form is, as results tell it."""
        place = self.head.place(role)
        if place is None:
            return pa.repeat("", batch.num_rows)
        column = batch.column(place)
        if pa.types.is_string(column.type) and not pc.any(pc.match_substring_regex(column, _SPACES)).as_py():
            return pc.fill_null(column, "")
        words = coded(column)
        return pa.array([told(text) for text in words.texts], pa.string()).take(pa.array(words.codes))

    def _years(self, batch: pa.RecordBatch, scored: Scored) -> pa.Array:
        place = self.head.place("year")
        if place is None:
            return pa.nulls(batch.num_rows, pa.int64())
        years = coded(batch.column(place))
        known = pa.array([int(text) if len(text) == 4 and text.isascii() and text.isdecimal() else None for text in years.texts], pa.int64())
        found = known.take(pa.array(years.codes))
        told = {at: one.submission.form.year if isinstance(one, Evaluation) else None for at, one in scored.alone.items()}
        if not told:
            return found
        mask = np.zeros(len(found), np.bool_)
        mask[list(told)] = True
        return pc.replace_with_mask(found, pa.array(mask), pa.array([told[at] for at in sorted(told)], pa.int64()))


def _line(text: str) -> str:
    return " ".join(text.split())


#: The columns that say who a form is, with their roles and how a cell of them is told.
_WHO: tuple[tuple[str, str, Callable[[str], str]], ...] = (("key", "form", str.strip), ("unit", "unit", _line), ("project", "project", _line))


def _half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))


_ROUNDED: dict[str, Callable[[Fraction], int]] = {"low": floor, "high": ceil}


def _decimals(numbers: Array, missing: Array, places: int) -> pa.Array:
    """Whole numbers in units of `10**-places` as a decimal column."""
    words = np.empty((len(numbers), 2), np.int64)
    # The low word of a 128-bit number, and its sign over all of the high one.
    words[:, 0], words[:, 1] = numbers, numbers >> 63
    valid = pa.py_buffer(np.packbits(~missing, bitorder="little").tobytes()) if missing.any() else None
    return pa.Array.from_buffers(pa.decimal128(_DIGITS, places), len(numbers), [valid, pa.py_buffer(words)])


def _sparse(texts: dict[int, str | None], size: int) -> pa.Array:
    return pa.array([texts.get(place) for place in range(size)], pa.string()) if texts else pa.nulls(size, pa.string())
