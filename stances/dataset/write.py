"""Rows added and corrected: what nobody gave is made, the whole folder is judged before a byte is
written, and files are written all or none. A TOML file has an event at its top, `[[sources]]`,
`[coding]`, `[act]` with `[[act.steps]]`, and `[profile]`; keys are columns.
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
from stances.dataset.check import read_table
from stances.dataset.codebook import CODEBOOK_FILE
from stances.dataset.days import is_partial
from stances.dataset.faults import BadInput, DataFaults, Fault
from stances.dataset.load import Dataset, checked
from stances.dataset.releases import CHANGELOG_FILE
from stances.dataset.rules import last_step
from stances.dataset.schema import LIST_SEPARATOR, Table
from stances.dataset.toml import parse_toml

Row = dict[str, str]
# What can be corrected, by table, and what a row of it is called by.
_ROW_IDS = {
    "events": "{event_id}",
    "sources": "{source_id}",
    "acts": "{act_id}",
    "deadlines": "{act_id}/{deadline}/{part}/{kind}",
    "profiles": "{actor}@{as_of}",
}
# What an act has from its event where its entry does not say otherwise.
_SHARED = ("actor", "event_id", "domain", "confidence", "source_ids")


class BadEntry(DataFaults):
    """Rows that cannot be put into the data: what was given at fault, else what comes of it."""


class Change:
    """A data folder as it is to be. `why`: the reason of corrections; `coder`: who scored."""

    def __init__(self, data: Dataset, why: str = "", coder: str = "") -> None:
        self.data = data
        self.why = why.strip()
        self.coder = coder.strip()
        self.today = data.today.isoformat()
        self.tables = schema.tables(data.codebook)
        self.rows = {name: rows_of(table, data.files) for name, table in self.tables.items()}
        self.changelog = data.changelog
        self.notes: list[str] = []

        # The tables with all columns of today, which the files may not have yet.
        self._before = self._contents()
        self._source = ""
        self._faults: list[Fault] = []

    def take(self, content: bytes, source: str) -> None:
        """Put an entry into the tables; faults call it `source`. Raises DataFaults for no TOML."""
        entry = parse_toml(content, source)
        self._source = source
        sources = entry.pop("sources", [])
        coding = entry.pop("coding", {})
        act = entry.pop("act", {})
        profile = entry.pop("profile", {})

        if not isinstance(sources, list):
            sources = [sources] if sources else []
        cited = [self._cite(cells, f"sources[{n}]") for n, cells in enumerate(sources, 1)]

        event = Row()
        if entry or coding:
            event = self._event(entry, cited, coding)
        if act:
            self._act(act, event, cited)
        if profile:
            cells = self._cells("profiles", profile, "profile")
            self._put("profiles", {"actor": event.get("actor", "")}, cells, "profile")

    def edit(self, row_id: str, cells: Mapping[str, str]) -> None:
        """Correct the row of an id, ACT/DEADLINE/PART/KIND or ACTOR@DAY. Raises BadInput."""
        self._source = row_id
        rows: dict[str, tuple[str, Row]] = {}
        for name, pattern in _ROW_IDS.items():
            for row in self.rows[name]:
                rows[pattern.format_map(row)] = name, row
        if row_id not in rows:
            text = "is not the id of an event, a source, an act, a step or a profile"
            nearest = faults.did_you_mean(row_id, rows)
            raise BadInput(f"{faults.inline(row_id)} {text}{nearest}")
        name, row = rows[row_id]

        # A step has no id for ever: its day, kind and part can be corrected too.
        fixed = ["act_id"]
        if name != "deadlines":
            fixed = [*self.tables[name].key, "recorded"]
        allowed = [column for column in self.tables[name].header if column not in fixed]
        judged = self._cells(name, cells, "", allowed)
        corrected = {column: cell for column, cell in judged.items() if cell != row[column]}
        if not corrected and not self._faults:
            raise BadInput(f"{row_id} says so already; nothing changes")

        moves = {column: (row[column], cell) for column, cell in corrected.items()}
        self.changelog = changelog.with_correction(self.changelog, row_id, moves, self.why)
        row |= corrected
        if "recorded" in row:
            row["recorded"] = self.today

        if name == "deadlines":
            self._follow(next(act for act in self.rows["acts"] if act["act_id"] == row["act_id"]))
        elif name == "events" and "score" in corrected:
            self._review(row)

    # -- parts of an entry ---------------------------------------------------------------------

    def _cite(self, entry: Any, place: str) -> str:
        """Return the id of a source: that of a page that is known, else that of a new row."""
        cells = self._cells("sources", entry, place)
        url = cells.get("url", "")

        for row in self.rows["sources"]:
            if url and _page(row["url"]) == _page(url):
                self.notes.append(f"{place}: the page is known as {row['source_id']}")
                return row["source_id"]

        source_id = f"{slug(cells.get('publisher', ''), 24)}-{_hash(url)}"
        return self._put("sources", {"source_id": source_id}, cells, place)["source_id"]

    def _event(self, entry: Any, cited: list[str], coding: Any) -> Row:
        cells = self._cells("events", entry, "")
        _add_sources(cells, cited)
        for row in self.rows["events"]:
            if all(row[column] == cells.get(column) for column in ("actor", "date", "domain")):
                self.notes.append(f"may double {row['event_id']}")

        day = cells.get("date", "").replace("-", "")
        title = slug(cells.get("title", ""), 40)
        event_id = self._free("events", f"{cells.get('actor', '')}-{day}-{title}")
        event = self._put("events", {"event_id": event_id, "landmark": "no"}, cells, "")

        if event["score"] or coding:
            defaults = self._coding(event, self.coder)
            self._put("codings", defaults, self._cells("codings", coding, "coding"), "coding")
        return event

    def _act(self, entry: Any, event: Row, cited: list[str]) -> None:
        steps = entry.pop("steps", []) if isinstance(entry, dict) else []
        cells = self._cells("acts", entry, "act")
        defaults = Row()
        if event:
            defaults = {column: event[column] for column in _SHARED}
        else:
            _add_sources(cells, cited)

        actor = (defaults | cells).get("actor", "")
        defaults["act_id"] = self._free("acts", f"{actor}-{slug(cells.get('name', ''))}")
        act = self._put("acts", defaults, cells, "act")

        if not isinstance(steps, list):
            steps = [steps]
        for n, step in enumerate(steps, 1):
            place = f"act.steps[{n}]"
            step_cells = self._cells("deadlines", step, place)
            self._put("deadlines", {"act_id": act["act_id"]}, step_cells, place)
        self._follow(act, cells)

    def _review(self, event: Row) -> None:
        """Put the score of a corrected event into the coding of who reviewed it."""
        if not self.coder:
            self._fault("coder", "is missing; who reviewed the score must be named, by --coder")
            return
        coder = self.coder
        if not re.match(r"review\b", coder):
            coder = f"review {coder}"

        # A second review by the same coder takes the place of the first.
        key = {"event_id": event["event_id"], "coder": coder}
        codings = self.rows["codings"]
        self.rows["codings"] = [row for row in codings if not key.items() <= row.items()]
        self._put("codings", self._coding(event, coder), {"why": self.why}, "coding")

    def _coding(self, event: Row, coder: str) -> Row:
        digest = hashlib.sha256(self.data.files[CODEBOOK_FILE])
        return {
            "event_id": event["event_id"],
            "coder": coder,
            "score": event["score"],
            "codebook": digest.hexdigest()[:8],
        }

    def _follow(self, act: Row, entered: Collection[str] = ()) -> None:
        """Put what falls due by an act's last step into the act, where it was not `entered`."""
        steps = [step for step in self.rows["deadlines"] if step["act_id"] == act["act_id"]]
        dated = [step for step in steps if is_partial(step["deadline"])]
        if not dated:
            return

        last = last_step(pd.DataFrame(dated), self.data.codebook.acts.leading).iloc[0]
        due = {"deadline": last["deadline"], "deadline_kind": last["kind"]}
        # Words about the same date and kind may be better than those of the step, and stay.
        if due.items() - act.items():
            due["deadline_what"] = last["what"]
        act |= {column: cell for column, cell in due.items() if column not in entered}
        act["recorded"] = self.today

    # -- rows ----------------------------------------------------------------------------------

    def _fault(self, column: str, message: str) -> None:
        self._faults.append(Fault(self._source, 0, column.strip("."), message))

    def _cells(self, name: str, entry: Any, place: str, allowed: Collection[str] = ()) -> Row:
        """Return an entry as texts by column, each judged; others than allowed are faults."""
        cells = Row()
        if not isinstance(entry, dict):
            self._fault(place, f"{faults.inline(entry)} must be a table")
            return cells

        columns = {column.name: column for column in self.tables[name].columns}
        if not allowed:
            allowed = columns
        for key, value in entry.items():
            if key not in allowed:
                self._fault(f"{place}.{faults.inline(key)}", faults.not_one_of(key, allowed))
                continue
            cells[key] = _cell(value)
            message = schema.cell_fault(columns[key], cells[key], self.data.today)
            if message:
                self._fault(f"{place}.{key}", message)
        return cells

    def _put(self, name: str, defaults: Row, cells: Row, place: str) -> Row:
        """Add a row of cells and, for the rest, of defaults, in its place; return it."""
        table = self.tables[name]
        filled = {"recorded": self.today, **defaults, **cells}
        new_row = {column.name: filled.get(column.name, column.default) for column in table.columns}
        for column in table.columns:
            if not (new_row[column.name] or column.optional or column.name in cells):
                self._fault(f"{place}.{column.name}", f"is missing: {column.about}")

        # Rows written by hand may be in any order: behind the last that belongs before it.
        sort_key = itemgetter("date", "event_id") if name == "events" else itemgetter(*table.key)
        position = 0
        for n, row in enumerate(self.rows[name], 1):
            if sort_key(row) <= sort_key(new_row):
                position = n
        self.rows[name].insert(position, new_row)
        return new_row

    def _free(self, table: str, name: str) -> str:
        """Return a name as an id of a table; with -2, -3 and so on where it is taken."""
        column = self.tables[table].header[0]
        taken = {row[column] for row in self.rows[table]}
        row_id = name
        n = 1
        while row_id in taken:
            n += 1
            row_id = f"{name}-{n}"
        return row_id

    # -- what comes of it ----------------------------------------------------------------------

    def _contents(self) -> dict[str, bytes]:
        tables = self.tables.values()
        return {table.file: _csv(table, self.rows[table.name]) for table in tables}

    def after(self) -> dict[str, bytes]:
        """Return the files that become others, by name."""
        before = self._before
        contents = self._contents().items()
        files = {name: content for name, content in contents if content != before[name]}
        if self.changelog != self.data.changelog:
            files[CHANGELOG_FILE] = self.changelog.encode()
        return files

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
        """Return what comes and goes, as if the files had all columns already."""
        before = {**self.data.files, **self._before}
        lines: list[str] = []
        for name, content in self.after().items():
            old = before.get(name, b"").decode().splitlines(True)
            new = content.decode().splitlines(True)
            lines += difflib.unified_diff(old, new, name, name, n=0)
        return "".join(lines)

    def write(self) -> None:
        """Write all files, each aside first. Raises BadInput where one has changed meanwhile."""
        folder = self.data.folder
        files = self.after()
        for name in files:
            path = folder / name
            content = path.read_bytes() if path.exists() else b""
            if content != self.data.files.get(name, b""):
                raise BadInput(f"{path} has changed meanwhile; nothing was written")

        # A full disk fails here, while all files still are what they were.
        for name, content in files.items():
            (folder / f".{name}.new").write_bytes(content)
        for name in files:
            (folder / f".{name}.new").replace(folder / name)


