"""The rows of a form by the levels they stand under, for the indicators of a rule set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from perfscore.model.form import Row
from perfscore.model.plan import Plan
from perfscore.model.rules import Indicator
from perfscore.text.phrase import Phrase
from perfscore.text.printed import fold_label

Path = tuple[Indicator, ...]


def label_key(label: str) -> str:
    """What two labels are compared by: spaces, full-width forms, a printed （50分） and a final 指标 are folded away."""
    return fold_label(label)[0].removesuffix("指标")


class RowIndex:
    """One form's rows, each label folded once."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self._keys: dict[str, str] = {}
        #: Whether a level has its points printed behind it, as in 产出指标（50分）.
        self.prints_points = False
        self._by_first: dict[str, list[Row]] = {}
        self._by_both: dict[tuple[str, str], list[Row]] = {}
        self._by_name: dict[str, list[Row]] = {}
        for row in rows:
            first, second = self._level(row.level1), self._level(row.level2)
            self._by_first.setdefault(first, []).append(row)
            self._by_both.setdefault((first, second), []).append(row)
            if not row.placeholder:
                for name in {self.key(row.level3), first}:
                    self._by_name.setdefault(name, []).append(row)

    def _level(self, label: str) -> str:
        if label not in self._keys:
            self.prints_points = self.prints_points or fold_label(label)[1] is not None
        return self.key(label)

    def key(self, label: str) -> str:
        """`label_key`, remembered."""
        found = self._keys.get(label)
        if found is None:
            found = self._keys[label] = label_key(label)
        return found

    def keys(self, label: Phrase) -> tuple[str, ...]:
        """What a form may print for a label: it is in Chinese, or in English."""
        return (self.key(label.zh),) if label.en == label.zh else (self.key(label.zh), self.key(label.en))

    def under(self, path: Path) -> list[Row]:
        """The rows under an indicator, in order; a row without a second level stands under the only group of its first."""
        first = next((key for key in self.keys(path[0].label) if key in self._by_first), None)
        if first is None:
            return []
        if len(path) == 1:
            return self._by_first[first]
        found = next((rows for key in self.keys(path[1].label) if (rows := self._by_both.get((first, key)))), [])
        bare = self._by_both.get((first, ""), []) if len(path[0].children) == 1 else []
        return [row for row in self._by_first[first] if row in found or row in bare] if bare else found

    def named(self, indicator: Indicator) -> list[Row]:
        """The rows that are called like a fixed indicator."""
        return next((rows for key in self.keys(indicator.label) if (rows := self._by_name.get(key))), [])

    def counts(self, plan: Plan) -> Mapping[str, Fraction]:
        """`rows.<id>`: how many rows that apply the form has under an indicator, whichever variant has the indicator."""
        return _Counts(lambda: self._counted(plan))

    def _counted(self, plan: Plan) -> dict[str, Fraction]:
        counts: dict[str, Fraction] = {}

        def count(indicator: Indicator, above: Path) -> int:
            path = (*above, indicator)
            live = sum(row.applies and not row.placeholder for row in self.under(path)) if not indicator.children else 0
            total = live + sum(count(child, path) for child in indicator.children)
            counts[f"rows.{indicator.id}"] = Fraction(total)
            return total

        for tree in plan.trees:
            for top in tree.indicators:
                if f"rows.{top.id}" not in counts:
                    count(top, ())
        return counts


class _Counts(Mapping[str, Fraction]):
    """How many rows stand where, counted when a formula first asks: few rule sets have one that does."""

    def __init__(self, count: Callable[[], dict[str, Fraction]]) -> None:
        self._count = count
        self._known: dict[str, Fraction] | None = None

    def _all(self) -> dict[str, Fraction]:
        if self._known is None:
            self._known = self._count()
        return self._known

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.startswith("rows.") and name in self._all()

    def __getitem__(self, name: str) -> Fraction:
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
