"""Rows of a wide table to the rows and counts of a part, by arrays: the same to the last character as form by form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from perfscore.bulk import queue, results
from perfscore.bulk.columns import Columns
from perfscore.bulk.digests import of_words
from perfscore.bulk.exact import Array, Beyond
from perfscore.bulk.forms import with_unit
from perfscore.bulk.given import without_blank
from perfscore.bulk.parts import Part
from perfscore.bulk.readers import LINE
from perfscore.bulk.results import Known, ends, exact
from perfscore.bulk.scored import Scored
from perfscore.bulk.sheets import Plain
from perfscore.bulk.spending import Look
from perfscore.bulk.tabled import Opened
from perfscore.bulk.values import texts
from perfscore.bulk.wide import WideScorer, disputed
from perfscore.model.outcome import Outcome
from perfscore.model.plan import Plan
from perfscore.report.evaluation import STATUS
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Rejected
from perfscore.text.printed import bare

if TYPE_CHECKING:
    import pyarrow as pa

#: Puts a form that was evaluated alone into a part: its number, key and line, and what became of it.
Put = Callable[[int, str, int, Evaluation | Rejected], None]
#: So many numbers are remembered with their digits.
_KEPT = 1 << 16
#: What binding says of a rate; the rest that it says is the same for all forms of a kind.
_OF_RATE = ("unit-suspect", "rate-above-100")


class _Digits(dict[int, "str | None"]):
    """Points with so many units more, in digits: the same numbers come again and again."""

    def __init__(self, points: Fraction | None, unit: Fraction) -> None:
        super().__init__()
        self.points, self.unit = points, unit

    def __missing__(self, units: int) -> str | None:
        if len(self) >= _KEPT:
            self.clear()
        self[units] = found = None if self.points is None else exact(self.points + units * self.unit)
        return found


class Blocks:
    """The forms of one wide table that one plan scores, block by block."""

    def __init__(self, plan: Plan, opened: Opened, file: str) -> None:
        head = opened.columns
        self.file, self.opened, self.head, self.unit = file, opened, head, Fraction(1, 10**plan.places)
        self.scorer = WideScorer(plan, head, opened.path, leaves=True, named=opened.rules is None)
        self.look = Look(plan, head)
        self.score = _Digits(Fraction(0), self.unit)
        self._lost: dict[Fraction | None, _Digits] = {}

    def lost(self, points: Fraction | None) -> _Digits:
        """What is lost of some points."""
        return self._lost.setdefault(points, _Digits(points, -self.unit))

    def fill(self, made: Part, batch: pa.RecordBatch, put: Put, *, indicators: bool) -> Part | None:
        """The part with the forms of a batch of readable values with its lines; None where its forms are to be read one by one."""
        batch = without_blank(batch, self.head)
        scored = self.scorer.score(batch, self.look)
        if not all(leaf.id in scored.leaves for one in scored.examples for leaf in ends(one.root)):
            return None
        known = self._known(batch)
        said = self._said(batch)
        kinds = np.zeros(scored.forms, np.int64) if scored.kinds is None else scored.kinds
        like = np.ones(scored.forms, np.bool_)
        like[list(scored.alone)] = False
        several = {kind: _Kind(self, scored, kind, np.flatnonzero(like & (kinds == kind))) for kind in np.unique(kinds[like]).tolist()}
        rows: dict[int, _Row] = {}
        events: dict[int, list[_Event]] = {}
        for kind in several.values():
            for event in kind.events():
                events.setdefault(event.place, []).append(event)
            rows.update(zip(kind.places.tolist(), kind.rows(), strict=True))
        for place, who in enumerate(known):
            if place in scored.alone:
                found = scored.alone[place]
                key = who.key if self.opened.keyed or isinstance(found, Evaluation) else self._whole_key(batch, place)
                put(who.form, key, who.row or 0, found)
                continue
            row, kind = rows[place], several[int(kinds[place])]
            if place in events:
                if place == kind.places[0]:
                    made.tally.introduce(kind.example, kind.lost)
                    for zh, (en, _) in kind.lost.items():
                        made.labels.setdefault(zh, en)
                for event in events[place]:
                    made.tally.counts[event.key] += event.forms
            made.rows["results"].append([*who, kind.ref, "scored", *row.numbers, row.grade, *kind.statuses, row.warnings, None, row.lost])
            if indicators:
                made.rows["indicators"] += kind.indicators(who, place)
            at = [who.form, who.key, who.file, who.row, who.unit, who.project]
            if row.reasons:
                made.rows["queue"].append([*at, row.reasons])
            if place in said:
                made.rows["texts"].append([*at, said[place]])
        return made._replace(forms=scored.forms)

    def _known(self, batch: pa.RecordBatch) -> list[Known]:
        """Who the forms are; of a form without a plain year somebody else says it."""
        lines = batch.column(LINE).to_pylist()
        unit, project, year, form = (self._texts(batch, role) for role in ("unit", "project", "year", "form"))
        years = {text: int(text) if len(text) == 4 and text.isdecimal() else None for text in set(year)}
        return [
            Known(number, key.strip(), self.file, line, " ".join(one.split()), " ".join(other.split()), years[when])
            for number, (line, key, one, other, when) in enumerate(zip(lines, form, unit, project, year, strict=True), 1)
        ]

    def _texts(self, batch: pa.RecordBatch, role: str) -> list[str]:
        place = self.head.place(role)
        return [""] * batch.num_rows if place is None else texts(batch.column(place))

    def _whole_key(self, batch: pa.RecordBatch, place: int) -> str:
        return " ".join(texts(batch.column(at).slice(place, 1))[0].strip() for at in self.head.key())

    def _said(self, batch: pa.RecordBatch) -> dict[int, list[Plain]]:
        """What forms say in words of their own: the digest of each text, and how it begins."""
        found: dict[int, dict[str, Plain]] = {}
        for role in ("goal.expected", "goal.actual"):
            at = self.head.place(role)
            if at is None:
                continue
            words = texts(batch.column(at))
            measure = self.head.meanings[at].measure
            told = {text: queue.told(with_unit(text, measure) or text) for text in set(words)}
            digests = dict(zip(told, of_words("" if one is None else one[0] for one in told.values()), strict=True))
            for place, text in enumerate(words):
                one = told[text]
                if one is not None:
                    found.setdefault(place, {}).setdefault(digests[text], [digests[text], one[1]])
        return {place: list(each.values()) for place, each in found.items()}


class _Row(NamedTuple):
    """What of the row of results is the form's own."""

    numbers: list[str | None]
    grade: list[str] | None
    warnings: int
    lost: dict[str, str | None]
    reasons: list[Plain]


