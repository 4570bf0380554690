"""An empty form must be a form: it is what a unit starts from, and nobody looks for a mistake in what we gave them."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfscore import api
from perfscore.forms.read import forms_of
from perfscore.forms.schema import form_schema
from perfscore.model.form import Form
from perfscore.model.plan import Plan
from perfscore.report.blank import blank_form, scalar
from perfscore.ruleset.build import build, load_rules
from perfscore.ruleset.load import shipped_references
from perfscore.ruleset.plan import plan
from perfscore.ruleset.schema import misfits
from perfscore.text import yaml
from perfscore.text.nodes import Mapping, Scalar
from perfscore.text.phrase import Lang
from perfscore.text.source import Source
from tests.unit.report.language import PLAN as LANGUAGE

LANGS: tuple[Lang, ...] = ("zh", "en")
SHIPPED = shipped_references()
#: A template scores nobody, and nobody fills in a form for it.
SCORING = [reference for reference in SHIPPED if not load_rules(reference).template]
#: Rule sets whose forms ask for nothing but the budget and rows.
BY_ROWS = [
    reference
    for reference in SCORING
    for rules in [load_rules(reference)]
    if {fact.name for fact in rules.facts} <= {"项目已完成"} and rules.grades and not rules.gates
    if all("number" in [takes for takes, _ in node.methods] for top in rules.variants[-1].indicators for node in top.walk() if node.open)
]


def form_of(text: str) -> Form:
    (form,) = forms_of(Source("blank.yaml", text))
    assert isinstance(form, Form), form
    return form


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("reference", SCORING)
def test_an_empty_form_is_read_and_everything_is_open(reference, lang):
    rules = load_rules(reference)
    form = form_of(blank_form(plan(rules), reference, lang))
    assert (form.rules.text if form.rules else "", form.unit, form.project, form.year) == (reference, "", "", None)
    # A row of an indicator that the rules fix has its name, and nothing else.
    assert all(row.placeholder or row.target is None or not (row.target.text + (row.actual.text if row.actual else "")) for row in form.rows)
    result = api.evaluate(form, rules)
    assert result.score is None
    assert not [line.id for line in result.lines() if line.outcome.leaf is not None and line.status == "scored" and line.score]
    assert result.bounds[0] <= 0
    # Points that the form gives are not there yet.
    assert result.bounds[1] >= rules._replace(declared=None).points


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("reference", SHIPPED)
def test_an_empty_form_fits_the_schema_that_it_names(reference, lang):
    text = blank_form(plan(load_rules(reference)), reference, lang)
    assert text.startswith("# yaml-language-server: $schema=")
    (document,) = yaml.parse(Source("blank.yaml", text)).documents
    assert misfits(document, form_schema()) == []


def filled(text: str, points: list[Fraction]) -> str:
    """The form as somebody fills it in: every row met, with the points given."""
    values = {
        "三级指标": "某指标",
        "年度指标值": "≥80%",
        "实际完成值": "95%",
        "全年预算数": "100",
        "全年执行数": "100",
        "年度": "2024",
        "项目已完成": "否",
    }
    left = iter(points)
    lines = []
    for line in text.splitlines():
        key, colon, rest = line.partition(":")
        name = key.strip(" -")
        if colon and not key.startswith("#") and name in values:
            lines.append(f"{key}: {values[name]}{rest}")
        elif name == "分值" and line.startswith("    分值:"):
            lines.append(f"{key}: {next(left)}{rest}")
        else:
            lines.append(line)
    return "\n".join(lines)


# The labels of the example rows are those that the rules look for, and the facts are those that they read: filled in, nothing is left over.
def test_the_packs_of_most_forms_are_among_those_that_are_filled_in():
    assert {"china/project-self@2020", "hunan/department@2024", "china/self-evaluation-gated@2021"} <= set(BY_ROWS)


@pytest.mark.parametrize("reference", BY_ROWS)
def test_a_form_that_is_filled_in_has_its_full_score(reference):
    made = plan(load_rules(reference))
    # The points of a first level go to its first row.
    points = [
        share for top in made.trees[-1].indicators if top.children for share in (top.points or Fraction(0), *[Fraction(0)] * (len(top.children) - 1))
    ]
    result = api.evaluate(form_of(filled(blank_form(made, reference, "zh"), points)))
    assert result.score is not None
    assert result.evaluation.submission.tree.variant.id == "base"
    assert [problem.code for problem in result.warnings] == []
    assert result.bounds[0] == made.rules.points


OWN = """
ruleset: a/b
version: "1"
points: 100
facts: {"控制率: 甲": {label: {zh: "控制 # 率", en: rate}, unit: "%"}, 已公开: {kind: truth}}
indicators:
  - {id: a, label: "甲: 乙 # 丙", points: 50, rows: from-form, method: by-kind}
  - id: b
    label: 管理
    points: 50
    children:
      - {id: c, label: '"制度"', points: 20, method: {levels: {好: 20, 差: 0}}}
      - {id: d, label: 公开, points: 30, measure: 1 if 已公开 else 0, method: yes-no}
