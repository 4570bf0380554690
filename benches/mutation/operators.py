"""The places of a rule file to mutants of it: one operator for each kind of fault that a person makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, pairwise
from typing import NamedTuple

from benches.mutation.edit import Change, Page
from benches.mutation.expression import Expression, Put, moved
from benches.mutation.places import Place, places

from perfscore.model.form import BUDGET_NAMES
from perfscore.model.rules import RuleSet
from perfscore.text.nodes import Mapping, Scalar
from perfscore.text.numbers import format_number, read_number
from perfscore.text.yaml import parse

#: Numbers of intervals and amounts; `(?<!\d)-` is a sign, and the dash of `10-20%` is none.
_NUMBER = re.compile(r"(?<![\d%)])-?\d+(?:\.\d+)?")
#: What stands behind an interval: `: 5`, or `不得分`.
_AMOUNT = re.compile(r"\s*[:：].*$|[得计记]?满分$|不[得计记]分$")
#: Signs and words that put a number on one side, and those that put it on the other.
_TURNED = {
    "≥": "≤", "≤": "≥", ">=": "<=", "<=": ">=", ">": "<", "<": ">", "大于": "低于", "高于": "低于", "超过": "低于", "低于": "大于", "不足": "超过",
    "不低于": "不高于", "不超过": "不低于", "以上": "以下", "以下": "以上", "以内": "以外", "以外": "以内",
}  # fmt: skip
#: Signs that hold the number, and those that do not.
_OPENED = {
    "≥": ">",
    "≤": "<",
    ">=": ">",
    "<=": "<",
    ">": "≥",
    "<": "≤",
    "[": "(",
    "(": "[",
    "]": ")",
    ")": "]",
    "大于": "≥",
    "低于": "≤",
    "超过": "≥",
}
_SIGN = re.compile("|".join(sorted(map(re.escape, _TURNED), key=len, reverse=True)))
_SIDE = re.compile(r"\(含\)|（含）|[<>]=|[≥≤<>\[\]]|\((?=-?[\d+-])|(?<=[\d%∞+-])\)|大于|低于|超过")
_DENIED = {"true": "false", "false": "true", "是": "否", "否": "是"}
_CONDITIONS = ("condition", "applicable")
_METHODS = {
    "ratio": "yes-no", "yes-no": "ratio", "direct": "ratio", "by-kind": "ratio", "比例": "是否", "是否": "比例", "直接得分": "比例", "按类型": "比例",
    "deadline": "ratio", "tiers": "ratio", "三档": "比例",
}  # fmt: skip
_DIRECTIONS = {
    "higher": "lower",
    "lower": "higher",
    "正向": "反向",
    "反向": "正向",
    "equal": "higher",
    "range": "higher",
    "等于": "正向",
    "区间": "正向",
}


class Pack(NamedTuple):
    """A shipped rule set as text, as nodes, and as built."""

    reference: str
    page: Page
    places: tuple[Place, ...]
    rules: RuleSet

    def of(self, *kinds: str) -> Iterator[Place]:
        """The places of some kinds."""
        return (place for place in self.places if place.kind in kinds)


class Mutant(NamedTuple):
    """One fault in one rule file: whose, on which line, what it was and what it is now, and what to do to the text."""

    reference: str
    operator: str
    owner: str
    line: int
    old: str
    new: str
    changes: tuple[Change, ...]


Fault = tuple[Place, str, str, tuple[Change | None, ...]]
Operator = Callable[[Pack], Iterator[Fault]]


def pack(reference: str, rules: RuleSet) -> Pack:
    """A shipped rule set ready to be spoiled."""
    source = rules.sources[-1]
    parsed = parse(source)
    return Pack(reference, Page(source), places(parsed.documents[0]), rules)


def mutants(of: Pack, name: str) -> tuple[Mutant, ...]:
    """Every mutant that an operator can make of a rule set."""
    found = []
    for place, old, new, changes in OPERATORS[name][1](of):
        made = tuple(change for change in changes if change is not None)
        if len(made) == len(changes):
            found.append(Mutant(of.reference, name, place.owner, place.node.span.line, old, new, made))
    return tuple(found)


def _one(pack: Pack, place: Place, old: str, new: str, text: str) -> Fault:
    """A scalar with one token changed."""
    return place, old, new, (pack.page.rewritten(place.node, text) if isinstance(place.node, Scalar) else None,)


def _text(place: Place) -> str:
    return place.node.text if isinstance(place.node, Scalar) and place.node.span.line == place.node.span.end_line else ""


def _interval(text: str) -> str:
    """The interval of a band; what follows is its amount."""
    return _AMOUNT.sub("", text)


def _tokens(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    return pattern.finditer(text)


def _moved_in(pack: Pack, place: Place, start: int, end: int) -> Iterator[Fault]:
    """The numbers in a part of a scalar, each moved by one, by five, and by ten times."""
    text = _text(place)
    for found in _tokens(text[start:end], _NUMBER):
        number = read_number(found[0])
        for new in moved(number, (Fraction(5),)) if number is not None else ():
            yield _one(pack, place, text, changed := text[: start + found.start()] + new + text[start + found.end() :], changed)


def _ends(pack: Pack) -> Iterator[Fault]:
    for place in pack.of("band", "tier", "full"):
        yield from _moved_in(pack, place, 0, len(_interval(_text(place))))
    for place in pack.of("anchor"):
        yield from _moved_in(pack, place, 0, _text(place).find(":"))


def _neighbours(pack: Pack, *kinds: str) -> Iterator[tuple[Place, Place]]:
    for one, other in pairwise(pack.of(*kinds)):
        if one.whole is other.whole:
            yield one, other


def _shared(one: Place, other: Place) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The numbers that two neighbours have in common, where both write it once."""
    first, second = ([*_tokens(_interval(_text(place)), _NUMBER)] for place in (one, other))
    for left in first:
        right = [match for match in second if match[0] == left[0]]
        if len(right) == 1:
            yield left, right[0]


