"""A checked formula of a rule file: its text, its place, and the tree that the scoring floor evaluates."""

from __future__ import annotations

from typing import Literal, NamedTuple

from perfscore.text.source import Span

#: What a name in a formula is; a formula itself is a number or a truth. A list is numbers, a date the number of its day.
Kind = Literal["number", "truth", "list", "date"]


class Read(NamedTuple):
    """A name in a formula: the fact it reads and where it stands in the text, in characters."""

    name: str
    start: int
    end: int


class Formula(NamedTuple):
    """
    An expression that passed the allow-list.

    `tree` is a syntax tree whose literals are exact and whose names are fact names;
    `plain` says that it holds nothing but + - * /, signs and comparisons.
    """

    text: str
    span: Span
    tree: object
    reads: tuple[Read, ...]
    kind: Kind
    plain: bool
    #: The two names of a formula that is one name divided by another, as most rates are.
    quotient: tuple[str, str] | None = None
    #: The text before, between and behind the names, with the signs that people write (× ÷ ≤): one more than there are reads.
    between: tuple[str, ...] = ("",)
