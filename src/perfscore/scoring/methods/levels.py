"""Levels: fixed points for each label that can be reported (较好 6, 一般 3, 无 0)."""

from __future__ import annotations

from fractions import Fraction

from perfscore.model.curve import ZERO, Curve, level, straight
from perfscore.scoring.methods import Report
from perfscore.scoring.methods._amount import amount
from perfscore.text.fields import Fields
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number
from perfscore.text.shape import Alone, MapOf, wrong

NAME, ZH = "levels", "等级"
TAKES = "label"
SAYS = Phrase("按填报的等级记规定的分", "the points laid down for the level reported")
#: As in `{较好: 6, 一般: 3, 无: 0}`.
PARAMETERS = Alone("levels", MapOf(amount(), whole=True))


def labels(parameters: Fields) -> tuple[str, ...]:
    """The labels in the order of the rule file; the place of a label is its measure."""
    return tuple(key.value for key, _ in parameters["levels"] or ())


def curve(parameters: Fields, points: Fraction, report: Report) -> Curve | None:
    """A level piece for each label, by its place in the list."""
    pieces, scores = [], []
    for place, (key, given) in enumerate(parameters["levels"] or ()):
        score = given.value.of(points)
        scores.append(score)
        if not ZERO <= score <= points:
            says = Phrase(
                f"{key.value} 记 {format_number(score)} 分，不在 0 到分值 {format_number(points)} 之间",
                f"{key.value} gives {format_number(score)} of {format_number(points)} points",
            )
            wrong(report, "level-above-points", says, given.span)
            return None
        on = Interval(Fraction(place), Fraction(place + 1), low_closed=True, high_closed=False)
        pieces.append(
            straight(
                on, level(score), Phrase(f"{key.value}，记 {format_number(score)} 分", f"{key.value}: {format_number(score)} points"), given.span
            )
        )
    if not pieces:
        wrong(report, "no-levels", Phrase("一个等级也没有", "there is no level"), parameters.span)
        return None
    return Curve(tuple(pieces), points)


def told(parameters: Fields, points: Fraction | None) -> Phrase:
    """As in “按所填等级记分：较好 6 分、一般 3 分、无 0 分”."""
    from perfscore.scoring.methods._told import scores, spaced

    rows = parameters["levels"] or ()
    given = scores((row.value for _, row in rows), points)
    # `无不得分` would be read as its contrary.
    zh = "、".join(spaced(key.value, "记", "0 分" if score.zh == "不得分" else score.zh) for (key, _), score in zip(rows, given, strict=True))
    en = ", ".join(f"{key.value}: {score.en}" for (key, _), score in zip(rows, given, strict=True))
    return Phrase(f"按所填等级记分：{zh}", f"{en}, by the level reported")
