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
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from stances.dataset import changelog, schema, toml
from stances.dataset.codebook import CODEBOOK_FILE, OTHER_PART
from stances.dataset.days import is_partial
from stances.dataset.faults import BadInput, DataFaults, Fault, did_you_mean, inline
from stances.dataset.load import CHANGELOG_FILE, Dataset, checked
from stances.dataset.rules import last_step
from stances.dataset.schema import LIST_SEPARATOR, UNKNOWN, Table

Row = dict[str, str]
_PARTS = ("sources", "coding", "act", "profile")
_EDITED = ("events", "sources", "acts", "deadlines", "profiles")
_STEP_KEY = ("deadline", "part", "kind")
# The order in which rows are kept, where it is not that of the key.
_ORDERS = {"events": ("date", "event_id")}
# Of one actor, so near and with titles so like, one event may be recorded twice.
_NEAR_DAYS, _LIKE = 10, 0.5


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
        self._source = ""
        self._faults: list[Fault] = []
        self._touched: dict[int, tuple[Row, str, str, set[str]]] = {}

    def take(self, content: bytes, source: str) -> None:
        """Put an entry into the tables. `source`: how faults call it; with a reason (`why`) rows
        that are there are corrected. Raises DataFaults where it is no TOML.
        """
        entry = toml.parse_toml(content, source)
        self._source = source
        parts = {name: entry.pop(name) for name in _PARTS if name in entry}
        listed = parts.get("sources", [])
        if not isinstance(listed, list):
            self._fault("sources", "must be a list of tables, [[sources]]")
            listed = []
        cited = [self._cite(one, f"sources[{n}]") for n, one in enumerate(listed, 1)]
        event: Row = {}
        if entry or "coding" in parts:
            event = self._event(entry, cited, parts.get("coding", {}))
        if "act" in parts:
            self._act(parts["act"], event, [] if event else cited)
        if "profile" in parts:
            self._put("profiles", {"actor": event.get("actor", "")}, parts["profile"], "profile")

    def edit(self, row_id: str, cells: Mapping[str, str]) -> None:
        """Correct the row that is called so: an event, a source, an act, ACT/DEADLINE/PART/KIND or
        ACTOR@DAY. Raises BadInput where there is none.
        """
        self._source = row_id
        table, row = self._row_of(row_id)
        was, named = row.get("what", ""), {name: row[name] for name in table.key}
        moved = self._correct(table, row, cells, "")
        acts = {act["act_id"]: act for act in self.rows["acts"]}
        if table.name == "events" and "score" in moved:
            self._review(row)
        elif table.name == "deadlines":
            self._follow(acts[named["act_id"]], was)
        elif table.name == "acts" and {"deadline", "deadline_kind"} & moved.keys():
            steps = self._steps(row["act_id"])
            if len(steps) == 1 and row["deadline"]:
                steps[0] |= {"deadline": row["deadline"], "kind": row["deadline_kind"]}
                self._touch("deadlines", steps[0], "", set())
        if not moved and not self._faults:
            raise BadInput(f"{row_id} says so already; nothing changes")

    # -- parts of an entry ---------------------------------------------------------------------

    def _cite(self, given: Any, place: str) -> str:
        """Return the id of a source: that of a page that is known, else that of a new row."""
        cells = self._cells("sources", given, place)
        url, publisher = cells.get("url", ""), cells.get("publisher", "")
        for row in self.rows["sources"]:
            if url and _page(row["url"]) == _page(url):
                self.notes.append(f"{place}: the page is known as {row['source_id']}")
                return row["source_id"]
        same = [row["tier"] for row in self.rows["sources"] if _host(row["url"]) == _host(url)]
        tier = Counter(same).most_common(1)[0][0] if same else UNKNOWN
        name = f"{slug(publisher)[:24].strip('-')}-{_hash(url)}"
        return self._put("sources", {"source_id": name, "tier": tier}, cells, place)["source_id"]

    def _event(self, given: Any, cited: list[str], coding: Any) -> Row:
        cells = self._cells("events", given, "")
        old = self._find("events", cells)
        score = old["score"] if old else ""
        actor, day, title = (cells.get(name, "") for name in ("actor", "date", "title"))
        words = slug(title)[:41].rpartition("-")[0] if len(slug(title)) > 40 else slug(title)
        named = self._free("events", f"{actor}-{day.replace('-', '')}-{words}")
        made = {"event_id": named, "landmark": "no"}
        event = self._put("events", made, self._citing(cells, old, cited), "")
        if old and score != event["score"]:
            self._review(event)
        elif not old and (event["score"] or coding):
            given = {"coder": self.coder, **self._cells("codings", coding, "coding")}
            if not given["coder"]:
                self._fault("coding.coder", "is missing; who gave the score must be named")
            if given.get("score", event["score"]) != event["score"]:
                self._fault(
                    "coding.score", "is not the score of the event, of which it is the only"
                )
            self._put("codings", self._coding(event), given, "coding")
        if not old:
            self.notes += [f"may double {row['event_id']}" for row in self._like(event)]
        return event

    def _citing(self, cells: Row, old: Row | None, cited: list[str]) -> Row:
        """Return cells that cite the sources of their entry after those that they name."""
        named = cells.get("source_ids", old["source_ids"] if old else "")
        ids = dict.fromkeys([*filter(None, named.split(LIST_SEPARATOR)), *cited])
        return {**cells, "source_ids": LIST_SEPARATOR.join(ids)} if cited else cells

    def _act(self, given: Any, event: Row, cited: list[str]) -> None:
        given = dict(given) if isinstance(given, dict) else {"": given}
        steps = given.pop("steps", None)
        cells = self._cells("acts", given, "act")
        event = event or self._find("events", cells) or {}
        old = self._find("acts", cells)
        shared = ("actor", "event_id", "domain", "confidence", "source_ids")
        made = {name: event[name] for name in shared if event}
        actor = cells.get("actor", made.get("actor", ""))
        made["act_id"] = self._free("acts", f"{actor}-{slug(cells.get('name', ''))}")
        act = self._put("acts", made, self._citing(cells, old, cited), "act")
        if steps is None and not old and act["deadline"]:
            said = {"deadline": act["deadline"], "kind": act["deadline_kind"], "part": OTHER_PART}
            said["what"] = act["deadline_what"]
            self._put("deadlines", {"act_id": act["act_id"]}, said, "act.deadline")
        elif isinstance(steps, list):
            rest = [row for row in self.rows["deadlines"] if row["act_id"] != act["act_id"]]
            self.rows["deadlines"] = rest
            for n, step in enumerate(steps, 1):
                self._put("deadlines", {"act_id": act["act_id"]}, step, f"act.steps[{n}]")
            self._follow(act, "", cells)

    def _review(self, event: Row) -> None:
        """Put the score of a corrected event into the coding of who reviewed it."""
        if not self.coder:
            self._fault("coder", "is missing; who reviewed the score must be named, by --coder")
            return
        coder = self.coder if re.match(r"review\b", self.coder) else f"review {self.coder}"
        key = {"event_id": event["event_id"], "coder": coder}
        coding = {**self._coding(event), "coder": coder, "why": self.why}
        if row := self._find("codings", key):
            row |= coding
        else:
            self._put("codings", {}, coding, "coding")

    def _coding(self, event: Row) -> Row:
        digest = hashlib.sha256(self.data.files[CODEBOOK_FILE]).hexdigest()[:8]
        text = {"recorded": self.today, "codebook": digest}
        return {"event_id": event["event_id"], "score": event["score"], **text}

    def _steps(self, act_id: str) -> list[Row]:
        return [row for row in self.rows["deadlines"] if row["act_id"] == act_id]

    def _follow(self, act: Row, what: str, given: Mapping[str, str] = {}) -> None:  # noqa: B006
        """Put the deadline of an act's last step into the act; `what` was that of its step."""
        leading = self.data.codebook.acts.leading
        steps = [step for step in self._steps(act["act_id"]) if is_partial(step["deadline"])]
        if not steps:
            return
        last = last_step(pd.DataFrame(steps), leading).iloc[0]
        said = {"deadline": last["deadline"], "deadline_kind": last["kind"]}
        if said.items() - act.items() or act["deadline_what"] == what:
            said["deadline_what"] = last["what"]
        act |= {name: str(cell) for name, cell in said.items() if name not in given}
        act["recorded"] = self.today
        self._touch("acts", act, "act", set())

    def _like(self, event: Row) -> Iterator[Row]:
        near = timedelta(days=_NEAR_DAYS)
        for row in self.rows["events"]:
            if row["actor"] == event["actor"] and row["event_id"] != event["event_id"]:
                titles = row["title"].casefold(), event["title"].casefold()
                if abs(_day(row["date"]) - _day(event["date"])) <= near:
                    if SequenceMatcher(None, *titles).ratio() >= _LIKE:
                        yield row

    # -- rows ----------------------------------------------------------------------------------

    def _fault(self, column: str, message: str) -> None:
        self._faults.append(Fault(self._source, 0, column, message))

    def _cells(self, table: str, given: Any, place: str) -> Row:
        """Return what is given as texts by column; a key that is no column is a fault."""
        if not isinstance(given, dict):
            self._fault(place, "must be a table")
            return {}
        header = self.tables[table].header
        for name in [name for name in given if name not in header]:
            there = f"is not a column; there are: {', '.join(header)}{did_you_mean(name, header)}"
            self._fault(f"{place}.{inline(name)}".lstrip("."), there)
        return {name: _text(value) for name, value in given.items() if name in header}

    def _find(self, table: str, cells: Mapping[str, str]) -> Row | None:
        """Return the row with the key among cells."""
        key = {name: cells.get(name, "") for name in self.tables[table].key}
        return next((row for row in self.rows[table] if key.items() <= row.items()), None)

    def _put(self, name: str, made: Row, given: Any, place: str) -> Row:
        """Add a row of what is given and, for the rest, made; with a reason, correct the row that
        has the key. Return it.
        """
        table, cells = self.tables[name], self._cells(name, given, place)
        old = self._find(name, cells) if self.why else None
        if old is not None:
            rest = {key: cell for key, cell in cells.items() if key not in table.key}
            self._correct(table, old, rest, place)
            return old
        made = {"recorded": self.today, **made}
        row = {c.name: cells.get(c.name, made.get(c.name, c.default)) for c in table.columns}
        order = _ORDERS.get(name, table.key)
        keys = [[other[column] for column in order] for other in self.rows[name]]
        at = bisect_right(keys, [row[column] for column in order])
        if keys != sorted(keys):
            same = [n for n, other in enumerate(keys, 1) if other[0] == row[order[0]]]
            at = same[-1] if same else len(keys)
        self.rows[name].insert(at, row)
        self._touch(name, row, place, set(cells))
        return row

    def _correct(self, table: Table, row: Row, cells: Mapping[str, str], place: str) -> Row:
        """Put other cells into a row, which is recorded today; return those that are others."""
        fixed = {*table.key, "recorded"} - {*(_STEP_KEY if table.name == "deadlines" else ())}
        allowed = [name for name in table.header if name not in fixed]
        for name in [name for name in cells if name not in allowed]:
            text = f"cannot be corrected; allowed are: {', '.join(allowed)}"
            column = f"{place}.{inline(name)}".lstrip(".")
            self._fault(column, text + did_you_mean(name, allowed))
        named = _row_id(table, row)
        moved = {n: cell for n, cell in cells.items() if n in allowed and cell != row[n]}
        if moved:
            told = {name: (row[name], cell) for name, cell in moved.items()}
            self.changelog = changelog.with_correction(self.changelog, named, told, self.why)
            row |= moved | ({"recorded": self.today} if "recorded" in row else {})
            self._touch(table.name, row, place, set(moved))
        return moved

    def _touch(self, table: str, row: Row, place: str, given: set[str]) -> None:
        self._touched[id(row)] = (row, table, self._source, given, place)  # type: ignore[assignment]

    def _row_of(self, row_id: str) -> tuple[Table, Row]:
        known = []
        for name in _EDITED:
            for row in self.rows[name]:
                known.append(_row_id(self.tables[name], row))
                if known[-1] == row_id:
                    return self.tables[name], row
        text = "is not the id of an event, a source, an act, a step or a profile"
        raise BadInput(f"{inline(row_id)} {text}{did_you_mean(row_id, known)}")

    def _free(self, table: str, name: str) -> str:
        taken = {row[self.tables[table].header[0]] for row in self.rows[table]}
        numbered = (f"{name}-{n}" if n > 1 else name for n in range(1, 1000))
        return next(one for one in numbered if one not in taken)

    # -- what comes of it ----------------------------------------------------------------------

    def after(self) -> dict[str, bytes]:
        """Return the files that become others, by name."""
        names = {table for _, table, *_ in self._touched.values()} | {"deadlines", "codings"}
        files = {
            self.tables[name].file: _csv(self.tables[name], self.rows[name])
            for name in names
            if self.rows[name] != _rows(self.tables[name], self.data.files)
        }
        if self.changelog.encode() != self.data.files.get(CHANGELOG_FILE, b""):
            files[CHANGELOG_FILE] = self.changelog.encode()
        return files

    def judged(self) -> Dataset:
        """Return the dataset as it would be. Raises DataFaults, each fault told of where the cell
        was given, else of its line.
        """
        try:
            made = checked(self.data.folder, {**self.data.files, **self.after()}, self.data.today)
        except DataFaults as refused:
            told = [self._as_given(fault) for fault in refused.faults]
            raise DataFaults([*self._faults, *told]) from None
        if self._faults:
            raise DataFaults(self._faults)
        return made

    def _as_given(self, fault: Fault) -> Fault:
        for row, name, source, given, place in self._touched.values():  # type: ignore[misc]
            table = self.tables[name]
            at = next(n for n, other in enumerate(self.rows[name], 2) if other is row)
            if fault.file.endswith(f"/{table.file}") and fault.line == at:
                column = f"{place}.{fault.column}".strip(".")
                message = fault.message
                if message == "is empty" and fault.column not in given:
                    allowed = table.column(fault.column).allowed
                    message = f"is missing; it must be {allowed}" if allowed else "is missing"
                return Fault(source, 0, column, message)
        return fault

    def diff(self) -> str:
        """Return what comes and goes, as a unified diff without context."""
        lines = []
        for name, content in self.after().items():
            texts = [
                text.decode("utf-8-sig").splitlines(keepends=True)
                for text in (self.data.files.get(name, b""), content)
            ]
            lines += difflib.unified_diff(*texts, name, name, n=0)
        return "".join(lines)

    def write(self) -> None:
        """Write all files, each aside first, then renamed together. Raises BadInput where one is no
        longer what was changed.
        """
        folder, files = self.data.folder, self.after()
        for name in files:
            lies = (folder / name).read_bytes() if (folder / name).exists() else b""
            if lies != self.data.files.get(name, b""):
                raise BadInput(f"{folder / name} has changed meanwhile; nothing was written")
        for name, content in files.items():
            (folder / f".{name}.new").write_bytes(content)
        for name in files:
            (folder / f".{name}.new").replace(folder / name)


def slug(text: str) -> str:
    """Return a text as lower-case letters, digits and single hyphens; of another script its hash."""
    latin = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", latin).strip("-") or _hash(text)


def _hash(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:6]


def _host(url: str) -> str:
    try:
        return urlsplit(url.strip()).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""


def _page(url: str) -> str:
    """Return what addresses of one page share, whatever their scheme, fragment and last slash."""
    return re.sub(r"^https?://|#.*$", "", url.strip()).rstrip("/").removeprefix("www.")


def _day(text: str) -> date:
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-[01]\d-[0-3]\d", text) else date.min


def _text(value: Any) -> str:
    """Return a value of TOML as the text of a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return LIST_SEPARATOR.join(map(str, value)) if isinstance(value, list) else str(value)


def _row_id(table: Table, row: Row) -> str:
    if table.name == "deadlines":
        return "/".join([row["act_id"], *(row[name] for name in _STEP_KEY)])
    return "@".join(row[name] for name in table.key)


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
