"""What scoring a block of forms gave, as arrays: one place per form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple, get_args

from perfscore.model.outcome import Outcome, Status
from perfscore.model.plan import Plan
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Rejected

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The states of a form: it has a score; something of it is missing, and its total has bounds; it could not be read.
SCORED, INCOMPLETE, REJECTED = 0, 1, 2
#: What a leaf can be.
STATUSES: tuple[str, ...] = get_args(Status)


class Scored(NamedTuple):
    """
    A block of forms, scored by one plan.

    Whole numbers are points in units of the rounding (`10**-plan.places`). `total` holds where the state is SCORED; `low` and `high` always
    (rounded outward where the form is incomplete). `grade` is the place in `plan.rules.grades`, -1 for none. `tops` are the scores of the parts of the
    top level by their ids, `worth` what those are of; `counts` how many leaves of each status a form has. `leaves` are the scores of the fixed
    leaves, where they were asked for. `kinds` say for each form that is not alone which of the `examples` it is like in all but its numbers.
    `alone` are the forms that were evaluated one by one (because something of them is missing, disputed, or
    beyond what the kernel does), by their places: their numbers stand in the arrays, too, but `tops` and `leaves` say nothing of what is missing.
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
    worth: Mapping[str, NDArray[np.int64]]
    counts: Mapping[str, NDArray[np.int64]]
    alone: Mapping[int, Evaluation | Rejected]
    leaves: Mapping[str, NDArray[np.int64]] = {}
    kinds: NDArray[np.int64] | None = None
    examples: Sequence[Evaluation] = ()

    @property
    def forms(self) -> int:
        """How many forms there are."""
        return len(self.state)


class Mostly:
    """
    An array that is nearly always one number, which is not written a million times.

    Something has to be put for every place: one for which nothing was is like the others.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._array: NDArray[np.int64] | None = None

    def put(self, rows: slice | NDArray[np.int64] | int, value: int | NDArray[np.int64]) -> None:
        """What some places are."""
        import numpy as np

        if isinstance(value, int):
            if self._array is None:
                self._array = np.broadcast_to(np.int64(value), self.size)
            if not self._array.flags.writeable and self._array[0] == value:
                return
        if self._array is None or not self._array.flags.writeable:
            self._array = self.array().copy()
        self._array[rows] = value

    def fill(self, values: NDArray[np.int64]) -> None:
        """What all places are."""
        alike = len(values) and (values == values[0]).all()
        self.put(slice(None), int(values[0]) if alike else values)

    def array(self) -> NDArray[np.int64]:
        """All places; 0 where nothing was put."""
        import numpy as np

        return np.broadcast_to(np.int64(0), self.size) if self._array is None else self._array


class Blank:
    """The arrays of a block while it is scored; forms that were evaluated alone are put into them one by one."""

    def __init__(self, plan: Plan, forms: int, *, leaves: bool = False) -> None:
        import numpy as np

        self.plan, self.unit, self.forms = plan, 10**plan.places, forms
        self.total = np.zeros(forms, np.int64)
        self.grade, self.state = np.full(forms, -1, np.int8), np.zeros(forms, np.int8)
        self.points, self.kinds = Mostly(forms), Mostly(forms)
        ids = dict.fromkeys(top.id for tree in plan.trees for top in tree.indicators)
        self.tops = {name: np.zeros(forms, np.int64) for name in ids}
        self.worth = {name: Mostly(forms) for name in ids}
        self.counts = {status: Mostly(forms) for status in STATUSES}
        nodes = (node for tree in plan.trees for top in tree.indicators for node in top.walk())
        kept = dict.fromkeys(node.id for node in nodes if leaves and not node.children and not node.open)
        self.leaves = {name: np.zeros(forms, np.int64) for name in kept}
        self.alone: dict[int, Evaluation | Rejected] = {}
        self._bounds: dict[int, tuple[int, int]] = {}

    def put(self, place: int, found: Evaluation | Rejected) -> None:
        """A form that was evaluated alone."""
        self.alone[place] = found
        root = None if isinstance(found, Rejected) else found.root
        parts = {} if root is None else {child.id: child for child in root.children}
        for name, worth in self.worth.items():
            worth.put(place, floor((parts[name].points or 0) * self.unit) if name in parts else 0)
            self.tops[name][place] = floor(parts[name].bounds[0] * self.unit) if name in parts else 0
        for status, count in (dict.fromkeys(STATUSES, 0) if root is None else counted(root)).items():
            self.counts[status].put(place, count)
        self.points.put(place, 0 if root is None else floor((root.points or 0) * self.unit))
        self.kinds.put(place, 0)
        if root is None or isinstance(found, Rejected):
            self.state[place], self.grade[place], self.total[place] = REJECTED, -1, 0
            return
        self._bounds[place] = (floor(root.bounds[0] * self.unit), ceil(root.bounds[1] * self.unit))
        self.state[place] = INCOMPLETE if root.score is None else SCORED
        self.total[place] = self._bounds[place][0]
        self.grade[place] = next((at for at, grade in enumerate(self.plan.rules.grades) if grade is found.grade), -1)
        for leaf in leaves_of(root) if self.leaves else ():
            if leaf.id in self.leaves:
                self.leaves[leaf.id][place] = floor(leaf.bounds[0] * self.unit)

    def scored(self, examples: Sequence[Evaluation] = ()) -> Scored:
        """What became of the block, with a form of each kind."""
        low = high = self.total
        if self._bounds:
            low, high = self.total.copy(), self.total.copy()
            for place, (least, most) in self._bounds.items():
                low[place], high[place] = least, most
        worth, counts = ({name: mostly.array() for name, mostly in several.items()} for several in (self.worth, self.counts))
        points = self.points.array()
        kinds = self.kinds.array()
        arrays = (self.total, low, high, points, self.grade, self.state, self.tops, worth, counts)
        return Scored(self.plan, *arrays, self.alone, self.leaves, kinds, examples)


def leaves_of(outcome: Outcome) -> Iterator[Outcome]:
    """The leaves below an outcome."""
    if outcome.leaf is not None:
        yield outcome
    for child in outcome.children:
        yield from leaves_of(child)


def counted(root: Outcome) -> dict[str, int]:
    """How many leaves of each status a form has."""
    found = dict.fromkeys(STATUSES, 0)
    for leaf in leaves_of(root):
        found[leaf.status] += 1
    return found
