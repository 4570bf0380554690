"""The parts of a run, taken in one after the other, to what is told of the whole."""

from __future__ import annotations

from typing import NamedTuple

from perfscore.bulk import queue, ranking, results
from perfscore.bulk.digests import Content
from perfscore.bulk.parts import Part
from perfscore.bulk.sheets import Plain
from perfscore.bulk.tally import Tally
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.phrase import Phrase

_SHEETS = {"results": results.RESULTS, "errors": results.ERRORS, "indicators": results.INDICATORS, "findings": results.FINDINGS}
#: Of many errors the first are said at once; all stand in their table.
_TOLD = 20


class Done(NamedTuple):
    """What a run came to."""

    tally: Tally
    #: The labels of the parts of the top level, Chinese and English.
    labels: dict[str, str]
    ranking: tuple[tuple[int, int, ranking.Ranked], ...]
    queue: tuple[queue.Waiting, ...]
    #: The digests of what the tables say.
    content: dict[str, str]
    #: The digest of each file, empty where it could not be read.
    inputs: dict[str, str]
    #: The rule sets that were used, with their digests.
    rules: dict[str, str]
    #: What of the folders is no form.
    skipped: tuple[list[Plain], ...]
    #: The first errors, as rows of their table, and how many there are.
    errors: tuple[list[Plain], ...]
    erroneous: int
    #: What a person should know about how tables were read.
    notes: tuple[Diagnostic, ...] = ()
    #: How many parts of an earlier run were taken as they were.
    kept: int = 0
    #: The files that were written, and what they are.
    written: tuple[tuple[str, Phrase], ...] = ()

    def state(self, name: str) -> int:
        """How many forms are scored, incomplete or rejected."""
        return self.tally.counts["state", name]

    @property
    def read(self) -> int:
        """How many forms were met."""
        return sum(self.tally.below("state").values())


class Gathered:
    """What is known of the parts so far."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.labels: dict[str, str] = {}
        self.forms = 0
        self.skipped: list[list[Plain]] = []
        self.errors: list[list[Plain]] = []
        self.erroneous = 0
        self._ranked: list[ranking.Ranked] = []
        self._waiting: dict[int, queue.Waiting] = {}
        self._texts: list[list[Plain]] = []
        self._repeated = queue.Repeated()
        self._content = {table: Content(sheet) for table, sheet in _SHEETS.items()}

    def take(self, part: Part) -> None:
        """Take in one part more."""
        before = self.forms
        self.forms += part.forms
        self.tally.add(part.tally)
        self.labels = {**self.labels, **part.labels}
        self.skipped += part.skipped
        for *row, lost in part.of("results", before):
            self._content["results"].take(row, lost)
            if (found := ranking.ranked(row)) is not None:
                self._ranked.append(found)
        for table in ("errors", "indicators", "findings"):
            for row in part.of(table, before):
                self._content[table].take(row)
                if table == "errors":
                    self.erroneous += 1
                    self.errors += [row] if len(self.errors) < _TOLD else []
        for row in part.of("queue", before):
            who, reasons = row[:-1], row[-1]
            found_reasons = tuple(queue.Reason(name, Phrase(zh, en)) for name, zh, en in reasons)
            self._waiting[who[0]] = queue.Waiting(*who)._replace(reasons=found_reasons)
        for row in part.of("texts", before):
            self._texts.append(row)
            for text, _ in row[-1]:
                self._repeated.take(_whose(row), text)

    def done(self, inputs: dict[str, str], rules: dict[str, str], kept: int) -> Done:
        """What the run came to."""
        for row in self._texts:
            who, texts = row[:-1], row[-1]
            reason = self._repeated.reason(_whose(row), texts)
            if reason is not None:
                waiting = self._waiting.get(who[0]) or queue.Waiting(*who)
                self._waiting[who[0]] = waiting._replace(reasons=(*waiting.reasons, reason))
        return Done(
            self.tally,
            self.labels,
            tuple(ranking.rank(self._ranked)),
            tuple(queue.order(list(self._waiting.values()))),
            {table: content.text() for table, content in self._content.items()},
            inputs,
            rules,
            tuple(self.skipped),
            tuple(self.errors),
            self.erroneous,
            kept=kept,
        )


def _whose(row: list[Plain]) -> str:
    """The unit that a text belongs to; a form without one stands for itself."""
    unit: str = row[4] or row[1] or f"{row[2]}:{row[3]}"
    return unit
