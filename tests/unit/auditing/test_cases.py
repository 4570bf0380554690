"""
The checks of forms, held by data: a page with its wrong and right piece, and files under tests/cases/audit, good and bad side by side.

A file is named like the code that it is for; what follows a dot tells several apart (`score-differs.capped.yaml`). Forms name a shipped rule set, or
one beside them; a piece of a page without any is a form of `china/project-self@2020`.
"""

import re
from pathlib import Path

import pytest

from perfscore.api import evaluate, load_rules, read_many
from perfscore.auditing.checks import codes, find
from perfscore.auditing.run import audit
from perfscore.checking.settings import Settings
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.source import Source
from tests.architecture.tree import ROOT

CASES = ROOT / "tests" / "cases" / "audit"
BAD, GOOD = (sorted(path for path in (CASES / kind).glob("*.yaml") if not path.name.endswith(".rules.yaml")) for kind in ("bad", "good"))
_EXPECT = re.compile(r"^# expect: ([a-z-]+) (\d+:\d+)$", re.MULTILINE)


def findings(form: Form, *wanted: str) -> list[Diagnostic]:
    """What is found of some codes: a case is written for one check, and need not please every other."""
    rules = None if form.rules is not None else load_rules("china/project-self@2020")
    return list(audit(evaluate(form, rules).evaluation, Settings(select=frozenset(wanted))).review.findings)


def read(text: str) -> Form:
    (found,) = forms_of(Source("case.yaml", text, text.encode()))
    assert isinstance(found, Form), found
    return found


def stem(path: Path) -> str:
    return path.stem.partition(".")[0]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_form_has_these_findings_at_these_places(path: Path) -> None:
    expected = _EXPECT.findall(path.read_text(encoding="utf-8"))
    found = [one for form in read_many(path) for one in findings(form, stem(path), *(code for code, _ in expected))]
    assert [(one.code, f"{one.span.line}:{one.span.column}") for one in found if one.span is not None] == expected
    assert stem(path) in {one.code for one in found}


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_form_has_none(path: Path) -> None:
    assert [one for form in read_many(path) for one in findings(form, stem(path))] == []


@pytest.mark.parametrize("code", codes())
def test_the_wrong_piece_of_a_page_is_found_and_the_right_one_is_not(code: str) -> None:
    page = find(code).PAGE
    assert findings(read(page.wrong), code)
    assert findings(read(page.right), code) == []


# A check without cases is a claim; a case for a check that is gone tells nobody anything.
def test_every_check_has_a_bad_and_a_good_case() -> None:
    for paths in (BAD, GOOD):
        assert {stem(path) for path in paths} == set(codes())


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_what_is_found_is_said_in_both_languages(path: Path) -> None:
    for one in (one for form in read_many(path) for one in findings(form, stem(path))):
        for phrase in (one.says, one.hint, *(says for says, _ in one.more)):
            if phrase is not None:
                assert phrase.zh.strip()
                assert phrase.en.strip()
                assert not re.search(r"None|Fraction|<[a-z]+ object|\bValue\(", phrase.zh + phrase.en)
