"""One place gets one telling finding: what several checks see there is said once, by the one that says most, and counted once."""

import re
from fractions import Fraction

import pytest

from perfscore.api import evaluate, load_rules
from perfscore.auditing.run import audit
from perfscore.auditing.unread import unread
from perfscore.checking.settings import Settings
from tests.unit.auditing.test_cases import read

ROW = "rules: china/project-self@2020\nunit: 示例单位\nindicators:\n  - {level1: 产出指标, level2: 数量指标, level3: 维修, %s}\n"
RULES = load_rules("china/project-self@2020")


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ("target: 10套, actual: 9套, points: 50, reported: 50", ["target-missed-full-points"]),
        ("target: 10套, actual: 10套, points: 50, reported: 40", ["target-met-points-taken"]),
        ("target: ≤10套, actual: 12套, points: 50, reported: 50", ["limit-broken-full-points"]),
        ("target: 10套, actual: 9套, points: 50, reported: 55", ["score-above-points"]),
        ("target: 10套, actual: 0套, points: 50, reported: -1, note: 未开工", ["score-negative"]),
        ("target: 明显, actual: 明显, points: 50, reported: 60", ["score-above-points"]),
        ("target: 10套, actual: 9套, points: 50, reported: 40, note: 资金未到位", ["score-differs"]),
    ],
)
def test_a_score_that_cannot_be_right_is_said_once(cells: str, codes: list[str]) -> None:
    done = audit(evaluate(read(ROW % cells), RULES).evaluation)
    score = re.search(r"reported: ([^,]+)", cells)
    assert score
    assert [one.code for one in done.review.findings if one.span is not None and one.span.written() == score[1]] == codes


# The finding that gives way leaves its evidence: the number was compared once, and differs once.
def test_what_gives_way_is_counted_once() -> None:
    done = audit(evaluate(read(ROW % "target: 10套, actual: 9套, points: 50, reported: 50"), RULES).evaluation)
    (found,) = (one for one in done.review.findings if one.code == "target-missed-full-points")
    assert found.evidence is not None
    assert found.evidence.computed == (Fraction(45), Fraction(45))
    assert [one.evidence.verdict for one in done.compared if one.evidence is not None].count("differs") == 1


# Who asks for one code only, or leaves the telling one out, must not lose the fault with it.
@pytest.mark.parametrize("settings", [Settings(select=frozenset({"score-differs"})), Settings(ignore=frozenset({"target-missed-full-points"}))])
def test_what_gives_way_stays_where_the_telling_one_is_not_asked_for(settings: Settings) -> None:
    done = audit(evaluate(read(ROW % "target: 10套, actual: 9套, points: 50, reported: 50"), RULES).evaluation, settings)
    assert "score-differs" in {one.code for one in done.review.findings}


# The report says in its first line how much was not read: all of it, each place once.
def test_what_was_not_read_is_counted_by_place() -> None:
    form = read(
        ROW % "target: 约10套, actual: 9套, points: 五十, reported: 满分"
        + "budget: {adjusted: 1, executed: 1, parts: [{group: 甲, label: 乙, executed: 若干}]}\nclaims:\n  - {label: 丙, printed: 多, sum: [1, 2]}\nreported: {score: 九十}\n"
    )
    places = [one.span for one in unread(audit(evaluate(form, RULES).evaluation).subject)]
    assert len(places) == len(set(places)) == 6
