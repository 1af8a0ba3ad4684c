"""Rows added and corrected: what nobody gave is made, the whole folder is judged before a byte is
written, and files are written all or none. An entry has an event at its top, `[[sources]]`,
`[coding]`, `[act]` with `[[act.steps]]`, `[profile]`, and `[actor]`; keys are columns.
"""

import csv
import difflib
import hashlib
import io
import re
import unicodedata
from collections.abc import Collection, Mapping
from operator import itemgetter
from textwrap import shorten
from typing import Any

import pandas as pd

from stances.dataset import changelog, faults, schema
from stances.dataset.codebook import CODEBOOK_FILE
from stances.dataset.days import is_partial
from stances.dataset.faults import BadInput, DataFaults, Fault
from stances.dataset.files import alone, finish_writing, replace_files
from stances.dataset.load import Dataset, checked, read_files
from stances.dataset.releases import CHANGELOG_FILE
from stances.dataset.rules import last_step
from stances.dataset.schema import LIST_SEPARATOR, Row, Table
from stances.dataset.toml import parse_toml

# What can be found and corrected, by table, and what a row of it is called by.
_ROW_IDS = {
    "events": "{event_id}",
    "sources": "{source_id}",
    "acts": "{act_id}",
    "deadlines": "{act_id}/{deadline}/{part}/{kind}",
    "profiles": "{actor}@{as_of}",
    "actors": "{actor}",
}
# What an act has from its event where its entry does not say otherwise.
_SHARED = (
    "actor",
    "event_id",
    "domain",
    "confidence",
    "source_ids",
)
# Two events with the same of these may be one.
_SAME_IN_DOUBLES = ("actor", "date", "domain")


class BadEntry(DataFaults):
    """Rows that cannot be put into the data: what was given at fault, else what comes of it."""


