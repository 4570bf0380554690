"""
Speed, as ratios measured in one run against hand-written code in this file: `python benches/speed.py`.

Five questions, four of them answered by interleaved rounds and the median of their ratios:
how long `evaluate` takes against a plain function written for this one form in exact Decimal; how long every explanation takes
against a function that builds the same sentences by hand; how long the largest shipped rule set takes to be read, checked and planned against
PyYAML's C loader on the same text; how long `perfscore evaluate` takes against `python -c pass`; and what processor time it takes to lint all
that ships.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median

import perfscore as ps
from perfscore.forms.bind import bind
from perfscore.model.submission import Submission
from perfscore.report.explain import all_reasons
from perfscore.scoring.engine import evaluate

ROOT = Path(__file__).resolve().parent.parent
FORM = ROOT / "examples" / "huaihua-2024.yaml"
D, CENT, PERCENT = Decimal, Decimal("0.01"), Decimal(100)

#: The same form with its two rows that do not apply filled in: 13 leaves, all of them scored.
THIRTEEN = {
    "level2: 社会成本指标, target: 不适用": "level2: 社会成本指标, level3: 扰民投诉, target: ≤10起, actual: 8起, points: 0",
    "level2: 生态环境成本指标, target: 不适用": "level2: 生态环境成本指标, level3: 药剂残留, target: ≤5%, actual: 3%, points: 0",
}


class Hand:
    """The 13 indicators of the form of report 002, written out for this form alone."""

    executed, adjusted = D("1403.23"), D("1764.12")
    basic_limit, basic = D("870.34"), D("859.70")
    project_limit, project = D("2680.1"), D("543.53")
    complaints_limit, complaints = D(10), D(8)
    residue_limit, residue = D(5), D(3)
    planned, done = D(8), D(11)
    quality_target, quality = D(100), D(100)
    deadline, finished = 739251, 739251
    judged = (D(3), D(5), D(5), D(5))
    satisfied_target, satisfied = D(90), D(95)


ZERO, TEN, FIFTEEN = D(0), D(10), D(15)


def by_hand(form: type[Hand]) -> tuple[tuple[Decimal, ...], Decimal, str | None]:
    """Scores rounded half up to two places, subtotals, total and grade, exactly and without a call that could be spared."""
    executed, adjusted = form.executed, form.adjusted
    execution = TEN if executed >= adjusted else (TEN * executed / adjusted).quantize(CENT, ROUND_HALF_UP)
    actual, limit = form.basic, form.basic_limit
    basic = TEN if actual <= limit else (TEN * limit / actual).quantize(CENT, ROUND_HALF_UP)
    actual, limit = form.project, form.project_limit
    project = TEN if actual <= limit else (TEN * limit / actual).quantize(CENT, ROUND_HALF_UP)
    actual, limit = form.complaints, form.complaints_limit
    complaints = ZERO if actual <= limit else (ZERO * limit / actual).quantize(CENT, ROUND_HALF_UP)
    actual, limit = form.residue, form.residue_limit
    residue = ZERO if actual <= limit else (ZERO * limit / actual).quantize(CENT, ROUND_HALF_UP)
    actual, target = form.done, form.planned
    tasks = FIFTEEN if actual >= target else (FIFTEEN * actual / target).quantize(CENT, ROUND_HALF_UP)
    actual, target = form.quality, form.quality_target
    quality = FIFTEEN if actual >= target else (FIFTEEN * actual / target).quantize(CENT, ROUND_HALF_UP)
    in_time = TEN if form.finished <= form.deadline else ZERO
    economic, social, ecological, lasting = form.judged
    actual, target = form.satisfied, form.satisfied_target
    satisfied = TEN if actual >= target else (TEN * actual / target).quantize(CENT, ROUND_HALF_UP)
    cost = basic + project + complaints + residue
    output = tasks + quality + in_time
    benefit = economic + social + ecological + lasting
    total = execution + cost + output + benefit + satisfied
    grade = None if total > 100 else "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"
    scores = (execution, basic, project, complaints, residue, tasks, quality, in_time, economic, social, ecological, lasting, satisfied)
    return (*scores, cost, output, benefit), total, grade


def cut(number: Decimal, places: Decimal) -> str:
    whole = number.quantize(places, ROUND_DOWN)
    text = f"{whole:f}"
    return text + "…" if whole != number else text.rstrip("0").rstrip(".")


def plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rate_reasons(actual: str, target: str, share: Decimal, *, reverse: bool) -> list[str]:
    shown = cut(share * PERCENT, CENT) + "%"
    line = f"完成率 = 目标 {target} ÷ 实际 {actual} = {shown}（反向指标）" if reverse else f"完成率 = 实际 {actual} ÷ 目标 {target} = {shown}"
    return [line, "达到目标，记满分"]


def judged_reasons(target: str, actual: str, score: Decimal, points: Decimal) -> list[str]:
    first = f"目标“{target}”，实际“{actual}”；单位自评得分 {plain(score)} 分"
    low, high = plain(points * D("0.8")), plain(points * D("0.6"))
    if target == actual:
        return [first, f"达成，得分应在 [{low},{plain(points)}] 内"]
    lines = [first, f"未填完成等级；按得分属于部分达成，得分应在 [{high},{low}) 内"]
    return [*lines, f"未得 {plain(points - score)} 分：以单位自评得分为准，原因应写入“偏差原因”栏"]


def sentences_by_hand(form: type[Hand]) -> list[list[str]]:
    """The scores, and the sentences that perfscore says about each indicator, written for this form alone."""
    scores, _, _ = by_hand(form)
    rate = form.executed / form.adjusted
    shown = cut(rate * PERCENT, CENT) + "%"
    execution = [f"执行率 = 全年执行数 {form.executed} ÷ 全年预算数 {form.adjusted} = {shown}"]
    exact = cut(D(10) * form.executed / form.adjusted, D("0.0001"))
    execution.append(f"按比例记分：分值 10 × {shown} = {exact} → {plain(scores[0])}（四舍五入）")
    execution.append(f"未得 {plain(D(10) - scores[0])} 分：全年执行数还差 {cut(form.adjusted - form.executed, CENT)}万元")
    return [
        execution,
        rate_reasons(f"{form.basic}万元", f"≤{form.basic_limit}万元", form.basic_limit / form.basic, reverse=True),
        rate_reasons(f"{form.project}万元", f"≤{form.project_limit}万元", form.project_limit / form.project, reverse=True),
        rate_reasons(f"{form.complaints}起", f"≤{form.complaints_limit}起", form.complaints_limit / form.complaints, reverse=True),
        rate_reasons(f"{form.residue}%", f"≤{form.residue_limit}%", form.residue_limit / form.residue, reverse=True),
        rate_reasons(f"{form.done}个", f"{form.planned}个", form.done / form.planned, reverse=False),
        ["实际完成值与年度指标值相同（100%），达到目标", "达到目标，记满分"],
        ["期限 2024年12月之前，完成 2024年12月之前：" + ("按时" if form.finished <= form.deadline else "逾期"), "按时完成，记满分"],
        judged_reasons("效果明显", "效果良好", form.judged[0], D(5)),
        judged_reasons("效果明显", "效果明显", form.judged[1], D(5)),
        judged_reasons("效果明显", "效果明显", form.judged[2], D(5)),
        judged_reasons("效果明显", "效果明显", form.judged[3], D(5)),
        rate_reasons(f"{form.satisfied}%", f"{form.satisfied_target}%", form.satisfied / form.satisfied_target, reverse=False),
    ]


def explained(submission: Submission) -> list[list[str]]:
    return [[reason.text for reason in reasons] for _, reasons in all_reasons(evaluate(submission), "zh")]


def compared(ours: Callable[[], object], theirs: Callable[[], object], runs: int, rounds: int = 31) -> tuple[float, float, float]:
    """Median ratio of interleaved rounds, and both medians in microseconds a run."""
    ratios, first, second = [], [], []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(runs):
            ours()
        middle = time.perf_counter()
        for _ in range(runs):
            theirs()
        end = time.perf_counter()
        first.append((middle - start) / runs * 1e6)
        second.append((end - middle) / runs * 1e6)
        ratios.append(first[-1] / second[-1])
    return median(ratios), median(first), median(second)


def bound(text: str) -> Submission:
    from perfscore.forms.read import forms_of
    from perfscore.text.source import Source

    form = next(iter(forms_of(Source("form.yaml", text))))
    return bind(form, ps.plan(ps.load_rules("hunan/department@2024")))  # type: ignore[arg-type]


def start_up(rounds: int = 15) -> tuple[float, float, float]:
    """`perfscore evaluate` on the form of report 002 against `python -c pass`, whole processes, milliseconds."""
    command = [sys.executable, "-c", f"import sys; from perfscore.cli import main; sys.exit(main(['evaluate', {str(FORM)!r}]))"]
    bare = [sys.executable, "-c", "pass"]
    # As installed, with its byte code: an interpreter told not to write any would compile the house at every start.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = lambda argv: subprocess.run(argv, check=True, capture_output=True, env=environment)  # noqa: E731
    run(command)
    ratio, ours, theirs = compared(lambda: run(command), lambda: run(bare), 1, rounds)
    return ratio, ours / 1000, theirs / 1000


def reading() -> tuple[str, tuple[float, float, float]]:
    """The largest shipped rule set read, checked and planned, against what PyYAML's C loader alone takes on the same texts."""
    import yaml

    from perfscore.ruleset.build import build
    from perfscore.ruleset.load import open_named, shipped_references
    from perfscore.ruleset.plan import plan

    texts = {reference: [source.text for source in ps.load_rules(reference).sources] for reference in shipped_references()}
    largest = max(texts, key=lambda reference: sum(map(len, texts[reference])))
    source, folder = open_named(largest)

    def loaded() -> None:
        for text in texts[largest]:
            yaml.load(text, yaml.CSafeLoader)

    ratio, ours, theirs = compared(lambda: plan(build(source, folder)), loaded, 10)
    return largest, (ratio, ours / 1000, theirs / 1000)


