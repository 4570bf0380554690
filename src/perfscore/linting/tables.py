"""The tables of bands in a rule set, as written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perfscore.linting.subject import Drawn, Subject
from perfscore.scoring.methods.bands import Band
from perfscore.text.source import Span


class Row(NamedTuple):
    """A band, where it stands, and its characters there with their quotes; none where they take more than a line."""

    band: Band
    span: Span
    token: str


def tables(subject: Subject) -> Iterator[tuple[Drawn, tuple[Row, ...]]]:
    """Every table of bands, once for each curve that is drawn from it."""
    for drawn in subject.curves:
        if drawn.use.name == "bands":
            yield drawn, tuple(Row(row.value, row.span, _token(row.span)) for row in drawn.use.parameters["bands"])


def _token(span: Span) -> str:
    return span.source.line(span.line)[span.column - 1 : span.end_column - 1] if span.line == span.end_line else ""
