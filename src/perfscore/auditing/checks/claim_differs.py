"""A sum, a difference, a ratio or a growth that the text states and its own numbers do not give."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.stated import Held, Reader, Stated, Unread, ratio, total
from perfscore.auditing.subject import Subject
from perfscore.auditing.wording import shown
from perfscore.checking.found import Found
from perfscore.model.form import Claim
from perfscore.model.page import Page
from perfscore.text.diagnostic import Evidence, Severity
from perfscore.text.phrase import Phrase, same

SEVERITY = "error"
SAYS = Phrase("文中的算术对不上", "arithmetic of the text that does not hold")
PAGE = Page(
    what=Phrase(
        "正文或表里说的合计、差额、比率、增减率，用它自己的数算不出来；把每个数可能的舍入都算上也对不上。",
        "A sum, difference, ratio or growth that the text states does not follow from its own numbers, however each of them may have been rounded.",
    ),
    why=Phrase(
        "多半是抄错一个数，或者少列了一项；照这样的数评分，结论站不住。",
        "Most often a number was copied wrong or an item left out, and what rests on it falls.",
    ),
    fix=Phrase("对照账表，改所称的数或改各项。", "Hold it against the books, and mend the total or its parts."),
    wrong="claims:\n  - {label: 使用率, printed: 98.88%, ratio: [180.03万元, 182.42万元]}\n",
    right="claims:\n  - {label: 使用率, printed: 98.69%, ratio: [180.03万元, 182.42万元]}\n",
)
_SAID = {
    "sum": Phrase("各项合计", "the sum of the parts"),
    "difference": Phrase("两者之差", "the difference"),
    "ratio": Phrase("两数之比", "the ratio"),
    "growth": Phrase("增减率", "the growth"),
    "same": Phrase("另一处的数", "the other number"),
}


def check(subject: Subject) -> Iterator[Found]:
    """Every claim with its verdict; one that cannot be read is the affair of another check."""
    reader = Reader(subject.form, subject.rules)
    for claim in subject.form.claims:
        printed, operands = read(claim, reader)
        if isinstance(printed, Unread) or any(isinstance(one, Unread) for part in operands for one in part):
            continue
        parts = [[one for one in part if isinstance(one, Stated)] for part in operands]
        for other in parts if claim.relation == "same" else [None]:
            held = _held(claim.relation, printed, parts if other is None else [other])
            if held is not None:
                yield _found(claim, printed, held)


def read(claim: Claim, reader: Reader) -> tuple[Stated | Unread, list[list[Stated | Unread]]]:
    """The number that a claim states, and its operands, each a sum of one or more."""
    operands = [reader.operand(item) for item in claim.operands.items]
    cell = claim.printed
    if cell is None:
        first = operands[0] if claim.relation == "same" and operands else []
        return (first[0], operands[1:]) if len(first) == 1 else (Unread(Phrase("没有写所称的数", "no number is stated"), None), operands)
    # A bare number is printed in the unit of what it is made of.
    unit = next((one.unit for part in operands for one in part if isinstance(one, Stated) and one.unit is not None), None)
    return reader.cell(cell, unit if claim.relation in ("sum", "difference", "same") else None), operands


def _held(relation: str, printed: Stated, parts: list[list[Stated]]) -> Held | None:
    match relation, parts:
        case "sum" | "same", _:
            return total(printed, [(one, 1) for part in parts for one in part])
        case "difference", [first, *rest]:
            return total(printed, [(one, 1) for one in first] + [(one, -1) for part in rest for one in part])
        case "ratio" | "growth", [one, other]:
            return ratio(printed, one, other, growth=relation == "growth")
    return None


def _found(claim: Claim, printed: Stated, held: Held) -> Found:
    exact = shown(held.exact, printed.word)
    label, said = claim.label or claim.relation, _SAID[claim.relation]
    says = Phrase(f"{label}：所称 {printed.text}，{said.zh}是 {exact}", f"{label}: {printed.text} is stated, {said.en} is {exact}")
    hint = Phrase("像是把末位截去而没有四舍五入", "its last digits seem to have been cut off instead of rounded") if held.cut else None
    severity: Severity | None = None
    if "其中" in label and claim.relation == "sum" and held.exact * printed.factor < printed.exact:
        # 其中 need not list everything.
        hint, severity = Phrase("“其中”可能没有列全；列全了就要加得上", "其中 need not list everything; if it does, it must add up"), "advice"
    evidence = Evidence(same(label), printed.text, held.computed, held.verdict)
    return Found(claim.printed.span if claim.printed is not None else claim.span, says, hint, evidence=evidence, severity=severity)
