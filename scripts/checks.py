"""
The pages of codes, written from what the code says of itself: `docs/checks`, a page for each check and one for all other messages, in both languages.

`python scripts/checks.py` writes what is not as it should be; a test holds that nothing is to be written.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from perfscore.cli.pages import codes, command, page, says, severity  # noqa: E402 - the checkout's own package, installed or not
from perfscore.report.findings import SEVERITY  # noqa: E402
from perfscore.report.pages import outline  # noqa: E402
from perfscore.text.phrase import Lang, Phrase  # noqa: E402
from perfscore.text.source import Source  # noqa: E402
from perfscore.text.yaml import parse  # noqa: E402
from perfscore.views import render  # noqa: E402

FOLDER = "docs/checks"
_MADE = Phrase(
    "<!-- 由源码里的说明生成：python scripts/checks.py -->",
    "<!-- made from what the source says of each code: python scripts/checks.py -->",
)
_OTHER = {"zh": "English", "en": "中文"}
_ALL = Phrase("全部编号", "all codes")
_TITLE = Phrase("# 编号", "# Codes")
_INTRO = Phrase(
    "怎样用见[规则检查](../linting-rules.zh-CN.md)。`perfscore explain 编号` 显示同样的说明。",
    "How they are used is on the page about [linting rules](../linting-rules.md); `perfscore explain CODE` shows the same.",
)
_CHECKS = {
    "lint": Phrase("## 规则检查的编号\n\n| 编号 | 级别 | 问题 |\n|---|---|---|", "## Findings of lint\n\n| code | severity | what |\n|---|---|---|"),
    "audit": Phrase("## 审核的编号\n\n| 编号 | 级别 | 问题 |\n|---|---|---|", "## Findings of an audit\n\n| code | severity | what |\n|---|---|---|"),
}
_REST = Phrase(
    "## 读取、评分和命令的编号\n\n| 编号 | 问题 |\n|---|---|", "## Messages of readers, of scoring and of the command\n\n| code | what |\n|---|---|"
)
_MESSAGES = Phrase("# 读取、评分和命令的编号", "# Messages of readers, of scoring and of the command")
#: What a page sets in code type, as the view escapes it: nothing of a form may become markup, but these texts are ours.
_CODE = re.compile(r"\\`(.*?)\\`")
_PIECE = re.compile(r"^(`{3,})\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def made() -> dict[str, str]:
    """Every page there should be, by its path in the repository."""
    found: dict[str, str] = {}
    for lang in ("zh", "en"):
        end = _ending(lang)
        findings: dict[str, list[str]] = {name: [] for name in _CHECKS}
        messages, sections = [], []
        for code in codes():
            heading, _, body = _page(code, lang).partition("\n")
            what = says(code) or Phrase("", "")
            if (of := command(code)) is not None:
                found[f"{FOLDER}/{code}{end}"] = f"{_MADE.text(lang)}\n{heading}\n\n{_links(code, lang)}\n{body}"
                level = SEVERITY[severity(code) or "error"].text(lang)
                findings[of].append(f"| [`{code}`]({code}{end}) | {level} | {what.text(lang)} |")
            else:
                messages.append(f"| [`{code}`](messages{end}#{code}) | {what.text(lang)} |")
                sections.append(f"## {code}\n" + re.sub(r"^### (.*)$", r"**\1**", body, flags=re.MULTILINE))
        head = f"{_MADE.text(lang)}\n{_MESSAGES.text(lang)}\n\n{_links('messages', lang)}\n"
        found[f"{FOLDER}/messages{end}"] = "\n".join([head, *sections])
        tables = ["\n".join([title.text(lang), *findings[name]]) for name, title in _CHECKS.items()]
        tables.append("\n".join([_REST.text(lang), *messages]))
        parts = [f"{_MADE.text(lang)}\n{_TITLE.text(lang)}", _other("README", lang), _INTRO.text(lang), *tables]
        found[f"{FOLDER}/README{end}"] = "\n\n".join(parts) + "\n"
    return found


def _page(code: str, lang: Lang) -> str:
    one, said = page(code), says(code)
    if one is None or said is None:
        raise SystemExit(f"{code} has no page")
    return _CODE.sub(_code, _PIECE.sub(_marked, render(outline(code, said, severity(code), one, lang), "markdown")))


def _marked(found: re.Match[str]) -> str:
    """A piece of a file as YAML, if it is that: some are shown because they are not."""
    good = not parse(Source("-", found[2])).problems
    return f"{found[1]}{'yaml part' if good else ''}\n{found[2]}{found[1]}"


def _code(found: re.Match[str]) -> str:
    return "`" + re.sub(r"\\(.)", r"\1", found[1]) + "`"


def _links(name: str, lang: Lang) -> str:
    return f"{_other(name, lang)} · [{_ALL.text(lang)}](README{_ending(lang)})"


def _other(name: str, lang: Lang) -> str:
    return f"[{_OTHER[lang]}]({name}{_ending('en' if lang == 'zh' else 'zh')})"


def _ending(lang: Lang) -> str:
    return ".zh-CN.md" if lang == "zh" else ".md"


def main() -> None:
    """Write what differs, take away what no code has any more, and say so."""
    wanted = made()
    folder = ROOT / FOLDER
    folder.mkdir(exist_ok=True)
    for path in sorted(folder.iterdir()):
        if f"{FOLDER}/{path.name}" not in wanted:
            path.unlink()
            print(f"removed {path.name}")
    for name, text in wanted.items():
        path = ROOT / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {name}")


if __name__ == "__main__":
    main()
