"""The shape of a test file, which holds examples beside the rule file that they are for."""

from __future__ import annotations

from perfscore.ruleset.shape import EXAMPLE
from perfscore.text.phrase import Phrase
from perfscore.text.record import Key, Record
from perfscore.text.shape import ListOf, Text

TESTS = Record(
    (
        Key(
            "rules",
            "规则",
            Text(),
            Phrase("测哪一套规则：编号@版本，或本文件夹内的相对路径", "the rule set: id@version, or a relative path in this folder"),
            required=True,
        ),
        Key("examples", "示例", ListOf(EXAMPLE), Phrase("示例，写法同规则文件", "examples, written as in a rule file"), required=True),
    ),
    Phrase("测试文件", "test file"),
)
