"""Drafts beside a result, which take its name once they are whole."""

from __future__ import annotations

import os


def new(folder: str, name: str) -> tuple[str, int]:
    """A new file beside the result; what a killed run left behind, or another thread is writing, is not touched."""
    number = 0
    while True:
        # A name of 255 bytes must leave room for what is added.
        draft = os.path.join(folder, f".{name[:40]}.{os.getpid()}-{number}.tmp")
        try:
            return draft, os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        except FileExistsError:
            number += 1


def put(draft: str, path: str) -> None:
    """The draft under its name, unless somebody made a file of that name meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links (FAT, some network drives): the name is taken first, and then replaced.
        taken = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            os.close(taken)
            os.replace(draft, path)
        except BaseException:
            os.unlink(path)
            raise
    else:
        os.unlink(draft)


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
