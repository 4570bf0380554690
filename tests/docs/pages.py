"""The documentation as data: the pages, their blocks of code in order, and a folder in which a reader could follow a page."""

import io
import re
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import pytest

from perfscore.cli import main
from tests.architecture.tree import ROOT

#: Every page that is run.
PAGES = tuple(
    sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "examples" / "README.md")),
)
_FENCE = re.compile(r"^(`{3,})([a-z]*)([^\n`]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
#: A line of its own that stands for lines left out.
LEFT_OUT = "⋮"
_COMMAND = re.compile(r"(?:^|[\s\\/])perfscore ((?:audit|evaluate|explain|init|lint|rules|show|test|--)\S*.*)$")


class Block(NamedTuple):
    """A fenced block: its language, the words behind the language, its text and the line of the page it starts on."""

    language: str
    marks: tuple[str, ...]
    text: str
    line: int


class Call(NamedTuple):
    """A call of the command in a page: its arguments, what the page shows of its output (None: nothing), and the exit status it says."""

    arguments: list[str]
    shown: str | None
    status: int


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str) -> list[Block]:
    text = text_of(page)
    return [Block(found[2], tuple(found[3].split()), found[4], text.count("\n", 0, found.start()) + 1) for found in _FENCE.finditer(text)]


def is_chinese(page: str) -> bool:
    return page.endswith(".zh-CN.md")


def calls(block: Block) -> list[Call]:
    """The calls of a block: of `console` those behind a `$` with what stands below them, of `sh` and `bat` every line that calls the command."""
    if block.language == "console":
        found = []
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            call = _call(command, shown or None)
            found += [call] if call else []
        return found
    if block.language in ("sh", "bat"):
        return [call for line in block.text.splitlines() if (call := _call(line.replace("\\", "/"), None))]
    return []


def _call(line: str, shown: str | None) -> Call | None:
    command, _, remark = line.partition("  #")
    found = _COMMAND.search(command.strip())
    status = re.search(r"exit (\d)", remark)
    return Call(shlex.split(found[1]), shown, int(status[1]) if status else 0) if found else None


def run(arguments: list[str]) -> tuple[int, str]:
    """The exit status and all that a reader sees, standard output and standard error in order."""
    written = io.BytesIO()
    screen = io.TextIOWrapper(written, encoding="utf-8", newline="\n")
    with redirect_stdout(screen), redirect_stderr(screen):
        status = main(arguments)
    screen.flush()
    return status, written.getvalue().decode("utf-8")


def agrees(shown: str, printed: str) -> bool:
    """Whether a page shows what is printed; a `⋮` stands for any lines, and blank lines at both ends do not count."""
    parts = re.split(rf"^{LEFT_OUT}\n?", shown.strip("\n") + "\n", flags=re.MULTILINE)
    pattern = "(?:.*\n)*?".join(re.escape(part) for part in parts)
    return re.fullmatch(pattern, printed.strip("\n") + "\n") is not None


def shown_anew(shown: str, printed: str) -> str:
    """What a page would show today: of what is printed the lines that are most like those it shows, with a `⋮` for every gap."""
    out = printed.strip("\n").splitlines()
    taken: list[int] = []
    for line in shown.strip("\n").splitlines():
        start = taken[-1] + 1 if taken else 0
        alike = [(SequenceMatcher(None, line, out[at], autojunk=False).ratio(), -at) for at in range(start, len(out))]
        if line != LEFT_OUT and alike and max(alike)[0] > 0.6:
            taken.append(-max(alike)[1])
    lines: list[str] = []
    for before, at in zip((-1, *taken), (*taken, len(out)), strict=True):
        lines += [LEFT_OUT] if at > before + 1 else []
        lines += [out[at]] if at < len(out) else []
    return "\n".join(lines) + "\n"


def follow(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go to a folder that holds the examples, as the checkout does, with the environment of a reader of the page."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    monkeypatch.chdir(folder)
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8" if is_chinese(page) else "en_US.UTF-8")


def file_name(block: Block) -> str | None:
    """A yaml block that starts with `# name.yaml` is that file."""
    found = re.match(r"# ([\w-]+(?:\.[\w-]+)*\.yaml)\n", block.text)
    return found[1] if found and block.language == "yaml" else None
