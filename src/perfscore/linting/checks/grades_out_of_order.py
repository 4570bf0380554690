"""Grades whose names have an order that everybody knows, with ranges in another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from perfscore.linting.checks import Found
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.model.rules import Grade
from perfscore.text.phrase import Phrase

SEVERITY = "error"
SAYS = Phrase("等级的次序与名称相反", "grades against the order of their names")
PAGE = Page(
    what=Phrase(
        "等级名称有公认的次序（优、良、中、差），区间却让总得分高的评上了差一些的等级。",
        "The names of the grades have an order that everybody knows (优 良 中 差, A B C D), and by the ranges a higher total has the worse grade.",
    ),
    why=Phrase(
        "多半是抄写时把两行的区间对调了；等级上限、降等和名额都按区间排等级，也会跟着错。",
        "Most often the ranges of two rows were swapped; caps of grades, downgrades and quotas go by the ranges and are then wrong, too.",
    ),
    fix=Phrase("对照制度把区间改回来。", "Put the ranges back as the standard has them."),
    wrong="""points: 100
grades:
  - {label: 优, range: "[90,100]"}
  - {label: 良, range: "[60,80)"}
  - {label: 中, range: "[80,90)"}
  - {label: 差, range: "[0,60)"}
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
    right="""points: 100
grades:
  - {label: 优, range: "[90,100]"}
  - {label: 良, range: "[80,90)"}
  - {label: 中, range: "[60,80)"}
  - {label: 差, range: "[0,60)"}
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
)
#: Names from the best on; those that stand side by side are never held against each other.
_SCALES = (
    ("优 优秀", "良 良好", "中 中等 一般 合格 及格 达标 基本合格", "较差", "差 不合格 不及格 不达标"),
    ("好 很好", "较好", "一般 中", "较差", "差 很差"),
    ("很满意 非常满意 满意", "较满意 比较满意 基本满意", "一般", "较不满意 不太满意", "不满意"),
    ("excellent outstanding", "good", "fair average satisfactory pass", "poor unsatisfactory fail"),
    ("a", "b", "c", "d", "e", "f"),
)
_PLACES = tuple({name: place for place, names in enumerate(scale) for name in names.split()} for scale in _SCALES)


def check(subject: Subject) -> Iterator[Found]:
    """Every grade that stands below one that its name is better than."""
    ranged = [grade for grade in subject.rules.grades if grade.range is not None]
    for scale in _PLACES:
        named = [(place, grade) for grade in ranged if (place := _place(grade, scale)) is not None]
        for (one, higher), (other, lower) in pairwise(named):
            if other < one:
                yield _found(higher, lower)
                return


def _place(grade: Grade, scale: dict[str, int]) -> int | None:
    for name in (grade.label.zh, grade.label.en):
        # A+ and A- are A's; 优秀等次 is 优秀.
        word = name.strip().casefold().removesuffix("等次").removesuffix("级").removesuffix("等").rstrip("+-＋－")
        if word in scale:
            return scale[word]
    return None


def _found(higher: Grade, lower: Grade) -> Found:
    says = Phrase(
        f"{lower.label.zh} {lower.range} 低于 {higher.label.zh} {higher.range}，名称却是它好",
        f"{lower.label.en} {lower.range} lies below {higher.label.en} {higher.range}, and is the better name",
    )
    more = ((Phrase(f"{higher.label.zh}在这里", f"{higher.label.en} is here"), higher.span),)
    return Found(lower.span, says, Phrase("看两个等级的区间是否写反了", "see whether the two ranges were swapped"), more)
