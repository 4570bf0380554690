"""A form or a rule file comes from a stranger: what it may name is a shipped rule set or a file beside it, and nothing of any other file is shown."""

import os
import sys
from pathlib import Path

import pytest

from perfscore.api import rules_of
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.load import MAX_CHAIN, shipped_references
from perfscore.text.diagnostic import Rejected
from perfscore.text.source import Source

RULES = 'ruleset: cases/x\nversion: "1"\nindicators: [{id: a, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n'
CONTENT = "root:x:0:0:nothing of this may be shown"

PATHS = [
    "../x.yaml",
    "a/../../x.yaml",
    "./x.yaml",
    "a//x.yaml",
    "/etc/passwd",
    "/etc/passwd.yaml",
    "~/x.yaml",
    "~root/x.yaml",
    "$HOME/x.yaml",
    "%TEMP%/x.yaml",
    "http://example.com/x.yaml",
    "https://example.com/x.yaml",
    "file:///etc/passwd",
    "//server/share/x.yaml",
    "C:\\x.yaml",
    "C:x.yaml",
    "..\\x.yaml",
    "\\\\server\\share\\x.yaml",
    "con:.yaml",
    "x.yaml:stream.yaml",
    "x.yaml|cat.yaml",
    "*.yaml",
    "x?.yaml",
    "．．／x.yaml",
    "x.txt",
    "x",
    "x.yaml/",
    ".yaml/..",
    "..",
    ".",
    "Hunan/department@2024",
    "hunan/department@2024/../x",
    "department@2024",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "x.yaml").write_text(CONTENT, encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "x.txt").write_text(CONTENT, encoding="utf-8")
    return inside


# The reference is refused as text: nothing is opened for it, so nothing of it can be shown.
@pytest.mark.parametrize("path", PATHS)
def test_extends_names_nothing_outside_of_its_folder(folder: Path, path: str) -> None:
    rules = folder / "rules.yaml"
    rules.write_text(RULES + f"extends: '{path}'\n", encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        load_rules(str(rules))
    (found,) = caught.value.diagnostics
    assert found.code in ("path-refused", "unknown-rules")
    assert found.span is not None
    assert (found.span.line, found.span.column) == (4, 10)
    assert CONTENT not in str(found)


@pytest.mark.parametrize("path", PATHS)
def test_a_form_names_nothing_outside_of_its_folder(folder: Path, path: str) -> None:
    text = f"rules: '{path}'\n"
    (form,) = forms_of(Source(str(folder / "form.yaml"), text))
    assert isinstance(form, Form)
    with pytest.raises(Rejected) as caught:
        rules_of(form)
    (found,) = caught.value.diagnostics
    assert found.code in ("path-refused", "unknown-rules")
    assert found.span is not None
    assert (found.span.line, found.span.column) == (1, 8)


@pytest.mark.skipif(sys.platform == "win32", reason="making a symbolic link needs a right that few have")
def test_a_symbolic_link_does_not_lead_out_of_the_folder(folder: Path) -> None:
    os.symlink(folder.parent / "x.yaml", folder / "link.yaml")
    rules = folder / "rules.yaml"
    rules.write_text(RULES + "extends: link.yaml\n", encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        load_rules(str(rules))
    assert [d.code for d in caught.value.diagnostics] == ["path-refused"]
    assert CONTENT not in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="as above")
def test_a_symbolic_link_inside_of_the_folder_is_followed(folder: Path) -> None:
    (folder / "base.yaml").write_text(RULES, encoding="utf-8")
    os.symlink("base.yaml", folder / "link.yaml")
    (folder / "rules.yaml").write_text(RULES.replace("points: 10", "points: 20") + "extends: link.yaml\n", encoding="utf-8")
    assert load_rules(str(folder / "rules.yaml")).points == 20


# A shipped file has no folder of its own: what extends it may not name the files beside the installation.
def test_a_chain_of_bases_is_followed_and_has_an_end(folder: Path) -> None:
    for number in range(MAX_CHAIN + 1):
        base = f"extends: r{number - 1}.yaml\n" if number else ""
        (folder / f"r{number}.yaml").write_text(RULES.replace("cases/x", f"cases/r{number}") + base, encoding="utf-8")
    assert load_rules(str(folder / f"r{MAX_CHAIN - 1}.yaml")).id == f"cases/r{MAX_CHAIN - 1}"
    with pytest.raises(Rejected) as caught:
        load_rules(str(folder / f"r{MAX_CHAIN}.yaml"))
    assert [d.code for d in caught.value.diagnostics] == ["extends-cycle"]


# What lies in a base is part of the rules: a receipt must notice when it changes.
def test_a_rule_set_remembers_every_file_it_was_made_of(folder: Path) -> None:
    (folder / "base.yaml").write_text(RULES, encoding="utf-8")
    (folder / "rules.yaml").write_text('ruleset: cases/y\nversion: "2"\nextends: base.yaml\n', encoding="utf-8")
    rules = load_rules(str(folder / "rules.yaml"))
    assert [os.path.basename(source.name) for source in rules.sources] == ["base.yaml", "rules.yaml"]
    assert rules.reference == "cases/y@2"


@pytest.mark.parametrize("reference", shipped_references())
def test_every_shipped_rule_set_loads_under_its_own_name(reference: str) -> None:
    assert load_rules(reference).reference == reference


def test_a_misspelt_shipped_name_is_recognised() -> None:
    with pytest.raises(Rejected) as caught:
        load_rules("hunan/deparment@2024")
    (found,) = caught.value.diagnostics
    assert found.code == "unknown-rules"
    assert found.hint is not None
    assert "hunan/department@2024" in found.hint.zh
