"""The command: arguments in, exit status out."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from perfscore.text.phrase import Lang, Phrase

#: Exit status: done; something at or above --fail-on was found; input or arguments rejected; a fault of ours; signals.
DONE, FOUND, REJECTED, FAULT, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143

COMMANDS: dict[str, Phrase] = {
    "evaluate": Phrase("评分：得分、等级和理由", "score, grade and reasons"),
    "audit": Phrase("审核：印的数哪些不可能对，以及各项勾稽关系", "which printed numbers cannot be right, and the cross-checks of the field"),
    "batch": Phrase("批量评分：结果、名次、复核次序、错误清单", "many forms: results, ranking, whom to review first, errors"),
    "verify": Phrase("按凭据重算，核对批量评分的结果", "replay a receipt of batch and compare"),
    "explain": Phrase("解释一个指标为什么得这些分，或一个检查编号的意思", "why an indicator has its score, or what a code means"),
    "rules": Phrase("规则：列出、显示、画图、印成一个文件、比较、编辑器用的模式", "rule sets: list, show, draw, print, diff, schema"),
    "test": Phrase("运行规则里的示例，指出没有示例达到的地方", "run the examples of rule files, and say what none of them reaches"),
    "lint": Phrase("检查规则：空当、重叠、反向、加不起来的分值……", "what is wrong with rule sets: gaps, overlaps, directions, sums"),
    "init": Phrase("按规则生成一张空表", "an empty form file for a rule set"),
    "show": Phrase("显示某一步对文件的理解", "what a pass made of a file"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status and never raises for anything a user can write."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = _language(given)
    _plain_streams()
    status = _status(given, lang)
    try:
        # What is still in the buffer counts: success is not claimed before it is written.
        sys.stdout.flush()
    except OSError as failed:
        return _unwritten(failed, lang, status)
    return status


def _status(given: list[str], lang: Lang) -> int:
    try:
        return _run(given, lang)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as left:
        # argparse leaves this way for --help and wrong arguments, and so does a SIGTERM.
        return left.code if isinstance(left.code, int) else DONE if left.code is None else REJECTED
    except OSError as failed:
        return _unwritten(failed, lang, DONE)
    except Exception as fault:  # noqa: BLE001 - the one place where a fault of ours is worded
        return _fault(fault, lang)


def _run(given: list[str], lang: Lang) -> int:
    # Collecting after every 700 new objects looks at the whole house over and over while it is being imported.
    gc.set_threshold(50_000)
    from perfscore.cli.arguments import parser

    wanted = next((word for word in given if not word.startswith("-")), None)
    chosen = parser(lang, wanted if wanted in COMMANDS else None).parse_args(given)
    if chosen.command is None:
        parser(lang).print_help(sys.stderr)
        return REJECTED
    if chosen.output or getattr(chosen, "folder", None):
        # A half-written draft must go; without one the system's own way to stop is as good and costs nothing.
        _on_termination()
    return _command(chosen)


def _command(chosen: Any) -> int:
    from perfscore.cli import output
    from perfscore.text.diagnostic import Rejected

    try:
        # Before the work, so that nobody waits for a result that has no place to go.
        output.check(chosen)
        return int(import_module(f"perfscore.cli.{chosen.command}").run(chosen))
    except Rejected as rejected:
        output.complain(rejected.diagnostics, chosen)
        return REJECTED


def _language(given: list[str]) -> Lang:
    """`--lang`, else the language of the environment, else Chinese."""
    for at, argument in enumerate(given):
        if argument == "--":
            break
        word = (
            given[at + 1]
            if argument == "--lang" and at + 1 < len(given)
            else argument.removeprefix("--lang=")
            if argument.startswith("--lang=")
            else ""
        )
        if word in ("zh", "en"):
            return "en" if word == "en" else "zh"
    spoken = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "en" if spoken.lower().startswith("en") else "zh"


def _plain_streams() -> None:
    if sys.stdout is None:
        # Closed by whoever started us. Writing must fail where a result would be lost, and only there.
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: SIM115 - lives as long as the process
    if sys.stderr is None:
        # Else `print` would put messages into the result.
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
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


def _unwritten(failed: OSError, lang: Lang, status: int) -> int:
    """Standard output or standard error takes no more; every other file has its own words."""
    from perfscore.cli.output import obstacle, silence

    silence(sys.stdout)
    if isinstance(failed, BrokenPipeError):
        # The reader has seen enough (`| head`): nothing is wrong.
        return status
    why = obstacle(failed)
    _say(Phrase(f"写不出结果：{why.zh}", f"cannot write the result: {why.en}"), lang)
    return max(status, REJECTED)


def _fault(fault: Exception, lang: Lang) -> int:
    from perfscore import __version__

    at = fault.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{os.path.basename(at.tb_frame.f_code.co_filename)}:{at.tb_lineno}" if at is not None else "?"
    what = f"perfscore {__version__} {type(fault).__name__} {place}: {fault}"
    _say(
        Phrase(
            f"perfscore 自己出了错，请把这一行和用到的文件报告给我们：{what}", f"a fault of perfscore; please report this line and the files: {what}"
        ),
        lang,
    )
    return FAULT


def _say(says: Phrase, lang: Lang) -> None:
    from perfscore.cli.output import tell
    from perfscore.text.show import clean

    tell(clean(says.text(lang), 500))
