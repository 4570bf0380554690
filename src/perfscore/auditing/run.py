"""A form and its rules to a review: every check put to what the form prints, what its comments allow set apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from perfscore.auditing.checks import CATALOGUE, codes, find, instead_of
from perfscore.auditing.subject import Subject
from perfscore.checking.comments import Comment
from perfscore.checking.settings import DEFAULT, Settings
from perfscore.checking.stand import standing
from perfscore.model.review import Review
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Diagnostic


class Audit(NamedTuple):
    """What an audit found in a form, what it was held against, and the verdict of every comparison."""

    review: Review
    subject: Subject
    #: Each printed number that was held against what it should be: the finding it would make, with its evidence.
    compared: tuple[Diagnostic, ...]


def audit(evaluation: Evaluation, settings: Settings = DEFAULT) -> Audit:
    """The audit of a form that was evaluated."""
    subject = Subject(evaluation)
    every = tuple(_telling(tuple(_found(subject, settings))))
    compared = tuple(one for one in every if one.evidence is not None and one.evidence.verdict is not None)
    wrong = (one for one in every if _wrong(one))
    source = subject.form.source
    name = " · ".join(filter(None, (subject.form.unit, subject.form.project, str(subject.form.year or "")))) or source.name
    return Audit(Review(name, *standing(wrong, (source,), (), CATALOGUE, settings, _mine(subject))), subject, compared)


def _mine(subject: Subject) -> Callable[[Comment], bool]:
    """Whether a comment stands in this form; above the first of several forms it is for any of them."""
    span, alone = subject.form.span, "\n---" not in subject.form.source.text
    return lambda comment: span.line <= comment.span.line <= span.end_line or (alone and not comment.line)


def _found(subject: Subject, settings: Settings) -> Iterator[Diagnostic]:
    for code in codes():
        if settings.wants(code):
            check = find(code)
            yield from (one.told(code, settings.severity.get(code, check.SEVERITY)) for one in check.check(subject))


def _telling(found: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """The findings without those that another one at the same place says better; what gives way leaves its evidence, so that it is counted once."""
    less_than = {code: instead_of(code) for code in {one.code for one in found}}
    better = {(less, one.span) for one in found for less in less_than[one.code]}
    if not better:
        yield from found
        return
    gone = {(one.code, one.span): one.evidence for one in found if (one.code, one.span) in better and _wrong(one)}
    for one in found:
        if (one.code, one.span) in gone and _wrong(one):
            continue
        evidence = next((gone[at] for less in less_than[one.code] if (at := (less, one.span)) in gone), None)
        yield one if one.evidence is not None else one._replace(evidence=evidence)


def _wrong(one: Diagnostic) -> bool:
    return one.evidence is None or one.evidence.verdict in (None, "differs")
