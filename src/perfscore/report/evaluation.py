"""An evaluation to an outline for people and to the tree of the JSON contract."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from perfscore.forms.facts import FactReader
from perfscore.model.form import Form
from perfscore.model.measure import Absence, Comparison
from perfscore.model.outcome import Held, Outcome
from perfscore.model.rules import Grade
from perfscore.report.basis import basis_line, basis_named
from perfscore.report.explain import why
from perfscore.report.figures import outward, shown
from perfscore.report.measured import nothing_divided
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.interval import Interval
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import Quantity, format_number, format_share, read_printed
from perfscore.views.outline import Block, Column, Facts, Heading, Item, Outline, Row, Table, Tone, Tree

STATUS = {
    "scored": Phrase("按规则", "by rule"),
    "judged": Phrase("评定", "judged"),
    "missing": Phrase("缺", "missing"),
    "not-applicable": Phrase("不适用", "n/a"),
    "vetoed": Phrase("否决", "vetoed"),
}


def title(form: Form, lang: Lang) -> str:
    """Unit, project and year of a form, as far as it names them."""
    year = "" if form.year is None else (f"{form.year}年度" if lang == "zh" else f"{form.year}")
    # On one line, so that no name can look like a line of the result.
    return " · ".join(" ".join(part.split()) for part in (form.unit, form.project, year) if part.strip()) or form.source.name


def outline(evaluation: Evaluation, lang: Lang, *, explain: bool = False) -> Outline:
    """The result for people: what counts, the table, and with `explain` the reasons of every line."""
    form = evaluation.submission.form
    blocks: list[Block] = [Facts(tuple(_summary(evaluation, lang))), _table(evaluation, lang)]
    if evaluation.held or evaluation.placed:
        from perfscore.report.gates import blocks as of_gates

        blocks += of_gates(evaluation, lang)
    if explain:
        blocks += [Heading(2, "得分说明" if lang == "zh" else "Why"), Tree(tuple(_items(evaluation.root.children, evaluation, lang)))]
    else:
        lost = [item for child in evaluation.root.children for item in _lost_items(child, evaluation, lang)]
        if lost:
            blocks += [Heading(2, "未得的分" if lang == "zh" else "Points not earned"), Tree(tuple(lost))]
    return Outline(title(form, lang), tuple(blocks))


def explanation(outcome: Outcome, evaluation: Evaluation, lang: Lang) -> Outline:
    """Why one indicator has its score, line by line."""
    return Outline(title(evaluation.submission.form, lang), (Tree((_item(outcome, evaluation, lang),)),))


def _summary(evaluation: Evaluation, lang: Lang) -> Iterator[tuple[str, str]]:
    zh, root, rules = lang == "zh", evaluation.root, evaluation.plan.rules
    points = shown(root.points or Fraction(0))
    if root.score is not None:
        yield ("总得分" if zh else "score"), f"{shown(root.score)} / {points}"
    elif root.by is not None:
        yield ("总得分" if zh else "score"), _withheld(root.by, lang)
    elif root.points is None:
        yield (
            ("总得分" if zh else "score"),
            "无法确定：表和规则都没有给出分值" if zh else "cannot be told: neither the form nor the rules give points",
        )
    else:
        low, high = outward(root.bounds)
        count = sum(1 for _ in _missing(root))
        yield ("总得分" if zh else "score"), f"{low} – {high} / {points}" + (f"（有 {count} 处缺）" if zh else f" ({count} missing)")
    yield ("等级" if zh else "grade"), _grade_line(evaluation, lang)
    if evaluation.grade is not None and evaluation.grade.action is not None:
        yield ("结果应用" if zh else "what follows"), evaluation.grade.action.text(lang)
    rate = execution_rate(evaluation)
    if rate is not None:
        yield ("预算执行率" if zh else "execution rate"), format_share(rate)
    variant = evaluation.submission.tree.variant
    case = "" if variant.when is None else (f"（{variant.label.zh}）" if zh else f" ({variant.label.en})")
    yield ("规则" if zh else "rules"), f"{rules.reference} {rules.title.text(lang)}{case}"


def _withheld(held: Held, lang: Lang) -> str:
    """Why there is no score although everything may be known."""
    label = held.gate.label
    if held.certain:
        return Phrase(f"不出得分（{label.zh}）", f"withheld ({label.en})").text(lang)
    return Phrase(f"未定（不能确定“{label.zh}”是否生效）", f"open (whether {label.en} takes effect cannot be told)").text(lang)


def _grade_line(evaluation: Evaluation, lang: Lang) -> str:
    zh, root = lang == "zh", evaluation.root
    grades = evaluation.plan.rules.grades
    grade = evaluation.grade
    if grade is None:
        reason = "规则没有规定等级" if zh else "the rules have no grades"
        doubtful = next((held for held in evaluation.held if not held.certain), None)
        if root.by is not None:
            reason = _withheld(root.by, lang).replace("不出得分", "不出等级")
        elif root.score is None:
            reason = "得分未定，等级随之未定" if zh else "open, because the score is"
        elif doubtful is not None:
            reason = _withheld(doubtful, lang)
        elif any(not placed.certain for placed in evaluation.placed):
            reason = "未定：名额还不能确定" if zh else "open: the quota of the cohort cannot be told yet"
        elif grades and evaluation.submission.tree.points not in (None, root.points):
            ruled, found = shown(evaluation.submission.tree.points or Fraction(0)), shown(root.points or Fraction(0))
            reason = (
                f"无：全表分值合计 {found}，等级是按 {ruled} 分规定的" if zh else f"none: the form has {found} points, the grades are for {ruled}"
            )
        elif grades:
            score = shown(root.score)
            reason = f"无：{score} 分不在任何等级的区间内" if zh else f"none: {score} is in no grade's range"
        return reason
    distance = next_grade(evaluation)
    label = grade.label.text(lang)
    if distance is None:
        return label
    amount = shown(distance[1])
    return f"{label}（距{distance[0].label.zh}还差 {amount} 分）" if zh else f"{label} ({amount} short of {distance[0].label.en})"


def next_grade(evaluation: Evaluation) -> tuple[Grade, Fraction] | None:
    """The grade above and the exact distance to it; None at the top, while the score is open, and where it is not the total that gives the grade."""
    return None if evaluation.root.score is None else grade_above(evaluation.plan.rules.grades, evaluation.grade, evaluation.root.score)


def grade_above(grades: tuple[Grade, ...], grade: Grade | None, score: Fraction) -> tuple[Grade, Fraction] | None:
    """The grade above one and the distance of a total to it; see `next_grade`."""
    if grade is None or grade is grades[0] or grade.range is None or not grade.range.holds(score):
        return None
    above = grades[grades.index(grade) - 1]
    return (above, above.range.low - score) if above.range is not None and above.range.low is not None else None


def execution_rate(evaluation: Evaluation) -> Fraction | None:
    """全年执行数 ÷ 全年预算数, exactly, where the form has both and the budget is not zero."""
    silent: list[Diagnostic] = []
    facts = FactReader(evaluation.submission.form, evaluation.plan.rules, silent.append)
    executed, adjusted = facts.fact("executed"), facts.fact("adjusted")
    if isinstance(executed, Absence) or isinstance(adjusted, Absence) or adjusted.number <= 0:
        return None
    return executed.number / adjusted.number


def _missing(outcome: Outcome) -> Iterator[Outcome]:
    below = [found for child in outcome.children for found in _missing(child)]
    if below:
        yield from below
    elif outcome.status == "missing":
        yield outcome


def _table(evaluation: Evaluation, lang: Lang) -> Table:
    titles = (
        ("指标", "年度指标值", "实际完成值", "分值", "得分", "评分") if lang == "zh" else ("indicator", "target", "actual", "points", "score", "by")
    )
    columns = (
        Column(titles[0], weight=3, least=16),
        Column(titles[1], weight=1, least=8),
        Column(titles[2], weight=1, least=8),
        Column(titles[3], "right"),
        Column(titles[4], "right"),
        Column(titles[5]),
    )
    rows = [row for child in evaluation.root.children for row in _table_rows(child, lang, 0)]
    root = evaluation.root
    rows.append(Row(("总分" if lang == "zh" else "total", "", "", _points(root.points), "—" if root.by is not None else _score(root), ""), "strong"))
    return Table(columns, tuple(rows))


def _table_rows(outcome: Outcome, lang: Lang, depth: int) -> Iterator[Row]:
    label = outcome.label.text(lang)
    if outcome.leaf is None and (outcome.children or outcome.status == "missing"):
        if depth == 0 or outcome.status == "missing":
            status = STATUS[outcome.status].text(lang) if outcome.status in ("missing", "vetoed") else ""
            if depth == 0:
                yield Row((label, "", "", "" if _outside(outcome) else _points(outcome.points), _score(outcome), status), "strong", depth)
        for child in outcome.children:
            yield from _table_rows(child, lang, depth + 1)
        return
    row = outcome.leaf.row if outcome.leaf is not None else None
    target = row.target.text.strip() if row is not None and row.target is not None else ""
    actual = row.actual.text.strip() if row is not None and row.actual is not None else ""
    if outcome.leaf is None and not outcome.points and not outcome.score:
        return
    tone: Tone = "weak" if outcome.status == "not-applicable" else "bad" if outcome.status == "missing" or (outcome.lost or 0) > 0 else ""
    if row is None and depth == 0:
        depth = 0
    points = "" if _outside(outcome) else _points(outcome.points)
    yield Row((label, target, actual, points, _score(outcome), STATUS[outcome.status].text(lang)), tone, min(depth, 1))


def _outside(outcome: Outcome) -> bool:
    """Whether a line stands outside the points: a bonus, a malus, what a gate took off."""
    return outcome.points == 0 and (any(outcome.bounds) or (outcome.leaf is not None and outcome.leaf.rule.counts != "points"))


def _points(points: Fraction | None) -> str:
    return "—" if points is None else shown(points)


def _score(outcome: Outcome) -> str:
    if outcome.status == "not-applicable":
        return "—"
    if outcome.score is not None:
        return ("+" if _outside(outcome) and outcome.score > 0 else "") + shown(outcome.score)
    if outcome.points is None:
        return "?"
    return "–".join(outward(outcome.bounds))


def _items(outcomes: tuple[Outcome, ...], evaluation: Evaluation, lang: Lang) -> Iterator[Item]:
    for outcome in outcomes:
        if outcome.children or outcome.leaf is not None or outcome.status == "missing" or outcome.score or outcome.points:
            yield _item(outcome, evaluation, lang)


def _item(outcome: Outcome, evaluation: Evaluation, lang: Lang) -> Item:
    reasons = [Item(reason.text, str_span(reason.span)) for reason in why(outcome, lang)]
    if outcome.leaf is not None:
        basis = basis_line(outcome.leaf.basis or evaluation.plan.rules.basis, lang)
        reasons += [Item(basis, tone="weak")] if basis else []
    children = (*reasons, *_items(outcome.children, evaluation, lang))
    tone: Tone = "bad" if outcome.status == "missing" or (outcome.lost or 0) > 0 else "strong" if outcome.children else ""
    return Item(_head(outcome, lang), "", children, tone)


def _head(outcome: Outcome, lang: Lang) -> str:
    """`数量指标  9 / 10`, `加分  +3`."""
    of = "" if _outside(outcome) else f" / {_points(outcome.points)}"
    return f"{outcome.label.text(lang)}  {_score(outcome)}{of}"


def _lost_items(outcome: Outcome, evaluation: Evaluation, lang: Lang) -> Iterator[Item]:
    if outcome.leaf is not None:
        # A complete row without points has nothing of its own to lose; its group says so.
        silent = outcome.points is None and not isinstance(outcome.leaf.measure, Absence)
        if (outcome.status == "missing" or outcome.lost) and not silent:
            reasons = tuple(Item(reason.text, str_span(reason.span)) for reason in why(outcome, lang))
            yield Item(_head(outcome, lang), "", reasons)
        return
    if not outcome.children and not outcome.lost and outcome.status == "scored":
        return
    if outcome.children and outcome.score is not None and outcome.note is not None and not outcome.lost:
        # Where not everything counts, what a part lost need not be lost to the group.
        return
    own = why(outcome, lang)
    if own:
        below = [item for child in outcome.children for item in _lost_items(child, evaluation, lang)]
        reasons = (*(Item(reason.text, str_span(reason.span)) for reason in own), *below)
        yield Item(_head(outcome, lang), "", reasons)
        return
    for child in outcome.children:
        yield from _lost_items(child, evaluation, lang)


def str_span(span: object) -> str:
    """`file:line` for a person; the column says little beside an explanation."""
    return "" if span is None else str(span).rpartition(":")[0]


def document(evaluation: Evaluation, lang: Lang) -> dict[str, Any]:
    """The JSON contract, format 1: exact numbers as decimal text, or p/q where there is no finite decimal."""
    form, rules, root = evaluation.submission.form, evaluation.plan.rules, evaluation.root
    above = next_grade(evaluation)
    rate = execution_rate(evaluation)
    return {
        "format": 1,
        "unit": form.unit or None,
        "project": form.project or None,
        "year": form.year,
        "rules": {"id": rules.id, "version": rules.version},
        "variant": evaluation.submission.tree.variant.id,
        "score": _exact(root.score),
        "bounds": _bounds(root),
        "points": _exact(root.points),
        "grade": evaluation.grade.label.zh if evaluation.grade is not None else None,
        "action": evaluation.grade.action.text(lang) if evaluation.grade is not None and evaluation.grade.action is not None else None,
        "next_grade": None if above is None else {"grade": above[0].label.zh, "distance": _exact(above[1])},
        "execution_rate": _exact(rate),
        "indicators": [_indicator(child, evaluation, lang) for child in root.children],
        **_gates(evaluation, lang),
        "warnings": [warning(found, lang) for found in evaluation.warnings],
        "receipt": receipt(evaluation),
    }


def _gates(evaluation: Evaluation, lang: Lang) -> dict[str, Any]:
    if not evaluation.held and not evaluation.placed:
        return {"gates": [], "quotas": []}
    from perfscore.report.gates import documents, quota_documents

    return {"gates": documents(evaluation, lang), "quotas": quota_documents(evaluation, lang)}


def problems(rejected: Rejected, lang: Lang) -> dict[str, Any]:
    """The JSON document of a form that cannot be read."""
    return {"format": 1, "problems": [warning(problem, lang) for problem in rejected.diagnostics]}


def receipt(evaluation: Evaluation) -> dict[str, str]:
    """Digests of the rule files and the form, and the engine's version: enough to make the same result again."""
    from hashlib import sha256

    from perfscore import __version__

    rules = sha256()
    for source in evaluation.plan.rules.sources:
        rules.update(sha256(source.content).digest())
    return {
        "rules": f"sha256:{rules.hexdigest()}",
        "form": f"sha256:{sha256(evaluation.submission.form.source.content).hexdigest()}",
        "engine": __version__,
    }