class Change:
    """A data folder as it is to be. `why`: the reason of corrections; `coder`: who scored.

    `rows`: those of each table, and `changelog`: the text, as they are to be; `notes`: lines for
    who makes the change to look at, such as on an event that may be there already. A cell that
    cannot be is kept as a fault, and told by `judged` with all others.
    """

    def __init__(
        self,
        data: Dataset,
        why: str = "",
        coder: str = "",
    ) -> None:
        self.data = data
        self.why = why.strip()
        self.coder = coder.strip()
        self.today = data.today.isoformat()
        self.tables = schema.tables(data.codebook)
        # Lists of its own, of rows that are shared with the dataset: what corrects one puts another
        # in its place.
        self.rows = {name: [*rows] for name, rows in data.rows.items()}
        self.changelog = data.changelog
        self.notes: list[str] = []
        # What faults of an entry call it.
        self._source = "entry"
        self._faults: list[Fault] = []

    def take(self, content: bytes, source: str) -> None:
        """Put the entry of a TOML file into the tables; faults call it `source`. Raises DataFaults
        for no TOML.
        """
        self.put(parse_toml(content, source), source)

    def put(self, entry: Mapping[str, Any], source: str = "entry") -> str:
        """Put an entry into the tables: what a TOML file of it says, in which a part that is empty
        is as one that is not there; faults call it `source`. Return the id of its event; empty: it
        has none.
        """
        self._source = source
        cells_of_event = dict(entry)
        sources = cells_of_event.pop("sources", [])
        coding = cells_of_event.pop("coding", {})
        act = cells_of_event.pop("act", {})
        profile = cells_of_event.pop("profile", {})
        # Of an event `actor` is the code.
        if isinstance(entry.get("actor"), dict):
            self.add("actors", cells_of_event.pop("actor"), "actor")

        # A single table does for one source; what is none is refused as one.
        if not isinstance(sources, list):
            sources = [sources] if sources else []
        cited = [self._cite(cells, f"sources[{n}]") for n, cells in enumerate(sources, 1)]

        event = Row()
        if cells_of_event or coding:
            event = self._event(cells_of_event, cited, coding)
        if act:
            self._act(act, event, cited)
        if profile:
            cells = self._cells("profiles", profile, "profile")
            self._insert("profiles", cells, "profile", actor=event.get("actor", ""))
        return event.get("event_id", "")

    def add(self, name: str, entry: Any, place: str = "") -> Row:
        """Add a row to a table and return it: an entry of its cells, by column; `place`: what
        stands before these in faults.
        """
        cells = self._cells(name, entry, place)
        row = self._insert(name, cells, place)
        # The act names its last step, which may be this one.
        if name == "deadlines":
            self._follow(self._row("acts", row["act_id"]))
        return row

    def look(self, actor: str, by: str) -> None:
        """Put down that somebody looked through the sources on an actor up to today."""
        entry = {"actor": actor, "looked_to": self.today, "by": by}
        cells = self._cells("coverage", entry)
        for row in self.rows["coverage"]:
            if row["actor"] == actor:
                self._replace("coverage", row, cells)
                return
        self._insert("coverage", cells)

    def cite(self, row_id: str, source: str | Mapping[str, Any], name: str = "source") -> str:
        """Add a further source to an event or an act and return the id of that: the cells of one,
        which faults call `name`, or the id of one that is known. No fact changes, so the row stays
        recorded as it was. Raises BadInput.
        """
        self._source = name
        table, row = self.find(row_id)
        if table not in ("events", "acts"):
            raise BadInput(f"{row_id} is in {table}.csv; only events and acts cite sources")
        if isinstance(source, str):
            source_id = self._row("sources", source)["source_id"]
        else:
            source_id = self._cite(source)

        cells = {"source_ids": row["source_ids"]}
        _add_sources(cells, [source_id])
        # The source was among them: nothing is new.
        if cells.items() <= row.items():
            raise BadInput(f"{row_id} cites {source_id} already; nothing changes")
        self._replace(table, row, cells)
        return row_id

    def code(self, event_id: str, score: str, why: str = "", seen: str = "all") -> None:
        """Add what the coder of this change scores an event; an empty score: context. `seen`: what
        the coder had before them. Raises BadInput.
        """
        self._source = event_id
        event = self._row("events", event_id)
        coding = {"score": score, "why": why.strip(), "seen": seen}
        cells = self._cells("codings", coding)
        self._insert_coding(event, self.coder, cells)

    def find(self, row_id: str) -> tuple[str, Row]:
        """Return the table and the row of an id, ACT/DEADLINE/PART/KIND or ACTOR@DAY: a row to be
        read, and never changed in place. Raises BadInput with the nearest id.
        """
        known = []
        for name, pattern in _ROW_IDS.items():
            for row in self.rows[name]:
                known_id = pattern.format_map(row)
                if known_id == row_id:
                    return name, row
                known.append(known_id)

        text = "is not the id of an event, a source, an act, a step, a profile or an actor"
        nearest = faults.did_you_mean(row_id, known)
        raise BadInput(f"{faults.inline(row_id)} {text}{nearest}")

    def source_of(self, url: str) -> Row:
        """Return the source that has the page of an address; empty: none has."""
        page = _page(url)
        for row in self.rows["sources"]:
            if url and _page(row["url"]) == page:
                return row
        return {}

    def edit(self, row_id: str, cells: Mapping[str, str]) -> None:
        """Correct the row of an id, as `find` takes it. Raises BadInput."""
        self._source = row_id
        name, row = self.find(row_id)
        table = self.tables[name]

        # A step has no id for ever: its day, kind and part can be corrected too.
        fixed = ["act_id"] if name == "deadlines" else [*table.key, "recorded"]
        allowed = [column for column in table.header if column not in fixed]
        judged = self._cells(name, cells, allowed=allowed)
        corrected = {column: cell for column, cell in judged.items() if cell != row[column]}
        # A cell that is not allowed is no correction, but a fault for `judged`.
        if not corrected and not self._faults:
            raise BadInput(f"{row_id} says so already; nothing changes")

        self.changelog = changelog.with_correction(
            self.changelog,
            row_id,
            row,
            corrected,
            self.why,
        )
        if name == "events" and not row["added"]:
            # Empty, it is the day of recorded, which a correction makes today.
            corrected.setdefault("added", row["recorded"])
        # Sources, steps and actors do not say when they were recorded.
        if "recorded" in row:
            corrected["recorded"] = self.today
        new_row = self._replace(name, row, corrected)

        if name == "deadlines":
            self._follow(self._row("acts", row["act_id"]))
        elif name == "events" and "score" in corrected:
            self._review(new_row)

    # -- parts of an entry ---------------------------------------------------------------------

    def _cite(self, entry: Any, place: str = "") -> str:
        """Return the id of a source: that of a page that is known, else that of a new row."""
        cells = self._cells("sources", entry, place)
        url = cells.get("url", "")
        known = self.source_of(url)
        if known:
            self.notes.append(f"the page {url} is known as {known['source_id']}")
            return known["source_id"]

        publisher = cells.get("publisher", "")
        source_id = f"{slug(publisher, 24)}-{_hash(url)}"
        source = self._insert("sources", cells, place, source_id=source_id)
        return source["source_id"]

    def _event(
        self,
        entry: Any,
        cited: list[str],
        coding: Any,
    ) -> Row:
        """Add an event and, where it has a score, its coding; return its row. `cited`: the ids of
        the sources of its entry.
        """
        cells = self._cells("events", entry)
        _add_sources(cells, cited)
        compared = {column: cells.get(column) for column in _SAME_IN_DOUBLES}
        for row in self.rows["events"]:
            # All of these cells are the row's too; one that was not given is None, and no row's.
            if compared.items() <= row.items():
                self.notes.append(f"may double {row['event_id']}")

        actor = cells.get("actor", "")
        date = cells.get("date", "")
        title = cells.get("title", "")
        digits = date.replace("-", "")
        event_id = self._free("events", f"{actor}-{digits}-{slug(title, 40)}")
        # Who says on which day the row was recorded says when it came in.
        added = cells.get("recorded", self.today)
        event = self._insert("events", cells, event_id=event_id, landmark="no", added=added)

        # Without a score there is a coding if its coder says why: context.
        if event["score"] or coding:
            coding_cells = self._cells("codings", coding, "coding")
            self._insert_coding(event, self.coder, coding_cells, "coding")
        return event

    def _act(
        self,
        entry: Any,
        event: Row,
        cited: list[str],
    ) -> None:
        """Add an act and its steps. `event`: the row of what brought it, empty: none; `cited`: the
        ids of the sources of its entry.
        """
        steps: Any = []
        if isinstance(entry, dict):
            entry = dict(entry)
            steps = entry.pop("steps", [])
        cells = self._cells("acts", entry, "act")
        defaults = Row()
        # The event cites the sources of the entry, and the act those of the event.
        if event:
            defaults = {column: event[column] for column in _SHARED}
        else:
            _add_sources(cells, cited)

        actor = cells.get("actor", defaults.get("actor", ""))
        name = slug(cells.get("name", ""))
        defaults["act_id"] = self._free("acts", f"{actor}-{name}")
        act = self._insert("acts", cells, "act", **defaults)

        # One table is one step; what is none, `_cells` refuses.
        if not isinstance(steps, list):
            steps = [steps]
        for n, step in enumerate(steps, 1):
            place = f"act.steps[{n}]"
            step_cells = self._cells("deadlines", step, place)
            self._insert("deadlines", step_cells, place, act_id=act["act_id"])
        self._follow(act, cells)

    def _review(self, event: Row) -> None:
        """Put the score of a corrected event into the coding of who reviewed it."""
        if not self.coder:
            self._fault("is missing; who reviewed the score must be named, by --coder", "coder")
            return
        coder = self.coder
        if not re.match(r"review\b", coder):
            coder = f"review {coder}"

        # A second review by the same coder takes the place of the first.
        review = [event["event_id"], coder]
        codings = self.rows["codings"]
        self.rows["codings"] = [row for row in codings if [row["event_id"], row["coder"]] != review]
        self._insert_coding(event, coder, {"why": self.why}, "coding")

    def _insert_coding(self, event: Row, coder: str, cells: Row, place: str = "") -> None:
        """Add a coding of an event: by the coder, with the event's score and the hash of the
        codebook, where its cells do not say otherwise.
        """
        digest = hashlib.sha256(self.data.files[CODEBOOK_FILE])
        self._insert(
            "codings",
            cells,
            place,
            event_id=event["event_id"],
            coder=coder,
            score=event["score"],
            codebook=digest.hexdigest()[:8],
        )

    def _follow(self, act: Row, entered: Collection[str] = ()) -> None:
        """Put what falls due by an act's last step into the act, but not into the columns that its
        own entry gave, the `entered` ones.
        """
        # A step without a day is a fault, told with its row.
        dated = []
        for step in self.rows["deadlines"]:
            if step["act_id"] == act["act_id"] and is_partial(step["deadline"]):
                dated.append(step)
        if not dated:
            return

        steps = pd.DataFrame(dated)
        last = last_step(steps, self.data.codebook.acts.leading).iloc[0]
        due = {"deadline": last["deadline"], "deadline_kind": last["kind"]}
        # An act that has this day and kind already keeps its own words for them: what is left of
        # the two without the act's own cells is new.
        if due.items() - act.items():
            due["deadline_what"] = last["what"]
        followed = {column: cell for column, cell in due.items() if column not in entered}
        followed["recorded"] = self.today
        self._replace("acts", act, followed)

    # -- rows ----------------------------------------------------------------------------------

    def _fault(self, message: str, *place: str) -> None:
        """Keep a fault of what was given; `place`: the parts of its dotted key."""
        # What stands at the top of an entry has an empty place before its key.
        column = ".".join(place).strip(".")
        self._faults.append(Fault(self._source, message, column=column))

    def _cells(
        self,
        name: str,
        entry: Any,
        place: str = "",
        allowed: Collection[str] = (),
    ) -> Row:
        """Return an entry as texts by column, each judged; others than allowed are faults. `name`:
        of the table; `place`: of the entry, in faults; `allowed`: columns, empty: all. An empty
        cell stays; an entry that is no table is a fault, and has no cells.
        """
        cells = Row()
        if not isinstance(entry, dict):
            self._fault(f"{faults.inline(entry)} must be a table", place)
            return cells

        columns = {column.name: column for column in self.tables[name].columns}
        if not allowed:
            allowed = columns
        for key, value in entry.items():
            if key not in allowed:
                self._fault(faults.not_one_of(key, allowed), place, faults.inline(key))
                continue
            cells[key] = _cell(value)
            message = schema.cell_fault(columns[key], cells[key], self.data.today)
            if message:
                self._fault(message, place, key)
        return cells

    def _insert(
        self,
        name: str,
        cells: Row,
        place: str = "",
        **defaults: str,
    ) -> Row:
        """Add a row to a table, in its order, and return it: of cells and, for other columns, of
        defaults, else of those of the table. `place`: of the entry, in faults.
        """
        table = self.tables[name]
        filled = {"recorded": self.today, **defaults, **cells}
        new_row = Row()
        for column in table.columns:
            cell = filled.get(column.name, column.default)
            new_row[column.name] = cell
            # What was given, but empty, is judged with its row.
            if not (cell or column.optional or column.name in cells):
                self._fault(f"is missing: {column.about}", place, column.name)

        order = table.key
        if name == "events":
            order = ["date", "event_id"]
        sort_key = itemgetter(*order)
        # Rows written by hand may be in any order: behind the last that belongs before it.
        rows = self.rows[name]
        position = 0
        for n, row in enumerate(rows, 1):
            if sort_key(row) <= sort_key(new_row):
                position = n
        rows.insert(position, new_row)
        return new_row

    def _row(self, name: str, row_id: str) -> Row:
        """Return the row of an id in a table. Raises BadInput for one that is in another."""
        table, row = self.find(row_id)
        if table != name:
            raise BadInput(f"{row_id} is not in {name}.csv, it is in {table}.csv")
        return row

    def _replace(self, name: str, row: Row, cells: Row) -> Row:
        """Put a row with other cells in the place of a row; return it."""
        rows = self.rows[name]
        new_row = row | cells
        rows[rows.index(row)] = new_row
        return new_row

    def _free(self, table: str, name: str) -> str:
        """Return a name as an id of a table; with -2, -3 and so on where it is taken."""
        pattern = _ROW_IDS[table]
        taken = set(map(pattern.format_map, self.rows[table]))
        row_id = name
        n = 1
        while row_id in taken:
            n += 1
            row_id = f"{name}-{n}"
        return row_id

    # -- what comes of it ----------------------------------------------------------------------

    def after(self) -> dict[str, bytes]:
        """Return the files that become others, by name."""
        files = {}
        for name, table in self.tables.items():
            rows = self.rows[name]
            if rows != self.data.rows[name]:
                files[table.file] = _csv(rows, self._header(table))
        if self.changelog != self.data.changelog:
            files[CHANGELOG_FILE] = self.changelog.encode()
        return files

    def _header(self, table: Table) -> list[str]:
        """Return the header that the file of a table is to have: what it has, and later columns as
        far as a row has more in them than their default. Else every line would be a change.
        """
        content = self.data.files.get(table.file, b"")
        width = len(schema.header_of(content))
        for count, column in enumerate(table.columns, start=1):
            cells = {row[column.name] for row in self.rows[table.name]}
            if not column.later or cells - {column.default}:
                width = max(width, count)
        return table.header[:width]

    def judged(self) -> Dataset:
        """Return the dataset as it would be. Raises BadEntry: what is wrong with what was given, by
        its place; else what comes of it, by the lines of the files as they would be.
        """
        if self._faults:
            raise BadEntry(self._faults)
        files = {**self.data.files, **self.after()}
        try:
            return checked(self.data.folder, files, self.data.today)
        except DataFaults as refused:
            raise BadEntry(refused.faults) from None

    def diff(self) -> str:
        """Return what comes and goes, as if the files had had new columns already."""
        tables = {table.file: table for table in self.tables.values()}
        lines: list[str] = []
        for name, content in self.after().items():
            old = self.data.changelog
            if name in tables:
                rows = self.data.rows[tables[name].name]
                old = _csv(rows, schema.header_of(content)).decode()
            new = content.decode()
            lines += difflib.unified_diff(
                old.splitlines(True),
                new.splitlines(True),
                fromfile=name,
                tofile=name,
                n=0,
            )
        return "".join(lines)

    def write(self) -> None:
        """Write all files, or none. Raises BadInput where one has changed meanwhile, OSError."""
        folder = self.data.folder
        files = self.after()
        with alone(folder):
            finish_writing(folder)
            files_now = read_files(folder)
            for name in files:
                if files_now.get(name) != self.data.files.get(name):
                    path = folder / name
                    raise BadInput(f"{path} has changed meanwhile; nothing was written")
            replace_files(folder, files)


