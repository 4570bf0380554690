"""The settings of lint: which file counts, what it says, what the command line says instead, and where a slip in it is."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from perfscore.cli.settings import read_settings
from perfscore.linting.checks import CATALOGUE
from perfscore.text.diagnostic import Rejected

NOTHING = dict.fromkeys(("config", "select", "ignore", "severity", "jump", "fail_on"))


def chosen(**given):
    return read_settings(SimpleNamespace(**{"command": "lint", **NOTHING, **given}), CATALOGUE)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    # No settings above the folder of a test may reach it.
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    return tmp_path


ALL = """[lint]
select = ["not-monotone", "points-not-declared"]
ignore = ["points-not-declared"]
jump = "33.3%"
fail-on = "advice"

[lint.severity]
not-monotone = "advice"
"""


def test_without_a_file_everything_is_as_it_is():
    assert chosen()[0]._replace() == (None, frozenset(), {}, Fraction(1, 2))
    assert chosen()[1:] == ("warning", None)


@pytest.mark.parametrize(
    ("name", "text"),
    [("perfscore.toml", ALL), ("pyproject.toml", ALL.replace("[lint", "[tool.perfscore.lint")), ("perfscore.toml", ALL.replace("\n", "\r\n"))],
)
def test_a_file_says_all_there_is_to_say(folder, name, text):
    (folder / "a" / name).write_bytes(text.encode())
    settings, fail_on, source = chosen()
    assert settings == ({"not-monotone", "points-not-declared"}, {"points-not-declared"}, {"not-monotone": "advice"}, Fraction(333, 1000))
    assert fail_on == "advice"
    assert source.text == text


def test_the_command_line_says_it_instead(folder):
    (folder / "perfscore.toml").write_text(ALL, encoding="utf-8")
    settings, fail_on, _ = chosen(
        select=["not-monotone"], ignore=["boundary-without-example，unknown-code"], severity=["points-not-declared=error"], jump="0", fail_on="error"
    )
    assert settings.select == {"not-monotone"}
    assert settings.ignore == {"boundary-without-example", "unknown-code"}
    assert settings.severity == {"not-monotone": "advice", "points-not-declared": "error"}
    assert (settings.jump, fail_on) == (0, "error")


def only(code):
    return f'[lint]\nselect = ["{code}"]\n'


def test_the_nearest_file_wins_and_its_own_name_before_that_of_the_project(folder):
    (folder / "perfscore.toml").write_text(only("not-monotone"), encoding="utf-8")
    assert chosen().settings.select == {"not-monotone"}
    (folder / "a" / "pyproject.toml").write_text(
        "[tool.perfscore]\n" + only("unknown-code").replace("[lint", "[tool.perfscore.lint"), encoding="utf-8"
    )
    assert chosen().settings.select == {"unknown-code"}
    (folder / "a" / "perfscore.toml").write_text(only("unused-suppression"), encoding="utf-8")
    assert chosen().settings.select == {"unused-suppression"}
    assert chosen(config=str(folder / "perfscore.toml")).settings.select == {"not-monotone"}


def test_a_repository_is_not_left(folder):
    (folder / "perfscore.toml").write_text(only("not-monotone"), encoding="utf-8")
    (folder / "a" / ".git").mkdir()
    assert chosen().settings.select is None


# That of another tool's project is passed over, broken or not: it says nothing to us.
@pytest.mark.parametrize("text", ["[tool.other]\nx = 1\n", "[project]\nname = 'perfscore'\n", "this is = = no toml"])
def test_a_project_that_says_nothing_to_us_is_passed_over(folder, text):
    (folder / "a" / "b" / "pyproject.toml").write_text(text, encoding="utf-8")
    (folder / "perfscore.toml").write_text(only("not-monotone"), encoding="utf-8")
    assert chosen().settings.select == {"not-monotone"}


BAD = [
    ("[lint\n", "broken-settings", "1:6", None),
    ("[lint]\nselect = [\n", "broken-settings", "3:1", None),
    ("[lnit]\nselect = []\n", "unknown-key", "1:2", "lint"),
    ("lint = 1\n", "bad-settings", "1:1", None),
    ("# fail_on\n[lint]\nfail_on = 'error'\n", "unknown-key", "3:1", "fail-on"),
    ("[lint]\nselect = 'not-monotone'\n", "bad-settings", "2:1", None),
    ("[lint]\nselect = [1]\n", "bad-settings", "2:1", None),
    ('[lint]\nselect = [\n  "not-monotone",\n  "not-monoton",\n]\n', "unknown-code", "4:4", "not-monotone"),
    ('lint.ignore = ["boundry-without-example"]\n', "unknown-code", "1:17", "boundary-without-example"),
    ('[lint.severity]\nnot-monotone = "eror"\n', "bad-settings", "2:1", "error"),
    ('[lint]\nseverity = "error"\n', "bad-settings", "2:1", None),
    ('[lint]\nseverity = {not-monotoon = "error"}\n', "unknown-code", "2:13", "not-monotone"),
    ("[lint]\njump = 0.5\n", "bad-settings", "2:1", None),
    ("[lint]\njump = 50\n", "bad-settings", "2:1", None),
    ('[lint]\njump = "viel"\n', "bad-settings", "2:1", None),
    ('[lint]\njump = "150%"\n', "bad-settings", "2:1", None),
    ('[lint]\nfail-on = "never"\n', "bad-settings", "2:1", None),
]


#: In the file of a project the same table stands two deeper; what is wrong above it is another tool's.
IN_PROJECT = [(text.replace("[lint", "[tool.perfscore.lint"), *rest) for text, *rest in BAD if text.startswith(("[lint]", "[lint.", "# "))]


@pytest.mark.parametrize(
    ("name", "text", "code", "place", "near"), [*(("perfscore.toml", *bad) for bad in BAD), *(("pyproject.toml", *bad) for bad in IN_PROJECT)]
)
def test_a_slip_is_said_at_its_place(folder, name, text, code, place, near):
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        chosen()
    (found,) = caught.value.diagnostics
    assert found.code == code
    assert str(found.span).endswith(f"{name}:{place}")
    assert near is None or (found.hint is not None and near in found.hint.en)


def test_every_slip_is_said(folder):
    (folder / "perfscore.toml").write_text('[lint]\nselect = ["x"]\nignore = ["y"]\njump = 1\nother = 2\n', encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        chosen()
    assert [str(found.span).split(":")[-2] for found in caught.value.diagnostics] == ["5", "2", "3", "4"]


@pytest.mark.parametrize(
    "given", [{"select": ["x"]}, {"severity": ["not-monotone=bad"]}, {"severity": ["x=error"]}, {"jump": "x"}, {"jump": "-1%"}, {"config": "no.toml"}]
)
def test_words_on_the_command_line_that_mean_nothing_are_refused(given):
    with pytest.raises(Rejected):
        chosen(**given)
