"""Times of interleaved rounds, and the lines of the tables that are printed of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import NamedTuple


def interleaved(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """The seconds of each in every round, one after the other."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    return times


def ratio(ours: list[float], theirs: list[float]) -> float:
    """The median of the ratios of the rounds."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


class Goal(NamedTuple):
    """Something that is to be reached."""

    what: str
    ours: str
    theirs: str
    ratio: str
    wanted: str
    reached: bool | None = None

    @classmethod
    def at_most(cls, what: str, ours: str, theirs: str, ratio: float, most: float) -> Goal:
        return cls(what, ours, theirs, f"{ratio:.2f}", f"≤ {most:g}", ratio <= most)

    @classmethod
    def at_least(cls, what: str, ours: str, theirs: str, ratio: float, least: float | None) -> Goal:
        return cls(what, ours, theirs, f"{ratio:.0f}", "" if least is None else f"≥ {least:g}", None if least is None else ratio >= least)

    def row(self) -> tuple[str, ...]:
        return (*self[:5], {None: "", True: "yes", False: "**no**"}[self.reached])


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, ("---",) * len(head), *rows))


def each(seconds: Iterable[float], many: int) -> str:
    """A median as the time of one of many."""
    found = median(seconds) / many
    return f"{found * 1e9:.1f} ns" if found < 1e-6 else f"{found * 1e6:.2f} µs" if found < 1e-5 else f"{found * 1e6:.1f} µs"
