"""
The cases under tests/cases as data: rule files that are accepted or refused, formulas, rows of forms.

Every file says itself what is expected of it, so that a case is added without touching a test.
"""

import ast
import json
import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfscore.api import Result, evaluate, read_many
from perfscore.forms.read import forms_of, read_forms
from perfscore.model.form import Form
from perfscore.model.outcome import Outcome
from perfscore.model.plan import Plan
from perfscore.model.rules import RuleSet
from perfscore.report.trials import diagnostics
from perfscore.ruleset.build import build, load_rules
from perfscore.ruleset.plan import plan
from perfscore.text.diagnostic import Rejected
from perfscore.text.printed import format_number
from perfscore.text.show import render
from perfscore.text.source import Source
from perfscore.trials.run import verdict
from tests.architecture.tree import ROOT

CASES = ROOT / "tests" / "cases"
GOOD = sorted(p for p in (CASES / "rules" / "good").rglob("*.yaml"))
BAD = sorted(p for p in (CASES / "rules" / "bad").glob("*.yaml") if p.is_file())
_EXPECT = re.compile(r"^# expect: ([a-z-]+) ((?:[\w.-]+:)?\d+:(?:\d+|\*))$", re.MULTILINE)


def expected(path: Path) -> list[str]:
    return [f"{code} {place}" for code, place in _EXPECT.findall(path.read_text(encoding="utf-8"))]


def refused(path: Path) -> list[str]:
    """What is said of a rule file, in order: code, and line and column (of another file with its name)."""
    with pytest.raises(Rejected) as caught:
        load_rules(str(path))
    found = []
    for diagnostic in caught.value.diagnostics:
        assert diagnostic.span is not None, diagnostic
        file = Path(diagnostic.span.source.name).name
        # Where a text cannot be read on is Python's to say, and differs with its version.
        column = "*" if diagnostic.code == "formula-syntax" else diagnostic.span.column
        found.append(f"{diagnostic.code} {'' if file == path.name else file + ':'}{diagnostic.span.line}:{column}")
    return found


def form(text: str) -> Form:
    (found,) = forms_of(Source("case.yaml", text, text.encode()))
    assert isinstance(found, Form), found
    return found


# All problems of a file are said together, each once, in order and in place: nobody mends a file one message at a time.
@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_rule_file_is_refused_with_everything_that_is_wrong(path: Path) -> None:
    assert refused(path) == expected(path)


