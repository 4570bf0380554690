"""Forms scored by two rule sets to what moved, and to the changes of the rules that moved it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from perfscore.model.outcome import Outcome
from perfscore.report.changes import Change, item, placed
from perfscore.report.evaluation import title, warning
from perfscore.report.figures import outward, shown
from perfscore.scoring.engine import Evaluation
from perfscore.text.diagnostic import Rejected
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import format_number
from perfscore.views.outline import Block, Cell, Column, Heading, Item, Paragraph, Row, Table, Tree


class Moved(NamedTuple):
    """A line of a form that has another score now, and the changes that it comes from; an outcome is None where the line is not scored."""

    label: Phrase
    before: Outcome | None
    after: Outcome | None
    because: tuple[Change, ...]


class Impact(NamedTuple):
    """A form by both rule sets: the lines that moved, and what moved its total or its grade besides them."""

    before: Evaluation
    after: Evaluation
    lines: tuple[Moved, ...]
    besides: tuple[Change, ...]

    @property
    def moved(self) -> bool:
        """Whether anything did."""
        return bool(self.lines) or _whole(self.before) != _whole(self.after)


def _whole(evaluation: Evaluation) -> tuple[object, ...]:
    grade = evaluation.grade
    return evaluation.score, evaluation.bounds, None if grade is None else grade.label


def impact(before: Evaluation, after: Evaluation, changes: list[Change]) -> Impact:
    """What the changes do to one form."""
    was, now = _lines(before), _lines(after)
    moved = []
    for key in dict.fromkeys((*now, *was)):
        old, new = was.get(key), now.get(key)
        if _standing(old) != _standing(new):
            moved.append(Moved((new or old or before.root).label, old, new, tuple(_because(old, new, before, after, changes))))
    told = sum((_middle(line.after) - _middle(line.before) for line in moved), Fraction(0))
    besides: list[Change] = []
    if _middle(after.root) - _middle(before.root) != told or (_whole(before) != _whole(after) and not moved):
        besides += _switched(before, after, changes) or [one for one in changes if one.about == "indicator" and one.kind in _GROUPS]
        besides += [one for one in changes if one.scores and one.about in ("rules", "cohort", "gate")]
    if (before.grade and before.grade.label) != (after.grade and after.grade.label):
        besides += [one for one in changes if one.scores and one.about in ("grade", "gate") and one not in besides]
    return Impact(before, after, tuple(moved), tuple(besides))


#: What a group makes of its parts.
_GROUPS = frozenset(("points", "aggregate", "least", "most", "counts"))


def _switched(before: Evaluation, after: Evaluation, changes: list[Change]) -> list[Change]:
    """Where another variant applies: what became of the two."""
    variants = {evaluation.submission.tree.variant.id for evaluation in (before, after)}
    return [one for one in changes if one.about == "variant" and one.id in variants] if len(variants) > 1 else []


def _lines(evaluation: Evaluation) -> dict[object, Outcome]:
    """What earns points and has nothing below it: a row by its place on the form, anything else by its id."""
    found: dict[object, Outcome] = {}
    stack = list(evaluation.root.children[::-1])
    while stack:
        one = stack.pop()
        stack.extend(one.children[::-1])
        if not one.children:
            row = one.leaf.row if one.leaf is not None else None
            found[one.id if row is None else (row.span.line, row.span.column)] = one
    return found


def _standing(outcome: Outcome | None) -> tuple[object, ...]:
    """What a line gives; one that is not there gives nothing."""
    if outcome is None or outcome.status == "not-applicable":
        return (None, None)
    return outcome.score, outcome.bounds


def _middle(outcome: Outcome | None) -> Fraction:
    """A number that moves whenever the bounds do."""
    return Fraction(0) if outcome is None else sum(outcome.bounds, Fraction(0))


def _because(old: Outcome | None, new: Outcome | None, before: Evaluation, after: Evaluation, changes: list[Change]) -> Iterator[Change]:
    """The changes of the nearest indicator that has any, from the line upwards; else those of facts that it reads, else those of all."""
    live = [change for change in changes if change.scores and (change.variant is None or change.variant == after.submission.tree.variant.label)]
    ways = [_way(outcome, evaluation) for outcome, evaluation in ((new, after), (old, before)) if outcome is not None]
    for step in range(max(map(len, ways), default=0)):
        ids = {way[step] for way in ways if step < len(way)}
        found = [change for change in live if change.about == "indicator" and change.id in ids]
        if found:
            yield from found
            return
    reads = {read.name for outcome in (old, new) for read in _reads(outcome)}
    found = [change for change in live if change.about in ("fact", "cohort") and change.id in reads]
    found += _switched(before, after, changes)
    yield from found or [change for change in live if change.about == "rules"]


def _way(outcome: Outcome, evaluation: Evaluation) -> list[str]:
    """The ids of a line's indicator and of those above it, from below."""
    leaf = outcome.leaf
    name = leaf.rule.id if leaf is not None else outcome.id.removesuffix(".difference")
    for one in placed(evaluation.submission.tree.indicators):
        if one.node.id == name:
            return [name, *(above.id for above in one.above[::-1])]
    return [name]


