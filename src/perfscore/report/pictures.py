"""The curves of a plan to one sheet of small pictures, as SVG: what gives how many points, at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from perfscore.model.curve import Curve, Line, Piece
from perfscore.model.plan import Plan
from perfscore.model.rules import Indicator
from perfscore.report.ways import Way, Ways, labels_of
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.printed import format_number
from perfscore.views.terminal import wrap

#: Everything is drawn in tenths of a pixel, so that every coordinate is a whole number.
_CARD, _HIGH, _GAP, _ACROSS = 2100, 1560, 100, 4
_LEFT, _RIGHT, _TOP, _BOTTOM = 260, 160, 440, 300
#: A line of the head, and how many halves of a Han character (they are as wide as they are high) it holds.
_LINE_HIGH, _HALVES = 155, 28
_INK, _FAINT, _LINE, _FILL = "#1f2933", "#7b8794", "#2563a8", "#bcd4ee"


class _Frame(NamedTuple):
    """Where measures and points lie on a card."""

    left: int
    top: int
    low: Fraction
    high: Fraction
    least: Fraction
    most: Fraction

    def x(self, measure: Fraction) -> int:
        """The place of a measure across."""
        wide = _CARD - _LEFT - _RIGHT
        return self.left + _LEFT + int(wide * (measure - self.low) / (self.high - self.low))

    def y(self, points: Fraction) -> int:
        """The place of points, counted from above."""
        high = _HIGH - _TOP - _BOTTOM
        return self.top + _TOP + high - int(high * (points - self.least) / (self.most - self.least))


def sheet(plan: Plan, lang: Lang) -> str:
    """One card for every way of giving points, headed by the indicators that use it; an empty text for a rule set that has none."""
    ways = Ways(plan)
    if not ways.every:
        return ""
    users = _users(plan, ways)
    shares = frozenset(fact.name for fact in plan.rules.facts if fact.unit == "%")
    cards = [(way, users[way.number], _head(users[way.number], lang)) for way in ways.every]
    rows = [cards[at : at + _ACROSS] for at in range(0, len(cards), _ACROSS)]
    # Every head of a row is as high as its highest, so that the curves stand side by side.
    heads = [_LINE_HIGH * (max(len(head) for _, _, head in row) - 1) for row in rows]
    wide, high = min(len(cards), _ACROSS) * (_CARD + _GAP) + _GAP, sum(heads) + len(rows) * (_HIGH + _GAP) + _GAP
    title = _escaped(plan.rules.title.text(lang))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide // 10}" height="{high // 10}">',
        f"<title>{title}</title>",
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        '<g font-family="system-ui, sans-serif">',
    ]
    top = _GAP
    for row, more in zip(rows, heads, strict=True):
        for right, (way, found, head) in enumerate(row):
            left = _GAP + right * (_CARD + _GAP)
            parts.append(_rectangle(left, top, _HIGH + more))
            parts += _title(way, head, left, top + more, lang)
            parts += _card(way, found, shares, left, top + more)
        top += _HIGH + more + _GAP
    return "\n".join([*parts, "</g>", "</svg>"]) + "\n"


def _users(plan: Plan, ways: Ways) -> dict[int, list[Indicator]]:
    """The indicators of each way, each label once."""
    found: dict[int, dict[str, Indicator]] = {way.number: {} for way in ways.every}
    for tree in (plan.trees[-1], *plan.trees[:-1]):
        for top in tree.indicators:
            for node in top.walk():
                for leaf in (node, *(case.rule for case in node.cases)):
                    for way in ways.of(leaf):
                        found[way.number].setdefault(leaf.label.zh, leaf)
    return {number: list(users.values()) for number, users in found.items()}


def _head(users: list[Indicator], lang: Lang) -> list[str]:
    """The indicators of a card, in lines."""
    joined = Phrase("、".join(user.label.zh for user in users), ", ".join(user.label.en for user in users)).text(lang)
    return [line for line, _ in wrap(joined, _HALVES)]


def _rectangle(left: int, top: int, high: int) -> str:
    return f'<rect x="{left}" y="{top}" width="{_CARD}" height="{high}" rx="60" fill="#f5f7fa" stroke="#cbd2d9" stroke-width="10"/>'


def _title(way: Way, head: list[str], left: int, top: int, lang: Lang) -> Iterator[str]:
    """The indicators, the last line of them right above the name of the method."""
    for left_over, line in zip(range(len(head) - 1, -1, -1), head, strict=True):
        yield _text(left + 120, top + 190 - left_over * _LINE_HIGH, line, 130, weight="600")
    kind = f" · {way.kind.text(lang)}" if way.kind is not None else ""
    yield _text(left + 120, top + 340, f"{way.name.text(lang)}{kind}", 105, _FAINT)


def _card(way: Way, users: list[Indicator], shares: frozenset[str], left: int, top: int) -> Iterator[str]:
    least, most = _span(way.curve)
    if any(takes in ("label", "judgement") for takes, _ in users[0].methods) and way.method.TAKES in ("label", "judgement"):
        frame = _Frame(left, top, Fraction(0), Fraction(len(way.curve.pieces)), least, most)
        yield from _axes(frame, way)
        yield from _steps(frame, way.curve.pieces, labels_of(users[0]))
        return
    low, high = _ends(way.curve)
    frame = _Frame(left, top, low, high, least, most)
    yield from _axes(frame, way)
    rate = way.method.TAKES == "number" and (way.open or any(_rate(user, shares) for user in users))
    yield from _marks(frame, way.curve, rate=rate)
    yield from _lines(frame, way.curve.pieces)


def _rate(leaf: Indicator, shares: frozenset[str]) -> bool:
    """Whether the measure is a rate, which people read in per cent."""
    formula = leaf.measure
    return formula is not None and (bool({"/", "÷"} & set(formula.text)) or any(read.name in shares for read in formula.reads))


def _span(curve: Curve) -> tuple[Fraction, Fraction]:
    """The points that the picture shows, from none (or what a malus takes) to the most."""
    most = max(curve.points, curve.points if curve.most is None else curve.most)
    least = min(Fraction(0), curve.least)
    return least, most if most > least else least + 1


def _breaks(curve: Curve) -> list[Fraction]:
    return sorted({end for piece in curve.pieces for end in (piece.on.low, piece.on.high) if end is not None})


def _ends(curve: Curve) -> tuple[Fraction, Fraction]:
    """The measures that the picture shows: all ends of pieces, and a sixth more where the curve goes on."""
    found = _breaks(curve) or [Fraction(0), Fraction(1)]
    low, high = found[0], found[-1]
    more = (high - low) / 6 if high > low else abs(high) / 6 or Fraction(1)
    domain = curve.domain
    low, high = (low - more if domain.low is None else low), (high + more if domain.high is None else high)
    return low, high if high > low else low + 1


def _axes(frame: _Frame, way: Way) -> Iterator[str]:
    x, right = frame.x(frame.low), frame.x(frame.high)
    for points in sorted({frame.least, Fraction(0), way.curve.points, frame.most}):
        y = frame.y(points)
        yield f'<line x1="{x}" y1="{y}" x2="{right}" y2="{y}" stroke="{"#9aa5b1" if not points else "#e4e7eb"}" stroke-width="8"/>'
        # Rows of the form bring their own points, and every 100 of them are drawn.
        yield _text(x - 50, y + 38, format_number(points) + ("%" if way.open else ""), 105, _FAINT, anchor="end")


def _marks(frame: _Frame, curve: Curve, *, rate: bool) -> Iterator[str]:
    """The ends of pieces along the lower edge, as many as find room."""
    base, last = frame.y(frame.least), -(10**9)
    for end in _breaks(curve):
        shown = f"{format_number(end * 100)}%" if rate else format_number(end)
        x, wide = frame.x(end), 66 * len(shown)
        if "/" in shown or x - wide // 2 < last + 60:
            continue
        last = x + wide // 2
        yield f'<line x1="{x}" y1="{base}" x2="{x}" y2="{base + 40}" stroke="#9aa5b1" stroke-width="8"/>'
        yield _text(x, base + 160, shown, 105, _FAINT, anchor="middle")


def _lines(frame: _Frame, pieces: tuple[Piece, ...]) -> Iterator[str]:
    for place, piece in enumerate(pieces):
        low = frame.low if piece.on.low is None else piece.on.low
        high = frame.high if piece.on.high is None else piece.on.high
        x1, x2, y1, y2 = frame.x(low), frame.x(high), _at(frame, piece.upper, low), _at(frame, piece.upper, high)
        if low < high:
            yield f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{_LINE}" stroke-width="26" stroke-linecap="round"/>'
        before = pieces[place - 1] if place else None
        if before is not None and before.upper.at(low) != piece.upper.at(low):
            # Where the curve jumps, the dot says to whom the end belongs.
            yield from _dots(x1, _at(frame, before.upper, low), y1, below=not piece.on.low_closed)
        elif low == high:
            yield f'<circle cx="{x1}" cy="{y1}" r="34" fill="{_LINE}"/>'


def _dots(x: int, before: int, after: int, *, below: bool) -> Iterator[str]:
    for y, full in ((before, below), (after, not below)):
        yield f'<circle cx="{x}" cy="{y}" r="34" fill="{_LINE if full else "#ffffff"}" stroke="{_LINE}" stroke-width="16"/>'


def _at(frame: _Frame, line: Line, measure: Fraction) -> int:
    return frame.y(min(max(line.at(measure), frame.least), frame.most))


def _steps(frame: _Frame, pieces: tuple[Piece, ...], labels: tuple[str, ...]) -> Iterator[str]:
    """A bar for every level, from the least to the most that a judge may give in it."""
    for place, piece in enumerate(pieces):
        x1, x2 = frame.x(Fraction(place)) + 30, frame.x(Fraction(place + 1)) - 30
        high, low = frame.y(piece.upper.intercept), frame.y(piece.lower.intercept if piece.lower != piece.upper else frame.least)
        yield f'<rect x="{x1}" y="{high}" width="{x2 - x1}" height="{max(low - high, 12)}" fill="{_FILL}" stroke="{_LINE}" stroke-width="12"/>'
        if place < len(labels):
            room = max((x2 - x1) // 52, 2)
            yield _text((x1 + x2) // 2, frame.y(frame.least) + 160, _cut(labels[place], room), 100, _FAINT, anchor="middle")


def _text(x: int, y: int, text: str, size: int, fill: str = _INK, *, anchor: str = "start", weight: str = "400") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" text-anchor="{anchor}" font-weight="{weight}">{_escaped(text)}</text>'


def _cut(text: str, halves: int) -> str:
    """As much of a text as so many half characters hold."""
    wide = 0
    for place, character in enumerate(text):
        wide += 1 if character.isascii() else 2
        if wide > halves:
            return text[: max(place - 1, 1)] + "…"
    return text


def _escaped(text: str) -> str:
    # Texts of rule files are a stranger's: nothing of them may become a mark of the picture.
    plain = "".join(c for c in text if c.isprintable())
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
