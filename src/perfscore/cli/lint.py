"""`perfscore lint`: rule sets to what is wrong with them, before they score anybody."""

from __future__ import annotations

import sys
from typing import Any

from perfscore.cli import DONE, FOUND, REJECTED, output
from perfscore.cli.inputs import notes
from perfscore.model.review import Review
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase

_TITLE = Phrase("规则检查", "Lint")
_WORST = ("error", "warning", "advice")


def run(chosen: Any) -> int:
    """Review every rule set; one that cannot be opened is said and does not stop the others."""
    from perfscore.cli.settings import lint_settings
    from perfscore.lint.run import lint, unusable
    from perfscore.trials.files import suites

    settings, fail_on = lint_settings(chosen)
    problems: list[Diagnostic] = []
    found: list[Review] = []
    read: set[str] = set()
    for suite in suites(chosen.names, problems.append):
        if not isinstance(suite, Rejected):
            problems += notes((*suite.rules.sources, *suite.beside), read)
            found.append(lint(suite.rules, suite.examples, settings, suite.beside))
        elif any(one.span is None for one in suite.diagnostics):
            # Not what a file says is wrong, but there is no file to be read.
            problems += suite.diagnostics
        else:
            names = dict.fromkeys(one.span.source.name for one in suite.diagnostics if one.span is not None)
            read |= set(names)
            found.append(unusable(", ".join(names), suite))
    try:
        if found:
            output.deliver(_text(tuple(found), chosen), chosen, read)
    finally:
        output.complain(problems, chosen)
    if any(problem.severity == "error" for problem in problems):
        return REJECTED
    worst = _WORST[: _WORST.index(fail_on) + 1]
    return FOUND if any(one.severity in worst for review in found for one in review.findings) else DONE


def _text(found: tuple[Review, ...], chosen: Any) -> str:
    from perfscore.report.findings import document, outline

    if chosen.format == "json":
        from perfscore.views.json import dumps

        return dumps(document(found, chosen.lang), indent=2)
    from perfscore.lint.checks import find
    from perfscore.lint.codes import checks_among
    from perfscore.views import render

    says = {code: find(code).SAYS for code in checks_among(one.code for review in found for one in review.findings)}
    return render(outline(_TITLE, found, says, chosen.lang), chosen.format, width=output.width(), colour=output.colour(chosen, sys.stdout))
