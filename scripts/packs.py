"""
The pages of the shipped rule sets, written from their files: `docs/packs`, a page and a picture each, in both languages.

`python scripts/packs.py` writes what is not as it should be; a test holds that nothing is to be written.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from perfscore.report.pictures import sheet  # noqa: E402 - the checkout's own package, installed or not
from perfscore.report.rules import page  # noqa: E402
from perfscore.ruleset.build import load_rules  # noqa: E402
from perfscore.ruleset.load import shipped_references  # noqa: E402
from perfscore.ruleset.plan import plan  # noqa: E402
from perfscore.text.phrase import Lang, Phrase  # noqa: E402
from perfscore.views import render  # noqa: E402

FOLDER = "docs/packs"
_CURVES = Phrase("计分曲线", "The curves")
_MADE = Phrase(
    "<!-- 由规则文件生成：python scripts/packs.py -->\n",
    "<!-- made from the rule file: python scripts/packs.py -->\n",
)
_OTHER = {"zh": "English", "en": "中文"}


def stem(reference: str) -> str:
    """`hunan/department@2024` as a file name."""
    return reference.replace("/", "-").replace("@", "-")


def made() -> dict[str, str]:
    """Every page and picture there should be, by its path in the repository."""
    found: dict[str, str] = {}
    listed: dict[Lang, list[str]] = {"zh": [], "en": []}
    for reference in shipped_references():
        planned = plan(load_rules(reference))
        for lang, rows in listed.items():
            name = stem(reference) + _ending(lang)
            picture = sheet(planned, lang)
            # The table comes first, and what follows it has headings.
            text, *behind = render(page(planned, lang), "markdown").rstrip("\n").split("\n\n### ")
            if picture:
                found[f"{FOLDER}/{stem(reference)}.{lang}.svg"] = picture
                curves = _CURVES.text(lang)
                behind.insert(0, f"{curves}\n\n![{curves}]({stem(reference)}.{lang}.svg)")
            text = "\n\n### ".join([text, *behind]) + "\n"
            other = f"[{_OTHER[lang]}]({stem(reference)}{_ending('en' if lang == 'zh' else 'zh')})\n"
            title, _, rest = text.partition("\n")
            source = f"[{reference}](../../rules/{reference.replace('@', '-')}.yaml)"
            found[f"{FOLDER}/{name}"] = f"{_MADE.text(lang)}{title}\n\n{other}· {source}\n{rest}"
            rows.append(f"| [`{reference}`]({name}) | {planned.rules.title.text(lang)} |")
    for lang, rows in listed.items():
        title = Phrase("# 自带的规则\n", "# The rule sets that ship\n").text(lang)
        head = Phrase("| 规则 | 名称 |", "| rule set | title |").text(lang)
        found[f"{FOLDER}/README{_ending(lang)}"] = _MADE.text(lang) + title + "\n" + "\n".join([head, "|---|---|", *rows]) + "\n"
    return found


def _ending(lang: Lang) -> str:
    return ".zh-CN.md" if lang == "zh" else ".md"


def main() -> None:
    """Write what differs, take away what no rule set has any more, and say so."""
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
