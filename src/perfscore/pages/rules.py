"""Pages of what an indicator of a rule file needs, and of names that lead to it."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

_RULE = "indicators: [{id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n"

PAGES: dict[str, Page] = {
    "no-indicators": Page(
        Phrase("规则文件里没有指标。", "The rule file has no indicators."),
        Phrase("没有指标就没有分可评。", "Without indicators there is nothing to score."),
        Phrase("写上 indicators（指标），或用 extends（继承）从别的规则沿用。", "Write `indicators`, or take them over by `extends`."),
        "points: 100\n",
        _RULE,
    ),
    "no-method": Page(
        Phrase("指标既没有评分方法，也没有下级。", "An indicator has neither a scoring method nor children."),
        Phrase("不知道它的分怎么来。", "Nobody can tell where its score comes from."),
        Phrase(
            "写上 method（方法）或 children（下级）；想改继承来的指标却报这个，多半是编号写错，成了新指标。",
            "Give it a method or children; where an inherited one was meant, its id is misspelt and made a new one.",
        ),
        "indicators: [{id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数}]\n",
        _RULE,
    ),
    "no-points": Page(
        Phrase("指标没有分值。", "An indicator has no points."),
        Phrase("没有分值，按比例记分、扣分都无从算起。", "Without points neither shares nor deductions become a score."),
        Phrase("写上 points（分值）；只供继承的框架写 template: true。", "Write `points`; a frame that is only extended says `template: true`."),
        "indicators: [{id: rate, label: 预算执行率, measure: 全年执行数 / 全年预算数, method: ratio}]\n",
        _RULE,
    ),
    "no-measure": Page(
        Phrase("指标没有测算公式。", "An indicator has no measure."),
        Phrase(
            "方法要把一个数换成分数，这个数从哪来没有写。", "The method turns a number into points, and nothing says where the number comes from."
        ),
        Phrase(
            "写上 measure（测算）；由各单位自己填行的，写 rows: from-form（行: 由表填报）。",
            "Write `measure`; where units bring their own rows write `rows: from-form`.",
        ),
        "indicators: [{id: rate, label: 预算执行率, points: 10, method: ratio}]\n",
        _RULE,
    ),
    "unknown-method": Page(
        Phrase("没有这个名称的评分方法。", "There is no scoring method of this name."),
        Phrase("名称差一个字就可能是另一种算法，不替人猜。", "A name that is nearly right may be another method, so nothing is guessed."),
        Phrase("用提示里的名称，中英文都可以；docs/rule-file.zh-CN.md 有全部方法。", "Use a name of the hint; docs/rule-file.md has all methods."),
        "indicators: [{id: rate, points: 10, measure: 全年执行数 / 全年预算数, method: ratoi}]\n",
        "indicators: [{id: rate, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n",
    ),
    "method-expected": Page(
        Phrase("方法要写一个名称，或 {名称: 参数}。", "A method is its name, or {name: parameters}."),
        Phrase("写两个方法，不知道用哪个。", "With two of them nobody knows which one counts."),
        Phrase("只留一个；按条件换方法，用指标的 variants（情形）。", "Keep one; a method that changes by condition is a variant of the indicator."),
        "indicators: [{id: rate, points: 10, measure: 全年执行数 / 全年预算数, method: [ratio]}]\n",
        "indicators: [{id: rate, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n",
    ),
    "missing-parameters": Page(
        Phrase("这种方法要写参数，只写了名称。", "This method needs its parameters, and only its name is there."),
        Phrase("分档没有档、等级没有分数，没法计分。", "Bands without intervals or levels without points score nothing."),
        Phrase("写成 {方法: 参数}。", "Write {method: parameters}."),
        "indicators: [{id: rate, points: 10, measure: 全年执行数 / 全年预算数, method: bands}]\n",
        'indicators: [{id: rate, points: 10, measure: 全年执行数 / 全年预算数, method: {bands: ["<1: 0", "≥1: 10"]}}]\n',
    ),
    "method-kind": Page(
        Phrase(
            "方法和指标不配：时限法、按类型只用于由表填报的行，定性目标也不能用比例法。",
            "The method does not fit: some are for rows from the form, and each takes one kind of target.",
        ),
        Phrase("日期、文字、数量各有各的算法，换了就没有意义。", "Dates, words and quantities are each scored in their own way."),
        Phrase(
            "由表填报的指标写 rows: from-form；写定的指标换一种方法。",
            "Write `rows: from-form` for rows from the form; give a fixed indicator another method.",
        ),
        "indicators: [{id: rate, points: 10, measure: 全年执行数, method: by-kind}]\n",
        "indicators: [{id: rate, points: 10, rows: from-form, method: by-kind}]\n",
    ),
    "group-with-measure": Page(
        Phrase("有下级的指标又写了测算或行。", "An indicator with children has a measure or rows of its own."),
        Phrase("它的分由下级汇总，自己的测算不会用到。", "Its score is made of its parts, and its own measure would never be used."),
        Phrase("删去，或把它移成一个下级指标。", "Take it out, or make it one of the children."),
        "indicators:\n  - {id: input, points: 10, measure: 全年执行数, children: [{id: rate, points: 10, measure: 全年执行数, method: direct}]}\n",
        "indicators:\n  - {id: input, points: 10, children: [{id: rate, points: 10, measure: 全年执行数, method: direct}]}\n",
    ),
    "condition-on-group": Page(
        Phrase("适用条件或情形写在了有下级（或由表填报）的指标上。", "A condition or a variant stands on a group, or on rows from the form."),
        Phrase(
            "整组去留会改变别的分值，要在整套规则上说清。", "A group that comes or goes changes the points of others, which the rule set has to say."
        ),
        Phrase(
            "写到各个下级上，或用规则的 variants（情形）整组更换。", "Write it on each child, or change the group by the variants of the rule set."
        ),
        "indicators:\n"
        "  - {id: input, points: 10, applicable: 全年预算数 > 0, children: [{id: rate, points: 10, measure: 全年执行数, method: direct}]}\n",
        "indicators:\n"
        "  - {id: input, points: 10, children: [{id: rate, points: 10, applicable: 全年预算数 > 0, measure: 全年执行数, method: direct}]}\n",
    ),
    "duplicate-id": Page(
        Phrase("同一个编号用了两次。", "One id is used twice."),
        Phrase(
            "继承、示例、公式都按编号找，两个同号不知道指谁；表上的行重号，后一行会被改名。",
            "Bases, examples and formulas find things by id; a row of a form that repeats one is renamed.",
        ),
        Phrase("改掉其中一个编号。", "Change one of the ids."),
        "indicators:\n"
        "  - {id: rate, points: 5, measure: 全年执行数 / 全年预算数, method: ratio}\n"
        "  - {id: rate, points: 5, measure: 全年执行数, method: direct}\n",
        "indicators:\n"
        "  - {id: rate, points: 5, measure: 全年执行数 / 全年预算数, method: ratio}\n"
        "  - {id: spent, points: 5, measure: 全年执行数, method: direct}\n",
    ),
    "unknown-id": Page(
        Phrase("没有这个编号的指标或关口。", "No indicator or gate has this id."),
        Phrase("关口、示例或“取消”指着它，指空了就不起作用。", "A veto, an expectation or a removal would fall on nothing."),
        Phrase(
            "按提示改成有的编号；perfscore show rules 列出合并后的全部编号。",
            "Use the id of the hint; `perfscore show rules FILE` lists all of them.",
        ),
        _RULE + "gates: [{id: low, when: total < 6, effect: {veto: rates}}]\n",
        _RULE + "gates: [{id: low, when: total < 6, effect: {veto: rate}}]\n",
    ),
    "points-do-not-add-up": Page(
        Phrase("下级分值合计不等于上级，或一级指标合计不等于总分值。", "The parts do not add up to their group, or the top level not to the total."),
        Phrase(
            "满分变了，等级线就不对了；多半是改了一项，没改别的。",
            "The total is another one, and the grades no longer fit; most often one part was changed alone.",
        ),
        Phrase("按所差的分数改；各情形也要分别相符。", "Mend the difference that is shown; each variant has to agree as well."),
        "points: 100\n" + _RULE,
        "points: 10\n" + _RULE,
    ),
    "no-points-above": Page(
        Phrase("分值写成百分数，上级却没有分值。", "Points are a share, and there are no points above."),
        Phrase("没有总数，25% 算不出是几分。", "Of nothing, 25% is no number."),
        Phrase("给上级（或 points 总分值）写上分值，或这里直接写分数。", "Give points to the group or the rule set, or write a number."),
        "indicators: [{id: rate, points: 25%, measure: 全年执行数 / 全年预算数, method: ratio}]\n",
        "points: 100\nindicators: [{id: rate, points: 100%, measure: 全年执行数 / 全年预算数, method: ratio}]\n",
    ),
    "constraint-broken": Page(
        Phrase("分值不合 constraints（约束）里的条件。", "The points break one of the constraints."),
        Phrase(
            "制度定了比例（如产出、效益不低于 60 分），改分值时容易不符。",
            "The standard lays down proportions that a change of points easily breaks.",
        ),
        Phrase("改分值；制度已改的，改约束。", "Change the points, or the constraint if the standard has changed."),
        "constraints: [points.rate <= 5]\n" + _RULE,
        "constraints: [points.rate <= 10]\n" + _RULE,
    ),
    "beyond-points": Page(
        Phrase("加分、减分项写了只有分值内指标才有的东西。", "A bonus or malus says what only indicators inside the total can."),
        Phrase(
            "加减分在总分值之外，没有满分可给、可折算；违规扣分用在减分项上正好相反。",
            "Beyond the total there are no full points to give or to share out, and demerits would work the wrong way round.",
        ),
        Phrase(
            "删去 aggregate 或 otherwise: full；减分项用要点（checklist）。",
            "Take out `aggregate` or `otherwise: full`; for a malus use a checklist.",
        ),
        "indicators: [{id: blame, label: 通报, points: 4, counts: malus, method: {demerits: {通报: 4}}}]\n",
        "indicators: [{id: blame, label: 通报, points: 4, counts: malus, method: {checklist: {通报: 4}}}]\n",
    ),
    "too-many-unrounded": Page(
        Phrase("不舍入的指标太多。", "Too many indicators are not rounded."),
        Phrase("不舍入时每个得分都是分数，几百个相加会极慢。", "Unrounded scores are fractions, and adding hundreds of them takes minutes."),
        Phrase("在 rounding（舍入）里写上指标得分的位数：{at: leaf, places: 2}。", "Round the leaves: {at: leaf, places: 2} under `rounding`."),
    ),
}
