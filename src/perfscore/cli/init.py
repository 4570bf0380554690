"""`perfscore init REF`: a rule set to an empty form file for it."""

from __future__ import annotations

import os
from typing import Any

from perfscore.cli import DONE, output


def run(chosen: Any) -> int:
    """Write the form, with its keys in the reader's language."""
    from perfscore.report.blank import blank_form
    from perfscore.ruleset.build import load_rules
    from perfscore.ruleset.plan import plan

    rules = load_rules(chosen.reference)
    # A form names the rules of its own folder; a shipped rule set has its name.
    named = chosen.reference if chosen.reference == rules.reference else os.path.basename(chosen.reference)
    output.deliver(blank_form(plan(rules), named, chosen.lang), chosen, [source.name for source in rules.sources])
    return DONE
