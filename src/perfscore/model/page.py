"""The page of a code: what a finding means, for whoever asks `perfscore explain CODE`."""

from __future__ import annotations

from typing import NamedTuple

from perfscore.text.phrase import Phrase


class Page(NamedTuple):
    """
    What is found, why it matters, a piece of a file in which it is found and the same piece mended, and how to mend it.

    `wrong` and `right` are rule files, or pieces of them as `framed` completes them; the tests hold that the code is found in one and not in the other.
    """

    what: Phrase
    why: Phrase
    fix: Phrase
    wrong: str = ""
    right: str = ""


#: What every rule file says; a piece in a page leaves it out.
_FRAME = 'ruleset: county/example\nversion: "2024"\nbasis: [{document: 县财绩〔2024〕1号, verified: true}]\n'


def framed(piece: str) -> str:
    """The rule file that a piece in a page stands for."""
    return piece if piece.startswith(("ruleset:", "规则:")) else _FRAME + piece
