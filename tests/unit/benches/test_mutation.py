"""
The machine that puts faults into rule files, held by a small rule set of which every mutant's fate is known.

Without these tests the page on mutants proves nothing: an operator that changes two things, or a proof of equality that is too generous, makes it look well.
"""

from fractions import Fraction

import pytest
from benches.mutation import report
from benches.mutation.edit import Change, Page, applied
from benches.mutation.expression import Expression
from benches.mutation.meaning import probes, same, same_curve
from benches.mutation.operators import OPERATORS, Mutant, Pack, mutants, pack
from benches.mutation.places import Place, places
from benches.mutation.trial import Bench, Judged, Outcome, choose, shipped

from perfscore.checking.settings import Settings
from perfscore.model.curve import Curve, Line, Piece, straight
from perfscore.model.rules import RuleSet
from perfscore.ruleset.build import build
from perfscore.text.interval import Interval
from perfscore.text.nodes import Entry, Mapping, Node, Scalar, Sequence
from perfscore.text.phrase import same as both
from perfscore.text.source import Source
from perfscore.text.yaml import parse
from perfscore.trials.files import Suite

SMALL = """ruleset: test/small
version: "1"
points: 20
grades:
  - {label: 合格, range: "[12,20]"}
  - {label: 不合格, range: "[0,12)"}
facts: {甲: {unit: 个}, 乙: {unit: 个}, 有: {kind: truth}}
indicators:
  - id: rate
    points: 10
    direction: higher
    applicable: 甲 > 0
    measure: 率 = 乙 / 甲
    method: {bands: ["≥90%: 10", "[50%,90%): 6", "<50%: 0"]}
  - {id: has, points: 10, measure: 有, method: yes-no}
examples:
  - {given: {甲: 10, 乙: 9, 有: 是}, expect: {rate: 10, has: 10, total: 20, grade: 合格}}
  - {given: {甲: 10, 乙: 5, 有: 否}, expect: {rate: 6, has: 0, grade: 不合格}}
"""


def read(text: str) -> RuleSet:
    return build(Source("small.yaml", text, text.encode()), None)


def small(text: str = SMALL) -> Pack:
    return pack("test/small@1", read(text))


def bench(text: str = SMALL) -> Bench:
    made = small(text)
    # Two checks that will stay what they are; with others the fates below would change from check to check.
    few = Settings(select=frozenset({"boundary-without-example", "not-monotone"}))
    return Bench(made, Suite(made.rules, made.rules.examples), few)


def put(made: Pack, old: str, new: str) -> Mutant:
    start = made.page.text.index(old)
    return Mutant(made.reference, "by-hand", "", 1, old, new, (Change(start, start + len(old), new),))


def flat(node: Node) -> list[str]:
    """The texts of a tree in order, with brackets for its shape."""
    match node:
        case Scalar():
            return [node.text]
        case Sequence():
            return ["[", *(text for item in node.items for text in flat(item)), "]"]
        case Mapping():
            return ["{", *(text for entry in node.entries for text in (entry.key.text, *flat(entry.value))), "}"]


