"""Files that are made to take all memory or all time: each ends in a child of 600 MB, refused with its reason or scored."""

import os

import pytest

from tests.hostile.conftest import FORM, RULES
from tests.hostile.test_forms_hostile import grown
from tests.process.command import perfscore

resource = pytest.importorskip("resource")
MEMORY = 600_000_000
#: A guard against time that grows with the square of a size: what is here ends within seconds, and without the care taken within hours.
PATIENCE = 60


def limited():
    """What the child may take; more, and it dies of a MemoryError, which is a fault and fails the test."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def aliases(levels):
    lines = ["a0: &a0 [x, x]"]
    return "\n".join(lines + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)])


def indicators(count):
    return 'ruleset: test/many\nversion: "1"\nfacts: {甲: 数}\nindicators:\n' + "".join(
        f"  - {{id: i{n}, label: 第{n}项, points: 1, measure: 甲 / {n + 1}, method: ratio}}\n" for n in range(count)
    )


def deep(levels):
    leaf = "{id: x, label: 甲, points: 1, measure: 全年执行数 / 全年预算数, method: ratio}"
    for level in range(levels):
        leaf = f"{{id: i{level}, label: 第{level}层, children: [{leaf}]}}"
    return f'ruleset: test/deep\nversion: "1"\nindicators: [{leaf}]\n'


MERGES = "\n".join(["a0: &a0 {x: 1}", *(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 30))])
BOMBS = {
    "laughs": aliases(30),
    "merges": MERGES,
    "alias of itself": "a: &a [*a, *a]",
    "brackets": "[" * 100_000,
    "brackets, five megabytes of them": "[" * 4_999_000,
    "braces": '{"a":' * 900_000,
    "dashes": "- " * 2_000_000,
    "question marks": "? " * 100_000,
    "indents": "".join(" " * n + "a:\n" for n in range(3_000)),
    "tags": "!!python/object/apply:os.system " * 100_000,
    "keys": "".join(f"k{n}: 1\n" for n in range(120_000)),
    "equal keys": "a: 1\n" * 45_000,
    "aliases in a line": "[" + "*a, " * 20_000 + "x" * 4_000_000 + "]",
    "anchors in a line": "[" + "&a, " * 20_000 + "x" * 4_000_000 + "]",
    "tags in a line": "[" + "!a x, " * 20_000 + "x" * 4_000_000 + "]",
    "keys without a colon": "{" + ", ".join(f"{'k' * 90}{n}" for n in range(20_000)) + "}",
    "keys without a value": "{" + ", ".join(f"{'k' * 90}{n}: " for n in range(20_000)) + "}",
    "keys that are lists": "{" + "[a]: 1, " * 15_000 + "x" * 4_000_000 + "}",
    "equal keys in a line": "{" + "k: 1, " * 20_000 + "x" * 4_000_000 + "}",
    "items": "indicators: [" + "{}, " * 200_000 + "]",
    "documents": "---\n" * 200_000,
    "forms": "---\nunit: 甲\n" * 40_000,
    "comment": "#" * 4_999_000,
    "blank": " " * 4_999_000,
    "line ends": "\n" * 4_999_000,
    "tabs": "\t\n" * 500_000,
    "NUL": "\0" * 4_999_000,
    "quote": 'a: "' + "x" * 4_900_000,
    "escapes": 'a: "' + "\\U0001F600" * 400_000 + '"',
    "halves": '{"a": "' + "\\ud83d" * 30_000 + '"}',
    "one text": "unit: " + "很" * 1_600_000,
    "one number": "year: " + "9" * 4_900_000,
    "sexagesimal": "year: " + "1:59" * 1_000_000,
    "block": "unit: |\n" + "  x\n" * 1_200_000,
    "folded": "unit: >\n" + "  x\n\n" * 900_000,
    "colons": "a:" * 2_000_000,
    "commas": "[" + "," * 2_000_000,
    "too large by a byte": "#" * 5_000_001,
    "a gigabyte of nothing": None,
}


# One reader reads both kinds of file; these prove that both are behind it.
AS_RULES = ("laughs", "brackets", "one text", "too large by a byte", "a gigabyte of nothing")


@pytest.mark.parametrize("bomb,role", [(bomb, role) for role, bombs in {"form": BOMBS, "rules": AS_RULES}.items() for bomb in bombs])
def test_bombs_are_refused_with_their_reason(bomb, role, folder):
    path = folder / f"{role}.yaml"
    path.write_text(BOMBS[bomb] or "", encoding="utf-8")
    if BOMBS[bomb] is None:
        # A hole: no disk is taken, and a reader that trusts the size would take it all.
        os.truncate(path, 2**30)
    done = perfscore("evaluate", "form.yaml", cwd=folder, preexec_fn=limited, timeout=PATIENCE)
    assert (done.status, done.out) == (2, b""), done.err
    assert "错误[" in done.err
    # A message is for a person: 20 problems at most, each a few lines.
    assert len(done.err) < 30_000


def rows(count):
    return FORM[: FORM.index("  - {")] + "".join(
        f"  - {{level1: 产出指标, level3: 第{n}项, target: {n + 1}, actual: {n}, points: 1}}\n" for n in range(count)
    )


LARGE = {
    # Forms far larger than any office fills in, and still honest.
    "2000 rows": (rows(2_000), RULES),
    "1000 rows of the longest numbers": (grown(1_000), RULES),
    "1000 rows of the longest numbers, not rounded": (
        grown(1_000),
        RULES.replace('version: "1"', 'version: "1"\nrounding: [{at: total, places: 2}]'),
    ),
    "2000 indicators": (FORM + "facts: {甲: 1}\n", indicators(2_000)),
    "as deep as a file can be": (FORM, deep(18)),
    "a cell of 100,000 characters": (FORM.replace("9个", "很" * 100_000), RULES),
    "a fact of 30,000 items": (FORM + f"facts: {{甲: [{'1, ' * 30_000}1]}}\n", indicators(1)),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_and_honest_files_are_scored(name, folder):
    form, rules = LARGE[name]
    (folder / "form.yaml").write_text(form, encoding="utf-8")
    (folder / "rules.yaml").write_text(rules, encoding="utf-8")
    done = perfscore("evaluate", "form.yaml", "--explain", cwd=folder, preexec_fn=limited, timeout=PATIENCE)
    assert (done.status, bool(done.out)) == (0, True), done.err
