"""The edits of findings to the text of a rule file that they make, for as long as it stays as good as it was."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from perfscore.checking.settings import Settings
from perfscore.linting.run import lint
from perfscore.ruleset.build import build
from perfscore.text.decode import encoded
from perfscore.text.diagnostic import Diagnostic, Edit, Rejected
from perfscore.text.edits import Places, edited
from perfscore.text.phrase import Phrase, listed
from perfscore.text.source import Source

_ROUNDS = 10


class Mended(NamedTuple):
    """A rule file as it was and as it would be, and how many findings that mends."""

    before: Source
    after: Source
    mended: int


class _Seen(NamedTuple):
    """What was found in a text, and whether all of it could be looked at."""

    found: tuple[Diagnostic, ...]
    usable: bool

    def errors(self) -> Counter[str]:
        return Counter(one.code for one in self.found if one.severity == "error")


def mend(source: Source, folder: str | None, settings: Settings) -> Mended:
    """
    The file with every edit made that a finding in it asks for, again and again until there is none; nothing else is changed.

    Raises Rejected, saying why, where the edits would not come to an end, or would make of the file what it was not: unusable, or wrong elsewhere.
    """
    first = seen = _look(source, folder, settings)
    now, mended = source, 0
    for _ in range(_ROUNDS):
        edits, number = _chosen(seen.found, now)
        text = edited(now, edits)
        if text == now.text:
            return Mended(source, now, mended)
        now, mended = Source(source.name, text, encoded(text, source.content)), mended + number
        seen = _look(now, folder, settings)
        _vet(first, seen, source)
    says = Phrase(f"{source.name} 改了 {_ROUNDS} 遍还改不完，没有改动", f"{source.name} is not done after {_ROUNDS} rounds, and was not changed")
    raise Rejected([Diagnostic("not-mended", says)])


def _look(source: Source, folder: str | None, settings: Settings) -> _Seen:
    try:
        return _Seen(lint(build(source, folder), settings=settings).findings, usable=True)
    except Rejected as rejected:
        return _Seen(rejected.diagnostics, usable=False)


def _chosen(found: tuple[Diagnostic, ...], source: Source) -> tuple[list[Edit], int]:
    """The edits of findings that are in this text alone, those of a finding all or none; of two that overlap the first."""
    places = Places(source)
    taken: list[tuple[int, int]] = []
    chosen: list[Edit] = []
    number = 0
    for one in found:
        if not one.edits or any(edit.span.source is not source for edit in one.edits):
            continue
        wanted = [places.of(edit.span) for edit in one.edits]
        if not any(_overlap(new, old) for new in wanted for old in taken):
            taken += wanted
            chosen += one.edits
            number += 1
    return chosen, number


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    # Two that put something at the same place overlap, too: which comes first would be chance.
    return one == other or (one[0] < other[1] and other[0] < one[1])


def _vet(before: _Seen, after: _Seen, source: Source) -> None:
    # What can be looked at only now was not found before, and is not new for that.
    worse = after.errors() - before.errors() if before.usable or not after.usable else Counter[str]()
    if worse or (before.usable and not after.usable):
        codes = listed(sorted(worse))
        says = Phrase(
            f"{source.name} 改了会出现新的错误（{codes.zh}），没有改动", f"mending {source.name} would make new errors ({codes.en}): not changed"
        )
        raise Rejected([Diagnostic("not-mended", says)])
