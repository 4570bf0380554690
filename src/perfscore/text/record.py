"""A mapping with known keys in two languages: the shape that files are made of, between nodes and fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from perfscore.text.diagnostic import Diagnostic
from perfscore.text.fields import Fields, Value
from perfscore.text.nearest import nearest
from perfscore.text.nodes import Mapping, Node, Scalar
from perfscore.text.phrase import Phrase
from perfscore.text.shape import MAPPING_EXPECTED, Json, PlainText, Report, Shape, nothing, wrong


class Key(NamedTuple):
    """A key of a mapping: its English and Chinese names, what stands behind it, and what it means."""

    name: str
    zh: str
    shape: Shape
    says: Phrase
    required: bool = False


class Record(Shape):
    """A mapping with known keys, read as `Fields`; unknown keys, double keys (in both languages) and missing ones are reported."""

    def __init__(self, keys: Iterable[Key], noun: Phrase) -> None:
        self.keys, self.noun = tuple(keys), noun
        # With what is true of a key whatever stands behind it: forms have many rows, and each has all of them.
        self._by_name = {spoken: (key, isinstance(key.shape, PlainText)) for key in self.keys for spoken in (key.name, key.zh)}
        self._required = tuple(key for key in self.keys if key.required)

    def read(self, node: Node, report: Report) -> Fields | None:
        if not isinstance(node, Mapping):
            wrong(report, "mapping-expected", MAPPING_EXPECTED, node.span)
            return None
        values: dict[str, Value] = {}
        unread: set[str] = set()
        empty: set[str] = set()
        seen: dict[str, Scalar] = {}
        for spoken, value in node.entries:
            found = self._by_name.get(spoken.text)
            if found is None:
                self._unknown(spoken, report)
                continue
            key, may_be_empty = found
            name = key.name
            if name in seen:
                first = seen[name]
                says = Phrase(f"{first.text} 与 {spoken.text} 是同一个键", f"{first.text} and {spoken.text} are the same key")
                report(Diagnostic("duplicate-key", says, spoken.span, more=((Phrase("前一个在这里", "the first is here"), first.span),)))
                continue
            seen[name] = spoken
            if not may_be_empty and nothing(value):
                # `key:` with nothing behind it says nothing; where it has to say something, it is as good as absent.
                empty.add(name)
                continue
            read = key.shape.read(value, report)
            if read is None:
                unread.add(name)
            else:
                values[name] = Value(read, value.span)
        for key in self._required:
            if key.name not in seen or key.name in empty:
                zh = key.zh if key.zh == key.name else f"{key.zh}（{key.name}）"
                says = Phrase(f"{self.noun.zh}缺少 {zh}：{key.says.zh}", f"this {self.noun.en} has no {key.name}: {key.says.en}")
                wrong(report, "missing-key", says, seen[key.name].span if key.name in seen else node.span)
        return Fields(node.span, values, frozenset(unread))

    def _unknown(self, spoken: Scalar, report: Report) -> None:
        near = nearest(spoken.text, self._by_name)
        says = Phrase(f"{self.noun.zh}里没有 {spoken.text} 这个键", f"this {self.noun.en} has no key {spoken.text}")
        listed = Phrase("可用的键：" + "、".join(k.zh for k in self.keys), "known keys: " + ", ".join(k.name for k in self.keys))
        wrong(report, "unknown-key", says, spoken.span, Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else listed)

    def schema(self) -> Json:
        properties: Json = {}
        for key in self.keys:
            described = {"description": f"{key.says.zh} / {key.says.en}", **_behind(key)}
            properties[key.name] = described
            if key.zh != key.name:
                properties[key.zh] = described
        rules: Json = {"title": f"{self.noun.zh} / {self.noun.en}", "type": "object", "properties": properties, "additionalProperties": False}
        both = [{"not": {"type": "object", "required": [k.name, k.zh]}} for k in self.keys if k.zh != k.name]
        needed = [
            {"anyOf": [{"required": [k.name]}, {"required": [k.zh]}]} if k.zh != k.name else {"required": [k.name]} for k in self.keys if k.required
        ]
        if both or needed:
            rules["allOf"] = both + needed
        return rules


def _behind(key: Key) -> Json:
    """The schema behind a key: null, too, unless the key has to say something."""
    schema = key.shape.schema()
    types = schema.get("type")
    if isinstance(key.shape, PlainText):
        return schema
    if key.required:
        return {**schema, "type": [name for name in types if name != "null"]} if isinstance(types, list) else schema
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if isinstance(types, list):
        return {**schema, "type": list(dict.fromkeys((*types, "null")))}
    return {"anyOf": [schema, {"type": "null"}]}
