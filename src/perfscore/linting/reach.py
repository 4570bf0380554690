"""A curve and its rule to the measures that can occur: a share is not below 0, and `min(8, …)` not above 8."""

from __future__ import annotations

from fractions import Fraction

from perfscore.linting.conditions import held
from perfscore.linting.domains import Domains, Trust
from perfscore.linting.subject import Drawn, Subject
from perfscore.model.ranges import NOT_NEGATIVE
from perfscore.text.interval import Interval


class Reach:
    """The measures that the curves of a rule set can be asked for, as far as facts are `trusted` to be what they seem."""

    def __init__(self, subject: Subject, trusted: Trust) -> None:
        self._domains, self._held = Domains(subject.rules, trusted=trusted), held(subject)

    def of(self, drawn: Drawn) -> Interval | None:
        """Of one curve; None where it takes no number."""
        if drawn.takes != "number":
            return None
        if drawn.rule.measure is not None:
            return self._domains.of(drawn.rule.measure, self._held.get(id(drawn.rule), ()))
        # Without a measure of its own, a row is measured by how much of its target is reached.
        return NOT_NEGATIVE if drawn.rule.open else None

    def holds(self, drawn: Drawn, number: Fraction) -> bool:
        """Whether a number can be a measure of a curve, as far as anybody can tell."""
        on = self.of(drawn)
        return on is None or on.holds(number)
