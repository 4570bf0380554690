"""Shipped rule files are found wherever the package lies; that they are found in a wheel and in a zip is tested in tests/wheel."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfscore.text import packs
from tests.architecture.tree import ROOT

EVERY = sorted(path.relative_to(ROOT / "rules").as_posix() for path in (ROOT / "rules").rglob("*.yaml"))
TESTS = [name for name in EVERY if name.endswith(packs.TESTS_END)]


def test_every_shipped_name_can_be_read_back() -> None:
    names = packs.shipped_names()
    assert names
    assert list(names) == [name for name in EVERY if name not in TESTS]
    for name in names:
        assert packs.shipped(name) == (ROOT / "rules" / name).read_bytes()


# Test files travel so that anybody can run them; they are found by the pack that they stand beside, and are no rule sets themselves.
def test_the_test_files_of_a_pack_are_found_by_its_name_only() -> None:
    found = dict(pair for name in packs.shipped_names() for pair in packs.shipped_tests(name))
    assert sorted(found) == TESTS != []
    assert all(content == (ROOT / "rules" / name).read_bytes() for name, content in found.items())
    assert [packs.shipped(name) for name in TESTS] == [None] * len(TESTS)
    assert packs.shipped_tests("nowhere/there-is-none.yaml") == ()


def test_a_pack_is_shown_by_the_same_name_everywhere() -> None:
    assert packs.display_name("hunan/department-2024.yaml") == "rules/hunan/department-2024.yaml"


# The path comes out of a form of a stranger: everything that could leave the folder, or open something that is no file, names nothing.
@pytest.mark.parametrize(
    "path",
    [
        "",
        ".yaml",
        "/.yaml",
        "../pyproject.yaml",
        "hunan/../hunan/department-2024.yaml",
        "/etc/passwd.yaml",
        "//host/share.yaml",
        "c:/x.yaml",
        "hunan\\department-2024.yaml",
        "hunan//department-2024.yaml",
        "./hunan/department-2024.yaml",
        "hunan/department-2024.yaml/",
        "hunan/department-2024.yaml\n",
        "hunan/department-2024.yaml\0",
        "Hunan/department-2024.yaml",
        "ＨUNAN/department-2024.yaml",
        "湖南/部门.yaml",
        "hunan/-2024.yaml",
        "hunan/.hidden.yaml",
        "hunan/x.yaml.yaml",
        "con.yaml",
        "hunan/nul.yaml",
        "com1/x.yaml",
        "README.md",
        "a" * 300 + ".yaml",
        "nowhere/there-is-none.yaml",
        "hunan.yaml",
    ],
)
def test_names_nothing(path: str) -> None:
    assert packs.shipped(path) is None


@given(st.text(max_size=20) | st.from_regex(r"[a-z0-9./\\-]{1,12}\.yaml", fullmatch=True))
def test_any_text_is_a_shipped_name_or_nothing(path: str) -> None:
    assert (packs.shipped(path) is None) == (path not in packs.shipped_names())


# A file that is there and cannot be read must not look like one that is not there.
def test_what_cannot_be_read_is_no_absence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> bytes:
        raise PermissionError(13, "no")

    monkeypatch.setattr(packs.__spec__, "loader", type("Loader", (), {"get_data": staticmethod(refuse)}))
    with pytest.raises(PermissionError):
        packs.shipped("hunan/department-2024.yaml")
