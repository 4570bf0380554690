"""Files of a run that appear whole or not at all, whatever stops it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

#: How a name of a draft ends; a draft that a killed run left behind is nothing.
DRAFT = ".tmp"


@contextmanager
def whole(path: str) -> Iterator[IO[bytes]]:
    """A file to write that has its name only when all of it is on the disk."""
    draft = f"{path}{DRAFT}"
    try:
        with open(draft, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        if os.path.lexists(draft):
            os.unlink(draft)
        raise
    settle(os.path.dirname(path) or ".")


def put(path: str, content: bytes) -> None:
    """A file of these bytes, whole or not at all."""
    with whole(path) as file:
        file.write(content)


def settle(folder: str) -> None:
    """The folder's own entries on the disk, where the system can do that; its files are whole already."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
