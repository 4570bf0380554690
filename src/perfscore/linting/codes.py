"""Codes as somebody wrote them, to those that there are."""

from __future__ import annotations

from collections.abc import Iterable

from perfscore.linting.checks import codes
from perfscore.text.diagnostic import Diagnostic, Rejected, Severity
from perfscore.text.nearest import nearest
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span

#: What is said of the comments that allow a finding.
OWN = ("suppression-without-reason", "unknown-code", "unused-suppression")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")


def every() -> tuple[str, ...]:
    """Every code that can be chosen, ignored or given another severity."""
    return tuple(sorted((*codes(), *OWN)))


def checks_among(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are codes of checks, each once."""
    return tuple(sorted(set(codes()).intersection(names)))


def known(names: Iterable[str], span: Span | None = None) -> frozenset[str]:
    """The names, which are codes all; raises Rejected with those that are none."""
    found = frozenset(names)
    problems = [unknown(name, span) for name in sorted(found.difference(every()))]
    if problems:
        raise Rejected(problems)
    return found


def unknown(name: str, span: Span | None) -> Diagnostic:
    """What is said of a code that no check has."""
    near = nearest(name, every())
    hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else None
    return Diagnostic("unknown-code", Phrase(f"没有编号为 {name} 的检查", f"no check has the code {name}"), span, hint)
