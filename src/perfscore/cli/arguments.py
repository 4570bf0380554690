"""The arguments of every command, with their help in one language."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from perfscore import __version__
from perfscore.cli import COMMANDS
from perfscore.cli.usage import Parser
from perfscore.text.phrase import Lang, Phrase

PASSES = ("tree", "rules", "plan", "form", "submission", "evaluation")


def parser(lang: Lang, only: str | None = None) -> argparse.ArgumentParser:
    """The parser of the whole command, or with just the one that is wanted: every argument costs start-up time."""

    def say(zh: str, en: str) -> str:
        return Phrase(zh, en).text(lang).replace("%", "%%")

    top = Parser(
        prog="perfscore", lang=lang, description=say("预算绩效自评表的精确评分与解释", "exact, explained scoring of budget performance forms")
    )
    top.add_argument("--version", action="version", version=f"perfscore {__version__}", help=say("显示版本", "show the version"))
    top.add_argument(
        "--lang", choices=("zh", "en"), default=lang, help=say("语言，缺省随环境，否则中文", "language; that of the environment, else zh")
    )
    commands = top.add_subparsers(dest="command", metavar=say("命令", "COMMAND"))

    def command(name: str) -> argparse.ArgumentParser:
        words = COMMANDS[name].text(lang)
        made = commands.add_parser(name, lang=lang, help=words, description=words)
        made.add_argument(
            "--lang", choices=("zh", "en"), default=lang, help=say("语言，缺省随环境，否则中文", "language; that of the environment, else zh")
        )
        made.add_argument("--color", choices=("auto", "always", "never"), default="auto", help=say("是否着色", "colour"))
        if name != "batch":
            made.add_argument("-o", "--output", metavar="PATH", help=say("写到文件，完整或者不写", "write to a file, whole or not at all"))
        made.add_argument("--force", action="store_true", help=say("覆盖已有的文件", "overwrite an existing file"))
        return made

    for name in COMMANDS:
        if only in (None, name):
            _ARGUMENTS[name](command(name), say)
    return top


Say = Callable[[str, str], str]


def _evaluate(evaluate: argparse.ArgumentParser, say: Say) -> None:
    formats = ("terminal", "json", "markdown")
    evaluate.add_argument("forms", nargs="+", metavar="FORM", help=say("填报表：文件、文件夹或 -", "form files, folders or -"))
    evaluate.add_argument("--rules", metavar="REF", help=say("规则，代替表里写的", "rule set, instead of the one the form names"))
    evaluate.add_argument(
        "--as-of", metavar="DATE", help=say("没有写版本的规则取这一天施行的版本", "rules without a version: the one in force on this day")
    )
    together = evaluate.add_mutually_exclusive_group()
    together.add_argument(
        "--cohort",
        action="store_true",
        help=say("各表放在一起比：名次、最好、平均、等级名额", "hold the forms against each other: ranks, means, quotas"),
    )
    together.add_argument(
        "--combine", action="store_true", help=say("各表合并成一张再评：金额相加，比率加权平均", "score all as one: amounts added, rates averaged")
    )
    evaluate.add_argument("--format", choices=formats, default="terminal", help=say("输出格式", "format of the result"))
    evaluate.add_argument("--explain", action="store_true", help=say("列出每一分的理由", "give every reason"))


def _batch(batch: argparse.ArgumentParser, say: Say) -> None:
    batch.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help=say(
            "填报表的文件、文件夹，或表格（csv、jsonl、parquet、arrow、xlsx）", "form files, folders, or tables (csv, jsonl, parquet, arrow, xlsx)"
        ),
    )
    batch.add_argument("--rules", metavar="REF", help=say("规则，代替表里写的", "rule set, instead of the one the form names"))
    batch.add_argument(
        "--as-of", metavar="DATE", help=say("没有写版本的规则取这一天施行的版本", "rules without a version: the one in force on this day")
    )
    batch.add_argument("--budgets", metavar="TABLE", help=say("各表的预算，另一张表格", "the budgets of the forms, another table"))
    batch.add_argument("--columns", metavar="FILE", help=say("列名对照：YAML，列名: 含义", "what columns mean: a YAML file of `column: meaning`"))
    explain = say("只说明各列怎样理解，不评分", "only say how the columns are understood")
    batch.add_argument("--explain-columns", action="store_true", help=explain)
    folder = say("结果写到这个文件夹；不写则只显示汇总", "write the tables to this folder; without it only the summary is shown")
    batch.add_argument("-o", "--output", dest="folder", metavar="FOLDER", help=folder)
    batch.set_defaults(output=None)
    formats = ("csv", "jsonl", "parquet", "arrow", "xlsx")
    batch.add_argument("--format", choices=formats, default="csv", help=say("各表的格式，缺省 csv", "the format of the tables, csv by default"))
    batch.add_argument("--indicators", action="store_true", help=say("另写每个指标的得分", "also write the score of every indicator"))
    batch.add_argument("--audit", action="store_true", help=say("每张表都审核", "audit every form, too"))
    batch.add_argument("--rank", action="store_true", help=say("汇总里显示名次", "show the ranking in the summary"))
    together = say("各表放在一起比：名次、最好、平均、等级名额", "hold the forms against each other: ranks, means, quotas")
    batch.add_argument("--cohort", action="store_true", help=together)
    batch.add_argument("--resume", action="store_true", help=say("接着上次没有做完的做", "go on where a run was stopped"))


def _verify(verify: argparse.ArgumentParser, say: Say) -> None:
    verify.add_argument("receipt", metavar="RECEIPT", help=say("perfscore batch 写的 receipt.json", "the receipt.json of perfscore batch"))
    folder = say(
        "凭据上的文件名从这个文件夹算起，缺省当前文件夹", "the folder that the names in the receipt start from; the working directory by default"
    )
    verify.add_argument("--folder", metavar="FOLDER", help=folder)


def _audit(audit: argparse.ArgumentParser, say: Say) -> None:
    audit.add_argument("forms", nargs="+", metavar="FORM", help=say("填报表：文件、文件夹或 -", "form files, folders or -"))
    audit.add_argument("--rules", metavar="REF", help=say("规则，代替表里写的", "rule set, instead of the one the form names"))
    audit.add_argument(
        "--as-of", metavar="DATE", help=say("没有写版本的规则取这一天施行的版本", "rules without a version: the one in force on this day")
    )
    _chosen(audit, say)
    formats = ("terminal", "json", "sarif", "github", "markdown")
    audit.add_argument("--format", choices=formats, default="terminal", help=say("输出格式", "format of the result"))


def _explain(explain: argparse.ArgumentParser, say: Say) -> None:
    first = say("填报表；单独一个检查编号则说明它是什么问题", "a form file; or, alone, the code of a finding, to be told what it means")
    explain.add_argument("forms", nargs=1, metavar="FORM|CODE", help=first)
    explain.add_argument("indicator", nargs="?", metavar="INDICATOR", help=say("指标的编号或名称", "an indicator's id or label"))
    explain.set_defaults(error=explain.error)
    explain.add_argument("--rules", metavar="REF", help=say("规则，代替表里写的", "rule set, instead of the one the form names"))
    explain.add_argument("--format", choices=("terminal", "markdown"), default="terminal", help=say("输出格式", "format of the result"))


def _test(test: argparse.ArgumentParser, say: Say) -> None:
    names = say(
        "规则（如 hunan/department@2024）、规则文件、测试文件或文件夹；不写则是自带的全部规则",
        "rule sets (like hunan/department@2024), rule files, test files or folders; all that ship if none are given",
    )
    test.add_argument("names", nargs="*", metavar="RULES", help=names)
    covered = say("示例至少要覆盖规则的百分之几，0 到 100", "the least that the examples must reach of the rules, in per cent")
    test.add_argument("--min-coverage", metavar="N", default="0", help=covered)
    test.add_argument("--format", choices=("terminal", "json", "markdown"), default="terminal", help=say("输出格式", "format of the result"))


def _chosen(checks: argparse.ArgumentParser, say: Say) -> None:
    """Which findings are wanted: the same for every kind of checks."""
    checks.add_argument("--select", action="append", metavar="CODES", help=say("只查这些编号，用逗号隔开", "look for these codes only, with commas"))
    checks.add_argument("--ignore", action="append", metavar="CODES", help=say("不查这些编号", "do not look for these codes"))
    checks.add_argument(
        "--severity",
        action="append",
        metavar="CODE=LEVEL",
        help=say("改一种问题的级别：error、warning 或 advice", "another severity for a code: error, warning or advice"),
    )
    checks.add_argument(
        "--fail-on",
        choices=("error", "warning", "advice"),
        help=say("从哪一级起退出码为 1，缺省 warning", "the severity from which the exit status is 1, warning by default"),
    )
    settings = say("设置文件；不写则从当前文件夹往上找", "the settings file; else the nearest one from here upwards")
    checks.add_argument("--config", metavar="PATH", help=settings)


def _lint(lint: argparse.ArgumentParser, say: Say) -> None:
    names = say(
        "规则（如 hunan/department@2024）、规则文件或文件夹；不写则是自带的全部规则",
        "rule sets (like hunan/department@2024), rule files or folders; all that ship if none are given",
    )
    lint.add_argument("names", nargs="*", metavar="RULES", help=names)
    _chosen(lint, say)
    lint.add_argument(
        "--jump",
        metavar="SHARE",
        help=say(
            "端点上得分跳变超过分值的多少才提出，缺省 50%", "the greatest jump at an end that is no finding, as a share of the points; 50% by default"
        ),
    )
    mend = lint.add_mutually_exclusive_group()
    mend.add_argument("--diff", action="store_true", help=say("只显示 --fix 会怎样改", "only show what --fix would change"))
    mend.add_argument(
        "--fix",
        action="store_true",
        help=say("改写能自动改的地方：整个文件改成，或一处不改", "write what can be mended mechanically: a whole file or nothing of it"),
    )
    formats = ("terminal", "json", "sarif", "github", "markdown")
    lint.add_argument("--format", choices=formats, default="terminal", help=say("输出格式", "format of the result"))


def _init(init: argparse.ArgumentParser, say: Say) -> None:
    init.add_argument("reference", metavar="REF", help=say("规则，如 hunan/department@2024", "a rule set, like hunan/department@2024"))


def _show(show: argparse.ArgumentParser, say: Say) -> None:
    steps = say(
        "tree 语法树；rules 合并后的规则；plan 曲线与情形；form 照印的表；submission 读懂的表；evaluation 评分",
        "tree: the syntax; rules: merged; plan: curves and variants; form: as printed; submission: as understood; evaluation: scored",
    )
    show.add_argument("step", choices=PASSES, metavar="PASS", help=steps)
    show.add_argument(
        "file",
        metavar="FILE",
        help=say("tree 任何 YAML；rules、plan 规则或规则文件；其余填报表", "tree: any YAML; rules, plan: a rule set or its file; the others: a form"),
    )
    show.add_argument("--rules", metavar="REF", help=say("规则，代替表里写的", "rule set, instead of the one the form names"))
    show.add_argument("--format", choices=("terminal", "json", "markdown"), default="terminal", help=say("输出格式", "format of the result"))


def _rules(rules: argparse.ArgumentParser, say: Say) -> None:
    actions = say(
        "list 列出自带的规则；show 显示一套规则；draw 把它的计分曲线画成 SVG；print 连同继承的内容印成一个规则文件；diff 两套规则之间的变动；"
        "schema 给出规则文件或填报表的 JSON Schema，或用它检查文件",
        "list: the shipped rule sets; show: one of them; draw: its curves as SVG; print: one with all that it inherits, as one rule file; "
        "diff: what changed between two; schema: the JSON Schema of rule files or forms, or what it says of files",
    )
    names = say(
        "show、draw、print：规则，如 hunan/department@2024 或文件；diff：原规则和现规则；schema：rules 或 form，后面可写要检查的文件",
        "show, draw, print: a rule set, like hunan/department@2024, or a file; diff: two of them; schema: rules or form, and the files to check if any",
    )
    rules.add_argument("action", choices=("list", "show", "draw", "print", "diff", "schema"), metavar="ACTION", help=actions)
    rules.add_argument("names", nargs="*", metavar="NAME", help=names)
    rules.add_argument(
        "--as-of", metavar="DATE", help=say("没有写版本的规则取这一天施行的版本", "rules without a version: the one in force on this day")
    )
    rules.add_argument("--keys", choices=("zh", "en"), help=say("print：键的语言，缺省 en", "print: the language of the keys, en by default"))
    rules.add_argument(
        "--origins", action="store_true", help=say("print：注明继承来的各项出自哪个文件", "print: name the file that set what is inherited")
    )
    rules.add_argument(
        "--impact", nargs="+", metavar="FORM", help=say("diff：这些填报表的得分怎样变动", "diff: what it does to the scores of these forms")
    )
    rules.add_argument("--format", choices=("terminal", "json", "markdown"), default="terminal", help=say("输出格式", "format of the result"))


_ARGUMENTS = {
    "evaluate": _evaluate,
    "audit": _audit,
    "batch": _batch,
    "verify": _verify,
    "explain": _explain,
    "test": _test,
    "lint": _lint,
    "rules": _rules,
    "init": _init,
    "show": _show,
}
