"""A pytest plugin: rule files and test files under the paths that somebody asked for, to one test for each of their examples."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from perfscore.model.plan import Plan
    from perfscore.model.rules import Example
    from perfscore.model.trial import Trial
    from perfscore.text.phrase import Lang

# pytest loads this for every project in whose environment perfscore is installed: nothing of perfscore is imported before a rule file is read.
_ENDINGS = (".yaml", ".yml", ".json")
_PATHS = pytest.StashKey[tuple[Path, ...]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--perfscore-rules` on the command line, `perfscore_rules` in the configuration."""
    says = "files and folders of perfscore rules, whose examples are run as tests (规则文件，其中的示例作为测试运行)"
    parser.getgroup("perfscore").addoption("--perfscore-rules", action="append", default=[], metavar="PATH", help=says)
    parser.addini("perfscore_rules", says, type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """What the command line names is also looked into; what the configuration names only where pytest looks anyway (`testpaths`)."""
    asked = [config.invocation_params.dir / path for path in config.getoption("--perfscore-rules")]
    paths = tuple(path.resolve() for path in (*asked, *config.getini("perfscore_rules")))
    config.stash[_PATHS] = paths
    seen = [(config.invocation_params.dir / argument.partition("::")[0]).resolve() for argument in config.args]
    config.args += [str(path) for path in asked if not any(path.resolve().is_relative_to(known) for known in seen)]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file with the ending of rules, if it stands under a path that was asked for."""
    if file_path.suffix not in _ENDINGS or not any(file_path.resolve().is_relative_to(path) for path in parent.config.stash[_PATHS]):
        return None
    return RulesFile.from_parent(parent, path=file_path)


class RulesFile(pytest.File):
    """A rule file or a test file, as pytest sees it; a form among them has no examples."""

    def collect(self) -> Iterator[pytest.Item]:
        """One item for every example; a file that cannot be used is an error of its own."""
        from perfscore.ruleset.plan import plan
        from perfscore.text.diagnostic import Rejected
        from perfscore.text.show import render_all
        from perfscore.trials.files import suite_of

        try:
            suite = suite_of(self._named())
        except Rejected as rejected:
            raise self.CollectError(render_all(rejected.diagnostics, _language())) from None
        if suite is not None:
            made = plan(suite.rules)
            for number, example in enumerate(suite.examples, 1):
                name = " ".join(f"{number} {example.label}".split())
                yield ExampleItem.from_parent(self, name=name, example=example, made=made)

    def _named(self) -> str:
        try:
            return os.path.relpath(self.path)
        except ValueError:
            # On another drive.
            return str(self.path)


class ExampleItem(pytest.Item):
    """An example as a test."""

    def __init__(self, *, example: Example, made: Plan, **given: Any) -> None:
        super().__init__(**given)
        self.example, self.made = example, made

    def runtest(self) -> None:
        """Raises ExampleFails if something that it expects is not so."""
        from perfscore.trials.run import run

        trial, _ = run(self.example, self.made)
        if not trial.holds:
            raise ExampleFails(trial)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What failed, each with its place and the reasons for what was found instead."""
        if not isinstance(excinfo.value, ExampleFails):
            return super().repr_failure(excinfo, style)
        from perfscore.report.trials import diagnostics
        from perfscore.text.show import render

        return "\n".join(render(found, _language()) for found in diagnostics(excinfo.value.trial))

    def reportinfo(self) -> tuple[Path, int, str]:
        """The line of the example in its file."""
        return self.path, self.example.span.line - 1, f"{self.made.rules.reference} {self.name}"


class ExampleFails(Exception):
    """An example does not hold; carries the trial."""

    def __init__(self, trial: Trial) -> None:
        super().__init__(trial.failures[0].says.says.en)
        self.trial = trial


def _language() -> Lang:
    """That of the environment, as for the command."""
    spoken = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "en" if spoken.lower().startswith("en") else "zh"
