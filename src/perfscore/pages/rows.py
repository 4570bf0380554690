"""Pages of single rows of a form: a target and an actual value that cannot be compared, a level or a score that does not fit."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

_ROW = "rules: hunan/department@2024\nindicators:\n  - {level1: 产出指标, level2: 数量指标, level3: 培训人次, points: 50, "
_EFFECT = "rules: hunan/department@2024\nindicators:\n  - {level1: 效益指标, level2: 社会效益指标, level3: 便民成效, points: 30, "
_OPEN = "indicators: [{id: output, label: 产出指标, points: 10, rows: from-form, "
_EXAMPLE = "examples:\n  - {rows: [{level1: 产出指标, level3: 培训人次, points: 10, "

PAGES: dict[str, Page] = {
    "kinds-differ": Page(
        Phrase(
            "年度指标值和实际完成值不是同一类，一个是数，一个是文字或日期。",
            "The target and the actual value are of different kinds: a number here, words or a date there.",
        ),
        Phrase("“≥90%”和“较好”没法比，这一行按缺处理。", "≥90% and “rather good” cannot be compared, and the row is missing."),
        Phrase(
            "完成值按指标值的写法填；本来就是定性的，指标值也写文字。",
            "Write the actual value as the target is written; for words let the target be words, too.",
        ),
        _ROW + "target: ≥90%, actual: 较好}\n",
        _ROW + "target: ≥90%, actual: 92%}\n",
    ),
    "unit-differs": Page(
        Phrase("年度指标值和实际完成值的单位不是一类。", "The target and the actual value are in units of different kinds."),
        Phrase(
            "人和户、90 和 90% 不能相除；猜错单位会差 100 倍。",
            "People and households, 90 and 90% cannot be divided; a wrong guess is off by a hundred.",
        ),
        Phrase("两边写同一类单位；百分数写上 %。", "Write both in units of one kind; a rate needs its %."),
        _ROW + "target: 90%, actual: 0.9}\n",
        _ROW + "target: 90%, actual: 92%}\n",
    ),
    "unit-suspect": Page(
        Phrase("金额和目标（或预算）相差千倍以上。", "An amount and its target, or budget, are a thousand times apart."),
        Phrase(
            "多半一个按元、一个按万元填；照填的数计分，但要提醒。", "Most likely one is in 元 and one in 万元; it is scored as written, and said."
        ),
        Phrase("核对金额单位，把单位写在数后面。", "Check the unit of money, and write it behind the number."),
        _ROW + "target: ≤90万元, actual: 85元}\n",
        _ROW + "target: ≤90万元, actual: 85万元}\n",
    ),
    "value-missing": Page(
        Phrase("该填的没有填，或者填的是“无”“——”。", "A value is not filled in, or says 无 or ——."),
        Phrase(
            "没填不等于 0，也不等于不适用，得分只知道在一个范围内。",
            "Nothing is neither 0 nor “does not apply”: the score is known within bounds only.",
        ),
        Phrase("补上数；确不适用的写“不适用”。", "Fill it in; where it does not apply write 不适用."),
        "rules: hunan/department@2024\nbudget: {adjusted: 100}\n",
        "rules: hunan/department@2024\nbudget: {adjusted: 100, executed: 90}\n",
    ),
    "unreadable-value": Page(
        Phrase("填的值读不出确定的数、日期或是否。", "A value cannot be read as a definite number, a day, or yes or no."),
        Phrase(
            "“约 10 个”、没有年份的“9月”各人读法不同，分数不能靠猜。", "“About 10” and a month without its year mean this to one and that to another."
        ),
        Phrase(
            "写确定的数或完整的日期；表上写明年度，就可以省去年份。",
            "Write a definite number or a whole date; with the `year` of the form dates can do without.",
        ),
        _ROW + "target: ≥10个, actual: 约10个}\n",
        _ROW + "target: ≥10个, actual: 10个}\n",
    ),
    "zero-target": Page(
        Phrase("年度指标值是 0。", "The target is 0."),
        Phrase("≥0 任何结果都算达到；规则也可能规定零目标不计分。", "≥0 is met by every result; other rules leave a target of 0 without a score."),
        Phrase("核对指标值；不许发生的写 =0 或 ≤0。", "Check the target; what must not happen is =0 or ≤0."),
        _ROW + "target: ≥0起, actual: 3起}\n",
        _ROW + "target: =0起, actual: 3起}\n",
    ),
    "negative-target": Page(
        Phrase("年度指标值是负数，又没有达到。", "The target is negative, and was missed."),
        Phrase("负数相除，差得越多比例越大，不能按比例计分。", "A ratio of negative numbers grows with what is missing."),
        Phrase("改写成正数的说法，如“下降率 ≥5%”。", "Put it in positive terms, like a decrease of ≥5%."),
        _ROW + "target: ≤-5%, actual: -4%}\n",
        _ROW + "target: ≥5%, actual: 4%}\n",
    ),
    "negative-actual": Page(
        Phrase("实际完成值是负数，不能按比例计分。", "The actual value is negative, and gives no ratio."),
        Phrase("负的比例没有意义，按缺处理。", "A negative ratio means nothing: the row is missing."),
        Phrase("核对填的数；规则可用 negative_actual: zero 规定按 0 计。", "Check it; rules can count it as 0 by `negative_actual: zero`."),
        _ROW + "target: ≥5个, actual: -1个}\n",
        _ROW + "target: ≥5个, actual: 1个}\n",
    ),
    "no-target": Page(
        Phrase("年度指标值里没有可以比较的数。", "The target holds no number to compare with."),
        Phrase("没有目标就没有完成率。", "Without a target there is no achievement."),
        Phrase("写上数和比较符号，如 ≥90%。", "Write a number with its sign, like ≥90%."),
    ),
    "not-definite": Page(
        Phrase("这一行的公式要一个确定的数，填的是范围。", "The formula of the row needs one definite number, and a range is written."),
        Phrase("范围代进公式，算不出一个结果。", "A range gives no single result."),
        Phrase("填确定的数。", "Write a definite number."),
        _OPEN + "measure: 实际 - 目标, method: direct}]\n" + _EXAMPLE + "target: 8个, actual: 8至10个}], expect: {output: missing}}\n",
        _OPEN + "measure: 实际 - 目标, method: direct}]\n" + _EXAMPLE + "target: 8个, actual: 9个}], expect: {output: 1}}\n",
    ),
    "no-method-for-kind": Page(
        Phrase("规则没有规定这一类指标值怎样计分。", "The rules do not say how a target of this kind is scored."),
        Phrase("比例法算不了文字和日期，这一行按缺处理。", "A ratio scores no words and no dates: the row is missing."),
        Phrase("规则里用 by-kind（按类型），或按规则要的类型填。", "Use `by-kind` in the rules, or report what they can score."),
        _OPEN + "method: ratio}]\n" + _EXAMPLE + "target: 效果明显, actual: 效果良好}], expect: {output: missing}}\n",
        _OPEN + "method: by-kind}]\n" + _EXAMPLE + "target: 效果明显, actual: 效果良好}], expect: {output: missing}}\n",
    ),
    "points-do-not-fit": Page(
        Phrase("规则里写定的分数和这一行的分值不合。", "The amounts of the rules do not fit the points of the row."),
        Phrase(
            "行的分值由表填报；规则写定记 20 分，这一行只有 10 分，就没法计。",
            "Rows bring their own points: a band of 20 points in a row of 10 cannot be scored.",
        ),
        Phrase("规则里的分数写成百分数（占分值），或改行的分值。", "Write shares of the points in the rules, or change the points of the row."),
        _OPEN + 'method: {bands: ["<1: 0", "≥1: 20"]}}]\n' + _EXAMPLE + "target: 8个, actual: 8个}], expect: {output: missing}}\n",
        _OPEN + 'method: {bands: ["<1: 0", "≥1: 满分"]}}]\n' + _EXAMPLE + "target: 8个, actual: 8个}], expect: {output: 10}}\n",
    ),
    "outside-domain": Page(
        Phrase("结果不在规则写的各档范围内。", "The result lies outside of all that the rules say."),
        Phrase("规则没有说这里几分，按缺处理。", "Nothing says what it earns: the indicator is missing."),
        Phrase("核对填的数；规则应让首末两档不封口，如 <60%、≥90%。", "Check it; the first and last bands should be open, like <60% and ≥90%."),
        'indicators: [{id: rate, points: 10, measure: 全年执行数 / 全年预算数, method: {bands: ["[0,90%): 0", "[90%,100%]: 10"]}}]\n'
        "examples: [{given: {全年执行数: 11, 全年预算数: 10}, expect: {rate: missing}}]\n",
        'indicators: [{id: rate, points: 10, measure: 全年执行数 / 全年预算数, method: {bands: ["[0,90%): 0", "≥90%: 10"]}}]\n'
        "examples: [{given: {全年执行数: 11, 全年预算数: 10}, expect: {rate: 10}}]\n",
    ),
    "not-applicable-refused": Page(
        Phrase("规则不许把这个指标填成不适用。", "The rules do not let this indicator be marked as not applicable."),
        Phrase("必考的指标跳过不评，总分就虚高了。", "Leaving out what has to be scored would raise the total."),
        Phrase("照实填报；确不适用的，由主管部门调整规则。", "Report it; where it cannot apply the authority changes the rules."),
        _OPEN + "otherwise: refused, method: ratio}]\n" + _EXAMPLE + "target: 不适用}], expect: {output: missing}}\n",
        _OPEN + "otherwise: refused, method: ratio}]\n" + _EXAMPLE + "target: 8个, actual: 8个}], expect: {output: 10}}\n",
    ),
    "unknown-level-label": Page(
        Phrase("填报的等级，规则里没有。", "The level reported is none of the rules."),
        Phrase("规则只给列出的等级定了分。", "Only the levels listed have points."),
        Phrase("填规则里的等级名称。", "Report a level of the rules."),
        _OPEN
        + "method: {by-kind: {words: {levels: {较好: 6, 一般: 3}}}}}]\n"
        + _EXAMPLE
        + "target: 较好, actual: 很好}], expect: {output: missing}}\n",
        _OPEN + "method: {by-kind: {words: {levels: {较好: 6, 一般: 3}}}}}]\n" + _EXAMPLE + "target: 较好, actual: 一般}], expect: {output: 3}}\n",
    ),
    "unknown-tier": Page(
        Phrase("完成等级不是规则里的等级。", "The tier is none of the rules."),
        Phrase("不知道属于哪一档，评定得分就没有范围可对照。", "Without a tier the judged score has no range to be held to."),
        Phrase("填 达成、部分达成 或 未达成（以规则为准）。", "Write 达成, 部分达成 or 未达成, as the rules have them."),
        _EFFECT + "target: 明显, actual: 良好, tier: 基本达成, judged: 20}\n",
        _EFFECT + "target: 明显, actual: 良好, tier: 部分达成, judged: 20}\n",
    ),
    "score-outside-tier": Page(
        Phrase(
            "评定得分（没有就是自评得分）不在所评等级的分数区间内。", "The judged score, or else the reported one, is outside the range of its tier."
        ),
        Phrase("等级和分数互相矛盾，不知道信哪个，按缺处理。", "The tier and the score contradict each other: the row is missing."),
        Phrase("改等级或改分数；上端的分数属于上一档。", "Change one of them; the upper end belongs to the tier above."),
        _EFFECT + "target: 明显, actual: 良好, tier: 部分达成, judged: 28}\n",
        _EFFECT + "target: 明显, actual: 良好, tier: 部分达成, judged: 20}\n",
    ),
}
