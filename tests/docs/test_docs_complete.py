"""The reference pages name everything there is: a key, a word, a method or a warning that is added without a line for its reader is found here."""

import ast
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args, get_type_hints

import pytest

import perfscore
from perfscore.api import evaluate, load_rules, read_many
from perfscore.auditing.checks import CATALOGUE as OF_FORMS
from perfscore.checking.codes import OWN, SEVERITIES
from perfscore.cli import COMMANDS, main
from perfscore.cli.arguments import parser
from perfscore.cli.settings import KEYS, read_settings
from perfscore.forms.leaves import LeafMaker
from perfscore.forms.shape import FORM
from perfscore.linting.checks import CATALOGUE
from perfscore.model.form import BUDGET_NAMES as BUDGET
from perfscore.model.paper import Part, Whose
from perfscore.model.review import Allowed, Review
from perfscore.model.rules import DIRECTIONS
from perfscore.model.trial import Reached
from perfscore.report.evaluation import STATUS, warning
from perfscore.report.findings import document as findings
from perfscore.report.trials import document
from perfscore.ruleset.after import EACH_NAMES
from perfscore.ruleset.load import shipped_references
from perfscore.ruleset.shape import CASE, GATE, KINDS, RULESET
from perfscore.scoring import aggregates, cohort, gates, methods
from perfscore.scoring.formula import FUNCTIONS, ROW_NAMES
from perfscore.text.diagnostic import Diagnostic, Verdict
from perfscore.text.phrase import same
from perfscore.text.record import Key, Record
from perfscore.text.shape import Alone, Choice, Either, Later, ListOf, MapOf, Shape
from perfscore.text.source import Source, Span
from perfscore.trials.run import verdict
from perfscore.trials.shape import TESTS
from tests.architecture.tree import ROOT
from tests.docs.pages import blocks, text_of

RULE_PAGES, FORM_PAGES = ("docs/rule-file.md", "docs/rule-file.zh-CN.md"), ("docs/form-file.md", "docs/form-file.zh-CN.md")


def keys(shape: Shape) -> Iterator[Key]:
    """Every key below a shape, each once, with those of shapes that are declared later."""
    seen: set[int] = set()
    stack = [shape]
    while stack:
        found = stack.pop()
        if id(found) in seen:
            continue
        seen.add(id(found))
        match found:
            case Record(keys=inside):
                yield from inside
                stack.extend(key.shape for key in inside)
            case ListOf(item=item) | MapOf(item=item):
                stack.append(item)
            case Alone(shape=shape):
                stack.append(shape)
            case Either(scalar=one, sequence=two, mapping=three):
                stack.extend(part for part in (one, two, three) if part is not None)
            case Later():
                stack.append(found.shape())


def words(shape: Shape) -> Iterator[str]:
    """Every word that a reader can choose below a shape, in both languages."""
    for key in keys(shape):
        if isinstance(key.shape, Choice):
            yield from (*key.shape.words, *key.shape.words.values())


def unsaid(page: str, wanted: set[str]) -> list[str]:
    """What a page does not name in code type."""
    named = set(re.findall(r"`([^`\n]+)`", text_of(page)))
    return sorted(wanted - named)


def names_of(shape: Shape) -> set[str]:
    return {name for key in keys(shape) for name in (key.name, key.zh)} | set(words(shape))


@pytest.mark.parametrize("page", RULE_PAGES)
def test_the_rule_file_pages_name_every_key_and_word(page: str) -> None:
    assert {"ruleset", "情形", "places", "从不"} - names_of(RULESET) == {"从不"}
    assert unsaid(page, names_of(RULESET)) == []


@pytest.mark.parametrize("page", RULE_PAGES)
@pytest.mark.parametrize("name", methods.names())
def test_the_rule_file_pages_name_every_method_and_its_parameters(page: str, name: str) -> None:
    method = methods.find(name)
    assert method is not None
    assert unsaid(page, {method.NAME, method.ZH} | names_of(method.PARAMETERS)) == []


