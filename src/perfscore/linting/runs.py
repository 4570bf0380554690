"""An example to what it tries of a rule set: its form bound and scored, and what every formula reads there; each worked out once, and when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from perfscore.forms.bind import bind
from perfscore.forms.facts import FactReader
from perfscore.forms.rows import RowIndex
from perfscore.model.form import Form
from perfscore.model.formula import Formula
from perfscore.model.measure import Absence, Computed
from perfscore.model.outcome import Outcome
from perfscore.model.plan import Plan
from perfscore.model.rules import Example, Gate, Indicator
from perfscore.model.submission import Submission
from perfscore.scoring import gates
from perfscore.scoring.barriers import asked_of
from perfscore.scoring.engine import Evaluation, evaluate
from perfscore.scoring.formula.evaluate import Known
from perfscore.text.diagnostic import Rejected
from perfscore.trials.run import form_given

#: What a name is where a formula is asked; None if it has no value.
Reading = Callable[[str], Known]


class Run:
    """An example of a rule set that scores somebody; one that gives no form tries nothing."""

    def __init__(self, example: Example, plan: Plan) -> None:
        self._example, self._plan = example, plan
        #: What it expects: ids, and words like `total`.
        self.expects: dict[str, str] = {name.value: wanted.value for name, wanted in example.expect}
        self._seen: dict[int, Outcome] = {}

    @cached_property
    def form(self) -> Form | None:
        """The form that it gives."""
        found = form_given(self._example)
        return None if isinstance(found, Rejected) else found

    @cached_property
    def submission(self) -> Submission | None:
        """The form bound to the plan."""
        return None if self.form is None else bind(self.form, self._plan)

    @cached_property
    def evaluation(self) -> Evaluation | None:
        """The form scored."""
        return None if self.submission is None else evaluate(self.submission)

    @cached_property
    def exact_total(self) -> Fraction | None:
        """The total before it is rounded itself."""
        if self.submission is None:
            return None
        rules = self._plan.rules
        plan = self._plan._replace(rules=rules._replace(rounding=rules.rounding._replace(total=None)))
        return evaluate(self.submission._replace(plan=plan, plain=False)).score

    def measure(self, rule: Indicator) -> Fraction | None:
        """
        What an indicator without cases is measured at in a form without rows; None where it is not.

        Only facts are read for it: binding the whole form for the one indicator costs ten times as much.
        """
        if self.form is None or rule.measure is None:
            return None
        if rule.applicable is not None:
            applies = self._facts.value(rule.applicable, self._counts)
            if isinstance(applies, Absence) or not applies.value:
                return None
        found = self._facts.value(rule.measure, self._counts)
        return None if isinstance(found, Absence) or not isinstance(found.value, Fraction) else found.value

    def on_facts(self) -> Iterator[Reading]:
        """How a condition is asked that reads nothing but facts, the budget and how many rows there are."""
        if self.form is not None:
            yield self._fact

    def on_gate(self, gate: Gate) -> Iterator[Reading]:
        """How the condition of a gate is asked: once, or of every leaf."""
        if self.submission is None:
            return
        if all(read.name in self._counts or self._facts.reads(read.name) for read in gate.when.reads):
            yield self._fact
            return
        for place, barrier in enumerate(self.submission.barriers):
            if barrier.gate is gate:
                yield from asked_of(barrier, self._before(self.submission, place))

    def on_measures(self, formula: Formula) -> Iterator[Reading]:
        """How a measure is computed: of the indicator, or of every row."""
        for leaf in self.submission.leaves if self.submission is not None else ():
            if isinstance(leaf.measure, Computed) and leaf.measure.formula.span == formula.span:
                yield {fact.name: fact.value for fact in leaf.measure.facts}.get

    @cached_property
    def _facts(self) -> FactReader:
        if self.form is None:
            raise TypeError(self._example)
        return FactReader(self.form, self._plan.rules, lambda _: None)

    @cached_property
    def _counts(self) -> Mapping[str, Fraction]:
        return RowIndex(self.form.rows).counts(self._plan) if self.form is not None else {}

    def _fact(self, name: str) -> Known:
        if name in self._counts:
            return self._counts[name]
        found = self._facts.fact(name)
        return None if isinstance(found, Absence) else found.value

    def _before(self, submission: Submission, place: int) -> Outcome:
        """The scores that a gate sees: those that the gates before it left, of which one that withholds the total leaves it as it is."""
        if self.evaluation is not None and not self.evaluation.held:
            return self.evaluation.root
        if place not in self._seen:
            before = tuple(one for one in submission.barriers[:place] if gates.find(one.gate.effect).act(one.gate.parameter).withheld is None)
            self._seen[place] = evaluate(submission._replace(barriers=before)).root
        return self._seen[place]
