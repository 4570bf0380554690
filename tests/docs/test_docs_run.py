"""
What the documentation shows is what a reader gets: every block of every page is run, read or followed.

`console`: what stands behind `$ perfscore` is run, and what stands below it must be printed (a line `⋮` stands for lines left out; `# exit 2` behind a
call names its status). `sh`, `bat`: every call of the command is run. `python`: run, in one go for a page; a block `text output` below it is what it prints.
`yaml`: a whole rule file (its examples must hold) or form; with `# name.yaml` on its first line it is also written to the folder, for the calls below it;
`yaml part` is a piece of a file. `text figure`: a method, measures and the points that it gives there. `text read`: printed values and how
they are read.

`PERFSCORE_GOLDEN=write pytest tests/docs/test_docs_run.py` shows anew what the pages show of the command's output; review the difference.
"""

import json
import os
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from perfscore.api import evaluate, load_rules, read_many
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.ruleset.build import build
from perfscore.scoring.methods import curve_of
from perfscore.text import yaml
from perfscore.text.interval import Interval
from perfscore.text.packs import TESTS_END
from perfscore.text.printed import Period, Quantity, read_printed, read_share
from perfscore.text.source import Source
from tests.architecture.tree import ROOT
from tests.docs.pages import PAGES, Block, agrees, blocks, calls, file_name, follow, is_chinese, run, shown_anew, text_of
from tests.unit.test_cases import not_so

_BLOCKS = {"", "bat", "console", "json", "python", "sh", "text", "toml", "yaml"}


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)])
def test_what_a_page_shows_is_what_happens(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    follow(page, tmp_path, monkeypatch)
    names: dict[str, Any] = {"__name__": "__page__"}
    for block, below in _pairs(page):
        place = f"{page}:{block.line}"
        assert block.language in _BLOCKS, f"{place}: nobody runs a block of {block.language}"
        for call in calls(block):
            status, printed = run(call.arguments)
            assert status == call.status, f"{place}: {call.arguments} ended with {status}:\n{printed}"
            if call.shown is not None and os.environ.get("PERFSCORE_GOLDEN") == "write" and not agrees(call.shown, printed):
                (ROOT / page).write_text(text_of(page).replace(call.shown, shown_anew(call.shown, printed)), encoding="utf-8", newline="\n")
            elif call.shown is not None:
                assert agrees(call.shown, printed), f"{place}: {call.arguments} prints\n{printed}"
        if block.language == "python":
            capsys.readouterr()
            exec(compile(block.text, place, "exec"), names)  # noqa: S102 - our own page
            if below is not None and below.language == "text" and "output" in below.marks:
                assert capsys.readouterr().out.strip() == below.text.strip(), place
        elif block.language == "json":
            json.loads(block.text)
        elif block.language == "text" and "figure" in block.marks:
            _figure(block, place)
        elif block.language == "text" and "read" in block.marks:
            rows = [re.split(" {2,}", line, maxsplit=1) for line in block.text.splitlines()]
            assert [row for row in rows if _said(row[0], row[1]) != row[1]] == [], place
        elif block.language == "yaml":
            _yaml(block, place, tmp_path)


def _pairs(page: str) -> Iterator[tuple[Block, Block | None]]:
    found = blocks(page)
    return zip(found, (*found[1:], None), strict=True)


def _yaml(block: Block, place: str, folder: Path) -> None:
    name = file_name(block)
    if name is not None:
        (folder / name).write_text(block.text, encoding="utf-8")
    if name is not None and name.endswith(TESTS_END):
        # What becomes of a test file is shown by the call below it.
        return
    if "part" in block.marks:
        parsed = yaml.parse(Source(place, block.text))
        assert not parsed.problems, f"{place}: {parsed.problems}"
    elif "refused" in block.marks:
        # What is wrong with it is shown by the call below it.
        assert name is not None, f"{place}: a refused file needs its name"
    elif re.search(r"^(?:version|版本):", block.text, re.MULTILINE):
        _rules(block, place, folder / name if name else None)
    else:
        _forms(block, place, folder / name if name else None)


def _rules(block: Block, place: str, file: Path | None) -> None:
    assert not_so(load_rules(str(file)) if file else build(Source(place, block.text, block.text.encode()), None)) == []


def _forms(block: Block, place: str, file: Path | None) -> None:
    forms = list(read_many(file)) if file else list(forms_of(Source(place, block.text, block.text.encode())))
    for form in forms:
        assert isinstance(form, Form), f"{place}: {form}"
        assert form.rules is not None, f"{place}: a whole form names its rules"
        evaluate(form)


def _figure(block: Block, place: str) -> None:
    head, measures, scores = block.text.strip().splitlines()
    method, points = head.split(maxsplit=1)[1].rsplit("  ", 1)
    text = f"ruleset: a/figure\nversion: '1'\nindicators: [{{id: i, rows: from-form, method: {method.strip()}}}]"
    curve = curve_of(build(Source(place, text), None).variants[-1].indicators[0], 0, share(points.split()[0]))
    found = {at: curve.score(share(at)) for at in measures.split()[1:]}
    assert found == dict(zip(measures.split()[1:], map(share, scores.split()[1:]), strict=True)), place


def _said(printed: str, language: str) -> str:
    """What the table of printed values calls a value, in the language of what it says."""
    words = _SAID_ZH if re.search("[\u4e00-\u9fff]", language) else _SAID_EN
    match read_printed(printed, year=2024):
        case Quantity(form="over", low=low, high=high):
            return str(Interval(low, high, low_closed=True, high_closed=False))
        case Quantity(form="bound", comparator=comparator):
            return words[comparator]
        case Quantity(form=form):
            return words[form]
        case Period(comparator=comparator):
            return words["deadline" if comparator else "date"]
        case other:
            return words[type(other).__name__]


_SAID_EN = {
    "exact": "number", ">=": "at least", ">": "more than", "<=": "at most", "<": "less than", "range": "range", "date": "date", "deadline": "deadline",
    "Words": "words", "Blank": "nothing", "NotApplicable": "does not apply", "Unreadable": "not read",
}  # fmt: skip
_SAID_ZH = {
    "exact": "数", ">=": "至少", ">": "大于", "<=": "至多", "<": "小于", "range": "区间", "date": "日期", "deadline": "期限",
    "Words": "文字", "Blank": "空", "NotApplicable": "不适用", "Unreadable": "读不出",
}  # fmt: skip


def share(text: str) -> Fraction:
    number = read_share(text)
    assert number is not None, text
    return number


# A page that shows no call would make the test above pass by saying nothing.
@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "docs/rule-file.md", "docs/form-file.md", "docs/results.md"])
def test_a_page_that_shows_results_has_something_to_run(page: str) -> None:
    assert any(calls(block) or (block.language == "yaml" and "part" not in block.marks) for block in blocks(page))


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n⋮\n", "a\nb\nc\n", True),
        ("⋮\nc\n", "a\nb\nc\n", True),
        ("a\n⋮\nc\n", "a\nc\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n⋮\nd\n", "a\nb\nc\n", False),
        ("b\n⋮\n", "a\nb\n", False),
        ("a (1) +\n", "a (1) +\n", True),
    ],
)
def test_lines_left_out_are_the_only_freedom(shown: str, printed: str, same: bool) -> None:
    assert agrees(shown, printed) is same


