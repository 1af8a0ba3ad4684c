"""The share of visitors in one tracker of each dataset, which goes when its dataset does; and what
becomes of a visitor's own state when newer data comes.
"""

from __future__ import annotations

import gc
import re
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from streamlit.testing.v1 import AppTest

from stances import Dataset
from stances.answers import tracker
from stances.answers.actor_history import ActorHistory
from stances.answers.standing import standings
from stances.answers.tracker import Tracker, memoize, tracker_under
from stances.dataset import store
from stances.dataset.about import Lead
from stances.dataset.releases import MOST_RELEASES, release_for
from stances.dataset.schema import ALL_ACTORS
from stances.model.settings import Settings
from tests.dataset.test_releases import keep_release
from tests.depth import each
from tests.folders import TODAY, Folder, every_call_looks
from tests.ui.pages import notices, open_page, pieces

EVENT = "ARC-20200101-roads-order"


def _half_lives(data: Dataset, factor: float) -> Settings:
    return Settings.from_choices(data.codebook, half_life_factor=factor)


def test_visitors_who_come_at_once_share_one_tracker(folder: Folder) -> None:
    data, together = folder.load(), Barrier(8)

    def visit(_: int) -> Tracker:
        together.wait()
        return tracker_under(data, None)

    with ThreadPoolExecutor(8) as visitors:
        assert len(set(visitors.map(visit, range(8)))) == 1


def test_the_published_tracker_outlives_those_of_readers_settings(folder: Folder) -> None:
    data = folder.load()
    published = tracker_under(data, None)
    own = [tracker_under(data, _half_lives(data, 1 + k / 100)) for k in range(1, 40)]
    assert tracker_under(data, None) is published
    assert tracker_under(data, own[-1].settings) is own[-1]
    assert len({*own, published}) == 40


def test_a_tracker_that_is_not_held_leaves_nothing_behind(folder: Folder) -> None:
    data, models = folder.load(), []
    for k in range(1, 40):
        one = tracker_under(data, _half_lives(data, 1 + k / 100))
        # What pages ask for most.
        assert not ActorHistory(one, "ARC", TODAY, "overall").series.empty
        models.append(weakref.ref(one))
        del one
    gc.collect()
    assert sum(each() is not None for each in models) <= 15


def test_a_dataset_that_was_replaced_twice_goes(folder: Folder) -> None:
    first = weakref.ref(tracker_under(folder.load(), None))
    for _ in range(2):
        tracker_under(folder.load(), None)
    gc.collect()
    assert first() is None


def test_of_releases_a_few_alone_are_kept(folder: Folder) -> None:
    def version(number: int) -> str:
        folder.edit("events", 2, title=f"Title {number}")
        return keep_release(folder)

    names = [version(number) for number in range(MOST_RELEASES + 2)]
    data = folder.load()
    opened_ones = []
    for name in [*names, *names[:2]]:
        release = release_for(data, name, None)
        tracker_under(release, None).shown_acts(TODAY)
        opened_ones += [weakref.ref(tracker_under(release, None)), weakref.ref(release)]
        del release
    assert len({*filter(None, (each() for each in opened_ones))}) == 2 * MOST_RELEASES


def test_it_goes_at_once_and_not_when_lost_objects_are_next_looked_for(folder: Folder) -> None:
    gc.disable()
    try:
        first = tracker_under(folder.load(), None)
        assert standings(first, TODAY, "overall")
        gone = weakref.ref(first)
        del first
        for _ in range(2):
            tracker_under(folder.load(), None)
        assert gone() is None
    finally:
        gc.enable()


