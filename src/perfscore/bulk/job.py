"""What a run is to do: the forms, the rules, and what is asked of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from perfscore.bulk.digests import of_rules
from perfscore.bulk.readers import Table, endings
from perfscore.bulk.sheets import Plain
from perfscore.model.plan import Plan

#: What is read as forms; everything else that a reader knows is a table.
FORM_ENDINGS = (".yaml", ".yml", ".json")


class Options(NamedTuple):
    """What was asked for, in the words of the command."""

    names: tuple[str, ...]
    rules: str | None = None
    budgets: str | None = None
    columns: str | None = None
    as_of: str | None = None
    audit: bool = False
    indicators: bool = False
    cohort: bool = False


class Job(NamedTuple):
    """
    What a run is to do.

    `files` are form files and tables in order, as named below `base`; `inside` those of them that stand in a folder that was named as a whole.
    """

    files: tuple[str, ...]
    inside: frozenset[str] = frozenset()
    base: str = ""
    plan: Plan | None = None
    day: int | None = None
    options: Options = Options(())
    #: Tables that are no files, by the names that they have in results.
    tables: Mapping[str, Table] = {}
    #: What columns mean, where no file says it.
    meanings: Mapping[str, str] = {}

    def path(self, file: str) -> str:
        """Where a file is opened."""
        return os.path.join(self.base, file)

    def shown(self, path: str) -> str:
        """What a file is called in the tables: as it was named."""
        return path.removeprefix(os.path.join(self.base, "")) if self.base else path

    def is_table(self, file: str) -> bool:
        """Whether a file is a table: by its name, or because it is none."""
        return file in self.tables or (not file.lower().endswith(FORM_ENDINGS) and file.lower().endswith(endings()))

    def settings(self) -> list[Plain]:
        """All that a part depends on besides its forms and the rules that they name."""
        from perfscore import __version__

        rules = None if self.plan is None else [self.plan.rules.reference, of_rules(self.plan.rules)]
        return [__version__, rules, self.day, self.options.audit, self.options.indicators, self.options.cohort]
