"""What a person reads of everything that a rule file can say besides rows and rates: every sentence has its numbers, its place, and both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfscore as ps
from perfscore.forms.read import forms_of
from perfscore.model.outcome import Outcome
from perfscore.report import resolved
from perfscore.report.blank import blank_form
from perfscore.report.evaluation import next_grade, outline
from perfscore.report.explain import why
from perfscore.report.passes import submission
from perfscore.report.rules import page
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.load import chain, open_named
from perfscore.ruleset.plan import plan
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Lang
from perfscore.text.show import cells
from perfscore.text.source import Source
from perfscore.trials.run import form_given
from perfscore.views import render
from tests.architecture.tree import ROOT
from tests.unit.report.language import PLAN, ROWS, form_of, scored

ZERO = Fraction(0)
LANGS: tuple[Lang, ...] = ("zh", "en")


def walk(outcome: Outcome) -> Iterator[Outcome]:
    yield outcome
    for child in outcome.children:
        yield from walk(child)


def told(name: str, changes: dict[str, str] | None = None, lang: Lang = "zh", rows: tuple[str, ...] = ROWS) -> list[str]:
    return scored(changes, rows)[name].why(lang)


# --- measures ----------------------------------------------------------------------------------------------------------------------------


def test_a_checklist_says_what_each_item_gave_or_would_have_given_and_where_it_stands() -> None:
    line = scored({"制度": "{有制度: 是, 制度合规: 否}"})["rules"]
    reasons = why(line.outcome, "zh")
    assert [(reason.text, str(reason.span).rpartition(":")[0]) for reason in reasons[:3]] == [
        ("符合“有制度”：4 分", "form.yaml:8"),
        ("不符合“制度合规”：少得 4 分", "form.yaml:8"),
        # Of what the form does not mention only the rules can be shown.
        ("不符合“有执行”：少得 2 分", "rules.yaml:36"),
    ]
    assert reasons[-1].text == "未得 6 分"
    assert line.score == 4
    assert "not met, “制度合规”: 4 points less" in line.why("en")


def test_one_item_in_two_spellings_is_not_counted_twice() -> None:
    result = scored({"制度": "[有制度, 有 制度]"})
    assert result["rules"].status == "missing"
    assert "“有制度”写了两次" in "".join(result["rules"].why())


@pytest.mark.parametrize(
    "wrong, zh, en, bounds",
    [
        ("{虚列: 5}", "发生“虚列”：扣 5 分", "occurred, “虚列”: 5 points taken", (5, 5)),
        ("[挪用]", "发生“挪用”：扣 5 分", "occurred, “挪用”: 5 points taken", (5, 5)),
        # Nobody said how much inside the range: the score has bounds, and is not guessed.
        ("[虚列]", "发生“虚列”：可扣 4–7 分，表上没有写明扣多少", "occurred, “虚列”: 4–7 points to be taken", (3, 6)),
        ("无", "表上没有要扣分的事项", "the form has nothing that takes points", (10, 10)),
    ],
)
def test_demerits_say_what_each_took(wrong: str, zh: str, en: str, bounds: tuple[int, int]) -> None:
    line = scored({"资金使用": wrong})["wrong"]
    assert zh in line.why("zh")
    assert any(en in reason for reason in line.why("en"))
    assert list(line.bounds) == [Fraction(end) for end in bounds]
    assert ("得分尚不能确定，在 3 到 6 分之间" in line.why("zh")) == (bounds[0] != bounds[1])


def test_a_computed_fact_is_told_once_with_its_numbers_and_in_its_unit() -> None:
    assert told("share")[:3] == [
        "平均得票 = mean(得票 8、9、9.5) = 8.8333…",
        "得票率 = 平均得票 8.8333… ÷ 10 = 88.33…%",
        "地区 西部 × 得票率 88.33…% = 0.8833…",
    ]
    assert "sum(调查 80, 20)" in told("pleased", lang="en")[0]


def test_a_long_list_is_not_printed_whole() -> None:
    assert "mean(得票 1、1、1、1、1、1、1、1……共 30 个数) = 1" in " ".join(told("votes", {"得票": str([1] * 30)}))


def test_the_case_that_applied_is_named_with_the_place_of_its_condition() -> None:
    line = scored({"地区": "中部"})["share"]
    first = why(line.outcome, "zh")[0]
    assert (first.text, str(first.span).rpartition(":")[0]) == ("情形：地区.中部", "rules.yaml:45")
    assert line.label == "中部配套"
    assert line.why("en")[0] == "case: 地区.中部"
    assert not any("情形" in reason for reason in told("share"))


def test_a_score_that_is_held_says_at_what() -> None:
    assert told("votes")[-2:] == ["按比例记分，最高记 8 分", "未得 2 分：最高只记 8 分"]
    assert told("votes", {"得票": "[1]"})[-2] == "按比例记分，最低记 2 分"
    # Below the most, what is lost is not lost to the limit.
    assert told("votes", {"得票": "[5]"})[-1] == "未得 5 分：按比例记分，最高记 8 分"


def test_bonus_and_malus_are_said_to_stand_outside_the_points() -> None:
    assert told("praise")[-1] == "加分项，不计入总分值：加 4 分（最多 5 分）"
    assert told("less")[-3:] == ["表彰数 4 ÷ 2 = 2", "按算出的分数记分：扣 2 分", "减分项，不占总分值：扣 2 分（最多 6 分）"]
    assert told("less", lang="en")[-1] == "a malus outside the total points: 2 points taken off (6 at most)"
    text = scored().explain()
    assert "\n加分  +3\n" in text
    assert "\n  加分按限度计 3 分  -1\n" in text
    assert "\n通报  -2\n" in text
    assert "/ 0" not in text


def test_points_taken_off_by_hand_are_a_line_of_their_own() -> None:
    rows = ("{level1: 产出, level3: 甲, target: 10个, actual: 9个, points: 40, deducted: 5}",)
    assert told("output.1", rows=rows)[-2:] == ["未得 4 分：实际完成值还差 1个", "人工扣减 5 分：36 → 31 分"]
    rows = ("{level1: 产出, level3: 甲, target: 10个, actual: 9个, points: 40, deducted: 50}",)
    assert told("output.1", rows=rows)[-1] == "人工扣减 50 分：36 → 0 分（扣完为止）"
    assert told("output.1", rows=rows, lang="en")[-1] == "50 points taken off by hand: 36 → 0 (nothing is left to take)"


def test_a_group_that_is_no_sum_says_how_it_is_made_and_its_difference_is_labelled_so() -> None:
    result = scored()
    assert result["effect"].why() == ["各项择优，取得分最高的一项：满意 16 分，行政效能 3 分"]
    line = result["effect.difference"]
    assert (line.label, line.points, line.score) == ("各项择优，取得分最高的一项", Decimal(-20), Decimal(-3))
    assert line.why() == ["整组比各项相加少失 17 分"]
    # What a part lost that does not count is not lost.
    assert "行政效能" not in render(outline(scored({"调查": "{满意: 1, 不满意: 0}"}).evaluation, "zh"), "terminal").partition("未得的分")[2]


# --- gates -------------------------------------------------------------------------------------------------------------------------------


def gates(result: ps.Result, lang: Lang = "zh") -> dict[str, list[str]]:
    return {gate.id: [gate.says(lang), *gate.why(lang)] for gate in result.gates}


def test_points_that_a_gate_takes_off_are_a_line_with_the_numbers_put_in() -> None:
    result = scored({"报送": "2025-03-05"})
    assert gates(result)["late"] == [
        "迟报：扣减 2 分",
        "截止：表上没有填，规则缺省为 2025-03-01",
        "迟报天数 = max(0, days(截止 2025-03-01, 报送 2025-03-05)) = 4",
        "条件：迟报天数 4 > 0",
        "扣减：min(10, 0.5 × 迟报天数 4) = 2",
    ]
    assert result["gate.late"].score == -2
    assert result["gate.late"].why()[0] == "迟报：扣减 2 分"
    assert result.score == scored().score - 2  # type: ignore[operator]


def test_a_vetoed_group_names_the_gate_its_condition_and_its_basis() -> None:
    result = scored({"制度": "[有执行]"})
    line = result["manage"]
    assert (line.score, line.status) == (Decimal(0), "vetoed")
    assert line.why() == ["制度缺失：一票否决，管理不得分", "条件：建设得分 2 < 4", "依据：某制度 第九条（未核对原文）"]
    assert line.why("en")[1] == "condition: score of 建设 2 < 4"
    assert re.search(r"^管理 +40 +0  否决$", result.explain(), re.MULTILINE)


def test_a_gate_that_asks_every_leaf_names_the_leaf_and_what_each_lost() -> None:
    rows = (
        "{level1: 产出, level3: 甲, target: 10个, actual: 8个, points: 20}",
        "{level3: 乙, target: 10个, actual: 8个, points: 10, note: 天气}",
        "{level3: 丙, target: 10个, actual: 2个, points: 10, note: 天气}",
    )
    result = scored(rows=rows)
    assert [(gate.id, gate.indicator, gate.says()) for gate in result.gates] == [
        ("noted", "output.1", "甲：未填原因：扣减 0.5 分"),
        ("poor", "output.3", "丙：完不成：一票否决，该项指标不得分"),
    ]
    assert result["甲"].why()[-3:] == ["未得 4 分：实际完成值还差 2个", "未填原因：扣减 0.5 分", "条件：完成率 0.8 < 0.9 and not 有偏差原因 否"]
    assert result["丙"].why()[-2:] == ["完不成：一票否决，该项指标不得分", "条件：完成率 0.2 < 0.3"]
    assert (result["甲"].score, result["乙"].score, result["丙"].score) == (Decimal("15.5"), Decimal(8), Decimal(0))


def test_a_gate_of_which_nobody_can_tell_says_what_is_missing() -> None:
    result = scored({"严重问题": "？", "名次": ""})
    found = {gate.id: gate for gate in result.gates}
    assert not found["serious"].certain
    assert found["serious"].says() == "不能确定“存在严重问题”是否生效：严重问题 的值 ？ 读不出来：应填 是 或 否。若生效，存在严重问题：等级不高于 良"
    assert found["placed"].says("en") == "whether 名次靠后 takes effect cannot be told: 名次 is not filled in. If so, 名次靠后: the grade falls by 1"
    # 93.83 is 优 without the gates and 良 with any of them.
    assert result.grade is None
    assert "等级    未定（不能确定“存在严重问题”是否生效）\n" in result.explain()


def test_a_withheld_result_has_no_score_whatever_its_lines_add_up_to() -> None:
    result = scored({"未自评": "是"})
    assert (result.score, result.grade) == (None, None)
    assert result.bounds == scored().bounds
    text = result.explain()
    assert "总得分  不出得分（未开展自评）\n" in text
    assert "等级    不出等级（未开展自评）\n" in text
    assert "总分                                                   100      —\n" in text
    assert "未开展自评：不出得分和等级，应先完成自评" in text
    assert "score  withheld (未开展自评)\n" in result.explain("en")
    # Whether it is withheld is not known either: no score may be shown that may not be shown.
    assert scored({"未自评": "？"}).score is None


def test_a_warning_gate_is_among_the_warnings() -> None:
    result = scored({"制度": "[有执行]", "调查": "{满意: 0, 不满意: 1}"})
    (found,) = (problem for problem in result.warnings if problem.code == "gate-warns")
    assert found.says.zh == "得分偏低：应约谈负责人"
    assert str(found.span).startswith("rules.yaml:")
    assert found in result.warnings[len(result.evaluation.submission.diagnostics) :]


def test_what_a_gate_does_to_the_grade_is_not_told_as_a_distance() -> None:
    free, capped = scored(), scored({"严重问题": "是"})
    assert (free.grade, capped.grade) == (
        ps.Grade("优", PLAN.rules.grades[0].range, "优先保障"),
        ps.Grade("良", PLAN.rules.grades[1].range),
    )
    assert next_grade(capped.evaluation) is None
    assert "等级    良\n" in capped.explain()
    assert "结果应用  优先保障\n" in free.explain()
    assert "what follows  comes first\n" in free.explain("en")


@pytest.mark.parametrize("lang", LANGS)
def test_gates_and_what_follows_from_a_grade_are_in_the_json(lang: Lang) -> None:
    document = scored({"报送": "2025-03-05", "严重问题": "是"}).document(lang)
    assert [(gate["id"], gate["effect"], gate["certain"], gate["indicator"]) for gate in document["gates"]] == [
        ("serious", "grade-cap", True, None),
        ("late", "deduct", True, None),
    ]
    assert document["gates"][0]["says"] == {"zh": "存在严重问题：等级不高于 良", "en": "存在严重问题: the grade is at most B"}[lang]
    assert document["gates"][0]["basis"] == {"zh": "某办法（未核对原文）", "en": "某办法 (text not checked)"}[lang]
    assert document["grade"] == "良"
    assert document["action"] is None
    assert scored().document(lang)["action"] == {"zh": "优先保障", "en": "comes first"}[lang]
    assert (scored().document(lang)["gates"], scored().document(lang)["quotas"]) == ([], [])


def test_what_a_quota_takes_is_told_beside_the_gates_and_in_the_json() -> None:
    # 30 % of two forms is none.
    forms = [form_of({"名次": "", "严重问题": said}) for said in ("", "是")]
    one, other = ps.evaluate_cohort(forms, PLAN)
    assert one.grade is not None
    assert one.grade.label == "良"
    assert "\n名额\n“优”的名额是全体的 30%：2 张表中最多 0 张" in one.explain()
    assert "等级    良\n" in one.explain()
    (quota,) = one.document()["quotas"]
    assert {name: quota[name] for name in ("grade", "most", "of", "claims", "certain")} == {
        "grade": "优", "most": 0, "of": 2, "claims": 1, "certain": True,
    }  # fmt: skip
    assert quota["says"].startswith("“优”的名额")
    assert (other.document()["quotas"], other.document()["gates"][0]["id"]) == ([], "serious")


# --- all of it ---------------------------------------------------------------------------------------------------------------------------

#: What a form may say under each fact, all of it odd in some way or other.
SAID = {
    "地区": ("西部", "中部", "东部", "", "北部"),
    "调查": ("{满意: 80, 不满意: 20}", "{满意: 0, 不满意: 7}", "{满意: 1}", "", "{满意: 1, 不满意: 2, 一般: 3}"),
    "得票": ("[8, 9, 9.5]", "[10]", "[1, 1]", "[]", ""),
    "报送": ("2025-02-01", "2025-03-04", "2025-12-31", "", "春天"),
    "表彰数": ("4", "0", "1.5", "20", ""),
    "制度": ("[有制度, 制度合规, 有执行]", "[有执行]", "无", "", "[另一项]"),
    "资金使用": ("无", "[挪用]", "{虚列: 4.5, 挪用: 是}", "[虚列]", ""),
    "行政效能": ("一般", "较好", "", "很好"),
    "名次": ("2", "5", ""),
    "严重问题": ("", "是", "否", "？"),
    "未自评": ("", "", "", "是", "？"),
}


@st.composite
def results(draw: st.DrawFn) -> ps.Result:
    changes = {name: draw(st.sampled_from(said)) for name, said in SAID.items()}
    rows = []
    for number, points in enumerate(draw(st.sampled_from(((40,), (20, 20), (10, 25, 5)))), 1):
        actual = draw(st.sampled_from(("10个", "9.5个", "8个", "2个", "-3个", "8余个", "", "不适用")))
        more = draw(st.sampled_from(("", ", deducted: 1", ", deducted: 50", ", note: 天气", ", deducted: x")))
        rows.append(f"{{level1: 产出, level3: 指标{number}, target: 10个, actual: {actual}, points: {points}{more}}}")
    return ps.evaluate(form_of(changes, tuple(rows)), PLAN)


@given(results())
def test_lost_points_add_up_whatever_rules_can_say(result: ps.Result) -> None:
    """Bonus, malus, limits, aggregates, points taken off, vetoes: line by line they are the whole reason for points − score."""
    for outcome in walk(result.evaluation.root):
        if outcome.children and outcome.score is not None:
            live = [child for child in outcome.children if child.status != "not-applicable"]
            assert outcome.score == sum((child.score or ZERO for child in live), ZERO)
            assert outcome.points == sum((child.points or ZERO for child in live), ZERO)
    root = result.evaluation.root
    if root.score is not None:
        leaves = [outcome for outcome in walk(root) if not outcome.children and outcome.status != "not-applicable"]
        # What is missing in a group that is settled all the same gave nothing.
        assert root.lost == sum(((leaf.points if leaf.score is None else leaf.lost) or ZERO for leaf in leaves), ZERO)


@given(results())
def test_bounds_hold_and_a_known_score_is_its_bounds(result: ps.Result) -> None:
    for outcome in walk(result.evaluation.root):
        assert outcome.bounds[0] <= outcome.bounds[1]
        assert outcome.score is None or outcome.bounds == (outcome.score, outcome.score)
        assert outcome.score is not None or outcome.status in ("missing", "not-applicable")


@given(results(), st.sampled_from(LANGS))
def test_everything_is_told_on_80_columns_and_alike_by_every_way(result: ps.Result, lang: Lang) -> None:
    for explained in (True, False):
        text = render(outline(result.evaluation, lang, explain=explained), "terminal")
        assert max(map(cells, text.splitlines())) <= 80
    # Program texts have no place on a page.
    assert "Phrase(" not in result.explain(lang)
    assert "Fraction(" not in result.explain(lang)
    assert result.reasons(lang) == {line.id: line.why(lang) for line in result.lines() if line.outcome.leaf is not None}
    assert [gate["certain"] for gate in result.document(lang)["gates"]] == [gate.certain for gate in result.gates]


# --- the constructs of the field ---------------------------------------------------------------------------------------------------------

CONSTRUCTS = sorted(path for path in (ROOT / "tests" / "cases" / "constructs").glob("*.yaml") if ".cohort." not in path.name)


# A page that prints what only a program reads, or runs over the edge, is found on the rules that people do write.
@pytest.mark.parametrize("path", CONSTRUCTS, ids=lambda path: path.stem)
def test_every_construct_has_its_pages_and_every_example_its_reasons(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    name = str(path.relative_to(ROOT))
    rules = load_rules(name)
    made = plan(rules)
    problems: list[Diagnostic] = []
    for lang in LANGS:
        outlines = [page(made, lang), resolved.planned(made, lang), resolved.merged(chain(*open_named(name), problems.append), lang)]
        for example in () if rules.template else rules.examples:
            given_form = form_given(example)
            assert not isinstance(given_form, Rejected)
            result = ps.evaluate(given_form, made)
            outlines += [outline(result.evaluation, lang, explain=True), submission(result.evaluation.submission, lang)]
        texts = [render(found, "terminal") for found in outlines]
        assert max(cells(line) for text in texts for line in text.splitlines()) <= 80
        assert not [leak for text in texts for leak in (" object at ", "Fraction(", "Phrase(", "(value=", "None") if leak in text]
        (blank,) = forms_of(Source("blank.yaml", blank_form(made, "rules.yaml", lang)))
        assert not isinstance(blank, Rejected)
    assert problems == []
