"""
Five published reports, transcribed as printed: what is true of them was worked out by hand before there was a program.

If one of these moves, either the transcription or the reading of the rules has changed, and somebody has to say which.
"""

from fractions import Fraction

import pytest

import perfscore as ps
from perfscore.model.form import Cell, Items
from perfscore.report.evaluation import execution_rate
from perfscore.text.phrase import Lang
from tests.architecture.tree import ROOT

EXAMPLES = ROOT / "examples"


def results(name: str) -> list[ps.Result]:
    return list(ps.evaluate_many(ps.read_many(EXAMPLES / f"{name}.yaml")))


def codes(result: ps.Result) -> list[str]:
    return [warning.code for warning in result.warnings]


def test_huaihua_2024_reaches_the_total_and_the_grade_that_it_prints() -> None:
    (result,) = results("huaihua-2024")
    assert str(result.score) == "95.95"
    assert result.grade is not None
    assert result.grade.label == "优"
    assert str(result["预算执行率"].score) == "7.95"
    assert execution_rate(result.evaluation) == Fraction(140323, 176412)
    assert codes(result) == []
    assert result.evaluation.submission.tree.variant.id == "base"


# The printed score of every row, and the sums 7.95 + 20 + 40 + 18 + 10 of the five parts.
def test_huaihua_2024_gives_every_row_the_points_that_are_printed() -> None:
    (result,) = results("huaihua-2024")
    assert [str(part.score) for part in result.indicators] == ["7.95", "20", "40", "18", "10"]
    for line in result.lines():
        row = line.outcome.leaf.row if line.outcome.leaf is not None else None
        if row is not None and row.reported is not None:
            assert str(line.score) == row.reported.text, line.label


# 3 of 5 in 经济效益: nobody named the tier, and 3 is exactly 60 %, the lower end of 部分达成.
def test_huaihua_2024_keeps_the_judged_row_apart_from_the_scored_ones() -> None:
    (result,) = results("huaihua-2024")
    line = result["充分发挥资金效益"]
    assert (line.status, str(line.score), str(line.lost)) == ("judged", "3", "2")
    assert "部分达成" in " ".join(line.why())
    assert [line.id for line in result.lines() if line.status == "not-applicable" and line.outcome.leaf] == ["cost.social.1", "cost.ecological.1"]


# The column 全年预算数 holds the budget of the start of the year: 406.79 %, capped, and said.
def test_yuelu_2022_as_tabled_is_110_of_110_without_a_grade() -> None:
    tabled, told = results("yuelu-2022")
    for result in (tabled, told):
        assert (str(result.score), str(result.points)) == ("110", "110")
        assert result.grade is None
        assert [str(part.points) for part in result.indicators] == ["10", "45", "45", "10"]
        assert {"points-differ", "total-points-differ"} <= set(codes(result))
    assert execution_rate(tabled.evaluation) == Fraction(418383, 102849)
    assert "rate-above-100" in codes(tabled)
    assert execution_rate(told.evaluation) == 1
    assert "rate-above-100" not in codes(told)


@pytest.mark.parametrize(
    "lang, sentence", [("zh", "无：全表分值合计 110，等级是按 100 分规定的"), ("en", "none: the form has 110 points, the grades are for 100")]
)
def test_yuelu_2022_says_why_it_has_no_grade(lang: Lang, sentence: str) -> None:
    assert sentence in results("yuelu-2022")[0].explain(lang=lang)


def test_yuelu_2022_says_what_is_odd_in_it() -> None:
    said = "\n".join(warning.says.zh for warning in results("yuelu-2022")[0].warnings)
    assert "406.79%" in said
    assert "产出指标：各行分值合计 45 分，规则是 50 分" in said
    assert "全表分值合计 110，规则是 100" in said


# Rows without points: a total of 98 is printed, and nothing supports it.
def test_hetang_2022_is_known_only_between_10_and_100() -> None:
    found = results("hetang-2022")
    assert [(result.form.project, result.rules.reference) for result in found] == [
        ("", "hunan/department@2022"),
        ("自治奖励经费", "hunan/project@2022"),
        ("民生实事项目-人大票决制", "hunan/project@2022"),
    ]
    for result in found:
        assert result.score is None
        assert result.bounds == (Fraction(10), Fraction(100))
        assert result.grade is None
        assert str(result["预算执行率"].score) == "10"
        assert [part.bounds for part in result.indicators] == [(Fraction(low), Fraction(high)) for low, high in ((10, 10), (0, 50), (0, 30), (0, 10))]
        assert all(line.score is None for line in result.lines() if line.outcome.leaf is not None and line.outcome.leaf.row is not None)


