"""Pages of texts that are not YAML, or use of it what is not supported."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

_RULE = "indicators: [{id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n"

PAGES: dict[str, Page] = {
    "tab-character": Page(
        Phrase("行里有制表符（Tab）。", "The line holds a tab."),
        Phrase(
            "缩进决定层次，而制表符多宽各个编辑器不一样。", "Indentation says what belongs where, and no two editors agree on the width of a tab."
        ),
        Phrase(
            "把制表符全部替换为空格，并让编辑器以后按 Tab 键也输入空格。", "Replace all tabs by blanks, and let the editor type blanks for the key."
        ),
    ),
    "more-lines": Page(
        Phrase("同样的问题还有很多行，只列出前 20 行。", "More lines have the same problem; the first 20 are listed."),
        Phrase("一行行改太慢，也容易漏。", "Mending them one by one is slow, and some would be missed."),
        Phrase("用编辑器全部替换，再检查一遍。", "Replace them all at once, and try again."),
    ),
    "merge-conflict": Page(
        Phrase("文件里留有版本合并冲突的标记。", "The file still holds the marks of a merge conflict."),
        Phrase("两份内容都在，不知道以哪一份为准。", "Both versions are there, and nobody has said which one counts."),
        Phrase("选定一份，删去 <<<<<<<、=======、>>>>>>> 各行和另一份。", "Keep one version; delete the other and the three lines of marks."),
        "<<<<<<< HEAD\npoints: 10\n=======\npoints: 110\n>>>>>>> new\n" + _RULE,
        "points: 10\n" + _RULE,
    ),
    "anchor": Page(
        Phrase("值以 & 开头，这是 YAML 的锚点，不支持。", "A value begins with &, an anchor of YAML, which is not supported."),
        Phrase(
            "锚点让一处的值悄悄用到别处，读的人看不出来，还会被人用来耗尽内存。",
            "Anchors carry values to where nobody sees them, and can be used to exhaust memory.",
        ),
        Phrase("内容写全；是文字就加引号。", "Write the value out; put text in quotes."),
        "title: &name 县级规则\n" + _RULE,
        'title: "&name 县级规则"\n' + _RULE,
    ),
    "alias": Page(
        Phrase("值以 * 开头，这是 YAML 的引用，不支持。", "A value begins with *, an alias of YAML, which is not supported."),
        Phrase("这里写的不是值，要到别处去找。", "What stands here is not the value: it stands elsewhere."),
        Phrase("内容写全；是文字（如加星号的名称）就加引号。", "Write the value out; put text, like a label with a star, in quotes."),
        "title: *试行规则\n" + _RULE,
        'title: "*试行规则"\n' + _RULE,
    ),
    "tag": Page(
        Phrase("值以 ! 开头，这是 YAML 的标签，不支持。", "A value begins with !, a tag of YAML, which is not supported."),
        Phrase("标签会改变值的类型，有的程序还会据此执行代码。", "A tag changes the type of a value, and some programs run code by it."),
        Phrase("去掉标签；是文字就加引号。", "Take the tag out; put text in quotes."),
        "title: !!str 县级规则\n" + _RULE,
        "title: 县级规则\n" + _RULE,
    ),
    "directive": Page(
        Phrase("行首的 % 是 YAML 的指令，不支持。", "A % at the beginning of a line is a directive of YAML, which is not supported."),
        Phrase("指令会改变后面内容的读法。", "A directive changes how the rest is read."),
        Phrase("删去这一行；是文字就加引号。", "Delete the line; put text in quotes."),
    ),
    "quote-needed": Page(
        Phrase(
            "没加引号的文字以 YAML 保留的符号开头，如 @、`、>、|。", "Unquoted text begins with a sign that YAML keeps for itself, like @, `, > or |."
        ),
        Phrase(
            "“>90%”不加引号会被当成多行文字的开头，后面的行都被吞掉。",
            "An unquoted >90% begins a text of several lines and swallows the lines below.",
        ),
        Phrase('整段文字加半角引号，如 ">90%"。', 'Put the whole text in half-width quotes, like ">90%".'),
        "grades:\n  - {label: 优, range: >90}\n" + _RULE,
        'grades:\n  - {label: 优, range: ">90"}\n' + _RULE,
    ),
    "quote-not-closed": Page(
        Phrase("引号只有前一半。", "A quote is opened and never closed."),
        Phrase("后面的内容全被当成这段文字。", "All that follows is taken for part of the text."),
        Phrase(
            "在文字末尾补上同样的半角引号；单引号里的单引号写两个。", "Put the same quote at the end of the text; inside of '…' a ' is written twice."
        ),
        'title: "县级规则\n' + _RULE,
        'title: "县级规则"\n' + _RULE,
    ),
    "bad-escape": Page(
        Phrase("双引号里的反斜杠写法不对。", "A backslash in double quotes is used in no known way."),
        Phrase(
            "双引号里反斜杠有特殊含义，例如路径 D:\\绩效 会读不出来。",
            "There a backslash has a meaning of its own, so that a path like D:\\绩效 cannot be read.",
        ),
        Phrase("有反斜杠的文字改用单引号。", "Use single quotes for text with backslashes."),
        'title: "D:\\绩效"\n' + _RULE,
        "title: 'D:\\绩效'\n" + _RULE,
    ),
    "full-width-quote": Page(
        Phrase(
            "文字用中文引号括着，其中的冒号被当成了键的标记。", "Text stands in Chinese quotation marks, and its colon was taken for that of a key."
        ),
        Phrase("中文引号只是文字的一部分，不起引号作用。", "Chinese quotation marks are part of the text, and do not quote."),
        Phrase("在外面再加半角引号。", "Put half-width quotes around it."),
        "title: “县级: 试行”\n" + _RULE,
        'title: "“县级: 试行”"\n' + _RULE,
    ),
    "colon-in-text": Page(
        Phrase("文字里有冒号加空格，被当成又一个键。", "A colon and a blank inside of text look like another key."),
        Phrase("一行里不能有两个键，后半句读不出来。", "A line cannot hold two keys, so the rest cannot be read."),
        Phrase("整段文字加引号；确是两个键就分两行。", "Put the text in quotes; write two keys on two lines."),
        "title: 县级规则: 试行\n" + _RULE,
        'title: "县级规则: 试行"\n' + _RULE,
    ),
    "full-width-colon": Page(
        Phrase("键后面用了全角冒号。", "The colon behind a key is the full-width one."),
        Phrase("全角冒号不分隔键和值，整行成了一段文字。", "It does not part a key from its value: the whole line is one text."),
        Phrase("改成半角冒号加一个空格。", "Write a half-width colon and a blank."),
        "points：10\n" + _RULE,
        "points: 10\n" + _RULE,
    ),
    "missing-blank": Page(
        Phrase("冒号后面缺一个空格。", "There is no blank behind a colon."),
        Phrase("没有空格，键和值就连成了一段文字。", "Without it the key and the value are one text."),
        Phrase("在冒号后加一个半角空格。", "Put a blank behind the colon."),
        "points:10\n" + _RULE,
        "points: 10\n" + _RULE,
    ),
    "missing-colon": Page(
        Phrase("这一行没有冒号，读不出键和值。", "The line has no colon, and so no key and value."),
        Phrase("要么漏了冒号，要么值里的半角逗号把它拆开了，如 1,000。", "The colon was left out, or a comma cut the value in two, like 1,000."),
        Phrase("键后面写半角冒号加空格；值里有逗号就加引号。", "Write a colon and a blank behind the key; put a value with a comma in quotes."),
        "title: 县级规则\npoints 10\n" + _RULE,
        "title: 县级规则\npoints: 10\n" + _RULE,
    ),
    "empty-key": Page(
        Phrase("冒号前面没有键。", "There is no key before the colon."),
        Phrase("值没有名字，不知道是什么。", "The value has no name, so nobody knows what it is."),
        Phrase("写上键，或删去这一行。", "Write the key, or delete the line."),
        ": 10\n" + _RULE,
        "points: 10\n" + _RULE,
    ),
    "bracket-not-closed": Page(
        Phrase("括号里缺逗号，或缺右括号。", "A comma or the closing bracket is missing."),
        Phrase("不知道这一项到哪里为止，后面的行都被算进括号里。", "Nobody can tell where the item ends, and the lines below count as part of it."),
        Phrase("各项之间用半角逗号，末尾用 ] 或 } 收尾。", "Put half-width commas between the items and ] or } at the end."),
        "grades: [{label: 优, range: ≥90]\n" + _RULE,
        "grades: [{label: 优, range: ≥90}]\n" + _RULE,
    ),
    "missing-item": Page(
        Phrase("括号里两个逗号之间没有内容。", "There is nothing between two commas of a bracket."),
        Phrase("不知道是多写了逗号，还是漏了一项。", "It may be a comma too many, or an item that was forgotten."),
        Phrase("删去多余的逗号；有意留空写 ''。", "Delete the comma, or write '' for an empty text."),
        "constraints: [points.rate > 0, , points.rate <= 10]\n" + _RULE,
        "constraints: [points.rate > 0, points.rate <= 10]\n" + _RULE,
    ),
    "text-after-end": Page(
        Phrase("内容已经结束，后面还有文字。", "The content has ended, and something follows."),
        Phrase("多出来的部分属于哪里，没法知道。", "Nobody can tell where it belongs."),
        Phrase("看前面的括号或引号是否收得太早，再删去多余部分。", "See whether a bracket or quote closes too early, or delete what is too much."),
    ),
    "text-after-quote": Page(
        Phrase("引号结束后还有文字。", "Something follows a closing quote."),
        Phrase("只有一半在引号里，不知道哪些算文字。", "Half of it is quoted, and nobody can tell what the text is."),
        Phrase("用引号把整段文字括起来。", "Put the quotes around the whole text."),
        'title: "县级"规则\n' + _RULE,
        'title: "县级规则"\n' + _RULE,
    ),
    "dash-after-key": Page(
        Phrase("列表的“-”和键写在同一行。", "The dash of a list stands on the line of its key."),
        Phrase("YAML 的列表要另起一行，不然读不出有几项。", "A list begins on a line of its own."),
        Phrase("另起一行并缩进；只有一项可写成 [内容]；是文字就加引号。", "Begin an indented line, or write [item]; put text in quotes."),
        "constraints: - points.rate > 0\n" + _RULE,
        "constraints:\n  - points.rate > 0\n" + _RULE,
    ),
    "indentation": Page(
        Phrase("这一行的缩进和上文对不齐。", "The indentation of the line fits nothing above it."),
        Phrase("层次靠缩进分，对不齐就不知道它属于哪一层。", "Indentation says what belongs where."),
        Phrase("同一层的键（或“-”）左对齐，只用空格。", "Align the keys (or dashes) of one level, with blanks only."),
        "title: 县级规则\n  points: 10\n points: 10\n" + _RULE,
        "title: 县级规则\npoints: 10\n" + _RULE,
    ),
    "duplicate-key": Page(
        Phrase("同一层里一个键写了两次，或中英文各写了一次。", "A key stands twice in one mapping, or once in each language."),
        Phrase("后写的会盖掉先写的，谁也看不出用了哪个。", "One would silently replace the other."),
        Phrase("留一个，删一个。", "Keep one of them."),
        "points: 10\n总分值: 100\n" + _RULE,
        "points: 10\n" + _RULE,
    ),
    "complex-key": Page(
        Phrase("键是列表或映射。", "A key is a list or a mapping."),
        Phrase("键要是一个名字；多半是以 [ 或 { 开头的文字没加引号。", "A key is a name; most often text that begins with [ or { lacks its quotes."),
        Phrase("给这段文字加引号。", "Put the text in quotes."),
        "facts:\n  [报道数]: 篇\n" + _RULE,
        "facts:\n  报道数: 篇\n" + _RULE,
    ),
    "merge-key": Page(
        Phrase("用了 YAML 的合并键 <<，不支持。", "The merge key << of YAML is not supported."),
        Phrase("并进来的键看不见，改一处会动到别处。", "What is merged is not seen where it counts."),
        Phrase("内容写全；整套沿用别的规则用 extends（继承）。", "Write the entries out; a rule set builds on another by `extends`."),
        "indicators:\n  - {<<: {points: 10}, id: rate, label: 预算执行率, measure: 全年执行数 / 全年预算数, method: ratio}\n",
        _RULE,
    ),
    "key-too-long": Page(
        Phrase("键太长。", "A key is too long."),
        Phrase("键是短名字，这么长多半是漏了冒号或引号，把一段文字读成了键。", "Keys are short names; most likely a colon or a quote is missing."),
        Phrase("检查这一行的冒号和引号。", "Check the colon and the quotes of the line."),
    ),
    "text-too-long": Page(
        Phrase("一段文字太长。", "A text is too long."),
        Phrase("表格里没有这么长的单元格，多半是引号没有收尾。", "No cell is so long; most likely a quote is not closed."),
        Phrase("检查引号；附件内容不要放进来。", "Check the quotes; leave annexes out."),
    ),
    "too-deep": Page(
        Phrase("嵌套层数太多。", "The nesting is too deep."),
        Phrase(
            "指标体系不过三四级，过深的嵌套多半是程序生成出错或有意为之。",
            "A tree of indicators has three or four levels; this is a fault or an attack.",
        ),
        Phrase("检查缩进和生成文件的程序。", "Check the indentation, and the program that wrote the file."),
    ),
    "too-many-items": Page(
        Phrase("文件里的键、值和列表项太多。", "The file holds too many keys, values and items."),
        Phrase("读取会占尽内存。", "Reading it would exhaust the memory."),
        Phrase("拆成几个文件。", "Split it into several files."),
    ),
}
