"""Pages of the examples inside and beside rule files, which `perfscore test` runs."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

_RULE = "indicators: [{id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n"

PAGES: dict[str, Page] = {
    "example-fails": Page(
        Phrase("示例应得的和算出的不一样。", "An example expects another result than it has."),
        Phrase(
            "要么规则写错了，要么示例算错了；不查清，评出的分没有底。",
            "The rules or the example are wrong, and until it is settled no score can be relied on.",
        ),
        Phrase(
            "对照制度手算一遍，改错的一边；explain 会逐步说明算法。",
            "Work it out by the standard and mend what is wrong; `perfscore explain` shows every step.",
        ),
        _RULE + "examples: [{given: {全年执行数: 9, 全年预算数: 10}, expect: {rate: 10}}]\n",
        _RULE + "examples: [{given: {全年执行数: 9, 全年预算数: 10}, expect: {rate: 9}}]\n",
    ),
    "template-example": Page(
        Phrase("模板里写了示例。", "A template has an example."),
        Phrase("模板没有分值，示例评不出分。", "Without points no example has a score."),
        Phrase("把示例移到继承它的规则里。", "Move it to the rules that extend the template."),
        "template: true\nindicators: [{id: rate, label: 预算执行率}]\nexamples: [{given: {全年执行数: 9}, expect: {rate: 9}}]\n",
        "template: true\nindicators: [{id: rate, label: 预算执行率}]\n",
    ),
    "coverage-too-low": Page(
        Phrase("示例覆盖的比例低于要求（--min-coverage）。", "The examples reach less of the rules than --min-coverage asks for."),
        Phrase("没有示例走到的档和条件，写错了也没人知道。", "What no example reaches may be wrong, and nobody would know."),
        Phrase("按 perfscore test 列出的未达到之处补示例。", "Add examples for what `perfscore test` lists as not reached."),
    ),
    "other-rules": Page(
        Phrase(
            "测试文件的名字像是这套规则的，里面写的却是另一套，没有运行。",
            "A test file bears the name of one rule set and is for another: it was not run.",
        ),
        Phrase("多半是复制后忘了改 rules（规则），测试就空跑了。", "Most likely it is a copy with the old `rules`."),
        Phrase("改测试文件里的 rules，或改文件名。", "Mend its `rules`, or rename it."),
    ),
    "one-test-file": Page(
        Phrase("测试文件里有第二份文档（--- 之后）。", "A test file holds a second document (behind ---)."),
        Phrase("只有一份会运行。", "Only one would run."),
        Phrase("合成一份，或分成两个文件。", "Join them, or make two files."),
    ),
}
