"""What a reader does and sees, in the same words before Streamlit is there and after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect.set_options(timeout=30_000)

EVENT = "e/POL-20260219-president-signs-ksc"
ACT = "a/POL-cybersecurity-system-act-high-risk-suppliers"
# Of every page an address that has something of all its blocks.
PAGES = {
    "map": "", "trends": "trends", "groups": "members", "countries": "actor",
    "country": "actor?actor=POL",
    "rules": "acts", "changes": "changes", "events": "events", "data": "data",
}  # fmt: skip
ALL = {**PAGES, "event": EVENT, "act": ACT}
_BOXES = Path(__file__).with_name("boxes.js").read_text(encoding="utf-8")
# Of each field that can be chosen from or typed in: where it lies, and what it shows.
_FIELDS = """() =>
  [...document.querySelectorAll('form.head, html[data-live=live] .st-key-controls')].flatMap(row =>
  [...row.querySelectorAll('select, input:not([type=hidden], [type=checkbox])')]).map(field => {
    const box = (field.closest('.stSelectbox, .stTextInput') ?? field).getBoundingClientRect();
    const said = field.selectedOptions?.[0].text ?? field.value;
    return [...[box.x, box.y, box.width, box.height].map(Math.round), said].join(' ');
  })
"""
_WATCH = """
addEventListener('load', () => document.fonts.ready.then(() => {
  window.fields = (FIELDS)();
}));
window.shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) window.shift += entry.value;
})).observe({type: 'layout-shift', buffered: true});
""".replace("FIELDS", _FIELDS)
_PARTS = (
    "() => [...document.querySelectorAll('.sec:not(#s-top, #s-foot)')].map(part => part.innerText)"
)


def begin(address: str, live: bool) -> str:
    """Return an address whose view begins to live by itself, or does not."""
    return f"{address}{'&' if '?' in address else '?'}live={str(live).lower()}"


def await_live(page: Page) -> None:
    """Wait until Streamlit has taken a page over."""
    page.wait_for_selector("html[data-live=live]", state="attached", timeout=90_000)
    assert page.locator("[data-testid=stException]").count() == 0


def open_live(open_page: Callable[..., Page], address: str, **more: Any) -> Page:
    """Open a page and wait for Streamlit. On the way nothing moves, where typefaces come late too,
    the map stays the same drawing and controls as they are, and then nothing lies amiss.
    """
    page = open_page(begin(address, live=True), init=_WATCH, late="*/source-*.woff2", **more)
    page.evaluate("() => { window.map = document.querySelector('svg.map'); }")
    await_live(page)
    page.wait_for_timeout(300)
    before = page.evaluate("window.fields")
    after = page.evaluate(_FIELDS)
    assert after == before, f"fields before and after: {before}, {after}"
    shift = page.evaluate("window.shift")
    assert shift < 0.02, f"a shift of {shift}"
    assert page.evaluate("window.map === document.querySelector('svg.map')")
    assert not misplaced(page)
    return page


def until(page: Page, said: str) -> None:
    """Wait until an expression of JavaScript is true; the policy forbids the page to ask itself."""
    for _ in range(300):
        if page.evaluate(said):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {said}")


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a control by its words."""
    field = page.locator(f"select[aria-label='{label}']")
    if field.count():
        field.select_option(label=option)
        return
    page.get_by_role("combobox", name=label, exact=True).click()
    page.keyboard.type(option)
    page.get_by_role("option", name=option, exact=True).first.click()


def day_of(page: Page, name: str = "as_of") -> str:
    """Return what the field of a day shows."""
    field = page.locator(f"input[name={name}], [class*='st-key-'][class*='-{name}'] input")
    return field.input_value()


def parts(page: Page) -> list[str]:
    """Return the words of a page, piece by piece."""
    return [" ".join(text.split()) for text in page.evaluate(_PARTS)]


def misplaced(page: Page) -> list[str]:
    """Return what of a page lies outside of the window, is cut, or lies on other words."""
    found: list[str] = page.evaluate(_BOXES)
    return found


def misplaced_at(page: Page, *widths: int) -> list[str]:
    """Return what lies amiss on a page at each width."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)
        found += [f"{width} px: {line}" for line in misplaced(page)]
    return found


def axe(page: Page, *rules: str, **also: Any) -> list[str]:
    """Return what axe finds at fault: by some rules, or by all of them; `also`: of its options."""
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    some: dict[str, Any] = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    options = {"resultTypes": ["violations"], "preload": False, **some, **also}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]
