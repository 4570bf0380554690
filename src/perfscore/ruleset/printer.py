"""The merged fields of a rule file and its bases to the text of one rule file that needs no other, with the line that set each field."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from perfscore.model.formula import Formula
from perfscore.model.rules import RuleSet
from perfscore.ruleset.shape import KINDS, METHOD, RULESET, _Aggregate, _Lazy, _Room
from perfscore.scoring import aggregates, methods
from perfscore.text.diagnostic import Edit
from perfscore.text.edits import edited
from perfscore.text.fields import Fields, Value
from perfscore.text.nodes import Entry, Mapping, Node, Scalar, Sequence
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.record import Key, Record
from perfscore.text.shape import Alone, Choice, Either, Later, ListOf, MapOf, Shape, nothing
from perfscore.text.show import cells
from perfscore.text.source import Source, Span
from perfscore.text.yaml import parse

#: What stands in brackets on one line is no wider than this, in display cells.
_WIDE = 130
#: More levels of brackets than this are not read on one line.
_DEEP = 4
#: Where the comments of origins begin, unless the line is longer.
_COMMENT = 60
#: Keys of a file and not of what it says: without them the text stands alone.
_OF_THE_FILE = ("$schema", "extends")
_BY_KIND = Phrase("按类型", "by-kind")


def print_rules(fields: Fields, lang: Lang = "en", *, origins: bool = False) -> str:
    """
    The text of one rule file without bases, its keys and fixed words in one language; read again it gives an equal rule set.

    Values stand as they were written. With `origins`, a field that another file set says which, and in which line.
    """
    tree = _Merged(lang).node(RULESET, Value(fields, fields.span))
    main = fields.span.source
    lines = _Writer(main if origins else None).lines(tree, "")
    return "\n".join((*_head(tree, main, lang), *lines)) + "\n"


def respelled(text: str, lang: Lang, shape: Shape = RULESET) -> str:
    """A file of a shape with its keys and fixed words in one language; everything else stays as it is written, comments and layout too."""
    source = Source("-", text)
    edits: list[Edit] = []
    for document in parse(source).documents:
        for old, new in zip(_scalars(document), _scalars(_Merged(lang).said(shape, document)), strict=True):
            if old.text != new.text:
                # No fixed word needs quotes, whatever stood around the other one.
                edits.append(Edit(old.span, new.text))
    return edited(source, edits)


def _scalars(node: Node) -> Iterator[Scalar]:
    """Every scalar below a node, keys among them, in the order of the text."""
    match node:
        case Scalar():
            yield node
        case Sequence(items=items):
            for item in items:
                yield from _scalars(item)
        case Mapping(entries=entries):
            for key, value in entries:
                yield key
                yield from _scalars(value)


def _head(tree: Node, main: Source, lang: Lang) -> Iterator[str]:
    """What the text was made of."""
    names = dict.fromkeys((main.name, *(span.source.name for span in _set_at(tree))))
    if len(names) > 1:
        yield Phrase(f"# 由以下文件合并而成：{'、'.join(names)}", f"# made of {', '.join(names)}").text(lang)


class _Merged:
    """Fields back to the nodes of one file: what was merged is put together, everything else is the node that stands at its place in its source."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self._nodes: dict[int, dict[Span, Node]] = {}

    def node(self, shape: Shape, value: Value) -> Node:
        """The node of something read by a shape."""
        shape, given = _known(shape), value.value
        match shape:
            case Record() if isinstance(given, Fields):
                keys = (key for key in _ordered(shape) if key.name in given and key.name not in _OF_THE_FILE)
                return Mapping(value.span, tuple(self._entry(key, Value(given[key.name], given.at(key.name))) for key in keys))
            case ListOf():
                return Sequence(value.span, tuple(self.node(shape.item, item) for item in given))
            case MapOf():
                return Mapping(value.span, tuple(Entry(Scalar(key.span, key.value), self.node(shape.item, item)) for key, item in given))
        return self.said(shape, self._at(value.span))

    def _entry(self, key: Key, value: Value) -> Entry:
        return Entry(self._word(value.span, key.name, key.zh), self.node(key.shape, value))

    def _word(self, span: Span, en: str, zh: str) -> Scalar:
        return Scalar(span, Phrase(zh, en).text(self.lang))

    def _at(self, span: Span) -> Node:
        source = span.source
        if id(source) not in self._nodes:
            self._nodes[id(source)] = {node.span: node for document in parse(source).documents for node in _every(document)}
        return self._nodes[id(source)][span]

    def said(self, shape: Shape, node: Node) -> Node:
        """A node as it stands, with the keys and fixed words that its shape knows in the one language."""
        shape = _known(shape)
        match shape, node:
            case Record(), Mapping():
                known = {spoken: key for key in shape.keys for spoken in (key.name, key.zh)}
                return self._each(node, {spoken: (Phrase(key.zh, key.name), partial(self.said, key.shape)) for spoken, key in known.items()})
            case MapOf(), Mapping():
                return Mapping(node.span, tuple(Entry(key, self.said(shape.item, item)) for key, item in node.entries))
            case ListOf(), Sequence():
                return Sequence(node.span, tuple(self.said(shape.item, item) for item in node.items))
            case Choice(), Scalar():
                return self._chosen(node, {spoken: Phrase(zh, en) for en, zh in shape.words.items() for spoken in (en, zh)})
            case _Aggregate(), Scalar():
                found: list[Any] = [aggregates.find(name) for name in aggregates.names()]
                return self._chosen(node, {spoken: Phrase(one.ZH, one.NAME) for one in found for spoken in (one.NAME, one.ZH)})
            case Either(), _:
                inner = {Scalar: shape.scalar, Sequence: shape.sequence, Mapping: shape.mapping}[type(node)]
                return node if inner is None else self.said(inner, node)
            case _Room(), Mapping():
                found = [shape.room.find(name) for name in shape.room.names()]
                return self._each(
                    node,
                    {spoken: (Phrase(one.ZH, one.NAME), partial(self.said, shape.behind(one))) for one in found for spoken in (one.NAME, one.ZH)},
                )
        return self._method(node) if isinstance(shape, type(METHOD)) else node

    def _each(self, node: Mapping, known: dict[str, Any]) -> Mapping:
        """The entries of a mapping, by their keys to a name in both languages and to what stands behind it."""

        def one(entry: Entry) -> Entry:
            if entry.key.text not in known:
                return entry
            name, inside = known[entry.key.text]
            return Entry(self._word(entry.key.span, name.en, name.zh), inside(entry.value))

        return Mapping(node.span, tuple(map(one, node.entries)))

    def _chosen(self, node: Scalar, known: dict[str, Phrase]) -> Scalar:
        word = known.get(node.text)
        return node if word is None else self._word(node.span, word.en, word.zh)

    def _method(self, node: Node) -> Node:
        names = [node.text] if isinstance(node, Scalar) else [entry.key.text for entry in node.entries] if isinstance(node, Mapping) else []
        found = {name: method for name in names if (method := methods.find(name)) is not None}
        spoken = {name: Phrase(method.ZH, method.NAME) for name, method in found.items()} | dict.fromkeys(_BY_KIND, _BY_KIND)
        if isinstance(node, Scalar):
            return self._chosen(node, spoken)
        inside: dict[str, Any] = {name: (spoken[name], partial(self.said, method.PARAMETERS)) for name, method in found.items()}
        inside.update(dict.fromkeys(_BY_KIND, (_BY_KIND, self._kinds)))
        return self._each(node, inside) if isinstance(node, Mapping) else node

    def _kinds(self, node: Node) -> Node:
        kinds = {spoken: (Phrase(zh, en), self._method) for en, zh in KINDS.items() for spoken in (en, zh)}
        return self._each(node, kinds) if isinstance(node, Mapping) else node


