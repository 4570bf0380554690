"""`perfscore evaluate`: forms to results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perfscore import api
from perfscore.cli import DONE, REJECTED, output
from perfscore.cli.inputs import forms
from perfscore.model.form import Form
from perfscore.model.plan import Plan
from perfscore.text.diagnostic import Rejected


def run(chosen: Any) -> int:
    """Score every form; a form that cannot be read is listed and does not stop the others."""
    rules = None if chosen.rules is None else api.plan(api.load_rules(chosen.rules))
    status = DONE
    found: list[api.Result | Rejected] = []
    for result in _results(chosen, rules):
        found.append(result)
        if isinstance(result, Rejected):
            status = REJECTED
    text = _json(found, chosen) if chosen.format == "json" else "\n".join(_text(result, chosen) for result in found if isinstance(result, api.Result))
    if text:
        output.deliver(text, chosen)
    for result in found:
        output.complain(result.diagnostics if isinstance(result, Rejected) else result.warnings, chosen)
    return status


def _results(chosen: Any, rules: Plan | None) -> Iterator[api.Result | Rejected]:
    for form in forms(chosen.forms):
        try:
            yield form if isinstance(form, Rejected) else _one(form, rules)
        except Rejected as rejected:
            yield rejected


def _one(form: Form, rules: Plan | None) -> api.Result:
    return next(iter(api.evaluate_many([form], rules)))


def _text(result: api.Result, chosen: Any) -> str:
    import sys

    from perfscore.report.evaluation import outline
    from perfscore.views import render

    colour = "always" if output.colour(chosen, sys.stdout) == "always" else "never"
    return render(outline(result.evaluation, chosen.lang, explain=chosen.explain), chosen.format, width=output.width(), colour=colour)


def _json(found: list[api.Result | Rejected], chosen: Any) -> str:
    from perfscore.report.evaluation import warning
    from perfscore.views.json import dumps

    documents = [
        {"format": 1, "problems": [warning(problem, chosen.lang) for problem in result.diagnostics]} if isinstance(result, Rejected) else result.document(chosen.lang) for result in found
    ]
    if len(documents) == 1:
        return dumps(documents[0], indent=2)
    return "\n".join(map(dumps, documents))
