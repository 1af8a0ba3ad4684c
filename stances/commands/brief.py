"""`brief`: what is known of an actor or a group as PDF, to be printed."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from stances.answers.tracker import tracker_under
from stances.commands.dataset import (
    dataset_of,
    day_option,
    link_option,
    release_options,
    site_option,
)
from stances.commands.streams import OK, file_to_write
from stances.dataset.descriptions import file_stem
from stances.dataset.faults import BadInput, inline
from stances.dataset.names import did_you_mean, slug
from stances.dataset.schema import ALL_ACTORS
from stances.dataset.tables import Dataset
from stances.dataset.writing import write_whole
from stances.links.parameters import DAY
from stances.links.register import OF_RELEASE
from stances.pages.briefs.request import BRIEF_PARAMETERS, brief_request
from stances.render.brief import brief_pdf

TEXT = "write what is known of an actor or a group as a brief to be printed (PDF)"
_ENDING = ".pdf"


def options(command: ArgumentParser) -> None:
    """Take of whom, as of when, for whom, and where to write it."""
    release_options(command)
    command.add_argument("code", metavar="CODE", help=f"an actor, a group, or {ALL_ACTORS}")
    command.add_argument("--out", metavar="FILE", help="where to (default: here, under its name)")
    site_option(command, "for its links")
    for name in BRIEF_PARAMETERS:
        if name == DAY:
            day_option(command, "X")
        elif name not in OF_RELEASE:  # which all commands take
            link_option(command, name, "X", route="/briefs")


def run(arguments: Namespace) -> int:
    """Write the brief, and say where."""
    if arguments.out and Path(arguments.out).suffix.lower() != _ENDING:
        raise BadInput(f"--out {inline(arguments.out)}: its end is not {_ENDING}")
    data = dataset_of(arguments)
    texts = {name: getattr(arguments, name) for name in BRIEF_PARAMETERS}
    known = {name: text for name, text in texts.items() if text is not None}
    brief = brief_request(data, _code(data, arguments.code), known, arguments.site or "")
    name = f"{file_stem(data)}_brief_{slug(arguments.code)}_{brief.day}{_ENDING}"
    path = file_to_write(arguments.out, name)
    write_whole(path, brief_pdf(brief))
    sys.stdout.write(f"{path}\n")
    return OK


def _code(data: Dataset, code: str) -> str:
    """Return a code if a brief can be written of it. Raises BadInput."""
    tracker = tracker_under(data, None)
    allowed = [*data.position_actors, *tracker.groups, ALL_ACTORS]
    if code not in allowed:
        near = did_you_mean(code, allowed, tracker.short_names)
        none = f"{inline(code)} is none of whom there is a brief"
        raise BadInput(f"{none}: {', '.join(allowed)}{near}")
    return code
