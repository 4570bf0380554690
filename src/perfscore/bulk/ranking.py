"""Results to places: who is ahead of whom, among the forms that the same rules scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from perfscore.bulk import sheets
from perfscore.bulk.sheets import Column, Plain, Sheet
from perfscore.text.phrase import Phrase

RANKING = Sheet(
    "ranking",
    Phrase("名次：同一套规则的各表从高到低，同分同名次", "places among the forms of the same rules; equal scores share one"),
    (
        sheets.RULES, Column("rank", Phrase("名次", "rank"), "whole"), Column("of", Phrase("共几张表", "of"), "whole"), sheets.FORM, sheets.KEY, sheets.UNIT,
        sheets.PROJECT, sheets.YEAR, sheets.SCORE, sheets.POINTS, sheets.GRADE,
    ),
)  # fmt: skip


class Ranked(NamedTuple):
    """A form that takes part."""

    rules: str
    score: Fraction
    form: int
    key: str
    unit: str
    project: str
    year: int | None
    points: str | None
    grade: list[str] | None


def ranked(row: list[Plain]) -> Ranked | None:
    """What a row of results brings to the ranking; None for a form without a score."""
    form, key, _, _, unit, project, year, rules, _, score, _, _, points, grade, *_ = row
    return None if score is None else Ranked(rules, Fraction(score), form, key, unit, project, year, points, grade)


def rank(given: Iterable[Ranked]) -> Iterator[tuple[int, int, Ranked]]:
    """The forms of each rule set from the highest score, with place and number of all; equal scores share the better place, and the next is left out."""
    by_rules: dict[str, list[Ranked]] = {}
    for one in given:
        by_rules.setdefault(one.rules, []).append(one)
    for rules in sorted(by_rules):
        # Few scores of many forms differ, and fractions are slow to compare.
        order = {score: place for place, score in enumerate(sorted({one.score for one in by_rules[rules]}, reverse=True))}
        found = sorted(by_rules[rules], key=lambda one: (order[one.score], one.form))
        place = 0
        for number, one in enumerate(found, 1):
            place = place if number > 1 and one.score == found[number - 2].score else number
            yield place, len(found), one


def row(place: int, of: int, one: Ranked) -> list[Plain]:
    """The row of the ranking table."""
    from perfscore.bulk.results import exact

    return [one.rules, place, of, one.form, one.key, one.unit, one.project, one.year, exact(one.score), one.points, one.grade]
