"""The JSON Schema of rule files, and the only door to jsonschema: documents to where they do not fit a schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from perfscore.ruleset.shape import CASE, INDICATOR, METHOD, RULESET
from perfscore.text import nodes
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.nodes import Node
from perfscore.text.phrase import Phrase
from perfscore.text.schema import place, plain, schema_of
from perfscore.text.shape import Json
from perfscore.text.source import Span

#: A name and no address; the number grows when a file that was right can become wrong.
ID = "urn:perfscore:schema:rules:1"

_TYPES = {
    "string": Phrase("文字", "text"),
    "number": Phrase("数", "a number"),
    "boolean": Phrase("true 或 false", "true or false"),
    "object": Phrase("映射", "a mapping"),
    "array": Phrase("列表", "a list"),
    "null": Phrase("空", "nothing"),
}


def rules_schema() -> Json:
    """The schema of a rule file."""
    return schema_of(RULESET, ID, Phrase("评分规则", "scoring rules"), {"indicator": INDICATOR, "method": METHOD, "case": CASE})


def misfits(document: Node, schema: Json) -> list[Diagnostic]:
    """
    Where a document does not fit a schema, in the order of the text, as an editor with this schema would show it.

    What only the rule set's builder can judge (sums, formulas, ids) fits any schema.
    """
    from jsonschema import Draft202012Validator  # costs more than everything else together
    from referencing import Registry

    # An empty registry: no reference is ever looked up on the network.
    validator = Draft202012Validator(schema, registry=Registry())
    found = [_misfit(_deepest(error), document) for error in validator.iter_errors(plain(document))]
    return sorted(found, key=lambda problem: problem.span[1:3] if problem.span else (0, 0))


def _deepest(error: Any) -> Any:
    """Of what speaks against each of several shapes, what speaks against the one that was most likely meant."""
    while error.context:
        meant = [inner for inner in error.context if inner.relative_path or not _other_kind(inner)] or error.context
        error = max(meant, key=lambda inner: len(inner.relative_path))
    return error


def _other_kind(error: Any) -> bool:
    return error.validator == "type" or (error.validator == "enum" and isinstance(error.instance, dict))


def _misfit(error: Any, document: Node) -> Diagnostic:
    span = place(document, error.absolute_path)
    value, instance = error.validator_value, error.instance
    match error.validator:
        case "type":
            # The first type is the one that is meant; the others are how an editor sees it.
            name = _TYPES[value if isinstance(value, str) else value[0]]
            says = Phrase(f"这里应是{name.zh}", f"{name.en} is expected here")
        case "enum":
            words = [word for word in value if isinstance(word, str)] or [str(word) for word in value]
            says = Phrase("这里只能写：" + "、".join(words), "one of these is expected: " + ", ".join(words))
        case "additionalProperties":
            unknown = next(key for key in instance if key not in error.schema.get("properties", {}))
            span = _key(document, error.absolute_path, unknown)
            says = Phrase(f"没有 {unknown} 这个键", f"there is no key {unknown}")
        case "required":
            absent = next(key for key in value if key not in instance)
            says = Phrase(f"缺少 {absent}", f"{absent} is missing")
        case "not":
            both = value["required"]
            span = _key(document, error.absolute_path, both[1])
            says = Phrase(f"{both[0]} 与 {both[1]} 是同一个键", f"{both[0]} and {both[1]} are the same key")
        case "oneOf":
            # More than one fits: each asks for keys of its own, and those of several are there.
            asked = {name for part in value for either in part.get("anyOf", (part,)) for name in either.get("required", ())}
            both = [key for key in instance if key in asked]
            span = _key(document, error.absolute_path, both[-1])
            says = Phrase(f"{both[0]} 与 {both[-1]} 只能写一个", f"only one of {both[0]} and {both[-1]} can be written")
        case "minimum":
            says = Phrase(f"{instance} 小于允许的最小值 {value}", f"{instance} is below the least allowed value {value}")
        case "pattern":
            says = Phrase(f"写法不合规定：{instance}", f"not written as it should be: {instance}")
        case "minProperties" | "maxProperties":
            says = Phrase("这里应正好有一个键", "exactly one key is expected here")
        case _:
            says = Phrase(f"不合模式：{error.message}", f"does not fit the schema: {error.message}")
    return Diagnostic("schema-misfit", says, span)


def _key(document: Node, path: Iterable[str | int], name: str) -> Span:
    """The place of a key itself, which `place` leads past."""
    node = document
    for step in path:
        node = _child(node, step)
    entries = node.entries if isinstance(node, nodes.Mapping) else ()
    return next((key.span for key, _ in entries if key.text == name), node.span)


def _child(node: Node, step: str | int) -> Node:
    if isinstance(node, nodes.Mapping):
        return next(value for key, value in node.entries if key.text == step)
    return node.items[int(step)] if isinstance(node, nodes.Sequence) else node
