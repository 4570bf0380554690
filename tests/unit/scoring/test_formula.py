"""Formulas are the one place where a rule file computes: what may be written gives the exact number, and all else is refused by name."""

import ast
import pickle
from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal, DefaultContext, Inexact, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from perfscore.model.formula import Formula, Kind
from perfscore.scoring.formula import OutOfDomain, ZeroDenominator, evaluate, put_in, read_formula
from perfscore.scoring.formula.check import FUNCTIONS, MAX_DEPTH, MAX_DIGITS, MAX_LENGTH, MAX_NODES
from perfscore.scoring.formula.evaluate import by_simpleeval
from perfscore.scoring.formula.functions import COMPUTED, MAX_BITS
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.source import Source, Span

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "formulas.yaml").read_text(encoding="utf-8"))
NUMBERS = {
    "甲": Fraction(6),
    "乙": Fraction(4),
    "零": Fraction(0),
    "三公经费.本年": Fraction("3.45"),
    "三公经费.上年": Fraction("3.1"),
    "调查.满意": Fraction(90),
}
TRUTHS = {"是": Fraction(1), "否": Fraction(0), "地区.东部": Fraction(1)}
LISTS = {
    "报价": (Fraction(2), Fraction(8), Fraction(4)),
    "调查": (Fraction(0), Fraction(90)),
    "盈亏": (Fraction(-1), Fraction(1)),
    "空": (),
}
DATES = {"批复日": Fraction(date(2024, 2, 28).toordinal()), "完成日": Fraction(date(2024, 3, 1).toordinal())}
FACTS: dict[str, Fraction | tuple[Fraction, ...]] = {**NUMBERS, **TRUTHS, **LISTS, **DATES}
OF_KINDS: dict[Kind, Iterable[str]] = {"number": NUMBERS, "truth": TRUTHS, "list": LISTS, "date": DATES}
NAMES: dict[str, Kind] = {name: kind for kind, names in OF_KINDS.items() for name in names}


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


# No text of Python's own (`min() arg is an empty sequence`) and no made-up number: who filled in the form is told what is wrong with it.
@pytest.mark.parametrize("text", CASES["domain"])
def test_what_a_function_has_no_value_for_is_said_in_both_languages(text: str) -> None:
    formula = accepted(text)
    for way in (evaluate, by_simpleeval):
        with pytest.raises(OutOfDomain) as refused:
            way(formula, FACTS.__getitem__)
        name = next(name for name in FUNCTIONS if f"{name}(" in text)
        assert name in refused.value.says.zh
        assert name in refused.value.says.en
        assert str(refused.value) == refused.value.says.en


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
    assert set(FUNCTIONS) == {"min", "max", "abs", "round_half_up", "sum", "mean", "count", "days", "ln", "geomean"}
    assert set(COMPUTED) == set(FUNCTIONS)


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


# The hint says what the reader of a rule file should have written; the case of each kind that stands where another is wanted.
@pytest.mark.parametrize(
    "text, zh, hint",
    [
        ("报价 + 1", "这里要的是数，不是清单", "清单要先算成一个数，如 sum(名)、mean(名)、count(名)"),
        ("报价", "这里要的是数，不是清单", "清单要先算成一个数，如 sum(名)、mean(名)、count(名)"),
        ("? 报价", "这里要的是判断，不是清单", "清单要先算成一个数，如 sum(名)、mean(名)、count(名)"),
        ("sum(甲, 报价)", "这里要的是数，不是清单", "清单要单独作参数，不与别的数并列"),
        ("完成日 - 批复日", "这里要的是数，不是日期", "日期只能写在 days(甲, 乙) 里：从甲日到乙日的天数"),
        ("days(甲, 完成日)", "这里要的是日期，不是数", "days 的两个参数都要是日期类的数据（类型: 日期）"),
        ("days(报价, 完成日)", "这里要的是日期，不是清单", "days 的两个参数都要是日期类的数据（类型: 日期）"),
        ("是 + 1", "这里要的是数，不是判断", None),
        ("mean()", "mean 要 1–32 个参数", "或者只给一个清单：mean(名)"),
        ("geomean(甲, 2)", "geomean 要 3–32 个参数", "或者只给一个清单：geomean(名, 位数)"),
        ("days(批复日)", "days 要 2 个参数", None),
    ],
)
def test_a_wrong_kind_is_told_what_would_be_right(text: str, zh: str, hint: str | None) -> None:
    _, (found,) = read(text)
    assert (found.says.zh, found.hint.zh if found.hint else None) == (zh, hint)


