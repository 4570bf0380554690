"""
The checks of an audit: one file each, found by its name, which is the code of what it finds.

A check has `SEVERITY`, `SAYS`, `PAGE` and `check(subject)`, which yields `Found`: a place, what is wrong there, what to do, and for a printed number
the evidence. A comparison that comes out well is yielded, too, with its verdict: it is counted, and is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from perfscore.auditing.subject import Subject
from perfscore.model.page import Page
from perfscore.text.diagnostic import Evidence, Severity
from perfscore.text.phrase import Phrase
from perfscore.text.rooms import modules
from perfscore.text.source import Span


class Found(NamedTuple):
    """One finding of a check, or a comparison that came out well."""

    span: Span | None
    says: Phrase
    hint: Phrase | None = None
    more: tuple[tuple[Phrase, Span], ...] = ()
    evidence: Evidence | None = None
    #: Another severity than the check's own, for what is only worth a word.
    severity: Severity | None = None


class Check(Protocol):
    """What every file of this room offers."""

    SEVERITY: Severity
    SAYS: Phrase
    PAGE: Page

    def check(self, subject: Subject) -> Iterator[Found]:
        """What cannot be right, in the order of the form."""


@cache
def codes() -> tuple[str, ...]:
    """The codes of all checks."""
    return tuple(name.replace("_", "-") for name in modules(__path__))


def find(code: str) -> Check:
    """The check of a code that `codes` lists."""
    return cast("Check", import_module(f"{__name__}.{code.replace('-', '_')}"))