def _replaced(text: str, found: re.Match[str], new: str) -> str:
    return text[: found.start()] + new + text[found.end() :]


def _both(pack: Pack, one: Place, other: Place, texts: tuple[str, str]) -> Fault:
    """Two scalars changed, which together are one fault."""
    changes = [pack.page.rewritten(place.node, text) for place, text in zip((one, other), texts, strict=True) if isinstance(place.node, Scalar)]
    return one, f"{_text(one)} | {_text(other)}", " | ".join(texts), tuple(changes)


def _cuts(*kinds: str) -> Operator:
    def made(pack: Pack) -> Iterator[Fault]:
        for one, other in _neighbours(pack, *kinds):
            for left, right in _shared(one, other):
                number = read_number(left[0])
                for new in moved(number, (Fraction(-5),))[:3] if number is not None else ():
                    yield _both(pack, one, other, (_replaced(_text(one), left, new), _replaced(_text(other), right, new)))
                yield from _given_away(pack, one, other, left, right)

    return made


def _beside(text: str, number: re.Match[str]) -> re.Match[str] | None:
    """The sign that says whether a number belongs to its interval."""
    sides = [side for side in _tokens(text, _SIDE) if side[0] in _OPENED]
    return next((side for side in sides if side.end() == number.start() or side.start() in (number.end(), number.end() + 1)), None)


def _given_away(pack: Pack, one: Place, other: Place, left: re.Match[str], right: re.Match[str]) -> Iterator[Fault]:
    """The number belongs to the other of both, where both say so by a sign."""
    first, second = _beside(_text(one), left), _beside(_text(other), right)
    if first is not None and second is not None:
        yield _both(pack, one, other, (_replaced(_text(one), first, _OPENED[first[0]]), _replaced(_text(other), second, _OPENED[second[0]])))


def _opened(pack: Pack) -> Iterator[Fault]:
    for place in pack.of("band", "tier", "full", "grade-range"):
        text = _text(place)
        for side in _tokens(_interval(text), _SIDE):
            new = _OPENED.get(side[0], "")
            yield _one(pack, place, text, changed := _replaced(text, side, new), changed)
    yield from _formulas(pack, lambda formula: formula.compared(flipped=False), *_CONDITIONS, "measure")


def _flipped(pack: Pack) -> Iterator[Fault]:
    for place in pack.of("band", "tier", "full", "grade-range"):
        text = _text(place)
        for sign in _tokens(_interval(text), _SIGN):
            yield _one(pack, place, text, changed := _replaced(text, sign, _TURNED[sign[0]]), changed)
    for place in pack.of("direction"):
        yield _one(pack, place, _text(place), new := _DIRECTIONS[_text(place)], new)
    yield from _formulas(pack, lambda formula: formula.compared(flipped=True), *_CONDITIONS, "measure")
    words = {word: (other,) for word, other in _DIRECTIONS.items()}
    yield from _formulas(pack, lambda formula: formula.names(words), *_CONDITIONS)


def _formulas(pack: Pack, put: Callable[[Expression], Iterator[Put]], *kinds: str) -> Iterator[Fault]:
    for place in pack.of(*kinds):
        if _text(place):
            yield from (_one(pack, place, made.old, made.new, made.text) for made in put(Expression(_text(place))))


