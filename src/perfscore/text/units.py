"""Units of Chinese budget forms: from the word behind a number to its kind and its exact size in the kind's base unit."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple


class Unit(NamedTuple):
    """
    A unit as printed.

    Numbers can be compared when their units are of one `kind`; `factor` is one such unit in the base unit of its kind (元, 1, ㎡, 米, 千克, 立方米,
    天, 小时, 个月). Counts are `count:个`, a unit per something is `money/人`, a word that we do not know is a kind of its own, `other:…`.
    """

    name: str
    kind: str
    factor: Fraction


#: The longest unknown word that is taken for a unit.
LONGEST = 8

_ONE = Fraction(1)
_MULTIPLIERS = {
    "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11,
    "万亿": 10**12,
}  # fmt: skip

_MEASURES: dict[str, dict[str, Fraction]] = {
    "money": {"元": _ONE},
    "share": {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "个百分点": Fraction(1, 100), "百分点": Fraction(1, 100)},
    "area": {
        **dict.fromkeys(("㎡", "平方米", "平米", "m²", "m2"), _ONE),
        **dict.fromkeys(("平方公里", "平方千米", "km²", "km2"), Fraction(1_000_000)),
        **dict.fromkeys(("公顷", "hm²"), Fraction(10_000)),
        "亩": Fraction(2000, 3),
    },
    "length": {
        **dict.fromkeys(("米", "m"), _ONE),
        **dict.fromkeys(("公里", "千米", "km", "㎞"), Fraction(1000)),
        "厘米": Fraction(1, 100),
        "毫米": Fraction(1, 1000),
    },
    "mass": {**dict.fromkeys(("千克", "公斤", "kg", "㎏"), _ONE), "吨": Fraction(1000), "克": Fraction(1, 1000), "斤": Fraction(1, 2)},
    "volume": {**dict.fromkeys(("立方米", "m³", "m3", "㎥"), _ONE), "升": Fraction(1, 1000)},
    # A working day is not a fraction of anything: how many days it takes is a matter of the calendar.
    "workdays": dict.fromkeys(("个工作日", "工作日"), _ONE),
    "days": {**dict.fromkeys(("天", "日", "个自然日", "自然日"), _ONE), **dict.fromkeys(("周", "个周", "个星期", "星期"), Fraction(7))},
    "hours": {**dict.fromkeys(("小时", "个小时"), _ONE), **dict.fromkeys(("分钟",), Fraction(1, 60)), "秒": Fraction(1, 3600)},
    "months": {"个月": _ONE, "个季度": Fraction(3), "年": Fraction(12)},
    "points": {"分": _ONE},
}

_COUNTS = frozenset(
    "个 套 户 起 处 栋 台 次 件 人 家 项 座 条 份 批 场 期 辆 只 头 株 棵 本 册 间 所 篇 张 块 支 部 宗 笔 例 单 轮 类 种 届 组 片 口 根 盏 把 枚 颗 艘 架 "
    "门 段 扇 节 款 对 双 袋 箱 瓶 盒 包 床 村 镇 乡 县 校 站 社区 人次 户次 台次 件次 场次 批次 班次 车次 架次 人天 课时 学时 台套".split()
)
# Two words for one thing counted.
_SAME_COUNT = {"名": "人", "位": "人", "幢": "栋"}

_MARKS = "㎡㎥㎞㎏℃°²³·"
# Words with one of these say something about the number (`3天左右`, `100完成`); no unit has them.
_NO_UNIT = frozenset("约左右上下近多几余未已不达成完无及或至到以内外前后其中共含的了和与占较比增减超满每各整")


# A form has few units and prints one of them in every second cell; of texts that are none so many are kept at most.
@lru_cache(maxsize=8192)
def unit_named(name: str) -> Unit | None:
    """The unit of a known name: `万元`, `%`, `万㎡`, `人次`, `元/人`; else `None`."""
    unit = _simple(name)
    if unit is not None:
        return unit
    over, slash, under = name.partition("/")
    numerator = _simple(over) if slash and _word(under) else None
    return None if numerator is None else Unit(name, f"{numerator.kind}/{under}", numerator.factor)


def unit_printed(name: str) -> Unit | None:
    """The unit that the word behind a number is; an unknown short word is a kind of its own; `None` if it can be no unit."""
    unit = unit_named(name)
    if unit is None and 0 < len(name) <= LONGEST and all(_word(part) for part in name.split("/", 1)):
        return Unit(name, f"other:{name}", _ONE)
    return unit


def multiplied(multiplier: str, unit: Unit | None) -> Unit | None:
    """What `万` or `亿` alone behind a number is where numbers without a unit are in `unit`; `None` if it is no multiplier."""
    if multiplier not in _MULTIPLIERS:
        return None
    base = "" if unit is None else "元" if unit.kind == "money" else unit.name
    return unit_named(multiplier + base) or unit_named(multiplier)


def many(name: str, base: Unit | None) -> Unit | None:
    """What `万册次`, or `万` alone, is where numbers are in `册次`, a word that only a rule file knows; `None` if it is no multiple of that."""
    if base is None or not base.kind.startswith("other:"):
        return None
    for length in (2, 1):
        times = _MULTIPLIERS.get(name[:length])
        if times is not None and name[length:] in ("", base.name):
            return Unit(f"{name[:length]}{base.name}", base.kind, base.factor * times)
    return None


def multiple_of_unknown(unit: Unit) -> bool:
    """Whether a unit that we do not know may be ten thousand of one: nobody can tell `5万册次` from five of a thing called 万册次."""
    return unit.kind.startswith("other:") and any(unit.name[:length] in _MULTIPLIERS for length in (2, 1))


def is_multiplier(text: str) -> bool:
    """Whether the text is one of 百, 千, 万, 亿 or a pair of them."""
    return text in _MULTIPLIERS


def _simple(name: str) -> Unit | None:
    kind_factor = _plain(name)
    if kind_factor is not None:
        return Unit(name, *kind_factor)
    for length in (2, 1):
        times = _MULTIPLIERS.get(name[:length])
        if times is None:
            continue
        rest = name[length:]
        if not rest:
            return Unit(name, "number", Fraction(times))
        # Only in front of a word that we know: `万用表` is no 10,000 `用表`, and `5百分` no 500 points.
        base = _plain(rest)
        if base is not None and base[0] not in ("share", "points"):
            return Unit(name, base[0], base[1] * times)
    return None


def _plain(name: str) -> tuple[str, Fraction] | None:
    for kind, units in _MEASURES.items():
        if name in units:
            return kind, units[name]
    if name in _COUNTS or name in _SAME_COUNT:
        return f"count:{_SAME_COUNT.get(name, name)}", _ONE
    return None


def _word(text: str) -> bool:
    return bool(text) and len(text) <= LONGEST and all(_letter(c) for c in text)


def _letter(character: str) -> bool:
    han = "一" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"
    return (han and character not in _NO_UNIT) or (character.isascii() and character.isalpha()) or character in _MARKS
