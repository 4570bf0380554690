"""What a check yields: a place, what is wrong there, what to do, and for a printed number what it was held against."""

from __future__ import annotations

from typing import NamedTuple

from perfscore.text.diagnostic import Diagnostic, Edit, Evidence, Severity
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span


class Found(NamedTuple):
    """
    One finding of a check, which has no need to say its own name.

    A comparison that comes out well is yielded, too, with its verdict in the evidence: it is counted, and is no finding.
    """

    span: Span
    says: Phrase
    hint: Phrase | None = None
    more: tuple[tuple[Phrase, Span], ...] = ()
    edits: tuple[Edit, ...] = ()
    evidence: Evidence | None = None
    #: Another severity than the check's own, for what is only worth a word.
    severity: Severity | None = None

    def told(self, code: str, severity: Severity) -> Diagnostic:
        """The finding under its code; the `severity` is what it has unless it says otherwise."""
        return Diagnostic(code, self.says, self.span, self.hint, self.severity or severity, self.more, self.edits, self.evidence)
