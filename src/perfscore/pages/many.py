"""Pages of what a run over many forms says: its folder, its parts, its receipt."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

PAGES: dict[str, Page] = {
    "already-finished": Page(
        Phrase("这个文件夹里的批量评分已经做完。", "The run whose results stand in this folder is finished."),
        Phrase("没有可接着做的，什么也没有改动。", "There is nothing to go on with, and nothing was changed."),
        Phrase("要重做加 --force；要核对用 perfscore verify。", "Add --force to make it anew, or use `perfscore verify` to check it."),
    ),
    "more-errors": Page(
        Phrase("问题太多，屏幕上只列了前面的。", "Too much is wrong to be shown: only the first is."),
        Phrase("其余的一条不少，都在 errors 表里。", "All of it stands in the table of errors, nothing is lost."),
        Phrase("打开 errors 表逐条处理；没有写 -o 的，写上再运行。", "Go through the table of errors; without `-o` there is none yet."),
    ),
    "part-changed": Page(
        Phrase("运行途中，parts 文件夹里做完的一段被别的程序改动了。", "During the run another program changed a finished part in its folder."),
        Phrase("用它汇总出来的结果不可信。", "Nothing that is put together from it could be trusted."),
        Phrase("不要两次运行写同一个文件夹；加 --resume 再运行。", "Let no two runs write to one folder, and run it again with --resume."),
    ),
    "not-a-receipt": Page(
        Phrase("这个文件不是 perfscore batch 写的凭据，或被改动过。", "The file is no receipt of `perfscore batch`, or was changed."),
        Phrase("没有凭据就不知道当时用了哪些规则和文件。", "Without it nobody knows which rules and files a result was made from."),
        Phrase("用结果文件夹里的 receipt.json。", "Take the `receipt.json` of the folder with the results."),
    ),
    "engine-differs": Page(
        Phrase("凭据是另一个版本的 perfscore 写的。", "The receipt was written by another version of perfscore."),
        Phrase("结果相同就没有问题；不同时可能是版本的原因。", "If the results are the same all is well; else this may be why."),
        Phrase("结果不同的，用当时的版本再核对一次。", "Where results differ, check once more with the version of the receipt."),
    ),
    "rules-differ": Page(
        Phrase("规则和凭据上的不一样。", "The rules are not those of the receipt."),
        Phrase("规则改了，重算的得分就不能证明当时的得分。", "With other rules a replayed score proves nothing of the one before."),
        Phrase("找回当时的规则文件再核对，或者重新评分。", "Get the rules of that time back, or score the forms anew."),
    ),
    "input-differs": Page(
        Phrase("读入的文件和凭据上的不一样：改过、少了或多了。", "A file is not that of the receipt: changed, gone, or new."),
        Phrase("结果说的是当时的文件，不是现在的。", "The results are about the file as it was."),
        Phrase(
            "找回当时的文件再核对，或者重新评分；文件搬了地方用 --folder。", "Get the file back, or score anew; for files that moved, see --folder."
        ),
    ),
    "result-differs": Page(
        Phrase("重算的结果和凭据上的不一样。", "The replayed results are not those of the receipt."),
        Phrase("规则、文件、版本都没变时，这不应发生。", "With the same rules, files and version this must not happen."),
        Phrase("先看前面列出的原因；没有原因的请报告给我们。", "See the causes that are named first; if there is none, report it to us."),
    ),
}
