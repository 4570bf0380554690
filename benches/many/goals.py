"""What is to be reached beyond one table in memory: from files, by one form, and as forms become more."""

from __future__ import annotations

import json
from collections.abc import Callable, Container
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benches import long
from benches.many import by_zen, folder, parquet, wide
from benches.many.by_numpy import Hand
from benches.many.clock import Goal, each, interleaved, ratio
from benches.many.data import table, thirteen

from perfscore.bulk.columns import meanings
from perfscore.bulk.forms import forms as forms_of_table
from perfscore.bulk.long import LongScorer
from perfscore.forms.bind import bind
from perfscore.report.explain import all_reasons
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import evaluate
from perfscore.text.diagnostic import Rejected

#: So many times the forms, and the memory that so many may take, in MB.
MORE, MOST_MEMORY = 10, 600


class Size(NamedTuple):
    """Where files may be written, how much is measured, and who is not there."""

    folder: Path
    forms: int
    rounds: int
    missing: Container[str]


def from_parquet(size: Size) -> list[Goal]:
    """Time and memory of a file, and of one of ten times the forms."""
    few, many = size.folder / "few.parquet", size.folder / "many.parquet"
    parquet.write(few, size.forms)
    parquet.write(many, MORE * size.forms)
    made = parquet.scorer(few)
    runs: dict[str, Callable[[], object]] = {
        "score": partial(parquet.score, made, few), "decode": partial(parquet.decode, few), "best": partial(parquet.decode_best, few),
    }  # fmt: skip
    times = interleaved(runs, size.rounds)
    ours = each(times["score"], size.forms)
    goals = [
        Goal.at_most("from Parquet, decoding as pyarrow comes", ours, each(times["decode"], size.forms), ratio(times["score"], times["decode"]), 1.5),
        Goal.at_most("from Parquet, decoding at its quickest", ours, each(times["best"], size.forms), ratio(times["score"], times["best"]), 1.5),
    ]
    grown = interleaved({"few": runs["score"], "many": partial(parquet.score, made, many)}, max(3, size.rounds // 3))
    goals.append(_grown("from Parquet", size.forms, grown))
    used = {path: {what: parquet.memory(what, path) for what in ("nothing", "score", "decode")} for path in (few, many)}
    most = used[many]["score"]
    what = f"memory of a process, {MORE * size.forms:,} forms from Parquet"
    before = f"{used[few]['score']:.0f} MB for {size.forms:,}; {used[many]['decode']:.0f} MB decoding; {used[many]['nothing']:.0f} MB the imports"
    return [*goals, Goal(what, f"{most:.0f} MB", before, "", f"≤ {MOST_MEMORY} MB", most <= MOST_MEMORY)]


def in_memory(size: Size) -> list[Goal]:
    """
    Ten times the forms in memory, in batches, as tables come; and in one, where the memory of the results is asked of the system all at once.

    That costs the numpy by hand as much, which is beside it, and it has no goal.
    """
    columns = thirteen(MORE * size.forms, ties=False)
    many = table(columns)
    batches = [many.slice(first, size.forms) for first in range(0, MORE * size.forms, size.forms)]
    made = wide.scorer("wide", columns)
    hand, part = Hand(columns), Hand({name: column[: size.forms] for name, column in columns.items()})
    runs: dict[str, Callable[[], object]] = {
        "few": lambda: made.score(batches[0]), "many": lambda: [made.score(batch).forms for batch in batches],
        "one": lambda: made.score(many), "hand few": part.score, "hand one": hand.score,
    }  # fmt: skip
    times = interleaved(runs, size.rounds)
    by_hand = ratio(times["hand one"], times["hand few"])
    one = _grown(f"in memory, one batch (numpy by hand: {by_hand:.1f})", size.forms, {"few": times["few"], "many": times["one"]})
    return [_grown("in memory, batch by batch", size.forms, times), one._replace(wanted="", reached=None)]


def _grown(what: str, forms: int, times: dict[str, list[float]]) -> Goal:
    few, many = (f"{median(times[name]) * 1e3:.0f} ms" for name in ("few", "many"))
    return Goal.at_most(f"{what}, {MORE} times {forms:,} forms", many, few, ratio(times["many"], times["few"]), 11)


def from_folder(size: Size) -> list[Goal]:
    """A thousand forms of 20 rows."""
    forms = min(1000, size.forms // 500)
    place = size.folder / "forms"
    place.mkdir()
    paths, planned = folder.write(place, forms), plan(load_rules("china/project-self@2020"))
    runs: dict[str, Callable[[], object]] = {"score": partial(folder.score, paths, planned), "parse": partial(folder.parse, paths)}
    times = interleaved(runs, max(3, size.rounds // 3))
    what = f"{forms:,} YAML forms of 20 rows, against parsing them"
    return [Goal.at_most(what, each(times["score"], forms), each(times["parse"], forms), ratio(times["score"], times["parse"]), 2)]


def single(size: Size) -> list[Goal]:
    """One form, to be explained on demand, against a graph with its trace."""
    if "zen" in size.missing:
        return []
    columns = thirteen(1, ties=False)
    rules = load_rules(str(parquet.RULES))
    planned, batch = plan(rules), table(columns)
    (form,) = forms_of_table([batch], meanings(batch.schema.names, rules), rules, name="bench")
    if isinstance(form, Rejected):
        raise form
    given, context, repeat = bind(form, planned), by_zen.contexts(columns, slice(0, 1))[0], 200
    engine, trace = by_zen.engine(), {"trace": True}
    decision = engine.create_decision(json.dumps(by_zen.graphs()["each"]))
    explained = evaluate(given)
    if evaluate(given).total != decision.evaluate(context)["result"]["total"] or not list(all_reasons(explained, "zh")):
        raise SystemExit("zen-engine and perfscore disagree")
    runs: dict[str, Callable[[], object]] = {
        "ours": lambda: evaluate(given), "bound": lambda: evaluate(bind(form, planned)), "told": lambda: list(all_reasons(evaluate(given), "zh")),
        "decision": lambda: decision.evaluate(context, trace), "static": lambda: engine.evaluate("each", context, trace),
        "one": lambda: engine.evaluate("one", context, trace),
    }  # fmt: skip
    times = interleaved({name: partial(_again, run, repeat) for name, run in runs.items()}, size.rounds)
    against = {
        "decision": "graph with trace, `create_decision`",
        "static": "graph with trace, static loader",
        "one": "all in one node with trace, static loader",
    }
    goals: list[Goal] = []
    for name, told in against.items():
        faster = ratio(times[name], times["ours"])
        # A single node is no graph; it is here to be seen.
        least = None if name == "one" else 40
        goals.append(Goal.at_least(f"one form, explained on demand; {told}", each(times["ours"], repeat), each(times[name], repeat), faster, least))
    others = {"told": "the same, every sentence made", "bound": "the same, from cells as printed"}
    for name, told in others.items():
        found = ratio(times["decision"], times[name])
        goals.append(Goal(told, each(times[name], repeat), each(times["decision"], repeat), f"{found:.1f}", ""))
    return goals


def _again(run: Callable[[], object], times: int) -> None:
    for _ in range(times):
        run()


def long_tables(size: Size) -> list[Goal]:
    """A row per indicator, twenty a form, against a group-by by hand: the better of numpy and polars."""
    rows, planned, goals = 20, plan(load_rules("hunan/department@2024")), []
    for ties in (False, True):
        drawn = long.drawn(size.forms // rows, ties=ties)
        given, budgets = long.table(drawn)
        made = LongScorer(planned, *(meanings(one.schema.names, planned.rules) for one in (given, budgets)))
        scored = made.score(given, budgets)
        bad = long.wrong({"total": scored.total, "grade": scored.grade, **scored.tops}, drawn)
        runs: dict[str, Callable[[], object]] = {"ours": partial(made.score, given, budgets), "numpy": partial(long.by_numpy, given, budgets)}
        if "polars" not in size.missing:
            runs["polars"] = partial(long.by_polars, *long.frames(given, budgets))
        times = interleaved(runs, size.rounds)
        best = min((name for name in times if name != "ours"), key=lambda name: median(times[name]))
        what = f"long, {rows} rows a form, {'ties' if ties else 'random'}, a row ({bad} wrong)"
        against = f"{each(times[best], given.num_rows)} ({best} by hand)"
        goals.append(Goal.at_most(what, each(times["ours"], given.num_rows), against, ratio(times["ours"], times[best]), 3))
    return goals


ALL: dict[str, Callable[[Size], list[Goal]]] = {"long tables": long_tables,
    "from Parquet": from_parquet, "ten times the forms": in_memory, "from a folder": from_folder, "one form": single,
}  # fmt: skip
