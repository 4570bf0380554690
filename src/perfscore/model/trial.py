"""What became of the examples of a rule set: which hold, and which parts of the rules they reached."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

from perfscore.model.outcome import Outcome
from perfscore.model.rules import Example, RuleSet
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span


class Failure(NamedTuple):
    """An expectation that does not hold, or what cannot be read in an example; the outcome, if there is one, has the reasons."""

    says: Diagnostic
    outcome: Outcome | None = None


class Trial(NamedTuple):
    """An example as it ran; it holds if nothing failed."""

    example: Example
    failures: tuple[Failure, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether everything that it expects is so."""
        return not self.failures


class Reached(NamedTuple):
    """
    A part of a rule set that examples can reach: a piece of a curve, a variant, a case of an indicator, a condition that fails, a gate.

    `id` and `label` are those of its indicator, variant or gate, `says` is what it is, `how` what an example has to give, `by` how many did.
    """

    kind: Literal["variant", "case", "piece", "otherwise", "gate"]
    id: str
    label: Phrase
    says: Phrase
    how: Phrase
    span: Span
    by: int = 0


class Coverage(NamedTuple):
    """Every part of a rule set that examples can reach, in the order of its indicators."""

    parts: tuple[Reached, ...] = ()

    @property
    def missed(self) -> tuple[Reached, ...]:
        """What no example reached."""
        return tuple(part for part in self.parts if not part.by)

    @property
    def reached(self) -> int:
        """How many parts some example reached."""
        return len(self.parts) - len(self.missed)

    @property
    def share(self) -> Fraction:
        """Reached of all; 1 where there is nothing to reach."""
        return Fraction(self.reached, len(self.parts)) if self.parts else Fraction(1)


class Verdict(NamedTuple):
    """A rule set with the examples that were run for it."""

    rules: RuleSet
    trials: tuple[Trial, ...]
    coverage: Coverage

    @property
    def failed(self) -> tuple[Trial, ...]:
        """The examples that do not hold."""
        return tuple(trial for trial in self.trials if not trial.holds)
