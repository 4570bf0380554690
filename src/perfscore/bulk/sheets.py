"""The tables of a run: their columns, once and in both languages, and how a row of plain values becomes what a reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from perfscore.text.phrase import Lang, Phrase

#: A text, a whole number, an exact number written as a text, a pair of words in both languages, or such a pair that is a sentence.
Kind = Literal["text", "whole", "number", "words", "sentence"]
#: What a row holds, ready for JSON: texts, whole numbers, nothing, and pairs of words.
Plain = Any
PlainRow = Sequence[Plain]

#: Formats that people open: heads and words are in their language. In the others both are English, so that a program finds them anywhere.
FOR_PEOPLE = ("csv", "xlsx")
FORMATS = ("csv", "jsonl", "parquet", "arrow", "xlsx")


class Column(NamedTuple):
    """A column of a table: the name for programs, the head for people, and what stands in it."""

    name: str
    head: Phrase
    kind: Kind = "text"

    def value(self, plain: Plain, lang: Lang) -> str | int | None:
        """What stands in a cell."""
        if plain is None or self.kind not in ("words", "sentence"):
            found: str | int | None = plain
            return found
        return str(Phrase(*plain).text(lang))


class Sheet(NamedTuple):
    """A table of a run: the stem of its file, what it is, its columns."""

    stem: str
    says: Phrase
    columns: tuple[Column, ...]

    def heads(self, format: str, lang: Lang) -> list[str]:
        """The heads of the columns in a file of a format."""
        return [column.head.text(lang) if format in FOR_PEOPLE else column.name for column in self.columns]

    def cells(self, row: PlainRow, format: str, lang: Lang) -> list[str | int | None]:
        """A row as it stands in a file of a format; sentences are in the reader's language everywhere."""
        words: Lang = lang if format in FOR_PEOPLE else "en"
        return [column.value(plain, lang if column.kind == "sentence" else words) for column, plain in zip(self.columns, row, strict=True)]

    def told(self, row: PlainRow) -> list[Plain]:
        """What of a row is a result: without its sentences, whose wording may become better."""
        return [plain for column, plain in zip(self.columns, row, strict=True) if column.kind != "sentence"]


def texts(values: Iterable[Phrase]) -> list[list[str]]:
    """Phrases as plain pairs."""
    return [[one.zh, one.en] for one in values]


FORM = Column("form", Phrase("序号", "form"), "whole")
FILE = Column("file", Phrase("文件", "file"))
ROW = Column("row", Phrase("行", "row"), "whole")
UNIT = Column("unit", Phrase("单位", "unit"))
PROJECT = Column("project", Phrase("项目", "project"))
YEAR = Column("year", Phrase("年度", "year"), "whole")
RULES = Column("rules", Phrase("规则", "rules"))
SCORE = Column("score", Phrase("得分", "score"), "number")
LOW = Column("low", Phrase("得分下限", "low"), "number")
HIGH = Column("high", Phrase("得分上限", "high"), "number")
POINTS = Column("points", Phrase("分值", "points"), "number")
GRADE = Column("grade", Phrase("等级", "grade"), "words")
STATUS = Column("status", Phrase("状态", "status"), "words")
LOST = Column("lost", Phrase("未得分", "lost"), "number")
#: Where something stands in a file.
LINE = Column("line", Phrase("所在行", "line"), "whole")
COLUMN = Column("column", Phrase("所在列", "column"), "whole")
CODE = Column("code", Phrase("编号", "code"))
SAYS = Column("says", Phrase("说明", "says"), "sentence")