def linting(rounds: int = 5) -> tuple[float, float]:
    """Processor time of `perfscore lint` on all shipped rule sets beyond that of a start, and of a start, milliseconds."""
    import resource  # only where there is one: not on Windows

    def spent(*arguments: str) -> float:
        command = [sys.executable, "-c", f"import sys; from perfscore.cli import main; sys.exit(main({list(arguments)!r}))"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    spent("lint")
    start = median(spent("--version") for _ in range(rounds))
    return median(spent("lint") for _ in range(rounds)) - start, start


def main() -> None:
    text = FORM.read_text(encoding="utf-8")
    submission = bound(text)
    for old, new in THIRTEEN.items():
        if old not in text:
            raise SystemExit(f"the example changed: {old}")
        text = text.replace(old, new)
    thirteen = bound(text)
    total = by_hand(Hand)[1]
    if evaluate(thirteen).total != total * 100 or evaluate(submission).total != total * 100:
        raise SystemExit("the hand-written function and perfscore disagree")
    if explained(thirteen) != sentences_by_hand(Hand):
        for ours, theirs in zip(explained(thirteen), sentences_by_hand(Hand), strict=False):
            if ours != theirs:
                print(ours, theirs, sep="\n")
        raise SystemExit("the sentences differ")
    print("| what | perfscore | by hand | ratio | at most |\n|---|---|---|---|---|")
    ratio, ours, theirs = compared(lambda: evaluate(thirteen), lambda: by_hand(Hand), 2000)
    print(f"| evaluate, 13 leaves | {ours:.2f} µs | {theirs:.2f} µs | {ratio:.2f} | 2 |")
    ratio, ours, theirs = compared(lambda: explained(thirteen), lambda: sentences_by_hand(Hand), 300)
    print(f"| evaluate and every explanation | {ours:.1f} µs | {theirs:.1f} µs | {ratio:.2f} | 3 |")
    largest, (ratio, ours, theirs) = reading()
    print(f"| `{largest}` read, checked and planned, against PyYAML's C loader | {ours:.1f} ms | {theirs:.1f} ms | {ratio:.2f} | 3 |")
    ratio, ours, theirs = start_up()
    print(f"| `perfscore evaluate` against `python -c pass` | {ours:.0f} ms | {theirs:.0f} ms | {ratio:.1f} | 10 |")
    beyond, start = linting()
    print(f"| `perfscore lint`, all shipped rule sets, processor time beyond a start | {beyond:.0f} ms | {start:.0f} ms (the start) | | 1000 ms |")


if __name__ == "__main__":
    main()
