"""How a source in YAML or JSON becomes a tree of nodes with places: the only door to the yaml package."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence as Many
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from perfscore.text.decode import first_refused, refused_character, refused_characters
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.mistakes import (
    Broken,
    empty_key,
    joined_colon,
    line_count,
    quote_needed,
    syntax_error,
    unread_entry,
    unread_root,
    written_mistakes,
)
from perfscore.text.nodes import Entry, Mapping, Node, Scalar, Sequence
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source, Span

if TYPE_CHECKING:
    from yaml import Event

DEPTH = 40
ITEMS = 100_000
SCALAR = 100_000
KEY = 200
#: Up to this many characters a text with `\ud842\udfb7` (how JSON writes 𠮷) is read a second time with the slow parser that knows it.
_PAIRS = 200_000

_BRACKETS = frozenset(",[]{}")
_WATCHED = frozenset(("", "<<"))

Parser = Literal["fastest", "c", "python"]


class Parsed(NamedTuple):
    """
    The documents of a text and every problem found in it, in the order of the text; each problem is an error.

    Where there are problems the documents are what could be made out, for further messages; they are not to be used.
    """

    documents: tuple[Node, ...]
    problems: tuple[Diagnostic, ...]


def parse(source: Source, _parser: Parser = "fastest") -> Parsed:
    """
    The documents of a YAML or JSON text; never raises for what the text holds.

    Every scalar stays text as written (escapes of quoted text aside): numbers, dates and yes/no are read by whoever knows what they
    should be. Refused, because they make a text mean what it does not show: tags, anchors, aliases, merge keys, directives, duplicate
    keys, keys that are not text, tabs outside of comments, invisible characters (escaped ones, too), and sizes beyond `DEPTH`, `ITEMS`,
    `SCALAR` and `KEY`.
    """
    if problems := refused_characters(source) or written_mistakes(source):
        return Parsed((), problems)
    import yaml

    parser: Parser = ("c" if yaml.__with_libyaml__ else "python") if _parser == "fastest" else _parser
    reading = _Reading(source, parser)
    documents = _documents(reading, _events(source.text, parser))
    if reading.broken and "invalid Unicode character escape" in reading.broken.problem and len(source.text) <= _PAIRS:
        reading = _Reading(source, "python")
        documents = _documents(reading, _events(source.text, "python"))
    return Parsed(tuple(documents), tuple(reading.problems))


def _events(text: str, parser: Parser) -> Any:
    """The object whose get_event() gives the next event; both kinds of it give the same kinds of events."""
    import yaml

    return yaml.BaseLoader(text) if parser == "python" else yaml.CBaseLoader(text)


class _Reading:
    """What is known while the events of one source go by: the open collections and the problems so far."""

    def __init__(self, source: Source, parser: Parser) -> None:
        text = source.text
        self.source = source
        self.problems: list[Diagnostic] = []
        self.stack: list[tuple[list[Node], Event]] = []
        self.broken: Broken | None = None
        self.lines = line_count(text)
        # Most texts hold none of these, and then most scalars need no second look.
        self.wary = parser == "python" or len(text) > SCALAR or "&" in text or "!" in text or "\\" in text
        # Escapes can spell what the text does not show to be decomposed.
        self.normal = unicodedata.is_normalized("NFC", text) and "\\" not in text

    def report(self, code: str, span: Span, says: Phrase, hint: Phrase | None = None, more: tuple[tuple[Phrase, Span], ...] = ()) -> None:
        self.problems.append(Diagnostic(code, says, span, hint, more=more))

    def span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.source, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def vetted(self, node: Scalar, event: Any, items: list[Node]) -> Scalar:
        """A scalar that needs a second look: for a tag or anchor, its length, its characters, or a place that the parsers tell apart."""
        span, text = node.span, node.text
        self.vet_start(event, span)
        if len(text) > SCALAR:
            self.report("text-too-long", span, Phrase(f"这段文字超过 {SCALAR} 字", f"this text has more than {SCALAR} characters"))
            text = ""
        if event.style == '"':
            text = self.without_escaped_trouble(text, span)
        elif node.plain and span.line != span.end_line:
            self.vet_lines(span)
        elif event.style in ("|", ">") and _is_stuck(self.source.line(span.line)[span.column - 1 :]):
            # `|#` begins a block for one parser and nothing for the other.
            self.problems.append(quote_needed(span))
        if not text and node.plain and self.stack:
            span = self.place_of_nothing(span, items)
        elif span.end_line > self.lines:
            # The C parser ends a text that lacks its last line end one line too late.
            span = Span(self.source, span.line, span.column, self.lines, len(self.source.line(self.lines)) + 1)
        return Scalar(span, text, node.plain)

    def vet_start(self, event: Any, span: Span) -> None:
        """No tag and no anchor, on whichever kind of node."""
        if event.anchor is not None or event.tag is not None:
            self.problems.append(quote_needed(span))

    def without_escaped_trouble(self, text: str, span: Span) -> str:
        bad = first_refused(text)
        if bad is not None and "\ud800" <= bad <= "\udfff":
            # Two escaped halves make one character, as in every JSON text.
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if len(self.source.text) <= _PAIRS else text
            bad = first_refused(text)
        if bad is not None:
            self.problems.append(refused_character(bad, span))
            return ""
        return text

    def vet_lines(self, span: Span) -> None:
        """A list item that became the middle of the text above it is a mistake in the indentation."""
        for number in range(span.line + 1, span.end_line + 1):
            line = self.source.line(number)
            blank = len(line) - len(line.lstrip(" "))
            if line.startswith("- ", blank):
                self.report(
                    "indentation",
                    Span(self.source, number, blank + 1, number, blank + 2),
                    Phrase(
                        "这一行的“-”没有与上面的列表对齐，被并入了上一行的文字",
                        "this - does not stand under those above it and became part of the text before",
                    ),
                    Phrase(
                        "请让同一列表的“-”左对齐；确是文字时请给整段加引号",
                        "align the dashes of one list; put the whole text in quotes if it is text",
                    ),
                )
                return

    def place_of_nothing(self, span: Span, items: list[Node]) -> Span:
        """Where an absent value would stand: behind the colon of its key. The parsers put it behind different blanks."""
        if not _is_mapping(self.stack[-1][1]) or len(items) % 2 == 0:
            return span
        key = items[-1]
        place = key.span
        line = self.source.line(place.end_line)
        # Step by step: a copy of the rest of a line of megabytes, for each of its keys, would take minutes.
        at = place.end_column - 1
        while line[at : at + 1] == " ":
            at += 1
        if line[at : at + 1] != ":":
            problem = unread_entry(key) if isinstance(key, Scalar) else None
            self.problems += [problem] if problem else []
            return Span(self.source, place.end_line, place.end_column, place.end_line, place.end_column)
        column = at + 2
        self.vet_colon(items, Span(self.source, place.end_line, column, place.end_line, column))
        return Span(self.source, place.end_line, column, place.end_line, column)

    def vet_colon(self, items: list[Node], value: Span) -> None:
        """In brackets `a:` right before a bracket or comma is a key to one parser and a mistake to the other: it is a mistake."""
        key = items[-1] if self.stack and _is_mapping(self.stack[-1][1]) and len(items) % 2 else None
        if isinstance(key, Scalar) and key.plain and key.text and key.span[3:] == (value.line, value.column - 1):
            after = self.source.line(value.line)[value.column - 1 : value.column]
            if after in _BRACKETS and self.source.line(value.line)[value.column - 2] == ":":
                self.problems.append(joined_colon(key))

    def alias(self, event: Event) -> Scalar:
        span = self.span(event)
        self.problems.append(quote_needed(span))
        # Not plain, so that it is not taken for an absent key.
        return Scalar(span, "", plain=False)

    def start_document(self, event: Any) -> None:
        span = self.span(event)
        if event.explicit and (event.version or event.tags or self.source.line(span.line).startswith("%")):
            self.problems.append(quote_needed(Span(self.source, span.line, 1, span.line, len(self.source.line(span.line)) + 1)))

    def extent(self, items: list[Node], start: Any, end: Any) -> Span:
        """The place of a collection. One without brackets ends where its last item ends; the parsers see its end at different places."""
        mark = start.start_mark
        if items and not start.flow_style:
            last = items[-1].span
            return tuple.__new__(Span, (self.source, mark.line + 1, mark.column + 1, last[3], last[4]))
        stop = end.end_mark
        return tuple.__new__(Span, (self.source, mark.line + 1, mark.column + 1, stop.line + 1, stop.column + 1))

    def entries(self, items: list[Node]) -> tuple[Entry, ...]:
        """The entries of a mapping from its keys and values in turn; the last value may be missing when a text breaks off."""
        new = tuple.__new__
        entries: list[Entry] = [new(Entry, pair) for pair in zip(items[::2], items[1::2], strict=False)]
        try:
            names = {entry[0].text for entry in entries}
        except AttributeError:
            # A key that is a collection has no text.
            return self.vetted_entries(entries)
        # The usual mapping needs no look at its single keys.
        if self.normal and len(names) == len(entries) and _WATCHED.isdisjoint(names) and len("".join(names)) <= KEY:
            return tuple(entries)
        return self.vetted_entries(entries)

    def vetted_entries(self, entries: Many[Entry]) -> tuple[Entry, ...]:
        kept: dict[str, Entry] = {}
        for entry in entries:
            key = entry.key
            if (problem := _wrong_key(key)) is not None:
                self.problems.append(problem)
                continue
            name = unicodedata.normalize("NFC", key.text)
            first = kept.setdefault(name, entry)
            if first is not entry:
                self.report(
                    "duplicate-key",
                    key.span,
                    Phrase(f"键 {key.text} 重复", f"the key {key.text} is given twice"),
                    Phrase("同一层里每个键只能写一次，请删去或改名", "a key may stand once in a mapping: delete or rename one"),
                    ((Phrase("第一次写在这里", "first given here"), first.key.span),),
                )
        return tuple(kept.values())

    def enter(self, event: Event, items: list[Node]) -> bool:
        """Open a collection inside of another, whose items so far are given; false where that is too deep."""
        if len(self.stack) == DEPTH:
            self.report("too-deep", self.span(event), Phrase(f"嵌套超过 {DEPTH} 层", f"nested more than {DEPTH} levels deep"))
            return False
        if self.wary:
            self.vet_start(event, self.span(event))
            self.vet_colon(items, self.span(event))
        self.stack.append((items, event))
        return True

    def too_many(self, event: Event) -> None:
        says = Phrase(f"键、值和列表项合计超过 {ITEMS} 个", f"more than {ITEMS} keys, values and items")
        self.report("too-many-items", self.span(event), says, Phrase("请把内容拆成几个文件", "split it into several files"))

    def finish(self, documents: list[Node], items: list[Node]) -> None:
        """What can only be said at the end: of mappings left open, of the error that left them so, of a text with nothing in it."""
        for (_, start), unfinished in zip(self.stack, [parent for parent, _ in self.stack[1:]] + [items], strict=False):
            if _is_mapping(start):
                self.entries(unfinished)
        if self.broken:
            self.problems.append(syntax_error(self.source, self.broken))
        elif not self.problems:
            self.problems += unread_root(self.source, documents)
        # Sorting is stable: two problems at one place stay in the order in which they were found.
        self.problems.sort(key=lambda problem: problem.span[1:3] if problem.span else (0, 0))


def _is_stuck(head: str) -> bool:
    """Whether a # follows the sign of a block without a blank."""
    sign, comment, _ = head.partition("#")
    return bool(comment) and not sign.endswith(" ")


