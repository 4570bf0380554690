"""What leaves the house is not the checkout but the wheel: these tests install it, leave the checkout, and work with it."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.wheel.installation import ROOT, Installed, clean

pytestmark = pytest.mark.slow

FORM = "huaihua-2024.yaml"
FROM_ARCHIVE = "import sys; sys.path.insert(0, sys.argv.pop(1)); from perfscore.cli import main; sys.exit(main())"
NAMES_FROM_ARCHIVE = "import sys; sys.path.insert(0, sys.argv.pop(1)); from perfscore.text.packs import shipped, shipped_names; "
LISTING = NAMES_FROM_ARCHIVE + "print(*(f'{name} {len(shipped(name))}' for name in shipped_names()), sep='\\n')"


def run(*command: object, cwd: Path) -> bytes:
    """What a command writes to standard output; it has to succeed."""
    ran = subprocess.run([str(word) for word in command], cwd=cwd, env=clean(), capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode("utf-8", "replace")
    return ran.stdout


def packs() -> list[str]:
    """The rule files of the checkout, each with its size in bytes, as the listing prints them; test files beside them are no rule sets."""
    rules = ROOT / "rules"
    found = (path for path in rules.rglob("*.yaml") if not path.name.endswith(".test.yaml"))
    return sorted(f"{path.relative_to(rules).as_posix()} {path.stat().st_size}" for path in found)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder outside the checkout with one form in it."""
    shutil.copyfile(ROOT / "examples" / FORM, tmp_path / FORM)
    return tmp_path


@pytest.fixture(scope="session")
def archive(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that is installed in one zip file, as a system without installation carries it."""
    target = tmp_path_factory.mktemp("archive") / "perfscore.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(installed.site_packages.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                packed.write(path, path.relative_to(installed.site_packages))
    return target


def test_the_installed_command_scores_a_form(installed: Installed, elsewhere: Path) -> None:
    assert b"95.95" in run(installed.command, "evaluate", FORM, cwd=elsewhere)


# -S: no site-packages at all, so that everything comes out of the archive. Compiled modules cannot; what needs one has to do without.
def test_the_archive_scores_as_the_installed_command(installed: Installed, archive: Path, elsewhere: Path) -> None:
    from_archive = run(installed.python, "-S", "-c", FROM_ARCHIVE, archive, "evaluate", FORM, cwd=elsewhere)
    assert from_archive == run(installed.command, "evaluate", FORM, cwd=elsewhere)


def test_the_checkout_scores_as_the_installed_command(installed: Installed, elsewhere: Path) -> None:
    from_checkout = run(sys.executable, "-c", FROM_ARCHIVE, ROOT / "src", "evaluate", FORM, cwd=elsewhere)
    assert from_checkout == run(installed.command, "evaluate", FORM, cwd=elsewhere)


# A pack that is not in the wheel would be missed by users only, and one in a zip by the few who have no installation.
def test_every_rule_pack_travels(installed: Installed, archive: Path, wheel: Path, tmp_path: Path) -> None:
    assert packs() != []
    for place in (installed.site_packages, archive, wheel, ROOT / "src"):
        options = ("-S",) if place == archive else ()
        assert sorted(run(installed.python, *options, "-c", LISTING, place, cwd=tmp_path).decode().splitlines()) == packs(), place


# Anybody can see for himself that what is installed scores as it says: the examples beside a pack travel with it. Without them this one reaches 3 %.
def test_the_examples_beside_a_pack_travel_with_it(installed: Installed, archive: Path, tmp_path: Path) -> None:
    words = ("test", "hunan/project@2022", "--min-coverage", "100")
    found = run(installed.command, *words, cwd=tmp_path)
    assert b"100%" in found
    assert run(installed.python, "-S", "-c", FROM_ARCHIVE, archive, *words, cwd=tmp_path) == found


def test_the_wheel_holds_the_package_and_nothing_of_the_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    assert "perfscore/py.typed" in names
    assert [name for name in names if not name.startswith(("perfscore/", "perfscore-"))] == []
    assert [name for name in names if "__pycache__" in name or name.endswith(".pyc")] == []
    assert any(name.endswith("/LICENSE") for name in names)
