"""Where the rows of a table stand in a rule set: each pair of levels once, each set of pairs once, by the code that binds a single form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from perfscore.forms.facts import FactReader
from perfscore.forms.rows import RowIndex, label_key
from perfscore.model.form import Form, Row
from perfscore.model.measure import Absence
from perfscore.model.plan import Plan, Tree
from perfscore.model.rules import Indicator
from perfscore.text.source import Source, Span

_NOWHERE = Source("", "")
SPAN = Span(_NOWHERE, 1, 1, 1, 1)
Path = tuple[Indicator, ...]


class Pair(NamedTuple):
    """
    A first and a second level as rows print them.

    For every tree of the plan the open group that their rows stand under (None: nowhere), and the place of its part of the top level; how much a row adds to
    each of the counts that conditions read.
    """

    row: Row
    groups: tuple[Indicator | None, ...]
    tops: tuple[int, ...]
    counts: tuple[int, ...]


class Levels:
    """The pairs of levels of a plan, and the tree that a form with certain pairs is scored by."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tops = tuple(dict.fromkeys(top.id for tree in plan.trees for top in tree.indicators))
        self._fixed = {
            label_key(word) for tree in plan.trees for _, leaf in _leaves(tree) if not leaf.open for word in (leaf.label.zh, leaf.label.en)
        }
        whens = [tree.variant.when for tree in plan.trees if tree.variant.when is not None]
        #: `rows.<id>` that the conditions of variants read.
        self.counted = tuple(dict.fromkeys(read.name for when in whens for read in when.reads))
        #: Every condition reads nothing but how many rows there are.
        self.decides = all(name.startswith("rows.") for name in self.counted)
        self.pairs: list[Pair] = []
        self._places: dict[tuple[str, str], int | None] = {}
        self._trees: dict[tuple[tuple[int, ...], tuple[int, ...]], int | None] = {}

    def named(self, label: str) -> bool:
        """Whether rows called so belong to an indicator that the rule file fixes."""
        return label_key(label) in self._fixed

    @property
    def fixed(self) -> frozenset[str]:
        """What the fixed indicators are called, folded."""
        return frozenset(self._fixed)

    def pair(self, level1: str, level2: str) -> int | None:
        """The place of two levels; None where no tree has a group for them, or where they are the name of a fixed indicator."""
        key = (label_key(level1), label_key(level2))
        if key not in self._places:
            found = None if self._fixed.intersection(key) else self._pair(Row(level1, level2, level2, SPAN))
            if found is not None:
                self.pairs.append(found)
            self._places[key] = None if found is None else len(self.pairs) - 1
        return self._places[key]

    def _pair(self, row: Row) -> Pair | None:
        index = RowIndex((row,))
        found = [next(((group, top) for top, group, rows in _open(tree, index) if rows), None) for tree in self.plan.trees]
        if not any(found):
            return None
        counts = index.counts(self.plan)
        return Pair(
            row,
            tuple(one[0] if one else None for one in found),
            tuple(self.tops.index(one[1].id) if one else 0 for one in found),
            tuple(int(counts.get(name, 0)) for name in self.counted),
        )

    def tree(self, places: tuple[int, ...], counts: tuple[int, ...]) -> int | None:
        """The place of the tree for a form that has rows of just these pairs, so many of them; None where the whole form has to be looked at."""
        key = (places, counts)
        if key not in self._trees:
            self._trees[key] = self._tree([self.pairs[place] for place in places], counts)
        return self._trees[key]

    def _tree(self, pairs: list[Pair], counts: tuple[int, ...]) -> int | None:
        place = self._chosen(dict(zip(self.counted, map(Fraction, counts), strict=True)))
        if place is None:
            return None
        index = RowIndex(tuple(pair.row for pair in pairs))
        together = index.counts(self.plan)
        if any(together.get(name, 0) != sum(pair.counts[at] for pair in pairs) for at, name in enumerate(self.counted)):
            # A level in Chinese beside the same one in English: the rows do not stand where each of them would stand alone.
            return None
        where: dict[int, str] = {}
        for _, group, rows in _open(self.plan.trees[place], index):
            for row in rows:
                where.setdefault(id(row), group.id)
        for pair in pairs:
            own = pair.groups[place]
            if own is None or where.get(id(pair.row)) != own.id:
                return None
        filled = set(where.values())
        return None if any(_empty(top, filled) for top in self.plan.trees[place].indicators) else place

    def _chosen(self, counts: Mapping[str, Fraction]) -> int | None:
        facts = FactReader(Form(_NOWHERE, SPAN), self.plan.rules, lambda _: None)
        for place, tree in enumerate(self.plan.trees):
            if tree.variant.when is None:
                return place
            holds = facts.value(tree.variant.when, counts)
            if isinstance(holds, Absence):
                return None
            if holds.value:
                return place
        return len(self.plan.trees) - 1


def _leaves(tree: Tree) -> Iterator[tuple[Path, Indicator]]:
    """The fixed indicators and the open groups of a tree, in the order of the rule file, with the way to each."""

    def below(path: Path) -> Iterator[tuple[Path, Indicator]]:
        if path[-1].children:
            for child in path[-1].children:
                yield from below((*path, child))
        else:
            yield path, path[-1]

    for top in tree.indicators:
        yield from below((top,))


def fixed(tree: Tree) -> list[tuple[Indicator, Indicator]]:
    """The indicators that the rule file fixes, each with its part of the top level."""
    return [(leaf, path[0]) for path, leaf in _leaves(tree) if not leaf.open]


def _open(tree: Tree, index: RowIndex) -> Iterator[tuple[Indicator, Indicator, list[Row]]]:
    for path, leaf in _leaves(tree):
        if leaf.open:
            yield path[0], leaf, index.under(path)


def _empty(node: Indicator, filled: set[str]) -> bool:
    """Whether a group that has points of its own has nothing in it."""
    if node.children:
        return any(_empty(child, filled) for child in node.children) or (node.points is not None and not _any(node, filled))
    return node.open and node.points is not None and node.id not in filled


def _any(node: Indicator, filled: set[str]) -> bool:
    return any(_any(child, filled) for child in node.children) if node.children else not node.open or node.id in filled
