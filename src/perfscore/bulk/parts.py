"""A part of a run: the rows and counts of some of its forms, kept in memory or in a file that is whole."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from perfscore.bulk.sheets import Plain
from perfscore.bulk.tally import Tally
from perfscore.bulk.whole import whole

#: The tables that a part has rows of; `queue` are the reasons to look at a form, `texts` what it says in words.
TABLES = ("results", "errors", "indicators", "findings", "queue", "texts")


class Part(NamedTuple):
    """
    Some forms of a run, in order; their numbers count from 1 in the part.

    `key` is the digest of all that it was made from. `rules` are the rule sets that its forms named, each with the digest of its text.
    """

    key: str
    forms: int
    tally: Tally
    #: The labels of the parts of the top level, Chinese and English.
    labels: dict[str, str]
    #: [folder, text, day, digest, reference] of each rule set that the forms name.
    rules: list[list[Plain]]
    #: What stands in a folder and is no form, with why.
    skipped: list[list[Plain]]
    rows: dict[str, list[list[Plain]]]

    def of(self, table: str, before: int) -> Iterator[list[Plain]]:
        """The rows of a table, their forms numbered on from those of the parts before."""
        for form, *rest in self.rows[table]:
            yield [form + before, *rest]


def name(number: int) -> str:
    """The file of a part."""
    return f"part-{number:06d}.jsonl"


def write(path: str, part: Part) -> None:
    """The part as a file, whole or not at all."""
    head = {"key": part.key, "forms": part.forms, "tally": part.tally.plain(), "labels": part.labels, "rules": part.rules, "skipped": part.skipped}
    with whole(path, replace=True) as draft, open(draft, "wb") as file:
        file.write(_line(head))
        for table in TABLES:
            file.writelines(_line([table, *row]) for row in part.rows[table])


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace") + b"\n"


def read(path: str, key: str, only: str | None = None) -> Part | None:
    """The part of a file, without its counts if only one of its tables is wanted; None if there is none, if it was made from something else, or if somebody changed it."""
    if not os.path.isfile(path):
        return None
    try:
        with open(path, encoding="utf-8") as file:
            head = json.loads(file.readline())
            if head["key"] != key:
                return None
            rows: dict[str, list[list[Plain]]] = {table: [] for table in TABLES}
            wanted = "[" if only is None else f'["{only}"'
            for line in file:
                if not line.startswith(wanted):
                    continue
                table, *row = json.loads(line)
                rows[table].append(row)
            return Part(
                key, head["forms"], Tally() if only is not None else Tally.of(head["tally"]), head["labels"], head["rules"], head["skipped"], rows
            )
    except (OSError, ValueError, KeyError, TypeError):
        return None
