"""What leads where on pages, what is marked, and what is not said twice."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pandas as pd

from stances import words
from stances.answers import stance
from stances.dataset.load import Dataset, load
from stances.render import page
from stances.routes.tables import RESOURCES
from tests.conftest import TODAY
from tests.render.pages import drawn, view, words_of


def row_of(html: str, name: str) -> str:
    """Return the row of a table that has a name."""
    return next(row for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL) if name in row)


def test_a_level_leads_to_its_reasons(real: Dataset) -> None:
    reasons = 'href="actor?actor=POL&amp;domain=networks#why-networks"'
    row = row_of(drawn(real, "members"), ">Poland<")
    assert reasons in row.split("<td")[-3]
    assert 'href="events?domain=networks&amp;actor=POL&amp;to=2019-12-31"' in row
    assert reasons in row_of(drawn(real, "trends"), ">Telecom networks<")
    assert 'href="actor?domain=overall&amp;actor=POL#why"' in drawn(
        real, "members", domain="overall"
    )
    country = drawn(real, "actor", actor="POL", domain="networks")
    assert 'href="#why"' in country and 'id="why"' in country
    assert re.search(r'id="why-networks"><details open>', country)


def test_old_statements_are_marked_and_no_others(real: Dataset) -> None:
    shown = view(real, "")
    rows = stance.standings(shown.tracker, shown.day, shown.domain)
    old = rows.index[rows["is_old"] & rows["level"].notna()]
    marked = re.findall(r'actor=(\w+)"[^>]*>[^<]*</a><i class="key', drawn(real, ""))
    assert sorted(marked) == sorted(old) != []


def test_a_neutral_score_is_a_level(six: Dataset) -> None:
    assert "No level" not in drawn(six, "e", event="ARC-20201027-order-repealed")
    assert "No level" in drawn(six, "e", event="ARC-20200410-minister-worried")


def test_the_number_at_a_level_leads_to_its_events(real: Dataset) -> None:
    assert 'href="events?as_of=2024-01-01&amp;domain=networks&amp;level=-3"' in drawn(
        real, "", as_of="2024-01-01"
    )


def test_what_binds_nobody_is_told_by_its_kind(real: Dataset) -> None:
    found = drawn(real, "acts", actor="CAN", q="Policy statement")
    assert '<span class="tag">decision</span>' in row_of(
        found, "Policy statement on Huawei and ZTE"
    )
    assert 'class="tag"' not in row_of(drawn(real, "acts", actor="POL"), "Lex Huawei")
    act = "CAN-policy-statement-huawei-and-zte-out-of-5g-and-4g"
    record = words_of(drawn(real, "a", act=act))
    assert "Kind Decision" in record and "Status" not in record


def test_a_date_in_doubt_is_marked_on_the_newest_day(real: Dataset) -> None:
    due = row_of(drawn(real, "members"), ">Portugal<").split("<td")[-1]
    assert "2028" in due and 'href="acts?actor=PRT&amp;deadline=removal"' in due
    assert 'class="q"' not in row_of(drawn(real, "members"), ">Germany<").split("<td")[-1]


def test_dates_are_those_of_the_governments_chosen(real: Dataset) -> None:
    everybody = drawn(real, "acts").partition('id="s-register"')[0]
    members = drawn(real, "acts", group="EU").partition('id="s-register"')[0]
    assert ">Canada<" in everybody and ">Germany<" in everybody
    assert ">Canada<" not in members and ">Germany<" in members


def test_a_copied_link_has_its_day_and_files_are_taken_along(real: Dataset, newest: date) -> None:
    html = drawn(real, "members")
    assert re.search(rf'data-copy="[^"]*as_of={newest}[^"]*">Copy link', html)
    assert re.search(r'aria-label="Groups as picture: PNG" download', html)


def test_a_group_of_rules_can_be_taken_away_and_has_a_name(real: Dataset) -> None:
    html = drawn(real, "acts", group="EU")
    assert re.search(r'href="acts" aria-label="Remove EU 27"', html)
    assert '<option value="EU">EU countries</option>' in html
    assert "rules: EU countries" in drawn(real, "acts", actor="EU")


def test_every_table_that_is_served_is_offered(real: Dataset) -> None:
    html = drawn(real, "data")
    for resource in RESOURCES:
        for path in resource.paths.values():
            wanted = path[1:].replace("{date}", str(real.opening_day))
            assert f'href="{wanted}' in html, wanted
    assert 'href="deadlines.ics' in html and 'href="feed.atom' in html


def test_share_offers_what_fits_its_menu(real: Dataset, newest: date) -> None:
    share = drawn(real, "members").split('<details class="menu">')[1]
    said = re.findall(rf'aria-label="EU 27 on {words.day(newest)}: (\w+)"', share)
    assert said == ["CSV", "JSON", "XLSX"]


def test_the_code_of_a_frame_has_the_view_and_is_embedded(real: Dataset) -> None:
    html = unescape(unescape(drawn(real, "members", group="NATO")))
    assert re.search(r'/members\?[^"? ]*group=NATO[^"? ]*&embed=true" title=', html)


def test_navigation_says_where_a_record_belongs(six: Dataset) -> None:
    html = drawn(six, "e", event="ARC-20201027-order-repealed")
    assert 'aria-current="page">Events</a>' in html


def test_nothing_is_all_of_nothing(real: Dataset, newest: date) -> None:
    assert "All 0" not in words_of(drawn(real, "actor", actor="POL", as_of="2013-05-01"))
    events = real.events
    count = ((events["actor"] == "POL") & (events["date"] <= pd.Timestamp(newest))).sum()
    assert f"All {count:,}" in words_of(drawn(real, "actor", actor="POL"))


def test_who_scored_is_said_where_that_is_known(real: Dataset, six: Dataset) -> None:
    said = "From −3 to +3 by the codebook. Scored by language models, by no person yet."
    assert said in words_of(drawn(real, "data"))
    assert "Machine-scored, data to" in page.head(view(real, "data"))
    assert "scored" not in page.head(view(six, "data"))


def test_an_early_day_has_ribbons_from_the_first_records(real: Dataset) -> None:
    assert '<span class="yrs"><span>2010</span><span>2013</span>' in drawn(
        real, "", as_of="2013-05-01"
    )
    years = drawn(real, "actor", actor="POL", as_of="2013-05-01").split('class="yrs at"')[1]
    assert re.findall(r">(\d{4})<", years[:500]) == ["2010", "2011", "2012", "2013"]


def test_an_error_is_reported_to_the_contact_or_as_a_text(folder: Path) -> None:
    alone = drawn(load(folder, TODAY), "a", act="ARC-roads-order")
    assert "mailto:" not in alone and "Copy report of an error" in alone
    path = folder / "about.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'contact = "mailto:a@b.example"\n{text}', encoding="utf-8")
    html = drawn(load(folder, TODAY), "a", act="ARC-roads-order")
    assert 'href="mailto:a@b.example?subject=' in html and ">Copy text</a>" in html


def test_a_record_has_a_picture_and_its_title(real: Dataset) -> None:
    head = page.head(view(real, "a", act="CAN-policy-statement-huawei-and-zte-out-of-5g-and-4g"))
    assert re.search(r'og:title" content="Policy statement on Huawei', head)
    assert re.search(r'og:image" content="https://stances.example/pictures/\w+\.png', head)


def test_a_removal_says_the_place() -> None:
    assert words.out_of("Huawei and ZTE out of the 5G core") == "5G core"
    assert words.out_of("Report due") == "Report due"
