"""A table file to its forms in order, with the budgets that stand in another table and the meanings that somebody gave its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from perfscore.bulk import readers
from perfscore.bulk.columns import Columns, meanings
from perfscore.bulk.forms import Filed, Sheet, filed
from perfscore.bulk.job import Job
from perfscore.bulk.mapping import read_mapping
from perfscore.bulk.readers import Table
from perfscore.model.rules import RuleSet
from perfscore.text.diagnostic import Diagnostic, Rejected

if TYPE_CHECKING:
    import pyarrow as pa


def understood(job: Job, file: str, given: dict[str, str]) -> tuple[Table, Columns]:
    """A table with its columns understood; raises Rejected."""
    table = job.tables.get(file) or readers.read(job.path(file))
    if job.options.budgets is not None:
        # The table of budgets has other columns than that of the indicators, and one file says what both mean.
        given = {column: meaning for column, meaning in given.items() if column in table.names}
    return table, meanings(table.names, _rules(job), given, job.path(file))


class Opened(NamedTuple):
    """A table file that can be read: the table with its columns understood, its budgets, and what a person should know about how."""

    table: Table
    columns: Columns
    budgets: Sheet | None
    notes: tuple[Diagnostic, ...]
    #: The rules that say how columns are read; None where the forms name their own.
    rules: RuleSet | None
    path: str

    @property
    def keyed(self) -> bool:
        """Whether a column of its own says which form is which."""
        return self.columns.place("form") is not None

    def forms(self, batches: Iterable[pa.RecordBatch | Rejected]) -> Iterator[Filed]:
        """
        The forms of some of its rows, in order.

        The key of a form is what its own column says; unit, project and year, which tell forms apart where there is none, have columns of their own.
        """
        found = filed(batches, self.columns, self.rules, self.budgets, self.path)
        return (one if self.keyed or isinstance(one.form, Rejected) else one._replace(key=()) for one in found)


def opened(job: Job, file: str) -> Opened:
    """A table with all that its forms are made of; raises Rejected."""
    given = mapping(job)
    table, columns = understood(job, file, given)
    budgets, notes = None, (*table.notes, *columns.notes)
    if job.options.budgets is not None and columns.shape == "long":
        amounts, of_amounts = understood(job, job.options.budgets, given)
        budgets = Sheet(amounts.batches(), of_amounts, job.path(job.options.budgets))
        notes = (*notes, *amounts.notes, *of_amounts.notes)
    return Opened(table, columns, budgets, notes, _rules(job), job.path(file))


def mapping(job: Job) -> dict[str, str]:
    """What somebody says that columns mean; raises Rejected."""
    return dict(job.meanings) if job.options.columns is None else read_mapping(job.path(job.options.columns))


def _rules(job: Job) -> RuleSet | None:
    return None if job.plan is None else job.plan.rules
