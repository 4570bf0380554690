"""An output file appears whole or not at all, never over something else, and nothing is left beside it."""

import errno
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from perfscore.cli import output
from perfscore.text.diagnostic import Rejected
from tests.hostile.conftest import FORM
from tests.process.command import environment, perfscore

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX links, pipes and limits")
OLD = "an older result\n"


@pytest.fixture
def whole(run):
    """The text that a successful run writes."""
    ran = run("evaluate", "form.yaml")
    assert ran.status == 0
    return ran.out


def listing(folder):
    return sorted(os.listdir(folder))


def test_a_new_file_holds_what_standard_output_would_get(run, folder, whole):
    ran = run("evaluate", "form.yaml", "-o", "out.txt")
    assert ran == (0, "", "")
    assert (folder / "out.txt").read_bytes() == whole.encode()
    assert listing(folder) == ["form.yaml", "out.txt", "rules.yaml"]


def test_a_dash_is_standard_output(run, whole):
    assert run("evaluate", "form.yaml", "-o", "-").out == whole


def test_an_existing_file_is_refused_and_intact(run, folder):
    (folder / "out.txt").write_text(OLD)
    ran = run("evaluate", "form.yaml", "-o", "out.txt")
    assert (ran.status, ran.out) == (2, "")
    assert "out.txt 已存在，加 --force 才覆盖" in ran.err
    assert (folder / "out.txt").read_text() == OLD


def test_force_replaces_it_and_keeps_who_may_read_it(run, folder, whole):
    (folder / "out.txt").write_text(OLD * 1000)
    (folder / "out.txt").chmod(0o600)
    assert run("evaluate", "form.yaml", "-o", "out.txt", "--force").status == 0
    assert (folder / "out.txt").read_bytes() == whole.encode()
    assert (folder / "out.txt").stat().st_mode & 0o777 == (0o600 if os.name != "nt" else 0o666)
    assert listing(folder) == ["form.yaml", "out.txt", "rules.yaml"]


@pytest.mark.parametrize("name", ["form.yaml", "./form.yaml", "rules.yaml"])
def test_a_file_that_is_read_is_never_overwritten(name, run, folder):
    before = (folder / name).read_bytes()
    ran = run("evaluate", "form.yaml", "-o", name, "--force")
    assert ran.status == 2
    assert "不能覆盖" in ran.err
    assert (folder / name).read_bytes() == before


@posix
def test_nor_under_another_name(run, folder):
    os.link(folder / "form.yaml", folder / "second.yaml")
    ran = run("evaluate", "form.yaml", "-o", "second.yaml", "--force")
    assert ran.status == 2
    assert (folder / "form.yaml").read_text("utf-8") == FORM


def test_nor_as_part_of_a_folder_or_as_rules(run, folder):
    forms = folder / "forms"
    forms.mkdir()
    (forms / "a.yaml").write_text(FORM.replace("rules: rules.yaml\n", ""), encoding="utf-8")
    for name in ("forms/a.yaml", "rules.yaml"):
        before = (folder / name).read_bytes()
        assert run("evaluate", "forms", "--rules", "rules.yaml", "-o", name, "--force").status == 2
        assert (folder / name).read_bytes() == before


@pytest.mark.parametrize(
    "name,says",
    [
        (".", "不是普通文件"),
        ("no/such/out.txt", "没有这个文件夹"),
        ("form.yaml/out.txt", "没有这个文件夹"),
        ("", "是空的"),
        ("a\0b", "不能写到"),
        ("x" * 300, "文件名太长"),
        ("长" * 200, "文件名太长"),
    ],
)
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_outputs_that_cannot_be_are_refused_before_any_work(name, says, force, run, folder):
    # The form does not exist: were it read first, that would be said.
    ran = run("evaluate", "missing.yaml", "-o", name, *force)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert "missing.yaml" not in ran.err
    assert listing(folder) == ["form.yaml", "rules.yaml"]


@posix
@pytest.mark.parametrize("kind", ["link", "dangling", "pipe", "/dev/null", "/dev/stdout"])
def test_what_is_no_regular_file_is_not_written_to(kind, run, folder):
    (folder / "target").write_text(OLD)
    (folder / "link").symlink_to("target")
    (folder / "dangling").symlink_to("nowhere")
    os.mkfifo(folder / "pipe")
    before = listing(folder)
    ran = run("evaluate", "form.yaml", "-o", kind, "--force")
    assert (ran.status, ran.out) == (2, "")
    assert "不是普通文件" in ran.err
    assert ((folder / "target").read_text(), listing(folder)) == (OLD, before)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="modes mean nothing to root and on Windows")
def test_a_folder_that_is_read_only(run, folder):
    (folder / "closed").mkdir(mode=0o500)
    ran = run("evaluate", "form.yaml", "-o", "closed/out.txt")
    assert ran.status == 2
    assert "没有写入权限" in ran.err


@posix
def test_a_file_system_with_room_for_half_of_it(tmp_path, folder):
    import resource

    before = listing(folder)

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    done = perfscore("evaluate", "form.yaml", "-o", "out.txt", preexec_fn=small, cwd=folder, env={"PYTHONDONTWRITEBYTECODE": "1"})
    assert (done.status, done.out) == (2, b"")
    assert "磁盘空间不足" in done.err
    assert listing(folder) == before


