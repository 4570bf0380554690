"""Formulas are the one place where a rule file computes: what may be written gives the exact number, and all else is refused by name."""

import ast
import pickle
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from perfscore.model.formula import Formula, Kind
from perfscore.scoring.formula import ZeroDenominator, evaluate, put_in, read_formula
from perfscore.scoring.formula.check import FUNCTIONS, MAX_DEPTH, MAX_DIGITS, MAX_LENGTH, MAX_NODES
from perfscore.scoring.formula.evaluate import by_simpleeval
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.source import Source, Span

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "formulas.yaml").read_text(encoding="utf-8"))
FACTS = {
    "甲": Fraction(6),
    "乙": Fraction(4),
    "零": Fraction(0),
    "三公经费.本年": Fraction("3.45"),
    "三公经费.上年": Fraction("3.1"),
    "是": Fraction(1),
    "否": Fraction(0),
}
NAMES: dict[str, Kind] = {name: "truth" if name in "是否" else "number" for name in FACTS}


def read(text: str) -> tuple[Formula | None, list[Diagnostic]]:
    wanted: Kind = "truth" if text.startswith("? ") else "number"
    body = text.removeprefix("? ")
    found: list[Diagnostic] = []
    return read_formula(body, Span(Source("rules.yaml", body), 1, 1, 1, len(body) + 1), NAMES, wanted, found.append), found


def accepted(text: str) -> Formula:
    formula, found = read(text)
    assert formula is not None, found
    return formula


@pytest.mark.parametrize("text", CASES["given"])
def test_an_allowed_formula_gives_the_exact_number(text: str) -> None:
    assert evaluate(accepted(text), FACTS.__getitem__) == Fraction(CASES["given"][text])


# Plain arithmetic is computed without simpleeval, to save its import; both ways must be one.
@pytest.mark.parametrize("text", CASES["given"])
def test_simpleeval_gives_the_same_number(text: str) -> None:
    assert by_simpleeval(accepted(text), FACTS.__getitem__) == Fraction(CASES["given"][text])


@pytest.mark.parametrize("text", CASES["zero"])
def test_a_division_by_zero_is_named_and_no_crash(text: str) -> None:
    formula = accepted(text)
    for way in (evaluate, by_simpleeval):
        with pytest.raises(ZeroDenominator):
            way(formula, FACTS.__getitem__)


@pytest.mark.parametrize("text", CASES["refused"])
def test_anything_else_is_refused_in_its_place(text: str) -> None:
    formula, (found,) = read(text)
    code, _, place = CASES["refused"][text].partition(" ")
    assert formula is None
    assert found.code == code
    assert found.span is not None
    if place:
        assert f"{found.span.column}-{found.span.end_column - 1}" == place


# The list that a reader of the threat model looks for: whatever Python could write and is not named here as allowed is refused above or here.
def test_only_these_kinds_of_syntax_are_ever_in_a_tree() -> None:
    allowed = {
        "Add", "And", "Attribute", "BinOp", "BoolOp", "Call", "Compare", "Constant", "Div", "Eq", "Gt", "GtE", "IfExp", "Load", "Lt", "LtE", "Mult",
        "Name", "Not", "NotEq", "Or", "Sub", "UAdd", "USub", "UnaryOp",
    }  # fmt: skip
    found = set()
    for text in CASES["given"]:
        tree = accepted(text).tree
        assert isinstance(tree, ast.AST)
        found |= {type(node).__name__ for node in ast.walk(tree)}
    assert found == allowed
    assert set(FUNCTIONS) == {"min", "max", "abs", "round_half_up"}


# Sizes that would stop or kill a program are refused before Python's parser, or as soon as they are counted.
@pytest.mark.parametrize(
    "text",
    [
        "1" * (MAX_LENGTH + 1),
        "9" * (MAX_DIGITS + 1),
        "9" * 900,
        "9" * 5000,
        "0." + "1" * MAX_DIGITS,
        "(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1),
        "-" * (MAX_DEPTH + 2) + "1",
        "-" * 990 + "1",
        "+".join("1" for _ in range(MAX_NODES)),
        "1" + "+1" * 400,
        " or ".join(["甲 > 1"] * 120),
        "not " * 240 + "是",
        "abs(" * 40 + "1" + ")" * 40,
    ],
    ids=lambda text: f"{text[:6]}…{len(text)}",
)
def test_what_is_too_large_is_refused(text: str) -> None:
    formula, (found,) = read("? " + text if " or " in text or "not" in text else text)
    assert formula is None
    assert found.code == "formula-too-large"


@pytest.mark.parametrize("text", ["1" * MAX_DIGITS, "(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH, "+".join("1" for _ in range(MAX_DEPTH))])
def test_what_is_just_not_too_large_is_taken(text: str) -> None:
    assert evaluate(accepted(text), FACTS.__getitem__) == eval(text)  # noqa: S307 - digits, brackets and plus


# An explanation shows the rule's own formula with the form's numbers in it.
@pytest.mark.parametrize(
    "text, shown",
    [
        ("甲 / 乙", "〈甲〉 ÷ 〈乙〉"),
        ("(甲-乙)*甲", "(〈甲〉-〈乙〉)×〈甲〉"),
        ("三公经费.本年 / 三公经费.上年", "〈三公经费.本年〉 ÷ 〈三公经费.上年〉"),
        ("? 甲 >= 乙", "〈甲〉 ≥ 〈乙〉"),
        ("? 甲 == 乙 and 甲 != 1", "〈甲〉 = 〈乙〉 and 〈甲〉 ≠ 1"),
        ("  甲 ÷ 乙", "  〈甲〉 ÷ 〈乙〉"),
        ("甲 + 1", "〈甲〉 + 1"),
    ],
)
def test_names_are_replaced_where_they_stand(text: str, shown: str) -> None:
    assert put_in(accepted(text), "〈{}〉".format) == shown


def test_each_name_is_read_at_its_place() -> None:
    formula = accepted("三公经费.本年 / (甲 - 甲)")
    assert [formula.text[read.start : read.end] for read in formula.reads] == ["三公经费.本年", "甲", "甲"]


def test_a_formula_survives_pickling() -> None:
    formula = accepted("甲 / 乙 if 是 else round_half_up(甲 / 3, 2)")
    assert evaluate(pickle.loads(pickle.dumps(formula)), FACTS.__getitem__) == Fraction(3, 2)  # noqa: S301 - our own bytes
