"""Many forms as a process: nothing is lost, nothing is half, and a run that was killed at any step goes on to what it would have come to."""

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from perfscore.bulk import run as engine
from perfscore.cli import main
from tests.process.command import EXAMPLE, PATIENCE, environment, perfscore

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX signals")

FORM = """rules: {rules}
unit: 单位{number}
year: 2024
budget: {{adjusted: 100, executed: {spent}}}
indicators:
  - {{level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: ≥10套, actual: {actual}套, points: 50}}
  - {{level1: 效益指标, level2: 社会效益指标, level3: 投诉下降率, target: ≥5%, actual: 6%, points: 30}}
  - {{level1: 满意度指标, level2: 服务对象满意度指标, level3: 住户满意度, target: ≥90%, actual: {content}%, points: 10}}
"""


def form(number: int, **said: object) -> str:
    return FORM.format(**{"number": number, "rules": "china/project-self@2020", "spent": 90 + number, "actual": 9, "content": 95, **said})


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """Seven files: five that can be scored (one of them holds two forms, one lacks a value), one that is no YAML, one that names no rules; and a rule file."""
    folder = tmp_path / "forms"
    folder.mkdir()
    texts = {
        "a": form(1),
        "b": form(2) + "---\n" + form(3, actual=8),
        "c": form(4, content="未填"),
        "d": "unit: [",
        "e": form(5, rules="no/such@1"),
        "f": form(6),
        "g": form(7, actual=10),
        "rules": "ruleset: x/y\nversion: '1'\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# What a finance officer asks first: is everybody in it?
def test_every_form_is_scored_incomplete_or_rejected(forms: Path, tmp_path: Path) -> None:
    done = perfscore("batch", "forms", "-o", "out", "--lang", "en", cwd=tmp_path)
    assert done.status == 2
    found = rows(tmp_path / "out/results.csv")
    assert [row["status"] for row in found] == ["scored"] * 3 + ["incomplete"] + ["rejected"] * 2 + ["scored"] * 2
    assert [row["form"] for row in found] == [str(number) for number in range(1, 9)]
    summary = json.loads((tmp_path / "out/summary.json").read_text(encoding="utf-8"))
    assert summary["forms"] == {"read": 8, "scored": 5, "incomplete": 1, "rejected": 2}
    errors = rows(tmp_path / "out/errors.csv")
    assert {(row["form"], row["file"], row["line"]) for row in errors} == {("5", "forms/d.yaml", "1"), ("6", "forms/e.yaml", "1")}
    assert [one["file"] for one in summary["skipped"]] == ["forms/rules.yaml"]
    assert "notes.txt" in done.err
    assert "forms/e.yaml" in done.err
    assert "8 = scored 5 + incomplete 1 + rejected 2" in done.text


# Otherwise a table would be another evaluator.
def test_the_table_says_what_evaluate_says(forms: Path, tmp_path: Path) -> None:
    perfscore("batch", "forms", "-o", "out", "--lang", "en", cwd=tmp_path)
    alone = perfscore("evaluate", "forms", "--format", "json", cwd=tmp_path)
    told = [json.loads(line) for line in alone.text.splitlines()]
    for row, one in zip(rows(tmp_path / "out/results.csv"), told, strict=True):
        if "problems" in one:
            assert row["status"] == "rejected"
            continue
        assert (row["score"] or None, row["low"], row["high"], row["points"]) == (one["score"], *one["bounds"], one["points"])
        lost = [part["lost"] for part in one["indicators"] if part["status"] != "not-applicable"]
        assert [cell or None for name, cell in row.items() if name.startswith("lost: ")] == lost


def test_nothing_is_written_over_and_nothing_of_others_is_taken_away(forms: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "parts").mkdir(parents=True)
    (out / "parts" / "mine.txt").write_text("x", encoding="utf-8")
    assert perfscore("batch", "forms", "-o", "out", cwd=tmp_path).status == 2
    assert sorted(contents(out)) == ["parts/mine.txt"]
    assert perfscore("batch", "forms/a.yaml", "-o", "out", "--force", cwd=tmp_path).status == 0
    before = contents(out)
    assert before["parts/mine.txt"] == b"x"
    refused = perfscore("batch", "forms/f.yaml", "-o", "out", cwd=tmp_path)
    assert (refused.status, contents(out)) == (2, before)
    assert "--resume" in refused.err
    finished = perfscore("batch", "forms/a.yaml", "-o", "out", "--resume", cwd=tmp_path)
    assert (finished.status, contents(out)) == (0, before)
    # Others than those of the finished run: nothing to go on with.
    assert perfscore("batch", "forms/a.yaml", "--audit", "-o", "out", "--resume", cwd=tmp_path).status == 2
    # Tables in another format give way: they would be those of another run.
    assert perfscore("batch", "forms/f.yaml", "-o", "out", "--force", "--format", "jsonl", cwd=tmp_path).status == 0
    assert not list(out.glob("*.csv"))


def test_a_folder_that_is_read_is_not_written_to(forms: Path, tmp_path: Path) -> None:
    before = contents(forms)
    assert perfscore("batch", "forms", "-o", "forms", "--force", cwd=tmp_path).status == 2
    assert contents(forms) == before


@pytest.mark.parametrize("words", [("batch", "-"), ("batch", "forms", "-o", ""), ("batch", "forms", "-o", "no/such"), ("batch", "nothing-here")])
def test_what_cannot_be_done_is_said(words: tuple[str, ...], forms: Path, tmp_path: Path) -> None:
    done = perfscore(*words, cwd=tmp_path)
    assert done.status == 2
    assert re.search(r"^错误\[[a-z-]+\]|^错误", done.err, re.MULTILINE)


def test_the_same_forms_give_the_same_bytes_whatever_the_environment(forms: Path, tmp_path: Path) -> None:
    words = ("batch", "forms", "--audit", "--indicators", "--lang", "zh", "-o")
    for seed in ("0", "1"):
        perfscore(*words, f"out{seed}", cwd=tmp_path, env={"PYTHONHASHSEED": seed, "TZ": "Asia/Shanghai" if seed == "1" else "UTC"})
    assert contents(tmp_path / "out0") == contents(tmp_path / "out1")


def test_a_receipt_is_replayed(forms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (forms / "own.yaml").write_text((EXAMPLE.parents[1] / "rules/china/project-self-2020.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (forms / "a.yaml").write_text(form(1, rules="own.yaml"), encoding="utf-8")
    main(["batch", "forms", "-o", "out", "--lang", "en", "--audit"])
    capsys.readouterr()

    def verified(*more: str) -> tuple[int, str]:
        status = main(["verify", "out/receipt.json", "--lang", "en", *more])
        return status, capsys.readouterr().out

    assert verified() == (0, "the same: 8 forms, replayed, come to what the receipt says\n")
    (forms / "f.yaml").write_text(form(6) + "\n# a remark\n", encoding="utf-8")
    assert verified() == (1, "not the same: the file forms/f.yaml: it was changed\n")
    (forms / "f.yaml").write_text(form(6), encoding="utf-8")
    (forms / "h.yaml").write_text(form(8), encoding="utf-8")
    assert verified() == (1, "not the same: the file forms/h.yaml: it was not there\n")
    (forms / "h.yaml").unlink()
    rules = (forms / "own.yaml").read_text(encoding="utf-8")
    (forms / "own.yaml").write_text(rules + "\n# a remark\n", encoding="utf-8")
    status, said = verified()
    assert (status, "the rules china/project-self@2020" in said) == (1, True)
    (forms / "own.yaml").write_text(rules, encoding="utf-8")
    # A receipt that says other results than the forms have, as if somebody had mended a score.
    receipt = tmp_path / "out/receipt.json"
    kept = receipt.read_text(encoding="utf-8")
    receipt.write_text(re.sub(r'("results": "sha256:).', r"\g<1>x", kept), encoding="utf-8")
    assert verified() == (1, "not the same: the replayed results are not those of the receipt\n")
    receipt.write_text(kept, encoding="utf-8")
    (tmp_path / "moved").mkdir()
    forms.rename(tmp_path / "moved/forms")
    assert verified("--folder", "moved")[0] == 0
    receipt.write_text('{"format": 1}', encoding="utf-8")
    assert verified()[0] == 2


# The child counts the moments at which a file gets its name or goes, and ends itself as the power going off would, before or after one of them.
KILLED = """
import os, signal, sys
from perfscore.bulk import run
run.FILES = 2
left = int(sys.argv[1])
def cut(name):
    real = getattr(os, name)
    def step(*given, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        real(*given, **named)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    setattr(os, name, step)
for name in ("replace", "unlink", "rmdir"):
    cut(name)
from perfscore.cli import main
sys.exit(main(sys.argv[2:]))
"""


def killed(step: int, folder: Path, *words: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(step), *words], cwd=folder, env=environment(), capture_output=True, check=False, timeout=PATIENCE
    ).returncode


def whole(folder: Path) -> None:
    """Every file under its own name can be read to its end, and a receipt stands only beside all that it is for."""
    for path in folder.rglob("*"):
        if path.suffix in (".json", ".jsonl"):
            for text in [path.read_text(encoding="utf-8")] if path.suffix == ".json" else path.read_text(encoding="utf-8").splitlines():
                json.loads(text)
    if (folder / "receipt.json").exists():
        assert len(rows(folder / "results.csv")) == json.loads((folder / "receipt.json").read_text(encoding="utf-8"))["forms"]["read"]
        assert (folder / "review.csv").exists()


@posix
@pytest.mark.parametrize("force", [False, True])
def test_a_run_killed_at_any_step_goes_on_to_the_same_tables(
    force: bool, forms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(engine, "FILES", 2)
    words = ["batch", "forms", "--lang", "zh", "-o"]
    assert main([*words, "right"]) == 2
    right, step = contents(tmp_path / "right"), 0
    steps = range(1, 200, 1 if not force else 5)
    for step in steps:
        out = tmp_path / f"out{step}"
        if force:
            # Over the tables of other forms: those must never be taken for these.
            assert main(["batch", "forms/a.yaml", "--lang", "zh", "--format", "jsonl", "-o", str(out)]) == 0
        status = killed(step, tmp_path, *words, out.name, *(["--force"] if force else []))
        if status == 2:
            break
        assert status == -9
        if not force:
            whole(out)
        elif (out / "receipt.json").exists():
            assert (out / "results.jsonl").exists() or contents(out).items() >= right.items()
        receipt = (out / "receipt.json").exists()
        again = main([*words, out.name, "--resume" if not force else "--force"])
        assert again in ((0, 2) if receipt else (2,))
        assert contents(out) == right, step
    assert 20 < step < 199
    capsys.readouterr()


def test_resume_does_again_only_what_changed(
    forms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(engine, "FILES", 2)
    (forms / "own.yaml").write_text((EXAMPLE.parents[1] / "rules/china/project-self-2020.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (forms / "a.yaml").write_text(form(1, rules="own.yaml"), encoding="utf-8")
    if os.name != "nt":
        killed(7, tmp_path, "batch", "forms", "-o", "out")
    made = sorted(path.name for path in (tmp_path / "out/parts").glob("part-*"))
    assert len(made) >= 3
    # The rules of the first part are others now, and a form of the second.
    (forms / "own.yaml").write_text((forms / "own.yaml").read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    (forms / "c.yaml").write_text(form(4), encoding="utf-8")
    assert main(["batch", "forms", "-o", "out", "--resume", "--lang", "en"]) == 2
    kept = re.search(r"(\d+) parts of the run before were kept", capsys.readouterr().out)
    assert kept is not None
    assert int(kept[1]) == len(made) - 2
    main(["batch", "forms", "-o", "right", "--lang", "en"])
    assert contents(tmp_path / "out") == contents(tmp_path / "right")
    capsys.readouterr()


# Most finance bureaus install nothing that they need not; a folder of forms needs neither numpy nor Arrow.
def test_a_folder_is_scored_without_the_extras(forms: Path, tmp_path: Path) -> None:
    program = "import sys\nfor name in ('numpy', 'pyarrow', 'openpyxl', 'xlsxwriter'): sys.modules[name] = None\nfrom perfscore.cli import main\nsys.exit(main(sys.argv[1:]))"
    words = ["batch", "forms", "--audit", "--indicators", "--lang", "zh", "-o"]
    done = subprocess.run(
        [sys.executable, "-c", program, *words, "bare"], cwd=tmp_path, env=environment(), capture_output=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == 2
    perfscore(*words, "out", cwd=tmp_path)
    assert contents(tmp_path / "bare") == contents(tmp_path / "out")
    for ending in ("parquet", "xlsx"):
        refused = [sys.executable, "-c", program, "batch", "forms", "-o", f"no-{ending}", "--format", ending]
        done = subprocess.run(refused, cwd=tmp_path, env=environment(), capture_output=True, check=False, timeout=PATIENCE)
        assert done.returncode == 2
        assert "perfscore[" in done.stderr.decode("utf-8")


def table(path: Path, forms: int) -> None:
    lines = ["填报单位,一级指标,二级指标,三级指标,年度指标值,完成情况,分值"]
    for number in range(forms):
        lines.append(f"单位{number},产出指标,数量指标,维修房屋,≥10套,{5 + number}套,50")
        lines.append(f"单位{number},效益指标,社会效益指标,受益人数,≥10人,10人,30")
        lines.append(f"单位{number},满意度指标,服务对象满意度指标,满意度,≥90%,95%,10")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@posix
def test_a_table_is_scored_in_parts_and_goes_on_after_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(engine, "FORMS", 2)
    table(tmp_path / "rows.csv", 7)
    (tmp_path / "budgets.csv").write_text("填报单位,全年预算数,全年执行数\n" + "".join(f"单位{n},100,{90 + n}\n" for n in range(6)), encoding="utf-8")
    (tmp_path / "columns.yaml").write_text("完成情况: actual\n", encoding="utf-8")
    words = ["batch", "rows.csv", "--budgets", "budgets.csv", "--columns", "columns.yaml", "--rules", "china/project-self@2020", "--lang", "en", "-o"]
    status = main([*words, "right"])
    right = contents(tmp_path / "right")
    found = rows(tmp_path / "right/results.csv")
    # The budget of the last unit is missing: that form is incomplete or said, and none is lost.
    assert [row["unit"] for row in found] == [f"单位{n}" for n in range(7)]
    # 5 of 10 sets: 10 × 90 % + 25 + 30 + 10.
    assert found[0]["score"] == "74"
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    script = KILLED.replace("run.FILES = 2", "run.FORMS = 2")
    for step in (1, 3, 5, 8, 12):
        subprocess.run(
            [sys.executable, "-c", script, str(step), *words, f"out{step}"],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        monkeypatch.setattr(engine, "FORMS", 2)
        assert main([*words, f"out{step}", "--resume"]) == status
        assert contents(tmp_path / f"out{step}") == right
    (tmp_path / "budgets.csv").write_text("填报单位,全年预算数,全年执行数\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["verify", "right/receipt.json", "--lang", "en"]) == 1
    assert "the file budgets.csv: it was changed" in capsys.readouterr().out


def test_a_cohort_is_one_part(tmp_path: Path) -> None:
    rules = """ruleset: x/ranked
version: "1"
basis: [{document: 甲, verified: true}]
facts: {得票: {unit: 张}}
cohort: {名次: {rank: 得票}}
indicators:
  - {id: votes, label: 得票, points: 10, measure: 名次, method: {bands: ["[1, 1]: 10", "(1, 100]: 5"]}}
"""
    (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
    (tmp_path / "forms").mkdir()
    for number in (1, 2, 3):
        (tmp_path / "forms" / f"{number}.yaml").write_text(f"unit: 单位{number}\nfacts: {{得票: {number * 10}张}}\n", encoding="utf-8")
    alone = perfscore("evaluate", "forms", "--cohort", "--rules", "rules.yaml", "--format", "json", "--lang", "en", cwd=tmp_path)
    done = perfscore("batch", "forms", "--cohort", "--rules", "rules.yaml", "-o", "out", "--lang", "en", cwd=tmp_path)
    assert done.status == alone.status == 0, done.err + alone.err
    assert [row["score"] for row in rows(tmp_path / "out/results.csv")] == [json.loads(line)["score"] for line in alone.text.splitlines()]


# The name of a file is the one text of a run that nobody looked at before.
@posix
@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet", "xlsx"])
def test_hostile_names_of_files_harm_no_table_and_no_terminal(format: str, tmp_path: Path) -> None:
    if format in ("parquet", "xlsx"):
        pytest.importorskip("pyarrow")
        pytest.importorskip("xlsxwriter")
    (tmp_path / "forms").mkdir()
    text = form(1).replace("unit: 单位1\n", "").replace("9套", "未填")
    for name in (b"a\x1b[31m\nb.yaml", b"=cmd|x.yaml", b"\xff\xfe.yaml"):
        Path(os.fsdecode(os.fsencode(tmp_path / "forms") + b"/" + name)).write_text(text, encoding="utf-8")
    done = perfscore("batch", "forms", "-o", "out", "--format", format, cwd=tmp_path)
    assert done.status == 0, done.err
    assert b"\x1b" not in done.out
    assert perfscore("verify", "out/receipt.json", cwd=tmp_path).status == 0
