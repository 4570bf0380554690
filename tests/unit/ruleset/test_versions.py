"""Versions in time: the one in force is taken, and where the days do not say which, nobody guesses."""

from pathlib import Path

import pytest

from perfscore.api import rules_of
from perfscore.forms.read import forms_of
from perfscore.model.form import Form
from perfscore.ruleset.build import load_rules
from perfscore.ruleset.versions import versions
from perfscore.text import packs
from perfscore.text.diagnostic import Diagnostic, Rejected
from perfscore.text.source import Source
from perfscore.verbs import evaluations

RULES = (
    "ruleset: test/{name}\nversion: '{version}'\n{days}indicators: [{{id: a, points: {points}, measure: 全年执行数 / 全年预算数, method: ratio}}]\n"
)
FORM = "rules: {rules}\nunit: 甲\n{year}budget: {{adjusted: 100, executed: 100}}\n"


@pytest.fixture(autouse=True)
def _packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs with days of their own: those that ship may get new versions at any time."""
    shipped = {
        ("dated", "2020", "valid_until: 2022-12-31\n", 20),
        ("dated", "2023", "valid_from: 2023-01-01\nvalid_until: 2023-12-31\n", 23),
        ("dated", "2025", "施行自: 2025-07-01\n", 25),
        ("twice", "1", "valid_from: 2024-01-01\n", 1),
        ("twice", "2", "valid_from: 2024-06-01\n", 2),
        ("alone", "1", "", 1),
    }
    (tmp_path / "test").mkdir()
    for name, version, days, points in shipped:
        (tmp_path / f"test/{name}-{version}.yaml").write_text(RULES.format(name=name, version=version, days=days, points=points), encoding="utf-8")
    heir = "ruleset: test/heir\nversion: '1'\nextends: test/dated@2023\n"
    (tmp_path / "test/heir-1.yaml").write_text(heir, encoding="utf-8")
    monkeypatch.setattr(packs, "_roots", lambda: (packs._SHIPPED, f"{tmp_path}/"))


def refused(reference: str, as_of: str | None = None) -> Diagnostic:
    with pytest.raises(Rejected) as caught:
        load_rules(reference, as_of)
    (found,) = caught.value.diagnostics
    return found


def form(rules: str, year: str = "") -> Form:
    (found,) = forms_of(Source("form.yaml", FORM.format(rules=rules, year=f"year: {year}\n" if year else "")))
    assert isinstance(found, Form)
    return found


# Both ends belong to the days in force.
@pytest.mark.parametrize(
    ("day", "version"),
    [("1999-01-01", "2020"), ("2022-12-31", "2020"), ("2023-01-01", "2023"), ("2023-12-31", "2023"), ("2025-07-01", "2025"), ("2099-01-01", "2025")],
)
def test_a_day_chooses_the_version_in_force(day: str, version: str) -> None:
    assert load_rules("test/dated", as_of=day).reference == f"test/dated@{version}"


@pytest.mark.parametrize(
    ("reference", "day", "code"),
    [
        ("test/dated", "2024-06-30", "none-in-force"),
        ("test/twice", "2024-06-01", "several-in-force"),
        ("test/twice", None, "version-needed"),
        # One version today is two tomorrow: even the only one is not taken without a day.
        ("test/alone", None, "version-needed"),
        ("test/datd", "2024-06-30", "unknown-rules"),
        ("test/dated", "2024-02-30", "bad-date"),
        ("test/dated", "30.6.2024", "bad-date"),
        ("test/dated@2023", "2024-06-30", "not-in-force"),
    ],
)
def test_what_no_day_decides_is_refused(reference: str, day: str | None, code: str) -> None:
    found = refused(reference, day)
    assert found.code == code
    assert found.hint is not None


def test_the_versions_are_listed_with_their_days() -> None:
    hint = refused("test/dated", "2024-06-30").hint
    assert hint is not None
    assert (
        hint.zh == "现有版本：test/dated@2020（至 2022-12-31 止）、test/dated@2023（2023-01-01 至 2023-12-31）、test/dated@2025（自 2025-07-01 起）"
    )
    assert hint.en == (
        "the versions are test/dated@2020 (until 2022-12-31), test/dated@2023 (2023-01-01 to 2023-12-31), test/dated@2025 (from 2025-07-01)"
    )
    near = refused("test/datd", "2024-06-30").hint
    assert near is not None
    assert "test/dated" in near.zh


# A version says its own days; those of what it extends are the base's.
def test_days_are_not_inherited() -> None:
    (version,) = versions("test/heir")
    assert (version.first, version.last) == (None, None)
    assert load_rules("test/heir", as_of="2030-01-01").valid_until is None


def test_a_named_version_and_a_file_must_be_in_force_if_a_day_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(RULES.format(name="own", version="1", days="valid_from: 2024-01-01\n", points=1), encoding="utf-8")
    assert load_rules(str(path), as_of="2024-01-01").reference == "test/own@1"
    found = refused(str(path), "2023-12-31")
    assert found.code == "not-in-force"
    assert found.span is not None
    assert load_rules("test/dated@2023", as_of="2023-05-01").reference == "test/dated@2023"


# A file of that name is what a person at the command line means.
def test_a_file_without_an_ending_is_still_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "test/twice").write_text(RULES.format(name="own", version="1", days="", points=1), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_rules("test/twice").reference == "test/own@1"


@pytest.mark.parametrize(("year", "version"), [("2022", "2020"), ("2023", "2023"), ("2025", "2025")])
def test_a_form_takes_the_version_of_the_last_day_of_its_year(year: str, version: str) -> None:
    assert rules_of(form("test/dated", year)).reference == f"test/dated@{version}"
    # The normal way names the version, and the year has no say in it.
    assert rules_of(form("test/dated@2020", year)).reference == "test/dated@2020"


def test_a_form_without_a_year_must_name_the_version() -> None:
    with pytest.raises(Rejected) as caught:
        rules_of(form("test/dated"))
    (found,) = caught.value.diagnostics
    assert found.code == "version-needed"
    assert found.span is not None
    assert (found.span.line, found.span.column) == (1, 8)


# Rules that several forms name are read once; those of another year are others.
def test_forms_of_several_years_do_not_share_a_version() -> None:
    results = list(evaluations([form("test/dated", year) for year in ("2022", "2023", "2022", "2024", "2025")]))
    versions = ["refused" if isinstance(result, Rejected) else result.plan.rules.version for result in results]
    assert versions == ["2020", "2023", "2020", "refused", "2025"]


def test_a_day_that_is_asked_for_stands_above_the_year() -> None:
    (result,) = evaluations([form("test/dated", "2022")], None, 738885)
    assert not isinstance(result, Rejected)
    assert result.plan.rules.version == "2023"


# A base must not change under its heir with the calendar.
def test_a_base_is_named_with_its_version(tmp_path: Path) -> None:
    path = tmp_path / "heir.yaml"
    path.write_text("ruleset: test/own\nversion: '1'\nextends: test/dated\n", encoding="utf-8")
    assert refused(str(path)).code == "version-needed"
