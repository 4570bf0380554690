"""
The 71 constructs of the field as data: each is a rule file under tests/cases/constructs that states a real rule, with examples at both sides of every end.

`NN-name.yaml` are the rules of a construct. What takes several forms (places, the best, quotas, transfer payments) or the year of a form stands beside
in `NN-name.cohort.yaml`, one or more documents of `rules`, `forms` and what to `expect` of each, or with `combine: true` of the one that they make.
"""

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from perfscore.api import Result, combine, evaluate, evaluate_cohort
from perfscore.forms.read import form_of
from perfscore.model.form import Form
from perfscore.model.rules import RuleSet
from perfscore.report.trials import diagnostics
from perfscore.ruleset.after import STATES
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan
from perfscore.text.decode import read
from perfscore.text.nodes import Mapping, Node, Scalar, Sequence
from perfscore.text.printed import format_number, read_number
from perfscore.text.show import render
from perfscore.text.yaml import parse
from perfscore.trials.reach import cover
from perfscore.trials.run import run
from tests.architecture.tree import ROOT

CASES = ROOT / "tests" / "cases" / "constructs"
BESIDE = sorted(CASES.glob("*.cohort.yaml"))
FILES = sorted(path for path in CASES.glob("*.yaml") if path not in BESIDE)
#: Constructs that the language does not say on purpose, and the record in docs/decisions that tells why.
REFUSED: dict[int, str] = {}


class Together(NamedTuple):
    """A document beside a rule file: forms that are scored together, or made one, and what is expected of each result."""

    forms: tuple[Form, ...]
    combined: bool
    expect: tuple[Node, ...]

    def results(self, rules: RuleSet) -> list[Result]:
        """What the forms give."""
        return [evaluate(combine(self.forms, rules), rules)] if self.combined else evaluate_cohort(self.forms, rules)


def number(path: Path) -> int:
    return int(path.name.partition("-")[0])


@cache
def rules_at(path: Path) -> RuleSet:
    return load_rules(str(path))


def beside(path: Path) -> list[tuple[RuleSet, Together]]:
    """The documents of a file, each with its rules."""
    source = read(str(path)).source
    parsed = parse(source)
    assert not parsed.problems, [render(problem, "en") for problem in parsed.problems]
    found = []
    for document in parsed.documents:
        assert isinstance(document, Mapping)
        said = {entry.key.text: entry.value for entry in document.entries}
        assert set(said) <= {"rules", "forms", "combine", "expect"}
        forms = [form_of(node, source) for node in items(said["forms"])]
        assert all(isinstance(form, Form) for form in forms), forms
        combined, expect = text(said["combine"]) == "true" if "combine" in said else False, said["expect"]
        together = Together(tuple(form for form in forms if isinstance(form, Form)), combined, items(expect))
        found.append((rules_at(path.parent / text(said["rules"])), together))
    return found


def items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else (node,)


def text(node: Node) -> str:
    assert isinstance(node, Scalar)
    return node.text


def wanted(expect: Node) -> dict[str, str]:
    """What a document expects of a result: scores without trailing zeros, states by one word, codes of warnings and gates (`gate:leaf`) in their order."""
    assert isinstance(expect, Mapping)
    found = {}
    for key, value in expect.entries:
        if key.text in ("warnings", "gates"):
            found[key.text] = " ".join(sorted(map(text, items(value))))
        else:
            amount = read_number(text(value))
            found[key.text] = STATES.get(text(value), text(value)) if amount is None else format_number(amount)
    return found


def told(result: Result, name: str) -> str:
    """What a result says of the thing that is expected."""
    match name:
        case "grade":
            return "missing" if result.grade is None else result.grade.label
        case "variant":
            return result.evaluation.submission.tree.variant.id
        case "warnings":
            return " ".join(sorted(warning.code for warning in result.warnings))
        case "gates":
            return " ".join(sorted(f"{held.gate.id}:{held.leaf}".rstrip(":") for held in result.evaluation.held if held.certain))
        case "total":
            return shown(result.evaluation.score)
    outcome = result[name].outcome
    return "not-applicable" if outcome.status == "not-applicable" else shown(outcome.score)


def shown(score: Fraction | None) -> str:
    return "missing" if score is None else format_number(score)


def test_every_construct_of_the_field_has_a_case_or_a_reason() -> None:
    numbers = {number(path) for path in FILES}
    assert numbers | set(REFUSED) == set(range(1, 72))
    assert not numbers & set(REFUSED)
    assert all((ROOT / "docs" / "decisions" / f"{record}.md").is_file() for record in REFUSED.values())


# A case is found by its number and opened by its name; both languages say what it is.
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_construct_is_called_like_its_file(path: Path) -> None:
    rules = rules_at(path)
    name = rules.id.removeprefix("constructs/")
    assert path.stem in (name, f"{name}-{rules.version}")
    assert rules.title.zh != rules.title.en


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_examples_of_a_construct_hold(path: Path) -> None:
    rules = rules_at(path)
    made = plan(rules)
    trials = [run(example, made)[0] for example in rules.examples]
    assert trials or any(at.name.startswith(f"{path.stem}.") for at in BESIDE)
    assert [render(found, "en") for trial in trials for found in diagnostics(trial)] == []


# Every band, step, tier, case and gate has an example; else an end of it could be anywhere.
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_examples_of_a_construct_reach_all_of_it(path: Path) -> None:
    rules = rules_at(path)
    made = plan(rules)
    evaluations = [evaluation for example in rules.examples if (evaluation := run(example, made)[1]) is not None]
    for at in BESIDE:
        if number(at) == number(path):
            evaluations += [result.evaluation for given, together in beside(at) if given is rules for result in together.results(rules)]
    assert [f"{part.id}: {part.how.en}" for part in cover(made, evaluations).missed] == []


@pytest.mark.parametrize("path", BESIDE, ids=lambda path: path.name.removesuffix(".yaml"))
def test_forms_that_are_scored_together_give_what_is_expected_of_each(path: Path) -> None:
    for rules, together in beside(path):
        results = together.results(rules)
        assert [{name: told(result, name) for name in wanted(expect)} for result, expect in zip(results, together.expect, strict=True)] == [
            wanted(expect) for expect in together.expect
        ]
