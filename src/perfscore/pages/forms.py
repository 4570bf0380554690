"""Pages of a form as a whole: its year, its levels, its points, its budget, and the facts that it states."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

_FORM = "rules: hunan/department@2024\n"
_ROWS = _FORM + "indicators:\n  - {level1: 产出指标, "
_ITEMS = "facts: {制度建设: {kind: items}}\nindicators: [{id: system, label: 制度建设, points: 6, method: {checklist: {有制度: 4, 有执行: 2}}}]\n"
_TAKEN = "facts: {资金使用: {kind: items}}\nindicators: [{id: use, label: 资金使用, points: 7, method: {demerits: {截留挪用: 4-7}}}]\n"
_PARTS = "facts: {调查: {parts: [满意, 不满意]}}\nindicators: [{id: asked, points: 10, measure: sum(调查), method: direct}]\n"

PAGES: dict[str, Page] = {
    "bad-year": Page(
        Phrase("年度不是四位数。", "The year has not four digits."),
        Phrase("年度决定用哪一版规则、日期算哪一年。", "It decides which version of the rules counts, and in which year dates are."),
        Phrase("写作 2024 或 2024年度。", "Write 2024."),
        _FORM + "year: 24年\n",
        _FORM + "year: 2024\n",
    ),
    "no-rules": Page(
        Phrase("表里没有写明规则，或文件夹里没有规则文件。", "The form names no rule set, or the folder holds no rule file."),
        Phrase("同一张表按不同规则得分不同，不能替人选。", "Other rules give other scores, and nobody chooses for you."),
        Phrase("在表里写 rules（规则）: 编号@版本，或用 --rules 指定。", "Write `rules: id@version` in the form, or name them with --rules."),
        "unit: 某局\nyear: 2024\n",
        "rules: hunan/department@2024\nunit: 某局\nyear: 2024\n",
    ),
    "template-has-no-points": Page(
        Phrase("规则是没有分值的模板，不能评分。", "The rule set is a template without points, and scores nobody."),
        Phrase("模板只定指标框架，分值由各地自定。", "A template lays down indicators; their points are for each place to decide."),
        Phrase(
            "写一套继承（extends）它的规则，补上分值和方法，再用它评分。", "Extend it by rules of your own with points and methods, and name those."
        ),
        "rules: china/frame-project@2013\n",
        "rules: china/project-self@2020\n",
    ),
    "unknown-level": Page(
        Phrase("表上的一级或二级指标，规则里没有。", "A level of the form is none of the rules."),
        Phrase("这一行找不到归属，没有计分，总分只知道范围。", "The row belongs nowhere and is not scored: the total is known within bounds only."),
        Phrase("按提示改成规则里的名称；确是新增的，先改规则。", "Use the label of the hint; what is new goes into the rules first."),
        _ROWS + "level2: 规模指标, level3: 培训人次, target: 8, actual: 8, points: 50}\n",
        _ROWS + "level2: 数量指标, level3: 培训人次, target: 8, actual: 8, points: 40}\n",
    ),
    "group-empty": Page(
        Phrase("一组指标在表上一行可计分的也没有。", "A group of the rules has no row on the form that can be scored."),
        Phrase("规则给这一组定了分值，没有行就定不了分，这一组作缺，不算 0。", "It has points, and without rows no score, which is not 0."),
        Phrase("补上各行；全组不适用的，写一行并注明“不适用”。", "Add the rows; where the whole group does not apply, write a row that says 不适用."),
        _FORM,
        _FORM + "indicators:\n"
        "  - {level1: 成本指标, level3: 不适用, target: 不适用}\n"
        "  - {level1: 产出指标, level2: 数量指标, level3: 甲, target: 8, actual: 8, points: 40}\n"
        "  - {level1: 效益指标, level2: 社会效益指标, level3: 乙, target: 8, actual: 8, points: 20}\n"
        "  - {level1: 满意度指标, level3: 丙, target: 8, actual: 8, points: 10}\n",
    ),
    "points-missing": Page(
        Phrase("行没有印分值。", "A row has no points."),
        Phrase("不知道这一行占几分，整组只知道在 0 到组分值之间。", "Nobody knows its part of the group, which lies between 0 and its points."),
        Phrase("补上分值。", "Add the points."),
        _ROWS + "level2: 数量指标, level3: 培训人次, target: 8, actual: 8}\n",
        _ROWS + "level2: 数量指标, level3: 培训人次, target: 8, actual: 8, points: 50}\n",
    ),
    "points-differ": Page(
        Phrase("表上印的分值（或各行合计）和规则不一致。", "The points printed, or those of the rows together, are not those of the rules."),
        Phrase(
            "分值不同，得分就和别的单位不可比；由表填报的行按所印分值计，规则写定的按规则计。",
            "Scores are then not comparable; rows that the form brings keep their points, fixed indicators those of the rules.",
        ),
        Phrase("核对分值；规则已变的，换用对应的版本。", "Check the points; if the rules have changed, name that version."),
        _ROWS + "level2: 数量指标, level3: 培训人次, target: 8, actual: 8, points: 30}\n",
        _ROWS + "level2: 数量指标, level3: 培训人次, target: 8, actual: 8, points: 50}\n",
    ),
    "total-points-differ": Page(
        Phrase("全表分值合计不等于规则的总分值。", "The points of the form do not add up to those of the rules."),
        Phrase("满分不是 100，等级线不适用，所以不定等级。", "The grades are for the whole points, so that none is given."),
        Phrase("核对各行分值，补上漏填的行。", "Check the points of the rows, and add what is missing."),
        "rules: china/transfer-self@2018\nindicators:\n  - {level1: 产出指标, level3: 甲, target: 8, actual: 8, points: 40}\n"
        "  - {level1: 效益指标, level3: 乙, target: 8, actual: 8, points: 25}\n  - {level1: 满意度指标, level3: 丙, target: 8, actual: 8, points: 10}\n",
        "rules: china/transfer-self@2018\nindicators:\n  - {level1: 产出指标, level3: 甲, target: 8, actual: 8, points: 40}\n"
        "  - {level1: 效益指标, level3: 乙, target: 8, actual: 8, points: 30}\n  - {level1: 满意度指标, level3: 丙, target: 8, actual: 8, points: 10}\n",
    ),
    "rate-above-100": Page(
        Phrase("全年执行数大于全年预算数。", "More was spent than the budget of the year."),
        Phrase(
            "多半把年初预算数当成了全年预算数（调整后），或两数单位不同；得分一般按满分封顶。",
            "Most often the initial budget stands for the adjusted one; the score is held at full points.",
        ),
        Phrase("全年预算数填调整后的数，核对单位。", "Give the adjusted budget, and check the units."),
        _FORM + "budget: {adjusted: 100, executed: 120}\n",
        _FORM + "budget: {adjusted: 150, executed: 120}\n",
    ),
    "fact-shape": Page(
        Phrase("数据应是一个值，写成了列表或映射；或要点写了两次。", "A fact should be one value and is a list or mapping, or an item stands twice."),
        Phrase("不知道取哪一个，按没填处理。", "Nobody knows which one is meant, and it counts as not filled in."),
        Phrase("写成一个值；要点写成列表，每项一次。", "Write one value; items are a list, each once."),
        "facts: {报道数: 篇}\nindicators: [{id: press, points: 10, measure: 报道数, method: direct}]\n"
        "examples: [{given: {报道数: [3, 4]}, expect: {press: missing}}]\n",
        "facts: {报道数: 篇}\nindicators: [{id: press, points: 10, measure: 报道数, method: direct}]\n"
        "examples: [{given: {报道数: 7}, expect: {press: 7}}]\n",
    ),
    "unknown-part": Page(
        Phrase("清单里有规则没有的项。", "A list has a part that the rules do not know."),
        Phrase("它会算进合计，却没有别处用到，多半是名称写错。", "It would count in the sum and nowhere else; most likely it is misspelt."),
        Phrase("按提示改名称。", "Use the name of the hint."),
        _PARTS + "examples: [{given: {调查: {满意: 4, 一般: 2}}, expect: {asked: missing}}]\n",
        _PARTS + "examples: [{given: {调查: {满意: 4, 不满意: 2}}, expect: {asked: 6}}]\n",
    ),
    "unknown-unit": Page(
        Phrase("不认识预算表的金额单位。", "The unit of money of the budget table is unknown."),
        Phrase("元和万元差一万倍，不认识就不能和别的金额比。", "元 and 万元 are ten thousand times apart, so nothing is guessed."),
        Phrase("money（计量单位）写 元、万元 或 亿元。", "Let `money` be 元, 万元 or 亿元."),
        _FORM + "budget: {adjusted: 100, executed: 90, money: 贯}\n",
        _FORM + "budget: {adjusted: 100, executed: 90, money: 万元}\n",
    ),
    "unknown-item": Page(
        Phrase("表上勾的要点，规则里没有。", "The form names an item that the rules do not have."),
        Phrase("不知道它值几分，这个指标按缺处理。", "It has no points, and the indicator is missing."),
        Phrase("用规则里的要点名称。", "Use the names of the rules."),
        _ITEMS + "examples: [{given: {制度建设: [有制度, 有考核]}, expect: {system: missing}}]\n",
        _ITEMS + "examples: [{given: {制度建设: [有制度, 有执行]}, expect: {system: 6}}]\n",
    ),
    "item-outside-range": Page(
        Phrase("给一项的分数不在规则的幅度内。", "The points given for an item are outside the range of the rules."),
        Phrase("酌定也有限度，超出的不能算数。", "A reviewer's choice has its limits."),
        Phrase("改到幅度内。", "Choose within the range."),
        _TAKEN + "examples: [{given: {资金使用: {截留挪用: 2}}, expect: {use: missing}}]\n",
        _TAKEN + "examples: [{given: {资金使用: {截留挪用: 5}}, expect: {use: 2}}]\n",
    ),
}
