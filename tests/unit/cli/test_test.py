"""`perfscore test` inside of this process: what it prints, in every format, and the status that a build goes by."""

import json

import pytest

from perfscore.cli import DONE, FOUND, REJECTED, main

RULES = """ruleset: example/own
version: "1"
indicators:
  - {id: a, label: 执行率, points: 10, measure: 执行率 = 全年执行数 / 全年预算数, method: {bands: ["[0,60%): 0", "[60%,90%): 6", "[90%,+): 10"]}}
examples:
  - {label: 足额, given: {全年预算数: 100, 全年执行数: 95}, expect: {a: 10}}
  - {given: {全年预算数: 100, 全年执行数: 65}, expect: {a: 6}}
"""
WRONG = RULES.replace("expect: {a: 6}", "expect: {a: 7}")


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(text: str) -> str:
        (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
        return "own.yaml"

    return write


def run(capsys, *arguments: str, lang: str = "zh") -> tuple[int, str, str]:
    status = main(["test", *arguments, "--lang", lang])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_examples_that_hold_are_counted_and_what_they_do_not_reach_is_said(capsys, own):
    status, out, err = run(capsys, own(RULES), lang="en")
    assert (status, err) == (DONE, "")
    assert "within [0,60%): 0 points" in out
    assert "执行率 in [0%,60%)" in out
    assert "own.yaml:4" in out
    assert out.splitlines()[-1].split() == ["total", "2", "2", "0", "2/3", "66%"]


def test_an_example_that_fails_is_shown_where_it_stands_with_reasons(capsys, own):
    status, out, err = run(capsys, own(WRONG))
    assert (status, err) == (FOUND, "")
    assert "own.yaml:7:50: 错误[example-fails]: a 应得 7，得到的是 6\n" in out
    assert any(line.strip() == "^" for line in out.splitlines())
    assert "执行率 = 全年执行数 65 ÷ 全年预算数 100 = 65%" in out
    assert out.splitlines()[-1].split() == ["合计", "2", "1", "1", "2/3", "66%"]


@pytest.mark.parametrize(("least", "status"), [("66.6", DONE), ("66.7", FOUND), ("66%", DONE), ("100", FOUND), ("0", DONE)])
def test_coverage_is_held_against_the_least_that_is_asked_for(capsys, own, least, status):
    found, _, err = run(capsys, own(RULES), "--min-coverage", least)
    assert (found, "coverage-too-low" in err) == (status, status == FOUND)


@pytest.mark.parametrize("least", ["101", "-1", "viel", "", "1e1"])
def test_a_least_coverage_that_is_none_is_refused(capsys, own, least):
    status, out, err = run(capsys, own(RULES), f"--min-coverage={least}")
    assert (status, out) == (REJECTED, "")
    assert "bad-arguments" in err


# The others are run all the same, and the status says the worst.
def test_rules_that_cannot_be_used_are_rejected(capsys, own):
    status, out, err = run(capsys, "nowhere.yaml", own(WRONG), lang="en")
    assert status == REJECTED
    assert "file-not-found" in err
    assert "example/own@1" in out


# A rule file and the test file beside it find the same fault.
def test_a_fault_is_said_once(capsys, own, tmp_path):
    own("ruleset: a/b\nversion: 1\n")
    (tmp_path / "own.test.yaml").write_text("rules: own.yaml\nexamples: []\n", encoding="utf-8")
    status, out, err = run(capsys, str(tmp_path))
    assert (status, out) == (REJECTED, "")
    assert err.count("no-indicators") == 1


def test_programs_get_every_example_and_every_part(capsys, own):
    status, out, _ = run(capsys, own(WRONG), "--format", "json")
    assert status == FOUND
    (found,) = json.loads(out)["rules"]
    assert (found["rules"], found["file"]) == ({"id": "example/own", "version": "1"}, "own.yaml")
    assert found["coverage"] == {"reached": 2, "all": 3, "percent": 66}
    assert [(one["label"], one["passed"], len(one["failures"])) for one in found["examples"]] == [("足额", True, 0), (None, False, 1)]
    assert found["examples"][1]["failures"][0]["where"] == {"file": "own.yaml", "line": 7, "column": 50}
    assert [(part["kind"], part["id"], part["examples"]) for part in found["parts"]] == [("piece", "a", 0), ("piece", "a", 1), ("piece", "a", 1)]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
def test_all_that_ships_can_be_tested_in_every_format(capsys, form, lang):
    status, out, err = run(capsys, "--format", form, lang=lang)
    assert (status, err) == (DONE, "")
    assert "hunan" in out


def test_no_line_is_wider_than_the_page(capsys):
    from perfscore.text.show import cells

    _, out, _ = run(capsys)
    assert max(map(cells, out.splitlines())) <= 80


def test_a_template_has_no_coverage_to_fall_short_of(capsys, own):
    status, out, _ = run(capsys, own("ruleset: a/frame\nversion: '1'\ntemplate: true\nindicators: [{id: a, label: 甲}]\n"), "--min-coverage", "100")
    assert status == DONE
    assert "a/frame@1     0     0       0     —     —" in out


# Of an indicator that no example comes near one line is enough; of one that some come near every gap is named.
def test_an_indicator_without_examples_takes_one_line(capsys, own):
    rules = RULES.replace("examples:", "  - {id: b, label: 乙, points: 10, measure: 全年执行数, method: direct}\nexamples:")
    _, out, _ = run(capsys, own(rules.replace("expect: {a: 6}", "expect: {a: 6, b: 10}")))
    assert "direct" not in out
    lines = [line for line in run(capsys, own(rules[: rules.index("examples:")]))[1].splitlines() if line.startswith(("执行率", "乙"))]
    assert [line.split("：")[0] for line in lines] == ["执行率 a", "乙 b"]


def test_the_result_goes_into_a_file_and_never_over_what_was_read(capsys, own, tmp_path):
    assert run(capsys, own(RULES), "-o", "result.txt")[:2] == (DONE, "")
    assert "example/own@1" in (tmp_path / "result.txt").read_text(encoding="utf-8")
    status, _, err = run(capsys, ".", "-o", "own.yaml", "--force")
    assert status == REJECTED
    assert "output-refused" in err
    assert (tmp_path / "own.yaml").read_text(encoding="utf-8") == RULES
