"""What the laws rest on: every word of the rule language is drawn, and the forms say everything that a form can."""

import ast
from collections.abc import Callable, Iterator

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from perfscore.forms.shape import ROW
from perfscore.model.measure import Absence
from perfscore.ruleset.shape import KINDS, METHOD, RULESET, _Aggregate, _Lazy, _Room
from perfscore.scoring import aggregates, gates, methods
from perfscore.scoring.formula import FUNCTIONS
from perfscore.testing.spelling import rule_file
from perfscore.testing.strategies import built, rule_trees
from perfscore.text.record import Record
from perfscore.text.shape import Alone, Choice, Either, Later, ListOf, MapOf, Shape
from tests.laws.drawn import Case, cases

#: Without a file beside it a text builds on nothing, and a template scores nobody.
NOT_DRAWN = {"extends", "template: true"}
MANY = settings(max_examples=200, database=None, suppress_health_check=list(HealthCheck))


def draw_until(collect: Callable[[], None], lacking: Callable[[], set[str]]) -> None:
    """Draw and draw again, until nothing is lacking: what is drawn at all comes up among some thousands."""
    for number in range(12):
        if lacking():
            seed(number)(collect)()


def words(shape: Shape, seen: dict[int, Record]) -> Iterator[str]:
    """Every key and every fixed word that may stand at a place of a rule file, as `key` or `key: word`."""
    match shape:
        case Later() | Alone() | _Lazy():
            yield from words(shape.made() if isinstance(shape, _Lazy) else shape.shape() if isinstance(shape, Later) else shape.shape, seen)
        case Record() if id(shape) not in seen:
            # Kept, so that no other record gets its number.
            seen[id(shape)] = shape
            for key in shape.keys:
                yield key.name
                yield from (
                    word if ": " in word else f"{key.name}: {word}" if isinstance(key.shape, Choice) else word for word in words(key.shape, seen)
                )
        case Choice():
            yield from shape.words
        case _Aggregate():
            yield from (f"aggregate: {name}" for name in aggregates.names())
        case ListOf() | MapOf():
            yield from words(shape.item, seen)
        case Either():
            yield from (word for one in (shape.scalar, shape.sequence, shape.mapping) if one is not None for word in words(one, seen))
        case _Room():
            for name in shape.room.names():
                yield name
                yield from words(shape.behind(shape.room.find(name)), seen)
        case _ if shape is METHOD:
            yield from (*KINDS, "by-kind")
            for name in methods.names():
                found = methods.find(name)
                yield name
                yield from words(found.PARAMETERS, seen) if found is not None else ()


def said(tree: object) -> Iterator[str]:
    """The keys and words of a drawn tree."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from (str(key), f"{key}: {value}" if isinstance(value, str) else str(key))
            yield from said(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from said(value)
    elif isinstance(tree, str):
        # A method, a direction or an effect without parameters.
        yield tree


def test_every_word_of_the_language_is_drawn() -> None:
    """A word, a function or a kind of name that no strategy draws would be under no law, whatever the laws say."""
    seen: set[str] = set()
    called: set[str] = set()
    read: set[str] = set()

    @MANY
    @given(rule_trees())
    def collect(tree: dict[str, object]) -> None:
        seen.update(said(tree))
        rules = built(rule_file(tree))
        formulas = [fact.formula for fact in rules.facts] + [gate.when for gate in rules.gates] + [one.of for one in rules.cohort]
        formulas += [formula for top in rules.variants[-1].indicators for node in top.walk() for formula in (node.measure, node.applicable)]
        kinds = {fact.name: fact.kind for fact in rules.facts} | {one.name: "cohort" for one in rules.cohort}
        for formula in filter(None, formulas):
            called.update(part.func.id for part in ast.walk(formula.tree) if isinstance(part, ast.Call) and isinstance(part.func, ast.Name))  # type: ignore[arg-type]
            for name in (one.name for one in formula.reads):
                head = name.rpartition(".")[0]
                read.add(kinds.get(name) or (f"of a {kinds[head]}" if head in kinds else name.partition(".")[0]))

    names = {"number", "truth", "list", "date", "cohort", "of a number", "of a list", "rows", "score", "total", "noted", "points", "actual"}
    everything = set(words(RULESET, {})) - NOT_DRAWN

    def lacking() -> set[str]:
        return (everything - seen) | (set(FUNCTIONS) - called) | (names - read)

    draw_until(collect, lacking)
    assert sorted(lacking()) == []
    assert NOT_DRAWN.isdisjoint(seen)
    assert called <= set(FUNCTIONS)


def test_forms_come_to_everything_that_a_form_can_come_to() -> None:
    """Every kind of measure and of absence, every cell of a row, gates that hold and that may; or the laws would hold of nothing."""
    found: set[str] = set()

    @MANY
    @given(st.one_of(cases(), cases(gaps=False)))
    def collect(case: Case) -> None:
        evaluation = case.score()
        for leaf in evaluation.submission.leaves:
            found.add(leaf.measure.kind if isinstance(leaf.measure, Absence) else type(leaf.measure).__name__)
            found.update(("may drop",) if isinstance(leaf.measure, Absence) and leaf.measure.drops else ())
            found.update(("case",) if leaf.rule.case else ())
            found.add(f"{leaf.rule.counts} {'row' if leaf.rule.open else 'leaf'}")
        found.update(held.gate.effect if held.certain else "perhaps" for held in evaluation.held)
        found.update(key for row in case.draft.rows for key in row)
        found.update(("known",) if evaluation.score is not None else ())
        found.update(("graded",) if evaluation.grade is not None else ())

    kinds = {
        "Comparison",
        "Computed",
        "Lateness",
        "Chosen",
        "Judged",
        "Ticked",
        "missing",
        "not-applicable",
        "full",
        "zero",
        "may drop",
        "case",
        "known",
        "graded",
    }
    effects = {*gates.names(), "perhaps"}
    places = {f"{counts} {kind}" for counts in ("points", "bonus", "malus") for kind in ("row", "leaf")}
    cells = {key.name for key in ROW.keys} - {"review"}
    everything = kinds | effects | places | cells
    draw_until(collect, lambda: everything - found)
    assert sorted(everything - found) == []
