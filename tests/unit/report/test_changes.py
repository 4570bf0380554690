"""The list of changes reads like a finance officer's, leaves out what is only written differently, and names what moved a score."""

import json

import pytest

from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.model.plan import Plan
from perfscore.report.changes import Change, changes, document, page
from perfscore.report.impact import Impact, blocks, impact
from perfscore.report.impact import document as impact_document
from perfscore.ruleset.build import build, load_rules
from perfscore.ruleset.load import shipped_references
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import evaluate
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.show import cells
from perfscore.text.source import Source, Span
from perfscore.views import render
from perfscore.views.outline import Outline

LANGS: tuple[Lang, ...] = ("zh", "en")
BASE = """
ruleset: test/base
version: "1"
title: {zh: 甲表, en: Table A}
valid_from: 2023-01-01
basis: [{document: 甲文, verified: false}]
grades:
  - {label: {zh: 优, en: good}, range: "[60,+)", action: 优先保障}
  - {label: {zh: 差, en: poor}, range: "[0,60)"}
facts:
  编制数: {unit: 人}
  在职人数: {unit: 人}
  严重问题: {kind: truth}
  地区: {choices: [东部, 西部]}
cohort: {名次: {rank: 在职人数}}
constraints: [points.output <= 60]
gates:
  - {id: serious, label: {zh: 存在严重问题, en: serious}, when: 严重问题, effect: {grade-cap: 差}}
  - {id: late, when: total < 10, effect: {deduct: 3}}
indicators:
  - id: execution
    label: {zh: 执行率, en: Execution}
    points: 10
    measure: 执行率 = 全年执行数 / 全年预算数
    applicable: 全年预算数 > 0
    method: {bands: ["[0,80%): 0", "[80%,90%): 8", "[90%,+): 10"]}
  - id: output
    label: {zh: 产出, en: Outputs}
    points: 50
    basis: [{document: 乙文}]
    children:
      - {id: quantity, label: {zh: 数量, en: Quantity}, rows: from-form, method: by-kind, note: 数量够不够}
      - {id: quality, label: {zh: 质量, en: Quality}, rows: from-form, method: {by-kind: {quantity: {ratio: {gate: 60%}}}}}
  - id: staff
    label: {zh: 人员, en: Staff}
    points: 10
    measure: 在职人数 / 编制数
    method: {deduction: {full: "≤100%", every: 1%, lose: 0.5}}
    variants: [{when: 地区.西部, method: {deduction: {full: "≤110%", every: 1%, lose: 0.5}}}]
  - id: system
    label: {zh: 制度, en: System}
    points: 5
    method: {checklist: {有制度: 3, 有执行: 2}}
  - {id: word, label: {zh: 评价, en: Word}, points: 5, method: {levels: {好: 5, 差: 0}}}
variants:
  - {id: plain, label: {zh: 无产出, en: no outputs}, when: rows.output == 0, indicators: [{id: output, removed: true}]}
"""


def made(text: str) -> Plan:
    return plan(build(Source("own.yaml", text, text.encode()), None))


def edited(*edits: tuple[str, str]) -> str:
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def told(*edits: tuple[str, str]) -> list[Change]:
    return changes(made(BASE), made(edited(*edits)))


def lines(found: list[Change], lang: Lang = "zh") -> list[str]:
    """The changes with what belongs to them, as they stand in the list; that the total follows is left out."""
    found = [change for change in found if change.kind != "total"]
    return [line for change in found for line in (change.text(lang), *("  " + detail.text(lang) for detail in change.details))]


