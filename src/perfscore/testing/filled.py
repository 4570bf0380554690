"""A drawn form to the same form with everything printed that perfscore computes: rates, scores, total, grade, and a reason in every row."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.model.measure import Absence
from perfscore.model.outcome import Outcome
from perfscore.model.plan import Plan
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.testing.exact import half_up
from perfscore.testing.forms import Draft, Money
from perfscore.text.printed import format_number
from perfscore.text.source import Source

_REASON = "设备到货晚，次年一季度补齐"


def filled(planned: Plan, draft: Draft) -> Draft:
    """The form as a unit prints it that computes like perfscore; a number without a finite decimal text is not printed."""
    noted = draft.with_rows([{"id": f"row.{number}", **row, "note": _REASON} for number, row in enumerate(draft.rows)])
    # A row for what the facts score is printed where it changes nothing.
    more, evaluation = noted.with_rows(_fixed(planned, noted)), scored(planned, noted.text())
    with_more = scored(planned, more.text())
    return _reported(more, with_more) if _says(with_more) == _says(evaluation) else _reported(noted, evaluation)


def scored(planned: Plan, text: str) -> Evaluation:
    """The evaluation of the one form of a text."""
    (form,) = forms_of(Source("form.yaml", text, text.encode()))
    if not isinstance(form, Form):
        raise TypeError(form)
    return evaluate(bind(form, planned))


def _says(evaluation: Evaluation) -> object:
    leaves = [(leaf.id, leaf.measure, leaf.rule) for leaf in evaluation.submission.leaves if not isinstance(leaf.measure, Absence)]
    return evaluation.score, evaluation.bounds, evaluation.grade, len(evaluation.submission.leaves), [(one, rule.case) for one, _, rule in leaves]


def _fixed(planned: Plan, draft: Draft) -> list[dict[str, Any]]:
    """The rows, and one for every leaf that the facts score and that has none."""
    leaves = (leaf for leaf in scored(planned, draft.text()).submission.leaves if leaf.row is None)
    more = [
        {"level1": "按数据", "level3": leaf.label.zh, "points": format_number(leaf.points), "note": _REASON}
        for leaf in leaves
        if leaf.points is not None and not leaf.rule.fact and "/" not in format_number(leaf.points)
    ]
    return [*draft.rows, *more]


def _reported(draft: Draft, evaluation: Evaluation) -> Draft:
    rows, tree = draft.rows, dict(draft.tree)
    spans = {row.span: number for number, row in enumerate(evaluation.submission.form.rows)}
    for outcome in _leaves(evaluation.root):
        leaf, own = outcome.leaf, outcome
        while own.by is not None and own.before is not None:
            own = own.before
        score = _printed(own.score)
        if leaf is not None and leaf.row is not None and score and outcome.status != "not-applicable":
            rows[spans[leaf.row.span]] |= {"reported": score}
    budget = dict(tree.get("budget", {}))
    adjusted, executed = budget.get("adjusted"), budget.get("executed")
    if isinstance(adjusted, Money) and isinstance(executed, Money) and adjusted.yuan:
        budget["rate"] = f"{format_number(half_up(executed.yuan / adjusted.yuan * 100, 2))}%"
    said = {"score": _printed(evaluation.score), "points": _printed(evaluation.root.points)}
    # A grade without a total says more than the form shows.
    if evaluation.grade is not None and said["score"]:
        said["grade"] = evaluation.grade.label.zh
    tree |= {"budget": budget, "reported": {name: text for name, text in said.items() if text}, "indicators": rows}
    return draft._replace(tree=tree)


def _leaves(outcome: Outcome) -> list[Outcome]:
    return [outcome] if outcome.leaf is not None else [leaf for child in outcome.children for leaf in _leaves(child)]


def _printed(number: Fraction | None) -> str:
    text = "" if number is None else format_number(number)
    return "" if "/" in text or len(text) > 30 else text