# Where the builder wants no kind in particular (yes-no takes either), a list is still neither.
def test_a_formula_is_a_number_or_a_truth_and_nothing_else() -> None:
    for text, kind in (("甲", "number"), ("是", "truth"), ("报价", None), ("批复日", None)):
        formula = read_formula(text, Span(Source("rules.yaml", text), 1, 1, 1, len(text) + 1), NAMES, None, lambda _: None)
        assert (formula.kind if formula else None) == kind


def nearest_to(tie: Fraction, bits: int) -> Fraction:
    """The fraction of so many bits whose logarithm lies nearest to a tie: what an attacker would let a form print."""
    exact = Context(2 * bits).exp(Context(2 * bits).divide(Decimal(tie.numerator), Decimal(tie.denominator)))
    return Fraction(exact).limit_denominator(2**bits)


# No fixed number of digits is enough to round a logarithm; the hardest numbers there are take the number of digits that they have.
@pytest.mark.parametrize("bits", [40, 41, 300, 301, 500, 501])
@pytest.mark.parametrize("places", [0, 15])
def test_a_logarithm_next_to_a_tie_falls_on_its_side(bits: int, places: int) -> None:
    tie = Fraction(2 * 123456789 + 1, 2 * 10**places) if places else Fraction(3, 2)
    number = nearest_to(tie, bits)
    many = Context(2 * bits)
    above = Fraction(many.ln(many.divide(Decimal(number.numerator), Decimal(number.denominator)))) > tie
    formula = accepted(f"ln(甲, {places})")
    assert evaluate(formula, {"甲": number}.__getitem__) == tie + (Fraction(1, 2) if above else Fraction(-1, 2)) / 10**places


# The work that one number can ask for has an end: beyond it the number is refused, in words.
def test_a_logarithm_is_taken_of_numbers_of_bounded_size() -> None:
    formula = accepted("ln(甲, 2)")
    for number in (Fraction(2**MAX_BITS), Fraction(1, 2**MAX_BITS)):
        with pytest.raises(OutOfDomain, match="too many digits"):
            evaluate(formula, {"甲": number}.__getitem__)
    assert evaluate(formula, {"甲": Fraction(2 ** (MAX_BITS - 1))}.__getitem__) == Fraction("709.09")
    assert evaluate(formula, {"甲": Fraction(1, 2 ** (MAX_BITS - 1))}.__getitem__) == Fraction("-709.09")


# A survey or a bill of quantities: as many numbers as a form may give, each of as many digits; exact, whatever the program's decimals are set to.
def test_long_lists_are_exact() -> None:
    many = tuple(Fraction(10**31 + n, 10**13) for n in range(2000))
    facts = {"报价": many}.__getitem__
    assert evaluate(accepted("sum(报价)"), facts) == Fraction(2000 * 10**31 + 1999 * 1000, 10**13)
    assert evaluate(accepted("mean(报价)"), facts) == Fraction(2 * 10**31 + 1999, 2 * 10**13)
    # The mean is a tie; the geometric mean is below it by half the variance ÷ the mean, a number with 38 zeros behind the point.
    assert evaluate(accepted("round_half_up(mean(报价), 13)"), facts) == Fraction(10**31 + 1000, 10**13)
    assert evaluate(accepted("geomean(报价, 13)"), facts) == Fraction(10**31 + 999, 10**13)
    assert evaluate(accepted("geomean(报价, 3)"), {"报价": (Fraction(1, 8),) * 2000}.__getitem__) == Fraction(1, 8)
    assert evaluate(accepted("geomean(报价, 2)"), {"报价": (Fraction(1, 8),) * 2000}.__getitem__) == Fraction(13, 100)


# A program that uses decimals of its own with few digits, or that wants an error of every rounding, gets the same logarithm.
def test_the_programs_own_decimals_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DefaultContext.traps, Inexact, True)
    with localcontext(Context(prec=3, traps=[Inexact])):
        assert evaluate(accepted("ln(甲, 15)"), FACTS.__getitem__) == Fraction("1.791759469228055")
        assert evaluate(accepted("geomean(甲, 乙, 15)"), FACTS.__getitem__) == Fraction("4.898979485566356")


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
        ("调查.满意 / sum(调查)", "〈调查.满意〉 ÷ sum(〈调查〉)"),
        ("days(批复日, 完成日)", "days(〈批复日〉, 〈完成日〉)"),
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