# Both languages are there, and no sentence leaks a Python value.
@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_what_is_said_of_a_bad_rule_file_can_be_read(path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        load_rules(str(path))
    for diagnostic in caught.value.diagnostics:
        for phrase in (diagnostic.says, diagnostic.hint, *(says for says, _ in diagnostic.more)):
            if phrase is not None:
                assert phrase.zh.strip()
                assert phrase.en.strip()
                assert not re.search(r"None|Fraction|<[a-z]+ object|\bValue\(", phrase.zh + phrase.en)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_rule_file_is_accepted_and_its_examples_hold(path: Path) -> None:
    assert not_so(load_rules(str(path))) == []


def not_so(rules: RuleSet) -> list[str]:
    """What the examples of a rule set expect and do not get, with place and reasons."""
    failures = (found for trial in verdict(rules, rules.examples).trials for found in diagnostics(trial))
    return [render(found, "en") for found in failures]


def codes_of(path: Path) -> set[str]:
    """The codes that a module can give: words with a hyphen where a diagnostic is made, or that are chosen as its code."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Name(id="Diagnostic" | "wrong" | "_Refused" | "Text") | ast.Attribute(attr="wrong" | "refuse"),
                args=arguments,
                keywords=keywords,
            ):
                parts = [*arguments, *(keyword.value for keyword in keywords if keyword.arg == "code")]
            case ast.Call(func=ast.Attribute(attr="__init__"), args=arguments):
                parts = arguments
            case ast.Assign(targets=[ast.Name(id="code")], value=ast.IfExp(body=one, orelse=other)):
                parts = [one, other]
            case _:
                continue
        found |= {str(part.value) for part in parts if isinstance(part, ast.Constant) and re.fullmatch(r"[a-z]+(-[a-z]+)+", str(part.value))}
    return found


_MODULES = [
    ROOT / "src/perfscore/text/shape.py",
    *sorted((ROOT / "src/perfscore/ruleset").glob("*.py")),
    *sorted((ROOT / "src/perfscore/scoring/methods").glob("*.py")),
    ROOT / "src/perfscore/scoring/formula/check.py",
]


# A code without a case is a sentence that nobody has read in its place.
@pytest.mark.parametrize("module", _MODULES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_every_code_of_a_rule_file_has_a_bad_case(module: Path) -> None:
    cases = {line.split()[0] for path in BAD for line in expected(path)}
    assert codes_of(module) - cases == _ELSEWHERE & codes_of(module)


#: Codes whose cases are made in a test, because they need a folder, a length or a schema of their own.
_ELSEWHERE = {"path-refused", "formula-too-large", "schema-misfit", "too-many-unrounded", "not-a-rule-file", "not-in-force", "too-many-gates"}


# BaseLoader: what stands in the file is text, as it is to us.
ROWS = [
    (f"{section.split()[0]} {number}", table, row)
    for section, table in yaml.load((CASES / "forms" / "rows.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader).items()  # noqa: S506 - our own file
    for number, row in enumerate(table["rows"], 1)
]


@cache
def rules_of_rows(method: str, zero_target: str, rounding: str) -> Plan:
    text = f"""
ruleset: cases/rows
version: "1"
zero_target: {zero_target}
rounding: {rounding}
indicators:
  - id: output
    label: 产出指标
    children: [{{id: output.rows, label: 数量指标, rows: from-form, method: {method}}}]
  - id: cost
    label: 成本指标
    children: [{{id: cost.rows, label: 经济成本指标, rows: from-form, direction: lower, method: {method}}}]
"""
    return plan(build(Source("rules.yaml", text), None))


def row_result(table: dict[str, Any], row: dict[str, Any]) -> Result:
    level1 = row.get("group", "产出指标")
    level2 = "经济成本指标" if level1 == "成本指标" else "数量指标"
    cells = {name: value for name, value in row.items() if name not in ("is", "measure", "warns", "group", "year")}
    indicator = {"level1": level1, "level2": level2, "level3": "某指标", "points": "10", "id": "row", **cells}
    text = json.dumps({"year": row.get("year", "2024"), "indicators": [indicator]}, ensure_ascii=False)
    chosen = [json.dumps(table.get(name, default), ensure_ascii=False) for name, default in _POLICIES.items()]
    return evaluate(form(text), rules_of_rows(*chosen))


_POLICIES = {"method": "by-kind", "zero_target": "standard", "rounding": [{"at": "leaf", "places": 2}]}


def described(outcome: Outcome) -> str:
    match outcome.status:
        case "scored" | "judged":
            assert outcome.score is not None
            assert outcome.bounds == (outcome.score, outcome.score)
            return f"{outcome.status} {format_number(outcome.score)}"
        case "missing" if outcome.points is None:
            return "missing nothing"
        case "missing":
            return f"missing {' to '.join(map(format_number, outcome.bounds))}"
        case status:
            return status


@pytest.mark.parametrize("table, row", [(table, row) for _, table, row in ROWS], ids=[name for name, _, _ in ROWS])
def test_a_row_of_a_form_becomes_what_the_table_says(table: dict[str, Any], row: dict[str, Any]) -> None:
    result = row_result(table, row)
    outcome = result["row"].outcome
    assert described(outcome) == row["is"]
    # A row without points leaves its group unknown, which is said besides.
    warnings = [warning.code for warning in result.warnings if warning.code != "points-missing"]
    assert warnings == row.get("warns", [])
    assert all(warning.severity == "warning" and warning.span is not None for warning in result.warnings)
    measure = outcome.leaf.measure if outcome.leaf else None
    if "measure" in row:
        assert getattr(measure, "value", None) == Fraction(row["measure"])


# Whatever is said of a row is said in both languages, and a row that lost points or is open says why.
@pytest.mark.parametrize("table, row", [(table, row) for _, table, row in ROWS], ids=[name for name, _, _ in ROWS])
def test_a_row_of_a_form_is_explained(table: dict[str, Any], row: dict[str, Any]) -> None:
    line = row_result(table, row)["row"]
    for lang in ("zh", "en"):
        reasons = line.why(lang)
        assert reasons
        assert not re.search(r"None|Fraction|Interval\(|Phrase\(", "".join(reasons))


WHOLE = sorted(path for path in (CASES / "forms" / "whole").glob("*.yaml") if not path.name.endswith(".rules.yaml"))
BAD_FORMS = sorted((CASES / "forms" / "bad").glob("*.yaml"))


def expectations(path: Path) -> dict[int, list[str]]:
    """What a form file expects, by document: `document 2` opens the second."""
    found: dict[int, list[str]] = {1: []}
    number = 1
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# expect: document "):
            number = int(line.removeprefix("# expect: document "))
            found[number] = []
        elif line.startswith("# expect: "):
            found[number].append(line.removeprefix("# expect: "))
    return found


def said(result: Result, wanted: str) -> str:
    """What a result says about the thing that an expectation is about."""
    what, _, rest = wanted.partition(" ")
    root = result.evaluation.root
    match what:
        case "score":
            return f"score {'none' if root.score is None else format_number(root.score)}"
        case "bounds":
            return f"bounds {' '.join(map(format_number, root.bounds))}"
        case "points":
            return f"points {'none' if root.points is None else format_number(root.points)}"
        case "grade":
            return f"grade {'none' if result.grade is None else result.grade.label}"
        case "variant":
            return f"variant {result.evaluation.submission.tree.variant.id}"
        case "row":
            name = rest.partition(" ")[0]
            return f"row {name} {described(result[name].outcome)}"
    return what


# Whole forms: labels, placeholders, missing points, redistribution, variants, grades.
@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_a_whole_form_becomes_what_it_says_itself(path: Path) -> None:
    wanted = expectations(path)
    forms = list(read_many(path))
    assert set(wanted) <= set(range(1, len(forms) + 1))
    for number, form_ in enumerate(forms, 1):
        result = evaluate(form_)
        lines = wanted.get(number, [])
        assert [said(result, line) for line in lines if not line.startswith("warning")] == [line for line in lines if not line.startswith("warning")]
        found = [f"warning {w.code} {w.span.line}:{w.span.column}" for w in result.warnings if w.span is not None]
        assert sorted(found) == sorted(line for line in lines if line.startswith("warning")), f"document {number}"


# A form that cannot be read as one is refused with everything that is wrong with it, and the other forms of its file are not.
@pytest.mark.parametrize("path", BAD_FORMS, ids=lambda path: path.stem)
def test_a_bad_form_is_refused_with_everything_that_is_wrong(path: Path) -> None:
    wanted = expectations(path)
    for number, read in enumerate(read_forms(str(path)), 1):
        if isinstance(read, Rejected):
            assert [f"{d.code} {d.span.line}:{d.span.column}" for d in read.diagnostics if d.span is not None] == wanted[number]
        else:
            assert not wanted.get(number)
