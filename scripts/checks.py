"""
The pages of what is found in rule files, written from what the checks say of themselves: `docs/checks`, one for each code, in both languages.

`python scripts/checks.py` writes what is not as it should be; a test holds that nothing is to be written.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from perfscore.lint.pages import codes, page, says, severity  # noqa: E402 - the checkout's own package, installed or not
from perfscore.report.findings import SEVERITY  # noqa: E402
from perfscore.report.pages import outline  # noqa: E402
from perfscore.text.phrase import Lang, Phrase  # noqa: E402
from perfscore.text.source import Source  # noqa: E402
from perfscore.text.yaml import parse  # noqa: E402
from perfscore.views import render  # noqa: E402

FOLDER = "docs/checks"
_MADE = Phrase(
    "<!-- 由检查自带的说明生成：python scripts/checks.py -->\n",
    "<!-- made from what the checks say of themselves: python scripts/checks.py -->\n",
)
_OTHER = {"zh": "English", "en": "中文"}
_ALL = Phrase("全部编号", "all codes")
_TITLE = Phrase("# 检查编号\n", "# The codes of findings\n")
_INTRO = Phrase(
    "怎样用见[规则检查](../linting-rules.zh-CN.md)。`perfscore explain 编号` 显示同样的说明。\n",
    "How to use them is in [Linting rules](../linting-rules.md); `perfscore explain CODE` shows the same pages.\n",
)
_HEAD = Phrase("| 编号 | 级别 | 问题 |", "| code | severity | what |")
#: What a page sets in code type, as the view escapes it: to a reader of forms nothing may become markup, but these texts are ours.
_CODE = re.compile(r"\\`(.*?)\\`")
_PIECE = re.compile(r"^(`{3,})\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def made() -> dict[str, str]:
    """Every page there should be, by its path in the repository."""
    found: dict[str, str] = {}
    for lang in ("zh", "en"):
        rows = []
        for code in codes():
            text, said = _page(code, lang)
            found[f"{FOLDER}/{code}{_ending(lang)}"] = text
            rows.append(f"| [`{code}`]({code}{_ending(lang)}) | {SEVERITY[severity(code)].text(lang)} | {said} |")
        parts = [
            _MADE.text(lang) + _TITLE.text(lang),
            _other("README", lang),
            _INTRO.text(lang),
            "\n".join([_HEAD.text(lang), "|---|---|---|", *rows]) + "\n",
        ]
        found[f"{FOLDER}/README{_ending(lang)}"] = "\n".join(parts)
    return found


def _page(code: str, lang: Lang) -> tuple[str, str]:
    """The page of a code, and what it says in a few words."""
    one, said = page(code), says(code)
    if one is None or said is None:
        raise SystemExit(f"{code} has no page")
    text = _CODE.sub(_code, _PIECE.sub(_marked, render(outline(code, said, severity(code), one, lang), "markdown")))
    title, _, rest = text.partition("\n")
    links = _other(code, lang).rstrip("\n") + f" · [{_ALL.text(lang)}](README{_ending(lang)})\n"
    return f"{_MADE.text(lang)}{title}\n\n{links}{rest}", said.text(lang)


def _marked(found: re.Match[str]) -> str:
    """A piece of a file as YAML, if it is that: some are shown because they are not."""
    good = not parse(Source("-", found[2])).problems
    return f"{found[1]}{'yaml part' if good else ''}\n{found[2]}{found[1]}"


def _code(found: re.Match[str]) -> str:
    return "`" + re.sub(r"\\(.)", r"\1", found[1]) + "`"


def _other(name: str, lang: Lang) -> str:
    return f"[{_OTHER[lang]}]({name}{_ending('en' if lang == 'zh' else 'zh')})\n"


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
