"""The pages of the shipped rule sets are made, and stale as soon as a rule file changes: they are what the script makes, and the pictures in them are pictures."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from scripts.packs import FOLDER, made, stem

from perfscore.model.rules import Indicator
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.load import shipped_references
from perfscore.ruleset.plan import plan
from perfscore.text.phrase import Lang
from tests.architecture.tree import ROOT

SVG = "{http://www.w3.org/2000/svg}"
LANGS: tuple[Lang, ...] = ("zh", "en")
PICTURES = sorted(path.name for path in (ROOT / FOLDER).glob("*.svg"))


# `python scripts/packs.py` writes them anew.
def test_the_pages_and_pictures_are_exactly_what_the_script_makes() -> None:
    wanted = made()
    found = {f"{FOLDER}/{path.name}": path.read_text(encoding="utf-8") for path in (ROOT / FOLDER).iterdir()}
    assert sorted(found) == sorted(wanted)
    assert [name for name, text in wanted.items() if found[name] != text] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_shipped_rule_set_has_a_page_that_the_list_leads_to(lang: Lang) -> None:
    ending = ".zh-CN.md" if lang == "zh" else ".md"
    listed = (ROOT / FOLDER / f"README{ending}").read_text(encoding="utf-8")
    for reference in shipped_references():
        name = f"{stem(reference)}{ending}"
        assert f"[`{reference}`]({name})" in listed
        # Pictures that a page shows are there, and shown by nobody else.
        text = (ROOT / FOLDER / name).read_text(encoding="utf-8")
        assert re.findall(r"!\[[^]]+\]\(([^)]+)\)", text) == [picture for picture in PICTURES if picture == f"{stem(reference)}.{lang}.svg"]


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_well_formed_and_runs_nothing(name: str) -> None:
    text = (ROOT / FOLDER / name).read_text(encoding="utf-8")
    assert "<!" not in text
    found = {(element.tag.removeprefix(SVG), attribute) for element in ET.fromstring(text).iter() for attribute in element.attrib}  # noqa: S314 - made by our own script, without entities
    assert {tag for tag, _ in found} <= {"svg", "g", "rect", "line", "circle", "text"}
    # No handler of events, and nothing that is fetched.
    assert not {attribute for _, attribute in found if attribute.startswith("on") or "href" in attribute or attribute == "style"}


def scored(reference: str) -> Iterator[Indicator]:
    """Every indicator, and every case of one, that a method gives points."""
    for tree in plan(load_rules(reference)).trees:
        for top in tree.indicators:
            for node in top.walk():
                yield from (leaf for leaf in (node, *(case.rule for case in node.cases)) if leaf.methods and not leaf.children)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("reference", shipped_references())
def test_every_indicator_that_is_scored_is_on_a_card(reference: str, lang: Lang) -> None:
    labels = {leaf.label.text(lang) for leaf in scored(reference)}
    path = ROOT / FOLDER / f"{stem(reference)}.{lang}.svg"
    assert path.exists() == bool(labels)
    if labels:
        root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - made by our own script, without entities
        heads = "".join(text.text or "" for text in root.iter(f"{SVG}text") if text.get("font-weight") == "600")
        # A long head is broken into lines, at blanks where it has any.
        assert [label for label in labels if "".join(label.split()) not in "".join(heads.split())] == []