def test_hetang_2022_says_which_parts_are_open() -> None:
    department, first, second = results("hetang-2022")
    assert codes(department) == ["points-missing", "points-missing", "group-empty"]
    # 居民满意度 has a target without a unit and no actual value.
    for project in (first, second):
        assert codes(project) == ["points-missing", "points-missing", "value-missing", "points-missing"]


# Narratives have no table: what they state is kept for the audit, and their score is open.
@pytest.mark.parametrize(
    "name, unit, year, claims, facts, rate",
    [
        ("wangcheng-2021", "长沙市望城区住房保障服务中心", 2021, 11, 8, Fraction(1)),
        ("kaifu-2020", "长沙市开福区住房和城乡建设局", 2020, 20, 8, Fraction(1761964, 2773661)),
    ],
)
def test_a_narrative_is_read_with_its_claims_and_facts(name: str, unit: str, year: int, claims: int, facts: int, rate: Fraction) -> None:
    (result,) = results(name)
    form = result.form
    assert (form.unit, form.year, len(form.claims), len(form.facts), len(form.rows)) == (unit, year, claims, facts, 0)
    assert execution_rate(result.evaluation) == rate
    assert result.score is None
    assert result.bounds[1] - result.bounds[0] == 90
    assert codes(result) == ["group-empty"] * 3


def test_wangcheng_2021_is_scored_full_where_it_can_be() -> None:
    (result,) = results("wangcheng-2021")
    assert result.bounds == (Fraction(10), Fraction(100))
    assert result.form.reported.score is not None
    assert result.form.reported.score.text == "100"
    assert result.form.reported.date is not None
    assert result.form.reported.date.text == "2021年2月2日"


def test_kaifu_2020_keeps_the_rate_that_differs() -> None:
    (result,) = results("kaifu-2020")
    assert result.bounds == (Fraction("6.35"), Fraction("96.35"))
    claim = next(claim for claim in result.form.claims if claim.label == "业务工作经费执行率")
    assert claim.printed is not None
    assert (claim.printed.text, claim.relation) == ("98.88%", "ratio")
    assert isinstance(claim.operands, Items)
    assert [operand.text for operand in claim.operands.items if isinstance(operand, Cell)] == ["180.03万元", "182.42万元"]
    assert result.form.reported.grade is not None
    assert (result.form.reported.score and result.form.reported.score.text, result.form.reported.grade.text) == ("90.5", "优")


# What the five do not show: the totals stand in the files themselves, computed by hand.
@pytest.mark.parametrize(
    "name, score, variant",
    [("invented-project", "92.32", "base"), ("invented-no-cost", "96", "no-cost"), ("invented-no-satisfaction", "96.5", "no-satisfaction")],
)
def test_the_invented_forms_reach_the_totals_in_their_comments(name: str, score: str, variant: str) -> None:
    (result,) = results(name)
    assert (str(result.score), result.evaluation.submission.tree.variant.id) == (score, variant)
    assert codes(result) == []


def test_the_rows_of_the_invented_project_reach_their_printed_scores() -> None:
    (result,) = results("invented-project")
    for line in result.lines():
        row = line.outcome.leaf.row if line.outcome.leaf is not None else None
        if row is not None and row.reported is not None:
            assert line.score is not None
            assert line.score == Fraction(row.reported.text), line.label


# Every example, in both languages: lost points add up to points - score, line by line and as a whole.
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_points_lost_add_up(path: object) -> None:
    for result in ps.evaluate_many(ps.read_many(str(path))):
        for line in [*result.lines()]:
            if line.lost is not None and line.children and line.status != "not-applicable":
                below = [child.lost for child in line.children if child.status != "not-applicable"]
                assert None not in below
                assert sum(lost for lost in below if lost is not None) == line.lost
        if result.score is not None and result.points is not None:
            top = [child.lost or 0 for child in result.indicators if child.status != "not-applicable"]
            assert sum(top) == result.points - result.score
