"""What a report says, between the report that knows the scores and the views that only know pages."""

from __future__ import annotations

from typing import Literal, NamedTuple

Tone = Literal["", "good", "bad", "weak", "strong"]
Align = Literal["left", "right"]
Colour = Literal["never", "always"]


class Layout(NamedTuple):
    """The page: its width in display cells (a Han character takes two) and whether tones may be shown in colour."""

    width: int = 80
    colour: Colour = "never"


class Heading(NamedTuple):
    """The title of a section; level 1 is the highest below the outline's own title."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """Running text; a line end in it starts a new line."""

    text: str


class Facts(NamedTuple):
    """Names with their values, one under the other."""

    rows: tuple[tuple[str, str], ...]


class Column(NamedTuple):
    """
    The head of a table column and how it yields on a narrow page.

    `weight` 0 keeps the column as wide as what stands in it (numbers, states); a positive weight lets its texts wrap,
    and is its share of the width that is left among the columns that do. `least` is the number of cells below which
    such a column is of no use.
    """

    title: str
    align: Align = "left"
    weight: int = 0
    least: int = 8


class Cell(NamedTuple):
    """The text of one table cell with a tone of its own."""

    text: str
    tone: Tone = ""


class Row(NamedTuple):
    """Cells from the left (those left out are empty); `depth` indents the first; a strong last row is a total."""

    cells: tuple[Cell | str, ...]
    tone: Tone = ""
    depth: int = 0


class Table(NamedTuple):
    """Rows under the heads of their columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Item(NamedTuple):
    """A node of a tree; `aside` is its source, such as `examples/x.yaml:6`."""

    text: str
    aside: str = ""
    children: tuple[Item, ...] = ()
    tone: Tone = ""


class Tree(NamedTuple):
    """Statements and what each of them rests on."""

    nodes: tuple[Item, ...]


class Verbatim(NamedTuple):
    """Lines that are laid out already, such as a quoted source line with its carets; no view wraps them."""

    text: str


Block = Heading | Paragraph | Facts | Table | Tree | Verbatim


class Outline(NamedTuple):
    """A report without a format: every text is plain, complete and in the reader's language."""

    title: str
    blocks: tuple[Block, ...]


def row_cells(row: Row, columns: int) -> tuple[Cell, ...]:
    """
    The cells of a row, exactly one for each column, each with the tone it is shown in.

    Raises ValueError for a row with more cells than the table has columns, because no view could show them.
    """
    if len(row.cells) > columns:
        raise ValueError(f"a row of {len(row.cells)} cells in a table of {columns} columns")
    cells = tuple(Cell(cell, row.tone) if isinstance(cell, str) else Cell(cell.text, cell.tone or row.tone) for cell in row.cells)
    return cells + (Cell(""),) * (columns - len(cells))


def text_lines(text: str) -> list[str]:
    """The lines of a text without surrounding blanks and with tabs as blanks, whichever line ends it has; never none."""
    text = text.strip().replace("\t", " ")
    if "\n" not in text and "\r" not in text:
        return [text]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.strip() for line in lines if line.strip()]


def verbatim_lines(text: str) -> list[str]:
    """The lines of a text that is laid out already, with the blanks they begin with."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").rstrip("\n").split("\n")
