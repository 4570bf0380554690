"""Laws of the expression language: three evaluators, one value."""

from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from perfscore.model.formula import Formula, Kind
from perfscore.scoring.formula import FUNCTIONS, OutOfDomain, ZeroDenominator, evaluate, read_formula
from perfscore.scoring.formula.check import WITH_PLACES
from perfscore.scoring.formula.evaluate import by_simpleeval
from perfscore.testing.exact import Expression, half_up, value
from perfscore.testing.methods import decimals
from perfscore.testing.strategies import NUMBERS, TRUTHS, conditions, expressions, spelled
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.source import Source, Span

LISTS, DATES = ("满意度调查", "报价"), ("批复日", "完成日")
KINDS: dict[Kind, tuple[str, ...]] = {"number": NUMBERS, "truth": TRUTHS, "list": LISTS, "date": DATES}
NAMES: dict[str, Kind] = {name: kind for kind, names in KINDS.items() for name in names}
Known = dict[str, Fraction | tuple[Fraction, ...]]
FULL_WIDTH = str.maketrans("*/()+-,<>.0123456789", "×÷（）＋－，＜＞．０１２３４５６７８９")
facts: st.SearchStrategy[Known] = st.fixed_dictionaries(
    {
        **{name: decimals(-3, 5) for name in NUMBERS},
        **{name: st.sampled_from((Fraction(0), Fraction(1))) for name in TRUTHS},
        **{name: st.lists(decimals(0, 200), max_size=4).map(tuple) for name in LISTS},
        **{name: st.integers(738_000, 739_000).map(Fraction) for name in DATES},
    }
)


def checked(text: str, wanted: Kind) -> Formula:
    problems: list[Diagnostic] = []
    formula = read_formula(text, Span(Source("formula", text), 1, 1, 1, len(text) + 1), NAMES, wanted, problems.append)
    assert formula is not None, problems
    return formula


def outcome(compute: Callable[[], Fraction]) -> Fraction | str:
    try:
        return compute()
    except (ZeroDenominator, ZeroDivisionError):
        return "zero denominator"
    except (OutOfDomain, ValueError):
        return "out of domain"


def agree(tree: Expression, text: str, wanted: Kind, known: Known) -> None:
    formula = checked(text, wanted)
    expected = outcome(lambda: value(tree, known))
    assert outcome(lambda: evaluate(formula, known.__getitem__)) == expected
    assert outcome(lambda: by_simpleeval(formula, known.__getitem__)) == expected


@given(expressions(NUMBERS, LISTS, DATES), facts)
def test_three_evaluators_agree_on_numbers(tree: Expression, known: Known) -> None:
    """Plain sums and quotients take a way of their own, everything else goes to simpleeval: which way must never show in a score."""
    agree(tree, spelled(tree), "number", known)


@given(conditions(NUMBERS, TRUTHS), facts)
def test_three_evaluators_agree_on_conditions(tree: Expression, known: Known) -> None:
    """A condition decides whether an indicator counts at all, and stops at the first part that settles it (b > 0 and a / b < 1)."""
    agree(tree, spelled(tree), "truth", known)


@given(expressions(NUMBERS), facts)
def test_full_width_signs_say_the_same(tree: Expression, known: Known) -> None:
    """Rule files are typed with Chinese input methods; ÷ and （ are no other formula than / and (."""
    dotted = {name: name.replace(".", "．") for name in NUMBERS}
    text = spelled(tree).translate(FULL_WIDTH)
    for name, wide in dotted.items():
        text = text.replace(wide.translate(FULL_WIDTH), name)
    agree(tree, text.replace("＜=", "<=").replace("＞=", ">="), "number", known)


# Wide enough that a mistake in the last of fifteen places shows, and far from any tie that these numbers can come near to.
SIXTY = Context(60)
wide = st.fractions(min_value=Fraction(1, 10**12), max_value=10**12, max_denominator=10**12)
places_kept = st.integers(0, 15)


def computed(text: str, known: Known) -> Fraction:
    problems: list[Diagnostic] = []
    kinds: dict[str, Kind] = {name: "list" if isinstance(fact, tuple) else "number" for name, fact in known.items()}
    formula = read_formula(text, Span(Source("formula", text), 1, 1, 1, len(text) + 1), kinds, "number", problems.append)
    assert formula is not None, problems
    return evaluate(formula, known.__getitem__)


