"""The passes put in order: a form and its rules to an evaluation, for the library and for the command."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from perfscore.forms.bind import bind
from perfscore.model.form import Form
from perfscore.model.plan import Plan
from perfscore.model.rules import RuleSet
from perfscore.ruleset.build import build
from perfscore.ruleset.load import open_reference
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase


def rules_of(form: Form) -> RuleSet:
    """The rule set that a form names; raises Rejected if it names none, or one that cannot be used."""
    if form.rules is None or not form.rules.text.strip():
        says = Phrase("表里没有写明规则", "the form names no rule set")
        hint = Phrase("写上 rules（规则），或用 --rules 指定", "write rules, or name them with --rules")
        raise Rejected([Diagnostic("no-rules", says, form.span, hint)])
    source, below = open_reference(form.rules.text.strip(), _folder(form), form.rules.span)
    return build(source, below)


def _folder(form: Form) -> str:
    return os.path.dirname(form.source.name)


def evaluations(forms: Iterable[Form | Rejected], chosen: Plan | None = None) -> Iterator[Evaluation | Rejected]:
    """Score forms in order and in constant memory; rules that several forms name are read once. What is rejected stays in its place."""
    named: dict[tuple[str, str], Plan | Rejected] = {}
    for form in forms:
        if isinstance(form, Rejected):
            yield form
            continue
        found = _plan_of(form, named) if chosen is None else chosen
        yield found if isinstance(found, Rejected) else evaluate(bind(form, found))


def _plan_of(form: Form, named: dict[tuple[str, str], Plan | Rejected]) -> Plan | Rejected:
    key = (_folder(form), form.rules.text.strip() if form.rules is not None else "")
    if key not in named:
        try:
            named[key] = plan(rules_of(form))
        except Rejected as rejected:
            if form.rules is None:
                # Every such form is told of its own place.
                return rejected
            named[key] = rejected
    return named[key]
