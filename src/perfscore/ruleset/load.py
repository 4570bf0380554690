"""A reference to a rule set (`hunan/department@2024`, or a path) to the fields of its file and of every file it extends."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

from perfscore.ruleset.shape import RULESET
from perfscore.text import decode, packs
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.fields import Fields
from perfscore.text.nearest import nearest
from perfscore.text.nodes import holds_key
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source, Span
from perfscore.text.yaml import parse

MAX_CHAIN = 16

Report = Callable[[Diagnostic], None]


class Opened(NamedTuple):
    """A rule file as read: its fields, its text, and what there was to say while reading."""

    fields: Fields
    source: Source
    #: The folder that its own relative references may name; `None` for a shipped file.
    folder: str | None


def shipped_references() -> tuple[str, ...]:
    """Every rule set that travels with the package, as `id@version`."""
    stems = [name.removesuffix(".yaml") for name in packs.shipped_names()]
    return tuple("@".join(stem.rsplit("-", 1)) for stem in stems)


def open_reference(reference: str, folder: str | None, span: Span | None, day: int | None = None) -> tuple[Source, str | None]:
    """
    The text behind a reference that stands in a file: a shipped rule set, or a relative path inside that file's own folder.

    A shipped rule set without its version is the one in force on the `day`. A path is judged as text before anything is opened, and what it names
    is never quoted. Raises Rejected.
    """
    reference = _dated(reference, day, span)
    if _names_shipped(reference):
        return _shipped(reference, reference.replace("@", "-") + ".yaml", span), None
    if folder is None or _leaves(reference):
        hint = Phrase(
            "写 编号@版本，或本文件夹内的相对路径，如 my-rules.yaml", "write id@version, or a relative path inside this folder, like my-rules.yaml"
        )
        raise Rejected([Diagnostic("path-refused", Phrase(f"不能从这里引用 {reference}", f"{reference} cannot be named from here"), span, hint)])
    path = os.path.join(folder, *reference.split("/"))
    if not _within(path, folder):
        raise Rejected([Diagnostic("path-refused", Phrase(f"{reference} 不在本文件夹内", f"{reference} is not inside this folder"), span)])
    try:
        return open_path(path)
    except Rejected as rejected:
        # A file that cannot be opened has no place of its own: it is shown where it is named.
        raise Rejected(found if found.span else found._replace(span=span) for found in rejected.diagnostics) from None


def open_path(path: str) -> tuple[Source, str | None]:
    """The text of a file that a person named; raises Rejected."""
    return decode.read(path).source, os.path.dirname(path)


def open_named(reference: str, day: int | None = None) -> tuple[Source, str | None]:
    """A shipped rule set (without its version: the one in force on the `day`), or a file by its path, as a person names it; raises Rejected."""
    reference = reference if os.path.exists(reference) else _dated(reference, day, None)
    return open_reference(reference, None, None) if _names_shipped(reference) else open_path(reference)


def without_version(reference: str) -> bool:
    """Whether a reference is the id of a rule set alone, `region/name`: which version it means depends on a day."""
    name = reference.replace("/", "").replace("-", "")
    return 0 < reference.find("/") < len(reference) - 1 and name.isascii() and name.isalnum() and name == name.lower()


def _dated(reference: str, day: int | None, span: Span | None) -> str:
    """`region/name` with the version that is in force; anything else as it is."""
    if not without_version(reference):
        return reference
    from perfscore.ruleset.versions import in_force  # finding every version costs more than reading one

    return in_force(reference, day, span)


def _names_shipped(reference: str) -> bool:
    """`region/name@version`: what is behind it is looked up among the shipped files only, whatever it says."""
    name, at, version = reference.partition("@")
    return (
        bool(at)
        and "/" in name
        and version.replace(".", "").replace("-", "").isalnum()
        and name.replace("/", "").replace("-", "").isalnum()
        and reference.isascii()
    )


def _leaves(reference: str) -> bool:
    parts = reference.split("/")
    odd = any(c in reference for c in '\\:*?"<>|~$%／＼') or not reference.isprintable()
    stems = (part.partition(".")[0].rstrip(" 0123456789").lower() for part in parts)
    # `a/../b`, `//server/b`; and names that Windows takes for the keyboard or a printer, refused everywhere alike.
    turns = any(part in ("", ".", "..") for part in parts) or not packs.DEVICES.isdisjoint(stems)
    return odd or turns or not reference.endswith((".yaml", ".yml", ".json"))


def _within(path: str, folder: str) -> bool:
    real, root = os.path.realpath(path), os.path.realpath(folder)
    try:
        return os.path.commonpath([real, root]) == root
    except ValueError:
        # On Windows a link can lead to another drive.
        return False


def _shipped(reference: str, path: str, span: Span | None) -> Source:
    content = packs.shipped(path)
    if content is None:
        known = shipped_references()
        near = nearest(reference, known)
        hint = (
            Phrase(f"是否想写 {near}？", f"did you mean {near}?")
            if near
            else Phrase("自带的规则：" + "、".join(known), "shipped: " + ", ".join(known))
        )
        raise Rejected([Diagnostic("unknown-rules", Phrase(f"没有自带的规则 {reference}", f"no shipped rule set is called {reference}"), span, hint)])
    return decode.decode(content, packs.display_name(path)).source


def read_fields(source: Source, report: Report) -> Fields | None:
    """The fields of one rule file; problems are reported, and `None` comes back if nothing of it can be used."""
    parsed = parse(source)
    for problem in parsed.problems:
        report(problem)
    if not parsed.documents:
        return None
    for extra in parsed.documents[1:]:
        report(Diagnostic("one-rule-set", Phrase("一个规则文件只放一套规则", "a rule file holds one rule set"), extra.span))
    first = parsed.documents[0]
    if holds_key(first, "budget", "预算", "unit", "单位", "claims", "陈述") and not holds_key(first, "version", "版本"):
        says = Phrase("这是填报表，不是规则文件", "this is a form, not a rule file")
        report(Diagnostic("not-a-rule-file", says, first.span))
        return None
    if holds_key(first, "examples", "示例") and not holds_key(first, "version", "版本", "extends", "继承", "indicators", "指标"):
        says = Phrase("这是规则的测试文件，不是规则文件", "this is a test file of rules, not a rule file")
        report(Diagnostic("not-a-rule-file", says, first.span))
        return None
    return RULESET.read(first, report)


def chain(source: Source, folder: str | None, report: Report) -> list[Opened]:
    """The file and all that it extends, the furthest base first; a cycle, a missing or an endless base is reported."""
    found: list[Opened] = []
    seen: dict[str, Span] = {}
    while True:
        fields = read_fields(source, report)
        if fields is None:
            break
        found.append(Opened(fields, source, folder))
        base = fields["extends"]
        if base is None:
            break
        at = fields.at("extends")
        seen[_identity(source, folder)] = at
        try:
            source, folder = open_reference(base, folder, at)
        except Rejected as rejected:
            for diagnostic in rejected.diagnostics:
                report(diagnostic if diagnostic.span else diagnostic._replace(span=at))
            break
        if _identity(source, folder) in seen or len(found) >= MAX_CHAIN:
            names = " → ".join([*(opened.source.name for opened in found), source.name])
            places = tuple((Phrase("这里继承", "extends here"), span) for span in seen.values())
            report(
                Diagnostic(
                    "extends-cycle",
                    Phrase(f"继承成了环或超过 {MAX_CHAIN} 层：{names}", f"a cycle, or more than {MAX_CHAIN} levels: {names}"),
                    at,
                    more=places,
                )
            )
            break
    return found[::-1]


def _identity(source: Source, folder: str | None) -> str:
    return source.name if folder is None else os.path.realpath(os.path.join(folder, os.path.basename(source.name)))
