"""
The checks of an audit: one file each, found by its name, which is the code of what it finds.

A check has `SEVERITY`, `SAYS`, `PAGE` and `check(subject)`, which yields `Found`: a place, what is wrong there, what to do, and for a printed number
the evidence. A comparison that comes out well is yielded, too, with its verdict: it is counted, and is no finding.

One place gets one telling finding: a check may name in `INSTEAD_OF` the codes whose finding at the same place gives way to its own, as
`limit-broken-full-points` says better why a score cannot be right than `score-differs`. Where the telling one is not asked for, the other stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from perfscore.auditing.subject import Subject
from perfscore.checking.codes import Catalogue
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.diagnostic import Severity
from perfscore.text.phrase import Phrase

CATALOGUE = Catalogue(__name__, __path__)


class Check(Protocol):
    """What every file of this room offers."""

    SEVERITY: Severity
    SAYS: Phrase
    PAGE: Page

    def check(self, subject: Subject) -> Iterator[Found]:
        """What cannot be right, in the order of the form."""


def codes() -> tuple[str, ...]:
    """The codes of all checks."""
    return CATALOGUE.codes


def find(code: str) -> Check:
    """The check of a code that `codes` lists."""
    return cast("Check", CATALOGUE.find(code))


def instead_of(code: str) -> tuple[str, ...]:
    """The codes whose findings give way to one of this code at the same place."""
    return getattr(find(code), "INSTEAD_OF", ())


__all__ = ["CATALOGUE", "Check", "Found", "codes", "find", "instead_of"]
