"""Files are written whole, and several of them all or none, whatever step the process ends at."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from stances.dataset import writing
from stances.dataset.writing import PENDING, place_of, settle, write_all, write_whole
from tests.folders import ROOT

OLD = {"one.csv": b"old one", "two.csv": b"old two", "three.csv": b"old three"}
NEW = {"one.csv": b"new one", "two.csv": b"new two"}
WRITTEN = {**OLD, **NEW}

# Writes the files, and kills itself as it comes to a step for the nth time.
KILLED = """
import os, pathlib, signal, sys
from stances.dataset.writing import write_all

left = [int(sys.argv[1])]

def dying(step):
    def die_or(*arguments):
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return step(*arguments)
    return die_or

os.fsync = dying(os.fsync)
for name in ("chmod", "replace", "rmdir"):
    setattr(pathlib.Path, name, dying(getattr(pathlib.Path, name)))
new = {"one.csv": b"new one", "two.csv": b"new two"}
write_all(pathlib.Path(sys.argv[2]), new)
"""
# To the disk and the mode of two files, the mode of their folder, its name; then their places.
STEPS_BEFORE, STEPS_AFTER = 6, 3


def folder_of(path: Path) -> Path:
    path.mkdir()
    for name, content in OLD.items():
        (path / name).write_bytes(content)
    return path


def read(folder: Path) -> dict[str, bytes]:
    """Return the content of the folder as a reader finds it."""
    return {name: place_of(folder, name).read_bytes() for name in OLD}


def lying(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_several_files_are_written(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "data")
    write_all(folder, NEW)
    assert read(folder) == lying(folder) == WRITTEN


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("step", range(STEPS_BEFORE + STEPS_AFTER + 1))
def test_a_killed_writer_leaves_all_the_old_files_or_all_the_new(tmp_path: Path, step: int) -> None:
    folder = folder_of(tmp_path / "data")
    run = [sys.executable, "-c", KILLED, str(step), str(folder)]
    status = subprocess.run(run, cwd=ROOT, capture_output=True, check=False).returncode
    assert status == (-signal.SIGKILL if step < STEPS_BEFORE + STEPS_AFTER else 0)
    expected = OLD if step < STEPS_BEFORE else WRITTEN
    assert read(folder) == expected
    settle(folder)
    assert read(folder) == lying(folder) == expected


@pytest.mark.parametrize("step", range(4))
def test_a_step_that_fails_leaves_all_the_old_files_or_all_the_new(
    tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, left, replace = folder_of(tmp_path / "data"), [step], Path.replace

    def failing(path: Path, target: Path) -> Path:
        if not left[0]:
            raise OSError("the disk is full")
        left[0] -= 1
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    if step < 3:
        with pytest.raises(OSError, match="full"):
            write_all(folder, NEW)
    else:
        write_all(folder, NEW)
    monkeypatch.undo()
    assert read(folder) == (OLD if step == 0 else WRITTEN)
    assert (folder / PENDING).exists() is (step in (1, 2))
    write_all(folder, {"three.csv": b"newer"})
    assert lying(folder)["three.csv"] == b"newer"
    assert {path.name for path in folder.iterdir()} == set(OLD)


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664])
def test_who_could_read_a_file_can_read_the_one_in_its_place(tmp_path: Path, mode: int) -> None:
    folder = folder_of(tmp_path / "data")
    (folder / "one.csv").chmod(mode)
    (folder / "three.csv").chmod(mode)
    write_all(folder, NEW)
    write_whole(folder / "three.csv", b"new three")
    assert {(folder / name).stat().st_mode & 0o777 for name in ("one.csv", "three.csv")} == {mode}


def test_a_writer_waits_for_another_and_takes_nothing_of_it_away(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "data")
    writers = [Thread(target=write_all, args=(folder, {"one.csv": b"%d" % n})) for n in range(20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert {path.name for path in folder.iterdir()} == set(OLD)
    assert (folder / "one.csv").read_bytes() in [b"%d" % n for n in range(20)]


def test_what_a_dead_run_left_aside_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / ".one.aside").write_bytes(b"half")
    write_whole(tmp_path / "one", b"whole")
    assert lying(tmp_path) == {"one": b"whole"}


def _whole(folder: Path) -> None:
    write_whole(folder / "one.csv", NEW["one.csv"])
    write_whole(folder / "two.csv", NEW["two.csv"])


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no locks of folders")
@pytest.mark.parametrize("write", [_whole, lambda folder: write_all(folder, NEW)], ids=range(2))
def test_what_a_dead_run_left_aside_under_another_name_is_too(
    tmp_path: Path, write: Callable[[Path], None]
) -> None:
    folder = folder_of(tmp_path / "data")
    (folder / ".map.svg.aside").write_bytes(b"half")
    # Neither is of a run: the one is no file, the other is not hidden.
    (folder / ".folder.aside").mkdir()
    (folder / "my.aside").write_bytes(b"kept")
    write(folder)
    (folder / ".folder.aside").rmdir()
    assert lying(folder) == {**WRITTEN, "my.aside": b"kept"}


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no locks of folders")
def test_what_another_writes_aside_stays_where_the_folder_cannot_be_had_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".two.aside").write_bytes(b"half")
    monkeypatch.setattr(writing.fcntl, "flock", lambda *_: _full())
    write_whole(tmp_path / "one", b"whole")
    assert lying(tmp_path) == {"one": b"whole", ".two.aside": b"half"}


def test_one_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one"
    write_whole(path, b"first")
    monkeypatch.setattr(writing.os, "fsync", lambda _: _full())
    with pytest.raises(OSError, match="full"):
        write_whole(path, b"second")
    assert lying(tmp_path) == {"one": b"first"}


def _full() -> None:
    raise OSError("the disk is full")
