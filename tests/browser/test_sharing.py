"""What leaves the page: links, frames, and the pictures that charts are saved as.

Under the policy that the server sends, since that is what a script or a picture may run into.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from PIL import Image

from stances import Dataset
from stances.answers.citing import source_line
from stances.answers.views import PAGES
from tests.browser.hands import address, figure_of, headline, subtitle
from tests.browser.profile import Scheme, new_page, stay_warm
from tests.browser.view import await_map, open_view, resize, settle
from tests.cases import ONE, OTHER
from tests.depth import each

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page

    from tests.browser.app import Server
    from tests.browser.conftest import Launch

# What is taken along from a page is in the slow run; the usual one reads and uses pages.
pytestmark = pytest.mark.slow

EVERY_PAGE = pytest.mark.parametrize("name", list(PAGES), ids=lambda name: name or "map")
DAY, IN_WORDS = "2019-03-04", "4 March 2019"
# Keeps the drawing of each picture, and tells what the policy refuses.
_LISTEN = """
window.drawings = [], window.refused = [];
const make = URL.createObjectURL;
URL.createObjectURL = blob => {
  if (blob.type.startsWith('image/svg')) blob.text().then(text => window.drawings.push(text));
  return make.call(URL, blob);
};
document.addEventListener('securitypolicyviolation', event => window.refused.push(
  `${event.effectiveDirective} ${event.blockedURI}`));
"""
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """A profile that keeps to the policy."""
    context = browser.new_context(
        service_workers="block", permissions=["clipboard-read", "clipboard-write"]
    )
    context.add_init_script(_LISTEN)
    stay_warm(context)
    yield context
    context.close()


@pytest.fixture
def page(
    profile: BrowserContext, viewport: tuple[int, int], scheme: Scheme, page_errors: list[str]
) -> Iterator[Page]:
    """A page that keeps to the policy, whatever the test does with it."""
    page = new_page(profile, viewport, scheme)
    page.on("pageerror", lambda error: page_errors.append(str(error)))
    yield page
    refused = page.evaluate("window.refused ?? []")
    page.close()
    assert refused == []
    assert page_errors == []


# -- pictures ------------------------------------------------------------------------------------


def _saved(page: Page, key: str) -> tuple[Image.Image, ElementTree.Element, str]:
    """The picture that a chart's own menu saves, the drawing that it was made from, its name."""
    chart = page.locator(f".st-key-{key} .js-plotly-plot").first
    chart.scroll_into_view_if_needed()
    chart.hover()
    with page.expect_download() as download:
        chart.locator(".modebar-btn[data-title*='PNG']").click()
    content = Path(download.value.path()).read_bytes()
    picture = Image.open(io.BytesIO(content))
    assert picture.format == "PNG"
    drawing = ElementTree.fromstring(page.evaluate("window.drawings.at(-1)"))
    return picture, drawing, download.value.suggested_filename


def _words(drawing: ElementTree.Element) -> str:
    """All that is written in a drawing; a text on several lines is one."""
    texts = [" ".join(text.itertext()) for text in drawing.iter(f"{_SVG}text")]
    return re.sub(r"\s+", " ", " ".join(texts))


def _source(real: Dataset) -> str:
    assert real.about.licence is not None
    return source_line(real.about.title, real.version, real.about.licence.name, [])


CHARTS = {
    "map": (f"?as_of={DAY}", "map"),
    "world": (f"?as_of={DAY}&view=world&domain=networks", "map"),
    "trends": (f"trends?as_of={DAY}", "trend"),
    "small multiples": (f"trends?as_of={DAY}&layout=small", "trend"),
    "two dates": (f"compare?as_of={DAY}&then=2018-03-04", "dumbbell"),
    "two actors": (f"compare?as_of={DAY}&compare=actors&first={ONE}&second={OTHER}", "trend-pair"),
    "gap": (f"compare?as_of={DAY}&compare=actors&first={ONE}&second={OTHER}", "trend-gap"),
    "distances": (f"compare?as_of={DAY}&compare=distances", "matrix"),
    "history": (f"actor?as_of={DAY}&actor={OTHER}", "actor-history"),
    "deadlines": (f"acts?as_of={DAY}&status=all", "deadlines"),
    "timeline": (f"actor?as_of={DAY}&actor={OTHER}", "actor-timeline"),
    "coverage": (f"data?as_of={DAY}&section=coverage", "coverage"),
}


