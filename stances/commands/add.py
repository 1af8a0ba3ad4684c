"""`add`: events more, with their sources and, if any, their acts; or an act or a profile alone."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
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
    parser.add_argument("files", nargs="+", metavar="FILE", help="an event, an act or a profile")
    change_options(parser, "who gave the score")


def change_options(parser: ArgumentParser, who: str) -> None:
    """Take what adding and correcting have in common."""
    parser.add_argument("--coder", metavar="NAME", default="", help=who)
    parser.add_argument("--dry-run", action="store_true", help="show what would change, no more")


def run(arguments: Namespace) -> int:
    """Judge all files with the whole folder, show what changes, and write it: all or nothing."""
    change = Change(load(arguments.data), coder=arguments.coder)
    for name in arguments.files:
        change.take(Path(name).read_bytes(), name)
    finish(change, arguments.dry_run)
    return 0


def finish(change: Change, dry_run: bool) -> None:
    """Show a change in rows and in figures, and write it. Raises BadEntry where it is none."""
    after = change.judged()
    lines = [f"note: {note}" for note in change.notes]
    lines += [change.diff().rstrip("\n"), *figure_lines(change.data, after)]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    if not dry_run:
        change.write()
    done = "nothing was written" if dry_run else f"written, version {after.version}"
    sys.stdout.write(f"{done}\n")


def figure_lines(before: Dataset, after: Dataset) -> Iterator[str]:
    """Yield how many stances differ on the day of the last event that does, and on the day that
    opens, then each of them, if they are few.
    """
    changed = pd.concat([before.events, after.events]).drop_duplicates(keep=False)["date"]
    for day in sorted({*changed.nlargest(1).dt.date, min(before.opening_day, after.opening_day)}):
        frames = [
            snapshot(tracker_of(data), day).set_index(["actor", "domain"])[["stance", "label"]]
            for data in (before, after)
        ]
        pairs = pd.concat(frames, axis=1)
        pairs.columns = pd.Index(["then", "was", "now", "is"])
        then, now = pairs["then"].round(2), pairs["now"].round(2)
        moved = pairs[(then != now) & ~(then.isna() & now.isna())]
        count = f"{len(moved):,} stances differ" if len(moved) > 1 else "1 stance differs"
        yield f"Figures on {day}: {count if len(moved) else 'no stance differs'}."
        for row in moved.reset_index().to_dict("records") if len(moved) <= _MOST else ():
            ends = ((row["then"], row["was"]), (row["now"], row["is"]))
            told = ["none" if pd.isna(at) else f"{at:.2f} {label}" for at, label in ends]
            yield f"  {row['actor']} {row['domain']}: {' to '.join(told)}"
