"""The way from arguments to an exit status: every end that a run can come to has its number and its words."""

import errno
import gc
import io
import os
import signal
import sys

import pytest

from perfscore import cli
from perfscore.cli import evaluate
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase


@pytest.fixture(autouse=True)
def as_before(monkeypatch):
    """What the command sets for its own process is put back for this one."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    handler, collected = signal.getsignal(signal.SIGTERM), gc.get_threshold()
    yield
    signal.signal(signal.SIGTERM, handler)
    gc.set_threshold(*collected)


def ending(monkeypatch, raised):
    def run(_chosen):
        raise raised

    monkeypatch.setattr(evaluate, "run", run)
    return cli.main(["evaluate", "f.yaml"])


def test_an_interrupt_is_130_without_a_word(monkeypatch, capsys):
    assert ending(monkeypatch, KeyboardInterrupt()) == cli.INTERRUPTED == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_who_left_is_no_fault(monkeypatch, capsys):
    assert ending(monkeypatch, BrokenPipeError(errno.EPIPE, "gone")) == cli.DONE
    assert capsys.readouterr().err == ""


def test_a_full_disk_is_2(monkeypatch, capsys):
    assert ending(monkeypatch, OSError(errno.ENOSPC, "full")) == cli.REJECTED
    assert capsys.readouterr().err == "写不出结果：磁盘空间不足，或超过了允许的文件大小\n"


def test_what_is_wrong_with_a_file_is_2(monkeypatch, capsys):
    says = Diagnostic("some-code", Phrase("不行", "no"))
    assert ending(monkeypatch, Rejected([says])) == cli.REJECTED
    assert capsys.readouterr().err == "错误[some-code]: 不行\n共 1 个错误\n"


def test_a_fault_of_ours_is_3_and_one_harmless_line(monkeypatch, capsys):
    assert ending(monkeypatch, ZeroDivisionError("x\x1b[2J\n" + "很" * 9000)) == cli.FAULT
    (line,) = capsys.readouterr().err.splitlines()
    # Where it happened, for whoever has to mend it; nothing for a terminal to obey, and no page of it.
    assert "ZeroDivisionError test_main.py:" in line
    assert "\x1b" not in line
    assert len(line) < 600


def test_leaving_keeps_its_status(monkeypatch):
    assert ending(monkeypatch, SystemExit(cli.TERMINATED)) == 143
    assert ending(monkeypatch, SystemExit()) == cli.DONE
    assert ending(monkeypatch, SystemExit("words")) == cli.REJECTED


def test_it_never_raises_for_wrong_arguments(capsys):
    assert cli.main(["bogus"]) == cli.REJECTED
    assert cli.main(["--help"]) == cli.DONE
    assert "用法：" in capsys.readouterr().out


def test_what_the_buffer_holds_counts(monkeypatch):
    class Full(io.StringIO):
        def flush(self):
            raise OSError(errno.ENOSPC, "full")

        def fileno(self):
            return os.open(os.devnull, os.O_WRONLY)

    monkeypatch.setattr(evaluate, "run", lambda _chosen: cli.DONE)
    monkeypatch.setattr(sys, "stdout", Full())
    assert cli.main(["evaluate", "f.yaml"]) == cli.REJECTED


def test_a_closed_standard_error_takes_messages_nowhere(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.main(["evaluate", "no-such-file.yaml"]) == cli.REJECTED
    sys.stderr.close()
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to handle")
def test_a_termination_takes_the_draft_with_it(monkeypatch, tmp_path):
    def run(_chosen):
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(evaluate, "run", run)
    assert cli.main(["evaluate", "f.yaml", "-o", str(tmp_path / "out")]) == cli.TERMINATED


def test_it_works_beside_the_main_thread(monkeypatch, tmp_path):
    from threading import Thread

    ends = []
    monkeypatch.setattr(evaluate, "run", lambda _chosen: cli.DONE)
    thread = Thread(target=lambda: ends.append(cli.main(["evaluate", "f.yaml", "-o", str(tmp_path / "out")])))
    thread.start()
    thread.join()
    assert ends == [cli.DONE]


@pytest.mark.parametrize(
    "given,lang",
    [
        ([], "zh"),
        (["--lang", "en"], "en"),
        (["--lang=en"], "en"),
        (["evaluate", "x", "--lang", "en"], "en"),
        (["--lang", "fr"], "zh"),
        (["--lang"], "zh"),
        (["--", "--lang", "en"], "zh"),
    ],
)
def test_the_language_is_known_before_the_arguments_are_read(given, lang):
    assert cli._language(given) == lang
