"""
Scores a million random leaves by integers, by rationals and by floats, and counts where the scores differ.

    python benches/exactness.py [COUNT] [SEED]

Half of the leaves are drawn so that their exact score lies on half a cent. The integer engine has to agree with the rationals on every
leaf (the exit status says whether it does); the floats are there to show what the arithmetic is for.
"""

import random
import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from perfscore.forms.bind import bind
from perfscore.forms.read import forms_of
from perfscore.model.curve import Curve
from perfscore.model.form import Form
from perfscore.model.plan import Plan
from perfscore.model.rules import MethodUse
from perfscore.model.submission import Submission
from perfscore.ruleset.build import build
from perfscore.ruleset.plan import plan
from perfscore.ruleset.shape import METHOD
from perfscore.scoring.engine import evaluate
from perfscore.scoring.methods import find
from perfscore.testing.exact import half_up, textbook
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.source import Source
from perfscore.text.yaml import parse

#: Leaves that share a curve, as the rows of many forms do.
BLOCK = 500
METHODS = ("ratio", "ratio: {gate: 60%}", "ratio: {cap: 1.2}", "deduction", "bands", "direct", "deadline: {lose: 7%, every: 3}")
RULES = """
ruleset: test/ties
version: 1
indicators: [{id: rows, label: 产出, rows: from-form, method: by-kind}, {id: rate, label: 执行, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]
"""
#: Points, target, actual value and the score: each falls on a tie, or beside one where rounding twice would take it.
TIES = (
    ("22.5", "36个", "1个", "0.63"),
    ("4.47", "6个", "1个", "0.75"),
    ("10", "100%", "79.55%", "7.96"),
    ("10", "100%", "79.545%", "7.95"),
)


class Counts(NamedTuple):
    """Leaves scored, and those where a way of scoring is not the exact one."""

    leaves: int = 0
    ties: int = 0
    engine: int = 0
    float_round: int = 0
    float_int: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))


class Block(NamedTuple):
    """Measures of one curve."""

    use: MethodUse
    points: Fraction
    curve: Curve
    measures: list[Fraction]


def main(count: int = 1_000_000, seed: int = 20241231) -> int:
    started = time.perf_counter()
    natural, tied = measure(count, seed)
    print(f"{count:,} leaves, seed {seed}, {time.perf_counter() - started:.0f} s\n")
    print(f"{'':34}{'natural':>12}{'made to tie':>12}")
    for title, field in (
        ("leaves", "leaves"),
        ("exact score on half a cent", "ties"),
        ("wrong: integer engine", "engine"),
        ("wrong: float, round(x, 2)", "float_round"),
        ("wrong: float, int(x*100+.5)", "float_int"),
    ):
        print(f"{title:34}{getattr(natural, field):>12,}{getattr(tied, field):>12,}")
    print()
    wrong = natural.engine + tied.engine
    for (points, target, actual, expected), found in zip(TIES, named_ties(), strict=True):
        wrong += found != expected
        print(f"{points} × {actual} / {target} → {found} {'ok' if found == expected else f'WRONG, {expected} expected'}")
    return 1 if wrong else 0


