"""The streams of the process: a result that cannot be written is never reported as written, and a reader who leaves is no fault."""

import os
import signal
import subprocess
import sys

import pytest

from tests.process.command import EXAMPLE, PATIENCE, command, environment, perfscore

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX streams and signals")
full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")


def shell(words: str) -> subprocess.CompletedProcess[bytes]:
    python = f"'{sys.executable}' -m perfscore"
    return subprocess.run(
        ["/bin/sh", "-c", words.replace("perfscore", python, 1)], env=environment(), capture_output=True, check=False, timeout=PATIENCE
    )


def test_the_result_is_the_only_thing_on_standard_output():
    done = perfscore("evaluate", EXAMPLE)
    assert done.status == 0
    assert "95.95 / 100" in done.text
    assert "警告" not in done.text


@full
@pytest.mark.parametrize("words", [("evaluate", str(EXAMPLE)), ("evaluate", str(EXAMPLE), "--format", "json"), ("--help",), ("--version",)])
def test_a_full_disk_is_one_line_and_no_success(words):
    with open("/dev/full", "wb") as disk:
        done = perfscore(*words, stdout=disk)
    assert done.status == 2
    assert done.err.splitlines() == ["写不出结果：磁盘空间不足，或超过了允许的文件大小"]


@full
def test_a_full_disk_under_the_messages_changes_no_status_to_success():
    with open("/dev/full", "wb") as disk:
        assert perfscore("evaluate", "no-such-file.yaml", stderr=disk).status == 2


@posix
def test_a_reader_who_leaves_early_hears_no_complaint():
    # More than a pipe holds, so that the writer is still writing when the reader goes.
    done = shell(f"perfscore evaluate {' '.join([str(EXAMPLE)] * 40)} --format json | head -c 1")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"{", b"")


@posix
def test_the_status_behind_a_closed_pipe_is_that_of_the_work():
    read, write = os.pipe()
    os.close(read)
    with open(write, "wb") as pipe:
        assert perfscore("evaluate", EXAMPLE, stdout=pipe).status == 0


@posix
@pytest.mark.parametrize(
    "words,status,says",
    [
        # Without standard output the result has no place; with -o it needs none.
        (f"perfscore evaluate {EXAMPLE} >&-", 2, "写不出结果：标准输出已关闭"),
        ("perfscore evaluate - <&-", 2, "标准输入读不出来"),
        ("perfscore show tree - <&-", 2, "标准输入读不出来"),
        ("perfscore evaluate no-such-file.yaml 2>&-", 2, ""),
        ("perfscore >&- 2>&-", 2, ""),
    ],
)
def test_closed_streams(words, status, says):
    done = shell(words)
    assert done.returncode == status
    assert says in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    # A message must not turn up in the result because its own stream is closed.
    assert done.stdout == b""


@posix
def test_an_output_file_needs_no_standard_output(tmp_path):
    done = shell(f"perfscore evaluate {EXAMPLE} -o {tmp_path / 'out.txt'} >&-")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "95.95" in (tmp_path / "out.txt").read_text("utf-8")


@posix
@pytest.mark.parametrize("number,status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_end_it_without_a_traceback(number, status, tmp_path):
    with subprocess.Popen(
        command("evaluate", "-", "-o", tmp_path / "out"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=tmp_path,
    ) as running:
        assert running.stdin is not None
        # More than a pipe holds: once it is written, the process is reading, and everything before is behind it.
        running.stdin.write(b"#" * 500_000)
        running.stdin.flush()
        running.send_signal(number)
        out, err = running.communicate(timeout=PATIENCE)
    assert (running.returncode, out, err) == (status, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_standard_input_is_a_form():
    done = perfscore("evaluate", "-", stdin=EXAMPLE.read_bytes())
    assert done.status == 0
    assert "95.95 / 100" in done.text


def test_problems_of_standard_input_have_a_place():
    done = perfscore("evaluate", "-", stdin="单位：甲\nyear: 2024\n".encode())
    assert done.status == 2
    assert done.err.startswith("-:1:")


def test_an_empty_standard_input_is_said_to_be_empty():
    done = perfscore("evaluate", "-", stdin=b"")
    assert done.status == 2
    assert "empty-file" in done.err


def test_standard_input_twice_is_read_once():
    done = perfscore("evaluate", "-", "-", stdin=EXAMPLE.read_bytes())
    assert done.status == 2
    assert "95.95 / 100" in done.text
    assert "empty-file" in done.err


def test_endless_standard_input_is_refused_at_the_limit():
    done = perfscore("evaluate", "-", stdin=b"# " + b"x" * 6_000_000)
    assert done.status == 2
    assert "file-too-large" in done.err
