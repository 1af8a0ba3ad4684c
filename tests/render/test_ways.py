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
from stances.dataset.releases import published
from stances.pages.registry import page_of
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
    overall = 'href="actor?actor=POL&amp;domain=overall#why-overall"'
    assert overall in drawn(real, "members", domain="overall")
    country = drawn(real, "actor", actor="POL", domain="networks")
    assert overall in country
    assert re.search(r'id="why-networks"><details open>', country)
    country = drawn(real, "actor", actor="POL", domain="overall")
    assert re.search(r'id="why-overall"><details open>', country)


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


def test_a_release_leads_to_what_came_in_since(real: Dataset) -> None:
    day = published(real.folder)["date"].iloc[0]
    assert f'href="events?added={day}"' in row_of(drawn(real, "data"), f">{words.day(day)}<")


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
    members = drawn(real, "acts", group="EU").partition('id="s-dates"')[2]
    assert ">Canada<" in everybody and ">Germany<" in everybody
    assert ">Canada<" not in members and ">Germany<" in members


def test_what_is_found_comes_before_the_dates_which_are_of_it(real: Dataset) -> None:
    everything = drawn(real, "acts")
    assert everything.index("out by") < everything.index("Register")
    found = drawn(real, "acts", q="5G", actor="PRT")
    assert found.index("Register") < found.index("out by")
    assert ">Germany<" not in found.partition('id="s-dates"')[2]
    assert re.search(r'href="deadlines.ics\?[^"]*q=5G[^"]*">Calendar', found)
    assert "No removal date ahead." in words_of(drawn(real, "acts", q="golden power"))


def test_a_copied_link_has_its_day_and_files_are_taken_along(real: Dataset, newest: date) -> None:
    html = drawn(real, "members")
    assert re.search(rf'data-copy="[^"]*as_of={newest}[^"]*">Copy link', html)
    assert re.search(r'aria-label="Groups as picture: PNG" download', html)


def test_a_group_of_rules_can_be_taken_away_and_has_a_name(real: Dataset) -> None:
    html = drawn(real, "acts", group="EU")
    assert re.search(r'href="acts" aria-label="Remove EU 27"', html)
    assert '<option value="EU">EU countries</option>' in html
    assert "rules in force: EU countries" in drawn(real, "acts", actor="EU")


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
    assert "mailto:" not in alone and "Copy report of an error</a> <small>for A. Clerk" in alone
    path = folder / "about.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'contact = "mailto:a@b.example"\n{text}', encoding="utf-8")
    html = drawn(load(folder, TODAY), "a", act="ARC-roads-order")
    assert 'href="mailto:a@b.example?subject=' in html and ">Copy text</a>" in html
    assert "Report an error to A. Clerk" in html and "for A. Clerk" not in html


def test_the_first_page_alone_says_what_it_is_and_who_keeps_it(folder: Path, real: Dataset) -> None:
    said = re.search(r'<aside class="wrap intro".*?</aside>', drawn(real, ""), re.DOTALL)
    assert said and len(words_of(said[0]).split()) <= 24
    assert 'href="data#method"' in said[0]
    assert "intro" not in drawn(real, "trends") + drawn(real, "", embed="true")

    path = folder / "about.toml"
    text = path.read_text(encoding="utf-8")
    named = 'publisher = "The Clerks"\nrepository = "https://code.example/acme"\n'
    path.write_text(named + text, encoding="utf-8")
    assert '<a href="https://code.example/acme" rel="noopener">The Clerks</a>' in drawn(
        load(folder, TODAY), ""
    )


def test_a_record_has_a_picture_and_its_title(real: Dataset) -> None:
    head = page.head(view(real, "a", act="CAN-policy-statement-huawei-and-zte-out-of-5g-and-4g"))
    assert re.search(r'og:title" content="Policy statement on Huawei', head)
    assert re.search(r'og:image" content="https://stances.example/pictures/\w+\.png', head)


def test_a_removal_says_the_place() -> None:
    assert words.out_of("Huawei and ZTE out of the 5G core") == "5G core"
    assert words.out_of("Report due") == "Report due"


