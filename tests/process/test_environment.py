"""The world around the process changes nothing: locale, clock, hash seed, folder, warnings and switches of Python give the same bytes."""

import os
import subprocess
import sys

import pytest

from tests.process.command import EXAMPLE, PATIENCE, command, environment, perfscore

FORMATS = ("terminal", "json", "markdown")


@pytest.fixture(scope="module")
def usual():
    """What every run has to give, by format."""
    results = {form: perfscore("evaluate", EXAMPLE, "--explain", "--format", form) for form in FORMATS}
    assert all(done.status == 0 for done in results.values())
    return {form: done.out for form, done in results.items()}


WORLDS: dict[str, dict[str, str | None]] = {
    "hash seed 0": {"PYTHONHASHSEED": "0", "TZ": "Pacific/Kiritimati"},
    "hash seed 1": {"PYTHONHASHSEED": "1", "TZ": "America/Adak"},
    "hash seed 2": {"PYTHONHASHSEED": "2", "TZ": None},
    "gbk streams": {"PYTHONIOENCODING": "gbk"},
    "ascii streams": {"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"},
    "C locale": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "German numbers": {"LC_NUMERIC": "de_DE.UTF-8"},
    "no home": {"HOME": None, "USER": None, "PATH": ""},
    "narrow": {"COLUMNS": "40"},
    "no width": {"COLUMNS": "0"},
    "width that is none": {"COLUMNS": "x" * 100},
    "no colour": {"NO_COLOR": "1"},
    "dumb": {"TERM": "dumb"},
}


@pytest.mark.parametrize("world", WORLDS)
def test_the_result_is_the_same_bytes_in_any_environment(world, usual):
    done = perfscore("evaluate", EXAMPLE, "--explain", "--format", "json", env=WORLDS[world])
    assert (done.status, done.out) == (0, usual["json"])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("env", [{"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"}, {"COLUMNS": "200", "PYTHONIOENCODING": "gbk"}])
def test_every_format_is_the_same_bytes(form, env, usual):
    assert perfscore("evaluate", EXAMPLE, "--explain", "--format", form, env=env).out == usual[form]


SWITCHES = {
    "warnings are errors": ("-W", "error", "-bb"),
    "without asserts": ("-O",),
    "without docstrings": ("-OO",),
    "safe path": ("-P",),
    "development mode": ("-X", "dev", "-W", "error"),
}


@pytest.mark.parametrize("switches", SWITCHES)
def test_the_switches_of_python_change_nothing(switches, usual, tmp_path):
    # -O writes other bytecode files; this run must not leave them for the next.
    env = {"PYTHONDONTWRITEBYTECODE": "1"}
    done = perfscore("evaluate", EXAMPLE, "--explain", "--format", "json", python=SWITCHES[switches], env=env)
    assert (done.status, done.err, done.out) == (0, "", usual["json"])


def test_the_function_behind_the_installed_command_gives_the_same(usual):
    program = "import sys; from perfscore.cli import main; sys.exit(main())"
    words = [sys.executable, "-c", program, "evaluate", str(EXAMPLE), "--explain", "--format", "json"]
    done = subprocess.run(words, env=environment(), capture_output=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stdout) == (0, usual["json"])


# What `python -m` would find first if it looked where it stands.
SHADOWS = ("yaml", "decimal", "fractions", "attr", "attrs", "re", "argparse", "perfscore", "json", "enum")


def test_modules_in_the_folder_are_not_imported(tmp_path, usual):
    for name in SHADOWS:
        (tmp_path / f"{name}.py").write_text("import os; os.write(2, b'CAUGHT'); os._exit(99)", encoding="utf-8")
    # As the installed command starts: the folder it stands in is not where it imports from.
    words = [sys.executable, "-P", "-m", "perfscore", "evaluate", str(EXAMPLE), "--explain", "--format", "json"]
    done = subprocess.run(words, env=environment(), cwd=tmp_path, capture_output=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", usual["json"])


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let go of a folder in use")
@pytest.mark.parametrize("words,status", [(("evaluate", "-"), 0), (("evaluate", "f.yaml"), 2), (("evaluate", "-", "-o", "out"), 2)])
def test_a_folder_that_is_gone(words, status, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'rmdir "$PWD" && exec "$@"'
    done = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *command(*words)],
        input=EXAMPLE.read_bytes(),
        env=environment(),
        cwd=gone,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (status, False)
    assert ("95.95" in done.stdout.decode()) == (status == 0)
