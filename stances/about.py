"""The hand-written part of an edition: title, authors, licence, and what its readers see first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stances.codebook import Codebook, TomlReader, read_toml
from stances.faults import DataFaults, Fault, shown

ABOUT_FILE = "about.toml"


@dataclass(frozen=True)
class Licence:
    """A licence by its SPDX name, its title and the address of its text."""

    name: str
    title: str
    url: str


@dataclass(frozen=True)
class About:
    """What the edition is called, who made it, and what is shown first.

    `featured`: codes of actors and names of groups, in the order of the cards.
    """

    title: str
    description: str
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    licence: Licence | None = None
    featured: tuple[str, ...] = ()


def read_about(folder: Path, shown_as: str, codebook: Codebook) -> About:
    """Read `about.toml` of a data folder; without the file the codebook's title has to do.

    Raises DataFaults with every fault of the file.
    """
    path, file = folder / ABOUT_FILE, f"{shown_as}/{ABOUT_FILE}"
    if not path.exists():
        return About(codebook.title, codebook.title)
    reader = TomlReader(read_toml(path, file), "", file)
    about = _about(reader)
    faults = [*reader.faults(), *_licence_faults(about, file)]
    if faults:
        raise DataFaults(faults)
    return about


def _about(reader: TomlReader) -> About:
    licence = reader.table("licence")
    return About(
        title=reader.text("title"),
        description=reader.text("description"),
        authors=reader.texts("authors"),
        keywords=reader.texts("keywords"),
        licence=Licence(licence.text("name"), licence.text("title"), licence.text("url")),
        featured=reader.table("dashboard").texts("featured"),
    )


def _licence_faults(about: About, file: str) -> Iterator[Fault]:
    url = about.licence.url if about.licence else ""
    if not url.startswith(("http://", "https://")):
        yield Fault(file, 0, "licence.url", f"{shown(url)} must start with http:// or https://")