ONE = [
    ("    points: 50\n", "    points: 40\n", ["产出：分值由 50 改为 40"]),
    ("zh: 产出, en: Outputs", "zh: 产出指标, en: Outputs", ["产出指标：名称由“产出”改为“产出指标”"]),
    ("zh: 甲表, en: Table A", "zh: 甲表, en: Table B", ["英文名称由“Table A”改为“Table B”"]),
    ("valid_from: 2023-01-01", "valid_from: 2024-01-01", ["施行期由 自 2023-01-01 起 改为 自 2024-01-01 起"]),
    ("{document: 甲文, verified: false}", "{document: 甲文, verified: true}", ["依据：甲文 改为已核对"]),
    ("{document: 甲文, verified: false}", "{document: 丙文}", ["依据：增加 丙文，取消 甲文"]),
    ("grades:\n", "negative_actual: zero\ngrades:\n", ["完成值为负数时由 作缺 改为 按 0 计"]),
    ("grades:\n", "zero_target: missing\ngrades:\n", ["目标为 0 时由 不超过即满分 改为 作缺"]),
    ("grades:\n", "rounding: [{at: leaf, places: 1}]\ngrades:\n", ["舍入由 指标得分保留 2 位小数，四舍五入 改为 指标得分保留 1 位小数，四舍五入"]),
    ("grades:\n", "aggregate: redistribute\ngrades:\n", ["一级指标汇总由 求和 改为 折算"]),
    (", action: 优先保障", ", action: 照常保障", ["优：结果应用由 优先保障 改为 照常保障"]),
    ("[points.output <= 60]", "[points.output <= 55]", ["取消约束 points.output <= 60", "增加约束 points.output <= 55"]),
    ("  编制数: {unit: 人}", "  编制数: {unit: 个}", ["编制数：单位由 人 改为 个"]),
    ("[东部, 西部]", "[西部, 东部]", ["地区：选项由 东部 = 1、西部 = 2 改为 西部 = 1、东部 = 2"]),
    ("{rank: 在职人数}", "{max: 在职人数}", ["名次：算法由 名次 改为 最大"]),
    # A parameter is called what the reader's language calls it.
    ("{rank: 在职人数}", "{rank: {of: 在职人数, first: lowest}}", ["名次：参数由 无 改为 第一名 最低"]),
    ("when: 严重问题, effect", "when: not 严重问题, effect", ["存在严重问题：条件由 严重问题 改为 not 严重问题"]),
    ("{deduct: 3}", "{deduct: 5}", ["late：后果由 扣减：3 改为 扣减：5"]),
    ("{deduct: 3}", "{downgrade: 1}", ["late：后果由 扣减：3 改为 降等：1"]),
    (
        "measure: 执行率 = 全年执行数 / 全年预算数",
        "measure: 执行率 = 全年执行数 / 年初预算数",
        ["执行率：测算由 执行率 = 全年执行数 / 全年预算数 改为 执行率 = 全年执行数 / 年初预算数"],
    ),
    ("applicable: 全年预算数 > 0", "otherwise: full", ["执行率：适用条件由 全年预算数 > 0 改为 无", "执行率：不适用时由 不计 改为 满分"]),
    (
        '"[0,80%): 0", "[80%,90%): 8", "[90%,+): 10"',
        '"[0,60%): 0", "[60%,85%): 7", "[85%,+): 10"',
        [
            "执行率：记分办法（分档）改动",
            "  测算值 [60%,80%)：0 分 → 7 分",
            "  测算值 [80%,85%)：8 分 → 7 分",
            "  测算值 [85%,90%)：8 分 → 10 分",
        ],
    ),
    (
        'method: {bands: ["[0,80%): 0", "[80%,90%): 8", "[90%,+): 10"]}',
        "method: ratio",
        [
            "执行率：记分办法由 分档 改为 比例",
            "  测算值 [0%,80%)：0 分 → 10 × 测算值",
            "  测算值 [80%,90%)：8 分 → 10 × 测算值",
            "  测算值 [90%,100%)：10 分 → 10 × 测算值",
        ],
    ),
    (
        "method: by-kind, note",
        "method: {by-kind: {date: {deadline: {lose: 50%, every: 5}}}}, note",
        [
            "产出·数量：日期的记分办法（时限）改动",
            "  以每 100 分计",
            "  每档由 缺省 改为 5",
            "  扣分由 缺省 改为 50%",
            "  逾期天数 (0,5]：0 分 → 50 分",
        ],
    ),
    (
        "method: by-kind, note",
        "method: {by-kind: {words: {levels: {达成: 满分, 未达成: 0}}}}, note",
        [
            "产出·数量：文字的记分办法由 三档 改为 等级",
            "  以每 100 分计",
            "  达成：80-100 分内评定 → 100 分",
            "  未达成：0-60 分内评定 → 0 分",
            "  部分达成：60-80 分内评定 → 没有规定",
        ],
    ),
    ("note: 数量够不够", "note: 数量足不足", ["产出·数量：说明由 数量够不够 改为 数量足不足"]),
    ("note: 数量够不够", "direction: lower", ["产出·数量：指标方向由 看目标的写法 改为 反向", "产出·数量：说明由 数量够不够 改为 无"]),
    (
        "{gate: 60%}",
        "{gate: 50%}",
        [
            "产出·质量：数量的记分办法（比例）改动",
            "  以每 100 分计",
            "  及格门槛由 60% 改为 50%",
            "  测算值 [50%,60%)：0 分 → 200 × 测算值 - 100",
            "  测算值 [60%,100%)：250 × 测算值 - 150 → 200 × 测算值 - 100",
        ],
    ),
    (
        "{有制度: 3, 有执行: 2}",
        "{有制度: 2, 有人员: 3}",
        ["制度：记分办法（要点）改动", "  有制度：3 分 → 2 分", "  有人员：没有这一项 → 3 分", "  有执行：2 分 → 没有这一项"],
    ),
    ("{好: 5, 差: 0}", "{好: 5, 中: 3, 差: 1}", ["评价：记分办法（等级）改动", "  中：没有规定 → 3 分", "  差：0 分 → 1 分"]),
    ("when: 地区.西部", "when: 地区.东部", ["人员：增加情形 地区.东部", "  记分办法（扣分）改动", "人员：取消情形 地区.西部"]),
    ("when: rows.output == 0", "when: rows.quantity == 0", ["无产出：条件由 rows.output == 0 改为 rows.quantity == 0"]),
    (
        "indicators: [{id: output, removed: true}]",
        "indicators: [{id: output, points: 45}]",
        [
            "（无产出）产出：新增，45 分",
            "  数量：由表填报，记分办法：数量用比例，文字用三档，日期用时限",
            "  质量：由表填报，记分办法：数量用比例，文字用三档，日期用时限",
        ],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), ONE, ids=[expected[0] if expected else old for old, _, expected in ONE])
