"""Parameters as an editor with the schema judges them, and as the reader does: the two must not differ."""

import pytest

from perfscore.ruleset.schema import misfits
from perfscore.scoring import methods
from perfscore.text.diagnostic import Diagnostic
from perfscore.text.source import Source
from perfscore.text.yaml import parse


@pytest.mark.parametrize(
    ("name", "text", "good"),
    [
        ("around", "{at: 1, above: {every: 1, gain: 1}}", True),
        ("around", "{基准: '≥1', 基准分: 80%, 低于: {每档: 1%, 扣分: 分值的5%, 不足一档: 按一档, 到: 不得分}}", True),
        ("around", "{at: 1, above: {every: 1, gain: 1, lose: }, below: }", True),
        ("around", "{at: 1, above: {every: 1}}", False),
        ("around", "{at: 1, above: {every: 1, gain: }}", False),
        ("around", "{at: 1, above: {every: 1, gain: 1, lose: 1}}", False),
        ("around", "{at: 1, above: {every: 1, gain: 1, 扣分: 1}}", False),
        ("around", "{at: 1, above: {every: 1, gain: 1, 加分: 1}}", False),
        ("around", "{at: 1, above: {gain: 1}}", False),
        ("around", "{at: 1, above: {every: -1, gain: 1}}", False),
        ("around", "{at: 1, above: {every: 1, gain: 许多}}", False),
        ("around", "{at: 1, above: {every: 1, gain: 1, steps: 不扣}}", False),
        ("around", "{above: {every: 1, gain: 1}}", False),
        ("anchors", "['60%: 0', '80%：分值的60%', '1: 满分']", True),
        ("anchors", "['60%']", False),
        ("anchors", "[60%: 0]", False),
        ("anchors", "60%", False),
        ("checklist", "{有制度: 4, 有执行: 40%, 公开: 2分}", True),
        ("checklist", "{有制度: 四分}", False),
        ("checklist", "{有制度: [1, 2]}", False),
        ("checklist", "[有制度]", False),
        ("demerits", "{虚列: 5, 挪用: 4-7, 超标: '[10%,20%]', 未公开: [1, 2分], 截留: 满分, 挤占: 3～6分}", True),
        ("demerits", "{虚列: 4-}", False),
        ("demerits", "{虚列: 4到7}", False),
        ("demerits", "{虚列: '[4,7)'}", False),
        ("demerits", "{虚列: [4]}", False),
        ("demerits", "{虚列: [4, 5, 6]}", False),
        ("demerits", "{虚列: [4, 七]}", False),
        ("demerits", "{虚列: {least: 4}}", False),
    ],
)
def test_the_schema_accepts_what_the_reader_accepts(name, text, good):
    method = methods.find(name)
    assert method is not None
    (document,) = parse(Source("rules.yaml", text)).documents
    found: list[Diagnostic] = []
    method.PARAMETERS.read(document, found.append)
    assert (found == []) is good
    assert (misfits(document, method.PARAMETERS.schema()) == []) is good
