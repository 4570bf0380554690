"""Versions in time: a rule set's id and a day to the reference of the version in force on that day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from perfscore.model.rules import RuleSet
from perfscore.ruleset.load import open_reference, read_fields, shipped_references
from perfscore.text.dates import day_named
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.nearest import nearest
from perfscore.text.phrase import Phrase
from perfscore.text.source import Span


class Version(NamedTuple):
    """A shipped version of a rule set and the days from and until which it is in force; `None`: no such end is written."""

    reference: str
    first: int | None
    last: int | None

    def holds(self, day: int) -> bool:
        """Whether it is in force on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def says(self) -> Phrase:
        """The reference with its days."""
        days = days_said(self.first, self.last)
        return Phrase(f"{self.reference}（{days.zh}）", f"{self.reference} ({days.en})")


def days_said(first: int | None, last: int | None) -> Phrase:
    """From when until when something is in force, in words."""
    match first, last:
        case None, None:
            return Phrase("没有写明施行日期", "no days given")
        case int(), None:
            return Phrase(f"自 {day_written(first)} 起", f"from {day_written(first)}")
        case None, int():
            return Phrase(f"至 {day_written(last)} 止", f"until {day_written(last)}")
        case _:
            return Phrase(f"{day_written(first or 1)} 至 {day_written(last or 1)}", f"{day_written(first or 1)} to {day_written(last or 1)}")


def day_written(day: int) -> str:
    """As rule files write a day."""
    return date.fromordinal(day).isoformat()


def read_day(text: str) -> int:
    """The number of a day as a person names it; raises Rejected."""
    day = day_named(text)
    if day is None:
        says = Phrase(f"{text} 不是日期", f"{text} is no day")
        raise Rejected([Diagnostic("bad-date", says, hint=Phrase("写作 2024-06-30", "write it like 2024-06-30"))])
    return day


def versions(name: str) -> tuple[Version, ...]:
    """The shipped versions of a rule set, the earliest first; those without a first day before all."""
    found = [_version(reference) for reference in shipped_references() if reference.partition("@")[0] == name]
    return tuple(sorted(found, key=lambda version: (version.first or 0, version.reference)))


def _version(reference: str) -> Version:
    problems: list[Diagnostic] = []
    # The days are those of the version alone and never inherited: its own file says them.
    fields = read_fields(open_reference(reference, None, None)[0], problems.append)
    return Version(reference, *((None, None) if fields is None else (fields["valid_from"], fields["valid_until"])))


def in_force(name: str, day: int | None, span: Span | None) -> str:
    """
    The reference of the version of a shipped rule set that is in force on a day; `span` is where the rule set is named.

    Raises Rejected where there is no day to go by, or not exactly one version: which one counts is never guessed.
    """
    known = versions(name)
    if not known:
        ids = dict.fromkeys(reference.partition("@")[0] for reference in shipped_references())
        near = nearest(name, ids)
        listed = Phrase("自带的规则：" + "、".join(ids), "shipped: " + ", ".join(ids))
        hint = Phrase(f"是否想写 {near}？", f"did you mean {near}?") if near else listed
        raise Rejected([Diagnostic("unknown-rules", Phrase(f"没有自带的规则 {name}", f"no shipped rule set is called {name}"), span, hint)])
    listed = Phrase("现有版本：" + "、".join(one.says().zh for one in known), "the versions are " + ", ".join(one.says().en for one in known))
    if day is None:
        says = Phrase(f"{name} 没有写明版本，也没有日期可据以确定", f"{name} names no version, and there is no day to choose one by")
        raise Rejected([Diagnostic("version-needed", says, span, listed)])
    holding = [version for version in known if version.holds(day)]
    if len(holding) == 1:
        return holding[0].reference
    shown = day_written(day)
    says = Phrase(f"{shown} 没有施行中的 {name}", f"no version of {name} is in force on {shown}")
    if holding:
        names = [version.reference for version in holding]
        says = Phrase(
            f"{shown} 施行的 {name} 不止一个版本：{'、'.join(names)}", f"more than one version of {name} is in force on {shown}: {', '.join(names)}"
        )
    raise Rejected([Diagnostic("several-in-force" if holding else "none-in-force", says, span, listed)])


def hold(rules: RuleSet, day: int) -> RuleSet:
    """A rule set that was named with its version, if it is in force on the day; raises Rejected if not."""
    version = Version(rules.reference, rules.valid_from, rules.valid_until)
    if version.holds(day):
        return rules
    shown, days = day_written(day), days_said(version.first, version.last)
    says = Phrase(f"{shown} 不在 {rules.reference} 的施行期内", f"{rules.reference} is not in force on {shown}")
    raise Rejected([Diagnostic("not-in-force", says, rules.span, Phrase(f"它的施行期：{days.zh}", f"its days: {days.en}"))])
