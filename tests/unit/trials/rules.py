"""Small rule sets with examples, as texts and as what became of them, for the tests of this folder."""

from perfscore.model.trial import Reached, Verdict
from perfscore.ruleset.build import build
from perfscore.text.source import Source
from perfscore.trials.run import verdict

HEAD = "ruleset: example/trial\nversion: '1'\n"
BANDS = """
grades: [{label: {zh: 优, en: good}, range: "[6,10]"}, {label: {zh: 差, en: poor}, range: "[0,6)"}]
indicators:
  - id: rate
    label: 执行率
    points: 10
    measure: 执行率 = 全年执行数 / 全年预算数
    method: {bands: ["[0,60%): 0", "[60%,90%): 6", "[90%,+): 10"]}
"""
OPEN = """
indicators:
  - id: output
    label: 产出指标
    points: 10
    children: [{id: output.quantity, label: 数量指标, rows: from-form, method: METHOD}]
"""


def judged(text: str) -> Verdict:
    """What became of the examples of a rule file's text, which needs no head."""
    rules = build(Source("rules.yaml", HEAD + text), None)
    return verdict(rules, rules.examples)


def failures(text: str) -> list[tuple[str, str, str]]:
    """Code, the text at the place, and the English sentence of everything that fails."""
    found = [failure.says for trial in judged(text).trials for failure in trial.failures]
    return [(says.code, says.span.written() if says.span else "", says.says.en) for says in found]


def row(**cells: str) -> str:
    """A row of the indicator table under 产出指标, 数量指标, worth 10 points."""
    given = {"level1": "产出指标", "level2": "数量指标", "level3": "某项", "points": "10", **cells}
    return "{" + ", ".join(f'{name}: "{cell}"' for name, cell in given.items()) + "}"


def reached(text: str) -> dict[str, int]:
    """How many examples reached each part, by what it is called in English."""
    return {part.says.en: part.by for part in parts(text)}


def parts(text: str) -> tuple[Reached, ...]:
    """The parts of a rule file's text."""
    return judged(text).coverage.parts
