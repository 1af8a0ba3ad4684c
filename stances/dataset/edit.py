"""Rows corrected, with the reason: an event, a source, an act with its steps, a profile."""

from collections.abc import Mapping, Sequence

from stances.dataset import ids
from stances.dataset.change import Change, Row
from stances.dataset.changelog import CHANGELOG, with_correction
from stances.dataset.entry import ACT, CODING, PROFILE, SOURCES, STEP_TABLE, Entry, step_name
from stances.dataset.faults import BadInput, Fault, inline
from stances.dataset.names import did_you_mean
from stances.dataset.rows import rows_of
from stances.dataset.schema import Table, review_name
from stances.dataset.steps import deadline_of
from stances.dataset.tables import Dataset

# The tables whose rows can be corrected.
EDITED = ("events", "sources", "acts", STEP_TABLE, "profiles")
_RECORDED = "recorded"
_STEP_DATES = ("deadline", "kind", "part")

Cells = Mapping[str, str]


def correction(
    data: Dataset, row_id: str, cells: Cells, why: str, coder: str | None = None
) -> Change:
    """Return what other cells in a row come to; nothing is written. A step is called by its act,
    deadline, part and kind with slashes between, a profile by its actor, `@` and its day. `coder`:
    who reviewed the event, which must be known where its score changes.

    The row is recorded today; where the score of an event changes, the reviewer's coding says why;
    an act follows its steps, and the only step of an act follows it; the changelog has the reason.
    Raises BadInput where no row is called `row_id` or nothing changes, and BadEntry with every
    fault of the cells.
    """
    editing = _Editing(data, row_id, why, coder)
    table, row = editing.row_of(row_id)
    if table.name == STEP_TABLE:
        editing.step(row_id, row, cells)
    elif table.name == "acts":
        editing.act(row, cells, editing.steps_after(row, cells))
    else:
        editing.correct(table, row_id, row, cells)
    return editing.finish()


def corrections(
    data: Dataset, entry: Entry, source: str, why: str, coder: str | None = None
) -> Change:
    """Return what an entry comes to whose event, act and profile are there already, each named by
    its key: its cells take the place of theirs, and steps, where some are given, that of all steps
    of the act. `source` is how faults call the entry; the rest as of `correction`.
    """
    editing = _Editing(data, source, why, coder)
    editing.faults += entry.faults
    for name, content in ((SOURCES, entry.sources), (CODING, entry.coding)):
        if content:
            editing.fault(name, "is not corrected with an event; correct the row itself")
    if entry.event:
        table, row_id = editing.change.tables["events"], entry.event.get("event_id", "")
        editing.correct(table, row_id, *editing.row_and_cells(table, entry.event, ""))
    if entry.act:
        row, cells = editing.row_and_cells(editing.change.tables["acts"], entry.act, ACT)
        editing.act(row, cells, entry.steps, ACT)
    if entry.profile:
        table = editing.change.tables["profiles"]
        row, cells = editing.row_and_cells(table, entry.profile, PROFILE)
        row_id = ids.profile_id(row["actor"], row["as_of"])
        editing.correct(table, row_id, row, cells, PROFILE)
    return editing.finish()


