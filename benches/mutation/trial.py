"""Mutants to who finds them: the reader of rule files, a check of lint, an example, or nobody."""

from __future__ import annotations

from collections import Counter
from functools import cache
from hashlib import sha256
from typing import Literal, NamedTuple

from benches.mutation.edit import applied
from benches.mutation.meaning import same
from benches.mutation.operators import OPERATORS, Mutant, Pack, mutants, pack

from perfscore.checking.settings import DEFAULT, Settings
from perfscore.linting.run import lint
from perfscore.model.rules import Example, RuleSet
from perfscore.ruleset.build import build
from perfscore.ruleset.load import shipped_references
from perfscore.ruleset.plan import plan
from perfscore.text.diagnostic import Rejected
from perfscore.text.source import Source
from perfscore.trials.files import Suite, suites
from perfscore.trials.run import run

#: How many mutants every operator makes; one that cannot make as many is left out.
EACH = 86
SEED = "perfscore mutants"

Outcome = Literal["equivalent", "refused", "lint", "examples", "survived"]


class Judged(NamedTuple):
    """What became of a mutant: who finds it first, by which codes, and whether its examples alone would."""

    mutant: Mutant
    outcome: Outcome
    codes: tuple[str, ...] = ()
    by_examples: bool = False
    #: Lint says no more of any code than before, and only another number in it.
    reworded: bool = False


class Chosen(NamedTuple):
    """The mutants to judge, and the operators that are left out with the number of mutants that they could make."""

    mutants: tuple[Mutant, ...]
    left_out: tuple[tuple[str, int], ...]


def choose(packs: tuple[Pack, ...], each: int = EACH, *, fewer: bool = False) -> Chosen:
    """
    As many mutants of every operator, one of each rule set in turn as long as it has any, no text twice.

    An operator that cannot make as many is left out, unless `fewer` will do.
    """
    taken: list[Mutant] = []
    left_out: list[tuple[str, int]] = []
    seen: set[tuple[str, str]] = set()
    texts = {of.reference: of.page.text for of in packs}
    for name in OPERATORS:
        queues = [_fresh(of, name, seen) for of in packs]
        found = [queue[turn] for turn in range(max(map(len, queues), default=0)) for queue in queues if turn < len(queue)]
        if len(found) < each and not fewer:
            left_out.append((name, len(found)))
            continue
        seen |= {(one.reference, applied(texts[one.reference], one.changes)) for one in found[:each]}
        taken += found[:each]
    return Chosen(tuple(taken), tuple(left_out))


def _fresh(of: Pack, name: str, seen: set[tuple[str, str]]) -> list[Mutant]:
    """
    The mutants of a rule set that no operator before made, in an order that depends on nothing but what they change.

    Not on where it stands, nor on the rest of the file: with another example in a rule set its mutants are the same.
    """
    texts = {applied(of.page.text, one.changes): one for one in reversed(mutants(of, name))}
    fresh = [one for text, one in reversed(texts.items()) if (of.reference, text) not in seen and text != of.page.text]
    known: Counter[str] = Counter()
    found: list[tuple[bytes, Mutant]] = []
    for one in fresh:
        key = f"{SEED}\n{one.reference}\n{name}\n{one.owner}\n{one.old}\n{one.new}"
        known[key] += 1
        found.append((sha256(f"{key}\n{known[key]}".encode()).digest(), one))
    return [one for _, one in sorted(found)]


@cache
def shipped() -> tuple[tuple[Pack, Suite], ...]:
    """Every rule set that travels with the package, with its examples."""
    found: list[tuple[Pack, Suite]] = []
    for reference in shipped_references():
        for suite in suites([reference], lambda _: None):
            if isinstance(suite, Rejected):
                raise suite
            found.append((pack(reference, suite.rules), suite))
    return tuple(found)


class Bench:
    """A rule set as it is: what lint finds in it, and the examples against which its mutants are held."""

    def __init__(self, of: Pack, suite: Suite, settings: Settings = DEFAULT) -> None:
        self.of, self.suite, self.settings = of, suite, settings
        self.own = self._findings(suite.rules, suite.examples)
        beside = set(map(id, suite.beside))
        self.beside = tuple(example for example in suite.examples if id(example.span.source) in beside)

    def judge(self, mutant: Mutant) -> Judged:
        """Who finds a mutant."""
        name, text = self.of.page.source.name, applied(self.of.page.text, mutant.changes)
        try:
            rules = build(Source(name, text, text.encode()), None)
        except Rejected as rejected:
            return Judged(mutant, "refused", tuple(sorted({one.code for one in rejected.diagnostics})))
        if same(self.suite.rules, rules):
            return Judged(mutant, "equivalent")
        examples = (*rules.examples, *self.beside)
        by_examples = _fails(rules, examples)
        found = self._findings(rules, examples)
        new = found - self.own
        codes = tuple(sorted({code for code, _ in new}))
        if codes:
            return Judged(mutant, "lint", codes, by_examples, not _per_code(found) - _per_code(self.own))
        return Judged(mutant, "examples" if by_examples else "survived", (), by_examples)

    def _findings(self, rules: RuleSet, examples: tuple[Example, ...]) -> Counter[tuple[str, str]]:
        """What lint says, by code and sentence."""
        return Counter((one.code, one.says.en) for one in lint(rules, examples, self.settings, self.suite.beside).findings)


def _per_code(found: Counter[tuple[str, str]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for (code, _), number in found.items():
        counted[code] += number
    return counted


def _fails(rules: RuleSet, examples: tuple[Example, ...]) -> bool:
    """Whether an example does not hold, or cannot be run."""
    made = plan(rules)
    return any(not run(example, made)[0].holds for example in examples)
