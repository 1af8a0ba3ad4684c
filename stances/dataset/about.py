"""The hand-written part of an edition: title, authors, licence, and what its readers see first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stances.dataset.codebook import Codebook
from stances.dataset.faults import DataFaults, Fault, first_of, quote
from stances.dataset.names import CONTACT, WEB_ADDRESS, is_contact, names_user
from stances.dataset.toml import TomlReader, parse_toml

ABOUT_FILE = "about.toml"
# A hundred years: farther back no day can be counted on.
_MOST_MONTHS = 1_200


@dataclass(frozen=True)
class Licence:
    """A licence by its SPDX name, its title and the address of its text."""

    name: str
    title: str
    url: str


@dataclass(frozen=True)
class Comparison:
    """A day worth a look before and after: from the day before it to `days` days after it."""

    label: str
    date: date
    days: int


@dataclass(frozen=True)
class Lead:
    """The lead of the dashboard: the acts of the members of a group in a domain."""

    group: str
    domain: str


@dataclass(frozen=True)
class Period:
    """A time that trend charts offer: so many `months` back or, if 0, from the day `start` on."""

    label: str
    months: int
    start: date = date.min


# Where the file names none.
_PERIODS = (Period("12 months", 12), Period("5 years", 60))


@dataclass(frozen=True)
class About:
    """The description of the edition: its title, who made it, and what is shown first.

    `featured`: codes of actors and names of groups, in the order of the cards; `lead`: whose acts
    in what come first, None where nothing leads; `comparisons`: what is offered where two days are
    compared; `covered_to`: the day up to which the sources were looked through, None where nothing
    is said of it. Of the texts each is empty where nothing is said: `what` the tables are, in a
    line without a full stop; by whom they are `scored`, in a clause; `codings`: the same at length,
    to be read with every figure of their agreement; `profiles`: by whom the sentences on actors
    are written, in a clause; what several of its `actors` are called, and `members` of any of its
    groups (countries). `contact`: where errors are reported, the address of a form or a mail; empty
    where none is named. How sources were looked for, as far as it is said: by which `queries`, in
    which `archives`, and for whom `without_result`.
    """

    title: str
    description: str
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    licence: Licence | None = None
    featured: tuple[str, ...] = ()
    lead: Lead | None = None
    covered_to: date | None = None
    comparisons: tuple[Comparison, ...] = ()
    codings: str = ""
    what: str = ""
    scored: str = ""
    actors: str = ""
    members: str = ""
    profiles: str = ""
    periods: tuple[Period, ...] = _PERIODS
    contact: str = ""
    queries: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()
    without_result: tuple[str, ...] = ()

    def members_of(self, group: str) -> str:
        """Return what members of a group are called: EU countries; if not said, EU members."""
        return f"{group} {self.members or 'members'}"


def read_about(content: bytes | None, file: str, codebook: Codebook) -> About:
    """Read an `about.toml`; `file` is how faults name it. Without one (None) the codebook's title
    has to do.

    Raises DataFaults with the faults of the file.
    """
    if content is None:
        return About(codebook.title, codebook.title)
    reader = TomlReader(parse_toml(content, file), "", file)
    about = _about(reader, codebook)
    faults = [*first_of(reader.faults()), *_licence_faults(about, file)]
    if faults:
        raise DataFaults(faults)
    return about


def _about(reader: TomlReader, codebook: Codebook) -> About:
    licence, dashboard = reader.table("licence"), reader.table("dashboard")
    texts = reader.table("texts") if reader.has("texts") else None
    search = reader.table("search") if reader.has("search") else None
    compared = dashboard.tables("comparisons") if dashboard.has("comparisons") else []
    periods = dashboard.tables("periods") if dashboard.has("periods") else []
    return About(
        title=reader.text("title"),
        description=reader.text("description"),
        authors=reader.texts("authors"),
        keywords=reader.texts("keywords"),
        licence=Licence(licence.text("name"), licence.text("title"), licence.text("url")),
        featured=dashboard.texts("featured"),
        lead=_lead(dashboard.table("lead"), codebook) if dashboard.has("lead") else None,
        covered_to=_coverage_end(reader, codebook.first_date) if reader.has("covered_to") else None,
        comparisons=tuple(_comparison(one, codebook.first_date) for one in compared),
        codings=_optional_text(texts, "codings"),
        what=_optional_text(texts, "what"),
        scored=_optional_text(texts, "scored"),
        actors=_optional_text(texts, "actors"),
        members=_optional_text(texts, "members"),
        profiles=_optional_text(texts, "profiles"),
        periods=tuple(_period(one, codebook.first_date) for one in periods) or _PERIODS,
        contact=_contact(reader) if reader.has("contact") else "",
        queries=_optional_texts(search, "queries"),
        archives=_optional_texts(search, "archives"),
        without_result=_optional_texts(search, "without_result"),
    )


def _contact(reader: TomlReader) -> str:
    contact = reader.text("contact")
    if not is_contact(contact):
        reader.fault("contact", f"{quote(contact)} must be {CONTACT.text}")
    return contact


def _optional_text(texts: TomlReader | None, key: str) -> str:
    """Return a text that may be left out."""
    return texts.text(key) if texts and texts.has(key) else ""


def _optional_texts(table: TomlReader | None, key: str) -> tuple[str, ...]:
    """Return texts that may be left out."""
    return table.texts(key) if table and table.has(key) else ()


def _lead(reader: TomlReader, codebook: Codebook) -> Lead:
    return Lead(reader.text("group"), reader.one_of("domain", list(codebook.domains)))


def _coverage_end(reader: TomlReader, first: date) -> date:
    day = reader.day("covered_to")
    _refuse_before(reader, "covered_to", day, first)
    return day


def _period(reader: TomlReader, first: date) -> Period:
    label = reader.text("label")
    if not reader.has("from"):
        return Period(label, reader.whole("months", least=1, most=_MOST_MONTHS))
    start = reader.day("from")
    _refuse_before(reader, "from", start, first)
    return Period(label, 0, start)


def _refuse_before(reader: TomlReader, key: str, day: date, first: date) -> None:
    # A missing day, or one with a time, is a fault of its own.
    if type(day) is date and date.min < day < first:
        reader.fault(key, f"{quote(day)} is before the first day, {first}")


def _comparison(reader: TomlReader, first: date) -> Comparison:
    comparison = Comparison(reader.text("label"), reader.day("date"), reader.whole("days", least=1))
    # A missing day, or one with a time, is a fault of its own.
    if type(comparison.date) is date and date.min < comparison.date <= first:
        reader.fault(
            "date", f"{quote(comparison.date)} has no day before it, the first one is {first}"
        )
    return comparison


def _licence_faults(about: About, file: str) -> Iterator[Fault]:
    url = about.licence.url if about.licence else ""
    if not WEB_ADDRESS.fits(url):
        yield Fault(file, 0, "licence.url", f"{quote(url)} must be {WEB_ADDRESS.text}")
    elif names_user(url):
        yield Fault(file, 0, "licence.url", f"{quote(url)} names a user before its host")
