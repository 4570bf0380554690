"""A tree of canonical English keys and its declared shape to a text in YAML, spoken in either language or in both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from perfscore.forms.shape import FORM
from perfscore.ruleset.shape import KINDS, METHOD, RULESET, _Lazy, _Room
from perfscore.scoring import methods
from perfscore.text.printed import format_number
from perfscore.text.record import Record
from perfscore.text.shape import Alone, Either, Later, ListOf, MapOf, Number, Shape

#: What a file is before it is spelled: mappings with English keys, lists, and scalars as they will be printed.
Tree = object
Tongue = Literal["en", "zh", "mixed"]

_PLAIN = re.compile(r"[\w\u4e00-\u9fff][\w\u4e00-\u9fff.%/@]*")


def rule_file(tree: Tree, tongue: Tongue = "en") -> str:
    """The text of a rule file."""
    return write(_Speaker(tongue).spell(RULESET, tree))


def form_file(tree: Tree, tongue: Tongue = "en") -> str:
    """The text of a form file."""
    return write(_Speaker(tongue).spell(FORM, tree))


def write(tree: Tree) -> str:
    """A tree as block YAML; what a reader could take for more than text is quoted."""
    return "\n".join(_lines(tree, "")) + "\n"


class _Speaker:
    """One file being spelled; `mixed` changes the language with every word, so that one file holds both."""

    def __init__(self, tongue: Tongue) -> None:
        self.tongue, self.said = tongue, 0

    def word(self, english: str, chinese: str) -> str:
        self.said += 1
        return chinese if self.tongue == "zh" or (self.tongue == "mixed" and self.said % 2) else english

    def spell(self, shape: Shape, tree: Tree) -> Tree:
        if shape is METHOD:
            return self._method(tree)
        match shape:
            case Later():
                return self.spell(shape.shape(), tree)
            case _Lazy():
                return self.spell(shape.made(), tree)
            case _Room() if isinstance(tree, Mapping):
                ((name, given),) = tree.items()
                one = shape.room.find(name)
                return {self.word(name, one.ZH): self.spell(shape.behind(one), given)}
            case Alone():
                return self.spell(shape.shape, tree)
            case Record() if isinstance(tree, Mapping):
                keys = {key.name: key for key in shape.keys}
                return {self.word(name, keys[name].zh): self.spell(keys[name].shape, value) for name, value in tree.items()}
            case MapOf() if isinstance(tree, Mapping):
                return {name: self.spell(shape.item, value) for name, value in tree.items()}
            case ListOf() if _listed(tree):
                return [self.spell(shape.item, item) for item in tree]  # type: ignore[attr-defined]
            case Either():
                inner = shape.mapping if isinstance(tree, Mapping) else shape.sequence if _listed(tree) else shape.scalar
                return tree if inner is None else self.spell(inner, tree)
        return tree if isinstance(shape, Number) else self._choice(shape, tree)

    def _choice(self, shape: Shape, tree: Tree) -> Tree:
        # Words stand in a schema as pairs, the English one first.
        words = shape.schema().get("enum", [])
        return self.word(str(tree), words[words.index(tree) + 1]) if tree in words[::2] else tree

    def _method(self, tree: Tree) -> Tree:
        if not isinstance(tree, Mapping):
            return self._method_name(str(tree))
        ((name, given),) = tree.items()
        if name == "by-kind":
            return {self._method_name(name): {self.word(kind, KINDS[kind]): self._method(use) for kind, use in given.items()}}
        method = methods.find(name)
        return {self._method_name(name): given if method is None else self.spell(method.PARAMETERS, given)}

    def _method_name(self, name: str) -> str:
        method = methods.find(name)
        return self.word(name, "按类型" if method is None else method.ZH)


def _listed(tree: Tree) -> bool:
    return isinstance(tree, Sequence) and not isinstance(tree, str)


def _lines(tree: Tree, pad: str) -> Iterator[str]:
    if isinstance(tree, Mapping) and tree:
        for key, value in tree.items():
            if _nests(value):
                yield f"{pad}{_scalar(key)}:"
                yield from _lines(value, pad + "  ")
            else:
                yield f"{pad}{_scalar(key)}: {_scalar(value)}"
    elif _listed(tree) and tree:
        for item in tree:  # type: ignore[attr-defined]
            first, *rest = _lines(item, pad + "  ") if _nests(item) else [f"{pad}  {_scalar(item)}"]
            yield f"{pad}- {first[len(pad) + 2 :]}"
            yield from rest
    else:
        yield f"{pad}{_scalar(tree)}"


def _nests(tree: Tree) -> bool:
    return (isinstance(tree, Mapping) or _listed(tree)) and bool(tree)


def _scalar(value: Tree) -> str:
    if isinstance(value, Mapping):
        return "{}"
    if _listed(value):
        return "[]"
    text = format_number(value) if isinstance(value, Fraction) else str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
