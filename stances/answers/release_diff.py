"""Two releases held against each other: which rows came, were corrected and went, and which figures
are others by it; those that the data moved apart from those that the method did.

The figures are derived three times: of the old tables by the old method, of the new tables by the
old method, of the new tables by the new one. The first step is that of the data, the second that of
the method: constants, weights of domains, blind coders and version of the model.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

import pandas as pd

from stances.answers.rows import known_figure
from stances.answers.tracker import model_by
from stances.dataset.changelog import CHANGELOG, text_since
from stances.dataset.codebook import OVERALL, Codebook
from stances.dataset.comparison import Cells, Key, difference, rows_by_key
from stances.dataset.faults import BadInput, inline
from stances.dataset.names import did_you_mean
from stances.dataset.release import figures_day, release_before
from stances.dataset.releases import release_of
from stances.dataset.schema import LIST_SEPARATOR, Table, tables
from stances.dataset.tables import Dataset
from stances.model.lifetimes import EVENT_COLUMNS
from stances.model.stance import Model

ADDED, CORRECTED, WITHDRAWN = "added", "corrected", "withdrawn"
# What a position rests on of an event; its confidence and its codings move the band alone.
FACTS = ("actor", "date", "end_date", "domain", "instrument", "score")
_NOTE = re.compile(r"^- `(?P<row>[^`]+)`: (?P<text>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class RowChange:
    """A row that one of two releases has otherwise. `fields`: of a corrected one the columns, each
    with its text before and after; `why` and `by`: the reason and the coders that are known, empty
    where none is; `title`: of an event, or the name of an act.
    """

    table: str
    key: Key
    change: str
    actor: str
    title: str
    fields: Mapping[str, tuple[str, str]]
    why: str = ""
    by: tuple[str, ...] = ()


class Reading(NamedTuple):
    """A stance with its band and label; without a position the figures are missing (None)."""

    stance: float | None
    low: float | None
    high: float | None
    label: str


_NOTHING = Reading(None, None, None, "")
_Readings = dict[tuple[str, str], Reading]


@dataclass(frozen=True)
class FigureChange:
    """A stance that is another: `before`, `between` (the new data by the old method) and `after`;
    one of an actor that a release has not is `Reading(None, None, None, "")`. `events`: those whose
    change has moved it.
    """

    actor: str
    domain: str
    before: Reading
    between: Reading
    after: Reading
    events: tuple[str, ...]

    @property
    def by_data(self) -> bool:
        """Say whether the data moved it."""
        return self.before != self.between

    @property
    def by_method(self) -> bool:
        """Say whether the method moved it."""
        return self.between != self.after


@dataclass(frozen=True)
class ReleaseDiff:
    """The rows and figures that two releases have apart. `compared`: how many stances both have."""

    old: Dataset
    new: Dataset
    day: date
    rows: tuple[RowChange, ...]
    figures: tuple[FigureChange, ...]
    compared: int


def release_diff(
    old: Dataset, new: Dataset, day: date, actors: Collection[str] = ()
) -> ReleaseDiff:
    """Return what two datasets have apart, of some actors or all. BadInput: one is in neither."""
    known = {
        code: name
        for data in (old, new)
        for code, name in zip(data.actors["actor"], data.actors["short_name"], strict=True)
    }
    for actor in actors:
        if actor not in known:
            near = did_you_mean(actor, [*known], known)
            raise BadInput(f"actor {inline(actor)} is in neither release; see actors.csv{near}")
    (figures,) = changed_figures(old, new, [day], actors)
    cells = ({*product(data.position_actors, data.codebook.columns)} for data in (old, new))
    shared = sum(not actors or actor in actors for actor, _ in set.intersection(*cells))
    rows = tuple(_rows(old, new, set(actors)))
    return ReleaseDiff(old, new, day, rows, figures, shared)


def changed_figures(
    old: Dataset, new: Dataset, days: Sequence[date], actors: Collection[str] = ()
) -> Iterator[tuple[FigureChange, ...]]:
    """Yield the stances that two datasets have apart on some days, of some actors or of all."""
    models = models_apart(old, new)
    for day in days:
        before, between, after = (_readings(model, day) for model in models)
        moving, changes = _moving(old, new, day), []
        for cell in {**after, **before}:
            then, part, now = (reading.get(cell, _NOTHING) for reading in (before, between, after))
            if not then == part == now and (not actors or cell[0] in actors):
                events = tuple(moving(*cell)) if then != part else ()
                changes.append(FigureChange(*cell, then, part, now, events))
        yield tuple(changes)


def diff_with_last(data: Dataset) -> ReleaseDiff | None:
    """Return what a dataset and the release before have apart, made once; None: none before."""
    return _diff_of_release(data) if data.release else _diff_of_today(data)


def _diff_with_last(data: Dataset) -> ReleaseDiff | None:
    version = release_before(data)
    if not version:
        return None
    old = release_of(data.folder, version, data.today)
    return release_diff(old, data, figures_day(data))


# As `tracker_under` does: readers of releases throw out nothing of today.
_diff_of_today, _diff_of_release = (lru_cache(maxsize=most)(_diff_with_last) for most in (2, 1))


def totals_text(diff: ReleaseDiff) -> str:
    """Say how many stances that both releases have are others, by the data and by the method."""
    both = [figure for figure in diff.figures if figure.before.label and figure.after.label]
    parts = []
    for name, moved in (
        ("the data", [(figure.before, figure.between) for figure in both if figure.by_data]),
        ("the method", [(figure.between, figure.after) for figure in both if figure.by_method]),
    ):
        stances = sum(then.stance != now.stance for then, now in moved)
        labels = sum(then.label != now.label for then, now in moved)
        verb = "differs" if stances == 1 else "differ"
        if stances:
            parts.append(f"{stances:,} {verb} because of {name} ({labels:,} with another label)")
    if not diff.figures:
        return "No stance differs between the two releases."
    return (
        f"Of {diff.compared:,} stances in both releases, {' and '.join(parts) or 'none differs'}."
    )


def diff_records(diff: ReleaseDiff) -> dict[str, Any]:
    """Return what two releases have apart, for JSON."""
    return {
        "old": diff.old.version,
        "old_model_version": str(diff.old.codebook.formula.number),
        "as_of": str(diff.day),
        "sentence": totals_text(diff),
        "compared": diff.compared,
        "count": len(diff.rows),
        "rows": [{**vars(row), "key": [*row.key], "by": [*row.by]} for row in diff.rows],
        "figures": [
            {
                "actor": figure.actor,
                "domain": figure.domain,
                **{
                    name: getattr(figure, name)._asdict() for name in ("before", "between", "after")
                },
                "by_data": figure.by_data,
                "by_method": figure.by_method,
                "events": [*figure.events],
            }
            for figure in diff.figures
        ],
    }


# -- rows --------------------------------------------------------------------------------------


def _rows(old: Dataset, new: Dataset, actors: set[str]) -> Iterator[RowChange]:
    notes, coded = _notes(old, new), _codings(old, new)
    for table in tables(new.codebook, new.today).values():
        if not table.key:
            continue
        before, after = (rows_by_key(table, data.files) for data in (old, new))
        moved = difference(table, before, after)
        kinds = {
            **dict.fromkeys(moved.withdrawn, WITHDRAWN),
            **dict.fromkeys(moved.corrected, CORRECTED),
            **dict.fromkeys(moved.added, ADDED),
        }
        concerns = _concerning(table, (old, new), actors)
        for key in sorted(kinds):
            row = after.get(key) or before[key]
            if actors and not concerns(row):
                continue
            names = moved.corrected.get(key, [])
            fields = {name: (before[key][name], after[key][name]) for name in names}
            codings = coded.get(key[0], []) if table.name == "events" and "score" in fields else []
            yield RowChange(
                table.name,
                key,
                kinds[key],
                row.get("actor", ""),
                row.get("title") or row.get("name", ""),
                fields,
                notes.get(key[0], "") or "; ".join(filter(None, (why for _, why in codings))),
                tuple(coder for coder, _ in codings),
            )


def _concerning(
    table: Table, both: tuple[Dataset, Dataset], actors: set[str]
) -> Callable[[Cells], bool]:
    """Return what says whether a row of a table is of one of the actors: by its own column, or by
    the event or the act that it belongs to or, of a source, that it backs.
    """
    if "actor" in table.header:
        return lambda row: row["actor"] in actors
    named: set[str] = set()
    for data in both:
        for rows, name in ((data.events, "event_id"), (data.acts, "act_id")):
            theirs = rows[rows["actor"].isin(actors)]
            named.update(theirs[name])
            for ids in theirs["source_ids"]:
                named.update(ids.split(LIST_SEPARATOR))
    return lambda row: any(row.get(name) in named for name in ("event_id", "act_id", "source_id"))


def _notes(old: Dataset, new: Dataset) -> dict[str, str]:
    """Return what the changelog says of single rows since the old release."""
    text = text_since(new.files.get(CHANGELOG, b""), old.version)
    return {note["row"]: note["text"] for note in _NOTE.finditer(text)}


def _codings(old: Dataset, new: Dataset) -> dict[str, list[tuple[str, str]]]:
    """Return the codings of each event that came in or changed: coder and reason."""
    table = tables(new.codebook, new.today)["codings"]
    before, after = (rows_by_key(table, data.files) for data in (old, new))
    moved = difference(table, before, after)
    coded: dict[str, list[tuple[str, str]]] = {}
    for key in sorted([*moved.added, *moved.corrected]):
        coded.setdefault(key[0], []).append((key[1], after[key]["why"]))
    return coded


# -- figures -----------------------------------------------------------------------------------


class ModelsApart(NamedTuple):
    """The models of an older dataset, of the newer one by the older method, and of the newer."""

    before: Model
    between: Model
    after: Model


def models_apart(old: Dataset, new: Dataset) -> ModelsApart:
    """Return the models by which two datasets are held against each other."""
    # Not those that are kept: visitors of the pages would have theirs made again.
    before, after = (model_by(data.codebook, data) for data in (old, new))
    method = _method(new.codebook, old.codebook)
    same = method == new.codebook
    return ModelsApart(before, after if same else model_by(method, new), after)


def _method(codebook: Codebook, old: Codebook) -> Codebook:
    """Return a codebook by an older method, as far as that knows domains and instruments."""
    domains = {code: old.domains.get(code, domain) for code, domain in codebook.domains.items()}
    kinds = {code: old.instruments.get(code, kind) for code, kind in codebook.instruments.items()}
    return replace(
        codebook,
        model=old.model,
        formula=old.formula,
        blind=old.blind,
        domains=domains,
        instruments=kinds,
    )


def _readings(model: Model, day: date) -> _Readings:
    columns = model.position_columns(day)
    names = ("stance", "low", "high")
    figures = [[known_figure(float(x)) for x in columns[name]] for name in names]
    cells = zip(map(str, columns["actor"]), map(str, columns["domain"]), strict=True)
    labels = map(str, columns["label"])
    return {cell: Reading(*values) for cell, *values in zip(cells, *figures, labels, strict=True)}


def _moving(old: Dataset, new: Dataset, day: date) -> Callable[[str, str], list[str]]:
    """Return what names the events, until a day, of an actor and domain that two datasets have
    apart.
    """
    cells = {
        event: {(row["actor"], row["domain"]) for row in rows if row}
        for event, rows in moved_events(old, new, day).items()
    }
    return lambda actor, domain: [
        event
        for event, places in cells.items()
        if any(of == actor and domain in (about, OVERALL) for of, about in places)
    ]


def moved_events(
    old: Dataset, new: Dataset, day: date
) -> dict[str, tuple[Cells | None, Cells | None]]:
    """Return what the model reads of the events that differ, before and after; None: not there."""
    before, after = (_model_rows(data, day) for data in (old, new))
    return {
        event: (before.get(event), after.get(event))
        for event in sorted(before.keys() | after.keys())
        if before.get(event) != after.get(event)
    }


def _model_rows(data: Dataset, day: date) -> dict[str, Cells]:
    """Return what the model reads of each event until a day: its columns, and its codings."""
    codings: dict[str, list[str]] = {}
    for row in data.codings.itertuples(index=False):
        codings.setdefault(str(row.event_id), []).append(f"{row.coder} {row.score}")
    events = data.events[data.events["date"] <= pd.Timestamp(day)]
    return {
        str(cells["event_id"]): {name: str(cells[name]) for name in EVENT_COLUMNS}
        | {"codings": "; ".join(sorted(codings.get(str(cells["event_id"]), [])))}
        for cells in events[[*EVENT_COLUMNS]].to_dict("records")
    }
