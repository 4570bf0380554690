"""What a run came to, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from perfscore.bulk.columns import Columns, explained
from perfscore.bulk.gathered import Done
from perfscore.bulk.queue import WEIGHTS
from perfscore.bulk.results import SEVERITIES, STATES, exact
from perfscore.bulk.tally import Tally, quantile
from perfscore.report.evaluation import STATUS
from perfscore.text.numbers import added
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import format_number, format_share
from perfscore.views.outline import Block, Column, Facts, Heading, Outline, Paragraph, Row, Table

#: The shares that quantiles are given for: least, a tenth, a quarter, the middle …
SHARES = (Fraction(0), Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(9, 10), Fraction(1))
_SHOWN = tuple(SHARES.index(share) for share in (Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)))
#: Of longer lists the first are shown; all stand in the tables.
_FIRST = 10

Spread = list[tuple[Fraction, int]]


def rule_sets(tally: Tally) -> list[str]:
    """The rule sets that scored forms, by name."""
    return sorted(tally.below("rules"))


def indicators(tally: Tally, rules: str) -> Iterator[tuple[str, Phrase, str | None, Spread, int]]:
    """The indicators that a rule set names, in its order: id, label, points, the scores, and how many are not known."""
    for key, words in tally.names.items():
        if key[:2] == ("indicator", rules):
            spread, missing = tally.spread(*key)
            if spread or missing:
                yield key[2], Phrase(*words[:2]), words[2], spread, missing


def grades(tally: Tally, rules: str) -> Iterator[tuple[Phrase | None, int]]:
    """The grades of a rule set from the best, with the number of forms; those without a grade last."""
    found = tally.below("grade", rules)
    for key, words in tally.names.items():
        if key[:2] == ("grade", rules):
            yield Phrase(*words), found.get(key[2], 0)
    if found.get("") and any(key[:2] == ("grade", rules) for key in tally.names):
        yield None, found[""]


def mean(spread: Spread) -> Fraction | None:
    """The mean of numbers, exactly."""
    number = sum(count for _, count in spread)
    return added(value * count for value, count in spread) / number if number else None


def findings(tally: Tally) -> list[tuple[str, str, int, int]]:
    """The findings by code: severity, code, how many, in how many forms; the most frequent of the worst first."""
    counts = tally.counts
    every = [
        (severity, code, count, counts["found", severity, code])
        for severity in SEVERITIES
        for code, count in tally.below("finding", severity).items()
    ]
    return sorted(every, key=lambda one: (list(SEVERITIES).index(one[0]), -one[2], one[1]))


def document(done: Done, lang: Lang) -> dict[str, Any]:
    """The summary for programs: exact numbers as decimal text, or p/q."""
    tally = done.tally
    return {
        "format": 1,
        "forms": {"read": done.read, **{state: done.state(state) for state in STATES}},
        "skipped": [{"file": file, "says": Phrase(*says).text(lang)} for file, says in done.skipped],
        "statuses": {status: tally.counts["leaf", status] for status in STATUS},
        "rules": [_of_rules(tally, rules, lang) for rules in rule_sets(tally)],
        "errors": _most(tally.below("error")),
        "findings": [{"code": code, "severity": severity, "count": count, "forms": forms} for severity, code, count, forms in findings(tally)],
        "review": {"forms": len(done.queue), "reasons": _reasons(done)},
    }


def _of_rules(tally: Tally, rules: str, lang: Lang) -> dict[str, Any]:
    scores, _ = tally.spread("score", rules)
    return {
        "rules": rules,
        "title": Phrase(*tally.names["rules", rules]).text(lang),
        "forms": tally.counts["rules", rules],
        "scores": _quantiles(scores),
        "grades": [{"grade": None if grade is None else grade.text(lang), "forms": count} for grade, count in grades(tally, rules)],
        "lost": [
            {
                "part": part.text(lang),
                "points": exact(added(value * count for value, count in spread)),
                "forms": sum(n for _, n in spread),
                "unknown": unknown,
            }
            for part, spread, unknown in lost(tally, rules)
        ],
        "indicators": [
            {"id": name, "label": label.text(lang), "points": points, "forms": sum(n for _, n in spread), "unknown": unknown, **_quantiles(spread)}
            for name, label, points, spread, unknown in indicators(tally, rules)
        ],
    }


def lost(tally: Tally, rules: str) -> Iterator[tuple[Phrase, Spread, int]]:
    """The parts of the top level with the points that forms lost there, and for how many that is not known."""
    parts = dict.fromkeys(key[2] for key in tally.counts if key[:2] == ("lost", rules))
    for part in parts:
        yield Phrase(part, tally.names["part", part][0]), *tally.spread("lost", rules, part)


def _quantiles(spread: Spread) -> dict[str, Any]:
    names = [f"q{format_number(share * 100)}" for share in SHARES]
    return {"mean": exact(mean(spread)), "quantiles": {name: exact(quantile(spread, share)) for name, share in zip(names, SHARES, strict=True)}}


def _most(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _reasons(done: Done) -> dict[str, int]:
    names = [reason.name for waiting in done.queue for reason in waiting.reasons]
    return {name: names.count(name) for name in WEIGHTS if name in names}


def text(done: Done, lang: Lang) -> bytes:
    """The summary as a JSON file."""
    from perfscore.views.json import dumps

    return dumps(document(done, lang), indent=2).encode("utf-8", "backslashreplace") + b"\n"


def outline(done: Done, lang: Lang, *, ranking: bool = False) -> Outline:
    """The summary for people."""
    tally = done.tally
    blocks: list[Block] = [Facts(tuple(_facts(done, lang)))]
    for rules in rule_sets(tally):
        title = Phrase(*tally.names["rules", rules]).text(lang)
        blocks += [Heading(2, f"{rules} {title}"), _grades(tally, rules, lang), *_lost(tally, rules, lang), *_indicators(tally, rules, lang)]
    blocks += [*_errors(done, lang), *_findings(done, lang)]
    if ranking:
        blocks += _ranking(done, lang)
    blocks += _queue(done, lang)
    if done.written:
        blocks += [Heading(2, say("写出的文件", "files", lang)), Facts(tuple((name, says.text(lang)) for name, says in done.written))]
    return Outline(say("批量评分", "many forms", lang), tuple(blocks))


def columns(file: str, found: Columns, lang: Lang) -> Outline:
    """What was understood of the columns of a table."""
    shape = say("一行一个指标", "one row per indicator", lang) if found.shape == "long" else say("一行一张表", "one row per form", lang)
    rows = tuple(Row((column, says.text(lang))) for column, says in explained(found))
    heads = (Column(say("列", "column", lang), weight=1), Column(say("含义", "is read as", lang), weight=1))
    return Outline(f"{file} · {shape}", (Table(heads, rows),))


def say(zh: str, en: str, lang: Lang) -> str:
    """A few words in the reader's language."""
    return zh if lang == "zh" else en


