"""
Why an audit holds scores against sets: rows on which a flat tolerance is wrong.

A checker in use takes `points × min(1, actual / target)` and lets 0.1 pass either way. Each row below says what an audit says of it, what that checker
would say, and why they differ; where both say the same, the row is there to show that sets are no laxer.
"""

from fractions import Fraction
from typing import NamedTuple

import pytest

from perfscore.api import evaluate, load_rules
from perfscore.auditing.run import audit
from perfscore.checking.settings import Settings
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.text.diagnostic import Verdict
from perfscore.text.printed import Quantity, read_printed
from perfscore.text.source import Source

RULES = load_rules("china/project-self@2020")
COST, QUANTITY = "成本指标", "数量指标"


class Vector(NamedTuple):
    why: str
    target: str
    actual: str
    points: str
    reported: str
    verdict: Verdict | None
    #: Whether the checker with the flat tolerance lets it pass; None where it has no number to work with.
    passes: bool | None
    under: str = QUANTITY


VECTORS = (
    # False alarms of the flat tolerance.
    Vector("a cost below its limit is full, not in proportion", "≤100万元", "80万元", "10", "10", "agrees", False, COST),
    Vector("a limit that is kept by far is full", "≤2680.1万元", "543.53万元", "10", "10", "agrees", False, COST),
    Vector("no complaint is the best that there is", "≤5起", "0起", "10", "10", "agrees", False, COST),
    Vector("a target of 0 that is met is full; nothing can be divided by it", "0起", "0起", "10", "10", "agrees", None),
    Vector("at most 0, and none", "≤0起", "0起", "10", "10", "agrees", None, COST),
    Vector("a range is met inside it", "3~5天", "4天", "10", "10", "agrees", None),
    Vector("beside a range it is in proportion", "3~5天", "6天", "12", "10", "agrees", None),
    Vector("4 万㎡ printed without a place may be 3.6", "≥4.2万㎡", "4万㎡", "20", "18", "rounding-only", False),
    # False passes of the flat tolerance.
    Vector("0.09 too much is too much", "≥100次", "90次", "10", "9.09", "differs", True),
    Vector("0.09 too little is, too", "≥100次", "90次", "10", "8.91", "differs", True),
    Vector("full points for a target that is nearly met", "≥1000户", "991户", "10", "10.00", "differs", True),
    Vector("a tenth of a row of 0.5 points is a fifth of it", "≥10处", "8处", "0.5", "0.5", "differs", True),
    Vector("a limit that is just broken is not kept", "≤100万元", "100.9万元", "10", "10.00", "differs", True, COST),
    Vector("the wrong way round, near the target", "≤10人", "11人", "1", "1.00", "differs", True, COST),
    Vector("one complaint where none is allowed", "≤0起", "1起", "10", "10", "differs", None, COST),
    # Alike.
    Vector("an over-fulfilment is held at the points", "≥100套", "137套", "10", "10", "agrees", True),
    Vector("in proportion", "≥120套", "114套", "10", "9.5", "agrees", True),
    Vector("printed to one place", "≥3公里", "2.9公里", "10", "9.7", "rounding-only", True),
    Vector("full points printed without places may be 9.91", "≥1000户", "991户", "10", "10", "rounding-only", True),
    Vector("a limit that is broken, in proportion", "≤90万元", "96万元", "20", "18.75", "agrees", False, COST),
)  # fmt: skip


def verdict(vector: Vector) -> Verdict | None:
    """What an audit says of the score of a row."""
    cells = f"target: {vector.target}, actual: {vector.actual}, points: {vector.points}, reported: {vector.reported}"
    text = f"unit: 示例单位\nindicators:\n  - {{level1: 产出指标, level2: {vector.under}, level3: 某项, {cells}}}\n"
    (form,) = forms_of(Source("form.yaml", text, text.encode()))
    assert isinstance(form, Form)
    compared = audit(evaluate(form, RULES).evaluation, Settings(select=frozenset(("score-differs",)))).compared
    assert len(compared) <= 1
    return compared[0].evidence.verdict if compared and compared[0].evidence is not None else None


def flat(vector: Vector) -> bool | None:
    """What a tolerance of 0.1 on `points × min(1, actual / target)` says; None where it cannot be worked out."""
    target, actual = read_printed(vector.target), read_printed(vector.actual)
    if not isinstance(target, Quantity) or not isinstance(actual, Quantity) or not target.spoken or actual.spoken is None:
        return None
    score = Fraction(vector.points) * min(Fraction(1), actual.spoken / target.spoken)
    return abs(score - Fraction(vector.reported)) <= Fraction(1, 10)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.why)
def test_sets_say_what_is_right(vector: Vector) -> None:
    assert verdict(vector) == vector.verdict


# If the simple rule came to say the same everywhere, sets would be work for nothing.
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.why)
def test_a_flat_tolerance_says(vector: Vector) -> None:
    assert flat(vector) is vector.passes


# Nothing is worked out of words: a person judges them, and no tolerance has anything to say.
@pytest.mark.parametrize("target, actual, reported", [("效果明显", "效果良好", "7"), ("100%", "按计划完成", "10"), ("达标", "达标", "10")])
def test_words_are_held_against_no_number(target: str, actual: str, reported: str) -> None:
    vector = Vector("", target, actual, "10", reported, None, None)
    assert verdict(vector) is None
    assert flat(vector) is None