def differences(one: Node, other: Node) -> int:
    """In how many places two trees differ: scalars that say something else, and entries that one of them lacks."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return int(one.text != other.text)
    if type(one) is not type(other):
        return 1
    parts = [[*map(part, node.items if isinstance(node, Sequence) else node.entries)] for node in (one, other) if not isinstance(node, Scalar)]
    if len(parts[0]) == len(parts[1]):
        return sum(differences(left[1], right[1]) + (left[0] != right[0]) for left, right in zip(*parts, strict=True))
    kept = [left for left in parts[0] if [left[0], *flat(left[1])] in [[right[0], *flat(right[1])] for right in parts[1]]]
    return 1 if len(parts[0]) == len(parts[1]) + 1 and len(kept) >= len(parts[1]) else 99


def part(found: Node | Entry) -> tuple[str, Node]:
    return (found.key.text, found.value) if isinstance(found, Entry) else ("", found)


#: Operators whose one fault stands in two scalars.
TWO = {"cut-moved", "grade-cut", "band-points-swapped", "weights-swapped", "grade-labels"}


@pytest.mark.parametrize("name", OPERATORS)
def test_an_operator_changes_one_thing_and_leaves_a_text_that_can_be_read(name: str) -> None:
    made = 0
    for of, _ in shipped():
        before = parse(of.page.source).documents[0]
        for mutant in mutants(of, name)[::23]:
            after = parse(Source("mutant.yaml", applied(of.page.text, mutant.changes)))
            assert after.problems == (), mutant
            found = differences(before, after.documents[0])
            # Labels in two languages are swapped in both.
            assert found == 1 or (name in TWO and found in {2, 4}), mutant
            made += 1
    assert made


def test_a_scalar_gets_quotes_only_where_it_needs_some() -> None:
    page = Page(Source("x.yaml", "a: ≥60%\nb: '是'\nc: \"[0,1)\"\n"))
    root = parse(page.source).documents[0]
    assert isinstance(root, Mapping)
    one, two, three = (entry.value for entry in root.entries)
    assert isinstance(one, Scalar)
    assert isinstance(two, Scalar)
    assert isinstance(three, Scalar)
    assert applied(page.text, [page.rewritten(one, ">60%")]).splitlines()[0] == 'a: ">60%"'
    assert applied(page.text, [page.rewritten(one, "-1")]).splitlines()[0] == "a: -1"
    assert applied(page.text, [page.rewritten(two, "否")]).splitlines()[1] == "b: '否'"
    assert applied(page.text, [page.rewritten(three, "(0,1)")]).splitlines()[2] == 'c: "(0,1)"'


@pytest.mark.parametrize(
    "text, number, left",
    [
        ("- a\n- b: 1\n  c: 2\n- d\n", 1, "- a\n- d\n"),
        ("[a, b, c]\n", 0, "[b, c]\n"),
        ("[a, b, c]\n", 2, "[a, b]\n"),
        ("[a]\n", 0, "[]\n"),
        ("a: {x: 1}\nb:\n  - 1\n  - 2\nc: 3\n", 1, "a: {x: 1}\nc: 3\n"),
    ],
)
def test_an_entry_is_taken_out_with_its_lines_or_its_comma(text: str, number: int, left: str) -> None:
    page = Page(Source("x.yaml", text))
    root = parse(page.source).documents[0]
    assert isinstance(root, Sequence | Mapping)
    change = page.without(root, number)
    assert change is not None
    assert applied(text, [change]) == left


def test_the_places_of_a_rule_file_are_found_in_both_languages() -> None:
    english = places(
        parse(Source("a.yaml", "indicators: [{id: a, points: 5, measure: b / c, method: {deduction: {full: ≤1, every: 1, lose: 2}}}]")).documents[0]
    )
    chinese = places(parse(Source("b.yaml", "指标: [{编号: a, 分值: 5, 测算: b / c, 方法: {扣分: {满分条件: ≤1, 每档: 1, 扣分: 2}}}]")).documents[0])
    shown = [[(place.kind, place.owner, *flat(place.node)) for place in found] for found in (english, chinese)]
    assert [kind for kind, *_ in shown[0]] == ["indicator", "points", "measure", "full", "every", "lose"]
    assert shown[0][1:] == shown[1][1:]


@pytest.mark.parametrize(
    "text, kind, found",
    [
        ("率 = a / (b - c)", "arithmetic", ["率 = a * (b - c)", "率 = a / (b + c)"]),
        ("率 = a / (b - c)", "operands", ["率 = (b - c) / a", "率 = a / (c - b)"]),
        ("甲 × 2", "arithmetic", ["甲 / 2"]),
        ("a > 0 and not b", "conditions", ["not (a > 0 and not b)", "(not b)", "(a > 0)", "(a > 0) or (not b)"]),
        ("not b", "conditions", ["b"]),
        ("a if b else 1", "branches", ["1 if b else a"]),
        ("a <= 3 == b", "conditions", ["not (a <= 3 == b)"]),
    ],
)
def test_what_may_be_put_into_a_formula(text: str, kind: str, found: list[str]) -> None:
    assert [one.text for one in getattr(Expression(text), kind)()] == found


def test_comparisons_are_turned_or_opened() -> None:
    assert [one.text for one in Expression("a ≥ 1").compared(flipped=True)] == []  # no formula: the reader refuses ≥, too
    assert [one.text for one in Expression("0 <= a < 6").compared(flipped=True)] == ["0 >= a < 6", "0 <= a > 6"]
    assert [one.text for one in Expression("a > 1").compared(flipped=False)] == ["a >= 1"]


LOW, MIDDLE, HIGH = Fraction(0), Fraction(1, 2), Fraction(1)


def curve(*pieces: tuple[Fraction | None, Fraction | None, str, Line]) -> Curve:
    made = [straight(Interval(low, high, sides[0] == "[", sides[1] == "]"), line, both("")) for low, high, sides, line in pieces]
    return Curve(tuple(made), Fraction(10))


RISING, FULL, NONE = Line(Fraction(10), LOW), Line(LOW, Fraction(10)), Line(LOW, LOW)


@pytest.mark.parametrize(
    "one, other, equal",
    [
        # Where lines meet, it is all the same whose the end is, and whether a line is cut in two.
        (curve((LOW, HIGH, "[)", RISING), (HIGH, None, "[)", FULL)), curve((LOW, HIGH, "[]", RISING), (HIGH, None, "()", FULL)), True),
        (curve((LOW, HIGH, "[]", RISING)), curve((LOW, MIDDLE, "[)", RISING), (MIDDLE, HIGH, "[]", RISING)), True),
        # A jump has an owner, and a curve an end.
        (curve((LOW, HIGH, "[)", NONE), (HIGH, None, "[)", FULL)), curve((LOW, HIGH, "[]", NONE), (HIGH, None, "()", FULL)), False),
        (curve((LOW, HIGH, "[]", RISING)), curve((LOW, HIGH, "[)", RISING)), False),
        (curve((LOW, HIGH, "[]", RISING)), curve((LOW, None, "[)", RISING)), False),
        # Equal at every end, and not between them.
        (curve((LOW, HIGH, "[]", RISING)), curve((LOW, LOW, "[]", NONE), (LOW, HIGH, "()", FULL), (HIGH, HIGH, "[]", FULL)), False),
        # Equal up to the last end, and not beyond it.
        (curve((LOW, None, "[)", RISING)), curve((LOW, HIGH, "[)", RISING), (HIGH, None, "[)", FULL)), False),
    ],
)
def test_curves_are_equal_if_they_give_the_same_points_everywhere(one: Curve, other: Curve, equal: bool) -> None:
    assert same_curve(one, other) is equal
    assert same_curve(other, one) is equal


def test_a_range_in_which_a_person_judges_is_no_line() -> None:
    judged = Piece(Interval(LOW, HIGH, low_closed=True, high_closed=True), NONE, FULL, both(""))
    for other in (judged._replace(lower=FULL), judged._replace(upper_open=True)):
        assert not same_curve(Curve((judged,), Fraction(10)), Curve((other,), Fraction(10)))


def test_a_curve_without_ends_is_tried_at_two_measures_at_least() -> None:
    assert len(set(probes(curve((None, None, "()", RISING))))) > 1


@pytest.mark.parametrize(
    "old, new, equal",
    [
        ("≥90%: 10", "[90%,+): 100%", True),
        ("率 = 乙 / 甲", "率 = (乙  ÷ 甲)", True),
        ("direction: higher", "direction: lower", False),
        ("甲 > 0", "甲 >= 0", False),
        # No total is above the points or below 0.
        ("[12,20]", "≥12", True),
        ("[12,20]", "[12,25]", True),
        ("[0,12)", "[-5,12)", True),
        ("[12,20]", "[12,19]", False),
        ("[0,12)", "(0,12)", False),
        ("label: 不合格", "label: 差", False),
        ("甲: {unit: 个}", "甲: {unit: 人}", False),
        ("points: 20\n", "points: 20\naggregate: redistribute\n", False),
        ("points: 20\n", "points: 20\nrounding: [{at: leaf, places: 2}, {at: total, places: 2}]\n", True),
        ("points: 20\n", "points: 20\nrounding: [{at: leaf, places: 2}, {at: total, places: 1}]\n", False),
        ("points: 20\n", "points: 20\naggregate: redistribute\nrounding: [{at: leaf, places: 2}, {at: total, places: 2}]\n", False),
    ],
)
def test_rule_sets_are_equal_if_nothing_that_scores_differs(old: str, new: str, equal: bool) -> None:
    assert SMALL.count(old) >= 1
    # Examples are no part of what a rule set means, and would refuse some of these.
    bare = SMALL[: SMALL.index("examples:")]
    assert same(read(bare), read(bare.replace(old, new, 1))) is equal


@pytest.mark.parametrize(
    "more",
    [
        "  - {id: more, points: 5, counts: bonus, measure: 甲, method: direct}\n",
        # A row of 0.125 points may be rounded to 0.13.
        "  - {id: more, rows: from-form, method: by-kind}\n",
    ],
)
def test_a_bonus_or_rounded_rows_make_totals_above_the_points(more: str) -> None:
    bare = SMALL[: SMALL.index("examples:")] + more
    assert same(read(bare), read(bare))
    assert not same(read(bare), read(bare.replace("[12,20]", "[12,25]")))


# Advice counts like everything else that `perfscore lint` prints; the last but one is an example's.
FATES: list[tuple[str, str, Outcome, str]] = [
    ("[50%,90%): 6", "[60%,90%): 6", "refused", "band-gap"),
    ("≥90%: 10", "[90%,+): 10", "equivalent", ""),
    ('"≥90%: 10", "[50%,90%): 6"', '"≥90%: 6", "[50%,90%): 10"', "lint", "not-monotone"),
    ('"≥90%: 10", "[50%,90%): 6"', '"≥91%: 10", "[50%,91%): 6"', "lint", "boundary-without-example"),
    ("[50%,90%): 6", "[50%,90%): 7", "examples", ""),
    ('"[12,20]"}\n  - {label: 不合格, range: "[0,12)"', '"[13,20]"}\n  - {label: 不合格, range: "[0,13)"', "lint", "boundary-without-example"),
]


@pytest.mark.parametrize("old, new, outcome, code", FATES)
def test_a_mutant_is_found_by_who_finds_it_first(old: str, new: str, outcome: Outcome, code: str) -> None:
    table = bench()
    found = table.judge(put(table.of, old, new))
    assert found.outcome == outcome
    assert code == "" or code in found.codes


def test_a_finding_that_was_there_before_finds_nothing() -> None:
    # One end has no example in the rule set as it is, and none in the mutant; the mutant says so with another number.
    bare = SMALL[: SMALL.index("examples:")]
    table = bench(bare)
    assert table.judge(put(table.of, "[50%,90%): 6", "[50%,90%): 7")).outcome == "survived"
    moved = table.judge(put(table.of, '"≥90%: 10", "[50%,90%): 6"', '"≥91%: 10", "[50%,91%): 6"'))
    assert (moved.outcome, moved.reworded) == ("lint", True)


def test_the_same_mutants_are_chosen_every_time_evenly_and_no_text_twice() -> None:
    packs = tuple(of for of, _ in shipped())
    chosen = choose(packs, 30)
    assert chosen == choose(packs, 30)
    made: dict[str, dict[str, int]] = {}
    for mutant in chosen.mutants:
        counted = made.setdefault(mutant.operator, {})
        counted[mutant.reference] = counted.get(mutant.reference, 0) + 1
    assert {sum(counted.values()) for counted in made.values()} == {30}
    assert set(made) | {name for name, _ in chosen.left_out} == set(OPERATORS)
    for name, counted in made.items():
        able = [len(mutants(of, name)) for of in packs]
        # Whoever has fewer than the others has given all that it has.
        assert max(counted.values()) >= 30 // sum(number > 0 for number in able)
    texts = {of.reference: of.page.text for of in packs}
    spoiled = [(one.reference, applied(texts[one.reference], one.changes)) for one in chosen.mutants]
    assert len(set(spoiled)) == len(spoiled)
    assert choose(packs, 10**6).mutants == ()


# Whoever completes the examples of a rule set wants to see what that finds, and no other mutants.
def test_an_example_more_changes_no_mutant() -> None:
    more = SMALL.replace("examples:\n", "examples:\n  - {given: {甲: 10, 乙: 4, 有: 是}, expect: {rate: 0}}\n")
    one, other = (choose((small(text),), 3, fewer=True).mutants for text in (SMALL, f"# A line more.\n{more}"))
    assert [mutant._replace(line=0, changes=()) for mutant in one] == [mutant._replace(line=0, changes=()) for mutant in other]
    assert len({mutant.operator for mutant in one}) > 10


def test_the_page_counts_what_is_not_equivalent_and_keeps_what_stands_around() -> None:
    mutant = Mutant("test/small@1", "end-moved", "rate", 3, "[1|2)", "[1|3)", ())
    outcomes: tuple[Outcome, ...] = ("equivalent", "refused", "lint", "examples", "survived")
    found = tuple(Judged(mutant, outcome) for outcome in outcomes)
    assert str(report.by_lint(found)) == "2 of 4 (50.0 %)"
    assert str(report.together(found)) == "3 of 4 (75.0 %)"
    assert not report.enough(found)
    assert report.enough(found[:3])
    text = report.page(found, found, (("method", 3),))
    assert "| 5 | 1 | 1 | 1 | 1 | 1 |" in text
    # A bar in a cell would be a column of its own.
    assert "`[1¦2)`" in text
    page = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
    assert report.written(page, text) == f"before\n{report.BEGIN}\n{text}\n{report.END}\nafter\n"


def test_every_kind_of_place_is_used_by_an_operator() -> None:
    # A place that nobody spoils is a fault that the proof does not know of.
    found: set[str] = {place.kind for of, _ in shipped() for place in of.places}
    used: set[str] = set()

    class Watched(Pack):
        def of(self, *kinds: str):
            used.update(kinds)
            return super().of(*kinds)

    for of, _ in shipped():
        watched = Watched(*of)
        for _, operator in OPERATORS.values():
            for _fault in operator(watched):
                pass
    assert found - used == set()
    assert isinstance(shipped()[0][0].places[0], Place)
