"""What scoring a block of forms gave, as arrays: one place per form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from perfscore.model.plan import Plan
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Rejected

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The states of a form: it has a score; something of it is missing, and its total has bounds; it could not be read.
SCORED, INCOMPLETE, REJECTED = 0, 1, 2


class Scored(NamedTuple):
    """
    A block of forms, scored by one plan.

    Whole numbers are points in units of the rounding (`10**-plan.places`). `total` holds where the state is SCORED; `low` and `high` always
    (rounded outward where the form is incomplete). `grade` is the place in `plan.rules.grades`, -1 for none. `tops` are the scores of the parts of the
    top level by their ids, `leaves` those of the fixed leaves, where they were asked for. `alone` are the forms that were evaluated one by
    one (because something of them is missing, disputed, or beyond what the kernel does), by their places: their numbers stand in the arrays, too.
    A plan that rounds no leaf has no units: all its forms are `alone`, and the arrays hold what is rounded outward.
    """

    plan: Plan
    total: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    points: NDArray[np.int64]
    grade: NDArray[np.int8]
    state: NDArray[np.int8]
    tops: Mapping[str, NDArray[np.int64]]
    alone: Mapping[int, Evaluation | Rejected]
    leaves: Mapping[str, NDArray[np.int64]] = {}

    @property
    def forms(self) -> int:
        """How many forms there are."""
        return len(self.state)
