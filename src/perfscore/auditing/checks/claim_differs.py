"""A sum, a difference, a ratio or a growth that the text states and its own numbers do not give."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.claims import Heard, held_against
from perfscore.auditing.stated import Held
from perfscore.auditing.subject import Subject
from perfscore.auditing.wording import how_it_came, shown
from perfscore.checking.found import Found
from perfscore.model.curve import round_half_up
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
    for claim, heard in subject.claims:
        if not isinstance(heard, Heard):
            continue
        for parts in [[one] for one in heard.parts] if claim.relation == "same" else [list(heard.parts)]:
            held = held_against(claim.relation, heard.printed, [list(part) for part in parts])
            if held is not None:
                yield _found(claim, held)


def _found(claim: Claim, held: Held) -> Found:
    printed, exact = held.stated, shown(held.exact, held.stated.word)
    label, said = claim.label or claim.relation, _SAID[claim.relation]
    says = Phrase(f"{label}：所称 {printed.text}，{said.zh}是 {exact}", f"{label}: {printed.text} is stated, {said.en} is {exact}")
    hint = how_it_came(held)
    severity: Severity | None = None
    if "其中" in label and claim.relation == "sum" and held.exact * printed.factor < printed.exact:
        # 其中 need not list everything.
        hint, severity = Phrase("“其中”可能没有列全；列全了就要加得上", "其中 need not list everything; if it does, it must add up"), "advice"
    elif claim.relation in ("growth", "difference") and printed.exact == -printed.factor * round_half_up(held.exact, printed.places):
        hint = Phrase(
            "绝对值相同：减少的要写成负数，或者两数次序写反",
            "only the sign differs: write less as a negative number, or the two numbers changed places",
        )
    evidence = Evidence(same(label), printed.text, held.computed, held.verdict, held.outer)
    return Found((claim.printed or claim.operands.items[0]).span, says, hint, evidence=evidence, severity=severity)
