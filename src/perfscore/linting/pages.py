"""The page of a code, whichever room it stands in: that of a check, or of what the readers of files say."""

from __future__ import annotations

import re

from perfscore import pages
from perfscore.linting import checks
from perfscore.model.page import Page
from perfscore.text.diagnostic import Severity
from perfscore.text.phrase import Phrase

_SENTENCE_ZH, _SENTENCE_EN = re.compile(r"[^。]*"), re.compile(r".*?(?=\.(?:\s|$)|$)", re.DOTALL)


def codes() -> tuple[str, ...]:
    """Every code that has a page."""
    return tuple(sorted({*checks.codes(), *pages.codes()}))


def page(code: str) -> Page | None:
    """The page of a code, if it has one."""
    return checks.find(code).PAGE if code in checks.codes() else pages.page(code)


def says(code: str) -> Phrase | None:
    """In a few words, what a code says: those of its check, else the first sentence of its page."""
    if code in checks.codes():
        return checks.find(code).SAYS
    found = page(code)
    return None if found is None else Phrase(_first(_SENTENCE_ZH, found.what.zh), _first(_SENTENCE_EN, found.what.en))


def severity(code: str) -> Severity | None:
    """How severe the finding of a check is unless somebody says otherwise; a message of a reader is what it says it is."""
    return checks.find(code).SEVERITY if code in checks.codes() else None


def _first(sentence: re.Pattern[str], text: str) -> str:
    match = sentence.match(text)
    return text if match is None else match[0]
