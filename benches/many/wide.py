"""Wide tables in memory: every code on the same forms, in the same rounds, with what it gets wrong."""

from __future__ import annotations

from collections.abc import Callable, Container
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from benches.many import by_zen, peers
from benches.many.by_numpy import Hand, HandSteps, by_integers, floats, naive, steps_by_integers
from benches.many.clock import Goal, each, interleaved, ratio
from benches.many.data import five, table, thirteen

from perfscore.bulk.columns import meanings
from perfscore.bulk.wide import WideScorer
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan

RULES = Path(__file__).resolve().parent.parent / "rules"
HAND, OURS = "numpy, by hand, exact", "**perfscore**"
NAIVE, POLARS = "numpy, by hand, floats and `round`", "polars, by hand, exact"
DUCK, DUCK_DECIMAL = "duckdb, by hand, exact, whole numbers", "duckdb, by hand, exact, decimal columns"
DECIMAL, ZEN, ZEN_ONE = "Python, by hand, `Decimal`", "zen-engine, batch", "zen-engine, one call a form"
#: Forms of a round for those that take long, and forms that are looked through at a time.
FEW = 5_000
_CHUNK = 20_000


def scorer(file: str, columns: dict[str, np.ndarray]) -> WideScorer:
    rules = load_rules(str(RULES / f"{file}.yaml"))
    return WideScorer(plan(rules), meanings(list(columns), rules), "bench")


def measured(forms: int, rounds: int, missing: Container[str]) -> tuple[list[tuple[str, ...]], list[Goal]]:
    """The rows of the table of codes, and what was to be reached."""
    wrong: dict[str, list[int]] = {}
    goals: list[Goal] = []
    rows: list[tuple[str, ...]] = []
    for ties in (True, False):
        columns = thirteen(forms, ties=ties)
        runs, many, found = codes(columns, missing)
        times = interleaved(runs, rounds)
        what = f"wide, 13 indicators, {'ties' if ties else 'random'}"
        goals.insert(0, _goal(what, times[HAND], times[OURS], forms))
        for name, count in found.items():
            wrong.setdefault(name, []).insert(0, count)
        if not ties:
            best = median(times[HAND]) / forms
            for name, seconds in times.items():
                rows.append((name, each(seconds, many[name]), f"{median(seconds) / many[name] / best:.2f}", *(f"{count:,}" for count in wrong[name])))
            if ZEN in times:
                theirs = [seconds / many[ZEN] for seconds in times[ZEN]]
                faster = ratio(theirs, [seconds / forms for seconds in times[OURS]])
                goals.append(Goal.at_least("throughput, zen-engine's batch", each(times[OURS], forms), each(times[ZEN], many[ZEN]), faster, 400))
    columns = five(forms)
    hand, batch, made = HandSteps(columns), table(columns), scorer("steps", columns)
    bad = int((made.score(batch).total != steps_by_integers(columns)).sum())
    times = interleaved({HAND: hand.score, OURS: lambda: made.score(batch)}, rounds)
    goals.insert(2, _goal(f"wide, 5 indicators of 51 pieces ({bad} wrong)", times[HAND], times[OURS], forms))
    return rows, goals


def _goal(what: str, hand: list[float], ours: list[float], forms: int) -> Goal:
    return Goal.at_most(what, each(ours, forms), f"{each(hand, forms)} (numpy by hand)", ratio(ours, hand), 1.5)


def codes(columns: dict[str, np.ndarray], missing: Container[str]) -> tuple[dict[str, Callable[[], object]], dict[str, int], dict[str, int]]:
    """What each code is called by, how many forms it scores at a call, and how many of all totals it gets wrong."""
    want, binary = by_integers(columns), floats(columns)
    forms = len(want)
    few = min(FEW, forms)
    hand, batch, made = Hand(columns), table(columns), scorer("wide", columns)
    runs: dict[str, Callable[[], Any]] = {HAND: hand.score, OURS: lambda: made.score(batch)}
    totals: dict[str, np.ndarray] = {HAND: hand.score()[0], OURS: made.score(batch).total}
    hands: dict[str, peers.Made] = {}
    if "polars" not in missing:
        hands[POLARS] = peers.by_polars(columns)
    if "duckdb" not in missing:
        hands[DUCK], hands[DUCK_DECIMAL] = peers.by_duckdb(columns, decimal=False), peers.by_duckdb(columns, decimal=True)
    for name, (run, read) in hands.items():
        runs[name], totals[name] = run, read(run())
    runs[NAIVE], totals[NAIVE] = lambda: naive(binary), np.rint(naive(binary)[0] * 100).astype(np.int64)
    runs[DECIMAL] = peers.by_decimal(columns, range(few))[0]
    totals[DECIMAL] = np.concatenate([read(run()) for run, read in (peers.by_decimal(columns, part) for part in _chunks(forms))])
    if "zen" not in missing:
        engine = by_zen.engine()
        runs[ZEN] = by_zen.batch(engine, by_zen.contexts(columns, slice(0, few)))
        runs[ZEN_ONE] = by_zen.singly(engine, by_zen.contexts(columns, slice(0, few)))
        parts = (by_zen.contexts(columns, slice(part.start, part.stop)) for part in _chunks(forms))
        totals[ZEN] = np.concatenate([by_zen.totals(by_zen.batch(engine, part)()) for part in parts])
        # The same graph.
        totals[ZEN_ONE] = totals[ZEN]
    many = {name: few if name in (DECIMAL, ZEN, ZEN_ONE) else forms for name in runs}
    return runs, many, {name: int((found != want).sum()) for name, found in totals.items()}


def _chunks(forms: int) -> list[range]:
    return [range(first, min(first + _CHUNK, forms)) for first in range(0, forms, _CHUNK)]
