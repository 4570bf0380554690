"""Names on a command line (references, rule files, test files, folders) to rule sets with the examples that are for them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from perfscore.model.form import BUDGET_NAMES
from perfscore.model.formula import Kind
from perfscore.model.rules import Example, RuleSet
from perfscore.ruleset.after import After
from perfscore.ruleset.build import build, load_rules
from perfscore.ruleset.facts import names_of
from perfscore.ruleset.load import open_reference, shipped_references
from perfscore.text import decode, packs
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.fields import Fields
from perfscore.text.nodes import holds_key
from perfscore.text.packs import TESTS_END
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source
from perfscore.text.yaml import parse
from perfscore.trials.shape import TESTS

_ENDINGS = (".yaml", ".yml", ".json")
#: Keys of a rule file that no form has.
_RULE_KEYS = ("ruleset", "version", "版本", "extends", "继承", "grades", "等级")
_LISTED = 5

Note = Callable[[Diagnostic], None]


class Suite(NamedTuple):
    """A rule set and the examples to run for it: its own, and those of test files (`beside`)."""

    rules: RuleSet
    examples: tuple[Example, ...]
    beside: tuple[Source, ...] = ()


class _File(NamedTuple):
    """A test file by its name, whether a person named it, and what is in it if it is a shipped one, which has no folder."""

    name: str
    named: bool = False
    content: bytes | None = None


class _Tests(NamedTuple):
    """A test file as read, and the rules that it names."""

    fields: Fields
    source: Source
    rules: Source
    folder: str | None


def suites(names: Iterable[str], note: Note) -> list[Suite | Rejected]:
    """
    What the names lead to, every rule set once; no names mean all that ships. What cannot be used comes back as what is wrong with it.

    `note` hears which files of a folder are left out, and of a test file whose name belongs to a rule file that it is not for.
    """
    found: list[Suite | Rejected] = []
    tests: dict[str, _File] = {}
    seen: set[str] = set()
    for name in _files(list(names) or list(shipped_references()), found, note):
        real = os.path.realpath(name)
        if name.endswith(TESTS_END):
            tests[real] = _File(name, named=True)
        elif real not in seen:
            seen.add(real)
            try:
                rules = load_rules(name)
            except Rejected as rejected:
                found.append(rejected)
                continue
            if not any(isinstance(suite, Suite) and _texts(suite.rules) == _texts(rules) for suite in found):
                found.append(Suite(rules, rules.examples))
            for file in _beside(name, rules):
                tests.setdefault(os.path.realpath(file.name), file)
    for file in tests.values():
        try:
            _put(_read(file), found, note, named=file.named)
        except Rejected as rejected:
            found.append(rejected)
    return found


def _texts(rules: RuleSet) -> list[str]:
    """What a rule set says with all that it extends: one text is one rule set, by whichever name it was opened."""
    return [source.text for source in rules.sources]


def suite_of(path: str) -> Suite | None:
    """The examples of one file alone, a rule file or a test file; None for any other file. Raises Rejected."""
    if path.endswith(TESTS_END):
        return _alone(_read(_File(path)))
    if not _is_rule_file(path):
        return None
    rules = load_rules(path)
    return Suite(rules, rules.examples)


def _alone(tests: _Tests) -> Suite:
    rules = build(tests.rules, tests.folder)
    return Suite(rules, _examples(tests, rules), (tests.source,))


def _put(tests: _Tests, found: list[Suite | Rejected], note: Note, *, named: bool) -> None:
    """A test file to the suite of its rules, or to one of its own if somebody named it."""
    for at, suite in enumerate(found):
        if isinstance(suite, Suite) and suite.rules.sources[-1].text == tests.rules.text:
            found[at] = Suite(suite.rules, (*suite.examples, *_examples(tests, suite.rules)), (*suite.beside, tests.source))
            return
    if named:
        found.append(_alone(tests))
        return
    says = Phrase(
        f"{tests.source.name} 写的规则是 {tests.fields['rules']}，没有运行", f"{tests.source.name} is for {tests.fields['rules']} and was not run"
    )
    note(Diagnostic("other-rules", says, tests.fields.at("rules"), severity="advice"))


def _read(file: _File) -> _Tests:
    """A test file and the text of its rules; raises Rejected."""
    decoded = decode.read(file.name) if file.content is None else decode.decode(file.content, file.name)
    source = decoded.source
    parsed = parse(source)
    problems = list(parsed.problems)
    fields: Fields | None = None
    if parsed.documents:
        fields = TESTS.read(parsed.documents[0], problems.append)
        one = Phrase("一个测试文件只放一份", "a test file holds one document")
        problems += [Diagnostic("one-test-file", one, extra.span) for extra in parsed.documents[1:]]
    if fields is None or problems:
        raise Rejected(problems)
    rules, folder = open_reference(fields["rules"], os.path.dirname(file.name) if file.content is None else None, fields.at("rules"))
    return _Tests(fields, source, rules, folder)


def _examples(tests: _Tests, rules: RuleSet) -> tuple[Example, ...]:
    """The examples of a test file, what they name checked against its rules; raises Rejected."""
    problems: list[Diagnostic] = []
    names: dict[str, Kind] = {**dict.fromkeys(BUDGET_NAMES, "number"), **names_of(rules.facts)}
    names.update(dict.fromkeys((one.name for one in rules.cohort), "number"))
    names.update(dict.fromkeys((node.fact for variant in rules.variants for top in variant.indicators for node in top.walk() if node.fact), "number"))
    examples = After(tests.fields, names, rules.facts, rules.variants, rules.grades, problems.append).examples()
    if problems:
        raise Rejected(problems)
    return examples


def _files(names: list[str], found: list[Suite | Rejected], note: Note) -> Iterator[str]:
    """The names, and for a folder the rule and test files below it."""
    for name in names:
        if not os.path.isdir(name):
            yield name
            continue
        every = list(_below(name))
        taken = [path for path in every if path.endswith(TESTS_END) or _is_rule_file(path)]
        left = [path for path in every if path not in taken]
        if not taken:
            says = Phrase(f"文件夹 {name} 里没有规则文件", f"there is no rule file in the folder {name}")
            found.append(Rejected([Diagnostic("no-rules", says)]))
        elif left:
            note(_skipped(name, left))
        yield from taken


def _below(folder: str) -> Iterator[str]:
    """The files of a folder and all below it that may be rules, without hidden ones and lock files, in the order of their names."""
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.join(path, name) for name in sorted(names) if name.endswith(_ENDINGS) and not name.startswith((".", "~$")))


def _skipped(folder: str, left: list[str]) -> Diagnostic:
    zh, en = "、".join(left[:_LISTED]), ", ".join(left[:_LISTED])
    if len(left) > _LISTED:
        zh, en = f"{zh} 等", f"{en}, …"
    says = Phrase(
        f"文件夹 {folder} 里跳过 {len(left)} 个不是规则的文件：{zh}", f"in the folder {folder}, {len(left)} files that are no rules are skipped: {en}"
    )
    return Diagnostic("files-skipped", says, severity="advice")


def _beside(path: str, rules: RuleSet) -> list[_File]:
    """The test files that bear the name of a rule file, in its folder, or beside it among what ships."""
    folder, name = os.path.split(path)
    if not os.path.isfile(path):
        tests = packs.shipped_tests(rules.reference.replace("@", "-") + ".yaml")
        return [_File(packs.display_name(beside), content=content) for beside, content in tests]
    stem = name.rpartition(".")[0]
    names = sorted(entry for entry in os.listdir(folder or ".") if entry.startswith(f"{stem}.") and entry.endswith(TESTS_END))
    return [_File(os.path.join(folder, entry)) for entry in names]


def _is_rule_file(path: str) -> bool:
    """Whether a file means to be rules; one that is no YAML at all is to be complained of, not passed over."""
    try:
        documents = parse(decode.read(path).source).documents
    except Rejected:
        return True
    return not documents or holds_key(documents[0], *_RULE_KEYS)
