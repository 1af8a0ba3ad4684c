"""Pages as a reader without scripts has them, and the eye while scripts are on their way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pytest

import stances
from stances.figures.trend import level_words
from stances.links.parameters import SECTIONS
from stances.links.register import PAGES, WIDTHS
from tests.browser import view
from tests.browser.controls import TWO_FRAMES
from tests.browser.profile import Scheme

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.browser.app import Server

pytestmark = pytest.mark.slow

# Pages whose table a grid takes the place of.
TABLES = ["acts", "events"]
EVERY_IMPACT = ("minor", "moderate", "serious", "critical")
SIZES = [(1280, 800), (390, 844)]
Size = tuple[int, int]
# By what it is of, from the left and from the top.
Places = dict[str, list[float]]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
# Other views of a page, and an address of which a part cannot be used.
CHOSEN = "?actor=POL"
MORE = [CHOSEN, "compare?compare=actors", "compare?compare=distances", "members?group=none"]
# What has the same texts in a frame before and after.
FRAMED = ["?", "actor?", "actor?actor=POL&domain=networks&", "acts?", "acts?who=USA&", "members?"]
# So far a line may move when the dashboard takes its place, in px: less than one sees.
STILL_PX = 3
# What a section says on a first screen, at least: its headings and some of its texts.
FEWEST_LINES = 3
PLACES = """
root => [
  '.site', '.notice', 'h1.headline', 'p.subtitle', '.cards', 'div.legend', 'table.members',
  '.spread', '.ledger', '.map svg', '.st-key-map', '.panel h2.actor',
  '.st-key-panel h2.actor',
].map(name => [name, document.querySelector(`${root} ${name}`)?.getBoundingClientRect()])
  .filter(([, box]) => box)
  .map(([name, { x, y, width }]) => name.includes('map') ? ['map', x, y, width]
    : [name.split(' ').at(-1), x, y])
"""
# Has what is read in the typeface of the dashboard, as where it is at hand at once.
SET_IN = """
async () => {
  const font = document.querySelector('link[as=font]').href;
  const face = new FontFace('Words', `url(${font})`, {weight: '200 900'});
  document.fonts.add(await face.load());
}
"""
# Has what is below the first screen as high as it is, where its height is a guess until then.
LAID_OUT = "#words * { content-visibility: visible !important }"
# Sizes that are others than ours, each by a share of its own.
OTHER_SIZES = """
:root:root {
  --control: 3rem; --label: 2.25rem; --chip: 2.4rem; --row-gap: 0.75rem; --stack-gap: 0.9rem;
}
"""
# How high fields and their labels, choices of a few and buttons are.
HIGH = """
() => Object.fromEntries([
  ['field', '[data-testid=stDateInputField]'], ['box', '.stSelectbox [role=group]'],
  ['label', '.stSelectbox label:not(:empty)'], ['several', '.stMultiSelect [role=group]'],
  ['text', '[data-testid=stTextInputRootElement]'], ['few', '.st-key-view button'],
  ['file', '.stDownloadButton button'], ['fold', '.stExpander'],
].map(([name, part]) => [name, [...document.querySelectorAll(`#root ${part}`)]
  .map(one => one.getBoundingClientRect().height).find(height => height)])
  .filter(([, height]) => height))
"""
# The texts of the first screen, from the headline on, that stand on the page once, each with the
# place of its first line.
LINES = """
root => {
  const walk = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
  const found = new Map(), range = document.createRange();
  const top = document.querySelector(`${root} h1.headline`).getBoundingClientRect().y;
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim();
    range.selectNodeContents(walk.currentNode);
    const box = range.getClientRects()[0];
    const part = walk.currentNode.parentElement;
    const isSeen = part.checkVisibility({ visibilityProperty: true });
    const isWide = box?.width && part.getBoundingClientRect().width;
    if (text.length < 3 || !isWide || box.y < top || !isSeen) continue;
    found.set(text, found.has(text) ? null : [box.x, box.y]);
  }
  const seen = [...found].filter(([, at]) => at && at[1] < innerHeight);
  return seen.map(([text, at]) => [text, ...at]);
}
"""
# The words of levels beside the plot, each with its end and its middle.
LEVELS = """
root => [...document.querySelectorAll(`${root} :is(.trend, .st-key-trend) text`)]
  .map(text => [text.textContent, text.getBoundingClientRect()]).filter(([, box]) => box.width)
  .map(([told, box]) => [told, box.right, box.y + box.height / 2])
"""
# Where the last row of a table ends, and the table: both at once, as rows that are not yet on the
# screen have a height that is a guess, and get their own while one measures.
ENDS_OF_A_TABLE = """
table => [[...table.querySelectorAll('tbody tr')].at(-1), table]
  .map(part => part.getBoundingClientRect().bottom)
