"""Reviews of files to SARIF 2.1.0, the format in which code scanning services take what is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from perfscore import __version__
from perfscore.model.page import Page
from perfscore.model.review import Allowed, Review
from perfscore.report.pages import outline
from perfscore.text.diagnostic import Diagnostic, Edit, Severity
from perfscore.text.phrase import Lang, Phrase
from perfscore.text.source import Span
from perfscore.views import render

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "note"}
_MEND = Phrase("改成这样", "mend it like this")

#: What is said of a code in a few words, and its page.
Told = Mapping[str, tuple[Phrase, Page]]
#: The name of a file, relative to where the command was called and with forward slashes.
Where = Callable[[str], str]


def document(found: tuple[Review, ...], told: Told, where: Where, lang: Lang) -> dict[str, Any]:
    """One run with every finding, those allowed by a comment as suppressed ones with the reason as their justification."""
    made = _Results(where, lang)
    every = [(one, None) for review in found for one in review.findings] + [(held.finding, held) for review in found for held in review.allowed]
    codes = sorted({one.code for one, _ in every})
    driver = {"name": "perfscore", "version": __version__, "semanticVersion": __version__, "rules": [_rule(code, told, lang) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN" if lang == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "results": [made.of(one, held, codes.index(one.code)) for one, held in every],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, told: Told, lang: Lang) -> dict[str, Any]:
    if code not in told:
        return {"id": code}
    says, page = told[code]
    return {
        "id": code,
        "shortDescription": {"text": says.text(lang)},
        "fullDescription": {"text": f"{page.what.text(lang)}{'' if lang == 'zh' else ' '}{page.why.text(lang)}"},
        "help": {"text": page.fix.text(lang), "markdown": render(outline(code, says, None, page, lang), "markdown")},
    }


class _Results:
    """How findings become results: in which language, and how their files are named."""

    def __init__(self, where: Where, lang: Lang) -> None:
        self.where, self.lang = where, lang

    def of(self, one: Diagnostic, held: Allowed | None, index: int) -> dict[str, Any]:
        said = [one.says, *([one.hint] if one.hint else [])]
        result: dict[str, Any] = {
            "ruleId": one.code,
            "ruleIndex": index,
            "level": _LEVEL[one.severity],
            "message": {"text": "\n".join(phrase.text(self.lang) for phrase in said)},
            "locations": [] if one.span is None else [self._location(one.span)],
        }
        if one.more:
            result["relatedLocations"] = [
                {"id": number, **self._location(span), "message": {"text": says.text(self.lang)}} for number, (says, span) in enumerate(one.more)
            ]
        if one.edits:
            result["fixes"] = [{"description": {"text": (one.hint or _MEND).text(self.lang)}, "artifactChanges": self._changes(one.edits)}]
        # Where one result says whether it is suppressed, all have to.
        result["suppressions"] = [] if held is None else [{"kind": "inSource", "justification": held.reason, "location": self._location(held.span)}]
        return result

    def _changes(self, edits: tuple[Edit, ...]) -> list[dict[str, Any]]:
        files: dict[str, list[dict[str, Any]]] = {}
        for edit in edits:
            files.setdefault(edit.span.source.name, []).append({"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}})
        return [{"artifactLocation": self._artifact(name), "replacements": replacements} for name, replacements in files.items()]

    def _location(self, span: Span) -> dict[str, Any]:
        return {"physicalLocation": {"artifactLocation": self._artifact(span.source.name), "region": _region(span)}}

    def _artifact(self, name: str) -> dict[str, str]:
        from urllib.parse import quote

        path = self.where(name)
        if path.startswith("/") or path[1:3] == ":/":
            # What is not below the folder of the call has an address of its own.
            return {"uri": "file://" + quote("/" + path.removeprefix("/"), safe="/:")}
        return {"uri": quote(path)}


def _region(span: Span) -> dict[str, int]:
    return {"startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column}
