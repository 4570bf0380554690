"""What others publish of their own systems: the packs of these give it again, and so the language is not only for Chinese forms."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import product

import pytest

import perfscore as ps
from tests.rules.test_packs import form

SCORES = {"A": 4, "B": 3, "C": 2, "D": 1, "D*": 1}
#: PEFA's tables for method M2, by the number of dimensions and the sum of their scores.
TABLES = {
    2: dict(zip(range(2, 9), ("D", "D+", "C", "C+", "B", "B+", "A"), strict=True)),
    3: dict(zip(range(3, 13), ("D", "D+", "D+", "C", "C+", "B", "B", "B+", "A", "A"), strict=True)),
    4: dict(zip(range(4, 17), ("D", "D", "D+", "D+", "C", "C+", "C+", "B", "B", "B+", "B+", "A", "A"), strict=True)),
}
ALL = [letters for number in TABLES for letters in product(SCORES, repeat=number) if list(letters) == sorted(letters)]


def graded(reference: str, letters: tuple[str, ...]) -> str | None:
    rows = [{"level1": "Dimensions", "level3": str(place), "actual": letter} for place, letter in enumerate(letters)]
    grade = ps.evaluate(form(json.dumps({"indicators": rows})), ps.load_rules(reference)).grade
    return None if grade is None else grade.label


# The pack has one table of ranges of the mean where PEFA prints three; every combination of two, three and four dimensions says whether that is the same.
def test_the_mean_of_dimensions_gives_every_row_of_the_published_tables() -> None:
    for letters in ALL:
        assert graded("pefa/m2@2016", letters) == TABLES[len(letters)][sum(SCORES[letter] for letter in letters)], letters


def test_the_weakest_dimension_counts_with_a_plus_where_another_is_higher() -> None:
    for letters in ALL:
        scores = [SCORES[letter] for letter in letters]
        plus = "+" if max(scores) > min(scores) else ""
        assert graded("pefa/m1@2016", letters) == "DCBA"[min(scores) - 1] + plus, letters


# Published to three places, from inputs with more digits than are printed: what the printed ones give may differ by one in the last.
@pytest.mark.parametrize(
    ("reference", "life", "mean", "expected", "gni", "published"),
    [
        ("undp/hdi@2014", "81.5", "12.6", "17.6", "63909", "0.944"),
        ("undp/hdi@2014", "82.5", "12.8", "19.9", "41524", "0.933"),
        ("undp/hdi@2014", "82.6", "12.2", "15.7", "53762", "0.917"),
        ("undp/hdi@2014", "81.0", "11.9", "17.9", "42397", "0.915"),
        ("undp/hdi@2014", "78.9", "12.9", "16.5", "52308", "0.914"),
        ("undp/hdi@2021", "83.2", "13.0", "18.2", "64660", "0.961"),
        ("undp/hdi@2021", "78.2", "7.6", "14.2", "17504", "0.768"),
        ("undp/hdi@2021", "84.0", "13.9", "16.5", "66933", "0.962"),
        ("undp/hdi@2021", "55.0", "5.7", "5.5", "768", "0.385"),
    ],
)
def test_published_indices_of_human_development(reference: str, life: str, mean: str, expected: str, gni: str, published: str) -> None:
    facts = {"life_expectancy": life, "mean_years": mean, "expected_years": expected, "gni": gni}
    score = ps.evaluate(form(json.dumps({"facts": facts})), ps.load_rules(reference)).score
    assert score is not None
    assert abs(score - Decimal(published)) <= Decimal("0.001")


# Every reading a chart can hold has its points: bands that are printed with gaps between whole numbers must leave out none that has a place behind the point.
@pytest.mark.parametrize(
    ("fact", "indicator", "points"),
    [
        ("respiration", "breaths", {8: 3, 9: 1, 11: 1, 12: 0, 20: 0, 21: 2, 24: 2, 25: 3}),
        ("spo2", "saturation", {91: 3, 92: 2, 93: 2, 94: 1, 95: 1, 96: 0}),
        ("systolic", "pressure", {90: 3, 91: 2, 100: 2, 101: 1, 110: 1, 111: 0, 219: 0, 220: 3}),
        ("pulse", "heart", {40: 3, 41: 1, 50: 1, 51: 0, 90: 0, 91: 1, 110: 1, 111: 2, 130: 2, 131: 3}),
        ("temperature", "heat", {"35.0": 3, "35.1": 1, "36.0": 1, "36.1": 0, "38.0": 0, "38.1": 1, "39.0": 1, "39.1": 2}),
    ],
)
def test_the_classes_of_the_early_warning_score_are_closed(fact: str, indicator: str, points: dict[str | int, int]) -> None:
    def scored(reading: object) -> Decimal | None:
        facts = {fact: str(reading), "oxygen": "false"}
        return ps.evaluate(form(json.dumps({"facts": facts})), ps.load_rules("rcp/news2@2017"))[indicator].score

    assert {reading: scored(reading) for reading in points} == points
    assert None not in [scored(Decimal(reading) + Decimal("0.05")) for reading in points]
