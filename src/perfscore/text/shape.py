"""The shape of a file, declared once: positioned nodes are read by it and its JSON Schema is made from it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from perfscore.text.diagnostic import Diagnostic
from perfscore.text.fields import Fields, Value
from perfscore.text.nearest import nearest
from perfscore.text.nodes import Mapping, Node, Scalar, Sequence
from perfscore.text.phrase import Phrase
from perfscore.text.printed import read_number, read_share
from perfscore.text.source import Span

Report = Callable[[Diagnostic], None]
#: The document or definition name of a JSON Schema and its body.
Json = dict[str, Any]


class Shape(ABC):
    """What may stand at a place of a file. One class with children: each kind of place reads and describes itself."""

    @abstractmethod
    def read(self, node: Node, report: Report) -> Any:
        """The value; `None` after a report if the node has another shape."""

    @abstractmethod
    def schema(self) -> Json:
        """The JSON Schema of the same places."""


MAPPING_EXPECTED = Phrase("这里应是“键: 值”的映射", "a mapping of “key: value” is expected here")


#: What bare text YAML and JSON read as null; in quotes it is text.
_NULL = frozenset(("", "~", "null", "Null", "NULL"))


def nothing(node: Node) -> bool:
    """Whether nothing stands at a place: an empty one, or the null of YAML and JSON."""
    return isinstance(node, Scalar) and node.plain and node.text in _NULL


def wrong(report: Report, code: str, says: Phrase, span: Span, hint: Phrase | None = None) -> None:
    """Report an error at a place."""
    report(Diagnostic(code, says, span, hint))


class Text(Shape):
    """A text; with a parser, a text of a small grammar whose `pattern` the schema carries."""

    def __init__(self, parse: Callable[[str], Any] | None = None, pattern: str | None = None, code: str = "bad-value") -> None:
        self.parse, self.pattern, self.code = parse, pattern, code

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Scalar) or nothing(node):
            wrong(report, "text-expected", Phrase("这里应是一段文字", "a text is expected here"), node.span)
            return None
        if self.parse is None:
            return node.text
        result = self.parse(node.text)
        if isinstance(result, Phrase):
            wrong(report, self.code, result, node.span)
            return None
        return result

    def schema(self) -> Json:
        # A bare `2024` or `true` is no text to an editor and a text to us, if it is one that the parser takes.
        types = ["string", *(["number"] if self._takes("1") else []), *(["boolean"] if self._takes("true") else [])]
        least = {"minimum": 0} if "number" in types and not self._takes("-1") else {}
        return {"type": types, **({"pattern": self.pattern} if self.pattern else {}), **least}

    def _takes(self, text: str) -> bool:
        return self.parse is None or not isinstance(self.parse(text), Phrase)


class PlainText(Text):
    """A text that may be empty: what a form prints, which can be anything or nothing."""

    def read(self, node: Node, report: Report) -> Any:
        if not isinstance(node, Scalar):
            wrong(
                report,
                "text-expected",
                Phrase("这里应是一个值，不能是列表或映射", "a single value is expected here, not a list or mapping"),
                node.span,
            )
            return None
        return "" if node.plain and node.text in _NULL else node.text

    def schema(self) -> Json:
        return {"type": ["string", "number", "boolean", "null"]}


#: A plain number without its sign, as a pattern that schemas carry; see `read_number`.
DIGITS = r"(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,13})?"


class Number(Shape):
    """An exact number: plain digits, or per cent (`10%` is a tenth)."""

    def __init__(self, least: int | None = None) -> None:
        self.least = least

    def read(self, node: Node, report: Report) -> Fraction | None:
        number = None
        if isinstance(node, Scalar):
            number = read_number(node.text)
            if number is None and node.text.endswith("%"):
                number = read_share(node.text)
        if number is None:
            shown = node.text if isinstance(node, Scalar) else ""
            says = Phrase(f"这里应是一个数，写的是 {shown}" if shown else "这里应是一个数", f"a number is expected here, not {shown or 'this'}")
            hint = Phrase("只用数字、一个小数点和负号，或百分数，如 10、0.5、10%", "digits, one point and a minus sign, or per cent: 10, 0.5, 10%")
            wrong(report, "number-expected", says, node.span, hint)
        elif self.least is not None and number < self.least:
            shown = node.text if isinstance(node, Scalar) else ""
            wrong(
                report,
                "number-too-small",
                Phrase(f"{shown} 小于允许的最小值 {self.least}", f"{shown} is below the least allowed value {self.least}"),
                node.span,
            )
            return None
        return number

    def schema(self) -> Json:
        if self.least is None:
            return {"type": ["number", "string"], "pattern": f"^-?{DIGITS}%?$"}
        # A least number is 0 wherever there is one; the text of minus zero is zero, too.
        return {"type": ["number", "string"], "pattern": rf"^(?:{DIGITS}|-0(?:\.0{{1,13}})?)%?$", "minimum": self.least}


class Whole(Number):
    """A whole number from 0 to a small limit."""

    def __init__(self, most: int) -> None:
        super().__init__(0)
        self.most = most

    def read(self, node: Node, report: Report) -> Any:
        number = super().read(node, report)
        if number is None:
            return None
        if number.denominator != 1 or number > self.most or (isinstance(node, Scalar) and "%" in node.text):
            wrong(
                report,
                "whole-number-expected",
                Phrase(f"这里应是 0 到 {self.most} 的整数", f"a whole number from 0 to {self.most} is expected"),
                node.span,
            )
            return None
        return int(number)

    def schema(self) -> Json:
        words = "|".join(map(str, range(1, self.most + 1)))
        return {"anyOf": [{"enum": list(range(self.most + 1))}, {"type": "string", "pattern": rf"^(?:-?0|{words})(?:\.0{{1,13}})?$"}]}


_TRUTH = frozenset(("True", "TRUE", "False", "FALSE"))


class Choice(Shape):
    """One of a few words, in English or Chinese."""

    def __init__(self, words: dict[str, str]) -> None:
        self.words = words
        self._canonical = {spoken: word for word, zh in words.items() for spoken in (word, zh)}

    def read(self, node: Node, report: Report) -> str | None:
        if isinstance(node, Scalar):
            # YAML and spreadsheets write `True` and `TRUE`, too.
            text = node.text.lower() if node.plain and node.text in _TRUTH else node.text
            if text in self._canonical:
                return self._canonical[text]
        shown = node.text if isinstance(node, Scalar) else ""
        listed_zh, listed_en = "、".join(self.words.values()), ", ".join(self.words)
        near = nearest(shown, self._canonical) if shown else None
        hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else None
        wrong(report, "unknown-word", Phrase(f"这里只能写：{listed_zh}", f"one of these is expected: {listed_en}"), node.span, hint)
        return None

    def schema(self) -> Json:
        truth = [text == "true" for text in self._canonical if text in ("true", "false")]
        return {"enum": [*self._canonical, *truth]}


class Raw(Shape):
    """Whatever stands there, as a tree with places: what another file's reader will read."""

    def read(self, node: Node, report: Report) -> Node:
        return node

    def schema(self) -> Json:
        return {}


