"""The pages of codes: one for every code that the source can give and none for any other, true pieces, short, in both languages."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest

from perfscore import pages
from perfscore.cli.pages import CHECKS
from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.page import Page, framed
from perfscore.ruleset.build import build
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import evaluate
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.source import Source
from perfscore.trials.run import run
from perfscore.verbs import rules_of
from tests.architecture.tree import ROOT, SRC, modules

_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def takers(trees: Iterable[ast.Module]) -> dict[str, set[int]]:
    """What takes a code, and at which places of its arguments: whatever has a field or a parameter of that name."""
    found: dict[str, set[int]] = defaultdict(set)
    for node in (node for tree in trees for node in ast.walk(tree)):
        match node:
            case ast.ClassDef(name=name, body=body):
                fields = [line.target.id for line in body if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)]
                made = next((line.args.args for line in body if isinstance(line, ast.FunctionDef) and line.name == "__init__"), [])
                parameters = fields or [one.arg for one in made[1:]]
            case ast.FunctionDef(name=name, args=arguments):
                parameters = [one.arg for one in arguments.args if one.arg != "self"]
            case _:
                continue
        if "code" in parameters:
            found[name].add(parameters.index("code"))
    return found


TAKERS = takers(module.tree for module in modules())


def codes_at(call: ast.Call) -> Iterator[ast.expr]:
    """What stands where a call takes a code."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in TAKERS:
            yield from (call.args[at] for at in TAKERS[name] if at < len(call.args))
            yield from (word.value for word in call.keywords if word.arg == "code")


def written(expression: ast.expr) -> Iterator[str]:
    """The codes that an expression can be: a word, or one of two."""
    match expression:
        case ast.Constant(value=str(word)) if _CODE.fullmatch(word):
            yield word
        case ast.IfExp(body=one, orelse=other):
            yield from written(one)
            yield from written(other)


def given(tree: ast.Module) -> Iterator[str]:
    """The codes of a module: where something that takes one is called, where one is a default or chosen as `code`, or stands beside what it says."""
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                for part in codes_at(node):
                    yield from written(part)
            case ast.Assign(targets=[ast.Name(id="code")], value=value):
                yield from written(value)
            case ast.arguments(args=parameters, defaults=defaults) if defaults:
                for parameter, default in zip(parameters[-len(defaults) :], defaults, strict=True):
                    yield from written(default) if parameter.arg == "code" else ()
            case ast.Tuple(elts=[code, ast.Call(func=ast.Name(id="Phrase"))]):
                yield from written(code)


def every() -> set[str]:
    """The codes of the whole source, without those of checks, whose pages stand beside them."""
    return {code for module in modules() if module.room not in ("pages", "testing") for code in given(module.tree)} - {
        code for room in CHECKS.values() for code in room.codes
    }


# Whoever sees a code can ask what it means; a page of a code that is gone misleads.
def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert len(every()) > 150
    assert sorted(every()) == list(pages.codes())


# The search above reads the source; what the cases of the tests really get is held against it.
def test_every_code_that_a_case_expects_has_a_page() -> None:
    expected = re.compile(r"^# expect: (?:warning )?([a-z-]+) (?:[\w.-]+:)?\d+:(?:\d+|\*)$", re.MULTILINE)
    cases = [path for kind in ("rules", "forms") for path in sorted((ROOT / "tests" / "cases" / kind).rglob("*.yaml")) if path.is_file()]
    found = {code for path in cases for code in expected.findall(path.read_text(encoding="utf-8"))}
    assert len(found) > 80
    assert sorted(found - set(pages.codes())) == []


