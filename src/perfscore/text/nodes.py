"""The tree of a YAML or JSON text as written: scalars stay text, and every key and value knows its place."""

from __future__ import annotations

from typing import NamedTuple

from perfscore.text.source import Span


class Scalar(NamedTuple):
    """Text as written. `plain` is false for a quoted or block scalar, which is always text and never empty by absence."""

    span: Span
    text: str
    plain: bool = True


class Sequence(NamedTuple):
    """A list."""

    span: Span
    items: tuple[Node, ...]


class Entry(NamedTuple):
    """A key and its value, both with their places."""

    key: Scalar
    value: Node


class Mapping(NamedTuple):
    """A mapping in the order of the text; its keys are unique."""

    span: Span
    entries: tuple[Entry, ...]


Node = Scalar | Sequence | Mapping


def holds_key(node: Node, *names: str) -> bool:
    """Whether a node is a mapping with one of these keys."""
    return isinstance(node, Mapping) and any(entry.key.text in names for entry in node.entries)
