"""Scoring methods turn parameters and points into a curve; what each gives is in cases/rules/good, what each refuses in cases/rules/bad."""

from fractions import Fraction
from typing import Any

import pytest

from perfscore.model.curve import Curve
from perfscore.scoring import methods
from perfscore.scoring.methods._amount import Amount, read_amount
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.fields import Fields
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source
from perfscore.text.yaml import parse
from tests.docs.pages import blocks

F = Fraction


def curve(name: str, text: str, points: str = "10") -> Curve:
    """The curve of a method for parameters as a rule file writes them."""
    method = methods.find(name)
    assert method is not None
    found: list[Diagnostic] = []
    parameters = method.PARAMETERS.read(parse(Source("rules.yaml", text)).documents[0], found.append)
    assert isinstance(parameters, Fields), found
    made = method.curve(parameters, F(points), found.append)
    assert made is not None, found
    return made


def pieces(made: Curve) -> list[str]:
    """Where the pieces are, and the points at their lower and upper ends."""
    return [
        f"{piece.on} {' '.join(str(piece.upper.at(end) if end is not None else piece.upper.intercept) for end in (piece.on.low, piece.on.high))}"
        for piece in made.pieces
    ]


def test_the_methods_are_these_and_each_is_found_by_both_names() -> None:
    assert methods.names() == (
        *("anchors", "around", "bands", "checklist", "deadline", "deduction", "demerits", "direct", "levels", "ratio", "tiers", "yes-no"),
    )
    for name in methods.names():
        method = methods.find(name)
        assert method is not None
        assert name == method.NAME
        assert methods.find(method.ZH) is method
        assert method.TAKES in ("number", "days", "label", "judgement", "items")
        assert method.SAYS.zh
        assert method.SAYS.en


# A name stands in a stranger's file: it must not lead to any other module.
@pytest.mark.parametrize(
    "name",
    [
        "",
        "_amount",
        "_items",
        "_steps",
        "-amount",
        "__init__",
        "yes_no",
        "Ratio",
        "ratio.x",
        "..formula",
        "os",
        "ratio ",
        "比 例",
        "比例法",
        "by-kind",
    ],
)
def test_nothing_else_is_a_method(name: str) -> None:
    assert methods.find(name) is None


@pytest.mark.parametrize(
    "text, amount",
    [
        ("5", Amount(F(5), share=False)),
        ("0.5", Amount(F(1, 2), share=False)),
        ("5分", Amount(F(5), share=False)),
        ("5 分", Amount(F(5), share=False)),
        ("10%", Amount(F(1, 10), share=True)),
        ("10% of points", Amount(F(1, 10), share=True)),
        ("分值的10%", Amount(F(1, 10), share=True)),
        ("-1", Amount(F(-1), share=False)),
    ],
)
def test_an_amount_is_points_or_a_share_of_them(text: str, amount: Amount) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize("text", ["", "五", "5%分", "分值的5", "5 of points", "10 %", "1e1", "½", "5分分", "分"])
def test_an_amount_that_is_not_clear_is_none(text: str) -> None:
    assert isinstance(read_amount(text), Phrase)


def test_a_share_keeps_its_meaning_when_the_points_change() -> None:
    assert [Amount(F(1, 10), share=True).of(F(points)) for points in (8, 5, 1)] == [F(4, 5), F(1, 2), F(1, 10)]


# The same rule on the other side of the interval is its mirror image.
def test_a_deduction_on_both_sides_is_symmetric() -> None:
    assert pieces(curve("deduction", "{full: '[100%,100%]', every: 5%, lose: 4}")) == [
        "(-∞,0.85] 0 0",
        "(0.85,0.9] 2 2",
        "(0.9,0.95] 6 6",
        "(0.95,1) 10 10",
        "[1,1] 10 10",
        "(1,1.05) 10 10",
        "[1.05,1.1) 6 6",
        "[1.1,1.15) 2 2",
        "[1.15,+∞) 0 0",
    ]


def test_a_deduction_by_any_part_of_a_step_begins_beside_the_end() -> None:
    assert pieces(curve("deduction", "{full: ≤1, every: 1, lose: 6, steps: up}")) == ["(-∞,1] 10 10", "(1,2] 4 4", "(2,+∞) 0 0"]
    assert pieces(curve("deduction", "{full: <1, every: 1, lose: 10, steps: up}")) == ["(-∞,1) 10 10", "[1,+∞) 0 0"]


