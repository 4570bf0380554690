"""What a mapping of a file said: values by the English names of their keys, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from perfscore.text.source import Span


class Value(NamedTuple):
    """Something read, with its place."""

    value: Any
    span: Span


class Fields:
    """What a mapping said, by the English names of its keys; an absent key reads as `None`."""

    __slots__ = ("_values", "span", "unread")

    def __init__(self, span: Span, values: dict[str, Value], unread: frozenset[str] = frozenset()) -> None:
        self.span = span
        self._values = values
        #: Keys that are there and could not be read: absent, but nothing more is to be said of that.
        self.unread = unread

    def __getitem__(self, name: str) -> Any:
        found = self._values.get(name)
        return None if found is None else found.value

    def get(self, name: str, default: Any) -> Any:
        """The value of a key, or what it means when the key is absent."""
        found = self._values.get(name)
        return default if found is None else found.value

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def at(self, name: str) -> Span:
        """Where the value of a key stands; the mapping itself if the key is absent."""
        found = self._values.get(name)
        return self.span if found is None else found.span

    def given(self, name: str) -> Value | None:
        """The value with its place, if the key is there."""
        return self._values.get(name)
