"""The ways in which a plan gives points, each named once, between its indicators and the pages that show them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import Curve, Line, Piece
from perfscore.model.plan import Plan, Tree
from perfscore.model.rules import Indicator, MethodUse, Takes, Variant
from perfscore.scoring.methods import Method, curve_of, find
from perfscore.text.diagnostic import Rejected
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import format_number
from perfscore.text.source import Span
from perfscore.views.outline import Column, Row, Table

#: What a row of the form is drawn for: its points are the form's, and every piece is a share of them.
TRIAL = Fraction(100)
#: More pieces than this are counted and not listed: the steps of a deduction differ in their number only.
_MOST_PIECES = 12
_KINDS: dict[Takes, Phrase] = {
    "number": Phrase("数量", "quantity"),
    "label": Phrase("文字", "words"),
    "judgement": Phrase("文字", "words"),
    "days": Phrase("日期", "date"),
    "items": Phrase("要点", "items"),
}

_HEADS: dict[Takes, Phrase] = {
    "number": Phrase("测算值", "measure"),
    "days": Phrase("逾期天数", "days late"),
    "items": Phrase("各项合计", "items added up"),
}


class Way(NamedTuple):
    """One curve with the method that drew it; `kind` is the kind of target it is for, where a group has several."""

    number: int
    kind: Phrase | None
    method: Method
    #: The scoring standard in words.
    told: Phrase
    curve: Curve
    points: Fraction
    #: Whether the points are the form's, and the curve is drawn for `TRIAL`.
    open: bool
    span: Span

    @property
    def mark(self) -> str:
        """① to ⑳, then (21)."""
        return chr(0x2460 + self.number - 1) if self.number <= 20 else f"({self.number})"

    @property
    def name(self) -> Phrase:
        """What the method is called in rule files."""
        return Phrase(self.method.ZH, self.method.NAME)

    def title(self, lang: Lang) -> str:
        """The mark, the method's name, the kind of target, and what the method does, in its own words."""
        says = self.method.SAYS
        if lang == "zh":
            return f"{self.mark} {self.name.zh}{f'（指标值是{self.kind.zh}的）' if self.kind else ''}：{says.zh}"
        return f"{self.mark} {self.name.en}{f' (targets of kind {self.kind.en})' if self.kind else ''}: {says.en}"


class Ways:
    """Every way of a plan in the order in which its indicators use them; equal ways are one."""

    def __init__(self, plan: Plan) -> None:
        self.every: list[Way] = []
        self._known: dict[object, Way] = {}
        self._of: dict[int, tuple[Way, ...]] = {}
        for tree in (plan.trees[-1], *plan.trees[:-1]):
            for top in tree.indicators:
                for node in top.walk():
                    for leaf in (node, *(case.rule for case in node.cases)):
                        if leaf.methods and not leaf.children and id(leaf) not in self._of:
                            self._of[id(leaf)] = tuple(self._leaf(leaf, tree))

    def of(self, leaf: Indicator) -> tuple[Way, ...]:
        """How a leaf, or the rows of an open group, are scored."""
        return self._of.get(id(leaf), ())

    def _leaf(self, leaf: Indicator, tree: Tree) -> Iterator[Way]:
        for number, (takes, use) in enumerate(leaf.methods):
            kind = _KINDS[takes] if len(leaf.methods) > 1 else None
            if leaf.open:
                yield self._way(kind, use, curve_of(leaf, number, TRIAL), TRIAL, open_=True)
            elif leaf.key in tree.curves:
                yield self._way(kind, use, tree.curves[leaf.key], leaf.points or Fraction(0), open_=False)
            elif (drawn := _without_points(leaf, number)) is not None:
                yield self._way(kind, use, drawn, TRIAL, open_=True)

    def _way(self, kind: Phrase | None, use: MethodUse, curve: Curve, points: Fraction, *, open_: bool) -> Way:
        pieces = tuple((piece.on, piece.lower, piece.upper, piece.reason) for piece in curve.pieces)
        told = _method(use).told(use.parameters, None if open_ else points)
        known = (kind, use.name, told, pieces, points, open_)
        if known not in self._known:
            self._known[known] = Way(len(self.every) + 1, kind, _method(use), told, curve, points, open_, use.span)
            self.every.append(self._known[known])
        return self._known[known]


def standards(leaf: Indicator, lang: Lang) -> tuple[str, ...]:
    """The scoring standard of a leaf, or of the rows of an open group, in words: `数量：按完成比例记分，满分为止` where it depends on the target."""
    points = None if leaf.open else leaf.points
    uses = sorted(leaf.methods if not leaf.children else (), key=lambda use: [*_KINDS].index(use[0]))
    found = []
    for takes, use in uses:
        zh, en = _method(use).told(use.parameters, points)
        if leaf.counts == "malus":
            # What is scored is then taken away.
            zh, en = f"扣分数：{zh.replace('不得分', '不扣分')}", f"points taken: {en}"
        if len(uses) > 1:
            zh, en = f"{_KINDS[takes].zh}：{zh}", f"{_KINDS[takes].en}: {en}"
        found.append(zh if lang == "zh" else en)
    return tuple(found)


