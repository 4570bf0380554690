"""An end of a band or a step at which no example stands: nobody has said on which side it lies."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from perfscore.forms.bind import bind
from perfscore.linting.checks import Found
from perfscore.linting.measures import shown
from perfscore.linting.subject import Drawn, Subject
from perfscore.model.measure import Absence, Comparison, Computed, Lateness
from perfscore.model.page import Page
from perfscore.model.rules import Example, Takes
from perfscore.text.diagnostic import Rejected
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span
from perfscore.trials.reach import names_of_pieces
from perfscore.trials.run import form_given

SEVERITY = "advice"
SAYS = Phrase("分档的端点上没有示例", "no example stands at an end")
PAGE = Page(
    what=Phrase(
        "计分曲线在这个数上换档，但没有一个示例的测算结果正好是它。",
        "The curve changes at this number, and no example measures exactly that.",
    ),
    why=Phrase(
        "“90% 以上”含不含 90%，最容易写错，也最容易被人改错而不察觉。端点上有示例，改动一个端点就会有示例不通过。",
        "Whether “above 90 %” holds 90 % is what is most easily written wrong, or changed unnoticed. With an example at the end, a moved end fails an example.",
    ),
    fix=Phrase(
        "按制度原文算出端点上的得分，写进 examples（示例）；不要照着 perfscore 的结果抄。",
        "Work out the score at the end from the text of the standard, and write it as an example; do not copy what perfscore says.",
    ),
    wrong="""indicators:
  - id: rate
    label: 预算执行率
    points: 10
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[90%,+): 10", "[0,90%): 0"]}
examples:
  - {given: {全年预算数: 100, 全年执行数: 95}, expect: {rate: 10}}
  - {given: {全年预算数: 100, 全年执行数: 50}, expect: {rate: 0}}
""",
    right="""indicators:
  - id: rate
    label: 预算执行率
    points: 10
    measure: 全年执行数 / 全年预算数
    method: {bands: ["[90%,+): 10", "[0,90%): 0"]}
examples:
  - {given: {全年预算数: 100, 全年执行数: 90}, expect: {rate: 10}}
  - {given: {全年预算数: 100, 全年执行数: 89.99}, expect: {rate: 0}}
""",
)
_TAKES: dict[type, Takes] = {Comparison: "number", Computed: "number", Lateness: "days"}
#: What an indicator was measured at: its key, the kind of measure, and the measure.
_Measured = tuple[str, Takes, Fraction]


def check(subject: Subject) -> Iterator[Found]:
    """Every number at which a curve changes and no example stands."""
    if subject.rules.template:
        return
    ends = [(drawn, end, span) for drawn in subject.curves if _written(drawn) for end, span in _ends(drawn)]
    missing = {(drawn.rule.key, drawn.takes, end) for drawn, end, _ in ends}
    # Reading a form costs more than everything else here, and what stands at an end stands mostly behind what shows the rule set as a whole: once
    # every end was met, those that are left have nothing to add.
    for example in reversed(subject.examples):
        if not missing:
            return
        missing.difference_update(_measured(example, subject))
    for drawn, end, span in ends:
        if (drawn.rule.key, drawn.takes, end) in missing:
            at = shown(drawn, end)
            says = Phrase(f"{drawn.rule.label.zh}：没有示例正好在 {at} 上", f"{drawn.rule.label.en}: no example is exactly at {at}")
            yield Found(span or drawn.use.span, says, Phrase("按制度写一个这样的示例", "write one, by the text of the standard"))


def _written(drawn: Drawn) -> bool:
    """Whether the ends are the rule file's own: those that a method brings of itself are ours to test."""
    return drawn.takes in ("number", "days") and (not drawn.rule.open or bool([*drawn.use.parameters]))


def _ends(drawn: Drawn) -> Iterator[tuple[Fraction, Span | None]]:
    """The numbers between two pieces; of a thousand steps the first ones and the last."""
    named = zip(names_of_pieces(drawn.use, drawn.curve), drawn.curve.pieces, strict=True)
    for (one, _), (other, piece) in pairwise(named):
        if one != other and piece.on.low is not None:
            yield piece.on.low, piece.span


def _measured(example: Example, subject: Subject) -> Iterator[_Measured]:
    """What an example measures of every indicator."""
    form = form_given(example)
    if isinstance(form, Rejected):
        return
    for leaf in bind(form, subject.plan).leaves:
        found = leaf.measure
        if not isinstance(found, Absence) and type(found) in _TAKES and isinstance(found.value, Fraction):
            yield leaf.rule.key, _TAKES[type(found)], found.value
