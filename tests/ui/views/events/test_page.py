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
from stances.answers.events import (
    SORTS,
    checked_words,
    coder_name,
    language_name,
    published_words,
)
from stances.answers.tracker import Tracker
from tests.cases import most_sourced, scored_rows
from tests.folders import Folder
from tests.golden import Golden
from tests.ui.pages import (
    address,
    has_rows,
    headline,
    lines,
    markup,
    notices,
    open_page,
    page_links,
    plain,
    table_of,
)

ORDER, REVIEWED = "ARC-20200101-roads-order", "BOR-20200601-ring-road-plan"


def table(app: AppTest) -> pd.DataFrame:
    return table_of(app, "Title")


_STATUS = r'</h1>(?:<div class="found">)?<p class="subtitle">(.*?)</p>|<p class="nothing">(.*?)</p>'


def status(app: AppTest) -> str:
    """The line under the headline, or why nothing was found."""
    return plain(" ".join(map("".join, re.findall(_STATUS, markup(app)))))


def article(app: AppTest) -> str:
    """The text of the event that is open; empty where none is."""
    found = re.findall(r"<article.*?</article>", markup(app))
    return plain(" ".join(found))


def article_lines(app: AppTest) -> list[str]:
    """The event that is open, a line for each of its facts and paragraphs."""
    return lines(" ".join(re.findall(r"<article.*?</article>", markup(app))))


def legend(app: AppTest) -> list[str]:
    """Return the meaning of a mark in the table."""
    return re.findall(r"\N{DAGGER} Single or weak report: .*?\.", plain(markup(app)))


def button_keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


# -- what is found -------------------------------------------------------------------------------


def test_without_an_address_all_events_are_there_newest_first(shown: stances.Dataset) -> None:
    app = open_page("events")
    assert headline(app) == words.plural(len(shown.events), "event", start=True)
    rows = table(app)
    assert len(rows) == min(100, len(shown.events))
    newest = shown.events.sort_values(["date", "event_id"], ascending=[False, True])
    assert list(rows["Title"]) == list(newest["title"].head(len(rows)))
    context = int(shown.events["score"].isna().sum())
    assert f"{len(shown.events) - context:,} scored, {context:,} context" in status(app)
    assert article(app) == ""
    assert notices(app) == []


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


@pytest.mark.usefixtures("six_shown")
def test_the_first_words_are_looked_for_in_all_fields_unless_one_is_chosen_for_them() -> None:
    app = open_page("events", domain="roads")
    app.text_input(key="q").set_value("acme").run()
    assert "domain" not in address(app)
    app.selectbox(key="domain").set_value("roads").run()
    app.text_input(key="q").set_value("order").run()
    assert address(app)["domain"] == "roads"
    chosen = open_page("events", domain="roads")
    chosen.selectbox(key="domain").set_value("schools").run()
    chosen.text_input(key="q").set_value("acme").run()
    assert address(chosen)["domain"] == "schools"


@pytest.mark.usefixtures("six_shown")
def test_where_few_have_all_words_those_with_most_of_them_come_after(golden: Golden) -> None:
    looked_for = "acme king doubts 2020 nothing", "acme boria teach"
    pages = {words_of_it: open_page("events", q=words_of_it) for words_of_it in looked_for}
    golden({name: [headline(app), *table(app)["Title"]] for name, app in pages.items()})
    assert "those with the most words first" in markup(pages[looked_for[0]])


def test_the_subject_itself_can_be_looked_for(real: stances.Dataset) -> None:
    company = real.actors.loc[real.actors["kind"] == "company", "actor"].item()
    app = open_page("events", who=company)
    assert set(table(app)["Score"]) == {"Context"}
    assert len(table(app)) == int((real.events["actor"] == company).sum())


@pytest.mark.usefixtures("six_shown")
def test_a_group_stands_for_its_members_at_any_time_of_the_period() -> None:
    app = open_page("events", who="Pact")
    assert len(table(app)) == 6
    assert "three members, those that belonged to it at any time" in plain(markup(app))
    app = open_page("events", who="Pact", from_="2020-07-01")
    assert "Caldon and Kingdom of Boria" in plain(markup(app))
    assert "Arcadia" not in plain(markup(app))
    assert "No event fits all of" in status(app)


@pytest.mark.usefixtures("six_shown")
def test_a_date_is_shown_no_more_exactly_than_it_is_known() -> None:
    rows = table(open_page("events", sort="oldest"))
    assert list(rows["Date"])[:2] == ["1 Jan 2020", "Feb 2020"]