def words_asked(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The items or labels that a fact may say, by the name of the fact, where a method asks for them."""
    found: dict[str, dict[str, None]] = {}
    for tree in plan.trees:
        for top in tree.indicators:
            for node in top.walk():
                for leaf in (node, *(case.rule for case in node.cases)):
                    if leaf.fact:
                        found.setdefault(leaf.fact, {}).update(dict.fromkeys(labels_of(leaf)))
    return {name: tuple(labels) for name, labels in found.items()}


def labels_of(leaf: Indicator) -> tuple[str, ...]:
    """The items or labels of a leaf's methods, in the order of the rule file."""
    found: list[str] = []
    for takes, use in leaf.methods:
        method = _method(use)
        if takes == "items":
            found += (item.label for item in method.items(use.parameters, leaf.points or Fraction(0)))
        elif takes in ("label", "judgement"):
            found += method.labels(use.parameters)
    return tuple(found)


def _without_points(leaf: Indicator, number: int) -> Curve | None:
    """The curve of a leaf of a template, which leaves its points to whoever extends it; None where its amounts are points already."""
    try:
        return curve_of(leaf, number, TRIAL)
    except Rejected:
        return None


def _method(use: MethodUse) -> Method:
    found = find(use.name)
    if found is None:
        raise ValueError(use.name)
    return found


def in_short(ways: tuple[Way, ...], lang: Lang) -> str:
    """`数量①，文字②`, which way for which kind of target; `①分档` where there is one for all."""
    if lang == "zh":
        return "，".join(f"{way.kind.zh}{way.mark}" if way.kind is not None else f"{way.mark}{way.name.zh}" for way in ways)
    return ", ".join(f"{way.kind.en} {way.mark}" if way.kind is not None else f"{way.mark} {way.name.en}" for way in ways)


def pieces_table(way: Way, lang: Lang) -> Table:
    """The pieces of a way: where each holds, the points it gives and why; the middle of very many is counted."""
    columns = (Column(_head(way).text(lang)), Column(_score_head(way).text(lang)), Column(Phrase("说明", "meaning").text(lang), weight=1, least=20))
    pieces = way.curve.pieces
    if len(pieces) <= _MOST_PIECES:
        return Table(columns, tuple(_piece(piece, lang) for piece in pieces))
    half = _MOST_PIECES // 2
    left = len(pieces) - 2 * half
    gap = Row(("…", "…", Phrase(f"中间还有 {left} 段", f"{left} more in between").text(lang)), "weak")
    return Table(columns, (*(_piece(p, lang) for p in pieces[:half]), gap, *(_piece(p, lang) for p in pieces[-half:])))


def _head(way: Way) -> Phrase:
    return _HEADS.get(way.method.TAKES, Phrase("次序", "place"))


def _score_head(way: Way) -> Phrase:
    points = format_number(way.points)
    return Phrase(f"得分（每 {points} 分）", f"score (of each {points})") if way.open else Phrase(f"得分（满分 {points}）", f"score (of {points})")


def _piece(piece: Piece, lang: Lang) -> Row:
    return Row((str(piece.on), _lines(piece, lang), piece.reason.text(lang)))


def _lines(piece: Piece, lang: Lang) -> str:
    if piece.lower == piece.upper:
        return _line(piece.upper, lang)
    ends = f"[{_line(piece.lower, lang)},{_line(piece.upper, lang)}{')' if piece.upper_open else ']'}"
    return Phrase(f"{ends} 内评定", f"judged in {ends}").text(lang)


def _line(line: Line, lang: Lang) -> str:
    if not line.slope:
        return format_number(line.intercept)
    name = Phrase("测算值", "measure").text(lang)
    sign = "-" if line.slope < 0 else ""
    slope = f"{sign}{name}" if abs(line.slope) == 1 else f"{format_number(line.slope)} × {name}"
    if not line.intercept:
        return slope
    return f"{slope} {'+' if line.intercept > 0 else '-'} {format_number(abs(line.intercept))}"


class Change(NamedTuple):
    """What a variant does to an indicator of the base; `points` are those before and after."""

    indicator: Indicator
    what: str
    points: tuple[Fraction | None, Fraction | None]

    def text(self, lang: Lang) -> str:
        """`产出指标：40 → 50 分`."""
        label, (before, after) = self.indicator.label.text(lang), ("—" if p is None else format_number(p) for p in self.points)
        match self.what:
            case "removed":
                told = Phrase(
                    f"{label}：取消（原 {before} 分）" if before != "—" else f"{label}：取消",
                    f"{label}: taken out" + (f" ({before} points)" if before != "—" else ""),
                )
            case "added":
                told = Phrase(
                    f"{label}：增加，{after} 分" if after != "—" else f"{label}：增加",
                    f"{label}: added" + (f", {after} points" if after != "—" else ""),
                )
            case "points":
                told = Phrase(f"{label}：{before} → {after} 分", f"{label}: {before} → {after} points")
            case _:
                told = Phrase(f"{label}：记分办法不同", f"{label}: scored in another way")
        return told.text(lang)


def changes(base: Variant, variant: Variant) -> Iterator[Change]:
    """What a variant changes, in the order of the tree; what goes with its group is not said again."""
    before = {node.id: node for top in base.indicators for node in top.walk()}
    after = {node.id: node for top in variant.indicators for node in top.walk()}
    yield from _removed(base.indicators, after)
    for node in after.values():
        old = before.get(node.id)
        if old is None:
            yield Change(node, "added", (None, node.points))
            continue
        if old.points != node.points:
            yield Change(node, "points", (old.points, node.points))
        if _rule(old) != _rule(node):
            yield Change(node, "method", (old.points, node.points))


def _removed(nodes: tuple[Indicator, ...], after: dict[str, Indicator]) -> Iterator[Change]:
    for node in nodes:
        if node.id in after:
            yield from _removed(node.children, after)
        else:
            yield Change(node, "removed", (node.points, None))


def _rule(node: Indicator) -> tuple[object, ...]:
    texts = tuple(formula.text if formula is not None else "" for formula in (node.measure, node.applicable))
    methods = ((takes, use.name, use.span) for takes, use in node.methods)
    cases = ((case.when.text, _rule(case.rule)) for case in node.cases)
    return (*texts, node.otherwise, node.direction, node.aggregate, node.open, node.least, node.most, node.counts, node.fact, *methods, *cases)
