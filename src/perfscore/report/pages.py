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

_KEY = re.compile(r"[^\W\d][\w-]*(?=\s?[:：])")


def outline(code: str, says: Phrase, severity: Severity | None, page: Page, lang: Lang) -> Outline:
    """The whole page in one language, its pieces of files with the keys of that language; without a severity nothing is said of it."""
    blocks: list[Block] = [
        *([] if severity is None else [Facts(((Phrase("级别", "severity").text(lang), SEVERITY[severity].text(lang)),))]),
        Paragraph(page.what.text(lang)),
        Heading(2, Phrase("为什么要紧", "Why it matters").text(lang)),
        Paragraph(page.why.text(lang)),
    ]
    wrong, right = pieces(page, lang)
    for title, piece in ((Phrase("这样写会查出来", "This is found"), wrong), (Phrase("这样写就对了", "This is right"), right)):
        if piece:
            blocks += [Heading(2, title.text(lang)), Verbatim(piece)]
    blocks += [Heading(2, Phrase("怎样改", "How to mend it").text(lang)), Paragraph(page.fix.text(lang))]
    return Outline(f"{code}{Phrase('：', ': ').text(lang)}{says.text(lang)}", tuple(blocks))


def pieces(page: Page, lang: Lang) -> tuple[str, str]:
    """The two pieces of a page with the keys of a language; they are written with English ones."""
    if lang == "en":
        return page.wrong, page.right
    right = _chinese(page.right)
    wrong = _chinese(page.wrong)
    # What is no YAML has no keys to be found: a line that it shares with the right piece is that line, and other keys are as they are there.
    return (_like(page.wrong, page.right, right) if wrong == page.wrong else wrong), right


def _chinese(piece: str) -> str:
    return respelled(piece, "zh", FORM if piece.startswith(("rules:", "unit:")) else RULESET)


def _like(piece: str, english: str, chinese: str) -> str:
    lines = dict(zip(english.split("\n"), chinese.split("\n"), strict=True))
    # One English key can be two Chinese ones; the first stands nearest to the head of the file, as what is wrong does.
    keys = dict(reversed([*zip(_KEY.findall(english), _KEY.findall(chinese), strict=False)]))
    return "\n".join(lines.get(line) or _KEY.sub(lambda key: keys.get(key[0], key[0]), line) for line in piece.split("\n"))
