"""Whatever stands in a rule file or in a formula: it computes a score or is refused at its place; it runs, opens and prints nothing."""

import os
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.conftest import RULES

MEASURE = "全年执行数 / 全年预算数"


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def named(text):
    return f"{text[:24]!a} {len(text)}"


def with_measure(folder, measure, more="", points=10):
    rules = RULES.replace(f"measure: {MEASURE}", f"measure: {quoted(measure)}").replace("points: 10", f"points: {points}")
    (folder / "rules.yaml").write_text(rules.replace("indicators:", f"{more}indicators:"), encoding="utf-8")


# Formulas that are no formulas: each is refused, at the place where it stops being one.
ATTACKS = [
    # Python behind the names
    "().__class__.__bases__[0].__subclasses__()", "a.__class__.__init__.__globals__", "全年执行数.__class__", "全年执行数.numerator", "全年执行数.real",
    "_", "__builtins__", "__import__('os')", "a.os.system('id')", "statistics.sys.modules", "foo.bar().gi_frame.f_globals['__builtins__']",
    # functions that are not ours, and ours as they are not meant
    "eval(1)", "exec(1)", "open(1)", "getattr(1, 2)", "breakpoint()", "input()", "help()", "exit()", "print(1)", "rand()", "randint(5)", "now()",
    "environ(1)", "pow(9, 9)", "exp(1)", "log(1, 2)", "int(1)", "range(9)", "max([1], key=eval)", "min", "min + 1", "max(*全年执行数)", "min(1, 2, key=3)", "min(1)",
    "sum()", "sum(sum)", "sum([1, 2])", "sum((1, 2))", "sum(x for x in y)", "sum(*全年执行数)", "mean(x=1)", "count('a')", "days(1, 2)", "ln(1)", "ln(1, 2, 3)",
    "geomean(全年执行数, 2)", "geomean(" + ", ".join("1" * 33) + ")", "sum(" + ", ".join("1" * 33) + ")", "count(全年执行数.real)",
    "abs()", "abs(1, 2)", "min(" + ", ".join("1" * 33) + ")", "min(1, 2)(3)", "abs(abs)",
    # other statements and expressions
    "lambda: 1", "(lambda x: x)(1)", "[1 for x in y]", "{1}", "{eval}", "[1]", "1, 2", "a := 1", "(全年执行数 := 1)", "await a", "yield", "*a", "1; 2", "1\n2", "a = 2 = 3",
    "import os", "@a", "a[0]", "a[1:2]", "f'{a}'", "'a'", "b'a'", "'%1000000000d' % 1", "'{0.__class__}'.format(a)", "...", "None", "True", "True + True",
    "`a`", "a\\b", "# comment", "1 # comment", "$a", "a?b:c", "a!", "@", "{{7*7}}", "=HYPERLINK(A1)", "", " ", "　",
    # arithmetic without end
    "9**9**9", "4000000**4000000", "全年执行数 ** 2", "1 << 1000000000", "1 >> 1", "7 // 2", "7 % 2", "~1", "1 ^ 1", "1 | 1", "1 & 1", "1 @ 1",
    "round_half_up(全年执行数, 999999999)", "round_half_up(全年执行数, -1)", "round_half_up(全年执行数, 0.5)", "round_half_up(全年执行数, 全年预算数)",
    "round_half_up(全年执行数, 4 + 4)", "round_half_up(全年执行数)", "round_half_up(1, 16)", "ln(2, 999999999)", "ln(2, 16)", "ln(2, -1)", "ln(2, 全年执行数)", "ln(2, 1 + 1)", "ln(2, 9 ** 9)", "geomean(1, 2, 全年执行数)",
    "geomean(1, 2, min(1, 2))", "geomean(1, 2, 0.5)", "geomean(2, 2, 16)",
    # numbers that are none
    "1e999999999", "1e5", "1E5", "1_000", "0x10", "0b1", "0o7", "1j", "010", "9" * 35, "0." + "0" * 40 + "1", "9" * 999, "٣", "१२", "²", "½", "1.2.3", ".", "inf", "nan", "Infinity",
    # the wrong kind
    "全年执行数 > 1", "not 1", "1 and 2", "全年执行数 if 1 else 2", "(1 > 0) + 1", "1 < 2 < 3", "全年执行数 is 1", "1 in 2", "1 if 2 > 1", "min(1 > 2, 3)",
    # sizes
    "(" * 33 + "1" + ")" * 33, "(" * 900, ")" * 900, "-" * 900 + "1", "+" * 40 + "1", "not " * 200 + "1", "+".join("1" * 200), "1" * 1001, "a." * 400 + "a",
    "1 if 1 > 0 else " * 40 + "1", "-(" * 33 + "1" + ")" * 33, "全年执行数 / 全年预算数 = 1", "a + b = 1", "a < b = 1",
    # names that look like others
    "全年执⾏数", "全年執行數", "ａｂｃ", "面积㎡", "全年执行数\u200b", "全年执行数 全年预算数", "全年 执行数", "全年执行数.", ".全年执行数", "全年执行数..x",
    "rows.", "rows.nothing", "rows.__class__", "三公经费.本年预算",
]  # fmt: skip


