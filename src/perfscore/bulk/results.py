"""An evaluation, or why there is none, to rows of the tables of a run: results, errors, indicators and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from perfscore.bulk import sheets
from perfscore.bulk.forms import ColumnSource
from perfscore.bulk.sheets import Column, Sheet
from perfscore.model.form import Form
from perfscore.model.outcome import Outcome
from perfscore.report.evaluation import STATUS as LEAF_STATUS
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase
from perfscore.text.printed import bare, format_number

STATES: dict[str, Phrase] = {
    "scored": Phrase("已评分", "scored"),
    "incomplete": Phrase("资料不全", "incomplete"),
    "rejected": Phrase("未能读入", "rejected"),
}
SEVERITIES = {"error": Phrase("错误", "error"), "warning": Phrase("警告", "warning"), "advice": Phrase("建议", "advice")}
_COUNTS = tuple(
    Column(f"leaves_{status.replace('-', '_')}", Phrase(f"指标数：{says.zh}", f"leaves: {says.en}"), "whole") for status, says in LEAF_STATUS.items()
)

RESULTS = Sheet(
    "results",
    Phrase("评分结果，一张表一行", "the results, one row per form"),
    (
        sheets.FORM, sheets.KEY, sheets.FILE, sheets.ROW, sheets.UNIT, sheets.PROJECT, sheets.YEAR, sheets.RULES, Column("status", Phrase("状态", "status"), "state", STATES), sheets.SCORE, sheets.LOW,
        sheets.HIGH, sheets.POINTS, sheets.GRADE, *_COUNTS, Column("warnings", Phrase("提醒（条）", "warnings"), "whole"),
        Column("findings", Phrase("审核问题（条）", "findings"), "whole"),
    ),
)  # fmt: skip
ERRORS = Sheet(
    "errors",
    Phrase("未能读入的表和原因", "forms that could not be read, and why"),
    (
        sheets.FORM,
        sheets.KEY,
        sheets.FILE,
        sheets.LINE,
        sheets.COLUMN,
        sheets.CODE,
        sheets.SAYS,
        Column("hint", Phrase("怎样改", "hint"), "sentence"),
    ),
)
INDICATORS = Sheet(
    "indicators",
    Phrase("各指标得分，一个指标一行", "the score of every indicator, one row each"),
    (
        sheets.FORM, sheets.KEY, sheets.UNIT, sheets.PROJECT, Column("part", Phrase("一级指标", "part"), "label"), Column("id", Phrase("指标编号", "id")),
        Column("indicator", Phrase("指标", "indicator"), "label"), Column("target", Phrase("年度指标值", "target")),
        Column("actual", Phrase("实际完成值", "actual")), sheets.POINTS, sheets.SCORE, sheets.LOW, sheets.HIGH, sheets.LOST, Column("status", Phrase("评分", "by"), "state", dict(LEAF_STATUS)),
    ),
)  # fmt: skip
FINDINGS = Sheet(
    "findings",
    Phrase("审核发现的问题", "what the audit found"),
    (
        sheets.FORM, sheets.KEY, sheets.UNIT, sheets.PROJECT, sheets.FILE, sheets.LINE, sheets.COLUMN, sheets.CODE,
        Column("severity", Phrase("级别", "severity"), "state", SEVERITIES), sheets.SAYS, Column("hint", Phrase("怎样改", "hint"), "sentence"),
    ),
)  # fmt: skip


class Known(NamedTuple):
    """Who a form is: its number in the run, where it stands, and what it calls itself."""

    form: int
    #: The texts by which a table tells it apart.
    key: str
    file: str
    row: int | None = None
    unit: str = ""
    project: str = ""
    year: int | None = None

    @property
    def name(self) -> str:
        """What a person calls it."""
        return " · ".join(filter(None, (self.unit, self.project))) or (self.file if self.row is None else f"{self.file}:{self.row}")


#: The name of a file as a run shows it.
Shown = Callable[[str], str]


def known(form: Form, number: int, key: str, name: str) -> Known:
    """Who a form is."""
    return Known(number, key, name, form.span.line, _line(form.unit), _line(form.project), form.year)


def _line(text: str) -> str:
    return " ".join(text.split())


def exact(number: Fraction | None) -> str | None:
    """An exact number as a text: its digits, or p/q where no number of digits is enough."""
    return None if number is None else format_number(number)


def result(who: Known, evaluation: Evaluation, findings: int | None) -> list[sheets.Plain]:
    """The row of a form that was evaluated."""
    root = evaluation.root
    state = "scored" if root.score is not None else "incomplete"
    # Without points nothing bounds a score from above.
    low, high = root.bounds if root.points is not None else (None, None)
    grade = None if evaluation.grade is None else list(evaluation.grade.label)
    statuses: list[str] = [outcome.status for outcome in ends(root) if outcome.leaf is not None]
    counts = [statuses.count(status) for status in LEAF_STATUS]
    rules = evaluation.plan.rules.reference
    numbers = [exact(root.score), exact(low), exact(high), exact(root.points)]
    return [*who, rules, state, *numbers, grade, *counts, len(evaluation.warnings), findings]


def unread(who: Known) -> list[sheets.Plain]:
    """The row of a form that could not be evaluated."""
    return [*who, None, "rejected", None, None, None, None, None, *[None] * len(LEAF_STATUS), None, None]


def lost(root: Outcome) -> dict[str, tuple[str, str | None]]:
    """
    The points lost in each part of the top level, by its label: the label in English, and the points or None while they are not known.

    Those that a group or a gate took off are parts of their own: together they are points − score.
    """
    parts = (child for child in root.children if child.status != "not-applicable")
    found: dict[str, tuple[str, str | None]] = {}
    for part in parts:
        # Two parts may have one label; a reader sees one column.
        before = found.get(bare(part.label.zh))
        more = part.lost
        if before is not None:
            more = None if more is None or before[1] is None else more + Fraction(before[1])
        found[bare(part.label.zh)] = part.label.en, exact(more)
    return found


def with_lost(labels: dict[str, str]) -> Sheet:
    """The table of results with columns for the parts that its forms have, those of all rule sets together."""
    columns = [Column(f"lost.{zh}", Phrase(f"未得分：{zh}", f"lost: {en}"), "number") for zh, en in labels.items()]
    return RESULTS._replace(columns=(*RESULTS.columns, *columns))


def ends(outcome: Outcome) -> Iterator[Outcome]:
    """The leaves below an outcome, and the lines that a group or a gate adds."""
    if outcome.leaf is not None or not outcome.children:
        yield outcome
        return
    for child in outcome.children:
        yield from ends(child)


def _place(one: Diagnostic, who: Known, shown: Shown) -> list[sheets.Plain]:
    """The file, line and column of what is wrong; of what has no place, the form's."""
    if one.span is None:
        return [who.file, who.row, None]
    source = one.span.source
    if isinstance(source, ColumnSource):
        return [shown(source.file), one.span.line, source.column]
    return [shown(source.name), one.span.line, str(one.span.column)]


