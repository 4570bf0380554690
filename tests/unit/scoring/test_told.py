"""The scoring standard of a method is read by people who hold a form against it: what it says of which parameters is reviewed here, case by case."""

import re
from fractions import Fraction

import pytest

from perfscore.scoring import methods
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.fields import Fields
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source
from perfscore.text.yaml import parse
from tests.unit.scoring.test_methods import curve

#: Method, parameters, points (None: the form's), and the standard in both languages.
CASES: list[tuple[str, str, str | None, str, str]] = [
    ("ratio", "{}", "10", "按完成比例记分，满分为止", "in proportion to the measure, up to full points"),
    ("ratio", "{gate: 0%}", None, "按完成比例记分，满分为止", "in proportion to the measure, up to full points"),
    ("ratio", "{cap: 120%}", "10", "按完成比例记分，完成比例最高按 120% 计", "in proportion to the measure, the ratio counted up to 120%"),
    # From a gate on it is another line: at 60 % nothing, at 80 % half.
    (
        "ratio",
        "{gate: 60%}",
        "10",
        "低于 60% 不得分，达到的按（完成比例－60%）÷40% 记分，满分为止",
        "no points below 60%, from there on (ratio - 60%) / 40% of the points, up to full points",
    ),
    (
        "ratio",
        "{gate: 50%, cap: 80%}",
        None,
        "低于 50% 不得分，达到的按（完成比例－50%）÷50% 记分，完成比例最高按 80% 计",
        "no points below 50%, from there on (ratio - 50%) / 50% of the points, the ratio counted up to 80%",
    ),
    ("yes-no", "{}", "2", "符合的记满分，不符合的不得分", "full points if met, none if not"),
    ("direct", "{}", "8", "按算出的数记分，不超过 8 分，不低于 0 分", "as computed, held between 0 and 8 points"),
    ("direct", "{}", None, "按算出的数记分，不超过分值，不低于 0 分", "as computed, held between 0 and the points"),
    (
        "bands",
        "['=0: 5', '0-10%(含): 4', '10-20%(含): 3', '20-30%(含): 2', 大于30%不得分]",
        "5",
        "=0 记 5 分；0-10%(含) 4 分；10-20%(含) 3 分；20-30%(含) 2 分；大于30% 不得分",
        "=0: 5 points; (0%,10%]: 4; (10%,20%]: 3; (20%,30%]: 2; >30%: 0",
    ),
    # The order is that of the rule file; a number right behind an interval's own would be read as one.
    (
        "bands",
        "[低于60%不得分, '60%(含)-80%: 1', '≥80%: 3分']",
        "3",
        "低于60% 不得分；60%(含)-80% 记 1 分；≥80% 记 3 分",
        "<60%: 0 points; [60%,80%): 1; ≥80%: 3",
    ),
    (
        "bands",
        "['[0,60%): 0', '[60%,80%): 50%', '[80%,90%): 80%', '[90%,+): 满分']",
        None,
        "[0,60%) 不得分；[60%,80%) 记分值的 50%；[80%,90%) 分值的 80%；≥90% 记满分",
        "[0,60%): 0 points; [60%,80%): 50% of the points; [80%,90%): 80%; ≥90%: full points",
    ),
    (
        "bands",
        "['±10%以内: 5', '±10-15%以内: 50%', '±15%以外: 0']",
        "5",
        "±10%以内记 5 分；±10-15%以内 2.5 分；±15%以外不得分",
        "[-10%,10%]: 5 points; 10%<|x|≤15%: 2.5; |x|>15%: 0",
    ),
    ("bands", "['<= 0: 1', '> 0: -2']", "1", "≤0 记 1 分；>0 记 -2 分", "≤0: 1 point; >0: -2"),
    ("bands", "['(-,+): 1']", "1", "任何数记 1 分", "any number: 1 point"),
    ("bands", "['0: 2', '(0,+): 0']", "2", "=0 记 2 分；>0 不得分", "=0: 2 points; >0: 0"),
    (
        "deduction",
        "{full: ≤100%, every: 1%, lose: 分值的10%}",
        "5",
        "≤100% 记满分；每超过 1% 扣 0.5 分，不足 1% 的不扣，扣完为止",
        "≤100%: full points; 0.5 points off for every full 1% above, down to 0",
    ),
    (
        "deduction",
        "{full: '>= 90%', every: 5%, lose: 10%, floor: 20%}",
        None,
        "≥90% 记满分；每低于 5% 扣分值的 10%，不足 5% 的不扣，扣到分值的 20% 为止",
        "≥90%: full points; 10% of the points off for every full 5% below, down to 20% of the points",
    ),
    (
        "deduction",
        "{full: =100%, every: 5%, lose: 2, steps: up, floor: 1}",
        "6",
        "=100% 记满分；每超过或低于 5% 扣 2 分，不足 5% 的按 5% 计，扣到 1 分为止",
        "=100%: full points; 2 points off for every 5% above or below, a part counted whole, down to 1 point",
    ),
    (
        "deduction",
        "{full: ±5%以内, every: 0.1%, lose: 0.1, steps: proportional}",
        "5",
        "±5%以内记满分；每超出 0.1% 扣 0.1 分，按比例扣，扣完为止",
        "[-5%,5%]: full points; 0.1 points off for every 0.1% outside, in proportion, down to 0",
    ),
    # Text that a rule file escapes is no text to show.
    (
        "deduction",
        '{full: "\\u2264100%", every: "\\u0031%", lose: 1}',
        "5",
        "≤1 记满分；每超过 0.01 扣 1 分，不足 0.01 的不扣，扣完为止",
        "≤1: full points; 1 point off for every full 0.01 above, down to 0",
    ),
    (
        "around",
        "{at: 100%, base: 80%, above: {every: 1%, gain: 0.5}, below: {every: 1%, lose: 0.5, until: 2}}",
        "10",
        "=100% 记基准分 8 分；每高 1% 加 0.5 分，不足 1% 的不加，加到 10 分为止；每低 1% 扣 0.5 分，不足 1% 的不扣，扣到 2 分为止",
        "=100%: 8 points; 0.5 points more for every full 1% above, up to 10 points; 0.5 points off for every full 1% below, down to 2 points",
    ),
    (
        "around",
        "{at: 100%, base: 80%, above: {every: 1%, gain: 5%}}",
        None,
        "=100% 记基准分（分值的 80%）；每高 1% 加分值的 5%，不足 1% 的不加，加到满分为止；低于它的仍记分值的 80%",
        "=100%: 80% of the points; 5% of the points more for every full 1% above, up to full points; below it the same",
    ),
    (
        "around",
        "{at: '[90%,100%]', above: {every: 1%, gain: 0.5, until: 12, steps: up}}",
        "10",
        "[90%,100%] 记满分；每高 1% 加 0.5 分，不足 1% 的按 1% 计，加到 12 分为止；低于它的仍记满分",
        "[90%,100%]: full points; 0.5 points more for every 1% above, a part counted whole, up to 12 points; below it the same",
    ),
    (
        "around",
        "{at: ≤0, base: 0, above: {every: 1, gain: 2, steps: proportional}}",
        "6",
        "≤0 不得分；每高 1 加 2 分，按比例加，加到 6 分为止",
        "≤0: 0 points; 2 points more for every 1 above, in proportion, up to 6 points",
    ),
    (
        "anchors",
        "['100%: 10', '60%: 0', '80%: 60%']",
        "10",
        "60% 不得分，80% 记 6 分，100% 记 10 分；其间按直线插值，两端以外不再增减",
        "at 60%: 0 points, at 80%: 6, at 100%: 10; in straight lines between, level beyond",
    ),
    (
        "anchors",
        "['1: 满分', '0: 20%']",
        None,
        "0 记分值的 20%，1 记满分；其间按直线插值，两端以外不再增减",
        "at 0: 20% of the points, at 1: full points; in straight lines between, level beyond",
    ),
    ("deadline", "{}", "5", "按时完成记满分，逾期不得分", "full points in time, none late"),
    ("deadline", "{lose: 1}", "5", "按时完成记满分；每逾期 1 天扣 1 分，扣完为止", "full points in time; 1 point off for every day late, down to 0"),
    (
        "deadline",
        "{every: 7, lose: 20%}",
        None,
        "按时完成记满分；每逾期 7 天扣分值的 20%，不足 7 天的按 7 天计，扣完为止",
        "full points in time; 20% of the points off for every 7 days late, a part counted whole, down to 0",
    ),
    (
        "levels",
        "{较好: 6, 一般: 3, 无: 0}",
        "6",
        "按所填等级记分：较好记 6 分、一般记 3 分、无记 0 分",
        "较好: 6 points, 一般: 3, 无: 0, by the level reported",
    ),
    (
        "levels",
        "{A: 满分, B: 67%, '0': 不得分}",
        None,
        "按所填等级记分：A 记满分、B 记分值的 67%、0 记 0 分",
        "A: full points, B: 67% of the points, 0: 0 points, by the level reported",
    ),
    (
        "tiers",
        "{}",
        "10",
        "达成 [8,10] 分、部分达成 [6,8) 分、未达成 [0,6) 分，由评定人记分",
        "达成 [8,10] points, 部分达成 [6,8), 未达成 [0,6), as judged",
    ),
    (
        "tiers",
        "{default: middle}",
        None,
        "达成 [80%,100%]、部分达成 [60%,80%)、未达成 [0%,60%)（占分值），由评定人记分；没有评定的取中值",
        "达成 [80%,100%] of the points, 部分达成 [60%,80%), 未达成 [0%,60%), as judged; the middle where nobody judged",
    ),
    ("tiers", "{tiers: ['评定: [0,100%]']}", "8", "由评定人在 [0,8] 分内记分", "[0,8] points, as judged"),
    (
        "tiers",
        "{tiers: ['评定: [0,100%]'], default: full}",
        None,
        "由评定人在分值以内记分；没有评定的取上限",
        "up to the points, as judged; the upper end where nobody judged",
    ),
    (
        "checklist",
        "{有制度: 4, 制度合规: 2, 有执行: 2}",
        "8",
        "有制度 4 分、制度合规 2 分、有执行 2 分，符合的相加",
        "4 points for 有制度, 2 for 制度合规, 2 for 有执行; those met are added",
    ),
    ("checklist", "{甲: 1, 乙: 1}", "2", "甲、乙各 1 分，符合的相加", "1 point for each of 甲, 乙; those met are added"),
    (
        "checklist",
        "{甲: 20%, 乙: 80%}",
        None,
        "甲记分值的 20%、乙记分值的 80%，符合的相加",
        "20% of the points for 甲, 80% for 乙; those met are added",
    ),
    (
        "demerits",
        "{虚列套取: 4-7, 支出依据不合规: 1}",
        "7",
        "没有违规记满分；虚列套取扣 4-7 分、支出依据不合规扣 1 分，扣完为止；有幅度的由评定人酌定",
        "full points, less 4-7 points for 虚列套取, 1 for 支出依据不合规, down to 0; within a range as judged",
    ),
    ("demerits", "{甲: 1, 乙: 10%}", "10", "没有违规记满分；甲、乙各扣 1 分，扣完为止", "full points, less 1 point for each of 甲, 乙, down to 0"),
    (
        "demerits",
        "{虚列套取: 10-20%, 未公开: 5%}",
        None,
        "没有违规记满分；虚列套取扣分值的 10%-20%、未公开扣分值的 5%，扣完为止；有幅度的由评定人酌定",
        "full points, less 10%-20% of the points for 虚列套取, 5% for 未公开, down to 0; within a range as judged",
    ),
]
IDS = [f"{name}-{number}" for number, (name, *_) in enumerate(CASES)]


