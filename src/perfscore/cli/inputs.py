"""Files, folders and standard input, as named on the command line, to forms."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from perfscore.forms.read import forms_of, read_forms
from perfscore.model.form import Form
from perfscore.text.decode import decode
from perfscore.text.diagnostic import Rejected

MAX_BYTES = 5_000_000
_ENDINGS = (".yaml", ".yml", ".json")


def forms(names: list[str]) -> Iterator[Form | Rejected]:
    """Every form of every input, in order; what cannot be read comes back as what is wrong with it."""
    for name in names:
        for path in _files(name):
            try:
                if path == "-":
                    decoded = decode(sys.stdin.buffer.read(MAX_BYTES + 1), "-")
                    yield from forms_of(decoded.source, decoded.notes)
                else:
                    yield from read_forms(path)
            except Rejected as rejected:
                yield rejected


def _files(name: str) -> list[str]:
    """A folder stands for its form files, sorted, without hidden and lock files."""
    if name == "-" or not os.path.isdir(name):
        return [name]
    return [os.path.join(name, entry) for entry in sorted(os.listdir(name)) if entry.endswith(_ENDINGS) and not entry.startswith((".", "~$"))]
