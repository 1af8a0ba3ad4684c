"""The cost of typing into the search of the Events page. Run: python -m tests.bench.events

On the real data and on 10,000 synthetic events. README.md of this folder says how each figure is
taken.
"""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import numpy as np

import stances
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.schema import LIST_SEPARATOR, tables
from stances.words import quote
from tests.bench.proxy import counting_proxy
from tests.browser.app import Server, chromium, start, why_no_browser
from tests.browser.view import open_view, settle

SIZE = 10_000
SEARCHES = 20
WORDS = 4  # whole words that are typed, the commonest of the titles
LIMIT_MS, LIMIT_KB = 150, 60
SEARCH_BOX = ".st-key-q input"

# One seed, so that two runs search the same events.
_SEED = 20_190_304
_UNCHANGED = ("codebook.toml", "about.toml", "actors.csv", "memberships.csv")

Row = dict[str, str]


def synthetic_folder(folder: Path, size: int) -> None:
    """A valid data folder of `size` events: those of the product again and again, on other days
    and with the words of their titles and summaries mixed, each with sources and codings.
    """
    real = stances.load().dataset
    for name in _UNCHANGED:
        shutil.copy(real.folder / name, folder)
    random = np.random.default_rng(_SEED)
    events, sources, codings = [], [], []
    for number, like in enumerate(islice(cycle(_rows(real, "events")), size)):
        event = _event(like, number, _day(real, random), random)
        source_ids = [f"source-{number}-{place}" for place in (1, 2)]
        events.append(event | {"source_ids": LIST_SEPARATOR.join(source_ids)})
        sources += [_source(source_id, next(iter(real.codebook.tiers))) for source_id in source_ids]
        codings += [_coding(event, coder) for coder in ("first", "A", "B")]
    written = {"events": events, "sources": sources, "codings": codings}
    written |= {"acts": [], "external_codings": []}
    for name, rows in written.items():
        _write(real, folder, name, rows)


def _rows(data: stances.Dataset, name: str) -> list[Row]:
    text = data.files[f"{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def _day(data: stances.Dataset, random: np.random.Generator) -> str:
    first, last = np.datetime64(data.codebook.first_date), np.datetime64(data.today)
    return str(first + random.integers(0, (last - first).astype(int)))


def _event(like: Row, number: int, day: str, random: np.random.Generator) -> Row:
    event_id = f"{like['actor']}-{day.replace('-', '')}-event-{number}"
    texts = {
        name: " ".join(random.permutation(like[name].split())) for name in ("title", "summary")
    }
    return like | texts | {"event_id": event_id, "date": day, "end_date": ""}


def _source(source_id: str, tier: str) -> Row:
    return {
        "source_id": source_id,
        "url": f"https://example.org/{source_id}",
        "publisher": "Publisher",
        "title": f"Title of {source_id}",
        "published": "2020-01",
        "language": "en",
        "checked": "read",
        "tier": tier,
    }


def _coding(event: Row, coder: str) -> Row:
    return {"event_id": event["event_id"], "coder": coder, "score": event["score"], "why": ""}


def _write(data: stances.Dataset, folder: Path, name: str, rows: list[Row]) -> None:
    table = tables(data.codebook, data.today)[name]
    with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def searches(titles: Sequence[str]) -> list[str]:
    """Return the searches, one after the other: common words of the titles, letter by letter."""
    words: dict[str, int] = {}
    for word in " ".join(titles).casefold().split():
        words[word] = words.get(word, 0) + (len(word) > WORDS and word.isalpha())
    common = sorted(words, key=lambda word: (-words[word], word))[:WORDS]
    return [word[:length] for word in common for length in range(1, 1 + SEARCHES // WORDS)]


def measure(folder: Path | None) -> tuple[list[float], list[float]]:
    """Milliseconds of the script and kilobytes on the wire, of each search on the data in
    `folder`; None: the product's own.
    """
    looked_for = searches(list(stances.load(folder).events["title"]))
    with tempfile.TemporaryDirectory() as scratch:
        runs = Path(scratch) / "runs"
        runs.touch()
        timed = (sys.executable, "-m", "tests.bench.timed", str(runs))
        env = {DATA_VARIABLE: str(folder)} if folder else {}
        server = start(Path(scratch) / "log", env=env, streamlit=timed)
        try:
            sent = list(_bytes_of_searches(server, runs, looked_for))
            seconds = [float(line) for line in runs.read_text(encoding="utf-8").split()]
        finally:
            server.stop()
    return [second * 1000 for second in seconds], [count / 1000 for count in sent]


def _bytes_of_searches(server: Server, runs: Path, looked_for: list[str]) -> Iterator[int]:
    """Bytes on the wire, both ways, of each search; `runs` then has the runs for them alone."""
    port = int(server.origin.rpartition(":")[2])
    with counting_proxy(port) as wire, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        # The first visit pays for reading the data.
        open_view(page, server, "events", has_map=False)
        page.goto(server.url.replace(str(port), str(wire.port)) + "events")
        settle(page, quiet_ms=1_000)
        runs.write_bytes(b"")
        for words in looked_for:
            before = wire.total
            page.fill(SEARCH_BOX, words)
            page.locator("h1.headline", has_text=quote(words)).wait_for()
            settle(page, quiet_ms=500)
            yield wire.total - before


def main() -> None:
    """Print one line for the real data and one for the synthetic events."""
    reason = why_no_browser()
    if reason:
        sys.exit(f"no browser to measure with: {reason}")
    print(f"{'events':>8}  {'script ms':>18}  {'kB on the wire':>18}  at most")
    print(f"{'':>8}  {'median':>9}{'worst':>9}  {'median':>9}{'worst':>9}")
    with tempfile.TemporaryDirectory() as scratch:
        synthetic_folder(Path(scratch), SIZE)
        for name, folder in (("real", None), (f"{SIZE:,}", Path(scratch))):
            times, sent = measure(folder)
            print(
                f"{name:>8}  {median(times):9.1f}{max(times):9.1f}  "
                f"{median(sent):9.1f}{max(sent):9.1f}  {LIMIT_MS} ms, {LIMIT_KB} kB"
            )


if __name__ == "__main__":
    main()
