"""What batch shows while it works, and of its columns."""

import io
import os
import sys
from argparse import Namespace

import pytest

from perfscore.cli import main
from perfscore.cli.batch import _Progress
from perfscore.text.show import cells
from tests.architecture.tree import ROOT


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("times", "shown"), [([0, 0.5, 0.9], ""), ([0, 0.5, 1.1, 1.5, 2.2], "\r2 forms …\x1b[K\r4 forms …\x1b[K\r\x1b[K")])
def test_progress_is_shown_after_a_second_and_taken_away(times: list[float], shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    progress = _Progress(Namespace(lang="en"))
    for forms, time in enumerate(times):
        now[0] = time
        progress.told(forms)
    progress.end()
    assert isinstance(sys.stderr, Terminal)
    assert sys.stderr.getvalue() == shown


def test_a_pipe_gets_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    progress = _Progress(Namespace(lang="zh"))
    progress.told(1)
    progress.end()
    assert isinstance(sys.stderr, io.StringIO)
    assert sys.stderr.getvalue() == ""


def test_columns_are_explained_before_anything_is_scored(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(ROOT)
    words = ["--rules", "china/project-self@2020", "--explain-columns", "--lang", "en"]
    assert main(["batch", "examples/tables/indicators.csv", "--budgets", "examples/tables/budgets.csv", *words]) == 0
    shown = capsys.readouterr().out
    assert "examples/tables/indicators.csv · one row per indicator" in shown
    assert "examples/tables/budgets.csv · one row per form" in shown
    assert "score" not in shown
    assert main(["batch", "no-such.csv", *words]) == 2


@pytest.mark.parametrize("text", ["- a\n", "a: [b]\n", "a: b: c\n"])
def test_a_file_of_columns_that_is_none_is_refused(text: str, tmp_path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(ROOT)
    (tmp_path / "columns.yaml").write_text(text, encoding="utf-8")
    words = ["--rules", "hunan/indicators@2018", "--columns", str(tmp_path / "columns.yaml"), "--lang", "en"]
    assert main(["batch", "examples/tables/units.csv", *words]) == 2
    assert "columns.yaml" in capsys.readouterr().err


# `PERFSCORE_GOLDEN=write` rewrites the files; review the difference.
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary_as_a_reader_sees_it(lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    files = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "examples").glob("*.yaml"))
    assert main(["batch", *files, "--audit", "--rank", "--lang", lang]) == 0
    shown = capsys.readouterr().out
    assert max(map(cells, shown.splitlines())) <= 80
    golden = ROOT / "tests/golden/batch" / f"examples-{lang}.txt"
    if os.environ.get("PERFSCORE_GOLDEN") == "write":
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == golden.read_text(encoding="utf-8")