def test_countries_opens_with_all_in_every_field_or_with_those_at_a_level(real: Dataset) -> None:
    html = drawn(real, "actor")
    assert html.count('<th scope="row">') == len(real.position_actors)
    row = row_of(html, ">Commission<")
    assert row.count("<td") == len(real.codebook.columns)
    assert "actor=EU-COM&domain=procurement#why-procurement" in unescape(row)
    welcoming = drawn(real, "actor", level="1..3")
    shown = re.findall(r'<th scope="row"><a href="actor\?[^"]*actor=([\w-]+)', welcoming)
    frames = stance.by_level(view(real, "").tracker, real.opening_day, "trade")
    assert "CHN" in shown and "SWE" not in shown
    assert set(frames[frames["level"] > 0]["actors"].sum()) <= {*shown}
    assert f"{len(shown)} of {len(real.position_actors)}" in words_of(welcoming)


def test_two_are_compared_where_both_have_a_position_with_the_rules_of_each(real: Dataset) -> None:
    assert view(real, "trends", actor="SWE,ESP").domain == "networks"
    assert view(real, "trends", actor="HUN,GRC").domain == "diplomacy"
    assert view(real, "trends", actor="HUN,GRC", domain="trade").domain == "trade"
    assert view(real, "trends", actor="HUN,GRC,SWE").domain == "networks"
    said = words_of(drawn(real, "trends", actor="SWE,ESP"))
    assert "5G licences of 2021" in said and "5G National Security Scheme" in said
    assert "5G licences of 2021" not in words_of(drawn(real, "trends", actor="SWE,ESP,POL"))


def test_the_reasons_of_a_level_add_up_to_it(real: Dataset) -> None:
    shown = view(real, "actor", actor="DEU")
    position = stance.standing(shown.tracker, "DEU", "networks", shown.day)["stance"]
    reasons = page.html(shown).split('id="why-networks"')[1].partition("</details>")[0]
    total = re.search(r"<tfoot>.*<b>(.*)</b>", reasons, re.DOTALL)
    assert total and total[1] == words.figure(position)


def test_an_event_is_cited_with_its_date_and_source(real: Dataset) -> None:
    html = drawn(real, "e", event="POL-20260219-president-signs-ksc")
    row = real.event_sources.set_index("event_id").loc[["POL-20260219-president-signs-ksc"]]
    cited = re.search(r'data-copy="([^"]*)" aria-label="Cite: Text"', html)
    assert cited and "19 Feb 2026)" in unescape(cited[1])
    assert f"(Event, {row['publisher'].iloc[0]}, " in unescape(cited[1])


def test_a_sheet_says_where_it_is_from(real: Dataset) -> None:
    head = page.head(view(real, "actor", actor="POL"))
    address = re.search(r'@top-right { content: "([^"]*)"', head)
    plain = re.sub(
        r"\\([0-9a-f]+) ", lambda code: chr(int(code[1], 16)), address[1] if address else ""
    )
    assert plain == view(real, "actor", actor="POL").shared


def test_a_report_is_no_legal_text(folder: Path) -> None:
    shown = drawn(load(folder, TODAY), "a", act="ARC-roads-order")
    acts = folder / "acts.csv"
    assert ">Legal text<" in shown
    address = "https://herald.example/"
    table = pd.read_csv(acts, dtype=str, keep_default_na=False)
    is_order = table["act_id"] == "ARC-roads-order"
    table.loc[is_order, "legal_url"] = address
    table.loc[is_order, "source_ids"] = "arc-gazette;bor-herald"
    table.to_csv(acts, index=False)
    after = drawn(load(folder, TODAY), "a", act="ARC-roads-order").split(">Legal text<")[1]
    assert address not in after.partition("</p>")[0]


def test_filters_are_folded_on_a_telephone_unless_one_is_set(real: Dataset) -> None:
    def is_open(path: str, **query: str) -> bool:
        return bool(re.search(r'class="vh filters" id="[^"]*" checked', drawn(real, path, **query)))

    assert not is_open("events") and not is_open("events", q="5G", live="false")
    assert is_open("events", domain="trade") and is_open("acts", applied="yes")
    assert not is_open("acts", domain="trade"), "that field stands above"


def test_lines_without_a_position_are_not_given_to_plotly(six: Dataset) -> None:
    lines, *_ = page_of(view(six, "trends", actor="CAL", domain="schools")).blocks
    assert not lines.live
    lines, *_ = page_of(view(six, "trends", actor="BOR", domain="schools")).blocks
    assert lines.live == "trends"
