"""Every condition of a rule set, and every measure that has one in it, with how an example asks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from perfscore.linting.conditions import conditions, rules
from perfscore.linting.runs import Reading, Run
from perfscore.linting.subject import Subject
from perfscore.model.formula import Formula
from perfscore.model.rules import DIRECTIONS, Gate, Indicator
from perfscore.scoring.formula import decide
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source

#: A file with this line has no examples of its own.
_TEMPLATE = re.compile(r"^(template|模板)\s*[:：]\s*(true|是)", re.MULTILINE)


class Asked(NamedTuple):
    """A formula with a condition in it, what that decides, and the gate or the case whose condition it is; a measure is no condition as a whole."""

    formula: Formula
    decides: Phrase
    gate: Gate | None = None
    case: Indicator | None = None

    def readings(self, run: Run) -> Iterator[Reading]:
        """What its names are in an example, each time that it is asked."""
        if self.gate is not None:
            return run.on_gate(self.gate)
        return run.on_facts() if self.formula.kind == "truth" else run.on_measures(self.formula)

    def answers(self, run: Run) -> Iterator[bool]:
        """Whether the condition holds, each time that an example asks it and can tell."""
        if self.case is not None and any(read.name in DIRECTIONS for read in self.formula.reads):
            yield from _chosen(self.case, run)
            return
        for reading in self.readings(run):
            found = decide(self.formula, reading)
            if found is not None:
                yield found


def asked(subject: Subject) -> list[Asked]:
    """Those that stand in the rule file itself, or in a base that is a template: what another base says is for its own examples to try."""
    return subject.once(_asked)


def _asked(subject: Subject) -> list[Asked]:
    gates = {id(gate.when): gate for gate in subject.rules.gates}
    cases = {id(case.when): case.rule for node in subject.nodes for case in node.cases}
    found = [Asked(one.when, one.decides, gates.get(id(one.when)), cases.get(id(one.when))) for one in conditions(subject)]
    seen: set[object] = set()
    for rule in rules(subject):
        measure = rule.measure
        if measure is not None and measure.span not in seen and not measure.plain and any(map(_chooses, ast.walk(measure.tree))):  # type: ignore[arg-type]
            seen.add(measure.span)
            found.append(Asked(measure, Phrase(f"{rule.label.zh}的测算", f"measure of {rule.label.en}")))
    sources = tried_here(subject)
    return [one for one in found if one.formula.span.source in sources]


def tried_here(subject: Subject) -> tuple[Source, ...]:
    """The rule file, and those of its bases that are templates."""
    *bases, own = subject.rules.sources
    return (own, *(source for source in bases if _TEMPLATE.search(source.text)))


def _chooses(node: ast.AST) -> bool:
    return isinstance(node, ast.IfExp)


def _chosen(case: Indicator, run: Run) -> Iterator[bool]:
    """Whether rows are scored by a case: of those before it none holds, of those behind it nobody knows."""
    for leaf in run.submission.leaves if run.submission is not None else ():
        if leaf.rule.id == case.id and (not leaf.rule.case or leaf.rule.case >= case.case):
            yield leaf.rule.case == case.case