class _Editing:
    """Corrects rows, one after the other, and tells of each in the changelog."""

    def __init__(self, data: Dataset, source: str, why: str, coder: str | None) -> None:
        self.change = Change(data, source)
        self._coder = coder
        self.faults: list[Fault] = []
        self._why = why
        self._moved: dict[str, dict[str, tuple[str, str]]] = {}
        if not why.strip() or not why.isprintable():
            self.fault("why", f"{inline(why)} must be a reason, on one line")

    def fault(self, name: str, text: str) -> None:
        """Note what is wrong with what was given under a name."""
        self.faults.append(Fault(self.change.source, 0, name, text))

    def rows(self, table: Table) -> list[dict[str, str]]:
        """Return the rows of a table as they are to be."""
        return rows_of(table, self.change.content(table.file))

    def row_of(self, row_id: str) -> tuple[Table, dict[str, str]]:
        """Return the row that is called so, with its table. Raises BadInput."""
        known = []
        for name in EDITED:
            table = self.change.tables[name]
            for row in self.rows(table):
                known.append(_row_id(table, row))
                if known[-1] == row_id:
                    return table, row
        text = "is not the id of an event, a source, an act, a step or a profile"
        raise BadInput(f"{inline(row_id)} {text}{did_you_mean(row_id, known, {})}")

    def row_and_cells(self, table: Table, cells: Cells, part: str) -> tuple[dict[str, str], Cells]:
        """Return the row whose key is among cells, and the other cells. Raises BadInput."""
        key = {name: cells.get(name, "") for name in table.key}
        for row in self.rows(table):
            if key.items() <= row.items():
                return row, {name: cell for name, cell in cells.items() if name not in key}
        named = " ".join(filter(None, [part, " + ".join(key)]))
        text = (
            f"{inline(' '.join(key.values()).strip())} is not in {table.file}; add puts in new rows"
        )
        raise BadInput(f"{self.change.source}: {named}: {text}")

    def correct(self, table: Table, row_id: str, row: Cells, cells: Cells, part: str = "") -> None:
        """Put other cells into a row, which is recorded today."""
        corrected = self._corrected_cells(table, row, cells, part)
        if not corrected:
            return
        self._put(table, row, corrected, part)
        if table.name == "events" and "score" in corrected:
            self._review(row["event_id"], corrected["score"])
        self._tell(row_id, row, corrected)

    def step(self, row_id: str, row: Cells, cells: Cells) -> None:
        """Put other cells into a step, and what follows into its act."""
        table, acts = self.change.tables[STEP_TABLE], self.change.tables["acts"]
        corrected = self._corrected_cells(table, row, cells, "", _STEP_DATES)
        if not corrected:
            return
        self.change.replace(Row(table, "", {**row, **corrected}, frozenset(corrected)), row)
        self._tell(row_id, row, corrected)
        [act] = [other for other in self.rows(acts) if other["act_id"] == row["act_id"]]
        self._put(acts, act, self._following(act, row["what"]), "")

    def act(self, row: Cells, cells: Cells, steps: Sequence[Cells] | None, part: str = "") -> None:
        """Put other cells into an act, and other steps in the place of its own, where some are
        given; what it does not say of its deadline these do.
        """
        table = self.change.tables["acts"]
        corrected = self._corrected_cells(table, row, cells, part)
        moved = {} if steps is None else self._replace(row["act_id"], steps)
        if steps is not None:
            text = self._following(row, "")
            follows = {name: cell for name, cell in text.items() if name not in cells}
            corrected = {
                name: cell for name, cell in follows.items() if cell != row[name]
            } | corrected
        if not corrected and not moved:
            return
        self._put(table, row, corrected, part, frozenset(cells))
        self._tell(row["act_id"], row, corrected, moved)

    def steps_after(self, act: Cells, cells: Cells) -> Sequence[Cells] | None:
        """Return an act's only step as its other cells have it; None: it has several or none."""
        steps = self._steps(act["act_id"])
        said = {"deadline": "deadline", "deadline_kind": "kind"}
        moved = {said[name]: cell for name, cell in cells.items() if name in said and cell}
        if len(steps) != 1 or not moved:
            return None
        return [{name: cell for name, cell in (steps[0] | moved).items() if name != "act_id"}]

    def finish(self) -> Change:
        """Return the change with its changelog. Raises BadInput (no change), BadEntry (faults)."""
        if not self._moved and not self.faults:
            raise BadInput(f"{self.change.source} says so already; nothing changes")
        for row_id, moved in self._moved.items():
            content = self.change.content(CHANGELOG)
            self.change.after[CHANGELOG] = with_correction(content, row_id, moved, self._why)
        return self.change.judge(self.faults)

    def _corrected_cells(
        self, table: Table, row: Cells, cells: Cells, part: str, free: Sequence[str] = ()
    ) -> dict[str, str]:
        """Return the cells that say something else than the row; those that may not be corrected,
        but for the `free` ones of the key, are faults.
        """
        fixed = {*table.key, _RECORDED} - {*free}
        allowed = [name for name in table.header if name not in fixed]
        for name in cells:
            if name not in allowed:
                text = f"cannot be corrected; allowed are: {', '.join(allowed)}"
                self.fault(".".join(filter(None, [part, inline(name)])), text)
        return {name: cell for name, cell in cells.items() if name in allowed and cell != row[name]}

    def _put(
        self, table: Table, row: Cells, cells: Cells, part: str, names: frozenset[str] = frozenset()
    ) -> None:
        today = self.change.data.today.isoformat()
        recorded = {_RECORDED: today} if _RECORDED in table.header else {}
        made = Row(table, part, {**row, **cells, **recorded}, names or frozenset(cells))
        self.change.replace(made, row)

    def _tell(
        self,
        row_id: str,
        row: Cells,
        corrected: Cells,
        more: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        moved = {name: (row[name], cell) for name, cell in corrected.items()}
        self._moved[row_id] = {**moved, **(more or {})}

    def _review(self, event_id: str, score: str) -> None:
        if not self._coder:
            text = "is missing; who reviewed the score must be named, by --coder"
            self.fault(f"{CODING}.coder", text)
            return
        made = {"event_id": event_id, "score": score, "why": self._why, **self.change.coding}
        cells = made | {"coder": review_name(self._coder)}
        self.change.replace(Row(self.change.tables["codings"], CODING, cells))

    def _steps(self, act_id: str) -> list[dict[str, str]]:
        return [row for row in self.rows(self.change.tables[STEP_TABLE]) if row["act_id"] == act_id]

    def _replace(self, act_id: str, steps: Sequence[Cells]) -> dict[str, tuple[str, str]]:
        """Put steps in the place of those of an act; return what is told of it."""
        table, old = self.change.tables[STEP_TABLE], self._steps(act_id)
        new = [{**dict.fromkeys(table.header, ""), **step, "act_id": act_id} for step in steps]
        for row in old:
            if row not in new:
                self.change.remove(table, row)
        for place, row in enumerate(new, 1):
            if row not in old:
                self.change.add(Row(table, step_name(place), row, frozenset(steps[place - 1])))
        before, after = (sorted(map(_step_text, rows)) for rows in (old, new))
        same = sorted(old, key=_step_text) == sorted(new, key=_step_text)
        return {} if same else {"steps": ("; ".join(before), "; ".join(after))}

    def _following(self, act: Cells, what: str) -> dict[str, str]:
        """Return what the steps of an act, as they are to be, say of its deadline. Its own words
        stay where date and kind do, unless they are those of the step that was corrected, `what`.
        """
        said = deadline_of(self.change.data.codebook, self._steps(act["act_id"]))
        if not said:
            return dict.fromkeys(("deadline", "deadline_kind", "deadline_what"), "")
        dated = ("deadline", "deadline_kind")
        stays = all(said[name] == act[name] for name in dated) and act["deadline_what"] != what
        return {name: said[name] for name in dated} if stays else said


def _row_id(table: Table, row: Cells) -> str:
    if table.name == STEP_TABLE:
        return ids.step_id(row["act_id"], row["deadline"], row["part"], row["kind"])
    if table.name == "profiles":
        return ids.profile_id(row["actor"], row["as_of"])
    return row[table.header[0]]


def _step_text(step: Cells) -> str:
    return " ".join((step["deadline"], step["part"], step["kind"], step["what"]))