def test_what_is_looked_for_is_shown_from_its_beginning(real: stances.Dataset) -> None:
    app = open_page("events", page="2")
    app.text_input(key="q").set_value(real.codebook.subject).run()
    assert "page" not in address(app)
    assert "The first 100 of" in markup(app)


def test_an_event_that_is_opened_leaves_its_rows_where_they_are() -> None:
    app = open_page("events", page="2")
    app.button(key="event-first").click().run()
    assert address(app)["page"] == "2"


@pytest.mark.parametrize("number", ["0", "-1", "2.0", "two", "10000"])
def test_a_page_that_is_no_number_of_one_is_told_in_a_line(number: str) -> None:
    app = open_page("events", page=number)
    [line] = notices(app)
    assert line.startswith("page in the address: ")
    assert "is not a whole number from 1 to 9999. The default is shown." in line


def test_a_page_of_a_form_in_which_none_was_chosen_is_the_first() -> None:
    app = open_page("events", page="")
    assert notices(app) == []
    assert page_links(app) == page_links(open_page("events"))


@pytest.mark.usefixtures("six_shown")
def test_a_head_sorts_by_a_link_and_the_head_of_the_date_turns_it_round() -> None:
    links = page_links(open_page("events"))
    assert "sort=oldest" in links["Date"]
    assert "sort=actor" in links["Country or body"]
    assert "sort=newest" in page_links(open_page("events", sort="oldest"))["Date"]
    actors = list(table(open_page("events", sort="actor"))["Country or body"])
    assert actors == sorted(actors)
    assert len(set(actors)) > 1


# -- nothing found -------------------------------------------------------------------------------


def test_nothing_found_says_why_and_one_button_clears_all_filters(shown: stances.Dataset) -> None:
    first, domain = shown.codebook.first_date, next(iter(shown.codebook.domains))
    # No event has the words, and none of context has a score.
    impossible = {"q": "qqzzqq", "scores": "1..1", "counted": "context"}
    app = open_page("events", domain=domain, as_of=str(first), **impossible)
    assert not has_rows(app)
    assert headline(app).startswith("No events match")
    assert "the words" in status(app)
    assert "Leaving out one of them is not enough" in status(app)
    app.button(key="events-clear-all").click().run()
    assert len(table(app)) == min(100, len(shown.events))
    assert set(address(app)) == {"as_of"}


@pytest.mark.usefixtures("six_shown")
def test_filters_are_cleared_and_date_and_domain_stay() -> None:
    app = open_page("events", q="acme", who="BOR", domain="roads", as_of="2022-01-01")
    app.button(key="events-clear").click().run()
    assert address(app) == {"as_of": "2022-01-01", "domain": "roads"}
    assert len(table(app)) == 4
    assert "events-clear" not in button_keys(app)


