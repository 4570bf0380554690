"""The command: arguments in, exit status out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from perfscore.text.phrase import Lang, Phrase

#: Exit status: done; something at or above --fail-on was found; input or arguments rejected; a fault of ours; signals.
DONE, FOUND, REJECTED, FAULT, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143

COMMANDS: dict[str, Phrase] = {
    "evaluate": Phrase("评分：得分、等级和理由", "score, grade and reasons"),
    "explain": Phrase("解释一个指标为什么得这些分", "why an indicator has its score"),
    "rules": Phrase("规则：列出、显示、编辑器用的模式", "rule sets: list, show, schema"),
    "init": Phrase("按规则生成一张空表", "an empty form file for a rule set"),
    "show": Phrase("显示某一步对文件的理解", "what a pass made of a file"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status and never raises for anything a user can write."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = _language(given)
    _plain_streams()
    try:
        return _run(given, lang)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has seen enough (`| head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as fault:  # noqa: BLE001 - the one place where a fault of ours is worded
        return _fault(fault, lang)


def _run(given: list[str], lang: Lang) -> int:
    from perfscore.cli.arguments import parser

    chosen = parser(lang).parse_args(given)
    if chosen.command is None:
        parser(lang).print_help()
        return REJECTED
    _on_termination()
    status = int(import_module(f"perfscore.cli.{chosen.command}").run(chosen))
    sys.stdout.flush()
    return status


def _language(given: list[str]) -> Lang:
    """`--lang`, else the language of the environment, else Chinese."""
    for at, argument in enumerate(given):
        word = given[at + 1] if argument == "--lang" and at + 1 < len(given) else argument.removeprefix("--lang=") if argument.startswith("--lang=") else ""
        if word in ("zh", "en"):
            return "en" if word == "en" else "zh"
    spoken = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "en" if spoken.lower().startswith("en") else "zh"


def _plain_streams() -> None:
    # One encoding and one line end on every system: the same input gives the same bytes.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _on_termination() -> None:
    import signal

    def stop(_number: int, _frame: object) -> None:
        sys.exit(TERMINATED)

    try:
        signal.signal(signal.SIGTERM, stop)
    except ValueError:
        # Not the main thread: whoever called us has the signals.
        return


def _fault(fault: Exception, lang: Lang) -> int:
    from perfscore import __version__
    from perfscore.text.show import clean

    if isinstance(fault, OSError):
        says = Phrase(f"写不出结果：{fault.strerror or fault}", f"cannot write the result: {fault.strerror or fault}")
        print(clean(says.text(lang)), file=sys.stderr)
        return REJECTED
    at = fault.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{os.path.basename(at.tb_frame.f_code.co_filename)}:{at.tb_lineno}" if at is not None else "?"
    what = f"perfscore {__version__} {type(fault).__name__} {place}: {fault}"
    says = Phrase(f"perfscore 自己出了错，请把这一行和用到的文件报告给我们：{what}", f"a fault of perfscore; please report this line and the files: {what}")
    print(clean(says.text(lang), 500), file=sys.stderr)
    return FAULT
