"""Views: each file that has a `NAME` and a `render` turns an outline into text, and none of them knows what a score is."""

from __future__ import annotations

from perfscore.text.phrase import Phrase
from perfscore.text.rooms import modules
from perfscore.views.outline import Colour, Layout, Outline


def render(outline: Outline, format: str, *, width: int = 80, colour: Colour = "never") -> str:
    """
    The outline in a format, which is the name of a view.

    Equal outlines give equal texts. Raises Rejected with `unknown-format` where there is no such view.
    """
    # Importing by name keeps the views that are not asked for out of the start-up time.
    from importlib import import_module

    path = f"{__name__}.{format}"
    view = None
    if format.isidentifier() and not format.startswith("_"):
        try:
            view = import_module(path)
        except ModuleNotFoundError as missing:
            if missing.name != path:
                raise
    # The package also holds what its views share, which has no name as a view.
    if view is None or getattr(view, "NAME", None) != format:
        raise _unknown(format)
    text: str = view.render(outline, Layout(width, colour))
    return text


def formats() -> tuple[tuple[str, Phrase], ...]:
    """Every view by name, in the order of the alphabet, with what it is for. Imports them all: for messages, not for work."""
    from importlib import import_module

    views = (import_module(f"{__name__}.{name}") for name in modules(__path__))
    return tuple(sorted((view.NAME, view.SAYS) for view in views if hasattr(view, "NAME")))


def _unknown(format: str) -> Exception:
    from perfscore.text.diagnostic import Diagnostic, Rejected
    from perfscore.text.show import clean

    shown = clean(format, 40)
    names = [name for name, _ in formats()]
    says = Phrase(f"没有名为“{shown}”的输出格式", f"there is no output format named “{shown}”")
    hint = Phrase(f"可选格式：{'、'.join(names)}", f"choose one of: {', '.join(names)}")
    return Rejected([Diagnostic("unknown-format", says, hint=hint)])
