"""The methods of an indicator before and after to what each interval, label or item gave then and gives now."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from perfscore.model.curve import Curve, Line, Piece
from perfscore.model.rules import Indicator, MethodUse, Takes
from perfscore.report.ways import TRIAL
from perfscore.ruleset.printer import meaning
from perfscore.scoring.methods import Method, curve_of, find
from perfscore.text.diagnostic import Rejected
from perfscore.text.fields import Fields
from perfscore.text.interval import Interval
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import format_number
from perfscore.text.record import Record
from perfscore.text.shape import Choice, ListOf, Shape

#: More lines than this are counted and not listed.
_MOST = 12
#: What a target is, by what its method takes; a person's word and a person's score are both words on the form.
_KINDS: dict[Takes, Phrase] = {
    "number": Phrase("数量", "quantities"),
    "days": Phrase("日期", "dates"),
    "label": Phrase("文字", "words"),
    "judgement": Phrase("文字", "words"),
    "items": Phrase("要点", "items"),
}
_MEASURES: dict[Takes, Phrase] = {"number": Phrase("测算值", "measure"), "days": Phrase("逾期天数", "days late")}
_NOTHING = Phrase("没有规定", "not laid down")
_DEFAULT = Phrase("缺省", "the default")
_EACH = Phrase("以每 100 分计", "of each 100 points")


def turned(name: Phrase, before: Phrase, after: Phrase) -> Phrase:
    """`分值由 50 改为 40`."""
    return Phrase(f"{name.zh}由 {before.zh} 改为 {after.zh}", f"{name.en} {before.en} → {after.en}")


class How(NamedTuple):
    """What became of one method of an indicator, and of what it gives."""

    says: Phrase
    details: tuple[Phrase, ...] = ()


class _Use(NamedTuple):
    """One method of an indicator: its place among them, and how it is called."""

    rule: Indicator
    place: int
    takes: Takes
    use: MethodUse
    method: Method

    @property
    def name(self) -> Phrase:
        return Phrase(self.method.ZH, self.method.NAME)

    def curve(self, points: Fraction) -> Curve | None:
        """The curve for these points; None where the method cannot be laid out for them."""
        try:
            return curve_of(self.rule, self.place, points)
        except Rejected:
            return None


def _uses(rule: Indicator) -> dict[str, _Use]:
    """The methods by the kind of target they are for."""
    found = {}
    for place, (takes, use) in enumerate(() if rule.children else rule.methods):
        method = find(use.name)
        if method is not None:
            found[_KINDS[takes].en] = _Use(rule, place, takes, use, method)
    return found


def told(rule: Indicator) -> Phrase:
    """`由表填报，记分办法：数量用比例，文字用三档`."""
    uses = _uses(rule).values()
    if len(uses) == 1:
        parts = [use.name for use in uses]
    else:
        parts = [Phrase(f"{_KINDS[use.takes].zh}用{use.name.zh}", f"{use.name.en} for {_KINDS[use.takes].en}") for use in uses]
    said = Phrase("记分办法：" + "，".join(part.zh for part in parts), "method: " + ", ".join(part.en for part in parts))
    return Phrase(f"由表填报，{said.zh}", f"rows from the form, {said.en}") if rule.open else said


def method_changes(old: Indicator, new: Indicator) -> Iterator[How]:
    """What became of the methods; one that is only written in another way did not change."""
    was, now = _uses(old), _uses(new)
    several = len(was) > 1 or len(now) > 1
    for kind, use in now.items():
        what = Phrase(f"{_KINDS[use.takes].zh}的记分办法", f"the method for {kind}") if several else Phrase("记分办法", "the method")
        if kind in was:
            how = _changed(was[kind], use, what)
            if how is not None:
                yield how if not how.details or not new.open else how._replace(details=(_EACH, *how.details))
        elif was and not several:
            yield How(turned(what, *(one.name for one in (*was.values(), use))), tuple(_gives(use)))
        else:
            yield How(Phrase(f"增加{what.zh} {use.name.zh}", f"{what.en} {use.name.en} added"), tuple(_gives(use)))
    for kind, use in was.items():
        if kind not in now and (several or not now):
            yield How(Phrase(f"取消{_KINDS[use.takes].zh}的记分办法 {use.name.zh}", f"the method {use.name.en} for {kind} taken out"))


def _changed(was: _Use, now: _Use, what: Phrase) -> How | None:
    if was.use.name == now.use.name and meaning(was.use.parameters) == meaning(now.use.parameters):
        return None
    details = tuple(_compared(was, now))
    if was.use.name != now.use.name:
        return How(turned(what, was.name, now.name), details)
    says = Phrase(f"{what.zh}（{now.name.zh}）改动", f"{what.en} ({now.name.en}) changed")
    if details:
        return How(says, details)
    if not now.rule.open:
        # A rule file may say 5 of 5 points or 100 %, 0.8 or 80 %.
        return None
    return How(says, (Phrase("分数与占分值的百分数互换，结果相同", "points became shares of the points or the reverse, with the same result"),))


def _gives(use: _Use) -> Iterator[Phrase]:
    """What a method gives, in its own words."""
    curve = use.curve(TRIAL if use.rule.open else use.rule.points or TRIAL)
    reasons = [piece.reason for piece in curve.pieces] if curve is not None else []
    yield from _short(reasons)


def _short(lines: list[Phrase]) -> list[Phrase]:
    if len(lines) <= _MOST:
        return lines
    half, left = _MOST // 2, len(lines) - 2 * (_MOST // 2)
    return [*lines[:half], Phrase(f"…… 中间还有 {left} 段", f"… {left} more in between"), *lines[-half:]]


def _compared(was: _Use, now: _Use) -> Iterator[Phrase]:
    """What is different in what both give, for the points of now: what only follows from other points is none of the method's."""
    if was.use.name == now.use.name:
        yield from _parameters(now.method.PARAMETERS, was.use.parameters, now.use.parameters)
    points = TRIAL if now.rule.open else now.rule.points or TRIAL
    if was.takes == now.takes == "items":
        yield from _items(was, now, points)
        return
    one, other = was.curve(points) or was.curve(was.rule.points or TRIAL), now.curve(points)
    if one is None or other is None or _KINDS[was.takes] != _KINDS[now.takes]:
        yield from _gives(now)
    elif now.takes in _MEASURES:
        yield from _short(list(_stretches(one, other, now.takes)))
    else:
        yield from _labels(was, now, one, other)


