"""Runs every check of the project: a fresh clone and any Python from 3.11 on to one exit status."""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
#: Which pyproject.toml and which Python the environment in `.venv` was made for.
MARKER = VENV / "made-by-check"
TOOLS = ("attrs", "build", "coverage", "hatchling", "hypothesis", "importlinter", "jsonschema", "mypy", "pytest", "ruff", "simpleeval", "yaml")


class Check(NamedTuple):
    """One tool and the arguments it is called with, after `python`."""

    zh: str
    en: str
    arguments: tuple[str, ...]


FORMAT = Check("代码格式", "format", ("-m", "ruff", "format", "--check", "--quiet", "."))
LINT = Check("代码规范", "lint", ("-m", "ruff", "check", "--quiet", "."))
TYPES = Check("类型", "types", ("-m", "mypy"))
FLOORS = Check("分层", "floors", ("-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-logo"))
TESTS = Check("测试", "tests", ("-m", "coverage", "run", "-m", "pytest"))
FAST_TESTS = Check("测试(快)", "tests (fast)", ("-m", "pytest", "-m", "not slow"))
COVERAGE = Check("覆盖率", "coverage", ("-m", "coverage", "report"))


def main() -> int:
    """Run the checks, in a virtual environment that is made where there is none."""
    options = _options()
    python = _environment()
    if python is not None:
        # Not os.exec: on Windows the terminal would not wait for the new process.
        return subprocess.run([python, str(Path(__file__).resolve()), *sys.argv[1:]], check=False).returncode
    os.chdir(ROOT)
    # The checkout is what is tested, whatever is installed; one encoding on every system.
    os.environ.update(PYTHONPATH=str(ROOT / "src"), PYTHONUTF8="1")
    os.environ.setdefault("PERFSCORE_PROFILE", "fast" if options.fast else "ci")
    return _run(options.fast)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="检查整个项目:格式、规范、类型、分层、测试、覆盖率。 / All checks of the project: format, lint, types, floors, tests, coverage.",
        epilog="环境变量 PERFSCORE_PROFILE=deep:更多随机用例。 / PERFSCORE_PROFILE=deep in the environment: many more random cases.",
    )
    parser.add_argument("--fast", action="store_true", help="不测覆盖率,不建安装包 / without coverage and without building the wheel")
    return parser.parse_args()


def _run(fast: bool) -> int:  # noqa: FBT001  # handed on from the command line
    failed = [check for check in (FORMAT, LINT, TYPES, FLOORS) if _status(check) != 0]
    status, closing = _tests(FAST_TESTS if fast else TESTS)
    if status != 0:
        failed.append(TESTS)
    if not fast and _status(COVERAGE) != 0:
        failed.append(COVERAGE)
    if failed:
        _say("未通过: " + "、".join(check.zh for check in failed), "failed: " + ", ".join(check.en for check in failed))
    else:
        _say("全部通过", "all checks passed")
    # How many tests ran is said by pytest and repeated where a reader looks first.
    print(closing, flush=True)
    return 1 if failed else 0


def _status(check: Check) -> int:
    _say(check.zh, check.en)
    return subprocess.run([sys.executable, *check.arguments], check=False).returncode


def _tests(check: Check) -> tuple[int, str]:
    """The exit status of pytest, and the last line that it printed."""
    _say(check.zh, check.en)
    closing = ""
    colour = ("--color=yes",) if sys.stdout.isatty() else ()
    with subprocess.Popen(
        [sys.executable, *check.arguments, *colour], stdout=subprocess.PIPE, text=True, encoding="utf-8", errors="replace"
    ) as tests:
        for line in tests.stdout or ():
            print(line, end="", flush=True)
            closing = line.strip() or closing
    return tests.returncode, closing


def _environment() -> str | None:
    """The Python to start again with; None where this one has everything."""
    if sys.prefix != sys.base_prefix and Path(sys.prefix) != VENV:
        # Somebody's own environment: nothing is taken away from it, and what it lacks is added.
        if any(find_spec(tool) is None for tool in TOOLS):
            _install([sys.executable, "-m", "pip"])
        return None
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    made_for = f"{hashlib.sha256((ROOT / 'pyproject.toml').read_bytes()).hexdigest()} {sys.version_info[0]}.{sys.version_info[1]}\n"
    if not (python.exists() and MARKER.exists() and MARKER.read_text(encoding="utf-8") == made_for):
        _make(python, made_for)
    return None if Path(sys.prefix) == VENV else str(python)


def _make(python: Path, made_for: str) -> None:
    _say("准备 .venv(只在第一次和 pyproject.toml 改动后)", "making .venv (the first time, and after pyproject.toml has changed)")
    if Path(sys.prefix) != VENV:
        if MARKER.exists() and MARKER.read_text(encoding="utf-8").split()[1:] != made_for.split()[1:]:
            shutil.rmtree(VENV)  # made by this program, for another Python
        # Debian's Python may come without ensurepip; then the pip of this Python works on the new environment.
        with_pip = find_spec("ensurepip") is not None
        subprocess.run([sys.executable, "-m", "venv", *([] if with_pip else ["--without-pip"]), str(VENV)], check=True)
    if subprocess.run([str(python), "-c", "import pip"], check=False, stderr=subprocess.DEVNULL).returncode == 0:
        _install([str(python), "-m", "pip"])
    else:
        _install([sys.executable, "-m", "pip", "--python", str(python)])
    MARKER.write_text(made_for, encoding="utf-8")


def _install(pip: list[str]) -> None:
    installed = subprocess.run([*pip, "install", "--quiet", "--disable-pip-version-check", "--editable", ".[dev]"], cwd=ROOT, check=False)
    if installed.returncode != 0:
        _say("依赖安装失败,见上文", "the dependencies could not be installed, see above")
        sys.exit(installed.returncode)


def _say(zh: str, en: str) -> None:
    print(f"== {zh} / {en}", flush=True)


if __name__ == "__main__":
    # A console with a narrow encoding must not stop a check.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main())
