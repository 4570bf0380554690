"""The check that CONTRIBUTING.md shows: what holds for the files of the room must hold for the one that people copy."""

from types import ModuleType

from perfscore.checking.settings import DEFAULT
from perfscore.linting.subject import subject
from perfscore.model.page import framed
from perfscore.ruleset.build import build
from perfscore.text.source import Source
from tests.docs.pages import blocks


def shown() -> ModuleType:
    (block,) = [block for block in blocks("CONTRIBUTING.md") if block.language == "python" and "def check(subject" in block.text]
    module = ModuleType("shown")
    exec(compile(block.text, "CONTRIBUTING.md", "exec"), module.__dict__)  # noqa: S102 - our own page
    return module


def test_the_shown_check_finds_its_wrong_piece_and_not_the_right_one() -> None:
    check = shown()
    found = []
    for piece in (check.PAGE.wrong, check.PAGE.right):
        text = framed(piece)
        rules = build(Source("piece.yaml", text, text.encode()), None)
        found.append([(one.span.written(), one.says.en) for one in check.check(subject(rules, (), DEFAULT.jump))])
    assert [span for span, _ in found[0]] == ["3.333", "6.667"]
    assert "3.333" in found[0][0][1]
    assert found[1] == []
    assert check.SEVERITY in ("error", "warning", "advice")
