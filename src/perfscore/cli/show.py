"""`perfscore show PASS FILE`: what each pass made of a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from perfscore.cli import DONE, REJECTED, output
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.source import Source
from perfscore.views.outline import Outline


def run(chosen: Any) -> int:
    """Show one pass; what is wrong with the file is said besides, and what could be made out of it is shown all the same."""
    problems: list[Diagnostic] = []
    outlines = list(_outlines(chosen, problems))
    text = "\n".join(_page(outline, chosen) for outline in outlines)
    try:
        if text:
            output.deliver(text, chosen, [chosen.file])
    finally:
        output.complain(problems, chosen)
    return REJECTED if any(problem.severity == "error" for problem in problems) else DONE


def _page(outline: Outline, chosen: Any) -> str:
    from perfscore.views import render

    return render(outline, chosen.format, width=output.width(), colour=output.colour(chosen, sys.stdout))


def _outlines(chosen: Any, problems: list[Diagnostic]) -> Iterator[Outline]:
    match chosen.step:
        case "tree":
            yield from _tree(chosen, problems)
        case "rules":
            from perfscore.report.resolved import merged
            from perfscore.ruleset.load import chain, open_named

            source, folder = open_named(chosen.file)
            opened = chain(source, folder, problems.append)
            if opened:
                yield merged(opened, chosen.lang)
        case "plan":
            from perfscore.report.resolved import planned
            from perfscore.ruleset.build import load_rules
            from perfscore.ruleset.plan import plan

            yield planned(plan(load_rules(chosen.file)), chosen.lang)
        case "form":
            yield from _form(chosen, problems)
        case _:
            yield from _scored(chosen, problems)


def _tree(chosen: Any, problems: list[Diagnostic]) -> Iterator[Outline]:
    from perfscore.report.passes import tree
    from perfscore.text import yaml

    source = _source(chosen.file)
    parsed = yaml.parse(source)
    problems += parsed.problems
    if parsed.documents:
        yield tree(source, parsed.documents, chosen.lang)


def _source(name: str) -> Source:
    """A shipped rule file by its reference, a file by its path, or standard input."""
    from perfscore.cli.inputs import standard_input
    from perfscore.ruleset.load import open_named

    return standard_input().source if name == "-" else open_named(name)[0]


def _form(chosen: Any, problems: list[Diagnostic]) -> Iterator[Outline]:
    from perfscore.cli.inputs import forms
    from perfscore.report.passes import form

    for found in forms([chosen.file], problems.append):
        if isinstance(found, Rejected):
            problems += found.diagnostics
        else:
            problems += found.diagnostics
            yield form(found, chosen.lang)


def _scored(chosen: Any, problems: list[Diagnostic]) -> Iterator[Outline]:
    from perfscore.cli.inputs import forms
    from perfscore.report.evaluation import outline
    from perfscore.report.passes import submission
    from perfscore.ruleset.build import load_rules
    from perfscore.ruleset.plan import plan
    from perfscore.verbs import evaluations

    rules = None if chosen.rules is None else plan(load_rules(chosen.rules))
    for found in evaluations(forms([chosen.file], problems.append), rules):
        if isinstance(found, Rejected):
            problems += found.diagnostics
        elif chosen.step == "submission":
            # Its warnings are part of the page.
            yield submission(found.submission, chosen.lang)
        else:
            problems += found.warnings
            yield outline(found, chosen.lang, explain=True)
