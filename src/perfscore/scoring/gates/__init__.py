"""The room of gates: one after-rule per file (veto, grade cap, lateness); none is needed by the rule sets that ship today."""