"""
# Of the first rows: from the last line of what each is about to what cites it, and from the first
# line of it to that of the cell before it, down.
LINES_OF_ROWS = """
table => [...table.querySelectorAll('tbody tr')].slice(0, 20).map(row => {
  const linesOf = part => {
    const range = document.createRange();
    range.selectNodeContents(part);
    return [...range.getClientRects()];
  };
  const title = row.querySelector('.title'), of = linesOf(title.querySelector('a'));
  const cite = title.querySelector('.cite').getBoundingClientRect();
  const beside = linesOf(title.previousElementSibling)[0];
  return [cite.bottom - of.at(-1).bottom, of[0].bottom - beside.bottom];
})
"""
# So far from one another lie the ends of letters of two sizes in a line, in px, and no lines.
A_LINE_PX = 6
# A title that is narrower breaks within its words.
LEAST_TITLE_PX = 70

# The largest text within the window, as browsers measure a paint: of each block all that is not in
# a block within it; with its area.
LARGEST = """
root => {
  const walk = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
  const range = document.createRange(), edges = new Map(), texts = new Map();
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim();
    let block = walk.currentNode.parentElement;
    if (!text || !block.checkVisibility()) continue;
    while (/^(inline|contents)$/.test(getComputedStyle(block).display)) block = block.parentElement;
    range.selectNodeContents(walk.currentNode);
    const { left, top, right, bottom } = range.getBoundingClientRect();
    const [l, t, r, b] = edges.get(block) ?? [innerWidth, innerHeight, 0, 0];
    const wide = [Math.max(0, Math.min(l, left)), Math.min(innerWidth, Math.max(r, right))];
    const high = [Math.max(0, Math.min(t, top)), Math.min(innerHeight, Math.max(b, bottom))];
    edges.set(block, [wide[0], high[0], wide[1], high[1]]);
    texts.set(block, `${texts.get(block) ?? ""} ${text}`);
  }
  const areas = [...edges].map(([block, [l, t, r, b]]) =>
    [texts.get(block), Math.round(r - l) * Math.round(b - t)]);
  return areas.sort(([, one], [, other]) => other - one).slice(0, 1);
}
"""
# When browsers took a paint for the largest so far, and when the words went.
PAINTS = """
window.paints = [];
new PerformanceObserver(list => paints.push(...list.getEntries().map(entry => entry.startTime)))
  .observe({ type: 'largest-contentful-paint', buffered: true });
new MutationObserver((_, watch) => {
  if (document.querySelector('#words')) window.said = true;
  else if (window.said) {
    window.gone = performance.now();
    watch.disconnect();
  }
}).observe(document, { subtree: true, childList: true });
"""

HIGHER_THAN_PAGES = 30_000
ENDS_WITHIN = """
([width, height]) => innerWidth === width && innerHeight === height
  && document.querySelector("#words footer").getBoundingClientRect().bottom <= height
