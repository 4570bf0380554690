"""The page of a code to an outline: what is found, why it matters, where it is found and where not, and how to mend it."""

from __future__ import annotations

import re

from perfscore.forms.shape import FORM
from perfscore.model.page import Page
from perfscore.report.findings import SEVERITY
from perfscore.ruleset.printer import respelled
from perfscore.ruleset.shape import RULESET
from perfscore.text.diagnostic import Severity
from perfscore.text.phrase import Lang, Phrase
from perfscore.views.outline import Block, Facts, Heading, Outline, Paragraph, Verbatim

#: Keys that only form files have, in the first column.
_FORM_KEYS = re.compile(r"^(?:unit|year|budget|claims):", re.MULTILINE)


def outline(code: str, says: Phrase, severity: Severity | None, page: Page, lang: Lang) -> Outline:
    """The whole page in one language, its pieces of files with the keys of that language; without a severity nothing is said of it."""
    blocks: list[Block] = [
        *([] if severity is None else [Facts(((Phrase("级别", "severity").text(lang), SEVERITY[severity].text(lang)),))]),
        Paragraph(page.what.text(lang)),
        Heading(2, Phrase("为什么要紧", "Why it matters").text(lang)),
        Paragraph(page.why.text(lang)),
    ]
    for title, piece in ((Phrase("这样写会查出来", "This is found"), page.wrong), (Phrase("这样写就对了", "This is right"), page.right)):
        if piece:
            blocks += [Heading(2, title.text(lang)), Verbatim(spoken(piece, lang))]
    blocks += [Heading(2, Phrase("怎样改", "How to mend it").text(lang)), Paragraph(page.fix.text(lang))]
    return Outline(f"{code}{Phrase('：', ': ').text(lang)}{says.text(lang)}", tuple(blocks))


def spoken(piece: str, lang: Lang) -> str:
    """A piece of a file with the keys of a language: a form's where keys say that it is one, else those of a rule file."""
    return respelled(piece, lang, FORM if _FORM_KEYS.search(piece) else RULESET)