class _Event(NamedTuple):
    """A key of the counts, how often the forms of a kind count it, and the form where it is first met."""

    place: int
    key: tuple[str, ...]
    forms: int


class _Kind:
    """The forms of a block that are alike in all but their numbers, and one of them that was evaluated alone."""

    def __init__(self, blocks: Blocks, scored: Scored, kind: int, places: Array) -> None:
        self.blocks, self.example, self.places, self.unit = blocks, scored.examples[kind], places, blocks.unit
        self.scored = scored
        root = self.example.root
        self.ref = self.example.plan.rules.reference
        self.lost = results.lost(root)
        leaves = [outcome for outcome in ends(root) if outcome.leaf is not None]
        self.leaves = len(leaves)
        self.counted = [outcome.status for outcome in leaves]
        self.labels = {-1: "", **{place: grade.label.zh for place, grade in enumerate(self.example.plan.rules.grades)}}
        self.statuses = [self.counted.count(status) for status in STATUS]  # type: ignore[arg-type]
        self.points = root.points or Fraction(0)
        self.total = scored.total[places]
        self.spending = None if blocks.look.spending is None else blocks.look.spending.part(places)
        rated = sum(one.code in _OF_RATE for one in self.example.warnings)
        self.warnings = np.full(len(places), len(self.example.warnings) - rated)
        if self.spending is not None:
            self.warnings = self.warnings + self.spending.warned(len(places))
        self._ends = [(list(part.label), outcome) for part in root.children for outcome in ends(part)] if scored.leaves else []
        self._told: dict[tuple[str, int], list[Plain]] = {}

    def scores(self, outcome: Outcome) -> Array:
        """The scores of a leaf, or of a group, of the whole block."""
        if outcome.leaf is not None:
            return self.scored.leaves[outcome.id]
        return sum((self.scores(child) for child in outcome.children), np.zeros(self.scored.forms, np.int64))

    def events(self) -> Iterator[_Event]:
        """What is counted, with the form where it is first met, in the order in which one form after the other would count it."""
        first, forms, root = int(self.places[0]), len(self.places), self.example.root
        yield _Event(first, ("rules", self.ref), forms)
        yield _Event(first, ("state", "scored"), forms)
        yield from self._each(("score", self.ref), self.total, self.blocks.score)
        yield from self._each(("grade", self.ref), self.scored.grade[self.places], self.labels)
        for status in self.counted:
            yield _Event(first, ("leaf", status), forms)
        for label, (points, several) in self.parts().items():
            yield from self._each(("lost", self.ref, label), several, self.blocks.lost(points))
        named = {node.id for tree in self.example.plan.trees for top in tree.indicators for node in top.walk()}
        yield from self._indicators(root, named)

    def parts(self) -> dict[str, tuple[Fraction | None, Array]]:
        """The parts of the top level by their labels: their points, and what the forms have of them."""
        found: dict[str, tuple[Fraction | None, Array]] = {}
        for part in self.example.root.children:
            points, several = part.points, self.scores(part)[self.places]
            label = bare(part.label.zh)
            if label in found:
                before, also = found[label]
                points, several = None if points is None or before is None else points + before, several + also
            found[label] = points, several
        return found

    def _indicators(self, outcome: Outcome, named: set[str]) -> Iterator[_Event]:
        for child in outcome.children:
            if child.id in named:
                yield from self._each(("indicator", self.ref, child.id), self.scores(child)[self.places], self.blocks.score)
            yield from self._indicators(child, named)

    def _each(self, key: tuple[str, ...], numbers: Array, digits: Mapping[int, str | None]) -> Iterator[_Event]:
        values, firsts, counts = np.unique(numbers, return_index=True, return_counts=True)
        for value, first, count in zip(values.tolist(), self.places[firsts].tolist(), counts.tolist(), strict=True):
            yield _Event(first, (*key, digits[value] or ""), count)

    def rows(self) -> Iterator[_Row]:
        """What of their rows is the forms' own, in order."""
        grades = [
            None if grade < 0 else list(self.example.plan.rules.grades[grade].label) for grade in range(-1, len(self.example.plan.rules.grades))
        ]
        parts = self.parts()
        points, bounded = exact(self.example.root.points), self.example.root.points is not None
        lost = [self._lost(points, several) for points, several in parts.values()]
        own = zip(self.total.tolist(), self.scored.grade[self.places].tolist(), self.warnings.tolist(), zip(*lost, strict=True), strict=True)
        behind = self._behind()
        for form, (total, grade, warnings, losses) in enumerate(own):
            score = self.blocks.score[total]
            bound = score if bounded else None
            reasons = self._reasons(total, grade)
            if form in behind:
                reasons = [behind[form], *reasons]
            yield _Row([score, bound, bound, points], grades[grade + 1], warnings, dict(zip(parts, losses, strict=True)), reasons)

    def _lost(self, points: Fraction | None, several: Array) -> list[str | None]:
        values, which = np.unique(several, return_inverse=True)
        digits = self.blocks.lost(points)
        told = [digits[value] for value in values.tolist()]
        return [told[at] for at in which.tolist()]

    def _behind(self) -> dict[int, Plain]:
        """The forms that earned far more than they spent, with what is said of them."""
        if self.spending is None or self.points <= 0:
            return {}
        try:
            places = np.flatnonzero(self.spending.behind(self.total, self.unit / self.points)).tolist()
        except Beyond:
            places = [place for place in range(len(self.total)) if self.spending.far(place, self._share(place))]
        found = {place: queue.behind(self._share(place), self.spending.rate(place)) for place in places}
        return {place: [reason.name, *reason.says] for place, reason in found.items()}

    def _share(self, place: int) -> Fraction:
        return int(self.total[place]) * self.unit / self.points

    def _reasons(self, total: int, grade: int) -> list[Plain]:
        key = ("", total)
        if key not in self._told:
            grades = self.example.plan.rules.grades
            found = queue.of_total(grades, None if grade < 0 else grades[grade], total * self.unit, self.points, self.leaves)
            self._told[key] = [[reason.name, *reason.says] for reason in found]
        return self._told[key]

    def indicators(self, who: Known, place: int) -> Iterator[list[Plain]]:
        """The rows of the indicators of one form."""
        for label, outcome in self._ends:
            score = int(self.scored.leaves[outcome.id][place])
            numbers = self._told.get((outcome.id, score))
            if numbers is None:
                text = self.blocks.score[score]
                low, lost = (None, None) if outcome.points is None else (text, exact(outcome.points - score * self.unit))
                numbers = self._told[outcome.id, score] = [exact(outcome.points), text, low, low, lost, outcome.status]
            yield [who.form, who.key, who.unit, who.project, label, outcome.id, list(outcome.label), None, None, *numbers]


