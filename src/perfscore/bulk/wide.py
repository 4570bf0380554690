"""Wide tables by arrays: one row per form, with the facts of a rule set that fixes its indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from perfscore.bulk.columns import Columns as Head
from perfscore.bulk.exact import Array, Beyond, Truths
from perfscore.bulk.facts import Block, Facts, Names, Table
from perfscore.bulk.formulas import Columns, Unsupported
from perfscore.bulk.given import Plain, coded, given, refused
from perfscore.bulk.recorded import Changed, Recorder
from perfscore.bulk.runs import Leaf, Run, Sums, Tops
from perfscore.bulk.scored import Blank, Scored, counted
from perfscore.bulk.values import without_views
from perfscore.forms.bind import bind, integers
from perfscore.forms.facts import FactReader
from perfscore.forms.leaves import LeafMaker
from perfscore.model.curve import units
from perfscore.model.formula import Formula
from perfscore.model.plan import Plan, Tree
from perfscore.model.rules import Indicator
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.text.diagnostic import Diagnostic, Rejected

if TYPE_CHECKING:
    import pyarrow as pa

_MONEY = "万元"
#: So many forms at a time, so that what is computed of them stays in the cache.
BLOCK = 1 << 15
#: So many forms that are scored one by one are read at a time.
_AT_ONCE = 1000
#: Recordings that are kept: each holds the arrays of a block.
_RUNS = 16


class Whole(NamedTuple):
    """What is the same for all forms for which the same conditions hold: the points of the form, and its grades."""

    points: int
    grades: Grades
    #: By the ids of the top level.
    worth: Mapping[str, int]
    counts: Mapping[str, int]
    #: The place in `WideScorer.examples` of the form that showed it.
    kind: int


class Grades(NamedTuple):
    """The places of grades by totals: a list from `first` on, whose ends stand for all below and above."""

    first: int
    list: Array

    def of(self, totals: Array) -> Array:
        """The grades of some totals."""
        return self.list.take(totals - self.first if self.first else totals, mode="clip")


class WideScorer:
    """
    Scores record batches of one wide table by one plan; every form as it would be scored alone.

    What is odd in a form (a fact that is missing or cannot be read, a division by zero, a gate that takes effect, a leaf that does not apply)
    sends the form to the engine that scores one at a time.
    """

    def __init__(self, plan: Plan, head: Head, source: str = "", *, leaves: bool = False, named: bool = False) -> None:
        self.plan, self.head, self.source, self.leaves = plan, head, source, leaves
        #: Where forms name their rules themselves, no rules say how to read them.
        self.rules = None if named else plan.rules
        self.examples: list[Evaluation] = []
        self._names: dict[str, Names] = {}
        self._leaves: dict[tuple[str, bytes], Tops | None] = {}
        self._wholes: dict[tuple[str, bytes], Whole | None] = {}
        self._runs: dict[tuple[str, bytes, Any, int], Run] = {}
        self._conditions = tuple(dict.fromkeys(_conditions(plan)))
        self._disputed = disputed(head, plan)

    def __reduce__(self) -> tuple[Callable[..., WideScorer], tuple[object, ...]]:
        # What it recorded are arrays of this process.
        return partial(WideScorer, leaves=self.leaves, named=self.rules is None), (self.plan, self.head, self.source)

    def score(self, batch: pa.RecordBatch, look: Callable[[Table, Truths], None] | None = None) -> Scored:
        """The forms of a batch, which has no blank rows (see `given.without_blank`); `look` may mark more forms as odd, which are scored alone then."""
        batch = without_views(batch)
        forms = batch.num_rows
        found, odd = Blank(self.plan, forms, leaves=self.leaves), np.zeros(forms, np.bool_)
        try:
            table = Table(self._named(batch, odd), batch)
            unfit = refused(batch, self.head)
        except (ValueError, OverflowError, TypeError):
            # A year or a text that pyarrow itself cannot give.
            unfit, table = np.ones(forms, np.bool_), Table(self._names_of(_MONEY), batch)
        if unfit is not None:
            odd |= unfit
        if self._disputed:
            odd[:] = True
        if look is not None:
            look(table, odd)
        for first in range(0, forms, BLOCK):
            self._block(table, slice(first, min(first + BLOCK, forms)), found, odd)
        rows = np.flatnonzero(odd)
        for row, one in zip(rows.tolist(), self._alone(batch, rows), strict=True):
            found.put(row, one)
        return found.scored(self.examples)

    def _named(self, batch: pa.RecordBatch, odd: Truths) -> Names:
        """The names of most forms of a batch: those that print their budget in another unit of money are odd."""
        place = self.head.place("budget.money")
        year = self.head.place("year")
        if year is not None:
            # Any other year is for the reader of forms to look at.
            years = given(batch.column(year))
            if isinstance(years, Plain) and not years.days and not years.places:
                np.logical_or(odd, ~((years.n >= 1900) & (years.n < 2100)), out=odd)
            else:
                years = coded(batch.column(year))
                plain = [len(text) == 4 and text.isascii() and text.isdecimal() and text[:2] in ("19", "20") for text in years.texts]
                np.logical_or(odd, ~np.array(plain, np.bool_)[years.codes], out=odd)
        money = _MONEY
        if place is not None and batch.num_rows:
            printed = coded(batch.column(place))
            usual = int(np.bincount(printed.codes).argmax())
            np.logical_or(odd, printed.codes != usual, out=odd)
            money = printed.texts[usual] if printed.texts[usual].strip() else money
        return self._names_of(money)

    def _names_of(self, money: str) -> Names:
        if money not in self._names:
            self._names[money] = Names(self.plan, self.head, money)
        return self._names[money]

    def _alone(self, batch: pa.RecordBatch, rows: Array) -> Iterator[Evaluation | Rejected]:
        """Forms one by one, some at a time."""
        from perfscore.bulk.forms import forms

        for first in range(0, len(rows), _AT_ONCE):
            some = batch.take(rows[first : first + _AT_ONCE])
            read = list(forms([some], self.head, self.rules, name=self.source))
            if len(read) != some.num_rows:
                # A cell that cannot be read at all takes the rows beside it along.
                read = [one for at in range(some.num_rows) for one in forms([some.slice(at, 1)], self.head, self.rules, name=self.source)]
            for form in read:
                try:
                    yield form if isinstance(form, Rejected) else evaluate(bind(form, self.plan))
                except Rejected as rejected:
                    yield rejected

    def _block(self, table: Table, rows: slice, found: Blank, odd: Truths) -> None:
        """Score some rows, all together where the same conditions hold for all."""
        held = self._held(table, rows, odd)
        if held is None:
            odd[rows] = True
            return
        if not held.shape[1] or (held == held[0]).all():
            self._together(table, rows, held[0], found, odd)
            return
        kinds, which = np.unique(held, axis=0, return_inverse=True)
        for place, kind in enumerate(kinds):
            self._together(table, rows.start + np.flatnonzero(which.reshape(-1) == place), kind, found, odd)

    def _held(self, table: Table, rows: slice, odd: Truths) -> Truths | None:
        """For every row which conditions hold; None if that cannot be told by columns."""
        size = rows.stop - rows.start
        if not self._conditions:
            return np.zeros((1, 0), np.bool_)
        for dtype in (np.float64, np.int64):
            recorder, unknown = Recorder(dtype, size), np.zeros(size, np.bool_)
            columns = Columns(Facts(Block(table, rows), recorder, unknown), recorder, unknown)
            try:
                held = [np.broadcast_to(columns.holds(formula), size) for formula in self._conditions]
            except Beyond:
                continue
            except Unsupported:
                return None
            odd[rows] |= unknown
            return np.stack(held, axis=1)
        return None

    def _together(self, table: Table, rows: slice | Array, kind: Truths, found: Blank, odd: Truths) -> None:
        """Score rows for which the same conditions hold."""
        key = (table.names.money, kind.tobytes())
        if key not in self._leaves:
            self._leaves[key] = self._leaves_of(table.names, dict(zip(self._conditions, kind.tolist(), strict=True)))
        leaves = self._leaves[key]
        scored = self._scored(key, leaves, Block(table, rows)) if leaves is not None and self._wholes.get(key, self) is not None else None
        if scored is None:
            odd[rows] = True
        else:
            self._put(key, scored, table, rows, found, odd)

    def _scored(self, key: tuple[str, bytes], leaves: Tops, block: Block) -> Sums | None:
        """The scores of a block, by what was recorded on the block before where that still holds; None if arrays do not do."""
        size = block.rows.stop - block.rows.start if isinstance(block.rows, slice) else len(block.rows)
        for dtype in (np.float64, np.int64):
            run = self._runs.get((*key, dtype, size))
            try:
                if run is not None and run.again(block):
                    return run.sums
            except Changed:
                pass
            try:
                run = Run(self.plan, self._reader, leaves, block, Recorder(dtype, size), keep=self.leaves)
            except Beyond:
                continue
            except Unsupported:
                return None
            if len(self._runs) >= _RUNS:
                self._runs.clear()
            self._runs[*key, dtype, size] = run
            return run.sums
        return None

    def _put(self, key: tuple[str, bytes], scored: Sums, table: Table, rows: slice | Array, found: Blank, odd: Truths) -> None:
        """Put what some rows were scored into the block."""
        here = odd[rows] | scored.odd
        if key not in self._wholes:
            good = np.flatnonzero(~here)
            if not len(good):
                odd[rows] = True
                return
            self._wholes[key] = self._seen(table, rows.start + int(good[0]) if isinstance(rows, slice) else int(rows[good[0]]))
        whole = self._wholes[key]
        if whole is None:
            odd[rows] = True
            return
        odd[rows] = here
        for name, scores in scored.tops:
            found.tops[name][rows] = scores
        found.total[rows] = scored.total
        found.points.put(rows, whole.points)
        found.kinds.put(rows, whole.kind)
        for name, worth in found.worth.items():
            worth.put(rows, whole.worth.get(name, 0))
        for status, count in whole.counts.items():
            found.counts[status].put(rows, count)
        for name, scores in scored.leaves:
            found.leaves[name][rows] = scores
        found.grade[rows] = whole.grades.of(found.total[rows])

    def _reader(self, names: Names, leaf: Leaf) -> Callable[[list[str]], Array]:
        """What gives the scores of a leaf for texts of its only column, each scored once."""
        return lambda texts: np.array([self._once(names, leaf, text) for text in texts], np.float64)

    def _once(self, names: Names, leaf: Leaf, text: str) -> float:
        """The score of a leaf that reads one column, in units; NaN where it has none, or none without the form around it."""
        form = names.form(leaf.place, text)
        warnings: list[Diagnostic] = []
        reader = FactReader(form, self.plan.rules, warnings.append)
        maker = LeafMaker(form, self.plan, leaf.tree, reader, names.counts, warnings.append)
        hot = integers(maker.fixed(leaf.rule._replace(cases=(), applicable=None), None), self.plan)
        # What is said of a form is said where it stands.
        return np.nan if hot is None or warnings else units(hot[2], hot[0], hot[1])

    def _leaves_of(self, names: Names, holds: Mapping[Formula, bool]) -> Tops | None:
        """The leaves under some conditions; None where arrays do not do for them."""
        tree = next((tree for tree in self.plan.trees if tree.variant.when is None or holds[tree.variant.when]), self.plan.trees[-1])
        tops = tuple((top.id, tuple(self._leaf(names, leaf, tree, holds) for leaf in top.walk() if not leaf.children)) for top in tree.indicators)
        leaves = [leaf for _, several in tops for leaf in several]
        if not leaves or any(not several for _, several in tops) or any(leaf is None for leaf in leaves):
            return None
        return tops  # type: ignore[return-value]

    def _leaf(self, names: Names, leaf: Indicator, tree: Tree, holds: Mapping[Formula, bool]) -> Leaf | None:
        """One leaf under some conditions; None where it does not apply, or its scores can be negative."""
        rule = next((case.rule for case in leaf.cases if holds[case.when]), leaf)
        if rule.open or (rule.applicable is not None and not holds[rule.applicable]) or tree.curves[rule.key].signed:
            return None
        takes = rule.methods[0][0]
        reads = {read.name for read in rule.measure.reads} if takes in ("number", "days") and rule.measure is not None else {rule.fact}
        places = {names.column(name) for name in reads}
        place = places.pop() if len(places) == 1 else None
        steps = tree.curves[rule.key].steps(self.plan.places)
        on = tree.curves[rule.key].domain
        same = len({(step.slope, step.offset) for step in steps}) == 1 and not steps[0].slope and on.low is None and on.high is None
        bare = rule.measure is not None and rule.measure.text.strip() in reads
        return Leaf(rule, tree, place, steps[0].offset if same and bare else None)

    def _seen(self, table: Table, row: int) -> Whole | None:
        """What binding one form shows of all for which the same conditions hold; None where their total is not the sum of their leaves."""
        one = next(self._alone(table.batch, np.array([row])))
        if isinstance(one, Rejected) or not one.submission.plain or one.score is None:
            return None
        places = {id(grade): at for at, grade in enumerate(self.plan.rules.grades)}
        cuts = [(least, -1 if grade is None else places[id(grade)]) for least, grade in one.submission.cuts]
        unit = 10**self.plan.places
        worth = {child.id: int((child.points or 0) * unit) for child in one.root.children}
        self.examples.append(one)
        return Whole(int((one.root.points or 0) * unit), _grades(cuts[::-1]), worth, counted(one.root), len(self.examples) - 1)


def _grades(cuts: list[tuple[int, int]]) -> Grades:
    """The list of grades from the cuts, in ascending order."""
    if not cuts:
        return Grades(0, np.array([-1], np.int8))
    ends, given = [max(least, -1) for least, _ in cuts], [grade for _, grade in cuts]
    first = 0 if ends[0] > 0 else -1
    lengths = np.diff([first, *ends, ends[-1] + 1])
    return Grades(first, np.repeat(np.array([-1, *given], np.int8), lengths))


def _conditions(plan: Plan) -> Iterator[Formula]:
    """Everything that may make one form another kind of form than the next."""
    for tree in plan.trees:
        if tree.variant.when is not None:
            yield tree.variant.when
        for top in tree.indicators:
            for leaf in top.walk():
                for one in (leaf, *(case.rule for case in leaf.cases)):
                    if one.applicable is not None:
                        yield one.applicable
                yield from (case.when for case in leaf.cases)
    yield from (gate.when for gate in plan.rules.gates)


def disputed(head: Head, plan: Plan) -> bool:
    """Whether what a column holds may be refused beside another: a list and its parts, a part that no rule reads."""
    parts = {fact.name: fact.parts for fact in plan.rules.facts}
    names = set(head.facts())
    for name in names:
        whole, _, part = name.rpartition(".")
        if whole and (whole in names or (name not in parts and part not in (parts.get(whole) or (part,)))):
            return True
    return False
