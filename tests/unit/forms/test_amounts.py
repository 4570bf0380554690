"""Amounts of several forms as one, where a whole form would hide the arithmetic: ends that are open, texts that must differ."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from perfscore.forms.amounts import amount_cells, joined
from perfscore.text.printed import Quantity, bare, read_printed
from perfscore.text.source import Source, Span

PLACE = Span(Source("form.yaml", ""), 1, 1, 1, 1)
PRINTED = ("5", "≥5", "≤5", ">5", "<5", "=5", "3-9", "30余", "0", "-2", "5万", "12.5")


def exactly(number: Fraction) -> Quantity:
    return Quantity("", number, number, False, False, "", None, 0, number, "exact")


EXACT = st.decimals(-1000, 1000, places=2).map(lambda number: exactly(Fraction(number)))


def quantity(text: str) -> Quantity:
    read = read_printed(text)
    assert isinstance(read, Quantity), read
    return read


def inside(amount: Quantity, number: Fraction) -> bool:
    above = amount.low is None or amount.low < number or (amount.low == number and not amount.low_open)
    return above and (amount.high is None or number < amount.high or (amount.high == number and not amount.high_open))


def some_of(amount: Quantity, between: Fraction) -> Fraction:
    """A number that an amount allows: one of its ends where that is in it, or one on the way."""
    low = amount.low if amount.low is not None else (amount.high or Fraction(0)) - 100
    high = amount.high if amount.high is not None else low + 100
    number = low + (high - low) * between
    return number if inside(amount, number) else (low + high) / 2


# Whatever each of them turns out to be, the sum and the mean are within what all of them as one allow.
@given(st.lists(st.sampled_from(PRINTED), min_size=1, max_size=4), st.data())
def test_a_joint_amount_holds_every_sum_and_mean(texts: list[str], data: st.DataObject) -> None:
    amounts = [quantity(text) for text in texts]
    weights = data.draw(st.lists(st.integers(1, 9).map(Fraction), min_size=len(amounts), max_size=len(amounts)))
    numbers = [some_of(amount, data.draw(st.fractions(0, 1, max_denominator=4))) for amount in amounts]
    added, averaged = joined(amounts, "sum", list), joined(amounts, "mean", lambda: weights)
    assert isinstance(added, Quantity)
    assert isinstance(averaged, Quantity)
    assert inside(added, sum(numbers, Fraction(0)))
    assert inside(averaged, sum((n * w for n, w in zip(numbers, weights, strict=True)), Fraction(0)) / sum(weights))


# A text without 约 says exactly what the cell stands for; with it, the amount beside it does.
@given(st.lists(EXACT, min_size=1, max_size=4), st.data())
def test_a_cell_reads_as_the_amount_it_was_made_of(amounts: list[Quantity], data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.integers(1, 9).map(Fraction), min_size=len(amounts), max_size=len(amounts)))
    mean = joined(amounts, "mean", lambda: weights)
    assert isinstance(mean, Quantity)
    (cell,) = amount_cells([mean], [PLACE])
    read = cell.value or read_printed(cell.text)
    assert isinstance(read, Quantity)
    assert (read.low, read.high, read.form) == (mean.low, mean.low, "exact")
    assert cell.text.startswith("约") == (cell.value is not None)


# Two cells that print the same count as met, whatever they say.
@given(st.fractions(0, 1), st.fractions(0, 1).filter(bool), st.integers(0, 60))
def test_amounts_that_differ_print_differently(number: Fraction, apart: Fraction, tiny: int) -> None:
    one, other = exactly(number), exactly(number + apart / 10**tiny)
    first, second = amount_cells([one, other], [PLACE, PLACE])
    assert bare(first.text) != bare(second.text)
    first, second = amount_cells([one, one], [PLACE, PLACE])
    assert first.text == second.text
