"""Files that appear whole or not at all: what is written goes into a draft beside them, which then takes their name."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from perfscore.text import drafts
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
            drafts.put(draft, path)
    except FileExistsError:
        raise Rejected([_exists(path)]) from None
    except OSError as failed:
        raise _failed(path, failed) from None
    finally:
        if os.path.lexists(draft):
            os.unlink(draft)


def put(path: str, content: bytes) -> None:
    """A file of these bytes in the place of what was there, whole or not at all."""
    with whole(path, replace=True) as draft, open(draft, "wb") as file:
        file.write(content)


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
    try:
        draft, handle = drafts.new(*os.path.split(os.path.abspath(path)))
        os.close(handle)
    except OSError as failed:
        raise _failed(path, failed) from None
    return draft
