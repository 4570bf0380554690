"""Many forms at once: tables in, tables out, each form scored exactly as it would be alone."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfscore.bulk.many import evaluate_table as evaluate_table
    from perfscore.bulk.many import rank as rank

__all__ = ["evaluate_table", "rank"]


def __getattr__(name: str) -> Any:
    # A command that needs one module of this room does not pay for the others.
    if name in __all__:
        from perfscore.bulk import many

        return getattr(many, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