def test_a_name_of_the_full_length_is_written(run, folder):
    name = "长" * 83 + ".json"
    assert run("evaluate", "form.yaml", "-o", name).status == 0
    assert (folder / name).exists()


def test_drafts_that_others_left_are_not_touched(run, folder):
    left = folder / f".out.txt.{os.getpid()}-0.tmp"
    left.write_text(OLD)
    assert run("evaluate", "form.yaml", "-o", "out.txt").status == 0
    assert left.read_text() == OLD
    assert "out.txt" in listing(folder)


# Every call of the operating system that writing takes, failing the n-th time, in every way that it can fail.
CALLS = ("open", "write", "fsync", "close", "fchmod", "replace", "link", "unlink")
FAILURES = [OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "broken"), PermissionError(errno.EACCES, "no"), KeyboardInterrupt()]


def failing(monkeypatch, call, number, failure):
    """Make the number-th call fail; the list tells whether it came to that."""
    real = getattr(os, call)
    calls = []

    def fake(*given, **named):
        calls.append(given)
        if len(calls) == number:
            if call == "close":
                real(*given)
            raise failure
        if call == "write":
            # A system may write less than it was given.
            return real(given[0], given[1][:100])
        return real(*given, **named)

    monkeypatch.setattr(os, call, fake)
    return calls


def unlinked(*_given):
    raise OSError(errno.EPERM, "no links here")


@posix
@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: getattr(failure, "strerror", None) or "interrupt")
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("way", ["new", "force", "no links"])
def test_whatever_fails_the_old_file_is_intact_or_the_new_one_whole(call, failure, way, folder, whole, monkeypatch):
    if way == "no links":
        monkeypatch.setattr(os, "link", unlinked)
    force = way == "force"
    chosen = SimpleNamespace(output="out.txt", force=force, forms=["form.yaml"], rules=None)
    wanted = whole.encode()
    failed = 0
    for number in range(1, 40):
        (folder / "out.txt").unlink(missing_ok=True)
        if force:
            (folder / "out.txt").write_text(OLD)
        with monkeypatch.context() as patched:
            calls = failing(patched, call, number, failure)
            try:
                output.deliver(whole, chosen)
                success = True
            except (Rejected, OSError, KeyboardInterrupt):
                success = False
        found = (folder / "out.txt").read_bytes() if (folder / "out.txt").exists() else None
        assert found == wanted or (not success and found == (OLD.encode() if force else None))
        assert [name for name in listing(folder) if name.endswith(".tmp")] == []
        failed += not success
        if len(calls) < number:
            break
    else:
        pytest.fail("it never came to an end")
    # What a way does not call cannot fail on it, and a link that fails has a substitute; everything else must have been seen to fail.
    harmless = {"new": ("replace", "fchmod"), "force": ("link", "unlink"), "no links": ("link", "unlink", "fchmod")}[way]
    assert failed or call in harmless or (call == "link" and isinstance(failure, OSError))


@posix
def test_a_file_system_without_links_is_written_to_as_well(run, folder, whole, monkeypatch):
    monkeypatch.setattr(os, "link", unlinked)
    assert run("evaluate", "form.yaml", "-o", "out.txt").status == 0
    assert (folder / "out.txt").read_bytes() == whole.encode()
    assert listing(folder) == ["form.yaml", "out.txt", "rules.yaml"]
    assert run("evaluate", "form.yaml", "-o", "out.txt").status == 2


@posix
def test_a_file_that_somebody_makes_meanwhile_is_not_overwritten(run, folder, monkeypatch):
    real = os.fsync

    def meanwhile(handle):
        (folder / "out.txt").write_text(OLD)
        real(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    ran = run("evaluate", "form.yaml", "-o", "out.txt")
    assert ran.status == 2
    assert "已存在" in ran.err
    assert (folder / "out.txt").read_text() == OLD
    assert listing(folder) == ["form.yaml", "out.txt", "rules.yaml"]


@posix
def test_two_runs_for_one_output_leave_one_whole_file(folder, whole):
    words = [sys.executable, "-m", "perfscore", "evaluate", "form.yaml", "-o", "out.txt"]
    runs = [subprocess.Popen(words, cwd=folder, env=environment(), stderr=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(4)]
    for started in runs:
        started.communicate(timeout=120)
    assert sorted(started.returncode for started in runs) == [0, 2, 2, 2]
    assert (folder / "out.txt").read_bytes() == whole.encode()
    assert listing(folder) == ["form.yaml", "out.txt", "rules.yaml"]


def test_what_is_wrong_with_the_forms_is_said_even_where_the_result_cannot_be_written(run, folder, monkeypatch):
    (folder / "form.yaml").write_text(FORM.replace("executed: 150", "executed: 约100"), encoding="utf-8")

    failing(monkeypatch, "fsync", 1, FAILURES[0])
    ran = run("evaluate", "form.yaml", "-o", "out.txt")
    assert ran.status == 2
    assert "unreadable-value" in ran.err
    assert "output-failed" in ran.err
