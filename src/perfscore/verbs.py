"""The passes put in order: a form and its rules to an evaluation, for the library and for the command."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from perfscore.forms.bind import bind
from perfscore.model.form import Form
from perfscore.model.plan import Plan
from perfscore.model.rules import RuleSet
from perfscore.ruleset.build import build
from perfscore.ruleset.load import open_reference, without_version
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase


def rules_of(form: Form, day: int | None = None) -> RuleSet:
    """
    The rule set that a form names; raises Rejected if it names none, or one that cannot be used.

    One that is named without its version is that in force on the `day`, by default the last of the form's year.
    """
    if form.rules is None or not form.rules.text.strip():
        says = Phrase("表里没有写明规则", "the form names no rule set")
        hint = Phrase("写上 rules（规则），或用 --rules 指定", "write rules, or name them with --rules")
        raise Rejected([Diagnostic("no-rules", says, form.span, hint)])
    text = form.rules.text.strip()
    if day is None and form.year is not None and without_version(text):
        from perfscore.text.dates import day_number

        day = day_number(form.year, 12, 31)
    source, below = open_reference(text, _folder(form), form.rules.span, day)
    return build(source, below)


def _folder(form: Form) -> str:
    return os.path.dirname(form.source.name)


def evaluations(forms: Iterable[Form | Rejected], chosen: Plan | None = None, day: int | None = None) -> Iterator[Evaluation | Rejected]:
    """
    Score forms in order and in constant memory; rules that several forms name are read once. What is rejected stays in its place.

    The `day` is that of `rules_of`.
    """
    named: dict[tuple[str, str, int | None], Plan | Rejected] = {}
    for form in forms:
        if isinstance(form, Rejected):
            yield form
            continue
        found = _plan_of(form, named, day) if chosen is None else chosen
        yield found if isinstance(found, Rejected) else _scored(form, found)


def _scored(form: Form, made: Plan) -> Evaluation | Rejected:
    try:
        return evaluate(bind(form, made))
    except Rejected as rejected:
        # A template scores nobody; forms with other rules are scored all the same.
        return rejected


def evaluate_cohort(forms: Iterable[Form | Rejected], chosen: Plan | None = None, day: int | None = None) -> list[Evaluation | Rejected]:
    """
    Score the forms of a cohort in two rounds: all are measured, then each is scored with what all of them tell, and grades are held to their quotas.

    A list and no stream, because no form has its numbers before the last one was measured. What is rejected stays in its place and takes no part.
    Raises Rejected if the forms name different rules.
    """
    from perfscore.forms.cohort import submissions
    from perfscore.scoring.quotas import settle

    given, shared = _shared(forms, chosen, day)
    taking_part = [form for form in given if isinstance(form, Form)]
    scored = iter(settle([evaluate(submission) for submission in submissions(taking_part, shared)]) if shared is not None else ())
    return [form if isinstance(form, Rejected) else next(scored) for form in given]


def combine(forms: Iterable[Form], chosen: Plan | None = None, day: int | None = None) -> tuple[Form, Plan]:
    """One form out of those of several units, and the plan that scores it; raises Rejected for rules, or if there are no forms."""
    from perfscore.forms.combine import combine as combined

    given, shared = _shared(forms, chosen, day)
    rejected = [problem for form in given if isinstance(form, Rejected) for problem in form.diagnostics]
    if rejected or shared is None:
        says = Phrase("没有要合并的填报表", "there is no form to combine")
        raise Rejected(rejected or [Diagnostic("no-forms", says)])
    return combined([form for form in given if isinstance(form, Form)], shared.rules), shared


def _shared(forms: Iterable[Form | Rejected], chosen: Plan | None, day: int | None) -> tuple[list[Form | Rejected], Plan | None]:
    """The forms, rejected where their rules cannot be used, and the plan of the rule set that all of them are scored by; raises Rejected if they differ."""
    named: dict[tuple[str, str, int | None], Plan | Rejected] = {}
    given: list[Form | Rejected] = []
    first: tuple[Form, Plan] | None = None
    for form in forms:
        found = form if isinstance(form, Rejected) else chosen or _plan_of(form, named, day)
        given.append(found if isinstance(found, Rejected) else form)
        if isinstance(form, Rejected) or isinstance(found, Rejected):
            continue
        first = first or (form, found)
        if _text_of(found) != _text_of(first[1]):
            raise Rejected([_different(first, (form, found))])
    return given, None if first is None else first[1]


def _text_of(made: Plan) -> tuple[str, tuple[bytes, ...]]:
    # A copy of the rules in every unit's folder is one rule set.
    return made.rules.reference, tuple(source.content for source in made.rules.sources)


def _different(one: tuple[Form, Plan], other: tuple[Form, Plan]) -> Diagnostic:
    names = (one[1].rules.reference, other[1].rules.reference)
    spans = [form.span if form.rules is None else form.rules.span for form, _ in (one, other)]
    says = Phrase(f"各表要用同一套规则：{names[0]}、{names[1]}", f"the forms are to be scored by one rule set: {names[0]}, {names[1]}")
    if names[0] == names[1]:
        says = Phrase(f"各表的规则都叫 {names[0]}，内容不同", f"the rule sets of the forms are all called {names[0]} and differ")
    hint = Phrase("用 --rules 指定一套", "name one with --rules")
    return Diagnostic("different-rules", says, spans[1], hint, more=((Phrase("前一张表", "the form before"), spans[0]),))


def _plan_of(form: Form, named: dict[tuple[str, str, int | None], Plan | Rejected], day: int | None) -> Plan | Rejected:
    text = form.rules.text.strip() if form.rules is not None else ""
    key = (_folder(form), text, form.year if without_version(text) else None)
    if key not in named:
        try:
            named[key] = plan(rules_of(form, day))
        except Rejected as rejected:
            if form.rules is None:
                # Every such form is told of its own place.
                return rejected
            named[key] = rejected
    return named[key]
