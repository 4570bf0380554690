"""What the names on a command line lead to: rule files with the test files beside them, test files alone, folders, shipped rule sets."""

import pytest

from perfscore.ruleset.build import load_rules
from perfscore.ruleset.load import shipped_references
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.trials.files import Suite, suite_of, suites
from tests.architecture.tree import ROOT

RULES = """ruleset: example/own
version: "1"
indicators: [{id: a, label: 甲, points: 10, measure: 全年执行数, method: direct}]
examples: [{given: {全年执行数: 3}, expect: {a: 3}}]
"""
TESTS = "rules: RULES\nexamples: [{label: LABEL, given: {全年执行数: 4}, expect: {a: 4}}]\n"


@pytest.fixture
def folder(tmp_path):
    def write(name: str, text: str) -> str:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    write("own.yaml", RULES)
    write("own.test.yaml", TESTS.replace("RULES", "own.yaml").replace("LABEL", "beside"))
    write("own.late.test.yaml", TESTS.replace("RULES", "own.yaml").replace("LABEL", "late"))
    return write


def run(*names):
    """References with the labels of their examples, what is wrong, and what there is to note."""
    noted: list[Diagnostic] = []
    found = suites(names, noted.append)
    good = [(suite.rules.reference, [example.label for example in suite.examples]) for suite in found if isinstance(suite, Suite)]
    bad = [problem.code for suite in found if isinstance(suite, Rejected) for problem in suite.diagnostics]
    return good, bad, [note.code for note in noted]


def test_a_rule_file_brings_the_test_files_that_bear_its_name(folder, tmp_path):
    assert run(str(tmp_path / "own.yaml")) == ([("example/own@1", ["", "late", "beside"])], [], [])


def test_a_rule_file_is_found_in_the_folder_one_stands_in(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("own.yaml") == ([("example/own@1", ["", "late", "beside"])], [], [])


def test_a_test_file_alone_runs_alone(folder, tmp_path):
    assert run(str(tmp_path / "own.late.test.yaml")) == ([("example/own@1", ["late"])], [], [])


# A shell gives `*.yaml` as all names at once, and nobody wants an example run twice.
def test_a_test_file_named_with_its_rules_is_run_once(folder, tmp_path):
    names = [str(tmp_path / name) for name in ("own.late.test.yaml", "own.test.yaml", "own.yaml", "own.yaml")]
    assert run(*names) == ([("example/own@1", ["", "late", "beside"])], [], [])


# What ships brings the test files that travel beside it, wherever one stands; by its name and by its path it is one rule set.
def test_a_shipped_rule_set_brings_its_test_files_and_is_run_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ((reference, labels),), bad, noted = run("hunan/project@2022")
    assert (reference, bad, noted) == ("hunan/project@2022", [], [])
    own = len(load_rules(reference).examples)
    beside = suite_of(str(ROOT / "rules/hunan/project-2022.test.yaml"))
    assert beside is not None
    assert labels[own:] == [example.label for example in beside.examples] != []
    monkeypatch.chdir(ROOT)
    assert run("hunan/project@2022", "rules/hunan/project-2022.yaml") == ([(reference, labels)], [], [])


def test_a_folder_is_walked_and_what_is_no_rule_file_is_said(folder, tmp_path):
    folder("below/other.yml", RULES.replace("example/own", "example/other"))
    folder("below/form.yaml", "unit: 甲\nbudget: {executed: 3}\n")
    folder(".hidden/own.yaml", "no rules")
    folder("notes.txt", "nothing")
    assert run(str(tmp_path)) == ([("example/own@1", ["", "late", "beside"]), ("example/other@1", [""])], [], ["files-skipped"])


def test_a_folder_without_rules_is_said(folder, tmp_path):
    folder("forms/form.yaml", "unit: 甲\n")
    assert run(str(tmp_path / "forms")) == ([], ["no-rules"], [])


# What cannot be used is said, and the others are run.
def test_a_broken_file_of_a_folder_does_not_stop_the_others(folder, tmp_path):
    folder("broken.yaml", "ruleset: a/b\nversion: 1\n")
    folder("torn.yaml", "a: [")
    (tmp_path / "unread.json").write_bytes(b"\0")
    assert run(str(tmp_path)) == ([("example/own@1", ["", "late", "beside"])], ["no-indicators", "bracket-not-closed", "control-character"], [])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("examples: []", ["missing-key"]),
        ("examples: [", ["bracket-not-closed"]),
        ("rules: own.yaml", ["missing-key"]),
        ("rules: own.yaml\nexamples: []\nversion: 1", ["unknown-key"]),
        ("rules: own.yaml\nexamples: [{expect: {b: 1}}]", ["unknown-id"]),
        ("规则: own.yaml\n示例: [{给定: {全年执行: 1}, 应得: {a: 1}}]", ["unknown-name"]),
        ("rules: other.yaml\nexamples: []", ["file-not-found"]),
        ("rules: ../own.yaml\nexamples: []", ["path-refused"]),
        ("rules: hunan/nowhere@1999\nexamples: []", ["unknown-rules"]),
        ("rules: own.yaml\nexamples: []\n---\nrules: own.yaml\nexamples: []\n", ["one-test-file"]),
    ],
)
def test_a_test_file_that_cannot_be_used_is_said_with_its_place(folder, text, codes):
    path = folder("bad.test.yaml", text)
    with pytest.raises(Rejected) as caught:
        suite_of(path)
    assert [problem.code for problem in caught.value.diagnostics] == codes
    assert all(problem.span is not None and problem.span.source.name == path for problem in caught.value.diagnostics)


# The name says one thing and the file another: silence would leave somebody sure that it ran.
def test_a_test_file_beside_rules_that_it_is_not_for_is_left_and_said(folder, tmp_path):
    folder("own.other.test.yaml", TESTS.replace("RULES", "hunan/department@2024").replace("{a: 4}", "{execution: 缺}"))
    good, bad, noted = run(str(tmp_path / "own.yaml"))
    assert (good, bad, noted) == ([("example/own@1", ["", "late", "beside"])], [], ["other-rules"])
    # Named itself, it runs.
    assert run(str(tmp_path / "own.other.test.yaml"))[0] == [("hunan/department@2024", ["LABEL"])]


def test_a_shipped_rule_set_and_its_test_file_meet(folder):
    path = folder("mine.test.yaml", TESTS.replace("RULES", "hunan/department@2024").replace("{a: 4}", "{execution: 缺}"))
    ((reference, labels),), bad, noted = run("hunan/department@2024", path)
    assert (reference, labels[-1], bad, noted) == ("hunan/department@2024", "LABEL", [], [])
    assert len(labels) > 1


def test_no_names_are_all_that_ship():
    good, bad, noted = run()
    assert ([reference for reference, _ in good], bad, noted) == (list(shipped_references()), [], [])


def test_of_one_file_only_its_own_examples(folder, tmp_path):
    own, late = suite_of(str(tmp_path / "own.yaml")), suite_of(str(tmp_path / "own.late.test.yaml"))
    assert own is not None
    assert late is not None
    assert [len(own.examples), len(late.examples)] == [1, 1]
    assert suite_of(folder("form.yaml", "unit: 甲\n")) is None
