"""A look at a folder ends, whatever lies there, and names what is wrong."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import socket
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stances import DataFaults
from stances.__main__ import BAD_USAGE, INVALID_DATA, main
from stances.dataset import plain, scan
from stances.dataset.faults import Fault
from stances.dataset.files import OUTLINES
from stances.dataset.scan import scan_folder, unusable
from stances.dataset.tables import load
from tests.breaking import clear, give_away, without_privileges
from tests.folders import REAL, SIX, Folder

Capture = pytest.CaptureFixture[str]


def with_outlines(folder: Folder) -> Path:
    own = folder.path / "geometry"
    own.mkdir()
    for name in OUTLINES:
        shutil.copy(REAL / "geometry" / name, own / name)
    return own


def scan_faults(folder: Folder) -> list[str]:
    """Return the faults of the files of a folder, whatever its tables say."""
    scan = scan_folder(folder.path)
    faults = DataFaults([*scan.faults, *unusable(scan)])
    return [line.removeprefix(f"{folder.path}/") for line in str(faults).splitlines()]


def _socket(path: Path) -> None:
    # By its name alone: macOS takes no address of more than 104 bytes, and its folders are deep.
    with contextlib.chdir(path.parent), socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path.name)


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (os.mkfifo, "it is a named pipe, and no plain file"),
        (_socket, "it is a socket, and no plain file"),
        (lambda path: path.symlink_to("/dev/zero"), "it is a device, and no plain file"),
        (lambda path: path.symlink_to(path), os.strerror(errno.ELOOP)),
        (Path.mkdir, "Is a directory"),
    ],
    ids=["pipe", "socket", "device", "loop", "directory"],
)
@pytest.mark.parametrize("file", ["CHANGELOG.md", "events.csv"])
def test_what_is_no_plain_file_is_named_and_not_opened(
    folder: Folder, file: str, make: Callable[[Path], object], text: str
) -> None:
    path = folder.path / file
    path.unlink(missing_ok=True)
    make(path)
    assert scan_faults(folder) == [f"{file}: cannot be read: {text}"]


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (os.mkfifo, "cannot be read: Not a directory"),
        (Path.touch, "cannot be read: Not a directory"),
        (_socket, "cannot be read: Not a directory"),
        (lambda path: path.symlink_to("/dev/zero"), "cannot be read: Not a directory"),
        (lambda path: path.symlink_to("nowhere"), "the file is missing"),
        (lambda path: path.symlink_to(path), f"cannot be read: {os.strerror(errno.ELOOP)}"),
    ],
    ids=["pipe", "file", "socket", "device", "nowhere", "loop"],
)
def test_outlines_that_lie_in_no_folder_are_not_those_of_the_product(
    folder: Folder, make: Callable[[Path], object], text: str
) -> None:
    make(folder.path / "geometry")
    assert scan_faults(folder) == [f"geometry: {text}"]
    assert folder.faults() == [f"geometry: {text}"]


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda _: None, "the folder is missing"),
        (Path.touch, "cannot be read: Not a directory"),
        (lambda path: path.symlink_to(path), f"cannot be read: {os.strerror(errno.ELOOP)}"),
    ],
    ids=["nothing", "file", "loop"],
)
def test_a_folder_that_is_none_is_one_fault(
    tmp_path: Path, make: Callable[[Path], object], text: str
) -> None:
    folder = tmp_path / "tables"
    make(folder)
    assert scan_folder(folder).faults == (Fault(str(folder), 0, "", text),)
    with pytest.raises(DataFaults) as refused:
        load(folder)
    assert str(refused.value) == f"{folder}: {text}"


def test_what_became_no_plain_file_while_it_was_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    file = tmp_path / "file"
    file.write_text("plain")
    # It was a file still when it was looked at.
    before = file.stat()
    monkeypatch.setattr(Path, "stat", lambda _: before)
    with pytest.raises(OSError, match="it is a named pipe"):
        plain.read_plain(path, 10)


def test_a_file_that_is_too_long_is_refused_before_it_is_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(plain.SIZE_VARIABLE, "1")
    with (folder.path / "events.csv").open("r+b") as file:
        file.truncate(1_000_001)
    # Sparse: it would not fit into the memory.
    with (folder.path / "LICENSE").open("wb") as file:
        file.truncate(10**13)
    assert scan_faults(folder) == [
        "LICENSE: cannot be read: it has 10,000,000,000,000 bytes or more; the most is 1,000,000",
        "events.csv: cannot be read: it has 1,000,001 bytes or more; the most is 1,000,000",
    ]


def test_a_file_that_grows_while_it_is_read_is_no_longer_than_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / "growing"
    path.write_bytes(b"x" * 11)
    shorter = os.stat_result([stat.S_IFREG, *[0] * 5, 3, 0, 0, 0])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "stat", lambda _: shorter)
        patched.setattr(os, "fstat", lambda _: shorter)
        assert plain.read_plain(path, 11) == b"x" * 11
        with pytest.raises(OSError, match="it has 11 bytes or more; the most is 10"):
            plain.read_plain(path, 10)


@pytest.mark.parametrize("setting", ["abc", "0", "-1", "1.5", "9" * 30, "٣"])
def test_a_size_that_is_none_is_refused(
    setting: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv(plain.SIZE_VARIABLE, setting)
    assert main(["check", "--data", str(SIX)]) == BAD_USAGE
    text = capsys.readouterr().err
    assert "it must be a whole number of megabytes, from 1" in text
    assert len(text.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b'{"a":' * 100_000, "not valid JSON: it is nested too deeply"),
        (b'{"a": NaN}', "not valid JSON: NaN is no number"),
        (b"9" * 5_000, "not valid JSON: Exceeds the limit"),
        (b"[" + b"1," * 3_000_000 + b"1]", "cannot be read: it has 6,000,003 bytes or more"),
    ],
    ids=["nested", "nan", "digits", "long"],
)
def test_a_description_that_no_program_could_read_is_a_fault(
    folder: Folder, content: bytes, text: str
) -> None:
    (folder.path / "datapackage.json").write_bytes(content)
    (fault,) = scan_faults(folder)
    assert fault.startswith(f"datapackage.json: {text}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a." * 20_000 + "a = 1", "not valid TOML: more than 100 dots outside quotation marks"),
        ("a = " + "[" * 100_000, "not valid TOML: "),
        ("k = 1\n" * 50_000, "cannot be read: it has 300,000 bytes or more"),
    ],
    ids=["dots", "nested", "long"],
)
def test_a_hand_written_file_that_takes_long_to_read_is_refused(
    folder: Folder, text: str, message: str
) -> None:
    (folder.path / "about.toml").write_text(text)
    (fault,) = folder.faults()
    assert fault.startswith(f"about.toml: {message}")


def test_dots_between_quotation_marks_are_no_parts_of_a_key(folder: Folder) -> None:
    text = "." * 200
    folder.replace(
        "about.toml", "[licence]", f"[texts]\nwhat = \"{text}\"\nscored = '{text}'\n[licence]"
    )
    assert folder.load().about.what == text


def test_a_name_that_is_no_text_is_a_fault(folder: Folder) -> None:
    own = with_outlines(folder)
    shutil.copy(own / OUTLINES[0], own / os.fsdecode(b"\xff.json"))
    shutil.copy(own / OUTLINES[0], own / "a\nb.json")
    text = "the name of the file is not UTF-8, or has a character that cannot be shown"
    assert scan_faults(folder) == [f"geometry/\\udcff.json: {text}", f"geometry/a\\nb.json: {text}"]
    # Visitors are told the same, without the folders.
    assert {str(fault.without_folder()) for fault in scan_folder(folder.path).faults} == {
        f"\\udcff.json: {text}",
        f"a\\nb.json: {text}",
    }


@pytest.mark.parametrize(("count", "ending"), [(21, ".json"), (1_000, ".txt")])
def test_a_folder_of_very_many_files_is_refused(folder: Folder, count: int, ending: str) -> None:
    own = with_outlines(folder)
    for number in range(count):
        (own / f"{number}{ending}").touch()
    (fault,) = scan_faults(folder)
    assert fault.startswith("geometry: cannot be read: it has more than 20 files of outlines")


@pytest.fixture
def others() -> Iterator[Folder]:
    """A folder with outlines, looked at without the rights of root."""
    place = Path(tempfile.mkdtemp())
    folder = Folder(place / "six")
    with_outlines(folder)
    (place / "locked").mkdir()
    (place / "locked" / "file").touch()
    give_away(place)
    with without_privileges():
        (place / "locked").chmod(0)
        yield folder
        clear(place)


def _link(folder: Path) -> None:
    (folder / "LICENSE").symlink_to(folder.with_name("locked") / "file")


@pytest.mark.parametrize(
    ("lock", "files"),
    [
        (lambda folder: folder.chmod(0), None),
        (lambda folder: folder.chmod(0o600), None),
        (lambda folder: (folder / "geometry").chmod(0), ["geometry"]),
        (lambda folder: (folder / "geometry").chmod(0o600), [f"geometry/{n}" for n in OUTLINES]),
        (lambda folder: (folder / "about.toml").chmod(0), ["about.toml"]),
        (_link, ["LICENSE"]),
    ],
    ids=["folder", "entering", "geometry", "entering-geometry", "file", "link"],
)
def test_what_may_not_be_read_is_named(
    others: Folder, lock: Callable[[Path], object], files: list[str] | None
) -> None:
    lock(others.path)
    names = files or [*scan.NEEDED, *scan.LATER, *scan.DOCUMENTS, "geometry"]
    assert scan_faults(others) == [f"{n}: cannot be read: Permission denied" for n in sorted(names)]


def test_a_folder_that_is_none_is_named(tmp_path: Path, capsys: Capture) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert main(["check", "--data", str(pipe)]) == INVALID_DATA
    assert capsys.readouterr().err == f"{pipe}: cannot be read: Not a directory\n"


def test_whatever_else_goes_wrong_is_a_fault_of_the_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError("\x1b[31mno room")

    monkeypatch.setattr("stances.dataset.tables.cross_faults", fail)
    assert main(["check", "--data", str(SIX)]) == INVALID_DATA
    assert capsys.readouterr().err == f"{SIX}: cannot be used: MemoryError: \\x1b[31mno room\n"


def test_looks_that_found_the_same_have_one_signature(folder: Folder) -> None:
    own = with_outlines(folder)
    signatures = {scan_folder(folder.path).signature}
    for path in (folder.path / "events.csv", folder.path / "about.toml", own / OUTLINES[0]):
        content = path.read_bytes()
        path.write_bytes(content + b"\n")
        signatures.add(scan_folder(folder.path).signature)
        path.unlink()
        path.mkdir()
        signatures.add(scan_folder(folder.path).signature)
        path.rmdir()
        path.write_bytes(content)
    assert len(signatures) == 1 + 2 * 3
    signatures.add(scan_folder(folder.path).signature)
    assert len(signatures) == 1 + 2 * 3
