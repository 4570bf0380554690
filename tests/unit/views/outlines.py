"""Outlines to test views with: one report in both languages, and arbitrary ones made of the characters that forms and attacks hold."""

from hypothesis import strategies as st

from perfscore.views.outline import (
    Cell,
    Column,
    Facts,
    Heading,
    Item,
    Outline,
    Paragraph,
    Row,
    Table,
    Tone,
    Tree,
    Verbatim,
)

# Han, kana and full-width forms; words and numbers; punctuation that may not begin or end a line; ambiguous width; combining marks; emoji;
# everything that Markdown acts on; and what a terminal obeys or a reader cannot see.
ALPHABET = (
    "预算执行率个万元㎡𠮷かＡ１　" + "abcXYZw0123456789" + "，。、：（）《》“”…—％" + "≥≤±·①─°×→" + "e\u0301\u0302\ufe0f" + "😀👍🏽🇨🇳"
) + "\\`*_<>[]#!|~&$@/:.-+=(){}\"'%^ " * 2
HOSTILE = "\n\r\t\x00\x07\x1b\x7f\x85\x9b\xad\u200b\u200d\u202e\u2028\u2066\ufeff\ud800\U000e0041"

plain_texts = st.text(ALPHABET, max_size=60)
texts = st.one_of(plain_texts, st.text(ALPHABET + HOSTILE, max_size=60), st.sampled_from(["", "100", "95.95", "≥95%", "预算执行率", "1. a", "---"]))
tones: st.SearchStrategy[Tone] = st.sampled_from(["", "good", "bad", "weak", "strong"])
cells_of_rows = st.one_of(texts, st.builds(Cell, texts, tones))
columns = st.builds(Column, plain_texts, st.sampled_from(["left", "right"]), st.integers(0, 3), st.integers(0, 20))


@st.composite
def tables(draw: st.DrawFn, text: st.SearchStrategy[str | Cell] = cells_of_rows) -> Table:
    heads = draw(st.lists(columns, min_size=1, max_size=9))
    cells = st.lists(text, max_size=len(heads)).map(tuple)
    return Table(tuple(heads), tuple(draw(st.lists(st.builds(Row, cells, tones, st.integers(0, 12)), max_size=6))))


items = st.recursive(
    st.builds(Item, texts, texts, st.just(()), tones),
    lambda children: st.builds(Item, texts, texts, st.lists(children, max_size=3).map(tuple), tones),
    max_leaves=6,
)
flowing = st.one_of(
    st.builds(Heading, st.integers(-1, 9), texts),
    st.builds(Paragraph, texts),
    st.builds(Facts, st.lists(st.tuples(texts, texts), max_size=4).map(tuple)),
    tables(),
    st.builds(Tree, st.lists(items, max_size=3).map(tuple)),
)
blocks = st.one_of(flowing, st.builds(Verbatim, texts))
outlines = st.builds(Outline, texts, st.lists(blocks, max_size=4).map(tuple))
flowing_outlines = st.builds(Outline, texts, st.lists(flowing, max_size=4).map(tuple))


