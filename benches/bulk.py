"""
Many forms, measured in one run: `python benches/bulk.py`, with `--quick` on few forms; `--write` puts the tables into docs/speed.md.

What perfscore makes of rules is compared with code written by hand for one form and with other engines, on random forms and on forms whose scores
end on half a cent. Every figure is the median of interleaved rounds; wrong totals are counted against plain integers. The others are no dependencies:
`pip install polars duckdb zen-engine` for the run; what is not installed is left out, and said.
"""

from __future__ import annotations

import argparse
import gc
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
# The checkout is what is measured, whatever is installed.
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benches.many import goals, wide  # noqa: E402
from benches.many.clock import Goal, table  # noqa: E402

PAGE = ROOT / "docs" / "speed.md"
BEGIN, END = ("<!-- numbers of benches/bulk.py: begin -->", "<!-- numbers of benches/bulk.py: end -->")
PEERS = {"polars": "polars", "duckdb": "duckdb", "zen": "zen-engine"}


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[1])
    parser.add_argument("--quick", action="store_true", help="few forms and few rounds: what it prints says little")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/speed.md")
    asked = parser.parse_args()
    forms, rounds = (50_000, 3) if asked.quick else (1_000_000, 15)
    missing = {name: package for name, package in PEERS.items() if find_spec(name) is None}
    for package in missing.values():
        say(f"{package} is not installed, and left out")
    # As the command does.
    gc.set_threshold(50_000)
    say("wide tables in memory")
    codes, reached = wide.measured(forms, rounds, missing)
    with TemporaryDirectory() as folder:
        for name, of in goals.ALL.items():
            say(name)
            reached += of(goals.Size(Path(folder), forms, rounds, missing))
    parts = [
        f"{forms:,} forms of 13 indicators, typed columns in memory:",
        table(("code", "a form", "× numpy by hand", "wrong totals, random", "wrong totals, ties"), codes),
        "What is to be reached:", table(("what", "perfscore", "against", "ratio", "wanted", "reached"), map(Goal.row, reached)),
        *(f"Not installed and left out: {package}." for package in missing.values()),
    ]  # fmt: skip
    text = "\n\n".join(parts)
    print(text)
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        if BEGIN not in page or END not in page:
            raise SystemExit(f"{PAGE} has no place for the numbers")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