def test_one_edit_is_one_change(old, new, expected):
    found = lines(told((old, new)))
    assert found == expected


def test_added_taken_out_moved_and_reordered():
    added = "  - {id: new, label: {zh: 新指标, en: New}, points: 20, measure: 在职人数, method: ratio}\n  - id: output\n"
    assert lines(told(("  - id: output\n", added))) == ["新指标：新增，20 分，记分办法：比例"]
    group = (
        "  - id: cost\n    label: 成本\n    points: 20\n    children: [{id: c, label: 经济成本, rows: from-form, method: by-kind}]\n  - id: output\n"
    )
    assert lines(told(("  - id: output\n", group))) == ["成本：新增，20 分", "  经济成本：由表填报，记分办法：数量用比例，文字用三档，日期用时限"]
    word = "  - {id: word, label: {zh: 评价, en: Word}, points: 5, method: {levels: {好: 5, 差: 0}}}\n"
    assert lines(told((word, ""))) == ["评价：取消，原 5 分"]
    inside = word.replace("  - {", "      - {")
    moved = told((word, ""), ("    points: 50\n", ""), ("  - id: staff\n", f"{inside}  - id: staff\n"))
    assert lines(moved)[:2] == ["产出：分值由 50 改为 由表定", "产出·评价：位置由 一级指标 改为 “产出”下"]
    swapped = told((word, ""), ("  - id: staff\n", f"{word}  - id: staff\n"))
    assert lines(swapped) == ["一级指标：次序改为 执行率、产出、评价、人员、制度"]
    assert not swapped[0].scores


# What goes with its group is not said again, and the documents of a group are those of everything in it.
def test_what_follows_from_the_group_is_said_once():
    whole = BASE[BASE.index("  - id: output\n") : BASE.index("  - id: staff\n")]
    assert (
        lines(
            told(
                (whole, ""),
                ("constraints: [points.output <= 60]\n", ""),
                ("[{id: output, removed: true}]", "[{id: word, points: 5}]"),
                ("rows.output", "rows.word"),
            )
        )[1]
        == "产出：取消，原 50 分"
    )
    assert lines(told(("{document: 乙文}", "{document: 丁文}"))) == ["产出：依据：增加 丁文，取消 乙文"]


# 10 is all of 10 points, 0.9 is 90 %, and a table may list its bands from the top.
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"[0,80%): 0", "[80%,90%): 8", "[90%,+): 10"', '"[90%,+): 满分", "[0.8,0.9): 80%", "0-80%: 不得分"'),
        ("# ", "# "),
        ("points: 50", "points: 50.0"),
        ('full: "≤100%", every: 1%', "full: 不超过 1, every: 0.01"),
        ("{kind: truth}", "{类型: 是否}"),
    ],
)
def test_another_way_of_writing_is_no_change(old, new):
    text = BASE.replace(old, new)
    assert [change for change in changes(made(BASE), made(text)) if change.scores] == []


