"""Pages of rule sets by name, version and the days on which they are in force."""

from __future__ import annotations

from perfscore.model.page import Page
from perfscore.text.phrase import Phrase

PAGES: dict[str, Page] = {
    "unknown-rules": Page(
        Phrase("没有自带这套规则（或这个版本）。", "No rule set, or no version of one, that ships has this name."),
        Phrase("相近的名字可能是别的地区、别的年度，不替人选用。", "A name that is near may be another region or year."),
        Phrase(
            "用 perfscore rules list 查编号；自己的规则写文件名。", "`perfscore rules list` has the ids; rules of your own are named by their file."
        ),
        "rules: hunan/departmnt@2024\n",
        "rules: hunan/department@2024\n",
    ),
    "version-needed": Page(
        Phrase("规则没有写版本，也没有日期可据以确定。", "The rule set is named without its version, and there is no day to choose one by."),
        Phrase("各年规则不同，不能默认取最新的。", "The versions differ, and the newest is not always the right one."),
        Phrase("写成 编号@版本；或在表上写年度、命令加 --as-of。", "Write id@version, or give the form a `year`, or the command --as-of."),
        "rules: hunan/department\n",
        "rules: hunan/department\nyear: 2024\n",
    ),
    "none-in-force": Page(
        Phrase("这一天没有施行中的版本。", "No version is in force on that day."),
        Phrase("用别的年度的规则评，分值和等级线可能都不对。", "Rules of another year may have other points and other grades."),
        Phrase("核对年度或 --as-of；确要用某一版，写明 @版本。", "Check the year or --as-of; name a version to use it all the same."),
        "rules: hunan/department\nyear: 2001\n",
        "rules: hunan/department\nyear: 2024\n",
    ),
    "several-in-force": Page(
        Phrase("这一天施行的版本不止一个。", "More than one version is in force on that day."),
        Phrase("施行期重叠，用哪一版会影响得分。", "Their days overlap, and the scores depend on the choice."),
        Phrase("写明 @版本；自带规则的施行期写错了的，请反馈。", "Name the version; if the days of a shipped rule set are wrong, tell us."),
    ),
    "not-in-force": Page(
        Phrase("指定的这一版规则，那一天不在施行期内。", "The version that is named is not in force on that day."),
        Phrase("用过期或尚未施行的规则评出的分没有依据。", "A score by rules that are not in force rests on nothing."),
        Phrase("改 --as-of，或换用当时施行的版本。", "Change --as-of, or name the version of that time."),
    ),
}
