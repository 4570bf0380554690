"""Files of a run on the disk: their bytes, and that they are there."""

from __future__ import annotations

import os

from perfscore.bulk.whole import whole


def put(path: str, content: bytes) -> None:
    """A file of these bytes in the place of what was there, whole or not at all."""
    with whole(path, replace=True) as draft, open(draft, "wb") as file:
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
