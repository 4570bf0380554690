"""One spelling for what prints alike: from text as typed to text that can be compared and read."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from perfscore.text.numbers import read_number

# Written out instead of NFKC: that would also turn `㎡` into `m2`, `²` into `2` and `①` into `1`, and so make numbers out of marks.
_SPACES = "\t\n\v\f\r\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_ALIKE = {
    # The minus sign, hyphens and the figure dash; en and em dashes are no signs and stay themselves.
    "-": "\u2010\u2011\u2012\u2212\ufe63",
    "~": "\u301c\u223c",
    "≥": "≧⩾",
    "≤": "≦⩽",
    "%": "\ufe6a",
    "¥": "\uffe5",
    '"': "“”„‟",
    "'": "‘’‚‛",
    "·": "・‧",
    " ": _SPACES,
}
_TABLE: dict[int, int] = {
    # The full-width block is ASCII, moved: `！` to `～`.
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{ord(printed): ord(plain) for plain, variants in _ALIKE.items() for printed in variants},
}

_CHINESE_DIGITS = "一二三四五六七八九十"
#: What is folded again and again is short: the levels of every row, the 100% of every second cell.
_SHORT = 32


def fold(text: str) -> str:
    """The text with full-width forms, spaces, signs and quotes brought to one form each, character by character, and its ends trimmed."""
    return text.translate(_TABLE).strip(" ")


def bare(text: str) -> str:
    """The folded text without any space: what two texts are compared by."""
    return _known_bare(text) if len(text) <= _SHORT else _bare(text)


def _bare(text: str) -> str:
    return "".join(fold(text).split())


# Of a text and nothing else, and of so many short ones at most: forms by the million leave no more behind.
_known_bare = lru_cache(maxsize=8192)(_bare)


def fold_label(text: str) -> tuple[str, Fraction | None]:
    """
    A label as it is matched, and the points printed behind it.

    `满意度 指标（10分）` is `满意度指标` with 10 points. A number in front (`指标1：`, `2、`, `（三）`) goes if a label is left; a bare
    `指标2：` stays what it is.
    """
    return _known_label(text) if len(text) <= _SHORT else _label(text)


def _label(text: str) -> tuple[str, Fraction | None]:
    label = bare(text)
    points = None
    if label.endswith("分)"):
        opening = label.rfind("(")
        points = read_number(label[opening + 1 : -2]) if opening > 0 else None
        if points is not None:
            label = label[:opening]
    return _unnumbered(label), points


_known_label = lru_cache(maxsize=8192)(_label)


def _unnumbered(label: str) -> str:
    start = _behind_number(label)
    return label[start:] if start < len(label) else label


def _behind_number(label: str) -> int:
    """Where the label starts behind its number; 0 if it has none."""
    named = label.startswith("指标")
    bracketed = label.startswith("(")
    start = 2 if named else int(bracketed)
    end = start
    while end < len(label) and end - start < 3 and label[end] in "0123456789":
        end += 1
    if end == start:
        while end < len(label) and end - start < 3 and label[end] in _CHINESE_DIGITS:
            end += 1
    if end in (start, len(label)):
        return 0
    following = label[end + 1 : end + 2]
    # `1.5万元` is a number and `1.` in front of a word is none.
    ends = label[end] == ")" if bracketed else label[end] in ":、" or (label[end] == "." and following not in tuple("0123456789"))
    return end + 1 if ends else 0
