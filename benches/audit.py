"""What an audit costs: 1,000 drawn forms of 20 rows, read, scored, and audited by every check, each step against the reading in the same round."""

from __future__ import annotations

import gc
import random
import sys
import time
from fractions import Fraction
from itertools import pairwise
from statistics import median

from perfscore.api import load_rules
from perfscore.auditing.run import audit
from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import evaluate
from perfscore.testing.exact import half_up
from perfscore.text.numbers import format_number
from perfscore.text.source import Source

FORMS, ROWS, SEED = 1000, 20, 20241231
_PLACES = (
    ("产出指标", "数量指标", 6), ("产出指标", "质量指标", 4), ("产出指标", "成本指标", 2), ("效益指标", "社会效益指标", 5),
    ("满意度指标", "服务对象满意度指标", 3),
)  # fmt: skip
_POINTS = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}


def form_text(number: int, chance: random.Random) -> str:
    """A filled-in form: quantities, rates, money, words and dates; in one form of ten a score that the rule does not give, and a claim about the money."""
    adjusted = Fraction(chance.randrange(10_000, 900_000), 100)
    spent = half_up(adjusted * chance.randrange(600, 1000) / 1000, 2)
    rate, basic = spent / adjusted, half_up(spent / 3, 2)
    score = half_up(10 * rate, 2)
    lines = [
        "rules: china/project-self@2020", f"unit: 示例单位{number}", "year: 2024", "budget:",
        f"  adjusted: {format_number(adjusted)}", f"  executed: {format_number(spent)}", "  points: 10",
        f"  rate: {format_number(half_up(rate * 100, 2))}%", f"  reported: {format_number(score)}", "  parts:",
        f"    - {{group: 按性质, label: 基本支出, executed: {format_number(basic)}}}",
        f"    - {{group: 按性质, label: 项目支出, executed: {format_number(spent - basic)}}}", "indicators:",
    ]  # fmt: skip
    total = score
    wrong = chance.randrange(ROWS) if chance.randrange(10) == 9 else -1
    rows = 0
    for level1, level2, many in _PLACES:
        shared = sum(rows for top, _, rows in _PLACES if top == level1)
        for row in range(many):
            points = half_up(Fraction(_POINTS[level1], shared), 2)
            target = chance.randrange(20, 400)
            done = half_up(Fraction(target * chance.randrange(80, 110), 100), 0)
            reached = Fraction(done, target) if level2 != "成本指标" else Fraction(target) / done
            got = half_up(points * min(Fraction(1), reached), 2) - (Fraction("0.05") if rows == wrong else 0)
            sign, unit = ("≤", "万元") if level2 == "成本指标" else ("≥", "套")
            cells = (
                f"target: {sign}{target}{unit}, actual: {format_number(done)}{unit}, points: {format_number(points)}, reported: {format_number(got)}"
            )
            lines.append(f"  - {{level1: {level1}, level2: {level2}, level3: {level2}第{row}项, {cells}, note: 材料到货晚}}")
            total, rows = total + got, rows + 1
    lines += [
        "claims:", f"  - {{label: 结余, printed: {format_number(adjusted - spent)}万元, difference: [全年预算数, 全年执行数]}}",
        f"reported: {{score: {format_number(total)}}}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> None:
    """The medians of interleaved rounds, as rows of the table in docs/speed.md."""
    # As the command does: looking through all forms after every 700 new objects would be measured with them.
    gc.set_threshold(50_000)
    chance = random.Random(SEED)  # noqa: S311 - the same forms every time
    planned = plan(load_rules("china/project-self@2020"))
    texts = [form_text(number, chance) for number in range(FORMS)]

    def read(text: str) -> Form:
        (form,) = forms_of(Source("form.yaml", text, text.encode()))
        if not isinstance(form, Form):
            raise SystemExit(form)
        return form

    found = audit(evaluate(bind(read(texts[0]), planned)))
    print(f"{len(found.compared)} comparisons in the first form, {len(found.review.findings)} findings", file=sys.stderr)
    names = ("read", "bound to the rules and scored", "audited by every check")
    rounds: list[tuple[float, ...]] = []
    for _ in range(5):
        clock = [time.perf_counter()]
        forms = [read(text) for text in texts]
        clock.append(time.perf_counter())
        evaluations = [evaluate(bind(form, planned)) for form in forms]
        clock.append(time.perf_counter())
        for evaluation in evaluations:
            audit(evaluation)
        clock.append(time.perf_counter())
        rounds.append(tuple(later - earlier for earlier, later in pairwise(clock)))
    print(f"| {FORMS:,} forms of {ROWS} rows | time | against reading | at most |\n|---|---|---|---|")
    for place, (name, most) in enumerate(zip(names, ("", "0.9", "1.5"), strict=True)):
        ratio = median(times[place] / times[0] for times in rounds)
        print(f"| {name} | {median(times[place] for times in rounds):.2f} s | {ratio:.2f} | {most} |")
    whole = median(sum(times) / times[0] for times in rounds)
    print(f"| all three | {median(sum(times) for times in rounds):.2f} s | {whole:.2f} | |")


if __name__ == "__main__":
    main()