@pytest.mark.parametrize("page", RULE_PAGES)
def test_the_rule_file_pages_name_every_other_word(page: str) -> None:
    found = [aggregates.find(name) for name in aggregates.names()]
    wanted = {word for one in found for word in (one.NAME, one.ZH)} | {"by-kind", "按类型"} | set(KINDS) | set(KINDS.values())
    wanted |= set(FUNCTIONS) | set(BUDGET) | set(ROW_NAMES) | set(EACH_NAMES) | set(DIRECTIONS)
    effects, kinds = map(gates.find, gates.names()), map(cohort.find, cohort.names())
    wanted |= {word for one in effects for word in (one.NAME, one.ZH)} | names_of(GATE) | names_of(CASE)
    wanted |= {word for one in kinds for word in (one.NAME, one.ZH)}
    wanted |= {word for kind in map(cohort.find, cohort.names()) for key in kind.PARAMETERS for word in (key.name, key.zh)}
    assert unsaid(page, wanted) == []


@pytest.mark.parametrize("page", FORM_PAGES)
def test_the_form_file_pages_name_every_key_and_word(page: str) -> None:
    assert unsaid(page, names_of(FORM)) == []


def warned() -> set[str]:
    """The codes of what travels with a result: every word with a hyphen (or without, where it is the first argument) in the calls that warn."""
    found = {"variant-undecided"}
    for path in sorted((ROOT / "src/perfscore/forms").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="warn"), args=[ast.Constant(value=str(code)), *_]):
                    found.add(code)
                case ast.Call(func=ast.Name(id="Diagnostic"), args=[ast.Constant(value=str(code)), *_], keywords=named) if any(
                    word.arg == "severity" for word in named
                ):
                    found.add(code)
                case ast.Call(func=ast.Name(id="Trouble"), args=[ast.Constant(value=str(code)), *_]):
                    found.add(code)
    return found


def test_the_page_on_results_names_every_warning_and_status() -> None:
    assert LeafMaker.warn.__name__ == "warn", "the search above looks for this name"
    assert len(warned()) > 15
    assert unsaid("docs/results.md", warned() | set(STATUS) | {word.zh for word in STATUS.values()}) == []


def fields(tree: Any) -> Iterator[str]:
    match tree:
        case dict():
            for name, value in tree.items():
                yield name
                yield from fields(value)
        case list():
            for value in tree:
                yield from fields(value)


def test_the_page_on_results_names_every_field_of_the_json() -> None:
    found: set[str] = {"problems"}
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        for form in read_many(path):
            found |= set(fields(json.loads(json.dumps(evaluate(form).document()))))
    assert unsaid("docs/results.md", found) == []


@pytest.mark.parametrize("page", ["docs/testing-rules.md", "docs/testing-rules.zh-CN.md"])
def test_the_pages_on_tests_name_every_key_of_a_test_file_and_every_field_of_the_json(page: str) -> None:
    rules = load_rules("hunan/department@2024")
    kinds = set(get_args(get_type_hints(Reached)["kind"]))
    # What stands in a failure and in a place is said on the page on results.
    found = set(fields(document((verdict(rules, rules.examples),), "en"))) - {"line", "column"}
    assert {"parts", "passed"} <= found
    assert unsaid(page, names_of(TESTS) | kinds | found) == []


LINT_PAGES = ("docs/linting-rules.md", "docs/linting-rules.zh-CN.md")


@pytest.mark.parametrize("page", LINT_PAGES)
def test_the_pages_on_lint_name_every_setting_format_severity_and_field_of_the_json(page: str) -> None:
    held = Diagnostic("c", same("c"), Span(Source("f", "t"), 1, 1, 1, 2))
    # What stands in a finding is said on the page on results.
    found = set(fields(findings((Review("r", (), (Allowed(held, "", Span(Source("f", "t"), 1, 1, 1, 2)),)),), "en"))) - set(
        fields(warning(held, "en"))
    )
    assert {"reviews", "allowed_at"} <= found
    assert unsaid(page, found | set(KEYS) | set(OWN)) == []
    text = text_of(page)
    assert [word for word in (*SEVERITIES, *(f"--{key}" for key in KEYS), "--config", "--diff", "--fix") if f"`{word}" not in text] == []
    commands: Any = parser("en", "lint")._actions[-1]
    (formats,) = [action.choices for action in commands.choices["lint"]._actions if action.dest == "format"]
    assert unsaid(page, set(formats)) == []


