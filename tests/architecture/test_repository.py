"""What a stranger's clone has to hold: no trace of the machine it was written on, and commands that are written down once."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

TEST_LINE = "python3 scripts/check.py"
SKIPPED = frozenset({".git", ".venv", "__pycache__", "build", "dist", "htmlcov", ".hypothesis"})
# Written in pieces, so that this file does not accuse itself.
HOMES = re.compile(r"(?<![\w.:/<>~)-])/(?:wo" + r"rk|ro" + r"ot|Users)(?=/|\b)|(?<![\w.:/<>~)-])/home/\w|\b[A-Z]:\\Users\\\w")
SCRATCH = re.compile(r"(?<![\w.:/<>~)-])/t" + r"mp\b")


def texts(folder: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Every text file of the checkout with its path; what tools leave behind is not the repository."""
    for path in sorted(folder.iterdir()):
        if path.name in SKIPPED or path.name.endswith(("_cache", ".egg-info")) or path.name.startswith(".coverage"):
            continue
        if path.is_dir():
            yield from texts(path)
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT).as_posix(), content.decode("utf-8")


def test_no_file_names_a_place_on_the_machine_it_was_written_on() -> None:
    found = []
    for path, text in texts():
        for number, line in enumerate(text.splitlines(), 1):
            if HOMES.search(line) or (SCRATCH.search(line) and not path.startswith("tests/")):
                found.append(f"{path}:{number}: {line.strip()[:80]}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("line", "names_a_place"),
    [
        ("see /wo" + "rk/main/x", True),
        ('path = "/ro' + 'ot"', True),
        ("/home/" + "li/forms", True),
        ("C:\\Users\\" + "li", True),
        ("https://example.org/wo" + "rk/1", False),
        ("network/wo" + "rk", False),
    ],
)
def test_places_are_recognised(line: str, names_a_place: bool) -> None:
    assert bool(HOMES.search(line)) is names_a_place


# A line ending of another system in a shell script or a rule file breaks the one and changes the digest of the other.
def test_text_files_end_lines_with_line_feeds() -> None:
    assert [path for path, text in texts() if "\r" in text and not path.startswith(("tests/", "examples/"))] == []


def test_ci_runs_the_test_line_of_the_readme() -> None:
    assert TEST_LINE in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert TEST_LINE in (ROOT / "README.md").read_text(encoding="utf-8")


# Each exception from a lint rule is a debt with a reason, or it is an accident.
def test_every_ignored_lint_rule_has_a_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    rules = lines[lines.index("[tool.ruff.lint]") : lines.index("[tool.ruff.lint.pylint]")]
    assert [line.strip() for line in rules if re.fullmatch(r'\s+"[A-Z]+\d*",\s*', line)] == []


def test_the_version_is_written_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert re.findall(r'^__version__ = "(\d+\.\d+\.\d+)"$', (ROOT / "src/perfscore/__init__.py").read_text(encoding="utf-8"), re.MULTILINE)