@pytest.mark.parametrize("formula", ATTACKS, ids=named)
def test_what_is_no_formula_is_refused_at_its_place(formula, run, folder):
    # In double quotes, where an escape can stand for what a line cannot hold.
    written = '"' + formula.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\u200b", "\\u200b") + '"'
    (folder / "rules.yaml").write_text(RULES.replace(f"measure: {MEASURE}", f"measure: {written}"), encoding="utf-8")
    ran = run("evaluate", "form.yaml")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("rules.yaml:4:"), ran.err
    assert len(ran.err) < 5_000
    # Nothing of Python's own words comes through.
    assert not any(word in ran.err for word in ("SyntaxError", "RecursionError", "MemoryError", "<string>", "object at 0x"))


# What is a formula, however it is written: formula -> value with 全年执行数 150, 全年预算数 200 (万元, counted in 元).
FORMULAS = {
    MEASURE: Fraction(3, 4),
    "全年执行数÷全年预算数": Fraction(3, 4),
    "（全年执行数／全年预算数）": Fraction(3, 4),
    "执行率 = 全年执行数 / 全年预算数": Fraction(3, 4),
    " 全年执行数 / 全年预算数 ": Fraction(3, 4),
    "(" * 32 + "0.5" + ")" * 32: Fraction(1, 2),
    "-" * 30 + "0.5": Fraction(1, 2),
    "0.1 + 0.2": Fraction(3, 10),
    "1 / 3 * 3": Fraction(1),
    "１／４": Fraction(1, 4),
    "0." + "3" * 33: Fraction(int("3" * 33), 10**33),
    "round_half_up(0.125, 2)": Fraction(13, 100),
    "max(min(1, 0.5), abs(-0.25))": Fraction(1, 2),
    "0.5 if 1 / 3 * 3 >= 1 else 0": Fraction(1, 2),
    "sum(0.1, 0.2) / count(1, 2)": Fraction(3, 20),
    "ln(2.718, 15)": Fraction(999896315728952, 10**15),
    "geomean(全年执行数, 全年预算数, 0) / 全年预算数": Fraction(173, 200),
    "geomean(" + "9, " * 31 + "15) / 9": Fraction(1),
}


@pytest.mark.parametrize("formula", FORMULAS, ids=named)
def test_what_is_a_formula_is_exact(formula, run, folder):
    import json

    with_measure(folder, formula)
    ran = run("evaluate", "form.yaml", "--format", "json")
    assert ran.status == 0, ran.err
    assert Fraction(json.loads(ran.out)["indicators"][0]["measure"]) == FORMULAS[formula]


def balanced(names):
    half = len(names) // 2
    return names[0] if len(names) == 1 else f"({balanced(names[:half])}*{balanced(names[half:])})"


@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
def test_a_product_of_thousands_of_digits_is_shown_in_every_format(form, run, folder):
    # The largest product that a formula can write: 4,650 digits, more than Python turns into text.
    with_measure(folder, balanced(["甲"] * 150), "facts: {甲: 数}\n")
    form_file = folder / "form.yaml"
    form_file.write_text(form_file.read_text("utf-8") + f"facts: {{甲: '{'9' * 18}.{'9' * 13}'}}\n", encoding="utf-8")
    ran = run("evaluate", "form.yaml", "--explain", "--format", form)
    assert ran.status == 0
    assert "10" in ran.out


@pytest.mark.parametrize(
    "formula", ["1 / 0", "全年执行数 / (全年预算数 - 全年预算数)", "1 / (1 - 1)", "1 / -0", "0 / 0", "1 / min(0, 1)", "(1 if 1 / 0 > 1 else 2)"]
)
def test_nothing_is_divided_by_nothing(formula, run, folder):
    import json

    with_measure(folder, formula)
    ran = run("evaluate", "form.yaml", "--format", "json")
    leaf = json.loads(ran.out)["indicators"][0]
    assert (ran.status, leaf["status"], leaf["score"]) == (0, "missing", None)
    assert "zero-denominator" in ran.err


