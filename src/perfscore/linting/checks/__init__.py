"""
The checks: one file each, found by its name, which is the code of what it finds.

A check has `SEVERITY`, `SAYS` (in a few words, what is wrong where it is found), `PAGE`, and `check(subject)`, which yields what it finds as
`Found`: a place, what is wrong there, and what to do. It never looks at severities, suppressions or settings of other checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from perfscore.checking.codes import Catalogue
from perfscore.checking.found import Found
from perfscore.linting.subject import Subject
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
        """What is wrong with the rule set, in the order of its indicators."""


def codes() -> tuple[str, ...]:
    """The codes of all checks."""
    return CATALOGUE.codes


def find(code: str) -> Check:
    """The check of a code that `codes` lists."""
    return cast("Check", CATALOGUE.find(code))


__all__ = ["CATALOGUE", "Check", "Found", "codes", "find"]
