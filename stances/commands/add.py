"""`add`: events more, with their sources and, if any, their acts; or an act or a profile alone."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import date
from math import isnan
from pathlib import Path

import pandas as pd

from stances.answers.snapshot import snapshot
from stances.answers.tracker import tracker_of
from stances.dataset.load import Dataset, load
from stances.dataset.write import Change

TEXT = "add events with their sources, acts and profiles from TOML files"
# So many stances that differ are told one by one.
_MOST = 40


def options(parser: ArgumentParser) -> None:
    """Take the files, who coded, and whether to write."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="an event, an act or a profile",
    )
    change_options(parser, "who gave the score")


def change_options(parser: ArgumentParser, who: str) -> None:
    """Take what adding and correcting have in common."""
    parser.add_argument("--coder", metavar="NAME", default="", help=who)
    parser.add_argument("--dry-run", action="store_true", help="show what would change, no more")


def run(arguments: Namespace) -> int:
    """Judge all files with the whole folder, show what changes, and write it: all or nothing."""
    data = load(arguments.data)
    change = Change(data, coder=arguments.coder)
    for name in arguments.files:
        content = Path(name).read_bytes()
        change.take(content, name)
    finish(change, arguments.dry_run)
    return 0


def finish(change: Change, dry_run: bool) -> None:
    """Show a change in rows and in figures, and write it. Raises BadEntry where it is none."""
    _date_new_events(change)
    after = change.judged()
    for note in change.notes:
        print(f"note: {note}")
    print(change.diff().rstrip("\n"))
    for line in figure_lines(change.data, after):
        print(line)

    if dry_run:
        print("nothing was written")
        return
    change.write()
    print(f"written, version {after.version}")


def _date_new_events(change: Change) -> None:
    """Put the day into events that come in, and that of their entry into those that an older file
    does not say it of: a correction would make it today.
    """
    events = change.data.events
    ids = events["event_id"]
    days = events["added"].astype("str")
    days_by_id = dict(zip(ids, days, strict=True))

    for row in change.rows["events"]:
        is_changed = row["recorded"] == change.today
        if is_changed and not row["added"]:
            row["added"] = days_by_id.get(row["event_id"], change.today)


def figure_lines(before: Dataset, after: Dataset) -> Iterator[str]:
    """Yield how many stances differ on the day of the last event that does, and on the day that
    opens, then each of them, if they are few.
    """
    days = {min(before.opening_day, after.opening_day)}
    changed_events = pd.concat([before.events, after.events]).drop_duplicates(keep=False)
    if len(changed_events):
        days.add(changed_events["date"].max().date())

    for day in sorted(days):
        frames = [_stances(data, day) for data in (before, after)]
        pairs = pd.concat(frames, axis=1)
        pairs.columns = pd.Index(["before", "label_before", "after", "label_after"])
        stances = pairs[["before", "after"]].round(2)
        differs = stances["before"] != stances["after"]
        moved = pairs[differs & stances.notna().any(axis=1)]

        count = f"{len(moved):,} stances differ"
        if moved.empty:
            count = "no stance differs"
        elif len(moved) == 1:
            count = "1 stance differs"
        yield f"Figures on {day}: {count}."

        if len(moved) > _MOST:
            continue
        for (actor, domain), *cells in moved.itertuples(name=None):
            stance_before = _words(*cells[:2])
            stance_after = _words(*cells[2:])
            yield f"  {actor} {domain}: {stance_before} to {stance_after}"


def _stances(data: Dataset, day: date) -> pd.DataFrame:
    stances = snapshot(tracker_of(data), day)
    stances = stances.set_index(["actor", "domain"])
    return stances[["stance", "label"]]


def _words(stance: float, label: str) -> str:
    if isnan(stance):
        return "none"
    return f"{stance:.2f} {label}"
