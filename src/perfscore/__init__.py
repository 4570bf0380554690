"""Exact, explained scoring of budget performance evaluation forms by rule files."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from perfscore.api import Gate as Gate
    from perfscore.api import Grade as Grade
    from perfscore.api import Indicator as Indicator
    from perfscore.api import Rejected as Rejected
    from perfscore.api import Result as Result
    from perfscore.api import audit as audit
    from perfscore.api import combine as combine
    from perfscore.api import evaluate as evaluate
    from perfscore.api import evaluate_cohort as evaluate_cohort
    from perfscore.api import evaluate_many as evaluate_many
    from perfscore.api import lint as lint
    from perfscore.api import load_rules as load_rules
    from perfscore.api import plan as plan
    from perfscore.api import read_form as read_form
    from perfscore.api import read_many as read_many

__all__ = [
    "Gate", "Grade", "Indicator", "Rejected", "Result", "__version__", "audit", "combine", "evaluate", "evaluate_cohort", "evaluate_many", "lint", "load_rules",
    "plan", "read_form", "read_many",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    # The command reads its version from here and must not pay for the whole house.
    if name in __all__:
        from perfscore import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
