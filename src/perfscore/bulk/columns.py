"""What the columns of a table mean, by the words of the form file: from the names in its head to roles, or to what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from perfscore.forms.shape import BUDGET, FORM, GOAL, REPORTED, REVIEW, ROW
from perfscore.model.rules import RuleSet
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.nearest import nearest
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import bare, unit_named
from perfscore.text.source import Source, Span

#: One row per indicator and a table of budgets beside it, or one row per form with the facts that the rules read.
Shape = Literal["long", "wide"]

#: What tells forms apart where no column says it: all of these together.
KEYS = ("unit", "project", "year")
#: The budget in the form file is in 万元 unless it says otherwise.
_MONEY = "万元"
_AMOUNTS = frozenset({"budget.initial", "budget.adjusted", "budget.executed"})
_HINT = Phrase(
    "用列名对照文件说明这一列（如 {完成值: actual}），或改列名", "say what the column is in a file of columns ({done: actual}), or call it otherwise"
)


class Meaning(NamedTuple):
    """
    What one column holds.

    `role` is the place in the form file: `form` (what tells forms apart), `unit`, `project`, `year`, `rules`; of a row `id`, `level1`, `level2`,
    `level3`, `target`, `actual`, `points`, `reported`, `note`, `tier`, `judged`, `direction`, `applicable`, `deducted`, `measured` (计量单位 of target
    and actual), `review.actual`, `review.score`, `review.note`; `budget.initial`, `budget.adjusted`, `budget.executed`, `budget.money`,
    `budget.points`, `budget.rate`, `budget.reported`; `reported.points`, `reported.score`, `reported.grade`, `reported.date`; `goal.expected`,
    `goal.actual`; `fact`; or empty where the column is not read. `name` is the name of the fact. `measure` is the unit that the head of the
    column prints behind its name, 支出（元）, where a bare number would otherwise be taken for another.
    """

    column: str
    role: str
    name: str = ""
    measure: str = ""


class Columns(NamedTuple):
    """The columns of a table in their order, understood, and what a person should know about how (warnings)."""

    shape: Shape
    meanings: tuple[Meaning, ...]
    notes: tuple[Diagnostic, ...] = ()

    def place(self, role: str) -> int | None:
        """The place of the only column with a role; facts have many."""
        return next((place for place, meaning in enumerate(self.meanings) if meaning.role == role), None)

    def facts(self) -> dict[str, int]:
        """The places of the facts by their names."""
        return {meaning.name: place for place, meaning in enumerate(self.meanings) if meaning.role == "fact"}

    def key(self) -> tuple[int, ...]:
        """The places of the columns that tell forms apart: `form`, else those of unit, project and year; none where there is no unit and no project."""
        form = self.place("form")
        found = [self.place(role) for role in KEYS] if form is None else [form]
        return tuple(place for place in found if place is not None) if any(place is not None for place in found[:2]) else ()


#: The places of a row of the indicator table: what a wide table has no column for.
ROW_ROLES = frozenset({*(key.name for key in ROW.keys if key.name != "review"), "measured", *(f"review.{key.name}" for key in REVIEW.keys)})

#: Words beside those of the form file, for what they can mean in a long table and in a wide one.
_ALSO: dict[str, tuple[str, ...]] = {
    "form": ("form", "表号", "项目编号", "表编号"),
    "unit": ("单位名称", "填报单位", "预算单位", "项目单位", "实施单位", "部门", "部门名称", "unitname"),
    "project": ("项目名称",),
    "year": ("年份", "预算年度"),
    "rules": ("规则集",),
    "level1": ("一级",),
    "level2": ("二级",),
    "level3": ("三级", "指标名称", "indicator"),
    "target": ("指标值", "目标值", "年度目标值"),
    "actual": ("完成值", "全年完成值", "年度完成值", "实际值"),
    "points": ("权重", "分数", "weight"),
    "reported": ("得分", "score"),
    "note": ("偏差原因分析及改进措施", "偏差原因分析"),
    "budget.initial": ("年初预算",),
    "budget.adjusted": ("全年预算", "调整后预算数"),
    "budget.executed": ("全年执行", "执行数"),
    "budget.money": ("金额单位", "money"),
    "reported.score": ("自评总分", "总分"),
    "reported.grade": ("自评等级", "grade"),
}
#: In a table with one row per form these say something of the whole form.
_OF_WHOLE: dict[str, tuple[str, ...]] = {"reported.score": ("自评得分", "得分", "score"), "form": ("编号", "id"), "budget.money": ("计量单位",)}
#: In a table with one row per indicator each of these can be either, and another column has to tell.
_EITHER: dict[str, tuple[str, ...]] = {"编号": ("id", "form"), "计量单位": ("measured", "budget.money")}


@cache
def words(shape: Shape) -> dict[str, tuple[str, ...]]:
    """What each word of a head, folded, can mean: one role, or several of which another column has to tell."""
    found: dict[str, tuple[str, ...]] = {}
    for role, spoken in _spoken(shape):
        found.setdefault(_folded(spoken), (role,))
    if shape == "long":
        found |= _EITHER | {"measured": ("measured",)}
    return found


def _spoken(shape: Shape) -> Iterator[tuple[str, str]]:
    """Roles with the words for them; of a word for two the first counts, and a row comes before the whole form."""
    groups = [("", same(""), FORM), ("budget.", Phrase("预算.", "budget."), BUDGET)]
    groups += [("reported.", Phrase("自评结论.", "reported."), REPORTED), ("goal.", Phrase("总体目标.", "goal."), GOAL)]
    rows = [("", Phrase("指标.", "indicators."), ROW), ("review.", Phrase("复核.", "review."), REVIEW)]
    known = [(f"{prefix}{key.name}", key, above) for prefix, above, record in groups + rows for key in record.keys]
    known = [(role, key, above) for role, key, above in known if role in ROLES and (shape == "long" or role not in ROW_ROLES)]
    # The whole way to a key is never in doubt: budget.points, 预算.分值.
    yield from ((role, f"{above.zh}{key.zh}") for role, key, above in known)
    yield from ((role, role) for role, _, _ in known)
    if shape == "wide":
        yield from ((role, spoken) for role, each in _OF_WHOLE.items() for spoken in each)
    for role, key, _ in sorted(known, key=lambda one: one[0] not in ROW_ROLES):
        if role not in ("budget.points", "budget.reported"):
            yield role, key.zh
        if role not in _BARE_IS_ANOTHER:
            yield role, key.name
    yield from ((role, spoken) for role, each in _ALSO.items() if shape == "long" or role not in ROW_ROLES for spoken in each)


#: `points`, `reported` and `actual` without the part of the form they stand in belong to a row; in a wide table nobody can tell whose they are.
_BARE_IS_ANOTHER = frozenset({"budget.points", "budget.reported", "reported.points", "goal.actual", "review.actual", "review.note", "review.score"})
ROLES = frozenset(
    {
        *("form", "unit", "project", "year", "rules"),
        *ROW_ROLES,
        *(f"budget.{key.name}" for key in BUDGET.keys if key.name != "parts"),
        *(f"reported.{key.name}" for key in REPORTED.keys),
        *(f"goal.{key.name}" for key in GOAL.keys),
    }
)


def _folded(name: str) -> str:
    return bare(name).casefold()


def meanings(names: Sequence[str], rules: RuleSet | None = None, mapping: Mapping[str, str] | None = None, source: str = "") -> Columns:
    """
    The columns of a table, understood by their names; `mapping` says what single columns mean: a role, the name of a fact, or nothing.

    Without rules every column that is no word of the form file is a fact of its own name. Raises Rejected for names that two columns share, for
    columns that mean the same or can mean two things, and for a mapping that names what there is not.
    """
    return _Head(names, rules, mapping or {}, Source(source, "")).columns()


class _Head:
    """The head of a table being understood."""

    def __init__(self, names: Sequence[str], rules: RuleSet | None, mapping: Mapping[str, str], source: Source) -> None:
        self.names, self.rules, self.mapping, self.source = tuple(names), rules, mapping, source
        self.problems: list[Diagnostic] = []
        self.notes: list[Diagnostic] = []
        self.facts = {} if rules is None else _facts(rules)
        #: Facts whose parts a form may call as it likes.
        self.open: set[str] = set() if rules is None else {fact.name for fact in rules.facts if fact.kind in ("list", "items") and not fact.parts}
        self.shape: Shape = "long"

    def columns(self) -> Columns:
        self._vet()
        self.shape = self._shape()
        can_be = [self._can_be(name) for name in self.names]
        roles = self._settled(can_be)
        found = tuple(self._meaning(place, role) for place, role in enumerate(roles))
        self._twice(found)
        if not any(meaning.role for meaning in found):
            says = Phrase("没有一列是看得懂的", "none of the columns is understood")
            self._wrong("no-known-column", says, 0, Phrase("第一行应是列名", "the first row should be the names of the columns"))
        if self.problems:
            raise Rejected(self.problems)
        return Columns(self.shape, found, tuple(self.notes))

    def _at(self, place: int) -> Span:
        return Span(self.source, 1, place + 1, 1, place + 2)

    def _wrong(self, code: str, says: Phrase, place: int, hint: Phrase | None = None) -> None:
        self.problems.append(Diagnostic(code, says, self._at(place), hint))

    def _note(self, code: str, says: Phrase, place: int, hint: Phrase | None = None) -> None:
        self.notes.append(Diagnostic(code, says, self._at(place), hint, severity="warning"))

    def _vet(self) -> None:
        """Names that two columns share, and a mapping that speaks of none of them."""
        seen: dict[str, int] = {}
        for place, name in enumerate(self.names):
            if name.strip() and seen.setdefault(name, place) != place:
                says = Phrase(
                    f"第 {seen[name] + 1} 列和第 {place + 1} 列都叫 {name}", f"columns {seen[name] + 1} and {place + 1} are both called {name}"
                )
                self._wrong("duplicate-column", says, place, Phrase("请改其中一个列名", "call one of them otherwise"))
        for column, meant in self.mapping.items():
            if column not in seen:
                near = nearest(column, seen)
                says = Phrase(f"列名对照里的 {column} 不是表里的列", f"the file of columns names {column}, which is no column of the table")
                self._wrong("unknown-column", says, 0, Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else None)
            elif meant and _role_named(meant) is None and self._fact(meant) is None:
                near = nearest(meant, [*ROLES, *self.facts])
                says = Phrase(
                    f"列名对照里 {column} 的含义 {meant} 看不懂", f"the file of columns says {column} is {meant}, which is neither a key nor a fact"
                )
                self._wrong("unknown-column", says, seen[column], Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else None)

    def _shape(self) -> Shape:
        """Long if there is a level, and a target or an actual value."""
        found = {role for name in self.names for role in self._can_be(name)}
        return "long" if found & {"level1", "level2", "level3"} and found & {"target", "actual"} else "wide"

    def _can_be(self, name: str) -> tuple[str, ...]:
        if name in self.mapping:
            meant = self.mapping[name]
            role = _role_named(meant) if meant else ""
            return () if role == "" else ("fact",) if role is None else (role,)
        known = words(self.shape)
        plain, _ = _unit_behind(name)
        can_be = known.get(_folded(name)) or known.get(_folded(plain)) or ()
        fact = self._fact(name) or self._fact(plain)
        if fact is not None and (not can_be or self.rules is not None):
            return (*can_be, "fact")
        return can_be

    def _fact(self, name: str) -> str | None:
        """The name of the fact that a column is called after."""
        name = name.strip()
        for above in ("facts.", "数据."):
            name = name.removeprefix(above)
        if self.rules is None or not name:
            return name or None
        known = self.facts.get(_folded(name))
        head, dot, part = name.partition(".")
        above = self.facts.get(_folded(head), "") if dot and part else ""
        return f"{above}.{part}" if known is None and above in self.open else known

    def _settled(self, can_be: list[tuple[str, ...]]) -> list[str]:
        """One role for each column: what another column certainly is, this one is not; 单位 beside the name of a unit stays in doubt."""
        certain = {each[0] for each in can_be if len(each) == 1}
        bare_amounts = any(_AMOUNTS & {*each} and not _unit_behind(name)[1] for name, each in zip(self.names, can_be, strict=True))
        roles = []
        for place, each in enumerate(can_be):
            left = [role for role in each if role not in certain] if len(each) > 1 else list(each)
            if len(left) > 1 and not bare_amounts:
                left = [role for role in left if role != "budget.money"]
            if len(left) > 1:
                left = self._doubted(place, left)
            roles.append(left[0] if left else "")
        return roles

    def _doubted(self, place: int, left: list[str]) -> list[str]:
        spoken = [_role_phrase(role) for role in left]
        zh, en = "、".join(one.zh for one in spoken), " or ".join(one.en for one in spoken)
        self._wrong("ambiguous-column", Phrase(f"列 {self.names[place]} 可能是 {zh}", f"column {self.names[place]} can be {en}"), place, _HINT)
        return []

    def _meaning(self, place: int, role: str) -> Meaning:
        column = self.names[place]
        meant = self.mapping.get(column)
        plain, behind = _unit_behind(column)
        if not role:
            if meant is None and not any(problem.span == self._at(place) for problem in self.problems):
                near = nearest(plain, self._every()) if column.strip() else None
                spoken = column.strip() or str(place + 1)
                says = Phrase(f"列 {spoken} 看不懂，没有读", f"column {spoken} is not understood and not read")
                self._note("column-not-read", says, place, Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else _HINT)
            return Meaning(column, "")
        name = (self._fact(meant or column) or self._fact(plain) or "") if role == "fact" else ""
        if role == "unit" and _folded(column) == "单位" and self.shape == "long" and "measured" not in self.mapping.values():
            self._unit_alone(place)
        return Meaning(column, role, name, self._measure(role, name, behind))

    def _unit_alone(self, place: int) -> None:
        """单位 is the unit that fills in the form, as in the form file; it is said where it could as well be the 计量单位."""
        if not any(_folded(name) in ("计量单位", "measured") for name in self.names):
            says = Phrase("列 单位 按填报单位读，不是计量单位", "column 单位 is read as the unit that fills in the form, not as a unit of measure")
            self._note("unit-understood", says, place, Phrase("如是计量单位，请把列名改成 计量单位", "call it 计量单位 if it is a unit of measure"))

    def _measure(self, role: str, name: str, behind: str) -> str:
        """The unit in the head, where a bare number would be taken for another."""
        if role == "fact":
            declared = None if self.rules is None else next((one for one in self.rules.facts if one.name == name), None)
            return "" if declared is not None and declared.unit == behind else behind
        if role in ("target", "actual"):
            return behind
        if role in _AMOUNTS:
            return "" if behind == _MONEY and not any("budget.money" in self._can_be(one) for one in self.names) else behind
        return ""

    def _twice(self, found: tuple[Meaning, ...]) -> None:
        seen: dict[tuple[str, str], int] = {}
        for place, meaning in enumerate(found):
            first = seen.setdefault((meaning.role, meaning.name), place)
            if meaning.role and first != place and found[first].column != meaning.column:
                one, other = found[first].column, meaning.column
                role = _role_phrase(meaning.role) if meaning.role != "fact" else Phrase(meaning.name, meaning.name)
                says = Phrase(f"列 {one} 和 {other} 都是 {role.zh}", f"columns {one} and {other} are both {role.en}")
                code = "ambiguous-column" if "单位" in (one, other) else "duplicate-column"
                self._wrong(code, says, place, _HINT)

    def _every(self) -> list[str]:
        return [*words(self.shape), *self.facts]


def _facts(rules: RuleSet) -> dict[str, str]:
    """The names of facts by what a column may be called: the name, the label in either language; and the parts of lists."""
    found: dict[str, str] = {}
    for fact in rules.facts:
        if fact.formula is None:
            parts = [(part, f"{fact.name}.{part}") for part in fact.parts]
            found |= {_folded(name): name for name in (fact.name, *(whole for _, whole in parts))}
    for fact in rules.facts:
        if fact.formula is None:
            for label in (fact.label.zh, fact.label.en):
                found.setdefault(_folded(label), fact.name)
                for part in fact.parts:
                    found.setdefault(_folded(f"{label}.{part}"), f"{fact.name}.{part}")
    for one in rules.cohort:
        # What all forms together give, a form scored alone may state.
        found.setdefault(_folded(one.name), one.name)
    return found


def _role_named(meant: str) -> str | None:
    """The role that a mapping names: an English or a Chinese key; None where it names none."""
    if meant in ROLES:
        return meant
    found = {**words("wide"), **words("long")}.get(_folded(meant), ())
    return found[0] if len(found) == 1 else None


def _role_phrase(role: str) -> Phrase:
    spoken = {"form": "表号", "measured": "计量单位（指标值）", "fact": "数据", "budget.money": "预算的计量单位"}
    for prefix, above, record in (("", "", FORM), ("", "", ROW), ("budget.", "预算.", BUDGET), ("reported.", "自评结论.", REPORTED)):
        spoken |= {f"{prefix}{key.name}": f"{above}{key.zh}" for key in record.keys if f"{prefix}{key.name}" not in spoken}
    return Phrase(f"{spoken.get(role, role)}（{role}）", role)


def _unit_behind(column: str) -> tuple[str, str]:
    """A name in a head and the unit behind it: 支出（万元） is 支出 in 万元."""
    folded = bare(column)
    if folded.endswith(")") and (opening := folded.rfind("(")) > 0:
        unit = folded[opening + 1 : -1].removeprefix("单位:")
        if unit_named(unit) is not None:
            return folded[:opening], unit
    return column, ""


def explained(columns: Columns) -> Iterable[tuple[str, Phrase]]:
    """What was understood, column by column, for a person who looks it over."""
    for meaning in columns.meanings:
        if not meaning.role:
            yield meaning.column, Phrase("没有读", "not read")
        elif meaning.role == "fact":
            yield meaning.column, Phrase(f"数据 {meaning.name}", f"fact {meaning.name}")
        else:
            yield meaning.column, _role_phrase(meaning.role)
