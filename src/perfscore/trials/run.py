"""Examples and their rule set to what became of them: each is scored as a form, and what it expects is held against the result."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from perfscore.forms.bind import bind
from perfscore.forms.read import form_of
from perfscore.model.form import BUDGET_NAMES, Form
from perfscore.model.outcome import Outcome
from perfscore.model.plan import Plan
from perfscore.model.rules import Example, RuleSet
from perfscore.model.trial import Coverage, Failure, Trial, Verdict
from perfscore.ruleset.after import STATES, bounds_named, gates_named
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.fields import Value
from perfscore.text.nearest import nearest
from perfscore.text.nodes import Entry, Mapping, Node, Scalar
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import format_number, read_number
from perfscore.trials.reach import cover

_STATES = {
    "missing": Phrase("缺", "missing"),
    "not-applicable": Phrase("不适用", "not applicable"),
}


class Found(NamedTuple):
    """What the result says where an example expects something: a score, a state, a grade's label or an id, and as a person reads it."""

    value: Fraction | str | Phrase | tuple[str, ...]
    says: Phrase
    outcome: Outcome | None = None


def form_given(example: Example) -> Form | Rejected:
    """The form that an example gives; every cell of it has its place in the file of the example."""
    given = example.given.entries if isinstance(example.given, Mapping) else ()
    budget = tuple(entry for entry in given if entry.key.text in BUDGET_NAMES)
    facts = tuple(entry for entry in given if entry.key.text not in BUDGET_NAMES)
    span = example.span if example.given is None else example.given.span
    parts: list[tuple[str, Node | None]] = [
        ("budget", Mapping(span, budget) if budget else None),
        ("facts", Mapping(span, facts) if facts else None),
        ("indicators", example.rows),
        ("year", example.year),
    ]
    entries = tuple(Entry(Scalar(node.span, name), node) for name, node in parts if node is not None)
    return form_of(Mapping(example.span, entries), example.span.source)


def verdict(rules: RuleSet, examples: tuple[Example, ...]) -> Verdict:
    """Every example as it ran, and what of the rules they reached."""
    made = plan(rules)
    ran = [run(example, made) for example in examples]
    evaluations = [evaluation for _, evaluation in ran if evaluation is not None]
    # A template scores nobody, and has nothing to reach.
    return Verdict(rules, tuple(trial for trial, _ in ran), Coverage() if rules.template else cover(made, evaluations))


def run(example: Example, made: Plan) -> tuple[Trial, Evaluation | None]:
    """The example as it ran, and the evaluation that it was held against; None where there is no form or no score."""
    if made.rules.template:
        says = Phrase("模板没有分值，示例评不出分", "a template has no points, and gives an example no score")
        return Trial(example, (Failure(Diagnostic("template-example", says, example.span)),)), None
    form = form_given(example)
    if isinstance(form, Rejected):
        return Trial(example, tuple(map(Failure, form.diagnostics))), None
    evaluation = evaluate(bind(form, made))
    return Trial(example, tuple(_failures(example, evaluation))), evaluation


def _failures(example: Example, evaluation: Evaluation) -> Iterator[Failure]:
    outcomes = {outcome.id: outcome for outcome in _below(evaluation.root)}
    for name, wanted in example.expect:
        found = _found(name, evaluation, outcomes)
        if found is None:
            yield Failure(_unknown(name, evaluation, outcomes))
        elif not _agrees(wanted, found):
            should = _wanted(wanted)
            says = Phrase(f"{name.value} {should.zh}，得到的是 {found.says.zh}", f"{name.value} should be {should.en}, and is {found.says.en}")
            yield Failure(Diagnostic("example-fails", says, wanted.span), found.outcome)


def _below(outcome: Outcome) -> Iterator[Outcome]:
    for child in outcome.children:
        yield child
        yield from _below(child)


def _agrees(wanted: Value, found: Found) -> bool:
    """A number is the exact score, as rounded by the rule set; bounds are those of a missing score; a word is a state, a label or an id."""
    said: str = wanted.value
    if isinstance(found.value, Phrase):
        return said in found.value
    if isinstance(found.value, tuple):
        return set(gates_named(said)) == set(found.value)
    if isinstance(found.value, Fraction):
        return read_number(said) == found.value
    bounds = bounds_named(said)
    if bounds is not None:
        return found.value == "missing" and found.outcome is not None and found.outcome.bounds == bounds
    return STATES.get(said, said) == found.value


def _wanted(wanted: Value) -> Phrase:
    said: str = wanted.value
    # Of `should be [0,50], and is 35` nobody could tell what is wrong.
    if bounds_named(said) is not None:
        return Phrase(f"应是缺、在 {said} 之内", f"missing, within {said}")
    return Phrase(f"应得 {said}", said)


def _found(name: Value, evaluation: Evaluation, outcomes: dict[str, Outcome]) -> Found | None:
    match name.value:
        case "grade":
            grade = evaluation.grade
            return Found("missing", _STATES["missing"], evaluation.root) if grade is None else Found(grade.label, grade.label, evaluation.root)
        case "variant":
            variant = evaluation.submission.tree.variant
            return Found(variant.id, Phrase(f"{variant.id}（{variant.label.zh}）", f"{variant.id} ({variant.label.en})"))
        case "gates":
            # Those that took effect for certain, in the order of the rule file.
            held = tuple(dict.fromkeys(held.gate.id for held in evaluation.held if held.certain))
            return Found(held, Phrase("、".join(held) or "无", ", ".join(held) or "none"), evaluation.root)
        case "total":
            # What a gate withholds is not known, whatever the parts add up to; and a total of nothing is 0.
            root = evaluation.root._replace(score=evaluation.score, bounds=evaluation.bounds)
            return _score(root._replace(status="missing" if root.score is None else "scored"))
        case _:
            return _score(outcomes[name.value]) if name.value in outcomes else None


def _score(outcome: Outcome) -> Found:
    if outcome.status == "not-applicable":
        return Found("not-applicable", _STATES["not-applicable"], outcome)
    if outcome.score is not None:
        return Found(outcome.score, same(format_number(outcome.score)), outcome)
    low, high = map(format_number, outcome.bounds)
    return Found("missing", Phrase(f"缺（{low} 到 {high} 之间）", f"missing (between {low} and {high})"), outcome)


def _unknown(name: Value, evaluation: Evaluation, outcomes: dict[str, Outcome]) -> Diagnostic:
    near = nearest(name.value, outcomes)
    variant = evaluation.submission.tree.variant
    listed = Phrase("得分里有：" + "、".join(outcomes), "the result has: " + ", ".join(outcomes))
    hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else listed
    says = Phrase(
        f"“{variant.label.zh}”情形的得分里没有 {name.value}", f"the result (variant {variant.label.en}) has nothing with the id {name.value}"
    )
    return Diagnostic("unknown-id", says, name.span, hint)
