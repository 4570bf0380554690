"""Where a rule file says what its rule set keeps no place of: read once more, and only where there is something to be said about it."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.model.rules import RuleSet
from perfscore.ruleset.load import read_fields
from perfscore.text.fields import Fields, Value
from perfscore.text.source import Source, Span


def fields_of(source: Source) -> Fields | None:
    """What a rule file says; it was read before, and nothing is said twice of what is wrong with it."""
    return read_fields(source, lambda _: None)


def written(rules: RuleSet, key: str) -> Span:
    """The place of what stands behind a key of the file, or of the nearest base that says it; the beginning where nobody does."""
    for source in reversed(rules.sources):
        fields = fields_of(source)
        if fields is not None and key in fields:
            return fields.at(key)
    return rules.span


def cited(fields: Fields) -> Iterator[Value]:
    """Every basis that a file names: its own, and those of its indicators, their cases, its variants and its gates."""
    yield from fields["basis"] or ()
    for key in ("indicators", "children", "variants", "gates"):
        for below in fields[key] or ():
            yield from cited(below.value)
