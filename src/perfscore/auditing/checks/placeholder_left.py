"""Template text that was left in a form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfscore.auditing.subject import Subject
from perfscore.checking.found import Found
from perfscore.model.form import Row
from perfscore.model.page import Page
from perfscore.text.fold import bare, fold_label
from perfscore.text.phrase import Phrase

SEVERITY = "advice"
SAYS = Phrase("留有空白行或模板文字", "blank rows or template text left")
PAGE = Page(
    what=Phrase(
        "表上留有空白行、“……”、只有“指标2：”的行，或没有改掉的“XX”“请填写”。空白的行按一级指标合说一次。",
        "Blank rows, …… or a bare 指标2： are left, said once for each first level, or words of the template such as XX and 请填写.",
    ),
    why=Phrase(
        "空白行不计分，不影响得分；但看不出是没有指标还是漏填。", "Blank rows are not scored; but nobody can tell whether something was forgotten."
    ),
    fix=Phrase("删去空白行；有指标的补填名称、指标值和完成值。", "Take them out, or fill them in."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套, points: 50}
  - {level3: 指标2：}
  - {level3: ……}
""",
    right="""rules: china/project-self@2020
unit: 示例单位
indicators:
  - {level1: 产出指标, level2: 数量指标, level3: 维修房屋, target: 10套, actual: 10套, points: 50}
""",
)

_UNNAMED = re.compile(r"指标[0-9一二三四五六七八九十]*[:、.…]*|[…·.]+")
_TEMPLATE = re.compile(r"[xX×]{2,}|\*{2,}|请(?:在此)?填写|填写说明|此处填")


def check(subject: Subject) -> Iterator[Found]:
    """The blank rows of each first level, and every row with values whose name is still that of the template."""
    blank: dict[str, list[Row]] = {}
    for row in subject.form.rows:
        if row.placeholder:
            blank.setdefault(row.level1, []).append(row)
        elif row.applies and (found := _left(row.level3)):
            says = Phrase(f"这一行的名称是“{found}”，是模板上的文字", f"the name of this row is “{found}”, as in the template")
            yield Found(row.span, says, Phrase("写上指标的名称", "give the indicator its name"))
    for level, rows in blank.items():
        name = fold_label(level)[0] or level
        names = list(dict.fromkeys(fold_label(row.level2)[0] for row in rows if row.level2.strip()))
        where = f"（{'、'.join(names)}）" if names and names != [name] else ""
        says = Phrase(
            f"“{name}”下有 {len(rows)} 行空白{where}",
            f"“{name}” has {len(rows)} blank {'row' if len(rows) == 1 else 'rows'}" + (f" ({', '.join(names)})" if where else ""),
        )
        yield Found(rows[0].span, says, Phrase("不用的行删去，漏填的补填", "take out what is not used, fill in what was forgotten"))


def _left(label: str) -> str:
    text = bare(label)
    return label.strip() if text and (_UNNAMED.fullmatch(text) or _TEMPLATE.search(text)) else ""
