"""Rows added and corrected: what nobody gave is made, the whole folder is judged before a byte is
written, and files are written all or none.

A TOML file has an event at its top, `[[sources]]`, `[coding]`, `[act]` with `[[act.steps]]`, and
`[profile]`; keys are columns. Whether a cell is valid the folder is asked, as it would be.
"""

import csv
import difflib
import hashlib
import io
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import pandas as pd

from stances.dataset import changelog, schema
from stances.dataset.codebook import CODEBOOK_FILE, OTHER_PART
from stances.dataset.days import is_partial
from stances.dataset.faults import BadInput, DataFaults, Fault, did_you_mean, inline
from stances.dataset.load import CHANGELOG_FILE, Dataset, checked
from stances.dataset.rules import last_step
from stances.dataset.schema import LIST_SEPARATOR, UNKNOWN, Table
from stances.dataset.toml import parse_toml

Row = dict[str, str]
Cells = Mapping[str, str]
_EDITED = ("events", "sources", "acts", "deadlines", "profiles")
_STEP_KEY = ("deadline", "part", "kind")
# The order in which rows are kept, where it is not that of the key.
_ORDERS = {"events": ("date", "event_id")}
# Of one actor, so near and with titles so like, one event may be recorded twice.
_NEAR_DAYS, _LIKE = 10, 0.5


class BadEntry(DataFaults):
    """Rows that cannot be put into the data: every fault of them, named as they were given."""


class _Given(NamedTuple):
    """A row that is new or corrected, as what it was given: file or id, table in it, columns."""

    row: Row
    table: Table
    source: str
    place: str
    columns: Collection[str]


