"""`perfscore lint`: rule sets to what is wrong with them, before they score anybody."""

from __future__ import annotations

import sys
from typing import Any

from perfscore.checking.settings import Settings
from perfscore.cli import DONE, FOUND, REJECTED, output
from perfscore.cli.inputs import notes
from perfscore.model.review import Review
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase

_TITLE = Phrase("规则检查", "Lint")
_WORST = ("error", "warning", "advice")


def run(chosen: Any) -> int:
    """Review every rule set; one that cannot be opened is said and does not stop the others."""
    from perfscore.cli.settings import read_settings
    from perfscore.linting.checks import CATALOGUE

    settings, fail_on, source = read_settings(chosen, CATALOGUE)
    read = set() if source is None else {source.name}
    if chosen.diff or chosen.fix:
        if chosen.format != "terminal":
            says = Phrase("--diff、--fix 的输出是改动，不能另选 --format", "--diff and --fix print what changes, and do not go with --format")
            raise Rejected([Diagnostic("bad-arguments", says)])
        from perfscore.cli.mend import mend

        changed = mend(chosen, settings)
        if chosen.diff:
            return FOUND if changed else DONE
    return _review(chosen, settings, _WORST[: _WORST.index(fail_on) + 1], read)


def _review(chosen: Any, settings: Settings, worst: tuple[str, ...], read: set[str]) -> int:
    from perfscore.linting.run import lint, unusable
    from perfscore.trials.files import suites

    problems: list[Diagnostic] = []
    found: list[Review] = []
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
    return FOUND if any(one.severity in worst for review in found for one in review.findings) else DONE


def _text(found: tuple[Review, ...], chosen: Any) -> str:
    if chosen.format in ("json", "sarif"):
        from perfscore.views.json import dumps

        return dumps(_tree(found, chosen), indent=2)
    if chosen.format == "github":
        from perfscore.report.annotations import commands

        return commands(found, output.where, chosen.lang)
    from perfscore.report.findings import digest, outline
    from perfscore.views import render

    if chosen.format == "markdown":
        made = digest(_TITLE, found, output.where, chosen.lang)
    else:
        from perfscore.cli.pages import says

        every = [one for review in found for one in review.findings]
        made = outline(_TITLE, found, {one.code: said for one in every if (said := says(one.code)) is not None}, chosen.lang)
    return render(made, chosen.format, width=output.width(), colour=output.colour(chosen, sys.stdout))


def _tree(found: tuple[Review, ...], chosen: Any) -> object:
    if chosen.format == "json":
        from perfscore.report.findings import document

        return document(found, chosen.lang)
    from perfscore.cli.pages import told
    from perfscore.report.sarif import document as sarif

    return sarif(found, told(found), output.where, chosen.lang)
