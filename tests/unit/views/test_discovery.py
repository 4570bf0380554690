"""A view is one file: nothing else lists it, and a wrong name is answered with the right ones."""

import subprocess
import sys

import pytest
from hypothesis import given

from perfscore.text.diagnostic import Rejected
from perfscore.views import formats, render
from perfscore.views.outline import Outline, Row, row_cells
from tests.architecture.tree import ROOT
from tests.unit.views.outlines import outlines

NAMES = [name for name, _ in formats()]


def test_every_file_but_the_shared_ones_is_a_view_named_like_its_file() -> None:
    files = {path.stem for path in (ROOT / "src/perfscore/views").glob("*.py")}
    assert sorted(files - {"__init__", "outline"}) == NAMES
    assert {"terminal", "markdown", "json"} <= set(NAMES)


def test_every_view_says_what_it_is_for_once() -> None:
    said = [says for _, says in formats()]
    assert all(says.zh.strip() and says.en.strip() for says in said)
    assert len(set(said)) == len(said)


# The name comes from the command line: it may name a view, and never any other module, file or sentence for the terminal.
@pytest.mark.parametrize(
    "name", ["", "pdf", "outline", "__init__", "json.tool", ".json", "../json", "JSON", "render", "_json", "json\n", "\x1b[2J", "表"]
)
def test_an_unknown_format_is_answered_with_the_known_ones(name: str) -> None:
    with pytest.raises(Rejected) as rejected:
        render(Outline("", ()), name)
    (diagnostic,) = rejected.value.diagnostics
    assert diagnostic.code == "unknown-format"
    assert "\x1b" not in diagnostic.says.zh + diagnostic.says.en
    assert diagnostic.hint is not None
    assert all(known in diagnostic.hint.zh and known in diagnostic.hint.en for known in NAMES)


# Start-up time: asking for one view must not load the others, nor the JSON encoder.
def test_one_view_does_not_load_the_others() -> None:
    program = (
        "import sys; from perfscore.views import render; from perfscore.views.outline import Outline; before = set(sys.modules)\n"
        "render(Outline('a', ()), 'terminal'); new = set(sys.modules) - before\n"
        "print(sorted(name for name in new if name.startswith(('perfscore.views.', 'json', 'pkgutil'))))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT / "src")})
    assert ran.stdout.strip() == "['perfscore.views.terminal']"


# A view that looks at the clock, a dictionary's address or an earlier report would make two equal runs differ.
@pytest.mark.parametrize("name", NAMES)
@given(outline=outlines)
def test_equal_outlines_give_equal_texts_that_can_be_written(name: str, outline: Outline) -> None:
    text = render(outline, name)
    assert text == render(Outline(*outline), name)
    assert text.encode("utf-8").decode("utf-8") == text
    assert text.endswith("\n")


# A cell beyond the last column would disappear without a word.
def test_a_row_with_more_cells_than_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="a row of 3 cells in a table of 2 columns"):
        row_cells(Row(("a", "b", "c")), 2)
    assert [cell.text for cell in row_cells(Row(("a",)), 2)] == ["a", ""]