def test_a_deduction_in_proportion_reaches_its_floor_on_a_line() -> None:
    assert pieces(curve("deduction", "{full: ≤1, every: 1, lose: 4, steps: proportional, floor: 2}")) == ["(-∞,1] 10 10", "(1,3) 10 2", "[3,+∞) 2 2"]


def test_a_gate_begins_at_nothing_and_a_cap_ends_the_line() -> None:
    assert pieces(curve("ratio", "{gate: 60%}")) == ["[0,0.6) 0 0", "[0.6,1) 0 10", "[1,+∞) 10 10"]
    made = curve("ratio", "{cap: 120%}")
    assert pieces(made) == ["[0,1.2) 0 12", "[1.2,+∞) 12 12"]
    assert made.most == 12


def test_direct_is_the_identity_held_between_nothing_and_the_points() -> None:
    assert pieces(curve("direct", "{}")) == ["(-∞,0) 0 0", "[0,10) 0 10", "[10,+∞) 10 10"]


def test_tiers_hold_a_persons_score_between_two_ends() -> None:
    made = curve("tiers", "{}", "5")
    assert [(piece.lower.intercept, piece.upper.intercept, piece.upper_open) for piece in made.pieces] == [
        (F(0), F(3), True),
        (F(3), F(4), True),
        (F(4), F(5), False),
    ]
    method = methods.find("tiers")
    assert method is not None
    assert method.labels(Fields(made.pieces[0].span, {})) == ("未达成", "部分达成", "达成")  # type: ignore[arg-type]


# Every method's own pieces meet: the measure of a form always falls on exactly one of them inside the domain.
@pytest.mark.parametrize(
    "name, text",
    [
        ("anchors", "['60%: 0', '80%: 6', '100%: 6', '120%: 1']"),
        ("around", "{at: '[90%,100%)', base: 80%, above: {every: 1%, gain: 1}, below: {every: 1%, lose: 1, steps: up}}"),
        ("around", "{at: '(90%,100%]', above: {every: 1%, gain: 1, until: 15, steps: proportional}}"),
        ("around", "{at: '(90%,100%)', below: {every: 1%, lose: 3, until: -1}}"),
        ("bands", "['<0: 0', '[0,10%]: 4', '(10%,+∞): 10']"),
        ("checklist", "{好: 8, 中: 2}"),
        ("deadline", "{}"),
        ("deadline", "{every: 7, lose: 3}"),
        ("deduction", "{full: '[90%,100%)', every: 3%, lose: 15%}"),
        ("deduction", "{full: '(90%,100%]', every: 3%, lose: 3, steps: up, floor: 10%}"),
        ("deduction", "{full: ≥90%, every: 3%, lose: 3, steps: proportional}"),
        ("demerits", "{坏: 8, 差: 4-7}"),
        ("direct", "{}"),
        ("levels", "{好: 10, 中: 50%, 差: 0}"),
        ("ratio", "{gate: 50%, cap: 150%}"),
        ("tiers", "{}"),
        ("yes-no", "{}"),
    ],
)
def test_pieces_meet_without_gap_or_overlap(name: str, text: str) -> None:
    made = curve(name, text)
    for one, other in zip(made.pieces, made.pieces[1:], strict=False):
        assert one.on.high == other.on.low
        assert one.on.high_closed != other.on.low_closed
    assert all(piece.reason.zh and piece.reason.en for piece in made.pieces)


# Who follows the page to the letter must get a method that works.
def test_the_method_of_the_contributing_page_is_one() -> None:
    (block,) = [block for block in blocks("CONTRIBUTING.md") if block.text.startswith('"""Halving')]
    names: dict[str, Any] = {"__name__": "halving"}
    exec(block.text, names)  # noqa: S102 - our own page
    found: list[Diagnostic] = []
    for text in ("{limit: 100%, every: 5%}", "{限额: 1, 每档: 0}"):
        parameters = names["PARAMETERS"].read(parse(Source("rules.yaml", text)).documents[0], found.append)
        made = names["curve"](parameters, F(10), found.append)
        assert made is None or pieces(made)[:3] + pieces(made)[-1:] == ["(-∞,1] 10 10", "(1,1.05] 5 5", "(1.05,1.1] 5/2 5/2", "(1.35,+∞) 0 0"]
    assert [problem.code for problem in found] == ["no-step"]
    parameters = names["PARAMETERS"].read(parse(Source("rules.yaml", "{limit: 100%, every: 5%}")).documents[0], found.append)
    assert names["told"](parameters, None).zh == "≤100% 记满分；每超过 5% 得分减半，不足 5% 的按 5% 计，超过 7 档不得分"
