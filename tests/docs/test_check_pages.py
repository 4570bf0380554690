"""The pages of codes are made, and stale as soon as a check says something else: they are what the script makes, and the list leads to all of them."""

import re

import pytest
from scripts.checks import FOLDER, made

from perfscore.cli.pages import codes
from tests.architecture.tree import ROOT


# `python scripts/checks.py` writes them anew.
def test_the_pages_are_exactly_what_the_script_makes() -> None:
    wanted = made()
    found = {f"{FOLDER}/{path.name}": path.read_text(encoding="utf-8") for path in (ROOT / FOLDER).iterdir()}
    assert sorted(found) == sorted(wanted)
    assert [name for name, text in wanted.items() if found[name] != text] == []


@pytest.mark.parametrize("ending", [".md", ".zh-CN.md"])
def test_the_list_leads_to_every_page(ending: str) -> None:
    listed = (ROOT / FOLDER / f"README{ending}").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| \[`([a-z0-9-]+)`\]", listed, re.MULTILINE)) == list(codes())
