"""A cost indicator at full points although only a small part of the money was used."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfscore.auditing.subject import Subject
from perfscore.auditing.wording import shown
from perfscore.checking.found import Found
from perfscore.model.measure import Comparison
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Quantity, format_number

SEVERITY = "advice"
SAYS = Phrase("钱只用了一小部分，成本指标得满分", "full points for cost, and little of the money used")
PAGE = Page(
    what=Phrase(
        "成本指标写的是支出上限，实际支出不到上限的一半，得了满分。",
        "A cost indicator is an upper limit of money; less than half of it was used, and the points are full.",
    ),
    why=Phrase(
        "这样少的支出多半是事情没有做，不是省下来的；满分说明不了成本控制得好。",
        "So little spent most often means work not done, not money saved: the full points do not show that costs were controlled.",
    ),
    fix=Phrase(
        "在偏差原因里写明是节约还是没有做完；没有做完的，上限按做完的部分折算。",
        "Say in the note whether it was saved or not done; if not done, take the limit for what was done.",
    ),
    wrong="""rules: china/self-evaluation@2021
unit: 示例单位
indicators:
  - {level1: 成本指标, level2: 经济成本指标, level3: 项目支出成本, target: ≤2680.1万元, actual: 543.53万元, points: 20, reported: 20}
""",
    right="""rules: china/self-evaluation@2021
unit: 示例单位
indicators:
  - {level1: 成本指标, level2: 经济成本指标, level3: 项目支出成本, target: ≤600万元, actual: 543.53万元, points: 20, reported: 20}
""",
)

#: Below this share of the limit it is worth asking why.
LITTLE = Fraction(1, 2)


def check(subject: Subject) -> Iterator[Found]:
    """Every limit of money under 成本 with its actual amount, where the note says nothing."""
    for line in subject.lines:
        row, measure = line.leaf.row, line.leaf.measure
        if row is None or row.actual is None or not isinstance(measure, Comparison) or measure.direction != "lower":
            continue
        if "成本" not in row.level1 + row.level2 or (row.note is not None and row.note.text.strip()):
            continue
        goal, done = measure.read_target, measure.read_actual
        if not isinstance(goal, Quantity) or not isinstance(done, Quantity) or goal.unit is None or goal.unit.kind != "money":
            continue
        limit, most = goal.high, done.high
        given = line.claimed if line.claimed is not None else line.outcome.score
        if limit is None or most is None or limit <= 0 or most < 0 or line.leaf.points is None or given is None or given < line.leaf.points:
            continue
        # A bare actual value is in the unit of its target.
        share = (most if done.unit is not None else most * goal.unit.factor) / limit
        if share < LITTLE:
            used = shown(share * 100, "%")
            says = Phrase(
                f"“{line.leaf.label.zh}”得满分 {format_number(given)} 分，{row.actual.text.strip()} 只用了上限的 {used}",
                f"{line.leaf.label.en} has its full {format_number(given)} points, with {row.actual.text.strip()}, {used} of the limit, used",
            )
            hint = Phrase("写明是节约下来的，还是事情没有做完", "say whether it was saved, or the work was not done")
            yield Found(row.actual.span, says, hint)
