"""`perfscore lint` inside of this process: formats, statuses, and what is written with --fix."""

import json
import os

import pytest

from perfscore.cli import DONE, FOUND, REJECTED, main
from perfscore.linting import mend
from perfscore.linting.checks import Found, bands_out_of_order
from perfscore.text.diagnostic import Edit
from perfscore.text.phrase import same
from perfscore.text.source import Span
from tests.architecture.tree import ROOT

GOOD = """ruleset: example/own
version: "1"
points: 10
indicators:
  - {id: a, label: 执行率, points: 10, measure: 全年执行数 / 全年预算数, method: {bands: ["[0,60%): 0", "[60%,90%): 6", "[90%,+): 10"]}}
"""
WRONG = GOOD.replace("): 6", "): 10").replace("+): 10", "+): 6").replace("points: 10, measure", "points: 10, direction: higher, measure")
#: Two things to be mended, in two rounds: what moves a row moves one in words, too.
ODD = GOOD.replace('"[60%,90%): 6", "[90%,+): 10"', '"90%以上: 10", "[60%,90%): 6"')
MENDED = GOOD.replace("[90%,+)", "[90%,+∞)")


@pytest.fixture
def own(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def write(text: str, name: str = "own.yaml", encoding: str = "utf-8") -> str:
        (tmp_path / name).write_bytes(text.encode(encoding))
        return name

    return write


def run(capsys, *arguments: str, lang: str = "en") -> tuple[int, str, str]:
    status = main(["lint", *arguments, "--lang", lang])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def codes(out: str) -> list[str]:
    return [one["code"] for review in json.loads(out)["reviews"] for one in review["findings"]]


@pytest.mark.parametrize(
    ("text", "arguments", "status"),
    [
        (GOOD, [], DONE),
        (GOOD, ["--fail-on", "advice"], FOUND),
        (WRONG, [], FOUND),
        (WRONG, ["--ignore", "not-monotone"], DONE),
        (WRONG, ["--severity", "not-monotone=warning", "--fail-on", "error"], DONE),
        (WRONG.replace("indicators", "indicator"), [], FOUND),
        (WRONG, ["--select", "not-monoton"], REJECTED),
        (WRONG, ["--jump", "viel"], REJECTED),
        (WRONG, ["--fix", "--format", "sarif"], REJECTED),
    ],
)
def test_the_exit_status_tells(capsys, own, text, arguments, status):
    assert run(capsys, own(text), *arguments)[0] == status


def test_a_file_that_is_not_there_is_rejected_and_the_others_are_looked_at(capsys, own):
    status, out, err = run(capsys, "nowhere.yaml", own(WRONG), "--format", "json")
    assert status == REJECTED
    assert "file-not-found" in err
    assert "not-monotone" in codes(out)


def test_settings_of_a_file_count_and_are_no_place_for_a_result(capsys, own):
    own('[lint]\nselect = ["not-monotone"]\n', "perfscore.toml")
    assert codes(run(capsys, own(WRONG), "--format", "json")[1]) == ["not-monotone"]
    status, _, err = run(capsys, own(WRONG), "-o", "perfscore.toml", "--force")
    assert status == REJECTED
    assert "output-refused" in err


def test_a_slip_in_the_settings_is_shown_where_it_stands(capsys, own):
    own('[lint]\nselect = ["not-monoton"]\n', "perfscore.toml")
    status, out, err = run(capsys, own(WRONG))
    assert (status, out) == (REJECTED, "")
    assert "perfscore.toml:2:12: error[unknown-code]" in err
    assert "did you mean not-monotone?" in err


@pytest.mark.parametrize(
    ("format", "wanted"), [("github", "::error file=a b.yaml,line=5,"), ("sarif", '"uri": "a%20b.yaml"'), ("markdown", "### a b.yaml\n")]
)
def test_files_are_named_as_programs_take_them(capsys, own, format, wanted):
    # Given as a whole path, as a hook may do.
    assert wanted in run(capsys, os.path.abspath(own(WRONG, "a b.yaml")), "--format", format)[1]


def test_what_is_allowed_is_in_sarif_with_its_reason(capsys, own):
    status, out, _ = run(capsys, own(WRONG.replace("]}}", "]}} # lint: allow not-monotone: as printed")), "--format", "sarif")
    results = {result["ruleId"]: result for result in json.loads(out)["runs"][0]["results"]}
    assert status == DONE
    assert results["not-monotone"]["suppressions"][0]["justification"] == "as printed"


DIFF = """--- a/own.yaml
+++ b/own.yaml
@@ -2,4 +2,4 @@
 version: "1"
 points: 10
 indicators:
-{}+{}"""


def test_a_diff_is_shown_and_nothing_written(capsys, own, tmp_path):
    status, out, err = run(capsys, own(ODD), "--diff")
    assert (status, err) == (FOUND, "")
    assert out == DIFF.format(*(text.splitlines(keepends=True)[-1] for text in (ODD, MENDED)))
    assert (tmp_path / "own.yaml").read_text("utf-8") == ODD
    assert run(capsys, own(GOOD), "--diff") == (DONE, "", "")


def test_a_fix_is_shown_and_written_and_what_is_left_is_said(capsys, own, tmp_path):
    status, out, err = run(capsys, own(ODD), "--fix")
    assert status == DONE
    assert out.startswith("--- a/own.yaml\n")
    assert "boundary-without-example" in out
    assert err == "own.yaml: 2 mended\n"
    assert (tmp_path / "own.yaml").read_text("utf-8") == MENDED
    # Once mended, there is nothing left to mend.
    assert run(capsys, "own.yaml", "--diff") == (DONE, "", "")


# A file is somebody's: its encoding, mark, line ends and missing last line end stay, and so does who may read it.
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_file_keeps_how_it_is_written(capsys, own, tmp_path, encoding):
    path = tmp_path / own(ODD.replace("\n", "\r\n").rstrip(), encoding=encoding)
    path.chmod(0o640)
    assert run(capsys, "own.yaml", "--fix")[0] == DONE
    assert path.read_bytes() == MENDED.replace("\n", "\r\n").rstrip().encode(encoding)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_diff_says_where_the_last_line_has_no_end(capsys, own):
    out = run(capsys, own(ODD.rstrip()), "--diff")[1]
    assert out.count("\n\\ No newline at end of file\n") == 2


@pytest.mark.parametrize("names", [[], ["hunan/department@2024"], ["above.yaml"]])
def test_what_was_not_named_is_not_changed(capsys, own, tmp_path, names):
    # `above.yaml` extends a file with something to mend, and has nothing itself.
    own(ODD)
    own('ruleset: example/above\nversion: "1"\nextends: own.yaml\n', "above.yaml")
    assert run(capsys, *names, "--fix", "--select", "bands-out-of-order")[0] == DONE
    assert (tmp_path / "own.yaml").read_text("utf-8") == ODD


@pytest.mark.parametrize("name", ["hunan/department@2024", str(ROOT / "rules" / "rcp" / "news2-2017.yaml"), str(ROOT / "rules")])
def test_what_ships_is_not_changed_and_who_names_it_is_told(capsys, own, name, monkeypatch):
    monkeypatch.setattr(bands_out_of_order, "check", edits(("a", "b")))
    status, out, err = run(capsys, name, "--diff")
    assert (status, out) == (DONE, "")
    assert "ships with perfscore and is not changed" in err


def test_a_diff_names_files_as_patch_takes_them(capsys, own):
    assert "--- a/own.yaml\n+++ b/own.yaml\n" in run(capsys, os.path.abspath(own(ODD)), "--diff")[1]


def test_a_folder_names_what_is_in_it(capsys, own, tmp_path):
    (tmp_path / "rules").mkdir()
    own(ODD, "rules/one.yaml")
    own(ODD.replace("example/own", "example/two"), "rules/two.yaml")
    own(GOOD, "out.yaml")
    status, _, err = run(capsys, "rules", "--fix")
    assert (status, err.count("2 mended")) == (DONE, 2)


@pytest.mark.parametrize("allow", ["bands-out-of-order", "bands-out-of-order, interval-not-normal"])
def test_what_is_allowed_is_not_mended(capsys, own, allow):
    out = run(capsys, own(f"# lint: allow {allow}: as printed\n{ODD}"), "--diff")[1]
    assert ("以上" in out) is ("," not in allow)
    assert ', "[60%,90%): 6"]' in out or "," in allow


def test_a_comment_among_the_rows_keeps_them_where_they_are(capsys, own):
    rows = '\n      bands:\n        - "[60%,90%): 6"  # usual\n        - "[90%,+): 10"\n        - "[0,60%): 0"'
    text = "\n".join(
        (*GOOD.splitlines()[:4], "  - id: a", "    label: a", "    points: 10", "    measure: 全年执行数 / 全年预算数", f"    method:{rows}\n")
    )
    assert "bands-out-of-order" in run(capsys, own(text))[1]
    assert run(capsys, "own.yaml", "--diff") == (DONE, "", "")


def edits(*made):
    """A check that finds something on every curve and mends it like this: a text for what stands in the last line, from here to there."""

    def check(subject):
        for drawn in subject.curves:
            source = drawn.use.span.source
            line = source.text.count("\n")
            yield Found(
                drawn.use.span,
                same(str(made)),
                edits=tuple(
                    Edit(Span(source, line, source.line(line).index(old) + 1, line, source.line(line).index(old) + 1 + len(old)), new)
                    for old, new in made
                    if old in source.line(line)
                ),
            )

    return check


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ([("]}}", "")], "would make new errors"),  # no YAML any more
        ([("[60%,90%)", "[60%,95%)")], "band-overlap"),
        ([("points: 10", "points: 20")], "would make new errors"),
    ],
)
def test_what_would_make_a_file_worse_is_not_written(capsys, own, tmp_path, monkeypatch, made, why):
    monkeypatch.setattr(bands_out_of_order, "check", edits(*made))
    status, out, err = run(capsys, own(GOOD), "--fix")
    assert (status, out) == (REJECTED, "")
    assert "not-mended" in err
    assert why in err
    assert (tmp_path / "own.yaml").read_text("utf-8") == GOOD


def test_edits_without_end_are_given_up(capsys, own, monkeypatch):
    monkeypatch.setattr(bands_out_of_order, "check", edits(("执行率", "执行执行率")))
    status, out, err = run(capsys, own(GOOD), "--diff")
    assert (status, out) == (REJECTED, "")
    assert f"{mend._ROUNDS} rounds" in err


# The second would change what the first has made of the place; it is asked again in the next round.
def test_of_edits_that_overlap_the_first_is_made(capsys, own, monkeypatch):
    def check(subject):
        yield from edits(("执行率", "到位率"))(subject)
        yield from edits(("label: 执行", "label: 使用"))(subject)

    monkeypatch.setattr(bands_out_of_order, "check", check)
    out = run(capsys, own(GOOD), "--diff")[1]
    assert "+  - {id: a, label: 到位率," in out


def test_a_link_is_not_replaced(capsys, own, tmp_path):
    own(ODD, "real.yaml")
    try:
        (tmp_path / "own.yaml").symlink_to("real.yaml")
    except OSError:
        pytest.skip("no links here")
    status, _, err = run(capsys, "own.yaml", "--fix")
    assert (status, "not a regular file" in err) == (REJECTED, True)
    assert (tmp_path / "real.yaml").read_text("utf-8") == ODD
