"""
The room of cohort numbers: one file each, found by its name, giving every form what only all forms together tell.

A module has `NAME`, `ZH`, `SAYS`, `PARAMETERS` (keys beside `of`) and `values(measures, parameters)`, which gives every form its number from what
was measured on all of them. A form without a measure is left out: it has no place among the others, and learns what all have in common.
"""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from typing import Protocol, cast

from perfscore.text.fields import Fields
from perfscore.text.phrase import Phrase
from perfscore.text.record import Key
from perfscore.text.rooms import modules

#: One for every form, in the order of the forms; None: this form has none.
Numbers = list[Fraction | None]


class Kind(Protocol):
    """What every file of this room offers."""

    NAME: str
    ZH: str
    SAYS: Phrase
    PARAMETERS: tuple[Key, ...]

    def values(self, measures: Numbers, parameters: Fields | None) -> Numbers:
        """The number of every form; `parameters` is None where the rule file only says what is measured."""


def names() -> tuple[str, ...]:
    """The kinds of cohort numbers there are, by their English names."""
    return tuple(name.replace("_", "-") for name in modules(__path__))


def find(name: str) -> Kind:
    """The kind of an English name that `names` lists."""
    return cast("Kind", import_module(f"{__name__}.{name.replace('-', '_')}"))


def known(measures: Numbers) -> list[Fraction]:
    """The measures of the forms that have one."""
    return [measure for measure in measures if measure is not None]


def common(number: Fraction | None, measures: Numbers) -> Numbers:
    """The same number for every form."""
    return [number] * len(measures)
