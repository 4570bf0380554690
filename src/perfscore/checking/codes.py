"""The checks of a room by their codes, and codes as somebody wrote them, to those that there are."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cached_property
from importlib import import_module
from typing import Any

from perfscore.text.diagnostic import Diagnostic, Rejected, Severity
from perfscore.text.nearest import nearest
from perfscore.text.phrase import Phrase
from perfscore.text.rooms import modules
from perfscore.text.source import Span

#: What is said of the comments that allow a finding.
OWN = ("suppression-without-reason", "unknown-code", "unused-suppression")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")


class Catalogue:
    """The checks of a room where one file is one check, which is called like its code."""

    def __init__(self, package: str, path: Iterable[str]) -> None:
        self.package, self.path = package, tuple(path)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of all checks."""
        return tuple(name.replace("_", "-") for name in modules(self.path))

    @cached_property
    def every(self) -> tuple[str, ...]:
        """Every code that can be chosen, ignored or given another severity."""
        return tuple(sorted((*self.codes, *OWN)))

    def find(self, code: str) -> Any:
        """The check of one of the codes."""
        name = f"{self.package}.{code.replace('-', '_')}"
        # Asked for every form and every finding; asking the import system takes longer than many a check.
        return sys.modules.get(name) or import_module(name)

    def known(self, names: Iterable[str], span: Span | None = None) -> frozenset[str]:
        """The names, which are codes all; raises Rejected with those that are none."""
        found = frozenset(names)
        problems = [self.unknown(name, span) for name in sorted(found.difference(self.every))]
        if problems:
            raise Rejected(problems)
        return found

    def unknown(self, name: str, span: Span | None) -> Diagnostic:
        """What is said of a code that no check has."""
        near = nearest(name, self.every)
        hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else None
        return Diagnostic("unknown-code", Phrase(f"没有编号为 {name} 的检查", f"no check has the code {name}"), span, hint)
