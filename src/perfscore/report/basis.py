"""The documents that rules rest on to the line that names them, with a word for what nobody has checked."""

from __future__ import annotations

from perfscore.model.rules import Basis
from perfscore.text.phrase import Lang


def basis_named(basis: tuple[Basis, ...], lang: Lang) -> str:
    """The documents a rule rests on, with a word for what has not been checked against their own text."""
    unchecked = "（未核对原文）" if lang == "zh" else " (text not checked)"
    return ("；" if lang == "zh" else "; ").join(str(one) + ("" if one.verified else unchecked) for one in basis)


def basis_line(basis: tuple[Basis, ...], lang: Lang) -> str:
    """`basis_named` as a line of an explanation."""
    named = basis_named(basis, lang)
    return "" if not named else f"依据：{named}" if lang == "zh" else f"basis: {named}"
