"""`new`: a data folder that starts, on a subject of one's own."""

import shlex
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from stances.commands.streams import OK
from stances.dataset.faults import BadInput, visible
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.starter import starting_files
from stances.dataset.writing import write_all

TEXT = "start a data folder on a subject of your own, with six events to overwrite"


def options(command: ArgumentParser) -> None:
    """Take the folder and the subject."""
    command.add_argument("folder", metavar="FOLDER", help="a new folder, or an empty one")
    command.add_argument("--subject", required=True, metavar="TEXT", help="what positions are on")


def run(arguments: Namespace) -> int:
    """Write the files, all or none, and say what comes next."""
    folder = Path(arguments.folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        why = "is not empty" if folder.is_dir() else "is no folder"
        raise BadInput(f"{visible(str(folder))} {why}; allowed: a new folder, or an empty one")
    files = starting_files(arguments.subject)
    folder.mkdir(parents=True, exist_ok=True)
    write_all(folder, files)
    sys.stdout.writelines(f"{folder / name}\n" for name in files)
    sys.stdout.writelines(f"{line}\n" for line in _next_lines(folder))
    return OK


def _next_lines(folder: Path) -> tuple[str, ...]:
    place = shlex.quote(str(folder))
    return (
        "title, authors, licence: about.toml; scale, domains, instruments: codebook.toml",
        f"check:  python -m stances check --data {place}",
        f"look:   {DATA_VARIABLE}={place} streamlit run dashboard.py",
        f"add:    python -m stances add EVENT.toml ... --coder NAME --data {place}",
    )
