"""The whole files that CONTRIBUTING.md shows, as modules: what holds for the files of a room must hold for the one that people copy."""

from types import SimpleNamespace
from typing import Any

from tests.docs.pages import blocks


def shown(name: str) -> Any:
    """The file in which something is called so."""
    (block,) = [block for block in blocks("CONTRIBUTING.md") if block.language == "python" and f'NAME, ZH = "{name}"' in block.text]
    names: dict[str, Any] = {"__name__": "__page__"}
    exec(block.text, names)  # noqa: S102 - our own page
    return SimpleNamespace(**names)
