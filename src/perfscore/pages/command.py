"""Pages of what a person asks of the command: arguments, output, and the codes of findings."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

PAGES: dict[str, Page] = {
    "bad-arguments": Page(
        Phrase("命令的参数不对。", "The arguments of the command are wrong."),
        Phrase("猜着做可能评错表、写错文件。", "A guess might score or write the wrong file."),
        Phrase("按提示的写法改，或加 --help 看用法。", "Write them as the message shows, or see --help."),
    ),
    "broken-settings": Page(
        Phrase("设置文件不是合格的 TOML。", "The settings file is no TOML."),
        Phrase(
            "读不懂的设置如果跳过，检查的就不是要检查的。",
            "With settings that are passed over, other things would be looked for than were asked for.",
        ),
        Phrase("按提示的行改；常见的是引号、方括号没有配对。", "Mend the line that is named; most often a quote or bracket is not closed."),
    ),
    "bad-settings": Page(
        Phrase("设置里的值不对。", "A value in the settings is wrong."),
        Phrase("猜着用，检查的就不是要检查的。", "A guess might look for other things than were asked for."),
        Phrase('按提示改；jump 要写带引号的百分数，如 "50%"。', 'Write it as the message shows; `jump` is a share in quotes, like "50%".'),
    ),
    "not-mended": Page(
        Phrase(
            "没有写入：自动改会出错，或改不完，或这是自带的规则。",
            "Nothing was written: mending would make new errors or never end, or the rules ship with perfscore.",
        ),
        Phrase(
            "改坏的规则比没改的更难发现；自带的规则下次安装就被覆盖。",
            "Rules that were mended wrong are harder to find, and what ships is overwritten by the next installation.",
        ),
        Phrase(
            "按提示自己改；用 --select 可以只让一种问题自动改；自带的规则请另写一套继承它。",
            "Mend it by hand; with `--select` only one kind of finding is mended. Of what ships, write rules that extend it.",
        ),
    ),
    "unknown-indicator": Page(
        Phrase("没有这个名称或编号的指标。", "No indicator has this label or id."),
        Phrase("多半是名称写得不全，或这张表没有这一行。", "Most often the label is not complete, or the form has no such row."),
        Phrase("用提示里的名称，或先 perfscore evaluate 看一遍。", "Use a name of the hint, or see `perfscore evaluate` first."),
    ),
    "ambiguous-indicator": Page(
        Phrase("有几个指标叫这个名称。", "Several indicators have this label."),
        Phrase("解释错一个，结论就对不上。", "The explanation of another one would prove nothing."),
        Phrase("改用提示里的编号。", "Use an id of the hint."),
    ),
    "nothing-to-draw": Page(
        Phrase("这套规则没有计分曲线可画。", "The rule set has no curves to draw."),
        Phrase("模板没有分值和方法，只有框架。", "A template has neither points nor methods."),
        Phrase("画继承它的规则。", "Draw the rules that extend it."),
    ),
    "unknown-format": Page(
        Phrase("没有这种输出格式。", "There is no such output format."),
        Phrase("换一种格式输出，下一步的程序就读不了。", "The program that reads it expects the one that was named."),
        Phrase("从提示里选一种。", "Choose one of the hint."),
    ),
    "output-refused": Page(
        Phrase(
            "不往 -o 指的地方写：文件已存在、不是普通文件，或正是这次要读的。",
            "Nothing is written there: the file exists, is no regular file, or is one of those read.",
        ),
        Phrase("覆盖了填报表或规则，就找不回来了。", "A form or rule file that is overwritten is lost."),
        Phrase("换个文件名；确要覆盖旧结果的加 --force。", "Use another name, or --force to replace an old result."),
    ),
    "output-failed": Page(
        Phrase(
            "结果写不出来：没有权限、磁盘满了、文件夹不存在，或文件正打开着。",
            "The result cannot be written: no permission, a full disk, no such folder, or an open file.",
        ),
        Phrase("结果没有保存；原来的文件没有动。", "Nothing was saved, and what was there is as before."),
        Phrase("按提示处理后再运行一次。", "Mend what the message names, and run it again."),
    ),
    "unknown-code": Page(
        Phrase("没有这个编号的检查。", "No check has this code."),
        Phrase("写错的编号什么也不会选中、不会放过。", "A misspelt code selects and allows nothing."),
        Phrase(
            "按提示改；这里只能用检查（lint）的编号，读取时的错误不能放过。",
            "Use the code of the hint; only findings of lint can be chosen, errors of readers cannot.",
        ),
    ),
    "suppression-without-reason": Page(
        Phrase("“允许”某个问题的注释没有写编号或理由，不起作用。", "A comment that allows a finding lacks its code or a reason, and allows nothing."),
        Phrase("没有理由，以后没人知道能不能改。", "Without a reason nobody will know whether it may be changed."),
        Phrase("写作 # 检查：允许 编号：理由。", "Write # lint: allow CODE: reason"),
    ),
    "unused-suppression": Page(
        Phrase("“允许”的问题这里已经没有了。", "What a comment allows is no longer found there."),
        Phrase("留着它，以后同样的问题再出现也不会报。", "Left in place, it would hide the same fault when it comes back."),
        Phrase("删去这条注释。", "Delete the comment."),
    ),
}
