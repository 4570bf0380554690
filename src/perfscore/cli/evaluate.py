"""`perfscore evaluate`: forms to results."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from perfscore.cli import DONE, REJECTED, output
from perfscore.cli.inputs import forms, notes
from perfscore.model.form import Form
from perfscore.model.plan import Plan
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase
from perfscore.verbs import evaluations

Results = Iterable[Evaluation | Rejected]


def run(chosen: Any) -> int:
    """Score every form, all of them together, or one made of all; a form that cannot be read is listed and does not stop the others."""
    rules = None if chosen.rules is None else plan(load_rules(chosen.rules, chosen.as_of))
    found: list[Diagnostic] = []
    read: set[str] = set()
    results: list[Evaluation | Rejected] = []
    for result in _results(chosen, rules, found, read):
        results.append(result)
        if isinstance(result, Rejected):
            found += result.diagnostics
            continue
        found += result.warnings
        found += notes(result.plan.rules.sources, read)
        read.add(result.submission.form.source.name)
    text = (
        _json(results, chosen)
        if chosen.format == "json"
        else "\n".join(_text(result, chosen) for result in results if isinstance(result, Evaluation))
    )
    try:
        if text:
            output.deliver(text, chosen, read)
    finally:
        # What is wrong with the forms is said even where the result cannot be written.
        output.complain(found, chosen)
    return REJECTED if any(isinstance(result, Rejected) for result in results) else DONE


def _results(chosen: Any, rules: Plan | None, found: list[Diagnostic], read: set[str]) -> Results:
    given, day = forms(chosen.forms, found.append), day_of(chosen)
    if chosen.cohort:
        from perfscore.verbs import evaluate_cohort

        return evaluate_cohort(given, rules, day)
    return _combined(given, rules, day, found, read) if chosen.combine else evaluations(given, rules, day)


def _combined(given: Iterable[Form | Rejected], rules: Plan | None, day: int | None, found: list[Diagnostic], read: set[str]) -> Results:
    """The result of all forms as one; there is none while one of them cannot be read."""
    from perfscore.forms.bind import bind
    from perfscore.scoring.engine import evaluate
    from perfscore.verbs import combine

    parts = list(given)
    rejected = [part for part in parts if isinstance(part, Rejected)]
    if rejected:
        says = Phrase("有的表不能用，没有合并", "some forms cannot be used, and nothing is combined")
        found.append(Diagnostic("not-combined", says))
        return rejected
    whole = [part for part in parts if isinstance(part, Form)]
    read.update(part.source.name for part in whole)
    return [evaluate(bind(*combine(whole, rules, day)))]


def day_of(chosen: Any) -> int | None:
    """The day that rules without a version are asked for; raises Rejected for what is no day."""
    if chosen.as_of is None:
        return None
    from perfscore.ruleset.versions import read_day

    return read_day(chosen.as_of)


def _text(result: Evaluation, chosen: Any) -> str:
    from perfscore.report.evaluation import outline
    from perfscore.views import render

    colour = output.colour(chosen, sys.stdout)
    return render(outline(result, chosen.lang, explain=chosen.explain), chosen.format, width=output.width(), colour=colour)


def _json(results: list[Evaluation | Rejected], chosen: Any) -> str:
    from perfscore.report.evaluation import document, problems
    from perfscore.views.json import dumps

    documents = [problems(result, chosen.lang) if isinstance(result, Rejected) else document(result, chosen.lang) for result in results]
    if len(documents) == 1:
        return dumps(documents[0], indent=2)
    return "\n".join(map(dumps, documents))
