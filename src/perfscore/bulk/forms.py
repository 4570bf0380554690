"""The rows of a table to forms: every form is the tree that a form file of the same words would be, with the places of the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from perfscore.bulk.columns import ROW_ROLES, Columns, Meaning
from perfscore.bulk.readers import LINE
from perfscore.bulk.values import texts
from perfscore.forms.read import MAX_ROWS, form_of
from perfscore.model.form import Form
from perfscore.model.rules import RuleSet
from perfscore.text import yaml
from perfscore.text.decode import first_refused, refused_character
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.nodes import Entry, Mapping, Node, Scalar, Sequence
from perfscore.text.numbers import read_number
from perfscore.text.phrase import Phrase
from perfscore.text.printed import Quantity, read_printed
from perfscore.text.source import Source, Span

if TYPE_CHECKING:
    import pyarrow as pa

Key = tuple[str, ...]


class Sheet(NamedTuple):
    """A table with its columns understood; what cannot be read of it stands among its batches."""

    batches: Iterable[pa.RecordBatch | Rejected]
    columns: Columns
    name: str = ""


class Filed(NamedTuple):
    """A form of a table: the texts that tell it apart, the line or row where it begins, and the form or what is wrong with it."""

    key: Key
    line: int
    form: Form | Rejected


class Line(NamedTuple):
    """One row of a table: its number in the file, and a text for every column that is read."""

    number: int
    texts: tuple[str, ...]


class ColumnSource(Source):
    """A column of a table, where a cell stands: `budgets.csv[全年预算数]:12:4` is the fourth column in line 12."""

    __slots__ = ("column", "file")

    def __init__(self, file: str, column: str) -> None:
        super().__init__(f"{file}[{column}]", "")
        self.file, self.column = file, column


def forms(
    batches: Iterable[pa.RecordBatch | Rejected], columns: Columns, rules: RuleSet | None = None, budgets: Sheet | None = None, name: str = ""
) -> Iterator[Form | Rejected]:
    """The forms of a table in their order; see `filed`."""
    return (one.form for one in filed(batches, columns, rules, budgets, name))


def filed(
    batches: Iterable[pa.RecordBatch | Rejected], columns: Columns, rules: RuleSet | None = None, budgets: Sheet | None = None, name: str = ""
) -> Iterator[Filed]:
    """
    The forms of a table in their order, with what tells them apart; the memory of one form and of all keys.

    A blank cell says nothing, as a key that a form file leaves out; blank levels repeat the row above. A row that cannot be read, or that does not say
    whose it is, makes the forms before and behind it incomplete, which are then rejected. Raises Rejected for a table whose forms cannot be told apart.
    """
    maker = _Maker(columns, rules, name)
    if columns.shape == "wide":
        return _wide(batches, maker)
    if not columns.key():
        says = Phrase("没有一列说明各行属于哪张表", "no column says which form a row belongs to")
        raise Rejected(
            [Diagnostic("no-form-key", says, Span(Source(name, ""), 1, 1, 1, 1), Phrase("加上 表号 或 单位 一列", "add a column form or unit"))]
        )
    return _long(batches, maker, None if budgets is None else _Budgets(budgets, columns, rules))


def lines(batches: Iterable[pa.RecordBatch | Rejected], columns: Columns, name: str = "") -> Iterator[Line | Rejected]:
    """The rows of a table as texts; blank rows are none."""
    count = 0
    for batch in batches:
        if isinstance(batch, Rejected):
            yield batch
            continue
        numbers = batch.column(LINE).to_pylist() if LINE in batch.schema.names else range(count + 1, count + 1 + batch.num_rows)
        count += batch.num_rows
        try:
            read = [texts(batch.column(place)) if meaning.role else [""] * batch.num_rows for place, meaning in enumerate(columns.meanings)]
        except (ValueError, OverflowError, TypeError) as failed:
            # A day in the year 300000, a text that is no UTF-8: pyarrow's errors are ValueErrors.
            yield Rejected([_unreadable(name, numbers[0], failed)])
            continue
        for number, row in zip(numbers, zip(*read, strict=True), strict=True):
            if any(map(str.strip, row)):
                yield Line(number, row)


def _unreadable(name: str, line: int, failed: Exception) -> Diagnostic:
    why = str(failed)[:200]
    says = Phrase(f"从第 {line} 行起的一段读不出来：{why}", f"cannot read the block of rows that begins with row {line}: {why}")
    return Diagnostic("rows-unreadable", says, Span(Source(name, ""), line, 1, line, 1))


def with_unit(text: str, unit: str) -> str | None:
    """A printed value with the unit that stands beside it in the table; unchanged if it has its own or is no number; None if the unit does not fit."""
    if not unit or not text.strip():
        return text
    read = read_printed(text)
    # 2024.10 万元 is an amount, though 2024.10 alone would be a month.
    if read_number(text.strip()) is None and (not isinstance(read, Quantity) or read.unit is not None):
        return text
    last = max((place for place, character in enumerate(text) if character.isdigit()), default=-1) + 1
    for written in (f"{text[:last]}{unit}{text[last:]}", f"{text.rstrip()}{unit}"):
        found = read_printed(written)
        if isinstance(found, Quantity) and found.unit is not None:
            return written
    return None


class _Maker:
    """Rows to forms, by what the columns mean."""

    def __init__(self, columns: Columns, rules: RuleSet | None, name: str) -> None:
        self.columns, self.name = columns, name
        self.keys = columns.key()
        self.sources = [ColumnSource(name, meaning.column) for meaning in columns.meanings]
        declared = set() if rules is None else {fact.name for fact in rules.facts}
        self.paths = [_path(meaning, declared) for meaning in columns.meanings]
        self.of_rows = [place for place, meaning in enumerate(columns.meanings) if meaning.role in ROW_ROLES and meaning.role != "measured"]
        self.of_form = [place for place, meaning in enumerate(columns.meanings) if meaning.role not in (*ROW_ROLES, "form", "")]
        self.measured = columns.place("measured")

    def key(self, line: Line) -> Key:
        """The texts that tell a form apart."""
        return tuple(line.texts[place].strip() for place in self.keys)

    def start(self, line: int, source: Source | None = None) -> Span:
        """Where a row begins."""
        return Span(source or Source(self.name, ""), line, 1, line, 1)

    def at(self, line: Line, place: int) -> Span:
        """Where a cell stands: the number of the line, or of the row, and that of the column."""
        return Span(self.sources[place], line.number, place + 1, line.number, place + 2)

    def form(self, rows: list[Line], other: tuple[_Maker, Line] | None = None, notes: tuple[Diagnostic, ...] = ()) -> Form | Rejected:
        """The form of all its rows, in a wide table of one; `other` is its row in the table of budgets."""
        source = Source(self.name, "")
        span = self.start(rows[0].number, source)
        told = _Told([*notes], [])
        said: dict[tuple[str, ...], tuple[Node, str]] = {}
        for maker, line in [*((self, row) for row in rows), *([other] if other else [])]:
            maker.whole(line, said, told)
        for path, (node, _) in said.items():
            if path[:-1] in said:
                names = (path[-2], ".".join(path[1:]))
                says = Phrase(f"数据 {names[0]} 和 {names[1]} 只能填一个", f"only one of the facts {names[0]} and {names[1]} can be filled in")
                told.problems.append(Diagnostic("fact-twice", says, node.span))
        leaves = [(path, node) for path, (node, _) in said.items()]
        if self.columns.shape == "long":
            leaves.append((("indicators",), Sequence(span, tuple(self._row(row, told) for row in rows))))
        if told.problems:
            return Rejected(told.problems)
        return form_of(_grown(leaves, span), source, tuple(told.notes))

    def whole(self, line: Line, said: dict[tuple[str, ...], tuple[Node, str]], told: _Told) -> None:
        """What a row says of the whole form, which every row has to say alike."""
        for place in self.of_form:
            text = line.texts[place]
            if not text.strip():
                continue
            path = self.paths[place]
            before = said.get(path)
            if before is None:
                said[path] = (self._cell(line, place, told), text)
            elif before[1] != text:
                column = self.columns.meanings[place].column
                says = Phrase(f"同一张表的各行 {column} 不一致：{before[1]}、{text}", f"the rows of one form differ in {column}: {before[1]}, {text}")
                told.problems.append(
                    Diagnostic("rows-disagree", says, self.at(line, place), more=((Phrase("前一个在这里", "the first is here"), before[0].span),))
                )

    def _row(self, line: Line, told: _Told) -> Mapping:
        cells = [(self.paths[place], self._cell(line, place, told)) for place in self.of_rows if line.texts[place].strip()]
        return _grown(cells, self.start(line.number))

    def _cell(self, line: Line, place: int, told: _Told) -> Node:
        text, span, meaning = line.texts[place], self.at(line, place), self.columns.meanings[place]
        refused = first_refused(text)
        if refused is not None:
            told.problems.append(refused_character(refused, span))
        unit = meaning.measure
        if not unit and self.measured is not None and meaning.role in ("target", "actual"):
            unit = line.texts[self.measured].strip()
        written = with_unit(text, unit)
        if written is None:
            says = Phrase(
                f"{meaning.column} 的值 {text} 不能加上单位 {unit}，按没有单位读", f"{unit} cannot be the unit of {text}, which is read without one"
            )
            told.notes.append(Diagnostic("unit-not-taken", says, span, severity="warning"))
        node = Scalar(span, text if written is None else written, plain=False)
        return _listed(node) if meaning.role == "fact" and text.lstrip()[:1] in ("[", "{") else node


class _Told(NamedTuple):
    """What there is to say of a form that is being made."""

    notes: list[Diagnostic]
    problems: list[Diagnostic]


def _path(meaning: Meaning, declared: set[str]) -> tuple[str, ...]:
    """The way to a value in a form file. A part of a list that the rules know stands inside of it; other dots are part of a name."""
    if meaning.role != "fact":
        return tuple(meaning.role.split("."))
    head, dot, part = meaning.name.partition(".")
    return ("facts", head, part) if dot and head in declared and meaning.name not in declared else ("facts", meaning.name)


def _grown(leaves: list[tuple[tuple[str, ...], Node]], span: Span) -> Mapping:
    """The tree whose values stand at the ends of their ways."""
    below: dict[str, list[tuple[tuple[str, ...], Node]]] = {}
    for path, node in leaves:
        below.setdefault(path[0], []).append((path[1:], node))
    entries = []
    for name, parts in below.items():
        value = parts[0][1] if not parts[0][0] else _grown(parts, parts[0][1].span)
        entries.append(Entry(Scalar(value.span, name), value))
    return Mapping(span, tuple(entries))


def _listed(cell: Scalar) -> Node:
    """A fact that is a list or a mapping, written in one cell as in a form file: `[85, 90]`, `{满意: 80, 一般: 20}`; else the text that it is."""
    parsed = yaml.parse(Source(cell.span.source.name, cell.text))
    if parsed.problems or len(parsed.documents) != 1 or isinstance(parsed.documents[0], Scalar):
        return cell
    return _placed(parsed.documents[0], cell.span)


def _placed(node: Node, span: Span) -> Node:
    match node:
        case Scalar():
            return node._replace(span=span)
        case Sequence(items=items):
            return Sequence(span, tuple(_placed(item, span) for item in items))
        case Mapping(entries=entries):
            return Mapping(span, tuple(Entry(entry.key._replace(span=span), _placed(entry.value, span)) for entry in entries))


def _wide(batches: Iterable[pa.RecordBatch | Rejected], maker: _Maker) -> Iterator[Filed]:
    for line in lines(batches, maker.columns, maker.name):
        if isinstance(line, Rejected):
            yield Filed((), _first_line(line), line)
        else:
            yield Filed(maker.key(line), line.number, maker.form([line]))


def _first_line(rejected: Rejected) -> int:
    return next((problem.span.line for problem in rejected.diagnostics if problem.span is not None), 0)


class _Group:
    """The rows of one form while they come in, and what of it could not be read."""

    def __init__(self, key: Key, first: Line, lost: list[Diagnostic]) -> None:
        self.key, self.rows, self.lost = key, [first], lost


def _long(batches: Iterable[pa.RecordBatch | Rejected], maker: _Maker, budgets: _Budgets | None) -> Iterator[Filed]:
    done: set[Key] = set()
    group: _Group | None = None
    lost: list[Diagnostic] = []
    for line in lines(batches, maker.columns, maker.name):
        if isinstance(line, Rejected):
            lost += line.diagnostics
            continue
        key = maker.key(line)
        if not any(key):
            lost.append(_without_key(maker, line))
            continue
        if group is not None and lost:
            # Nobody can tell whether what was lost belongs to the form before it or to the one behind it.
            group.lost += lost
        if group is not None and group.key == key:
            if len(group.rows) <= MAX_ROWS:
                group.rows.append(line)
        else:
            if group is not None:
                yield _closed(group, maker, budgets, done)
            group = _Group(key, line, [*lost])
        lost.clear()
    if group is not None:
        group.lost += lost
        yield _closed(group, maker, budgets, done)
    elif lost:
        yield Filed((), _first_line(Rejected(lost)), Rejected(lost))
    if budgets is not None:
        yield from budgets.left(done)


def _without_key(maker: _Maker, line: Line) -> Diagnostic:
    column = maker.columns.meanings[maker.keys[0]].column
    says = Phrase(f"这一行没有填 {column}，不知道属于哪张表", f"this row has no {column}, and nobody can tell whose it is")
    hint = Phrase("每一行都要填；合并的单元格请取消合并并填满", "fill it in on every row; take merged cells apart")
    return Diagnostic("form-key-missing", says, maker.at(line, maker.keys[0]), hint)


def _closed(group: _Group, maker: _Maker, budgets: _Budgets | None, done: set[Key]) -> Filed:
    """The form of a group; rejected if rows of it came before, or if some could not be read."""
    first, shown = group.rows[0], " ".join(filter(None, group.key))
    span = maker.start(first.number)
    if group.key in done:
        says = Phrase(
            f"{shown} 的行不连续：前面已有它的行，并已评分", f"the rows of {shown} do not stand together: others came before and were scored"
        )
        names = "、".join(maker.columns.meanings[place].column for place in maker.keys)
        hint = Phrase(
            f"请按 {names} 排序后再评；前面的结果不完整，不能用", f"sort the table by {names}; the result before is incomplete and of no use"
        )
        return Filed(group.key, first.number, Rejected([Diagnostic("rows-scattered", says, span, hint)]))
    done.add(group.key)
    if group.lost:
        says = Phrase(
            f"{shown} 的行可能不全：其间或前后有读不出来的行", f"rows of {shown} may be missing: there are some beside it that cannot be read"
        )
        return Filed(group.key, first.number, Rejected([Diagnostic("rows-lost", says, span), *group.lost]))
    if budgets is None:
        return Filed(group.key, first.number, maker.form(group.rows))
    found = budgets.rows.get(group.key, [])
    if len(found) > 1:
        return Filed(group.key, first.number, Rejected([budgets.doubled(shown, found)]))
    notes = () if found else (budgets.missing(shown, span),)
    return Filed(group.key, first.number, maker.form(group.rows, (budgets.maker, found[0]) if found else None, notes))


class _Budgets:
    """The table of budgets beside a long table: one row per form, found by what tells forms apart."""

    def __init__(self, sheet: Sheet, columns: Columns, rules: RuleSet | None) -> None:
        self.maker = _Maker(sheet.columns, rules, sheet.name)
        own, theirs = (tuple(one.meanings[place].role for place in one.key()) for one in (sheet.columns, columns))
        if own != theirs:
            says = Phrase(
                "预算表和指标表要用同样的列区分各表", "the table of budgets is to tell forms apart by the same columns as that of indicators"
            )
            hint = Phrase(f"指标表用的是 {'、'.join(theirs)}", f"that of indicators has {', '.join(theirs)}")
            raise Rejected([Diagnostic("budget-key-differs", says, self.maker.start(1), hint)])
        self.rows: dict[Key, list[Line]] = {}
        self.unread: list[Rejected] = []
        for line in lines(sheet.batches, sheet.columns, sheet.name):
            if isinstance(line, Rejected):
                self.unread.append(line)
            elif any(key := self.maker.key(line)):
                self.rows.setdefault(key, []).append(line)
            else:
                self.unread.append(Rejected([_without_key(self.maker, line)]))

    def missing(self, shown: str, span: Span) -> Diagnostic:
        """A form has no budget."""
        says = Phrase(f"预算表里没有 {shown} 这一行", f"the table of budgets has no row for {shown}")
        return Diagnostic("budget-missing", says, span, severity="warning")

    def doubled(self, shown: str, found: list[Line]) -> Diagnostic:
        """A form has two."""
        says = Phrase(f"预算表里 {shown} 有 {len(found)} 行", f"the table of budgets has {len(found)} rows for {shown}")
        more = tuple((Phrase("又在这里", "and here"), self.maker.start(line.number)) for line in found[1:5])
        return Diagnostic("budget-doubled", says, self.maker.start(found[0].number), Phrase("请只留一行", "leave one"), more=more)

    def left(self, done: set[Key]) -> Iterator[Filed]:
        """Rows that cannot be read, and budgets of forms that are not there."""
        for rejected in self.unread:
            yield Filed((), _first_line(rejected), rejected)
        for key, found in self.rows.items():
            if key not in done:
                shown = " ".join(filter(None, key))
                says = Phrase(f"指标表里没有 {shown} 的行，只有预算", f"there is a budget of {shown} and no row of indicators")
                yield Filed(key, found[0].number, Rejected([Diagnostic("form-without-rows", says, self.maker.start(found[0].number))]))