class Change:
    """A data folder as it is to be. `why`: the reason of corrections, empty where rows are only
    added; `coder`: who scored or reviewed.
    """

    def __init__(self, data: Dataset, why: str = "", coder: str = "") -> None:
        self.data, self.why, self.coder = data, why.strip(), coder.strip()
        self.today = data.today.isoformat()
        self.tables = schema.tables(data.codebook)
        self.rows = {name: _rows(table, data.files) for name, table in self.tables.items()}
        self.changelog = data.files.get(CHANGELOG_FILE, b"").decode("utf-8-sig")
        self.notes: list[str] = []
        self._source, self._faults, self._given = "", list[Fault](), list[_Given]()

    def take(self, content: bytes, source: str) -> None:
        """Put an entry into the tables. `source`: how faults call it; with a reason (`why`) rows
        that are there are corrected. Raises DataFaults where it is no TOML.
        """
        entry, self._source = parse_toml(content, source), source
        sources, coding, act, profile = (
            entry.pop(name, {}) for name in ("sources", "coding", "act", "profile")
        )
        listed = sources.values() if isinstance(sources, dict) else sources
        cited = [self._cite(one, f"sources[{n}]") for n, one in enumerate(listed, 1)]
        event = self._event(entry, cited, coding) if entry or coding else {}
        if act:
            self._act(act, event, [] if event else cited)
        if profile:
            self._put("profiles", {"actor": event.get("actor", "")}, profile, "profile")

    def edit(self, row_id: str, cells: Cells) -> None:
        """Correct the row that is called so: an event, a source, an act, ACT/DEADLINE/PART/KIND or
        ACTOR@DAY. Raises BadInput where there is none.
        """
        self._source = row_id
        table, row = self._row_of(row_id)
        what = row.get("what", "")
        moved = self._correct(table, row, cells, "")
        if table.name == "events" and "score" in moved:
            self._review(row)
        elif table.name == "deadlines" and moved:
            self._follow(self._find("acts", row) or {}, what)
        elif table.name == "acts" and {"deadline", "deadline_kind"} & moved.keys():
            steps = self._steps(row["act_id"])
            if len(steps) == 1 and row["deadline"]:
                steps[0] |= {"deadline": row["deadline"], "kind": row["deadline_kind"]}
        if not moved and not self._faults:
            raise BadInput(f"{row_id} says so already; nothing changes")

    # -- parts of an entry ---------------------------------------------------------------------

    def _cite(self, given: Any, place: str) -> str:
        """Return the id of a source: that of a page that is known, else that of a new row."""
        cells = self._cells("sources", given, place)
        url, known = cells.get("url", ""), self.rows["sources"]
        if same := next((row for row in known if url and _page(row["url"]) == _page(url)), None):
            self.notes.append(f"{place}: the page is known as {same['source_id']}")
            return same["source_id"]
        tiers = Counter(row["tier"] for row in known if _host(row["url"]) == _host(url))
        name = f"{slug(cells.get('publisher', ''))[:24].strip('-')}-{_hash(url)}"
        made = {"source_id": name, "tier": tiers.most_common(1)[0][0] if tiers else UNKNOWN}
        return self._put("sources", made, cells, place)["source_id"]

    def _event(self, given: Any, cited: list[str], coding: Any) -> Row:
        cells = self._cells("events", given, "")
        old = self._find("events", cells) if self.why else None
        score = old and old["score"]
        actor, day, words = (cells.get(name, "") for name in ("actor", "date", "title"))
        words = slug(words) if len(slug(words)) <= 40 else slug(words)[:41].rpartition("-")[0]
        named = self._free("events", f"{actor}-{day.replace('-', '')}-{words}")
        made = {"event_id": named, "landmark": "no"}
        event = self._put("events", made, self._citing(cells, old, cited), "")
        if old and score != event["score"]:
            self._review(event)
        elif not old:
            self.notes += [f"may double {row['event_id']}" for row in self._like(event)]
            if event["score"] or coding:
                said = {"coder": self.coder, **self._cells("codings", coding, "coding")}
                if said.get("score", event["score"]) != event["score"]:
                    self._fault("coding.score", "is not what the event scores, as its only coding")
                if not said["coder"]:
                    self._fault("coding.coder", "is missing; who gave the score must be named")
                    return event
                self._put("codings", self._coding(event), said, "coding")
        return event

    def _act(self, given: Any, event: Row, cited: list[str]) -> None:
        steps = given.pop("steps", None) if isinstance(given, dict) else None
        cells = self._cells("acts", given, "act")
        old = self._find("acts", cells) if self.why else None
        event = event or self._find("events", cells) or {}
        shared = ("actor", "event_id", "domain", "confidence", "source_ids")
        made = {name: event[name] for name in shared if event}
        actor = cells.get("actor", made.get("actor", ""))
        made["act_id"] = self._free("acts", f"{actor}-{slug(cells.get('name', ''))}")
        act = self._put("acts", made, self._citing(cells, old, cited), "act")
        key = {"act_id": act["act_id"]}
        if isinstance(steps, list):
            gone = self._steps(act["act_id"])
            self.rows["deadlines"] = [row for row in self.rows["deadlines"] if row not in gone]
            for n, step in enumerate(steps, 1):
                self._put("deadlines", key, step, f"act.steps[{n}]")
            self._follow(act, "", cells)
        elif act["deadline"] and not old:
            names = {"deadline": "deadline", "kind": "deadline_kind", "what": "deadline_what"}
            step = {name: act[of] for name, of in names.items()}
            self._put("deadlines", {**key, "part": OTHER_PART}, step, "act.deadline")

    def _citing(self, cells: Row, old: Row | None, cited: list[str]) -> Row:
        """Return cells that cite the sources of their entry after those that they name."""
        named = cells.get("source_ids", old["source_ids"] if old else "")
        ids = dict.fromkeys([*filter(None, named.split(LIST_SEPARATOR)), *cited])
        return {**cells, "source_ids": LIST_SEPARATOR.join(ids)} if cited else cells

    def _review(self, event: Row) -> None:
        """Put the score of a corrected event into the coding of who reviewed it."""
        if not self.coder:
            self._fault("coder", "is missing; who reviewed the score must be named, by --coder")
            return
        coder = self.coder if re.match(r"review\b", self.coder) else f"review {self.coder}"
        coding = {**self._coding(event), "coder": coder, "why": self.why}
        if row := self._find("codings", coding):
            row |= coding
        else:
            self._put("codings", {}, coding, "coding")

    def _coding(self, event: Row) -> Row:
        digest = hashlib.sha256(self.data.files[CODEBOOK_FILE]).hexdigest()[:8]
        own = {name: event[name] for name in ("event_id", "score")}
        return {**own, "recorded": self.today, "codebook": digest}

    def _steps(self, act_id: str) -> list[Row]:
        return [row for row in self.rows["deadlines"] if row["act_id"] == act_id]

    def _follow(self, act: Row, what: str, given: Collection[str] = ()) -> None:
        """Put the deadline of an act's last step into the act; `what` was that of its step."""
        steps = [step for step in self._steps(act["act_id"]) if is_partial(step["deadline"])]
        if not steps:
            return
        last = last_step(pd.DataFrame(steps), self.data.codebook.acts.leading).iloc[0]
        said = {"deadline": str(last["deadline"]), "deadline_kind": str(last["kind"])}
        if said.items() - act.items() or act["deadline_what"] == what:
            said["deadline_what"] = str(last["what"])
        act |= {name: cell for name, cell in said.items() if name not in given}
        act["recorded"] = self.today

    def _like(self, event: Row) -> Iterator[Row]:
        for row in self.rows["events"]:
            if row["actor"] == event["actor"] and row["event_id"] != event["event_id"]:
                titles = row["title"].casefold(), event["title"].casefold()
                apart = abs(_day(row["date"]).toordinal() - _day(event["date"]).toordinal())
                if apart <= _NEAR_DAYS and SequenceMatcher(None, *titles).ratio() >= _LIKE:
                    yield row

    # -- rows ----------------------------------------------------------------------------------

    def _fault(self, column: str, message: str) -> None:
        self._faults.append(Fault(self._source, 0, column.strip("."), message))

    def _cells(self, table: str, given: Any, place: str) -> Row:
        """Return what is given as texts by column; a key that is no column is a fault."""
        header = self.tables[table].header
        if not isinstance(given, dict):
            self._fault(place, f'"{inline(given)}" must be a table')
            return {}
        for name in given.keys() - header:
            told = f"is not a column; there are: {', '.join(header)}{did_you_mean(name, header)}"
            self._fault(f"{place}.{inline(name)}", told)
        return {name: _text(value) for name, value in given.items() if name in header}

    def _find(self, table: str, cells: Cells) -> Row | None:
        """Return the row with the key among cells."""
        key = {name: cells.get(name, "") for name in self.tables[table].key}
        return next((row for row in self.rows[table] if key.items() <= row.items()), None)

    def _put(self, name: str, made: Row, given: Any, place: str) -> Row:
        """Add a row of what is given and, for the rest, made; with a reason, correct the row that
        has the key. Return it.
        """
        table, cells = self.tables[name], self._cells(name, given, place)
        if self.why and (old := self._find(name, cells)):
            rest = {key: cell for key, cell in cells.items() if key not in table.key}
            self._correct(table, old, rest, place)
            return old
        made = {"recorded": self.today, **made}
        row = {c.name: cells.get(c.name, made.get(c.name, c.default)) for c in table.columns}
        order = _ORDERS.get(name, table.key)
        keys = [[other[column] for column in order] for other in self.rows[name]]
        at = bisect_right(keys, [row[column] for column in order])
        if keys != sorted(keys):
            same = (n for n, key in enumerate(keys, 1) if key[0] == row[order[0]])
            at = max(same, default=len(keys))
        self.rows[name].insert(at, row)
        self._given.append(_Given(row, table, self._source, place, cells))
        return row

    def _correct(self, table: Table, row: Row, cells: Cells, place: str) -> Row:
        """Put other cells into a row, which is recorded today; return those that are others."""
        fixed = {*table.key, "recorded"} - {*(_STEP_KEY if table.name == "deadlines" else ())}
        allowed = [name for name in table.header if name not in fixed]
        for name in cells.keys() - allowed:
            text = f"cannot be corrected; allowed are: {', '.join(allowed)}"
            self._fault(f"{place}.{inline(name)}", text + did_you_mean(name, allowed))
        moved = {n: cell for n, cell in cells.items() if n in allowed and cell != row[n]}
        if moved:
            told = {name: (row[name], cell) for name, cell in moved.items()}
            named = _row_id(table, row)
            self.changelog = changelog.with_correction(self.changelog, named, told, self.why)
            row |= moved | ({"recorded": self.today} if "recorded" in row else {})
            self._given.append(_Given(row, table, self._source, place, moved))
        return moved

    def _row_of(self, row_id: str) -> tuple[Table, Row]:
        known = dict[str, tuple[Table, Row]]()
        for table in (self.tables[name] for name in _EDITED):
            known |= {_row_id(table, row): (table, row) for row in self.rows[table.name]}
        if row_id not in known:
            text = "is not the id of an event, a source, an act, a step or a profile"
            raise BadInput(f"{inline(row_id)} {text}{did_you_mean(row_id, known)}")
        return known[row_id]

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
            if self.rows[name] != _rows(table, self.data.files)
        }
        told = self.changelog.encode()
        moved = told != self.data.files.get(CHANGELOG_FILE, b"").removeprefix(b"\xef\xbb\xbf")
        return {**files, CHANGELOG_FILE: told} if moved else files

    def judged(self) -> Dataset:
        """Return the dataset as it would be. Raises BadEntry, each fault told of where the cell was
        given, else of its line. What was made of cells at fault is told where nothing else is.
        """
        after, told, made = None, [*self._faults], []
        try:
            after = checked(self.data.folder, {**self.data.files, **self.after()}, self.data.today)
        except DataFaults as refused:
            for fault in refused.faults:
                given = next((one for one in self._given[::-1] if self._is_of(fault, one)), None)
                text, column = fault.message, fault.column
                if given and text == "is empty" and column not in given.columns:
                    allowed = given.table.column(column).allowed
                    text = f"is missing; it must be {allowed}" if allowed else "is missing"
                elif given and given.row.get(column) and column not in given.columns:
                    made.append(fault)
                    continue
                at = f"{given.place}.{column}".strip(".") if given else ""
                told.append(Fault(given.source, 0, at, text) if given else fault)
        if after is None or told:
            raise BadEntry(told or made)
        return after

    def _is_of(self, fault: Fault, given: _Given) -> bool:
        place = fault.line - 2
        rows = self.rows[given.table.name]
        is_file = fault.file.endswith(f"/{given.table.file}")
        return is_file and 0 <= place < len(rows) and rows[place] is given.row

    def diff(self) -> str:
        """Return what comes and goes, as a unified diff without context. A table that gets columns
        is shown as if it had them already.
        """
        before = {t.file: _csv(t, _rows(t, self.data.files)) for t in self.tables.values()}
        before[CHANGELOG_FILE] = self.data.files.get(CHANGELOG_FILE, b"")
        lines = list[str]()
        for name, content in self.after().items():
            then, now = (text.decode().splitlines(True) for text in (before[name], content))
            lines += difflib.unified_diff(then, now, name, name, n=0)
        return "".join(lines)

    def write(self) -> None:
        """Write all files, each aside first, then renamed together. Raises BadInput where one is no
        longer what was changed.
        """
        folder, files = self.data.folder, self.after()
        for path in (folder / name for name in files):
            if (path.read_bytes() if path.exists() else b"") != self.data.files.get(path.name, b""):
                raise BadInput(f"{path} has changed meanwhile; nothing was written")
        for name, content in files.items():
            (folder / f".{name}.new").write_bytes(content)
        for name in files:
            (folder / f".{name}.new").replace(folder / name)


