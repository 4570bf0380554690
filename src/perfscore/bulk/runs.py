"""The fixed leaves of a wide table scored on a block of rows, and on the blocks after it by doing the same operations again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from perfscore.bulk.exact import Array, Truths
from perfscore.bulk.facts import Block, Facts, Names
from perfscore.bulk.formulas import Columns, Unsupported
from perfscore.bulk.kernel import Scorer
from perfscore.bulk.recorded import Recorder
from perfscore.model.formula import Formula
from perfscore.model.plan import Plan, Tree
from perfscore.model.rules import Indicator


class Leaf(NamedTuple):
    """A fixed leaf as a pattern of conditions has it, and the one column that it reads, if it reads no other."""

    rule: Indicator
    tree: Tree
    place: int | None
    #: What every number scores, where all score the same.
    constant: int | None = None

    @property
    def key(self) -> str:
        """What tells it from the leaves of other patterns."""
        return f"{self.tree.variant.id}/{self.rule.key}"


#: The parts of the top level, each with its leaves.
Tops = tuple[tuple[str, tuple[Leaf, ...]], ...]
#: What gives the scores of a leaf for texts of its only column.
Readers = Callable[[Names, Leaf], Callable[[list[str]], Array]]


class Sums(NamedTuple):
    """The scores of some rows: by the parts of the top level, in all, and the rows of which they mean nothing."""

    tops: tuple[tuple[str, Array], ...]
    total: Array
    odd: Truths
    leaves: tuple[tuple[str, Array], ...] = ()


class Run:
    """The leaves of one pattern scored on a block, and scored again on others by doing the same operations."""

    def __init__(self, plan: Plan, reader: Readers, leaves: Tops, block: Block, recorder: Recorder, *, keep: bool) -> None:
        self.plan, self.reader, self.leaves, self.recorder = plan, reader, leaves, recorder
        self.odd = np.zeros(recorder.size, np.bool_)
        self.facts = Facts(block, recorder, self.odd)
        recorder.load(lambda _: self.odd.fill(False))
        #: The scores of every leaf, where somebody wants them.
        self.kept: dict[str, Array] = {}
        if keep:
            self.kept = {leaf.rule.id: recorder.room(recorder.dtype) for _, several in leaves for leaf in several}
        self.total = recorder.room(recorder.dtype)
        self.tops = [self._sum(several, recorder.room(recorder.dtype)) for _, several in leaves]
        recorder.do(np.add, self.tops[0], self.tops[1] if len(self.tops) > 1 else 0, into=self.total)
        for top in self.tops[2:]:
            recorder.do(np.add, self.total, top, into=self.total)
        if not self._settled(block):
            self.again(block)

    def _sum(self, leaves: tuple[Leaf, ...], top: Array) -> Array:
        """The scores of a part of the top level, in an array that stays."""
        recorder = self.recorder
        nothing = recorder.everywhere(0)
        below: Array = nothing
        for leaf in leaves:
            with recorder.scope():
                scores = self._scores(leaf)
                self.facts.clear()
                if self.kept:
                    recorder.do(np.positive, scores, into=self.kept[leaf.rule.id])
                if scores is nothing:
                    # It is worth nothing, and only had to be there.
                    continue
                if below is not nothing:
                    recorder.do(np.add, below, scores, into=top)
                elif recorder.kept(scores, top):
                    top = scores
                else:
                    recorder.do(np.positive, scores, into=top)
                below = top
        return below

    def again(self, block: Block) -> bool:
        """Score another block; raises Changed."""
        self.facts.block = block
        self.recorder.again(block)
        if not self._settled(block):
            self.recorder.again(block)
            self._settled(block)
        return True

    def _settled(self, block: Block) -> bool:
        """Whether every number was in its list, or no list can have it: what a list does not have is NaN, and so is every sum with it."""
        if self.recorder.floats and not np.isnan(np.sum(self.total)):
            return True
        readers = {
            (leaf.key, leaf.place): self.reader(self.facts.names, leaf) for _, several in self.leaves for leaf in several if leaf.place is not None
        }
        if sum(self.facts.grow(key, place, readers[key, place]) for key, place in self.facts.used):
            return False
        if self.recorder.floats:
            np.logical_or(self.odd, np.isnan(self.total), out=self.odd)
            for sums in (self.total, *self.tops, *self.kept.values()):
                np.nan_to_num(sums, copy=False)
        return True

    @property
    def sums(self) -> Sums:
        """The scores of the last block."""
        return Sums(tuple((name, top) for (name, _), top in zip(self.leaves, self.tops, strict=True)), self.total, self.odd, tuple(self.kept.items()))

    def _scores(self, leaf: Leaf) -> Any:
        """The scores of one leaf; raises Beyond and Unsupported."""
        recorder = self.recorder
        measure = leaf.rule.measure if leaf.rule.methods[0][0] in ("number", "days") else None
        if leaf.constant is not None and measure is not None and self.facts.full(measure.reads[0].name):
            return recorder.everywhere(leaf.constant)
        if leaf.place is not None:
            try:
                found = self.facts.listed(leaf.key, leaf.place, self.reader(self.facts.names, leaf))
            except Unsupported:
                if measure is None:
                    raise
            else:
                return found if recorder.floats else self._whole(found)
        if measure is None:
            raise Unsupported
        return self._by_curve(leaf, measure)

    def _whole(self, found: Array) -> Array:
        """Scores out of a list as whole numbers, with the odd ones marked."""
        out = self.recorder.room(np.int64)

        def load(block: Block) -> None:
            nothing = np.isnan(found)
            np.logical_or(self.odd, nothing, out=self.odd)
            np.copyto(out, np.where(nothing, 0, found), casting="unsafe")

        self.facts.load(load)
        return out

    def _by_curve(self, leaf: Leaf, measure: Formula) -> Any:
        recorder = self.recorder
        measures = Columns(self.facts, recorder, self.odd).value(measure)
        rate = self.plan.rules.rounding.rate
        if rate is not None and {"/", "÷"} & set(measure.text):
            measures = recorder.whole(measures, rate + 2)
        scorer = Scorer(leaf.tree.curves[leaf.rule.key], self.plan.places, measures.scale)
        outside = scorer.outside(measures, recorder)
        if outside is not None:
            recorder.do(np.logical_or, self.odd, outside, into=self.odd)
        return scorer.scores(measures, recorder)
