"""The hand-written part of an edition: title, authors, licence, and what its readers see first."""

# ruff: noqa: RUF009
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from stances.dataset.codebook import Codebook
from stances.dataset.faults import Fault, not_one_of
from stances.dataset.toml import Wrong, parse_toml, read_toml, setting

ABOUT_FILE = "about.toml"


@dataclass(frozen=True)
class Licence:
    """A licence by its SPDX name, its title and the address of its text."""

    name: str
    title: str
    url: str = setting(form="address")


@dataclass(frozen=True)
class Comparison:
    """A day worth a look before and after: from the day before it to `days` days after it."""

    label: str
    date: date
    days: int = setting(least=1)


@dataclass(frozen=True)
class Lead:
    """The lead of the dashboard: the acts of the members of a group in a domain."""

    group: str
    domain: str


@dataclass(frozen=True)
class Period:
    """A time that trend charts offer: so many `months` back or, if 0, from the day `start` on."""

    label: str
    months: int = setting(default=0, least=1, most=1_200)
    start: date = setting("from", default=date.min)

    def wrong(self) -> Wrong:
        if bool(self.months) == (self.start != date.min):
            yield "months", "one of months and from must be there, and not both"


_PERIODS = (Period("12 months", 12), Period("5 years", 60))


@dataclass(frozen=True)
class About:
    """The description of the edition: its title, who made it, and what is shown first.

    `featured`: codes of actors and names of groups; `lead`: whose acts in what come first, None
    where nothing leads; `comparisons`: days worth a look before and after; `covered_to`: the day up
    to which the sources were looked through, None where nothing is said of it. Of the texts each is
    empty where nothing is said: `what` the tables are, in a line without a full stop; by whom they
    are `scored`, in a clause; `codings`: the same at length; `profiles`: by whom the sentences on
    actors are written, in a clause; what several of its `actors` are called, and `members` of any
    of its groups (countries). `contact`: where errors are reported. How sources were looked for: by
    which `queries`, in which `archives`, and for whom `without_result`.
    """

    title: str
    description: str
    authors: tuple[str, ...] = setting(default=(), needed=True)
    keywords: tuple[str, ...] = setting(default=(), needed=True)
    licence: Licence | None = setting(default=None, needed=True)
    contact: str = setting(default="", form="contact")
    covered_to: date | None = None
    featured: tuple[str, ...] = setting("dashboard.featured", default=(), needed=True)
    lead: Lead | None = setting("dashboard.lead", default=None)
    comparisons: tuple[Comparison, ...] = setting("dashboard.comparisons", default=())
    periods: tuple[Period, ...] = setting("dashboard.periods", default=_PERIODS)
    what: str = setting("texts.what", default="")
    scored: str = setting("texts.scored", default="")
    actors: str = setting("texts.actors", default="")
    members: str = setting("texts.members", default="")
    profiles: str = setting("texts.profiles", default="")
    codings: str = setting("texts.codings", default="")
    queries: tuple[str, ...] = setting("search.queries", default=())
    archives: tuple[str, ...] = setting("search.archives", default=())
    without_result: tuple[str, ...] = setting("search.without_result", default=())


def read_about(content: bytes | None, file: str, codebook: Codebook) -> About:
    """Read an `about.toml`; `file` is how faults name it. Without one (None) the codebook's title
    has to do. Raises DataFaults.
    """
    if content is None:
        return About(codebook.title, codebook.title)
    return read_toml(About, parse_toml(content, file), file)


def unknown_names(
    about: About, codebook: Codebook, kinds: Mapping[str, str], groups: set[str], file: str
) -> Iterator[Fault]:
    """Yield what the tables and the codebook do not have. `kinds`: of the actors, by code."""
    stance = codebook.position_kinds
    for code in [code for code in about.featured if code not in groups]:
        text = not_one_of(code, [*sorted(groups), *kinds])
        if code in kinds:
            text = f"{code} takes no position; it must be a group or of: {', '.join(stance)}"
        if kinds.get(code) not in stance:
            yield Fault(file, 0, "dashboard.featured", text)
    if (lead := about.lead) and lead.group not in groups:
        yield Fault(file, 0, "dashboard.lead.group", not_one_of(lead.group, sorted(groups)))
    if lead and lead.domain not in codebook.domains:
        text = not_one_of(lead.domain, list(codebook.domains))
        yield Fault(file, 0, "dashboard.lead.domain", text)
    days = {f"dashboard.comparisons[{n}].date": c.date for n, c in enumerate(about.comparisons, 1)}
    days |= {f"dashboard.periods[{n}].from": p.start for n, p in enumerate(about.periods, 1)}
    for name, day in {**days, "covered_to": about.covered_to}.items():
        if day and date.min < day < codebook.first_date:
            text = f'"{day}" is before the first day, {codebook.first_date}'
            yield Fault(file, 0, name, text)
