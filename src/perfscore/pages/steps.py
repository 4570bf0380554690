"""Pages of ratios, deductions, steps around a base, and items: how points are gained and lost."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

_RATE = "indicators:\n  - {id: rate, label: 控制率, points: 10, measure: 全年执行数 / 全年预算数, method: "
_ITEMS = "indicators:\n  - {id: system, label: 制度建设, points: 6, method: "

PAGES: dict[str, Page] = {
    "gate-above-cap": Page(
        Phrase("及格门槛不低于封顶或 100%。", "The gate is not below the cap and 100%."),
        Phrase("门槛到封顶之间，没有可以按比例记分的余地。", "Nothing is left between them that could be scored in proportion."),
        Phrase("降低 gate（及格门槛）；达到才有分、没有中间分的用分档法。", "Lower the gate; where it is all or nothing use bands."),
        _RATE + "{ratio: {gate: 100%}}}\n",
        _RATE + "{ratio: {gate: 60%}}}\n",
    ),
    "no-deduction": Page(
        Phrase("满分条件包括一切，永远扣不到分。", "The interval of full points holds everything: nothing is ever lost."),
        Phrase("人人满分，这个指标等于没有。", "Everybody would have full points."),
        Phrase("给满分条件写一端，如 ≤100%。", "Give the interval an end, like ≤100%."),
        _RATE + '{deduction: {full: "(-∞,+∞)", every: 1%, lose: 1}}}\n',
        _RATE + "{deduction: {full: ≤100%, every: 1%, lose: 1}}}\n",
    ),
    "no-step": Page(
        Phrase(
            "每档的大小或加减的分数不大于 0（时限法也可能是档数过多）。",
            "The size of a step, or what it moves, is not above 0 (for a deadline: or there are too many).",
        ),
        Phrase("档宽为 0 分不出档，每档 0 分等于不加不扣。", "Steps of no size cannot be counted, and steps of no points do nothing."),
        Phrase("按制度写上每档多大、加减几分。", "Write the size and the points that the standard lays down."),
        _RATE + "{deduction: {full: ≤100%, every: 0, lose: 1}}}\n",
        _RATE + "{deduction: {full: ≤100%, every: 1%, lose: 1}}}\n",
    ),
    "floor-above-points": Page(
        Phrase("“扣到”的分数不低于分值。", "The floor is not below the points."),
        Phrase("一开始就到底了，一分也扣不掉。", "Nothing could ever be lost."),
        Phrase("改低 floor（扣到），或删去（缺省扣到 0）。", "Lower the floor, or leave it out (0 by default)."),
        _RATE + "{deduction: {full: ≤100%, every: 1%, lose: 1, floor: 10}}}\n",
        _RATE + "{deduction: {full: ≤100%, every: 1%, lose: 1, floor: 2}}}\n",
    ),
    "too-many-steps": Page(
        Phrase(
            "扣完或加完要太多档，或数据一个由一个算出太多步。",
            "It takes too many steps to the end, or facts are computed from facts too many times over.",
        ),
        Phrase(
            "每档扣 0.001 分多半是少写了一位；档太多，说明也没法看。", "0.001 a step is most likely a slip, and nobody could read the explanation."
        ),
        Phrase(
            "核对每档的分数；按比例连续加减的写 steps: proportional。",
            "Check the points of a step; for a continuous line write `steps: proportional`.",
        ),
        _RATE + "{deduction: {full: ≤100%, every: 1%, lose: 0.001}}}\n",
        _RATE + "{deduction: {full: ≤100%, every: 1%, lose: 0.1}}}\n",
    ),
    "base-outside-points": Page(
        Phrase("基准分不在 0 到分值之间。", "The base is not between 0 and the points."),
        Phrase("刚达到基准就超过满分或低于 0。", "Meeting the base would give more than full points, or less than none."),
        Phrase("改 base（基准分）；写成百分数就会随分值走。", "Mend the base; a share moves with the points."),
        _RATE + "{around: {at: 100%, base: 12, below: {every: 1%, lose: 1}}}}\n",
        _RATE + "{around: {at: 100%, base: 80%, below: {every: 1%, lose: 1}}}}\n",
    ),
    "no-side": Page(
        Phrase("高于、低于基准怎么办都没有写。", "Neither what happens above the base nor below it is said."),
        Phrase("得分永远是基准分。", "The score would always be the base."),
        Phrase("写上 above（高于）或 below（低于）。", "Write `above` or `below`."),
        _RATE + "{around: {at: 100%, base: 8}}}\n",
        _RATE + "{around: {at: 100%, base: 8, below: {every: 1%, lose: 1}}}}\n",
    ),
    "no-end": Page(
        Phrase("基准在这一侧没有终点。", "The base has no end on this side."),
        Phrase("基准是 ≥100%，就没有“高于基准”。", "Nothing lies above a base of ≥100%."),
        Phrase("删去这一侧，或把基准写成一个数、一个区间。", "Take the side out, or make the base a number or an interval with both ends."),
        _RATE + "{around: {at: ≥100%, base: 8, above: {every: 1%, gain: 1}}}}\n",
        _RATE + "{around: {at: 100%, base: 8, above: {every: 1%, gain: 1}}}}\n",
    ),
    "no-until": Page(
        Phrase("基准分已是满分，往上加却没写加到多少。", "The base is full points, and nothing says how far points are added."),
        Phrase("没有上限，一个指标就能加出任意高分。", "Without an end one indicator could add any number of points."),
        Phrase("写上 until（到），或把基准分写低。", "Write `until`, or lower the base."),
        _RATE + "{around: {at: 100%, above: {every: 1%, gain: 1}}}}\n",
        _RATE + "{around: {at: 100%, above: {every: 1%, gain: 1, until: 120%}}}}\n",
    ),
    "until-behind-base": Page(
        Phrase("加分的终点不高于基准分，或扣分的终点不低于基准分。", "Points are added towards less than the base, or taken towards more."),
        Phrase("方向反了，永远到不了。", "The end lies the other way, and is never reached."),
        Phrase("核对 until（到）和 base（基准分）。", "Check `until` and `base`."),
        _RATE + "{around: {at: 100%, base: 8, above: {every: 1%, gain: 1, until: 6}}}}\n",
        _RATE + "{around: {at: 100%, base: 8, above: {every: 1%, gain: 1, until: 10}}}}\n",
    ),
    "gain-and-lose": Page(
        Phrase("同一侧又加分又扣分。", "One side both gains and loses."),
        Phrase("同一个结果不能既加又扣。", "One result cannot do both."),
        Phrase("一侧只留一个；低于基准扣分的写到 below（低于）。", "Keep one a side; what is lost below the base goes under `below`."),
        _RATE + "{around: {at: 100%, base: 8, above: {every: 1%, gain: 1, lose: 1}}}}\n",
        _RATE + "{around: {at: 100%, base: 8, above: {every: 1%, gain: 1}, below: {every: 1%, lose: 1}}}}\n",
    ),
    "no-items": Page(
        Phrase("要点或违规清单一项也没有。", "The list has no item."),
        Phrase("没有项目，就没有可加可扣的分。", "Without items there is nothing to add or to take."),
        Phrase("写上各项和分数。", "Write the items with their points."),
        _ITEMS + "{checklist: {}}}\n",
        _ITEMS + "{checklist: {有制度: 4, 有执行: 2}}}\n",
    ),
    "item-without-points": Page(
        Phrase("一项的分数不大于 0，或区间从负数开始。", "An item counts 0 points or fewer."),
        Phrase("勾不勾它都一样。", "It makes no difference whether it is met."),
        Phrase("写上分数；确不计分的删去这一项。", "Write its points, or take it out."),
        _ITEMS + "{demerits: {虚列套取: 0, 截留挪用: 3}}}\n",
        _ITEMS + "{demerits: {虚列套取: 3, 截留挪用: 3}}}\n",
    ),
    "duplicate-item": Page(
        Phrase("同一项写了两次，只差空格或全半角。", "One item is listed twice, perhaps with other blanks or widths."),
        Phrase("表上填一次，不知道算哪一项。", "A form names it once, and nobody knows which one counts."),
        Phrase("合成一项，或改个名称。", "Make them one, or rename one."),
        _ITEMS + "{checklist: {有制度: 3, 有 制度: 3}}}\n",
        _ITEMS + "{checklist: {有制度: 3, 有执行: 3}}}\n",
    ),
    "items-do-not-add-up": Page(
        Phrase("各要点的分数合计不等于分值。", "The items do not add up to the points."),
        Phrase("全部符合也拿不到满分，或者超过满分。", "Meeting all of them gives less, or more, than full points."),
        Phrase("按所差的分数改；写成百分数要合计 100%。", "Mend the difference that is shown; shares make 100% together."),
        _ITEMS + "{checklist: {有制度: 3, 有执行: 2}}}\n",
        _ITEMS + "{checklist: {有制度: 4, 有执行: 2}}}\n",
    ),
}
