"""A parser of arguments that speaks the reader's language: between argparse and a person at a terminal."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from perfscore.text.phrase import Lang, Phrase

_USAGE = Phrase("用法：", "usage: ")
_POSITIONAL = Phrase("参数", "arguments")
_OPTIONS = Phrase("选项", "options")
_HELP = Phrase("显示这份说明", "show this help")

#: What argparse says, and how it is said; a sentence that is not here stays English, and is true all the same.
_SENTENCES: tuple[tuple[str, Phrase], ...] = (
    (r"the following arguments are required: (.+)", Phrase("缺少参数：{0}", "missing: {0}")),
    (r"unrecognized arguments: (.+)", Phrase("不认识的参数：{0}", "unknown argument: {0}")),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", Phrase("{0} 不能是 {1}，可以是：{2}", "{0} cannot be {1}; choose from {2}")),
    (r"argument (.+?): expected one argument", Phrase("{0} 后面要有一个值", "{0} needs a value")),
    (r"argument (.+?): expected at least one argument", Phrase("{0} 后面至少要有一个值", "{0} needs a value or more")),
    (r"argument (.+?): ignored explicit argument (.+)", Phrase("{0} 不带值，写了 {1}", "{0} takes no value, {1} was given")),
    (r"argument (.+?): not allowed with argument (.+)", Phrase("{0} 不能与 {1} 同用", "{0} does not go with {1}")),
)
_REST = Phrase("参数有误：{0}", "{0}")


class _Formatter(argparse.HelpFormatter):
    """Help as wide as the terminal; argparse asks shutil for that, which imports three compressors at every start."""

    def __init__(self, prog: str) -> None:
        from perfscore.cli.output import columns

        super().__init__(prog, width=columns() - 2)


class Parser(argparse.ArgumentParser):
    """An argparse parser in one language, without abbreviations; what a command does not know, that command refuses."""

    def __init__(self, *given: Any, lang: Lang, **named: Any) -> None:
        self.lang: Lang = lang
        super().__init__(*given, **{"allow_abbrev": False, "add_help": False, "formatter_class": _Formatter, **named})
        self._positionals.title = _POSITIONAL.text(lang)
        self._optionals.title = _OPTIONS.text(lang)
        self.add_argument("-h", "--help", action="help", help=_HELP.text(lang))

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", _USAGE.text(self.lang), 1)

    def format_help(self) -> str:
        text = super().format_help().replace("usage: ", _USAGE.text(self.lang), 1)
        for title in (_POSITIONAL, _OPTIONS) if self.lang == "zh" else ():
            text = text.replace(f"\n{title.zh}:\n", f"\n{title.zh}：\n")
        return text

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does, but the command whose arguments they are refuses what it does not know, and not the program as a whole."""
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self.refuse("unrecognized arguments: " + " ".join(rest), self._near(rest[0]))
        return found, rest

    def error(self, message: str) -> NoReturn:
        named = re.fullmatch(r"argument .+?: invalid choice: '(.+?)' \(choose from (.+)\)", message, re.DOTALL)
        self.refuse(message, _nearest(named[1], re.findall(r"[\w-]+", named[2])) if named else None)

    def refuse(self, message: str, near: str | None = None) -> NoReturn:
        """Say what is wrong, what may be meant and where the help is, and leave with status 2."""
        from perfscore.text.show import clean

        for pattern, says in _SENTENCES:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                sentence = says.text(self.lang).format(*(clean(part) for part in found.groups()))
                break
        else:
            sentence = _REST.text(self.lang).format(clean(message))
        lines = [sentence, *([Phrase(f"  = 是否想写 {near}？", f"  = did you mean {near}?").text(self.lang)] if near else [])]
        lines.append(Phrase(f"  = 用法见 {self.prog} --help", f"  = see {self.prog} --help").text(self.lang))
        self.exit(2, f"{self.prog}: " + "\n".join(lines))

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        if message:
            from perfscore.cli.output import tell

            tell(message)
        sys.exit(status)

    def _print_message(self, message: str, file: Any = None) -> None:
        # argparse swallows a full disk; a help text that did not arrive is no success.
        (file or sys.stderr).write(message)

    def _near(self, wrong: str) -> str | None:
        options: Iterable[str] = (option for action in self._actions for option in action.option_strings if option.startswith("--"))
        return _nearest(wrong.partition("=")[0], options) if wrong.startswith("-") else None


def _nearest(wrong: str, known: Iterable[str]) -> str | None:
    from perfscore.text.nearest import nearest

    return nearest(wrong, known)
