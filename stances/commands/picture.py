"""`picture`: a view as a picture in a file, with the parameters that links to its page have."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from stances import words
from stances.answers.tracker import tracker_under
from stances.commands.dataset import dataset_of, release_options, site_option
from stances.commands.streams import OK, file_to_write
from stances.dataset.descriptions import file_stem
from stances.dataset.faults import BadInput, inline, of_parameter
from stances.dataset.names import did_you_mean
from stances.dataset.tables import Dataset
from stances.dataset.writing import write_whole
from stances.figures.theme import LIGHT, MODES
from stances.links.parameters import PARAMETERS
from stances.links.view import view_of
from stances.pictures.canvas import WIDTH
from stances.pictures.every import FORMATS, PICTURES, PNG, Picture, picture_bytes
from stances.pictures.request import (
    SLIDES,
    PictureRequest,
    Size,
    read_height,
    read_mode,
    read_width,
)

TEXT = "draw a view as a picture: a map, lines, members, deadlines, an actor, any chart"
Value = TypeVar("Value")

_PARAMETERS = list(dict.fromkeys(n for entry in PICTURES.values() for n in entry.options))


def options(command: ArgumentParser) -> None:
    """Take which picture, of what, and where to write it."""
    release_options(command)
    command.add_argument("picture", metavar="PICTURE", help=f"one of: {', '.join(PICTURES)}")
    command.add_argument("code", metavar="CODE", nargs="?", help="the code of the actor, of one")
    command.add_argument("--out", metavar="FILE", help="where to (default: here, under its name)")
    command.add_argument("--format", metavar="F", help=f"{' or '.join(FORMATS)} (or as FILE ends)")
    command.add_argument("--width", metavar="PX", help=f"how wide (default: {WIDTH})")
    command.add_argument(
        "--height", metavar="PX", help=f"how high, or {SLIDES} (default: as needed)"
    )
    command.add_argument("--theme", metavar="T", help=f"{' or '.join(MODES)} (default: light)")
    site_option(command, "to name the view")
    for name in _PARAMETERS:
        option = f"--{name.replace('_', '-')}"
        takers = [picture for picture, entry in PICTURES.items() if name in entry.options]
        of_some = "" if len(takers) == len(PICTURES) else f" (of: {', '.join(takers)})"
        command.add_argument(option, dest=name, metavar="X", help=f"{_about(name)}{of_some}")


def _about(name: str) -> str:
    """Return what an option says, as links have it: of codes that pages call otherwise, each."""
    earlier = (entry.earlier.items() for entry in PICTURES.values())
    of_pages = [of_page for pairs in earlier for of_page, today in pairs if today == name]
    texts = dict.fromkeys(PARAMETERS[called].about for called in (name, *of_pages))
    return words.sentence_start("; or ".join(words.within(text) for text in texts))


def run(arguments: Namespace) -> int:
    """Draw the picture, write it, and say where."""
    picture = _picture(arguments)
    form = _format(arguments)
    wide = _read("width", arguments.width, read_width) or WIDTH
    high = _read("height", arguments.height, partial(read_height, wide=wide))
    mode = _read("theme", arguments.theme, read_mode) or LIGHT.mode
    data = dataset_of(arguments)
    view = picture.view_at_part(view_of(data, picture.page, _parameters(arguments, picture)))
    if picture.of_actor:
        view = view.but(actor=_actor(data, arguments.code))
    parts = [file_stem(data), arguments.picture, arguments.code, str(view.day)]
    path = file_to_write(arguments.out, f"{'_'.join(filter(None, parts))}.{form}")
    request = PictureRequest(replace(view, mode=mode), arguments.site or "", Size(wide, high).sheet)
    write_whole(path, picture_bytes(picture, request, wide, form))
    sys.stdout.write(f"{path}\n")
    return OK


def _picture(arguments: Namespace) -> Picture:
    """Return the picture that is named. Raises BadInput, also for what it does not take."""
    picture = PICTURES.get(arguments.picture)
    if picture is None:
        raise BadInput(f"picture {inline(arguments.picture)} is not one of: {', '.join(PICTURES)}")
    if arguments.code and not picture.of_actor:
        raise BadInput(
            f"{inline(arguments.code)} is too much: picture {arguments.picture} takes no code"
        )
    for name in _PARAMETERS:
        if getattr(arguments, name) is not None and name not in picture.options:
            allowed = ", ".join(f"--{option.replace('_', '-')}" for option in picture.options)
            text = f"--{name.replace('_', '-')} is no option of picture {arguments.picture}"
            raise BadInput(f"{text}; allowed: {allowed}")
    return picture


def _parameters(arguments: Namespace, picture: Picture) -> dict[str, str]:
    """Return the parameters that are given, by the names that the page has for them."""
    texts = {name: _text(arguments, name, picture.earlier.get(name)) for name in picture.shows}
    return {name: text for name, text in texts.items() if text is not None}


def _text(arguments: Namespace, name: str, today: str | None) -> str | None:
    """Return what a parameter is given as, also under its name of `today`; None: not given."""
    text: str | None = getattr(arguments, name)
    other: str | None = getattr(arguments, today) if today else None
    if text is not None and other is not None:
        raise BadInput(f"--{name} and --{today} are one option; allowed: --{today} alone")
    return other if text is None else text


def _actor(data: Dataset, code: str | None) -> str:
    if code not in data.position_actors:
        text = "CODE is missing" if code is None else f"actor {inline(code)} is none that is drawn"
        names = tracker_under(data, None).short_names
        near = "" if code is None else did_you_mean(code, data.position_actors, names)
        raise BadInput(f"{text}; allowed: {', '.join(data.position_actors)}{near}")
    return code


def _format(arguments: Namespace) -> str:
    """Return the format asked for, else that in which the name of the file ends."""
    named = Path(arguments.out).suffix.removeprefix(".").lower() if arguments.out else PNG
    form: str = arguments.format or named
    if form not in FORMATS:
        text = (
            f"--format {inline(form)}"
            if arguments.format
            else f"--out {inline(arguments.out)}: its end"
        )
        raise BadInput(f"{text} is not one of: {', '.join(FORMATS)}")
    if arguments.out and named in FORMATS and form != named:
        text = f"--format {form} and --out {inline(arguments.out)}"
        raise BadInput(f"{text} are two formats; allowed: one of them, or another end")
    return form


def _read(name: str, text: str | None, reader: Callable[[str], Value]) -> Value | None:
    """Return what an option says; None: it is not given."""
    if text is None:
        return None
    with of_parameter(name):
        return reader(text)
