"""
What an audit says of the five published reports, and of a form with a reviewer's columns, as a reader gets it: every check has its say here.

A new check may find something new in them. Judge that first (every published finding has to be true and of use), then write the texts anew:
`PERFSCORE_GOLDEN=write pytest tests/unit/report/test_audit.py`.
"""

import re
from fractions import Fraction

import pytest

from perfscore.api import evaluate, read_form
from perfscore.auditing.paper import paper
from perfscore.auditing.run import audit
from perfscore.cli import main
from perfscore.model.review import Review
from perfscore.report.audit import Audited, outline
from perfscore.text.diagnostic import Diagnostic, Evidence
from perfscore.text.phrase import Lang, same
from perfscore.text.show import cells
from perfscore.views import render
from perfscore.views.outline import Table
from tests.architecture.tree import ROOT
from tests.unit.report.test_golden import GOLDEN, check

LANGS: tuple[Lang, ...] = ("zh", "en")
REPORTS = ["huaihua-2024", "yuelu-2022", "hetang-2022", "kaifu-2020", "wangcheng-2021"]
REVIEWED = "tests/golden/audit/reviewed.yaml"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    # Names of files are shown as they were given: relative ones, or every checkout would have its own.
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("COLUMNS", raising=False)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(["audit", *arguments])
    text = re.sub(r'"sha256:[0-9a-f]{64}"', '"sha256:…"', capsys.readouterr().out)
    return re.sub(r'"engine": "[^"]+"', '"engine": "…"', text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", REPORTS)
def test_what_is_said_of_a_published_report(capsys: pytest.CaptureFixture[str], name: str, lang: Lang) -> None:
    check(GOLDEN / "audit" / f"{name}-{lang}.txt", printed(capsys, f"examples/{name}.yaml", "--lang", lang))


@pytest.mark.parametrize(("ending", "format_"), [("txt", "terminal"), ("md", "markdown"), ("json", "json")])
@pytest.mark.parametrize("lang", LANGS)
def test_what_is_said_of_a_form_with_a_review(capsys: pytest.CaptureFixture[str], lang: Lang, ending: str, format_: str) -> None:
    check(GOLDEN / "audit" / f"reviewed-{lang}.{ending}", printed(capsys, REVIEWED, "--lang", lang, "--format", format_))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [40, 80])
def test_a_working_paper_fits_the_page(width: int, lang: Lang) -> None:
    for name in (*(f"examples/{name}.yaml" for name in ("huaihua-2024", "kaifu-2020")), REVIEWED):
        text = render(outline([reported(name)], {}, lang, folded=True), "terminal", width=width)
        assert [line for line in text.splitlines() if cells(line) > width] == []


# The columns are those of the field's own working paper; a program and a document get all of them, whatever a terminal has room for.
def test_the_columns_of_the_working_paper_are_those_of_the_field() -> None:
    wanted = "一级 二级 三级 性质 指标值 单位 权重 自评完成值 自评得分 复核完成值 复核得分 偏离度 备注".split()
    (table,) = [block for block in outline([reported(REVIEWED)], {}, "zh", folded=False).blocks if isinstance(block, Table)]
    assert [column.title for column in table.columns if column.title in wanted] == wanted


def reported(name: str) -> Audited:
    result = audit(evaluate(read_form(name)).evaluation)
    return Audited(result.subject.evaluation, result.review, result.compared, (), paper(result.subject))


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (("98.88%", ("7201/7297", "36007/36483")), "98.88% is printed, it can be"),
        (("7.95", ("7.95", "7.95")), "it can only be 7.95"),
        (("7.95", ("2/3", "2/3")), "it can only be 0.66…"),
        # To the outside, or the reader would take for impossible what is not.
        (("7.95", ("1/3", "2/3")), "it can be 0.3333 to 0.6667"),
        (("7.95", (None, "2/3")), "it can be 0.6667 or less"),
        (("7.95", ("1/3", None)), "it can be 0.3333 or more"),
    ],
)
def test_what_can_be_true_is_said_and_rounded_outward(evidence: tuple[str, tuple[str | None, str | None]], said: str) -> None:
    low, high = (None if end is None else Fraction(end) for end in evidence[1])
    finding = Diagnostic("x", same("y"), evidence=Evidence(same("y"), evidence[0], (low, high), "differs"))
    made = reported(REVIEWED)._replace(review=Review("x", (finding,)))
    assert said in render(outline([made], {}, "en", folded=True), "terminal", width=200)


def test_nothing_is_said_of_what_can_be_true_where_nothing_is_known() -> None:
    finding = Diagnostic("x", same("y"), evidence=Evidence(same("y"), "优", None, "differs"))
    made = reported(REVIEWED)._replace(review=Review("x", (finding,)))
    assert "is printed" not in render(outline([made], {}, "en", folded=True), "terminal")
