"""Items that a form says were met, or occurred, to the points that they stand for."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from perfscore.forms.facts import FactReader
from perfscore.model.form import Cell
from perfscore.model.measure import Absence, Number, Ticked
from perfscore.model.rules import Indicator, MethodUse
from perfscore.scoring.methods import find
from perfscore.scoring.methods._items import Item
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.interval import Interval
from perfscore.text.nearest import nearest
from perfscore.text.phrase import Phrase, listed
from perfscore.text.printed import Blank, NotApplicable, Quantity, bare, format_number, read_printed

Report = Callable[[Diagnostic], None]
_YES = frozenset(("是", "有", "已", "true", "√", "符合", "达到"))
_NO = frozenset(("否", "没有", "无", "未", "false", "×", "不符合", "未达到"))


def ticked(rule: Indicator, use: MethodUse, facts: FactReader, report: Report) -> Ticked | Absence:
    """The measure of a checklist or of demerits; an item that the rule does not have is said, and nothing is guessed about it."""
    said = facts.items(rule.fact)
    if isinstance(said, Absence):
        return said
    method = find(use.name)
    items: tuple[Item, ...] = method.items(use.parameters, rule.points or Fraction(0)) if method is not None else ()
    known = {bare(item.label): item for item in items}
    amounts: list[tuple[str, Fraction, Fraction, Cell | None]] = []
    met: set[str] = set()
    denied: dict[str, Cell] = {}
    for label, cell in said.items():
        item = known.get(bare(label))
        if item is not None and (item.label in denied or item.label in met):
            found: tuple[Fraction, Fraction] | Diagnostic | None = _twice(rule, item, cell)
        else:
            found = _unknown(rule, label, cell, known) if item is None else _amount(rule, item, cell)
        if isinstance(found, Diagnostic):
            report(found)
            return Absence("missing", found.says)
        if item is not None and found is not None:
            amounts.append((item.label, *found, cell))
            met.add(item.label)
        elif item is not None:
            denied[item.label] = cell
    least = sum((low for _, low, _, _ in amounts), Fraction(0))
    most = sum((high for _, _, high, _ in amounts), Fraction(0))
    value: Number = least if least == most else Interval(least, most, low_closed=True, high_closed=True)
    lacking = tuple((item.label, item.least, item.most, denied.get(item.label)) for item in items if item.label not in met)
    return Ticked(value, tuple(amounts), lacking, next(iter(said.values()), None))


def _twice(rule: Indicator, item: Item, cell: Cell) -> Diagnostic:
    """Two spellings of one item (有制度, 有 制度) would count it twice."""
    says = Phrase(f"{rule.label.zh}的“{item.label}”写了两次", f"“{item.label}” of {rule.label.en} is there twice")
    return Diagnostic("fact-shape", says, cell.span, severity="warning")


def _unknown(rule: Indicator, label: str, cell: Cell, known: dict[str, Item]) -> Diagnostic:
    near = nearest(label, [item.label for item in known.values()])
    every = listed([item.label for item in known.values()])
    hint = Phrase(f"规则里有：{every.zh}", f"the rules have: {every.en}")
    hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else hint
    says = Phrase(f"{rule.label.zh}没有“{label}”这一项", f"{rule.label.en} has no item “{label}”")
    return Diagnostic("unknown-item", says, cell.span, hint, severity="warning")


def _amount(rule: Indicator, item: Item, cell: Cell) -> tuple[Fraction, Fraction] | Diagnostic | None:
    """What an item counts, least and most: nothing if it was not met, and what a reviewer chose where the rule leaves a choice."""
    written = cell.text.strip()
    if written in _YES:
        return item.least, item.most
    read = read_printed(written)
    if written in _NO or isinstance(read, Blank | NotApplicable):
        return None
    if isinstance(read, Quantity) and read.form == "exact" and read.low is not None and (read.unit is None or read.unit.kind == "points"):
        if read.low == 0:
            return None
        if item.least <= read.low <= item.most:
            return read.low, read.low
        shown = format_number(item.least) if item.least == item.most else f"{format_number(item.least)}–{format_number(item.most)}"
        says = Phrase(
            f"{rule.label.zh}的“{item.label}”记 {written} 分，规则是 {shown} 分",
            f"“{item.label}” of {rule.label.en} counts {written} points, the rule says {shown}",
        )
        return Diagnostic("item-outside-range", says, cell.span, severity="warning")
    says = Phrase(f"“{item.label}”应填 是、否或分数，写的是 {written}", f"“{item.label}” should say yes (是), no (否) or points, not {written}")
    return Diagnostic("unreadable-value", says, cell.span, severity="warning")
