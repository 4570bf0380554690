"""Findings and the texts that they were made in, to those that stand and those that a comment allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from perfscore.checking.codes import Catalogue
from perfscore.checking.comments import Comment, comments, faults, unused
from perfscore.checking.settings import Settings
from perfscore.model.review import Allowed
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.source import Source


class Standing(NamedTuple):
    """What is to be said, in the order of the texts, and what is allowed with a reason."""

    findings: tuple[Diagnostic, ...]
    allowed: tuple[Allowed, ...]


def standing(
    found: Iterable[Diagnostic],
    own: Iterable[Source],
    inherited: Iterable[Source],
    catalogue: Catalogue,
    settings: Settings,
    mine: Callable[[Comment], bool] = lambda _: True,
) -> Standing:
    """
    What stands of the findings, each once.

    Comments hold in a text of one's `own` and in one that it is built on. Of the latter nobody is told that a comment is of no use, which it may be
    to the base alone, and so it is with those of one's own text that are not `mine`: another form of the file may need them.
    """
    # What several variants share is found once.
    once = sorted({(one.code, one.span, one.says): one for one in found}.values(), key=_place)
    made = {source: comments(source) for source in own}
    stand, allowed, used = _parted(once, [comment for some in (*made.values(), *map(comments, inherited)) for comment in some])
    for some in made.values():
        own_ones = [comment for comment in some if mine(comment)]
        stand += [one for one in faults(own_ones, catalogue) if settings.wants(one.code)]
        for comment in own_ones:
            left = [code for code in comment.codes if code in catalogue.codes and settings.wants(code) and (comment.span, code) not in used]
            stand += [unused(comment, code) for code in left if settings.wants("unused-suppression")]
    return Standing(tuple(sorted(stand, key=_place)), tuple(allowed))


def _parted(found: list[Diagnostic], made: list[Comment]) -> tuple[list[Diagnostic], list[Allowed], set[tuple[object, str]]]:
    stand: list[Diagnostic] = []
    allowed: list[Allowed] = []
    used: set[tuple[object, str]] = set()
    for one in found:
        comment = next((comment for comment in made if _allows(comment, one)), None)
        if comment is None:
            stand.append(one)
        else:
            used.add((comment.span, one.code))
            allowed.append(Allowed(one, comment.reason, comment.span))
    return stand, allowed, used


def _allows(comment: Comment, one: Diagnostic) -> bool:
    if one.code not in comment.codes or not comment.reason or one.span is None or one.span.source is not comment.span.source:
        return False
    return comment.line in (0, one.span.line)


def _place(one: Diagnostic) -> tuple[str, int, int, str]:
    if one.span is None:
        return "", 0, 0, one.code
    return one.span.source.name, one.span.line, one.span.column, one.code
