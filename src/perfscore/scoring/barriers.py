"""The gates of a submission put to its outcomes: what is vetoed, taken off, graded otherwise, withheld or pointed out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.form import Cell
from perfscore.model.formula import Formula
from perfscore.model.measure import Absence, Comparison, Fact
from perfscore.model.outcome import Held, Outcome
from perfscore.model.rules import Grade
from perfscore.model.submission import Barrier, Submission
from perfscore.scoring import gates
from perfscore.scoring.formula import OutOfDomain, ZeroDenominator, decide, evaluate
from perfscore.scoring.formula.evaluate import Known
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase, same

ZERO = Fraction(0)


class Changes(NamedTuple):
    """What gates do to the tree: ids that score 0 (whether for certain), points off leaves, and off the total."""

    vetoed: Mapping[str, Held] = {}
    lost: Mapping[str, tuple[Held, ...]] = {}
    off: tuple[Held, ...] = ()


class Settled(NamedTuple):
    """The outcome of a form after its gates, and the gates that took effect."""

    root: Outcome
    held: tuple[Held, ...]


def settle(submission: Submission, tree_of: Callable[[Changes], Outcome], less: Callable[[Outcome, Held], Outcome]) -> Settled:
    """
    Put the gates in the order written; each sees the scores that those before it left.

    `less` takes off the total what a gate takes, which leaves the tree below it as it is.
    """
    changes = Changes()
    held: list[Held] = []
    root = tree_of(changes)
    for barrier in submission.barriers:
        found = list(_put(barrier, root))
        held += found
        before, changes = changes, _changed(changes, found)
        if changes.vetoed is not before.vetoed or changes.lost is not before.lost:
            root = tree_of(changes)
            continue
        for one in changes.off[len(before.off) :]:
            root = less(root, one)
    return Settled(_withheld(root, held), tuple(held))


def _withheld(root: Outcome, held: list[Held]) -> Outcome:
    """The whole without a score where a gate withholds it, or may; the lines below it stay, and the bounds say what they add up to."""
    found = [one for one in held if gates.find(one.gate.effect).act(one.gate.parameter).withheld is not None]
    if not found:
        return root
    return root._replace(score=None, status="missing", by=next((one for one in found if one.certain), found[0]))


def warned(submission: Submission, held: tuple[Held, ...]) -> Iterator[Diagnostic]:
    """What the gates that took effect only point out, at the row or at the rule that it is about."""
    leaves = {leaf.id: leaf for leaf in submission.leaves}
    for one in held:
        gate = gates.find(one.gate.effect)
        says = gate.act(one.gate.parameter).warns
        if says is None or not one.certain:
            continue
        leaf = leaves.get(one.leaf)
        told = gate.told(one.gate.label, says)
        if leaf is None:
            yield Diagnostic("gate-warns", told, one.gate.span, severity="warning")
        else:
            told = Phrase(f"{leaf.label.zh}：{told.zh}", f"{leaf.label.en}: {told.en}")
            yield Diagnostic("gate-warns", told, leaf.row.span if leaf.row is not None else leaf.rule.span, severity="warning")


def grade_of(submission: Submission, settled: Settled) -> Grade | None:
    """The grade that every total within the bounds has after the gates; None if they do not agree, or if it is withheld."""
    found = places(submission, settled.root, settled.held)
    place = next(iter(found)) if len(found) == 1 else None
    return None if place is None else submission.plan.rules.grades[place]


def places(submission: Submission, root: Outcome, held: tuple[Held, ...]) -> set[int | None]:
    """Every place on the ladder of grades that a total within the bounds can have after the gates; None is no grade at all."""
    ladder = submission.plan.rules.grades
    whole = submission.tree.points
    low, high = root.bounds
    ranged = [(place, grade.range) for place, grade in enumerate(ladder) if grade.range is not None]
    last = max((place for place, _ in ranged), default=0)
    bounds = Interval(low, high, low_closed=True, high_closed=True)
    found: set[int | None] = {place for place, on in ranged if not on.meet(bounds).empty()}
    if any(not any(on.holds(end) for _, on in ranged) for end in (low, high)):
        # A total may lie outside all of them.
        found.add(None)
    if whole is not None and root.doubt:
        # Grades are laid down for the rule set's own points, and some of these may not apply.
        found.add(None)
    elif whole not in (None, root.points) or submission.unsized:
        found = {None}
    withheld: set[bool] = set()
    for one in held:
        act = gates.find(one.gate.effect).act(one.gate.parameter)
        if act.grade is not None:
            moved = {act.grade(place, last) for place in found}
            found = moved if one.certain else found | moved
        if act.withheld is not None:
            withheld.add(one.certain)
    # What is withheld stays so, whatever the gates behind say of the grade.
    return {None} if True in withheld else found | ({None} if withheld else set())


def _put(barrier: Barrier, root: Outcome) -> Iterator[Held]:
    gate = barrier.gate
    lose = gates.find(gate.effect).act(gate.parameter).lose
    for names in _names(barrier, root):
        target = names.target
        holds = names.value(gate.when)
        if holds == 0 or (holds is None and names.out_of_place and not names.lacking):
            continue
        if holds is not None:
            # What was not known did not matter.
            names.lacking.clear()
        lost = None
        if lose is not None:
            names.out_of_place = False
            amount = names.value(lose)
            if names.out_of_place:
                # A share of what this form does not have is nothing.
                continue
            whole = target or root
            most = max(whole.bounds[1], ZERO) if amount is None else max(amount, ZERO)
            lost = (ZERO if holds is None or amount is None else most, most)
        lacking = tuple(dict.fromkeys(names.lacking))
        yield Held(gate, holds is not None, "" if target is None else target.id, lost, tuple(names.facts.values()), lacking)


def _names(barrier: Barrier, root: Outcome) -> Iterator[_Names]:
    """What a gate reads at the form, or at every leaf that it is asked of."""
    each = barrier.gate.each
    outcomes = {outcome.id: outcome for outcome in _walk(root)}
    targets = [None] if each is None else [found for found in _walk(outcomes.get(each)) if found.leaf is not None]
    for target in targets:
        if target is None or target.status != "not-applicable":
            yield _Names(barrier, root, outcomes, target)


def asked_of(barrier: Barrier, root: Outcome) -> Iterator[Callable[[str], Known]]:
    """The names of a gate to their values, at the form or at every leaf, by what the gates before it left."""
    for names in _names(barrier, root):
        yield names.known


def _changed(changes: Changes, found: list[Held]) -> Changes:
    """The changes with what one gate adds to them: at one place, or leaf by leaf."""
    if not found:
        return changes
    act = gates.find(found[0].gate.effect).act(found[0].gate.parameter)
    if act.veto is not None:
        more = {one.leaf or act.veto: one for one in found}
        open_ = {at: one for at, one in more.items() if at not in changes.vetoed or not changes.vetoed[at].certain}
        return changes._replace(vetoed={**changes.vetoed, **open_}) if open_ else changes
    lost = {one.leaf: (*changes.lost.get(one.leaf, ()), one) for one in found if one.lost is not None and one.leaf}
    off = tuple(one for one in found if one.lost is not None and not one.leaf)
    return changes._replace(lost={**changes.lost, **lost} if lost else changes.lost, off=changes.off + off)


class _Names:
    """What the formulas of a gate read at one form, and at one leaf of it."""

    def __init__(self, barrier: Barrier, root: Outcome, outcomes: Mapping[str, Outcome], target: Outcome | None) -> None:
        self.barrier, self.root, self.outcomes, self.target = barrier, root, outcomes, target
        #: It asks for what this leaf or this form does not have, so that its condition does not arise.
        self.out_of_place = False
        #: What was read, with what a person calls it; and why something has no value.
        self.facts: dict[str, tuple[Fact, Phrase]] = {}
        self.lacking: list[Phrase] = []

    def value(self, formula: Formula) -> Fraction | None:
        """The value; None if something that it reads is not known, and what is known does not settle it."""
        if formula.kind == "truth":
            settled = decide(formula, self.known)
            return None if settled is None else Fraction(settled)
        known: dict[str, Fraction | tuple[Fraction, ...]] = {}
        for name in dict.fromkeys(read.name for read in formula.reads):
            found = self._read(name)
            if found is not None:
                known[name] = found
        if len(known) < len({read.name for read in formula.reads}):
            return None
        try:
            return evaluate(formula, lambda name: known[name])
        except ZeroDenominator:
            self.lacking.append(Phrase(f"{formula.text} 的分母是 0", f"{formula.text} divides by 0"))
        except OutOfDomain as refused:
            self.lacking.append(refused.says)
        return None

    def known(self, name: str) -> Known:
        """The value, or of a score that is open the bounds: a total between 0 and 20 is below 60 whatever comes in."""
        value = self._read(name)
        outcome = self._outcome(name) if value is None else None
        if outcome is None or outcome.status == "not-applicable" or outcome.drops:
            # What may not apply may have no score at all.
            return value
        return Interval(*outcome.bounds, low_closed=True, high_closed=True)

    def _outcome(self, name: str) -> Outcome | None:
        if name in self.barrier.facts:
            return None
        if name in ("total", "总得分"):
            return self.root
        if self.target is not None and "." not in name:
            return self.target if name in ("score", "得分") else None
        return self.outcomes.get(name.partition(".")[2])

    def _read(self, name: str) -> Fraction | tuple[Fraction, ...] | None:
        found = self._name(name)
        if found is None:
            self.out_of_place = True
            return None
        if isinstance(found, Phrase):
            self.lacking.append(found)
            return None
        self.facts[name] = found
        return found[0].value

    def _name(self, name: str) -> tuple[Fact, Phrase] | Phrase | None:
        """What is read, or why it has no value; None for what this leaf or this form does not have."""
        fact = self.barrier.facts.get(name)
        if fact is not None:
            return fact.why if isinstance(fact, Absence) else (fact._replace(name=name), same(name))
        if name in ("total", "总得分"):
            return _scored(name, self.root, Phrase("总得分", "total"))
        if self.target is not None and "." not in name:
            return self._of_leaf(self.target, name)
        outcome = self.outcomes.get(name.partition(".")[2])
        if outcome is None or outcome.status == "not-applicable":
            return None
        return _scored(name, outcome, Phrase(f"{outcome.label.zh}得分", f"score of {outcome.label.en}"))

    def _of_leaf(self, target: Outcome, name: str) -> tuple[Fact, Phrase] | Phrase | None:
        leaf = target.leaf
        match name:
            case "score" | "得分":
                return _scored(name, target, Phrase("得分", "score"))
            case "points" | "分值":
                called = Phrase("分值", "points")
                points = target.points if leaf is None or leaf.beyond is None else leaf.beyond
                return _nowhere(called) if points is None else (Fact(name, points, None), called)
            case "noted" | "有说明":
                note = leaf.row.note if leaf is not None and leaf.row is not None else None
                noted = note is not None and bool(note.text.strip(" \u3000\n…—-无/"))
                where = note.span if note is not None else leaf.rule.span if leaf is not None else self.barrier.gate.span
                return Fact(name, Fraction(noted), Cell("是" if noted else "否", where)), Phrase("有偏差原因", "with a reason given")
        measure = leaf.measure if leaf is not None else None
        called = Phrase("完成率", "achievement")
        if not isinstance(measure, Comparison):
            return None
        if not isinstance(measure.value, Fraction):
            return _nowhere(called)
        return Fact(name, measure.value if measure.unrounded is None else measure.unrounded, None), called


def _scored(name: str, outcome: Outcome, called: Phrase) -> tuple[Fact, Phrase] | Phrase:
    if outcome.score is None:
        return Phrase(f"{called.zh}未定", f"the {called.en} is open")
    return Fact(name, outcome.score, None), called


def _nowhere(called: Phrase) -> Phrase:
    return Phrase(f"{called.zh}没有确定的数", f"the {called.en} is no definite number")


def _walk(outcome: Outcome | None) -> Iterator[Outcome]:
    if outcome is not None:
        yield outcome
        for child in outcome.children:
            yield from _walk(child)
