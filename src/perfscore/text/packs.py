"""Finds shipped rule files: a reference path to the bytes of its rule file, from a wheel, a zip archive or a source tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.abc import ResourceLoader
    from importlib.resources.abc import Traversable

#: How the name of a test file ends; in front stands that of the rule file, and perhaps a word of its own: `rules.late.test.yaml`.
TESTS_END = ".test.yaml"
_LONGEST = 200
#: Windows opens a device for these names, whatever stands behind the dot: `con.yaml` waits for the keyboard.
DEVICES = frozenset({"aux", "com", "con", "lpt", "nul", "prn"})

_SEPARATOR = "\\" if "\\" in __file__ else "/"
_PACKAGE = __file__.rpartition(_SEPARATOR)[0].rpartition(_SEPARATOR)[0]
_SHIPPED = _PACKAGE + _SEPARATOR + "rules" + _SEPARATOR


def shipped(reference_path: str) -> bytes | None:
    """
    The bytes of a shipped rule file such as `hunan/department-2024.yaml`; None where no such file is shipped.

    A path is lower-case ASCII letters, digits, `-` and `/` before `.yaml`. Anything else names nothing, and nothing is opened for it.
    An OSError is raised where the file is there and cannot be read.
    """
    if not _is_reference(reference_path):
        return None
    return _content(reference_path)


def shipped_names() -> tuple[str, ...]:
    """The reference paths of all shipped rule files, sorted."""
    return tuple(sorted(filter(_is_reference, _listed())))


def shipped_tests(reference_path: str) -> tuple[tuple[str, bytes], ...]:
    """
    The names and bytes of the test files that travel beside a shipped rule file, `hunan/department-2024.test.yaml`, sorted.

    They are no rule sets: no reference names one, and `shipped` opens none.
    """
    stem = reference_path.removesuffix("yaml")
    names = sorted(name for name in _listed() if name.startswith(stem) and name.endswith(TESTS_END))
    return tuple((name, content) for name in names if (content := _content(name)) is not None)


def display_name(reference_path: str) -> str:
    """The name under which a shipped rule file is shown to people: `rules/hunan/department-2024.yaml`, wherever it is installed."""
    return f"rules/{reference_path}"


def ships(path: str) -> bool:
    """Whether a path, by whichever way it leads there, names a file, or a folder of files, that travels with the package."""
    from os.path import realpath

    return any((realpath(path) + _SEPARATOR).startswith(realpath(root) + _SEPARATOR) for root in _roots())


def _is_reference(path: str) -> bool:
    """
    Whether a path from a stranger's form may be looked for.

    Between two separators stands a letter or digit, so neither `..` nor an absolute path can be written; and there is no upper case for a
    file system to fold.
    """
    stem = path.removesuffix(".yaml")
    if stem == path or len(path) > _LONGEST or not path.isascii() or path != path.lower():
        return False
    segments = stem.split("/")
    return all(word.isalnum() for segment in segments for word in segment.split("-")) and not any(
        segment.rstrip("0123456789") in DEVICES for segment in segments
    )


def _roots() -> tuple[str, ...]:
    """Where rule files may lie, each with its separator behind it: in the package and, for a source tree only, beside `src`."""
    parent, _, _ = _PACKAGE.rpartition(_SEPARATOR)
    checkout, _, folder = parent.rpartition(_SEPARATOR)
    # An installed package has no `src` above it: what lies beside site-packages is not ours to read.
    return (_SHIPPED, f"{checkout}{_SEPARATOR}rules{_SEPARATOR}") if folder == "src" else (_SHIPPED,)


def _content(name: str) -> bytes | None:
    return next((found for root in _roots() if (found := _read(root + name.replace("/", _SEPARATOR))) is not None), None)


def _read(path: str) -> bytes | None:
    # The loader that this module came through reads files and zip archives alike.
    loader = cast("ResourceLoader", __spec__.loader)
    try:
        return loader.get_data(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno == 0:
            # What zipimport raises for a name that is not in the archive.
            return None
        raise


def _listed() -> set[str]:
    """The names of all files among the shipped rules, below their folder."""
    # Only listings come here, and they can afford what reading one pack cannot: importlib.resources costs more than the reading.
    from importlib.resources import files
    from pathlib import Path

    names = set(_walk(files("perfscore").joinpath("rules")))
    for root in _roots()[1:]:
        names.update(_walk(Path(root)))
    return names


def _walk(folder: Traversable, above: str = "") -> Iterator[str]:
    if not folder.is_dir():
        return
    for item in folder.iterdir():
        name = above + item.name
        if item.is_dir():
            yield from _walk(item, f"{name}/")
        else:
            yield name
