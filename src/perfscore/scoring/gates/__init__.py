"""
The room of gates: one file each, found by its name, saying what becomes of a scored form under a condition.

A gate module has `NAME`, `ZH`, `SAYS`, `TAKES` (what stands behind its name in a rule file), `act(parameter) -> Act` and
`told(label, parameter) -> Phrase`, which tells a person what it did.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Literal, NamedTuple, Protocol, cast

from perfscore.model.formula import Formula
from perfscore.text.phrase import Phrase
from perfscore.text.rooms import modules

#: What `act` is given: the id of an indicator, the place of a grade counted from the best (0), a formula, a whole number, or a text.
Takes = Literal["id", "grade", "formula", "whole", "text"]


class Act(NamedTuple):
    """
    What a gate does to a result; what it leaves out stays as it is.

    `veto` is the id of what scores 0, `lose` gives the points taken off the total (a formula below 0 takes none, and the total stays at 0 or above);
    with `each`, the leaf is vetoed or loses the points. `withheld` says why there is neither score nor grade, `warns` what is only pointed out.
    """

    veto: str | None = None
    lose: Formula | None = None
    #: From the place of the grade (None: the total is in none) and the place of the lowest one that a total can earn, to the place it then has.
    grade: Callable[[int | None, int], int | None] | None = None
    withheld: Phrase | None = None
    warns: Phrase | None = None


class Gate(Protocol):
    """What every file of this room offers."""

    NAME: str
    ZH: str
    SAYS: Phrase
    TAKES: Takes

    def act(self, parameter: Any) -> Act:
        """What it does with what the rule file says behind its name."""

    def told(self, label: Phrase, parameter: Phrase) -> Phrase:
        """What a person reads where it took effect: the gate's label, and its parameter as people say it."""


def names() -> tuple[str, ...]:
    """The gates there are, by their English names."""
    return tuple(name.replace("_", "-") for name in modules(__path__))


def find(name: str) -> Gate:
    """The gate of an English name that `names` lists."""
    return cast("Gate", import_module(f"{__name__}.{name.replace('-', '_')}"))
