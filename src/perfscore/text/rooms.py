"""What stands in a room where one file is one thing: the module names of a package, on disk or in a zip archive."""

from __future__ import annotations

import os
from collections.abc import Iterable


def modules(path: Iterable[str]) -> tuple[str, ...]:
    """The public module names of a package's `__path__`, sorted."""
    found: set[str] = set()
    for folder in path:
        if os.path.isdir(folder):
            # pkgutil finds the same and imports inspect for it, which costs half a bare interpreter.
            found |= {name.removesuffix(".py") for name in os.listdir(folder) if name.endswith(".py")}
        else:
            from pkgutil import iter_modules

            found |= {module.name for module in iter_modules([folder])}
    return tuple(sorted(name for name in found if not name.startswith("_")))
