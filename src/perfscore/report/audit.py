"""Audited forms to an outline for people and to JSON: how the comparisons came out, the working paper, every finding with what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from perfscore.model.paper import Deviation, Line, Paper
from perfscore.model.review import Review
from perfscore.report.evaluation import document as evaluated
from perfscore.report.evaluation import str_span, title, warning
from perfscore.report.figures import outward, percent, shown
from perfscore.report.findings import SEVERITY, by_code
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Diagnostic, Evidence, Rejected
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import Quantity, format_number, read_printed
from perfscore.views.outline import Block, Column, Facts, Heading, Item, Outline, Paragraph, Row, Table, Tone, Tree

_TITLE = Phrase("审核", "Audit")
_WHOSE = {
    "rule": Phrase("规则", "rule"),
    "unit": Phrase("自评人", "unit"),
    "appraiser": Phrase("评定人", "appraiser"),
    "reviewer": Phrase("复核人", "reviewer"),
}
_OPEN = Phrase("未定", "open")
_TONES: dict[str, Tone] = {"error": "bad", "warning": "strong", "advice": ""}

#: The columns of the working paper; the first of a pair is the name in JSON.
_COLUMNS = {
    "level1": Phrase("一级", "level 1"),
    "level2": Phrase("二级", "level 2"),
    "level3": Phrase("三级", "level 3"),
    "kind": Phrase("性质", "kind"),
    "target": Phrase("指标值", "target"),
    "unit": Phrase("单位", "unit"),
    "points": Phrase("权重", "points"),
    "earned": Phrase("应得", "by rule"),
    "whose": Phrase("以谁为准", "whose"),
    "actual": Phrase("自评完成值", "actual"),
    "reported": Phrase("自评得分", "reported"),
    "review_actual": Phrase("复核完成值", "review: actual"),
    "review_score": Phrase("复核得分", "review: score"),
    "deviation": Phrase("偏离度", "deviation"),
    "note": Phrase("备注", "note"),
}
#: Whose score is held against which.
_AGAINST = (Phrase("自评减应得", "unit - rule"), Phrase("复核减自评", "review - unit"))
#: What stands in the first and the second line of a row on a narrow page.
_Pairs = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
_UNREVIEWED: _Pairs = (
    (("level3",), ("level2",)),
    (("target",), ("kind",)),
    (("actual",), ("unit",)),
    (("points",), ("earned",)),
    (("reported",), ("whose",)),
)
_REVIEWED: _Pairs = (
    (("level3",), ("level2",)),
    (("target",), ("kind", "unit")),
    (("actual",), ("review_actual",)),
    (("points",), ("whose", "earned")),
    (("reported",), ("review_score",)),
)
_NUMBERS = ("points", "earned", "reported", "review_score")


class Audited(NamedTuple):
    """What there is to report of an audited form."""

    evaluation: Evaluation
    review: Review
    #: Every comparison of a printed number, with its verdict.
    compared: tuple[Diagnostic, ...]
    #: The values that could not be read.
    unread: tuple[Diagnostic, ...]
    paper: Paper


def outline(found: list[Audited | Rejected], says: Mapping[str, Phrase], lang: Lang, *, folded: bool) -> Outline:
    """One form, or a line for each of several and one for each code before the details; `folded`, the working paper fits a terminal."""
    read = [one for one in found if isinstance(one, Audited)]
    if len(found) == 1 and read:
        return Outline(f"{_TITLE.text(lang)} · {_names(found, lang)[0]}", tuple(_blocks(read[0], lang, folded=folded)))
    blocks: list[Block] = [Paragraph(_looked_at(found).text(lang)), _forms(found, lang)]
    counted = Counter((one.code, one.severity) for audited in read for one in audited.review.findings)
    if counted:
        blocks += [Heading(2, Phrase("各种问题的数目", "How many of each").text(lang)), by_code(counted, says, lang)]
    for one, name in zip(found, _names(found, lang), strict=True):
        if isinstance(one, Audited):
            blocks += [Heading(2, name), *_blocks(one, lang, folded=folded)]
    return Outline(_TITLE.text(lang), tuple(blocks))


# Several forms.


def _looked_at(found: list[Audited | Rejected]) -> Phrase:
    rejected = sum(isinstance(one, Rejected) for one in found)
    clean = sum(isinstance(one, Audited) and not one.review.findings for one in found)
    zh, en = f"审核 {len(found)} 张表，{clean} 张没有发现问题", f"{len(found)} forms looked at; nothing found in {clean}"
    if rejected:
        zh, en = f"{zh}，{rejected} 张读不了", f"{en}; {rejected} cannot be read"
    return Phrase(f"{zh}。", f"{en}.")


def _forms(found: list[Audited | Rejected], lang: Lang) -> Table:
    titles = (
        Phrase("填报表", "form"),
        Phrase("比对", "compared"),
        *SEVERITY.values(),
        Phrase("自评总分", "reported"),
        Phrase("应得", "by rule"),
    )
    columns = [Column(title.text(lang), "right") for title in titles]
    columns[0] = Column(titles[0].text(lang), weight=1, least=16)
    return Table(tuple(columns), tuple(_form(one, name, lang) for one, name in zip(found, _names(found, lang), strict=True)))


def _names(found: list[Audited | Rejected], lang: Lang) -> list[str]:
    """What each form is called: with its place where several are called the same, of one that cannot be read its file."""
    names = [_file(one) if isinstance(one, Rejected) else title(one.evaluation.submission.form, lang) for one in found]
    often = Counter(names)
    return [
        f"{name}\n{str_span(one.evaluation.submission.form.span)}" if often[name] > 1 and isinstance(one, Audited) else name
        for one, name in zip(found, names, strict=True)
    ]


def _file(one: Rejected) -> str:
    return next((problem.span.source.name for problem in one.diagnostics if problem.span is not None), "")


def _form(one: Audited | Rejected, name: str, lang: Lang) -> Row:
    if isinstance(one, Rejected):
        # Every place of what is wrong is said beside the results.
        why = Phrase(f"读不了：{one.diagnostics[0].says.zh}", f"cannot be read: {one.diagnostics[0].says.en}").text(lang)
        return Row((f"{name}\n{why}",), "bad")
    counts = _severities(one.review)
    total = one.paper.lines[-1]
    tone: Tone = "bad" if counts["error"] else ""
    return Row((name, str(len(one.compared)), *(str(counts[severity]) for severity in SEVERITY), _score(total.claimed), _earned(total)), tone)


def _severities(review: Review) -> Counter[str]:
    return Counter(one.severity for one in review.findings)


# One form.


def _blocks(one: Audited, lang: Lang, *, folded: bool) -> Iterator[Block]:
    yield Paragraph(_counted(one).text(lang))
    yield from _folded(one.paper, lang) if folded else _whole(one.paper, lang)
    if one.review.findings:
        yield Heading(3, Phrase("问题", "Findings").text(lang))
        order = list(SEVERITY)
        yield Tree(tuple(_item(finding, lang) for finding in sorted(one.review.findings, key=lambda finding: order.index(finding.severity))))
    if one.review.allowed:
        yield Heading(3, Phrase("写明理由允许的", "Allowed with a reason").text(lang))
        yield Tree(
            tuple(
                Item(f"{held.finding.code}：{held.reason}" if lang == "zh" else f"{held.finding.code}: {held.reason}", str_span(held.span))
                for held in one.review.allowed
            )
        )
    told = {finding.span for finding in one.review.findings}
    # Most are findings; of those that are not looked for, or allowed, nobody is to think that they were read.
    if rest := [value for value in one.unread if value.span not in told]:
        yield Heading(3, Phrase("读不出的值", "Values that could not be read").text(lang))
        yield Tree(tuple(Item(value.says.text(lang), "" if value.span is None else str(value.span)) for value in rest))


def _counted(one: Audited) -> Phrase:
    verdicts = Counter(held.evidence.verdict for held in one.compared if held.evidence is not None)
    agrees, rounding, differs = (verdicts[word] for word in ("agrees", "rounding-only", "differs"))
    counts = _severities(one.review)
    few = [(word, counts[severity]) for severity, word in SEVERITY.items() if counts[severity]]
    zh = "，".join(f"{word.zh} {count}" for word, count in few) or "没有"
    en = ", ".join(f"{count} {word.en}{'s' if count > 1 and word.en != 'advice' else ''}" for word, count in few) or "none"
    unread, compared = len(one.unread), len(one.compared)
    return Phrase(
        f"读不出的值 {unread} 处。比对 {compared} 处：一致 {agrees}，只差舍入 {rounding}，不符 {differs}。\n问题：{zh}。",
        f"{unread} value{'' if unread == 1 else 's'} could not be read. "
        f"{compared} number{'' if compared == 1 else 's'} compared: {agrees} agree, {rounding} differ by rounding only, {differs} differ.\nFindings: {en}.",
    )


def _item(one: Diagnostic, lang: Lang) -> Item:
    """A finding: what is wrong and where, what is printed and what can be true, what to do, what it rests on."""
    held = None if one.evidence is None else _held(one.evidence)
    said = [] if held is None else [Item(held.text(lang))]
    if one.hint is not None:
        said.append(Item(Phrase(f"办法：{one.hint.zh}", f"what to do: {one.hint.en}").text(lang)))
    said += [Item(words.text(lang), str_span(span)) for words, span in one.more]
    head = f"{SEVERITY[one.severity].text(lang)}[{one.code}] {one.says.text(lang)}"
    return Item(head, "" if one.span is None else str(one.span), tuple(said), _TONES[one.severity])


def _held(evidence: Evidence) -> Phrase | None:
    """`印的是 98.88%，应在 98.6842% 至 98.6951% 之间`: two digits more than are printed, or rounding outward would reach what cannot be."""
    if evidence.computed is None:
        return None
    read = read_printed(evidence.printed)
    unit, places = (read.unit, read.places + 2) if isinstance(read, Quantity) else (None, 2)
    word = "" if unit is None else unit.name
    low, high = evidence.computed
    if low is None and high is None:
        return None
    least = None if low is None else format_number(Fraction(low * 10**places // 1, 10**places)) + word
    most = None if high is None else format_number(Fraction(-(-high * 10**places // 1), 10**places)) + word
    if low == high:
        exact = shown(low or Fraction(0)) + word
        can = Phrase(f"应是 {exact}", f"it can only be {exact}")
    elif least is None or most is None:
        can = Phrase(f"应不小于 {least}", f"it can be {least} or more") if most is None else Phrase(f"应不大于 {most}", f"it can be {most} or less")
    else:
        can = Phrase(f"应在 {least} 至 {most} 之间", f"it can be {least} to {most}")
    if evidence.outer:
        # Nothing that is right is called wrong by it; a fault may go unseen.
        can = Phrase(f"{can.zh}（范围可能偏宽）", f"{can.en} (perhaps less than that)")
    return Phrase(f"印的是 {evidence.printed}，{can.zh}", f"{evidence.printed} is printed, {can.en}")


# The working paper.


def _whole(paper: Paper, lang: Lang) -> Iterator[Block]:
    columns = tuple(Column(title.text(lang), "right" if name in _NUMBERS else "left") for name, title in _COLUMNS.items())
    rows = tuple(Row(tuple(_cells(line, lang).values()), "" if line.part in ("row", "unscored") else "strong") for line in paper.lines)
    yield Heading(3, Phrase("底稿", "Working paper").text(lang))
    yield Table(columns, rows)


def _cells(line: Line, lang: Lang) -> dict[str, str]:
    group = line.part == "group"
    return {
        "level1": line.level3.text(lang) if group or line.part == "total" else line.level1,
        "level2": line.level2,
        "level3": "" if group or line.part == "total" else line.level3.text(lang),
        "kind": line.kind.text(lang),
        "target": line.target,
        "unit": line.unit,
        "points": _score(line.points),
        "earned": _earned(line),
        "whose": _decides(line, lang),
        "actual": line.actual,
        "reported": _score(line.claimed),
        "review_actual": line.review_actual,
        "review_score": _score(line.reviewed),
        "deviation": "\n".join(_deviations(line, lang)),
        "note": line.note.text(lang),
    }


def _decides(line: Line, lang: Lang) -> str:
    if line.whose is not None:
        return _WHOSE[line.whose].text(lang)
    return _OPEN.text(lang) if line.part == "row" and line.earned is not None and line.earned[0] != line.earned[1] else ""


def _folded(paper: Paper, lang: Lang) -> Iterator[Block]:
    """Two lines a row, and the notes below: what a narrow terminal has room for."""
    review = paper.reviewed
    # Where there is no review, its places are free for what else stands closer together.
    pairs = _REVIEWED if review else _UNREVIEWED
    titles = [
        "\n".join(" ".join(_COLUMNS[name].text(lang) for name in names if (name,) == names or name != "whose") for names in pair) for pair in pairs
    ]
    columns = (
        Column(titles[0], weight=3, least=16),
        Column(titles[1], weight=2, least=8),
        Column(titles[2], weight=2, least=8),
        Column(titles[3], "right"),
        Column(titles[4], "right"),
        Column("\n".join((_COLUMNS["deviation"].text(lang), *(one.text(lang) for one in _AGAINST[: 1 + review])))),
    )
    yield Table(columns, tuple(_two_lines(line, pairs, lang, review=review) for line in paper.lines))
    notes = tuple((line.level3.text(lang), line.note.text(lang)) for line in paper.lines if line.note.zh)
    if notes:
        yield Heading(3, _COLUMNS["note"].text(lang))
        yield Facts(notes)
    if not review:
        yield Paragraph(Phrase("表上没有复核，不列复核完成值、复核得分。", "The form has no review: its two columns are left out.").text(lang))


def _two_lines(line: Line, pairs: _Pairs, lang: Lang, *, review: bool) -> Row:
    told = _cells(line, lang)
    if line.part in ("group", "total"):
        told = {**told, "level3": told["level1"], "level2": ""}
    cells = [_stacked(*(" ".join(filter(None, (told[name] for name in names))) for names in pair)) for pair in pairs]
    cells.append(_stacked(_apart(line.of_unit, lang), _apart(line.of_reviewer, lang) if review else ""))
    return Row(tuple(cells), "strong" if line.part in ("group", "total") else "", 1 if line.part == "row" and line.level1 else 0)


def _stacked(first: str, second: str) -> str:
    return f"{first or '—'}\n{second}" if second else first


def _deviations(line: Line, lang: Lang) -> Iterator[str]:
    for word, deviation in zip(_AGAINST, (line.of_unit, line.of_reviewer), strict=True):
        if deviation is not None:
            yield f"{word.text(lang)} {_apart(deviation, lang)}"


def _apart(deviation: Deviation | None, lang: Lang) -> str:
    """`+2.5（+5%）`, `0`."""
    if deviation is None:
        return ""
    sign = "+" if deviation.points > 0 else ""
    text = f"{sign}{shown(deviation.points)}"
    if not deviation.points or deviation.share is None:
        return text
    share = f"{sign}{percent(deviation.share)}"
    return f"{text}（{share}）" if lang == "zh" else f"{text} ({share})"


def _score(score: Fraction | None) -> str:
    return "" if score is None else shown(score)


def _earned(line: Line) -> str:
    if line.earned is None:
        return ""
    low, high = line.earned
    return shown(low) if low == high else "–".join(outward(line.earned))


# For programs.


def document(found: Audited, lang: Lang) -> dict[str, Any]:
    """The evaluation with its findings: the JSON contract, format 1."""
    allowed = [{**warning(held.finding, lang), "reason": held.reason, "allowed_at": _where(held.span)} for held in found.review.allowed]
    return {
        **evaluated(found.evaluation, lang),
        "findings": [warning(one, lang) for one in found.review.findings],
        "allowed": allowed,
        "compared": [warning(one, lang) for one in found.compared],
        "unread": [warning(one, lang) for one in found.unread],
        "paper": [_line(line, lang) for line in found.paper.lines],
    }


def _where(span: Any) -> dict[str, Any]:
    return {"file": span.source.name, "line": span.line}


def _line(line: Line, lang: Lang) -> dict[str, Any]:
    told = _cells(line, lang)
    return {
        "part": line.part,
        **{name: told[name] or None for name in ("level1", "level2", "level3", "kind", "target", "unit")},
        "points": _exact(line.points),
        "earned": None if line.earned is None else [_exact(end) for end in line.earned],
        "whose": line.whose,
        "actual": line.actual or None,
        "reported": _exact(line.claimed),
        "review_actual": line.review_actual or None,
        "review_score": _exact(line.reviewed),
        "deviation": {"reported": _off(line.of_unit), "review": _off(line.of_reviewer)},
        "note": told["note"] or None,
    }


def _off(deviation: Deviation | None) -> dict[str, str | None] | None:
    return None if deviation is None else {"points": _exact(deviation.points), "share": _exact(deviation.share)}


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else format_number(number)