def rows_of(table: Table, files: Mapping[str, bytes]) -> list[Row]:
    """Return the rows of a valid table as texts, with all columns that it has today."""
    rows: Any = read_table(table, files.get(table.file), table.file).to_dict("records")
    return [*rows]


def slug(text: str, most: int = 1_000) -> str:
    """Return a text in lower-case letters, digits and hyphens, cut between words; or its hash."""
    latin = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = shorten(re.sub("[^a-z0-9]+", " ", latin), most, placeholder="")
    return words.replace(" ", "-") or _hash(text)


def _hash(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:6]


def _page(url: str) -> str:
    """Return what addresses of one page share, whatever their scheme, fragment and last slash."""
    return re.sub(r"^https?://(www\.)?|#.*$", "", url.strip()).rstrip("/")


def _cell(value: object) -> str:
    """Return a value of a TOML file as the text of a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return LIST_SEPARATOR.join(map(str, value))
    return str(value)


def _add_sources(cells: Row, cited: list[str]) -> None:
    """Let cells cite the sources of their entry after those that they name."""
    if cited:
        ids = [*cells.get("source_ids", "").split(LIST_SEPARATOR), *cited]
        cells["source_ids"] = LIST_SEPARATOR.join(filter(None, dict.fromkeys(ids)))


def _csv(table: Table, rows: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, table.header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
