"""The facts of a rule file to what formulas may read: declared, chosen from words, made of parts, or computed from others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from perfscore.model.formula import Formula, Kind
from perfscore.model.rules import Declared, FactKind, RuleSet
from perfscore.scoring.formula import read_formula
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.fields import Fields, Value
from perfscore.text.phrase import Phrase, same
from perfscore.text.shape import wrong

Report = Callable[[Diagnostic], None]

#: A fact is computed when it is asked for, with those that it reads: a ladder of hundreds would be Python's to break off.
MAX_STEPS = 40


def declared(fields: Fields, report: Report) -> tuple[Declared, ...]:
    """The facts as declared, their formulas still to be read."""
    return tuple(_declared(key, value.value, report) for key, value in fields["facts"] or ())


def _declared(key: Value, given: Fields | str, report: Report) -> Declared:
    if isinstance(given, str):
        return Declared(key.value, same(given), "", "number", key.span)
    kind: FactKind = given["kind"] or ("list" if given["parts"] else "number")
    for name, fits in (("choices", "number"), ("parts", "list"), ("formula", "number")):
        if name in given and kind != fits:
            says = Phrase(f"{key.value} 不能既有类型又有{_WORDS[name]}", f"{key.value} cannot have both this kind and {name}")
            wrong(report, "fact-kind", says, given.at("kind"))
    if "formula" in given and ("choices" in given or "default" in given):
        says = Phrase(f"{key.value} 由公式算出，不能再有选项或缺省", f"{key.value} is computed: it has no choices and no default")
        wrong(report, "fact-kind", says, given.at("formula"))
    return Declared(
        key.value,
        given["label"] or same(key.value),
        given["unit"] or "",
        kind,
        key.span,
        tuple(_choices(given["choices"] or ())),
        tuple(part.value for part in given["parts"] or ()),
        given.given("default"),
        None,
        given["combine"],
    )


_WORDS = {"choices": "选项", "parts": "各项", "formula": "公式"}


def _choices(given: tuple[Any, ...]) -> Iterator[tuple[str, Fraction]]:
    for place, one in enumerate(given, 1):
        if isinstance(one, Value):
            yield one.value, Fraction(place)
        else:
            key, number = one
            yield key.value, number.value


def names_of(facts: tuple[Declared, ...]) -> dict[str, Kind]:
    """What formulas may read of the facts: their names, `名.词` for every choice and `名.项` for every part."""
    names: dict[str, Kind] = {}
    for fact in facts:
        if fact.kind != "items" and fact.kind != "words":  # noqa: PLR1714 — one comparison each narrows the type
            names[fact.name] = fact.kind
        names.update(dict.fromkeys((f"{fact.name}.{word}" for word, _ in fact.choices), "truth"))
        names.update(dict.fromkeys((f"{fact.name}.{part}" for part in fact.parts), "number"))
    return names


def computed(facts: tuple[Declared, ...], fields: Fields, names: dict[str, Kind], report: Report) -> tuple[Declared, ...]:
    """The facts with their formulas; one that needs itself, however far round, is reported."""
    given = {key.value: value.value.given("formula") for key, value in fields["facts"] or () if isinstance(value.value, Fields)}
    formulas: dict[str, Formula] = {}
    for name, value in given.items():
        found = None if value is None else read_formula(value.value, value.span, names, "number", report)
        if found is not None:
            formulas[name] = found
    if _steps(formulas) > MAX_STEPS:
        says = Phrase(f"数据一个由一个算出，超过 {MAX_STEPS} 步", f"facts are computed from facts in more than {MAX_STEPS} steps")
        wrong(report, "too-many-steps", says, next(iter(formulas.values())).span)
        return facts
    told: set[str] = set()
    for name, formula in formulas.items():
        ring = () if name in told else _ring(name, formulas)
        if ring:
            told.update(ring)
            shown = " → ".join(ring)
            wrong(
                report, "fact-cycle", Phrase(f"数据互相算出，成了环：{shown}", f"facts are computed from each other in a ring: {shown}"), formula.span
            )
    return tuple(fact._replace(formula=formulas.get(fact.name)) for fact in facts)


def _steps(formulas: dict[str, Formula]) -> int:
    """How many steps the longest way of facts computed from facts has; a ring counts as far as it is followed."""
    level, steps = set(formulas), 0
    while level and steps <= MAX_STEPS:
        # What some fact of this level reads stands one step below it.
        level = {read.name for name in level for read in formulas[name].reads if read.name in formulas}
        steps += 1
        if steps > len(formulas):
            return 0
    return steps


def _ring(start: str, formulas: dict[str, Formula]) -> tuple[str, ...]:
    """The way from a fact back to itself; empty if there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for read in formulas[way[-1]].reads:
            if read.name == start:
                return (*way, start)
            if read.name in formulas and read.name not in seen:
                seen.add(read.name)
                ways.append((*way, read.name))
    return ()


def asked(rules: RuleSet) -> tuple[Declared, ...]:
    """The facts of a rule set without those of its bases that nothing of it reads: an heir that takes an indicator out does not ask for its facts."""
    own = rules.sources[-1]
    declared = {fact.name: fact for fact in rules.facts}
    ways = [name for name, fact in declared.items() if fact.span.source == own] + list(_reads(rules))
    known: set[str] = set()
    while ways:
        name = ways.pop()
        # `地区.东部` is read of 地区.
        fact = declared.get(name) or declared.get(name.rpartition(".")[0])
        if fact is not None and fact.name not in known:
            known.add(fact.name)
            ways += [read.name for read in fact.formula.reads] if fact.formula is not None else []
    return tuple(fact for fact in rules.facts if fact.name in known)


def _reads(rules: RuleSet) -> Iterator[str]:
    formulas: list[Formula | None] = [one.of for one in rules.cohort]
    for gate in rules.gates:
        formulas += [gate.when, gate.parameter if isinstance(gate.parameter, Formula) else None]
    for variant in rules.variants:
        formulas.append(variant.when)
        for node in (node for top in variant.indicators for node in top.walk()):
            formulas += [case.when for case in node.cases]
            for rule in (node, *(case.rule for case in node.cases)):
                formulas += [rule.measure, rule.applicable]
                yield rule.fact
    yield from (read.name for formula in formulas if formula is not None for read in formula.reads)
