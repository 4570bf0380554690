"""Reviews of files to the workflow commands of GitHub, which shows what is found beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from perfscore.model.review import Review
from perfscore.text.diagnostic import Diagnostic, Severity
from perfscore.text.phrase import Lang
from perfscore.text.show import clean

_COMMAND: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "notice"}
_LONGEST = 4_000


def commands(found: tuple[Review, ...], where: Callable[[str], str], lang: Lang) -> str:
    """A command on a line of its own for every finding that stands; `where` names a file as the repository does."""
    return "".join(f"{line}\n" for review in found for one in review.findings for line in _command(one, where, lang))


def _command(one: Diagnostic, where: Callable[[str], str], lang: Lang) -> Iterator[str]:
    properties: dict[str, str] = {}
    if one.span is not None:
        properties = {"file": where(one.span.source.name), "line": str(one.span.line)}
        if one.span.line == one.span.end_line:
            # GitHub takes columns within one line only.
            properties |= {"col": str(one.span.column), "endLine": str(one.span.end_line), "endColumn": str(one.span.end_column)}
        else:
            properties |= {"endLine": str(one.span.end_line)}
    properties["title"] = one.code
    said = "\n".join(clean(phrase.text(lang), _LONGEST) for phrase in (one.says, one.hint) if phrase is not None)
    yield f"::{_COMMAND[one.severity]} {','.join(f'{name}={_property(value)}' for name, value in properties.items())}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
