"""Laws of input: any text gives a rule set or diagnostics, any bytes forms or diagnostics, and nothing else comes out."""

import re
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from perfscore import api
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.model.plan import Plan
from perfscore.model.rules import RuleSet
from perfscore.report.evaluation import document
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan
from perfscore.testing.forms import form_texts
from perfscore.testing.strategies import built, edited, rule_sets, rule_texts
from perfscore.text import decode
from perfscore.text.diagnostic import Rejected
from perfscore.text.source import Source

ROOT = Path(__file__).resolve().parents[2]
RULES = sorted(path for path in (ROOT / "rules").rglob("*.yaml") if not path.name.endswith(".test.yaml"))
PACKS = tuple(path.read_text(encoding="utf-8") for path in RULES)
EXAMPLES = tuple(path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.yaml")))


def words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text) or [""]


@cache
def shipped(reference: str) -> Plan:
    return plan(load_rules(reference))


def planned_or_refused(text: str) -> Plan | Rejected:
    try:
        return plan(built(text))
    except Rejected as rejected:
        return rejected


def use_rules(text: str) -> None:
    """What a rule text can come to: refused, a template, or a plan that scores a form."""
    planned = planned_or_refused(text)
    if isinstance(planned, Rejected):
        assert planned.diagnostics
        assert all(d.says.zh and d.says.en for d in planned.diagnostics)
        return
    if planned.rules.template:
        return
    for form in forms_of(Source("form.yaml", EXAMPLES[0])):
        assert isinstance(form, Form)
        document(api.evaluate(form, planned).evaluation, "zh")


def use_form(text: str, planned: Plan) -> None:
    for form in forms_of(Source("form.yaml", text)):
        if isinstance(form, Rejected):
            assert form.diagnostics
        else:
            result = api.evaluate(form, planned)
            document(result.evaluation, "zh")
            result.explain("en")


@given(rule_texts())
def test_every_drawn_rule_file_is_accepted(text: str) -> None:
    """The strategies speak the language as it is documented: what they write is no mistake."""
    plan(built(text))


@given(edited(PACKS, words))
def test_an_edited_pack_is_a_rule_set_or_refused(text: str) -> None:
    """People change a shipped file; a slip gives them a message with a place, never a traceback."""
    use_rules(text)


@given(rule_texts().flatmap(lambda text: edited((text,), words)))
def test_an_edited_rule_file_is_a_rule_set_or_refused(text: str) -> None:
    """The same for files that use the whole language."""
    use_rules(text)


@given(edited(EXAMPLES, words), st.sampled_from(("hunan/department@2024", "china/self-evaluation-gated@2021", "china/project-self@2020")))
def test_an_edited_example_is_a_form_or_refused(text: str, reference: str) -> None:
    """What is odd in a form is a warning in its result; what cannot be read as a form says why."""
    use_form(text, shipped(reference))


@given(rule_sets(), st.data())
def test_an_edited_form_is_a_form_or_refused(rules: RuleSet, data: st.DataObject) -> None:
    """The same for forms that fit their rules, by rules that are not ours."""
    use_form(data.draw(edited((data.draw(form_texts(rules)),), words)), plan(rules))


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Somebody will open a letter, a table or half a file."""
    use_rules(text)
    use_form(text, shipped("hunan/department@2024"))


@given(
    st.one_of(
        st.binary(max_size=60),
        st.sampled_from(EXAMPLES).map(lambda text: text.encode("gb18030")),
        st.binary(max_size=4).map(lambda b: b + EXAMPLES[0].encode()),
    )
)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Files come in every encoding, and some are no text at all."""
    decoded = decoded_or_refused(content)
    if isinstance(decoded, Rejected):
        assert decoded.diagnostics
    else:
        use_form(decoded.text, shipped("hunan/department@2024"))


def decoded_or_refused(content: bytes) -> Source | Rejected:
    try:
        return decode.decode(content, "form.yaml").source
    except Rejected as rejected:
        return rejected
