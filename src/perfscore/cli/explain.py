"""`perfscore explain FORM INDICATOR`: why an indicator has its score, line by line; `perfscore explain CODE`: what a finding means."""

from __future__ import annotations

import os
import sys
from typing import Any

from perfscore import api
from perfscore.cli import DONE, output
from perfscore.cli.inputs import forms, notes
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.nearest import nearest
from perfscore.text.phrase import Phrase


def run(chosen: Any) -> int:
    """Explain a code, or the indicator in every form of the file that has it; raises Rejected where there is none."""
    if chosen.indicator is None:
        return _explain_code(chosen.forms[0], chosen)
    from perfscore.report.evaluation import explanation
    from perfscore.views import render

    rules = None if chosen.rules is None else api.plan(api.load_rules(chosen.rules))
    texts: list[str] = []
    unknown: list[Diagnostic] = []
    found: list[Diagnostic] = []
    read: set[str] = set()
    for form in forms(chosen.forms, found.append):
        if isinstance(form, Rejected):
            raise form
        result = api.evaluate(form, rules)
        found += form.diagnostics
        found += notes(result.evaluation.plan.rules.sources, read)
        read.add(form.source.name)
        try:
            outcome = result[chosen.indicator].outcome
        except KeyError:
            unknown.append(_unknown(chosen.indicator, result))
            continue
        texts.append(
            render(
                explanation(outcome, result.evaluation, chosen.lang), chosen.format, width=output.width(), colour=output.colour(chosen, sys.stdout)
            )
        )
    if not texts:
        raise Rejected([*found, *unknown])
    output.deliver("\n".join(texts), chosen, read)
    output.complain(found, chosen)
    return DONE


def _explain_code(code: str, chosen: Any) -> int:
    from perfscore.cli.pages import codes, page, says, severity
    from perfscore.report.pages import outline
    from perfscore.views import render

    if code == "-" or os.path.exists(code) or code.endswith((".yaml", ".yml", ".json")):
        # A form needs its indicator; a code is no file.
        chosen.error("the following arguments are required: INDICATOR")
    found, said = page(code), says(code)
    if found is None or said is None:
        near = nearest(code, codes())
        hint = (
            Phrase(f"是否想写 {near}？", f"did you mean {near}?")
            if near
            else Phrase("可用：" + "、".join(codes()), "there are: " + ", ".join(codes()))
        )
        raise Rejected([Diagnostic("unknown-code", Phrase(f"没有编号 {code}", f"there is no code {code}"), None, hint)])
    made = outline(code, said, severity(code), found, chosen.lang)
    output.deliver(render(made, chosen.format, width=output.width(), colour=output.colour(chosen, sys.stdout)), chosen)
    return DONE


def _unknown(wanted: str, result: api.Result) -> Diagnostic:
    lines = list(result.lines())
    ids = [line.id for line in lines if line.label == wanted]
    if ids:
        return Diagnostic(
            "ambiguous-indicator",
            Phrase(f"有 {len(ids)} 个指标叫 {wanted}", f"{len(ids)} indicators are called {wanted}"),
            None,
            Phrase("用编号：" + "、".join(ids), "use an id: " + ", ".join(ids)),
        )
    near = nearest(wanted, [name for line in lines for name in (line.label, line.id)])
    hint = (
        Phrase(f"是否想写 {near}？", f"did you mean {near}?")
        if near
        else Phrase("可用：" + "、".join(line.label for line in lines), "there are: " + ", ".join(line.label for line in lines))
    )
    return Diagnostic("unknown-indicator", Phrase(f"没有名为 {wanted} 的指标", f"there is no indicator {wanted}"), None, hint)