# Numbers that a form can choose, in functions that do not take every number, or none so large: no score and no crash.
@pytest.mark.parametrize(
    "formula",
    [
        "ln(0, 2)", "ln(全年执行数 - 全年执行数, 15)", "ln(-1, 2)", "geomean(-1, 1, 2)", "geomean(全年预算数, 0 - 全年执行数, 15)",
        "ln(" + balanced(["甲"] * 120) + ", 15)", "ln(1 / " + balanced(["甲"] * 120) + ", 15)",
    ],
    ids=named,
)  # fmt: skip
def test_no_function_gives_a_number_that_it_does_not_have(formula, run, folder):
    import json

    with_measure(folder, formula, "facts: {甲: 数}\n")
    form_file = folder / "form.yaml"
    form_file.write_text(form_file.read_text("utf-8") + f"facts: {{甲: '{'9' * 18}.{'9' * 13}'}}\n", encoding="utf-8")
    ran = run("evaluate", "form.yaml", "--format", "json")
    leaf = json.loads(ran.out)["indicators"][0]
    assert (ran.status, leaf["status"], leaf["score"]) == (0, "missing", None)
    assert "no-value" in ran.err


# A root of 2000 numbers of 31 digits, again and again: whole numbers of 60,000 digits, and still the exact ones.
def test_roots_of_a_long_list_have_an_end(run, folder):
    import json

    with_measure(folder, " + ".join(["geomean(甲, 15)"] * 8) + " - sum(甲) / count(甲) * 8", "facts: {甲: {kind: list}}\n")
    form_file = folder / "form.yaml"
    numbers = ", ".join(["'" + "9" * 18 + "." + "9" * 13 + "'"] * 2000)
    form_file.write_text(form_file.read_text("utf-8") + f"facts: {{甲: [{numbers}]}}\n", encoding="utf-8")
    ran = run("evaluate", "form.yaml", "--format", "json")
    leaf = json.loads(ran.out)["indicators"][0]
    # Equal numbers have one mean, whichever way, but for the places that are kept.
    assert (ran.status, Fraction(leaf["measure"])) == (0, Fraction(0))


