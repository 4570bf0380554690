"""A row under 成本指标 that measures no cost: a count, or a share of something that is no money."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.page import Page
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Quantity, read_printed

SEVERITY = "advice"
SAYS = Phrase("成本指标量的不是成本", "a cost indicator that measures no cost")
PAGE = Page(
    what=Phrase(
        "成本指标下的一行，名称不说花费，指标值也不是金额。",
        "A row under 成本指标 speaks of no expense, and its target is no money.",
    ),
    why=Phrase("成本指标管的是花了多少钱；做了多少事是数量指标。", "Cost indicators are about what was spent; what was done belongs under 数量指标."),
    fix=Phrase("改成金额、单位成本或节约率，或者移到数量、质量指标。", "Make it an amount, a cost per unit or a saving, or move it to 数量 or 质量."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 成本指标, level3: 更换智能门锁, target: 100%, actual: 100%, points: 10}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 成本指标, level3: 更换智能门锁单价, target: ≤800元/把, actual: 780元/把, points: 10}
""",
)

#: A label with one of these is about money.
_COST = (
    *"费价资薪税租款",
    "成本",
    "支出",
    "开支",
    "预算",
    "投入",
    "概算",
    "决算",
    "造价",
    "节约",
    "节支",
    "补贴",
    "补助",
    "奖补",
    "金额",
    "财务",
    "控制",
    "三公",
)


def check(subject: Subject) -> Iterator[Found]:
    """Every row with a number under 成本; social and environmental costs need be no money."""
    for line in subject.lines:
        row = line.leaf.row
        if row is None or row.target is None or "成本" not in row.level1 + row.level2 or any(word in row.level2 for word in ("社会", "生态", "环境")):
            continue
        read = row.target.value or read_printed(row.target.text)
        if not isinstance(read, Quantity) or any(word in row.level3 for word in _COST) or line.outcome.status == "not-applicable":
            continue
        # A bare number may well be money.
        if read.unit is None or read.unit.kind.startswith("money"):
            continue
        label, target = line.leaf.label, row.target.text.strip()
        says = Phrase(
            f"成本指标“{label.zh}”的指标值是 {target}，量的不是花费", f"the cost indicator {label.en} has the target {target}, which is no cost"
        )
        yield Found(
            row.target.span, says, Phrase("写成金额、单位成本或节约率，或移到数量指标", "make it an amount or a saving, or move it to 数量指标")
        )
