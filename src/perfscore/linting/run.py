"""A rule set and its examples to a review: every check put to it, what its comments allow set apart."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import codes, find
from perfscore.linting.comments import Comment, comments, faults, unused
from perfscore.linting.settings import DEFAULT, Settings
from perfscore.linting.subject import Subject, subject
from perfscore.model.review import Allowed, Review
from perfscore.model.rules import Example, RuleSet
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.source import Source


def lint(rules: RuleSet, examples: tuple[Example, ...] | None = None, settings: Settings = DEFAULT, beside: tuple[Source, ...] = ()) -> Review:
    """
    The review of a rule set.

    Without `examples`, those that stand in its own file count; `beside` are the files that others came from, in which findings may be allowed, too.
    """
    seen = subject(rules, rules.examples if examples is None else examples, settings.jump)
    found = sorted({_key(one): one for one in _found(seen, settings)}.values(), key=_place)
    own, *inherited = (rules.sources[-1], *rules.sources[:-1])
    made = {source: comments(source) for source in (own, *beside, *inherited)}
    standing, allowed, used = _parted(found, [comment for some in made.values() for comment in some])
    for source in (own, *beside):
        # What a base allows may be of use to the base alone.
        standing += [one for one in faults(made[source]) if settings.wants(one.code)]
        for comment in made[source]:
            left = [code for code in comment.codes if code in codes() and settings.wants(code) and (comment.span, code) not in used]
            standing += [unused(comment, code) for code in left if settings.wants("unused-suppression")]
    return Review(rules.reference, tuple(sorted(standing, key=_place)), tuple(allowed))


def unusable(name: str, rejected: Rejected) -> Review:
    """The review of a rule file that cannot be used: what the reader said, and nothing else was looked at."""
    return Review(name, rejected.diagnostics, usable=False)


def _found(seen: Subject, settings: Settings) -> Iterator[Diagnostic]:
    for code in codes():
        if not settings.wants(code):
            continue
        check = find(code)
        severity = settings.severity.get(code, check.SEVERITY)
        for one in check.check(seen):
            yield Diagnostic(code, one.says, one.span, one.hint, severity, one.more, one.edits)


def _parted(found: list[Diagnostic], made: list[Comment]) -> tuple[list[Diagnostic], list[Allowed], set[tuple[object, str]]]:
    standing: list[Diagnostic] = []
    allowed: list[Allowed] = []
    used: set[tuple[object, str]] = set()
    for one in found:
        comment = next((comment for comment in made if _allows(comment, one)), None)
        if comment is None:
            standing.append(one)
        else:
            used.add((comment.span, one.code))
            allowed.append(Allowed(one, comment.reason, comment.span))
    return standing, allowed, used


def _allows(comment: Comment, one: Diagnostic) -> bool:
    if one.code not in comment.codes or not comment.reason or one.span is None or one.span.source is not comment.span.source:
        return False
    return comment.line in (0, one.span.line)


def _key(one: Diagnostic) -> tuple[object, ...]:
    # What several variants share is found once.
    return one.code, one.span, one.says


def _place(one: Diagnostic) -> tuple[str, int, int, str]:
    if one.span is None:
        return "", 0, 0, one.code
    return one.span.source.name, one.span.line, one.span.column, one.code