@each("chart", CHARTS)
def test_a_picture_has_title_date_source_and_licence_at_twice_the_size(
    page: Page, server: Server, real: Dataset, chart: str
) -> None:
    view, key = CHARTS[chart]
    open_view(page, server, view, has_map=False)
    page.locator(f".st-key-{key} .main-svg").first.wait_for()
    before = figure_of(page, key)["layout"]
    picture, drawing, name = _saved(page, key)
    size = float(drawing.attrib["width"]), float(drawing.attrib["height"])
    assert picture.size == pytest.approx((2 * size[0], 2 * size[1]), abs=1)
    chart_size = page.locator(f".st-key-{key} .js-plotly-plot").first.bounding_box()
    assert chart_size is not None
    assert size[0] > chart_size["width"]
    assert size[1] > chart_size["height"]
    written = _words(drawing)
    assert _source(real) in written
    assert IN_WORDS in written
    title = page.locator("h1.headline, h2.finding").all_inner_texts()
    assert any(found in written for found in title)
    assert "march-2019" in name
    # The chart on the page has none of it, before or after.
    on_page = page.locator(f".st-key-{key} .js-plotly-plot").first.text_content() or ""
    assert _source(real) not in on_page
    assert figure_of(page, key)["layout"] == before


@pytest.mark.parametrize(("view", "key"), [CHARTS["map"], CHARTS["trends"]], ids=["map", "trends"])
def test_the_headline_and_what_is_shown_are_those_of_the_page(
    page: Page, server: Server, view: str, key: str
) -> None:
    open_view(page, server, view, has_map=key == "map")
    written = _words(_saved(page, key)[1])
    assert headline(page) in written
    assert subtitle(page) in written


@each("scheme", ["light", "dark"])
def test_the_margins_are_painted_and_differ_with_the_date(page: Page, server: Server) -> None:
    margins = []
    for day in ("2019-03-04", "2020-07-04"):
        open_view(page, server, f"trends?as_of={day}", has_map=False)
        picture, _, _ = _saved(page, "trend")
        solid = picture.convert("RGBA")
        # No part of it is see-through: it is read on any ground.
        assert solid.getchannel("A").getextrema() == (255, 255)
        width, height = solid.size
        margins.append([solid.crop((0, 0, width, 90)), solid.crop((0, height - 70, width, height))])
    for before, after in zip(*margins, strict=True):
        assert len(before.getcolors(before.width * before.height)) > 1
        assert before.tobytes() != after.tobytes()


def test_the_legend_of_the_map_comes_along(page: Page, server: Server, real: Dataset) -> None:
    open_view(page, server)
    drawing = _saved(page, "map")[1]
    written = _words(drawing)
    legend = page.locator("div.legend > span").all_inner_texts()
    assert len(legend) > len(real.codebook.scale.labels)
    assert [item for item in legend if item.strip() not in written] == []
    marks = [span.attrib["style"] for span in drawing.iter(f"{_SVG}tspan") if span.text == "■"]
    # Each class has its own colour.
    assert len(set(marks)) == len(marks) == len(legend) - 1


def test_each_line_of_a_legend_has_its_mark(page: Page, server: Server) -> None:
    open_view(page, server, CHARTS["two dates"][0], has_map=False)
    written = _words(_saved(page, CHARTS["two dates"][1])[1])
    marked = page.locator("div.legend > span:has(.dot, .way, .swatch)").all_inner_texts()
    assert len(marked) == page.locator("div.legend > span").count()
    for item in marked:
        assert re.search(f"[●○▬▭■□] {re.escape(item.strip())}", written), item


@pytest.mark.parametrize("viewport", [(390, 844)])
def test_on_a_telephone_nothing_is_cut(page: Page, server: Server, real: Dataset) -> None:
    open_view(page, server, f"trends?as_of={DAY}", has_map=False)
    _, drawing, _ = _saved(page, "trend")
    assert _source(real) in _words(drawing)
    # The lines of a text are as wide as the picture at most: drawn again, they are measured.
    widest = page.evaluate(
        """text => {
          const frame = document.createElement('div');
          frame.innerHTML = text;
          document.body.append(frame);
          const right = Math.max(...[...frame.querySelectorAll('.annotation-text')]
            .map(each => each.getBBox().width));
          frame.remove();
          return right;
        }""",
        ElementTree.tostring(drawing, encoding="unicode").replace("ns0:", ""),
    )
    assert widest <= float(drawing.attrib["width"])


def test_words_of_the_data_stay_words(page: Page, server: Server) -> None:
    open_view(page, server)
    page.evaluate(
        "() => document.querySelector('h1.headline').textContent"
        " = 'a <b>c</b> & <a href=\"https://example.org\">d</a> $$e$$'"
    )
    drawing = _saved(page, "map")[1]
    assert 'a <b>c</b> & <a href="https://example.org">d</a> $$e$$' in _words(drawing)
    assert not list(drawing.iter(f"{_SVG}a"))


# -- the control ---------------------------------------------------------------------------------


def _open(page: Page) -> list[str]:
    """Open the control: link, markup of the frame and citation."""
    page.get_by_role("button", name="Share").click()
    parts = page.get_by_test_id("stPopoverBody").locator("code")
    parts.nth(3).wait_for()
    link, frame, _, cited = parts.all_inner_texts()
    return [link, frame, cited]


