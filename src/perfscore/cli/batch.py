"""`perfscore batch`: many forms to tables, and to what is told of all of them."""

from __future__ import annotations

import os
import sys
from typing import Any

from perfscore.bulk.gathered import Done
from perfscore.bulk.job import Job, Options
from perfscore.cli import DONE, REJECTED, output
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Phrase


def run(chosen: Any) -> int:
    """Score every form; what cannot be read is listed and does not stop the others."""
    from perfscore.bulk.run import Target
    from perfscore.bulk.run import run as run_all

    said: list[Diagnostic] = []
    options = Options(
        tuple(chosen.inputs), chosen.rules, chosen.budgets, chosen.columns, chosen.as_of, chosen.audit, chosen.indicators, chosen.cohort
    )
    job = prepared(options, "", said)
    if chosen.explain_columns:
        return _explain(job, chosen)
    target = None if chosen.folder is None else Target(chosen.folder, chosen.format, chosen.lang)
    if target is not None and _ready(chosen, job):
        says = Phrase(f"{chosen.folder} 里的结果已经做完", f"the results in {chosen.folder} are finished")
        hint = Phrase("要重做加 --force；要核对用 perfscore verify", "add --force to make them anew; perfscore verify replays them")
        output.complain([*said, Diagnostic("already-finished", says, severity="advice", hint=hint)], chosen)
        return DONE
    progress = _Progress(chosen)
    try:
        done = run_all(job, target, progress.told, resume=chosen.resume)
    except OSError as failed:
        why = output.obstacle(failed)
        place = chosen.folder or ""
        raise Rejected([Diagnostic("output-failed", Phrase(f"写不出 {place}：{why.zh}", f"cannot write {place}: {why.en}"))]) from None
    finally:
        progress.end()
    _show(done, chosen)
    output.complain([*said, *done.notes, *_rejected(done)], chosen)
    return REJECTED if done.state("rejected") else DONE


def prepared(options: Options, base: str, said: list[Diagnostic]) -> Job:
    """What is to be done, with the files that the names stand for; `said` hears what a folder holds besides. Raises Rejected."""
    from perfscore.cli.inputs import inside
    from perfscore.ruleset.build import load_rules
    from perfscore.ruleset.plan import plan
    from perfscore.ruleset.versions import read_day

    rules = options.rules
    if rules is not None and base and os.path.isfile(os.path.join(base, rules)):
        rules = os.path.join(base, rules)
    made = None if rules is None else plan(load_rules(rules, options.as_of))
    files: list[str] = []
    found: set[str] = set()
    for name in options.names:
        path = os.path.join(base, name)
        if name == "-":
            says = Phrase("batch 不读标准输入，请写文件或文件夹", "batch does not read standard input: name files or folders")
            raise Rejected([Diagnostic("bad-arguments", says)])
        if os.path.isdir(path):
            below = [one.removeprefix(os.path.join(base, "")) if base else one for one in inside(path, said.append)]
            found.update(below)
            files += below
        else:
            files.append(name)
    files = list(dict.fromkeys(files))
    day = None if options.as_of is None else read_day(options.as_of)
    return Job(tuple(files), frozenset(found), base, made, day, options)


def _explain(job: Job, chosen: Any) -> int:
    """Say what was understood of the columns of every table; nothing is scored."""
    from perfscore.bulk.summary import columns
    from perfscore.bulk.tabled import mapping, understood
    from perfscore.views import render

    given = mapping(job)
    problems: list[Diagnostic] = []
    for file in (*filter(job.is_table, job.files), *([] if job.options.budgets is None else [job.options.budgets])):
        try:
            table, found = understood(job, file, given)
        except Rejected as rejected:
            problems += rejected.diagnostics
            continue
        problems += [*table.notes, *found.notes]
        made = columns(file, found, chosen.lang)
        sys.stdout.write(render(made, "terminal", width=output.width(), colour=output.colour(chosen, sys.stdout)))
    sys.stdout.flush()
    output.complain(problems, chosen)
    return REJECTED if any(one.severity == "error" for one in problems) else DONE


