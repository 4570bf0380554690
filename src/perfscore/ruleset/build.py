"""The fields of a rule file and its bases to a rule set: formulas checked, curves tried, points added, grades closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any, NamedTuple

from perfscore.model.form import BUDGET_NAMES
from perfscore.model.formula import Formula, Kind
from perfscore.model.rules import DIRECTIONS, Basis, Case, Counts, Declared, FactKind, Grade, Indicator, MethodUse, Rounding, RuleSet, Takes, Variant
from perfscore.ruleset.facts import asked, computed, declared, names_of
from perfscore.ruleset.load import Opened, chain, open_named
from perfscore.ruleset.overlay import overlay, overlay_indicators
from perfscore.scoring import aggregates, methods
from perfscore.scoring.formula import ROW_NAMES, inside, read_formula
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.fields import Fields, Value
from perfscore.text.joins import Row, join, mended, order
from perfscore.text.nodes import Mapping
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import format_number
from perfscore.text.source import Source, Span

Report = Callable[[Diagnostic], None]

_TRIAL = Fraction(100)
MAX_UNROUNDED = 200
#: Methods whose measure is a fact as a whole, and no formula.
_OWN_FACT = {"items": Phrase("要点", "items"), "label": Phrase("等级", "levels"), "judgement": Phrase("评定得分", "judged scores")}
#: What the conditions of the cases of a row may read besides: the direction of a target that is a number.
_DIRECTION_NAMES: dict[str, Kind] = dict.fromkeys(DIRECTIONS, "truth")
#: `a <= 3` is no measure called `a <`, and `a + b = 3` none called `a + b`.
_IN_FORMULAS = frozenset("<>!:+*/÷×＋＊／＜＞,，")


def load_rules(reference: str, as_of: str | None = None) -> RuleSet:
    """
    The rule set of a shipped reference or of a file; raises Rejected with everything that is wrong with it.

    With `as_of`, a day like `2024-06-30`, a reference without `@version` is the version in force that day, and any other rule set must be.
    """
    if as_of is None:
        source, folder = open_named(reference)
        return build(source, folder)
    from perfscore.ruleset.versions import hold, read_day

    day = read_day(as_of)
    source, folder = open_named(reference, day)
    return hold(build(source, folder), day)


def build(source: Source, folder: str | None) -> RuleSet:
    """The rule set that a source and its bases make; raises Rejected."""
    problems: list[Diagnostic] = []
    opened = chain(source, folder, problems.append)
    # On a base that is not there everything would be wrong: only what each file says in itself was checked.
    rules = _Builder(opened, problems.append).rules() if opened and "extends" not in opened[0].fields else None
    if rules is None or problems:
        raise Rejected(_ordered(problems))
    return rules


def merged(source: Source, folder: str | None) -> Fields:
    """What a source and its bases say together, by their keys; raises Rejected wherever `build` does."""
    rules = build(source, folder)
    first, *rest = chain(source, folder, lambda _: None)
    fields = reduce(lambda under, more: overlay(under, more.fields), rest, first.fields)
    if not rest or "facts" not in fields:
        return fields
    # What an heir does not ask for is none of its facts, but an example may still give it.
    given = {entry.key.text for example in rules.examples if isinstance(example.given, Mapping) for entry in example.given.entries}
    known = {fact.name for fact in rules.facts} | given
    facts = tuple((key, value) for key, value in fields["facts"] if not known.isdisjoint((key.value, key.value.partition(".")[0])))
    values = {name: Value(fields[name], fields.at(name)) for name in fields}
    return Fields(fields.span, {**values, "facts": Value(facts, fields.at("facts"))}, fields.unread)


def _ordered(problems: list[Diagnostic]) -> list[Diagnostic]:
    # One fault reached by two ways (a row in the base tree and in a variant) is said once.
    unique = {(p.code, str(p.span), p.says): p for p in problems}
    return sorted(unique.values(), key=lambda p: (p.span.source.name if p.span else "", p.span.line if p.span else 0, p.span.column if p.span else 0))


class Above(NamedTuple):
    """What an indicator takes from the one above it: its points, whether each part is worth all of them, and where they count."""

    points: Fraction | None
    whole: bool = False
    counts: Counts = "points"
    basis: tuple[Value, ...] | None = None


class _Builder:
    """One rule set in the making: the merged fields, the names that formulas may read, and the reports."""

    def __init__(self, opened: list[Opened], report: Report) -> None:
        self.opened, self.report = opened, report
        self.fields = opened[0].fields
        for more in opened[1:]:
            self.fields = overlay(self.fields, more.fields)
        self.template = self.fields["template"] == "true"
        self.facts = declared(self.fields, self.report)
        self.names: dict[str, Kind] = {**dict.fromkeys(BUDGET_NAMES, "number"), **names_of(self.facts)}
        self.names.update(dict.fromkeys((key.value for key, _ in self.fields["cohort"] or ()), "number"))
        self._built: dict[tuple[int, Above], Indicator] = {}

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
        for opened in self.opened:
            # A gate of the same id takes the place of its base's, and nothing else's.
            self._once(opened.fields["gates"] or (), {})
        variants = [self._variant(given, rows) for given, rows in laid]
        variants.append(Variant("base", Phrase("基本", "base"), None, self._tree(base)))
        for variant in variants:
            self._total(variant)
        self._unrounded(variants)
        grades = self._grades()
        after = self._after(tuple(variants), grades)
        if fields["ruleset"] is None or fields["version"] is None:
            return None
        made = RuleSet(
            id=fields["ruleset"],
            version=fields["version"],
            title=fields["title"] or same(fields["ruleset"]),
            span=fields.span,
            sources=tuple(o.source for o in self.opened),
            variants=tuple(variants),
            grades=grades,
            rounding=self._rounding(),
            basis=basis_of(fields["basis"]),
            facts=self.facts,
            zero_target=fields["zero_target"] or "standard",
            aggregate=fields["aggregate"] or "sum",
            negative_actual=fields["negative_actual"] or "missing",
            declared=fields["points"],
            template=self.template,
            whole=aggregates.whole(fields["aggregate"]),
            valid_from=fields["valid_from"],
            valid_until=fields["valid_until"],
            **after,
        )
        return made._replace(facts=asked(made)) if len(self.opened) > 1 else made

    def _after(self, variants: tuple[Variant, ...], grades: tuple[Grade, ...]) -> dict[str, Any]:
        """What only some rule sets have, and what is said of the whole of them."""
        wanted = [name for name in ("gates", "cohort", "constraints", "examples") if self.fields[name]]
        self.facts = computed(self.facts, self.fields, self.names, self.report)
        if not wanted:
            return {}
        from perfscore.ruleset.after import After

        made = After(self.fields, self.names, self.facts, variants, grades, self.report)
        return {name: getattr(made, name)() for name in wanted}

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
        above = Above(self.fields["points"], aggregates.whole(self.fields["aggregate"]))
        return tuple(self._indicator(row.value, above) for row in rows)

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

    def _indicator(self, fields: Fields, above: Above) -> Indicator:
        # What no variant changes is the same object, and is built once.
        above = above._replace(basis=fields["basis"] or above.basis, counts=fields["counts"] or above.counts)
        built = (id(fields), above)
        if built in self._built:
            return self._built[built]
        if fields["removed"] == "true":
            says = Phrase(f"要取消的 {fields['id']} 不在被继承的规则里", f"the rules laid under have no {fields['id']} to take out")
            self.wrong("unknown-id", says, fields.at("removed"))
            return Indicator(fields["id"] or "", same(fields["id"] or ""), fields.span)
        made = self._one(fields, above)
        self._whole(made, fields)
        if fields["variants"]:
            made = made._replace(cases=tuple(self._cases(made, fields, above)))
        self._built[built] = made
        return made

    def _one(self, fields: Fields, above: Above) -> Indicator:
        """The indicator as its fields say, without its cases."""
        points = self._points(fields, above)
        below = above._replace(points=points, whole=aggregates.whole(fields["aggregate"]))
        children = tuple(self._indicator(child.value, below) for child in fields["children"] or ())
        open_rows = fields["rows"] == "from-form"
        names: dict[str, Kind] = {**self.names, **ROW_NAMES} if open_rows else self.names
        label = fields["label"] or same(fields["id"] or "")
        uses: tuple[tuple[Takes, MethodUse], ...] = fields["method"] or ()
        fact = "" if open_rows or not uses or uses[0][0] not in _OWN_FACT else self._own_fact(fields, label, uses[0][0])
        measure, measure_label = (None, None) if fact else self._measure(fields, names)
        least, most = (None if fields[name] is None else fields[name].of(points or _TRIAL) for name in ("least", "most"))
        return Indicator(
            id=fields["id"] or "",
            label=label,
            span=fields.span,
            points=points,
            points_span=fields.at("points") if "points" in fields else None,
            children=children,
            open=open_rows,
            measure=measure,
            measure_label=measure_label,
            methods=uses,
            direction=fields["direction"],
            applicable=self._formula(fields.given("applicable"), "truth", self.names),
            otherwise=fields["otherwise"] or "drop",
            aggregate=fields["aggregate"] or "sum",
            basis=basis_of(above.basis),
            least=least,
            most=most,
            counts=above.counts,
            note=fields["note"],
            fact=fact,
        )

    def _points(self, fields: Fields, above: Above) -> Fraction | None:
        given = fields["points"]
        if given is None:
            return above.points if above.whole else None
        if not given.share:
            return given.value  # type: ignore[no-any-return]
        if above.points is None:
            says = Phrase("上级没有分值，百分数没有可占的", "a share needs the points above, and there are none")
            self.wrong("no-points-above", says, fields.at("points"))
            return None
        return given.value * above.points  # type: ignore[no-any-return]

    def _own_fact(self, fields: Fields, label: Phrase, takes: Takes) -> str:
        """The fact that says which items were met or which level it is: the one that `measure` names, else one that is called like the indicator."""
        given = fields.given("measure")
        name: str = given.value.strip() if given is not None else label.zh
        kind: FactKind = "items" if takes == "items" else "words"
        known = next((fact for fact in self.facts if fact.name == name), None)
        if known is None and (given is None or kind == "words"):
            self.facts = (*self.facts, Declared(name, label, "", kind, fields.span))
        elif known is None or known.kind != kind:
            says = Phrase(f"{name} 不是{_OWN_FACT[takes].zh}的数据", f"{name} is no fact of {_OWN_FACT[takes].en}")
            hint = Phrase("在 facts（数据）里声明为 类型: 要点", "declare it under facts with kind: items")
            self.wrong("fact-kind", says, given.span if given is not None else fields.span, hint if kind == "items" else None)
        return name

    def _cases(self, made: Indicator, fields: Fields, above: Above) -> Iterator[Case]:
        """The indicator once for every variant of its own, with what that changes."""
        if made.children:
            hint = Phrase("整组更换用规则的 variants（情形）", "whole groups are changed by the variants of the rule set")
            self.wrong("condition-on-group", Phrase("有下级的指标没有自己的情形", "a group has no variants of its own"), fields.at("variants"), hint)
            return
        names: dict[str, Kind] = {**self.names, **ROW_NAMES, **_DIRECTION_NAMES} if made.open else self.names
        kept = {name: Value(fields[name], fields.at(name)) for name in fields if name != "variants"}
        for number, value in enumerate(fields["variants"], 1):
            given: Fields = value.value
            when = self._formula(given.given("when"), "truth", names)
            laid = Fields(
                given.span, {**kept, **{name: Value(given[name], given.at(name)) for name in given if name != "when"}}, fields.unread | given.unread
            )
            rule = self._one(laid, above._replace(basis=given["basis"] or above.basis))._replace(case=number, when=when)
            self._whole(rule, laid)
            if when is not None:
                yield Case(when, rule)

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
        if made.counts != "points":
            self._beyond(made, fields)
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
        if self.template and not made.methods:
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
        if made.points is None and "points" not in fields and "points" not in fields.unread and not self.template:
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

    def _beyond(self, made: Indicator, fields: Fields) -> None:
        if made.counts == "malus" and any(use.name == "demerits" for _, use in made.methods):
            says = Phrase("减分项没有发生时就是满扣，违规扣分用在这里正好相反", "a malus by demerits would take everything where nothing occurred")
            hint = Phrase("用要点（checklist）：发生一项减几分", "use a checklist: points taken for every item that occurred")
            self.wrong("beyond-points", says, fields.at("method"), hint)
        self._added_up(made, fields)

    def _added_up(self, made: Indicator, fields: Fields) -> None:
        """Bonus and malus are added up: there are no points of theirs that could be shared out or given in full."""
        for name, given in (("aggregate", made.aggregate != "sum"), ("otherwise", made.otherwise == "full")):
            if given and name in fields:
                says = Phrase("加分、减分项只能相加，也没有满分可给", "bonus and malus are added up, and have no full points to give")
                self.wrong("beyond-points", says, fields.at(name))

    def _group(self, made: Indicator, fields: Fields) -> None:
        for name in ("measure", "method", "rows"):
            if name in fields and name != "method":
                self.wrong(
                    "group-with-measure",
                    Phrase("有下级的指标不能再写测算或行", "an indicator with children has no measure or rows of its own"),
                    fields.at(name),
                )
        inside = [child.points for child in made.children if child.counts == "points"]
        if made.counts != "points" or made.points is None or not inside:
            # Bonus and malus are held below their own most, whatever their parts add up to.
            return
        if aggregates.whole(made.aggregate):
            for child in made.children:
                if child.counts == "points" and child.points not in (None, made.points):
                    self._not_whole(made, child)
        elif None not in inside:
            total = sum((points for points in inside if points is not None), Fraction(0))
            if total != made.points:
                self._sum(made, total)

    def _not_whole(self, made: Indicator, child: Indicator) -> None:
        shown = format_number(made.points or Fraction(0))
        says = Phrase(
            f"{made.label.zh}不是下级相加，每一项都应是 {shown} 分",
            f"the parts of {made.label.en} do not share its points: each is worth {shown}",
        )
        self.wrong("points-do-not-add-up", says, child.points_span or child.span)

    def _sum(self, made: Indicator, total: Fraction) -> None:
        points = made.points or Fraction(0)
        says = Phrase(
            f"{made.label.zh} {format_number(points)} 分，下级合计 {format_number(total)} 分，差 {format_number(points - total)} 分",
            f"{made.label.en} has {format_number(points)} points, its children {format_number(total)}: {format_number(points - total)} apart",
        )
        hint = _exactly_one(tuple(child for child in made.children if child.counts == "points"), total - points)
        self.wrong("points-do-not-add-up", says, made.points_span or made.span, hint)

    def _total(self, variant: Variant) -> None:
        declared: Fraction | None = self.fields["points"]
        tops = [top for top in variant.indicators if top.counts == "points"]
        if declared is None:
            return
        if aggregates.whole(self.fields["aggregate"]):
            self._worth(declared, tops)
            return
        if any(top.points is None for top in tops):
            return
        total = sum((top.points or Fraction(0) for top in tops), Fraction(0))
        if total != declared:
            says = Phrase(
                f"总分值 {format_number(declared)}，{variant.label.zh}情形的一级指标合计 {format_number(total)}",
                f"the total is {format_number(declared)} points, the top level of {variant.label.en} adds up to {format_number(total)}",
            )
            self.wrong("points-do-not-add-up", says, self.fields.at("points"), _exactly_one(tuple(tops), total - declared))

    def _worth(self, declared: Fraction, tops: list[Indicator]) -> None:
        """Parts that do not share the total are each worth all of it."""
        other = next((top for top in tops if top.points not in (None, declared)), None)
        if other is not None:
            total, points = format_number(declared), format_number(other.points or Fraction(0))
            says = Phrase(
                f"总分值 {total}，不是一级指标相加，每一项都应是 {total} 分，{other.label.zh}是 {points} 分",
                f"the total is {total} points, and each part is worth all of it: {other.label.en} has {points}",
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
        rows = [Grade(v.value["label"], v.value["range"], v.span, v.value["action"], v.value["quota"]) for v in given if v.value["label"]]
        if len(rows) < len(given) or any("range" in v.value.unread for v in given):
            # Beside a range that cannot be read there would seem to be a gap.
            return ()
        ranged = [
            (grade, Row(grade.range, grade.label, v.value.at("range"))) for v, grade in zip(given, rows, strict=True) if grade.range is not None
        ]
        ranged.sort(key=lambda pair: order(pair[1].on))
        self._join(ranged)
        # From the best; those that only a gate gives stand behind.
        return tuple(grade for grade, _ in ranged[::-1]) + tuple(grade for grade in rows if grade.range is None)

    def _join(self, ranged: list[tuple[Grade, Row]]) -> None:
        """Every total has one grade: a gap or an overlap is reported at the better grade."""
        for (before, one), (grade, other) in pairwise(ranged):
            found = join(one.on, other.on)
            if found is None:
                continue
            zh, en = f"{one.name.zh} {one.on} 与 {other.name.zh} {other.on} ", f"{one.name.en} {one.on} and {other.name.en} {other.on}"
            both, at = found.shown(share=False), grade.span
            hint, edits = mended(found, one, other, share=False, upwards=True)
            more = ((Phrase("相邻的等级在这里", "the neighbour is here"), before.span),)
            if found.kind == "gap":
                says = Phrase(f"{zh}之间漏了 {both}，落在其中的总分没有等级", f"{en} leave out {both}: totals inside it have no grade")
                self.report(Diagnostic("grade-gap", says, at, hint, more=more, edits=edits))
            elif found.kind == "twice":
                says = Phrase(f"{zh}都包括 {both}，正好 {both} 分有两个等级", f"{en} both hold {both}: that total has two grades")
                self.report(Diagnostic("grade-end-claimed-twice", says, at, hint, more=more, edits=edits))
            else:
                self.report(
                    Diagnostic("grade-overlap", Phrase(f"{zh}有重叠，都包括 {both}", f"{en} overlap: {both} is in both"), at, hint, more=more)
                )

    def _rounding(self) -> Rounding:
        given = self.fields["rounding"]
        if given is None:
            return Rounding()
        places: dict[str, Any] = {"leaf": None}
        for value in given:
            if value.value["at"] is not None:
                places[value.value["at"]] = value.value["places"]
        return Rounding(**places)


def _exactly_one(parts: tuple[Indicator, ...], over: Fraction) -> Phrase | None:
    """The usual reason why there are too many points: 10 for the execution rate were put on top of 100, and not taken out of them."""
    found = [part for part in parts if part.points == over > 0]
    one = next((part for part in found if "执行" in part.label.zh), found[0] if len(found) == 1 else None)
    if one is None:
        return None
    shown = format_number(over)
    return Phrase(
        f"多出的 {shown} 分正好是{one.label.zh}：它应含在内而不是另加，其余各项合计要少 {shown} 分",
        f"the {shown} points too many are just those of {one.label.en}: it belongs inside, and the others should have {shown} less",
    )


def basis_of(given: tuple[Value, ...] | None) -> tuple[Basis, ...]:
    """The documents that a list under `basis` names."""

    def one(value: str | Fields) -> Basis:
        if isinstance(value, str):
            return Basis(value)
        return Basis(value["document"] or "", value["clause"] or "", value["verified"] == "true", value["note"] or "")

    return tuple(one(value.value) for value in given or ())
