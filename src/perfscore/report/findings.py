"""Reviews of files to an outline for people and to JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from perfscore.model.review import Review
from perfscore.report.evaluation import warning
from perfscore.text.diagnostic import Diagnostic, Severity
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.show import render
from perfscore.views.outline import Block, Cell, Column, Heading, Outline, Paragraph, Row, Table, Verbatim

#: The severities as a person reads them.
SEVERITY: dict[Severity, Phrase] = {
    "error": Phrase("错误", "error"),
    "warning": Phrase("警告", "warning"),
    "advice": Phrase("建议", "advice"),
}
_TONES: dict[Severity, Any] = {"error": "bad", "warning": "strong", "advice": ""}


def outline(title: Phrase, found: tuple[Review, ...], says: Mapping[str, Phrase], lang: Lang) -> Outline:
    """Every finding with its place, then a line for every code and how many of it there are, then what was looked at."""
    blocks: list[Block] = [Verbatim(render(one, lang)) for review in found for one in review.findings]
    counted = Counter((one.code, one.severity) for review in found for one in review.findings)
    if counted:
        blocks += [Heading(2, Phrase("各种问题的数目", "How many of each").text(lang)), by_code(counted, says, lang)]
    blocks.append(Paragraph(_looked_at(found).text(lang)))
    return Outline(title.text(lang), tuple(blocks))


def digest(title: Phrase, found: tuple[Review, ...], where: Callable[[str], str], lang: Lang) -> Outline:
    """What a pull request is told: what was looked at, a table for every file, named as `where` names it, and last what is allowed and why."""
    files: dict[str, list[Diagnostic]] = {}
    for review in found:
        for one in review.findings:
            files.setdefault(where(one.span.source.name) if one.span else review.name, []).append(one)
    blocks: list[Block] = [Paragraph(_looked_at(found).text(lang))]
    for name, findings in files.items():
        blocks += [Heading(2, name), Table(_columns(lang), tuple(_row(one, lang) for one in findings))]
    allowed = tuple(held for review in found for held in review.allowed)
    if allowed:
        columns = tuple(Column(one.text(lang)) for one in (Phrase("位置", "place"), Phrase("编号", "code"), Phrase("理由", "reason")))
        rows = tuple(Row((f"{where(held.span.source.name)}:{held.span.line}", held.finding.code, held.reason)) for held in allowed)
        blocks += [Heading(2, Phrase("写明理由允许的", "Allowed with a reason").text(lang)), Table(columns, rows)]
    return Outline(title.text(lang), tuple(blocks))


def _columns(lang: Lang) -> tuple[Column, ...]:
    titles = Phrase("行", "line"), Phrase("级别", "severity"), Phrase("编号", "code"), Phrase("问题", "what"), Phrase("怎样改", "what to do")
    return tuple(Column(title.text(lang), "right" if at == 0 else "left") for at, title in enumerate(titles))


def _row(one: Diagnostic, lang: Lang) -> Row:
    line = "" if one.span is None else str(one.span.line)
    hint = "" if one.hint is None else one.hint.text(lang)
    # What breaks a build stands out in a long table.
    severity = Cell(SEVERITY[one.severity].text(lang), "strong" if one.severity == "error" else "")
    return Row((line, severity, one.code, one.says.text(lang), hint))


def by_code(counted: Counter[tuple[str, Severity]], says: Mapping[str, Phrase], lang: Lang) -> Table:
    """A line for every code and severity, the worst first, and how many of it there are."""
    columns = (
        Column(Phrase("编号", "code").text(lang), least=20),
        Column(Phrase("级别", "severity").text(lang)),
        Column(Phrase("数目", "number").text(lang), "right"),
        Column(Phrase("问题", "what").text(lang), weight=1, least=16),
    )
    order = list(SEVERITY)
    rows = [
        Row((code, SEVERITY[severity].text(lang), str(number), says[code].text(lang) if code in says else ""), tone=_TONES[severity])
        for (code, severity), number in sorted(counted.items(), key=lambda item: (order.index(item[0][1]), -item[1], item[0][0]))
    ]
    return Table(columns, tuple(rows))


def _looked_at(found: tuple[Review, ...]) -> Phrase:
    clean = sum(review.usable and not review.findings for review in found)
    unusable = sum(not review.usable for review in found)
    allowed = sum(len(review.allowed) for review in found)
    zh = [f"检查了 {len(found)} 套", f"其中 {clean} 套没有发现问题"]
    en = [f"{len(found)} looked at", f"nothing found in {clean}"]
    if unusable:
        zh.append(f"{unusable} 套不能用，其余检查没有进行")
        en.append(f"{unusable} cannot be used, and nothing else of them was looked at")
    if allowed:
        zh.append(f"写明理由允许的 {allowed} 处")
        en.append(f"{allowed} allowed with a reason")
    return Phrase("，".join(zh) + "。", "; ".join(en) + ".")


def document(found: Iterable[Review], lang: Lang) -> dict[str, Any]:
    """Everything for programs: every file, its findings, and what is allowed with the reasons."""
    return {"format": 1, "reviews": [_review(one, lang) for one in found]}


def _review(one: Review, lang: Lang) -> dict[str, Any]:
    allowed = [
        {**warning(held.finding, lang), "reason": held.reason, "allowed_at": {"file": held.span.source.name, "line": held.span.line}}
        for held in one.allowed
    ]
    return {"name": one.name, "usable": one.usable, "findings": [warning(found, lang) for found in one.findings], "allowed": allowed}
