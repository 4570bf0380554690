"""A long table, one row per indicator, scored by arrays: every form exactly as it would be alone."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from perfscore.bulk.columns import Columns
from perfscore.bulk.fixed import FixedLeaves, leaves
from perfscore.bulk.forms import Sheet, filed
from perfscore.bulk.levels import Levels
from perfscore.bulk.room import Room
from perfscore.bulk.rowrules import RowRules
from perfscore.bulk.scored import Blank, Scored
from perfscore.bulk.table import Table
from perfscore.bulk.values import without_views
from perfscore.forms.bind import bind
from perfscore.model.plan import Plan, Tree
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.text.diagnostic import Rejected

#: So many rows are scored at a time: what is computed between the columns and the scores stays in the cache.
_WHOLE = 10**18


class LongScorer:
    """
    Scores long tables by one plan.

    What the texts of a table mean is asked of the code for single forms, once for each distinct text or combination of texts. Forms in which something is
    missing, disputed or beyond that are evaluated one by one.
    """

    def __init__(self, plan: Plan, columns: Columns, budgets: Columns | None = None) -> None:
        self.plan, self.columns, self.budgets = plan, columns, budgets
        self.unit = 10**plan.places
        self.levels, self.rules, self.room = Levels(plan), RowRules(plan), Room()
        plain = _plain(plan) and self.levels.decides
        self.fixed = tuple(self._fixed(tree) if plain and _adds_up(plan, tree) else None for tree in plan.trees)
        self.drops = _sums(plan) == {"sum"}

    def _fixed(self, tree: Tree) -> FixedLeaves | None:
        found = leaves(self.plan, tree, self.levels.tops)
        return None if found is None else FixedLeaves(self.plan, tree, found)

    def score(self, rows: pa.RecordBatch, budgets: pa.RecordBatch | None = None) -> Scored:
        """The scores of whole forms, whose rows stand together; `budgets` has a row for each form, in their order, blank where it has none."""
        table = Table(self, without_views(rows), None if budgets is None else without_views(budgets))
        found = Blank(self.plan, table.forms)
        alone = np.ones(table.forms, np.bool_)
        if any(one is not None for one in self.fixed) and table.understood():
            alone = self._together(table, found)
        for place in np.flatnonzero(alone).tolist():
            found.put(place, self._alone(table, place))
        return found.scored()

    def _together(self, table: Table, block: Blank) -> NDArray[np.bool_]:
        """Score all forms by arrays; gives those that have to be evaluated one by one."""
        sums = [table.block(first, last) for first, last in table.blocks()]
        trees, tops, worth, alone = sums[0] if len(sums) == 1 else [np.concatenate(several, axis=-1) for several in zip(*sums, strict=True)]
        scored = table.ends - table.starts
        for status, counts in block.counts.items():
            counts.put(slice(None), 0)
            if status in table.statuses:
                scored -= table.statuses[status]
                counts.fill(table.statuses[status])
        for at, fixed in enumerate(self.fixed):
            here = (trees == at) & ~alone
            if fixed is None or not here.any():
                continue
            forms = slice(0, table.forms) if here.all() else np.flatnonzero(here)
            given = table.amounts(fixed.reads, forms)
            if given is None:
                alone[forms] = True
                continue
            own = fixed.scores(given)
            alone[forms] |= own.odd
            scored[forms] += len(fixed.leaves)
            for leaf, score in zip(fixed.leaves, own.scores, strict=True):
                tops[leaf.top, forms] += score
                worth[leaf.top, forms] += leaf.points
        points = worth.sum(axis=0)
        block.total[:] = tops.sum(axis=0)
        for at in np.unique(trees[~alone]).tolist():
            self._graded(at, np.flatnonzero((trees == at) & ~alone), block.total, points, block.grade)
        block.points.fill(points)
        block.counts["scored"].fill(scored)
        for place, name in enumerate(self.levels.tops):
            block.tops[name][:] = tops[place]
            block.worth[name].fill(worth[place])
        return alone

    def _graded(self, at: int, forms: NDArray[np.intp], total: NDArray[np.int64], points: NDArray[np.int64], grade: NDArray[np.int8]) -> None:
        """Grades by the plan's cuts; a total of other points than the rule set's is in no grade."""
        declared = self.plan.trees[at].points
        found = np.full(len(forms), -1, np.int8)
        sums = total[forms]
        for least, given in reversed(self.plan.cuts):
            place = -1 if given is None else next(place for place, one in enumerate(self.plan.rules.grades) if one is given)
            found[sums >= max(-_WHOLE, min(least, _WHOLE))] = place
        if declared is not None:
            whole = declared * self.unit
            found[points[forms] != (int(whole) if whole.denominator == 1 else -1)] = -1
        grade[forms] = found

    def _alone(self, table: Table, place: int) -> Evaluation | Rejected:
        rows, budget = table.rows_of(place)
        sheet = None if budget is None or self.budgets is None else Sheet([budget], self.budgets)
        try:
            form = next(filed([rows], self.columns, self.plan.rules, sheet)).form
            return form if isinstance(form, Rejected) else evaluate(bind(form, self.plan))
        except Rejected as rejected:
            return rejected


def _sums(plan: Plan) -> set[str]:
    groups = (node for tree in plan.trees for top in tree.indicators for node in top.walk() if node.children or node.open)
    return {plan.rules.aggregate, *(node.aggregate for node in groups)}


def _plain(plan: Plan) -> bool:
    """Whether totals are nothing but sums of rounded leaves: what `bind` asks of a form, as far as the plan decides it."""
    rules, rounding = plan.rules, plan.rules.rounding
    if rules.template or rules.gates or rounding.leaf is None:
        return False
    return all(places is None or places >= rounding.leaf for places in (rounding.group, rounding.total)) and _sums(plan) <= {"sum", "redistribute"}


def _adds_up(plan: Plan, tree: Tree) -> bool:
    nodes = [node for top in tree.indicators for node in top.walk()]
    return all(node.counts == "points" and ((node.least is None and node.most is None) or not (node.children or node.open)) for node in nodes)