def _without(*kinds: str) -> Operator:
    def made(pack: Pack) -> Iterator[Fault]:
        for place in pack.of(*kinds):
            if place.whole is not None:
                yield place, _shown(place), "", (pack.page.without(place.whole, place.number),)

    return made


def _shown(place: Place) -> str:
    """A few words of what is taken out."""
    if isinstance(place.whole, Mapping):
        return f"{place.whole.entries[place.number].key.text}: {_text(place)}"
    return _text(place) or place.owner


def _amounts(pack: Pack) -> Iterator[Fault]:
    for place in pack.of("band", "item", "anchor"):
        text = _text(place)
        if place.kind == "item":
            yield from _moved_in(pack, place, 0, len(text))
        elif (found := _AMOUNT.search(text)) is not None:
            yield from _moved_in(pack, place, found.start() if place.kind == "band" else text.find(":"), len(text))


def _amounts_swapped(pack: Pack) -> Iterator[Fault]:
    for one, other in _neighbours(pack, "band", "anchor"):
        texts = [_text(place) for place in (one, other)]
        amounts = [_AMOUNT.search(text) for text in texts]
        if amounts[0] and amounts[1] and amounts[0][0] != amounts[1][0]:
            new = tuple(
                _replaced(text, found, other[0]) for text, found, other in zip(texts, amounts, reversed(amounts), strict=True) if found and other
            )
            yield _both(pack, one, other, (new[0], new[1]))
    for one, other in _neighbours(pack, "item"):
        if _text(one) != _text(other) and _text(one) and _text(other):
            yield _both(pack, one, other, (_text(other), _text(one)))


def _numbers(*kinds: str) -> Operator:
    def made(pack: Pack) -> Iterator[Fault]:
        for place in pack.of(*kinds):
            yield from _moved_in(pack, place, 0, len(_text(place)))

    return made


def _scaled(*kinds: str) -> Operator:
    """Numbers that say how much: doubled, halved, ten times, a tenth."""

    def made(pack: Pack) -> Iterator[Fault]:
        for place in pack.of(*kinds):
            text = _text(place)
            for found in _tokens(text, _NUMBER):
                number = read_number(found[0]) or Fraction(0)
                for new in (number * 2, number / 2, number * 10, number / 10, number * 11 / 10) if number else ():
                    yield _one(pack, place, text, changed := _replaced(text, found, format_number(new)), changed)

    return made


def _weights_swapped(pack: Pack) -> Iterator[Fault]:
    known: dict[int, list[Place]] = {}
    for place in pack.of("points"):
        known.setdefault(id(place.whole), []).append(place)
    for together in known.values():
        for one, other in combinations(together, 2):
            if _text(one) != _text(other):
                yield _both(pack, one, other, (_text(other), _text(one)))


def _labels_swapped(pack: Pack) -> Iterator[Fault]:
    text = pack.page.text
    for one, other in combinations(pack.of("grade-label"), 2):
        (start, end), (low, high) = pack.page.ends(one.node), pack.page.ends(other.node)
        changes = (Change(start, end, text[low:high]), Change(low, high, text[start:end]))
        yield one, f"{one.owner} | {other.owner}", f"{other.owner} | {one.owner}", changes
    yield from _without("grade")(pack)


def _totals(pack: Pack) -> Iterator[Fault]:
    """The total as one writes it who forgot a part, or counted one twice."""
    for place in pack.of("total"):
        number = read_number(_text(place))
        for more in (1, -1, 5, -5, 10, -10) if number is not None else ():
            if number is not None and number + more > 0:
                yield _one(pack, place, _text(place), new := format_number(number + more), new)


def _limits(pack: Pack) -> Iterator[Fault]:
    yield from _numbers("limit")(pack)
    yield from _scaled("limit")(pack)
    yield from _without("limit")(pack)


def _places(pack: Pack) -> Iterator[Fault]:
    for place in pack.of("places"):
        yield from (_one(pack, place, _text(place), new, new) for new in ("0", "1", "2", "3", "4", "5") if new != _text(place))


def _conditions(pack: Pack) -> Iterator[Fault]:
    yield from _formulas(pack, Expression.conditions, *_CONDITIONS)
    yield from _formulas(pack, Expression.branches, "measure")
    yield from _without("applicable", "otherwise", "variant", "case", "gate")(pack)


def _arithmetic(pack: Pack) -> Iterator[Fault]:
    yield from _formulas(pack, Expression.arithmetic, "measure", *_CONDITIONS)
    yield from _formulas(pack, Expression.operands, "measure", *_CONDITIONS)


