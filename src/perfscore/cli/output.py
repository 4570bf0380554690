"""Where results go: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from perfscore.text import drafts
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase
from perfscore.text.show import ANSI, PLAIN, Style, render_all
from perfscore.views.outline import Colour

#: What a terminal can reasonably be wide, in cells.
_NARROWEST, _USUAL, _WIDEST = 40, 80, 500
#: Arguments that are words and never name a file.
_WORDS = frozenset(("command", "lang", "color", "format", "output", "step", "action", "indicator"))

_FULL = Phrase("磁盘空间不足，或超过了允许的文件大小", "the disk is full, or the file size allowed is exceeded")
_FORBIDDEN = Phrase(
    "没有写入权限，或文件正被其他程序（如 Excel）打开", "writing there is not permitted, or another program (like Excel) has the file open"
)
_NO_FOLDER = Phrase("没有这个文件夹，请先建立", "there is no such folder: make it first")
_TOO_LONG = Phrase("文件名太长", "the file name is too long")
_CLOSED = Phrase("标准输出已关闭", "standard output is closed")
_OBSTACLES = {
    errno.ENOSPC: _FULL,
    errno.EFBIG: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.ENAMETOOLONG: _TOO_LONG,
    errno.EBADF: _CLOSED,
}


def obstacle(failed: OSError) -> Phrase:
    """Why something could not be written, in words; the system's own where there are none."""
    known = _OBSTACLES.get(failed.errno or 0)
    system = failed.strerror or type(failed).__name__
    return known or Phrase(f"系统报告 {system}", f"the system says {system}")


def colour(chosen: Any, stream: Any) -> Colour:
    """`always` or `never`: as asked, else only on a terminal that wants it (NO_COLOR, TERM=dumb)."""
    if chosen.color != "auto":
        return "always" if chosen.color == "always" else "never"
    wanted = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return "always" if wanted and not (stream is sys.stdout and chosen.output) else "never"


def width() -> int:
    """The width of a result in cells: that of the terminal it goes to, else 80."""
    return columns() if sys.stdout.isatty() else _USUAL


def columns() -> int:
    """The columns of the terminal, within reason; 80 where there is none."""
    said = os.environ.get("COLUMNS", "")
    try:
        found = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
        found = found or os.get_terminal_size().columns
    except OSError:
        found = 0
    return min(max(found, _NARROWEST), _WIDEST) if found else _USUAL


def where(name: str) -> str:
    """The name of a file as programs take it: relative to the working directory if it lies below, with forward slashes."""
    name = os.path.normpath(name)
    if os.path.isabs(name):
        here = os.getcwd()
        name = os.path.relpath(name, here) if name.startswith(os.path.join(here, "")) else name
    return name.replace(os.sep, "/")


def complain(diagnostics: Iterable[Diagnostic], chosen: Any) -> None:
    """Say what is wrong, to standard error."""
    found = tuple(diagnostics)
    if found:
        style: Style = ANSI if colour(chosen, sys.stderr) == "always" else PLAIN
        sys.stdout.flush()
        tell(render_all(found, chosen.lang, style=style))


def tell(text: str) -> None:
    """A message on standard error; where that takes no more nobody can be told, and the exit status has to say it."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def silence(stream: Any) -> None:
    """A stream that takes no more gives what it holds to nobody; else Python would try again at its end, with words and a status of its own."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def check(chosen: Any) -> None:
    """Refuse an output that cannot be written, before any work is done for it; raises Rejected."""
    path = getattr(chosen, "output", None)
    if path is None or path == "-":
        return
    _vet(path, chosen, ())
    try:
        folder = os.path.dirname(os.path.abspath(path))
    except OSError as failed:
        raise _failed(path, failed) from None
    if not os.path.isdir(folder):
        raise _failed(path, FileNotFoundError(errno.ENOENT, ""))


def deliver(text: str, chosen: Any, read: Iterable[str] = ()) -> None:
    """
    Write the result; an existing file is refused without --force, and a file that was `read` for it always.

    Raises Rejected where it concerns a file, OSError for standard output.
    """
    text = text if text.endswith("\n") else text + "\n"
    if chosen.output is None or chosen.output == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    old = _vet(chosen.output, chosen, read)
    try:
        _write(chosen.output, text.encode("utf-8", "backslashreplace"), old, replace=chosen.force)
    except OSError as failed:
        if isinstance(failed, FileExistsError) and not chosen.force:
            raise Rejected([_exists(chosen.output)]) from None
        raise _failed(chosen.output, failed) from None


def rewrite(path: str, content: bytes) -> None:
    """Put other bytes into a regular file that a person asked to have changed, all of them or none; raises Rejected."""
    try:
        old = os.lstat(path)
        if not stat.S_ISREG(old.st_mode):
            raise Rejected([_irregular(path)])
        _write(path, content, old, replace=True)
    except OSError as failed:
        raise _failed(path, failed) from None


def _irregular(path: str) -> Diagnostic:
    return Diagnostic("output-refused", Phrase(f"{path} 不是普通文件，不能写", f"{path} is not a regular file"))


def _failed(path: str, failed: OSError) -> Rejected:
    why = obstacle(failed)
    return Rejected([Diagnostic("output-failed", Phrase(f"写不出 {path}：{why.zh}", f"cannot write {path}: {why.en}"))])


def _exists(path: str) -> Diagnostic:
    return Diagnostic("output-refused", Phrase(f"{path} 已存在，加 --force 才覆盖", f"{path} exists: add --force to overwrite it"))


def _vet(path: str, chosen: Any, read: Iterable[str]) -> os.stat_result | None:
    """The file that would be overwritten, if there is one and it may be; raises Rejected if it may not."""
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        if path:
            return None
        raise Rejected([Diagnostic("output-refused", Phrase("-o 后面的文件名是空的", "the file name behind -o is empty"))]) from None
    except OSError as failed:
        raise _failed(path, failed) from None
    except ValueError:
        raise Rejected([Diagnostic("output-refused", Phrase(f"不能写到 {path}", f"cannot write to {path}"))]) from None
    if not stat.S_ISREG(found.st_mode):
        raise Rejected([_irregular(path)])
    if not chosen.force:
        raise Rejected([_exists(path)])
    if any(_is(found, name) for name in (*_named(chosen, path), *read)):
        raise Rejected(
            [
                Diagnostic(
                    "output-refused", Phrase(f"{path} 是这次要读的文件，不能覆盖", f"{path} is one of the files to be read and is not overwritten")
                )
            ]
        )
    return found


def _named(chosen: Any, path: str) -> Iterator[str]:
    """The files that the arguments name; of a folder, the file in it that the output would be."""
    for argument, value in vars(chosen).items():
        if argument in _WORDS:
            continue
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str):
                yield name
                yield os.path.join(name, os.path.basename(path))


def _is(found: os.stat_result, name: str) -> bool:
    try:
        return os.path.samestat(found, os.stat(name))
    except (OSError, ValueError):
        return False


def _write(path: str, content: bytes, old: os.stat_result | None, *, replace: bool) -> None:
    folder, name = os.path.split(os.path.abspath(path))
    draft, handle = drafts.new(folder, name)
    try:
        try:
            if old is not None and hasattr(os, "fchmod"):
                # What only some people could read stays so.
                os.fchmod(handle, stat.S_IMODE(old.st_mode))
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        if replace:
            os.replace(draft, path)
        else:
            drafts.put(draft, path)
    except BaseException:
        if os.path.lexists(draft):
            os.unlink(draft)
        raise
    drafts.settle(folder)