def in_decimals(number: Fraction) -> Decimal:
    return SIXTY.divide(Decimal(number.numerator), Decimal(number.denominator))


@given(wide, places_kept)
def test_a_logarithm_is_rounded_correctly(number: Fraction, places: int) -> None:
    """A logarithm that is off in its last place would move a score that is compared with another authority's."""
    assert computed(f"ln(x, {places})", {"x": number}) == half_up(Fraction(SIXTY.ln(in_decimals(number))), places)


@given(st.lists(wide, min_size=1, max_size=6), places_kept)
def test_a_geometric_mean_is_rounded_correctly(numbers: list[Fraction], places: int) -> None:
    """By logarithms in 60 digits; what these cannot tell from a tie is left to the next law."""
    logarithms = sum((SIXTY.ln(in_decimals(number)) for number in numbers), Decimal(0))
    near = Fraction(SIXTY.exp(SIXTY.divide(logarithms, Decimal(len(numbers)))))
    off = near / 10**50
    if half_up(near - off, places) == half_up(near + off, places):
        assert computed(f"geomean(x, {places})", {"x": tuple(numbers)}) == half_up(near, places)


@given(st.integers(0, 10**18), st.lists(wide, min_size=1, max_size=3), places_kept, st.sampled_from((-1, 0, 1)))
def test_a_geometric_mean_on_a_tie_is_rounded_up_and_below_it_down(last: int, others: list[Fraction], places: int, side: int) -> None:
    """The root of a product can be a tie exactly, or miss it by less than any fixed number of digits tells."""
    tie = (last + Fraction(1, 2)) / 10**places
    # The product of all is the tie multiplied by itself, times a little more or less than one.
    numbers = (*others, tie ** (len(others) + 1) / prod(others) * (1 + Fraction(side, 10**200)))
    assert computed(f"geomean(x, {places})", {"x": numbers}) == Fraction(last + (side >= 0), 10**places)


def _any_kind(below: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    calls = []
    for name, (least, _) in FUNCTIONS.items():
        places = 1 if name in WITH_PLACES else 0
        numbers = st.lists(below, min_size=max(1, least - places - 1), max_size=least - places + 1)
        calls.append(st.tuples(st.just((name,)), numbers.map(tuple), st.tuples(*[st.integers(0, 15)] * places)).map(lambda call: sum(call, ())))
    return st.one_of(
        st.tuples(st.sampled_from(("+", "/", "<", "==", "and", "or")), below, below),
        st.tuples(st.sampled_from(("minus", "not")), below),
        st.tuples(st.just("if"), below, below, below),
        *calls,
    )


of_any_kind = st.recursive(st.sampled_from([("name", name) for name in NAMES]), _any_kind, max_leaves=4)


@given(of_any_kind, facts)
def test_what_is_accepted_has_a_value_or_a_reason(tree: Expression, known: Known) -> None:
    """Lists, dates, numbers and conditions in any place: what the check lets through never meets an operator that does not fit it."""
    text, problems = spelled(tree), list[Diagnostic]()
    formula = read_formula(text, Span(Source("formula", text), 1, 1, 1, len(text) + 1), NAMES, None, problems.append)
    assert (formula is None) == bool(problems)
    if formula is None:
        return
    found = []
    for way in (evaluate, by_simpleeval):
        try:
            found.append(str(way(formula, known.__getitem__)))
        except (ZeroDenominator, OutOfDomain) as refused:
            found.append(repr(refused))
    assert found[0] == found[1]


@given(st.text(alphabet="ab编制数 .0123456789+-*/()<>=!andornotifelse,×÷（）'\"[]{}:@_", max_size=40))
def test_any_text_is_a_formula_or_refused(text: str) -> None:
    """A formula is the only place of a rule file that is parsed as a program would be: nothing but a diagnostic may come out of it."""
    problems: list[Diagnostic] = []
    formula = read_formula(text, Span(Source("formula", text), 1, 1, 1, len(text) + 1), NAMES, "number", problems.append)
    assert (formula is None) == bool(problems)
    if formula is not None:
        outcome(lambda: evaluate(formula, lambda _: Fraction(1)))
