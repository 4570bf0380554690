"""`rules print`, `rules diff` and `--as-of` as commands: what they write, where, and with which status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfscore.cli import DONE, REJECTED, main
from perfscore.ruleset.build import build, load_rules
from perfscore.ruleset.printer import same_rules
from perfscore.text import packs
from perfscore.text.source import Source

ROOT = Path(__file__).resolve().parents[3]
HUAIHUA = str(ROOT / "examples" / "huaihua-2024.yaml")
A, B = "hunan/department@2022", "hunan/department@2024"
RULES = "ruleset: test/dated\nversion: '{0}'\nvalid_from: {0}-01-01\nvalid_until: {0}-12-31\nextends: hunan/department@{1}\n"


def run(capsys, *arguments: str, lang: str = "zh") -> tuple[int, str, str]:
    status = main([*arguments, "--lang", lang])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.fixture
def dated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "test").mkdir()
    for version, base in (("2023", "2022"), ("2024", "2024")):
        (tmp_path / f"test/dated-{version}.yaml").write_text(RULES.format(version, base), encoding="utf-8")
    monkeypatch.setattr(packs, "_roots", lambda: (packs._SHIPPED, f"{ROOT}/rules/", f"{tmp_path}/"))


# What is printed can be saved, changed and used in the place of the rules it was made of.
@pytest.mark.parametrize("keys", [(), ("--keys", "zh"), ("--keys", "en", "--origins")])
def test_printed_rules_can_be_used_alone(capsys, tmp_path, keys):
    path = tmp_path / "own.yaml"
    assert run(capsys, "rules", "print", B, *keys, "-o", str(path)) == (DONE, "", "")
    text = path.read_text(encoding="utf-8")
    assert ("rules/china/project-self-2020.yaml:17" in text) == ("--origins" in keys)
    assert ("规则: hunan/department" in text) == ("zh" in keys)
    assert same_rules(build(Source("own.yaml", text), None), load_rules(B))
    alone = run(capsys, "evaluate", HUAIHUA, "--rules", str(path))
    assert alone[0] == DONE
    assert "95.95 / 100" in alone[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format_", ["terminal", "markdown", "json"])
def test_what_changed_is_written_in_every_format(capsys, format_, lang):
    status, out, err = run(capsys, "rules", "diff", A, B, "--format", format_, lang=lang)
    assert (status, err) == (DONE, "")
    if format_ == "json":
        found = json.loads(out)
        assert (found["before"]["reference"], found["after"]["reference"]) == (A, B)
        assert {"kind": "points", "id": "output"}.items() <= next(c for c in found["changes"] if c["id"] == "output").items()
        assert "impact" not in found
    else:
        assert ("产出指标：分值由 50 改为 40" if lang == "zh" else "Outputs: points 50 → 40") in out


@pytest.mark.parametrize("format_", ["terminal", "markdown", "json"])
def test_the_impact_on_forms_is_told_and_what_cannot_be_read_stops_nothing(capsys, tmp_path, format_):
    bad = tmp_path / "bad.yaml"
    bad.write_text("单位: [乙]\n", encoding="utf-8")
    status, out, err = run(capsys, "rules", "diff", A, B, "--format", format_, "--impact", str(bad), HUAIHUA)
    assert status == REJECTED
    assert "text-expected" in err
    if format_ == "json":
        first, second = json.loads(out)["impact"]
        assert first["problems"][0]["code"] == "text-expected"
        assert (second["after"]["score"], second["before"]["score"], second["after"]["grade"]) == ("95.95", None, "优")
        changes = json.loads(out)["changes"]
        assert {changes[place]["id"] for line in second["lines"] for place in line["because"]} == {"cost"}
    else:
        assert "基本支出成本控制  0–10 → 10" in out.replace("\\", "")
        assert "读不出" in out


def test_both_rule_sets_are_told_what_is_wrong_with_them(capsys, tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("ruleset: a/b\nversion: 1\n", encoding="utf-8")
    status, out, err = run(capsys, "rules", "diff", str(tmp_path / "one.yaml"), str(tmp_path / "two.yaml"))
    assert (status, out) == (REJECTED, "")
    assert "one.yaml" in err
    assert "two.yaml" in err


@pytest.mark.usefixtures("dated")
def test_a_day_chooses_the_version(capsys):
    assert "# test/dated" not in run(capsys, "rules", "print", "test/dated", "--as-of", "2023-05-01")[1]
    assert 'version: "2023"' in run(capsys, "rules", "print", "test/dated", "--as-of", "2023-05-01")[1].replace("'", '"')
    assert "test/dated@2024" in run(capsys, "rules", "show", "test/dated", "--as-of", "2024-12-31")[1]
    status, out, _ = run(capsys, "evaluate", HUAIHUA, "--rules", "test/dated", "--as-of", "2024-06-30")
    assert (status, "test/dated@2024" in out) == (DONE, True)
    status, out, err = run(capsys, "evaluate", HUAIHUA, "--rules", "test/dated", "--as-of", "2022-06-30")
    assert (status, out) == (REJECTED, "")
    assert "none-in-force" in err
    assert "test/dated@2023（2023-01-01 至 2023-12-31）" in err
    assert "version-needed" in run(capsys, "rules", "diff", "test/dated", B)[2]


@pytest.mark.usefixtures("dated")
def test_a_day_chooses_for_the_rules_that_forms_name(capsys, tmp_path):
    path = tmp_path / "form.yaml"
    path.write_text(Path(HUAIHUA).read_text(encoding="utf-8").replace(B, "test/dated"), encoding="utf-8")
    assert "test/dated@2024" in run(capsys, "evaluate", str(path))[1]
    assert "test/dated@2023" in run(capsys, "evaluate", str(path), "--as-of", "2023-06-30")[1]
    # A version that is named counts, whatever the day.
    assert B in run(capsys, "evaluate", HUAIHUA, "--as-of", "2023-06-30")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("print",),
        ("print", A, B),
        ("print", A, "--format", "json"),
        ("diff", A),
        ("diff", A, B, "--origins"),
        ("list", "--as-of", "2024-01-01"),
        ("show", A, "--keys", "zh"),
        ("print", A, "--impact", HUAIHUA),
    ],
)
def test_an_action_refuses_what_is_not_its_own(capsys, arguments):
    status, out, err = run(capsys, "rules", *arguments)
    assert (status, out) == (REJECTED, "")
    assert "bad-arguments" in err
    assert f"perfscore rules {arguments[0]}" in err