def _is_mapping(event: Event) -> bool:
    return type(event).__name__ == "MappingStartEvent"


def _wrong_key(key: Node) -> Diagnostic | None:
    if not isinstance(key, Scalar):
        return Diagnostic(
            "complex-key",
            Phrase("键不能是列表或映射", "a key cannot be a list or a mapping"),
            key.span,
            Phrase("以 [ 或 { 开头的文字请加引号", "put text that begins with [ or { in quotes"),
        )
    if key.plain and not key.text:
        return empty_key(key.span)
    if key.plain and key.text == "<<":
        return Diagnostic(
            "merge-key",
            Phrase("不支持合并键 <<", "merge keys (<<) are not supported"),
            key.span,
            Phrase("请把内容写全；规则文件之间的沿用请用 extends", "write the entries out; rule files build on each other by extends"),
        )
    if len(key.text) > KEY:
        return Diagnostic("key-too-long", Phrase(f"键超过 {KEY} 字", f"this key has more than {KEY} characters"), key.span)
    return None


def _documents(reading: _Reading, loader: Any) -> list[Node]:
    """One pass over the events, with the open collections on a stack: a text can be as deep as it likes and breaks nothing."""
    import yaml

    scalar, start_mapping, start_sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
    end_mapping, end_sequence, end_stream = yaml.MappingEndEvent, yaml.SequenceEndEvent, yaml.StreamEndEvent
    get_event, source, wary, stack, new = loader.get_event, reading.source, reading.wary, reading.stack, tuple.__new__
    documents: list[Node] = []
    items = documents
    count = 0
    try:
        while True:
            event = get_event()
            kind = type(event)
            if kind is scalar:
                count += 1
                start, end, text = event.start_mark, event.end_mark, event.value
                line, end_line = start.line + 1, end.line + 1
                node = Scalar(new(Span, (source, line, start.column + 1, end_line, end.column + 1)), text, not event.style)
                items.append(reading.vetted(node, event, items) if wary or line != end_line or not text else node)
            elif kind is end_mapping or kind is end_sequence:
                parent, opening = stack.pop()
                place = reading.extent(items, opening, event)
                parent.append(Mapping(place, reading.entries(items)) if kind is end_mapping else Sequence(place, tuple(items)))
                items = parent
            elif kind is start_mapping or kind is start_sequence:
                count += 1
                if not reading.enter(event, items):
                    break
                items = []
            elif kind is end_stream:
                break
            elif kind is yaml.AliasEvent:
                count += 1
                items.append(reading.alias(event))
            elif kind is yaml.DocumentStartEvent:
                reading.start_document(event)
            if count > ITEMS:
                reading.too_many(event)
                break
    except (yaml.YAMLError, ValueError, ArithmeticError) as error:
        reading.broken = Broken.of(error, loader, stack[-1][1] if stack else None)
    reading.finish(documents, items)
    return documents