def _facts(done: Done, lang: Lang) -> Iterator[tuple[str, str]]:
    read, *states = done.read, *(done.state(state) for state in STATES)
    words = [f"{says.text(lang)} {count}" for says, count in zip(STATES.values(), states, strict=True)]
    yield say("读到的表", "forms read", lang), f"{read} = {' + '.join(words)}"
    leaves = {status: done.tally.counts["leaf", status] for status in STATUS}
    counted = [f"{says.text(lang)} {leaves[status]}" for status, says in STATUS.items() if leaves[status]]
    if counted:
        yield say("指标", "indicators", lang), f"{sum(leaves.values())} = {' + '.join(counted)}"
    if done.skipped:
        yield say("不是填报表", "no forms", lang), say(f"跳过 {len(done.skipped)} 个文件", f"{len(done.skipped)} files skipped", lang)
    if done.kept:
        yield say("接着上次", "resumed", lang), say(f"上次做完的 {done.kept} 段没有重做", f"{done.kept} parts of the run before were kept", lang)


def _grades(tally: Tally, rules: str, lang: Lang) -> Table:
    forms, (scores, _) = tally.counts["rules", rules], tally.spread("score", rules)
    rows = [
        Row((say("无等级", "no grade", lang) if grade is None else grade.text(lang), str(count), format_share(Fraction(count, forms), 1)))
        for grade, count in grades(tally, rules)
    ]
    middle = mean(scores)
    average = "" if middle is None else say(f"平均 {format_number(middle, 2)} 分", f"mean {format_number(middle, 2)}", lang)
    rows.append(Row((say("合计", "all", lang), str(forms), average), "strong"))
    columns = (
        Column(say("等级", "grade", lang), weight=1),
        Column(say("表数", "forms", lang), "right"),
        Column(say("占比", "share", lang), "right"),
    )
    return Table(columns, tuple(rows))


