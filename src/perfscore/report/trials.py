"""Rule sets with their examples as they ran, to an outline for people, to diagnostics and to JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from perfscore.model.outcome import Outcome
from perfscore.model.trial import Coverage, Failure, Reached, Trial, Verdict
from perfscore.report.evaluation import str_span, warning
from perfscore.report.explain import why
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import format_number
from perfscore.text.show import render
from perfscore.views.outline import Block, Cell, Column, Heading, Item, Outline, Row, Table, Tree, Verbatim

#: Of the reasons for a score, and of the parts of a total, the first ones say where to look.
_REASONS = 4
_PARTS = 12
_ALL = Phrase("合计", "total")


def outline(found: tuple[Verdict, ...], lang: Lang) -> Outline:
    """What failed and why, what no example reached, and below them a line for every rule set and one for all."""
    blocks: list[Block] = []
    if any(one.failed for one in found):
        blocks.append(Heading(2, Phrase("没有通过的示例", "Examples that fail").text(lang)))
        blocks += [block for one in found for trial in one.failed for block in _failed(trial, lang)]
    for one in found:
        if missed := one.coverage.missed:
            says = Phrase(
                f"{one.rules.reference} 还有 {len(missed)} 处没有示例达到", f"{one.rules.reference}: {len(missed)} parts that no example reaches"
            )
            blocks += [Heading(2, says.text(lang)), Tree(tuple(_missed(one.coverage, lang)))]
    blocks += [Heading(2, Phrase("结果", "Result").text(lang)), _table(found, lang)]
    return Outline(Phrase("规则测试", "Tests of rules").text(lang), tuple(blocks))


def _failed(trial: Trial, lang: Lang) -> Iterator[Block]:
    for failure in trial.failures:
        yield Verbatim(render(_named(trial, failure), lang))
        reasons = tuple(_reasons(failure.outcome, lang)) if failure.outcome is not None else ()
        if reasons:
            yield Tree(reasons)


def _named(trial: Trial, failure: Failure) -> Diagnostic:
    """What is said of a failure, with the label of its example if that has one."""
    found, label = failure.says, trial.example.label
    return found._replace(says=Phrase(f"{label}：{found.says.zh}", f"{label}: {found.says.en}")) if label else found


def _reasons(outcome: Outcome, lang: Lang) -> Iterator[Item]:
    """Why a leaf has its score; of a group and of the total what is in them."""
    for reason in why(outcome, lang)[:_REASONS]:
        yield Item(reason.text, str_span(reason.span))
    for child in outcome.children[:_PARTS]:
        yield Item(f"{child.label.text(lang)}  {_score(child, lang)}", child.id)
    if (left := len(outcome.children) - _PARTS) > 0:
        yield Item(Phrase(f"还有 {left} 行", f"{left} more lines").text(lang))


def _score(outcome: Outcome, lang: Lang) -> str:
    if outcome.status == "not-applicable":
        return Phrase("不适用", "not applicable").text(lang)
    low, high = map(format_number, outcome.bounds)
    return Phrase(f"{low} 到 {high}", f"{low} to {high}").text(lang) if outcome.score is None else format_number(outcome.score)


def diagnostics(trial: Trial) -> tuple[Diagnostic, ...]:
    """What failed, with the reasons for what was found instead."""
    return tuple(_explained(_named(trial, failure), failure.outcome) for failure in trial.failures)


def _explained(found: Diagnostic, outcome: Outcome | None) -> Diagnostic:
    if outcome is None or found.hint is not None:
        return found
    zh, en = ([item.text for item in _reasons(outcome, lang)] for lang in ("zh", "en"))
    return found._replace(hint=Phrase("；".join(zh), "; ".join(en))) if zh else found


# What was not reached.

_GROUPS = {"variant": Phrase("情形", "variants"), "gate": Phrase("关口", "gates")}


def _missed(coverage: Coverage, lang: Lang) -> Iterator[Item]:
    """By indicator; of one that no example comes near it is enough to say that."""
    for name, run in groupby(coverage.parts, lambda part: _GROUPS.get(part.kind) or part.id):
        parts = list(run)
        missed = [part for part in parts if not part.by]
        if not missed:
            continue
        title = name.text(lang) if isinstance(name, Phrase) else f"{parts[0].label.text(lang)} {name}"
        if len(missed) == len(parts) > 1 and not isinstance(name, Phrase):
            none = Phrase(f"{title}：{len(parts)} 处都没有示例达到", f"{title}: none of its {len(parts)} parts")
            yield Item(none.text(lang), str_span(parts[0].span))
        else:
            yield Item(title, "", tuple(_part(part, lang) for part in missed))


def _part(part: Reached, lang: Lang) -> Item:
    return Item(part.says.text(lang), str_span(part.span), (Item(part.how.text(lang), tone="weak"),))


def _table(found: tuple[Verdict, ...], lang: Lang) -> Table:
    columns = (
        Column(Phrase("规则", "rules").text(lang), weight=1, least=20),
        Column(Phrase("示例", "examples").text(lang), "right"),
        Column(Phrase("通过", "passed").text(lang), "right"),
        Column(Phrase("未通过", "failed").text(lang), "right"),
        Column(Phrase("达到", "reached").text(lang), "right"),
        Column(Phrase("覆盖", "coverage").text(lang), "right"),
    )
    rows = [_row(one.rules.reference, one.trials, one.coverage) for one in found]
    every = Coverage(tuple(part for one in found for part in one.coverage.parts))
    rows.append(_row(_ALL.text(lang), tuple(trial for one in found for trial in one.trials), every)._replace(tone="strong"))
    return Table(columns, tuple(rows))


def _row(name: str, trials: tuple[Trial, ...], coverage: Coverage) -> Row:
    failed = sum(not trial.holds for trial in trials)
    counts = (str(len(trials)), str(len(trials) - failed), Cell(str(failed), "bad" if failed else ""))
    # A template has nothing to reach.
    reached = (f"{coverage.reached}/{len(coverage.parts)}", f"{percent(coverage)}%") if coverage.parts else ("—", "—")
    return Row((name, *counts, *reached))


def percent(coverage: Coverage) -> int:
    """The share in whole per cent, rounded down: 100 is everything."""
    return int(coverage.share * 100)


# JSON.


def document(found: Iterable[Verdict], lang: Lang) -> dict[str, Any]:
    """Everything for programs: every example, and every part with how many examples reached it."""
    return {"format": 1, "rules": [_verdict(one, lang) for one in found]}


def _verdict(one: Verdict, lang: Lang) -> dict[str, Any]:
    coverage = one.coverage
    return {
        "rules": {"id": one.rules.id, "version": one.rules.version},
        "file": one.rules.sources[-1].name,
        "examples": [_trial(trial, lang) for trial in one.trials],
        "coverage": {"reached": coverage.reached, "all": len(coverage.parts), "percent": percent(coverage)},
        "parts": [_reached(part, lang) for part in coverage.parts],
    }


def _trial(trial: Trial, lang: Lang) -> dict[str, Any]:
    failures = [warning(found, lang) for found in diagnostics(trial)]
    return {"label": trial.example.label or None, "where": _where(trial.example.span), "passed": trial.holds, "failures": failures}


def _reached(part: Reached, lang: Lang) -> dict[str, Any]:
    says = {"says": part.says.text(lang), "how": part.how.text(lang)}
    return {"kind": part.kind, "id": part.id, "label": part.label.text(lang), **says, "where": _where(part.span), "examples": part.by}


def _where(span: Any) -> dict[str, Any]:
    return {"file": span.source.name, "line": span.line, "column": span.column}
