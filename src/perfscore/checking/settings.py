"""Which findings somebody wants to see, and how severe they are."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from perfscore.text.diagnostic import Severity


class Settings(NamedTuple):
    """
    What is looked for: the codes of `select` (None: all) without those of `ignore`, some with a severity of one's own.

    `jump` is the greatest jump at an end that is no finding, as a share of the points. What makes a rule file unusable is said whatever is chosen:
    there is no other way to know that nothing else was looked at.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = MappingProxyType({})
    jump: Fraction = Fraction(1, 2)

    def wants(self, code: str) -> bool:
        """Whether findings of a code are to be said."""
        return (self.select is None or code in self.select) and code not in self.ignore


#: Every check as it is.
DEFAULT = Settings()
