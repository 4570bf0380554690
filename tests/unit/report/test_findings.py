"""
What is found, in the formats that programs and pull requests take: whole texts of one made-up review, which holds everything that a finding can have.

`PERFSCORE_GOLDEN=write pytest tests/unit/report/test_findings.py` rewrites the files.
"""

import json
from pathlib import PureWindowsPath

import pytest

from perfscore.model.page import Page
from perfscore.model.review import Allowed, Review
from perfscore.report.annotations import commands
from perfscore.report.findings import digest, document, outline
from perfscore.report.sarif import document as sarif
from perfscore.text.diagnostic import Diagnostic, Edit
from perfscore.text.phrase import Lang, Phrase, same
from perfscore.text.source import Source, Span
from perfscore.views import render
from perfscore.views.json import dumps
from tests.unit.report.test_golden import GOLDEN, check

LANGS: tuple[Lang, ...] = ("zh", "en")
TITLE = Phrase("规则检查", "Lint")
# A name with everything that has to be written otherwise somewhere: blanks, Han characters, a comma, a colon, a per cent sign.
SOURCE = Source("规则/a, 50%: b.yaml", 'points: 100\nbands: ["𠮷90%以上: 10",\n  "80-89: 8"]\nlate: 1 # 检查：允许 too-late：原文如此\n')
PAGE = Page(
    Phrase("两档之间有空当。", "There is a gap between two bands."),
    Phrase("落在空当里的单位没有得分。", "Whoever falls into it has no score."),
    Phrase("让两档接上。", "Close it."),
    "indicators:\n  - {id: a, points: 10} # 10 %\n",
    "points: 10\n",
)


def at(line: int, column: int, end_line: int, end_column: int) -> Span:
    return Span(SOURCE, line, column, end_line, end_column)


GAP = Diagnostic(
    "band-gap",
    Phrase("89% 与 90% 之间漏了一段，\n如 89.5%", "nothing holds 89.5%,\nbetween 89% and 90%"),
    at(3, 3, 3, 12),
    Phrase("写作 [80,90)", "write [80,90)"),
    "error",
    ((Phrase("前一档在这里", "the band before is here"), at(2, 9, 2, 20)),),
    (Edit(at(3, 4, 3, 9), "[80,90)"),),
)
TABLE = Diagnostic("table-odd", Phrase("整张表 | 很怪", "an odd | table"), at(2, 8, 3, 13), None, "advice")
LATE = Diagnostic("too-late", same("late"), at(4, 1, 4, 5), None, "warning")
WHERE = "县/规则, 一@2024"
FOUND = (
    Review(WHERE, (GAP, TABLE), (Allowed(LATE, "原文如此", at(4, 9, 4, 30)),)),
    Review("clean@1", ()),
    Review("broken.yaml", (Diagnostic("no-text", same("?"), None),), usable=False),
)
TOLD = {"band-gap": (Phrase("两档之间漏了", "a gap between bands"), PAGE)}


@pytest.mark.parametrize("lang", LANGS)
def test_sarif(lang: Lang) -> None:
    check(GOLDEN / "lint" / f"review-{lang}.sarif", dumps(sarif(FOUND, TOLD, str, lang), indent=2) + "\n")


# What GitHub and editors go by; the golden text alone would let a wrong column pass a hurried review.
def test_the_regions_of_sarif_are_the_characters_that_are_meant() -> None:
    (run,) = sarif(FOUND, TOLD, str, "en")["runs"]
    lines = SOURCE.text.split("\n")
    assert run["columnKind"] == "unicodeCodePoints"
    gap = run["results"][0]
    region = gap["locations"][0]["physicalLocation"]["region"]
    assert lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == '"80-89: 8'
    (change,) = gap["fixes"][0]["artifactChanges"]
    deleted = change["replacements"][0]["deletedRegion"]
    assert lines[deleted["startLine"] - 1][deleted["startColumn"] - 1 : deleted["endColumn"] - 1] == "80-89"
    assert [result["suppressions"] != [] for result in run["results"]] == [False, False, False, True]
    assert [run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] for result in run["results"]] == [result["ruleId"] for result in run["results"]]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("rules/a.yaml", "rules/a.yaml"),
        ("规则/a b%.yaml", "%E8%A7%84%E5%88%99/a%20b%25.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("../up.yaml", "../up.yaml"),
        ("/srv/规.yaml", "file:///srv/%E8%A7%84.yaml"),
        (PureWindowsPath("C:\\x y\\a.yaml").as_posix(), "file:///C:/x%20y/a.yaml"),
    ],
)
def test_names_of_files_become_addresses(path: str, uri: str) -> None:
    source = Source(path, "a")
    found = (Review("r", (Diagnostic("c", same("c"), Span(source, 1, 1, 1, 2)),)),)
    (result,) = sarif(found, {}, str, "en")["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


@pytest.mark.parametrize("lang", LANGS)
def test_workflow_commands(lang: Lang) -> None:
    check(GOLDEN / "lint" / f"review-{lang}.github.txt", commands(FOUND, str, lang))


# A line end in a text would end the command, and what stands behind it could be another one.
def test_no_text_can_make_a_second_command() -> None:
    source = Source("x\r\n::error::y", "a")
    evil = Diagnostic("c", same("a\n::set-output name=x::y\r%0A"), Span(source, 1, 1, 1, 2), same("h\u2028::error::z"))
    text = commands((Review("r", (evil,)),), str, "en")
    assert text.count("\n") == 1
    assert len(text.splitlines()) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_markdown_for_a_pull_request(lang: Lang) -> None:
    check(GOLDEN / "lint" / f"review-{lang}.md", render(digest(TITLE, FOUND, str, lang), "markdown"))


@pytest.mark.parametrize("lang", LANGS)
def test_a_terminal_and_json(lang: Lang) -> None:
    says = {code: said for code, (said, _) in TOLD.items()}
    check(GOLDEN / "lint" / f"review-{lang}.txt", render(outline(TITLE, FOUND, says, lang), "terminal"))
    text = dumps(document(FOUND, lang), indent=2) + "\n"
    check(GOLDEN / "lint" / f"review-{lang}.json", text)
    assert [review["usable"] for review in json.loads(text)["reviews"]] == [True, True, False]