# Another number of points alone says nothing of the method, whose bands are shares of them or fit both.
def test_points_alone_do_not_change_the_method():
    assert lines(told(("method: {levels: {好: 5, 差: 0}}", "method: {levels: {好: 100%, 差: 0}}"))) == []
    before = BASE.replace("{好: 5, 差: 0}", "{好: 100%, 差: 0}")
    after = before.replace("zh: 评价, en: Word}, points: 5", "zh: 评价, en: Word}, points: 6")
    assert lines(changes(made(before), made(after))) == ["评价：分值由 5 改为 6"]


# A row brings its own points: 8 of them are not 80 % of them.
def test_points_instead_of_shares_matter_to_rows_from_the_form():
    row = "method: by-kind, note"
    one, other = (
        BASE.replace(row, f"method: {{by-kind: {{quantity: {{bands: ['[0,1): 0', '[1,+): {amount}']}}}}}}, note") for amount in ("50", "50%")
    )
    found = changes(made(one), made(other))
    assert lines(found) == ["产出·数量：数量的记分办法（分档）改动", "  以每 100 分计", "  分数与占分值的百分数互换，结果相同"]
    assert found[0].scores


def test_nothing_is_said_to_be_nothing():
    one = made(BASE)
    for lang in LANGS:
        words = {"zh": "两套规则的记分没有变动", "en": "Nothing changed between the two rule sets."}[lang]
        assert words in render(page(one, made(BASE), [], lang), "terminal")


# A page for 80 columns, a document for a file, and JSON that names the same changes in both languages.
@pytest.mark.parametrize("lang", LANGS)
def test_every_pair_of_shipped_rule_sets_can_be_compared(lang):
    plans = [plan(load_rules(reference)) for reference in shipped_references()]
    for one in plans:
        for other in plans:
            found = changes(one, other)
            assert bool(found) == (one is not other)
            outline = page(one, other, found, lang)
            assert max(map(cells, render(outline, "terminal").splitlines())) <= 80
            assert render(outline, "markdown")
            assert len(document(one, other, found)["changes"]) == len(found)


def test_the_whole_page():
    one, other = made(BASE), made(edited(("zh: 产出, en", "zh: 产出指标, en"), ("{gate: 60%}", "{}")))
    assert (
        render(page(one, other, changes(one, other), "zh"), "terminal")
        == """\
test/base@1 → test/base@1
────────────────────────────────────────────────────────────────────────────────

原规则  test/base@1 甲表
现规则  test/base@1 甲表
变动    2 处

指标
产出指标：名称由“产出”改为“产出指标”                                 own.yaml:27
产出指标·质量：数量的记分办法（比例）改动                            own.yaml:33
  以每 100 分计
  及格门槛由 60% 改为 缺省
  测算值 [0%,60%)：0 分 → 100 × 测算值
  测算值 [60%,100%)：250 × 测算值 - 150 → 100 × 测算值
"""
    )


# Many indicators that changed alike are one line of the list; JSON keeps them apart.
def test_alike_changes_are_listed_together():
    one = made(BASE)
    other = made(
        BASE.replace("points: 5,", "points: 4,").replace("points: 5\n", "points: 4\n").replace("好: 5", "好: 100%").replace("有执行: 2", "有执行: 1")
    )
    found = changes(one, other)
    assert "制度、评价：分值由 5 改为 4" in render(page(one, other, found, "zh"), "terminal")
    assert [change["id"] for change in document(one, other, found)["changes"] if change["kind"] == "points"] == ["system", "word"]


# --- impact


FORM = """
unit: 甲单位
budget: {adjusted: 100, executed: 85}
facts: {在职人数: 101, 编制数: 100, 严重问题: 否, 地区: 东部, 制度: [有制度], 评价: 好}
indicators:
  - {level1: 产出, level2: 数量, level3: 培训, target: 10次, actual: 10次, points: 25}
  - {level1: 产出, level2: 质量, level3: 合格率, target: 100%, actual: 80%, points: 25}
"""


