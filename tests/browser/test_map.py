"""The map: colours, hover labels, and the ways to an actor's panel."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from stances import Dataset
from stances.answers.stance_map import map_table
from stances.answers.standing import standings
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NOT_COVERED, OVERALL
from stances.dataset.outlines import country_ids
from stances.figures.map import VIEWS
from stances.figures.theme import theme
from stances.markup.blocks import TABLE_OF_MAP
from tests.browser import controls
from tests.browser.app import PATIENCE_MS
from tests.browser.view import await_equal, open_view, settle
from tests.cases import DRAWN, name_of
from tests.folders import REAL
from tests.ui.pages import plain

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.app import Server

DAY, EARLIER = "2024-03-04", "2019-03-04"
ARCHIVE = "https://web.archive.org/web/"


def _colours(real: Dataset, day: str, domain: str, view: str, mode: str) -> dict[str, str]:
    """The colour that every actor of a view must have, by the model, and every other country."""
    rows = real.position(day)
    rows = rows[rows["domain"] == domain].set_index("actor")
    standing = standings(Tracker(real), date.fromisoformat(day), domain)
    old = {row.actor for row in standing if row.old}
    palette = theme(mode)
    covered = set(real.events.loc[real.events["score"].notna(), "actor"])
    drawn = country_ids((REAL / "geometry" / VIEWS[view].geometry_file).read_bytes())
    places = real.actors.set_index("actor")[["lon", "lat"]]
    rest = dict.fromkeys(drawn - covered, palette.not_covered)
    return rest | {
        actor: palette.faded_color(level) if actor in old else palette.level_color(level)
        for actor, level in rows["level"].items()
        if actor in covered and (actor in drawn or VIEWS[view].shows(*places.loc[actor]))
    }


# In light, and of Europe, the two maps below hold it.
@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["dark"])
def test_actors_have_the_colours_of_the_model(
    page: Page, server: Server, real: Dataset, scheme: str
) -> None:
    open_view(page, server, f"?as_of={DAY}&domain={OVERALL}&view=world")
    _assert_colours(page, real, DAY, OVERALL, "world", scheme)


def _assert_colours(
    page: Page, real: Dataset, day: str, domain: str, view: str, scheme: str, key: str = "map"
) -> None:
    expected = _colours(real, day, domain, view, scheme)
    assert len(set(expected.values())) > 1
    await_equal(page, lambda: controls.fills(page, key), expected)


def _assert_hover_tells_all_of_an_actor(page: Page, real: Dataset) -> None:
    table = map_table(Tracker(real), real.day(DAY), "networks").set_index("actor")
    page.mouse.move(*controls.middle_of(page, DRAWN))
    lines = controls.hover_lines(page)
    assert lines[0] == name_of(real, DRAWN)
    assert lines == [plain(line) for line in table.loc[DRAWN, "hover"].split("<br>")]


def _by_select_box(page: Page, real: Dataset) -> None:
    controls.choose(page, "actor", name_of(real, DRAWN))


def _by_card(page: Page, real: Dataset) -> None:
    name = name_of(real, DRAWN)
    page.locator(".st-key-featured").get_by_role("radio", name=name).press("Enter")


def _by_click(page: Page, real: Dataset) -> None:  # noqa: ARG001 - as all ways
    page.mouse.click(*controls.middle_of(page, DRAWN))


def _by_row(page: Page, real: Dataset) -> None:
    """By its link in the table, by keyboard."""
    rows = page.locator("table.rows tbody")
    rows.get_by_role("link", name=name_of(real, DRAWN), exact=True).press("Enter")


# Whether what masks an element is a drawing that the browser can read.
_DRAWN_AS_MASK = """async element => {
  const image = new Image();
  image.src = getComputedStyle(element).maskImage.slice(5, -2);
  await image.decode();
  return image.naturalWidth > 0;
}"""


def test_the_live_cards_have_the_lines_of_the_page_before(page: Page, server: Server) -> None:
    open_view(page, server, "?as_of=2020-06-30")
    lines = page.locator(".st-key-cards .card").get_by_role("img")
    assert lines.count() == page.locator(".st-key-cards .card").count()
    for line in lines.all():
        assert (line.get_attribute("aria-label") or "").count(":") == 1
        assert line.evaluate(_DRAWN_AS_MASK)


def test_selecting_an_actor_opens_its_panel_again_and_again(
    page: Page, server: Server, real: Dataset
) -> None:
    open_view(page, server, f"?as_of={EARLIER}&domain=networks")
    for select in (_by_select_box, _by_click, _by_card, _by_row, _by_click, _by_select_box):
        select(page, real)
        assert controls.address(page)["actor"] == DRAWN, select
        assert controls.shown_actor(page) == name_of(real, DRAWN), select
        page.locator(".st-key-close-panel").get_by_role("button").press("Enter")
        assert "actor" not in controls.address(page)
        assert controls.shown_actor(page) == ""
    _assert_another_date_keeps_the_panel_and_marks_its_row(page, real)


def test_a_row_far_below_leads_to_the_panel_beside_the_map(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    open_view(page, server, f"?as_of={EARLIER}&domain=networks")
    page.locator(".table-place td.title a[data-here]").last.press("Enter")
    expect(page.locator(".st-key-panel-head h2")).to_be_in_viewport()


def test_the_panel_explains_the_stance_down_to_its_sources(
    page: Page, six_server: Server, six: Dataset
) -> None:
    open_view(page, six_server, "?as_of=2020-07-19&domain=roads&actor=ARC")
    explained = six.explain("ARC", "roads", "2020-07-19")
    reasons = page.locator(".st-key-panel .reason").all_inner_texts()
    titles = six.events.set_index("event_id")["title"]
    assert len(reasons) == len(explained) == 2
    for text, event in zip(reasons, explained["event_id"], strict=True):
        assert titles[event] in text
    _assert_links_are_safe(page)
    _assert_a_country_that_is_not_covered_says_so_and_opens_nothing(page)
    assert controls.shown_actor(page) == name_of(six, "ARC")


def _assert_a_country_that_is_not_covered_says_so_and_opens_nothing(page: Page) -> None:
    # None that is drawn is among the actors of the six events.
    page.mouse.move(*controls.middle_of(page, "BLR"))
    # Plotly splits a label into lines only where it has more than one.
    label = page.locator(".st-key-map .hoverlayer .hovertext text.nums")
    label.first.wait_for()
    assert label.all_text_contents() == [NOT_COVERED]
    before = controls.address(page)
    page.mouse.click(*controls.middle_of(page, "BLR"))
    assert controls.address(page) == before


def _assert_links_are_safe(page: Page) -> None:
    links = page.locator(".st-key-panel .sources a")
    result = links.evaluate_all("all => all.map(a => [a.href, a.rel, a.target])")
    sources = [href for href, _, _ in result if not href.startswith(ARCHIVE)]
    assert sources
    for href, rel, target in result:
        assert href.startswith(("http://", "https://"))
        assert "noopener" in rel
        assert target == "_blank"
    # Every source has its archived copy right behind it.
    copies = [href for href, _, _ in result if href.startswith(ARCHIVE)]
    assert [copy.split("/", 5)[5] for copy in copies] == sources


def _assert_another_date_keeps_the_panel_and_marks_its_row(page: Page, real: Dataset) -> None:
    _by_row(page, real)
    settle(page)
    name = name_of(real, DRAWN)
    marked = page.locator("table.rows tr.shown")
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text(name)
    for _ in range(12):
        controls.slider(page).press("ArrowRight")
    settle(page)
    assert controls.shown_actor(page) == name
    # Where the rows have moved, a mark that stayed in its place would be on another actor.
    [row] = marked.all_inner_texts()
    assert name in row


def test_two_maps_follow_the_first_day_that_is_chosen_and_open_an_actor(
    page: Page, server: Server, real: Dataset
) -> None:
    open_view(page, server, f"?as_of={DAY}&domain=networks")
    _assert_hover_tells_all_of_an_actor(page, real)
    page.get_by_role("link", name="Before and after").click()
    earlier = page.locator(".st-key-map-before .choroplethlayer path[d][fill]").first
    earlier.wait_for()
    assert controls.address(page)["before"] == "2023-03-04"
    page.locator(".first-days").get_by_role("link", name="2018", exact=True).click()
    page.get_by_role("heading", name="31 December 2018", exact=True).wait_for()
    settle(page)
    for day, key in (("2018-12-31", "map-before"), (DAY, "map")):
        _assert_colours(page, real, day, "networks", "europe", "light", key)
    page.mouse.click(*controls.middle_of(page, DRAWN, "map-before"))
    page.get_by_role("heading", name=name_of(real, DRAWN)).first.wait_for()
    assert controls.address(page)["actor"] == DRAWN
    page.get_by_role("link", name="One map").click()
    earlier.wait_for(state="detached")
    assert "before" not in controls.address(page)


def test_the_table_comes_by_itself_and_a_step_carries_none(page: Page, server: Server) -> None:
    tables: list[str] = []
    received: list[str] = []
    page.on("request", lambda request: tables.append(request.url))
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda data: received.append(str(data))),
    )
    table = page.locator(".table-place table.rows")
    open_view(page, server, f"?as_of={EARLIER}")
    expect(table).to_be_attached()
    # The page before scripts had it.
    assert _of_tables(tables) == []
    before = table.inner_text()
    controls.slider(page).press("ArrowRight")
    settle(page)
    assert _of_tables(tables) == ["as_of=2019-04-30"]
    assert table.inner_text() != before
    assert received
    assert not any(before.splitlines()[0] in message for message in received)


def _of_tables(requests: list[str]) -> list[str]:
    """Return what the tables of maps were asked for with."""
    parts = map(urlsplit, requests)
    return [part.query for part in parts if part.path.endswith(TABLE_OF_MAP)]


def test_a_table_that_does_not_come_is_faded_and_asked_for_again(
    page: Page, server: Server
) -> None:
    place = page.locator(".table-place")
    open_view(page, server, f"?as_of={EARLIER}")
    page.route(f"**/{TABLE_OF_MAP}*", lambda route: route.abort())
    before = place.inner_text()
    controls.slider(page).press("ArrowRight")
    with page.expect_event("requestfailed"):
        place.scroll_into_view_if_needed()
    expect(place).to_have_css("opacity", "0.35")
    assert place.inner_text() == before
    page.unroute_all()
    expect(place).to_have_css("opacity", "1", timeout=PATIENCE_MS)
    assert place.inner_text() != before


def test_where_a_table_does_not_load_a_line_says_so_until_it_does(
    page: Page, server: Server
) -> None:
    place, line = page.locator(".table-place"), page.get_by_text("did not load")
    open_view(page, server, f"?as_of={EARLIER}")
    assert line.count() == 0
    before = place.inner_text()
    page.route(f"**/{TABLE_OF_MAP}*", lambda route: route.fulfill(status=500, body="wrong"))
    controls.slider(page).press("ArrowRight")
    place.scroll_into_view_if_needed()
    expect(line).to_be_visible()
    expect(line).to_contain_text("the pale one below is older")
    assert place.inner_text() == before
    page.unroute_all()
    expect(line).to_have_count(0, timeout=PATIENCE_MS)
    assert place.inner_text() != before
