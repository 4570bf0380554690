"""Pages of bands, anchors, levels, tiers and grades: what a number or a word earns."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

_RATE = "indicators:\n  - {id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: "
_WORD = "indicators:\n  - {id: system, label: 制度建设, points: 6, method: "
_RULE = _RATE + "direct}\n"

PAGES: dict[str, Page] = {
    "no-bands": Page(
        Phrase("分档法里一档也没有。", "There is no band."),
        Phrase("没有档，什么结果都没有分。", "Without bands no result has a score."),
        Phrase("至少写一档，各档首尾相接。", "Write at least one, each beginning where another ends."),
        _RATE + "{bands: []}}\n",
        _RATE + '{bands: ["<90%: 0", "≥90%: 10"]}}\n',
    ),
    "bad-band": Page(
        Phrase("这一档读不懂。", "The band cannot be read."),
        Phrase("一档要有区间和分数；端点含糊或前大后小的不猜。", "A band has an interval and points, and nothing is guessed about its ends."),
        Phrase("写成“区间: 分数”，如 [80%,90%): 6。", "Write “interval: points”, like [80%,90%): 6."),
        _RATE + '{bands: ["[90%,80%): 6", "≥90%: 10"]}}\n',
        _RATE + '{bands: ["[80%,90%): 6", "≥90%: 10"]}}\n',
    ),
    "band-gap": Page(
        Phrase("相邻两档之间漏了一段，或漏了一个端点。", "Two bands leave a gap, or an end that belongs to neither."),
        Phrase(
            "落在里面的结果没有分，例如 79.5% 落在 60–79% 和 80–89% 之间。", "A result inside has no score, like 79.5% between 60–79% and 80–89%."
        ),
        Phrase("让后一档从前一档结束处开始，一边含端点，一边不含。", "Begin each band where the last one ends, one of them with the end."),
        _RATE + '{bands: ["[0,79%]: 6", "[80%,+): 10"]}}\n',
        _RATE + '{bands: ["[0,80%): 6", "[80%,+): 10"]}}\n',
    ),
    "band-overlap": Page(
        Phrase("两档有重叠。", "Two bands overlap."),
        Phrase("重叠处有两个分数，不知道给哪个。", "A result inside both would have two scores."),
        Phrase("改端点，让每个数只属于一档。", "Move an end, so that every number belongs to one band."),
        _RATE + '{bands: ["[0,90%): 6", "[80%,+): 10"]}}\n',
        _RATE + '{bands: ["[0,80%): 6", "[80%,+): 10"]}}\n',
    ),
    "end-claimed-twice": Page(
        Phrase("相邻两档都要同一个端点。", "Two neighbouring bands claim the same end."),
        Phrase(
            "正好是这个数时有两个分数，例如 90% 既属于 0–90%(含)，又属于 90%以上。",
            "Exactly that number has two scores, like 90% in both 0–90% and ≥90%.",
        ),
        Phrase(
            "端点只归一档：制度写“以上”“以内”的含本数，另一档就不含。", "Give the end to one band, the one whose wording in the standard holds it."
        ),
        _RATE + '{bands: ["[0,90%]: 6", "[90%,+): 10"]}}\n',
        _RATE + '{bands: ["[0,90%): 6", "[90%,+): 10"]}}\n',
    ),
    "band-above-points": Page(
        Phrase("一档的分数超过指标的分值。", "A band gives more than the points of its indicator."),
        Phrase("得分会高过满分，总分就可能超过 100。", "The score could be above full points, and the total above 100."),
        Phrase("改这一档的分数或指标的分值；写成百分数或“满分”就会随分值走。", "Mend one of them; a share or 满分 moves with the points."),
        _RATE + '{bands: ["<90%: 0", "≥90%: 12"]}}\n',
        _RATE + '{bands: ["<90%: 0", "≥90%: 满分"]}}\n',
    ),
    "few-anchors": Page(
        Phrase("插值法至少要两个点。", "Anchors are two at least."),
        Phrase("一个点连不成线。", "One point makes no line."),
        Phrase("补上另一个点；到某处直接记满分的，用分档法。", "Add another; where the score jumps use bands."),
        _RATE + '{anchors: ["60%: 0"]}}\n',
        _RATE + '{anchors: ["60%: 0", "100%: 10"]}}\n',
    ),
    "bad-anchor": Page(
        Phrase("插值的点读不懂。", "The anchor cannot be read."),
        Phrase("一个点要有测算值和分数，才画得出线。", "An anchor has a measure and points."),
        Phrase("写成“测算值: 分数”，如 80%: 6。", "Write “measure: points”, like 80%: 6."),
        _RATE + '{anchors: ["六成: 0", "100%: 10"]}}\n',
        _RATE + '{anchors: ["60%: 0", "100%: 10"]}}\n',
    ),
    "anchor-twice": Page(
        Phrase("同一处写了两个点。", "Two anchors stand at one place."),
        Phrase("同一个结果会有两个分数。", "One result would have two scores."),
        Phrase("留一个；有跳档的用分档法。", "Keep one; where the score jumps use bands."),
        _RATE + '{anchors: ["60%: 0", "0.6: 3", "100%: 10"]}}\n',
        _RATE + '{anchors: ["60%: 3", "100%: 10"]}}\n',
    ),
    "anchor-above-points": Page(
        Phrase("点的分数不在 0 到分值之间。", "The points of an anchor are not between 0 and those of the indicator."),
        Phrase("得分会高过满分或低于 0。", "The score could be above full points or below 0."),
        Phrase("改分数或分值；写成百分数就会随分值走。", "Mend one of them; a share moves with the points."),
        _RATE + '{anchors: ["60%: 0", "100%: 12"]}}\n',
        _RATE + '{anchors: ["60%: 0", "100%: 满分"]}}\n',
    ),
    "no-levels": Page(
        Phrase("等级法里一个等级也没有。", "There is no level."),
        Phrase("填什么都没有分。", "Whatever is reported has no score."),
        Phrase("写上等级和各自的分数。", "Write the levels with their points."),
        _WORD + "{levels: {}}}\n",
        _WORD + "{levels: {较好: 6, 一般: 3}}}\n",
    ),
    "level-above-points": Page(
        Phrase("等级的分数不在 0 到分值之间。", "The points of a level are not between 0 and those of the indicator."),
        Phrase("得分会高过满分或低于 0。", "The score could be above full points or below 0."),
        Phrase("改等级的分数或指标的分值。", "Mend one of them."),
        _WORD + "{levels: {较好: 7, 一般: 3}}}\n",
        _WORD + "{levels: {较好: 6, 一般: 3}}}\n",
    ),
    "bad-tier": Page(
        Phrase("完成等级的档读不懂。", "The tier cannot be read."),
        Phrase("一档要有名称和占分值的区间，评定人才知道在哪里打分。", "A tier has a label and a range, within which a person judges."),
        Phrase("写成“名称: 区间”，如 达成: [80%,100%]。", "Write “label: interval”, like 达成: [80%,100%]."),
        _WORD + '{tiers: {tiers: ["未达成: [0,80%)", "达成: 八成以上"]}}}\n',
        _WORD + '{tiers: {tiers: ["未达成: [0,80%)", "达成: [80%,100%]"]}}}\n',
    ),
    "no-tiers": Page(
        Phrase("三档法写了各档，却一档也没有。", "The list of tiers has no tier."),
        Phrase(
            "没有档，评定人不知道在哪里打分；不写各档才是缺省的三档。",
            "Without tiers nobody knows where to judge; the usual three come by not writing any.",
        ),
        Phrase("写上各档，或删去 tiers（各档）这一项，用缺省的 80/60 三档。", "Write the tiers, or leave the key out for the three of 80 and 60%."),
        _WORD + "{tiers: {tiers: []}}}\n",
        _WORD + "tiers}\n",
    ),
    "tier-gap": Page(
        Phrase("各档没有从 0 接到 100%，或名称重复。", "The tiers do not run from 0 to 100% without a gap, or share a label."),
        Phrase("落在空当里的评定得分不属于任何一档。", "A judged score inside a gap belongs to no tier."),
        Phrase(
            "让各档首尾相接，下端含、上端不含，最高一档到 100%。",
            "Let each begin where the last one ends, with its lower end; the best goes to 100%.",
        ),
        _WORD + '{tiers: {tiers: ["未达成: [0,60%)", "达成: [80%,100%]"]}}}\n',
        _WORD + '{tiers: {tiers: ["未达成: [0,80%)", "达成: [80%,100%]"]}}}\n',
    ),
    "grade-gap": Page(
        Phrase("相邻等级之间有空当。", "Two grades leave a gap."),
        Phrase("总分落在里面就没有等级，例如 89.5 落在 80–89 和 90–100 之间。", "A total inside has no grade, like 89.5 between 80–89 and 90–100."),
        Phrase("写成 [90,100]、[80,90) 这样首尾相接。", "Let them meet, like [90,100] and [80,90)."),
        'grades: [{label: 优, range: "[9,10]"}, {label: 差, range: "[0,8]"}]\n' + _RULE,
        'grades: [{label: 优, range: "[9,10]"}, {label: 差, range: "[0,9)"}]\n' + _RULE,
    ),
    "grade-overlap": Page(
        Phrase("两个等级有重叠。", "Two grades overlap."),
        Phrase("同一个总分会有两个等级。", "One total would have two grades."),
        Phrase("改端点，让每个总分只属于一个等级。", "Move an end, so that every total has one grade."),
        'grades: [{label: 优, range: "[9,10]"}, {label: 差, range: "[0,9.5)"}]\n' + _RULE,
        'grades: [{label: 优, range: "[9,10]"}, {label: 差, range: "[0,9)"}]\n' + _RULE,
    ),
    "grade-end-claimed-twice": Page(
        Phrase("相邻两个等级都要同一个总分。", "Two neighbouring grades claim the same total."),
        Phrase("正好是这个总分时有两个等级，例如 90 分既是优又是良。", "Exactly that total has two grades, like 90 in both 90–100 and 80–90."),
        Phrase("端点一般归较高的等级：优 [90,100]，良 [80,90)。", "The end usually belongs to the better grade: [90,100] and [80,90)."),
        'grades: [{label: 优, range: "[9,10]"}, {label: 差, range: "[0,9]"}]\n' + _RULE,
        'grades: [{label: 优, range: "[9,10]"}, {label: 差, range: "[0,9)"}]\n' + _RULE,
    ),
    "unknown-grade": Page(
        Phrase("没有这个名称的等级。", "There is no grade of this name."),
        Phrase("关口指定的等级不存在，就限制不了等级。", "The gate would move the grade to nowhere."),
        Phrase("用 grades（等级）里写的名称。", "Use a label that stands under `grades`."),
        "grades: [{label: 优, range: ≥9}, {label: 差, range: <9}]\ngates: [{id: low, when: total < 9, effect: {grade-cap: 良}}]\n" + _RULE,
        "grades: [{label: 优, range: ≥9}, {label: 差, range: <9}]\ngates: [{id: low, when: total < 9, effect: {grade-cap: 差}}]\n" + _RULE,
    ),
}
