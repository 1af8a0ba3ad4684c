"""One event more, with its sources, its coding and its act in the register; or a profile more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from stances.dataset import ids
from stances.dataset.change import BadEntry, Change, Row
from stances.dataset.doubles import probable_doubles
from stances.dataset.entry import (
    ACT,
    CODING,
    PART_TABLES,
    PROFILE,
    SOURCES,
    STEP_TABLE,
    Entry,
    step_name,
)
from stances.dataset.faults import Fault, inline
from stances.dataset.rows import rows_of
from stances.dataset.schema import LIST_SEPARATOR
from stances.dataset.steps import deadline_of, steps_of
from stances.dataset.tables import Dataset

# What a source is classed as where no other of its host is.
_UNKNOWN_TIER = "unknown"
_CITED = "source_ids"

Cells = dict[str, str]


@dataclass(frozen=True)
class Addition:
    """A valid entry: the change that it is, what was made of it, and what it may double.

    `reused`: by what the user calls each source whose page is known, or stands before it in the
    entry, the source that has it; `doubles`: events of the tables.
    """

    change: Change
    added: list[str]
    reused: Mapping[str, str]
    doubles: list[Mapping[str, str]] = field(default_factory=list)


def additions(
    data: Dataset, entries: Iterable[tuple[str, Entry]], coder: str | None = None
) -> list[Addition]:
    """Return what adding entries comes to, each beside those before it: the change of the last is
    that of all. `entries`: each after how faults call it; the rest as of `addition`.

    Raises BadEntry with every fault of all of them.
    """
    made: list[Addition] = []
    faults: list[Fault] = []
    for source, entry in entries:
        before = made[-1].change.after if made else {}
        try:
            made.append(addition(data, entry, source, coder, before))
        except BadEntry as refused:
            faults += refused.faults
    if faults:
        raise BadEntry(faults)
    return made


def addition(
    data: Dataset,
    entry: Entry,
    source: str,
    coder: str | None = None,
    before: Mapping[str, bytes] = MappingProxyType({}),
) -> Addition:
    """Return what adding an entry comes to; nothing is written. `source` is how faults call the
    entry, `coder` who scored the event where the entry does not say; `before`: files as they are to
    be already, which the change takes along.

    Raises BadEntry with every fault of the entry.
    """
    adding = _Adding(Change(data, source, dict(before)))
    sources = [adding.source(place, cells) for place, cells in enumerate(entry.sources, 1)]
    event = adding.event(_citing(entry.event, sources)) if entry.event else {}
    if event:
        adding.coding(event, entry.coding, coder)
    if entry.act:
        cells = entry.act if event else _citing(entry.act, sources)
        adding.act(cells, event, steps_of(data, cells, entry.steps))
    if entry.profile:
        adding.profile(entry.profile, event)
    adding.change.judge([*entry.faults, *adding.faults])
    events = adding.known["events"]
    doubles = probable_doubles(event, events) if event else []
    return Addition(adding.change, adding.added, adding.reused, doubles)


def _citing(entry: Cells, sources: list[str]) -> Cells:
    """Cells that cite the sources of their entry too, after those that they name by their ids."""
    named = [name for name in entry.get(_CITED, "").split(LIST_SEPARATOR) if name]
    cited = [*named, *(source for source in dict.fromkeys(sources) if source not in named)]
    return entry | {_CITED: LIST_SEPARATOR.join(cited)} if sources else entry


class _Adding:
    """Completes the parts of an entry, one after the other, and puts them into the tables."""

    def __init__(self, change: Change) -> None:
        self.change = change
        self.faults: list[Fault] = []
        self.added: list[str] = []
        self.reused: dict[str, str] = {}
        tables = self.change.tables
        self.known = {
            name: rows_of(tables[name], self.change.content(tables[name].file))
            for name in ("events", *PART_TABLES.values())
        }
        self._pages = {ids.same_page(row["url"]): row["source_id"] for row in self.known["sources"]}

    def source(self, place: int, entry: Cells) -> str:
        """Return a source's id: that of a known page, as given before, else that of a new row."""
        name = f"{SOURCES}[{place}]"
        page = ids.same_page(entry.get("url", ""))
        if page in self._pages:
            self.reused[name] = self._pages[page]
            return self._pages[page]
        made = {"source_id": ids.source_id(entry.get("publisher", ""), entry.get("url", ""))}
        tier = self._tier(entry.get("url", ""))
        source_id = self._add("sources", name, made | tier | entry, entry)
        if page:
            self._pages[page] = source_id
        return source_id

    def _tier(self, url: str) -> Cells:
        classes = [(row["url"], row["tier"]) for row in self.known["sources"]]
        unknown = _UNKNOWN_TIER if _UNKNOWN_TIER in self.change.data.codebook.tiers else ""
        return {"tier": ids.most_common_of_host(url, classes) or unknown}

    def event(self, entry: Cells) -> Cells:
        """Return the cells of the event."""
        taken = {row["event_id"] for row in self.known["events"]}
        actor, day, title = (entry.get(name, "") for name in ("actor", "date", "title"))
        named = {"event_id": ids.event_id(actor, day, title, taken)}
        made = named | {"landmark": "no", "recorded": self._today}
        self._add("events", "", made | entry, entry)
        return dict(self.change.rows[-1].cells)

    def coding(self, event: Cells, entry: Cells, coder: str | None) -> None:
        """Read the coding that the score of the event comes from. A context event needs none."""
        takes_position = event["actor"] in self.change.data.position_actors
        if not (event["score"] or entry or (coder and takes_position)):
            return
        # Who is named by --coder is given like the rest: its fault is nobody else's.
        said = ({"coder": coder} if coder else {}) | entry
        if not said.get("coder"):
            text = "is missing; who gave the score must be named, here or by --coder"
            self.faults.append(Fault(self.change.source, 0, f"{CODING}.coder", text))
        if entry.get("score", event["score"]) != event["score"]:
            text = f"is {inline(entry['score'])}, but its only coding is what the event scores: "
            text += inline(event["score"]) if event["score"] else "nothing, which is context"
            self.faults.append(Fault(self.change.source, 0, f"{CODING}.score", text))
        made = {"event_id": event["event_id"], "score": event["score"], **self.change.coding}
        self._add("codings", CODING, made | said, said)

    def act(self, entry: Cells, event: Cells, steps: Sequence[Mapping[str, str]]) -> None:
        """Read the line of the register, and the steps of the act; what it does not say of actor,
        domain and event the event does, or the one that it names, and what it does not say of its
        deadline its steps do.
        """
        event_id, events = entry.get("event_id", ""), self.known["events"]
        event = event or next((row for row in events if row["event_id"] == event_id), {})
        taken = {row["act_id"] for row in self.known["acts"]}
        shared = ("actor", "event_id", "domain", "confidence", _CITED)
        made = {name: event[name] for name in shared if event} | {"recorded": self._today}
        actor = (made | entry).get("actor", "")
        named = {"act_id": ids.act_id(actor, entry.get("name", ""), taken)}
        said = deadline_of(self.change.data.codebook, steps)
        act_id = self._add("acts", ACT, named | made | said | entry, entry)
        for place, step in enumerate(steps, 1):
            self._add(STEP_TABLE, step_name(place), {"act_id": act_id, **step}, step)

    def profile(self, entry: Cells, event: Cells) -> None:
        """Read the sentence on where an actor stands, that of the event where it names none."""
        made = {name: event[name] for name in ("actor",) if event} | {"recorded": self._today}
        self._add("profiles", PROFILE, made | entry, entry)

    @property
    def _today(self) -> str:
        return self.change.data.today.isoformat()

    def _add(
        self, table: str, name: str, cells: Mapping[str, str], entry: Mapping[str, str]
    ) -> str:
        """Put a row into a table, what nobody gave being empty; return its first cell."""
        columns = self.change.tables[table]
        whole = {column.name: cells.get(column.name, column.default) for column in columns.columns}
        self.change.add(Row(columns, name, whole, frozenset(entry)))
        first = whole[columns.header[0]]
        if table not in (PART_TABLES[CODING], STEP_TABLE):
            profile = table == PART_TABLES[PROFILE]
            self.added.append(ids.profile_id(first, whole["as_of"]) if profile else first)
        return first
