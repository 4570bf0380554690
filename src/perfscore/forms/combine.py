"""The forms of several units to one form of all: amounts are added, rates become means weighted by money, and the rest has to agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from perfscore.forms.amounts import amount_cells, joined, resolved
from perfscore.forms.facts import FactReader
from perfscore.forms.leaves import points_printed
from perfscore.forms.rows import label_key
from perfscore.forms.words import score_given
from perfscore.model.form import Budget, Cell, Fact, Form, Items, Reported, Row, Table
from perfscore.model.measure import Absence
from perfscore.model.rules import Declared, RuleSet
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import Blank, Period, Printed, Quantity, Unit, Unreadable, Words, bare, fold_label, read_printed, unit_named
from perfscore.text.source import Source, Span

#: How the numbers of many forms make one; None: a rate is averaged, anything else added.
How = Literal["sum", "mean"] | None
_YUAN = Fraction(10000)
_DIRECTION_OF = {">": "higher", "<": "lower", "=": "equal"}
_COMBINE = Phrase("；要相加或平均，在规则里写 combine（合并）", "; write combine in the rule set to add or to average")


class _Member:
    """One of the forms, with what reads its facts."""

    def __init__(self, form: Form, rules: RuleSet, report: Callable[[Diagnostic], None]) -> None:
        self.form, self.facts = form, FactReader(form, rules, report)
        self.name = " ".join(form.unit.split()) or form.source.name

    def money(self) -> Fraction | None:
        """What its rates weigh: 全年预算数; None if it is not known."""
        adjusted = self.facts.fact("adjusted")
        return None if isinstance(adjusted, Absence) or adjusted.number < 0 else adjusted.number


class _Pair(NamedTuple):
    """A row of one form with its two values, as printed and as read."""

    member: _Member
    row: Row
    target: Cell
    actual: Cell
    goal: Printed
    done: Printed

    @property
    def same(self) -> bool:
        """Both print the same text: met, whatever it says."""
        return bool(bare(self.target.text)) and bare(self.target.text) == bare(self.actual.text)

    def cells(self) -> tuple[tuple[Cell, Printed], tuple[Cell, Printed]]:
        """The two cells, each with what is read from it."""
        return (self.target, self.goal), (self.actual, self.done)


def combine(forms: Sequence[Form], rules: RuleSet) -> Form:
    """
    One form that stands for all (转移支付: 先汇总，后评分); of one form, that form.

    Rows are one where their three levels are. What one form has and another lacks, and what should agree and does not, is said and becomes missing:
    nothing is made of some of the forms only. Raises Rejected if there are none.
    """
    if not forms:
        raise Rejected([Diagnostic("no-forms", Phrase("没有要合并的填报表", "there is no form to combine"))])
    return forms[0] if len(forms) == 1 else _Combiner(forms, rules).form()


class _Combiner:
    """Several forms on their way to one; everything that cannot be joined is said."""

    def __init__(self, forms: Sequence[Form], rules: RuleSet) -> None:
        self.said: list[Diagnostic] = [found for form in forms for found in form.diagnostics]
        self.members = [_Member(form, rules, self.said.append) for form in forms]
        self.rules = rules
        self.levels: dict[tuple[str, str], str] = {}

    def warn(self, code: str, says: Phrase, span: Span, other: Span | None = None) -> None:
        more = () if other is None else ((Phrase("另一张表", "another form"), other),)
        self.said.append(Diagnostic(code, says, span, severity="warning", more=more))

    def differ(self, what: Phrase, span: Span, other: Span | None = None) -> None:
        """Something that should agree does not."""
        self.warn("forms-differ", Phrase(f"{what.zh}，合并后作缺", f"{what.en}: it is missing in the combined form"), span, other)

    def lacks(self, member: _Member, what: Phrase, where: Span | None = None) -> None:
        """A form has nothing where another has something."""
        says = Phrase(
            f"{member.name}没有{what.zh}，别的表有，合并后作缺",
            f"{member.name} has no {what.en}, and another form has: it is missing in the combined form",
        )
        self.warn("not-in-every-form", says, member.form.span, where)

    def form(self) -> Form:
        first = self.members[0].form
        forms = [member.form for member in self.members]
        years = {form.year for form in forms}
        if len(years) > 1:
            self.differ(Phrase("各表的年度不同", "the years of the forms differ"), next(form.span for form in forms if form.year != first.year))
        projects = {" ".join(form.project.split()) for form in forms}
        sources = {id(form.source): form.source for form in forms}
        return Form(
            # Relative references of rules stay those of the first; a digest is that of all.
            source=Source(first.source.name, first.source.text, b"".join(source.content for source in sources.values())),
            span=first.span,
            rules=first.rules,
            unit=f"{len(forms)} 个单位合并",
            project=first.project if len(projects) == 1 else "",
            year=first.year if len(years) == 1 else None,
            budget=self._budget(),
            rows=tuple(self._rows()),
            facts=tuple(self._facts()),
            reported=Reported(),
            diagnostics=tuple({(d.code, d.span, d.says): d for d in self.said}.values()),
        )

    # The budget.

    def _budget(self) -> Budget | None:
        first = next((member.form.budget for member in self.members if member.form.budget is not None), None)
        if first is None:
            return None
        unit = unit_named(first.money) or unit_named("万元")
        initial, adjusted, executed = (self._column(column, unit) for column in ("initial", "adjusted", "executed"))
        printed = [member.form.budget.points for member in self.members if member.form.budget is not None]
        points = self._points(printed, Phrase("预算表", "the budget"))
        return Budget(first.span, initial, adjusted, executed, points, money="元" if unit is None else unit.name)

    def _column(self, column: str, unit: Unit | None) -> Cell | None:
        cells = [getattr(member.form.budget, column, None) for member in self.members]
        where: Span | None = next((cell.span for cell in cells if cell is not None and cell.text.strip()), None)
        if where is None:
            return None
        total = Fraction(0)
        for member in self.members:
            found = member.facts.fact(column)
            if isinstance(found, Absence):
                return _missing(where, found.why)
            total += found.number * _YUAN
        return amount_cells([_exactly(total, unit)], [where])[0]

    # The rows.

    def _rows(self) -> Iterator[Row]:
        found: dict[tuple[str, str, str, int], dict[int, Row]] = {}
        for place, member in enumerate(self.members):
            seen: dict[tuple[str, str, str], int] = {}
            for row in member.form.rows:
                key = (label_key(row.level1), label_key(row.level2), label_key(row.level3))
                # Of rows that are called alike the first belongs to the first, and so on.
                seen[key] = seen.get(key, 0) + 1
                found.setdefault((*key, seen[key]), {})[place] = row
        return (self._row(rows) for rows in found.values())

    def _row(self, found: dict[int, Row]) -> Row:
        real = {place: row for place, row in found.items() if not row.placeholder}
        applying = [(self.members[place], row) for place, row in real.items() if row.applies]
        if not applying:
            # A placeholder, or a row that applies to nobody.
            return next(iter(real.values()), None) or next(iter(found.values()))
        base = applying[0][1]
        label = " ".join(base.level3.split())
        lacking = [member for place, member in enumerate(self.members) if place not in real]
        for member in lacking:
            self.lacks(member, Phrase(f"“{label}”这一行", f"row “{label}”"), base.span)
        rows = [row for _, row in applying]
        if len(rows) == 1 and not lacking:
            return base
        notes = dict.fromkeys(row.note.text.strip() for row in rows if row.note is not None and row.note.text.strip())
        deducted = [row.deducted for row in rows if row.deducted is not None]
        row = base._replace(
            level1=self._level(rows, "level1"),
            level2=self._level(rows, "level2"),
            id=base.id if len({row.id for row in rows}) == 1 else "",
            points=self._points([row.points for row in rows], Phrase(f"“{label}”", f"“{label}”")),
            direction=next((row.direction for row in rows if row.direction), None),
            note=Cell("；".join(notes), base.span) if notes else None,
            review=None,
            deducted=self._deducted([row.deducted for row in rows], label) if deducted else None,
        )
        joint = None if lacking else self._joint([_pair(member, row) for member, row in applying], row, label)
        if joint is None:
            nothing = Cell("", (base.actual or base).span)
            return row._replace(target=base.target, actual=nothing, tier=None, judged=None, reported=None)
        return joint

    def _level(self, rows: Sequence[Row], name: str) -> str:
        """A level as one of the forms prints it, with the points behind it where all that print some agree."""
        written: list[str] = [getattr(row, name) for row in rows]
        key = (name, label_key(written[0]))
        if key not in self.levels:
            printed = {text: points for text in written if (points := fold_label(text)[1]) is not None}
            self.levels[key] = next(iter(printed), written[0])
            if len(set(printed.values())) > 1:
                label = fold_label(written[0])[0]
                self.levels[key] = label
                self.differ(Phrase(f"“{label}”印的分值各表不同", f"the forms print different points for “{label}”"), rows[0].span)
        return self.levels[key]

    def _points(self, cells: Sequence[Cell | None], what: Phrase) -> Cell | None:
        if len({points_printed(cell) for cell in cells}) > 1:
            spans = [cell.span for cell in cells if cell is not None]
            self.differ(Phrase(f"{what.zh}的分值各表不同", f"the points of {what.en} differ"), spans[0], spans[-1])
            return None
        return cells[0]

    def _deducted(self, cells: Sequence[Cell | None], label: str) -> Cell | None:
        if len({None if cell is None else points_printed(cell) for cell in cells}) == 1:
            return cells[0]
        span = next(cell.span for cell in cells if cell is not None)
        self.differ(Phrase(f"“{label}”的扣减得分各表不同", f"the points taken off “{label}” differ"), span)
        return Cell("各表不同", span)

    def _joint(self, pairs: list[_Pair], row: Row, label: str) -> Row | None:
        """The row with what all forms together say; None after a word about why they say nothing."""
        if all(isinstance(pair.goal, Quantity) and isinstance(pair.done, Quantity) for pair in pairs):
            return self._amounts(pairs, row, label)
        if all(isinstance(pair.goal, Words) or (isinstance(pair.goal, Blank) and (pair.row.tier or pair.row.judged)) for pair in pairs):
            return self._judged(pairs, row, label)
        alike = len({_said(pair.goal) for pair in pairs}) == 1 and len({_said(pair.done) for pair in pairs}) == 1
        if alike or all(pair.same for pair in pairs):
            return row
        if not self._blanks(pairs, label):
            span = next((cell.span for pair in pairs for cell, read in pair.cells() if isinstance(read, Unreadable)), row.span)
            self.differ(Phrase(f"“{label}”各表的值合不起来", f"the values of “{label}” cannot be joined"), span, pairs[-1].row.span)
        return None

    def _blanks(self, pairs: list[_Pair], label: str) -> bool:
        """Whether a target or an actual value is not filled in; where another form has it, that is said."""
        found = False
        for side, what in enumerate((Phrase("年度指标值", "target"), Phrase("实际完成值", "actual value"))):
            blank = [pair for pair in pairs if isinstance(pair.cells()[side][1], Blank)]
            found = found or bool(blank)
            for pair in blank if len(blank) < len(pairs) else ():
                self.lacks(pair.member, Phrase(f"“{label}”的{what.zh}", f"{what.en} of “{label}”"), pair.row.span)
        return found

    def _amounts(self, pairs: list[_Pair], row: Row, label: str) -> Row | None:
        both = [resolved(pair.goal, pair.done) for pair in pairs if isinstance(pair.goal, Quantity) and isinstance(pair.done, Quantity)]
        goals, dones = [goal for goal, _ in both], [done for _, done in both]
        signs = {goal.comparator[:1] for goal in goals if goal.comparator}
        directions = {pair.row.direction or _DIRECTION_OF.get(goal.comparator[:1]) for pair, goal in zip(pairs, goals, strict=True)} - {None}
        if len(signs) > 1 or len(directions) > 1 or len({goal.form == "range" for goal in goals}) > 1:
            self.differ(Phrase(f"“{label}”各表的指标方向不同", f"the directions of “{label}” differ"), pairs[0].target.span, pairs[-1].target.span)
            return None
        goal, done = self._joined(goals, pairs, label, None), self._joined(dones, pairs, label, None)
        if goal is None or done is None:
            return None
        target, actual = amount_cells([goal, done], [pairs[0].target.span, pairs[0].actual.span], self.members[0].form.year)
        tier = _agreeing([pair.row.tier for pair in pairs])
        return row._replace(target=target, actual=actual, tier=tier, judged=None, reported=None)

    def _joined(self, found: list[Quantity], pairs: Sequence[_Pair], label: str, how: How) -> Quantity | None:
        quantity = joined(found, how, lambda: [pair.member.money() for pair in pairs])
        if isinstance(quantity, Phrase):
            self.differ(Phrase(f"“{label}”：{quantity.zh}", f"“{label}”: {quantity.en}"), pairs[0].row.span, pairs[-1].row.span)
            return None
        return quantity

    def _judged(self, pairs: list[_Pair], row: Row, label: str) -> Row | None:
        """Words are put side by side; scores become their mean weighted by money."""
        tier = _agreeing([pair.row.tier for pair in pairs])
        target, actual = _side_by_side(pairs)
        scores = [score_given(pair.row) for pair in pairs]
        known = [score for score in scores if score is not None]
        if not known:
            if tier is None and any(pair.row.tier is not None for pair in pairs):
                self.differ(Phrase(f"“{label}”的完成等级各表不同", f"the tiers of “{label}” differ"), pairs[0].row.span, pairs[-1].row.span)
            return row._replace(target=target, actual=actual, tier=tier)
        if len(known) < len(scores):
            for pair, score in zip(pairs, scores, strict=True):
                if score is None:
                    self.lacks(pair.member, Phrase(f"“{label}”的得分", f"score of “{label}”"), row.span)
            return None
        mean = self._joined([_exactly(score, None) for score, _, _ in known], pairs, label, "mean")
        if mean is None:
            return None
        cell = amount_cells([mean], [known[0][1].span])[0]
        judged = any(whose == "judged" for _, _, whose in known)
        return row._replace(target=target, actual=actual, tier=tier, judged=cell if judged else None, reported=None if judged else cell)

    # The facts.

    def _facts(self) -> Iterator[tuple[str, Fact]]:
        common = {one.name for one in self.rules.cohort}
        for declared in self.members[0].facts.declared.values():
            flat = [f"{declared.name}.{part}" for part in declared.parts]
            for name in (declared.name, *flat):
                # A part stands under its own name only where a form does not give the whole.
                given = [member.facts.said.fact(name) if name == declared.name else member.facts.said.whole.get(name) for member in self.members]
                if declared.formula is None and not all(_silent(one) for one in given):
                    yield name, self._fact(name, declared, given, agree=declared.name in common)

    def _fact(self, name: str, declared: Declared, given: list[Fact | None], *, agree: bool) -> Fact:
        where = next(one.span for one in given if one is not None)
        if declared.default is not None and name == declared.name:
            laid_down = Cell(declared.default.value, declared.default.span)
            given = [laid_down if _silent(one) else one for one in given]
        for member, one in zip(self.members, given, strict=True):
            if one is None or _silent(one):
                self.lacks(member, Phrase(f"数据 {name}", f"fact {name}"), where)
                return _missing(where, Phrase("有的表没有填", "some forms do not have it"))
        full = [one for one in given if one is not None]
        if agree or declared.choices or declared.kind in ("truth", "date", "items", "words"):
            return self._agreed(name, declared, full)
        read = [member.facts.fact(name) for member in self.members]
        for found in read:
            if isinstance(found, Absence) and found.kind == "missing":
                return _missing(where, found.why)
        # To whom it does not apply, it adds nothing.
        live = [(member, one) for member, one, found in zip(self.members, full, read, strict=True) if not isinstance(found, Absence)]
        if not live:
            return full[0]
        if declared.kind == "list" and name == declared.name:
            return self._list(declared, live)
        return self._number(name, declared, live, declared.combine)

    def _number(self, name: str, declared: Declared, live: Sequence[tuple[_Member, Fact]], how: How) -> Fact:
        unit = unit_named(declared.unit) if declared.unit else None
        cells = [(member, one) for member, one in live if isinstance(one, Cell)]
        read = [cell.value or read_printed(cell.text, unit=unit, year=member.form.year) for member, cell in cells]
        found = [one for one in read if isinstance(one, Quantity)]
        quantity = joined(found, how, lambda: [member.money() for member, _ in cells])
        if isinstance(quantity, Phrase):
            self.differ(Phrase(f"数据 {name}：{quantity.zh}", f"the fact {name}: {quantity.en}"), cells[0][1].span, cells[-1][1].span)
            return _missing(cells[0][1].span, quantity)
        return amount_cells([quantity], [cells[0][1].span], self.members[0].form.year, unit)[0]

    def _list(self, declared: Declared, live: Sequence[tuple[_Member, Fact]]) -> Fact:
        """Part by part, or (where the rule set says how) number by number."""
        name, how, given = declared.name, declared.combine, [one for _, one in live]
        first, members = given[0], [member for member, _ in live]
        tables = [dict(one.rows) for one in given if isinstance(one, Table)]
        if isinstance(first, Table) and len(tables) == len(given) and len({frozenset(table) for table in tables}) == 1:
            parts = [(label, list(zip(members, (table[label] for table in tables), strict=True))) for label, _ in first.rows]
            return Table(tuple((label, self._number(f"{name}.{label}", declared, each, how)) for label, each in parts), first.span)
        lists = [one.items for one in given if isinstance(one, Items)]
        if isinstance(first, Items) and len(lists) == len(given) and how and len({len(items) for items in lists}) == 1:
            columns = [list(zip(members, column, strict=True)) for column in zip(*lists, strict=True)]
            return Items(tuple(self._number(name, declared, each, how) for each in columns), first.span)
        return self._agreed(name, declared, given)

    def _agreed(self, name: str, declared: Declared, given: list[Fact]) -> Fact:
        """What is no amount: one for all, or nothing; judged scores have a mean all the same."""
        first = given[0]
        said = [_meaning(member, declared) for member in self.members]
        if declared.kind == "words":
            read = [one.value or read_printed(one.text) for one in given if isinstance(one, Cell)]
            scores = [one for one in read if isinstance(one, Quantity) and one.form == "exact"]
            if len(scores) == len(self.members):
                return self._number(name, declared, list(zip(self.members, given, strict=True)), "mean")
        if len(set(said)) == 1 and said[0] is not None:
            return first
        if None not in said:
            hint = _COMBINE if declared.kind == "list" else same("")
            what = Phrase(f"数据 {name} 各表不同{hint.zh}", f"the fact {name} differs{hint.en}")
            other = next((one for one, meant in zip(given, said, strict=True) if meant != said[0]), first)
            self.differ(what, first.span, other.span)
        return _missing(first.span, Phrase("各表不同", "the forms differ"))


def _pair(member: _Member, row: Row) -> _Pair:
    empty = Cell("", row.span)
    target, actual = row.target or empty, row.actual or empty
    goal, done = (cell.value or read_printed(cell.text, year=member.form.year) for cell in (target, actual))
    return _Pair(member, row, target, actual, goal, done)


def _said(read: Printed) -> object:
    return (read.first, read.last) if isinstance(read, Period) else (type(read).__name__, bare(read.text))


def _side_by_side(pairs: list[_Pair]) -> tuple[Cell, Cell]:
    """What the forms say, each thing once; targets and actual values that differ somewhere do not come to look the same."""
    targets, actuals = ([getattr(pair, name).text.strip() for pair in pairs] for name in ("target", "actual"))
    target, actual = ("；".join(dict.fromkeys(filter(None, texts))) for texts in (targets, actuals))
    if bare(target) == bare(actual) and not all(pair.same for pair in pairs):
        target, actual = ("；".join(text or "—" for text in texts) for texts in (targets, actuals))
    sides = ((target, targets, pairs[0].target), (actual, actuals, pairs[0].actual))
    one, other = (Cell(text, cell.span, Words(text, bare(text)) if len(set(texts)) > 1 else None) for text, texts, cell in sides)
    return one, other


def _agreeing(cells: Sequence[Cell | None]) -> Cell | None:
    return cells[0] if len({None if cell is None else bare(cell.text) for cell in cells}) == 1 else None


def _meaning(member: _Member, declared: Declared) -> object:
    """What a fact of one form says, to be held against another's; None if it cannot be read, which has been said."""
    name = declared.name
    if declared.kind == "items":
        items = member.facts.items(name)
        return None if isinstance(items, Absence) else frozenset((bare(label), bare(cell.text)) for label, cell in items.items())
    if declared.kind == "words":
        cell = member.facts.words(name)
        return None if cell is None else bare(cell.text)
    found = member.facts.fact(name)
    if isinstance(found, Absence):
        return None if found.kind == "missing" else found.kind
    return found.value


def _silent(fact: Fact | None) -> bool:
    return fact is None or (isinstance(fact, Cell) and not fact.text.strip())


def _missing(span: Span, why: Phrase) -> Cell:
    return Cell("缺", span, Blank("缺", why))


def _exactly(number: Fraction, unit: Unit | None) -> Quantity:
    return Quantity("", number, number, False, False, "", unit, 0, number, "exact")
