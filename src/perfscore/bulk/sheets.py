"""The tables of a run: their columns, once and in both languages, and how a row of plain values becomes what a reader sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from perfscore.text.phrase import Lang, Phrase

#: A text, a whole number, an exact number written as a text, a label in both languages, a sentence in both, or one of a few states.
Kind = Literal["text", "whole", "number", "label", "sentence", "state"]
#: What a row holds, ready for JSON: texts, whole numbers, nothing, and pairs of words.
Plain = Any
PlainRow = Sequence[Plain]

#: Formats that people open: all is in their language. To a program columns and states have one name everywhere, and a label is that of the form.
FOR_PEOPLE = ("csv", "xlsx")
FORMATS = ("csv", "jsonl", "parquet", "arrow", "xlsx")


class Column(NamedTuple):
    """A column of a table: the name for programs, the head for people, and what stands in it."""

    name: str
    head: Phrase
    kind: Kind = "text"
    #: What the states are called.
    states: Mapping[str, Phrase] = {}

    def value(self, plain: Plain, format: str, lang: Lang) -> str | int | None:
        """What stands in a cell of a file of a format."""
        people = format in FOR_PEOPLE
        found: str | int | None = plain
        if plain is None:
            return None
        if self.kind == "state":
            found = self.states[plain].text(lang) if people else plain
        elif self.kind in ("label", "sentence"):
            found = Phrase(*plain).text(lang if people or self.kind == "sentence" else "zh")
        return found


class Sheet(NamedTuple):
    """A table of a run: the stem of its file, what it is, its columns."""

    stem: str
    says: Phrase
    columns: tuple[Column, ...]

    def heads(self, format: str, lang: Lang) -> list[str]:
        """The heads of the columns in a file of a format."""
        return [column.head.text(lang) if format in FOR_PEOPLE else column.name for column in self.columns]

    def cells(self, row: PlainRow, format: str, lang: Lang) -> list[str | int | None]:
        """A row as it stands in a file of a format."""
        return [column.value(plain, format, lang) for column, plain in zip(self.columns, row, strict=True)]

    def told(self, row: PlainRow) -> list[Plain]:
        """What of a row is a result: without its sentences, whose wording may become better."""
        return [plain for column, plain in zip(self.columns, row, strict=True) if column.kind != "sentence"]


FORM = Column("form", Phrase("序号", "form"), "whole")
KEY = Column("key", Phrase("表号", "key"))
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
GRADE = Column("grade", Phrase("等级", "grade"), "label")
LOST = Column("lost", Phrase("未得分", "lost"), "number")
#: Where something stands in a file.
LINE = Column("line", Phrase("所在行", "line"), "whole")
#: The head of a table's column, else the number of the character.
COLUMN = Column("column", Phrase("所在列", "column"))
CODE = Column("code", Phrase("编号", "code"))
SAYS = Column("says", Phrase("说明", "says"), "sentence")
