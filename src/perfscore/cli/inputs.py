"""Files, folders and standard input, as named on the command line, to forms."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator

from perfscore.forms.read import forms_of, read_forms
from perfscore.model.form import Form
from perfscore.text.decode import LIMIT, Decoded, decode
from perfscore.text.decode import notes as how_read
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase
from perfscore.text.source import Source

_ENDINGS = (".yaml", ".yml", ".json")
_LISTED = 5


def forms(names: list[str], note: Callable[[Diagnostic], None]) -> Iterator[Form | Rejected]:
    """Every form of every input, in order; what cannot be read comes back as what is wrong with it, and `note` hears what a folder holds besides."""
    for name in names:
        try:
            files = [name] if name == "-" or not os.path.isdir(name) else inside(name, note)
        except Rejected as rejected:
            yield rejected
            continue
        for path in files:
            try:
                found = forms_of(*standard_input()) if path == "-" else read_forms(path)
                for form in found:
                    if path != name and isinstance(form, Rejected) and [problem.code for problem in form.diagnostics] == ["not-a-form"]:
                        # A folder may hold the rules beside the forms; that is said, and nothing is wrong.
                        note(form.diagnostics[0]._replace(severity="advice"))
                        continue
                    yield form
            except Rejected as rejected:
                yield rejected


def notes(sources: Iterable[Source], read: set[str]) -> Iterator[Diagnostic]:
    """What there is to say of how rule files were read; each is said once, and its name is added to those `read`."""
    for source in sources:
        if source.name not in read:
            read.add(source.name)
            yield from how_read(source)


def standard_input() -> Decoded:
    """The text of standard input, of at most `LIMIT` bytes; raises Rejected."""
    try:
        content = None if sys.stdin is None else sys.stdin.buffer.read(LIMIT + 1)
    except OSError:
        content = None
    if content is None:
        raise Rejected([Diagnostic("not-readable", Phrase("标准输入读不出来", "standard input cannot be read"))])
    return decode(content, "-")


def inside(folder: str, note: Callable[[Diagnostic], None]) -> list[str]:
    """The form files of a folder, sorted, without hidden and lock files; what is left out is said. Raises Rejected."""
    try:
        entries = sorted(os.listdir(folder))
    except OSError:
        raise Rejected([Diagnostic("not-readable", Phrase(f"无法读取文件夹 {folder}", f"cannot read the folder {folder}"))]) from None
    taken = [entry for entry in entries if entry.lower().endswith(_ENDINGS) and not entry.startswith((".", "~$"))]
    left = sorted(set(entries) - set(taken))
    if not taken:
        hint = Phrase("填报表的文件名以 .yaml、.yml 或 .json 结尾", "the names of form files end in .yaml, .yml or .json")
        raise Rejected([Diagnostic("no-forms", Phrase(f"文件夹 {folder} 里没有填报表", f"there is no form file in the folder {folder}"), hint=hint)])
    if left:
        note(_skipped(folder, len(taken), left))
    return [os.path.join(folder, entry) for entry in taken]


def _skipped(folder: str, taken: int, left: list[str]) -> Diagnostic:
    zh, en = "、".join(left[:_LISTED]), ", ".join(left[:_LISTED])
    if len(left) > _LISTED:
        zh, en = f"{zh} 等", f"{en}, …"
    says = Phrase(
        f"文件夹 {folder} 里读取 {taken} 个文件，跳过 {len(left)} 个不是填报表的：{zh}",
        f"of the folder {folder}, {taken} files are read and {len(left)} that are no form files skipped: {en}",
    )
    return Diagnostic("files-skipped", says, severity="advice")
