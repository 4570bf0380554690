"""The commands that show rule sets and passes: what they print, where it goes, and the status that scripts go by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfscore.cli import DONE, FOUND, REJECTED, main

ROOT = Path(__file__).resolve().parents[3]
HUAIHUA = str(ROOT / "examples" / "huaihua-2024.yaml")
PACK = str(ROOT / "rules" / "hunan" / "department-2024.yaml")


def run(capsys, *arguments: str, lang: str = "zh") -> tuple[int, str, str]:
    status = main([*arguments, "--lang", lang])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
@pytest.mark.parametrize(
    ("step", "file"),
    [
        ("tree", PACK),
        ("tree", "hunan/department@2024"),
        ("rules", PACK),
        ("rules", "china/self-evaluation-gated@2021"),
        ("plan", "hunan/department@2024"),
        ("form", HUAIHUA),
        ("submission", HUAIHUA),
        ("evaluation", HUAIHUA),
    ],
)
def test_every_pass_is_shown(capsys, step, file, form, lang):
    status, out, err = run(capsys, "show", step, file, "--format", form, lang=lang)
    assert (status, err) == (DONE, "")
    assert len(out) > 200
    if form == "json":
        assert json.loads(out)["blocks"]


# A file with several forms shows each; one that cannot be read does not hide the others.
def test_every_form_of_a_file_is_shown(capsys, tmp_path):
    path = tmp_path / "two.yaml"
    path.write_text("单位: 甲\n---\n单位: [乙]\n---\n单位: 丙\n", encoding="utf-8")
    status, out, err = run(capsys, "show", "form", str(path))
    assert status == REJECTED
    assert "甲" in out
    assert "丙" in out
    assert "text-expected" in err


# The tree is for files that do not work yet: what could be made out is shown, and what is wrong said.
def test_a_broken_file_is_shown_as_far_as_it_goes(capsys, tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("甲: 1\n乙: !x 2\n", encoding="utf-8")
    status, out, err = run(capsys, "show", "tree", str(path))
    assert status == REJECTED
    assert "甲: 1" in out
    assert "乙" in err


@pytest.mark.parametrize("step", ["rules", "plan"])
def test_rules_that_cannot_be_used_are_refused(capsys, tmp_path, step):
    path = tmp_path / "rules.yaml"
    path.write_text("ruleset: a/b\nversion: 1\npoints: many\n", encoding="utf-8")
    status, _, err = run(capsys, "show", step, str(path))
    assert status == REJECTED
    assert "number-expected" in err


def test_the_evaluation_pass_is_the_explained_evaluation(capsys):
    shown = run(capsys, "show", "evaluation", HUAIHUA)
    assert shown == run(capsys, "evaluate", HUAIHUA, "--explain")


def test_another_rule_set_may_be_named(capsys):
    status, out, _ = run(capsys, "show", "submission", HUAIHUA, "--rules", "china/project-self@2020")
    assert status == DONE
    assert "china/project-self@2020" in out


# rules


@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
def test_the_shipped_rule_sets_are_listed(capsys, form):
    status, out, err = run(capsys, "rules", "list", "--format", form)
    assert (status, err) == (DONE, "")
    for reference in ("hunan/department@2024", "china/project-self@2020"):
        assert reference.replace("-", "\\-") in out or reference in out


@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
@pytest.mark.parametrize("named", ["hunan/department@2024", PACK])
def test_a_rule_set_is_shown_by_reference_or_path(capsys, named, form):
    status, out, err = run(capsys, "rules", "show", named, "--format", form)
    assert (status, err) == (DONE, "")
    if form == "json":
        assert json.loads(out)["reference"] == "hunan/department@2024"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_curves_of_a_rule_set_are_drawn_to_a_file(capsys, tmp_path, lang):
    path = tmp_path / "curves.svg"
    status, out, err = run(capsys, "rules", "draw", "hunan/department@2024", lang=lang)
    assert (status, err) == (DONE, "")
    assert out.startswith("<svg ")
    assert ("产出" in out or "数量指标" in out) == (lang == "zh")
    assert run(capsys, "rules", "draw", "hunan/department", "--as-of", "2024-06-30", "-o", str(path), lang=lang) == (DONE, "", "")
    assert path.read_text(encoding="utf-8") == out
    # What is there is not written over, and a rule file never.
    assert run(capsys, "rules", "draw", "hunan/department@2024", "-o", str(path))[0] == REJECTED


def test_a_rule_set_without_curves_is_not_drawn(capsys):
    status, out, err = run(capsys, "rules", "draw", "china/frame-budget@2013")
    assert (status, out) == (REJECTED, "")
    assert "nothing-to-draw" in err


@pytest.mark.parametrize("kind", ["rules", "form"])
def test_the_schema_is_printed_as_json(capsys, kind):
    status, out, err = run(capsys, "rules", "schema", kind)
    assert (status, err) == (DONE, "")
    assert json.loads(out)["$id"] == f"urn:perfscore:schema:{kind}:1"


def test_files_are_held_against_the_schema(capsys, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("ruleset: a/b\nversion: 1\ntitel: 甲\n", encoding="utf-8")
    status, out, err = run(capsys, "rules", "schema", "rules", PACK, str(wrong))
    assert status == FOUND
    assert out == f"{PACK}: 合乎模式\n{wrong}: 1 处不合模式\n"
    assert f"{wrong}:3:1: 错误[schema-misfit]: 没有 titel 这个键" in err
    assert run(capsys, "rules", "schema", "form", HUAIHUA)[0] == DONE
    status, out, err = run(capsys, "rules", "schema", "rules", str(tmp_path / "absent.yaml"), PACK)
    assert status == REJECTED
    assert out == f"{PACK}: 合乎模式\n"


@pytest.mark.parametrize("arguments", [("list", "x"), ("show",), ("show", "a", "b"), ("draw",), ("draw", "a", "--format", "json"), ("schema", "x")])
def test_wrong_arguments_are_refused_with_a_hint(capsys, arguments):
    status, out, err = run(capsys, "rules", *arguments)
    assert (status, out) == (REJECTED, "")
    assert "bad-arguments" in err
    assert f"perfscore rules {arguments[0]}" in err


def test_an_unknown_rule_set_is_refused_with_its_likely_name(capsys):
    status, out, err = run(capsys, "rules", "show", "hunan/departmen@2024")
    assert (status, out) == (REJECTED, "")
    assert "hunan/department@2024" in err


# init


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_form_is_written_and_can_be_evaluated(capsys, tmp_path, lang):
    path = tmp_path / "form.yaml"
    assert run(capsys, "init", "hunan/department@2024", "-o", str(path), lang=lang) == (DONE, "", "")
    status, out, _ = run(capsys, "evaluate", str(path))
    assert status == DONE
    assert "0 – 100 / 100" in out
    # Nobody's work is overwritten.
    assert run(capsys, "init", "hunan/department@2024", "-o", str(path), lang=lang)[0] == REJECTED


# A form names the rules of its own folder, so that it can be moved with them.
def test_an_empty_form_for_own_rules_names_the_file_beside_it(capsys, tmp_path):
    rules = tmp_path / "own.yaml"
    rules.write_text(Path(PACK).read_text(encoding="utf-8"), encoding="utf-8")
    form = tmp_path / "form.yaml"
    assert run(capsys, "init", str(rules), "-o", str(form))[0] == DONE
    assert "规则: own.yaml" in form.read_text(encoding="utf-8")
    assert run(capsys, "evaluate", str(form))[0] == DONE
