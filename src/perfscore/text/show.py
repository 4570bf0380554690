"""What a reader's terminal gets: from a diagnostic to lines that point at the place, with nothing in them that a terminal obeys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from perfscore.text.diagnostic import Diagnostic, Severity
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.source import Span

#: Inside of a regular-expression class: what no text of ours may hold and no terminal may get. C0 (without tab and line ends), DEL, C1
#: with NEL; LS, PS; bidirectional controls; zero-width and other invisible characters; tag characters; surrogates; U+FFFE, U+FFFF.
UNSAFE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f"
)
_WINDOW = 100
_LEAD = 60
_MESSAGE = 2000

_SEVERITY: dict[Severity, Phrase] = {
    "error": Phrase("错误", "error"),
    "warning": Phrase("警告", "warning"),
    "advice": Phrase("建议", "advice"),
}


class Style(NamedTuple):
    """Terminal codes put around the parts of a message; empty strings for none."""

    error: str = ""
    warning: str = ""
    advice: str = ""
    strong: str = ""
    reset: str = ""


PLAIN = Style()
ANSI = Style(error="\x1b[1;31m", warning="\x1b[1;33m", advice="\x1b[1;36m", strong="\x1b[1m", reset="\x1b[0m")


def cells(text: str) -> int:
    """How many terminal cells a text takes: wide and full-width characters two, combining ones none, ambiguous ones one."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def clean(text: str, limit: int = 200) -> str:
    r"""Text safe for a terminal: obeyed or invisible characters as `\u{1b}`; beyond `limit` characters cut, with `…` and the full length."""
    head = _safe(text[:limit])
    return head if len(text) <= limit else f"{head}…({len(text)})"


def _safe(text: str) -> str:
    # What is printable needs no look; the pattern is a big one to compile, and most runs never meet anything else.
    return text if text.isprintable() else re.sub(f"[\t\n\r{UNSAFE}]", _named, text)


def _named(match: re.Match[str]) -> str:
    return f"\\u{{{ord(match[0]):x}}}"


def render(diagnostic: Diagnostic, lang: Lang, style: Style = PLAIN) -> str:
    """A diagnostic as lines: place, severity, code and sentence; the source line with carets; the hint; the other places."""
    place = f"{_place(diagnostic.span)}: " if diagnostic.span else ""
    word = f"{_SEVERITY[diagnostic.severity].text(lang)}[{clean(diagnostic.code)}]"
    paint: str = getattr(style, diagnostic.severity)
    lines = [f"{style.strong}{place}{style.reset}{paint}{word}{style.reset}: {clean(diagnostic.says.text(lang), _MESSAGE)}"]
    if diagnostic.span:
        lines += _pointed(diagnostic.span, paint, style.reset)
    if diagnostic.hint:
        lines.append(f"  = {clean(diagnostic.hint.text(lang), _MESSAGE)}")
    for says, span in diagnostic.more:
        lines.append(f"  {_place(span)}: {clean(says.text(lang), _MESSAGE)}")
        lines += [f"  {line}" for line in _pointed(span, "", "")]
    return "\n".join(lines)


def render_all(diagnostics: Iterable[Diagnostic], lang: Lang, limit: int = 20, style: Style = PLAIN) -> str:
    """The first `limit` diagnostics, how many are left out, and a count by severity; empty when there are none."""
    every = tuple(diagnostics)
    if not every:
        return ""
    parts = [render(diagnostic, lang, style) for diagnostic in every[:limit]]
    if (rest := len(every) - limit) > 0:
        parts.append(Phrase(f"还有 {rest} 个问题没有列出", f"and {rest} more").text(lang))
    parts.append(_count(every, lang))
    return "\n".join(parts)


def _count(diagnostics: tuple[Diagnostic, ...], lang: Lang) -> str:
    counted = [(word, sum(d.severity == severity for d in diagnostics)) for severity, word in _SEVERITY.items()]
    if lang == "zh":
        return "共 " + "、".join(f"{number} 个{word.zh}" for word, number in counted if number)
    return ", ".join(f"{number} {word.en}{'s' if number > 1 and word.en != 'advice' else ''}" for word, number in counted if number)


def _place(span: Span) -> str:
    return f"{clean(span.source.name)}:{span.line}:{span.column}"


def _pointed(span: Span, paint: str, reset: str) -> list[str]:
    """The line of a span and the carets under it; nothing for a blank line, where there is nothing to point at."""
    line = span.source.line(span.line)
    if not line.strip():
        return []
    first = min(span.column - 1, len(line))
    last = max(first + 1, span.end_column - 1 if span.end_line == span.line else len(line))
    short = len(line) <= _WINDOW and cells(_printed(line)) <= _WINDOW
    start = 0 if short else _back(line, first, _LEAD)
    shown = ["…"] if start else []
    lead = used = len(shown)
    run = 0
    for index in range(start, len(line)):
        piece = _printed(line[index])
        width = cells(piece)
        # Characters without width are counted too: a thousand accents on one letter must not come through.
        if used + width > _WINDOW or len(shown) > 2 * _WINDOW:
            shown.append("…")
            break
        shown.append(piece)
        used += width
        if index < first:
            lead = used
        elif index < last:
            run += width
    return ["".join(shown), " " * lead + paint + "^" * max(1, run) + reset]


def _back(line: str, index: int, room: int) -> int:
    """The first character of the window: as far before `index` as `room` cells reach, and never far along characters without width."""
    lowest = max(0, index - 2 * room)
    while index > lowest and (room := room - cells(_printed(line[index - 1]))) >= 0:
        index -= 1
    return index


def _printed(piece: str) -> str:
    """A piece of a source line: a tab as one space, everything else that a terminal obeys by its number."""
    return _safe(piece.replace("\t", " "))
