"""`perfscore audit`: forms to the printed numbers that cannot be right, and the cross-checks of the field."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from perfscore.auditing.run import Audit, audit
from perfscore.cli import DONE, FOUND, REJECTED, output
from perfscore.cli.inputs import forms, notes
from perfscore.model.review import Review
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase

_WORST = ("error", "warning", "advice")
#: From so many cells on, the fifteen columns of a working paper stand side by side.
_WIDE = 160


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
            read |= {one.span.source.name for one in result.diagnostics if one.span is not None}
            continue
        results.append(audit(result, settings))
        said += notes(result.plan.rules.sources, read)
        read.add(result.submission.form.source.name)
    try:
        # A program gets its document whatever happened; a person is told of a single form that cannot be read elsewhere.
        if len(results) > 1 or chosen.format in ("json", "sarif", "github") or any(isinstance(result, Audit) for result in results):
            output.deliver(_text(results, chosen), chosen, read)
    finally:
        output.complain(said, chosen)
    if any(isinstance(result, Rejected) for result in results):
        return REJECTED
    worst = _WORST[: _WORST.index(fail_on) + 1]
    return FOUND if any(one.severity in worst for result in results if isinstance(result, Audit) for one in result.review.findings) else DONE


def _text(results: list[Audit | Rejected], chosen: Any) -> str:
    if chosen.format in ("sarif", "github"):
        return _annotated(tuple(one.review if isinstance(one, Audit) else _unusable(one) for one in results), chosen)
    from perfscore.report.audit import document, outline

    found = [_reported(one) if isinstance(one, Audit) else one for one in results]
    if chosen.format == "json":
        from perfscore.report.evaluation import problems
        from perfscore.views.json import dumps

        documents = [problems(one, chosen.lang) if isinstance(one, Rejected) else document(one, chosen.lang) for one in found]
        return dumps(documents[0], indent=2) if len(documents) == 1 else "\n".join(map(dumps, documents))
    from perfscore.views import render

    width = output.width()
    made = outline(found, _told(results), chosen.lang, folded=chosen.format == "terminal" and width < _WIDE)
    return render(made, chosen.format, width=width, colour=output.colour(chosen, sys.stdout))


def _reported(one: Audit) -> Any:
    from perfscore.auditing.paper import paper
    from perfscore.auditing.unread import unread
    from perfscore.report.audit import Audited

    return Audited(one.subject.evaluation, one.review, one.compared, unread(one.subject), paper(one.subject))


def _told(results: list[Audit | Rejected]) -> Mapping[str, Phrase]:
    from perfscore.cli.pages import says

    codes = {one.code for result in results if isinstance(result, Audit) for one in result.review.findings}
    return {code: said for code in sorted(codes) if (said := says(code)) is not None}


def _unusable(one: Rejected) -> Review:
    return Review("", one.diagnostics, usable=False)


def _annotated(found: tuple[Review, ...], chosen: Any) -> str:
    if chosen.format == "github":
        from perfscore.report.annotations import commands

        return commands(found, output.where, chosen.lang)
    from perfscore.cli.pages import told
    from perfscore.report.sarif import document
    from perfscore.views.json import dumps

    return dumps(document(found, told(found), output.where, chosen.lang), indent=2)