def self_evaluation_zh() -> Outline:
    heads = (
        Column("一级指标", weight=1),
        Column("三级指标", weight=3),
        Column("指标值", weight=2),
        Column("完成值", weight=2),
        Column("分值", "right"),
        Column("得分", "right"),
        Column("状态"),
    )
    rows = (
        Row(("预算执行", "预算执行率", "100%", "79.54%", "10", "7.95", "按规则")),
        Row(("成本指标", "成本节约率", "≤870.34万元", "862.10万元", "5", "5", "按规则")),
        Row(("产出指标", "新建、改造、维修、安装维修资金管理信息系统", "≥3个", "3个", "10", "10", "按规则")),
        Row(("", "追缴开发商代收未交（挪用）的物业专项维修资金", "≥5000万元", "3862.27万元", "10", "7.72", "按规则"), "bad"),
        Row(("", "公租房保障家庭户数", "≥1200户", "1,256户", "5", "5", "按规则")),
        Row(("", "办理维修资金使用审批", "12月底前", "2024年12月20日", "5", "5", "按规则")),
        Row(("", "验收合格率", "100%", "100%", "5", "5", "按规则")),
        Row(("", "信息系统按期上线", "2024年12月之前", "", "5", "—", Cell("缺少数据", "bad"))),
        Row(("效益指标", "社会效益：保障房屋安全使用，促进社区和谐稳定", "效果明显", "效果明显", "10", "10", "自评认定")),
        Row(("", "经济效益", "不适用", "不适用", "", "", "不适用"), "weak"),
        Row(("", "生态效益", "改善", "有所改善", "10", "8", "自评认定")),
        Row(("", "可持续影响：建立住房保障服务长效管理机制", "长期", "长期", "10", "10", "自评认定")),
        Row(("满意度指标", "服务对象满意度", "≥95%", "96.3%", "10", "10", "按规则"), "good"),
        Row(("合计", "", "", "", "100", "95.95", "优"), "strong"),
    )
    tree = (
        Item(
            "预算执行率失 2.05 分",
            "examples/form.yaml:6",
            (
                Item("执行率 = 1403.23 ÷ 1764.12 = 79.54%", "examples/form.yaml:9"),
                Item("按比例得分：10 × 79.54% = 7.95，未达到 100% 的部分不得分", "rules/department.yaml:41"),
            ),
        ),
    )
    return Outline(
        "某市住房保障服务中心 2024年度部门整体支出绩效自评",
        (
            Facts((("单位", "某市住房保障服务中心"), ("评分规则", "hunan/department@2024"), ("自评得分", "95.95 分（满分 100 分），等级：优"))),
            Heading(1, "各项指标得分"),
            Table(heads, rows),
            Heading(1, "失分原因"),
            Tree(tree),
            Paragraph("本表由规则逐项计算得出，未使用自评表中填报的定量指标得分；定性指标以单位自评为准。"),
            Verbatim("examples/form.yaml:12:9: 错误[rate-differs]: 执行率与计算结果不符\n  rate: 98.88%\n        ^^^^^^"),
        ),
    )


def self_evaluation_en() -> Outline:
    heads = (
        Column("Group", weight=1),
        Column("Indicator", weight=3, least=15),
        Column("Target", weight=2),
        Column("Actual", weight=2),
        Column("Points", "right"),
        Column("Score", "right"),
        Column("Status", weight=1),
    )
    rows = (
        Row(("Execution", "Budget execution rate", "100%", "79.54%", "10", "7.95", "scored"), "bad"),
        Row(("Output", "", "", "", "45", "45", ""), "strong"),
        Row(("Quantity", "Households in public rental housing", "≥ 1200", "1,256", "20", "20", "scored"), depth=1),
        Row(("Quality", "Acceptance rate of maintenance works", "100%", "100%", "15", "15", "scored"), depth=1),
        Row(("Timeliness", "System online on time", "before December 2024", "20 November 2024", "10", "10", "scored"), depth=1),
        Row(("Benefit", "Houses are safe to use, 社区和谐稳定", "evident", "evident", "45", "43", "judged")),
        Row(("", "Economic benefit", "not applicable", "not applicable", "", "", "not applicable"), "weak"),
        Row(("Total", "", "", "", "100", "95.95", "grade 优"), "strong"),
    )
    nodes = (Item("Budget execution rate: 2.05 points lost", "examples/form.yaml:6", (Item("rate = 1403.23 ÷ 1764.12", "examples/form.yaml:9"),)),)
    return Outline(
        "Housing security centre: self-evaluation 2024",
        (
            Facts((("Unit", "某市住房保障服务中心"), ("Rules", "hunan/department@2024"), ("Score", "95.95 of 100, grade 优"))),
            Heading(1, "Indicators"),
            Table(heads, rows),
            Heading(1, "Points lost"),
            Tree(nodes),
        ),
    )
