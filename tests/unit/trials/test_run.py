"""Examples are scored as forms and held against what they expect; every failure points at the expectation and says what was found."""

import pytest

from perfscore.report.trials import diagnostics
from perfscore.text.diagnostic import Rejected
from tests.unit.trials.rules import BANDS, OPEN, failures, judged, row


def bands(example: str) -> str:
    return f"{BANDS}examples:\n  - {example}"


GIVEN = "given: {全年预算数: 100, 全年执行数: 65}"


@pytest.mark.parametrize(
    "expect",
    [
        "{rate: 6}",
        "{rate: 6.00, total: 6}",
        "{grade: 优, variant: base}",
        "{grade: good}",
    ],
)
def test_what_is_so_holds(expect):
    assert failures(bands(f"{{{GIVEN}, expect: {expect}}}")) == []


@pytest.mark.parametrize(
    ("expect", "at", "says"),
    [
        ("{rate: 6.01}", "6.01", "rate should be 6.01, and is 6"),
        ("{total: 7}", "7", "total should be 7, and is 6"),
        ("{rate: 缺}", "缺", "rate should be 缺, and is 6"),
        ("{rate: not-applicable}", "not-applicable", "rate should be not-applicable, and is 6"),
        ("{grade: 差}", "差", "grade should be 差, and is good"),
        ("{grade: 缺}", "缺", "grade should be 缺, and is good"),
    ],
)
def test_what_is_not_so_is_said_at_its_place(expect, at, says):
    assert failures(bands(f"{{{GIVEN}, expect: {expect}}}")) == [("example-fails", at, says)]


# Absence is an expectation like any other: a rule that lets a gap pass for 0 points would be found by it.
def test_missing_is_expected_by_either_word():
    assert failures(bands("{given: {全年预算数: 100}, expect: {rate: 缺, total: missing, grade: 缺}}")) == []
    assert failures(bands("{given: {全年预算数: 100}, expect: {rate: 0, grade: 差}}")) == [
        ("example-fails", "0", "rate should be 0, and is missing (between 0 and 10)"),
        ("example-fails", "差", "grade should be 差, and is missing"),
    ]


# An empty form has no scores, but bounds: they hold the points of open groups, which no row brings.
def test_the_bounds_of_what_is_missing_are_expected():
    assert failures(bands('{given: {全年预算数: 100}, expect: {rate: "[0,10]", total: "[0, 10]"}}')) == []
    text = OPEN.replace("METHOD", "ratio") + 'examples:\n  - {rows: [], expect: {output: "[0,WANTED]", total: "[0,WANTED]"}}'
    assert failures(text.replace("WANTED", "10")) == []
    assert failures(text.replace("WANTED", "30")) == [
        ("example-fails", "[0,30]", "output should be missing, within [0,30], and is missing (between 0 and 10)"),
        ("example-fails", "[0,30]", "total should be missing, within [0,30], and is missing (between 0 and 10)"),
    ]


# A score is no missing one, and what does not apply has no bounds, whatever they would be.
def test_bounds_hold_only_of_what_is_missing():
    assert failures(bands(f'{{{GIVEN}, expect: {{rate: "[0,10]"}}}}')) == [
        ("example-fails", "[0,10]", "rate should be missing, within [0,10], and is 6")
    ]
    applicable = BANDS.replace("    points: 10\n", "    points: 10\n    applicable: 全年预算数 > 0\n")
    text = applicable + 'examples:\n  - {given: {全年预算数: 0, 全年执行数: 0}, expect: {rate: "[0,10]"}}'
    assert failures(text)[0][2] == "rate should be missing, within [0,10], and is not applicable"


# What looks like a number or an interval can be the id of a variant.
@pytest.mark.parametrize("name", ["1", "0-50"])
def test_a_variant_may_be_called_like_a_number(name):
    variants = f'variants: [{{id: "{name}", label: 另一种, when: 全年预算数 > 0, indicators: [{{id: rate, points: 10}}]}}]'
    assert failures(f'{BANDS}{variants}\nexamples:\n  - {{{GIVEN}, expect: {{variant: "{name}"}}}}') == []


