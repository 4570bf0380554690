"""Declared shapes to JSON Schema documents, and positioned nodes to the plain values that an editor holds against them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from perfscore.text import nodes
from perfscore.text.nodes import Node, Scalar, Sequence
from perfscore.text.phrase import Phrase
from perfscore.text.shape import Json, Shape, nothing
from perfscore.text.source import Span

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_WHOLE = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_BROKEN = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def schema_of(shape: Shape, id_: str, title: Phrase, named: Mapping[str, Shape]) -> Json:
    """
    The JSON Schema (2020-12) of a file of this shape; `named` are the shapes that it refers to as `Later`.

    Every record stands once, under `$defs`. The id is a name and no address: nothing is ever fetched.
    """
    definitions: Json = {}
    for name, later in named.items():
        body = _hoisted(later.schema(), definitions)
        if body != {"$ref": f"#/$defs/{name}"}:
            definitions[name] = body
    root = shape.schema()
    body = {keyword: _hoisted(value, definitions) for keyword, value in root.items()}
    return {"$schema": DIALECT, "$id": id_, **body, "title": f"{title.zh} / {title.en}", "$defs": dict(sorted(definitions.items()))}


def _hoisted(part: Any, definitions: Json) -> Any:
    """A part of a schema, with every record in it moved to the definitions and replaced by a reference."""
    if isinstance(part, list):
        return [_hoisted(item, definitions) for item in part]
    if not isinstance(part, dict):
        return part
    body = {keyword: _hoisted(value, definitions) for keyword, value in part.items()}
    title = body.get("title")
    # A key may be called title, too; then its schema stands there and no text.
    if not isinstance(title, str):
        return body
    slug = title.rpartition(" / ")[2].replace(" ", "-")
    name, number = slug, 1
    while definitions.setdefault(name, body) != body:
        number += 1
        name = f"{slug}-{number}"
    return {"$ref": f"#/$defs/{name}"}


def plain(node: Node) -> Any:
    """The value that an editor sees: YAML 1.2, core schema. Numbers are exact; `.inf` and `.nan`, which JSON does not have, stay text."""
    match node:
        case Scalar():
            return _scalar(node)
        case Sequence(items=items):
            return [plain(item) for item in items]
        case nodes.Mapping(entries=entries):
            return {key.text: plain(value) for key, value in entries}


def _scalar(node: Scalar) -> Any:
    if nothing(node):
        return None
    text = node.text
    if not node.plain:
        return text
    if text in _TRUTH:
        return _TRUTH[text]
    if _WHOLE.fullmatch(text):
        # More digits than Python turns into a number at once are a number all the same.
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10)) if len(text) < 1000 else Decimal(text)
    return Decimal(text) if _BROKEN.fullmatch(text) else text


def place(node: Node, path: Iterable[str | int]) -> Span:
    """Where the value at the end of a path of keys and numbers stands; the nearest place above it if there is none."""
    for step in path:
        match node:
            case nodes.Mapping(entries=entries):
                found = next((value for key, value in entries if key.text == step), None)
            case Sequence(items=items):
                found = items[step] if isinstance(step, int) and step < len(items) else None
            case _:
                found = None
        if found is None:
            break
        node = found
    return node.span
