"""`perfscore test`: rule files and their examples to what holds, and what no example reaches."""

from __future__ import annotations

import sys
from fractions import Fraction
from typing import Any

from perfscore.cli import DONE, FOUND, REJECTED, output
from perfscore.cli.inputs import notes
from perfscore.model.trial import Verdict
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase
from perfscore.text.printed import format_number, read_number


def run(chosen: Any) -> int:
    """Run the examples of every rule set; one that cannot be used is said and does not stop the others."""
    from perfscore.trials.files import suites
    from perfscore.trials.run import verdict

    least = _least(chosen.min_coverage)
    problems: list[Diagnostic] = []
    found: list[Verdict] = []
    read: set[str] = set()
    rejected = False
    for suite in suites(chosen.names, problems.append):
        if isinstance(suite, Rejected):
            rejected = True
            problems += suite.diagnostics
            continue
        problems += notes((*suite.rules.sources, *suite.beside), read)
        found.append(verdict(suite.rules, suite.examples))
    low = [_low(one, least) for one in found if one.coverage.share < least]
    try:
        if found:
            output.deliver(_text(tuple(found), chosen), chosen, read)
    finally:
        # A rule file and its test file find the same faults.
        output.complain({(p.code, str(p.span), p.says): p for p in (*problems, *low)}.values(), chosen)
    return REJECTED if rejected else FOUND if low or any(one.failed for one in found) else DONE


def _least(given: str) -> Fraction:
    number = read_number(given.strip().removesuffix("%"))
    if number is None or not 0 <= number <= 100:
        says = Phrase(f"--min-coverage 应是 0 到 100 的数，写的是 {given}", f"--min-coverage takes a number from 0 to 100, not {given}")
        raise Rejected([Diagnostic("bad-arguments", says)])
    return number / 100


def _low(one: Verdict, least: Fraction) -> Diagnostic:
    from perfscore.report.trials import percent

    name, wanted = one.rules.reference, format_number(least * 100)
    says = Phrase(
        f"{name} 的示例只覆盖 {percent(one.coverage)}%，要求 {wanted}%", f"the examples of {name} cover {percent(one.coverage)}%, not {wanted}%"
    )
    return Diagnostic("coverage-too-low", says)


def _text(found: tuple[Verdict, ...], chosen: Any) -> str:
    from perfscore.report.trials import document, outline

    if chosen.format == "json":
        from perfscore.views.json import dumps

        return dumps(document(found, chosen.lang), indent=2)
    from perfscore.views import render

    return render(outline(found, chosen.lang), chosen.format, width=output.width(), colour=output.colour(chosen, sys.stdout))
