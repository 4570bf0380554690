"""Options of the command and a settings file (perfscore.toml, or [tool.perfscore] of pyproject.toml) to settings."""

from __future__ import annotations

import os
import re
from fractions import Fraction
from typing import Any, NamedTuple

from perfscore.checking.codes import SEVERITIES, Catalogue
from perfscore.checking.settings import Settings
from perfscore.text.decode import read
from perfscore.text.diagnostic import Diagnostic, Rejected, Severity
from perfscore.text.nearest import nearest
from perfscore.text.phrase import Phrase, listed
from perfscore.text.printed import read_share
from perfscore.text.source import Source, Span

_OWN, _PROJECT = "perfscore.toml", "pyproject.toml"
#: What can be set for every kind of checks, and for some.
KEYS = ("select", "ignore", "severity", "jump", "fail-on")
_KEYS = {"lint": KEYS, "audit": tuple(name for name in KEYS if name != "jump")}


class Chosen(NamedTuple):
    """What is looked for, from which severity on the exit status tells, and the settings file that was read, if any."""

    settings: Settings
    fail_on: Severity
    source: Source | None


def read_settings(chosen: Any, catalogue: Catalogue) -> Chosen:
    """The settings file with what the command line says instead, for the checks of a command; raises Rejected for what means nothing."""
    source = _found(chosen.config)
    written = {} if source is None else _File(source, catalogue).said(chosen.command)
    settings: dict[str, Any] = {name: written[name] for name in ("select", "ignore", "severity", "jump") if name in written}
    if chosen.select is not None:
        settings["select"] = catalogue.known(_words(chosen.select))
    if chosen.ignore is not None:
        settings["ignore"] = catalogue.known(_words(chosen.ignore))
    if chosen.severity is not None:
        settings["severity"] = {**settings.get("severity", {}), **dict(_severity(pair, catalogue) for pair in _words(chosen.severity))}
    if getattr(chosen, "jump", None) is not None:
        share = _share(chosen.jump)
        if isinstance(share, Phrase):
            raise Rejected([Diagnostic("bad-arguments", Phrase(f"--jump 写得不对：{share.zh}", f"--jump: {share.en}"))])
        settings["jump"] = share
    return Chosen(Settings(**settings), chosen.fail_on or written.get("fail-on", "warning"), source)


def _words(given: list[str]) -> list[str]:
    return [word for text in given for word in text.replace("，", ",").replace(" ", ",").split(",") if word]


def _severity(pair: str, catalogue: Catalogue) -> tuple[str, Severity]:
    code, _, word = pair.partition("=")
    catalogue.known([code])
    for severity in SEVERITIES:
        if word == severity:
            return code, severity
    says = Phrase(f"--severity 应写作 编号=error、warning 或 advice，写的是 {pair}", f"--severity takes CODE=error, warning or advice, not {pair}")
    raise Rejected([Diagnostic("bad-arguments", says)])


def _share(text: str) -> Fraction | Phrase:
    share = read_share(text)
    if share is None or not 0 <= share <= 1:
        return Phrase(f"应是 0% 到 100% 的百分数，写的是 {text}", f"a share from 0% to 100% is expected, not {text}")
    return share


def _found(named: str | None) -> Source | None:
    """The file that was named, else the nearest one from the working directory upwards; a folder with .git is the last that is searched."""
    if named is not None:
        return read(named).source
    folder = os.getcwd()
    while True:
        if os.path.isfile(path := os.path.join(folder, _OWN)):
            return read(os.path.relpath(path)).source
        if os.path.isfile(path := os.path.join(folder, _PROJECT)):
            source = read(os.path.relpath(path)).source
            # That of another project says nothing to us, and is not ours to find fault with.
            if re.search(r"^\s*\[+\s*tool\s*\.\s*[\"']?perfscore\b", source.text, re.MULTILINE):
                return source
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = above


