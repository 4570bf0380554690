"""Tables that arrays score: the same as form by form, wherever a run is cut or stopped, and whatever rules the forms name."""

from pathlib import Path

import pytest

from perfscore.bulk import run as engine
from perfscore.bulk.job import Job, Options
from perfscore.model.submission import Submission
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.plan import plan
from perfscore.scoring.engine import Evaluation, evaluate
from tests.architecture.tree import ROOT

pytest.importorskip("pyarrow")
pytest.importorskip("numpy")

UNITS = (ROOT / "examples/tables/units.csv").read_text(encoding="utf-8-sig").splitlines()
HUNAN = "hunan/indicators@2018"


def table(folder: Path, times: int, rules: tuple[str, ...] = (), years: tuple[str, ...] = ()) -> str:
    """The table of the examples several times over, with rules named in a column and other years."""
    head, *rows = UNITS
    lines = [f"{head},规则" if rules else head]
    for number, row in enumerate(rows * times):
        cells = row.split(",")
        cells[1] = years[number % len(years)] if years else cells[1]
        lines.append(",".join([*cells, *([rules[number % len(rules)]] if rules else [])]))
    path = folder / "units.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def job(path: str, *, named: bool = False) -> Job:
    return Job((path,), plan=None if named else plan(load_rules(HUNAN)), options=Options((path,), indicators=True))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The forms that arrays sent to the engine for one form."""
    from perfscore.bulk import wide

    found: list[object] = []

    def counted(submission: Submission) -> Evaluation:
        found.append(submission)
        return evaluate(submission)

    monkeypatch.setattr(wide, "evaluate", counted)
    return found


def by_forms(given: Job, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    with monkeypatch.context() as patch:
        patch.setattr(engine, "find_spec", lambda _: None)
        engine.run(given, engine.Target(str(folder)))
    return files(folder)


@pytest.mark.parametrize("block", [1, 7, 1000])
def test_wherever_blocks_are_cut_the_files_are_the_same(block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alone: list[object]) -> None:
    given = job(table(tmp_path, 20))
    monkeypatch.setattr(engine, "BLOCK", block)
    engine.run(given, engine.Target(str(tmp_path / "arrays")))
    assert files(tmp_path / "arrays") == by_forms(given, tmp_path / "forms", monkeypatch)
    # Else nothing is tested: most forms are not evaluated one by one.
    assert len(alone) < 60


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alone: list[object]) -> None:
    given, target = job(table(tmp_path, 20)), engine.Target(str(tmp_path / "arrays"))
    monkeypatch.setattr(engine, "BLOCK", 30)

    def stop(forms: int) -> None:
        if forms > 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.run(given, target, stop)
    done = engine.run(given, target, resume=True)
    assert done.kept == 2
    assert files(tmp_path / "arrays") == by_forms(given, tmp_path / "forms", monkeypatch)


def test_parts_of_forms_are_not_taken_for_parts_of_arrays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that was stopped where there was no numpy may go on where there is."""
    given, target = job(table(tmp_path, 20)), engine.Target(str(tmp_path / "out"))
    monkeypatch.setattr(engine, "FORMS", 10)
    monkeypatch.setattr(engine, "BLOCK", 30)

    def stop(forms: int) -> None:
        if forms > 50:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(engine, "find_spec", lambda _: None)
        with pytest.raises(KeyboardInterrupt):
            engine.run(given, target, stop)
    assert engine.run(given, target, resume=True).kept == 0
    assert files(tmp_path / "out") == by_forms(given, tmp_path / "forms", monkeypatch)


@pytest.mark.parametrize(
    ("rules", "years", "most"),
    [
        ((HUNAN,), (), 60),
        # Which version it means hangs on the year: of one year they are one.
        (("hunan/indicators",), ("2018",), 60),
        (("hunan/indicators",), ("2018", "2019"), None),
        ((HUNAN, HUNAN, "china/project-self@2020"), (), None),
        ((HUNAN, ""), (), None),
        (("no/such@1",), (), None),
        (("",), ("2024",), None),
    ],
)
def test_rules_that_forms_name(
    rules: tuple[str, ...], years: tuple[str, ...], most: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alone: list[object]
) -> None:
    given = job(table(tmp_path, 20, rules, years), named=True)
    engine.run(given, engine.Target(str(tmp_path / "arrays")))
    assert files(tmp_path / "arrays") == by_forms(given, tmp_path / "forms", monkeypatch)
    assert most is None or 0 < len(alone) < most


# A part that no rule reads makes its list unusable, and a list filled in beside its part is refused.
@pytest.mark.parametrize(("column", "cell"), [("三公经费.其他", "5"), ("三公经费", "60")])
def test_columns_that_disagree(column: str, cell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "units.csv"
    head, *rows = UNITS
    path.write_text("\n".join([f"{head},{column}", *(f"{row},{cell if number % 2 else ''}" for number, row in enumerate(rows))]), encoding="utf-8")
    given = job(str(path))
    engine.run(given, engine.Target(str(tmp_path / "arrays")))
    assert files(tmp_path / "arrays") == by_forms(given, tmp_path / "forms", monkeypatch)
