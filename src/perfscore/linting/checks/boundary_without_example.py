"""An end of a band, a step, a grade or a condition at which no example stands: nobody has said on which side it lies."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from perfscore.linting.asked import asked, tried_here
from perfscore.linting.checks import Found
from perfscore.linting.domains import Domains
from perfscore.linting.measures import shown
from perfscore.linting.reach import Reach
from perfscore.linting.runs import Run
from perfscore.linting.scores import scores
from perfscore.linting.sides import sides
from perfscore.linting.subject import Drawn, Subject
from perfscore.linting.totals import totals
from perfscore.model.measure import Absence, Comparison, Computed, Lateness
from perfscore.model.page import Page
from perfscore.model.rules import Grade, Takes
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number, read_number
from perfscore.text.source import Span
from perfscore.trials.reach import names_of_pieces

SEVERITY = "advice"
SAYS = Phrase("端点上没有示例", "no example stands at an end")
PAGE = Page(
    what=Phrase(
        "计分曲线在这个数上换档，等级在这个总得分上换级，或条件、公式在这里比较两个数，但没有一个示例正好落在上面。",
        "A curve or the grade changes at this number, or a condition compares two numbers here, and no example is exactly at it.",
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
_HINT = Phrase("按制度写一个这样的示例", "write one, by the text of the standard")
#: What an indicator was measured at: its key, the kind of measure, and the measure.
_Measured = tuple[str, Takes, Fraction]


def check(subject: Subject) -> Iterator[Found]:
    """Every number at which a curve or a grade begins, and every comparison, where no example stands."""
    if not subject.rules.template:
        yield from _of_curves(subject)
        yield from _of_grades(subject)
        yield from _of_comparisons(subject)


# Reading a form costs more than everything else here, and what stands at an end stands mostly behind what shows the rule set as a whole: the last
# example is asked first, and once every end was met, those that are left have nothing to add.


def _of_curves(subject: Subject) -> Iterator[Found]:
    ends = [(drawn, end, span) for drawn in subject.curves if _written(drawn) for end, span in _ends(drawn)]
    missing = {(drawn.rule.key, drawn.takes, end) for drawn, end, _ in ends}
    # Where nothing but facts decides what is measured, nothing else needs to be read.
    plain = len(subject.plan.trees) == 1 and subject.rules.rounding.rate is None
    by_facts = {drawn.rule.key: drawn.rule for drawn, _, _ in ends if plain and not drawn.rule.open and not drawn.rule.cases and not drawn.rule.case}
    for run in reversed(subject.runs):
        if not missing:
            return
        alone = None if run.form is None or run.form.rows else [by_facts.get(key) for key, _, _ in missing]
        if alone is None or None in alone:
            missing.difference_update(_measured(run))
            continue
        for rule in {rule.key: rule for rule in alone if rule is not None}.values():
            found = run.measure(rule)
            if found is not None:
                missing.discard((rule.key, "number", found))
    # What no measure comes near needs no example; steps down to 0 go on below a share of 0.
    reach = Reach(subject, "amounts") if missing else None
    for drawn, end, span in ends:
        if (drawn.rule.key, drawn.takes, end) in missing and reach is not None and reach.holds(drawn, end):
            at = shown(drawn, end)
            says = Phrase(f"{drawn.rule.label.zh}：没有示例正好在 {at} 上", f"{drawn.rule.label.en}: no example is exactly at {at}")
            yield Found(span or drawn.use.span, says, _HINT)


def _of_grades(subject: Subject) -> Iterator[Found]:
    """A rule set without examples is told of its curves, and need not be told of its grades."""
    missing = dict(_lines(subject)) if subject.runs and subject.rules.grades else {}
    for run in reversed(subject.runs):
        if not missing:
            return
        # Only an example that says that it stands there, or its grade alone, is worth scoring; what it says may be wrong.
        said = read_number(run.expects["total"]) if "total" in run.expects else None
        if (said in missing or ("grade" in run.expects and "total" not in run.expects)) and run.evaluation is not None:
            missing.pop(run.evaluation.score, None)
    for end, grade in missing.items():
        at = format_number(end or Fraction(0))
        says = Phrase(f"{grade.label.zh}：没有示例的总得分正好是 {at}", f"{grade.label.en}: no example has a total of exactly {at}")
        yield Found(grade.span, says, _HINT)


def _lines(subject: Subject) -> Iterator[tuple[Fraction | None, Grade]]:
    """The total at which each grade begins, if some totals lie below and one can be just that."""
    found, sources = totals(subject), tried_here(subject)
    if found is None:
        return
    for grade in subject.rules.grades:
        end = grade.range.low if grade.range is not None else None
        # Nothing but the lowest grade begins where the totals begin.
        if end is not None and grade.span.source in sources and found.low < end <= found.high and (end * 10**found.places).denominator == 1:
            yield end, grade


def _of_comparisons(subject: Subject) -> Iterator[Found]:
    missing = [(one, two) for one in asked(subject) for two in sides(one.formula)]
    for run in reversed(subject.runs):
        if not missing:
            return
        missing = [(one, two) for one, two in missing if not any(map(two.equal, one.readings(run)))]
    domains = Domains(subject.rules, scores(subject)) if missing else None
    for one, two in missing:
        if domains is not None and two.can_be_equal(domains):
            span, text = two.place
            says = Phrase(f"{one.decides.zh}：没有示例使 {text} 两边相等", f"{one.decides.en}: in no example are both sides of {text} equal")
            yield Found(span, says, _HINT)


def _written(drawn: Drawn) -> bool:
    """Whether the ends are the rule file's own: those that a method brings of itself are ours to test."""
    return drawn.takes in ("number", "days") and (not drawn.rule.open or bool([*drawn.use.parameters]))


def _ends(drawn: Drawn) -> Iterator[tuple[Fraction, Span | None]]:
    """The numbers between two pieces; of a thousand steps the first ones and the last."""
    named = zip(names_of_pieces(drawn.use, drawn.curve), drawn.curve.pieces, strict=True)
    for (one, _), (other, piece) in pairwise(named):
        if one != other and piece.on.low is not None:
            yield piece.on.low, piece.span


def _measured(run: Run) -> Iterator[_Measured]:
    """What an example measures of every indicator."""
    for leaf in run.submission.leaves if run.submission is not None else ():
        found = leaf.measure
        if not isinstance(found, Absence) and type(found) in _TAKES and isinstance(found.value, Fraction):
            yield leaf.rule.key, _TAKES[type(found)], found.value