def _parameters(shape: Shape, was: Fields, now: Fields) -> Iterator[Phrase]:
    """Parameters that have a name each; a list says what it gives by its curve."""
    for key in shape.keys if isinstance(shape, Record) else ():
        if isinstance(key.shape, ListOf) or meaning(was[key.name]) == meaning(now[key.name]):
            continue
        if isinstance(key.shape, Record) and key.name in was and key.name in now:
            for inside in _parameters(key.shape, was[key.name], now[key.name]):
                yield Phrase(f"{key.zh}：{inside.zh}", f"{key.name}: {inside.en}")
        else:
            yield turned(Phrase(key.zh, key.name), *(_value(key.shape, fields, key.name) for fields in (was, now)))


def _value(shape: Shape, fields: Fields, name: str) -> Phrase:
    if name not in fields:
        return _DEFAULT
    if isinstance(shape, Choice):
        return Phrase(shape.words[fields[name]], fields[name])
    span = fields.at(name)
    return same(span.written() or f"{span.source.name}:{span.line}")


# Stretches of the measure.


def _stretches(one: Curve, other: Curve, takes: Takes) -> Iterator[Phrase]:
    """Every interval in which the two give something else."""
    share = takes == "number" and any("%" in piece.reason.zh or piece.upper.slope for curve in (one, other) for piece in curve.pieces)
    name = _MEASURES[takes]
    for on, was, now in _merged(one, other):
        if was != now:
            shown = on.written(share=share)
            yield Phrase(
                f"{name.zh} {shown}：{_said(was, takes).zh} → {_said(now, takes).zh}",
                f"{name.en} {shown}: {_said(was, takes).en} → {_said(now, takes).en}",
            )


