"""A form file to forms as printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from perfscore.forms import readers
from perfscore.forms.shape import FORM, RELATIONS
from perfscore.model.form import Budget, Cell, Claim, Form, Items, Part, Reported, Review, Row
from perfscore.text import decode
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.fields import Fields, Value
from perfscore.text.nodes import Node, holds_key
from perfscore.text.phrase import Phrase
from perfscore.text.printed import fold, fold_label, says_not_applicable
from perfscore.text.source import Source

#: Real forms have a hundred rows. Exact sums of many thousand fractions without a common denominator take minutes.
MAX_ROWS = 2000


def read_forms(path: str) -> Iterator[Form | Rejected]:
    """The forms of a file, in order; a document that cannot be read as a form comes back as what is wrong with it."""
    decoded = decode.read(path)
    return forms_of(decoded.source, decoded.notes)


def forms_of(source: Source, notes: tuple[Diagnostic, ...] = ()) -> Iterator[Form | Rejected]:
    """The forms of a text; see `read_forms`."""
    parsed = readers.find(source.name).read(source)
    if parsed.problems or not parsed.documents:
        # A text that is not YAML has no documents that could be told apart.
        yield Rejected(parsed.problems)
        return
    for document in parsed.documents:
        yield form_of(document, source, notes)


def form_of(document: Node, source: Source, notes: tuple[Diagnostic, ...] = ()) -> Form | Rejected:
    """The form that a tree of a text says, or what is wrong with it."""
    problems: list[Diagnostic] = []
    if holds_key(document, "version", "版本"):
        # Only a rule file has a version: a hundred unknown keys would say it worse.
        says = Phrase("这是规则文件，不是填报表", "this is a rule file, not a form")
        return Rejected([Diagnostic("not-a-form", says, document.span)])
    if holds_key(document, "examples", "示例"):
        says = Phrase("这是规则的测试文件，不是填报表", "this is a test file of rules, not a form")
        return Rejected([Diagnostic("not-a-form", says, document.span)])
    fields: Fields | None = FORM.read(document, problems.append)
    year = _year(fields, problems.append) if fields is not None else None
    if fields is not None and len(fields["indicators"] or ()) > MAX_ROWS:
        says = Phrase(f"指标超过 {MAX_ROWS} 行", f"more than {MAX_ROWS} indicator rows")
        problems.append(
            Diagnostic("too-many-rows", says, fields["indicators"][MAX_ROWS].span, Phrase("请把内容拆成几个文件", "split it into several files"))
        )
    if fields is None or problems:
        return Rejected(sorted(problems, key=lambda problem: problem.span[1:3] if problem.span else (0, 0)))
    goal: Fields | None = fields["goal"]
    reported: Fields | None = fields["reported"]
    return Form(
        source=source,
        span=fields.span,
        rules=fields["rules"],
        unit=fields["unit"] or "",
        project=fields["project"] or "",
        year=year,
        goal=(goal["expected"], goal["actual"]) if goal else (None, None),
        budget=_budget(fields["budget"]),
        rows=tuple(_rows(fields["indicators"] or ())),
        facts=fields["facts"] or (),
        claims=tuple(_claim(value) for value in fields["claims"] or ()),
        reported=Reported(*(reported[name] for name in Reported._fields)) if reported else Reported(),
        diagnostics=notes,
    )


def _year(fields: Fields, report: Callable[[Diagnostic], None]) -> int | None:
    cell: Cell | None = fields["year"]
    if cell is None or not cell.text.strip():
        return None
    text = fold(cell.text).strip().removesuffix("年度").removesuffix("年")
    if not (len(text) == 4 and text.isascii() and text.isdecimal() and text[:2] in ("19", "20")):
        report(Diagnostic("bad-year", Phrase(f"年度应是四位数，写的是 {cell.text}", f"the year has four digits, not {cell.text}"), cell.span))
        return None
    return int(text)


def _budget(fields: Fields | None) -> Budget | None:
    if fields is None:
        return None
    parts = []
    for value in fields["parts"] or ():
        row: Fields = value.value
        amounts = (row["initial"], row["adjusted"], row["executed"])
        parts.append(Part(row["group"] or "", row["label"] or "", row["of"] or "", row["total"] == "true", *amounts, value.span))
    cells = {name: fields[name] for name in ("initial", "adjusted", "executed", "points", "rate", "reported")}
    return Budget(fields.span, money=fields["money"] or "万元", parts=tuple(parts), **cells)


def _rows(values: tuple[Value, ...]) -> Iterator[Row]:
    level1 = level2 = ""
    for value in values:
        fields: Fields = value.value
        first, second = fields["level1"], fields["level2"]
        if first is not None and first != level1 and fold_label(first)[0] != fold_label(level1)[0]:
            level1, level2 = first, ""
        level2 = second if second is not None else level2
        yield _row(fields, level1, level2, value)


def _row(fields: Fields, level1: str, level2: str, value: Value) -> Row:
    cells = {name: fields[name] for name in ("target", "actual", "points", "reported", "note", "tier", "judged", "deducted")}
    level3: str = fields["level3"] or ""
    applies = fields["applicable"] != "false" and not _not_applicable(cells["target"]) and not _not_applicable(cells["actual"])
    blank = all(cell is None or not cell.text.strip(" \u3000\n") or _dots(cell) for cell in cells.values())
    review: Fields | None = fields["review"]
    return Row(
        level1=level1,
        level2=level2,
        # A row of two levels is called by its second.
        level3=level3 if level3.strip() else level2,
        span=fields.at("level3") if level3.strip() else value.span,
        id=fields["id"] or "",
        direction=fields["direction"],
        applies=applies,
        placeholder=applies and blank and not fold(level3).removeprefix("指标").strip("0123456789:、….·"),
        review=Review(review["actual"], review["score"], review["note"]) if review else None,
        **cells,
    )


def _dots(cell: Cell) -> bool:
    return not cell.text.strip("….· \u3000")


def _not_applicable(cell: Cell | None) -> bool:
    return cell is not None and says_not_applicable(cell.text)


def _claim(value: Value) -> Claim:
    fields: Fields = value.value
    relation = next((name for name in RELATIONS if name in fields), "")
    operands = fields[relation] if relation else None
    return Claim(fields["label"] or "", fields["printed"], relation, operands or Items((), value.span), value.span)