def slug(text: str, most: int = 1_000) -> str:
    """Return a text in lower-case letters, digits and hyphens, cut between words; or its hash."""
    # Letters lose their accents: these stand apart in this form, and are dropped.
    decomposed = unicodedata.normalize("NFKD", text)
    latin = decomposed.encode("ascii", "ignore").decode()
    words = re.sub("[^a-z0-9]+", " ", latin.lower())
    shortened = shorten(words, most, placeholder="")
    if not shortened:
        return _hash(text)
    return shortened.replace(" ", "-")


def _hash(text: str) -> str:
    """Return six hexadecimal digits that stand for a text."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:6]


def _page(url: str) -> str:
    """Return what addresses of one page share, whatever their scheme, fragment and last slash."""
    page = re.sub(r"^https?://(www\.)?|#.*$", "", url.strip())
    return page.rstrip("/")


def _cell(value: object) -> str:
    """Return a value of a TOML file as the text of a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return LIST_SEPARATOR.join(map(str, value))
    return str(value)


def _add_sources(cells: Row, cited: list[str]) -> None:
    """Let cells cite the sources of their entry after those that they name, each once. Without any
    they stay without the column, which is missing then and not empty.
    """
    if cited:
        named = cells.get("source_ids", "").split(LIST_SEPARATOR)
        # Of no ids the split leaves an empty one.
        source_ids = filter(None, [*named, *cited])
        cells["source_ids"] = LIST_SEPARATOR.join(dict.fromkeys(source_ids))


def _csv(rows: list[Row], header: list[str]) -> bytes:
    """Return the file of a table with some rows, the columns of a header alone."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
