"""Outlines to lines for a terminal: columns that line up with Han characters in them, and nothing that a terminal obeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple, assert_never

from perfscore.text.phrase import Phrase
from perfscore.text.show import cells, clean
from perfscore.views.outline import (
    Align,
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Item,
    Layout,
    Outline,
    Paragraph,
    Table,
    Tone,
    Tree,
    Verbatim,
    row_cells,
    text_lines,
    verbatim_lines,
)

NAME = "terminal"
SAYS = Phrase(zh="在终端阅读的对齐文本", en="aligned text for reading in a terminal")

#: Below this width nothing is readable; lines may then be longer than the page.
_NARROWEST = 20
#: Characters of one text beyond which it is cut, visibly.
_LONGEST = 4_000
_DEEPEST = 8
#: A longer word is broken rather than given a column of its own length.
_LONG_WORD = 16
_GAP = 2

_CODES: dict[Tone, str] = {"good": "32", "bad": "31", "weak": "2", "strong": "1"}

# What may not begin a line and what may not end one (禁则), as far as budget forms use it.
_CLOSING = frozenset("，。、；：？！）】》」』〉〕”’…—～％‰℃,.;:?!)]}>%/")
# Nor does a number end one when its unit follows.
_BOUND = frozenset("（【《「『〈〔“‘￥¥≤≥＜＞≠±＋－+-<=>([{$#/0123456789０１２３４５６７８９")

Paint = Callable[[str, Tone], str]


#: A text that fits where it is put, and the display cells it takes. Plain pairs: a table makes hundreds of them.
Line = tuple[str, int]
_EMPTY: Line = ("", 0)


def render(outline: Outline, layout: Layout) -> str:
    """The outline in lines no wider than the page, but for what is laid out already; tones show only in colour."""
    width = max(layout.width, _NARROWEST)
    paint = _coloured if layout.colour == "always" else _plain
    lines: list[str] = []
    if outline.title.strip():
        lines += [paint(line, "strong") for line, _ in wrap(outline.title, width)]
        lines.append(paint(_rule(width), "weak"))
    close = False
    for block in outline.blocks:
        drawn = list(_block(block, width, paint))
        if drawn and lines and not close:
            lines.append("")
        lines += drawn
        close = isinstance(block, Heading)
    return "\n".join(lines) + "\n"


def _coloured(text: str, tone: Tone) -> str:
    code = _CODES.get(tone)
    return f"\x1b[{code}m{text}\x1b[0m" if code and text else text


def _plain(text: str, tone: Tone) -> str:
    return text


def _rule(width: int) -> str:
    return "─" * width


def _block(block: Block, width: int, paint: Paint) -> Iterator[str]:
    match block:
        case Heading(_, text):
            yield from (paint(line, "strong") for line, _ in wrap(text, width))
        case Paragraph(text):
            yield from (line for line, _ in wrap(text, width))
        case Facts(rows):
            yield from _facts([(_measured(name), _text(Cell(value), 0)) for name, value in rows], width, paint)
        case Table():
            yield from _table(block, width, paint)
        case Tree(nodes):
            yield from _tree(nodes, width, paint)
        case Verbatim(text):
            yield from (clean(line, _LONGEST) for line in verbatim_lines(text))
        case _:
            assert_never(block)


# Text into lines.

# A character's width costs a look into two Unicode tables, and a report has few different characters.
_cell = lru_cache(maxsize=8192)(cells)


def _size(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_cell, text))


def wrap(text: str, width: int) -> list[Line]:
    """
    A text in lines of at most `width` display cells (at least 2), its own line ends kept; never without a line.

    Han text breaks anywhere but before closing and after opening punctuation, other text at blanks where it can.
    """
    return _fitted(_measured(text), width)


def _measured(text: str) -> list[Line]:
    """The lines of a text as the terminal may have them, before they are fitted to any width."""
    # What Python calls printable has no line ends and nothing that a terminal obeys.
    if text.isprintable() and len(text) <= _LONGEST:
        text = text.strip()
        return [(text, _size(text))]
    lines = [clean(line, _LONGEST) for line in text_lines(text)]
    return [(line, _size(line)) for line in lines]


def _fitted(lines: list[Line], width: int) -> list[Line]:
    short: list[Line] = []
    for line in lines:
        if line[1] <= width:
            short.append(line)
        else:
            short += _broken(line[0], width)
    return short


def _broken(text: str, width: int) -> list[Line]:
    pieces = list(_pieces(text))
    lines = _filled(pieces, width)
    # A last line of a single character or two reads like an accident: narrower lines may give it company for nothing.
    enough = min(6, width // 2)
    if lines[-1][1] >= enough:
        return lines
    widest = max(size for _, _, size in pieces)
    for narrower in range(width - 1, max(width - 8, width // 2, widest - 1), -1):
        others = _filled(pieces, narrower)
        if len(others) > len(lines):
            break
        lines = others
        if lines[-1][1] >= enough:
            break
    return lines


def _filled(pieces: list[tuple[str, str, int]], width: int) -> list[Line]:
    lines: list[Line] = []
    text, size = "", 0
    for gap, piece, cells_of_piece in pieces:
        added = (_size(gap) if gap else 0) + cells_of_piece
        if text and size + added <= width:
            text += gap + piece
            size += added
            continue
        if text:
            lines.append((text, size))
        text, size = piece, cells_of_piece
        if size > width:
            *full, (text, size) = _chopped(text, width)
            lines += full
    lines.append((text, size))
    return lines


def _pieces(line: str) -> Iterator[tuple[str, str, int]]:
    """What should not be broken, in order and with its width, each behind the blanks before it, which a line end there swallows."""
    gap = piece = last = ""
    width = 0
    wide = False
    for char in line:
        size = _cell(char)
        blank = char.isspace()
        # A mark of no width belongs to the character it stands on.
        if piece and (blank or (size and (wide or size > 1) and char not in _CLOSING and last not in _BOUND)):
            yield gap, piece, width
            gap = piece = ""
            width = 0
        if blank:
            gap += char
            continue
        piece += char
        width += size
        if size:
            last, wide = char, size > 1
    if piece:
        yield gap, piece, width


def _chopped(word: str, width: int) -> Iterator[Line]:
    """A word that is wider than the line, in lines."""
    text, size = "", 0
    for char in word:
        if size + _cell(char) > width:
            yield text, size
            text, size = "", 0
        text += char
        size += _cell(char)
    yield text, size


def _indented(lines: list[Line], lead: int, tone: Tone, paint: Paint) -> Iterator[str]:
    return (" " * lead + paint(text, tone) if text else "" for text, _ in lines)


# Facts and trees.


def _facts(facts: list[tuple[list[Line], _Text]], width: int, paint: Paint) -> Iterator[str]:
    names = [_fitted(name, max(width // 3, 8)) for name, _ in facts]
    side = max((size for name in names for _, size in name), default=0)
    for name, (_, value) in zip(names, facts, strict=True):
        texts = [name, _fitted(value.lines, width - side - _GAP)]
        yield from _columns(texts, [side, width], ["left", "left"], ["weak", value.tone], paint)


def _tree(nodes: tuple[Item, ...], width: int, paint: Paint) -> Iterator[str]:
    rest = [(node, 0) for node in reversed(nodes)]
    while rest:
        node, depth = rest.pop()
        lead = 2 * min(depth, _DEEPEST, width // 8)
        *lines, last = wrap(node.text, width - lead)
        yield from _indented(lines, lead, node.tone, paint)
        yield from _last(node, last, lead, width, paint)
        rest.extend((child, depth + 1) for child in reversed(node.children))


def _last(node: Item, line: Line, lead: int, width: int, paint: Paint) -> Iterator[str]:
    """The last line of a node with its source at the right edge, or below where it has no room."""
    text = " " * lead + paint(line[0], node.tone) if line[0] else ""
    aside = wrap(node.aside, width - lead - 2 * _GAP)
    room = width - aside[0][1] - (lead + line[1] if text else 0)
    if len(aside) > 1 or room < _GAP:
        yield text
        yield from _indented(aside, lead + 2 * _GAP, "weak", paint)
    else:
        yield text + " " * room + paint(aside[0][0], "weak") if aside[0][0] else text


# Tables.


class _Text(NamedTuple):
    """A cell measured: its lines, the cells they are indented by, the width of the widest with that, and the tone."""

    lines: list[Line]
    lead: int
    size: int
    tone: Tone


def _text(cell: Cell, lead: int) -> _Text:
    lines = _measured(cell.text)
    widest = lines[0][1] if len(lines) == 1 else max(size for _, size in lines)
    return _Text(lines, lead, lead + widest, cell.tone)


def _table(table: Table, width: int, paint: Paint) -> Iterator[str]:
    columns = table.columns
    if not columns:
        return
    head = [_text(Cell(column.title, "strong"), 0) for column in columns]
    body = [
        [_text(cell, 0 if number else 2 * min(row.depth, _DEEPEST)) for number, cell in enumerate(row_cells(row, len(columns)))] for row in table.rows
    ]
    widths = _widths(columns, head, body, width)
    if widths is None:
        yield from _records(head, body, width, paint)
        return
    aligns = [column.align for column in columns]
    rule = paint(_rule(sum(widths) + _GAP * (len(widths) - 1)), "weak")
    titles = [_fitted(title.lines, size) for title, size in zip(head, widths, strict=True)]
    tallest = max(len(title) for title in titles)
    # A short title stands next to its column, not beside the first line of a long one.
    titles = [[_EMPTY] * (tallest - len(title)) + title for title in titles]
    yield from _columns(titles, widths, aligns, [title.tone for title in head], paint)
    yield rule
    for number, row in enumerate(body):
        if 0 < number == len(body) - 1 and table.rows[-1].tone == "strong":
            yield rule
        first = _shifted(row[0].lines, min(row[0].lead, widths[0] // 2), widths[0])
        others = [text.lines if text.size <= size else _fitted(text.lines, size) for text, size in zip(row[1:], widths[1:], strict=True)]
        yield from _columns([first, *others], widths, aligns, [text.tone for text in row], paint)


def _shifted(lines: list[Line], lead: int, width: int) -> list[Line]:
    fitted = _fitted(lines, width - lead)
    return [(" " * lead + text, lead + size) for text, size in fitted] if lead and fitted[0][0] else fitted


def _columns(texts: list[list[Line]], widths: list[int], aligns: list[Align], tones: list[Tone], paint: Paint) -> Iterator[str]:
    """The lines of texts that stand side by side, without blanks at the end."""
    for number in range(max(len(text) for text in texts)):
        drawn, blank = "", 0
        for lines, width, align, tone in zip(texts, widths, aligns, tones, strict=True):
            text, size = lines[number] if number < len(lines) else _EMPTY
            if not text:
                blank += width + _GAP
                continue
            before = width - size if align == "right" else 0
            drawn += " " * (blank + before) + paint(text, tone)
            blank = width - size - before + _GAP
        yield drawn


def _widths(columns: tuple[Column, ...], head: list[_Text], body: list[list[_Text]], width: int) -> list[int] | None:
    """The width of each column on the page, or None where the columns have no room side by side."""
    room = width - _GAP * (len(columns) - 1)
    inside = [max((row[number].size for row in body), default=0) for number in range(len(columns))]
    wanted = [max(title.size, size, 1) for title, size in zip(head, inside, strict=True)]
    if sum(wanted) <= room:
        return wanted
    least, whole = [], []
    for number, column in enumerate(columns):
        if column.weight > 0:
            least.append(min(wanted[number], max(column.least, 4)))
            words = _longest_word([head[number], *(row[number] for row in body)])
        else:
            # Numbers are never broken, but the words above them may stand one below the other, and Han titles in twos.
            words = max(inside[number], _longest_word([head[number]]), min(head[number].size, 4))
            least.append(min(wanted[number], words))
        whole.append(min(wanted[number], max(least[-1], min(words, _LONG_WORD))))
    return _shared(columns, (least, whole, wanted), room) if sum(least) <= room else None


def _longest_word(texts: list[_Text]) -> int:
    # Han text has no words to keep whole.
    return max((text.lead + len(word) for text in texts for line, _ in text.lines if line.isascii() for word in line.split()), default=0)


def _shared(columns: tuple[Column, ...], sizes: tuple[list[int], list[int], list[int]], room: int) -> list[int]:
    """The least widths, and the rest of the room for whole words, then for what stands in fixed columns, then by weight."""
    least, whole, wanted = sizes
    widths = list(least)
    spare = room - sum(least)
    numbers = range(len(columns))
    fixed = [number for number in numbers if columns[number].weight <= 0]
    for number, size in [(n, whole[n]) for n in sorted(numbers, key=lambda n: whole[n] - least[n])] + [(n, wanted[n]) for n in fixed]:
        if size - widths[number] <= spare:
            spare -= size - widths[number]
            widths[number] = size
    hungry = [number for number in numbers if columns[number].weight > 0 and widths[number] < wanted[number]]
    while spare and hungry:
        neediest = min(hungry, key=lambda number: widths[number] * 1000 // columns[number].weight)
        widths[neediest] += 1
        spare -= 1
        if widths[neediest] == wanted[neediest]:
            hungry.remove(neediest)
    return widths


def _records(head: list[_Text], body: list[list[_Text]], width: int, paint: Paint) -> Iterator[str]:
    """A table that is too wide for the page, row by row: the first cell above, the others by name below it."""
    if not body:
        yield from (line for line, _ in wrap(" · ".join(line for title in head for line, _ in title.lines), width))
    for number, (first, *others) in enumerate(body):
        if number:
            yield ""
        lead = min(first.lead, width // 4)
        if first.lines[0][0]:
            yield from _indented(_fitted(first.lines, width - lead), lead, first.tone, paint)
        facts = [(title.lines, text) for title, text in zip(head[1:], others, strict=True) if text.lines[0][0]]
        yield from (" " * (lead + _GAP) + line if line else "" for line in _facts(facts, width - lead - _GAP, paint))
