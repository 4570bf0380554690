"""A batch function for engines that spread a wide table over machines: record batches in, results out, on Spark, Dask, Ray or in one process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from threading import local
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from perfscore.bulk.answers import Results
from perfscore.bulk.columns import meanings as understood
from perfscore.bulk.forms import forms, lines
from perfscore.bulk.given import without_blank
from perfscore.bulk.scored import Blank, Scored
from perfscore.bulk.values import texts, without_views
from perfscore.bulk.wide import WideScorer
from perfscore.forms.bind import bind
from perfscore.model.plan import Plan
from perfscore.model.rules import RuleSet
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import evaluate
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Lang, Phrase

#: The types of results in the words of Spark; a decimal is called alike.
_SPARK = {pa.int64(): "bigint", pa.string(): "string"}


class TableScorer:
    """
    Scores record batches of one wide table; every form as it would be scored alone, whatever the order and the borders of batches.

    Called with record batches it gives batches of results, as Spark's `mapInArrow` wants it; `table` does the same to a whole frame, for Dask's
    `map_partitions` and Ray's `map_batches`. `schema` and `ddl` say what comes out. It is pickled by what it was made from, with the rules and not
    with their name. A form that cannot be read is a row of the status `rejected`; only blank rows give none.

    `names` are the columns of the table that are read, `meanings` says what those mean whose names do not. Raises Rejected for rules or columns that
    cannot be used.
    """

    def __init__(self, rules: RuleSet | Plan | str, names: Iterable[str], meanings: Mapping[str, str] | None = None, *, lang: Lang = "zh") -> None:
        chosen = load_rules(rules) if isinstance(rules, str) else rules
        self.plan = plan(chosen) if isinstance(chosen, RuleSet) else chosen
        self.names, self.meanings, self.lang = tuple(names), dict(meanings or {}), lang
        self.head = understood(self.names, self.plan.rules, self.meanings)
        if self.head.shape != "wide":
            says = Phrase("每行一个指标的表不能这样分开评分", "a table with a row per indicator cannot be scored in parts like this")
            hint = Phrase("用 perfscore batch 评分，或先整理成一张表一行", "score it with perfscore batch, or bring each form into one row first")
            raise Rejected([Diagnostic("rows-in-parts", says, hint=hint)])
        self._results = Results(self.plan, self.head, lang)
        self.schema: pa.Schema = self._results.schema
        # An engine may call one function from several threads, and the arrays that a scorer keeps are for one.
        self._here = local()

    def __reduce__(self) -> tuple[Callable[..., TableScorer], tuple[object, ...]]:
        return _again, (self.plan, self.names, self.meanings, self.lang)

    @property
    def ddl(self) -> str:
        """The schema of the results as Spark writes it."""
        return ", ".join(f"`{field.name}` {_SPARK.get(field.type) or f'decimal({field.type.precision},{field.type.scale})'}" for field in self.schema)

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The results of some batches, in their order."""
        for batch in batches:
            yield from self._scored(without_views(batch.select(list(self.names))))

    def in_order(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The same where the columns stand in the order of `names` and are called otherwise: `mapInArrow` takes no name with a dot in it."""
        return self(batch.rename_columns(list(self.names)) for batch in batches)

    def table(self, frame: Any) -> pa.Table:
        """The results of a frame that speaks the Arrow stream interface."""
        return pa.Table.from_batches(self(pa.RecordBatchReader.from_stream(frame)), schema=self.schema)

    def _scored(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        try:
            for place, meaning in enumerate(self.head.meanings):
                if meaning.role:
                    _sound(batch.column(place))
            found = self._read(batch)
        except (ValueError, OverflowError, TypeError):
            # A day in the year 300000, a text that is no UTF-8: the rows without are scored, and that row is told.
            rows = [next(lines([batch.slice(row, 1)], self.head), None) for row in range(batch.num_rows)]
            if not any(isinstance(row, Rejected) for row in rows):
                raise
        else:
            yield found
            return
        for bad, group in groupby(enumerate(rows), lambda one: isinstance(one[1], Rejected)):
            several = list(group)
            if bad:
                yield self._results.unread(row for _, row in several if isinstance(row, Rejected))
            else:
                yield self._read(batch.slice(several[0][0], len(several)))

    def _read(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The results of a batch whose cells can be read."""
        batch = without_blank(batch, self.head)
        if not batch.num_rows:
            # An engine hands out empty parts, too.
            return self._results.unread(())
        if self._results.fine:
            return self._results.batch(batch, self._one_by_one(batch))
        if not hasattr(self._here, "scorer"):
            self._here.scorer = WideScorer(self.plan, self.head)
        return self._results.batch(batch, self._here.scorer.score(batch))

    def _one_by_one(self, batch: pa.RecordBatch) -> Scored:
        found = Blank(self.plan, batch.num_rows)
        for place, form in enumerate(forms([batch], self.head, self.plan.rules)):
            try:
                found.put(place, form if isinstance(form, Rejected) else evaluate(bind(form, self.plan)))
            except Rejected as rejected:
                found.put(place, rejected)
        return found.scored()


def _sound(column: pa.Array) -> None:
    """Raises an error if Python could not hold all that a column does: a form must not be read or not by what stands beside it."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary
    if pa.types.is_temporal(column.type):
        ends = pc.min_max(column)
        texts(pa.array([ends["min"].as_py(), ends["max"].as_py()], column.type))
    elif pa.types.is_nested(column.type):
        texts(column)
    elif not pa.types.is_primitive(column.type):
        column.validate(full=True)


def _again(plan: Plan, names: tuple[str, ...], meanings: dict[str, str], lang: Lang) -> TableScorer:
    return TableScorer(plan, names, meanings, lang=lang)
