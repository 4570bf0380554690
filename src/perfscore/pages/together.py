"""Pages of gates, and of several forms that are scored together or combined into one."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

_RULE = "indicators: [{id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n"

PAGES: dict[str, Page] = {
    "gate-warns": Page(
        Phrase("提示类关口的条件成立，规则要求给出提示。", "The condition of a gate that warns holds, and the rules want it said."),
        Phrase("它不改分数，往往是要补充说明或核查的事项。", "It changes no score; most often something is to be explained or looked into."),
        Phrase("按提示的内容补充说明，或核对所读的数。", "Do what it says, or check the numbers that it reads."),
        _RULE + "gates: [{id: low, when: total < 6, effect: {warn: 请说明执行率偏低的原因}}]\n"
        "examples: [{given: {全年执行数: 5, 全年预算数: 10}, expect: {rate: 5}}]\n",
        _RULE + "gates: [{id: low, when: total < 6, effect: {warn: 请说明执行率偏低的原因}}]\n"
        "examples: [{given: {全年执行数: 9, 全年预算数: 10}, expect: {rate: 9}}]\n",
    ),
    "too-many-gates": Page(
        Phrase("关口太多。", "There are too many gates."),
        Phrase("每道关口都要逐张表判断，制度里也没有这么多条。", "Every form goes through all of them, and no standard has so many."),
        Phrase("对一组指标的同一条规定，用 each（逐项）写成一道。", "One provision about many indicators is one gate with `each`."),
    ),
    "different-rules": Page(
        Phrase("一起评或合并的各表，用的规则不同。", "Forms that are scored together or combined name different rules."),
        Phrase(
            "规则不同的得分不能排名、相加；同名而内容不同也一样。", "Scores by other rules cannot be ranked or added, whatever the rules are called."
        ),
        Phrase("用 --rules 指定一套，或分开评。", "Name one rule set with --rules, or score them apart."),
    ),
    "not-compared": Page(
        Phrase("这张表没有要比较的数，不参加排名或求平均。", "The form lacks the number that is compared, and takes no part."),
        Phrase("少一家，别家的名次和平均数也会变。", "With one less, the ranks and means of the others change, too."),
        Phrase("补上这个数，重新一起评。", "Fill it in, and score all of them again."),
    ),
    "forms-differ": Page(
        Phrase(
            "合并的各表在应当一致的地方不一致，如年度、目标、单位。",
            "Forms that are combined differ where they should agree: a year, a target, a unit.",
        ),
        Phrase("不一致的加不到一起，合并后这一处作缺。", "What differs cannot be joined, and is missing in the combined form."),
        Phrase("核对所指的两处，统一后再合并。", "Compare both places, and make them agree."),
    ),
    "not-in-every-form": Page(
        Phrase("有的表有，有的表没有，合并后作缺。", "One form has it and another has not: it is missing in the combined form."),
        Phrase("只加一部分单位的数，合计就不是全部。", "A sum over some of the units is not that of all."),
        Phrase("请缺的单位补上；确不适用的写“不适用”。", "Let the unit add it, or write 不适用."),
    ),
    "not-combined": Page(
        Phrase("有的表不能用，所以没有合并。", "Some forms cannot be used, and so nothing is combined."),
        Phrase("少一家的合计会被当成全部。", "A sum without one unit would be taken for the whole."),
        Phrase("先改好报错的表。", "Mend those forms first."),
    ),
}