def test_a_dataset_without_events_says_so(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("events", "sources", "acts", "deadlines", "profiles", "codings"):
        folder.keep(name, 1)
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = open_page("events")
    assert headline(app) == "No events"
    assert "The dataset has no events." in status(app)
    assert not app.button


# -- one event -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("six_shown")
def test_an_event_opens_whatever_the_filters_say(golden: Golden) -> None:
    app = open_page("events", event=ORDER, q="qqzzqq", as_of="2019-06-01")
    cases = {event: article_lines(open_page("events", event=event)) for event in (ORDER, REVIEWED)}
    assert article_lines(app) == cases[ORDER]
    golden(cases)
    assert "Not among the events found." in markup(app)


def test_an_event_has_all_its_sources_and_codings(real: stances.Dataset) -> None:
    wanted = most_sourced(real)
    app = open_page("events", event=wanted)
    sources = real.event_sources[real.event_sources["event_id"] == wanted]
    html = markup(app)
    assert len(sources) > 1
    assert html.count("<li>") == len(sources)
    for source in sources.itertuples():
        assert f'href="{escapes.html(source.url)}"' in html
        assert re.search(rf"web\.archive\.org/web/\d+/{re.escape(escapes.html(source.url))}", html)
        assert escapes.html(source.publisher) in html
        assert language_name(str(source.language)) in html
        assert published_words(str(source.published)) in html
    for way, count in sources["checked"].value_counts().items():
        assert html.count(checked_words(str(way))) == count
    for coder in real.codings.loc[real.codings["event_id"] == wanted, "coder"]:
        assert coder_name(real.codebook, coder) in html


def test_a_review_may_say_that_an_event_is_context(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.edit("events", 7, score="")
    folder.edit("codings", 20, score="")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    assert "Context: not counted" in article(open_page("events", event=REVIEWED))


@pytest.mark.usefixtures("six_shown")
def test_the_events_found_can_be_read_one_after_the_other() -> None:
    app = open_page("events", who="BOR", sort="oldest")
    app.button(key="event-first").click().run()
    assert address(app)["event"] == "BOR-20200201-school-permit"
    assert app.button(key="event-previous").disabled
    app.button(key="event-next").click().run()
    app.button(key="event-next").click().run()
    assert address(app)["event"] == "BOR-20200601-ring-road-plan"
    assert "Boria plans a ring road by Acme" in article(app)
    assert app.button(key="event-next").disabled
    app.button(key="event-close").click().run()
    assert "event" not in address(app)
    assert article(app) == ""


def test_an_event_of_the_company_leads_to_no_stance(real: stances.Dataset) -> None:
    company = real.actors.loc[real.actors["kind"] == "company", "actor"].item()
    of_company = real.events.loc[real.events["actor"] == company, "event_id"].iloc[0]
    of_actor = scored_rows(real)["event_id"].iloc[0]
    assert "The position on that day" not in markup(open_page("events", event=of_company))
    assert "The position on that day" in markup(open_page("events", event=of_actor))


@pytest.mark.usefixtures("six_shown")
def test_the_address_keeps_what_was_chosen() -> None:
    app = open_page("events")
    app.text_input(key="q").set_value("acme")
    app.multiselect(key="who").set_value(["ARC", "Pact"])
    app.select_slider(key="scores").set_value((-2, -1))
    app.selectbox(key="sort").set_value("oldest").run()
    written = address(app)
    assert written["q"] == "acme"
    assert written["who"] == "ARC,Pact"
    assert written["scores"] == "-2..-1"
    assert written["sort"] == "oldest"
    again = open_page("events", **written)
    assert headline(again) == headline(app)
    assert list(table(again)["Title"]) == list(table(app)["Title"])


def test_events_before_the_first_day_are_lost_only_to_a_period(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path / "early")
    first = folder.load().codebook.first_date
    assert first > date(2018, 1, 1)
    folder.edit("events", 5, date="2018-01-02")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    assert len(table(open_page("events"))) == 6
    assert len(table(open_page("events", from_=f"{first.year + 1}-01-01"))) < 6


# -- what backs an event -------------------------------------------------------------------------


@pytest.fixture
def weak_shown(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of the six events where a newspaper is a weak source, and a gazette is none."""
    folder.replace("codebook.toml", "[scale]\n", 'weak_tiers = ["paper", "copy"]\n[scale]\n')
    monkeypatch.setenv("STANCES_DATA", str(folder.path))


@pytest.mark.usefixtures("weak_shown")
def test_events_with_weak_sources_alone_are_marked(golden: Golden) -> None:
    app = open_page("events", sort="oldest")
    rows = table(app)
    marked = dict(zip(rows["Title"], rows["Sources"], strict=True))
    assert marked["Arcadia bars Acme from its roads"] == "1"
    assert marked["Boria lets Acme teach in its schools"] == "1 \N{DAGGER}"
    # One of its two is a gazette.
    assert marked["Arcadia repeals its order"] == "2"
    weak = open_page("events", event=REVIEWED)
    golden({"legend": legend(app), "an event": article_lines(weak)})
    assert "\N{DAGGER}" not in plain(markup(open_page("events", q="repeals")))


@pytest.mark.usefixtures("six_shown")
def test_without_weak_tiers_words_of_the_lowest_confidence_alone_are_marked(
    golden: Golden,
) -> None:
    app = open_page("events")
    rows = table(app)
    marked = rows.loc[rows["Sources"].str.contains("\N{DAGGER}"), "Title"]
    assert marked.tolist() == ["Boria plans a ring road by Acme"]
    golden({"legend": legend(app)})
    assert "\N{DAGGER}" not in markup(open_page("events", event=REVIEWED))


def test_the_marks_are_those_of_the_tiers(tracker: Tracker) -> None:
    weak = set(tracker.codebook.weak_tiers)
    pairs = tracker.data.event_sources
    strong = set(pairs.loc[~pairs["tier"].isin(weak), "event_id"])
    assert tracker.weakly_sourced == set(tracker.titles) - strong
