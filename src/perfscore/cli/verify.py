"""`perfscore verify`: a receipt to whether the run it is for comes to the same again."""

from __future__ import annotations

from typing import Any

from perfscore.cli import DONE, FOUND, output
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.phrase import Phrase


def run(chosen: Any) -> int:
    """Replay the run of a receipt, and say what is no longer as it was: what it was made from first."""
    from perfscore.bulk import receipt
    from perfscore.bulk.run import run as run_all
    from perfscore.cli.batch import prepared

    before = receipt.read(chosen.receipt)
    said: list[Diagnostic] = []
    job = prepared(before.options, chosen.folder or "", said)
    found = list(receipt.differences(before, receipt.made(job, run_all(job))))
    wrong = [one for one in found if one.severity == "error"]
    if wrong:
        words = Phrase(f"不一致：{wrong[0].says.zh}", f"not the same: {wrong[0].says.en}")
    else:
        forms = before.forms["read"]
        words = Phrase(f"一致：{forms} 张表重算的结果与凭据相同", f"the same: {forms} forms, replayed, come to what the receipt says")
    output.deliver(words.text(chosen.lang), chosen, [chosen.receipt])
    output.complain(found, chosen)
    return FOUND if wrong else DONE
