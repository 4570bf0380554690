"""Pages of what stands at a place of a file where something else belongs."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

_RULE = "indicators: [{id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n"

PAGES: dict[str, Page] = {
    "mapping-expected": Page(
        Phrase("这里应是“键: 值”，写的是别的。", "A mapping of “key: value” belongs here, and something else stands here."),
        Phrase("没有键，就不知道每个值是什么。", "Without keys nobody knows what the values are."),
        Phrase(
            "写成 {键: 值}，或每行一个 键: 值；多半是漏了缩进或冒号后的空格。",
            "Write {key: value}, or a line for each; check the indentation and the blank behind the colon.",
        ),
        "facts: [报道数]\n" + _RULE,
        "facts: {报道数: 篇}\n" + _RULE,
    ),
    "list-expected": Page(
        Phrase("这里应是列表，写的是单个值或映射。", "A list belongs here, and a single value or a mapping stands here."),
        Phrase("只有一项的也要写成列表，以后加一项才不会写错。", "One item is a list, too, and others can be added."),
        Phrase("每项以“- ”开头，或写成 [甲, 乙]。", "Begin each item with “- ”, or write [a, b]."),
        "constraints: points.rate > 0\n" + _RULE,
        "constraints: [points.rate > 0]\n" + _RULE,
    ),
    "text-expected": Page(
        Phrase("这里应是一段文字或一个值，写的是列表、映射或空的。", "A text or a single value belongs here, not a list, a mapping or nothing."),
        Phrase(
            "一格只放一个值；文字里有逗号、冒号又没加引号，也会被拆开。",
            "A cell holds one value; an unquoted comma or colon cuts a text in pieces, too.",
        ),
        Phrase("写成一个值；含 : , [ ] { } 的文字加引号。", "Write one value; put text with : , [ ] { } in quotes."),
        "indicators: [{id: rate, points: 10, measure: [全年执行数, 全年预算数], method: ratio}]\n",
        "indicators: [{id: rate, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n",
    ),
    "number-expected": Page(
        Phrase("这里应是一个数。", "A number belongs here."),
        Phrase(
            "“十”、1e3、千分位逗号各人读法不一，分值不能靠猜。",
            "Words, 1e3 and thousands separators are read in several ways, and points are not guessed.",
        ),
        Phrase("只用数字、一个小数点、负号，或百分数：10、0.5、10%。", "Use digits, one point, a minus sign, or per cent: 10, 0.5, 10%."),
        "points: 一百\n" + _RULE,
        "points: 10\n" + _RULE,
    ),
    "number-too-small": Page(
        Phrase("数小于允许的最小值，一般是不能为负。", "The number is below the least allowed, which is most often 0."),
        Phrase("分值、档宽为负没有意义；要扣分，有专门的写法。", "Negative points or steps mean nothing; deductions are written in another way."),
        Phrase("改成 0 或正数；减分项写 counts: malus。", "Write 0 or more; what takes points away is `counts: malus`."),
        "indicators: [{id: rate, points: -10, measure: 全年执行数 / 全年预算数, method: ratio}]\n",
        "indicators: [{id: rate, points: 10, counts: malus, measure: 全年执行数 / 全年预算数, method: ratio}]\n",
    ),
    "whole-number-expected": Page(
        Phrase("这里应是不大的整数，如保留的位数。", "A small whole number belongs here, like a number of decimal places."),
        Phrase("保留 1.5 位小数没有意义。", "A place and a half means nothing."),
        Phrase("写 0 到 9 的整数。", "Write a whole number from 0 to 9."),
        "rounding: [{at: leaf, places: 1.5}]\n" + _RULE,
        "rounding: [{at: leaf, places: 2}]\n" + _RULE,
    ),
    "unknown-word": Page(
        Phrase("这里只能写规定的几个词，写的不在其中。", "One of a few words belongs here, and this is none of them."),
        Phrase("不认识的词若当没写，规则就按缺省走了，没人知道。", "Passed over, it would leave the default in force, and nobody would know."),
        Phrase("从列出的词里选一个，中英文都可以。", "Choose one of the words listed, in either language."),
        "zero_target: full\n" + _RULE,
        "zero_target: standard\n" + _RULE,
    ),
    "unknown-key": Page(
        Phrase("没有这个键。", "There is no such key."),
        Phrase("键写错一个字母就等于没写，例如 point 不是 points。", "A key with one wrong letter says nothing: point is not points."),
        Phrase("按提示改；想留说明就写成注释（#）。", "Write what the hint names; put remarks in comments (#)."),
        "titel: 县级规则\n" + _RULE,
        "title: 县级规则\n" + _RULE,
    ),
    "missing-key": Page(
        Phrase("少了必须写的键。", "A key that is required is not there."),
        Phrase("缺了它，这一段没有确定的意思。", "Without it the part has no definite meaning."),
        Phrase("按提示补上。", "Add the key that is named."),
        "rounding: [{places: 2}]\n" + _RULE,
        "rounding: [{at: leaf, places: 2}]\n" + _RULE,
    ),
    "bad-id": Page(
        Phrase("编号或版本里有不能用的字符。", "An id or a version holds a character that cannot be used."),
        Phrase(
            "公式、示例和命令都按编号引用，有空格就断成两截。",
            "Formulas, examples and the command name things by id, and a blank would cut it in two.",
        ),
        Phrase(
            "编号用字母、数字、汉字和 . - _；规则编号是小写的 地区/名称。",
            "Use letters, digits, Han characters and . - _ ; a rule set's id is region/name in lower case.",
        ),
        "indicators: [{id: budget rate, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n",
        "indicators: [{id: budget-rate, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n",
    ),
    "bad-interval": Page(
        Phrase("区间读不懂。", "The interval cannot be read."),
        Phrase("端点算哪一边差的就是一个等级，含糊的写法不猜。", "To which side an end belongs decides a grade, so nothing is guessed."),
        Phrase(
            "写成 [80,90)、≥90、<60% 等；方括号含端点，圆括号不含。",
            "Write [80,90), ≥90, <60% and the like; a square bracket includes its end, a round one does not.",
        ),
        "grades: [{label: 优, range: 90分左右}]\n" + _RULE,
        "grades: [{label: 优, range: ≥90}]\n" + _RULE,
    ),
    "bad-date": Page(
        Phrase("不是日期。", "This is no day."),
        Phrase("施行日差一天，用的就是另一版规则。", "One day more or less is another version of the rules."),
        Phrase("写作 2024-06-30：四位年、两位月、两位日。", "Write it like 2024-06-30."),
        "valid_from: 2024年1月\n" + _RULE,
        "valid_from: 2024-01-01\n" + _RULE,
    ),
    "bad-value": Page(
        Phrase("示例里的等级或情形，规则里没有。", "An example expects a grade or a variant that the rules do not have."),
        Phrase("这样的示例永远通不过，什么也验证不了。", "Such an example can never hold, and proves nothing."),
        Phrase("写规则里的等级名称或情形编号。", "Name a grade or a variant of the rules."),
        "grades: [{label: 优, range: ≥9}, {label: 差, range: <9}]\n"
        + _RULE
        + "examples: [{given: {全年执行数: 9, 全年预算数: 9}, expect: {grade: 良}}]\n",
        "grades: [{label: 优, range: ≥9}, {label: 差, range: <9}]\n"
        + _RULE
        + "examples: [{given: {全年执行数: 9, 全年预算数: 9}, expect: {grade: 优}}]\n",
    ),
    "bad-amount": Page(
        Phrase("分数读不懂。", "The amount of points cannot be read."),
        Phrase("“酌情扣分”没有数，算不出来。", "“As seems right” is no number."),
        Phrase(
            "写 5、5分、10%（占分值）、满分、不得分；由人酌定的写 4-7。",
            "Write 5, 10% (of the points), 满分, 不得分, or a range like 4-7 where a person decides.",
        ),
        "indicators: [{id: use, label: 资金使用, points: 7, method: {demerits: {截留挪用: 酌情}}}]\n",
        "indicators: [{id: use, label: 资金使用, points: 7, method: {demerits: {截留挪用: 4-7}}}]\n",
    ),
    "one-name-expected": Page(
        Phrase("这里应是 {名称: 内容}，只有一个键。", "Here belongs {name: what it takes}, with one key."),
        Phrase("没有名称不知道是哪一种，有两个不知道先做哪个。", "Without a name nobody knows which kind it is; with two, which comes first."),
        Phrase("写一个名称和它的内容；两个后果写成两个关口。", "Write one name with what it takes; two effects are two gates."),
        "gates: [{id: low, when: total < 6, effect: veto}]\n" + _RULE,
        "gates: [{id: low, when: total < 6, effect: {veto: rate}}]\n" + _RULE,
    ),
    "schema-misfit": Page(
        Phrase("文件不合 JSON Schema（编辑器用的模式）。", "The file does not fit the JSON Schema for editors."),
        Phrase(
            "模式说的是哪里该写什么；不合的，读取时多半也会被拒绝。",
            "The schema says what belongs where; what does not fit is most often refused when read.",
        ),
        Phrase("按所指的位置改；模式由 perfscore rules schema 给出。", "Mend the place that is shown; `perfscore rules schema` prints the schema."),
    ),
}
