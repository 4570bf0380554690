"""`perfscore audit` inside of this process: several forms at once, formats for programs, settings, and how it ends."""

import json

import pytest

from perfscore.cli import DONE, FOUND, REJECTED, main
from perfscore.cli.pages import CHECKS

GOOD = """rules: china/project-self@2020
unit: 甲局
budget: {adjusted: 182.42, executed: 180.03, rate: 98.69%, reported: 9.87}
reported: {grade: 优}
"""
WRONG = GOOD.replace("98.69%", "98.88%").replace("甲局", "乙局")
#: Two faults: of the rate, and of the score.
WORSE = WRONG.replace("9.87", "9.5").replace("乙局", "丙局")


@pytest.fixture
def own(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def write(text: str, name: str = "own.yaml") -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write


def run(capsys, *arguments: str, lang: str = "en") -> tuple[int, str, str]:
    status = main(["audit", *arguments, "--lang", lang])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def codes(out: str) -> list[str]:
    return [one["code"] for one in json.loads(out)["findings"]]


# Only these, so that a check that is made later changes nothing here.
ONLY = ("--select", "rate-differs,score-differs,unused-suppression")


@pytest.mark.parametrize(
    ("text", "arguments", "status"),
    [
        (GOOD, [], DONE),
        (WRONG, [], FOUND),
        (WRONG, ["--ignore", "rate-differs"], DONE),
        (WRONG, ["--severity", "rate-differs=advice"], DONE),
        (WRONG, ["--severity", "rate-differs=advice", "--fail-on", "advice"], FOUND),
        (WRONG, ["--severity", "rate-differs=warning", "--fail-on", "error"], DONE),
        (WRONG.replace("9.87}", "9.87} # audit: allow rate-differs: as printed"), [], DONE),
        (WRONG.replace("budget", "# 审核：允许 rate-differs：照原文\nbudget"), [], DONE),
        (WRONG.replace("budget", "# audit: allow rate-differs\nbudget"), [], FOUND),
        (f"# 审核：允许 rate-differs：照原文\n{WRONG}", [], DONE),
        (WRONG.replace("budget", "budge"), [], REJECTED),
        (WRONG, ["--select", "rate-difers"], REJECTED),
        (WRONG, ["--rules", "nowhere/rules@1"], REJECTED),
    ],
)
def test_the_exit_status_tells(capsys, own, text, arguments, status):
    assert run(capsys, own(text), *(() if "--select" in arguments else ONLY), *arguments)[0] == status


def test_a_form_that_cannot_be_read_is_listed_and_the_others_are_audited(capsys, own):
    own("unit: [", "broken.yaml")
    status, out, err = run(capsys, own(WRONG), "broken.yaml", "nowhere.yaml", own(GOOD, "good.yaml"), *ONLY)
    assert status == REJECTED
    assert "4 forms looked at; nothing found in 1; 2 cannot be read." in out
    assert "broken.yaml\ncannot be read: " in out
    assert "rate-differs" in out
    for said in ("bracket-not-closed", "file-not-found"):
        assert said in err


def test_several_forms_are_a_line_each_and_a_line_for_every_code(capsys, own):
    out = run(capsys, own(f"{GOOD}---\n{WRONG}---\n{WORSE}"), *ONLY)[1]
    head, details = out.split("How many of each")
    lines = [line.split() for line in head.splitlines()]
    assert ["甲局", "2", "0", "0", "0", "9.87–99.87"] in lines
    assert ["乙局", "2", "1", "0", "0", "9.87–99.87"] in lines
    assert ["丙局", "2", "2", "0", "0", "9.87–99.87"] in lines
    counted = [line.split()[:3] for line in details.splitlines() if line.startswith(("rate-", "score-"))]
    assert counted == [["rate-differs", "error", "2"], ["score-differs", "error", "1"]]


# Two forms of one unit, or one form in two files: a name alone would not say which.
def test_forms_of_one_name_are_told_apart_by_their_places(capsys, own):
    out = run(capsys, own(f"{GOOD}---\n{GOOD}"))[1]
    assert "甲局\nown.yaml:1" in out
    assert "甲局\nown.yaml:6" in out


def test_json_is_one_document_or_one_a_line(capsys, own):
    (one,) = [json.loads(run(capsys, own(WRONG), "--format", "json", *ONLY)[1])]
    (finding,) = one["findings"]
    # A rate is a rate to a program, however it is printed.
    assert finding["computed"] == ["7201/7297", "36007/36483"]
    assert {name: finding[name] for name in ("code", "severity", "verdict", "printed")} == {
        "code": "rate-differs",
        "severity": "error",
        "verdict": "differs",
        "printed": "98.88%",
    }
    assert finding["where"] == {"file": "own.yaml", "line": 3, "column": 52}
    assert [held["verdict"] for held in one["compared"]] == ["differs", "agrees"]
    assert set(one["receipt"]) == {"rules", "form", "engine"}
    own("unit: [", "broken.yaml")
    out = run(capsys, "own.yaml", "broken.yaml", "--format", "json")[1]
    first, second = map(json.loads, out.splitlines())
    assert first["unit"] == "乙局"
    assert [problem["code"] for problem in second["problems"]] == ["bracket-not-closed"]


def test_what_is_allowed_is_told_with_the_reason(capsys, own):
    text = f"# audit: allow rate-differs: asked on 2024-03-01\n{WRONG}"
    one = json.loads(run(capsys, own(text), "--format", "json", *ONLY)[1])
    assert one["findings"] == []
    assert [(held["code"], held["reason"], held["allowed_at"]) for held in one["allowed"]] == [
        ("rate-differs", "asked on 2024-03-01", {"file": "own.yaml", "line": 1})
    ]
    assert "rate-differs: asked on 2024-03-01" in run(capsys, "own.yaml", *ONLY)[1]


@pytest.mark.parametrize(
    ("format", "wanted"), [("github", "::error file=own.yaml,line=3,col=52,"), ("sarif", '"ruleId": "rate-differs"'), ("markdown", "| level 1 |")]
)
def test_other_formats(capsys, own, format, wanted):
    assert wanted in run(capsys, own(WRONG), "--format", format, *ONLY)[1]


@pytest.mark.parametrize("format", ["github", "sarif", "json"])
def test_a_program_gets_its_document_of_what_cannot_be_read(capsys, own, format):
    status, out, _ = run(capsys, own("unit: ["), "--format", format)
    assert (status, "bracket-not-closed" in out) == (REJECTED, True)


def test_settings_of_a_file_count_and_are_those_of_the_audit(capsys, own):
    own('[lint]\nignore = ["not-monotone"]\n[audit]\nselect = ["rate-differs", "score-differs"]\nignore = ["score-differs"]\n', "perfscore.toml")
    assert codes(run(capsys, own(WORSE), "--format", "json")[1]) == ["rate-differs"]
    own('[audit]\nselect = ["rate-differs"]\nfail-on = "error"\n[audit.severity]\nrate-differs = "warning"\n', "perfscore.toml")
    assert run(capsys, "own.yaml")[0] == DONE
    assert run(capsys, "own.yaml", "--fail-on", "warning")[0] == FOUND
    status, _, err = run(capsys, "own.yaml", "-o", "perfscore.toml", "--force")
    assert (status, "output-refused" in err) == (REJECTED, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # Codes of lint are none of an audit, and a jump is for curves.
        ('[audit]\nselect = ["not-monotone"]\n', "perfscore.toml:2:12: error[unknown-code]"),
        ('[audit]\njump = "40%"\n', "perfscore.toml:2:1: error[unknown-key]"),
        ('[audit]\nfail-on = "eror"\n', "did you mean error?"),
    ],
)
def test_a_slip_in_the_settings_is_shown_where_it_stands(capsys, own, text, said):
    own(text, "perfscore.toml")
    status, out, err = run(capsys, own(WRONG))
    assert (status, out) == (REJECTED, "")
    assert said in err


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", CHECKS["audit"].codes)
def test_every_code_is_explained(capsys, code, lang):
    assert main(["explain", code, "--lang", lang]) == DONE
    out = capsys.readouterr().out
    check = CHECKS["audit"].find(code)
    assert out.startswith(code)
    assert check.SAYS.text(lang) in out
    assert check.PAGE.fix.text(lang).replace("`", "").split("，" if lang == "zh" else ",")[0] in out.replace("`", "")
