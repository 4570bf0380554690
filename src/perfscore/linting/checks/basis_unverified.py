"""A document that the rules rest on, that nobody has read, and of which nobody says what bears it out."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.linting.checks import Found
from perfscore.linting.places import cited, fields_of
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.model.rules import Basis, RuleSet
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source, Span

SEVERITY = "advice"
SAYS = Phrase("依据没有核对过原文，也没有说明", "a basis that was not read, without a note")
PAGE = Page(
    what=Phrase(
        "没有人核对过这份文件的原文（已核对: 否，或没有写），也没有用 note（说明）写明规则由什么印证。",
        "Nobody has read the text of the document (`verified: false`, or nothing), and no `note` says what bears the rules out.",
    ),
    why=Phrase(
        "凭转述写成的规则，错了就每张表都错。由公开的表印证，还是按一般说法推定，看的人要分得清。",
        "Where rules are written from hearsay, a mistake is in every form. Whoever reads them has to know whether published forms bear them out, or nothing does.",
    ),
    fix=Phrase(
        "找到原文逐条核对，核对过才写 verified: true（已核对: 是）；原文找不到的，用 note（说明）写明由什么印证、哪些是推定的。",
        "Find the text, go through it, and only then write `verified: true`. Where it cannot be had, say in a `note` what bears the rules out, and what does not.",
    ),
    wrong="""ruleset: county/example
version: "2024"
basis: [{document: 县财绩〔2024〕1号, clause: 附件2}]
points: 100
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
    right="""ruleset: county/example
version: "2024"
basis: [{document: 县财绩〔2024〕1号, clause: 附件2, verified: true}]
points: 100
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every such document once, where it is named first."""
    unread = [basis for basis in _used(subject) if not basis.verified]
    noted = {basis.document for basis in unread if basis.note}
    left = dict.fromkeys(basis.document for basis in unread if basis.document not in noted)
    if not left:
        return
    # The file itself before what it extends; what one of them says of a document is true of it in the others.
    written = [one for source in reversed(subject.rules.sources) for one in _written(source)]
    noted = {document for document, note, _ in written if note}
    spans = {document: span for document, _, span in reversed(written)}
    yield from (_found(document, spans.get(document, subject.rules.span)) for document in left if document not in noted)


def _used(subject: Subject) -> Iterator[Basis]:
    rules: RuleSet = subject.rules
    yield from rules.basis
    for node in subject.nodes:
        yield from node.basis
        yield from (basis for case in node.cases for basis in case.rule.basis)
    yield from (basis for gate in rules.gates for basis in gate.basis)


def _written(source: Source) -> Iterator[tuple[str, str, Span]]:
    """The documents that a file names without having read them, each with its note and its place."""
    fields = fields_of(source)
    for value in cited(fields) if fields is not None else ():
        one = value.value
        if isinstance(one, str):
            yield one, "", value.span
        elif one["document"] is not None and one["verified"] != "true":
            yield one["document"], one["note"] or "", one.at("document")


def _found(document: str, span: Span) -> Found:
    says = Phrase(f"{document} 没有核对过原文，也没有说明由什么印证", f"the text of {document} was not read, and no note says what bears it out")
    return Found(span, says, Phrase("核对原文后写 已核对: 是，或写上说明", "read it and write `verified: true`, or write a `note`"))
