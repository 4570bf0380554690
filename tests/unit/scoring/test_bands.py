"""A table of bands says itself where it does not meet, and what a row gives, in the words in which it is written; scores are in cases/rules/good."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from perfscore.model.curve import Curve
from perfscore.scoring.methods import bands
from perfscore.scoring.methods._amount import Amount, amount, read_amount
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source
from perfscore.text.yaml import parse

F = Fraction
ALL, NOTHING = Amount(F(1), share=True), Amount(F(0), share=False)


def read(*rows: str) -> tuple[Curve | None, list[Diagnostic]]:
    """The curve of a table worth 10 points, and what is said of it."""
    found: list[Diagnostic] = []
    (document,) = parse(Source("rules.yaml", "\n".join(f'- "{row}"' for row in rows))).documents
    parameters = bands.PARAMETERS.read(document, found.append)
    return (None if parameters is None else bands.curve(parameters, F(10), found.append)), found


def curve(*rows: str) -> Curve:
    made, found = read(*rows)
    assert made is not None, found
    return made


def said(*rows: str) -> list[tuple[str, str, str | None]]:
    made, found = read(*rows)
    assert made is None
    return [(problem.code, problem.says.zh, problem.hint and problem.hint.zh) for problem in found]


# The colon is what tells interval and points apart; these words do that themselves.
@pytest.mark.parametrize(
    "row, score",
    [
        ("大于30%不得分", 0),
        ("大于30%不计分", 0),
        ("大于30%满分", 10),
        ("大于30%得满分", 10),
        ("大于30% 计满分 ", 10),
        ("大于30%记满分", 10),
        ("大于30%：得满分", 10),
    ],
)
def test_a_band_in_words_needs_no_colon(row: str, score: int) -> None:
    (piece,) = curve(row).pieces
    assert (str(piece.on), int(piece.upper.intercept)) == ("(0.3,+∞)", score)
    assert piece.reason == Phrase(f"在 大于30% 内，记 {score} 分", f"within 大于30%: {score} points")


@pytest.mark.parametrize("row", ["满分", "不得分", "大于30%", "大于30%得5分", "大于30%不满分", "大于30%:"])
def test_without_colon_and_word_it_is_no_band(row: str) -> None:
    ((code, says, _),) = said(row)
    assert code == "bad-band"
    if not row.endswith((":", "不满分")):
        assert says == f"档次应写作“区间: 分数”，写的是 {row}"


# A point and what lies above it share an end; which is written first is nobody's concern.
def test_the_rows_may_stand_in_any_order() -> None:
    assert [str(piece.on) for piece in curve("大于10%不得分", "0-10%(含): 4", "=0: 满分").pieces] == ["[0,0]", "(0,0.1]", "(0.1,+∞)"]


# One row, two places on the line: the same points, the same words, the same line of the rule file.
def test_a_row_on_both_sides_of_zero_is_two_pieces() -> None:
    made = curve("±10%以内得满分", "±10-15%以内: 8", "±20%以外不得分", "±15-20%以内: 5")
    assert [(str(piece.on), int(piece.upper.intercept)) for piece in made.pieces] == [
        ("(-∞,-0.2)", 0), ("[-0.2,-0.15)", 5), ("[-0.15,-0.1)", 8), ("[-0.1,0.1]", 10), ("(0.1,0.15]", 8), ("(0.15,0.2]", 5), ("(0.2,+∞)", 0),
    ]  # fmt: skip
    left, right = made.pieces[2], made.pieces[4]
    assert left.reason == right.reason == Phrase("在 ±10-15%以内，记 8 分", "within ±10-15%以内: 8 points")
    assert left.span == right.span
    assert made.full == Phrase("在 ±10%以内才记满分", "full points take ±10%以内")


def test_a_gap_is_named_exactly_and_one_between_classes_is_mended() -> None:
    assert said("80-89: 8", "90-100: 10") == [
        ("band-gap", "80-89 与 90-100 之间漏了 (89,90)", "89.5 这样的数哪一档也不属于；前一档写作 [80,90) 就接上了")
    ]
    assert said("80-89%: 8", "90-100%: 10") == [
        ("band-gap", "80-89% 与 90-100% 之间漏了 [89%,90%)", "89.5% 这样的数哪一档也不属于；前一档写作 [80%,90%) 就接上了")
    ]
    rows = "补一行 [70%,80%)，或把 80%(含)-100% 写作 [70%,100%]: 10，或把 60%(含)-70% 写作 [60%,80%): 5"
    assert said("60%(含)-70%: 5", "80%(含)-100%: 10") == [("band-gap", "60%(含)-70% 与 80%(含)-100% 之间漏了 [70%,80%)", rows)]
    ways = "归 高于60% 的，写作 [60%,+∞): 得满分；归 低于60% 的，写作 (-∞,60%]: 不得分"
    assert said("低于60%不得分", "高于60%得满分") == [("band-gap", "低于60% 与 高于60% 之间漏了 60%", ways)]


def test_an_end_that_two_bands_claim_is_told_apart_from_an_overlap() -> None:
    ways = "归 90%以上 的，0-90%(含) 写作 (0%,90%): 8；归 0-90%(含) 的，90%以上 写作 (90%,+∞): 10"
    assert said("0-90%(含): 8", "90%以上: 10") == [("end-claimed-twice", "0-90%(含) 与 90%以上 都包括 90%", ways)]
    assert said("[0,91%): 8", "90%以上: 10") == [("band-overlap", "[0,91%) 与 90%以上 有重叠，都包括 [90%,91%)", None)]
    # A number by itself cannot give its only number away, and two alike are no ends.
    assert said("=0: 满分", "0以上不得分")[0][2] == "归 =0 的，0以上 写作 (0,+∞): 不得分"
    assert [code for code, _, _ in said("=0: 满分", "=0: 5")] == ["band-overlap"]


# Held against its neighbour alone, the band behind a long one would seem to leave a gap.
def test_a_band_that_reaches_over_two_leaves_no_gap_between_them() -> None:
    assert [code for code, _, _ in said("[0,100%]: 0", "[10%,20%]: 5", "[30%,40%]: 6")] == ["band-overlap", "band-overlap"]


def mended(*rows: str, quote: str = '"') -> list[str]:
    """The rows after every edit that is offered, in the order in which they stand."""
    source = Source("rules.yaml", "\n".join(f"- {quote}{row}{quote}" for row in rows))
    found: list[Diagnostic] = []
    parameters = bands.PARAMETERS.read(parse(source).documents[0], found.append)
    assert parameters is not None
    bands.curve(parameters, F(10), found.append)
    lines = source.text.split("\n")
    for edit in (edit for one in found for edit in one.edits):
        line, start, end = edit.span.line - 1, edit.span.column - 1, edit.span.end_column - 1
        lines[line] = lines[line][:start] + edit.text + lines[line][end:]
    return [line.removeprefix("- ") for line in lines]


# 90%以上 and 不超过 10% hold their number: an end belongs to the side that gives more, in whatever words and quotes it stands.
@pytest.mark.parametrize(
    "rows, quote, wanted",
    [
        (("[90%,100%]: 10", "[0,90%]: 0"), '"', ['"[90%,100%]: 10"', '"[0%,90%): 0"']),
        ((">90%: 10", "<90%：5分"), "'", ["'[90%,+∞): 10'", "'<90%：5分'"]),
        (("大于10%不得分", "[0,10%): 满分"), '"', ['"大于10%不得分"', '"[0%,10%]: 满分"']),
        (("不超过10%得满分", "10%以上不得分"), "", ["不超过10%得满分", '"(10%,+∞): 不得分"']),
    ],
)
def test_one_number_too_few_or_too_many_is_mended_by_an_edit(rows: tuple[str, ...], quote: str, wanted: list[str]) -> None:
    assert mended(*rows, quote=quote) == wanted
    made, found = read(*(row.strip("\"'") for row in wanted))
    assert made is not None, found


# More than one number in the gap is somebody's to decide, and no side of ± is changed alone.
@pytest.mark.parametrize(
    "rows", [("[90%,100%]: 10", "[0,80%): 0"), ("[0,91%): 8", "90%以上: 10"), ("±10%以内得满分", "±10%(含)-15%: 5", "15%以上: 0")]
)
def test_anything_else_has_no_edit(rows: tuple[str, ...]) -> None:
    assert mended(*rows) == [f'"{row}"' for row in rows]


def test_on_both_sides_of_zero_each_gap_is_named() -> None:
    assert said("±10%以内得满分", "±20%以外不得分") == [
        ("band-gap", "±20%以外 与 ±10%以内 之间漏了 [-20%,-10%)", "补一行 [-20%,-10%)"),
        ("band-gap", "±10%以内 与 ±20%以外 之间漏了 (10%,20%]", "补一行 (10%,20%]"),
    ]


def test_more_points_than_there_are_is_said_once_for_a_row_of_two_pieces() -> None:
    assert [code for code, _, _ in said("±10%以内得满分", "±10%以外: 12")] == ["band-above-points"]


@pytest.mark.parametrize(
    "text, means",
    [
        ("满分", ALL),
        ("得满分", ALL),
        ("计满分", ALL),
        ("记满分", ALL),
        (" 满分 ", ALL),
        ("不得分", NOTHING),
        ("不计分", NOTHING),
        ("不记分", NOTHING),
    ],
)
def test_all_and_nothing_are_amounts(text: str, means: Amount) -> None:
    assert read_amount(text) == means


# Near to an amount in words and none; the pattern for editors refuses the same texts as the reader.
@pytest.mark.parametrize(
    "text",
    [
        "满分",
        "得满分",
        "不得分",
        "不计分",
        "不满分",
        "满分分",
        "分值的满分",
        "-满分",
        "满分的50%",
        "得分",
        "不分",
        "计5分",
        "5分",
        "10%",
        "-1",
        "分值的10%",
        "5 of points",
    ],
)
def test_the_reader_and_the_schema_agree_on_amounts(text: str) -> None:

    pattern = amount().schema()["pattern"]
    assert bool(re.search(pattern, text)) is not isinstance(read_amount(text), Phrase)
