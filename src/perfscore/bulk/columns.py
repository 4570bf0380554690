"""What the columns of a table mean, by the words of the form file."""

from __future__ import annotations

from typing import Literal, NamedTuple

#: One row per indicator and a table of budgets beside it, or one row per form with the facts that the rules read.
Shape = Literal["long", "wide"]


class Meaning(NamedTuple):
    """
    What one column holds.

    `role` is the place in the form file: `form` (what tells forms apart), `unit`, `project`, `year`, `rules`; of a row `id`, `level1`, `level2`,
    `level3`, `target`, `actual`, `points`, `reported`, `note`, `tier`, `judged`, `direction`, `applicable`, `measured` (计量单位 of target and actual);
    `budget.initial`, `budget.adjusted`, `budget.executed`, `budget.money`, `budget.points`, `budget.rate`, `budget.reported`; `reported.points`,
    `reported.score`, `reported.grade`; `fact`; or empty where the column is not read. `name` is the name of the fact.
    """

    column: str
    role: str
    name: str = ""


class Columns(NamedTuple):
    """The columns of a table in their order, understood."""

    shape: Shape
    meanings: tuple[Meaning, ...]

    def place(self, role: str) -> int | None:
        """The place of the only column with a role; facts have many."""
        return next((place for place, meaning in enumerate(self.meanings) if meaning.role == role), None)

    def facts(self) -> dict[str, int]:
        """The places of the facts by their names."""
        return {meaning.name: place for place, meaning in enumerate(self.meanings) if meaning.role == "fact"}
