"""What scoring a block of forms gave, as arrays: one place per form."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor
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


class Blank:
    """The arrays of a block while it is scored; forms that were evaluated alone are put into them one by one."""

    def __init__(self, plan: Plan, forms: int) -> None:
        import numpy as np

        self.plan, self.unit = plan, 10**plan.places
        self.ids = tuple(dict.fromkeys(top.id for tree in plan.trees for top in tree.indicators))
        self.total = np.zeros(forms, np.int64)
        self.grade, self.state = np.full(forms, -1, np.int8), np.zeros(forms, np.int8)
        self.tops = {name: np.zeros(forms, np.int64) for name in self.ids}
        self.alone: dict[int, Evaluation | Rejected] = {}
        self._bounds: dict[int, tuple[int, int]] = {}
        # Nearly always one number, which is not written a million times.
        self._points: NDArray[np.int64] | None = None

    def worth(self, rows: slice | NDArray[np.int64] | int, points: int) -> None:
        """The points that some forms are of."""
        import numpy as np

        if self._points is None:
            self._points = np.broadcast_to(np.int64(points), len(self.state))
        if not self._points.flags.writeable:
            if self._points[0] == points:
                return
            self._points = self._points.copy()
        self._points[rows] = points

    def put(self, place: int, found: Evaluation | Rejected) -> None:
        """A form that was evaluated alone."""
        self.alone[place] = found
        if isinstance(found, Rejected):
            self.state[place] = REJECTED
            return
        root = found.root
        low, high = floor(root.bounds[0] * self.unit), ceil(root.bounds[1] * self.unit)
        self.state[place] = INCOMPLETE if root.score is None else SCORED
        self.total[place] = low
        self.worth(place, floor((root.points or 0) * self.unit))
        self._bounds[place] = (low, high)
        self.grade[place] = next((at for at, grade in enumerate(self.plan.rules.grades) if grade is found.grade), -1)
        for child in root.children:
            if child.id in self.tops:
                self.tops[child.id][place] = floor(child.bounds[0] * self.unit)

    def scored(self) -> Scored:
        """What became of the block."""
        import numpy as np

        low = high = self.total
        points = np.zeros(len(self.state), np.int64) if self._points is None else self._points
        if self._bounds:
            low, high = self.total.copy(), self.total.copy()
            for place, (least, most) in self._bounds.items():
                low[place], high[place] = least, most
        return Scored(self.plan, self.total, low, high, points, self.grade, self.state, self.tops, self.alone)
