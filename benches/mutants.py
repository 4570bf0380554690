"""
Mutants: single faults put into the shipped rule sets by machine, and who finds them: `python benches/mutants.py`.

Each operator makes as many mutants as every other, spread evenly over the rule sets, the same ones on every run. A mutant is refused when it is
read, found by a check of lint that says of it what it does not say of the rule set as it is, found by an example that held before, or survives.
`--write` puts the numbers into docs/mutants.md; the exit status is 1 if less is found than is wanted.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The checkout is what is measured, whatever is installed.
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benches.mutation import report  # noqa: E402
from benches.mutation.operators import Mutant  # noqa: E402
from benches.mutation.trial import EACH, Bench, Judged, choose, shipped  # noqa: E402

PAGES = (ROOT / "docs" / "mutants.md",)
#: How many mutants of each operator are made of rule sets that score nobody.
OF_FRAMES = 20
_CHUNK = 40


@cache
def bench(reference: str) -> Bench:
    return next(Bench(of, suite) for of, suite in shipped() if of.reference == reference)


def judged(mutant: Mutant) -> Judged:
    return bench(mutant.reference).judge(mutant)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the numbers into docs/mutants.md")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many processes work on it")
    parser.add_argument("--each", type=int, default=EACH, help="how many mutants every operator makes")
    options = parser.parse_args()
    scoring = choose(tuple(of for of, _ in shipped() if not of.rules.template), options.each)
    frames = choose(tuple(of for of, _ in shipped() if of.rules.template), OF_FRAMES, fewer=True)
    # Those of one rule set stand together, so that every process looks at few of them as they are.
    todo = sorted((*scoring.mutants, *frames.mutants))
    if options.jobs > 1:
        with ProcessPoolExecutor(options.jobs) as pool:
            done = dict(zip(todo, pool.map(judged, todo, chunksize=_CHUNK), strict=True))
    else:
        done = {mutant: judged(mutant) for mutant in todo}
    found, apart = (tuple(done[mutant] for mutant in chosen.mutants) for chosen in (scoring, frames))
    text = report.page(found, apart, scoring.left_out)
    print(text)
    for page in PAGES if options.write else ():
        page.write_text(report.written(page.read_text(encoding="utf-8"), text), encoding="utf-8", newline="\n")
    return 0 if report.enough(found) else 1


if __name__ == "__main__":
    sys.exit(main())