def _known(shape: Shape) -> Shape:
    """The shape itself, where it stands for one that is made later or that stands alone."""
    while isinstance(shape, Later | Alone | _Lazy):
        shape = shape.made() if isinstance(shape, _Lazy) else shape.shape if isinstance(shape, Alone) else shape.shape()
    return shape


def _ordered(shape: Record) -> list[Key]:
    """The keys as they are declared, those that hold more of the same last: what is said of an indicator stands before what is below it."""
    return sorted(shape.keys, key=lambda key: isinstance(key.shape, ListOf) and isinstance(key.shape.item, Later))


def _every(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Sequence(items=items):
            for item in items:
                yield from _every(item)
        case Mapping(entries=entries):
            for entry in entries:
                yield from _every(entry.value)


class _Writer:
    """Nodes to lines of YAML: in brackets what fits on a line, the rest in blocks; a line says where it was set, if not in the main file."""

    def __init__(self, main: Source | None) -> None:
        self.main = main

    def lines(self, node: Node, pad: str) -> Iterator[str]:
        """The lines of a list or mapping that is not empty, each behind `pad`."""
        if isinstance(node, Mapping):
            for key, value in node.entries:
                yield from self._block(f"{pad}{scalar(key)}:", value, pad + "  ")
        elif isinstance(node, Sequence):
            for item in node.items:
                if self._fits(item, pad):
                    yield self._told(f"{pad}- {_flow(item)}", item)
                else:
                    first, *rest = self.lines(item, pad + "  ")
                    yield f"{pad}- {first[len(pad) + 2 :]}"
                    yield from rest

    def _block(self, head: str, value: Node, pad: str) -> Iterator[str]:
        # What the rule set itself holds more than a word of stands in lines, however short.
        if self._fits(value, head) and not (pad == "  " and (_nests(value, 1) or (isinstance(value, Sequence) and value.items))):
            yield self._told(f"{head} {_flow(value)}", value)
        else:
            yield head
            yield from self.lines(value, pad)

    def _fits(self, node: Node, before: str) -> bool:
        if not _inner(node):
            return True
        if self.main is not None and len({(span.source.name, span.line) for span in _set_at(node)}) > 1:
            # Each of the lines that set it is named.
            return False
        return not _nests(node, _DEEP) and cells(before) + cells(_flow(node)) < _WIDE

    def _told(self, line: str, node: Node) -> str:
        span = next(_set_at(node))
        if self.main is None or span.source is self.main:
            return line
        return line + " " * max(_COMMENT - cells(line), 2) + f"# {span.source.name}:{span.line}"


def _set_at(node: Node) -> Iterator[Span]:
    """Where a node was set: it itself, or whatever is in it."""
    if not _inner(node):
        yield node.span
    for inner in _inner(node):
        yield from _set_at(inner)


def _inner(node: Node) -> tuple[Node, ...]:
    match node:
        case Sequence(items=items):
            return items
        case Mapping(entries=entries):
            return tuple(entry.value for entry in entries)
    return ()


def _nests(node: Node, deep: int) -> bool:
    """Whether there are more levels of brackets than that."""
    return bool(_inner(node)) and (deep == 0 or any(_nests(inner, deep - 1) for inner in _inner(node)))


def _flow(node: Node) -> str:
    match node:
        case Sequence(items=items):
            return f"[{', '.join(map(_flow, items))}]"
        case Mapping(entries=entries):
            return "{" + ", ".join(f"{scalar(key)}: {_flow(value)}" for key, value in entries) + "}"
    return scalar(node)


_SIGNS = frozenset("._/%@（）()《》〈〉〔〕“”、，；。·—×÷≥≤<>=*+ -")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(node: Scalar) -> str:
    """A scalar on one line: bare where it is bare in its source and nothing in it could be a sign of YAML, in brackets or out of them; else in quotes."""
    if nothing(node):
        return "~"
    text = node.text
    begins = text[:1].isalnum() or (text[:1] in "-≥≤（〔《" and text[1:2].isalnum())
    if node.plain and begins and text == text.strip() and all(c.isalnum() or c in _SIGNS for c in text):
        return text
    return '"' + "".join(_ESCAPES.get(c, c) for c in text) + '"'


# What makes two rule sets equal.


def same_rules(one: RuleSet, other: RuleSet) -> bool:
    """Whether two rule sets say the same, wherever they say it."""
    return bool(meaning(one) == meaning(other))


def meaning(thing: Any) -> Any:
    """A value without its places: what it says, to be compared."""
    match thing:
        case Span() | Source():
            return None
        case Formula():
            return thing.text
        case Value():
            return meaning(thing.value)
        case Fields():
            return {name: meaning(thing[name]) for name in thing}
        case Scalar():
            return None if nothing(thing) else thing.text
        case tuple():
            inside = tuple(None if isinstance(part, Span) or _sources(part) else meaning(part) for part in thing)
            return inside if type(thing) is tuple else (type(thing).__name__, *inside)
    return thing


def _sources(part: Any) -> bool:
    return isinstance(part, tuple) and bool(part) and all(isinstance(one, Source) for one in part)
