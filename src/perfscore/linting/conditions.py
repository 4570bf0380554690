"""Every condition of a rule set with what it decides, and the conditions under which each rule scores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perfscore.linting.domains import Held
from perfscore.linting.subject import Subject
from perfscore.model.formula import Formula
from perfscore.model.rules import Indicator
from perfscore.text.phrase import Phrase


class Condition(NamedTuple):
    """A condition, what it decides, and those asked before it, the first of which that holds counts."""

    when: Formula
    decides: Phrase
    earlier: tuple[Formula, ...] = ()


def conditions(subject: Subject) -> Iterator[Condition]:
    """The conditions of variants, of indicators and their cases, and of gates: each once."""
    seen: set[object] = set()
    for one in _conditions(subject):
        place = one.when.span, one.when.text
        if place not in seen:
            seen.add(place)
            yield one


def held(subject: Subject) -> dict[int, tuple[Held, ...]]:
    """What holds where a rule scores, by the identity of the indicator or its case: its case, none before it, and that it applies."""
    found: dict[int, tuple[Held, ...]] = {}
    for node in subject.nodes:
        before: tuple[Held, ...] = ()
        for case in node.cases:
            found[id(case.rule)] = (*before, (case.when, True), *_applies(case.rule))
            before = (*before, (case.when, False))
        found[id(node)] = (*before, *_applies(node))
    return found


def rules(subject: Subject) -> Iterator[Indicator]:
    """Every indicator and every case of one, each once."""
    for node in subject.nodes:
        yield node
        yield from (case.rule for case in node.cases)


def _applies(rule: Indicator) -> tuple[Held, ...]:
    return () if rule.applicable is None else ((rule.applicable, True),)


def _conditions(subject: Subject) -> Iterator[Condition]:
    earlier: tuple[Formula, ...] = ()
    for variant in subject.rules.variants:
        if variant.when is not None:
            yield Condition(variant.when, Phrase(f"情形 {variant.label.zh}", f"variant {variant.label.en}"), earlier)
            earlier = (*earlier, variant.when)
    for node in subject.nodes:
        before: tuple[Formula, ...] = ()
        for case in node.cases:
            yield Condition(case.when, Phrase(f"{node.label.zh}的情形", f"variant of {node.label.en}"), before)
            before = (*before, case.when)
        for rule in (node, *(case.rule for case in node.cases)):
            if rule.applicable is not None:
                yield Condition(rule.applicable, Phrase(f"{node.label.zh}的适用条件", f"condition of {node.label.en}"))
    for gate in subject.rules.gates:
        yield Condition(gate.when, Phrase(f"关口 {gate.label.zh}", f"gate {gate.label.en}"))