def measure(count: int, seed: int) -> tuple[Counts, Counts]:
    """The counts of natural leaves and of those made to tie, half of each."""
    chance, planned = random.Random(seed), plan(_rules())  # noqa: S311 - the same leaves on every run
    natural = tied = Counts()
    for number in range(-(-count // BLOCK)):
        block = _block(chance, adversarial=bool(number % 2))
        if number % 2:
            tied = tied.plus(_count(block, planned))
        else:
            natural = natural.plus(_count(block, planned))
    return natural, tied


def _count(block: Block, planned: Plan) -> Counts:
    scores = by_engine(block, planned)
    ties = engine = float_round = float_int = 0
    for number, score in zip(block.measures, scores, strict=True):
        exact = textbook(block.use, block.points, number)
        right = int(half_up(exact, 2) * 100)
        rough = by_float(block, number)
        ties += exact * 200 % 2 == 1
        engine += score != right
        float_round += round(round(rough, 2) * 100) != right
        float_int += int(rough * 100 + 0.5) != right
    return Counts(len(scores), ties, engine, float_round, float_int)


def by_engine(block: Block, planned: Plan) -> tuple[int, ...]:
    """The scores in cents, by the loop that scores every form."""
    steps = block.curve.steps(2)
    hot = tuple((number.numerator, number.denominator, steps) for number in block.measures)
    empty: Submission = bind(_form(""), planned)
    return evaluate(empty._replace(hot=hot, plain=True)).scores


def by_float(block: Block, number: Fraction) -> float:
    """The same formula on floats, as a spreadsheet or a short script would write it."""
    points: Any = float(block.points)
    rough: Any = number.numerator / number.denominator
    return float(textbook(block.use, points, rough))


def _block(chance: random.Random, *, adversarial: bool) -> Block:
    points = Fraction(chance.choice((500, 1000, 2250, 447, chance.randint(5, 6000))), 100)
    use = _method(_parameters(chance, points))
    method = find(use.name)
    problems: list[Diagnostic] = []
    curve = method.curve(use.parameters, points, problems.append) if method else None
    if curve is None:
        raise Rejected(problems)
    draw = _ties(chance, curve) if adversarial else _natural(chance, curve)
    return Block(use, points, curve, [next(draw) for _ in range(BLOCK)])


def _parameters(chance: random.Random, points: Fraction) -> str:
    name = chance.choice(METHODS)
    if name == "deduction":
        steps, every = chance.choice(("whole", "up", "proportional")), chance.choice(("1%", "5%", "0.3"))
        return f'deduction: {{full: "<= {chance.randint(0, 110)}%", every: {every}, lose: {chance.randint(1, 30)}%, steps: {steps}}}'
    if name == "bands":
        low, high = sorted(chance.sample(range(1, 100), 2))
        values = sorted(chance.randint(0, 20000) for _ in range(3))
        one, two, three = (f"{value // 200}.{value % 200 // 2:02}{value % 2 * 5}%" for value in values)
        return f'bands: ["(-,{low}%): {one}", "[{low}%,{high}%]: {two}", "({high}%,+): {three}"]'
    return name


def _method(text: str) -> MethodUse:
    problems: list[Diagnostic] = []
    found = METHOD.read(parse(Source("method.yaml", text)).documents[0], problems.append)
    if problems:
        raise Rejected(problems)
    use: MethodUse = found[0][1]
    return use


def _natural(chance: random.Random, curve: Curve) -> Iterator[Fraction]:
    """Amounts with two decimals over each other, counts over each other, printed rates."""
    days = curve.domain.low is None and curve.pieces[0].on.high == 0 and len(curve.pieces) > 3
    while True:
        match chance.randrange(3):
            case _ if days:
                yield Fraction(chance.randint(-5, 60))
            case 0:
                yield Fraction(chance.randint(0, 500_000), chance.randint(100_000, 500_000))
            case 1:
                yield Fraction(chance.randint(0, 60), chance.randint(1, 50))
            case _:
                yield Fraction(chance.randint(0, 13_000), 10_000)


def _ties(chance: random.Random, curve: Curve) -> Iterator[Fraction]:
    """Measures whose exact score is half a cent, where the curve slopes; else the ends of its pieces."""
    sloped = [piece for piece in curve.pieces if piece.upper.slope]
    ends = [end for piece in curve.pieces for end in (piece.on.low, piece.on.high) if end is not None]
    while True:
        if not sloped:
            yield chance.choice(ends)
            continue
        piece = chance.choice(sloped)
        found = (Fraction(2 * chance.randint(0, int(curve.points * 100)) + 1, 200) - piece.upper.intercept) / piece.upper.slope
        if piece.on.holds(found):
            yield found


def named_ties() -> Iterator[str]:
    """The scores of TIES, from rule file and form to the printed result."""
    from perfscore import api

    planned = plan(_rules())
    for points, target, actual, _ in TIES:
        row = f"{{level1: 产出, level3: 项, target: {target}, actual: {actual}, points: {points}}}"
        yield str(api.evaluate(_form(f"indicators: [{row}]"), planned)["项"].score)


def _rules() -> Any:
    return build(Source("ties.yaml", RULES), None)


def _form(more: str) -> Form:
    (form,) = forms_of(Source("ties.yaml", f"year: 2024\n{more}\n"))
    if isinstance(form, Rejected):
        raise form
    return form


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
