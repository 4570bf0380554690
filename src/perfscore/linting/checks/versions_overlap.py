"""Two versions of a rule set that are in force on the same day: which one counts, nobody can say."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from perfscore.linting.checks import Found
from perfscore.linting.places import fields_of, written
from perfscore.linting.subject import Subject
from perfscore.model.page import Page
from perfscore.model.rules import RuleSet
from perfscore.ruleset.load import shipped_references
from perfscore.ruleset.versions import Version, day_written, versions
from perfscore.text.phrase import Phrase

SEVERITY = "warning"
SAYS = Phrase("与另一版同时施行", "in force at the same time as another version")
PAGE = Page(
    what=Phrase(
        "同一编号的两个版本，施行的日期有重叠。看的是自带的各版，和这个文件继承的各版。",
        "The days of two versions of one rule set overlap. Looked at are the shipped versions, and those that this file extends.",
    ),
    why=Phrase(
        "按日期或年度找规则时，重叠的那些天有两个版本，只能报错停下。",
        "Whoever asks for the rules of a day gets a refusal on the days that both claim.",
    ),
    fix=Phrase(
        "前一版写上 valid_until（施行至），止于后一版的前一天。",
        "Let the earlier version end (`valid_until`) on the day before the later one begins.",
    ),
    wrong="""ruleset: hunan/indicators
version: "2016"
basis: [{document: 县财绩〔2024〕1号, verified: true}]
valid_from: 2015-07-01
valid_until: 2016-12-31
points: 100
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
    right="""ruleset: hunan/indicators
version: "2016"
basis: [{document: 县财绩〔2024〕1号, verified: true}]
valid_from: 2016-01-01
valid_until: 2016-12-31
points: 100
indicators:
  - {id: rate, label: 预算执行率, points: 100, measure: 全年执行数 / 全年预算数, method: ratio}
""",
)
#: No day lies outside these.
_FIRST, _LAST = 1, 3_652_059


def check(subject: Subject) -> Iterator[Found]:
    """Every version that this one shares a day with."""
    rules = subject.rules
    own = Version(rules.reference, rules.valid_from, rules.valid_until)
    if own.first is None and own.last is None:
        # A file that names no day is asked for by its version.
        return
    for other in _others(rules):
        first = max(own.first or _FIRST, other.first or _FIRST)
        last = min(own.last or _LAST, other.last or _LAST)
        if (other.first is None and other.last is None) or first > last or _succeeds(own, other) or _succeeds(other, own):
            continue
        shown = day_written(first)
        says = Phrase(f"{shown} 起与 {other.says().zh}同时施行", f"from {shown} on {other.says().en} is in force, too")
        place = written(rules, "valid_from" if rules.valid_from is not None else "valid_until")
        yield Found(place, says, Phrase("让前一版止于后一版的前一天", "let the earlier version end on the day before the later one"))


def _others(rules: RuleSet) -> dict[Version, None]:
    found = dict.fromkeys(one for one in _shipped(rules.id) if one.reference != rules.reference)
    for source in rules.sources[:-1]:
        fields = fields_of(source)
        if fields is not None and fields["ruleset"] == rules.id and fields["version"] != rules.version:
            found[Version(f"{rules.id}@{fields['version']}", fields["valid_from"], fields["valid_until"])] = None
    return found


def _succeeds(later: Version, earlier: Version) -> bool:
    """Whether a version of one's own takes the place of a shipped one that has no end: nobody can write an end into that."""
    shipped = {one.reference for one in _shipped(later.reference.partition("@")[0])}
    return earlier.last is None and (earlier.first or 0) < (later.first or 0) and earlier.reference in shipped and later.reference not in shipped


@cache
def _shipped(name: str) -> tuple[Version, ...]:
    # What ships does not change while the program runs; that most rule sets have one version is seen without reading it.
    return versions(name) if sum(one.partition("@")[0] == name for one in _references()) else ()


@cache
def _references() -> tuple[str, ...]:
    return shipped_references()
