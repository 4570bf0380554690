"""Lines of the table of basic figures that do not add up: 三公经费, the vehicles in it, and lists that are more than their whole."""

from __future__ import annotations

from collections.abc import Iterator

from perfscore.auditing.identities import COLUMNS, LISTED, MONEY, SUMS, Sum
from perfscore.auditing.stated import Reader, Stated, total
from perfscore.auditing.subject import Subject
from perfscore.auditing.wording import shown
from perfscore.checking.found import Found
from perfscore.model.form import Cell
from perfscore.model.page import Page
from perfscore.text.diagnostic import Evidence
from perfscore.text.phrase import Phrase, same

SEVERITY = "error"
SAYS = Phrase("基础数据表加不起来", "basic figures that do not add up")
PAGE = Page(
    what=Phrase(
        "基础数据表的一列里，“三公”经费不等于公务用车、因公出国、公务接待之和，公务用车不等于购置与运行之和，或者某项经费下面列的各项合计超过了它。",
        "In a column of the basic figures 三公经费 is not vehicles, travel abroad and receptions together, vehicles not purchase and running, "
        "or what is listed under an item is more than the item.",
    ),
    why=Phrase(
        "这些数要与决算公开的数一致，“三公”经费控制率也按它算。",
        "They have to be those of the published accounts, and the rate of 三公经费 is worked out from them.",
    ),
    fix=Phrase("对照决算表，改分项或合计。", "Hold them against the accounts, and mend a line or the total."),
    wrong="""rules: china/project-self@2020
unit: 示例单位
facts:
  三公经费.本年决算: 3.54
  三公经费.公务用车.本年决算: 3.45
  三公经费.因公出国.本年决算: 0
  三公经费.公务接待.本年决算: 0
""",
    right="""rules: china/project-self@2020
unit: 示例单位
facts:
  三公经费.本年决算: 3.45
  三公经费.公务用车.本年决算: 3.45
  三公经费.因公出国.本年决算: 0
  三公经费.公务接待.本年决算: 0
""",
)

_Parts = list[tuple[str, Stated]]


def check(subject: Subject) -> Iterator[Found]:
    """Every sum of the table, column by column."""
    reader = subject.reader
    there = {name.rpartition(".")[2] for name in reader.facts if name.startswith(MONEY)}
    for column in (one for one in COLUMNS if one in there):
        for one in SUMS:
            parts = _made_of(one, column, reader)
            if parts is not None:
                yield from _held(one.whole, column, reader, [part for part in parts if part is not None], complete=None not in parts)
        for whole in LISTED:
            inside = [
                name for name in reader.facts if name.startswith(f"{whole}.") and name.endswith(f".{column}") and name.count(".") == _LISTED_DOTS
            ]
            read = [_number(name, reader) for name in inside]
            yield from _held(whole, column, reader, [part for part in read if part is not None], complete=False)


#: `公用经费.办公经费.本年预算`: what stands deeper is part of that.
_LISTED_DOTS = 2


def _made_of(one: Sum, column: str, reader: Reader) -> list[tuple[str, Stated] | None] | None:
    """What a line is made of; a part that is left out may itself be made of what stands there. None where nothing of it does."""
    found: list[tuple[str, Stated] | None] = []
    for part in one.parts:
        read = _number(f"{part}.{column}", reader)
        below = next((other for other in SUMS if other.whole == part), None)
        if read is None and below is not None:
            found += [_number(f"{name}.{column}", reader) for name in below.parts]
        else:
            found.append(read)
    return found if any(found) else None


def _number(name: str, reader: Reader) -> tuple[str, Stated] | None:
    found = reader.named(name)
    return (name, found) if isinstance(found, Stated) and found.kind in ("money", "") else None


def _held(whole: str, column: str, reader: Reader, parts: _Parts, *, complete: bool) -> Iterator[Found]:
    """A line against its parts; less than the whole is nothing wrong where some of them are not there."""
    name = f"{whole}.{column}"
    cell: Cell | None = reader.facts.get(name)
    printed = reader.named(name)
    if cell is None or not isinstance(printed, Stated) or not parts:
        return
    held = total(printed, [(part, 1) for _, part in parts])
    if not complete and held.verdict != "agrees" and held.exact * printed.factor < printed.exact:
        return
    given = shown(held.exact, printed.word)
    names = "、".join(part.partition(".")[2].removesuffix(f".{column}") for part, _ in parts)
    says = Phrase(f"{name} 印的是 {printed.text}，{names}合计是 {given}", f"{name} is printed as {printed.text}, its parts ({names}) make {given}")
    more = tuple((same(part), reader.facts[part].span) for part, _ in parts[:_NAMED])
    yield Found(cell.span, says, None, more, evidence=Evidence(same(name), printed.text, held.computed, held.verdict, held.outer))


#: Of a longer list it is enough to show where it begins.
_NAMED = 3
