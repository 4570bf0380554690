"""What a result depends on, and what it says, to digests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

from perfscore.bulk.sheets import Plain, PlainRow, Sheet
from perfscore.model.rules import RuleSet
from perfscore.ruleset.build import build
from perfscore.ruleset.load import open_reference
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase


class Named(NamedTuple):
    """Rules as a form names them: the reference, the folder that a path starts from, the day that a version is chosen by."""

    folder: str
    text: str
    day: int | None


def of_rules(rules: RuleSet) -> str:
    """The digest of the files of a rule set."""
    found = sha256()
    for source in rules.sources:
        found.update(sha256(source.content).digest())
    return f"sha256:{found.hexdigest()}"


def of_bytes(content: bytes) -> str:
    """The digest of a file."""
    return f"sha256:{sha256(content).hexdigest()}"


def digest(path: str) -> str:
    """The digest of a file of any size, read piece by piece; raises Rejected if it cannot be read."""
    found = sha256()
    try:
        with open(path, "rb") as file:
            while piece := file.read(1 << 20):
                found.update(piece)
    except (OSError, ValueError):
        raise Rejected([Diagnostic("not-readable", Phrase(f"无法读取 {path}", f"cannot read {path}"))]) from None
    return f"sha256:{found.hexdigest()}"


def of_named(named: Named) -> tuple[str, str]:
    """The full reference and the digest of rules that a form names; both empty where they cannot be used."""
    try:
        rules = build(*open_reference(named.text, named.folder, None, named.day))
    except Rejected:
        return "", ""
    return rules.reference, of_rules(rules)


def of_plain(value: Any) -> str:
    """The digest of a plain tree."""
    return f"sha256:{sha256(_canonical(value)).hexdigest()}"


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


class Content:
    """The digest of the rows of one table, in order: of what they say, whatever the format of the file and the language of its heads."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self._found = sheet, sha256()

    def take(self, row: PlainRow, more: Plain = None) -> None:
        """One row more, and what of it stands in columns of its own."""
        told = self.sheet.told(row)
        self._found.update(_canonical(told if more is None else [told, more]) + b"\n")

    def text(self) -> str:
        """`sha256:…`."""
        return f"sha256:{self._found.hexdigest()}"


def of_words(texts: Iterable[str]) -> list[str]:
    """Short digests of texts, to tell which are the same."""
    return [sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:24] for text in texts]