class ListOf(Shape):
    """A list of one shape; read as a tuple of `Value`. What cannot be read is left out, or spoils a list that only makes sense as a `whole`."""

    def __init__(self, item: Shape, *, whole: bool = False) -> None:
        self.item, self.whole = item, whole

    def read(self, node: Node, report: Report) -> tuple[Value, ...] | None:
        if not isinstance(node, Sequence):
            if nothing(node):
                return ()
            wrong(
                report,
                "list-expected",
                Phrase("这里应是一个列表（每项以“- ”开头）", "a list is expected here (each item starts with “- ”)"),
                node.span,
            )
            return None
        found = [(self.item.read(item, report), item.span) for item in node.items]
        if self.whole and any(value is None for value, _ in found):
            return None
        return tuple(Value(value, span) for value, span in found if value is not None)

    def schema(self) -> Json:
        return {"type": ["array", "null"], "items": self.item.schema()}


class MapOf(Shape):
    """A mapping with free keys and values of one shape; read as a tuple of (key, value). `whole` as for a list."""

    def __init__(self, item: Shape, *, whole: bool = False) -> None:
        self.item, self.whole = item, whole

    def read(self, node: Node, report: Report) -> tuple[tuple[Value, Value], ...] | None:
        if not isinstance(node, Mapping):
            if nothing(node):
                return ()
            wrong(report, "mapping-expected", MAPPING_EXPECTED, node.span)
            return None
        found = [(key, self.item.read(value, report), value.span) for key, value in node.entries]
        if self.whole and any(value is None for _, value, _ in found):
            return None
        return tuple((Value(key.text, key.span), Value(value, span)) for key, value, span in found if value is not None)

    def schema(self) -> Json:
        return {"type": ["object", "null"], "additionalProperties": self.item.schema()}


class Either(Shape):
    """A shape by what stands there: a single value, a list or a mapping."""

    def __init__(self, scalar: Shape | None = None, sequence: Shape | None = None, mapping: Shape | None = None) -> None:
        self.scalar, self.sequence, self.mapping = scalar, sequence, mapping

    def read(self, node: Node, report: Report) -> Any:
        match node:
            case Scalar():
                shape = self.scalar
            case Sequence():
                shape = self.sequence
            case _:
                shape = self.mapping
        if shape is None:
            shape = self.mapping or self.sequence or self.scalar
        return None if shape is None else shape.read(node, report)

    def schema(self) -> Json:
        return {"anyOf": [shape.schema() for shape in (self.scalar, self.sequence, self.mapping) if shape is not None]}


class Later(Shape):
    """A shape that is declared further down and referred to by name: trees contain themselves."""

    def __init__(self, name: str, shape: Callable[[], Shape]) -> None:
        self.name, self.shape = name, shape

    def read(self, node: Node, report: Report) -> Any:
        return self.shape().read(node, report)

    def schema(self) -> Json:
        return {"$ref": f"#/$defs/{self.name}"}


class Alone(Shape):
    """A shape that stands where a mapping with one key could: read as `Fields` with that key, so that its reader knows one form only."""

    def __init__(self, name: str, shape: Shape) -> None:
        self.name, self.shape = name, shape

    def read(self, node: Node, report: Report) -> Fields | None:
        value = self.shape.read(node, report)
        return None if value is None else Fields(node.span, {self.name: Value(value, node.span)})

    def schema(self) -> Json:
        return self.shape.schema()