def _reads(outcome: Outcome | None) -> Iterator[Any]:
    rule = None if outcome is None or outcome.leaf is None else outcome.leaf.rule
    for formula in () if rule is None else (rule.measure, rule.applicable):
        yield from () if formula is None else formula.reads


# The page and the JSON.


def blocks(found: list[Impact | Rejected], lang: Lang) -> Iterator[Block]:
    """A line for every form, and below them what moved."""
    read = [one for one in found if isinstance(one, Impact)]
    moved = [one for one in read if one.moved]
    yield Heading(2, Phrase("对填报表的影响", "What it does to the forms").text(lang))
    yield Paragraph(Phrase(f"{len(read)} 张表中有 {len(moved)} 张有变动。", f"Forms scored differently: {len(moved)} of {len(read)}.").text(lang))
    yield _table(found, lang)
    for one in moved:
        yield Heading(3, title(one.after.submission.form, lang))
        yield Tree(tuple(_items(one, lang)))


def _table(found: list[Impact | Rejected], lang: Lang) -> Table:
    columns = (
        Column(Phrase("填报表", "form").text(lang), weight=1, least=16),
        Column(Phrase("原得分", "before").text(lang), "right"),
        Column(Phrase("现得分", "after").text(lang), "right"),
        Column(Phrase("增减", "change").text(lang), "right"),
        Column(Phrase("等级", "grade").text(lang)),
    )
    return Table(columns, tuple(_row(one, lang) for one in found))


def _row(one: Impact | Rejected, lang: Lang) -> Row:
    if isinstance(one, Rejected):
        span = one.diagnostics[0].span if one.diagnostics else None
        name = Phrase("（读不出）", "(not read)").text(lang) if span is None else span.source.name
        return Row((name, Cell(Phrase("读不出", "not read").text(lang), "bad")), "weak")
    before, after = one.before, one.after
    grades = [evaluation.grade.label.text(lang) if evaluation.grade is not None else "—" for evaluation in (before, after)]
    grade = grades[0] if grades[0] == grades[1] else f"{grades[0]} → {grades[1]}"
    return Row((title(after.submission.form, lang), _score(before.root, lang), _score(after.root, lang), _difference(before.root, after.root), grade))


def _score(outcome: Outcome | None, lang: Lang) -> str:
    if outcome is None or outcome.status == "not-applicable":
        return Phrase("不计", "not scored").text(lang)
    return shown(outcome.score) if outcome.score is not None else "–".join(outward(outcome.bounds))


def _difference(before: Outcome, after: Outcome) -> str:
    if before.score is None or after.score is None:
        return "—" if before.bounds != after.bounds else "0"
    moved = after.score - before.score
    return f"+{shown(moved)}" if moved > 0 else f"-{shown(-moved)}" if moved else "0"


def _items(one: Impact, lang: Lang) -> Iterator[Item]:
    was, now = (evaluation.submission.tree.variant.label for evaluation in (one.before, one.after))
    if was != now:
        yield Item(Phrase(f"适用情形由 {was.zh} 改为 {now.zh}", f"another variant applies: {was.en} → {now.en}").text(lang))
    for line in one.lines:
        text = f"{line.label.text(lang)}  {_score(line.before, lang)} → {_score(line.after, lang)}"
        yield Item(text, "", tuple(_brief(change, lang) for change in line.because), "strong")
    if one.besides:
        yield Item(Phrase("总得分和等级", "total and grade").text(lang), "", tuple(_brief(change, lang) for change in one.besides), "strong")


def _brief(change: Change, lang: Lang) -> Item:
    # What the change says in detail stands in the list above.
    return item(change._replace(details=()), lang)


def document(found: list[Impact | Rejected], changes: list[Change], lang: Lang) -> list[dict[str, Any]]:
    """The forms for programs; `because` are places in the list of changes."""
    places = {id(change): place for place, change in enumerate(changes)}
    return [
        {"problems": [warning(problem, lang) for problem in one.diagnostics]} if isinstance(one, Rejected) else _document(one, places)
        for one in found
    ]


def _document(one: Impact, places: dict[int, int]) -> dict[str, Any]:
    form = one.after.submission.form
    return {
        "file": form.source.name,
        "unit": form.unit or None,
        "project": form.project or None,
        "year": form.year,
        "before": _result(one.before),
        "after": _result(one.after),
        "lines": [
            {
                "id": (line.after or line.before or one.after.root).id,
                "label": line.label._asdict(),
                "before": _numbers(line.before),
                "after": _numbers(line.after),
                "because": [places[id(change)] for change in line.because],
            }
            for line in one.lines
        ],
        "because": [places[id(change)] for change in one.besides],
    }


def _result(evaluation: Evaluation) -> dict[str, Any]:
    grade = evaluation.grade
    return {**(_numbers(evaluation.root) or {}), "grade": None if grade is None else grade.label.zh, "variant": evaluation.submission.tree.variant.id}


def _numbers(outcome: Outcome | None) -> dict[str, Any] | None:
    if outcome is None or outcome.status == "not-applicable":
        return None
    return {"score": None if outcome.score is None else format_number(outcome.score), "bounds": [format_number(end) for end in outcome.bounds]}
