"""
The checks of rule sets, held by data: a page with its wrong and right piece, and files under tests/cases/lint, good and bad side by side.

A file is named like the code that it is for; what follows a dot tells several apart (`not-monotone.malus.yaml`).
"""

import re
from pathlib import Path

import pytest

from perfscore.checking.settings import Settings
from perfscore.linting.checks import codes, find
from perfscore.linting.run import lint
from perfscore.model.page import framed
from perfscore.model.rules import RuleSet
from perfscore.ruleset.build import build, load_rules
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.source import Source
from tests.architecture.tree import ROOT

CASES = ROOT / "tests" / "cases" / "lint"
BAD, GOOD = (sorted((CASES / kind).glob("*.yaml")) for kind in ("bad", "good"))
_EXPECT = re.compile(r"^# expect: ([a-z-]+) (\d+:\d+)$", re.MULTILINE)


def read(text: str) -> RuleSet:
    return build(Source("case.yaml", framed(text), framed(text).encode()), None)


def findings(rules: RuleSet, *wanted: str) -> list[Diagnostic]:
    """What is found of some codes: a case is written for one check, and need not please every other."""
    return list(lint(rules, settings=Settings(select=frozenset(wanted))).findings)


def stem(path: Path) -> str:
    return path.stem.partition(".")[0]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_rule_file_has_these_findings_at_these_places(path: Path) -> None:
    expected = _EXPECT.findall(path.read_text(encoding="utf-8"))
    found = findings(load_rules(str(path)), stem(path), *(code for code, _ in expected))
    assert [(one.code, f"{one.span.line}:{one.span.column}") for one in found if one.span is not None] == expected
    assert stem(path) in {one.code for one in found}


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_rule_file_has_none(path: Path) -> None:
    assert findings(load_rules(str(path)), stem(path)) == []


@pytest.mark.parametrize("code", codes())
def test_the_wrong_piece_of_a_page_is_found_and_the_right_one_is_not(code: str) -> None:
    page = find(code).PAGE
    assert findings(read(page.wrong), code)
    # What a page shows as right is an example to follow: no check has more than advice for it.
    assert [one for one in lint(read(page.right)).findings if one.code == code or one.severity != "advice"] == []


# A check without cases is a claim; a case for a check that is gone tells nobody anything.
def test_every_check_has_a_bad_and_a_good_case() -> None:
    for paths in (BAD, GOOD):
        assert {stem(path) for path in paths} == set(codes())


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_what_is_found_is_said_in_both_languages(path: Path) -> None:
    for one in findings(load_rules(str(path)), stem(path)):
        for phrase in (one.says, one.hint, *(says for says, _ in one.more)):
            if phrase is not None:
                assert phrase.zh.strip()
                assert phrase.en.strip()
                assert not re.search(r"None|Fraction|<[a-z]+ object|\bValue\(", phrase.zh + phrase.en)