def _ready(chosen: Any, job: Job) -> bool:
    """Make sure that the tables can go to their folder; True if a finished run stands there and is to be gone on with. Raises Rejected."""
    from perfscore.bulk.run import clear, standing

    folder = chosen.folder
    if not folder:
        raise Rejected([Diagnostic("output-refused", Phrase("-o 后面的文件夹名是空的", "the name of the folder behind -o is empty"))])
    for name in job.options.names:
        if os.path.isdir(name) and os.path.isdir(folder) and os.path.samefile(name, folder):
            says = Phrase(f"{folder} 是这次要读的文件夹，结果请写到别处", f"{folder} is read: write the results to another folder")
            raise Rejected([Diagnostic("output-refused", says)])
    try:
        if not os.path.isdir(folder):
            os.mkdir(folder)
        found = standing(folder)
    except OSError as failed:
        why = output.obstacle(failed)
        raise Rejected([Diagnostic("output-failed", Phrase(f"写不出 {folder}：{why.zh}", f"cannot write {folder}: {why.en}"))]) from None
    if chosen.force:
        clear(folder)
    elif chosen.resume and "receipt.json" in found:
        _same(job, folder)
        clear(folder)
        return True
    elif found and not chosen.resume:
        says = Phrase(f"{folder} 里已有结果：{'、'.join(found[:5])}", f"{folder} holds results already: {', '.join(found[:5])}")
        hint = Phrase("接着做加 --resume，重做加 --force", "add --resume to go on, or --force to replace them")
        raise Rejected([Diagnostic("output-refused", says, hint=hint)])
    return False


def _same(job: Job, folder: str) -> None:
    """Raises Rejected unless a finished run in the folder is of the same arguments and the same files."""
    from perfscore.bulk import receipt
    from perfscore.bulk.digests import digest

    before = receipt.read(os.path.join(folder, "receipt.json"))
    if before.options != job.options or any(digest(file) != content for file, content in before.inputs.items() if content):
        says = Phrase(f"{folder} 里是另一次运行的结果：参数或文件不同", f"{folder} holds the results of another run: its arguments or files differ")
        raise Rejected([Diagnostic("output-refused", says, hint=Phrase("重做加 --force", "add --force to replace them"))])


def _show(done: Done, chosen: Any) -> None:
    from perfscore.bulk.summary import outline
    from perfscore.views import render

    made = outline(done, chosen.lang, ranking=chosen.rank)
    sys.stdout.write(render(made, "terminal", width=output.width(), colour=output.colour(chosen, sys.stdout)))
    sys.stdout.flush()


def _rejected(done: Done) -> list[Diagnostic]:
    """The first forms that could not be read, and how many more things are wrong."""
    found = []
    for _, _, file, line, column, code, says, hint in done.errors:
        place = ":".join(str(part) for part in (file, line, column) if part is not None)
        words = Phrase(f"{place}：{says[0]}", f"{place}: {says[1]}")
        found.append(Diagnostic(code, words, hint=None if hint is None else Phrase(*hint)))
    more = done.erroneous - len(found)
    if more:
        says_more = Phrase(f"另有 {more} 处，见 errors 表", f"{more} more stand in the table of errors")
        found.append(Diagnostic("more-errors", says_more, severity="advice"))
    return found


class _Progress:
    """How many forms are done, on a terminal, after a second, and gone at the end."""

    def __init__(self, chosen: Any) -> None:
        self.lang, self.shown = chosen.lang, False
        self.wanted = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        if self.wanted:
            from time import monotonic

            self.clock = monotonic
            self.next = monotonic() + 1

    def told(self, forms: int) -> None:
        """So many forms are done."""
        if not self.wanted or self.clock() < self.next:
            return
        self.next, self.shown = self.clock() + 1, True
        words = Phrase(f"已评 {forms} 张表……", f"{forms} forms …").text(self.lang)
        sys.stderr.write(f"\r{words}\x1b[K")
        sys.stderr.flush()

    def end(self) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
