"""The two-language sentence that every message of the project is."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]
#: Of a longer list nobody reads the rest; a rule file may have thousands of words where a form has one that is none of them.
_LISTED = 30


class Phrase(NamedTuple):
    """One thing said in both languages, side by side where it is said."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """The sentence in one language."""
        return self.zh if lang == "zh" else self.en


def listed(zh: Sequence[str], en: Sequence[str] | None = None) -> Phrase:
    """Words one behind the other, 优、良、中; of a long list the first, and how many there are."""
    en = zh if en is None else en
    more = len(zh) > _LISTED
    return Phrase(
        "、".join(zh[:_LISTED]) + (f" 等 {len(zh)} 个" if more else ""), ", ".join(en[:_LISTED]) + (f", … ({len(en)} in all)" if more else "")
    )


def same(words: str) -> Phrase:
    """A phrase that reads alike in both languages: a name, a number, a label quoted from a file."""
    return Phrase(words, words)
