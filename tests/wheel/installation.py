"""How an installation is made without network: an environment, the wheel, and exactly the packages that the wheel declares."""

import os
import shutil
import subprocess
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]


class Installed(NamedTuple):
    """An environment in which the wheel is installed."""

    python: Path
    command: Path
    site_packages: Path


def clean() -> dict[str, str]:
    """The environment of this process without anything that would lead a child back into the checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE_", "VIRTUAL_ENV"))}


def done(*command: object, cwd: Path) -> None:
    """Run a command that has to succeed; its output is the message if it does not."""
    ran = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=clean(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stdout


def closure(first: Distribution) -> list[Distribution]:
    """What a distribution requires, and what that requires, without extras."""
    found: dict[str, Distribution] = {}
    open_ends = [first]
    while open_ends:
        for line in open_ends.pop().requires or ():
            needed = Requirement(line)
            if needed.name.lower() not in found and (needed.marker is None or needed.marker.evaluate({"extra": ""})):
                found[needed.name.lower()] = distribution(needed.name)
                open_ends.append(found[needed.name.lower()])
    return list(found.values())


def copy(package: Distribution, target: Path) -> None:
    """Copy the files of an installed package; scripts, which lie outside site-packages, stay behind."""
    for file in package.files or ():
        source = Path(str(package.locate_file(file)))
        if ".." not in file.parts and source.is_file():
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target / file)
