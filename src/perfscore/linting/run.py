"""A rule set and its examples to a review: every check put to it, what its comments allow set apart."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.checking.settings import DEFAULT, Settings
from perfscore.checking.stand import standing
from perfscore.linting.checks import CATALOGUE, codes, find
from perfscore.linting.subject import Subject, subject
from perfscore.model.review import Review
from perfscore.model.rules import Example, RuleSet
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.source import Source


def lint(rules: RuleSet, examples: tuple[Example, ...] | None = None, settings: Settings = DEFAULT, beside: tuple[Source, ...] = ()) -> Review:
    """
    The review of a rule set.

    Without `examples`, those that stand in its own file count; `beside` are the files that others came from, in which findings may be allowed, too.
    """
    seen = subject(rules, rules.examples if examples is None else examples, settings.jump)
    own, *inherited = (rules.sources[-1], *rules.sources[:-1])
    return Review(rules.reference, *standing(_found(seen, settings), (own, *beside), inherited, CATALOGUE, settings))


def unusable(name: str, rejected: Rejected) -> Review:
    """The review of a rule file that cannot be used: what the reader said, and nothing else was looked at."""
    return Review(name, rejected.diagnostics, usable=False)


def _found(seen: Subject, settings: Settings) -> Iterator[Diagnostic]:
    for code in codes():
        if settings.wants(code):
            check = find(code)
            yield from (one.told(code, settings.severity.get(code, check.SEVERITY)) for one in check.check(seen))