# The two READMEs are one page in two languages: who reads either is told of the same commands, in the same order.
def test_the_readmes_name_the_same_commands() -> None:
    english, chinese = (
        [call.arguments for block in blocks(page) if block.language != "bat" for call in calls(block)] for page in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese
    assert english


# What Windows users are told must be the line of the others, with the other way to write a path.
def test_the_lines_for_windows_are_the_lines_of_the_others() -> None:
    calls_of = {
        language: [call.arguments for block in blocks("README.zh-CN.md") if block.language == language for call in calls(block)]
        for language in ("bat", "sh")
    }
    assert calls_of["bat"]
    assert all(arguments in calls_of["sh"] for arguments in calls_of["bat"])


_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
_LINKING = sorted(
    {*PAGES, *(path.relative_to(ROOT).as_posix() for folder in ("examples", "rules", "tests", "benches") for path in (ROOT / folder).rglob("*.md"))}
)


@pytest.mark.parametrize("page", _LINKING)
def test_links_inside_the_project_lead_somewhere(page: str) -> None:
    broken = []
    for target in _LINK.findall(_without_code(text_of(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / page).parent / path if path else ROOT / page
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            broken.append(target)
    assert broken == []


def _without_code(text: str) -> str:
    return re.sub(r"^(`{3,}).*?^\1$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)


def _anchors(file: Path) -> set[str]:
    """The anchors that GitHub gives to headings: lower case, signs dropped, spaces to hyphens."""
    headings = re.findall(r"^#+ (.+)$", _without_code_fences(file.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _without_code_fences(text: str) -> str:
    return re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)


# A reader of the one language must not be sent to a page that exists in the other only, without a word.
def test_every_chinese_page_stands_beside_an_english_one() -> None:
    alone = [page for page in PAGES if is_chinese(page) and page.replace(".zh-CN.md", ".md") not in PAGES]
    assert alone == []
