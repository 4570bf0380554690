"""On a terminal the result fits it, whatever the environment says of its width."""

import os
import subprocess

import pytest

from tests.process.command import EXAMPLE, PATIENCE, command, environment

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

from perfscore.text.show import cells  # noqa: E402 - after the modules that not every system has


def on_terminal(columns: int, env: dict[str, str | None], *words: str) -> str:
    """What a terminal of so many columns gets."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, (24).to_bytes(2, "little") + columns.to_bytes(2, "little") + bytes(4))
    with subprocess.Popen(
        command("evaluate", str(EXAMPLE), *words), stdin=theirs, stdout=theirs, stderr=theirs, env=environment({"TERM": "xterm", **env})
    ) as running:
        os.close(theirs)
        got = b""
        # Linux says EIO, and not the end, when the other side of a terminal is closed.
        while chunk := _read(ours):
            got += chunk
        assert running.wait(PATIENCE) == 0, got.decode()
    os.close(ours)
    return got.decode("utf-8").replace("\r\n", "\n")


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65536)
    except OSError:
        return b""


# columns of the terminal, COLUMNS -> columns that are used
WIDTHS = [
    (80, None, 80),
    (200, None, 200),
    (40, None, 40),
    (10, None, 40),
    (0, None, 80),
    (80, "40", 40),
    (80, "200", 200),
    (80, "0", 80),
    (80, "-1", 80),
    (80, "1e9", 80),
    (80, "٤٠", 80),
    (80, "9" * 10_000, 80),
    (80, "99999", 500),
]


@pytest.mark.parametrize("columns,said,used", WIDTHS)
def test_the_result_fits_the_terminal(columns, said, used):
    text = on_terminal(columns, {"COLUMNS": said, "NO_COLOR": "1"})
    assert max(cells(line) for line in text.splitlines()) == used
    assert "95.95" in text


@pytest.mark.parametrize(
    "env,words,colour",
    [
        ({}, (), True),
        ({"NO_COLOR": "1"}, (), False),
        ({"NO_COLOR": ""}, (), True),
        ({"TERM": "dumb"}, (), False),
        ({}, ("--color", "never"), False),
        ({"NO_COLOR": "1"}, ("--color", "always"), True),
    ],
)
def test_colour_is_for_terminals_that_want_it(env, words, colour):
    assert ("\x1b[" in on_terminal(80, env, *words)) == colour
