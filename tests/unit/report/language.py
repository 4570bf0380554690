"""One rule set with everything that a rule file can say besides rows and rates, and forms for it."""

from perfscore import api
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.model.plan import Plan
from perfscore.ruleset.build import build
from perfscore.ruleset.plan import plan
from perfscore.text.source import Source

RULES = """
ruleset: test/all
version: "1"
title: {zh: 全部写法, en: everything}
points: 100
valid_from: "2024-01-01"
negative_actual: zero
grades:
  - {label: {zh: 优, en: A}, range: "[90,+)", action: {zh: 优先保障, en: comes first}, quota: 30%}
  - {label: {zh: 良, en: B}, range: "[80,90)"}
  - {label: {zh: 差, en: D}, range: "(-,80)"}
  - {label: {zh: 未定, en: open}, action: {zh: 限期整改, en: to be put right}}
basis: [某办法]
facts:
  地区: {choices: {东部: 0.5, 中部: 0.7, 西部: 1}, label: {zh: 所在地区, en: region}}
  调查: {parts: [满意, 不满意]}
  得票: {kind: list, unit: 分, label: 评委打分}
  平均得票: {formula: mean(得票)}
  得票率: {formula: 平均得票 / 10, unit: "%"}
  报送: {kind: date}
  截止: {kind: date, default: "2025-03-01"}
  迟报天数: {formula: "max(0, days(截止, 报送))"}
  严重问题: {kind: truth, default: 否}
  未自评: {kind: truth, default: 否}
  表彰数: {label: 表彰次数, unit: 次, combine: sum}
  制度: {kind: items, label: {zh: 制度建设, en: policies}}
cohort:
  名次: {rank: {of: 平均得票, first: lowest}}
constraints: ["points.output + points.manage >= 60", "points.total == 100"]
indicators:
  - {id: output, label: {zh: 产出, en: output}, points: 40%, rows: from-form, method: by-kind, note: {zh: 核对产出, en: hold against the records}}
  - id: manage
    label: {zh: 管理, en: management}
    points: 40
    children:
      - {id: rules, label: 建设, points: 10, measure: 制度, method: {checklist: {有制度: 4, 制度合规: 4, 有执行: 2}}, basis: [{document: 某制度, verified: true}]}
      - {id: votes, label: 打分, points: 10, measure: 得票率, method: ratio, least: 2, most: 8}
      - id: share
        label: 配套
        points: 10
        measure: 地区 * 得票率
        method: ratio
        applicable: 地区.西部 or 地区.中部
        otherwise: full
        variants: [{when: 地区.中部, label: 中部配套, method: {bands: ["<50%: 0", "≥50%: 满分"]}, note: 中部另计}]
      - {id: wrong, label: 资金使用, points: 10, method: {demerits: {虚列: 4-7, 挪用: 5}}}
  - id: effect
    label: {zh: 效果, en: effects}
    points: 20
    aggregate: best
    children:
      - {id: pleased, label: 满意, measure: 调查.满意 / sum(调查), method: ratio}
      - {id: level, label: 行政效能, method: {levels: {较好: 20, 一般: 3}}}
  - id: more
    label: {zh: 加分, en: bonus}
    points: 3
    counts: bonus
    children: [{id: praise, label: 表彰, points: 5, measure: 表彰数, method: direct}]
  - {id: less, label: {zh: 通报, en: reproved}, points: 6, counts: malus, measure: 表彰数 / 2, method: direct}
gates:
  - {id: serious, label: 存在严重问题, when: 严重问题, effect: {grade-cap: 良}, basis: [某办法]}
  - {id: noself, label: 未开展自评, when: 未自评, effect: {requires: 应先完成自评}}
  - {id: nogoal, label: 制度缺失, when: score.rules < 4, effect: {veto: manage}, basis: [{document: 某制度, clause: 第九条}]}
  - {id: noted, label: 未填原因, each: output, when: achievement < 0.9 and not noted, effect: {deduct: 0.5}}
  - {id: poor, label: 完不成, each: output, when: achievement < 0.3, effect: {veto: output}}
  - {id: late, label: 迟报, when: 迟报天数 > 0, effect: {deduct: "min(10, 0.5 * 迟报天数)"}}
  - {id: placed, label: 名次靠后, when: 名次 > 3, effect: {downgrade: 1}}
  - {id: low, label: 得分偏低, when: total < 60, effect: {warn: 应约谈负责人}}
"""

FACTS = (
    ("地区", "西部"),
    ("调查", "{满意: 80, 不满意: 20}"),
    ("得票", "[8, 9, 9.5]"),
    ("报送", "2025-02-01"),
    ("表彰数", "4"),
    ("制度", "[有制度, 制度合规, 有执行]"),
    ("资金使用", "无"),
    ("行政效能", "一般"),
    ("名次", "2"),
)
ROWS = ("{level1: 产出, level3: 甲, target: 10个, actual: 10个, points: 40}",)


def planned(text: str = RULES) -> Plan:
    """The plan of a rule file's text."""
    return plan(build(Source("rules.yaml", text), None))


def form_of(changes: dict[str, str] | None = None, rows: tuple[str, ...] = ROWS) -> Form:
    """The form with its facts changed; an empty text leaves one out."""
    facts = {**dict(FACTS), **(changes or {})}
    lines = [
        "unit: 某局",
        "facts:",
        *(f"  {name}: {value}" for name, value in facts.items() if value),
        "indicators:",
        *(f"  - {row}" for row in rows),
    ]
    (found,) = forms_of(Source("form.yaml", "\n".join(lines) + "\n"))
    if not isinstance(found, Form):
        raise found
    return found


PLAN = planned()


def scored(changes: dict[str, str] | None = None, rows: tuple[str, ...] = ROWS) -> api.Result:
    """The form scored by the rules above."""
    return api.evaluate(form_of(changes, rows), PLAN)
