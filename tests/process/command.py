"""Runs the command as a person or a script does: a process of its own, with its own streams, environment and limits."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
EXAMPLE = ROOT / "examples" / "huaihua-2024.yaml"
#: A guard against hanging, and no statement about speed.
PATIENCE = 120


class Done(NamedTuple):
    """How a run ended."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


def environment(more: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """This environment in Chinese, with what is given put in or, for None, taken out."""
    # Coverage starts itself in children by these variables, and would make files where a test looks for none.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "LC_", "PYTHON"))}
    wanted: dict[str, str | None] = {
        **kept,
        "PYTHONPATH": str(SRC),
        "LANG": "zh_CN.UTF-8",
        "LANGUAGE": None,
        "NO_COLOR": None,
        "COLUMNS": None,
        **(more or {}),
    }
    return {name: value for name, value in wanted.items() if value is not None}


def command(*arguments: str | os.PathLike[str], python: tuple[str, ...] = ()) -> list[str]:
    """The words that start `perfscore` with these arguments."""
    return [sys.executable, *python, "-m", "perfscore", *(os.fspath(argument) for argument in arguments)]


def perfscore(
    *arguments: str | os.PathLike[str],
    stdin: bytes | None = None,
    env: Mapping[str, str | None] | None = None,
    python: tuple[str, ...] = (),
    **more: Any,
) -> Done:
    """Run `perfscore` to its end."""
    if stdin is None:
        more.setdefault("stdin", subprocess.DEVNULL)
    else:
        more["input"] = stdin
    more.setdefault("stdout", subprocess.PIPE)
    more.setdefault("stderr", subprocess.PIPE)
    more.setdefault("timeout", PATIENCE)
    done = subprocess.run(command(*arguments, python=python), env=environment(env), check=False, **more)
    return Done(done.returncode, done.stdout or b"", (done.stderr or b"").decode("utf-8"))
