"""`perfscore evaluate` inside of this process: formats, several forms, and what is said beside the result."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from perfscore.cli import DONE, REJECTED, evaluate

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
FORM = str(EXAMPLES / "huaihua-2024.yaml")


def run(*forms, **more):
    given = {
        "forms": list(forms),
        "rules": None,
        "as_of": None,
        "cohort": False,
        "combine": False,
        "format": "terminal",
        "explain": False,
        "lang": "zh",
        "color": "never",
        "output": None,
        "force": False,
    }
    return evaluate.run(SimpleNamespace(**{**given, **more}))


def test_one_form_is_one_result(capsys):
    assert run(FORM) == DONE
    assert "95.95 / 100" in capsys.readouterr().out


@pytest.mark.parametrize("lang,says", [("zh", "得分说明"), ("en", "Why")])
def test_the_reasons_come_when_they_are_asked_for(lang, says, capsys):
    run(FORM, lang=lang)
    assert says not in capsys.readouterr().out
    run(FORM, lang=lang, explain=True)
    assert says in capsys.readouterr().out


def test_one_form_is_an_indented_document_and_several_are_a_line_each(capsys):
    run(FORM, format="json")
    one = capsys.readouterr().out
    run(FORM, FORM, format="json")
    lines = capsys.readouterr().out.splitlines()
    assert one.startswith("{\n")
    assert [json.loads(line) for line in lines] == [json.loads(one)] * 2


def test_a_form_that_cannot_be_read_has_its_document_and_its_status(capsys):
    assert run("none.yaml", FORM, format="json") == REJECTED
    out, err = capsys.readouterr()
    problems, result = map(json.loads, out.splitlines())
    assert problems["format"] == 1
    assert problems["problems"][0]["code"] == "file-not-found"
    assert result["score"] == "95.95"
    assert "file-not-found" in err


def test_where_nothing_can_be_shown_nothing_is_printed(capsys):
    assert run("none.yaml") == REJECTED
    assert capsys.readouterr().out == ""


def test_rules_named_on_the_command_line_stand_for_those_of_the_form(capsys):
    assert run(FORM, rules="hunan/project@2022") == DONE
    assert "hunan/project@2022" in capsys.readouterr().out


def test_a_form_that_names_no_rules_says_so(tmp_path, capsys):
    (tmp_path / "f.yaml").write_text("unit: 甲\n", encoding="utf-8")
    assert run(str(tmp_path / "f.yaml")) == REJECTED
    assert "no-rules" in capsys.readouterr().err
