"""Laws of the printer: a printed rule set says what was read, needs no other file, and printing it again changes nothing."""

from pathlib import Path

import pytest
from hypothesis import given

from perfscore.ruleset.build import build, merged
from perfscore.ruleset.load import open_named, shipped_references
from perfscore.ruleset.printer import print_rules, same_rules
from perfscore.testing.strategies import built, rule_texts
from perfscore.text.phrase import Lang
from perfscore.text.source import Source
from tests.architecture.tree import ROOT

LANGS: tuple[Lang, ...] = ("en", "zh")
GOOD = sorted(str(path) for path in (ROOT / "tests/cases/rules/good").rglob("*.yaml"))
FILES = [*shipped_references(), *GOOD]


def source(text: str) -> Source:
    return Source("printed.yaml", text, text.encode())


def holds(read: Source, folder: str | None) -> None:
    fields, rules = merged(read, folder), build(read, folder)
    for lang in LANGS:
        for origins in (False, True):
            printed = print_rules(fields, lang, origins=origins)
            # Without a folder nothing relative could be opened: the text stands alone.
            again = build(source(printed), None)
            assert same_rules(again, rules), printed
            plain = print_rules(merged(source(printed), None), lang)
            assert print_rules(merged(source(plain), None), lang) == plain


@given(rule_texts())
def test_a_drawn_rule_set_survives_printing(text: str) -> None:
    holds(source(text), None)


# Drawn files extend nothing; these do, and use every method, gate and word there is a case for.
@pytest.mark.parametrize("name", FILES, ids=[Path(name).name for name in FILES])
def test_a_rule_file_survives_printing(name: str) -> None:
    holds(*open_named(name))


# The language of the keys is chosen by the reader and says nothing: a file in one language prints as its translation does.
@given(rule_texts())
def test_a_printed_file_speaks_one_language(text: str) -> None:
    there = print_rules(merged(source(text), None), "zh")
    back = print_rules(merged(source(there), None), "en")
    assert back == print_rules(merged(source(text), None), "en")


# What cannot fail holds nothing: a changed number, word or label is another rule set.
@pytest.mark.parametrize(
    ("old", "new"), [("points: 5", "points: 6"), ("otherwise: zero", "otherwise: full"), ("label: 甲", "label: 乙"), ("a > 1", "a > 2")]
)
def test_another_rule_set_is_not_the_same(old: str, new: str) -> None:
    text = "ruleset: a/b\nversion: 1\nfacts: {a: a}\nindicators:\n  - {id: x, label: 甲, points: 5, measure: a, method: ratio, applicable: a > 1, otherwise: zero}\n"
    assert same_rules(built(text), built(f"# moved by a line\n{text}"))
    assert old in text
    assert not same_rules(built(text), built(text.replace(old, new)))
