"""Forms that a program scores together: held against each other, or made one; what they give, and what they refuse."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import perfscore as ps
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.text.source import Source

RULES = """
ruleset: a/b
version: "1"
facts: {报道数: {unit: 篇}}
cohort: {名次: {rank: 报道数}}
grades: [{label: 优, range: "[90,100]", quota: 50%}, {label: 良, range: "[0,90)"}]
indicators:
  - {id: a, label: 宣传, points: 10, measure: 名次, method: {bands: ["[1,1]: 10", "(1,+): 5"]}}
  - {id: b, label: 执行, points: 90, measure: 全年执行数 / 全年预算数, method: ratio}
"""
TEXTS = ("unit: 甲\nbudget: {adjusted: 1, executed: 1}\nfacts: {报道数: 3}", "unit: 乙\nbudget: {adjusted: 2, executed: 2}\nfacts: {报道数: 5}")


def form(text: str, name: str = "form.yaml") -> Form:
    (found,) = forms_of(Source(name, text, text.encode()))
    assert isinstance(found, Form), found
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., list[Form]]:
    """Forms in files, each in its own folder with its own copy of the rules."""

    def write(*texts: str, rules: tuple[str, ...] = ()) -> list[Form]:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}").mkdir()
            (tmp_path / f"{number}" / "rules.yaml").write_text(rules[number] if rules else RULES, encoding="utf-8")
            (tmp_path / f"{number}" / "form.yaml").write_text(f"rules: rules.yaml\n{text}", encoding="utf-8")
        return [ps.read_form(tmp_path / f"{number}" / "form.yaml") for number in range(len(texts))]

    return write


def test_a_cohort_is_scored_in_order_with_the_numbers_of_all(folder: Callable[..., list[Form]]) -> None:
    results = ps.evaluate_cohort(iter(folder(*TEXTS)))
    assert [(result["宣传"].score, result.score) for result in results] == [(Decimal(5), Decimal(95)), (Decimal(10), Decimal(100))]
    # One of two may be 优: the better one.
    assert [result.grade and result.grade.label for result in results] == ["良", "优"]
    assert [len(result.evaluation.placed) for result in results] == [1, 0]
    assert [result.warnings for result in results] == [(), ()]


# A form that a program scores alone is not compared with anything, and says what to do.
def test_a_form_alone_lacks_what_all_together_give(folder: Callable[..., list[Form]]) -> None:
    result = ps.evaluate(folder(TEXTS[0])[0])
    assert result.score is None
    assert [warning.hint.en for warning in result.warnings if warning.hint] == ["score all forms together (--cohort), or state it under facts"]


def test_forms_are_made_one_that_is_scored_like_any(folder: Callable[..., list[Form]], tmp_path: Path) -> None:
    one = ps.combine(iter(folder(*TEXTS)))
    assert one.unit == "2 个单位合并"
    result = ps.evaluate(one)
    assert result["执行"].why("zh")[0] == "全年执行数 3万元 ÷ 全年预算数 3万元 = 100%"
    given = ps.load_rules(str(tmp_path / "0" / "rules.yaml"))
    assert ps.evaluate(ps.combine(map(form, TEXTS), given), given).bounds == result.bounds
    assert ps.combine(map(form, TEXTS), ps.plan(given)).unit == one.unit


@pytest.mark.parametrize("verb", [ps.evaluate_cohort, ps.combine])
def test_forms_that_go_together_have_one_rule_set(verb: Callable[..., object], folder: Callable[..., list[Form]], tmp_path: Path) -> None:
    forms = folder(
        *TEXTS,
        TEXTS[0],
        rules=(RULES, RULES, RULES.replace("points: 10,", "points: 20,").replace(': 10",', ': 20",').replace("points: 90", "points: 80")),
    )
    verb(forms[:2])
    with pytest.raises(ps.Rejected) as caught:
        verb(forms)
    (found,) = caught.value.diagnostics
    assert (found.code, found.says.zh) == ("different-rules", "各表的规则都叫 a/b@1，内容不同")
    assert [Path(str(span).rpartition(":")[0].rpartition(":")[0]).parent.name for span in (found.span, *(span for _, span in found.more))] == [
        "2",
        "0",
    ]
    verb(forms, ps.load_rules(str(tmp_path / "0" / "rules.yaml")))


@pytest.mark.parametrize("verb", [ps.evaluate_cohort, ps.combine])
def test_other_rules_are_named_in_what_is_said(verb: Callable[..., object]) -> None:
    with pytest.raises(ps.Rejected) as caught:
        verb([form("rules: hunan/department@2024"), form("rules: hunan/department@2022")])
    assert caught.value.diagnostics[0].says.en == "the forms are to be scored by one rule set: hunan/department@2024, hunan/department@2022"


@pytest.mark.parametrize("verb", [ps.evaluate_cohort, ps.combine])
def test_a_form_whose_rules_cannot_be_used_is_refused(verb: Callable[..., object]) -> None:
    with pytest.raises(ps.Rejected) as caught:
        verb([form("rules: hunan/department@2024"), form("unit: 乙")])
    assert [found.code for found in caught.value.diagnostics] == ["no-rules"]


def test_of_no_forms_there_is_no_result_and_nothing_to_make_one_of() -> None:
    assert ps.evaluate_cohort([]) == []
    with pytest.raises(ps.Rejected, match="no form to combine"):
        ps.combine([])


# A rejected form keeps its place for whoever prints the list, and the others are compared without it.
def test_a_form_that_cannot_be_read_takes_no_part_and_keeps_its_place(tmp_path: Path) -> None:
    from perfscore.verbs import evaluate_cohort

    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    planned = ps.plan(ps.load_rules(str(tmp_path / "rules.yaml")))
    rejected = ps.Rejected([])
    first, second, third = evaluate_cohort([form(TEXTS[0]), rejected, form(TEXTS[1])], planned)
    assert second is rejected
    assert [one.score for one in (first, third) if not isinstance(one, ps.Rejected)] == [95, 100]
