"""One run over many forms: files to parts, parts to tables, and what is told of the whole."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from perfscore.bulk import parts, queue, results, tabled
from perfscore.bulk.digests import Named, digest, of_bytes, of_named, of_plain, of_rules, of_words
from perfscore.bulk.gathered import Done, Gathered
from perfscore.bulk.job import Job
from perfscore.bulk.parts import Part
from perfscore.bulk.sheets import FORMATS, Plain
from perfscore.bulk.tally import Tally
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.ruleset.load import without_version
from perfscore.scoring.engine import Evaluation
from perfscore.text import decode
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.phrase import Lang, Phrase

if TYPE_CHECKING:
    import pyarrow as pa

    from perfscore.bulk.blocks import Blocks

#: Form files of one part, and forms of a table: what has to be done again when a run is stopped.
FILES, FORMS = 200, 1_000
#: The same where arrays score them: what all of them evaluated alone would take of memory.
BLOCK = 1 << 12
_STATE = [column.name for column in results.RESULTS.columns].index("status")
#: Where the parts of a run stand until they are tables.
PARTS = "parts"
#: What a run makes in its folder, without the endings.
STEMS = ("results", "errors", "indicators", "findings", "ranking", "review", "summary", "receipt")
_OURS = re.compile(rf"(?:{'|'.join(STEMS)})\.(?:{'|'.join(FORMATS)}|json)|part-\d{{6}}\.jsonl")

#: What a killed run leaves behind.
_DRAFT = re.compile(r"\.(?:part-|[a-z]+\.).*\.tmp")

#: Called with how many forms are done.
Told = Callable[[int], None]


class Target(NamedTuple):
    """Where the tables go: a folder, the format and the language of their files."""

    folder: str
    format: str = "csv"
    lang: Lang = "zh"

    def at(self, *names: str) -> str:
        """A path below the folder."""
        return os.path.join(self.folder, *names)


class Given(NamedTuple):
    """A form with the name of its file, the texts by which a table tells it apart, and the line where it begins, as far as that is known."""

    file: str
    form: Form | Rejected
    key: str = ""
    line: int | None = None


class Piece(NamedTuple):
    """What one part is made of: the digest of all that it is made from, and what makes it."""

    key: str
    make: Callable[[], Part]


class Forms(NamedTuple):
    """Forms in their order, and the digest of all that they are read from."""

    key: str
    forms: Iterable[Given]


def run(job: Job, target: Target | None = None, told: Told | None = None, *, resume: bool = False) -> Done:
    """
    Score every form and gather what is told of all of them; with a target, write the tables, the receipt last.

    What cannot be read is counted and listed, and does not stop the others. With `resume`, parts that an earlier run left whole are taken as they
    are. Raises Rejected where nothing can be done at all.
    """
    work, gathered = _Work(job, told), Gathered()
    stored: list[tuple[str, str]] = []
    if target is not None:
        os.makedirs(target.at(PARTS), exist_ok=True)
    for number, piece in enumerate(work.pieces(), 1):
        path = None if target is None else target.at(PARTS, parts.name(number))
        part = parts.read(path, piece.key) if resume and path is not None else None
        if part is not None and work.holds(part):
            work.kept += 1
            work.pass_over(part)
        else:
            part = piece.make()
            if path is not None:
                parts.write(path, part)
        if path is not None:
            stored.append((path, piece.key))
        gathered.take(part)
    done = gathered.done(work.inputs, work.rules(), work.kept)._replace(notes=tuple(dict.fromkeys(work.notes)))
    if target is None:
        return done
    from perfscore.bulk.tables import write

    return done._replace(written=write(job, target, done, partial(_again, stored)))


def made(job: Job) -> Iterator[Part]:
    """The parts of a run one after the other, for who goes through them once."""
    yield from (piece.make() for piece in _Work(job, None).pieces())


def _again(stored: list[tuple[str, str]], table: str) -> Iterator[tuple[int, Part]]:
    """The rows of a table as the parts stand in the folder, with the number of forms before each."""
    before = 0
    for path, key in stored:
        part = parts.read(path, key, table)
        if part is None:
            says = Phrase(f"{path} 在运行中被别的程序改动了", f"another program changed {path} during the run")
            raise Rejected([Diagnostic("part-changed", says, hint=Phrase("加 --resume 再运行一次", "run it again with --resume"))])
        yield before, part
        before += part.forms


class _Work:
    """Files to parts; what was learned on the way about the inputs and the rules."""

    def __init__(self, job: Job, told: Told | None) -> None:
        self.job, self.told = job, told
        #: The digest of each file; empty where it could not be read.
        self.inputs: dict[str, str] = {}
        #: What a person should know about how tables were read.
        self.notes: list[Diagnostic] = []
        self.kept = self.forms = 0
        self._digests: dict[Named, tuple[str, str]] = {}
        self._skipped: list[list[Plain]] = []
        self._waiting: deque[Form | Rejected] = deque()
        from perfscore.verbs import evaluations

        # One stream for the whole run, so that rules are read once; it is asked for one result after each form that is put in.
        self._evaluations = evaluations(iter(self._waiting.popleft, None), job.plan, job.day)
        self._settings = job.settings()

    def rules(self) -> dict[str, str]:
        """The rule sets that were used, with their digests."""
        if self.job.plan is not None:
            return {self.job.plan.rules.reference: of_rules(self.job.plan.rules)}
        found: dict[str, list[str]] = {}
        for reference, content in sorted(set(self._digests.values())):
            # Two folders may hold rule sets of one name.
            found.setdefault(reference, []).append(content)
        return {reference: " ".join(digests) for reference, digests in found.items() if reference}

    def holds(self, part: Part) -> bool:
        """Whether the rules that the forms of a part name are still what they were."""
        return all(list(self._digest(Named(folder, text, day))) == found for folder, text, day, *found in part.rules)

    def pass_over(self, part: Part) -> None:
        """Count the forms of a part that was made before."""
        self._progress(part.forms)

    def pieces(self) -> Iterator[Piece]:
        """The work cut into parts, always at the same places."""
        if self.job.options.cohort:
            # None has its numbers before the last one was measured.
            every = [self._files((file,)) if not self.job.is_table(file) else self._table(file) for file in self.job.files]
            yield self._piece(Forms(of_plain([one.key for one in every]), (given for one in every for given in one.forms)))
            return
        for tables, group in groupby(self.job.files, self.job.is_table):
            files = tuple(group)
            if tables:
                for file in files:
                    yield from self._of_table(file)
            else:
                for start in range(0, len(files), FILES):
                    yield self._piece(self._files(files[start : start + FILES]))

    def _piece(self, forms: Forms) -> Piece:
        return Piece(forms.key, partial(self.part, forms))

    def _table(self, file: str) -> Forms:
        """All forms of a table."""
        key, opened = self._opened(file)
        if isinstance(opened, Rejected):
            return Forms(key, [Given(file, opened)])
        return Forms(key, self._given(file, opened, opened.table.batches()))

    def _given(self, file: str, opened: tabled.Opened, batches: Iterable[pa.RecordBatch | Rejected]) -> Iterator[Given]:
        return (Given(file, one.form, " ".join(one.key), one.line) for one in opened.forms(batches))

    def _of_table(self, file: str) -> Iterator[Piece]:
        """
        The parts of a table; by arrays where those do.

        A part made by arrays says what one made of forms would: rows, counts and reasons are the same to the last character.
        """
        key, opened = self._opened(file)
        if isinstance(opened, Rejected):
            yield self._piece(Forms(key, [Given(file, opened)]))
        elif opened.columns.shape == "wide" and not self.job.options.audit and find_spec("numpy") is not None:
            yield from self._of_wide(key, file, opened)
        else:
            yield from map(self._piece, _blocks(Forms(key, self._given(file, opened, opened.table.batches()))))

    def _of_wide(self, key: str, file: str, opened: tabled.Opened) -> Iterator[Piece]:
        from perfscore.bulk.blocks import readable, sliced

        scorers: dict[Named | None, Blocks | None] = {}
        number = 0
        for batch in opened.table.batches():
            sound = not isinstance(batch, Rejected) and readable(batch)
            for rows in sliced(batch, BLOCK) if sound else [batch]:
                number += 1
                forms = Forms(of_plain([key, "rows", number]), self._given(file, opened, [rows]))
                yield Piece(forms.key, partial(self._by_arrays, forms, rows, file, opened, scorers)) if sound else self._piece(forms)

    def _by_arrays(self, forms: Forms, rows: pa.RecordBatch, file: str, opened: tabled.Opened, scorers: dict[Named | None, Blocks | None]) -> Part:
        """Score forms by arrays, and one by one those for which arrays do not do."""
        form = None if self.job.plan is not None else self._like_all(rows, opened)
        named = None if form is None else self._named(form)
        if named not in scorers:
            scorers[named] = self._scorer(form, file, opened)
        blocks = scorers[named]
        made = _empty(forms.key)

        def put(number: int, key: str, line: int, found: Evaluation | Rejected) -> None:
            one = found if isinstance(found, Rejected) else found.submission.form
            self._put(made, self._known(number, Given(file, one, key, line)), found)

        done = None if blocks is None else blocks.fill(made, rows, put, indicators=self.job.options.indicators)
        if done is None:
            return self.part(forms)
        self._progress(done.forms)
        some = named is not None and any(row[_STATE] != "rejected" for row in done.rows["results"])
        return done._replace(rules=[[*named, *self._digest(named)]] if named is not None and some else [])

    def _like_all(self, rows: pa.RecordBatch, opened: tabled.Opened) -> Form | None:
        """A form that names the rules that all name; None where they name several."""
        from perfscore.bulk.blocks import same

        form = next((one.form for one in opened.forms([rows]) if isinstance(one.form, Form)), None)
        if form is None or form.rules is None or not same(rows, opened.columns, "rules"):
            return None
        dated = self.job.day is None and without_version(form.rules.text.strip())
        return form if not dated or same(rows, opened.columns, "year") else None

    def _scorer(self, form: Form | None, file: str, opened: tabled.Opened) -> Blocks | None:
        """What scores forms that name the same rules as this one, or by the rules of the run."""
        from perfscore.bulk import blocks
        from perfscore.ruleset.plan import plan
        from perfscore.verbs import rules_of

        chosen = self.job.plan
        if chosen is None and form is not None:
            with suppress(Rejected):
                chosen = plan(rules_of(form, self.job.day))
        return None if chosen is None else blocks.of(chosen, opened, file)

    def _opened(self, file: str) -> tuple[str, tabled.Opened | Rejected]:
        """A table, and the digest of all that it is read from."""
        job = self.job
        beside = [one for one in (job.options.budgets, job.options.columns) if one is not None]
        try:
            for one in (file, *beside):
                if one not in self.inputs:
                    self.inputs[one] = "" if one in job.tables else digest(job.path(one))
            opened = tabled.opened(job, file)
        except Rejected as rejected:
            self.inputs.setdefault(file, "")
            return of_plain([self._settings, file, self.inputs[file]]), rejected
        self.notes += opened.notes
        return of_plain([self._settings, [[one, self.inputs[one]] for one in (file, *beside)]]), opened

    def _files(self, files: tuple[str, ...]) -> Forms:
        read: list[tuple[str, decode.Decoded | Rejected]] = []
        for file in files:
            # Read once: what is scored is what the digest is of, whoever writes meanwhile.
            found = _decoded(self.job.path(file))
            self.inputs[file] = "" if isinstance(found, Rejected) else of_bytes(found.source.content)
            read.append((file, found))
        key = of_plain([self._settings, [[file, self.inputs[file]] for file in files]])
        return Forms(key, self._forms(read))

    def _forms(self, read: list[tuple[str, decode.Decoded | Rejected]]) -> Iterator[Given]:
        for file, found in read:
            if isinstance(found, Rejected):
                yield Given(file, found)
                continue
            for form in forms_of(found.source, found.notes):
                if file in self.job.inside and isinstance(form, Rejected) and [one.code for one in form.diagnostics] == ["not-a-form"]:
                    # A folder may hold the rules beside the forms; that is said, and nothing is wrong.
                    self._skipped.append([file, list(form.diagnostics[0].says)])
                    continue
                yield Given(file, form)

    def part(self, found: Forms) -> Part:
        """Score forms one by one."""
        self._skipped = []
        made = _empty(found.key)._replace(skipped=self._skipped)
        named: dict[Named, None] = {}
        forms = 0
        for given, evaluation in self._scored(found.forms):
            forms += 1
            form = given.form
            if isinstance(form, Form) and self.job.plan is None and form.rules is not None and form.rules.text.strip():
                named[self._named(form)] = None
            self._put(made, self._known(forms, given), evaluation)
            self._progress(1)
        return made._replace(forms=forms, rules=[[*one, *self._digest(one)] for one in named])

    def _scored(self, forms: Iterable[Given]) -> Iterator[tuple[Given, Evaluation | Rejected]]:
        if self.job.options.cohort:
            from perfscore.verbs import evaluate_cohort

            given = list(forms)
            found = evaluate_cohort((one.form for one in given), self.job.plan, self.job.day)
            yield from zip(given, found, strict=True)
            return
        for one in forms:
            self._waiting.append(one.form)
            yield one, next(self._evaluations)

    def _known(self, number: int, given: Given) -> results.Known:
        """Who a form is; of one that could not be read what is known is where."""
        form, file = given.form, given.file
        if isinstance(form, Form):
            return results.known(form, number, given.key, file)
        spans = [one.span for one in form.diagnostics if one.span is not None and self.job.shown(one.span.source.name) == file]
        return results.Known(number, given.key, file, given.line or (spans[0].line if spans else None))

    def _put(self, made: Part, who: results.Known, evaluation: Evaluation | Rejected) -> None:
        """The rows and counts of one form."""
        rows, shown = made.rows, self.job.shown
        if isinstance(evaluation, Rejected):
            made.tally.reject(evaluation)
            rows["results"].append([*results.unread(who), {}])
            rows["errors"] += results.errors(who, evaluation, shown)
            return
        lost = results.lost(evaluation.root)
        found = self._audited(evaluation) if self.job.options.audit else None
        made.tally.count(evaluation, lost)
        for zh, (en, _) in lost.items():
            made.labels.setdefault(zh, en)
        points = {zh: points for zh, (_, points) in lost.items()}
        rows["results"].append([*results.result(who, evaluation, None if found is None else len(found)), points])
        if found is not None:
            made.tally.find(found)
            rows["findings"] += results.findings(who, found, shown)
        if self.job.options.indicators:
            rows["indicators"] += results.indicators(who, evaluation)
        at = [who.form, who.key, who.file, who.row, who.unit, who.project]
        if reasons := list(queue.reasons(evaluation, found or ())):
            rows["queue"].append([*at, [[reason.name, *reason.says] for reason in reasons]])
        if texts := list(queue.texts(evaluation.submission.form)):
            digests = of_words(text for text, _ in texts)
            rows["texts"].append([*at, [[text, start] for text, (_, start) in zip(digests, texts, strict=True)]])

    def _audited(self, evaluation: Evaluation) -> tuple[Diagnostic, ...]:
        from perfscore.auditing.run import audit

        return audit(evaluation).review.findings

    def _named(self, form: Form) -> Named:
        text = "" if form.rules is None else form.rules.text.strip()
        day = self.job.day
        if day is None and form.year is not None and without_version(text):
            from perfscore.text.dates import day_number

            day = day_number(form.year, 12, 31)
        return Named(os.path.dirname(form.source.name), text, day)

    def _digest(self, named: Named) -> tuple[str, str]:
        if named not in self._digests:
            self._digests[named] = of_named(named)
        return self._digests[named]

    def _progress(self, forms: int) -> None:
        self.forms += forms
        if self.told is not None:
            self.told(self.forms)


def _empty(key: str) -> Part:
    return Part(key, 0, Tally(), {}, [], [], {table: [] for table in parts.TABLES})


def _blocks(table: Forms) -> Iterator[Forms]:
    """A table cut into parts."""
    forms, number = iter(table.forms), 0
    while block := list(islice(forms, FORMS)):
        number += 1
        yield Forms(of_plain([table.key, number]), block)


def _decoded(path: str) -> decode.Decoded | Rejected:
    try:
        return decode.read(path)
    except Rejected as rejected:
        return rejected


def standing(folder: str) -> tuple[str, ...]:
    """What stands in a folder that a run would make there: the tables of an earlier run, and its parts."""
    found = [entry for entry in sorted(os.listdir(folder)) if _OURS.fullmatch(entry)]
    return (*found, *([PARTS] if os.path.isdir(os.path.join(folder, PARTS)) else []))


def clear(folder: str) -> None:
    """Take the parts of a run out of its folder, and nothing that somebody else put there."""
    below = os.path.join(folder, PARTS)
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in sorted(os.listdir(below)):
            if _OURS.fullmatch(entry) or _DRAFT.fullmatch(entry):
                os.unlink(os.path.join(below, entry))
        with suppress(OSError):
            os.rmdir(below)
