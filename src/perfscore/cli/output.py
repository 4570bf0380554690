"""Where results go: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from typing import Any

from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase
from perfscore.text.show import ANSI, PLAIN, Style, render_all


def colour(chosen: Any, stream: Any) -> str:
    """`always` or `never`: as asked, else only on a terminal that wants it (NO_COLOR, TERM=dumb)."""
    if chosen.color != "auto":
        return str(chosen.color)
    wanted = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return "always" if wanted and not (stream is sys.stdout and chosen.output) else "never"


def width() -> int:
    """The width of the terminal in cells; 80 where there is none."""
    if not sys.stdout.isatty():
        return 80
    columns = os.environ.get("COLUMNS", "")
    try:
        found = int(columns) if columns.isdecimal() else os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        found = 80
    return max(found, 40) if found else 80


def complain(diagnostics: Iterable[Diagnostic], chosen: Any) -> None:
    """Say what is wrong, to standard error."""
    found = tuple(diagnostics)
    if found:
        style: Style = ANSI if colour(chosen, sys.stderr) == "always" else PLAIN
        sys.stdout.flush()
        print(render_all(found, chosen.lang, style=style), file=sys.stderr)


def deliver(text: str, chosen: Any) -> None:
    """Write the result; an existing file is refused without --force. Raises Rejected, OSError."""
    text = text if text.endswith("\n") else text + "\n"
    if not chosen.output or chosen.output == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    _write(chosen.output, text.encode("utf-8", "backslashreplace"), replace=chosen.force)


def _write(path: str, content: bytes, *, replace: bool) -> None:
    refused = _refusal(path, replace=replace)
    if refused is not None:
        raise Rejected([Diagnostic("output-refused", refused)])
    folder, name = os.path.split(os.path.abspath(path))
    draft = os.path.join(folder, f".{name[:80]}.{os.getpid()}.tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        if replace:
            os.replace(draft, path)
        else:
            # Unlike replace, link fails if somebody made the file meanwhile.
            os.link(draft, path)
            os.unlink(draft)
    except BaseException:
        if os.path.exists(draft):
            os.unlink(draft)
        raise


def _refusal(path: str, *, replace: bool) -> Phrase | None:
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return Phrase(f"不能写到 {path}", f"cannot write to {path}")
    if not stat.S_ISREG(found.st_mode):
        return Phrase(f"{path} 不是普通文件，不能写", f"{path} is not a regular file")
    return None if replace else Phrase(f"{path} 已存在，加 --force 才覆盖", f"{path} exists: add --force to overwrite it")
