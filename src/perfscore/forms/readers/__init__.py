"""
The room of form readers: one file each, a file of some format to positioned trees of the contract's keys.

A reader module has `ENDINGS`, the file endings it reads, `SAYS`, and `read(source) -> Parsed`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from perfscore.text.phrase import Phrase
from perfscore.text.rooms import modules
from perfscore.text.source import Source
from perfscore.text.yaml import Parsed


class Reader(Protocol):
    """What every file of this room offers."""

    ENDINGS: tuple[str, ...]
    SAYS: Phrase

    def read(self, source: Source) -> Parsed:
        """The documents of a text, and what is wrong with it."""


def find(name: str) -> Reader:
    """The reader for a file name; YAML, of which JSON is a part, unless another reader claims the ending."""
    if name.endswith((".yaml", ".yml", ".json")) or "." not in name:
        return cast("Reader", import_module(f"{__name__}.yaml"))
    readers = [cast("Reader", import_module(f"{__name__}.{module}")) for module in modules(__path__)]
    return next((reader for reader in readers if name.endswith(reader.ENDINGS)), readers[-1])
