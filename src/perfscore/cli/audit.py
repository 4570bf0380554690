"""`perfscore audit`: forms to the printed numbers that cannot be right, and the cross-checks of the field."""

from __future__ import annotations

import sys
from typing import Any

from perfscore.auditing.run import Audit, audit
from perfscore.cli import DONE, FOUND, REJECTED, output
from perfscore.cli.inputs import forms, notes
from perfscore.text.diagnostic import Diagnostic, Rejected

_WORST = ("error", "warning", "advice")


def run(chosen: Any) -> int:
    """Audit every form; one that cannot be read is listed and does not stop the others."""
    from perfscore.auditing.checks import CATALOGUE
    from perfscore.cli.evaluate import day_of
    from perfscore.cli.settings import read_settings
    from perfscore.ruleset.build import load_rules
    from perfscore.ruleset.plan import plan
    from perfscore.verbs import evaluations

    settings, fail_on, source = read_settings(chosen, CATALOGUE)
    rules = None if chosen.rules is None else plan(load_rules(chosen.rules, chosen.as_of))
    read = set() if source is None else {source.name}
    said: list[Diagnostic] = []
    results: list[Audit | Rejected] = []
    for result in evaluations(forms(chosen.forms, said.append), rules, day_of(chosen)):
        if isinstance(result, Rejected):
            results.append(result)
            said += result.diagnostics
            continue
        results.append(audit(result, settings))
        said += notes(result.plan.rules.sources, read)
        read.add(result.submission.form.source.name)
    try:
        output.deliver(_text(results, chosen), chosen, read)
    finally:
        output.complain(said, chosen)
    if any(isinstance(result, Rejected) for result in results):
        return REJECTED
    worst = _WORST[: _WORST.index(fail_on) + 1]
    return FOUND if any(one.severity in worst for result in results if isinstance(result, Audit) for one in result.review.findings) else DONE


def _text(results: list[Audit | Rejected], chosen: Any) -> str:
    from perfscore.report.audit import document, outline

    if chosen.format == "json":
        from perfscore.report.evaluation import problems
        from perfscore.views.json import dumps

        documents = [problems(one, chosen.lang) if isinstance(one, Rejected) else document(_parts(one), chosen.lang) for one in results]
        return dumps(documents[0], indent=2) if len(documents) == 1 else "\n".join(map(dumps, documents))
    from perfscore.views import render

    made = outline([one if isinstance(one, Rejected) else _parts(one) for one in results], chosen.lang)
    return render(made, chosen.format, width=output.width(), colour=output.colour(chosen, sys.stdout))


def _parts(one: Audit) -> Any:
    return one.subject.evaluation, one.review, one.compared
