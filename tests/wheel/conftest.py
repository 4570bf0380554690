"""Builds the wheel and installs it as a stranger would: in a clean environment, outside the checkout, with what it declares and no more."""

import os
import sys
import venv
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from tests.wheel.installation import ROOT, Installed, closure, copy, done


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without network."""
    target = tmp_path_factory.mktemp("dist")
    done(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", target, ROOT, cwd=target)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A clean environment with the wheel and, copied from this one, exactly the packages that the wheel declares."""
    home = tmp_path_factory.mktemp("stranger")
    venv.create(home, with_pip=False)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    done(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=home)
    (package,) = home.glob("**/site-packages/perfscore")
    (described,) = package.parent.glob("perfscore-*.dist-info")
    for dependency in closure(Distribution.at(described)):
        copy(dependency, package.parent)
    # pip's own opinion: what is declared is there, in a version that the bounds allow.
    done(sys.executable, "-m", "pip", "--python", python, "check", cwd=home)
    return Installed(python, scripts / ("perfscore.exe" if os.name == "nt" else "perfscore"), package.parent)