_Ends = tuple[Line, Line] | None


def _merged(one: Curve, other: Curve) -> list[tuple[Interval, _Ends, _Ends]]:
    """Where each holds with what both give, neighbours that give the same made one."""
    found: list[tuple[Interval, _Ends, _Ends]] = []
    for on, was in _everywhere(one):
        for at, now in _everywhere(other):
            part = on.meet(at)
            if part.empty():
                continue
            if found and found[-1][1:] == (was, now):
                low = found[-1][0]
                found[-1] = (Interval(low.low, part.high, low.low_closed, part.high_closed), was, now)
            else:
                found.append((part, was, now))
    return found


def _everywhere(curve: Curve) -> Iterator[tuple[Interval, _Ends]]:
    """The pieces, and what lies outside of all."""
    domain = curve.domain
    if domain.low is not None:
        yield Interval(None, domain.low, low_closed=False, high_closed=not domain.low_closed), None
    yield from ((piece.on, (piece.lower, piece.upper)) for piece in curve.pieces)
    if domain.high is not None:
        yield Interval(domain.high, None, not domain.high_closed, high_closed=False), None


def _said(ends: _Ends, takes: Takes) -> Phrase:
    if ends is None:
        return _NOTHING
    lower, upper = (_line(line, _MEASURES.get(takes, same(""))) for line in ends)
    if lower == upper:
        return upper if ends[1].slope else Phrase(f"{upper.zh} 分", f"{upper.en} points")
    return Phrase(f"{lower.zh}-{upper.zh} 分内评定", f"judged in {lower.en}-{upper.en}")


def _line(line: Line, name: Phrase) -> Phrase:
    if not line.slope:
        return same(format_number(line.intercept))
    slope = "" if line.slope == 1 else f"{format_number(line.slope)} × "
    rest = "" if not line.intercept else f" {'+' if line.intercept > 0 else '-'} {format_number(abs(line.intercept))}"
    return Phrase(f"{slope}{name.zh}{rest}", f"{slope}{name.en}{rest}")


# Labels and items.


def _labels(was: _Use, now: _Use, one: Curve, other: Curve) -> Iterator[Phrase]:
    before, after = (dict(zip(use.method.labels(use.use.parameters), curve.pieces, strict=False)) for use, curve in ((was, one), (now, other)))

    def said(piece: Piece | None) -> Phrase:
        return _said(None if piece is None else (piece.lower, piece.upper), now.takes)

    for label in (*after, *(label for label in before if label not in after)):
        if said(before.get(label)) != said(after.get(label)):
            yield _pair(label, said(before.get(label)), said(after.get(label)))


def _items(was: _Use, now: _Use, points: Fraction) -> Iterator[Phrase]:
    before, after = ({item.label: item for item in use.method.items(use.use.parameters, points)} for use in (was, now))
    none = Phrase("没有这一项", "not there")

    def said(item: Any) -> Phrase:
        least, most = format_number(item.least), format_number(item.most)
        amount = most if least == most else f"{least}-{most}"
        return Phrase(f"{amount} 分", f"{amount} points")

    for label in (*after, *(label for label in before if label not in after)):
        one, other = (none if label not in found else said(found[label]) for found in (before, after))
        if one != other:
            yield _pair(label, one, other)


def _pair(label: str, was: Phrase, now: Phrase) -> Phrase:
    return Phrase(f"{label}：{was.zh} → {now.zh}", f"{label}: {was.en} → {now.en}")