def errors(who: Known, rejected: Rejected, shown: Shown) -> Iterator[list[sheets.Plain]]:
    """A row for each thing that is wrong with a form that could not be read."""
    for problem in rejected.diagnostics:
        yield [
            who.form,
            who.key,
            *_place(problem, who, shown),
            problem.code,
            list(problem.says),
            None if problem.hint is None else list(problem.hint),
        ]


def indicators(who: Known, evaluation: Evaluation) -> Iterator[list[sheets.Plain]]:
    """A row for each leaf, and for each line that a group or a gate adds; the points lost in them add up to those of the form."""
    for part in evaluation.root.children:
        for outcome in ends(part):
            row = None if outcome.leaf is None else outcome.leaf.row
            cells = [None if cell is None else cell.text.strip() for cell in (row.target, row.actual)] if row is not None else [None, None]
            low, high = outcome.bounds if outcome.points is not None else (None, None)
            numbers = [exact(outcome.points), exact(outcome.score), exact(low), exact(high), exact(outcome.lost)]
            yield [who.form, who.key, who.unit, who.project, list(part.label), outcome.id, list(outcome.label), *cells, *numbers, outcome.status]


def findings(who: Known, found: tuple[Diagnostic, ...], shown: Shown) -> Iterator[list[sheets.Plain]]:
    """A row for each finding of an audit."""
    for one in found:
        place = _place(one, who, shown)
        hint = None if one.hint is None else list(one.hint)
        yield [who.form, who.key, who.unit, who.project, *place, one.code, one.severity, list(one.says), hint]