# Rule files that are none: content -> the codes that are said, in any order.
REFUSED = {
    "empty": ("", {"empty-file"}),
    "a list": ("- 1", {"mapping-expected"}),
    "two rule sets": (RULES + "---\n" + RULES, {"one-rule-set"}),
    "tag": (RULES + "basis: !!python/name:os.system\n", {"tag"}),
    "anchor": (RULES.replace("label: 预算执行率", "label: &a 预算执行率"), {"anchor"}),
    "dotted plugin": (RULES + "handler: os.system\n", {"unknown-key"}),
    "method of a module": (RULES.replace("method: ratio", "method: os.system"), {"unknown-method"}),
    "method of a path": (RULES.replace("method: ratio", "method: ../../../x"), {"unknown-method"}),
    "method of a hidden file": (RULES.replace("method: ratio", "method: _amount"), {"unknown-method"}),
    "method of the package": (RULES.replace("method: ratio", "method: __init__"), {"unknown-method"}),
    "aggregate of a module": (RULES + "aggregate: os.path\n", {"unknown-word"}),
    "negative points": (RULES.replace("points: 10", "points: -10"), {"number-too-small"}),
    "points of many digits": (RULES.replace("points: 10", "points: " + "9" * 19), {"number-expected"}),
    "points with an exponent": (RULES.replace("points: 10", "points: 1e999999999"), {"number-expected"}),
    "points that are no number": (RULES.replace("points: 10", "points: .nan"), {"number-expected"}),
    "id with a dot dot": (RULES.replace("id: rate", "id: ../x"), {"bad-id"}),
    "id of a whole page": (RULES.replace("id: rate", f"id: {'a' * 5000}"), {"bad-id"}),
    "the same id twice": (RULES.replace("id: output", "id: rate"), {"duplicate-id"}),
    "no version": (RULES.replace('version: "1"\n', ""), {"missing-key"}),
    "version as a path": (RULES.replace('"1"', "../../x"), {"bad-id"}),
    "rounding without end": (RULES + "rounding: [{at: leaf, places: 999999999}]\n", {"whole-number-expected"}),
    "rounding to less than nothing": (RULES + "rounding: [{at: leaf, places: -1}]\n", {"number-too-small"}),
    "bidi in a label": (RULES.replace("预算执行率", "预算\u202e执行率"), {"bidi-character"}),
    "escape in a label": (RULES.replace("预算执行率", '"\\x1b[2J"'), {"control-character"}),
    "hidden instructions": (RULES.replace("预算执行率", "预算执行率\U000e0041"), {"invisible-character"}),
    "too deep": (RULES + "basis: " + "[" * 100_000, {"too-deep"}),
    "too deep a tree": (RULES.replace("method: ratio", "children: [{id: x, " * 50), {"too-deep"}),
    "a ladder of facts": (
        RULES + "facts:\n  f0: 数\n" + "".join(f"  f{n}: {{formula: f{n - 1} + 1}}\n" for n in range(1, 1500)),
        {"too-many-steps"},
    ),
    "a ring of facts": (RULES + "facts:\n" + "".join(f"  f{n}: {{formula: f{(n + 1) % 30} + 1}}\n" for n in range(30)), {"fact-cycle"}),
    "a crowd of gates": (
        RULES + "gates:\n" + "".join(f"  - {{id: g{n}, when: total > {n}, effect: {{deduct: '1'}}}}\n" for n in range(3000)),
        {"too-many-gates"},
    ),
    "too many indicators": (
        RULES + "".join(f"  - {{id: i{n}, points: 1, measure: 全年执行数, method: direct}}\n" for n in range(20_000)),
        {"too-many-items"},
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_rule_file_is_refused_at_its_place(name, run, folder):
    content, codes = REFUSED[name]
    (folder / "rules.yaml").write_text(content, encoding="utf-8")
    ran = run("evaluate", "form.yaml")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("rules.yaml:")
    assert {code for code in codes if f"错误[{code}]" in ran.err} == codes, ran.err
    assert len(ran.err) < 20_000


def test_the_same_rules_are_refused_the_same_when_a_person_names_them(run, folder):
    with_measure(folder, "9**9**9")
    assert run("evaluate", "form.yaml", "--rules", "rules.yaml").err == run("evaluate", "form.yaml").err


PIECES = ["全年执行数", "全年预算数", "rows.output", "甲", "(", ")", "+", "-", "*", "/", "**", "1", "0", "0.5", ",", "min(", "abs(", "round_half_up(", " if ", " else ", " > ", " == ", "=", " and ", "not ", ".", "_", "，", "÷", " ", "'", "[", ":", "\u3000"]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.text(max_size=60)))
def test_any_formula_is_computed_or_refused(run, folder, formula):
    try:
        with_measure(folder, formula)
    except UnicodeEncodeError:
        return
    ran = run("evaluate", "form.yaml", "--explain")
    assert ran.status == 0 or ran.err.startswith("rules.yaml:")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_a_damaged_rule_file_is_used_or_refused(run, folder, chance):
    content = bytearray(RULES.encode())
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(content))
        content[at : at + chance.randrange(0, 4)] = bytes(chance.choices(range(256), k=chance.randrange(0, 4)))
    (folder / "rules.yaml").write_bytes(bytes(content))
    ran = run("evaluate", "form.yaml")
    assert ran.status in (0, 2)


WATCHED = """
import sys
from perfscore.cli import main
seen = []
quiet = ("import", "compile", "exec", "code.__new__", "object.__", "builtins.id", "sys._getframe", "marshal.loads", "os.listdir", "os.scandir", "gc.")
sys.addaudithook(lambda event, given: None if event.startswith(quiet) else seen.append((event, str(given[:2]))))
status = main(sys.argv[1:])
for event in dict.fromkeys(seen):
    print(*event, file=sys.stderr)
sys.exit(status)
"""


def test_a_run_opens_its_inputs_and_nothing_else(folder):
    words = [sys.executable, "-c", WATCHED, "evaluate", "form.yaml", "--explain", "--format", "json"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0
    events = [line.partition(" ") for line in done.stderr.decode().splitlines()]
    # No other program, no network, no other process: the only thing that happens is that files are opened.
    assert {name for name, _, _ in events if not name.startswith(("cpython", "sys."))} <= {"open"}
    opened = {what.split("'")[1] for name, _, what in events if name == "open" and "'" in what}
    foreign = {path for path in opened if not path.endswith((".py", ".pyc", ".so", ".pyd"))}
    assert foreign == {"form.yaml", "rules.yaml"}
