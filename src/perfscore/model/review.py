"""What a review of a file found, and what of it is allowed, with the reason that somebody wrote."""

from __future__ import annotations

from typing import NamedTuple

from perfscore.text.diagnostic import Diagnostic
from perfscore.text.source import Span


class Allowed(NamedTuple):
    """A finding that the file allows, the reason given, and where."""

    finding: Diagnostic
    reason: str
    span: Span


class Review(NamedTuple):
    """A file by its name, what was found in it and stands, and what is allowed; `usable` says whether all of it could be looked at."""

    name: str
    findings: tuple[Diagnostic, ...]
    allowed: tuple[Allowed, ...] = ()
    usable: bool = True
