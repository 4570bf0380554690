"""Pages of files that cannot be opened, decoded or taken for what they should be."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

_SAVE = Phrase("用编辑器“另存为”，编码选 UTF-8。", "Save it again with the encoding UTF-8.")
_RETYPE = Phrase("删掉这一处，用键盘重新输入。", "Delete the place and type it anew.")
_RULE = "indicators: [{id: rate, label: 预算执行率, points: 10, measure: 全年执行数 / 全年预算数, method: ratio}]\n"

PAGES: dict[str, Page] = {
    "file-not-found": Page(
        Phrase("没有这个名字的文件。", "No file has this name."),
        Phrase(
            "多半是扩展名、文件夹写错，或者 extends 指的文件没有一起带来。",
            "Most often the ending or the folder is wrong, or a base was not copied along.",
        ),
        Phrase("核对文件名、扩展名和所在文件夹；含空格的名字加引号。", "Check the name, its ending and the folder; quote a name with blanks."),
    ),
    "not-readable": Page(
        Phrase("有这个文件（或文件夹、标准输入），但读不出来。", "The file, the folder or standard input is there and cannot be read."),
        Phrase("没有读取权限，或者别的程序占用着它；读一半的表不能评分。", "It is locked or not permitted, and half a form cannot be scored."),
        Phrase("关掉占用它的程序，或请管理员给读取权限。", "Close the program that has it open, or ask for the permission to read it."),
    ),
    "not-a-file": Page(
        Phrase("这里要的是一个文件，给的是文件夹、管道或设备。", "A file is wanted, and this is a folder, a pipe or a device."),
        Phrase("这样的东西没有固定内容，读它可能没有尽头。", "Such a thing has no fixed content, and reading it may never end."),
        Phrase(
            "写明文件夹里的那个文件；要从管道读填报表，文件名写 -。",
            "Name the file inside the folder; to read a form from a pipe write - for its name.",
        ),
    ),
    "file-too-large": Page(
        Phrase("文件超过大小上限。", "The file is larger than the limit."),
        Phrase("一张自评表不过几百行，大成这样多半是选错了文件。", "A form has a few hundred lines: this is most likely another file."),
        Phrase("确认选对了文件；确有这么多填报表的，拆成几个文件。", "Check that it is the right file; split one that really holds so many forms."),
    ),
    "encoding-gb18030": Page(
        Phrase("文件不是 UTF-8，已按 GB18030（GBK）读取。", "The file is not UTF-8, and was read as GB18030 (GBK)."),
        Phrase("编码是猜出来的，猜错了名称就成了乱码，对不上规则。", "The encoding was inferred; were it wrong, labels would meet no rule."),
        _SAVE,
    ),
    "encoding-unknown": Page(
        Phrase("看不出文件是什么编码。", "The encoding of the file is not certain."),
        Phrase("猜错编码会把字读成别的字，所以不替人猜。", "A wrong guess turns characters into others, so nothing is guessed."),
        _SAVE,
    ),
    "encoding-damaged": Page(
        Phrase("文件开头标明了编码，后面的内容却不是这种编码。", "The file begins with the mark of an encoding that its content does not keep to."),
        Phrase("多半是传输中断或两个文件拼在一起，后面的内容不可信。", "It was cut off or joined from two files, and the rest cannot be trusted."),
        Phrase("重新取一份完整的文件；还不行，另存为 UTF-8。", "Get a whole copy of the file; else save it again as UTF-8."),
    ),
    "bidi-character": Page(
        Phrase("文本里有改变书写方向的控制字符。", "The text holds a character that changes the direction of writing."),
        Phrase("屏幕上看到的和程序读到的可以不一样，例如把 10 显示成 01。", "What is seen and what is read can differ: 10 may be shown as 01."),
        _RETYPE,
    ),
    "line-separator": Page(
        Phrase("文本里有少见的换行字符。", "The text holds a rare line separator."),
        Phrase("有的程序当它换行，有的不当，同一个文件会读出两种内容。", "Some programs end a line there and others do not: one file, two readings."),
        _RETYPE,
    ),
    "lone-surrogate": Page(
        Phrase("文本里有半个字符。", "The text holds half a character."),
        Phrase("它不代表任何字，写不成文件，也比不出相同。", "It stands for nothing, cannot be written to a file and equals nothing."),
        Phrase(
            "重新输入这个字；程序生成的 JSON，两半要连着写。", "Type the character anew; in JSON made by a program both halves stand side by side."
        ),
    ),
    "control-character": Page(
        Phrase("文本里有控制字符。", "The text holds a control character."),
        Phrase("它肉眼看不见，却让两个看着一样的名称对不上。", "It is not seen, and keeps two labels that look alike from meeting."),
        _RETYPE,
    ),
    "invisible-character": Page(
        Phrase("文本里有看不见的字符，多由网页或 Word 粘贴带入。", "The text holds an invisible character, most often pasted from a page or Word."),
        Phrase("“产出指标”里夹一个零宽空格，就不是规则里的“产出指标”了。", "A label with a zero-width space inside is another label to the rules."),
        _RETYPE,
    ),
    "more-characters": Page(
        Phrase("这样的字符还有很多，只列出前 20 处。", "There are more such characters; the first 20 are listed."),
        Phrase("整篇都有，说明整份文件是粘贴或转换坏的，不必一处处改。", "So many mean that a paste or a conversion spoilt the whole file."),
        Phrase("从原件重新取得文本（粘贴时选“只保留文本”），再检查一遍。", "Get the text anew from its source (paste as plain text), and try again."),
    ),
    "empty-file": Page(
        Phrase("文件里没有内容，或者只有注释。", "The file is empty, or holds comments only."),
        Phrase("没有内容就没有规则或填报表，多半是保存失败了。", "Nothing in it is neither rules nor a form; perhaps saving it failed."),
        Phrase("重新保存；新建填报表用 perfscore init。", "Save it again; `perfscore init` makes an empty form."),
    ),
    "path-refused": Page(
        Phrase(
            "文件里引用的规则不在本文件夹内，或者不是允许的写法。", "A file names rules outside of its own folder, or in a way that is not allowed."
        ),
        Phrase(
            "收到的文件若能指向任意位置，就能读到别人的文件，换台机器也找不到。",
            "A file that could name any place could read what is not its own, and would fail elsewhere.",
        ),
        Phrase(
            "写 编号@版本，或本文件夹内的相对路径，如 common/base.yaml。",
            "Write id@version, or a relative path inside the folder, like common/base.yaml.",
        ),
        "extends: ../base.yaml\n" + _RULE,
        "extends: china/project-self@2020\n",
    ),
    "extends-cycle": Page(
        Phrase("规则一层层继承，绕回了自己，或层数太多。", "A rule set extends itself by way of others, or the chain is too long."),
        Phrase("没有最底下的一份，谁都不知道以哪个为准。", "There is no file to begin with, so nobody knows what counts."),
        Phrase("去掉其中一个 extends（继承），让最基础的文件不再继承别的。", "Take one `extends` out: the lowest file extends nothing."),
    ),
    "one-rule-set": Page(
        Phrase("规则文件里有第二份文档（--- 之后）。", "The rule file holds a second document (behind ---)."),
        Phrase("只有一份会用到，另一份写了也白写。", "Only one of them would count, and the other would be read by nobody."),
        Phrase("一套规则一个文件，分开存放。", "Put each rule set into a file of its own."),
        _RULE + "---\ntitle: 另一套规则\n",
        _RULE + "title: 县级规则\n",
    ),
    "not-a-rule-file": Page(
        Phrase("要的是规则文件，给的是填报表或测试文件。", "A rule file is wanted, and this is a form or a test file."),
        Phrase("两种文件的键不同，硬读会报出上百个不认识的键。", "Their keys differ, and reading on would complain of a hundred of them."),
        Phrase("检查命令里的次序：填报表写在前面，规则写在 --rules 之后。", "Check the order: forms stand first, rules behind --rules."),
    ),
    "not-a-form": Page(
        Phrase("要的是填报表，给的是规则文件或测试文件。", "A form is wanted, and this is a rule file or a test file."),
        Phrase("规则不能给自己评分；文件夹里混有规则时，只跳过它。", "Rules cannot be scored; inside a folder they are passed over."),
        Phrase("写上填报表的文件名；规则写在 --rules 之后。", "Name the form; the rules go behind --rules."),
        'rules: hunan/department@2024\nversion: "2024"\n',
        "rules: hunan/department@2024\nyear: 2024\n",
    ),
    "no-forms": Page(
        Phrase("文件夹里没有填报表，或者没有可以合并的表。", "The folder holds no form file, or there is no form to combine."),
        Phrase("什么都没评却不出声，会让人以为都评完了。", "Silence would look like success."),
        Phrase("填报表以 .yaml、.yml 或 .json 结尾；核对文件夹。", "Forms end in .yaml, .yml or .json; check the folder."),
    ),
    "more-than-one-form": Page(
        Phrase("文件里不止一张表，read_form 只读一张。", "The file holds several forms, and read_form reads one."),
        Phrase("只取第一张，其余的就悄悄丢了。", "Taking the first would lose the others without a word."),
        Phrase("改用 read_many，逐张处理。", "Use read_many, and take them one by one."),
    ),
    "files-skipped": Page(
        Phrase("文件夹里有些文件不是要读的，已跳过并列出。", "Some files of the folder are not of the kind that is read; they are listed."),
        Phrase("漏评一张表不容易发现，扩展名写错的表也会在这里。", "A form left out is hard to notice, and one with a wrong ending is among these."),
        Phrase("看一遍名单；该读的改成 .yaml，或直接写出文件名。", "Look through the list; give what should be read the ending .yaml, or name it."),
    ),
    "too-many-rows": Page(
        Phrase("一张表的指标行太多。", "A form has too many rows."),
        Phrase("真实的表至多百来行，行数过多时精确求和会极慢。", "Real forms have a hundred; exact sums of many thousands take minutes."),
        Phrase("看是不是几张表拼在了一起，拆成几个文件或用 --- 隔开。", "See whether several forms were joined; split them, or put --- between."),
    ),
}
