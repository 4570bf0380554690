"""Laws of the expression language: three evaluators, one value."""

from collections.abc import Callable
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from perfscore.model.formula import Formula, Kind
from perfscore.scoring.formula import ZeroDenominator, evaluate, read_formula
from perfscore.scoring.formula.evaluate import by_simpleeval
from perfscore.testing.exact import Expression, value
from perfscore.testing.methods import decimals
from perfscore.testing.strategies import NUMBERS, TRUTHS, conditions, expressions, spelled
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.source import Source, Span

NAMES: dict[str, Kind] = {**dict.fromkeys(NUMBERS, "number"), **dict.fromkeys(TRUTHS, "truth")}
FULL_WIDTH = str.maketrans("*/()+-,<>.0123456789", "×÷（）＋－，＜＞．０１２３４５６７８９")
facts = st.fixed_dictionaries(
    {**{name: decimals(-3, 5) for name in NUMBERS}, **{name: st.sampled_from((Fraction(0), Fraction(1))) for name in TRUTHS}}
)


def checked(text: str, wanted: Kind) -> Formula:
    problems: list[Diagnostic] = []
    formula = read_formula(text, Span(Source("formula", text), 1, 1, 1, len(text) + 1), NAMES, wanted, problems.append)
    assert formula is not None, problems
    return formula


def outcome(compute: Callable[[], Fraction]) -> Fraction | None:
    try:
        return compute()
    except (ZeroDenominator, ZeroDivisionError):
        return None


def agree(tree: Expression, text: str, wanted: Kind, known: dict[str, Fraction]) -> None:
    formula = checked(text, wanted)
    expected = outcome(lambda: value(tree, known))
    assert outcome(lambda: evaluate(formula, known.__getitem__)) == expected
    assert outcome(lambda: by_simpleeval(formula, known.__getitem__)) == expected


@given(expressions(NUMBERS), facts)
def test_three_evaluators_agree_on_numbers(tree: Expression, known: dict[str, Fraction]) -> None:
    """Plain sums and quotients take a way of their own, everything else goes to simpleeval: which way must never show in a score."""
    agree(tree, spelled(tree), "number", known)


@given(conditions(NUMBERS, TRUTHS), facts)
def test_three_evaluators_agree_on_conditions(tree: Expression, known: dict[str, Fraction]) -> None:
    """A condition decides whether an indicator counts at all, and stops at the first part that settles it (b > 0 and a / b < 1)."""
    agree(tree, spelled(tree), "truth", known)


@given(expressions(NUMBERS), facts)
def test_full_width_signs_say_the_same(tree: Expression, known: dict[str, Fraction]) -> None:
    """Rule files are typed with Chinese input methods; ÷ and （ are no other formula than / and (."""
    dotted = {name: name.replace(".", "．") for name in NUMBERS}
    text = spelled(tree).translate(FULL_WIDTH)
    for name, wide in dotted.items():
        text = text.replace(wide.translate(FULL_WIDTH), name)
    agree(tree, text.replace("＜=", "<=").replace("＞=", ">="), "number", known)


@given(st.text(alphabet="ab编制数 .0123456789+-*/()<>=!andornotifelse,×÷（）'\"[]{}:@_", max_size=40))
def test_any_text_is_a_formula_or_refused(text: str) -> None:
    """A formula is the only place of a rule file that is parsed as a program would be: nothing but a diagnostic may come out of it."""
    problems: list[Diagnostic] = []
    formula = read_formula(text, Span(Source("formula", text), 1, 1, 1, len(text) + 1), NAMES, "number", problems.append)
    assert (formula is None) == bool(problems)
    if formula is not None:
        outcome(lambda: evaluate(formula, lambda _: Fraction(1)))
