"""Names of files that lead somewhere they should not: refused as text where they can be, and never quoted."""

import os
from pathlib import Path

import pytest

from tests.hostile.conftest import FORM, RULES

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX links, pipes and devices")
SECRET = "TOP-SECRET-LINE"  # noqa: S105 - the line that must never be quoted


@pytest.fixture
def outside(folder: Path) -> Path:
    """A file beside the folder that no reference from inside may reach; a valid rule file, so that reaching it would work."""
    secret = folder.parent / f"{folder.name}-secret.yaml"
    secret.write_text(f"# {SECRET}\n{RULES}", encoding="utf-8")
    return secret


LEADING_OUT = (
    "../{secret}",
    "./../{secret}",
    "sub/../../{secret}",
    "{absolute}",
    "file://{absolute}",
    "~/{secret}",
    "$HOME/{secret}",
    "%USERPROFILE%/{secret}",
    "..\\{secret}",
    "\\\\server\\share\\x.yaml",
    "//server/share/x.yaml",
    "C:\\x.yaml",
    "C:x.yaml",
    "／etc／passwd.yaml",
    "http://169.254.169.254/latest/x.yaml",
    "https://example.org/x.yaml",
    "/etc/passwd",
    "/proc/self/environ",
    "/dev/stdin",
    "-",
    ".",
    "..",
    "",
    "rules.yaml/",
    "rules.yaml ",
    "rules.yaml\\0.png",
    "CON.yaml",
    "con/con@1",
    "../../x@1",
    "hunan/../../x@1",
    "hunan/department@../../../x",
    "x" * 5000 + ".yaml",
    "a/" * 3000 + "x.yaml",
)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@pytest.mark.parametrize("reference", LEADING_OUT)
def test_rules_of_a_form_stay_in_its_folder(reference, run, folder, outside):
    named = reference.format(secret=outside.name, absolute=outside)
    (folder / "sub").mkdir()
    (folder / "form.yaml").write_text(FORM.replace("rules.yaml", quoted(named)), encoding="utf-8")
    ran = run("evaluate", "form.yaml")
    if named.strip() == "rules.yaml":
        # Blanks around a name are no part of it.
        assert ran.status == 0
        return
    assert (ran.status, ran.out) == (2, "")
    assert "form.yaml:1:" in ran.err
    assert SECRET not in ran.err


@pytest.mark.parametrize("reference", LEADING_OUT)
def test_bases_of_rules_stay_in_their_folder(reference, run, folder, outside):
    named = reference.format(secret=outside.name, absolute=outside)
    (folder / "sub").mkdir()
    (folder / "rules.yaml").write_text(f"extends: {quoted(named)}\n{RULES}", encoding="utf-8")
    ran = run("evaluate", "form.yaml")
    assert (ran.status, ran.out) == (2, "")
    assert "rules.yaml:1:" in ran.err
    assert SECRET not in ran.err


@posix
@pytest.mark.parametrize("key", ["rules", "extends"])
@pytest.mark.parametrize("target", ["outside", "/dev/zero", "/dev/full", "/proc/self/environ", "/", "missing", "link.yaml", "pipe"])
def test_links_and_devices_are_refused(key, target, run, folder, outside):
    if target == "pipe":
        os.mkfifo(folder / "link.yaml")
    else:
        (folder / "link.yaml").symlink_to(outside if target == "outside" else target)
    if key == "rules":
        (folder / "form.yaml").write_text(FORM.replace("rules.yaml", "link.yaml"), encoding="utf-8")
    else:
        (folder / "rules.yaml").write_text(f"extends: link.yaml\n{RULES}", encoding="utf-8")
    ran = run("evaluate", "form.yaml")
    assert (ran.status, ran.out) == (2, "")
    assert "yaml:1:" in ran.err
    assert SECRET not in ran.err


