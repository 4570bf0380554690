"""One form, one result: whatever the interpreter is told and whatever the machine lacks, the same bytes come out."""

import os
import subprocess
import sys

import pytest

from tests.wheel.installation import ROOT, clean

FORM = "examples/huaihua-2024.yaml"
COMMAND = "import sys; from perfscore.cli import main; sys.exit(main())"


def evaluated(*options: str, first: str = "", **environment: str) -> bytes:
    ran = subprocess.run(
        [sys.executable, *options, "-c", first + COMMAND, "evaluate", FORM],
        cwd=ROOT,
        env=clean() | {"PYTHONPATH": str(ROOT / "src")} | environment,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode("utf-8", "replace")
    return ran.stdout


@pytest.fixture(scope="module")
def usual() -> bytes:
    result = evaluated()
    assert b"95.95" in result
    return result


# -O drops asserts and -OO docstrings: neither may carry meaning.
@pytest.mark.parametrize("option", ["-O", "-OO"])
def test_optimised(usual: bytes, option: str) -> None:
    assert evaluated(option) == usual


# LoongArch and Python releases before their wheels run PyYAML without its C parser.
def test_without_the_compiled_yaml_parser(usual: bytes) -> None:
    assert evaluated(first="import sys; sys.modules['yaml._yaml'] = None; ") == usual


# jsonschema needs a compiled package that some machines cannot build; scoring must not depend on it.
def test_without_jsonschema(usual: bytes) -> None:
    blocked = "".join(f"sys.modules['{name}'] = None; " for name in ("jsonschema", "referencing", "rpds"))
    assert evaluated(first="import sys; " + blocked) == usual


# An order that comes from a set of texts changes with the hash seed: on somebody else's machine, in every second run.
@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_with_another_hash_seed(usual: bytes, seed: str) -> None:
    assert evaluated(PYTHONHASHSEED=seed) == usual


# Results are UTF-8 wherever they are made. The language is asked for, because that one does follow the environment.
@pytest.mark.skipif(os.name == "nt", reason="Windows has no LC_ALL")
def test_in_a_poor_locale() -> None:
    in_chinese = {"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8"}
    assert evaluated(**in_chinese, PYTHONUTF8="0", PYTHONIOENCODING="ascii").decode("utf-8") == evaluated(**in_chinese).decode("utf-8")


# A tool run from a folder that cannot be written, or by a CI that forbids warnings, is still the same tool.
def test_with_every_warning_an_error(usual: bytes) -> None:
    assert evaluated("-W", "error", "-X", "dev") == usual
