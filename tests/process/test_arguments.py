"""What is typed wrongly is said in the reader's language, with the way on; what is typed rightly but oddly works."""

import re

import pytest

from perfscore import __version__
from perfscore.cli import COMMANDS
from tests.process.command import EXAMPLE, environment, perfscore

WAYS_TO_ASK = [("zh", {}), ("en", {"LANG": "en_US.UTF-8"})]
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_explains_itself_in_both_languages(name, lang):
    done = perfscore(*filter(None, [name]), "--lang", lang, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.text.startswith("用法：" if lang == "zh" else "usage: ")
    # None of argparse's own words are left in Chinese, and no Chinese in English but the names of the field.
    assert ("options:" in done.text, "show this" in done.text) == (lang == "en", lang == "en")
    assert bool(HAN.search(done.text)) == (lang == "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_version_is_one_line(lang):
    done = perfscore("--lang", lang, "--version")
    assert (done.status, done.text, done.err) == (0, f"perfscore {__version__}\n", "")


@pytest.mark.parametrize("lang,env", WAYS_TO_ASK)
def test_no_arguments_give_the_help_and_status_2(lang, env):
    done = perfscore(env=env)
    assert (done.status, done.out) == (2, b"")
    assert all(name in done.err for name in COMMANDS)
    assert done.err.startswith("用法：" if lang == "zh" else "usage: ")


# arguments -> what is said in Chinese, in English, and in both
WRONG = {
    ("evaluat",): ("可以是", "cannot be", "evaluate"),
    ("bogus",): ("命令 不能是", "COMMAND cannot be", "'bogus'"),
    ("evaluate",): ("缺少参数", "missing", "FORM"),
    ("explain", "f.yaml"): ("缺少参数", "missing", "INDICATOR"),
    ("evaluate", "f.yaml", "--explian"): ("是否想写 --explain？", "did you mean --explain?", "--explian"),
    ("evaluate", "f.yaml", "--expl"): ("不认识的参数", "unknown argument", "--expl"),
    ("evaluate", "f.yaml", "-x"): ("不认识的参数", "unknown argument", "-x"),
    ("evaluate", "f.yaml", "--format", "xml"): ("不能是", "cannot be", "'xml'"),
    ("evaluate", "f.yaml", "--rules"): ("后面要有一个值", "needs a value", "--rules"),
    ("evaluate", "f.yaml", "--force=yes"): ("不带值", "takes no value", "--force"),
    ("evaluate", "f.yaml", "--color", "red"): ("不能是", "cannot be", "'red'"),
    ("evaluate", "f.yaml", "--cohort", "--combine"): ("不能与 --cohort 同用", "does not go with", "--combine"),
    ("rules", "burn"): ("不能是", "cannot be", "'burn'"),
}


@pytest.mark.parametrize("lang,env", WAYS_TO_ASK)
@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_arguments_are_said_with_the_way_to_the_help(words, lang, env):
    done = perfscore(*words, env=env)
    zh, en, both = WRONG[words]
    assert (done.status, done.out) == (2, b"")
    assert (zh if lang == "zh" else en) in done.err
    assert both in done.err
    assert "--help" in done.err
    assert "error:" not in done.err
    assert lang == "zh" or not HAN.search(done.err)


def test_a_language_that_is_none_is_refused_in_the_language_of_the_environment():
    done = perfscore("evaluate", EXAMPLE, "--lang", "fr")
    assert done.status == 2
    assert "--lang 不能是 'fr'" in done.err


@pytest.mark.parametrize(
    "env,lang",
    [
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": None}, "zh"),
        ({"LC_ALL": "C"}, "zh"),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": ""}, "zh"),
    ],
)
def test_the_language_is_that_of_the_environment_else_chinese(env, lang):
    done = perfscore("evaluate", "no-such-file.yaml", env=env)
    assert ("找不到文件" if lang == "zh" else "there is no file") in done.err


def test_a_language_asked_for_beats_the_environment():
    assert "score" in perfscore("evaluate", EXAMPLE, "--lang=en").text
    assert "总得分" in perfscore("evaluate", EXAMPLE, "--lang=zh", env={"LANG": "en_US.UTF-8"}).text


def test_what_a_terminal_obeys_is_not_echoed_from_arguments():
    done = perfscore("evaluate", "f.yaml", "--\x1b]52;c;AAAA\x07", "--\u202e")
    assert done.status == 2
    assert "\x1b" not in done.err
    assert "\u202e" not in done.err
    assert "\\u{1b}" in done.err


def test_a_name_that_begins_with_a_dash_is_a_file_behind_two_dashes(tmp_path):
    (tmp_path / "-f.yaml").write_bytes(EXAMPLE.read_bytes())
    done = perfscore("evaluate", "--", "-f.yaml", cwd=tmp_path)
    assert done.status == 0
    assert "95.95" in done.text


def test_words_behind_two_dashes_are_no_options(tmp_path):
    (tmp_path / "--lang").write_bytes(EXAMPLE.read_bytes())
    done = perfscore("evaluate", "--", "--lang", "en", cwd=tmp_path)
    assert "总得分" in done.text
    assert "找不到文件 en" in done.err


def test_names_are_shown_without_what_a_terminal_obeys():
    # A name may hold any byte on Linux: a line end, an escape sequence, bytes that are no text.
    done = perfscore("evaluate", b"no\nsuch\x1b[2J\xff.yaml".decode("utf-8", "surrogateescape"), env=environment())
    assert done.status == 2
    assert done.err.startswith("错误[file-not-found]: 找不到文件 no\\u{a}such\\u{1b}[2J\\u{dcff}.yaml\n")
