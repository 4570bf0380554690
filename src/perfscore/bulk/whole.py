"""Files that appear whole or not at all: what is written goes into a draft beside them, which then takes their name."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase


@contextmanager
def whole(path: str, *, replace: bool) -> Iterator[str]:
    """The name of a draft to write to; it becomes the file when the block ends well. Raises Rejected for a file that exists and is not to be replaced."""
    _vet(path, replace=replace)
    draft = _draft(path)
    try:
        yield draft
        with open(draft, "rb+") as written:
            os.fsync(written.fileno())
        if replace:
            os.replace(draft, path)
        else:
            _put(draft, path)
    except FileExistsError:
        raise Rejected([_exists(path)]) from None
    except OSError as failed:
        raise _failed(path, failed) from None
    finally:
        if os.path.lexists(draft):
            os.unlink(draft)


def _vet(path: str, *, replace: bool) -> None:
    try:
        found = os.lstat(path)
    except OSError:
        return
    if not stat.S_ISREG(found.st_mode):
        raise Rejected([Diagnostic("output-refused", Phrase(f"{path} 不是普通文件，不能写", f"{path} is not a regular file"))])
    if not replace:
        raise Rejected([_exists(path)])


def _exists(path: str) -> Diagnostic:
    return Diagnostic("output-refused", Phrase(f"{path} 已存在，加 --force 才覆盖", f"{path} exists: add --force to overwrite it"))


def _failed(path: str, failed: OSError) -> Rejected:
    why = failed.strerror or type(failed).__name__
    return Rejected([Diagnostic("output-failed", Phrase(f"写不出 {path}：{why}", f"cannot write {path}: {why}"))])


def _draft(path: str) -> str:
    """A new file beside the result; what a killed run left behind, or another thread is writing, is not touched."""
    folder, name = os.path.split(os.path.abspath(path))
    number = 0
    while True:
        # A name of 255 bytes must leave room for what is added.
        draft = os.path.join(folder, f".{name[:40]}.{os.getpid()}-{number}.tmp")
        try:
            os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except FileExistsError:
            number += 1
        except OSError as failed:
            raise _failed(path, failed) from None
        else:
            return draft


def _put(draft: str, path: str) -> None:
    """The draft under its name, unless somebody made a file of that name meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links (FAT, some network drives): the name is taken first, and then replaced.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        os.replace(draft, path)