def told(name: str, text: str, points: str | None) -> Phrase:
    """The standard of a method for parameters as a rule file writes them."""
    method = methods.find(name)
    assert method is not None
    found: list[Diagnostic] = []
    parameters = method.PARAMETERS.read(parse(Source("rules.yaml", text)).documents[0], found.append)
    assert isinstance(parameters, Fields), found
    return method.told(parameters, None if points is None else Fraction(points))


@pytest.mark.parametrize("name, text, points, zh, en", CASES, ids=IDS)
def test_a_standard_is_one_sentence_as_a_notice_would_have_it(name: str, text: str, points: str | None, zh: str, en: str) -> None:
    assert told(name, text, points) == Phrase(zh, en)
    # What is told of parameters that make no curve would be told of nothing.
    assert curve(name, text, points or "100").pieces


def test_every_method_has_a_case_with_points_and_one_where_they_come_with_the_form() -> None:
    known, open_ = ({name for name, _, points, _, _ in CASES if (points is None) == without} for without in (False, True))
    assert known == set(methods.names())
    # A row meets a target or not, whatever its points.
    assert open_ == known - {"yes-no"}


@pytest.mark.parametrize("name, text, points, zh, en", CASES, ids=IDS)
def test_chinese_is_set_as_chinese(name: str, text: str, points: str | None, zh: str, en: str) -> None:
    """Blanks stand only between a word and a number or sign, and marks are full-width: a sentence put together of parts gets that wrong easily."""
    del name, text, points, en
    assert not re.search(r"[\u4e00-\u9fff，。；：、（）] +[\u4e00-\u9fff，。；：、（）]|  |[;:]|[\u4e00-\u9fff],|^ | $", zh)