class _File:
    """A settings file being read: every problem is kept with the place that it has in the text."""

    def __init__(self, source: Source, catalogue: Catalogue) -> None:
        self.source, self.catalogue = source, catalogue
        self.problems: list[Diagnostic] = []
        #: The tables around what is read: those of a project file stand two deeper.
        self.top = ("tool", "perfscore") if os.path.basename(source.name) == _PROJECT else ()

    def said(self, command: str) -> dict[str, Any]:
        """What the table of a command says; raises Rejected with all that is wrong."""
        tree: Any = self._tree()
        for name in self.top:
            tree = tree.get(name, {}) if isinstance(tree, dict) else {}
        table = self._table(tree, self.top, tuple(_KEYS)).get(command, {})
        path = (*self.top, command)
        said = self._table(table, path, _KEYS[command])
        readers = {"select": self._codes, "ignore": self._codes, "severity": self._severities, "jump": self._jump, "fail-on": self._level}
        found = {name: readers[name](said[name], (*path, name)) for name in KEYS if name in said}
        if self.problems:
            raise Rejected(self.problems)
        return found

    def _tree(self) -> dict[str, Any]:
        import tomllib

        try:
            return tomllib.loads(self.source.text)
        except tomllib.TOMLDecodeError as broken:
            place = re.search(r"line (\d+), column (\d+)", str(broken))
            line, column = (int(place[1]), int(place[2])) if place else (self.source.text.count("\n") + 1, 1)
            why = re.sub(r" \(at [^)]*\)$", "", str(broken))
            says = Phrase(f"不是合格的 TOML：{why}", f"this is no TOML: {why}")
            raise Rejected([Diagnostic("broken-settings", says, Span(self.source, line, column, line, column + 1))]) from None

    def _table(self, tree: Any, path: tuple[str, ...], keys: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(tree, dict):
            self._wrong(Phrase("这里应是一个表", "a table is expected here"), path)
            return {}
        for name in tree:
            if name not in keys:
                near = nearest(name, keys)
                hint = (
                    Phrase(f"是否想写 {near}？", f"did you mean {near}?")
                    if near
                    else Phrase(f"可写：{listed(keys).zh}", f"there are: {listed(keys).en}")
                )
                span = self._at((*path, name))
                self.problems.append(Diagnostic("unknown-key", Phrase(f"设置里没有 {name} 这个键", f"there is no setting {name}"), span, hint))
        return {name: value for name, value in tree.items() if name in keys}

    def _codes(self, given: Any, path: tuple[str, ...]) -> frozenset[str]:
        if not isinstance(given, list) or not all(isinstance(code, str) for code in given):
            self._wrong(Phrase('这里应是编号的列表，如 ["not-monotone"]', 'a list of codes is expected here, like ["not-monotone"]'), path)
            return frozenset()
        return frozenset(code for code in given if self._is_code(code, path))

    def _is_code(self, code: str, path: tuple[str, ...]) -> bool:
        good = code in self.catalogue.every
        if not good:
            self.problems.append(self.catalogue.unknown(code, self._at(path, code)))
        return good

    def _severities(self, given: Any, path: tuple[str, ...]) -> dict[str, Severity]:
        if not isinstance(given, dict):
            self._wrong(Phrase("这里应是一个表：编号 = 级别", "a table of codes and severities is expected here"), path)
            return {}
        return {code: self._level(word, (*path, code)) for code, word in given.items() if self._is_code(code, (*path, code))}

    def _level(self, given: Any, path: tuple[str, ...]) -> Severity:
        for severity in SEVERITIES:
            if given == severity:
                return severity
        near = nearest(given, SEVERITIES) if isinstance(given, str) else None
        hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else None
        words = listed([f'"{severity}"' for severity in SEVERITIES])
        self._wrong(Phrase(f"这里只能写 {words.zh}", f"one of {words.en} is expected"), path, hint)
        return "warning"

    def _jump(self, given: Any, path: tuple[str, ...]) -> Fraction:
        if not isinstance(given, str):
            # A number of TOML is binary, and 0.1 of it is not a tenth.
            self._wrong(Phrase('这里应是带引号的百分数，如 "50%"', 'a share in quotes is expected here, like "50%"'), path)
            return Fraction(0)
        share = _share(given)
        if isinstance(share, Phrase):
            self._wrong(share, path)
            return Fraction(0)
        return share

    def _wrong(self, says: Phrase, path: tuple[str, ...], hint: Phrase | None = None) -> None:
        self.problems.append(Diagnostic("bad-settings", says, self._at(path), hint))

    def _at(self, path: tuple[str, ...], word: str = "") -> Span:
        """Where a key stands, or a word behind it: tomllib keeps no places, so the text is searched for the tables and keys that lead there."""
        table: tuple[str, ...] = ()
        best, reached = 1, 0
        for number in range(1, self.source.text.count("\n") + 2):
            line = self.source.line(number)
            if head := re.match(r"\s*\[+([^\]]*)\]", line):
                table, here = _dotted(head[1]), _dotted(head[1])
            elif key := re.match(r"""\s*((?:[\w.\-\s]|"[^"]*"|'[^']*')+?)\s*=""", line):
                here = (*table, *_dotted(key[1]))
            else:
                continue
            if here == path[: len(here)] and len(here) > reached:
                best, reached = number, len(here)
        wanted = word or (path[-1] if path else "")
        return self._word(wanted, best)

    def _word(self, word: str, first: int) -> Span:
        """The first place of a word from a line on, else that line as a whole."""
        for number in range(first, self.source.text.count("\n") + 2):
            if word and (found := re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", self.source.line(number))):
                return Span(self.source, number, found.start() + 1, number, found.end() + 1)
        return Span(self.source, first, 1, first, len(self.source.line(first)) + 1)


def _dotted(key: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in key.split("."))
