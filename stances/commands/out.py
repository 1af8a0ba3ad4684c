"""The place that a command writes to, refused before any work where nothing can be there."""

from __future__ import annotations

from pathlib import Path

from stances.dataset.faults import BadInput, inline


def file_to_write(given: str | None, otherwise: str) -> Path:
    """Return the file under `--out`, else one here by its name. Raises BadInput where its folder
    does not exist, or where a folder has its name.
    """
    path = Path(given or otherwise)
    if not path.parent.is_dir():
        raise BadInput(f"--out {inline(str(path))}: the folder {path.parent} does not exist")
    if path.is_dir():
        raise BadInput(f"--out {inline(str(path))}: it is a folder; allowed: a file in it")
    return path


def folder_to_write(given: str) -> Path:
    """Return the folder under `--out`, maybe a new one. Raises BadInput where a file is in
    its way.
    """
    folder = Path(given)
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not there.is_dir():
        raise BadInput(
            f"--out {inline(given)}: {there} is a file; allowed: a folder, also a new one"
        )
    return folder
