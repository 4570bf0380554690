"""The pytest plugin in a pytest of its own: which files it takes, and what a failing example shows."""

import os
import subprocess
import sys

import pytest

from tests.process.command import PATIENCE, environment

RULES = """ruleset: example/own
version: "1"
indicators: [{id: a, label: 执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]
examples:
  - {label: 八成, given: {全年预算数: 100, 全年执行数: 80}, expect: {a: 8}}
  - {given: {全年预算数: 100, 全年执行数: 70}, expect: {a: SCORE}}
"""


@pytest.fixture
def project(tmp_path):
    def write(name: str, text: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    write("pytest.ini", "[pytest]\n")
    write("tests/test_own.py", "def test_own():\n    pass\n")
    write("rules/own.yaml", RULES.replace("SCORE", "7"))
    write("rules/own.late.test.yaml", "rules: own.yaml\nexamples: [{given: {全年预算数: 100, 全年执行数: 60}, expect: {a: 6, total: 6}}]\n")
    write("rules/form.yaml", "unit: 甲\nbudget: {executed: 3}\n")
    return write


def run(folder, *arguments: str) -> tuple[int, str]:
    """The status and the output of pytest with the plugin, and with no other that this environment may have."""
    env = environment({"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": None, "LANG": "en_US.UTF-8", "PYTHONUTF8": "1"})
    words = [sys.executable, "-m", "pytest", "-p", "perfscore.testing.plugin", "-p", "no:cacheprovider", "-q", *arguments]
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, check=False, timeout=PATIENCE)
    return done.returncode, done.stdout.decode("utf-8") + done.stderr.decode("utf-8")


def collected(folder, *arguments: str) -> list[str]:
    return [line for line in run(folder, "--collect-only", *arguments)[1].splitlines() if "::" in line]


EXAMPLES = ["rules/own.late.test.yaml::1", "rules/own.yaml::1 八成", "rules/own.yaml::2"]


# Every project in whose environment perfscore is installed gets the plugin; it must not touch their YAML files.
def test_nothing_is_taken_that_nobody_asked_for(project, tmp_path):
    assert collected(tmp_path) == ["tests/test_own.py::test_own"]
    assert collected(tmp_path, "tests", "rules") == ["tests/test_own.py::test_own"]


def test_nothing_of_perfscore_is_loaded_before_it_is_asked_for(project, tmp_path):
    loaded = "assert [name for name in sorted(sys.modules) if name.startswith('perfscore')] == WANTED"
    wanted = ["perfscore", "perfscore.testing", "perfscore.testing.plugin"]
    project("tests/test_own.py", f"import sys\n\n\ndef test_own():\n    {loaded.replace('WANTED', repr(wanted))}\n")
    status, out = run(tmp_path)
    assert status == 0, out


def test_the_examples_of_a_path_on_the_command_line_are_run(project, tmp_path):
    assert sorted(collected(tmp_path, "--perfscore-rules", "rules", "tests")) == [*EXAMPLES, "tests/test_own.py::test_own"]
    assert collected(tmp_path, "--perfscore-rules=rules/own.yaml", "tests/test_own.py") == ["tests/test_own.py::test_own", *EXAMPLES[1:]]
    status, out = run(tmp_path, "--perfscore-rules", "rules")
    assert (status, "4 passed" in out) == (0, True), out


# Where the configuration says where rules are, `pytest` alone runs them; a single test asked for runs alone.
def test_the_examples_of_configured_paths_are_run_where_pytest_looks(project, tmp_path):
    project("pytest.ini", "[pytest]\ntestpaths = tests rules\nperfscore_rules = rules\n")
    assert sorted(collected(tmp_path)) == [*EXAMPLES, "tests/test_own.py::test_own"]
    assert collected(tmp_path, "tests/test_own.py") == ["tests/test_own.py::test_own"]
    assert collected(tmp_path, "rules/own.yaml") == EXAMPLES[1:]
    assert sorted(collected(tmp_path / "rules")) == EXAMPLES
    assert collected(tmp_path, "rules/own.yaml::2") == EXAMPLES[2:]


def test_a_failing_example_shows_its_place_and_reasons_and_no_traceback(project, tmp_path):
    project("rules/own.yaml", RULES.replace("SCORE", "7.5"))
    status, out = run(tmp_path, "--perfscore-rules", "rules")
    assert status == 1
    assert f"rules{os.sep}own.yaml:6:50: error[example-fails]: a should be 7.5, and is 7\n" in out
    assert "全年执行数 70 ÷ 全年预算数 100 = 70%" in out
    assert "Traceback" not in out
    assert "1 failed, 3 passed" in out


def test_a_rule_file_that_cannot_be_used_is_an_error_with_its_place(project, tmp_path):
    project("rules/own.yaml", RULES.replace("ratio", "ratoi"))
    status, out = run(tmp_path, "--perfscore-rules", "rules")
    assert status == 2
    assert "error[unknown-method]: there is no scoring method ratoi" in out
    assert "did you mean ratio?" in out
