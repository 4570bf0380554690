"""The two-language sentence that every message of the project is."""

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Phrase(NamedTuple):
    """One thing said in both languages, side by side where it is said."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """The sentence in one language."""
        return self.zh if lang == "zh" else self.en


def same(words: str) -> Phrase:
    """A phrase that reads alike in both languages: a name, a number, a label quoted from a file."""
    return Phrase(words, words)
