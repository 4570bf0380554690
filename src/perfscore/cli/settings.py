"""Options of the command and of a settings file (perfscore.toml, or [tool.perfscore] of pyproject.toml) to settings."""

from __future__ import annotations

from typing import Any

from perfscore.lint.codes import SEVERITIES, known
from perfscore.lint.settings import Settings
from perfscore.text.diagnostic import Diagnostic, Rejected, Severity
from perfscore.text.phrase import Phrase


def lint_settings(chosen: Any) -> tuple[Settings, Severity]:
    """What to look for, and from which severity on the exit status tells; raises Rejected for words that mean nothing."""
    select = None if chosen.select is None else known(_words(chosen.select))
    severity = dict(_severity(pair) for given in chosen.severity or () for pair in _words([given]))
    return Settings(select, known(_words(chosen.ignore or ())), severity), chosen.fail_on or "warning"


def _words(given: list[str] | tuple[str, ...]) -> list[str]:
    return [word for text in given for word in text.replace("，", ",").replace(" ", ",").split(",") if word]


def _severity(pair: str) -> tuple[str, Severity]:
    code, _, word = pair.partition("=")
    known([code])
    for severity in SEVERITIES:
        if word == severity:
            return code, severity
    says = Phrase(f"--severity 应写作 编号=error、warning 或 advice，写的是 {pair}", f"--severity takes CODE=error, warning or advice, not {pair}")
    raise Rejected([Diagnostic("bad-arguments", says)])
