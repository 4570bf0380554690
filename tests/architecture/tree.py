"""The source files of the project as syntax trees, read once for all tests of the architecture."""

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"


class Module(NamedTuple):
    """One source file: its dotted name, its path from the root with `/`, and its tree."""

    name: str
    path: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The first name below the package: `text`, `model` …; empty for the package itself."""
        return self.name.partition(".")[2].partition(".")[0]

    def at(self, node: ast.expr | ast.stmt) -> str:
        """The place of a node as an editor opens it."""
        return f"{self.path}:{node.lineno}"


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package, in the order of their names."""
    found = []
    for path in sorted(SRC.rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module(name, path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(found)
