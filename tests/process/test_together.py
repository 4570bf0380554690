"""`evaluate --cohort` and `--combine`: all forms of all files in one call, and what happens if one of them is bad."""

import json

import pytest

from tests.process.command import perfscore

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


@pytest.fixture
def folder(tmp_path):
    """Three forms in two files, and a bad one beside them."""
    text = "rules: rules.yaml\nunit: {}\nbudget: {{adjusted: {}, executed: {}}}\nfacts: {{报道数: {}}}\n"
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "ab.yaml").write_text(text.format("甲", 100, 100, 3) + "---\n" + text.format("乙", 50, 25, 9), encoding="utf-8")
    (tmp_path / "c.yaml").write_text(text.format("丙", 50, 50, 3), encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("unit: 丁\nyear: 二零二四\n", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("rules: china/project-self@2020\nunit: 戊\n", encoding="utf-8")
    return tmp_path


def documents(done):
    return [json.loads(line) for line in done.text.splitlines()]


def test_a_cohort_is_all_forms_of_all_files(folder):
    done = perfscore("evaluate", "--cohort", "ab.yaml", "c.yaml", "--format", "json", cwd=folder)
    assert (done.status, done.err) == (0, "")
    found = documents(done)
    assert [one["unit"] for one in found] == ["甲", "乙", "丙"]
    assert [one["indicators"][0]["score"] for one in found] == ["5", "10", "5"]
    # Two of three are equal, and 50 % of three is one: none of the two is 优.
    assert [(one["score"], one["grade"]) for one in found] == [("95", "良"), ("55", "良"), ("95", "良")]


def test_without_the_option_a_cohort_number_is_missing_and_says_what_to_do(folder):
    done = perfscore("evaluate", "ab.yaml", cwd=folder)
    assert done.status == 0
    assert "把全体各表一起评（--cohort）" in done.err


def test_a_bad_form_keeps_its_place_in_a_cohort(folder):
    done = perfscore("evaluate", "--cohort", "ab.yaml", "bad.yaml", "c.yaml", "--format", "json", cwd=folder)
    assert done.status == 2
    assert ["problems" in one for one in documents(done)] == [False, False, True, False]
    assert [one["indicators"][0]["score"] for one in documents(done) if "problems" not in one] == ["5", "10", "5"]


def test_forms_are_made_one(folder):
    done = perfscore("evaluate", "--combine", "ab.yaml", "c.yaml", cwd=folder)
    assert done.status == 0
    assert done.text.startswith("3 个单位合并\n")
    assert "预算执行率  87.50%" in done.text
    done = perfscore("evaluate", "--combine", "ab.yaml", "c.yaml", "--format", "json", cwd=folder)
    found = json.loads(done.text)
    assert (found["unit"], found["execution_rate"], found["indicators"][1]["score"]) == ("3 个单位合并", "0.875", "78.75")


# A sum that lacks a unit would be a number of nobody.
def test_with_a_bad_form_nothing_is_combined(folder):
    done = perfscore("evaluate", "--combine", "ab.yaml", "bad.yaml", cwd=folder)
    assert (done.status, done.out) == (2, b"")
    assert "bad.yaml:2:7: 错误[bad-year]" in done.err
    assert "有的表不能用，没有合并" in done.err


@pytest.mark.parametrize("option", ["--cohort", "--combine"])
def test_forms_of_other_rules_do_not_go_together(folder, option):
    done = perfscore("evaluate", option, "ab.yaml", "other.yaml", cwd=folder)
    assert (done.status, done.out) == (2, b"")
    assert "other.yaml:1:8: 错误[different-rules]：各表要用同一套规则：a/b@1、china/project-self@2020" in done.err.replace(": 各表", "：各表")
    assert perfscore("evaluate", option, "ab.yaml", "other.yaml", "--rules", "rules.yaml", cwd=folder).status == 0


# The result of a folder goes into the folder, and must not be one of its forms.
@pytest.mark.parametrize("option", ["--cohort", "--combine"])
def test_a_form_that_was_read_is_not_overwritten(folder, option):
    (folder / "bad.yaml").unlink()
    (folder / "other.yaml").unlink()
    before = (folder / "c.yaml").read_bytes()
    done = perfscore("evaluate", option, ".", "-o", "c.yaml", "--force", cwd=folder)
    assert done.status == 2
    assert "output-refused" in done.err
    assert (folder / "c.yaml").read_bytes() == before
