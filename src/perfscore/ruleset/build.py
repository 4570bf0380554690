"""The fields of a rule file and its bases to a rule set: formulas checked, curves tried, points added, grades closed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

from perfscore.model.form import BUDGET_NAMES
from perfscore.model.formula import Formula, Kind
from perfscore.model.rules import Basis, Declared, Example, Grade, Indicator, MethodUse, Rounding, RuleSet, Takes, Variant
from perfscore.ruleset.load import Opened, chain, open_named
from perfscore.ruleset.overlay import overlay, overlay_indicators
from perfscore.scoring import methods
from perfscore.scoring.formula import ROW_NAMES, inside, read_formula
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.fields import Fields, Value
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import format_number
from perfscore.text.source import Source, Span

Report = Callable[[Diagnostic], None]

_TRIAL = Fraction(100)
MAX_UNROUNDED = 200
#: `a <= 3` is no measure called `a <`, and `a + b = 3` none called `a + b`.
_IN_FORMULAS = frozenset("<>!:+*/÷×＋＊／＜＞,，")


def load_rules(reference: str) -> RuleSet:
    """The rule set of a shipped reference or of a file; raises Rejected with everything that is wrong with it."""
    source, folder = open_named(reference)
    return build(source, folder)


def build(source: Source, folder: str | None) -> RuleSet:
    """The rule set that a source and its bases make; raises Rejected."""
    problems: list[Diagnostic] = []
    opened = chain(source, folder, problems.append)
    # On a base that is not there everything would be wrong: only what each file says in itself was checked.
    rules = _Builder(opened, problems.append).rules() if opened and "extends" not in opened[0].fields else None
    if rules is None or problems:
        raise Rejected(_ordered(problems))
    return rules


def _ordered(problems: list[Diagnostic]) -> list[Diagnostic]:
    # One fault reached by two ways (a row in the base tree and in a variant) is said once.
    unique = {(p.code, str(p.span), p.says): p for p in problems}
    return sorted(unique.values(), key=lambda p: (p.span.source.name if p.span else "", p.span.line if p.span else 0, p.span.column if p.span else 0))


class _Builder:
    """One rule set in the making: the merged fields, the names that formulas may read, and the reports."""

    def __init__(self, opened: list[Opened], report: Report) -> None:
        self.opened, self.report = opened, report
        self.fields = opened[0].fields
        for more in opened[1:]:
            self.fields = overlay(self.fields, more.fields)
        self.facts = self._facts()
        self.names: dict[str, Kind] = {**dict.fromkeys(BUDGET_NAMES, "number"), **{fact.name: fact.kind for fact in self.facts}}
        self._built: dict[tuple[int, int], Indicator] = {}

    def wrong(self, code: str, says: Phrase, span: Span, hint: Phrase | None = None) -> None:
        self.report(Diagnostic(code, says, span, hint))

    def rules(self) -> RuleSet | None:
        fields = self.fields
        base: tuple[Value, ...] = fields["indicators"] or ()
        if not base:
            self.wrong("no-indicators", Phrase("规则文件里没有指标", "the rule file has no indicators"), fields.span)
            return None
        laid = [(value.value, overlay_indicators(base, value.value["indicators"] or ())) for value in fields["variants"] or ()]
        for row in (*base, *(row for _, rows in laid for row in rows)):
            self._count_names(row.value)
        for written in (*(o.fields["indicators"] or () for o in self.opened), *(given["indicators"] or () for given, _ in laid)):
            self._once(written, {})
        variants = [self._variant(given, rows) for given, rows in laid]
        variants.append(Variant("base", Phrase("基本", "base"), None, self._tree(base)))
        for variant in variants:
            self._total(variant)
        self._unrounded(variants)
        grades = self._grades()
        if fields["ruleset"] is None or fields["version"] is None:
            return None
        rules = RuleSet(
            id=fields["ruleset"],
            version=fields["version"],
            title=fields["title"] or same(fields["ruleset"]),
            span=fields.span,
            sources=tuple(o.source for o in self.opened),
            variants=tuple(variants),
            grades=grades,
            rounding=self._rounding(),
            basis=_basis(fields["basis"]),
            facts=self.facts,
            zero_target=fields["zero_target"] or "standard",
            aggregate=fields["aggregate"] or "sum",
        )
        return _with_examples(rules, self._examples(rules))

    def _facts(self) -> tuple[Declared, ...]:
        found = []
        for key, value in self.fields["facts"] or ():
            given: Fields | str = value.value
            if isinstance(given, str):
                found.append(Declared(key.value, same(given), "", "number", key.span))
            else:
                found.append(Declared(key.value, given["label"] or same(key.value), given["unit"] or "", given["kind"] or "number", key.span))
        return tuple(found)

    def _count_names(self, fields: Fields) -> None:
        """`rows.<id>`: how many rows the form has there, for the conditions of variants and of indicators."""
        if fields["id"] is not None:
            self.names[f"rows.{fields['id']}"] = "number"
        for child in fields["children"] or ():
            self._count_names(child.value)

    def _variant(self, fields: Fields, rows: tuple[Value, ...]) -> Variant:
        when = self._formula(fields.given("when"), "truth", self.names)
        label = fields["label"] or same(fields["id"] or "")
        return Variant(fields["id"] or "", label, when, self._tree(rows))

    def _tree(self, rows: tuple[Value, ...]) -> tuple[Indicator, ...]:
        self._once(rows, {})
        return tuple(self._indicator(row.value, None) for row in rows)

    def _once(self, rows: tuple[Value, ...], seen: dict[str, Span]) -> None:
        """An id stands once in a tree, and once in what is laid over it."""
        for row in rows:
            name: str | None = row.value["id"]
            if name is not None and name in seen:
                more = ((Phrase("前一个在这里", "the first is here"), seen[name]),)
                self.report(Diagnostic("duplicate-id", Phrase(f"编号 {name} 用了两次", f"the id {name} is used twice"), row.span, more=more))
            elif name is not None:
                seen[name] = row.span
            self._once(row.value["children"] or (), seen)

    def _indicator(self, fields: Fields, inherited: tuple[Value, ...] | None) -> Indicator:
        # What no variant changes is the same object, and is built once.
        basis = fields["basis"] or inherited
        built = (id(fields), id(basis))
        if built in self._built:
            return self._built[built]
        if fields["removed"] == "true":
            says = Phrase(f"要取消的 {fields['id']} 不在被继承的规则里", f"the rules laid under have no {fields['id']} to take out")
            self.wrong("unknown-id", says, fields.at("removed"))
            return Indicator(fields["id"] or "", same(fields["id"] or ""), fields.span)
        children = tuple(self._indicator(child.value, basis) for child in fields["children"] or ())
        open_rows = fields["rows"] == "from-form"
        names: dict[str, Kind] = {**self.names, **ROW_NAMES} if open_rows else self.names
        measure, label = self._measure(fields, names)
        made = Indicator(
            id=fields["id"] or "",
            label=fields["label"] or same(fields["id"] or ""),
            span=fields.span,
            points=fields["points"],
            points_span=fields.at("points") if "points" in fields else None,
            children=children,
            open=open_rows,
            measure=measure,
            measure_label=label,
            methods=fields["method"] or (),
            direction=fields["direction"],
            applicable=self._formula(fields.given("applicable"), "truth", self.names),
            otherwise=fields["otherwise"] or "drop",
            aggregate=fields["aggregate"] or "sum",
            basis=_basis(basis),
        )
        self._whole(made, fields)
        self._built[built] = made
        return made

    def _measure(self, fields: Fields, names: dict[str, Kind]) -> tuple[Formula | None, Phrase | None]:
        """`执行率 = 全年执行数 / 全年预算数`: the name before the sign is how the measure is called."""
        given = fields.given("measure")
        if given is None:
            return None, None
        # Only yes-no has a use for a condition, which counts 1 or 0.
        wanted: Kind | None = None if any(use.name == "yes-no" for _, use in fields["method"] or ()) else "number"
        text: str = given.value
        name, sign, rest = text.partition("=")
        if not sign or rest.startswith("=") or not _IN_FORMULAS.isdisjoint(name):
            return self._formula(given, wanted, names), None
        start = len(name) + 1 + len(rest) - len(rest.lstrip())
        body = text[start:]
        return self._formula(Value(body, inside(given.span, text, start, len(text))), wanted, names), same(name.strip())

    def _formula(self, given: Value | None, wanted: Kind | None, names: dict[str, Kind]) -> Formula | None:
        return None if given is None else read_formula(given.value, given.span, names, wanted, self.report)

    def _whole(self, made: Indicator, fields: Fields) -> None:
        """A group, an open group or a leaf has what it needs and nothing else."""
        if (made.children or made.open) and "applicable" in fields:
            hint = Phrase("用 variants（情形）整组更换，或写在各个指标上", "change the whole group by variants, or write it on the indicators")
            self.wrong(
                "condition-on-group",
                Phrase("适用条件只用于规则写定的指标", "a condition is for an indicator that the rules fix"),
                fields.at("applicable"),
                hint,
            )
        if made.children:
            self._group(made, fields)
            return
        if not made.methods and "method" not in fields.unread:
            hint = Phrase("写上 method（方法），或 children（下级）", "give it a method, or children")
            self.wrong(
                "no-method", Phrase(f"指标 {made.label.zh} 没有评分方法", f"the indicator {made.label.en} has no scoring method"), made.span, hint
            )
        if made.open:
            self._try(made.methods, _TRIAL)
            return
        if len(made.methods) > 1 or any(takes == "days" for takes, _ in made.methods):
            says = Phrase("这种方法只用于由表填报的行（rows: from-form）", "this method is only for rows from the form (rows: from-form)")
            self.wrong("method-kind", says, made.methods[0][1].span)
        if made.points is None and "points" not in fields.unread:
            self.wrong("no-points", Phrase(f"指标 {made.label.zh} 没有分值", f"the indicator {made.label.en} has no points"), made.span)
        if made.measure is None and "measure" not in fields and "measure" not in fields.unread and made.methods and made.methods[0][0] == "number":
            hint = Phrase("写上 measure（测算），或 rows: from-form（行: 由表填报）", "give it a measure, or rows: from-form")
            self.wrong("no-measure", Phrase(f"指标 {made.label.zh} 没有测算公式", f"the indicator {made.label.en} has no measure"), made.span, hint)
        if made.points is not None:
            self._try(made.methods, made.points)

    def _try(self, uses: tuple[tuple[Takes, MethodUse], ...], points: Fraction) -> None:
        for _, use in uses:
            method = methods.find(use.name) if [*use.parameters] else None
            # Without parameters there is nothing of the file's own to try.
            if method is not None:
                method.curve(use.parameters, points, self.report)

    def _group(self, made: Indicator, fields: Fields) -> None:
        for name in ("measure", "method", "rows"):
            if name in fields and name != "method":
                self.wrong(
                    "group-with-measure",
                    Phrase("有下级的指标不能再写测算或行", "an indicator with children has no measure or rows of its own"),
                    fields.at(name),
                )
        declared = [child.points for child in made.children]
        if made.points is not None and all(points is not None for points in declared):
            total = sum((points for points in declared if points is not None), Fraction(0))
            if total != made.points:
                self._sum(made, total)

    def _sum(self, made: Indicator, total: Fraction) -> None:
        points = made.points or Fraction(0)
        says = Phrase(
            f"{made.label.zh} {format_number(points)} 分，下级合计 {format_number(total)} 分，差 {format_number(points - total)} 分",
            f"{made.label.en} has {format_number(points)} points, its children {format_number(total)}: {format_number(points - total)} apart",
        )
        self.wrong("points-do-not-add-up", says, made.points_span or made.span)

    def _total(self, variant: Variant) -> None:
        declared: Fraction | None = self.fields["points"]
        if declared is None or any(top.points is None for top in variant.indicators):
            return
        total = sum((top.points or Fraction(0) for top in variant.indicators), Fraction(0))
        if total != declared:
            says = Phrase(
                f"总分值 {format_number(declared)}，{variant.label.zh}情形的一级指标合计 {format_number(total)}",
                f"the total is {format_number(declared)} points, the top level of {variant.label.en} adds up to {format_number(total)}",
            )
            self.wrong("points-do-not-add-up", says, self.fields.at("points"))

    def _unrounded(self, variants: list[Variant]) -> None:
        """Scores that are not rounded add up to fractions without end: a few hundred of them take longer than anybody waits."""
        most = max(sum(not node.children for top in variant.indicators for node in top.walk()) for variant in variants)
        if self._rounding().leaf is None and most > MAX_UNROUNDED:
            says = Phrase(f"指标得分不舍入时，最多 {MAX_UNROUNDED} 个指标", f"without rounding at the leaf, {MAX_UNROUNDED} indicators at most")
            self.wrong("too-many-unrounded", says, self.fields.at("rounding"))

    def _grades(self) -> tuple[Grade, ...]:
        given: tuple[Value, ...] = self.fields["grades"] or ()
        rows = [Grade(v.value["label"], v.value["range"], v.span) for v in given if v.value["label"] and v.value["range"]]
        if len(rows) < len(given):
            # Beside a range that cannot be read there would seem to be a gap.
            return ()
        rows.sort(key=lambda grade: (grade.range.low is not None, grade.range.low or 0))
        for one, other in pairwise(rows):
            if one.range.high == other.range.low and one.range.high_closed != other.range.low_closed:
                continue
            apart = (
                one.range.high is not None
                and other.range.low is not None
                and (one.range.high < other.range.low or (one.range.high == other.range.low and not one.range.high_closed))
            )
            code = "grade-gap" if apart else "grade-overlap"
            zh = f"{one.label.zh} {one.range} 与 {other.label.zh} {other.range} 之间" + ("有空当，落在中间的总分没有等级" if apart else "有重叠")
            en = f"{one.label.en} {one.range} and {other.label.en} {other.range} " + (
                "leave a gap: totals inside it have no grade" if apart else "overlap"
            )
            self.report(Diagnostic(code, Phrase(zh, en), other.span, more=((Phrase("相邻的等级在这里", "the neighbour is here"), one.span),)))
        return tuple(rows[::-1])

    def _rounding(self) -> Rounding:
        given = self.fields["rounding"]
        if given is None:
            return Rounding()
        places: dict[str, Any] = {"leaf": None}
        for value in given:
            if value.value["at"] is not None:
                places[value.value["at"]] = value.value["places"]
        return Rounding(**places)

    def _examples(self, rules: RuleSet) -> tuple[Example, ...]:
        ids = {node.id for variant in rules.variants for top in variant.indicators for node in top.walk()} | {"total"}
        found = []
        for value in self.fields["examples"] or ():
            fields: Fields = value.value
            for key, _ in fields["given"] or ():
                if key.value not in self.names:
                    self.wrong("unknown-name", Phrase(f"没有名为 {key.value} 的数据", f"there is no fact named {key.value}"), key.span)
            for key, _ in fields["expect"] or ():
                if key.value not in ids:
                    self.wrong("unknown-id", Phrase(f"没有编号为 {key.value} 的指标", f"no indicator has the id {key.value}"), key.span)
            given = tuple((key.value, item.value) for key, item in fields["given"] or ())
            found.append(Example(given, tuple((key.value, item.value) for key, item in fields["expect"] or ()), value.span))
        return tuple(found)


def _with_examples(rules: RuleSet, examples: tuple[Example, ...]) -> RuleSet:
    return rules._replace(examples=examples) if examples else rules


def _basis(given: tuple[Value, ...] | None) -> tuple[Basis, ...]:
    def one(value: str | Fields) -> Basis:
        if isinstance(value, str):
            return Basis(value)
        return Basis(value["document"] or "", value["clause"] or "", value["verified"] == "true", value["note"] or "")

    return tuple(one(value.value) for value in given or ())
