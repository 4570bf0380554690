"""Comments of rule and form files to the findings that they allow, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from perfscore.checking.codes import Catalogue
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.nodes import Mapping, Scalar, Sequence
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source, Span
from perfscore.text.yaml import parse

# `# lint: allow CODE, CODE: reason` (in a form `# audit: …`) or `# 检查：允许 CODE：理由` holds for the line that it stands on; alone on a line, for the next line that says
# something; above the first key of a file, for the whole file.
_COMMENT = re.compile(
    r"(?:^|(?<=\s))#\s*(?:lint|audit|检查|审核)\s*[:：]\s*(?:allow|允许)\b\s*(?P<codes>[^:：]*)(?:[:：]\s*(?P<reason>.*?))?\s*$", re.IGNORECASE
)
_BETWEEN = re.compile(r"[,，、\s]+")


class Comment(NamedTuple):
    """What a comment allows: codes, for a line or (0) the whole file, and why."""

    codes: tuple[str, ...]
    line: int
    reason: str
    span: Span


def comments(source: Source) -> tuple[Comment, ...]:
    """The comments of a file that allow something."""
    # Most files have none, and looking for the words in one go costs nothing.
    if not any(word in source.text for word in ("allow", "允许", "ALLOW", "Allow")):
        return ()
    return tuple(_comments(source))


def _comments(source: Source) -> Iterator[Comment]:
    number = source.text.count("\n") + 1
    said = [line for line in range(1, number + 1) if source.line(line).strip() and not source.line(line).lstrip().startswith("#")]
    texts: tuple[Span, ...] | None = None
    for line in range(1, number + 1):
        text = source.line(line)
        found = _COMMENT.search(text)
        if found is None:
            continue
        codes = tuple(filter(None, _BETWEEN.split(found["codes"])))
        alone = not text[: found.start()].strip()
        whole = alone and (not said or line < said[0])
        if not whole:
            # Words like these inside a text allow nothing; where the file begins there is no text yet, and reading it anew can be saved.
            texts = _texts(source) if texts is None else texts
            if any((one.line, one.column) <= (line, found.start() + 1) < (one.end_line, one.end_column) for one in texts):
                continue
        behind = next((other for other in said if other > line), 0)
        span = Span(source, line, found.start() + 1, line, len(text.rstrip()) + 1)
        yield Comment(codes, 0 if whole else behind if alone else line, (found["reason"] or "").strip(), span)


def _texts(source: Source) -> tuple[Span, ...]:
    """Where the texts of a file stand that are quoted or go over several lines."""
    found, stack = [], list(parse(source).documents)
    while stack:
        match stack.pop():
            case Mapping(_, entries):
                stack += [part for entry in entries for part in entry]
            case Sequence(_, items):
                stack += items
            case Scalar(span, _, plain):
                if not plain:
                    found.append(span)
    return tuple(found)


def faults(made: Iterable[Comment], catalogue: Catalogue) -> Iterator[Diagnostic]:
    """What is wrong with the comments themselves."""
    for comment in made:
        yield from (catalogue.unknown(code, comment.span)._replace(severity="warning") for code in comment.codes if code not in catalogue.every)
        if not comment.reason or not comment.codes:
            says = Phrase("允许一个问题要写明编号和理由", "what allows a finding names its code and a reason")
            hint = Phrase("写作 # 检查：允许 编号：理由", "write # lint: allow CODE: reason")
            yield Diagnostic("suppression-without-reason", says, comment.span, hint, "warning")


def unused(comment: Comment, code: str) -> Diagnostic:
    """What is said of a comment that allows what is not there."""
    says = Phrase(f"这里没有 {code}，这条允许没有用处", f"there is no {code} here: this allows nothing")
    return Diagnostic("unused-suppression", says, comment.span, Phrase("删去它", "take it out"), "warning")