"""


def own() -> Plan:
    return plan(build(Source("own.yaml", OWN), None))


# Labels and names of a stranger's rule file hold anything that YAML gives another meaning.
@pytest.mark.parametrize("lang", LANGS)
def test_labels_that_yaml_would_misread_are_quoted(lang):
    form = form_of(blank_form(own(), "own.yaml", lang))
    assert [(row.level1, row.level2) for row in form.rows] == [("甲: 乙 # 丙", ""), ("管理", '"制度"')]
    assert [name for name, _ in form.facts] == ["控制率: 甲", "已公开"]


def test_an_indicator_that_is_reported_in_words_has_its_row():
    text = blank_form(own(), "own.yaml", "zh")
    form = form_of(re.sub(r"(制度.*\n    年度指标值:.*\n    实际完成值:)", r"\1 好", text))
    result = api.evaluate(form, own())
    assert result["c"].score == 20


def test_comments_give_the_points_and_what_they_are_in_the_variants():
    text = blank_form(plan(load_rules("hunan/department@2024")), "hunan/department@2024", "zh")
    assert "  # 成本指标 20 分，由各行分值相加而成\n" in text
    assert "  # 产出指标 40 分（未设成本和满意度指标时 50 分，未设成本指标时 50 分）" in text
    assert "  # 预算执行率 10 分，执行率 = 全年执行数 / 全年预算数\n" in text


# The keys speak the reader's language; the labels stay those of the form.
def test_keys_are_in_the_readers_language():
    text = blank_form(plan(load_rules("hunan/department@2024")), "hunan/department@2024", "en")
    assert "  - level1: 成本指标 " in text
    assert not re.search(r"^ *(?:- )?[\u4e00-\u9fff]+:", text, re.MULTILINE)


# What the commented examples show must be right once the `#` is gone.
@pytest.mark.parametrize("lang", LANGS)
def test_the_examples_in_comments_work(lang):
    text = blank_form(plan(load_rules("hunan/department@2024")), "hunan/department@2024", lang)
    form = form_of(re.sub(r"^#(?! )(?!\s*yaml)", "", re.sub(r"^#(?=  )", "", text, flags=re.MULTILINE), flags=re.MULTILINE))
    assert form.budget is not None
    assert [part.label for part in form.budget.parts] == ["一般公共预算"]
    assert [claim.relation for claim in form.claims] == ["ratio"]


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"]), max_size=20).filter(lambda text: text.isprintable()))
def test_a_scalar_is_read_back_as_it_was(text):
    parsed = yaml.parse(Source("x.yaml", f"a: {scalar(text)}\n"))
    if not parsed.problems:
        (document,) = parsed.documents
        assert isinstance(document, Mapping)
        (entry,) = document.entries
        assert isinstance(entry.value, Scalar)
        assert entry.value.text == text
    else:
        # What no text may hold is refused in a rule file, and so does not come here.
        assert yaml.parse(Source("x.yaml", f"a: '{text.replace(chr(39), chr(39) * 2)}'\n")).problems


@pytest.mark.parametrize("text", ["null", "~", "true", "010", "1.5", "1e3", "- a", "a: b", "a #b", "", " a", "'", '"', "\\", "？", "甲：乙"])
def test_a_scalar_that_is_no_plain_text_is_quoted(text):
    assert scalar(text).startswith('"')


# --- facts of every kind -----------------------------------------------------------------------------------------------------------------


def test_every_fact_says_what_to_fill_in():
    text = blank_form(LANGUAGE, "rules.yaml", "zh")
    for line in (
        "  地区:                         # 所在地区，填其中之一：东部、中部、西部\n",
        "  调查:                         # 各项填数\n    满意:\n    不满意:\n",
        "  得票:                         # 评委打分，各个数，如 [85, 92]，分\n",
        "  报送:                         # 日期，如 2024-12-31\n",
        "#  截止: 2025-03-01             # 日期，如 2024-12-31，不填即为此\n",
        "#  严重问题: 否                 # 是 或 否，不填即为此\n",
        "  制度:                         # 制度建设，有的各项：去掉下面行首的 #；都没有的填 无\n#    - 有制度\n#    - 制度合规\n#    - 有执行\n",
        # Whoever forgets to say how many points leaves the score open, and loses nothing in silence.
        "  资金使用:                     # 发生的各项：去掉下面行首的 #，写明扣几分；都没有的填 无\n",
        "#    虚列: 是                   # 扣 4–7 分\n#    挪用: 是                   # 扣 5 分\n",
        "#  名次:                        # 由全体各表算出；单独评这张表时填\n",
        "  # 行政效能：实际完成值填 较好、一般 之一\n",
        "  # 打分 10 分，打分 = 得票率\n",
        "  # 通报 -6 分，通报 = 表彰数 / 2\n",
    ):
        assert line in text, line
    # What is computed is asked of nobody.
    assert "\n  得票率:" not in text
    assert "\n  平均得票:" not in text


# Whoever takes the # away from what there is must have filled in the form, without a look into any manual.
@pytest.mark.parametrize("lang", LANGS)
def test_a_form_of_every_kind_of_fact_is_filled_in_by_its_comments(lang):
    text = blank_form(LANGUAGE, "rules.yaml", lang)
    empty = form_of(text)
    assert api.evaluate(empty, LANGUAGE).score is None
    text = re.sub(r"^#(?=    - (?:有制度|制度合规|有执行))", "", text, flags=re.MULTILINE)
    text = text.replace("资金使用: ", "资金使用: 无 ")
    values = {"地区": "西部", "满意": "3", "不满意": "1", "得票": "[8, 9]", "报送": "2025-02-01", "表彰数": "2"}
    for name, value in values.items():
        text = re.sub(rf"^( +{name}:)", rf"\1 {value}", text, flags=re.MULTILINE)
    text = re.sub(r"((?:三级指标|level3): 行政效能(?:.*\n){2} +(?:实际完成值|actual):)", r"\1 一般", text)
    result = api.evaluate(form_of(text), LANGUAGE)
    assert {name: result[name].score for name in ("rules", "votes", "wrong", "pleased", "level", "praise")} == {
        "rules": 10, "votes": 8, "wrong": 10, "pleased": 15, "level": 3, "praise": 2,
    }  # fmt: skip
    assert "unknown-fact" not in {problem.code for problem in result.warnings}
