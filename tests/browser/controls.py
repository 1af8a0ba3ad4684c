"""What a visitor does in the dashboard: choose, slide, click, read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from tests.browser.view import settle

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NOTICES = ".notice, [data-testid='stAlert']"

# The classes of a map by the code of the actor: countries, then markers. Plotly keeps with each
# shape what it stands for. Hatching is put over the fill by CSS, so the attribute is what counts.
_FILLS = """
key => {
  const hex = color => '#' + color.match(/\\d+/g).slice(0, 3)
    .map(part => Number(part).toString(16).padStart(2, '0')).join('');
  const fills = {};
  for (const path of document.querySelectorAll(`.st-key-${key} .choroplethlayer path`)) {
    fills[path.__data__.loc] = hex(path.getAttribute('fill'));
  }
  for (const path of document.querySelectorAll(`.st-key-${key} .scattergeo path.point`)) {
    fills[path.__data__.data] = hex(path.style.fill);
  }
  return fills;
}
"""

_MIDDLE = """
([key, code]) => {
  for (const path of document.querySelectorAll(`.st-key-${key} .choroplethlayer path`)) {
    if (path.__data__.loc === code) {
      const box = path.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    }
  }
}
"""


TWO_FRAMES = """
() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
"""

_COUNT_SENT = """
() => {
  const isCounted = "stancesSent" in window, send = WebSocket.prototype.send;
  window.stancesSent = 0;
  if (isCounted) return;
  WebSocket.prototype.send = function (data) {
    window.stancesSent += 1;
    return send.call(this, data);
  };
}
"""


def address(page: Page) -> dict[str, str]:
    """The parameters of the address, which a live page writes once the run has ended."""
    if page.locator('[data-testid="stApp"]').count():
        settle(page)
    return dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))


def headline(page: Page) -> str:
    """Return the headline of the page."""
    return page.locator("h1.headline").inner_text()


def subtitle(page: Page) -> str:
    """Return what the page shows, and as of when."""
    return page.locator("p.subtitle").inner_text()


def notices(page: Page) -> list[str]:
    """The lines that tell what could not be used."""
    return page.locator(NOTICES).all_inner_texts()


def value_of(page: Page, key: str) -> str:
    """Return the text that a select box shows."""
    return page.locator(f".st-key-{key} input[role=combobox]").input_value()


def choose(page: Page, key: str, label: str) -> None:
    """Choose from a select box, by keyboard."""
    box = page.locator(f".st-key-{key} input[role=combobox]")
    # A page that scrolls while the list is open closes it; the next frame but one tells of the
    # scrolling done here.
    box.scroll_into_view_if_needed()
    page.evaluate(TWO_FRAMES)
    box.fill(label)
    page.get_by_role("option", name=label, exact=True).wait_for()
    box.press("Enter")
    settle(page)


def slider(page: Page) -> Locator:
    """The slider of the months."""
    return page.locator(".st-key-as_of_slider input[type=range]")


def page_link(page: Page, name: str) -> Locator:
    """The link to another page."""
    return page.locator(".st-key-navigation").get_by_role("link", name=name, exact=True)


def fills(page: Page, key: str = "map") -> dict[str, str]:
    """The colour of every actor on a map, `#rrggbb` by code."""
    result: dict[str, str] = page.evaluate(_FILLS, key)
    return result


def middle_of(page: Page, code: str, key: str = "map") -> tuple[float, float]:
    """The point in the window at the middle of a country of a map, which must be a compact one."""
    across, down = page.evaluate(_MIDDLE, [key, code])
    return across, down


def hover_lines(page: Page) -> list[str]:
    """The lines of the label that the map shows, once it is there."""
    label = page.locator(".st-key-map .hoverlayer .hovertext .line")
    label.first.wait_for(state="attached")
    return [line for line in label.all_text_contents() if line]


def shown_actor(page: Page) -> str:
    """The name over the open panel; empty where none is open."""
    heading = page.locator(".st-key-panel h2")
    return heading.inner_text() if heading.count() else ""


def alt_of(page: Page, key: str) -> str:
    """Return the words of a chart for those who cannot see it."""
    return str(page.locator(f".st-key-{key} [role=figure]").get_attribute("aria-label"))


def figure_of(page: Page, key: str) -> Any:
    """Data and layout of a chart as plotly holds them, once it is drawn."""
    page.locator(f".st-key-{key} .js-plotly-plot .main-svg").first.wait_for(state="attached")
    return page.evaluate(
        "key => { const plot = document.querySelector(`.st-key-${key} .js-plotly-plot`);"
        " return {data: plot.data, layout: plot.layout}; }",
        key,
    )


def await_following(page: Page) -> None:
    """Wait until the map can follow the drag."""
    page.wait_for_function("window.stancesFollowing?.isReady()")


def watch_socket(page: Page) -> None:
    """Count from now on what the page sends to the server, for `messages_sent`."""
    page.evaluate(_COUNT_SENT)


def messages_sent(page: Page) -> int:
    """Return the number of messages that the page has sent since `watch_socket`."""
    return int(page.evaluate("window.stancesSent"))


def hold(page: Page, key: str, steps: int) -> None:
    """Hold a key on the slider of the months for so many steps, and do not let go."""
    slider(page).focus()
    for _ in range(steps):
        page.keyboard.down(key)


def thumb(page: Page) -> tuple[float, float]:
    """Where the thumb of the slider of the months is, in the window."""
    box = slider(page).locator("xpath=ancestor::*[@data-rac][1]").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, px: int, steps: int) -> None:
    """Drag the thumb of the slider of the months sideways, and do not let go."""
    across, down = thumb(page)
    page.mouse.move(across, down)
    page.mouse.down()
    for step in range(1, steps + 1):
        page.mouse.move(across + px * step / steps, down)
