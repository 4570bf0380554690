"""The receipt of a run: what it was made from and what it came to, so that anybody can make it again and compare."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from perfscore.bulk.gathered import Done
from perfscore.bulk.job import Job, Options
from perfscore.bulk.results import STATES
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase

FORMAT = 1


class Receipt(NamedTuple):
    """A receipt as read."""

    engine: str
    options: Options
    rules: dict[str, str]
    inputs: dict[str, str]
    forms: dict[str, int]
    content: dict[str, str]


def made(job: Job, done: Done) -> Receipt:
    """The receipt of a run."""
    from perfscore import __version__

    forms = {"read": done.read, **{state: done.state(state) for state in STATES}}
    tables = ["results", "errors", *(["indicators"] if job.options.indicators else []), *(["findings"] if job.options.audit else [])]
    return Receipt(__version__, job.options, done.rules, done.inputs, forms, {table: done.content[table] for table in tables})


def text(job: Job, done: Done) -> bytes:
    """The receipt as a file: the same run gives the same bytes."""
    receipt = made(job, done)
    tree = {"format": FORMAT, **receipt._asdict(), "options": {**receipt.options._asdict(), "names": list(receipt.options.names)}}
    return json.dumps(tree, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


def read(path: str) -> Receipt:
    """The receipt of a file; raises Rejected if it is none."""
    from perfscore.text.decode import read as decoded

    found = decoded(path).source.text
    try:
        return _receipt(json.loads(found))
    except (ValueError, KeyError, TypeError, RecursionError):
        says = Phrase(f"{path} 不是 perfscore batch 写的凭据", f"{path} is no receipt of perfscore batch")
        raise Rejected([Diagnostic("not-a-receipt", says)]) from None


def _receipt(tree: Any) -> Receipt:
    if tree["format"] != FORMAT:
        raise ValueError(tree["format"])
    options = tree["options"]
    names = tuple(options["names"])
    texts = [*names, tree["engine"], *(text for key in ("rules", "inputs", "content") for pair in tree[key].items() for text in pair)]
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(tree["forms"][state], int) for state in ("read", *STATES)):
        raise TypeError("texts")
    return Receipt(tree["engine"], Options(**{**options, "names": names}), tree["rules"], tree["inputs"], tree["forms"], tree["content"])


def differences(before: Receipt, now: Receipt) -> Iterator[Diagnostic]:
    """What is no longer as the receipt says, the causes first."""
    if before.engine != now.engine:
        says = Phrase(f"当时用的是 perfscore {before.engine}，现在是 {now.engine}", f"it was made by perfscore {before.engine}, this is {now.engine}")
        # Another version that comes to the same is as good.
        yield Diagnostic("engine-differs", says, severity="advice")
    yield from _compared("rules-differ", Phrase("规则", "the rules"), before.rules, now.rules)
    yield from _compared("input-differs", Phrase("文件", "the file"), before.inputs, now.inputs)
    for state in ("read", *STATES):
        one, other = before.forms[state], now.forms[state]
        if one != other:
            words = STATES.get(state, Phrase("读到", "read"))
            says = Phrase(f"{words.zh}：凭据上 {one} 张，重算 {other} 张", f"{words.en}: {one} forms by the receipt, {other} replayed")
            yield Diagnostic("result-differs", says)
    for table, content in before.content.items():
        if now.content.get(table) != content:
            says = Phrase(f"重算出来的 {table} 与凭据不符", f"the replayed {table} are not those of the receipt")
            yield Diagnostic("result-differs", says)


def _compared(code: str, what: Phrase, before: dict[str, str], now: dict[str, str]) -> Iterator[Diagnostic]:
    for name in [*before, *(name for name in now if name not in before)]:
        if before.get(name) == now.get(name):
            continue
        if name not in now:
            says = Phrase(f"{what.zh} {name} 不在了", f"{what.en} {name}: it is gone")
        elif name not in before:
            says = Phrase(f"{what.zh} {name} 当时没有", f"{what.en} {name}: it was not there")
        else:
            says = Phrase(f"{what.zh} {name} 改过了", f"{what.en} {name}: it was changed")
        yield Diagnostic(code, says)
