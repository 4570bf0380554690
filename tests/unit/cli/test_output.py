"""Where results go; what happens when the system refuses is tested in tests/hostile/test_outputs.py."""

import errno
import io
import os
import sys
from types import SimpleNamespace

import pytest

from perfscore.cli import output
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase


def asked(**more):
    return SimpleNamespace(**{"color": "auto", "lang": "zh", "output": None, "force": False, **more})


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    "env,chosen,terminal,expected",
    [
        ({}, {}, True, "always"),
        ({}, {}, False, "never"),
        ({"NO_COLOR": "1"}, {}, True, "never"),
        ({"NO_COLOR": ""}, {}, True, "always"),
        ({"TERM": "dumb"}, {}, True, "never"),
        ({"NO_COLOR": "1"}, {"color": "always"}, False, "always"),
        ({}, {"color": "never"}, True, "never"),
        # What goes to a file is no terminal's.
        ({}, {"output": "out.txt"}, True, "never"),
    ],
)
def test_colour(env, chosen, terminal, expected, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    stream = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert output.colour(asked(**chosen), stream) == expected


def test_messages_have_colour_of_their_own(monkeypatch):
    # The result may go to a file while the messages stay on the terminal.
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert output.colour(asked(output="out.txt"), Terminal()) == "always"


@pytest.mark.parametrize("said,columns", [("100", 100), ("7", 40), ("9999", 500), ("", 80), ("0", 80), ("x", 80), ("٤٠", 80), ("9" * 10_000, 80)])
def test_columns(said, columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", said)

    def none(*_given):
        raise OSError(errno.ENOTTY, "no terminal")

    monkeypatch.setattr(os, "get_terminal_size", none)
    assert output.columns() == columns


def test_a_result_that_is_not_for_a_terminal_has_80_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert output.width() == 80
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert output.width() == 200


@pytest.mark.parametrize("text", ["a", "a\n"])
def test_a_result_ends_with_one_line_end(text, tmp_path, capsys):
    output.deliver(text, asked(output=str(tmp_path / "out")))
    output.deliver(text, asked())
    assert (tmp_path / "out").read_bytes() == b"a\n"
    assert capsys.readouterr().out == "a\n"


def test_messages_follow_what_was_printed_before(capsys):
    output.complain([Diagnostic("code", Phrase("不行", "no"))], asked(lang="en"))
    assert capsys.readouterr().err == "error[code]: no\n1 error\n"
    output.complain([], asked())
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.ENOENT, errno.ENAMETOOLONG, errno.EBADF])
def test_usual_obstacles_have_words_in_both_languages(number):
    says = output.obstacle(OSError(number, "system words"))
    assert "system words" not in says.zh + says.en


def test_rare_obstacles_have_those_of_the_system():
    assert "system words" in output.obstacle(OSError(errno.EIO, "system words")).zh
    assert "OSError" in output.obstacle(OSError()).en


def test_what_a_folder_holds_is_read_when_the_folder_is(tmp_path):
    (tmp_path / "a.yaml").write_text("")
    with pytest.raises(Rejected) as refused:
        output.check(asked(output=str(tmp_path / "a.yaml"), force=True, forms=[str(tmp_path)], rules=None))
    assert refused.value.diagnostics[0].code == "output-refused"


def test_a_word_that_is_no_file_is_not_mistaken_for_one(tmp_path, monkeypatch):
    # `-o json --format json` names a file and a format.
    monkeypatch.chdir(tmp_path)
    (tmp_path / "json").write_text("")
    output.check(asked(output="json", force=True, format="json", forms=["f.yaml"]))
