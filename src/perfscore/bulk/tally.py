"""The counts of a run, which add up whatever way its forms are cut into parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from perfscore.bulk.results import ends, exact
from perfscore.model.outcome import Outcome
from perfscore.model.rules import Indicator
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Diagnostic, Rejected


class Tally:
    """
    How often each thing was met.

    `counts` are by keys: `state S`, `leaf STATUS`, `error CODE`, `finding SEVERITY CODE`, `found SEVERITY CODE` (in how many forms), and of each rule set `rules REF`, `grade REF LABEL`, `score REF SCORE`,
    `lost REF PART POINTS`, `indicator REF ID SCORE` (an empty score is not known). `names` say the words of what the keys name.
    """

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, ...]] = Counter()
        self.names: dict[tuple[str, ...], list[Any]] = {}

    def reject(self, rejected: Rejected) -> None:
        """Count a form that could not be read; a code counts once for a form."""
        self.counts["state", "rejected"] += 1
        for code in dict.fromkeys(problem.code for problem in rejected.diagnostics):
            self.counts["error", code] += 1

    def count(self, evaluation: Evaluation, lost: dict[str, tuple[str, str | None]]) -> None:
        """Count a form that was evaluated."""
        root, counts = evaluation.root, self.counts
        ref = evaluation.plan.rules.reference
        self.introduce(evaluation, lost)
        counts["rules", ref] += 1
        counts["state", "incomplete" if root.score is None else "scored"] += 1
        counts["score", ref, exact(root.score) or ""] += 1
        counts["grade", ref, "" if evaluation.grade is None else evaluation.grade.label.zh] += 1
        for outcome in ends(root):
            if outcome.leaf is not None:
                counts["leaf", outcome.status] += 1
        for label, (_, points) in lost.items():
            counts["lost", ref, label, points or ""] += 1
        self._indicators(ref, root)

    def find(self, findings: Iterable[Diagnostic]) -> None:
        """Count what the audit of a form found: how often, and in how many forms."""
        codes = [(one.severity, one.code) for one in findings]
        for severity, code in codes:
            self.counts["finding", severity, code] += 1
        for severity, code in dict.fromkeys(codes):
            self.counts["found", severity, code] += 1

    def _indicators(self, ref: str, outcome: Outcome) -> None:
        """The scores of what the rules name; the rows of a form are its own, and are compared with nobody's."""
        for child in outcome.children:
            if ("indicator", ref, child.id) in self.names and child.status != "not-applicable":
                self.counts["indicator", ref, child.id, exact(child.score) or ""] += 1
            self._indicators(ref, child)

    def introduce(self, evaluation: Evaluation, lost: dict[str, tuple[str, str | None]]) -> None:
        """Take in the words of what the keys of a form name."""
        rules = evaluation.plan.rules
        ref = rules.reference
        if ("rules", ref) not in self.names:
            self.names["rules", ref] = list(rules.title)
            for grade in rules.grades:
                self.names["grade", ref, grade.label.zh] = list(grade.label)
            for tree in evaluation.plan.trees:
                for top in tree.indicators:
                    for node in top.walk():
                        self.names.setdefault(("indicator", ref, node.id), _named(node))
        for label, (english, _) in lost.items():
            self.names.setdefault(("part", label), [english])

    def add(self, other: Tally) -> None:
        """Take in the counts of another part."""
        self.counts.update(other.counts)
        for key, words in other.names.items():
            self.names.setdefault(key, words)

    def below(self, *key: str) -> dict[str, int]:
        """The counts of what stands directly below a key, in the order in which it was met."""
        at = len(key)
        return {found[at]: count for found, count in self.counts.items() if found[:at] == key and len(found) == at + 1}

    def spread(self, *key: str) -> tuple[list[tuple[Fraction, int]], int]:
        """The numbers below a key with how often each was met, from the least, and how often it was not known."""
        found = self.below(*key)
        return sorted((Fraction(text), count) for text, count in found.items() if text), found.get("", 0)

    def plain(self) -> dict[str, Any]:
        """As a tree for JSON."""
        return {"counts": [[*key, count] for key, count in self.counts.items()], "names": [[list(key), words] for key, words in self.names.items()]}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Tally:
        """From such a tree."""
        made = cls()
        made.counts.update({tuple(key): count for *key, count in plain["counts"]})
        made.names.update({tuple(key): words for key, words in plain["names"]})
        return made


def _named(node: Indicator) -> list[Any]:
    return [*node.label, exact(node.points)]


def quantile(spread: list[tuple[Fraction, int]], share: Fraction) -> Fraction | None:
    """The number that at least so large a share of all does not exceed, by the nearest rank: always one of the numbers."""
    total = sum(count for _, count in spread)
    rank, reached = max(1, -(-share.numerator * total // share.denominator)), 0
    for number, count in spread:
        reached += count
        if reached >= rank:
            return number
    return None
