"""Comments that allow a finding: where they hold, that they need a reason, and that one without use is told."""

from pathlib import Path

import pytest

import perfscore
from perfscore.checking.settings import Settings
from perfscore.linting.run import lint
from perfscore.model.review import Review
from perfscore.ruleset.build import build, load_rules
from perfscore.text.source import Source

RULES = """\
{top}
ruleset: test/comments
version: "1"
points: 20
basis: [{{document: 测试, verified: true}}]
indicators:
  - id: one
    label: 一
    points: 10
    direction: higher
    measure: 全年执行数 / 全年预算数
    {above}
    method: {{bands: ["[50%,+): 5", "[0,50%): 10"]}}{beside}
  - id: two
    label: 二
    points: 10
    direction: higher
    measure: 全年执行数 / 年初预算数
    method: {{bands: ["[50%,+): 5", "[0,50%): 10"]}}
"""
ONLY = Settings(select=frozenset({"not-monotone", "unused-suppression", "suppression-without-reason", "unknown-code"}))


def review(top: str = "#", above: str = "#", beside: str = "", settings: Settings = ONLY) -> Review:
    text = RULES.format(top=top, above=above, beside=beside)
    return lint(build(Source("rules.yaml", text, text.encode()), None), settings=settings)


def found(review: Review) -> list[tuple[str, int]]:
    return [(one.code, one.span.line) for one in review.findings if one.span is not None]


def test_without_a_comment_everything_stands() -> None:
    assert found(review()) == [("not-monotone", 13), ("not-monotone", 19)]


@pytest.mark.parametrize(
    "comment",
    ["# lint: allow not-monotone: the text says so", "# 检查：允许 not-monotone：文件原文如此", "#lint:allow not-monotone : as printed"],
)
def test_a_comment_holds_for_its_own_line_or_the_next_one_or_the_whole_file(comment: str) -> None:
    assert found(review(beside=f"  {comment}")) == [("not-monotone", 19)]
    assert found(review(above=comment)) == [("not-monotone", 19)]
    assert found(review(top=comment)) == []


# What was allowed is not lost: a reviewer sees it, with the reason.
def test_what_is_allowed_is_kept_with_its_reason() -> None:
    (allowed,) = review(above="# lint: allow not-monotone: the text says so").allowed
    assert (allowed.finding.code, allowed.reason, allowed.span.line) == ("not-monotone", "the text says so", 12)


# A reason is the price of silence; without one the finding stands.
@pytest.mark.parametrize("comment", ["# lint: allow not-monotone", "# lint: allow not-monotone:", "# 检查：允许 not-monotone：  "])
def test_without_a_reason_nothing_is_allowed(comment: str) -> None:
    assert ("not-monotone", 13) in found(review(above=comment))
    assert ("suppression-without-reason", 12) in found(review(above=comment))


def test_one_that_allows_nothing_is_told() -> None:
    settings = ONLY._replace(select=None)
    told = found(review(above="# lint: allow not-monotone, points-not-declared: as printed", settings=settings))
    assert ("unused-suppression", 12) in told
    assert ("not-monotone", 13) not in told


def test_a_code_that_no_check_has_is_told_with_the_nearest() -> None:
    (one, *_) = (one for one in review(above="# lint: allow not-monoton: as printed").findings if one.code == "unknown-code")
    assert one.hint is not None
    assert "not-monotone" in one.hint.en


# Who looks for one code only is not told that comments for others are of no use.
def test_a_comment_for_a_code_that_is_not_looked_for_is_no_use_and_no_fault() -> None:
    settings = Settings(select=frozenset({"points-not-declared", "unused-suppression"}))
    assert found(review(above="# lint: allow not-monotone: as printed", settings=settings)) == []


# The words of a comment inside a text are no comment.
def test_words_in_a_text_allow_nothing() -> None:
    text = RULES.format(top="#", above='note: "见 # lint: allow not-monotone: 说明"', beside="")
    rules = build(Source("rules.yaml", text, text.encode()), None)
    assert found(lint(rules, settings=ONLY)) == [("not-monotone", 13), ("not-monotone", 19)]


# What the base of a rule set allows holds for its heirs, who are not told that it is of no use there.
def test_a_base_keeps_what_it_allows(tmp_path: Path) -> None:
    base = RULES.format(top="# lint: allow not-monotone: as printed", above="#", beside="")
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    heir = "ruleset: test/heir\nversion: '1'\nextends: base.yaml\n"
    (tmp_path / "heir.yaml").write_text(heir, encoding="utf-8")
    assert found(lint(load_rules(str(tmp_path / "heir.yaml")), settings=ONLY)) == []


# `ps.lint` is the verb, whatever was imported before: a room of that name would take its place.
def test_the_library_gives_what_stands() -> None:
    text = RULES.format(top="#", above="# lint: allow not-monotone: as printed", beside="")
    rules = build(Source("rules.yaml", text, text.encode()), None)
    assert [one.span.line for one in perfscore.lint(rules) if one.code == "not-monotone" and one.span is not None] == [19]