def _names(pack: Pack) -> Iterator[Fault]:
    others = neighbours(pack)
    yield from _formulas(pack, lambda formula: formula.names(others), "measure", *_CONDITIONS)


def neighbours(pack: Pack) -> dict[str, tuple[str, ...]]:
    """For every name of a formula the names that stand before and behind it in its list: facts of its kind, choices of its fact, cells of a row."""
    lists: dict[str, list[str]] = {"budget": list(dict.fromkeys(BUDGET_NAMES)), "row": ["实际", "目标", "完成率"]}
    lists["budget"] = [name for name in lists["budget"] if not name.isascii()]
    for fact in pack.rules.facts:
        if not fact.choices:
            lists.setdefault(fact.kind, []).append(fact.name)
        else:
            lists[fact.name] = [f"{fact.name}.{word}" for word, _ in fact.choices]
    ids = [node.id for variant in pack.rules.variants for top in variant.indicators for node in top.walk() if "-" not in node.id]
    for before in ("score", "rows"):
        lists[before] = [f"{before}.{name}" for name in dict.fromkeys(ids)]
    found: dict[str, tuple[str, ...]] = {}
    for names in lists.values():
        for number, name in enumerate(names):
            found[name] = tuple(dict.fromkeys(other for other in (names[number - 1], names[(number + 1) % len(names)]) if other != name))
    return found


def _words(pack: Pack) -> Iterator[Fault]:
    for place in pack.of("policy"):
        yield from (_one(pack, place, _text(place), word, word) for word in place.words if word != _text(place))
    for place in pack.of("default"):
        if _text(place) in _DENIED:
            yield _one(pack, place, _text(place), new := _DENIED[_text(place)], new)


def _methods(pack: Pack) -> Iterator[Fault]:
    for place in pack.of("method"):
        if _text(place) in _METHODS:
            yield _one(pack, place, _text(place), new := _METHODS[_text(place)], new)


def _units(pack: Pack) -> Iterator[Fault]:
    """Money in 元 for 万元, per cent for a number, and no unit at all."""
    for place in pack.of("unit"):
        others = ("元", "%") if _text(place) == "万元" else ("万元", "%", "人")
        yield from (_one(pack, place, _text(place), new, new) for new in others if new != _text(place))
    yield from _without("unit")(pack)


#: Every operator by its name: what it does, and its mutants.
OPERATORS: dict[str, tuple[str, Operator]] = {
    "end-moved": ("an end of a band, tier, anchor or full-points interval moved", _ends),
    "end-opened": ("an end opened or closed: `[` for `(`, > for ≥", _opened),
    "cut-moved": ("the end that two bands or tiers share moved, or given to the other, in both", _cuts("band", "tier")),
    "turned-round": ("≥ for ≤, higher for lower (正向 for 反向)", _flipped),
    "band-dropped": ("a band, tier, level, item or anchor taken out", _without("band", "tier", "item", "anchor")),
    "band-points": ("the points of a band, level, item or anchor changed", _amounts),
    "band-points-swapped": ("the points of two neighbours swapped", _amounts_swapped),
    "weight": ("the points of an indicator changed", _numbers("points")),
    "weights-swapped": ("the points of two indicators of one group swapped", _weights_swapped),
    "total": ("the total points changed", _totals),
    "limit": ("a cap, floor, pass gate, base or most changed or taken out", _limits),
    "step-size": ("the size of a step changed", _scaled("every")),
    "step-loss": ("what a step loses or gains changed", _scaled("lose")),
    "grade-labels": ("the labels of two grades swapped, or a grade taken out", _labels_swapped),
    "grade-end": ("an end of a grade moved", _numbers("grade-range")),
    "grade-cut": ("the end that two grades share moved, or given to the other, in both", _cuts("grade-range")),
    "operator": ("× for ÷, + for −; what is divided or subtracted from swapped", _arithmetic),
    "fact": ("a fact replaced by its neighbour of the same kind", _names),
    "constant": ("a number in a formula or condition changed", lambda pack: _formulas(pack, Expression.numbers, "measure", *_CONDITIONS)),
    "condition": ("a condition denied or left out, a part of it left out, a variant, case or gate taken out", _conditions),
    "policy": ("another word for what does not apply, how parts add up, what a part of a step counts, what counts where nothing is said", _words),
    "places": ("rounded to another place", _places),
    "unit": ("another unit of a fact, or none", _units),
    "indicator-dropped": ("an indicator taken out", _without("indicator")),
    "method": ("another scoring method", _methods),
    "rounding-dropped": ("a rounding taken out", _without("rounding-entry")),
}