def slug(text: str) -> str:
    """Return a text as letters, digits and single hyphens, all lower case; or its hash."""
    latin = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", latin).strip("-") or _hash(text)


def _hash(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:6]


def _host(url: str) -> str:
    return _page(url).partition("/")[0].lower()


def _page(url: str) -> str:
    """Return what addresses of one page share, whatever their scheme, fragment and last slash."""
    return re.sub(r"^https?://(www\.)?|#.*$", "", url.strip()).rstrip("/")


def _day(text: str) -> date:
    return date.fromisoformat(text) if len(text) == 10 and is_partial(text) else date.min


def _text(value: Any) -> str:
    """Return a value of TOML as the text of a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return LIST_SEPARATOR.join(map(str, value)) if isinstance(value, list) else str(value)


def _row_id(table: Table, row: Row) -> str:
    """Return what a row is called where it is corrected."""
    is_step = table.name == "deadlines"
    names = ("act_id", *_STEP_KEY) if is_step else table.key
    return ("/" if is_step else "@").join(row[name] for name in names)


def _rows(table: Table, files: Mapping[str, bytes]) -> list[Row]:
    """Return the rows of a valid table, with all columns that it has today."""
    text = files.get(table.file, b"").decode("utf-8-sig")
    default = {column.name: column.default for column in table.columns}
    return [{**default, **row} for row in csv.DictReader(io.StringIO(text, newline=""))]


def _csv(table: Table, rows: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, table.header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