def of(plan: Plan, opened: Opened, file: str) -> Blocks | None:
    """What scores the forms of a wide table by a plan; None where arrays can do nothing for them."""
    if plan.rules.template or plan.rules.rounding.leaf is None or disputed(opened.columns, plan):
        return None
    return Blocks(plan, opened, file)


def sliced(batch: pa.RecordBatch, forms: int) -> Iterator[pa.RecordBatch]:
    """A batch cut into blocks."""
    return (batch.slice(first, forms) for first in range(0, batch.num_rows, forms))


def same(batch: pa.RecordBatch, head: Columns, role: str) -> bool:
    """Whether a column says the same in every row that says something."""
    place = head.place(role)
    return place is None or len(set(texts(without_blank(batch, head).column(place)))) < 2


def readable(batch: pa.RecordBatch) -> bool:
    """Whether every value has a text: else nothing of the batch is read."""
    return all(map(_readable, batch.columns))


def _readable(column: pa.Array) -> bool:
    import pyarrow as pa

    kind = column.type
    words = kind.value_type if pa.types.is_dictionary(kind) else kind
    plain = pa.types.is_string(words) or pa.types.is_large_string(words) or pa.types.is_integer(words) or pa.types.is_decimal(words)
    try:
        column.validate(full=True)
        if not plain:
            texts(column)
    except (ValueError, OverflowError, TypeError):
        return False
    return True
