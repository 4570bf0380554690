"""The verbs that programs are written against: what they give, in which order, and what they refuse."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import perfscore as ps
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.model.rules import RuleSet
from perfscore.text.phrase import Lang
from perfscore.text.source import Source
from tests.architecture.tree import ROOT

HUAIHUA = ROOT / "examples" / "huaihua-2024.yaml"
HETANG = ROOT / "examples" / "hetang-2022.yaml"


def form(text: str) -> Form:
    (found,) = forms_of(Source("form.yaml", text, text.encode()))
    assert isinstance(found, Form), found
    return found


@pytest.fixture(scope="module")
def result() -> ps.Result:
    return ps.evaluate(ps.read_form(HUAIHUA))


# The example of the contract, word for word.
def test_the_documented_session_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    rules = ps.load_rules("hunan/department@2024")
    read = ps.read_form("examples/huaihua-2024.yaml")
    result = ps.evaluate(read, rules)
    assert result.score == Decimal("95.95")
    assert result.grade is not None
    assert result.grade.label == "优"
    assert result["预算执行率"].score == Decimal("7.95")
    assert "怀化市住房保障服务中心" in result.explain(lang="zh")
    assert [r.score for r in ps.evaluate_many([read, read], rules)] == [Decimal("95.95")] * 2


def test_a_line_is_found_by_id_and_by_label(result: ps.Result) -> None:
    assert result["execution"].id == "execution"
    assert result["预算执行率"].id == "execution"
    assert result[" 预算 执行率 "].id == "execution"
    assert result["output.quantity.1"].label == "工作任务完成数量"
    assert result["工作任务完成数量"].id == "output.quantity.1"
    assert [child.id for child in result["output"].children] == ["output.quantity", "output.quality", "output.time"]


def test_a_line_that_is_not_there_is_a_key_error(result: ps.Result) -> None:
    with pytest.raises(KeyError, match="no such indicator"):
        result["预算执行"]


# A label that two lines have is no name: guessing one of them would be a wrong number that nobody sees.
def test_a_label_that_two_lines_have_has_to_be_asked_for_by_id(result: ps.Result) -> None:
    with pytest.raises(KeyError, match=r"cost\.social, cost\.social\.1"):
        result["社会成本指标"]
    assert result["cost.social.1"].status == "not-applicable"


def test_numbers_are_exact_decimals_and_bounds_exact_fractions(result: ps.Result) -> None:
    line = result["execution"]
    assert (line.points, line.score, line.lost) == (Decimal(10), Decimal("7.95"), Decimal("2.05"))
    assert line.bounds == (Fraction("7.95"), Fraction("7.95"))
    assert all(isinstance(end, Fraction) for end in result.bounds)
    assert isinstance(result.score, Decimal)


# Where there is no finite decimal, a Decimal of 34 digits stands in; the exact value is in the bounds.
def test_a_number_without_a_finite_decimal_is_given_to_34_digits(tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(
        'ruleset: a/b\nversion: "1"\nrounding: []\nindicators: [{id: a, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n',
        encoding="utf-8",
    )
    third = ps.evaluate(form("budget: {adjusted: 3, executed: 1}"), ps.load_rules(str(rules)))
    assert third.bounds == (Fraction(10, 3), Fraction(10, 3))
    assert str(third.score) == "3." + "3" * 33


def test_every_line_comes_once_and_groups_before_what_is_in_them(result: ps.Result) -> None:
    ids = [line.id for line in result.lines()]
    assert len(ids) == len(set(ids))
    assert ids.index("output") < ids.index("output.quantity") < ids.index("output.quantity.1")
    assert [line.id for line in result.indicators] == ["execution", "cost", "output", "benefit", "satisfaction"]


def test_a_file_with_several_forms_is_not_one_form() -> None:
    with pytest.raises(ps.Rejected) as caught:
        ps.read_form(HETANG)
    (found,) = caught.value.diagnostics
    assert found.code == "more-than-one-form"
    assert found.span is not None
    assert found.span.line == 129
    assert len(list(ps.read_many(HETANG))) == 3


@pytest.mark.parametrize(
    "text, code",
    [
        ("budget: {adjusted: 1}\n", "no-rules"),
        ("rules: ''\n", "no-rules"),
        ("rules: hunan/departmen@2024\n", "unknown-rules"),
        ("rules: ../x.yaml\n", "path-refused"),
        ("rules: not-there.yaml\n", "file-not-found"),
    ],
)
def test_a_form_without_usable_rules_is_refused(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ps.Rejected) as caught:
        ps.evaluate(ps.read_form(path))
    assert [found.code for found in caught.value.diagnostics] == [code]


def test_given_rules_come_before_the_ones_that_a_form_names() -> None:
    result = ps.evaluate(form("rules: hunan/department@2024\nbudget: {adjusted: 2, executed: 1}"), ps.load_rules("china/project-self@2020"))
    assert result.rules.reference == "china/project-self@2020"


# A frame without points can be shown and extended; a form that is to be scored by it is told what to write, whichever verb is asked.
@pytest.mark.parametrize(
    "scored",
    [
        ps.evaluate,
        lambda read, rules: ps.evaluate(read, ps.plan(rules)),
        lambda read, rules: list(ps.evaluate_many([read], rules)),
        lambda read, rules: ps.evaluate_cohort([read, read], rules),
    ],
    ids=["evaluate", "plan", "evaluate_many", "evaluate_cohort"],
)
def test_a_template_is_refused_where_a_form_is_to_be_scored(scored: Callable[[Form, RuleSet], object]) -> None:
    with pytest.raises(ps.Rejected) as caught:
        scored(ps.read_form(HUAIHUA), ps.load_rules("china/frame-department@2013"))
    (problem,) = caught.value.diagnostics
    assert (problem.code, str(problem.span)) == ("template-has-no-points", "rules/china/frame-department-2013.yaml:5:1")


def test_a_plan_scores_as_its_rules_do(result: ps.Result) -> None:
    made = ps.plan(ps.load_rules("hunan/department@2024"))
    assert ps.evaluate(result.form, made).document() == result.document()


def forms(scores: list[int], drawn: list[int]) -> Iterator[Form]:
    for score in scores:
        drawn.append(score)
        yield form(f"budget: {{adjusted: 100, executed: {score}}}")


# In order, one at a time: a stream of any length needs the memory of one form.
def test_many_forms_are_scored_in_order_and_one_at_a_time() -> None:
    drawn: list[int] = []
    results = ps.evaluate_many(forms([10, 50, 30], drawn), ps.load_rules("china/project-self@2020"))
    assert drawn == []
    assert next(results)["execution"].score == 1
    assert drawn == [10]
    assert [r["execution"].score for r in results] == [5, 3]
    assert drawn == [10, 50, 30]


def test_rules_that_many_forms_name_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from perfscore import verbs

    named: list[str] = []
    rules_of = verbs.rules_of

    def counted(form: Form, day: int | None = None) -> object:
        named.append(form.rules.text if form.rules else "")
        return rules_of(form, day)

    monkeypatch.setattr(verbs, "rules_of", counted)
    texts = ["rules: hunan/department@2024", "rules: hunan/department@2022", "rules: hunan/department@2024"]
    references = [r.rules.version for r in ps.evaluate_many(map(form, texts))]
    assert references == ["2024", "2022", "2024"]
    assert named == ["hunan/department@2024", "hunan/department@2022"]


# Work is spread over processes by pickling: rules with formulas (syntax trees) and whole results must survive it.
def test_rules_plans_forms_and_results_survive_pickling(result: ps.Result) -> None:
    rules = ps.load_rules("china/self-evaluation-gated@2021")
    copied = pickle.loads(pickle.dumps(rules))  # noqa: S301 - our own bytes
    read = form("budget: {adjusted: 100, executed: 80}\nfacts: {项目已完成: 否}")
    assert ps.evaluate(read, copied).document() == ps.evaluate(read, rules).document()
    made = pickle.loads(pickle.dumps(ps.plan(rules)))  # noqa: S301
    assert ps.evaluate(pickle.loads(pickle.dumps(read)), made).document() == ps.evaluate(read, rules).document()  # noqa: S301
    again: ps.Result = pickle.loads(pickle.dumps(result))  # noqa: S301
    assert again.document() == result.document()
    assert again.explain() == result.explain()


def test_a_rejection_survives_pickling() -> None:
    with pytest.raises(ps.Rejected) as caught:
        ps.load_rules("hunan/departmen@2024")
    assert pickle.loads(pickle.dumps(caught.value)).diagnostics[0].code == "unknown-rules"  # noqa: S301


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_same_input_gives_the_same_words(lang: str) -> None:
    one, other = (ps.evaluate(ps.read_form(HUAIHUA)) for _ in range(2))
    assert one.explain(lang=lang) == other.explain(lang=lang)  # type: ignore[arg-type]
    assert one.document(lang) == other.document(lang)  # type: ignore[arg-type]


# Neither is needed to score: the schema is for editors, and only formulas with conditions or functions are evaluated by simpleeval.
def test_a_form_is_scored_without_jsonschema_and_simpleeval() -> None:
    program = (
        "import sys\n"
        "for name in ('jsonschema', 'simpleeval', 'referencing', 'rpds'): sys.modules[name] = None\n"
        "import perfscore as ps\n"
        "results = list(ps.evaluate_many(ps.read_many('examples/hetang-2022.yaml')))\n"
        "result = ps.evaluate(ps.read_form('examples/huaihua-2024.yaml'), ps.load_rules('hunan/department@2022'))\n"
        "print(len(results), ps.evaluate(ps.read_form('examples/invented-project.yaml')).score, len(result.explain()) > 1000)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    assert done.stdout.split() == ["3", "92.32", "True"]


# The quick way to all reasons must say what asking line by line says, on forms with and without gaps.
@pytest.mark.parametrize("name", ["huaihua-2024", "hetang-2022", "invented-project", "yuelu-2022"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_reasons_at_once_are_those_of_the_lines(name: str, lang: Lang) -> None:
    for form in ps.read_many(ROOT / "examples" / f"{name}.yaml"):
        result = ps.evaluate(form)
        leaves = {line.id: line.why(lang) for line in result.lines() if line.outcome.leaf is not None}
        assert result.reasons(lang) == leaves


GATED = """
ruleset: test/gated
version: "1"
points: 10
grades:
  - {label: {zh: 优, en: A}, range: "[9,10]", action: 优先保障}
  - {label: {zh: 差, en: D}, range: "[0,9)"}
  - {label: {zh: 未定, en: open}}
