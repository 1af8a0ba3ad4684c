"""The page of events as it is sent: what it finds, one event in full, and odd states."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import stances
from stances import escapes, words
from stances.answers.directions import direction_of
from stances.answers.events import (
    SORTS,
    checked_words,
    coder_name,
    fold,
    language_name,
    published_words,
)
from stances.answers.tracker import Tracker
from stances.model.directions import DIRECTIONS
from tests.cases import most_sourced, scored_rows
from tests.folders import Folder
from tests.ui import pages


def table(app: AppTest) -> pd.DataFrame:
    return pages.table_of(app, "Title")


_STATUS = (
    r'</h1>(?:<div class="subtitles">)?<p class="subtitle">(.*?)</p>|<p class="nothing">(.*?)</p>'
)


def status(app: AppTest) -> str:
    """The line under the headline, or why nothing was found."""
    return pages.plain(" ".join(map("".join, re.findall(_STATUS, pages.markup(app)))))


def article(app: AppTest) -> str:
    """The text of the event that is open; empty where none is."""
    result = re.findall(r"<article.*?</article>", pages.markup(app))
    return pages.plain(" ".join(result))


def button_keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


# -- what is found -------------------------------------------------------------------------------


def test_without_an_address_all_events_are_there_newest_first(shown: stances.Dataset) -> None:
    app = pages.open_page("events")
    assert pages.headline(app) == words.plural(len(shown.events), "event", start=True)
    rows = table(app)
    assert len(rows) == min(100, len(shown.events))
    newest = shown.events.sort_values(["date", "event_id"], ascending=[False, True])
    assert list(rows["Title"]) == list(newest["title"].head(len(rows)))
    context = int(shown.events["score"].isna().sum())
    assert f"{len(shown.events) - context:,} scored, {context:,} context" in status(app)
    assert article(app) == ""
    assert pages.notices(app) == []


def test_every_order_of_the_address_has_ranks(tracker: Tracker) -> None:
    assert set(tracker.event_ranks) == set(SORTS)
    for ranks in tracker.event_ranks.values():
        assert sorted(ranks) == list(range(len(tracker.data.events)))


def test_by_score_the_lowest_come_first_and_context_last(tracker: Tracker) -> None:
    places = tracker.event_ranks["score"].argsort()
    scores = tracker.data.events["score"].iloc[places]
    known = scores.dropna()
    assert list(known) == sorted(known)
    assert scores.iloc[len(known) :].isna().all()
    assert len(known)


def test_events_come_by_what_other_columns_say(tracker: Tracker) -> None:
    kinds, ways = tracker.codebook.instruments, [*DIRECTIONS, ""]
    keys = {
        "direction": lambda row: ways.index(direction_of(tracker, row.event_id)),
        "sources": lambda row: -len(tracker.sources.get(row.event_id, [])),
        "instrument": lambda row: fold(kinds[row.instrument].label),
        "confidence": lambda row: tracker.codebook.model.tolerance[row.confidence],
    }
    for order, key in keys.items():
        rows = [tracker.event_rows[place] for place in tracker.event_ranks[order].argsort()]
        # Of each the newest first.
        by_key = [(key(row), -row.date.toordinal(), row.event_id) for row in rows]
        assert by_key == sorted(by_key), order


@pytest.mark.usefixtures("six_shown")
def test_the_first_words_are_looked_for_in_all_fields_unless_one_is_chosen_for_them() -> None:
    app = pages.open_page("events", domain="roads")
    app.text_input(key="q").set_value("acme").run()
    assert "domain" not in pages.address(app)
    app.selectbox(key="domain").set_value("roads").run()
    app.text_input(key="q").set_value("order").run()
    assert pages.address(app)["domain"] == "roads"
    chosen = pages.open_page("events", domain="roads")
    chosen.selectbox(key="domain").set_value("schools").run()
    chosen.text_input(key="q").set_value("acme").run()
    assert pages.address(chosen)["domain"] == "schools"


def test_the_subject_itself_can_be_looked_for(real: stances.Dataset) -> None:
    company = real.actors.loc[real.actors["kind"] == "company", "actor"].item()
    app = pages.open_page("events", who=company)
    assert set(table(app)["Score"]) == {"Context"}
    assert len(table(app)) == int((real.events["actor"] == company).sum())


def test_what_is_looked_for_is_shown_from_its_beginning(real: stances.Dataset) -> None:
    app = pages.open_page("events", page="2")
    app.text_input(key="q").set_value(real.codebook.subject).run()
    assert "page" not in pages.address(app)
    assert "The first 100 of" in pages.markup(app)


def test_an_event_that_is_opened_leaves_its_rows_where_they_are() -> None:
    app = pages.open_page("events", page="2")
    app.button(key="event-first").click().run()
    assert pages.address(app)["page"] == "2"


@pytest.mark.parametrize("number", ["0", "-1", "2.0", "two", "10000"])
def test_a_page_that_is_no_number_of_one_is_told_in_a_line(number: str) -> None:
    app = pages.open_page("events", page=number)
    [line] = pages.notices(app)
    assert line.startswith("page in the address: ")
    assert "is not a whole number from 1 to 9999. The default is shown." in line


def test_a_page_of_a_form_in_which_none_was_chosen_is_the_first() -> None:
    app = pages.open_page("events", page="")
    assert pages.notices(app) == []
    assert pages.page_links(app) == pages.page_links(pages.open_page("events"))


# -- nothing found -------------------------------------------------------------------------------


def test_one_button_clears_all_filters(shown: stances.Dataset) -> None:
    app = pages.open_page("events", q="qqzzqq", as_of=str(shown.codebook.first_date))
    assert not pages.has_rows(app)
    app.button(key="events-clear-all").click().run()
    assert len(table(app)) == min(100, len(shown.events))
    assert set(pages.address(app)) == {"as_of"}


@pytest.mark.usefixtures("six_shown")
def test_filters_are_cleared_and_date_and_domain_stay() -> None:
    app = pages.open_page("events", q="acme", who="BOR", domain="roads", as_of="2022-01-01")
    app.button(key="events-clear").click().run()
    assert pages.address(app) == {"as_of": "2022-01-01", "domain": "roads"}
    assert len(table(app)) == 4
    assert "events-clear" not in button_keys(app)


# -- one event -----------------------------------------------------------------------------------


def test_an_event_has_all_its_sources_and_codings(real: stances.Dataset) -> None:
    wanted = most_sourced(real)
    app = pages.open_page("events", event=wanted)
    sources = real.event_sources[real.event_sources["event_id"] == wanted]
    html = pages.markup(app)
    assert len(sources) > 1
    assert html.count("<li>") == len(sources)
    for source in sources.itertuples():
        assert f'href="{escapes.html(source.url)}"' in html
        assert re.search(rf"web\.archive\.org/web/\d+/{re.escape(escapes.html(source.url))}", html)
        assert escapes.html(source.publisher) in html
        assert language_name(str(source.language)) in html
        assert published_words(str(source.published)) in html
    for check, count in sources["checked"].value_counts().items():
        assert html.count(checked_words(str(check))) == count
    for coder in real.codings.loc[real.codings["event_id"] == wanted, "coder"]:
        assert coder_name(real.codebook, coder) in html


@pytest.mark.usefixtures("six_shown")
def test_the_events_found_can_be_read_one_after_the_other() -> None:
    app = pages.open_page("events", who="BOR", sort="oldest")
    app.button(key="event-first").click().run()
    assert pages.address(app)["event"] == "BOR-20200201-school-permit"
    assert app.button(key="event-previous").disabled
    app.button(key="event-next").click().run()
    app.button(key="event-next").click().run()
    assert pages.address(app)["event"] == "BOR-20200601-ring-road-plan"
    assert "Boria plans a ring road by Acme" in article(app)
    assert app.button(key="event-next").disabled
    app.button(key="event-close").click().run()
    assert "event" not in pages.address(app)
    assert article(app) == ""


def test_an_event_of_the_company_leads_to_no_stance(real: stances.Dataset) -> None:
    company = real.actors.loc[real.actors["kind"] == "company", "actor"].item()
    of_company = real.events.loc[real.events["actor"] == company, "event_id"].iloc[0]
    of_actor = scored_rows(real)["event_id"].iloc[0]
    assert "The position on that day" not in pages.markup(
        pages.open_page("events", event=of_company)
    )
    assert "The position on that day" in pages.markup(pages.open_page("events", event=of_actor))


@pytest.mark.usefixtures("six_shown")
def test_the_address_keeps_what_was_chosen() -> None:
    app = pages.open_page("events")
    app.text_input(key="q").set_value("acme")
    app.multiselect(key="who").set_value(["ARC", "Pact"])
    app.select_slider(key="scores").set_value((-2, -1))
    app.selectbox(key="sort").set_value("oldest").run()
    written = pages.address(app)
    assert written["q"] == "acme"
    assert written["who"] == "ARC,Pact"
    assert written["scores"] == "-2..-1"
    assert written["sort"] == "oldest"
    again = pages.open_page("events", **written)
    assert pages.headline(again) == pages.headline(app)
    assert list(table(again)["Title"]) == list(table(app)["Title"])


def test_events_before_the_first_day_are_lost_only_to_a_period(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path / "early")
    first = folder.load().codebook.first_date
    assert first > date(2018, 1, 1)
    folder.edit("events", 5, date="2018-01-02")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    assert len(table(pages.open_page("events"))) == 6
    assert len(table(pages.open_page("events", from_=f"{first.year + 1}-01-01"))) < 6


# -- what backs an event -------------------------------------------------------------------------


def test_the_marks_are_those_of_the_tiers(tracker: Tracker) -> None:
    weak = set(tracker.codebook.weak_tiers)
    pairs = tracker.data.event_sources
    strong = set(pairs.loc[~pairs["tier"].isin(weak), "event_id"])
    assert tracker.weakly_sourced == set(tracker.titles) - strong
