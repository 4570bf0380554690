"""From a folder of YAML forms of 20 rows: read and scored, against bytes to forms alone."""

from __future__ import annotations

import random
from pathlib import Path

from benches.audit import SEED, form_text

from perfscore.forms.read import read_forms
from perfscore.model.plan import Plan
from perfscore.verbs import evaluations


def write(folder: Path, forms: int) -> list[str]:
    chance = random.Random(SEED)  # noqa: S311 - the same forms every time
    paths = [folder / f"{number:06}.yaml" for number in range(forms)]
    for number, path in enumerate(paths):
        path.write_text(form_text(number, chance), encoding="utf-8")
    return list(map(str, paths))


def parse(paths: list[str]) -> None:
    for path in paths:
        for _ in read_forms(path):
            pass


def score(paths: list[str], planned: Plan) -> list[object]:
    """The exact scores, one form at a time in memory."""
    return [one.score for one in evaluations((form for path in paths for form in read_forms(path)), planned)]  # type: ignore[union-attr]
