"""`add`: new events with their sources and, if any, their acts; or an act, a profile or an actor
alone.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from math import isnan
from pathlib import Path

import pandas as pd

from stances.answers.snapshot import differences
from stances.dataset import profiles
from stances.dataset.load import Dataset, load
from stances.dataset.write import Change

TEXT = "add events with their sources, acts, profiles and actors from TOML files"
# Up to so many stances that differ are listed one by one.
_MOST_LISTED = 40


def options(parser: ArgumentParser) -> None:
    """Take the files, who coded, and whether to write."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="an event, an act, a profile or an actor",
    )
    change_options(parser, "who gave the score")


def change_options(parser: ArgumentParser, who: str) -> None:
    """Take what adding and correcting have in common."""
    parser.add_argument("--coder", metavar="NAME", default="", help=who)
    dry_run_option(parser)


def dry_run_option(parser: ArgumentParser) -> None:
    """Take whether to write."""
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
    """Show what a change does to rows, figures and profiles, and write it. Raises BadEntry where it
    cannot be made.
    """
    after = change.judged()
    for note in change.notes:
        print(f"note: {note}")
    print(change.diff().rstrip("\n"))
    for lines_of in (figure_lines, _profile_lines, _unseen_lines):
        for line in lines_of(change.data, after):
            print(line)

    if dry_run:
        print("nothing was written")
        return
    change.write()
    print(f"written, version {after.version}")


def figure_lines(before: Dataset, after: Dataset) -> Iterator[str]:
    """Yield how many stances differ on the opening day and on the day of the last changed event,
    which may lie after it, in the order of the days; each count followed by the stances that it
    counts, if they are few.
    """
    # A change may move the opening day: of the two that which both states have.
    days = {min(before.opening_day, after.opening_day)}
    # What is the same in both is there twice, and `keep=False` leaves neither.
    changed_events = pd.concat([before.events, after.events]).drop_duplicates(keep=False)
    if len(changed_events):
        days.add(changed_events["date"].max().date())

    for day in sorted(days):
        rows = differences(before, after, day)
        count = f"{len(rows):,} stances differ"
        if rows.empty:
            count = "no stance differs"
        elif len(rows) == 1:
            count = "1 stance differs"
        yield f"Figures on {day}: {count}."

        if len(rows) > _MOST_LISTED:
            continue
        for row in rows.to_dict("records"):
            was = _stance_in_words(row["was"], row["was_label"])
            now = _stance_in_words(row["is"], row["is_label"])
            yield f"  {row['actor']} {row['domain']}: {was} to {now}"


def _profile_lines(before: Dataset, after: Dataset) -> Iterator[str]:
    """Yield the profiles that a change ends, with the reason."""
    ended_before = profiles.ended_lines(before)
    for name, line in profiles.ended_lines(after).items():
        if name not in ended_before:
            yield line


def _unseen_lines(before: Dataset, after: Dataset) -> Iterator[str]:
    """Yield the new events that no page shows yet, as they come after the last day of the data."""
    last_day = after.opening_day
    events = after.events
    is_late = events["date"] > pd.Timestamp(last_day)
    is_old = events["event_id"].isin(before.events["event_id"])
    new_events = events[is_late & ~is_old]
    for event_id in new_events["event_id"]:
        yield f"note: covered_to in about.toml is {last_day}, so no page shows {event_id} yet"


def _stance_in_words(stance: float, label: str) -> str:
    """Return a stance with its label: -1.50 Restrictive, or none."""
    if isnan(stance):
        return "none"
    return f"{stance:.2f} {label}"