# Open or endless bounds, and shares of nobody knows what, would be an expectation that never holds, or holds by chance.
@pytest.mark.parametrize("wanted", ["[0,10)", "≥0", "[0%,10%]", "[10,0]", "0-10", "0 to 10"])
def test_only_closed_bounds_in_points_can_be_expected(wanted):
    with pytest.raises(Rejected) as caught:
        failures(bands(f'{{{GIVEN}, expect: {{rate: "{wanted}"}}}}'))
    assert [problem.code for problem in caught.value.diagnostics] == ["number-expected"]


def test_everything_that_fails_is_said():
    assert len(failures(bands(f"{{{GIVEN}, expect: {{rate: 1, total: 2, grade: 差}}}}"))) == 3


def test_a_part_that_does_not_apply_is_expected_by_either_word():
    applicable = BANDS.replace("    points: 10\n", "    points: 10\n    applicable: 全年预算数 > 0\n")
    text = applicable + "examples:\n  - {given: {全年预算数: 0, 全年执行数: 0}, expect: {rate: WORD}}"
    assert failures(text.replace("WORD", "不适用")) == failures(text.replace("WORD", "not-applicable")) == []
    assert failures(text.replace("WORD", "5"))[0][2] == "rate should be 5, and is not applicable"


def test_rows_of_a_form_are_scored_by_their_ids():
    rows = f"rows: [{row(target='100', actual='95')}, {row(target='100', actual='50', id='half')}]"
    text = OPEN.replace("METHOD", "ratio") + f"examples:\n  - {{{rows}, expect: {{output.quantity.1: 9.5, half: WANTED, output: 14.5}}}}"
    assert failures(text.replace("WANTED", "5")) == []
    assert failures(text.replace("WANTED", "4")) == [("example-fails", "4", "half should be 4, and is 5")]


# With rows an example may name what only they bring, so that reading the file cannot know the ids; running it does.
def test_an_id_that_the_result_does_not_have_is_said_with_the_near_one():
    text = OPEN.replace("METHOD", "ratio") + f"examples:\n  - {{rows: [{row(target='1', actual='1', id='roads')}], expect: {{road: 10}}}}"
    ((code, at, _),) = failures(text)
    assert (code, at) == ("unknown-id", "road")
    hints = [found.hint for trial in judged(text).trials for found in diagnostics(trial)]
    assert [hint.en for hint in hints if hint] == ["did you mean roads?"]


# A cell that no form could have is wrong where it stands in the rule file, and not in some form that nobody wrote.
def test_what_cannot_be_read_as_a_form_is_said_at_its_place():
    text = OPEN.replace("METHOD", "ratio") + "examples:\n  - {rows: [{level1: 产出指标, targt: 5}], expect: {output: 5}}"
    assert [(code, at) for code, at, _ in failures(text)] == [("unknown-key", "targt")]
    assert [(code, at) for code, at, _ in failures(bands("{given: {全年预算数: [1]}, expect: {rate: 5}}"))] == [("text-expected", "[1]")]


def test_the_reasons_follow_what_was_found():
    (found,) = diagnostics(judged(bands(f"{{{GIVEN}, expect: {{rate: 7}}}}")).trials[0])
    assert found.hint is not None
    assert found.hint.en.startswith("执行率 = 全年执行数 65 ÷ 全年预算数 100 = 65%; ")
    (found,) = diagnostics(judged(bands(f"{{label: 合计, {GIVEN}, expect: {{total: 7}}}}")).trials[0])
    assert found.says.zh == "合计：total 应得 7，得到的是 6"
    assert found.hint is not None
    assert found.hint.zh == "执行率  6"


# A frame without points scores nobody; an example in it is a mistake of its author.
def test_a_template_has_no_scores_for_examples():
    text = "template: true\nindicators: [{id: a, label: 甲}]\nexamples: [{given: {}, expect: {a: 5}}]"
    assert [code for code, _, _ in failures(text)] == ["template-example"]
    assert judged(text).coverage.share == 1
