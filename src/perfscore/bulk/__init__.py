"""Many forms at once: tables in, tables out, each form scored exactly as it would be alone."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfscore.bulk.columns import meanings as meanings
    from perfscore.bulk.engines import TableScorer as TableScorer
    from perfscore.bulk.long import LongScorer as LongScorer
    from perfscore.bulk.many import evaluate_table as evaluate_table
    from perfscore.bulk.many import rank as rank
    from perfscore.bulk.wide import WideScorer as WideScorer

#: The verbs and where they are: a command that needs one module of this room does not pay for the others.
_PLACES = {
    "LongScorer": "long", "TableScorer": "engines", "WideScorer": "wide", "evaluate_table": "many", "meanings": "columns", "rank": "many",
}  # fmt: skip
__all__ = ["LongScorer", "TableScorer", "WideScorer", "evaluate_table", "meanings", "rank"]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
