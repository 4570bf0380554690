"""
Whole reports as a reader sees them: what no law can say (that it is calm and lines up) a person says by reviewing the difference.

`PERFSCORE_GOLDEN=write pytest tests/unit/views/test_golden.py` rewrites the files.
"""

import os

import pytest

from perfscore.views import render
from perfscore.views.outline import Layout
from tests.architecture.tree import ROOT
from tests.unit.views.outlines import self_evaluation_en, self_evaluation_zh

REPORTS = {"zh": self_evaluation_zh, "en": self_evaluation_en}
LAYOUTS = {"": Layout(), "-narrow": Layout(width=48), "-colour": Layout(colour="always")}


@pytest.mark.parametrize("lang", REPORTS)
@pytest.mark.parametrize("name, layout", [("terminal", layout) for layout in LAYOUTS] + [("markdown", ""), ("json", "")])
def test_the_report_looks_as_reviewed(lang: str, name: str, layout: str) -> None:
    text = render(REPORTS[lang](), name, width=LAYOUTS[layout].width, colour=LAYOUTS[layout].colour)
    path = ROOT / "tests" / "golden" / "views" / f"{lang}-{name}{layout}.txt"
    if os.environ.get("PERFSCORE_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
