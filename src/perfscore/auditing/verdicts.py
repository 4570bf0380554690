"""A printed number, what the printed inputs give at face value, and all that they allow, to a verdict (docs/audit)."""

from __future__ import annotations

from fractions import Fraction

from perfscore.model.curve import round_half_up
from perfscore.model.sets import Union, meet
from perfscore.text.diagnostic import Verdict
from perfscore.text.interval import Interval


def summed(printed: Fraction, places: int, allowed: Interval, exact: Fraction, inputs: Union) -> Verdict:
    """A sum, a difference, the same number twice, a total of printed scores: `exact` at face value, or anything that the `inputs` allow."""
    if printed == exact:
        return "agrees"
    return "rounding-only" if meet((allowed,), inputs) or round_half_up(exact, places) == printed else "differs"


def divided(printed: Fraction, places: int, allowed: Interval, exact: Fraction, inputs: Union) -> Verdict:
    """A ratio or a growth, which is printed rounded; `places` are those of the number itself, two more than of its per cent."""
    if round_half_up(exact, places) == printed:
        return "agrees"
    return "rounding-only" if meet((allowed,), inputs) else "differs"


def truncated(printed: Fraction, places: int, exact: Fraction) -> bool:
    """Whether a printed rate is the exact one with the digits behind it cut off instead of rounded."""
    unit = 10**places
    return printed >= 0 and exact >= 0 and Fraction(int(exact * unit), unit) == printed != round_half_up(exact, places)


def coarse(printed: Fraction, places: int, exact: Fraction) -> bool:
    """Whether a printed rate is the exact one rounded to fewer digits than it is printed with (99.00% of 98.69%)."""
    return round_half_up(exact, places) != printed and any(round_half_up(exact, fewer) == printed for fewer in range(places))
