"""Every route in one table: what it answers, and what it takes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request

from stances import words
from stances.answers.tracker import Tracker
from stances.dataset.files import PACKAGE_FILE
from stances.links.register import MAP, OF_RELEASE, REGISTER, earlier_names
from stances.markup.blocks import TABLE_OF_MAP
from stances.pages.briefs.request import BRIEF_PARAMETERS
from stances.pictures.every import PICTURES, path_of
from stances.routes import data
from stances.routes.answers import ATOM, CALENDAR, CSV, HTML, JSON, PDF, TEXT, TOML, ZIP, Answer
from stances.routes.briefs import BRIEFS_FOLDER, brief_answer
from stances.routes.changes import CHANGE_PARAMETERS, changes_answer, changes_feed_answer
from stances.routes.deadlines import DEADLINE_PARAMETERS, calendar_answer, deadlines_answer
from stances.routes.feed import FEED_PARAMETERS, feed_answer
from stances.routes.files import TABLE_KINDS
from stances.routes.happened import HAPPENED_PARAMETERS, happened_answer
from stances.routes.letters import LETTER_PARAMETERS, letter_answer
from stances.routes.levels import LEVEL_PARAMETERS, levels_answer, positions_answer
from stances.routes.pictures import MEDIA, PICTURES_FOLDER, parameters_of, picture_answer
from stances.routes.query import page_parameters
from stances.routes.quotations import (
    ACT_PATH,
    EVENT_PATH,
    act_address,
    act_text,
    event_address,
    event_text,
    page_path,
    page_text,
)
from stances.routes.releases import DIFF_PARAMETERS, diff_answer, release_answer, releases_answer

Handler = Callable[[Request, Tracker], Answer]


@dataclass(frozen=True)
class Endpoint:
    """A route: `path` as the server matches it; `examples`: as the description names them, each
    with its media type and, of JSON, the name of its schema; `parameters`: of the query; `heavy`:
    an answer can take a second to make; `slow`: several seconds; `earlier`: names that parameters
    had before, each with the one of today; `page`: whose view it is of, which says what is allowed
    in its parameters, None: of none; `about`: more than the summary says, if anything.
    """

    path: str
    handler: Handler
    summary: str
    examples: tuple[tuple[str, str, str], ...]
    parameters: tuple[str, ...] = ()
    heavy: bool = False
    slow: bool = False
    earlier: Mapping[str, str] = field(default_factory=dict)
    page: str | None = None
    about: str = ""


def _tabular(
    path: str,
    handler: Handler,
    summary: str,
    parameters: tuple[str, ...],
    schema: str,
    heavy: bool = False,
    slow: str = "",
    earlier: Mapping[str, str] | None = None,
) -> Iterator[Endpoint]:
    """Yield the addresses of an answer that is a table: one for each kind of file, and JSON.
    `slow`: the ending of the kind that is slow to make.
    """
    for ending, media in {**TABLE_KINDS, "json": JSON}.items():
        address, is_slow = f"{path}.{ending}", ending == slow
        examples = ((address, media, schema if media == JSON else ""),)
        yield Endpoint(
            address, handler, summary, examples, parameters, heavy, is_slow, earlier or {}
        )


_ACTOR = "{actor}"

# Frozen: addresses that scripts keep must go on to work, so routes are only ever added.
ENDPOINTS = (
    *(
        Endpoint(
            f"{PICTURES_FOLDER}{path_of(name, _ACTOR)}.{{form}}",
            picture_answer,
            f"Picture: {words.within(picture.text)}",
            tuple(
                (f"{PICTURES_FOLDER}{path_of(name, _ACTOR)}.{form}", media, "")
                for form, media in MEDIA.items()
            ),
            parameters_of(picture),
            heavy=True,
            earlier=picture.earlier,
            page=picture.page,
        )
        for name, picture in PICTURES.items()
    ),
    *(
        Endpoint(
            f"{BRIEFS_FOLDER}{path}.pdf",
            brief_answer,
            summary,
            ((f"{BRIEFS_FOLDER}{path}.pdf", PDF, ""),),
            BRIEF_PARAMETERS,
            heavy=True,
        )
        for path, summary in (
            (_ACTOR, "Brief: what is known of an actor, on a page to be printed"),
            ("groups/{group}", "Brief: what is known of a group, on three pages to be printed"),
        )
    ),
    # The text first: an id takes any ending along.
    *(
        Endpoint(f"{path}{ending}", handler, summary, ((f"{path}{ending}", TEXT, ""),), parameters)
        for path, ending, handler, summary, parameters in (
            (EVENT_PATH, ".txt", event_text, "An event with its citation", OF_RELEASE),
            (ACT_PATH, ".txt", act_text, "An act with its citation", data.OF_ALL),
            (EVENT_PATH, "", event_address, "Short address of an event", OF_RELEASE),
            (ACT_PATH, "", act_address, "Short address of an act", data.OF_ALL),
        )
    ),
    *(
        Endpoint(
            page_path(page),
            page_text,
            f"What the page {entry.title} finds, with its citation",
            ((page_path(page), TEXT, ""),),
            page_parameters(page),
            heavy=True,
            earlier=earlier_names(page),
            page=page,
            about=f"The page shows {words.within(entry.about)}",
        )
        for page, entry in REGISTER.items()
    ),
    Endpoint(
        "/snapshots/{name:path}",
        data.snapshot_answer,
        "The stance table of a date",
        (
            *((f"/snapshots/{{date}}.{kind}", media, "") for kind, media in TABLE_KINDS.items()),
            ("/snapshots/{date}.json", JSON, "Snapshot"),
            ("/snapshots/{date}.metadata.json", JSON, "SnapshotMetadata"),
        ),
        data.NARROWING,
    ),
    *_tabular(
        "/series",
        data.series_answer,
        "Month-end stances",
        (*data.NARROWING, "from", "to"),
        "Series",
        heavy=True,
        slow="xlsx",
    ),
    *_tabular(
        "/series/groups",
        data.groups_answer,
        "Month-end means of groups, with how far their members differ",
        data.GROUP_SERIES_PARAMETERS,
        "GroupSeries",
        heavy=True,
    ),
    Endpoint(
        "/levels/{name:path}",
        levels_answer,
        "Where every actor stands on every day, as the days on which that changes",
        (("/levels/{domain}.json", JSON, "Levels"),),
        LEVEL_PARAMETERS,
        heavy=True,
    ),
    Endpoint(
        f"/{TABLE_OF_MAP}",
        positions_answer,
        "The map as a table, as a part of a page",
        ((f"/{TABLE_OF_MAP}", HTML, ""),),
        page_parameters(MAP),
        heavy=True,
        earlier=earlier_names(MAP),
        page=MAP,
    ),
    Endpoint(
        "/tables/{name:path}",
        data.table_answer,
        "The tables as they lie in the repository",
        (
            ("/tables/{table}.csv", CSV, ""),
            ("/tables/codebook.toml", TOML, ""),
            ("/tables/about.toml", TOML, ""),
            (f"/tables/{PACKAGE_FILE}", JSON, "DataPackage"),
            (f"/tables/{data.EVERYTHING}", ZIP, ""),
        ),
        OF_RELEASE,
        heavy=True,
    ),
    *_tabular(
        "/events",
        data.events_answer,
        "Events with their sources",
        data.EVENT_PARAMETERS,
        "Events",
        heavy=True,
        earlier=data.EVENT_EARLIER,
    ),
    *_tabular(
        "/acts",
        data.acts_answer,
        "The register of acts on a day",
        data.ACT_PARAMETERS,
        "Acts",
        earlier=data.ACT_EARLIER,
    ),
    *_tabular(
        "/deadlines",
        deadlines_answer,
        "Every dated step of the acts that stand on a day, the next first",
        DEADLINE_PARAMETERS,
        "Deadlines",
    ),
    Endpoint(
        "/deadlines.ics",
        calendar_answer,
        "The same steps as a calendar to subscribe to",
        (("/deadlines.ics", CALENDAR, ""),),
        DEADLINE_PARAMETERS,
    ),
    *_tabular(
        "/members",
        data.members_answer,
        "The members of a group on a day: what binds each, where it stands, what it did",
        data.MEMBER_PARAMETERS,
        "Members",
    ),
    *_tabular(
        "/domains",
        data.domains_answer,
        "The members of a group on a day: where each stands in every domain",
        data.DOMAIN_PARAMETERS,
        "Domains",
    ),
    *_tabular(
        "/happened",
        happened_answer,
        "The acts and statements after the first day, up to the last, and whom they moved",
        HAPPENED_PARAMETERS,
        "Happened",
        heavy=True,
    ),
    Endpoint(
        "/changes.json",
        changes_answer,
        "What was told since a day, each thing once: events, acts, practice, steps, corrections",
        (("/changes.json", JSON, "Changes"),),
        CHANGE_PARAMETERS,
        heavy=True,
    ),
    Endpoint(
        "/changes.atom",
        changes_feed_answer,
        "The newest of it as a feed",
        (("/changes.atom", ATOM, ""),),
        CHANGE_PARAMETERS,
        heavy=True,
    ),
    *(
        Endpoint(
            f"/letter.{ending}",
            letter_answer,
            "What was told between two days, as a letter",
            ((f"/letter.{ending}", media, ""),),
            LETTER_PARAMETERS,
            heavy=True,
        )
        for ending, media in (("html", HTML), ("txt", TEXT))
    ),
    Endpoint(
        "/releases.json",
        releases_answer,
        "Every release that is kept, the newest first, with its files and all checksums",
        (("/releases.json", JSON, "Releases"),),
        heavy=True,
    ),
    Endpoint(
        "/releases/diff.json",
        diff_answer,
        "What two releases have apart: rows, and figures by data and by method",
        (("/releases/diff.json", JSON, "ReleaseDiff"),),
        DIFF_PARAMETERS,
        heavy=True,
        slow=True,
    ),
    Endpoint(
        "/releases/{name:path}",
        release_answer,
        "A release as it was published, or a file in it: the bytes never change",
        (("/releases/{version}.zip", ZIP, ""), ("/releases/{version}/{file}", CSV, "")),
        heavy=True,
    ),
    Endpoint(
        "/feed.atom",
        feed_answer,
        "The newest events",
        (("/feed.atom", ATOM, ""),),
        (*FEED_PARAMETERS, "group"),
    ),
    Endpoint(
        "/feed/{name:path}",
        feed_answer,
        "The newest events of an actor",
        (("/feed/{actor}.atom", ATOM, ""),),
        FEED_PARAMETERS,
    ),
)


DESCRIPTION = "/openapi.json"
_BEFORE_NAMES = (*(endpoint.path.partition("{")[0] for endpoint in ENDPOINTS), DESCRIPTION)


def is_of_data(path: str) -> bool:
    """Say whether an address, without the base path, is of data, or would be with another name."""
    return path.startswith(_BEFORE_NAMES)
