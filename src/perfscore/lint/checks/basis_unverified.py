"""A document that the rules rest on and that nobody has read."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.lint.checks import Found
from perfscore.lint.places import cited, fields_of
from perfscore.lint.subject import Subject
from perfscore.model.page import Page
from perfscore.model.rules import Basis, RuleSet
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source, Span

SEVERITY = "advice"
SAYS = Phrase("依据没有核对过原文", "the text of a basis was not read")
PAGE = Page(
    what=Phrase(
        "依据写的是 verified: false（已核对: 否），或没有写：没有人核对过这份文件的原文。",
        "The basis says `verified: false`, or nothing: nobody has read the text of the document.",
    ),
    why=Phrase(
        "凭转述写成的规则，每张表都会照错的算；每条评分说明里也都会带上“未核对原文”。",
        "Rules written from hearsay score every form wrong alike; and every explanation says that the text was not checked.",
    ),
    fix=Phrase(
        "找到原文逐条核对，核对过才改成 verified: true（已核对: 是）；原文找不到的，写明允许的理由：由什么印证。",
        "Find the text, go through it, and only then write `verified: true`. Where it cannot be had, allow this with the reason: what bears it out.",
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
    """Every document that nobody has read, once, where it is named first."""
    left = dict.fromkeys(basis.document for basis in _used(subject) if not basis.verified)
    # The file itself before what it extends.
    for source in reversed(subject.rules.sources):
        for document, span in _written(source) if left else ():
            if document in left:
                del left[document]
                yield _found(document, span)
    yield from (_found(document, subject.rules.span) for document in left)


def _used(subject: Subject) -> Iterator[Basis]:
    rules: RuleSet = subject.rules
    yield from rules.basis
    for node in subject.nodes:
        yield from node.basis
        yield from (basis for case in node.cases for basis in case.rule.basis)
    yield from (basis for gate in rules.gates for basis in gate.basis)


def _written(source: Source) -> Iterator[tuple[str, Span]]:
    """The documents that a file names without having read them, each with its place."""
    fields = fields_of(source)
    for value in cited(fields) if fields is not None else ():
        one = value.value
        if isinstance(one, str):
            yield one, value.span
        elif one["document"] is not None and one["verified"] != "true":
            yield one["document"], one.at("document")


def _found(document: str, span: Span) -> Found:
    says = Phrase(f"{document} 没有核对过原文", f"the text of {document} was not read")
    return Found(span, says, Phrase("核对原文后改为 已核对: 是", "read it, then write `verified: true`"))
