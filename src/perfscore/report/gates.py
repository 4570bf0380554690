"""Gates that took effect to what a person reads of them: what they did, their condition with the values put in, and what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from perfscore.model.outcome import Held, Outcome
from perfscore.model.rules import Gate, Grade
from perfscore.report.basis import basis_line, basis_named
from perfscore.report.figures import between
from perfscore.report.measured import Reason, grounds, spoken
from perfscore.scoring import gates
from perfscore.scoring.engine import Evaluation
from perfscore.scoring.formula import put_in
from perfscore.text.phrase import Lang, Phrase, same
from perfscore.views.outline import Block, Heading, Item, Tree

#: How the indicator of an id is called.
Called = Callable[[str], Phrase]


def does(gate: Gate, called: Called, ladder: tuple[Grade, ...], lost: tuple[Fraction, Fraction] | None = None) -> Phrase:
    """What a gate does, in the words of its room; `lost` are the points that it took off a form."""
    parameter: Any = gate.parameter
    room = gates.find(gate.effect)
    match room.TAKES:
        case "id":
            said = called(parameter) if gate.each is None else Phrase("该项指标", "the indicator")
        case "grade":
            said = ladder[parameter].label
        case "formula":
            said = same(parameter.text if lost is None else between(*lost))
        case _:
            said = same(str(parameter))
    return room.told(gate.label, said)


def told(held: Held, called: Called, ladder: tuple[Grade, ...] = ()) -> Phrase:
    """What a gate did to a form, in one sentence; of one that nobody can tell about also what is missing."""
    target = called(held.leaf) if held.leaf else None
    did = does(held.gate, (lambda _: target) if target is not None else called, ladder, held.lost)
    if target is not None:
        did = Phrase(f"{target.zh}：{did.zh}", f"{target.en}: {did.en}")
    if held.certain and not held.lacking:
        return did
    why = Phrase("；".join(one.zh for one in held.lacking), "; ".join(one.en for one in held.lacking))
    if held.certain:
        return Phrase(f"{did.zh}（还不能确定：{why.zh}）", f"{did.en} (not known yet: {why.en})")
    label = held.gate.label
    return Phrase(
        f"不能确定“{label.zh}”是否生效：{why.zh}。若生效，{did.zh}", f"whether {label.en} takes effect cannot be told: {why.en}. If so, {did.en}"
    )


def conditions(held: Held, lang: Lang) -> Iterator[Reason]:
    """The condition of a gate with the values put in, the formula of what it takes off, and what was computed for either; as far as it is known."""
    facts = {fact.name: (fact, called) for fact, called in held.facts}
    yield from grounds(tuple(fact for fact, _ in held.facts), lang)
    said = {name: spoken(fact, lang, called.text(lang)) for name, (fact, called) in facts.items()}
    when = put_in(held.gate.when, lambda name: said.get(name, name))
    yield Reason(f"条件：{when}" if lang == "zh" else f"condition: {when}", held.gate.when.span)
    lose = gates.find(held.gate.effect).act(held.gate.parameter).lose
    if lose is not None and lose.reads:
        amount = "?" if held.lost is None else between(*held.lost)
        text = f"{put_in(lose, lambda name: said.get(name, name))} = {amount}"
        yield Reason(f"扣减：{text}" if lang == "zh" else f"taken off: {text}", lose.span)


def reasons(held: Held, called: Phrase, lang: Lang) -> list[Reason]:
    """What a gate did to one line of a result, called by its label, and why."""
    found = [Reason(told(held._replace(leaf=""), lambda _: called).text(lang), held.gate.span), *conditions(held, lang)]
    basis = basis_line(held.gate.basis, lang)
    return [*found, Reason(basis)] if basis else found


def blocks(evaluation: Evaluation, lang: Lang) -> list[Block]:
    """The gates that took effect on a form, or may, and the quotas of its cohort."""
    if not evaluation.held and not evaluation.placed:
        return []
    called, ladder = labels(evaluation), evaluation.plan.rules.grades
    items = []
    for held in evaluation.held:
        below = [Item(reason.text, place(reason)) for reason in conditions(held, lang)]
        basis = basis_line(held.gate.basis, lang)
        below += [Item(basis, tone="weak")] if basis else []
        items.append(Item(told(held, called, ladder).text(lang), place(Reason("", held.gate.span)), tuple(below), "bad" if held.certain else ""))
    if evaluation.placed:
        from perfscore.scoring.quotas import told as of_quota

        items += [Item(of_quota(one).text(lang), tone="bad" if one.certain else "") for one in evaluation.placed]
    titles = [*([Phrase("关口", "Gates")] if evaluation.held else []), *([Phrase("名额", "Quotas")] if evaluation.placed else [])]
    title = Phrase("与".join(one.zh for one in titles), " and ".join(one.en for one in titles))
    return [Heading(2, title.text(lang)), Tree(tuple(items))]


def place(reason: Reason) -> str:
    """`file:line` for a person; the column says little beside an explanation."""
    return "" if reason.span is None else str(reason.span).rpartition(":")[0]


def labels(evaluation: Evaluation) -> Called:
    """What the lines of a result are called, by their ids."""
    known = {outcome.id: outcome.label for outcome in _walk(evaluation.root)}
    return lambda name: known.get(name) or same(name)


def _walk(outcome: Outcome) -> Iterator[Outcome]:
    yield outcome
    for child in outcome.children:
        yield from _walk(child)


def documents(evaluation: Evaluation, lang: Lang) -> list[dict[str, Any]]:
    """The gates for programs."""
    called, ladder = labels(evaluation), evaluation.plan.rules.grades
    return [
        {
            "id": held.gate.id,
            "label": held.gate.label.text(lang),
            "effect": held.gate.effect,
            "certain": held.certain,
            "indicator": held.leaf or None,
            "says": told(held, called, ladder).text(lang),
            "why": [reason.text for reason in conditions(held, lang)],
            "basis": basis_named(held.gate.basis, lang) or None,
        }
        for held in evaluation.held
    ]


def quota_documents(evaluation: Evaluation, lang: Lang) -> list[dict[str, Any]]:
    """The grades that the quotas of a cohort took, for programs."""
    from perfscore.scoring.quotas import told as of_quota

    return [
        {
            "grade": one.grade.label.zh,
            "most": one.most,
            "of": one.of,
            "claims": one.claims,
            "certain": one.certain,
            "says": of_quota(one).text(lang),
        }
        for one in evaluation.placed
    ]
