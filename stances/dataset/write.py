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
from collections.abc import Collection, Mapping, Sequence
from textwrap import shorten
from typing import Any

import pandas as pd

from stances.dataset import changelog, schema
from stances.dataset.check import read_table
from stances.dataset.codebook import CODEBOOK_FILE
from stances.dataset.days import is_partial
from stances.dataset.faults import BadInput, DataFaults, Fault, did_you_mean, inline, not_one_of
from stances.dataset.load import CHANGELOG_FILE, Dataset, checked
from stances.dataset.rules import last_step
from stances.dataset.schema import LIST_SEPARATOR, Table
from stances.dataset.toml import parse_toml

Row = dict[str, str]
# What can be corrected, with the columns that a row is called by and what stands between them.
_CALLED = {
    "events": (["event_id"], ""),
    "sources": (["source_id"], ""),
    "acts": (["act_id"], ""),
    "deadlines": (["act_id", "deadline", "part", "kind"], "/"),
    "profiles": (["actor", "as_of"], "@"),
}


class BadEntry(DataFaults):
    """Rows that cannot be put into the data: what was given at fault, else what comes of it."""


class Change:
    """A data folder as it is to be. `why`: the reason of corrections; `coder`: who scored."""

    def __init__(self, data: Dataset, why: str = "", coder: str = "") -> None:
        self.data, self.why, self.coder = data, why.strip(), coder.strip()
        self.today = data.today.isoformat()
        self.tables = schema.tables(data.codebook)
        self.rows = {name: rows_of(table, data.files) for name, table in self.tables.items()}
        self.changelog = data.files.get(CHANGELOG_FILE, b"").decode("utf-8-sig")
        self.notes: list[str] = []
        self._source, self._faults = "", list[Fault]()

    def take(self, content: bytes, source: str) -> None:
        """Put an entry into the tables; faults call it `source`. Raises DataFaults for no TOML."""
        entry, self._source = parse_toml(content, source), source
        sources, coding, act, profile = (
            entry.pop(name, {}) for name in ("sources", "coding", "act", "profile")
        )
        listed = sources if isinstance(sources, list) else [sources] if sources else []
        cited = [self._cite(one, f"sources[{n}]") for n, one in enumerate(listed, 1)]
        event = self._event(entry, cited, coding) if entry or coding else {}
        if act:
            self._act(act, event, [] if event else cited)
        if profile:
            cells = self._cells("profiles", profile, "profile")
            self._put("profiles", {"actor": event.get("actor", "")}, cells, "profile")

    def edit(self, row_id: str, cells: Mapping[str, str]) -> None:
        """Correct the row of an id, ACT/DEADLINE/PART/KIND or ACTOR@DAY. Raises BadInput."""
        known = {
            sign.join(row[column] for column in columns): (self.tables[name], row)
            for name, (columns, sign) in _CALLED.items()
            for row in self.rows[name]
        }
        if row_id not in known:
            text = "is not the id of an event, a source, an act, a step or a profile"
            raise BadInput(f"{inline(row_id)} {text}{did_you_mean(row_id, known)}")
        (table, row), self._source = known[row_id], row_id
        fixed = ["act_id"] if table.name == "deadlines" else [*table.key, "recorded"]
        allowed = [name for name in table.header if name not in fixed]
        given = self._cells(table.name, cells, "", allowed)
        moved = {name: cell for name, cell in given.items() if cell != row[name]}
        if not moved and not self._faults:
            raise BadInput(f"{row_id} says so already; nothing changes")
        told = {name: (row[name], cell) for name, cell in moved.items()}
        self.changelog = changelog.with_correction(self.changelog, row_id, told, self.why)
        row |= moved | ({"recorded": self.today} if "recorded" in row else {})
        if table.name == "deadlines":
            self._follow(next(act for act in self.rows["acts"] if act["act_id"] == row["act_id"]))
        elif table.name == "events" and "score" in moved:
            self._review(row)

    # -- parts of an entry ---------------------------------------------------------------------

    def _cite(self, given: Any, place: str) -> str:
        """Return the id of a source: that of a page that is known, else that of a new row."""
        cells = self._cells("sources", given, place)
        url, known = cells.get("url", ""), self.rows["sources"]
        if same := next((row for row in known if url and _page(row["url"]) == _page(url)), None):
            self.notes.append(f"{place}: the page is known as {same['source_id']}")
            return same["source_id"]
        made = {"source_id": f"{slug(cells.get('publisher', ''), 24)}-{_hash(url)}"}
        return self._put("sources", made, cells, place)["source_id"]

    def _event(self, given: Any, cited: list[str], coding: Any) -> Row:
        cells = _citing(self._cells("events", given, ""), cited)
        actor, day, title = (cells.get(name, "") for name in ("actor", "date", "title"))
        named = self._free("events", f"{actor}-{day.replace('-', '')}-{slug(title, 40)}")
        for row in self.rows["events"]:
            if all(row[name] == cells.get(name) for name in ("actor", "date", "domain")):
                self.notes.append(f"may double {row['event_id']}")
        event = self._put("events", {"event_id": named, "landmark": "no"}, cells, "")
        if event["score"] or coding:
            made = {**self._coding(event), "coder": self.coder}
            self._put("codings", made, self._cells("codings", coding, "coding"), "coding")
        return event

    def _act(self, given: Any, event: Row, cited: list[str]) -> None:
        steps = given.pop("steps", []) if isinstance(given, dict) else []
        cells = _citing(self._cells("acts", given, "act"), cited)
        shared = ("actor", "event_id", "domain", "confidence", "source_ids")
        made = {name: event[name] for name in shared if event}
        actor = cells.get("actor", made.get("actor", ""))
        made["act_id"] = self._free("acts", f"{actor}-{slug(cells.get('name', ''))}")
        act = self._put("acts", made, cells, "act")
        for n, step in enumerate(steps if isinstance(steps, list) else [steps], 1):
            place, key = f"act.steps[{n}]", {"act_id": act["act_id"]}
            self._put("deadlines", key, self._cells("deadlines", step, place), place)
        self._follow(act, cells)

    def _review(self, event: Row) -> None:
        """Put the score of a corrected event into the coding of who reviewed it."""
        if not self.coder:
            self._fault("coder", "is missing; who reviewed the score must be named, by --coder")
            return
        coder = self.coder if re.match(r"review\b", self.coder) else f"review {self.coder}"
        coding, key = self._coding(event), (event["event_id"], coder)
        others = (row for row in self.rows["codings"] if (row["event_id"], row["coder"]) != key)
        self.rows["codings"] = [*others]
        coding |= {"coder": coder, "why": self.why}
        self._put("codings", {}, coding, "coding")

    def _coding(self, event: Row) -> Row:
        digest = hashlib.sha256(self.data.files[CODEBOOK_FILE]).hexdigest()[:8]
        return {"event_id": event["event_id"], "score": event["score"], "codebook": digest}

    def _follow(self, act: Row, given: Collection[str] = ()) -> None:
        """Put what falls due by an act's last step into the act, where it was not given."""
        steps = [step for step in self.rows["deadlines"] if step["act_id"] == act["act_id"]]
        if steps := [step for step in steps if is_partial(step["deadline"])]:
            last = last_step(pd.DataFrame(steps), self.data.codebook.acts.leading).iloc[0]
            said = {"deadline": str(last["deadline"]), "deadline_kind": str(last["kind"])}
            if said.items() - act.items():
                said["deadline_what"] = str(last["what"])
            act |= {name: cell for name, cell in said.items() if name not in given}
            act["recorded"] = self.today

    # -- rows ----------------------------------------------------------------------------------

    def _fault(self, column: str, message: str) -> None:
        self._faults.append(Fault(self._source, 0, column.strip("."), message))

    def _cells(self, name: str, given: Any, place: str, allowed: Sequence[str] = ()) -> Row:
        """Return what is given as texts by column, each judged; others than allowed are faults."""
        columns, cells = {one.name: one for one in self.tables[name].columns}, Row()
        if not isinstance(given, dict):
            self._fault(place, f"{inline(given)} must be a table")
            return cells
        for key, value in given.items():
            if key not in (allowed := allowed or [*columns]):
                self._fault(f"{place}.{inline(key)}", not_one_of(key, allowed))
            else:
                said = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
                parts = said if isinstance(said, list) else [said]
                cells[key] = LIST_SEPARATOR.join(map(str, parts))
                if text := schema.cell_fault(columns[key], cells[key], self.data.today):
                    self._fault(f"{place}.{key}", text)
        return cells

    def _put(self, name: str, made: Row, cells: Row, place: str) -> Row:
        """Add a row of what is given and, for the rest, made, in its place; return it."""
        table, rows = self.tables[name], self.rows[name]
        filled = {"recorded": self.today, **made, **cells}
        row = {column.name: filled.get(column.name, column.default) for column in table.columns}
        for column in table.columns:
            if not (row[column.name] or column.optional or column.name in cells):
                self._fault(f"{place}.{column.name}", f"is missing: {column.about}")
        order = ["date", "event_id"] if name == "events" else table.key
        key = [row[column] for column in order]
        before = (n for n, one in enumerate(rows, 1) if [one[column] for column in order] <= key)
        rows.insert(max(before, default=0), row)
        return row

    def _free(self, table: str, name: str) -> str:
        taken = {row[self.tables[table].header[0]] for row in self.rows[table]}
        numbered = (f"{name}-{n}" if n > 1 else name for n in range(1, 1000))
        return next(one for one in numbered if one not in taken)

    # -- what comes of it ----------------------------------------------------------------------

    def after(self) -> dict[str, bytes]:
        """Return the files that become others, by name."""
        files = {
            table.file: _csv(table, self.rows[name])
            for name, table in self.tables.items()
            if self.rows[name] != rows_of(table, self.data.files)
        }
        told = self.changelog.encode()
        moved = told != self.data.files.get(CHANGELOG_FILE, b"").removeprefix(b"\xef\xbb\xbf")
        return {**files, CHANGELOG_FILE: told} if moved else files

    def judged(self) -> Dataset:
        """Return the dataset as it would be. Raises BadEntry: what is wrong with what was given, by
        its place; else what comes of it, by the lines of the files as they would be.
        """
        if self._faults:
            raise BadEntry(self._faults)
        try:
            return checked(self.data.folder, {**self.data.files, **self.after()}, self.data.today)
        except DataFaults as refused:
            raise BadEntry(refused.faults) from None

    def diff(self) -> str:
        """Return what comes and goes, as if the files had all columns already."""
        before = {t.file: _csv(t, rows_of(t, self.data.files)) for t in self.tables.values()}
        before[CHANGELOG_FILE] = self.data.files.get(CHANGELOG_FILE, b"")
        lines = list[str]()
        for name, content in self.after().items():
            then, now = (text.decode().splitlines(True) for text in (before[name], content))
            lines += difflib.unified_diff(then, now, name, name, n=0)
        return "".join(lines)

    def write(self) -> None:
        """Write all files, each aside first. Raises BadInput where one has changed meanwhile."""
        folder, files = self.data.folder, self.after()
        for path in (folder / name for name in files):
            if (path.read_bytes() if path.exists() else b"") != self.data.files.get(path.name, b""):
                raise BadInput(f"{path} has changed meanwhile; nothing was written")
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


def _citing(cells: Row, cited: list[str]) -> Row:
    """Return cells that cite the sources of their entry after those that they name."""
    named = [*filter(None, cells.get("source_ids", "").split(LIST_SEPARATOR)), *cited]
    return {**cells, "source_ids": LIST_SEPARATOR.join(dict.fromkeys(named))} if cited else cells


def _csv(table: Table, rows: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, table.header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
