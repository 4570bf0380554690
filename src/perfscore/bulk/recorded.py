"""Operations on one block of rows, recorded while they are done, and done again on other blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from perfscore.bulk.exact import Arithmetic, Array


class Changed(Exception):
    """A block is not like the one whose operations were recorded: its numbers lie elsewhere, or some are missing."""


class Recorder(Arithmetic):
    """
    Arithmetic whose operations can be done again.

    Which operations there are hangs on what the numbers lie between and on nothing else, so that another block whose numbers lie between the same
    ends takes the same ones. Doing them again costs a call of numpy each: no fractions, no names, no bounds. All arrays are taken out of one store and
    given back after their scope, so that a block stays in the cache and no memory is asked of the system.
    """

    def __init__(self, dtype: Any, size: int) -> None:
        super().__init__(dtype)
        self.size = size
        self._done: list[tuple[Callable[..., Any], Any, Any]] = []
        self._store: dict[Any, list[Array]] = {}
        self._taken: dict[Any, int] = {}
        self._constants: dict[int, Array] = {}

    def again(self, block: Any) -> None:
        """Do everything again on another block; raises Changed."""
        for call, given, into in self._done:
            if given is None:
                call(block)
            else:
                call(*given, **into)

    def room(self, dtype: Any) -> Array:
        """An array to write into, until the scope ends."""
        kept, at = self._store.setdefault(dtype, []), self._taken.get(dtype, 0)
        if at == len(kept):
            kept.append(np.empty(self.size, dtype))
        self._taken[dtype] = at + 1
        return kept[at]

    @contextmanager
    def scope(self) -> Iterator[None]:
        before = dict(self._taken)
        yield
        self._taken = before

    def load(self, read: Callable[[Any], Any]) -> None:
        """Something that is read from every block anew."""
        self._done.append((read, None, None))

    def do(self, call: Callable[..., Any], *given: Any, into: Any = None) -> Any:
        out = self.room(np.bool_ if call in _TRUTHS else self.dtype) if into is None else into
        # numpy takes the slow way for the lesser or greater of an array and one number.
        given = tuple(self.everywhere(one) if call in _EXTREMES and isinstance(one, int) else one for one in given)
        self._record(call, given, {"out": out})
        return out

    def pick(self, where: Any, one: Any, other: Any) -> Any:
        out = self.room(self.dtype)
        self._record(np.copyto, (out, other), {})
        self._record(np.copyto, (out, one), {"where": where})
        return out

    def everywhere(self, value: int) -> Any:
        if value not in self._constants:
            self._constants[value] = np.full(self.size, value, self.dtype)
        return self._constants[value]

    def _record(self, call: Callable[..., Any], given: tuple[Any, ...], into: dict[str, Any]) -> None:
        call(*given, **into)
        self._done.append((call, given, into))


_EXTREMES = (np.minimum, np.maximum)
_TRUTHS = (np.less, np.less_equal, np.greater, np.greater_equal, np.equal, np.not_equal, np.logical_and, np.logical_or, np.logical_not)