@each("name", list(PAGES), usual=2, ids=lambda name: name or "map")
def test_a_shared_link_gives_the_view(page: Page, server: Server, name: str) -> None:
    open_view(page, server, f"{name}?as_of={DAY}&domain=networks", has_map=not name)
    found = headline(page)
    link, _, cited = _open(page)
    assert link.startswith(f"{server.url}{name}?")
    assert cited.endswith(link)
    page.goto(link)
    settle(page)
    assert headline(page) == found
    assert address(page).items() >= {"as_of": DAY, "domain": "networks"}.items()


def test_a_link_is_copied_by_its_button(page: Page, server: Server) -> None:
    open_view(page, server)
    link = _open(page)[0]
    code = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").first
    code.hover()
    code.get_by_role("button", name="Copy to clipboard").click()
    assert page.evaluate("navigator.clipboard.readText()") == link


@pytest.mark.parametrize("viewport", [(1280, 800), (390, 844)])
def test_the_control_is_reached_by_keyboard_and_stands_within_the_window(
    page: Page, server: Server, viewport: tuple[int, int]
) -> None:
    open_view(page, server)
    button = page.get_by_role("button", name="Share")
    box = button.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport[0]
    page.locator(".st-key-navigation a").last.focus()
    page.keyboard.press("Tab")
    assert button.evaluate("element => element === document.activeElement")
    page.keyboard.press("Enter")
    body = page.get_by_test_id("stPopoverBody")
    body.locator("code").nth(2).wait_for()
    within = body.bounding_box()
    assert within is not None
    assert within["x"] >= 0
    assert within["x"] + within["width"] <= viewport[0]
    page.keyboard.press("Escape")
    body.wait_for(state="hidden")


def test_a_step_with_the_control_closed_sends_nothing_of_it(page: Page, server: Server) -> None:
    frames: list[bytes] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda got: frames.append(got)))
    open_view(page, server)
    frames.clear()
    page.locator(".st-key-as_of_slider input[type=range]").press("ArrowLeft")
    settle(page)
    sent = b"".join(got if isinstance(got, bytes) else got.encode() for got in frames)
    assert b"Share" in sent
    assert b"iframe" not in sent
    assert b"Accessed" not in sent


# -- frames --------------------------------------------------------------------------------------


@pytest.mark.slow
@EVERY_PAGE
@pytest.mark.parametrize("viewport", [(390, 640)])
def test_a_frame_has_the_view_and_the_way_back(page: Page, server: Server, name: str) -> None:
    open_view(page, server, f"{name}?embed=true&as_of={DAY}", has_map=not name)
    assert page.locator(".source span").count() == 1
    for gone in (".st-key-navigation", ".st-key-controls", "[data-testid=stPopover]"):
        assert page.locator(gone).count() == 0
    main = page.get_by_test_id("stMain")
    for width in (390, 700):
        resize(page, width, 640)
        assert main.evaluate("element => element.scrollWidth") <= width
    link = page.get_by_role("link", name="Open the full view")
    with page.context.expect_page() as opened:
        link.click()
    whole = opened.value
    settle(whole)
    assert whole.locator(".st-key-navigation").count() == 1
    assert address(whole)["as_of"] == DAY
    assert "embed" not in whole.url


def _framed(page: Page, server: Server, markup: str) -> FrameLocator:
    """A page of the same server with the markup in it."""
    page.goto(f"{server.url}healthz")
    page.evaluate("markup => { document.body.innerHTML = markup; }", markup)
    return page.frame_locator("iframe")


def test_the_markup_shows_the_map_in_another_page(page: Page, server: Server) -> None:
    open_view(page, server, f"?as_of={DAY}")
    found = headline(page)
    frame = _framed(page, server, _open(page)[1])
    frame.locator(".stMain h1.headline", has_text=found).wait_for()
    frame.locator(".st-key-map .choroplethlayer path[d][fill]").first.wait_for(state="attached")
    inside = frame.get_by_test_id("stMain").evaluate("e => [e.scrollHeight, e.clientHeight]")
    # The whole of the map is in sight, without scrolling.
    assert inside[0] <= inside[1]


@pytest.mark.slow
def test_links_keep_the_base_path(page: Page, launch: Launch) -> None:
    server = launch(options={"server.baseUrlPath": "tracker"})
    page.goto(f"{server.url}?as_of={DAY}")
    await_map(page)
    settle(page)
    link = _open(page)[0]
    assert link.startswith(f"{server.url}?")
    page.keyboard.press("Escape")
    _, drawing, _ = _saved(page, "map")
    assert headline(page) in _words(drawing)
    page.goto(f"{server.url}trends?as_of={DAY}")
    settle(page)
    assert _open(page)[0].startswith(f"{server.url}trends?")
