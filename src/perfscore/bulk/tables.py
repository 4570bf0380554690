"""What a run came to, to the files of its folder: each whole or not at all, the receipt last."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from perfscore.bulk import queue, ranking, receipt, results, summary
from perfscore.bulk.gathered import Done
from perfscore.bulk.job import Job
from perfscore.bulk.parts import Part
from perfscore.bulk.sheets import PlainRow, Sheet
from perfscore.bulk.whole import put
from perfscore.bulk.writing import Rows, write_sheet
from perfscore.text.drafts import settle
from perfscore.text.phrase import Phrase

if TYPE_CHECKING:
    from perfscore.bulk.run import Target

#: The parts once more, as far as they are rows of one table, with the number of forms before each.
Again = Callable[[str], Iterator[tuple[int, Part]]]

_SUMMARY = Phrase("汇总", "the summary")
_RECEIPT = Phrase("凭据：据此可以重算核对（perfscore verify）", "the receipt, by which the run can be replayed (perfscore verify)")


def write(job: Job, target: Target, done: Done, again: Again) -> tuple[tuple[str, Phrase], ...]:
    """
    Write the tables, the summary and the receipt, and take the parts away.

    All are finished beside the parts before the first is moved, so that a run that is stopped leaves the tables of one run.
    """
    from perfscore.bulk.run import PARTS, clear, standing

    made = [(f"{sheet.stem}.{target.format}", sheet.says) for sheet, _ in _sheets(job, done, again)]
    for sheet, rows in _sheets(job, done, again):
        write_sheet(target.at(PARTS, f"{sheet.stem}.{target.format}"), sheet, rows, target.format, target.lang)
    put(target.at(PARTS, "summary.json"), summary.text(done, target.lang))
    put(target.at(PARTS, "receipt.json"), receipt.text(job, done))
    made += [("summary.json", _SUMMARY), ("receipt.json", _RECEIPT)]
    # The receipt of an earlier run goes first: it must not stand beside tables that it is not for.
    for name in ("receipt.json", *standing(target.folder)):
        if name != PARTS:
            with suppress(FileNotFoundError):
                os.unlink(target.at(name))
    for name, _ in made:
        os.replace(target.at(PARTS, name), target.at(name))
        settle(target.folder)
    clear(target.folder)
    return tuple(made)


def _sheets(job: Job, done: Done, again: Again) -> Iterator[tuple[Sheet, Rows]]:
    sheet = results.with_lost(done.labels)
    yield sheet, partial(_results, done, again)
    yield results.ERRORS, partial(_of, "errors", again)
    if job.options.indicators:
        yield results.INDICATORS, partial(_of, "indicators", again)
    if job.options.audit:
        yield results.FINDINGS, partial(_of, "findings", again)
    yield ranking.RANKING, lambda: (ranking.row(*one) for one in done.ranking)
    yield queue.REVIEW, lambda: (queue.row(place, one) for place, one in enumerate(done.queue, 1))


def _results(done: Done, again: Again) -> Iterator[PlainRow]:
    for before, part in again("results"):
        for *row, lost in part.of("results", before):
            yield [*row, *(lost.get(label) for label in done.labels)]


def _of(table: str, again: Again) -> Iterator[PlainRow]:
    for before, part in again(table):
        yield from part.of(table, before)
