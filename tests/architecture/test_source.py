"""House rules that no off-the-shelf linter knows; each test lists every place that breaks its rule."""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator

import pytest

from tests.architecture.tree import ROOT, Module, modules

Rule = Callable[[Module], list[str]]  # what breaks a rule in one module, each with its place

PURE = frozenset({"model", "scoring"})
IMPURE = frozenset({"datetime", "io", "locale", "logging", "os", "pathlib", "random", "sys", "time"})
EXACT = frozenset({"text", "model", "scoring", "forms", "ruleset"})

#: Third-party packages and the modules that may import them; None is everywhere. `x.*` is x and everything below it.
DOORS: dict[str, tuple[str, ...] | None] = {
    "attrs": None,
    "hypothesis": ("perfscore.testing.*",),
    "numpy": ("perfscore.bulk.*",),
    "openpyxl": ("perfscore.bulk.*",),
    "pyarrow": ("perfscore.bulk.*",),
    "xlsxwriter": ("perfscore.bulk.*",),
    "jsonschema": ("perfscore.ruleset.schema",),
    "pytest": ("perfscore.testing.*",),
    "referencing": ("perfscore.ruleset.schema",),
    "simpleeval": ("perfscore.scoring.formula.*",),
    "yaml": ("perfscore.text.yaml",),
}


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.expr | ast.stmt]]:
    """Every module that a tree imports, in a statement or by name at run time, at any depth."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((alias.name, node) for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module, node
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]
            ):
                yield name, node
            case _:
                pass


def may_pass(module: str, doors: tuple[str, ...]) -> bool:
    return any(module == door or (door.endswith(".*") and f"{module}.".startswith(door[:-1])) for door in doors)


def impure(module: Module) -> list[str]:
    return [f"{module.at(node)} imports {name}" for name, node in imports(module.tree) if name.partition(".")[0] in IMPURE]


def beside_the_door(module: Module) -> list[str]:
    found = []
    for name, node in imports(module.tree):
        package = name.partition(".")[0]
        if package == "perfscore" or package in sys.stdlib_module_names:
            continue
        doors = DOORS.get(package, ())
        if doors is not None and not may_pass(module.name, doors):
            found.append(f"{module.at(node)} imports {name}")
    return found


def inexact(module: Module) -> list[str]:
    found = []
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Name(id="float" | "complex")):
                found.append(f"{module.at(node)} calls float")
            case ast.Constant(value=float() | complex() as value):
                found.append(f"{module.at(node)} writes {value!r}")
            case _:
                pass
    return found


def asserting(module: Module) -> list[str]:
    return [module.at(node) for node in ast.walk(module.tree) if isinstance(node, ast.Assert)]


def badly_introduced(module: Module) -> list[str]:
    words, _, more = (ast.get_docstring(module.tree) or "").partition("\n\n")
    # One sentence: one full stop, at its end. A stop inside (`a.b`, `1.5`) is not followed by a capital. Only a room, whose files are alike,
    # goes on to say what each of them offers.
    one = words.endswith((".", "。")) and not re.search(r"[.!?]\s+[A-Z]|[。!?].", words)
    return [] if one and (not more or module.path.endswith("/__init__.py")) else [f"{module.path}:1 {words[:60]!r}"]


def one_sided(module: Module) -> list[str]:
    found = []
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Phrase"):
            continue
        if any(isinstance(argument, ast.Starred) for argument in node.args) or any(keyword.arg is None for keyword in node.keywords):
            continue
        said = dict(zip(("zh", "en"), node.args, strict=False)) | {str(keyword.arg): keyword.value for keyword in node.keywords}
        if said.keys() != {"zh", "en"}:
            found.append(f"{module.at(node)} says {sorted(said)} only")
        found.extend(f"{module.at(node)} {lang} is empty" for lang, words in said.items() if says_nothing(words))
        if says_no_chinese(said.get("zh")):
            found.append(f"{module.at(node)} zh has no Chinese in it (if both languages read alike: `same`)")
    return found


def says_nothing(words: ast.expr) -> bool:
    return (isinstance(words, ast.Constant) and not str(words.value).strip()) or (isinstance(words, ast.JoinedStr) and not words.values)


def says_no_chinese(words: ast.expr | None) -> bool:
    if not isinstance(words, ast.Constant | ast.JoinedStr):
        return False
    written = "".join(str(node.value) for node in ast.walk(words) if isinstance(node, ast.Constant))
    # A sentence of letters in the Chinese place; numbers, signs and inserted values alone say nothing about the language.
    return bool(re.search(r"[A-Za-z]{3}", written)) and not re.search(r"[\u4e00-\u9fff]", written)


def obeyed_everywhere(rule: Rule, rooms: frozenset[str] | None = None) -> None:
    found = [place for module in modules() if rooms is None or module.room in rooms for place in rule(module)]
    assert not found, "\n".join(found)


# import-linter holds purity and doors for import statements; this test also sees imports by name, and it knows every third-party package
# because it knows the standard library: a new dependency cannot come in without a door.
def test_model_and_scoring_see_no_clock_no_chance_and_no_file() -> None:
    obeyed_everywhere(impure, PURE)


def test_every_third_party_package_has_one_door() -> None:
    obeyed_everywhere(beside_the_door)


# A single float between the printed form and the score would make ties fall by chance. Only `report` and `views` may measure a page.
def test_no_float_on_the_way_of_a_number() -> None:
    obeyed_everywhere(inexact, EXACT)


# `python -O` removes assert statements: with one in the product, the optimised program would be another program.
def test_no_assert_in_product_code() -> None:
    obeyed_everywhere(asserting)


# The reference page and ARCHITECTURE.md are read by module; a module that needs two sentences does two things.
def test_every_module_introduces_itself_in_one_sentence() -> None:
    obeyed_everywhere(badly_introduced)


# A reader of either language must be told everything; a forgotten translation would be an empty line in a report.
def test_every_phrase_speaks_both_languages() -> None:
    obeyed_everywhere(one_sided)


# The table of doors must not outlive a dependency.
def test_every_door_belongs_to_a_declared_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    written = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    declared = {re.split(r"[^A-Za-z0-9_-]", line)[0].lower() for line in written} | {
        "yaml",
        "referencing",
    }  # import name of pyyaml; part of jsonschema
    assert sorted(DOORS.keys() - declared) == []


# The rules above pass on a tree that obeys them; each must also fail on one line that does not.
@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (impure, "import datetime"),
        (impure, "def f():\n    from os.path import join"),
        (impure, "from importlib import import_module\nimport_module('random')"),
        (beside_the_door, "import yaml"),
        (beside_the_door, "from jsonschema.validators import validator_for"),
        (beside_the_door, "import numpy"),
        (beside_the_door, "__import__('simpleeval')"),
        (inexact, "x = 1.0"),
        (inexact, "x = float('1')"),
        (inexact, "def f(x=1e3): ..."),
        (asserting, "def f(x):\n    assert x"),
        (badly_introduced, ""),
        (badly_introduced, '"""Does this. And that."""'),
        (badly_introduced, '"""Does this"""'),
        (one_sided, "Phrase('好')"),
        (one_sided, "Phrase(zh='好', en='')"),
        (one_sided, "Phrase(f'', 'good')"),
        (one_sided, "Phrase('too large', 'too large')"),
    ],
)
def test_each_rule_can_fail(rule: Rule, source: str) -> None:
    assert rule(Module("perfscore.model.sample", "sample.py", ast.parse(source))) != []
