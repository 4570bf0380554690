"""What is said of a rule set as a whole, from fields to nouns: gates, cohort facts, constraints on its points, examples."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from perfscore.model.formula import Formula, Kind
from perfscore.model.rules import Cohort, Declared, Example, Gate, Grade, Indicator, Variant
from perfscore.scoring.formula import evaluate, read_formula
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.fields import Fields, Value
from perfscore.text.interval import read_interval
from perfscore.text.nearest import nearest
from perfscore.text.nodes import Mapping, Node
from perfscore.text.phrase import Phrase, same
from perfscore.text.printed import format_number, read_number
from perfscore.text.shape import MAPPING_EXPECTED, wrong
from perfscore.text.source import Span

Report = Callable[[Diagnostic], None]

#: Every gate that changes a score scores the form anew; no decree has a dozen.
MAX_GATES = 100
#: What a gate that looks at every leaf may read of it.
EACH_NAMES: dict[str, Kind] = {
    "score": "number", "points": "number", "achievement": "number", "noted": "truth",
    "得分": "number", "分值": "number", "完成率": "number", "有说明": "truth",
}  # fmt: skip
#: What an example may expect of an indicator instead of a score.
STATES = {"missing": "missing", "缺": "missing", "not-applicable": "not-applicable", "不适用": "not-applicable"}


class After:
    """One rule set whose trees and grades are made: everything that may name any of them."""

    def __init__(
        self,
        fields: Fields,
        names: dict[str, Kind],
        facts: tuple[Declared, ...],
        variants: tuple[Variant, ...],
        grades: tuple[Grade, ...],
        report: Report,
    ) -> None:
        self.fields, self.names, self.facts, self.variants, self.grades, self.report = fields, names, facts, variants, grades, report
        self.ids = {node.id: node for variant in variants for top in variant.indicators for node in top.walk()}

    def wrong(self, code: str, says: Phrase, span: Span, hint: Phrase | None = None) -> None:
        wrong(self.report, code, says, span, hint)

    def gates(self) -> tuple[Gate, ...]:
        """The gates in the order written; their conditions may read scores."""
        if len(self.fields["gates"]) > MAX_GATES:
            says = Phrase(f"关口超过 {MAX_GATES} 个", f"more than {MAX_GATES} gates")
            self.wrong("too-many-gates", says, self.fields["gates"][MAX_GATES].span)
            return ()
        totals: dict[str, Kind] = {"total": "number", "总得分": "number"}
        totals.update(dict.fromkeys((f"{word}.{id_}" for id_ in self.ids for word in ("score", "得分")), "number"))
        names = {**self.names, **totals}
        found = []
        for value in self.fields["gates"]:
            given: Fields = value.value
            each = given["each"]
            if each is not None:
                self._id(Value(each, given.at("each")))
            readable = names if each is None else {**names, **EACH_NAMES}
            when = read_formula(given["when"], given.at("when"), readable, "truth", self.report) if given["when"] is not None else None
            parameter = self._parameter(given, readable, each)
            if when is not None and parameter is not None:
                from perfscore.ruleset.build import basis_of

                label = given["label"] or same(given["id"] or "")
                found.append(Gate(given["id"], label, when, given["effect"].name, parameter, given.span, each, basis_of(given["basis"])))
        return tuple(found)

    def _parameter(self, given: Fields, names: dict[str, Kind], each: str | None) -> object:
        """What the effect takes, in the meaning it has here; None after a report."""
        from perfscore.scoring import gates

        effect = given["effect"]
        if effect is None:
            return None
        value: Value = effect.given
        match gates.find(effect.name).TAKES:
            case "id":
                # With `each` the leaf itself is meant, whatever is written.
                return value.value if each is not None or self._id(value) else None
            case "grade":
                labels = [spoken for grade in self.grades for spoken in (grade.label.zh, grade.label.en)]
                if value.value in labels:
                    return labels.index(value.value) // 2
                near = nearest(value.value, labels)
                listed = Phrase(
                    "等级有：" + "、".join(g.label.zh for g in self.grades), "the grades are: " + ", ".join(g.label.en for g in self.grades)
                )
                hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else listed
                self.wrong("unknown-grade", Phrase(f"没有名为 {value.value} 的等级", f"there is no grade {value.value}"), value.span, hint)
                return None
            case "formula":
                return read_formula(value.value, value.span, names, "number", self.report)
            case _:
                return value.value

    def _id(self, value: Value) -> Indicator | None:
        found = self.ids.get(value.value)
        if found is None:
            near = nearest(value.value, self.ids)
            hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else None
            self.wrong("unknown-id", Phrase(f"没有编号为 {value.value} 的指标", f"no indicator has the id {value.value}"), value.span, hint)
        return found

    def cohort(self) -> tuple[Cohort, ...]:
        """The numbers that all forms together give; what they measure reads the facts of one form."""
        inside = {key.value for key, _ in self.fields["cohort"]}
        names = {name: kind for name, kind in self.names.items() if name not in inside}
        found = []
        for key, value in self.fields["cohort"]:
            chosen = value.value
            given: Fields | str = chosen.given.value
            of = Value(given, chosen.given.span) if isinstance(given, str) else given.given("of")
            formula = None if of is None else read_formula(of.value, of.span, names, "number", self.report)
            if formula is not None:
                parameters = Fields(chosen.given.span, {}) if isinstance(given, str) else given
                found.append(Cohort(key.value, same(key.value), chosen.name, formula, parameters, key.span))
        return tuple(found)

    def constraints(self) -> tuple[Formula, ...]:
        """Conditions on the points of the rule file, held against every variant whose points are all known."""
        names: dict[str, Kind] = {"points.total": "number", **dict.fromkeys((f"points.{id_}" for id_ in self.ids), "number")}
        found = []
        for value in self.fields["constraints"]:
            formula = read_formula(value.value, value.span, names, "truth", self.report)
            if formula is None:
                continue
            found.append(formula)
            for variant in self.variants:
                self._constrain(formula, variant)
        return tuple(found)

    def _constrain(self, formula: Formula, variant: Variant) -> None:
        known = {f"points.{node.id}": node.points for top in variant.indicators for node in top.walk()}
        counting = [top.points for top in variant.indicators if top.counts == "points"]
        known["points.total"] = None if None in counting else sum((points for points in counting if points is not None), Fraction(0))
        # What a variant does not have is worth nothing there.
        read = {name.name: known.get(name.name, Fraction(0)) for name in formula.reads}
        if None in read.values() or evaluate(formula, lambda name: read[name] or Fraction(0)):
            return
        shown = "，".join(f"{name} = {format_number(points or Fraction(0))}" for name, points in read.items())
        says = Phrase(
            f"{variant.label.zh}情形的分值不合约束 {formula.text}：{shown}",
            f"the points of {variant.label.en} break the constraint {formula.text}: {shown.replace('，', ', ')}",
        )
        self.wrong("constraint-broken", says, formula.span)

    def examples(self) -> tuple[Example, ...]:
        """The examples, what they name checked; what they give is read when they run."""
        for value in self.fields["examples"]:
            self.check(value.value)
        return tuple(read_example(value.value) for value in self.fields["examples"])

    def check(self, fields: Fields) -> None:
        """Whether what an example names is there."""
        given: Node | None = fields["given"]
        known = set(self.names) | {fact.name for fact in self.facts}
        if given is not None and not isinstance(given, Mapping):
            self.wrong("mapping-expected", MAPPING_EXPECTED, given.span)
        for key, _ in given.entries if isinstance(given, Mapping) else ():
            if key.text not in known and not any(name.startswith(f"{key.text}.") for name in known):
                near = nearest(key.text, known)
                hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else None
                self.wrong("unknown-name", Phrase(f"没有名为 {key.text} 的数据", f"there is no fact named {key.text}"), key.span, hint)
        for key, value in fields["expect"] or ():
            self._expected(key, value, rows=fields["rows"] is not None)

    def _expected(self, key: Value, value: Value, *, rows: bool) -> None:
        words = {
            "grade": {spoken for grade in self.grades for spoken in grade.label} | set(STATES),
            "variant": {variant.id for variant in self.variants},
        }
        if key.value == "gates":
            gates = {gate.value["id"] for gate in self.fields["gates"] or ()}
            for name in gates_named(value.value):
                if name not in gates:
                    near = nearest(name, gates)
                    hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else None
                    self.wrong("unknown-id", Phrase(f"没有编号为 {name} 的关口", f"no gate has the id {name}"), value.span, hint)
            return
        if key.value in words:
            if value.value not in words[key.value]:
                listed = "、".join(sorted(words[key.value]))
                self.wrong("bad-value", Phrase(f"{value.value} 不在其中：{listed}", f"{value.value} is none of {listed}"), value.span)
            return
        if key.value not in self.ids and key.value != "total" and not rows:
            self._id(key)
        if value.value not in STATES and read_number(value.value) is None and bounds_named(value.value) is None:
            says = Phrase(
                f"应是得分、上下限（如 [0,50]）、缺或不适用，写的是 {value.value}",
                f"a score, bounds (like [0,50]), missing or not-applicable is expected, not {value.value}",
            )
            self.wrong("number-expected", says, value.span)


def gates_named(text: str) -> tuple[str, ...]:
    """The gates that an example expects to take effect; none for `none` or `无`."""
    names = tuple(name.strip() for name in text.replace("、", ",").replace("，", ",").split(","))
    return () if names in (("none",), ("无",)) else names


def bounds_named(text: str) -> tuple[Fraction, Fraction] | None:
    """The bounds that an example expects of a missing score (`[0,50]`), both of them reached and in points; None for any other text."""
    # Without its brackets an interval could be a score, or the id of a variant.
    if not text.lstrip().startswith(("[", "［")) or "%" in text or "％" in text:
        return None
    found = read_interval(text)
    if isinstance(found, Phrase) or not (found.low_closed and found.high_closed) or found.low is None or found.high is None:
        return None
    return found.low, found.high


def read_example(fields: Fields) -> Example:
    """An example as its fields say."""
    return Example(fields["given"], fields["rows"], fields["expect"] or (), fields.span, fields["label"] or "", fields["year"])
