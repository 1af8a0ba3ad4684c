"""Faults of a data folder, drawn at random: in permissions, names, kinds, sizes, contents, links.

Each is done in one step, as a file system does it: a file is whole under its name or not there.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

from stances.dataset.files import DOCUMENTS, LATER, NEEDED, OUTLINES

Break = Callable[[Random, Path], None]

_NOBODY = 65534
FILES = (*NEEDED, *LATER, *DOCUMENTS, *(f"geometry/{name}" for name in OUTLINES))
_NAMES = (
    b"\xff\xfe.json", b"a\nb.json", b"new.json", b".json", b"x" * 200 + b".json",
    b"\xe2\x80\xae.json",
)  # fmt: skip
_BITS = (
    b"", b"\0", b"\xff", b'"', b"\n", b"\n\n", b",", b"[", b"{", b"=", b"\r", b"\xef\xbb\xbf",
    b"\xf0\x9f\x98\x80", b"NaN", b"Infinity", b"1e999", b"2999-01-01", b"-5", b"null", b"{}",
    b"9" * 5_000, b"[" * 100_000, b"a." * 5_000 + b"a = 1\n", b"junk\n" * 20_000,
    b",,,,,,,,,,,,,,,\n" * 5_000, b"k = 1\n" * 10_000,
)  # fmt: skip
# No file that is broken is larger by itself.
_LARGE = 10_000_000


@contextmanager
def without_privileges() -> Iterator[None]:
    """Run without the rights of root, whom no permission stops: the whole process, as nobody."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def give_away(folder: Path) -> None:
    """Let a folder belong to whom `without_privileges` runs as."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _NOBODY, -1, follow_symlinks=False)


def restore(folder: Path, whole: Path) -> None:
    """Put a copy of a whole folder in the place of a broken one."""
    aside, old = folder.with_name("aside"), folder.with_name("old")
    shutil.copytree(whole, aside)
    clear(old)
    if os.path.lexists(folder):
        folder.rename(old)
    aside.rename(folder)
    clear(old)


def clear(path: Path) -> None:
    """Remove whatever lies at a path, what may not be entered included."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        return
    path.chmod(0o700)
    for inner in path.iterdir():
        clear(inner)
    path.rmdir()


def break_one(random: Random, folder: Path) -> str:
    """Do a folder some harm, or none that counts; return what was done."""
    harm = random.choice(_HARM)
    # What was done before may not let it.
    with suppress(OSError):
        harm(random, folder)
    return harm.__name__


def _any(random: Random, folder: Path) -> Path:
    return folder / random.choice(FILES)


def _content(path: Path) -> bytes:
    """The bytes of a plain file of usual size; of what was put in its place before, such as a pipe,
    which would wait for ever, OSError.
    """
    if not path.is_file() or path.stat().st_size > _LARGE:
        raise OSError
    return path.read_bytes()


def _put(path: Path, content: bytes) -> None:
    aside = path.with_name("aside")
    clear(aside)
    aside.write_bytes(content)
    aside.rename(path)


def _modes(random: Random, folder: Path) -> None:
    path = random.choice((folder, folder / "geometry", _any(random, folder)))
    path.chmod(random.choice((0o000, 0o100, 0o200, 0o400, 0o600, 0o644, 0o755)))


def _odd_name(random: Random, folder: Path) -> None:
    place = random.choice((folder, folder / "geometry"))
    path = place / os.fsdecode(random.choice(_NAMES))
    path.write_bytes(random.choice((b"", b"{}", _content(folder / FILES[-1]))))


def _rename(random: Random, folder: Path) -> None:
    _any(random, folder).rename(_any(random, folder))


def _remove(random: Random, folder: Path) -> None:
    _any(random, folder).unlink()


def _pipe(random: Random, folder: Path) -> None:
    os.mkfifo(folder / "aside")
    (folder / "aside").rename(_any(random, folder))


def _socket(random: Random, folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "aside"))
    (folder / "aside").rename(_any(random, folder))


def _directory(random: Random, folder: Path) -> None:
    path = _any(random, folder)
    path.unlink()
    path.mkdir(random.choice((0o000, 0o755)))


def _link(random: Random, folder: Path) -> None:
    path = _any(random, folder)
    targets = (
        path, "/dev/zero", "/dev/full", "/dev/tty", "/proc/self/mem", "/nowhere", folder,
        folder.with_name("locked") / "file", folder.with_name("whole") / path.relative_to(folder),
    )  # fmt: skip
    (folder / "aside").symlink_to(random.choice(targets))
    (folder / "aside").rename(path)


def _hard_link(random: Random, folder: Path) -> None:
    os.link(_any(random, folder), folder / "aside")
    (folder / "aside").rename(_any(random, folder))


def _size(random: Random, folder: Path) -> None:
    clear(folder / "aside")
    with (folder / "aside").open("wb") as file:
        file.truncate(random.choice((0, 1, 300_000, 5_000_000, 100_000_000, 10**12)))
    (folder / "aside").rename(_any(random, folder))


def _cut(random: Random, folder: Path) -> None:
    path = _any(random, folder)
    content = _content(path)
    _put(path, content[: random.randrange(len(content) + 1)])


def _edit(random: Random, folder: Path) -> None:
    path = _any(random, folder)
    content = _content(path)
    start = random.randrange(len(content) + 1)
    bits = random.choice((random.choice(_BITS), random.randbytes(3)))
    _put(path, content[:start] + bits + content[start + random.choice((0, 1, 10)) :])


def _swap(random: Random, folder: Path) -> None:
    path = _any(random, folder)
    _put(path, _content(_any(random, folder)))


def _times(random: Random, folder: Path) -> None:
    os.utime(_any(random, folder), (random.choice((0, 1, 2**33)), random.choice((0, 1, 2**33))))


def _pending(random: Random, folder: Path) -> None:
    pending = folder / ".pending"
    if random.random() < 0.5:
        pending.mkdir()
        _put(pending / random.choice(NEEDED), random.choice(_BITS))
    else:
        pending.symlink_to(
            random.choice((pending, "/dev/zero", folder, folder.with_name("locked")))
        )


def _folder(random: Random, folder: Path) -> None:
    folder.rename(folder.with_name("old"))
    if random.random() < 0.5:
        os.mkfifo(folder)
    elif random.random() < 0.5:
        folder.symlink_to(folder)


_HARM: tuple[Break, ...] = (
    _modes, _modes, _odd_name, _rename, _remove, _pipe, _socket, _directory, _link, _link,
    _hard_link, _size, _cut, _edit, _edit, _edit, _swap, _times, _pending, _folder,
)  # fmt: skip
