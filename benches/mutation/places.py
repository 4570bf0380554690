"""The nodes of a rule file to the places at which a person could err, each with what stands there and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perfscore.ruleset.shape import CASE, FACT, GATE, GRADE, INDICATOR, ROUNDING, RULESET, VARIANT
from perfscore.scoring import methods
from perfscore.text.nodes import Mapping, Node, Scalar, Sequence
from perfscore.text.record import Key, Record
from perfscore.text.shape import Choice

_BY_KIND = {"by-kind": "by-kind", "按类型": "by-kind"}
_BANDS = ("bands", "tiers", "anchors")
_ITEMS = ("levels", "checklist", "demerits")
#: Choices that are no policy of scoring: what a thing is, and whether it is there.
_OTHER_WORDS = frozenset(("direction", "kind", "removed", "template", "rows", "at"))


class Place(NamedTuple):
    """
    A scalar that says something, or (`number`) an entry of a collection.

    `kind` is what it says there (`band`, `points`, `measure`, …), `owner` the indicator, grade, gate or fact that it belongs to.
    """

    kind: str
    owner: str
    node: Node
    #: The collection that the place is an entry of, and which one.
    whole: Mapping | Sequence | None = None
    number: int = 0
    #: The words that may stand there, in the language of the one that does.
    words: tuple[str, ...] = ()


def places(root: Node) -> tuple[Place, ...]:
    """Every place of a rule file, in the order of its text."""
    return tuple(_ruleset(root)) if isinstance(root, Mapping) else ()


class Keyed(NamedTuple):
    """What stands behind the keys of a mapping, by their English names, with the number of the entry."""

    whole: Node
    found: dict[str, tuple[Key, Node, int]]

    def behind(self, name: str) -> Node | None:
        return self.found[name][1] if name in self.found else None

    def text(self, name: str) -> str:
        node = self.behind(name)
        return node.text if isinstance(node, Scalar) else ""


def keyed(record: Record, node: Node) -> Keyed:
    """A mapping by the keys of its record."""
    known = {spoken: key for key in record.keys for spoken in (key.name, key.zh)}
    entries = node.entries if isinstance(node, Mapping) else ()
    found = {known[entry.key.text].name: (known[entry.key.text], entry.value, at) for at, entry in enumerate(entries) if entry.key.text in known}
    return Keyed(node, found)


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def _scalars(found: Keyed, owner: str, kinds: dict[str, str]) -> Iterator[Place]:
    """The scalars behind some keys, and every word that is a policy."""
    for name, (key, node, number) in found.found.items():
        if not isinstance(node, Scalar):
            continue
        if name in kinds:
            yield Place(kinds[name], owner, node, found.whole if isinstance(found.whole, Mapping) else None, number)
        elif name in ("direction", "otherwise"):
            yield Place(name, owner, node, found.whole if isinstance(found.whole, Mapping) else None, number)
        words = _words(key)
        if words and name not in _OTHER_WORDS:
            yield Place("policy", owner, node, words=next((one for one in words if node.text in one), ()))


def _words(key: Key) -> tuple[tuple[str, ...], ...]:
    shape = key.shape._words() if hasattr(key.shape, "_words") else key.shape  # noqa: SLF001  # the words of aggregates are files
    return (tuple(shape.words), tuple(shape.words.values())) if isinstance(shape, Choice) else ()


def _entries(kind: str, owner: str, node: Node | None) -> Iterator[Place]:
    """The entries of a collection as places of their own."""
    if isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            yield Place(kind, owner, item, node, number)
    elif isinstance(node, Mapping):
        for number, entry in enumerate(node.entries):
            yield Place(kind, owner, entry.value, node, number)


def _ruleset(root: Mapping) -> Iterator[Place]:
    found = keyed(RULESET, root)
    yield from _scalars(found, "", {"points": "total"})
    for item in _items(found.behind("rounding")):
        yield from _scalars(keyed(ROUNDING, item), "rounding", {"places": "places"})
    yield from _entries("rounding-entry", "rounding", found.behind("rounding"))
    yield from _grades(found.behind("grades"))
    facts = found.behind("facts")
    for entry in facts.entries if isinstance(facts, Mapping) else ():
        fact = keyed(FACT, entry.value)
        yield from _scalars(fact, entry.key.text, {"unit": "unit", "formula": "measure", "default": "default"})
    gates = found.behind("gates")
    for entry_place in _entries("gate", "gates", gates):
        gate = keyed(GATE, entry_place.node)
        owner = gate.text("id")
        yield entry_place._replace(owner=owner)
        yield from _scalars(gate, owner, {"when": "condition"})
        effect = gate.behind("effect")
        for entry in effect.entries if isinstance(effect, Mapping) else ():
            if entry.key.text in ("deduct", "扣减"):
                yield Place("measure", owner, entry.value)
    yield from _indicators(found.behind("indicators"))
    for entry_place in _entries("variant", "variants", found.behind("variants")):
        variant = keyed(VARIANT, entry_place.node)
        yield entry_place._replace(owner=variant.text("id"))
        yield from _scalars(variant, variant.text("id"), {"when": "condition"})
        yield from _indicators(variant.behind("indicators"))


def _grades(node: Node | None) -> Iterator[Place]:
    for place in _entries("grade", "grades", node):
        grade = keyed(GRADE, place.node)
        label = grade.behind("label")
        shown = label.entries[0].value if isinstance(label, Mapping) else label
        owner = shown.text if isinstance(shown, Scalar) else ""
        yield place._replace(owner=owner)
        if label is not None and "range" in grade.found:
            yield Place("grade-label", owner, label, place.whole, place.number)
        for one in _scalars(grade, owner, {"range": "grade-range"}):
            yield one._replace(whole=place.whole, number=place.number)


def _indicators(node: Node | None) -> Iterator[Place]:
    for place in _entries("indicator", "", node):
        found = keyed(INDICATOR, place.node)
        owner = found.text("id")
        if "removed" not in found.found:
            yield place._replace(owner=owner)
        for one in _scored(found, owner):
            yield one._replace(whole=place.whole, number=place.number) if one.kind == "points" else one
        for case in _entries("case", owner, found.behind("variants")):
            yield case
            yield from _scored(keyed(CASE, case.node), owner)
        yield from _indicators(found.behind("children"))


def _scored(found: Keyed, owner: str) -> Iterator[Place]:
    """What an indicator, or a case of it, says of its own scoring."""
    kinds = {"points": "points", "measure": "measure", "applicable": "applicable", "when": "condition", "least": "limit", "most": "limit"}
    yield from _scalars(found, owner, kinds)
    method = found.behind("method")
    if method is not None:
        yield from _method(method, owner)


def _method(node: Node, owner: str) -> Iterator[Place]:
    if isinstance(node, Scalar):
        yield Place("method", owner, node)
    if not isinstance(node, Mapping) or len(node.entries) != 1:
        return
    name, given = node.entries[0].key, node.entries[0].value
    if name.text in _BY_KIND:
        for entry in given.entries if isinstance(given, Mapping) else ():
            yield from _method(entry.value, owner)
        return
    method = methods.find(name.text)
    if method is None:
        return
    if method.NAME in _BANDS and isinstance(given, Sequence):
        yield from _entries("anchor" if method.NAME == "anchors" else "band", owner, given)
    elif method.NAME in _ITEMS:
        yield from _entries("item", owner, given)
    elif isinstance(method.PARAMETERS, Record):
        yield from _parameters(method.PARAMETERS, given, owner)


def _parameters(record: Record, given: Node, owner: str) -> Iterator[Place]:
    found = keyed(record, given)
    kinds = {"full": "full", "at": "full", "every": "every", "lose": "lose", "gain": "lose"}
    kinds.update(dict.fromkeys(("floor", "cap", "gate", "base", "until"), "limit"))
    yield from _scalars(found, owner, kinds)
    yield from _entries("tier", owner, found.behind("tiers"))
    for name in ("above", "below"):
        side = found.found.get(name)
        if side is not None and isinstance(side[0].shape, Record):
            yield from _parameters(side[0].shape, side[1], owner)
