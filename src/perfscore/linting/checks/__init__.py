"""
The checks: one file each, found by its name, which is the code of what it finds.

A check has `SEVERITY`, `SAYS` (in a few words, what is wrong where it is found), `PAGE`, and `check(subject)`, which yields what it finds as
`Found`: a place, what is wrong there, and what to do. It never looks at severities, suppressions or settings of other checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.text.diagnostic import Edit, Severity
from perfscore.text.phrase import Phrase
from perfscore.text.rooms import modules
from perfscore.text.source import Span


class Found(NamedTuple):
    """One finding of a check, which has no need to say its own name."""

    span: Span
    says: Phrase
    hint: Phrase | None = None
    more: tuple[tuple[Phrase, Span], ...] = ()
    edits: tuple[Edit, ...] = ()


class Check(Protocol):
    """What every file of this room offers."""

    SEVERITY: Severity
    SAYS: Phrase
    PAGE: Page

    def check(self, subject: Subject) -> Iterator[Found]:
        """What is wrong with the rule set, in the order of its indicators."""


@cache
def codes() -> tuple[str, ...]:
    """The codes of all checks."""
    return tuple(name.replace("_", "-") for name in modules(__path__))


def find(code: str) -> Check:
    """The check of a code that `codes` lists."""
    return cast("Check", import_module(f"{__name__}.{code.replace('-', '_')}"))
