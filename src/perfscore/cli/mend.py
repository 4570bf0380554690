"""`perfscore lint --diff` and `--fix`: rule files to what is changed in them, shown and, if asked for, written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from perfscore.checking.settings import Settings
from perfscore.cli import output
from perfscore.linting.mend import Mended
from perfscore.linting.mend import mend as mend_file
from perfscore.text import packs
from perfscore.text.decode import read
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source


def mend(chosen: Any, settings: Settings) -> bool:
    """
    Show what mending the named files changes, and with --fix write it; whether anything changes.

    Raises Rejected before anything is written where one of the files cannot be mended.
    """
    kept = [name for name in chosen.names if packs.ships(name) or not os.path.exists(name)]
    found = [mended for source, folder in _named(chosen.names) if (mended := mend_file(source, folder, settings)).mended]
    shown = "".join(map(difference, found))
    if chosen.diff and shown:
        output.deliver(shown, chosen, [one.before.name for one in found])
    if chosen.fix:
        # With -o the file is for what is left to be said.
        sys.stdout.write(shown)
        sys.stdout.flush()
        for one in found:
            if read(one.before.name).source.content != one.before.content:
                says = Phrase(f"{one.before.name} 刚刚被别的程序改过，没有改动", f"{one.before.name} was changed meanwhile, and not written")
                raise Rejected([Diagnostic("not-mended", says)])
            output.rewrite(one.before.name, one.after.content)
            says = Phrase(f"{one.before.name}：改好 {one.mended} 处", f"{one.before.name}: {one.mended} mended")
            output.tell(says.text(chosen.lang))
    left = (Phrase(f"{name} 是自带的规则，不改", f"{name} ships with perfscore and is not changed") for name in kept)
    output.complain((Diagnostic("not-mended", one, severity="advice") for one in left), chosen)
    return bool(found)


def _named(names: list[str]) -> Iterator[tuple[Source, str]]:
    """The rule files that a person named, or that lie in a folder so named; what is shipped is nobody's to change."""
    from perfscore.trials.files import suites

    seen: set[str] = set()
    for suite in suites(names, lambda _: None) if names else ():
        if isinstance(suite, Rejected) and any(one.span is None for one in suite.diagnostics):
            raise suite
        broken = [one.span.source for one in suite.diagnostics if one.span] if isinstance(suite, Rejected) else []
        for source in broken if isinstance(suite, Rejected) else [suite.rules.sources[-1]]:
            if (
                source.name not in seen
                and _is_named(source.name, names)
                and not packs.ships(source.name)
                and not source.name.endswith(packs.TESTS_END)
            ):
                seen.add(source.name)
                yield source, os.path.dirname(source.name)


def _is_named(path: str, names: Iterable[str]) -> bool:
    return os.path.isfile(path) and any(path == name or (os.path.isdir(name) and path.startswith(os.path.join(name, ""))) for name in names)


def difference(one: Mended) -> str:
    """The unified diff of a file, as `git apply` and `patch` take it."""
    from difflib import unified_diff

    name = output.where(one.before.name)
    made = unified_diff(_lines(one.before.text), _lines(one.after.text), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in made)


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends; Python's own way to part them knows ends that no patch knows."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
