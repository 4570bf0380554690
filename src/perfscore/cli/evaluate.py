"""`perfscore evaluate`: forms to results."""

from __future__ import annotations

import sys
from typing import Any

from perfscore.cli import DONE, REJECTED, output
from perfscore.cli.inputs import forms, notes
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.verbs import evaluations


def run(chosen: Any) -> int:
    """Score every form; a form that cannot be read is listed and does not stop the others."""
    rules = None if chosen.rules is None else plan(load_rules(chosen.rules))
    found: list[Diagnostic] = []
    read: set[str] = set()
    results: list[Evaluation | Rejected] = []
    for result in evaluations(forms(chosen.forms, found.append), rules):
        results.append(result)
        if isinstance(result, Rejected):
            found += result.diagnostics
            continue
        found += result.submission.diagnostics
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