def warning(found: Diagnostic, lang: Lang) -> dict[str, Any]:
    """A diagnostic as JSON."""
    where = None if found.span is None else {"file": found.span.source.name, "line": found.span.line, "column": found.span.column}
    hint = found.hint.text(lang) if found.hint is not None else None
    made: dict[str, Any] = {"code": found.code, "severity": found.severity, "says": found.says.text(lang), "hint": hint, "where": where}
    if found.evidence is None:
        return made
    # What a printed number was held against: the least and the most that it can be.
    held = found.evidence
    computed = None if held.computed is None else [None if end is None else _exact(end * _share(held.printed)) for end in held.computed]
    made = {**made, "label": held.label.text(lang), "printed": held.printed, "computed": computed, "verdict": held.verdict}
    return {**made, "outer": True} if held.outer else made


def _share(printed: str) -> Fraction:
    """What one of a number that is printed per cent is to a program, which is given rates as such."""
    read = read_printed(printed)
    return read.unit.factor if isinstance(read, Quantity) and read.unit is not None and read.unit.kind == "share" else Fraction(1)


def _indicator(outcome: Outcome, evaluation: Evaluation, lang: Lang) -> dict[str, Any]:
    leaf = outcome.leaf
    found = None if leaf is None or isinstance(leaf.measure, Absence) else leaf.measure
    # Where a target or its divisor is zero there is no ratio to show: it is met or it is not.
    measure = None if found is None or (isinstance(found, Comparison) and nothing_divided(found)) else found.value
    return {
        "id": outcome.id,
        "label": outcome.label.text(lang),
        "points": _exact(outcome.points),
        "score": _exact(outcome.score),
        "bounds": _bounds(outcome),
        "status": outcome.status,
        "measure": str(measure) if isinstance(measure, Interval) else _exact(measure),
        "lost": _exact(outcome.lost),
        "why": [reason.text for reason in why(outcome, lang)],
        "basis": basis_named(leaf.basis or evaluation.plan.rules.basis, lang) or None if leaf is not None else None,
        "children": [_indicator(child, evaluation, lang) for child in outcome.children],
    }


def _bounds(outcome: Outcome) -> list[str | None] | None:
    # Without points nothing bounds a score from above: what is not known is null.
    return None if outcome.points is None else [_exact(end) for end in outcome.bounds]


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else format_number(number)
