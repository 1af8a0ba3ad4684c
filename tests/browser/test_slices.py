"""Pages over a slow line: what is read stays where it is while the rest still comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.app import Server

pytestmark = pytest.mark.slow

SIZES = [(390, 844), (1280, 800)]
# Less than a line that moves by half its height.
STILL = 0.005
# Writes a page as a line brings it, so many signs before each picture of the browser, and returns
# what has moved meanwhile: how much, and what.
IN_SLICES = """
async ([address, size]) => {
  const html = await (await fetch(address)).text(), moved = [];
  const picture = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  new PerformanceObserver(list => list.getEntries().forEach(entry => moved.push([
    entry.value, ...entry.sources.map(({ node }) => `${node?.nodeName} ${node?.className}`),
  ]))).observe({ type: 'layout-shift', buffered: true });
  document.open();
  for (let at = 0; at < html.length; at += size) {
    document.write(html.slice(at, at + size));
    await picture();
  }
  document.close();
  await picture();
  return moved;
}
"""


@pytest.mark.parametrize(
    "view", ["", "?actor=ARC", "?beside=class", "events?event=ARC-20200101-roads-order"]
)
@pytest.mark.parametrize("size", SIZES)
def test_what_has_come_of_a_page_stands_where_it_will(
    browser: Browser, six_server: Server, size: tuple[int, int], view: str
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    page = context.new_page()
    # What is read before any script.
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{six_server.url}levels/roads.json")
    moved = page.evaluate(IN_SLICES, [f"{six_server.url}{view}", 1500])
    context.close()
    assert sum(value for value, *_ in moved) <= STILL, moved
