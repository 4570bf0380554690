"""The page of a code, whichever room it stands in: that of a check, or of what the readers of files say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from perfscore import pages
from perfscore.auditing.checks import CATALOGUE as OF_FORMS
from perfscore.checking.codes import Catalogue
from perfscore.linting.checks import CATALOGUE as OF_RULES
from perfscore.model.page import Page
from perfscore.model.review import Review
from perfscore.text.diagnostic import Severity
from perfscore.text.phrase import Phrase

_SENTENCE_ZH, _SENTENCE_EN = re.compile(r"[^。]*"), re.compile(r".*?(?=\.(?:\s|$)|$)", re.DOTALL)


#: The rooms of checks, by the command that runs them.
CHECKS: dict[str, Catalogue] = {"lint": OF_RULES, "audit": OF_FORMS}


def codes() -> tuple[str, ...]:
    """Every code that has a page."""
    return tuple(sorted({*pages.codes(), *(code for room in CHECKS.values() for code in room.codes)}))


def command(code: str) -> str | None:
    """The command whose check a code is; None for what readers say."""
    return next((name for name, room in CHECKS.items() if code in room.codes), None)


def _check(code: str) -> Any:
    name = command(code)
    return None if name is None else CHECKS[name].find(code)


def page(code: str) -> Page | None:
    """The page of a code, if it has one."""
    check = _check(code)
    found: Page | None = pages.page(code) if check is None else check.PAGE
    return found


def says(code: str) -> Phrase | None:
    """In a few words, what a code says: those of its check, else the first sentence of its page."""
    check = _check(code)
    if check is not None:
        words: Phrase = check.SAYS
        return words
    found = page(code)
    return None if found is None else Phrase(_first(_SENTENCE_ZH, found.what.zh), _first(_SENTENCE_EN, found.what.en))


def told(found: Iterable[Review]) -> dict[str, tuple[Phrase, Page]]:
    """What is said of each code that was found, and its page, as far as it has one."""
    codes = sorted({one.code for review in found for one in (*review.findings, *(held.finding for held in review.allowed))})
    return {code: (said, its) for code in codes if (said := says(code)) is not None and (its := page(code)) is not None}


def severity(code: str) -> Severity | None:
    """How severe the finding of a check is unless somebody says otherwise; a message of a reader is what it says it is."""
    check = _check(code)
    found: Severity | None = None if check is None else check.SEVERITY
    return found


def _first(sentence: re.Pattern[str], text: str) -> str:
    match = sentence.match(text)
    return text if match is None else match[0]
