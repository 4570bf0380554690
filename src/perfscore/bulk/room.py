"""Arrays that are used again: fresh memory costs more than what is computed in it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Room:
    """Arrays by their names, each as large as what was asked of it; what stands in one is gone when its name is asked for again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Any], NDArray[Any]] = {}

    def of(self, name: str, dtype: Any, size: int) -> NDArray[Any]:
        """An array to write into."""
        kept = self._kept.get((name, dtype))
        if kept is None or len(kept) < size:
            kept = self._kept[name, dtype] = np.empty(size, dtype)
        return kept[:size]

    def filled(self, name: str, dtype: Any, values: NDArray[Any]) -> NDArray[Any]:
        """Values as numbers of a type."""
        found = self.of(name, dtype, len(values))
        found[:] = values
        return found

    def taken(self, name: str, values: NDArray[Any], places: NDArray[Any]) -> NDArray[Any]:
        """The values at some places, of which none lies beyond the ends."""
        # Only numpy's modes that check no place write straight into an array.
        return values.take(places, out=self.of(name, values.dtype, len(places)), mode="clip")
