"""Laws of evaluation as a function: the same in, the same out, whoever calls it, whenever and with whom."""

import decimal
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from perfscore import api
from perfscore.model.rules import RuleSet
from perfscore.report.evaluation import document, outline
from perfscore.report.explain import why
from perfscore.report.figures import format_cut
from perfscore.ruleset.build import merged
from perfscore.ruleset.plan import plan
from perfscore.ruleset.printer import print_rules
from perfscore.testing.forms import Draft, Money, drafts
from perfscore.testing.spelling import Tongue
from perfscore.testing.strategies import built, rule_sets, tongues
from perfscore.text.numbers import format_number
from perfscore.text.phrase import Lang
from perfscore.views import render
from tests.laws.drawn import FEW, Case, cases, form_of, score, summary, walk


@FEW
@given(cases())
def test_evaluating_twice_is_equal(case: Case) -> None:
    """Results carry digests and may be replayed: the same files must give the same document to the last character."""
    assert document(case.score(), "zh") == document(case.score(), "zh")


@FEW
@given(cases(), st.sampled_from(("en", "zh")))
def test_printed_rules_score_the_same(case: Case, lang: Lang) -> None:
    """A rule set that somebody prints, keeps and reads again in another year must give the same numbers."""
    printed = print_rules(merged(case.plan.rules.sources[0], None), lang)
    assert summary(score(plan(built(printed)), case.draft.text())) == summary(case.score())


@FEW
@given(rule_sets(), st.data())
def test_many_forms_are_scored_as_each_alone(rules: RuleSet, data: st.DataObject) -> None:
    """A batch shares a plan and its caches between forms; nothing of one form may reach the next."""
    texts = [data.draw(drafts(rules)).text() for _ in range(3)]
    alone = [document(api.evaluate(form_of(text), rules).evaluation, "zh") for text in texts]
    together = [document(result.evaluation, "zh") for result in api.evaluate_many(map(form_of, texts), rules)]
    assert together == alone


@FEW
@given(cases(), tongues)
def test_a_form_says_the_same_in_either_language_of_its_keys(case: Case, tongue: Tongue) -> None:
    """Every key has two names; which one a person writes must not show in a number."""
    assert summary(case.score()) == summary(case.score(case.draft.text(tongue)))


@given(cases())
def test_an_explanation_reads_in_both_languages_and_ends_in_the_score(case: Case) -> None:
    """An explanation that arrives at another number than the score explains nothing."""
    evaluation = case.score()
    for lang in ("zh", "en"):
        assert render(outline(evaluation, lang, explain=True), "terminal").strip()
        for line in walk(evaluation.root):
            if line.leaf is None:
                continue
            texts = [reason.text for reason in why(line, lang)]
            assert texts
            assert all(text.strip() for text in texts)
            plain = line.leaf.rule.counts == "points" and line.leaf.taken is None and line.note is None
            if line.piece is None or line.score is None or not plain:
                # What was taken off, vetoed or counted beyond the points has lines of its own behind the rule's.
                continue
            # The line of the piece: before it stand the facts, defaults and computed facts that lead to the measure.
            scored = next((text for text in texts if text.startswith(line.piece.reason.text(lang))), "")
            said = scored.rpartition("（四舍五入）" if lang == "zh" else " (half up)")
            if "→" in said[0]:
                assert said[0].rpartition("→ ")[2] == format_number(line.score)
            elif " = " in scored:
                assert scored.rpartition(" = ")[2] == format_cut(line.score, 4)


@FEW
@given(cases())
def test_the_callers_decimal_context_changes_nothing(case: Case) -> None:
    """A program around us may have set its decimal arithmetic to three digits, cut off; our numbers are not made with it."""
    expected = document(case.score(), "zh")
    with decimal.localcontext() as hostile:
        hostile.prec, hostile.rounding = 3, decimal.ROUND_DOWN
        hostile.traps[decimal.Inexact] = True
        assert document(case.score(), "zh") == expected


@FEW
@given(rule_sets(), st.data())
def test_threads_change_nothing(rules: RuleSet, data: st.DataObject) -> None:
    """A server scores with one plan in many threads; what the plan remembers must be safe to be filled by all of them at once."""
    texts = [data.draw(drafts(rules)).text() for _ in range(2)] * 8
    alone = plan(rules)
    expected = [summary(score(alone, text)) for text in texts]
    shared = plan(rules)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda text: summary(score(shared, text)), texts)) == expected


@FEW
@given(cases(gaps=False))
def test_the_public_number_is_the_exact_one(case: Case) -> None:
    """`Result.score` is a Decimal: where a score has a finite decimal form none of its digits may be lost."""
    evaluation = case.score()
    shown = api.Result(evaluation).score
    assert (shown is None) == (evaluation.score is None)
    if shown is not None and evaluation.score is not None:
        digits = format_number(evaluation.score)
        assert "/" in digits or Fraction(shown) == evaluation.score


def test_a_draft_holds_money_in_no_unit() -> None:
    """The unit laws rest on this: the same amount, three ways to print it."""
    draft = Draft({"budget": {"executed": Money(Fraction(14032300))}, "facts": {"a": Money(Fraction(10**8), "≤")}})
    assert "executed: 1403.23\n" in draft.text()
    assert "executed: 0.140323\n" in draft.text(money="亿元")
    assert "a: ≤1亿元" in draft.text(money="亿元").replace('"', "")
