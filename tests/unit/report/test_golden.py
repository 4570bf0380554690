"""
Whole results and whole lists of mistakes as a reader gets them: what no law can say, a person says by reviewing the difference.

`PERFSCORE_GOLDEN=write pytest tests/unit/report/test_golden.py` rewrites the files.
"""

import os
import re
from pathlib import Path

import pytest

import perfscore as ps
from perfscore.forms.read import read_forms
from perfscore.report.blank import blank_form
from perfscore.report.rules import page
from perfscore.ruleset.build import load_rules
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Lang
from perfscore.text.show import render_all
from perfscore.views import render
from perfscore.views.json import dumps
from tests.architecture.tree import ROOT
from tests.unit.report.language import PLAN, ROWS, scored

GOLDEN = ROOT / "tests" / "golden"
RULE_FILES = [
    "keys",
    "yaml-1.1",
    "points",
    "points-on-top",
    "bands",
    "grades-of-integers",
    "methods",
    "formulas",
    "structure",
    "deduction",
    "anchors",
]
REPORTS = ["huaihua-2024", "yuelu-2022", "hetang-2022", "kaifu-2020", "invented-project", "invented-no-satisfaction"]


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    # Names of files are shown as they were given: relative ones, or every checkout would have its own.
    monkeypatch.chdir(ROOT)


def check(path: Path, text: str) -> None:
    if os.environ.get("PERFSCORE_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


def refused(path: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(Rejected) as caught:
        load_rules(path)
    return caught.value.diagnostics


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", RULE_FILES)
def test_what_is_said_of_a_bad_rule_file(name: str, lang: Lang) -> None:
    check(GOLDEN / "errors" / f"{name}-{lang}.txt", render_all(refused(f"tests/cases/rules/bad/{name}.yaml"), lang, limit=100) + "\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_said_of_a_bad_form(lang: Lang) -> None:
    (form,) = read_forms("tests/cases/forms/bad/keys.yaml")
    assert isinstance(form, Rejected)
    check(GOLDEN / "errors" / f"form-keys-{lang}.txt", render_all(form.diagnostics, lang) + "\n")


def explained(name: str, lang: Lang, format_: str) -> str:
    results = list(ps.evaluate_many(ps.read_many(f"examples/{name}.yaml")))
    return "\n".join(result.explain(lang=lang, format=format_) + "\n" + render_all(result.warnings, lang) + "\n" for result in results)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", REPORTS)
def test_a_result_with_all_its_reasons(name: str, lang: Lang) -> None:
    check(GOLDEN / "reports" / f"{name}-{lang}.txt", explained(name, lang, "terminal"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_result_in_markdown(lang: Lang) -> None:
    check(GOLDEN / "reports" / f"huaihua-2024-{lang}.md", explained("huaihua-2024", lang, "markdown"))


# The digests of a receipt change with every comment in a rule file; what they are taken of is tested elsewhere.
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["huaihua-2024", "hetang-2022"])
def test_a_result_as_json(name: str, lang: Lang) -> None:
    results = ps.evaluate_many(ps.read_many(f"examples/{name}.yaml"))
    text = "\n".join(dumps(result.document(lang), indent=2) for result in results) + "\n"
    text = re.sub(r'"sha256:[0-9a-f]{64}"', '"sha256:…"', text)
    check(GOLDEN / "reports" / f"{name}-{lang}.json", re.sub(r'"engine": "[^"]+"', '"engine": "…"', text))


def everything(lang: Lang) -> str:
    """A page of rules with all that rule files can say, and forms on which each of it takes effect."""
    forms: tuple[tuple[dict[str, str], tuple[str, ...]], ...] = (
        ({}, ROWS),
        (
            {"地区": "中部", "制度": "{有执行: 是, 有制度: 否}", "资金使用": "{虚列: 4.5}", "报送": "2025-03-05", "名次": ""},
            (
                "{level1: 产出, level3: 甲, target: 10个, actual: 8个, points: 20, deducted: 1}",
                "{level3: 乙, target: 10个, actual: 2个, points: 20, note: 天气}",
            ),
        ),
        ({"地区": "东部", "未自评": "是", "严重问题": "？", "资金使用": "[虚列]"}, ROWS),
    )
    texts = [render(page(PLAN, lang), "terminal")]
    for changes, rows in forms:
        result = scored(changes, rows)
        texts += [result.explain(lang=lang), render_all(result.warnings, lang) + "\n"]
    return "\n".join(texts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_that_a_rule_file_can_say(lang: Lang) -> None:
    check(GOLDEN / "reports" / f"everything-{lang}.txt", everything(lang))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_form_for_every_kind_of_fact(lang: Lang) -> None:
    check(GOLDEN / "reports" / f"everything-blank-{lang}.yaml", blank_form(PLAN, "rules.yaml", lang))
