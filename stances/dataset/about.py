"""The hand-written part of an edition: title, authors, licence, and what its readers see first."""

# ruff: noqa: RUF009
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from stances.dataset.codebook import Codebook
from stances.dataset.toml import Wrong, parse_toml, read_toml, setting, unknown

ABOUT_FILE = "about.toml"
# Settings that older releases have and nobody reads any more, each with its table.
_RETIRED = (
    ("texts", "what"),
    ("texts", "profiles"),
    ("texts", "codings"),
    ("dashboard", "periods"),
)


@dataclass(frozen=True)
class Licence:
    """A licence by its SPDX name, its title and the address of its text."""

    name: str
    title: str
    url: str = setting(form="address")

    @property
    def short(self) -> str:
        """Its name in words, as pages and pictures have it: CC BY 4.0."""
        return self.name.replace("-", " ")


@dataclass(frozen=True)
class Comparison:
    """A day worth a look before and after: from the day before it to `days` days after it."""

    label: str
    date: date
    days: int = setting(within=(1, 36_500))


@dataclass(frozen=True)
class Lead:
    """The lead of the dashboard: the acts of the members of a group in a domain."""

    group: str
    domain: str


@dataclass(frozen=True)
class About:
    """The description of the edition: its title, who made it, and what is shown first.

    `publisher`: who keeps it, else its authors do; `contact`: where errors are reported;
    `repository`: where it is kept; `doi`: of all releases together; `covered_to`: the day up
    to which the sources were looked through; `featured`: codes of actors and names of groups;
    `lead`: whose acts in what come first; `since`: the day from which charts over time begin, where
    that is a year before the day shown. Of the texts each is empty where nothing is said: by whom
    the tables are `scored`; what several of its `actors` are called, and `members` of any of its
    groups; with what `reserve` the agreement of coders is to be read.
    """

    title: str
    description: str
    authors: tuple[str, ...]
    keywords: tuple[str, ...]
    licence: Licence | None
    featured: tuple[str, ...] = setting(key="dashboard.featured")
    lead: Lead | None = setting(key="dashboard.lead", default=None)
    comparisons: tuple[Comparison, ...] = setting(key="dashboard.comparisons", default=())
    since: date | None = setting(key="dashboard.since", default=None)
    publisher: str = setting(default="")
    contact: str = setting(default="", form="contact")
    repository: str = setting(default="", form="address")
    doi: str = setting(default="", form="doi")
    covered_to: date | None = None
    scored: str = setting(key="texts.scored", default="")
    actors: str = setting(key="texts.actors", default="")
    members: str = setting(key="texts.members", default="")
    reserve: str = setting(key="texts.reserve", default="")

    @property
    def keeper(self) -> str:
        """Who keeps the tables, and hears of errors."""
        return self.publisher if self.publisher else ", ".join(self.authors)

    @property
    def reached_at(self) -> str:
        """The address at which the keeper is reached; empty where none is known."""
        return self.contact if self.contact else self.repository

    @property
    def doi_address(self) -> str:
        """The address of the DOI; empty where there is none."""
        return f"https://doi.org/{self.doi}" if self.doi else ""


def read_about(content: bytes | None, file: str, codebook: Codebook) -> About:
    """Read an `about.toml`; without one the codebook's title has to do. Raises DataFaults."""
    if content is None:
        return About(
            title=codebook.title,
            description=codebook.title,
            authors=(),
            keywords=(),
            licence=None,
            featured=(),
        )

    tables = parse_toml(content, file)
    # An older release has them rightly: they are let pass.
    for name, key in _RETIRED:
        table = tables.get(name)
        if isinstance(table, dict):
            table.pop(key, None)
    return read_toml(About, tables, file)


def unknown_names(about: About, codebook: Codebook, texts: Mapping[str, pd.DataFrame]) -> Wrong:
    """Yield each key of `about` with a name that the tables and the codebook do not have, or a day
    before the first. `texts`: the tables by name.
    """
    groups = sorted(set(texts["memberships"]["group"]))
    actors = texts["actors"]
    takes_position = actors["kind"].isin(codebook.position_kinds)
    with_stance = [*groups, *actors.loc[takes_position, "actor"]]
    yield from unknown("dashboard.featured", about.featured, with_stance)
    lead = about.lead
    if lead:
        yield from unknown("dashboard.lead.group", [lead.group], groups)
        yield from unknown("dashboard.lead.domain", [lead.domain], codebook.domains)

    days = [("covered_to", about.covered_to), ("dashboard.since", about.since)]
    for comparison in about.comparisons:
        days.append(("dashboard.comparisons", comparison.date))
    for key, day in days:
        if day and day < codebook.first_date:
            yield key, f"{day} is before the first day, {codebook.first_date}"
