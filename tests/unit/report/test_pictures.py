"""A picture of a curve is looked at and not read: a dot that is filled where it should be hollow, or one beside its place, is believed."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from perfscore.report.pictures import sheet
from perfscore.ruleset.build import build
from perfscore.ruleset.plan import plan
from perfscore.text.phrase import Lang
from perfscore.text.source import Source

SVG = "{http://www.w3.org/2000/svg}"
HEAD = 'ruleset: a/b\nversion: "1"\npoints: 10\nfacts: {甲: {}, 乙: {}}\nindicators:\n'


class Picture(NamedTuple):
    """The elements of a sheet, by what they show."""

    root: ET.Element

    def all(self, kind: str) -> list[dict[str, str]]:
        return [dict(found.attrib) for found in self.root.iter(SVG + kind)]

    def texts(self) -> list[tuple[str, dict[str, str]]]:
        return [(found.text or "", dict(found.attrib)) for found in self.root.iter(f"{SVG}text")]

    def head(self) -> list[str]:
        return [text for text, drawn in self.texts() if drawn["font-weight"] == "600"]

    def x(self, measure: str) -> int:
        """Where the lower edge says that a measure lies."""
        (found,) = (int(drawn["x"]) for text, drawn in self.texts() if text == measure and drawn["text-anchor"] == "middle")
        return found

    def y(self, points: str) -> int:
        """Where the side says that points lie: at the thin line beside them."""
        (beside,) = (int(drawn["y"]) for text, drawn in self.texts() if text == points and drawn["text-anchor"] == "end")
        return min((int(line["y1"]) for line in self.all("line") if line["y1"] == line["y2"]), key=lambda y: abs(y - beside))

    def dots(self) -> set[tuple[int, int, bool]]:
        """Every dot with its place, and whether it is filled."""
        return {(int(dot["cx"]), int(dot["cy"]), dot["fill"] != "#ffffff") for dot in self.all("circle")}


def drawn(indicators: str, lang: Lang = "zh") -> Picture:
    found = sheet(plan(build(Source("own.yaml", HEAD + indicators), None)), lang)
    # Text of ours, and nothing in it that a parser would have to expand.
    assert "<!" not in found
    return Picture(ET.fromstring(found))  # noqa: S314 - our own text, without entities


# Where a curve jumps, the filled dot says which of the two the measure itself gets: the whole point of 60 % inclusive or not.
@pytest.mark.parametrize("closed", [True, False])
def test_a_jump_has_a_filled_dot_where_its_end_belongs_and_a_hollow_one_where_it_does_not(closed: bool) -> None:
    ends = ("[0,60%)", "[60%,100%]") if closed else ("[0,60%]", "(60%,100%]")
    found = drawn(f"  - {{id: a, label: 子, points: 10, measure: 甲 / 乙, method: {{bands: ['{ends[0]}: 0', '{ends[1]}: 10']}}}}\n")
    at = found.x("60%")
    assert found.dots() == {(at, found.y("0"), not closed), (at, found.y("10"), closed)}
    # The tick stands where 60 % of the way from 0 to 100 % is, on whole tenths of a pixel.
    assert at == found.x("0%") + int((found.x("100%") - found.x("0%")) * Fraction(3, 5))


def test_a_line_runs_between_the_ends_of_its_piece_and_levels_run_on_beyond() -> None:
    found = drawn("  - {id: a, label: 子, points: 10, measure: 甲 / 乙, method: {anchors: ['50%: 0', '100%: 10']}}\n")
    thick = [tuple(int(line[end]) for end in ("x1", "y1", "x2", "y2")) for line in found.all("line") if line.get("stroke-linecap") == "round"]
    half, full, none, all_ = found.x("50%"), found.x("100%"), found.y("0"), found.y("10")
    assert thick[1] == (half, none, full, all_)
    assert thick[0][1:] == (none, half, none)
    assert thick[2][:2] == (full, all_)
    assert thick[0][0] < half < full < thick[2][2]
    # Nothing jumps.
    assert found.dots() == set()


# A tier is a range in which a person scores: a bar from its least to its most, and the lowest from nothing.
def test_judged_tiers_are_bars_from_the_least_to_the_most() -> None:
    found = drawn("  - {id: a, label: 子, points: 10, method: tiers}\n")
    bars = [tuple(int(bar[name]) for name in ("x", "y", "width", "height")) for bar in found.all("rect") if bar.get("stroke") == "#2563a8"]
    none, all_ = found.y("0"), found.y("10")
    high = none - all_
    assert [(none - (y + tall), none - y) for _, y, _, tall in bars] == [
        (0, int(high * Fraction(3, 5))),
        (int(high * Fraction(3, 5)), int(high * Fraction(4, 5))),
        (int(high * Fraction(4, 5)), high),
    ]
    assert [x + wide // 2 for x, _, wide, _ in bars] == [found.x(label) for label in ("未达成", "部分达成", "达成")]


def test_points_below_nothing_have_room() -> None:
    found = drawn("  - {id: a, label: 子, points: 10, measure: 甲, method: {bands: ['≤0: 10', '>0: -2']}}\n")
    assert found.y("-2") > found.y("0") > found.y("10")
    assert found.dots() == {(found.x("0"), found.y("10"), True), (found.x("0"), found.y("-2"), False)}


# The points of rows come with the form: what is drawn is a share of them.
def test_the_side_of_a_curve_for_rows_is_in_per_cent() -> None:
    found = drawn("  - {id: a, label: 子, points: 10, rows: from-form, method: {by-kind: {quantity: ratio}}}\n")
    assert [text for text, place in found.texts() if place["text-anchor"] == "end"] == ["0%", "100%"] * 3


# A label is a stranger's: it is shown, whatever it looks like.
def test_a_hostile_label_is_text() -> None:
    label = '</text><script>alert("1")</script>&amp;'
    found = drawn(f"  - {{id: a, label: '{label}', points: 10, method: tiers}}\n")
    assert "".join(found.head()) == label
    assert {element.tag.removeprefix(SVG) for element in found.root.iter()} == {"svg", "title", "rect", "g", "line", "text"}
    title = 'ruleset: a/b\nversion: "1"\ntitle: "]]><svg onload=x>"\npoints: 10\nindicators: [{id: a, label: 甲, points: 10, method: tiers}]\n'
    root = ET.fromstring(sheet(plan(build(Source("own.yaml", title), None)), "zh"))  # noqa: S314 - our own text, without entities
    assert root.findtext(f"{SVG}title") == "]]><svg onload=x>"


# A card that names only the first of its indicators says that the others have no curve.
def test_every_indicator_of_a_way_is_named_and_the_curves_of_a_row_stand_side_by_side() -> None:
    labels = [f"第{number}项工作任务完成情况" for number in "一二三四五六"]
    found = drawn(
        "".join(f"  - {{id: a{place}, label: {label}, points: 1, method: tiers}}\n" for place, label in enumerate(labels))
        + "  - {id: b, label: 子, points: 4, measure: 甲 / 乙, method: ratio}\n"
    )
    assert "".join(found.head()) == "、".join(labels) + "子"
    assert len(found.head()) > 3
    assert len({place["y"] for text, place in found.texts() if text == "0" and place["text-anchor"] == "end"}) == 1
    (method,) = [int(place["y"]) for text, place in found.texts() if text == "比例"]
    assert max(int(place["y"]) for _, place in found.texts() if place["font-weight"] == "600") < method


def test_a_way_that_many_use_is_one_card_in_both_languages() -> None:
    text = "".join(
        f"  - {{id: {name}, label: {{zh: {zh}, en: {en}}}, points: 5, method: tiers}}\n" for name, zh, en in (("a", "子", "one"), ("b", "丑", "two"))
    )
    assert drawn(text).head() == ["子、丑"]
    assert drawn(text, "en").head() == ["one, two"]


def test_what_gives_no_points_is_not_drawn() -> None:
    template = 'ruleset: a/b\nversion: "1"\ntemplate: true\nindicators: [{id: a, label: 甲}]\n'
    assert sheet(plan(build(Source("own.yaml", template), None)), "zh") == ""
