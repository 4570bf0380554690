"""
The pages of every code that a reader, a builder, a form or the command can give: what it means, why it matters, how to mend it.

A file is a theme, with `PAGES` by code. The pages of the checks of `perfscore lint` stand beside the checks.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from perfscore.model.page import Page
from perfscore.text.rooms import modules


def page(code: str) -> Page | None:
    """The page of a code; None where no page of this room is for it."""
    return _pages().get(code)


def codes() -> tuple[str, ...]:
    """The codes that have a page in this room, in the order of the alphabet."""
    return tuple(sorted(_pages()))


@cache
def _pages() -> dict[str, Page]:
    found: dict[str, Page] = {}
    for name in modules(__path__):
        found.update(import_module(f"{__name__}.{name}").PAGES)
    return found
