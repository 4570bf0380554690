"""Judged mutants to the page that says who found them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from benches.mutation.operators import OPERATORS
from benches.mutation.trial import Judged, Outcome

BEGIN, END = "<!-- numbers of benches/mutants.py: begin -->", "<!-- numbers of benches/mutants.py: end -->"
#: What lint and examples together, and lint alone, are to find at least.
TOGETHER, LINT = Fraction(98, 100), Fraction(80, 100)
#: The check that lives on examples.
OF_ENDS = "boundary-without-example"
_WIDEST = 60


class Share(NamedTuple):
    """How many of how many."""

    found: int
    of: int

    @property
    def value(self) -> Fraction:
        return Fraction(self.found, self.of) if self.of else Fraction(1)

    def __str__(self) -> str:
        # Cut and not rounded: 97.96 % is not 98 %.
        tenths = self.value * 1000 // 1
        return f"{self.found} of {self.of} ({tenths // 10}.{tenths % 10} %)"


def by_lint(judged: Iterable[Judged]) -> Share:
    """Refused when read, or found by a check."""
    return _share(judged, "refused", "lint")


def together(judged: Iterable[Judged]) -> Share:
    """Found by lint or by an example."""
    return _share(judged, "refused", "lint", "examples")


def _share(judged: Iterable[Judged], *outcomes: Outcome) -> Share:
    counted = Counter(one.outcome for one in judged)
    return Share(sum(counted[outcome] for outcome in outcomes), counted.total() - counted["equivalent"])


def enough(judged: Iterable[Judged]) -> bool:
    """Whether both goals are met."""
    found = tuple(judged)
    return together(found).value >= TOGETHER and by_lint(found).value >= LINT


def page(judged: tuple[Judged, ...], frames: tuple[Judged, ...], left_out: tuple[tuple[str, int], ...]) -> str:
    """What stands between the marks: the table, what found them, the frames, and the survivors."""
    return "\n".join((*_table(judged), "", *_sums(judged, frames, left_out), "", *_codes(judged), "", *_survivors(judged)))


def _table(judged: tuple[Judged, ...]) -> Iterator[str]:
    yield "| operator | what it does | made | equivalent | refused when read | found by a check | by examples only | survived |"
    yield "|---|---|---|---|---|---|---|---|"
    names = dict.fromkeys(one.mutant.operator for one in judged)
    for name in names:
        yield f"| `{name}` | {OPERATORS[name][0]} | {_counts([one for one in judged if one.mutant.operator == name])} |"
    yield f"| **all** | | {_counts(list(judged))} |"


def _counts(judged: list[Judged]) -> str:
    counted = Counter(one.outcome for one in judged)
    return " | ".join(str(number) for number in (len(judged), *(counted[one] for one in ("equivalent", "refused", "lint", "examples", "survived"))))


def _sums(judged: tuple[Judged, ...], frames: tuple[Judged, ...], left_out: tuple[tuple[str, int], ...]) -> Iterator[str]:
    alone = sum(one.by_examples for one in judged)
    reworded = sum(one.reworded for one in judged)
    built = sum(one.outcome not in ("refused", "equivalent") for one in judged)
    yield f"- lint and examples together: **{together(judged)}**, wanted {TOGETHER * 100} %"
    yield f"- lint alone: **{by_lint(judged)}**, wanted {LINT * 100} %"
    yield f"- of the {built} that could be read, their own examples alone find {alone}"
    yield f"- of those found by a check, {reworded} had as many findings of that kind before, with another number or name in it"
    ends = [one for one in judged if one.outcome == "lint" and one.codes == (OF_ENDS,)]
    yield f"- of those found by a check, {len(ends)} by `{OF_ENDS}` alone, which asks for examples; {sum(one.by_examples for one in ends)} of them fail one, too"
    yield f"- rule sets that score nobody (`template: true`) have no examples and are counted apart: lint finds {by_lint(frames)} of their mutants"
    if left_out:
        yield "- left out, for too few places: " + ", ".join(f"`{name}` ({number})" for name, number in left_out)


def _codes(judged: tuple[Judged, ...]) -> Iterator[str]:
    """Which codes found how many; a mutant may be found by several."""
    for outcome, head in (("lint", "check"), ("refused", "refused as")):
        counted = Counter(code for one in judged if one.outcome == outcome for code in one.codes)
        yield f"| {head} | mutants |\n|---|---|"
        yield from (f"| `{code}` | {number} |" for code, number in sorted(counted.items(), key=lambda found: (-found[1], found[0])))
        yield ""


def _survivors(judged: tuple[Judged, ...]) -> Iterator[str]:
    left = [one.mutant for one in judged if one.outcome == "survived"]
    yield f"<details><summary>{len(left)} survivors</summary>\n\n| rule set | line | whose | operator | was | is |\n|---|---|---|---|---|---|"
    for one in sorted(left):
        yield f"| {one.reference} | {one.line} | {_cell(one.owner)} | `{one.operator}` | {_cell(one.old)} | {_cell(one.new)} |"
    yield "\n</details>"


def _cell(text: str) -> str:
    short = text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
    return f"`{short.replace('|', '¦')}`" if short else ""


def written(text: str, found: str) -> str:
    """A page with what stands between its marks in the place of what stood there."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{found}\n{END}{after}"
