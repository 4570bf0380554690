"""What a start of the command loads: a person waits for it on every call, so what only some commands need is loaded by those."""

import os
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT, SRC

#: Modules that cost milliseconds each, and that no evaluation of one form needs.
HEAVY = (
    "asyncio",
    "concurrent",
    "csv",
    "dataclasses",
    "email",
    "hypothesis",
    "importlib.metadata",
    "importlib.resources",
    "json",
    "jsonschema",
    "logging",
    "multiprocessing",
    "pathlib",
    "pkgutil",
    "random",
    "referencing",
    "shutil",
    "simpleeval",
    "subprocess",
    "tempfile",
    "tomllib",
    "unittest",
    "urllib",
    "uuid",
    "xml",
    "zipfile",
)
# attrs and yaml bring the standard modules that they need; what they bring is paid for already.
BASELINE = "import sys, attrs, yaml; paid = set(sys.modules)"


def loaded_by(work: str) -> list[str]:
    """The heavy modules that a fresh interpreter has loaded after some work, beyond those of attrs and yaml."""
    program = f"{BASELINE}\n{work}\nprint('loaded:', *sorted(set(sys.modules) - paid))"
    # Coverage starts itself in child processes by these variables, and would be counted as ours.
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")} | {"PYTHONPATH": str(SRC)}
    done = subprocess.run([sys.executable, "-c", program], env=quiet, capture_output=True, text=True, check=False, cwd=ROOT, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    modules = done.stdout.rpartition("loaded:")[2].split()
    return [module for module in modules if module in HEAVY]


def test_importing_the_command_loads_nothing_heavy() -> None:
    assert loaded_by("import perfscore.cli") == []


def test_importing_the_library_loads_nothing_heavy() -> None:
    assert loaded_by("import perfscore") == []


# The import alone proves little when the work is done in functions: this is the command that people type most.
@pytest.mark.parametrize("sample", ["examples/huaihua-2024.yaml"])
def test_evaluating_a_form_loads_nothing_heavy(sample: str) -> None:
    work = f"from perfscore.cli import main\nsys.argv = ['perfscore', 'evaluate', {sample!r}]\ntry:\n    main()\nexcept SystemExit:\n    pass"
    assert loaded_by(work) == []


def test_the_measure_sees_what_is_heavy() -> None:
    assert "json" in loaded_by("import json")
