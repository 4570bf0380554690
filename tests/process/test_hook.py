"""The hook that other repositories take from here: pre-commit reads it, chooses files by it, and calls what it names with them."""

import re
import shutil

import pytest

from perfscore.text.nodes import Mapping, Scalar, Sequence
from perfscore.text.source import Source
from perfscore.text.yaml import parse
from tests.architecture.tree import ROOT
from tests.process.command import perfscore


def hook() -> dict[str, str]:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    parsed = parse(Source(".pre-commit-hooks.yaml", text))
    assert not parsed.problems
    (document,) = parsed.documents
    assert isinstance(document, Sequence)
    (only,) = document.items
    assert isinstance(only, Mapping)
    return {key.text: value.text for key, value in only.entries if isinstance(value, Scalar)}


def test_the_hook_has_what_pre_commit_asks_for():
    assert {"id", "name", "entry", "language", "files", "pass_filenames"} <= set(hook())
    assert (hook()["id"], hook()["language"]) == ("perfscore-lint", "python")


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("rules/rate.yaml", True),
        ("budget/rules/2024/rate.yml", True),
        ("rules/rate.test.yaml", True),
        ("forms/rate.yaml", False),
        (".github/workflows/rules.yaml", False),
        ("rules/README.md", False),
    ],
)
def test_rule_files_are_chosen_and_no_other_yaml(path, taken):
    assert bool(re.search(hook()["files"], path)) is taken


def test_the_entry_runs_on_the_files_it_is_given(tmp_path):
    program, *arguments = hook()["entry"].split()
    assert program == "perfscore"
    rules = tmp_path / "rules"
    rules.mkdir()
    for kind in ("good", "bad"):
        shutil.copy(ROOT / "tests" / "cases" / "lint" / kind / "not-monotone.yaml", rules / f"{kind}.yaml")
    assert perfscore(*arguments, "rules/good.yaml", cwd=tmp_path).status == 0
    done = perfscore(*arguments, "rules/good.yaml", "rules/bad.yaml", cwd=tmp_path)
    assert done.status == 1
    assert "rules/bad.yaml:" in done.text