"""


@pytest.fixture
def without(
    browser: Browser, viewport: tuple[int, int], scheme: Scheme
) -> Iterator[BrowserContext]:
    """A browser that runs no script."""
    size: Any = {"width": viewport[0], "height": viewport[1]}
    context = browser.new_context(viewport=size, java_script_enabled=False, color_scheme=scheme)
    yield context
    context.close()


@pytest.mark.parametrize("page_of", PAGES)
def test_without_scripts_a_page_is_whole(
    without: BrowserContext, server: Server, page_of: str
) -> None:
    page = without.new_page()
    page.goto(server.url + page_of)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.locator("h1.headline").is_visible()
        assert page.get_by_text("Data to ").first.is_visible()
        pages = page.get_by_role("navigation", name="Pages").get_by_role("link")
        assert pages.count() == len(PAGES)
        # Streamlit would tell here that there is nothing to read.
        assert page.get_by_text("JavaScript").count() == 0


def test_on_a_telephone_pages_stand_in_two_lines_whichever_is_open(
    page: Page, server: Server
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for path in PAGES:
        page.goto(f"{server.url}{path}?live=0")
        tops = page.locator("#words header nav > *").evaluate_all(
            "links => links.map(link => Math.round(link.getBoundingClientRect().top / 9))"
        )
        assert len(set(tops)) == 2, path


@pytest.mark.parametrize("path", [*PAGES, *(f"data?section={code}" for code in [*SECTIONS][1:])])
def test_axe_finds_nothing_in_the_words(page: Page, server: Server, path: str) -> None:
    page.route("**/static/js/*", lambda route: route.abort())
    page.goto(server.url + path)
    assert page.locator("#words h1").is_visible()
    page.add_style_tag(content=LAID_OUT)
    inks = set()
    # Pages begin on a desk, the sections of Data in the hand; then the page is dark, and as wide as
    # the other: the same but for its colours and where things lie.
    sizes = SIZES if path in PAGES else SIZES[::-1]
    for (width, _), scheme, rules in zip(sizes, SCHEMES, ((), view.OF_LOOKS), strict=True):
        page.emulate_media(color_scheme=scheme)
        # All of it in the window, where it is known what lies under a text.
        page.set_viewport_size({"width": width, "height": HIGHER_THAN_PAGES})
        page.wait_for_function(ENDS_WITHIN, arg=[width, HIGHER_THAN_PAGES])
        inks.add(page.locator("#words h1").evaluate("text => getComputedStyle(text).color"))
        assert view.axe_as_it_is(page, EVERY_IMPACT, rules) == [], (width, scheme)
    assert len(inks) == len(SCHEMES)


@pytest.mark.parametrize("path", ["", "actor"])
def test_links_that_are_not_drawn_yet_lie_over_no_others(
    page: Page, server: Server, path: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.url}{path}?live=0")
    assert view.axe_as_it_is(page, EVERY_IMPACT, ("target-size",)) == []


@pytest.mark.parametrize("path", [*PAGES, *MORE])
def test_what_is_read_stays_where_it_is_when_the_dashboard_comes_with_no_text_that_is_larger(
    page: Page, server: Server, path: str
) -> None:
    sizes = [(1280, 800), (1440, 900), (390, 844)]
    result = _before_and_after(page, server.url + path, sizes, PLACES, LARGEST)
    for size, (places, largest) in result.items():
        before, after = places
        # Of Data each line is held, by a test of its own.
        assert path == "data" or not _moves(before, after), size
        both = before.keys() & after.keys()
        assert ("map" in both) == (path in {"", CHOSEN}), size
        assert ("h2.actor" in both) == (path == CHOSEN), size
        [[most]], [[late]] = (texts.values() for texts in largest)
        assert late <= most, (size, largest)


@pytest.mark.parametrize("viewport", SIZES[:1])
@pytest.mark.parametrize("path", ["domains", "events"])
def test_a_larger_typeface_of_the_dashboard_is_no_late_paint(
    page: Page, server: Server, path: str
) -> None:
    page.add_init_script(PAINTS)
    # What is read has the typeface of the system, whose lines are less high.
    let_come = view.hold_dashboard(page, "**/*.woff2")
    page.goto(server.url + path, wait_until="commit")
    page.wait_for_function("window.paints.length")
    let_come()
    view.settle(page)
    page.evaluate(TWO_FRAMES)
    paints, gone = page.evaluate("[window.paints, window.gone]")
    assert max(paints) < gone


@pytest.mark.parametrize("sizes", [[(1280, 800), (1600, 900), (1024, 768)], [(390, 844)]])
def test_the_plot_of_trends_stays_where_it_is(
    page: Page, server: Server, real: stances.Dataset, sizes: list[Size]
) -> None:
    result = _before_and_after(page, f"{server.url}trends", sizes, LEVELS)
    for size, [(before, after)] in result.items():
        names = [short for short in real.actors["short_name"] if short in before]
        assert names
        for text in [*level_words(real.codebook), *names]:
            assert not _far(before[text], after[text]), (size, text, before[text], after[text])


# Some pages begin on a desk, the others in the hand.
@pytest.mark.parametrize(
    ("path", "sizes"),
    [
        *((path, SIZES) for path in ("", "members", "compare")),
        *((path, SIZES[::-1]) for path in ("trends", "acts", "events")),
    ],
)
def test_in_other_sizes_what_is_read_stays_where_it_is_too(
    page: Page, server: Server, path: str, sizes: list[Size]
) -> None:
    address = f"{server.url}{path}"
    _, usual = _before(page, address, sizes, [PLACES])
    result = _before_and_after(page, address, sizes, PLACES, sheet=OTHER_SIZES)
    for size, [(before, after)] in result.items():
        assert not _moves(before, after), size
        assert before["h1.headline"] != usual[size][0]["h1.headline"]
    high = {"label": 32, "few": 38.4}
    assert all(
        result == pytest.approx(high.get(name, 48), abs=0.1)
        for name, result in page.evaluate(HIGH).items()
    )


def _before_and_after(
    page: Page, address: str, sizes: Sequence[Size], *places: str, sheet: str = ""
) -> dict[Size, list[tuple[Places, Places]]]:
    """Where the words of a page have what is read, and the dashboard after them, in windows of some
    sizes, by each of some scripts: it comes in the first, and takes the others as they do. `sheet`:
    a style for both.
    """
    let_come, before = _before(page, address, sizes, places, sheet)
    first, *others = sizes
    _take(page, first)
    let_come()
    view.settle(page)
    after = {first: [_places(page, script, "#root") for script in places]}
    for width, height in others:
        view.resize(page, width, height)
        view.await_charts(page)
        after[width, height] = [_places(page, script, "#root") for script in places]
    return {size: [*zip(before[size], after[size], strict=True)] for size in before}


def _before(
    page: Page, address: str, sizes: Sequence[Size], places: Sequence[str], sheet: str = ""
) -> tuple[Callable[[], None], dict[Size, list[Places]]]:
    """Where the words have what is read, and what lets the dashboard come after them."""
    _take(page, sizes[0])
    let_come = _words_alone(page, address, sheet)
    result = {}
    for size in sizes:
        _take(page, size)
        result[size] = [_places(page, script, "#words") for script in places]
    return let_come, result


def _take(page: Page, size: Size) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def _places(page: Page, places: str, root: str) -> Places:
    return {name: at for name, *at in page.evaluate(places, root)}


def _words_alone(page: Page, address: str, sheet: str = "") -> Callable[[], None]:
    """Open a page and hold what draws the dashboard; return what lets that take its place."""
    let_come = view.hold_dashboard(page)
    page.goto(view.live(page, address), wait_until="commit")
    page.locator("#words :is(footer, .source a)").wait_for()
    page.evaluate(SET_IN)
    page.add_style_tag(content=f"{LAID_OUT}{sheet}")
    page.wait_for_load_state("domcontentloaded")
    page.evaluate(TWO_FRAMES)
    return let_come


@pytest.mark.parametrize("section", SECTIONS)
def test_each_line_of_a_section_of_data_stays_where_it_is(
    page: Page, server: Server, section: str
) -> None:
    address = f"{server.url}data?section={section}"
    for before, after in _each_line_stays(page, address, SIZES):
        both = before.keys() & after.keys()
        assert set(SECTIONS.values()) < both
        assert len(both) > len(SECTIONS) + FEWEST_LINES


def test_each_member_of_a_group_stays_where_it_is(page: Page, server: Server) -> None:
    _each_line_stays(page, f"{server.url}actor?actor=EU", SIZES)


@pytest.mark.parametrize("path", FRAMED)
def test_in_a_frame_each_line_stays_where_it_is(page: Page, server: Server, path: str) -> None:
    address, sizes = f"{server.url}{path}embed=true", [(wide, 900) for wide in WIDTHS]
    for before, after in _each_line_stays(page, address, sizes):
        # Which years an axis names is by its width, of which the page before scripts knows two.
        assert not [text for text in before.keys() - after.keys() if not text.isdecimal()]


def _each_line_stays(
    page: Page, address: str, sizes: Sequence[Size]
) -> list[tuple[Places, Places]]:
    """No line that the words and the dashboard have moves; returns the places of both."""
    result = _before_and_after(page, address, sizes, LINES)
    for size, [(before, after)] in result.items():
        both = before.keys() & after.keys()
        assert len(both) > FEWEST_LINES, size
        assert not _moves(before, after), size
    return [pair for [pair] in result.values()]


def _moves(before: Places, after: Places) -> list[tuple[str, list[float], list[float]]]:
    return [
        (name, before[name], after[name])
        for name in before.keys() & after.keys()
        if _far(before[name], after[name])
    ]


def _far(one: list[float], other: list[float]) -> bool:
    return any(abs(a - b) > STILL_PX for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("viewport", SIZES)
@pytest.mark.parametrize("path", TABLES)
def test_without_scripts_all_rows_of_a_table_can_be_read(
    without: BrowserContext, server: Server, path: str
) -> None:
    page = without.new_page()
    page.goto(server.url + path)
    table = page.locator("#words .rows").first
    last, whole = table.evaluate(ENDS_OF_A_TABLE)
    assert last <= whole + 1
    link = table.get_by_role("link").first
    assert "underline" in link.evaluate("link => getComputedStyle(link).textDecorationLine")


@pytest.mark.parametrize("viewport", SIZES[:1])
@pytest.mark.parametrize("path", TABLES)
def test_what_cites_a_row_takes_no_line_of_its_own(
    without: BrowserContext, server: Server, path: str
) -> None:
    page = without.new_page()
    page.goto(server.url + path)
    between = page.locator("#words .rows").first.evaluate(LINES_OF_ROWS)
    assert between
    assert all(abs(down) < A_LINE_PX for row in between for down in row), between


@pytest.mark.parametrize("viewport", [(700, 900), (768, 1024)])
@pytest.mark.parametrize("path", ["", *TABLES, "actor?actor=DEU", "compare"])
def test_on_a_tablet_tables_are_no_wider_than_the_page_and_titles_no_letters(
    without: BrowserContext, server: Server, path: str
) -> None:
    page = without.new_page()
    page.goto(server.url + path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    title = page.locator("#words .rows td.title").first.bounding_box()
    assert title is not None
    assert title["width"] > LEAST_TITLE_PX
