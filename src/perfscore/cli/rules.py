"""`perfscore rules`: rule sets to a list, a page, a picture, one file, what changed between two, and the JSON Schema that editors use."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from perfscore.cli import DONE, FOUND, REJECTED, output
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.nodes import Node
from perfscore.text.phrase import Phrase
from perfscore.text.shape import Json

#: For each action, how many names may stand behind it.
_NAMES = {"list": (0, 0), "show": (1, 1), "draw": (1, 1), "print": (1, 1), "diff": (2, 2), "schema": (0, 10_000)}
#: The options that only some actions have, and the formats that they write.
_OPTIONS = {"show": ("as_of",), "draw": ("as_of",), "print": ("as_of", "keys", "origins"), "diff": ("as_of", "impact")}
_FORMATS = {"draw": ("terminal",), "print": ("terminal",)}
_USAGE = {
    "list": Phrase("perfscore rules list，后面不写别的", "perfscore rules list, with nothing behind it"),
    "show": Phrase("perfscore rules show 规则，如 hunan/department@2024 或文件名", "perfscore rules show REF, like hunan/department@2024 or a file"),
    "draw": Phrase(
        "perfscore rules draw 规则，可加 -o 文件.svg、--as-of 日期", "perfscore rules draw REF, with -o FILE.svg or --as-of DATE if you like"
    ),
    "print": Phrase(
        "perfscore rules print 规则，可加 --keys zh、--origins、--as-of 日期",
        "perfscore rules print REF, with --keys zh, --origins or --as-of DATE if you like",
    ),
    "diff": Phrase(
        "perfscore rules diff 原规则 现规则，可加 --impact 填报表、--as-of 日期",
        "perfscore rules diff REF REF, with --impact FORM … or --as-of DATE if you like",
    ),
    "schema": Phrase(
        "perfscore rules schema rules 或 form，后面可写要检查的文件", "perfscore rules schema rules or form, with the files to check behind it if any"
    ),
}


def run(chosen: Any) -> int:
    """List, show, draw, print, compare, or hold against the schema."""
    least, most = _NAMES[chosen.action]
    odd = [name for name in ("as_of", "keys", "origins", "impact") if getattr(chosen, name) and name not in _OPTIONS.get(chosen.action, ())]
    if odd or not least <= len(chosen.names) <= most or chosen.format not in _FORMATS.get(chosen.action, (chosen.format,)):
        raise Rejected([_misused(chosen.action)])
    match chosen.action:
        case "list":
            return _list(chosen)
        case "show":
            return _show(chosen)
        case "draw":
            return _draw(chosen)
        case "print":
            return _print(chosen)
        case "diff":
            return _diff(chosen)
        case _:
            return _schema(chosen)


def _misused(action: str) -> Diagnostic:
    return Diagnostic(
        "bad-arguments",
        Phrase(f"rules {action} 后面的参数不对", f"wrong arguments behind rules {action}"),
        hint=Phrase(f"写作 {_USAGE[action].zh}", f"write {_USAGE[action].en}"),
    )


def _list(chosen: Any) -> int:
    from perfscore.report.rules import listing, listing_document
    from perfscore.ruleset.build import load_rules
    from perfscore.ruleset.load import shipped_references

    found = [load_rules(reference) for reference in shipped_references()]
    if chosen.format == "json":
        return _deliver_json(listing_document(found), chosen)
    return _deliver(listing(found, chosen.lang), chosen)


def _show(chosen: Any) -> int:
    from perfscore.report.rules import page, page_document
    from perfscore.ruleset.build import load_rules
    from perfscore.ruleset.plan import plan

    found = plan(load_rules(chosen.names[0], chosen.as_of))
    if chosen.format == "json":
        return _deliver_json(page_document(found), chosen)
    return _deliver(page(found, chosen.lang), chosen)


def _draw(chosen: Any) -> int:
    from perfscore.report.pictures import sheet
    from perfscore.ruleset.build import load_rules
    from perfscore.ruleset.plan import plan

    rules = load_rules(chosen.names[0], chosen.as_of)
    picture = sheet(plan(rules), chosen.lang)
    if not picture:
        says = Phrase(f"{rules.reference} 没有计分方法，画不出曲线", f"{rules.reference} has no scoring methods: there are no curves to draw")
        raise Rejected([Diagnostic("nothing-to-draw", says, rules.span)])
    output.deliver(picture, chosen, chosen.names)
    return DONE


def _print(chosen: Any) -> int:
    from perfscore.ruleset.build import load_rules, merged
    from perfscore.ruleset.load import open_named
    from perfscore.ruleset.printer import print_rules

    name = chosen.names[0]
    if chosen.as_of is not None:
        rules = load_rules(name, chosen.as_of)
        name = name if name.endswith((".yaml", ".yml", ".json")) else rules.reference
    output.deliver(print_rules(merged(*open_named(name)), chosen.keys or "en", origins=chosen.origins), chosen, chosen.names)
    return DONE


def _diff(chosen: Any) -> int:
    from perfscore.report.changes import changes, document, page

    one, other = _plans(chosen)
    found = changes(one, other)
    if not chosen.impact:
        return (
            _deliver_json(document(one, other, found), chosen) if chosen.format == "json" else _deliver(page(one, other, found, chosen.lang), chosen)
        )
    from perfscore.cli.inputs import forms
    from perfscore.report import impact
    from perfscore.verbs import evaluations

    problems: list[Diagnostic] = []
    given = list(forms(chosen.impact, problems.append))
    pairs = zip(evaluations(given, one), evaluations(given, other), strict=True)
    moved = [a if isinstance(a, Rejected) else b if isinstance(b, Rejected) else impact.impact(a, b, found) for a, b in pairs]
    unread = [form for form in moved if isinstance(form, Rejected)]
    problems += [problem for form in unread for problem in form.diagnostics]
    try:
        if chosen.format == "json":
            _deliver_json({**document(one, other, found), "impact": impact.document(moved, found, chosen.lang)}, chosen)
        else:
            outline = page(one, other, found, chosen.lang)
            _deliver(outline._replace(blocks=(*outline.blocks, *impact.blocks(moved, chosen.lang))), chosen)
    finally:
        output.complain(problems, chosen)
    return REJECTED if unread else DONE


def _plans(chosen: Any) -> list[Any]:
    """Both rule sets; what is wrong with either is said at once."""
    from perfscore.ruleset.build import load_rules
    from perfscore.ruleset.plan import plan

    found = []
    problems: list[Diagnostic] = []
    for name in chosen.names:
        try:
            found.append(plan(load_rules(name, chosen.as_of)))
        except Rejected as rejected:
            problems += rejected.diagnostics
    if problems:
        raise Rejected(problems)
    return found


def _deliver(outline: Any, chosen: Any) -> int:
    from perfscore.views import render

    output.deliver(render(outline, chosen.format, width=output.width(), colour=output.colour(chosen, sys.stdout)), chosen, chosen.names)
    return DONE


def _deliver_json(document: Json, chosen: Any) -> int:
    from perfscore.views.json import dumps

    output.deliver(dumps(document, indent=2), chosen, chosen.names)
    return DONE


# The schema.


def _schema(chosen: Any) -> int:
    kind, *files = chosen.names or ("rules",)
    if kind not in ("rules", "form"):
        raise Rejected([_misused("schema")])
    schema = _schema_of(kind)
    if not files:
        return _deliver_json(schema, chosen)
    return _held(files, schema, chosen)


def _schema_of(kind: str) -> Json:
    if kind == "form":
        from perfscore.forms.schema import form_schema

        return form_schema()
    from perfscore.ruleset.schema import rules_schema

    return rules_schema()


def _held(files: list[str], schema: Json, chosen: Any) -> int:
    """Files against the schema: what an editor that knows it would mark."""
    from perfscore.ruleset.schema import misfits

    lines: list[str] = []
    problems: list[Diagnostic] = []
    status = DONE
    for name in files:
        try:
            found = [problem for document in _documents(name) for problem in misfits(document, schema)]
        except Rejected as rejected:
            problems += rejected.diagnostics
            status = REJECTED
            continue
        problems += found
        status = max(status, FOUND if found else DONE)
        lines.append(
            f"{name}: "
            + (Phrase(f"{len(found)} 处不合模式", f"{len(found)} places do not fit") if found else Phrase("合乎模式", "fits")).text(chosen.lang)
        )
    try:
        if lines:
            output.deliver("\n".join(lines), chosen, files)
    finally:
        output.complain(problems, chosen)
    return status


def _documents(name: str) -> Iterator[Node]:
    from perfscore.ruleset.load import open_named
    from perfscore.text import yaml

    parsed = yaml.parse(open_named(name)[0])
    if parsed.problems:
        raise Rejected(parsed.problems)
    yield from parsed.documents