@posix
def test_a_folder_that_is_a_link_to_outside_is_outside(run, folder, outside):
    (folder / "sub").symlink_to(outside.parent)
    (folder / "form.yaml").write_text(FORM.replace("rules.yaml", f"sub/{outside.name}"), encoding="utf-8")
    ran = run("evaluate", "form.yaml")
    assert ran.status == 2
    assert "path-refused" in ran.err
    assert SECRET not in ran.err


@posix
def test_a_link_inside_of_the_folder_is_inside(run, folder):
    (folder / "link.yaml").symlink_to("rules.yaml")
    (folder / "form.yaml").write_text(FORM.replace("rules.yaml", "link.yaml"), encoding="utf-8")
    assert run("evaluate", "form.yaml").status == 0


def test_rules_below_the_folder_are_inside(run, folder):
    (folder / "sub").mkdir()
    (folder / "sub" / "rules.yaml").write_text(RULES, encoding="utf-8")
    (folder / "form.yaml").write_text(FORM.replace("rules.yaml", "sub/rules.yaml"), encoding="utf-8")
    assert run("evaluate", "form.yaml").status == 0


def chained(folder: Path, length: int, last: str) -> None:
    for number in range(length):
        base = f"r{number + 1}.yaml" if number + 1 < length else last
        extends = f"extends: {base}\n" if base else ""
        (folder / f"r{number}.yaml").write_text(extends + RULES, encoding="utf-8")


@pytest.mark.parametrize("length,last", [(1, "r0.yaml"), (2, "r0.yaml"), (5, "r2.yaml"), (60, "")])
def test_circles_and_endless_chains_of_bases_are_named(length, last, run, folder):
    chained(folder, length, last)
    ran = run("evaluate", "form.yaml", "--rules", "r0.yaml")
    assert (ran.status, ran.out) == (2, "")
    assert "extends-cycle" in ran.err
    assert "→" in ran.err


# What a person names on the command line may lie anywhere, but has to be a file.
@posix
@pytest.mark.parametrize(
    "name,code",
    [
        ("missing.yaml", "file-not-found"),
        ("form.yaml/x", "file-not-found"),
        ("loop.yaml", "not-readable"),
        ("dangling.yaml", "file-not-found"),
        ("pipe.yaml", "not-a-file"),
        ("/dev/zero", "not-a-file"),
        ("/dev/null", "not-a-file"),
        ("a\0b.yaml", "file-not-found"),
        ("x" * 5000, "not-readable"),
        ("", "file-not-found"),
        ("socket.yaml", "not-readable"),
    ],
)
@pytest.mark.parametrize("role", ["form", "rules"])
def test_what_is_no_file_is_said_to_be_none(name, code, role, run, folder, request):
    import socket

    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "dangling.yaml").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.yaml")
    listening = socket.socket(socket.AF_UNIX)
    request.addfinalizer(listening.close)
    listening.bind("socket.yaml")
    ran = run("evaluate", name) if role == "form" else run("evaluate", "form.yaml", "--rules", name)
    assert (ran.status, ran.out) == (2, "")
    assert f"[{code}]" in ran.err


@posix
def test_a_link_that_a_person_names_is_followed(run, folder):
    (folder / "link.yaml").symlink_to("form.yaml")
    assert run("evaluate", "link.yaml").status == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="modes mean nothing to root and on Windows")
def test_a_file_that_may_not_be_read_is_said_to_be_so(run, folder):
    (folder / "form.yaml").chmod(0)
    ran = run("evaluate", "form.yaml")
    assert ran.status == 2
    assert "not-readable" in ran.err


@posix
def test_a_file_with_a_hostile_name_is_shown_harmless(run, folder):
    name = "evil\x1b[2J\u202e\n.yaml"
    (folder / name).write_text(FORM.replace("2024", "二零"), encoding="utf-8")
    ran = run("evaluate", name)
    assert ran.status == 2
    assert ran.err.startswith("evil\\u{1b}[2J\\u{202e}\\u{a}.yaml:3:7: 错误[bad-year]")
    shown = run("evaluate", name, "--format", "json")
    assert not {"\x1b", "\u202e"} & set(shown.out + shown.err)