def form(text: str = FORM) -> Form:
    (found,) = forms_of(Source("form.yaml", text))
    assert isinstance(found, Form)
    return found


def impacted(*edits: tuple[str, str], text: str = FORM) -> Impact:
    one, other = made(BASE), made(edited(*edits))
    return impact(evaluate(bind(form(text), one)), evaluate(bind(form(text), other)), changes(one, other))


def moved(found: Impact) -> dict[str, list[str]]:
    return {line.label.zh: [change.text("zh") for change in line.because] for line in found.lines}


def test_what_moved_names_the_change_that_moved_it():
    assert moved(impacted(("{gate: 60%}", "{}"))) == {"合格率": ["产出·质量：数量的记分办法（比例）改动"]}
    assert moved(impacted(('"[80%,90%): 8"', '"[80%,90%): 9"'))) == {"执行率": ["执行率：记分办法（分档）改动"]}
    assert moved(impacted(("measure: 在职人数 / 编制数", "measure: 1 * 在职人数 / 编制数"))) == {}
    # The fact that an indicator reads.
    assert moved(impacted(("  编制数: {unit: 人}", "  编制数: {formula: 在职人数 * 100 / 102}"))) == {
        "人员": ["编制数：单位由 人 改为 无", "编制数：公式由 无 改为 在职人数 * 100 / 102"]
    }
    # What holds for all.
    assert moved(impacted(("grades:\n", "rounding: [{at: leaf, places: 0}]\ngrades:\n")))["合格率"] == [
        "舍入由 指标得分保留 2 位小数，四舍五入 改为 指标得分取整，四舍五入"
    ]
    # The group above.
    whole = "  - {id: quantity, label: {zh: 数量, en: Quantity}, rows: from-form, method: by-kind, note: 数量够不够}"
    assert moved(impacted((f"    {whole}\n", "")))["培训"] == ["产出·数量：取消"]


def test_a_total_and_a_grade_name_what_moved_them_besides_the_lines():
    assert not impacted(("note: 数量够不够", "note: 别的")).moved
    found = impacted(('range: "[60,+)"', 'range: "[95,+)"'), ('range: "[0,60)"', 'range: "[0,95)"'))
    assert (found.lines, found.moved) == ((), True)
    assert [change.text("zh") for change in found.besides] == ["优：区间由 [60,+∞) 改为 [95,+∞)", "差：区间由 [0,60) 改为 [0,95)"]
    found = impacted(("when: 严重问题, effect: {grade-cap: 差}", "when: not 严重问题, effect: {deduct: 5}"))
    assert {change.about for change in found.besides} == {"gate"}
    assert found.moved


def test_another_variant_is_said():
    text = FORM[: FORM.index("indicators:")]
    found = impacted(("when: rows.output == 0", "when: rows.output > 9"), text=text)
    outline = Outline("", tuple(blocks([found], "zh")))
    assert "适用情形由 无产出 改为 基本" in render(outline, "terminal")
    assert [change.text("zh") for change in found.besides][:1] == ["无产出：条件由 rows.output == 0 改为 rows.output > 9"]


def test_the_page_and_the_json_of_an_impact():
    one, other = made(BASE), made(edited(("{gate: 60%}", "{}")))
    listed = changes(one, other)
    found = impact(evaluate(bind(form(), one)), evaluate(bind(form(), other)), listed)
    says = Phrase("读不懂", "not understood")
    unread = Rejected([Diagnostic("not-a-form", says, Span(Source("bad.yaml", "x"), 1, 1, 1, 2))])
    text = render(Outline("", tuple(blocks([found, unread], "zh"))), "terminal")
    for words in ("1 张表中有 1 张有变动", "bad.yaml", "读不出", "合格率  12.5 → 20", "产出·质量：数量的记分办法（比例）改动", "+7.5"):
        assert words in text
    (first, second) = json.loads(json.dumps(impact_document([found, unread], listed, "zh")))
    assert first["lines"] == [
        {
            "id": "quality.1",
            "label": {"zh": "合格率", "en": "合格率"},
            "before": {"score": "12.5", "bounds": ["12.5", "12.5"]},
            "after": {"score": "20", "bounds": ["20", "20"]},
            "because": [0],
        }
    ]
    assert (first["before"]["grade"], first["file"]) == ("优", "form.yaml")
    assert second["problems"][0]["code"] == "not-a-form"
