"""The register of pages: what each is called and about, what its links hold, how high its frames
are, and which pictures it has.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from stances import words
from stances.answers.events import EVENT_FILTERS
from stances.dataset.codebook import Codebook
from stances.dataset.tables import Dataset

MAP, ACTOR, DATA = "", "actor", "data"
# The widths of frames that are offered, in px.
WIDTHS = (320, 480, 640, 960)


@dataclass(frozen=True)
class PageEntry:
    """A page. `title`: as links and windows name it; `about`: what it shows, in a sentence for who
    has not seen it; `settings`: those that it shows, and so has in its links, apart by blanks;
    `heights`: of a frame of it around its charts, in px, in each of WIDTHS: what was measured of
    the published data, and room for a line or two (of the map, which is as high in any data, and of
    tables, which scroll in their frames, all); `pictures`: their names, apart by blanks, each after
    a slash and the part of the page that alone has it; links to the page are shown by the first;
    `of_stances`: whether it offers what positions rest on; `cited`: what a citation calls it,
    before the day.
    """

    title: str
    about: str
    settings: str
    heights: tuple[int, int, int, int]
    pictures: str = ""
    of_stances: bool = True
    cited: str = "stance table of"


# By their places in the address; what makes their blocks is the module of that name in
# `stances/pages/`.
REGISTER = {
    "": PageEntry(
        "Map",
        "Where every country and body stands on a day, or on two, as a map and as a table.",
        "as_of domain view actor beside play settings basis sort page before",
        (700, 680, 730, 900),
        "map",
    ),
    "trends": PageEntry(
        "Trends",
        "How the positions of countries, bodies and groups moved over time, as lines.",
        "as_of domain actors from layout event settings basis sort page",
        (350, 290, 250, 260),
        "trends",
    ),
    "members": PageEntry(
        "Groups",
        "What binds each member of a group, whether it has been used, until when, and what each "
        "did last.",
        "as_of domain group order settings basis practice years_from",
        (1200, 1200, 1200, 1200),
        "members years",
    ),
    ACTOR: PageEntry(
        "Countries",
        "Where one country, body or group stands, what binds it, and the events behind it.",
        "as_of domain actor event settings basis by sort page",
        (530, 390, 330, 270),
        f"{ACTOR} history made timeline",
    ),
    "acts": PageEntry(
        "Rules",
        "Laws, decisions and other rules: what they oblige to, since when, whether they have been "
        "used, and their deadlines.",
        "as_of domain q who status deadline scope aim "
        "by act settings basis applied due_from due_to sort page",
        (690, 530, 400, 380),
        "deadlines calendar",
        of_stances=False,
        cited="rules and deadlines on",
    ),
    "compare": PageEntry(
        "What changed",
        "What happened between two days and whom it moved, two countries or bodies side by side, "
        "and how far apart they are.",
        "as_of domain compare then first second group from "
        "settings basis actor among only ledger sort start page",
        (500, 360, 260, 250),
        "dates/moves actors/pair actors/gap actors/domains distances/distances",
    ),
    "domains": PageEntry(
        "Fields",
        "Where each member of a group stands in every field.",
        "as_of domain group settings basis sort page",
        (620, 605, 540, 350),
        "fields",
    ),
    "events": PageEntry(
        "Events",
        "What was done and said, by whom and when, each event with its sources.",
        f"as_of domain q who {' '.join(EVENT_FILTERS)} from sort event settings basis page",
        (830, 680, 580, 580),
        of_stances=False,
        cited="events to",
    ),
    DATA: PageEntry(
        "Data",
        "The tables as files, how positions are worked out and how sure they are, what the sources "
        "cover, and what changed in each release.",
        "as_of domain section measure sort example settings basis page",
        (270, 220, 180, 190),
        "coverage/coverage sensitivity/sensitivity",
        of_stances=False,
    ),
}
PAGES = {path: entry.title for path, entry in REGISTER.items()}
# By which a link names the release that all of it rests on.
OF_RELEASE = RELEASE, KNOWN = "release", "known"
# A reader's own settings of the model, what the stances rest on, whether pages become live, and the
# release that is shown, go along to every page.
PAGE_PARAMETERS = {
    path: (*entry.settings.split(), "live", *OF_RELEASE) for path, entry in REGISTER.items()
}
OF_STANCES = frozenset(path for path, entry in REGISTER.items() if entry.of_stances)
# The page of each picture and the part of the page that alone has it, empty: all of it.
PICTURE_PLACES = {
    name: (path, part)
    for path, entry in REGISTER.items()
    for part, _, name in (text.rpartition("/") for text in entry.pictures.split())
}


def earlier_names(page: str) -> dict[str, str]:
    """Return the parameters of a page that every address has under another name, each with it."""
    return {name: ACTOR for name in ("actors", "who") if name in PAGE_PARAMETERS[page]}


def earlier_names_in(page: str, query: Mapping[str, str]) -> dict[str, str]:
    """Return a page's parameters that a query has under the name of other addresses."""
    return {
        name: today
        for name, today in earlier_names(page).items()
        if today in query and name not in query
    }


def in_names_of(page: str, query: Mapping[str, str]) -> dict[str, str]:
    """Return a query with the parameters as links to its page name them."""
    of_page = {today: name for name, today in earlier_names_in(page, query).items()}
    return {of_page.get(name, name): text for name, text in query.items()}


def frame_height(page: str, wide: int, charts: int = 0) -> int:
    """Return how high a frame must be for a view of a page, so many px wide, one of WIDTHS.
    `charts`: how high together those of its charts are that follow what is shown.
    """
    return REGISTER[page].heights[WIDTHS.index(wide)] + charts


def page_about(data: Dataset, page: str) -> str:
    """Return what a page is about, and then what the dataset is: alone it may be of any subject."""
    return f"{REGISTER[page].about} {data.about.description}"


def page_titles(data: Dataset) -> dict[str, str]:
    """Return what navigation calls each page, by address; the leading group's by its name."""
    lead = data.about.lead
    return PAGES | ({"members": f"{lead.group} and groups"} if lead else {})


def window_title(codebook: Codebook, subject: str, domain: str, as_of: words.Day, site: str) -> str:
    """Return the title of a window: what is shown there (a page or an actor), and its site."""
    return f"{subject}, {words.day(as_of)}, {codebook.domain_label(domain)} {words.DASH} {site}"


def view_title(data: Dataset, page: str, actor: str, domain: str, as_of: words.Day) -> str:
    """Return the title of a page's window; that of an actor or a group names it, if any."""
    subject = page_titles(data)[page]
    if page == ACTOR:
        names = dict(zip(data.actors["actor"], data.actors["short_name"], strict=True))
        # A group has no row there, and is its own name.
        subject = names.get(actor, actor) or subject
    return window_title(data.codebook, subject, domain, as_of, data.about.title)