@pytest.mark.parametrize("page", LINT_PAGES)
def test_the_settings_that_the_pages_on_lint_show_are_read(page: str, tmp_path: Path) -> None:
    (block,) = [block for block in blocks(page) if block.language == "toml"]
    (tmp_path / "perfscore.toml").write_text(block.text, encoding="utf-8")
    nothing = dict.fromkeys(("select", "ignore", "severity", "jump", "fail_on"))
    settings, fail_on, _ = read_settings(SimpleNamespace(command="lint", config=str(tmp_path / "perfscore.toml"), **nothing), CATALOGUE)
    assert (settings.jump, fail_on, len(settings.severity)) == (Fraction(2, 5), "error", 1)


AUDIT_PAGES = ("docs/auditing-forms.md", "docs/auditing-forms.zh-CN.md")


@pytest.mark.parametrize("page", AUDIT_PAGES)
def test_the_pages_on_audit_name_every_setting_format_verdict_and_field_of_the_json(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(ROOT / "tests" / "golden" / "audit" / "reviewed.yaml"), "--format", "json"]) == 1
    audited = json.loads(capsys.readouterr().out)
    held = Diagnostic("c", same("c"), Span(Source("f", "t"), 1, 1, 1, 2))
    # What stands in an evaluation and in a warning is said on the page on results.
    found = {name for name in fields(audited) if name not in set(fields(json.loads(json.dumps(warning(held, "en")))))}
    found -= set(fields({name: value for name, value in audited.items() if name not in ("findings", "allowed", "compared", "unread", "paper")}))
    assert {"paper", "verdict", "whose"} <= found
    settings = set(KEYS) - {"jump"}
    assert unsaid(page, found | settings | set(OWN) | set(get_args(Verdict)) | set(get_args(Whose)) | set(get_args(Part))) == []
    text = text_of(page)
    assert [word for word in (*SEVERITIES, *(f"--{key}" for key in settings), "--config", "--rules") if f"`{word}" not in text] == []
    commands: Any = parser("en", "audit")._actions[-1]
    (formats,) = [action.choices for action in commands.choices["audit"]._actions if action.dest == "format"]
    assert unsaid(page, set(formats)) == []


@pytest.mark.parametrize("page", AUDIT_PAGES)
def test_the_settings_that_the_pages_on_audit_show_are_read(page: str, tmp_path: Path) -> None:
    (block,) = [block for block in blocks(page) if block.language == "toml"]
    (tmp_path / "perfscore.toml").write_text(block.text, encoding="utf-8")
    nothing = dict.fromkeys(("select", "ignore", "severity", "fail_on"))
    settings, fail_on, _ = read_settings(SimpleNamespace(command="audit", config=str(tmp_path / "perfscore.toml"), **nothing), OF_FORMS)
    assert (set(settings.ignore), str(fail_on), len(settings.severity)) == ({"total-not-the-sum"}, "error", 1)


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readmes_list_exactly_the_rules_that_ship(page: str) -> None:
    listed = re.findall(r"^\| `([a-z0-9/-]+@[0-9.]+)`", text_of(page), re.MULTILINE)
    assert sorted(listed) == sorted(shipped_references())


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readmes_name_every_command(page: str) -> None:
    assert [name for name in COMMANDS if f"perfscore {name}" not in text_of(page)] == []


ROOMS = sorted(path.parent.name for path in (ROOT / "src/perfscore").glob("*/__init__.py"))


# A picture of the house that lacks a room, or shows one that was torn down, is worse than none.
def test_the_architecture_page_shows_every_room_and_no_other() -> None:
    shown = re.findall(r"^\| \d \| `(\w+)` \|", text_of("ARCHITECTURE.md"), re.MULTILINE)
    assert sorted(shown) == sorted([*ROOMS, "api", "verbs"])


def test_the_architecture_page_names_modules_that_exist() -> None:
    named = re.findall(r"\b(?:text|forms|ruleset|scoring|report)\.\w+", text_of("ARCHITECTURE.md"))
    missing = [name for name in named if not list((ROOT / "src/perfscore").glob(name.replace(".", "/") + "*"))]
    assert named
    assert missing == []


@pytest.mark.parametrize("page", ["CHANGELOG.md", "README.md"])
def test_the_page_names_the_version_that_is_built(page: str) -> None:
    assert perfscore.__version__ in text_of(page)
