"""A plan keeps the curves that it drew for rows: the next form is served from them, and must not be able to tell."""

import pickle
from fractions import Fraction

import pytest

from perfscore.model.curve import Curve, level, straight
from perfscore.model.plan import KEPT, Drawn
from perfscore.model.rules import Indicator
from perfscore.text.diagnostic import Rejected
from perfscore.text.interval import EVERYTHING
from perfscore.text.phrase import same
from perfscore.text.source import Source, Span

SPAN = Span(Source("rules.yaml", ""), 1, 1, 1, 1)


def indicator() -> Indicator:
    return Indicator("output", same("产出"), SPAN)


class Pen:
    """Draws level curves, and knows how many it drew."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, rule: Indicator, use: int, points: Fraction) -> Curve:
        self.drawn += 1
        return Curve((straight(EVERYTHING, level(points + use), rule.label),), points)


def test_a_curve_is_drawn_once_for_each_indicator_method_and_number_of_points() -> None:
    kept, pen = Drawn(), Pen()
    one, other = indicator(), indicator()
    # Two indicators that say the same are two all the same: only which one it is can be asked in no time.
    asked = [(rule, use, Fraction(points)) for rule in (one, other) for use in (0, 1) for points in ("2.5", "5", "1/3")]
    first = [kept.curve(*what, pen) for what in asked]
    again = [kept.curve(*what, pen) for what in asked]
    assert [curve.pieces[0].lower.intercept for curve in first] == [points + use for _, use, points in asked]
    assert all(before is after for before, after in zip(first, again, strict=True))
    assert pen.drawn == len(asked)


# A batch may have a million forms, each with points of its own.
def test_no_more_than_so_many_are_kept() -> None:
    kept, rule = Drawn(), indicator()
    for points in range(3 * KEPT):
        assert kept.curve(rule, 0, Fraction(points), Pen()).points == points
        assert len(kept) <= KEPT


def test_points_that_do_not_fit_are_told_to_every_row() -> None:
    def refuse(rule: Indicator, use: int, points: Fraction) -> Curve:
        raise Rejected([])

    kept, rule = Drawn(), indicator()
    for _ in range(2):
        with pytest.raises(Rejected):
            kept.curve(rule, 0, Fraction(5), refuse)


# Indicators are told apart by where they are in memory, which means nothing in another process.
def test_a_plan_that_was_sent_elsewhere_has_drawn_nothing() -> None:
    kept = Drawn()
    kept.curve(indicator(), 0, Fraction(5), Pen())
    sent = pickle.loads(pickle.dumps(kept))  # noqa: S301 - our own bytes
    assert (len(kept), len(sent)) == (1, 0)
    assert sent == kept