facts: {造假: {kind: truth, default: 否}, 未自评: {kind: truth, default: 否}}
indicators: [{id: a, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]
gates:
  - {id: false, label: 弄虚作假, when: 造假, effect: {grade: 未定}, basis: [某文]}
  - {id: missing, label: 未开展自评, when: 未自评, effect: {requires: 应先完成自评}}
  - {id: low, label: 执行慢, when: total < 5, effect: {warn: 应约谈}}
"""


# What a program needs to know of gates, without a look into the outcomes.
def test_gates_are_told_and_a_grade_says_what_follows(tmp_path: Path) -> None:
    path = tmp_path / "gated.yaml"
    path.write_text(GATED, encoding="utf-8")
    rules = ps.load_rules(str(path))

    def scored(executed: int, facts: str = "{}") -> ps.Result:
        return ps.evaluate(form(f"budget: {{adjusted: 100, executed: {executed}}}\nfacts: {facts}"), rules)

    best = scored(95)
    assert best.grade is not None
    assert (best.grade.label, str(best.grade.range), best.grade.action, best.gates) == ("优", "[9,10]", "优先保障", ())
    lied = scored(95, "{造假: 是}")
    assert lied.grade == ps.Grade("未定", None)
    (gate,) = lied.gates
    assert isinstance(gate, ps.Gate)
    assert (gate.id, gate.label, gate.effect, gate.certain, gate.indicator) == ("false", "弄虚作假", "grade", True, None)
    assert (gate.says(), gate.why("en")) == ("弄虚作假：等级定为 未定", ["condition: 造假 是"])
    assert gate.says("en") == "弄虚作假: the grade is open, whatever the total"
    withheld = scored(95, "{未自评: 是}")
    assert (withheld.score, withheld.grade, withheld.bounds) == (None, None, best.bounds)
    slow = scored(30)
    assert [(gate.id, gate.says()) for gate in slow.gates] == [("low", "执行慢：应约谈")]
    assert [problem.code for problem in slow.warnings] == ["gate-warns"]
