"""Audited forms to an outline for people and to JSON."""

from __future__ import annotations

from typing import Any, NamedTuple

from perfscore.model.review import Review
from perfscore.report.evaluation import document as evaluated
from perfscore.report.evaluation import warning
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.show import render
from perfscore.views.outline import Block, Heading, Outline, Paragraph, Verbatim

#: The evaluation of a form, what was found in it, and every comparison of a printed number.
Parts = tuple[Evaluation, Review, tuple[Diagnostic, ...]]


class _Counts(NamedTuple):
    agrees: int
    rounding: int
    differs: int


def outline(found: list[Parts | Rejected], lang: Lang) -> Outline:
    """Each form: what could not be read, how the comparisons came out, and every finding with its place."""
    blocks: list[Block] = []
    for one in found:
        if isinstance(one, Rejected):
            continue
        evaluation, review, compared = one
        blocks += [Heading(2, review.name), Paragraph(_counted(evaluation, compared).text(lang))]
        blocks += [Verbatim(render(finding, lang)) for finding in review.findings]
    return Outline(Phrase("审核", "Audit").text(lang), tuple(blocks))


def _counted(evaluation: Evaluation, compared: tuple[Diagnostic, ...]) -> Phrase:
    counts = _Counts(
        *(sum(one.evidence is not None and one.evidence.verdict == word for one in compared) for word in ("agrees", "rounding-only", "differs"))
    )
    return Phrase(
        f"比对 {len(compared)} 处：一致 {counts.agrees}，只差舍入 {counts.rounding}，不符 {counts.differs}。",
        f"{len(compared)} numbers compared: {counts.agrees} agree, {counts.rounding} differ by rounding only, {counts.differs} differ.",
    )


def document(found: Parts, lang: Lang) -> dict[str, Any]:
    """The evaluation with its findings: the JSON contract, format 1."""
    evaluation, review, compared = found
    allowed = [{**warning(held.finding, lang), "reason": held.reason} for held in review.allowed]
    return {
        **evaluated(evaluation, lang),
        "findings": [warning(one, lang) for one in review.findings],
        "allowed": allowed,
        "compared": [warning(one, lang) for one in compared],
    }
