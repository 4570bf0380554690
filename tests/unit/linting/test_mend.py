"""Mending: what the cases of the checks ask for is made, means the same, and is made once; what a reader says is mended, too."""

from itertools import pairwise

import pytest

from perfscore.checking.settings import DEFAULT, Settings
from perfscore.linting import mend as room
from perfscore.linting.mend import Mended, mend
from perfscore.linting.run import lint
from perfscore.linting.subject import subject
from perfscore.model.rules import RuleSet
from perfscore.ruleset.build import build
from perfscore.text.diagnostic import Diagnostic, Edit, Rejected
from perfscore.text.edits import Places, edited
from perfscore.text.phrase import same
from perfscore.text.source import Source, Span
from tests.unit.linting.test_cases import BAD, CASES

#: Codes whose edits change how a rule is written and not what it says.
SPELLING = ("bands-out-of-order", "interval-not-normal")


def source(text: str, name: str = "case.yaml") -> Source:
    return Source(name, text, text.encode())


def drawn(rules: RuleSet) -> list[tuple[str, list[tuple[object, object]]]]:
    """What a rule set scores: the curves of its indicators without their words and places."""
    return [(one.rule.key, [(piece.on, (piece.lower, piece.upper)) for piece in one.curve.pieces]) for one in subject(rules, (), DEFAULT.jump).curves]


@pytest.mark.parametrize("code", SPELLING)
def test_what_is_only_spelling_scores_the_same_and_is_not_found_again(code: str) -> None:
    text = (CASES / "bad" / f"{code}.yaml").read_text(encoding="utf-8")
    made = mend(source(text), None, Settings(frozenset([code])))
    assert made.mended == text.count("# expect:")
    before, after = (build(one, None) for one in (made.before, made.after))
    assert drawn(before) == drawn(after)
    assert lint(after, settings=Settings(frozenset([code]))).findings == ()


# Whatever a check asks for, a second run finds nothing more to change, and nothing has become an error.
@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_mended_file_is_not_mended_again(path) -> None:
    made = mend(source(path.read_text(encoding="utf-8"), str(path)), str(path.parent), DEFAULT)
    again = mend(made.after, str(path.parent), DEFAULT)
    assert (again.mended, again.after.text) == (0, made.after.text)


UNUSABLE = 'ruleset: a/b\nversion: "1"\npoints: 1O0\nindicators: [{id: a, label: a, points: 100, measure: 全年执行数 / 全年预算数, method: ratioo}]\n'


def readers(monkeypatch: pytest.MonkeyPatch, *slips: tuple[str, str]) -> None:
    """Let the reader offer to mend these words wherever it complains of one of them."""

    def reading(given: Source, folder: str | None) -> RuleSet:
        try:
            return build(given, folder)
        except Rejected as rejected:
            words = dict(slips)
            raise Rejected(
                one._replace(edits=(Edit(one.span, words[one.span.written()]),)) if one.span and one.span.written() in words else one
                for one in rejected.diagnostics
            ) from None

    monkeypatch.setattr(room, "build", reading)


def test_what_a_reader_says_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    readers(monkeypatch, ("1O0", "100"), ("ratioo", "ratio"))
    made = mend(source(UNUSABLE), None, DEFAULT)
    assert (made.mended, made.after.text) == (2, UNUSABLE.replace("1O0", "100").replace("ratioo", "ratio"))


def test_a_file_that_stays_unusable_is_mended_as_far_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    readers(monkeypatch, ("1O0", "100"))
    assert mend(source(UNUSABLE), None, DEFAULT).after.text == UNUSABLE.replace("1O0", "100")


def test_a_reader_that_offers_another_mistake_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    readers(monkeypatch, ("ratioo", "[}"))
    with pytest.raises(Rejected) as caught:
        mend(source(UNUSABLE), None, DEFAULT)
    assert [one.code for one in caught.value.diagnostics] == ["not-mended"]


def found(where: Source, *edits: tuple[int, int, str]) -> Diagnostic:
    return Diagnostic("x", same("x"), edits=tuple(Edit(Span(where, 1, start, 1, end), text) for start, end, text in edits))


@pytest.mark.parametrize(
    ("findings", "made"),
    [
        ([[(1, 3, "A")], [(3, 5, "B")]], "ABef"),  # side by side is no overlap
        ([[(1, 4, "A")], [(3, 5, "B")]], "Adef"),
        ([[(1, 3, "A"), (5, 6, "E")], [(4, 5, "D"), (5, 6, "X")]], "AcdEf"),  # all of a finding or none of it
        ([[(2, 2, "1")], [(2, 2, "2")]], "a1bcdef"),  # which comes first at one place would be chance
        ([[(7, 7, "!")], [(1, 1, "?")]], "?abcdef!"),
    ],
)
def test_of_edits_that_overlap_the_first_is_taken(findings, made) -> None:
    text = source("abcdef")
    edits, _ = room._chosen(tuple(found(text, *one) for one in findings), text)
    assert edited(text, edits) == made


def test_edits_of_another_file_are_none_of_its_business() -> None:
    text, other = source("abcdef"), source("abcdef")
    assert room._chosen((found(other, (1, 2, "A")),), text) == ([], 0)


# Lines end as they end: the places of spans must be those of the text, or an edit would cut it elsewhere.
def test_places_are_those_of_the_text() -> None:
    text = source("a\r\nbc\rd\n\nef")
    spans = [Span(text, line, column, line, column + 1) for line, column in ((1, 1), (2, 1), (2, 2), (3, 1), (5, 1), (5, 2))]
    assert "".join(text.text[slice(*Places(text).of(span))] for span in spans) == "abcdef"
    ends = [Places(text).of(Span(text, line, 1, line + 1, 1)) for line in range(1, 6)]
    assert all(one[1] == other[0] for one, other in pairwise(ends))
    assert Places(text).of(Span(text, 6, 1, 9, 1)) == (len(text.text), len(text.text))


def test_nothing_to_mend_is_the_file_itself() -> None:
    text = source(UNUSABLE)
    assert mend(text, None, DEFAULT) == Mended(text, text, 0)