def test_what_leads_is_what_the_data_names_else_the_first_featured_group(folder: Folder) -> None:
    assert Tracker(folder.load()).lead == Lead("Pact", "roads")
    folder.add("memberships", 2, group="Bloc")
    folder.replace("about.toml", '"roads" }', '"schools" }')
    assert Tracker(folder.load()).lead == Lead("Pact", "schools")
    # Without a word of it, the weightiest domain; without a featured group, the first of the table.
    folder.replace("about.toml", 'lead = { group = "Pact", domain = "schools" }', "")
    assert Tracker(folder.load()).lead == Lead("Pact", "roads")
    folder.replace("about.toml", '"Pact", ', "")
    assert Tracker(folder.load()).lead == Lead("Pact", "roads")
    folder.keep("memberships", 1)
    assert Tracker(folder.load()).lead == Lead(ALL_ACTORS, "roads")


def test_everybody_belongs_to_all_actors(tracker_six: Tracker) -> None:
    day = date(2020, 7, 1)
    assert tracker_six.belonging("Pact", day) == ["BOR", "CAL"]
    assert tracker_six.belonging(ALL_ACTORS, day) == ["ARC", "BOR", "CAL"]


def test_what_is_remembered_is_made_once_for_each_argument(tracker_six: Tracker) -> None:
    calls: list[int] = []

    @memoize
    def twice(_: Tracker, number: int) -> int:
        """Double a number."""
        calls.append(number)
        return 2 * number

    assert [twice(tracker_six, number) for number in (3, 3, 4, 3)] == [6, 6, 8, 6]
    assert calls == [3, 4]
    assert twice.__doc__ == "Double a number."


# -- newer data ----------------------------------------------------------------------------------


def _newer(folder: Folder, old: str, new: str) -> None:
    """Give a code another text in all files of the dataset."""
    whole = re.compile(rf"(?<![\w-]){re.escape(old)}(?!\w)")
    for path in (*folder.path.glob("*.csv"), *folder.path.glob("*.toml")):
        path.write_text(whole.sub(new, path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.fixture
def shown_folder(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder that the pages show, looked at in each run without waiting for it to stand still."""
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    every_call_looks(monkeypatch)
    return folder


def _rerun(app: AppTest) -> None:
    app.run()
    assert tracker.store_of_folder().state().faults == ()


@each(
    ("page", "query", "old", "new", "text"),
    [
        ("events", {"event": EVENT}, EVENT, "ARC-20200101-order", "event"),
        ("data", {"example": EVENT}, EVENT, "ARC-20200101-order", "example"),
        ("map", {"domain": "roads"}, "roads", "ways", "domain"),
        ("map", {"settings": "roads:3,half_life:2"}, "roads", "ways", "settings"),
        ("actor", {"actor": "CAL"}, "CAL", "CAM", "actor"),
    ],
)
def test_an_open_page_gives_up_what_newer_data_does_not_have(
    shown_folder: Folder, page: str, query: dict[str, str], old: str, new: str, text: str
) -> None:
    app = open_page(page, as_of="2022-06-30", **query)
    assert notices(app) == []
    _newer(shown_folder, old, new)
    _rerun(app)
    assert not app.exception
    [line] = [line for line in notices(app) if line.startswith(f"{text} ")]
    assert "is not in the newer data" in line
    _rerun(app)
    assert not app.exception


def test_an_open_page_keeps_what_newer_data_has(shown_folder: Folder) -> None:
    app = open_page(
        "events", as_of="2022-06-30", q="worried", domain="roads", settings="half_life:2"
    )
    shown_folder.edit("events", 2, title="Another title")
    _rerun(app)
    assert not app.exception
    assert [app.text_input(key="q").value, app.selectbox(key="domain").value] == [
        "worried",
        "roads",
    ]
    assert notices(app) == []
    assert "Your own settings" in "".join(pieces(app))


def test_a_run_keeps_to_the_data_that_it_began_with(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    scans: list[Path] = []
    data_of = store.Store.data

    def count_call(self: store.Store) -> object:
        scans.append(self.folder)
        return data_of(self)

    monkeypatch.setattr(store.Store, "data", count_call)
    open_page("map")
    assert len(scans) == 1
