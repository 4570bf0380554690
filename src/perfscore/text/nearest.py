"""Which known name a misspelt word stands for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LONGEST = 60


def nearest(word: str, words: Iterable[str]) -> str | None:
    """
    The known name that `word` most likely means, or None when none is near enough to be worth a question.

    Letter case, width (ＡＢ, AB), blanks, hyphens and underscores do not count; an insertion, a deletion, a replacement and a swap of
    two neighbours count one each. Two Chinese characters say about as much as five Latin letters, so they may differ by as much. If nothing is that near, the one name that begins with the word,
    or that the word begins with, is meant.
    """
    wanted = _folded(word)
    if not wanted or len(wanted) > _LONGEST:
        return None
    allowed = _allowed(wanted)
    best: tuple[int, int] | None = None
    found: str | None = None
    longer: list[str] = []
    for known in words:
        name = _folded(known)
        if _begins(wanted, name):
            longer.append(known)
        if not name or abs(len(name) - len(wanted)) > allowed:
            continue
        distance = _distance(wanted, name, allowed)
        if distance > allowed or distance >= len(wanted) or distance >= len(name):
            continue
        # Among equally near names the one that begins alike: people misspell the ends of words.
        rank = (distance, -_alike(wanted, name))
        if best is None or rank < best:
            best, found = rank, known
    return longer[0] if found is None and len(longer) == 1 else found


def _begins(one: str, other: str) -> bool:
    """Whether one of both is the other cut short: 偏差原因 for 偏差原因分析."""
    shorter = min(one, other, key=len)
    return len(shorter) >= (4 if shorter.isascii() else 2) and one.startswith(shorter) and other.startswith(shorter)


def _folded(word: str) -> str:
    folded = word if word.isascii() else unicodedata.normalize("NFKC", word)
    return folded.casefold().replace("_", "").replace("-", "").replace(" ", "")


def _allowed(word: str) -> int:
    length = len(word)
    if word.isascii():
        return 0 if length < 3 else 1 if length < 6 else 2 if length < 10 else 3
    return 1 if length < 5 else 2


def _alike(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _distance(one: str, other: str, bound: int) -> int:
    """Optimal string alignment distance, or bound + 1 as soon as it must be greater than the bound."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > bound and min(above) > bound:
            return bound + 1
        before, above = above, row
    return above[-1]