# A code that comes to its diagnostic under another name, or is put together, would escape the search.
def test_a_code_is_written_where_it_is_given_or_called_code() -> None:
    hidden = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Diagnostic":
                for part in codes_at(node):
                    known = list(written(part)) or getattr(part, "id", None) == "code" or getattr(part, "attr", None) == "code"
                    hidden += [] if known else [f"{module.at(node)} {ast.unparse(part)}"]
    assert hidden == []


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("report(Diagnostic('no-thing', says, span))", {"no-thing"}),
        ("wrong(report, 'no-thing', says, span)", {"no-thing"}),
        ("self.wrong('no-thing' if x else 'some-thing', says)", {"no-thing", "some-thing"}),
        ("code = 'no-thing' if x else 'some-thing'", {"no-thing", "some-thing"}),
        ("def f(parse=None, code='no-thing'): ...", {"no-thing"}),
        ("Text(parse, code='no-thing')", {"no-thing"}),
        ("signs = {'&': ('thing', Phrase('甲', 'a'))}", {"thing"}),
        ("draw('no-thing'); warn(text, 'no-thing')", set()),
    ],
)
def test_the_search_finds_codes(source: str, codes: set[str]) -> None:
    assert set(given(ast.parse(source))) == codes


def test_a_code_that_is_none_has_no_page() -> None:
    assert pages.page("no-such-code") is None


# A code would have two meanings.
def test_no_two_themes_and_no_check_share_a_code() -> None:
    themes = [set(found.PAGES) for name, found in sys.modules.items() if name.startswith("perfscore.pages.") and pages.codes()]
    assert sum(map(len, themes)) == len(pages.codes())
    assert all(set(pages.codes()).isdisjoint(room.codes) for room in CHECKS.values())
    assert set(CHECKS["lint"].codes).isdisjoint(CHECKS["audit"].codes)


# Nearly no run of the command shows a page.
def test_importing_the_room_reads_no_theme() -> None:
    program = "import sys, perfscore.pages\nprint(*[name for name in sys.modules if name.startswith('perfscore.pages.')])"
    done = subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": str(SRC)}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def page(code: str) -> Page:
    found = pages.page(code)
    assert found is not None
    return found


def is_form(piece: str) -> bool:
    return piece.startswith(("rules:", "unit:"))


def said(piece: str) -> list[Diagnostic]:
    """What is said of a piece: of a form when it is read and scored, of a rule file when it is built and its examples are."""
    try:
        return list(_of_form(piece) if is_form(piece) else _of_rules(framed(piece)))
    except Rejected as rejected:
        return list(rejected.diagnostics)


def _of_form(text: str) -> Iterator[Diagnostic]:
    for form in forms_of(Source("form.yaml", text, text.encode())):
        if isinstance(form, Rejected):
            raise form
        yield from evaluate(bind(form, plan(rules_of(form)))).warnings


def _of_rules(text: str) -> Iterator[Diagnostic]:
    rules = build(Source("rules.yaml", text, text.encode()), None)
    made = plan(rules)
    for example in rules.examples:
        trial, evaluation = run(example, made)
        yield from (failure.says for failure in trial.failures)
        yield from evaluation.warnings if evaluation is not None else ()


SHOWN = [code for code in pages.codes() if page(code).wrong]


# Most readers look at the pieces alone.
@pytest.mark.parametrize("code", SHOWN)
def test_the_wrong_piece_of_a_page_gets_its_code_and_the_right_one_nothing_of_it(code: str) -> None:
    found = page(code)
    assert code in {one.code for one in said(found.wrong)}
    right = said(found.right)
    assert code not in {one.code for one in right}
    # What is shown as right is usable: another error would teach another mistake.
    assert [one.code for one in right if one.severity == "error"] == []


def test_most_pages_show_pieces() -> None:
    assert len(SHOWN) > len(pages.codes()) // 2
    assert [code for code in pages.codes() if bool(page(code).wrong) != bool(page(code).right)] == []


@pytest.mark.parametrize("code", pages.codes())
def test_a_page_is_short_and_speaks_both_languages(code: str) -> None:
    found = page(code)
    for phrase in (found.what, found.why, found.fix):
        assert re.search(r"[\u4e00-\u9fff]", phrase.zh)
        assert phrase.zh.endswith("。")
        # Half-width punctuation between Chinese characters is a slip of the keyboard.
        assert not re.search(r"[\u4e00-\u9fff](?:[;?!]|,(?! ))", phrase.zh)
        assert len(phrase.zh) <= 80
        assert phrase.en
        assert len(phrase.en) <= 160
    assert 3 + found.wrong.count("\n") + found.right.count("\n") <= 14
