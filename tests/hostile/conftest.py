"""The command inside of this process, in a folder of its own: hundreds of hostile files, each without the start of a Python."""

import gc
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from perfscore.cli import main

RULES = """ruleset: test/hostile
version: "1"
indicators:
  - {id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}
  - {id: output, label: 产出指标, rows: from-form, method: by-kind}
"""
FORM = """rules: rules.yaml
unit: 甲单位
year: 2024
budget: {adjusted: 200, executed: 150, points: 10}
indicators:
  - {level1: 产出指标, level3: 数量, target: 10个, actual: 9个, points: 90}
"""


class Ran(NamedTuple):
    """What one call did."""

    status: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with good rules and a good form."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Ran]]:
    """Runs the command; whatever it is given, it neither raises nor finds a fault in itself."""

    def ran(*arguments: str) -> Ran:
        status = main(arguments)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        assert status in (0, 1, 2), err
        return Ran(status, out, err)

    # What the command sets for its own process is put back for this one.
    before, collected = signal.getsignal(signal.SIGTERM), gc.get_threshold()
    yield ran
    signal.signal(signal.SIGTERM, before)
    gc.set_threshold(*collected)