def _lost(tally: Tally, rules: str, lang: Lang) -> list[Block]:
    rows = []
    for part, spread, unknown in lost(tally, rules):
        average, most = mean(spread), quantile(spread, Fraction(1))
        cells = ("—", "—") if average is None or most is None else (format_number(average, 2), _short(most))
        rows.append(Row((part.text(lang), *cells, str(unknown) if unknown else "")))
    columns = (
        Column(say("未得的分", "points lost in", lang), weight=1),
        Column(say("平均", "mean", lang), "right"),
        Column(say("最多", "most", lang), "right"),
        Column(say("未定的表", "not known", lang), "right"),
    )
    return [Table(columns, tuple(rows))] if rows else []


def _indicators(tally: Tally, rules: str, lang: Lang) -> list[Block]:
    rows = []
    for _, label, points, spread, unknown in indicators(tally, rules):
        if points is None:
            # What has the points of a form's rows is not the same in two forms; all is in the summary for programs.
            continue
        found = [quantile(spread, SHARES[at]) for at in _SHOWN]
        cells = ("—" if one is None else _short(one) for one in found)
        rows.append(Row((label.text(lang), points, *cells, str(unknown) if unknown else "")))
    columns = (
        Column(say("指标得分", "score of", lang), weight=1, least=16),
        Column(say("分值", "points", lang), "right"),
        Column(say("最低", "least", lang), "right"),
        Column("25%", "right"),
        Column(say("中位", "median", lang), "right"),
        Column("75%", "right"),
        Column(say("最高", "most", lang), "right"),
        Column(say("缺", "missing", lang), "right"),
    )
    return [Table(columns, tuple(rows))] if rows else []


def _short(number: Fraction) -> str:
    text = format_number(number)
    return text if len(text) <= 7 else f"{format_number(number, 2)}"


def _errors(done: Done, lang: Lang) -> list[Block]:
    found = _most(done.tally.below("error"))
    if not found:
        return []
    columns = (Column(say("未能读入的原因", "not read because of", lang), weight=1), Column(say("表数", "forms", lang), "right"))
    return [Table(columns, tuple(Row((code, str(count)), "bad") for code, count in found.items()))]


def _findings(done: Done, lang: Lang) -> list[Block]:
    rows = [Row((code, SEVERITIES[severity].text(lang), str(count), str(forms))) for severity, code, count, forms in findings(done.tally)]
    columns = (
        Column(say("审核发现", "the audit found", lang), weight=1),
        Column(say("级别", "severity", lang)),
        Column(say("处数", "places", lang), "right"),
        Column(say("表数", "forms", lang), "right"),
    )
    return [Heading(2, say("审核", "Audit", lang)), Table(columns, tuple(rows))] if rows else []


def _ranking(done: Done, lang: Lang) -> list[Block]:
    rows = []
    for place, of, one in done.ranking:
        if place <= _FIRST:
            grade = "" if one.grade is None else Phrase(*one.grade).text(lang)
            name = " · ".join(filter(None, (one.unit, one.project, "" if one.year is None else str(one.year)))) or f"#{one.form}"
            rows.append(Row((f"{place} / {of}", name, _short(one.score), grade, one.rules)))
    several = len({one.rules for _, _, one in done.ranking}) > 1
    columns = (
        Column(say("名次", "rank", lang), "right"),
        Column(say("单位", "unit", lang), weight=1, least=16),
        Column(say("得分", "score", lang), "right"),
        Column(say("等级", "grade", lang)),
        *((Column(say("规则", "rules", lang)),) if several else ()),
    )
    shown = tuple(row if several else row._replace(cells=row.cells[:-1]) for row in rows)
    return [Heading(2, say("名次", "Ranking", lang)), Table(columns, shown)] if rows else []


def _queue(done: Done, lang: Lang) -> list[Block]:
    if not done.queue:
        return []
    rows = []
    for place, one in enumerate(done.queue[:_FIRST], 1):
        name = " · ".join(filter(None, (one.unit, one.project))) or one.file
        says = say("；", "; ", lang).join(reason.says.text(lang) for reason in one.reasons)
        rows.append(Row((str(place), name, str(one.weight), says)))
    columns = (
        Column(say("次序", "order", lang), "right"),
        Column(say("单位", "unit", lang), weight=2, least=14),
        Column(say("轻重", "weight", lang), "right"),
        Column(say("为什么", "why", lang), weight=3, least=20),
    )
    blocks: list[Block] = [Heading(2, say("先复核谁", "Whom to look at first", lang)), Table(columns, tuple(rows))]
    more = len(done.queue) - len(rows)
    if more:
        blocks.append(Paragraph(say(f"另有 {more} 张表，见 review 表。", f"{more} more stand in the review table.", lang)))
    return blocks
