"""The pages as they are sent: Streamlit's own, completed by what they say before any script.

They are made aside, each once however many ask for it, and kept by view as long as the data is the
same. Where too many are being made, a page comes without words.
"""

import hashlib
import logging
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from threading import Timer
from typing import NamedTuple

from stances import escapes
from stances.dataset.store import Store, StoreState
from stances.dataset.tables import Dataset
from stances.figures.map import VIEWS
from stances.links.parameters import DAY, SECTIONS
from stances.links.register import DATA, MAP, PAGES, page_about
from stances.links.view import View, site_address, view_at
from stances.links.watch import subscriptions, watch_choices, watch_query
from stances.markup.notices import refused_data
from stances.pages.data.releases import RELEASES_SECTION
from stances.pages.quotation import opened_texts
from stances.pictures.address import picture_of
from stances.pictures.canvas import HEIGHT, WIDTH
from stances.render.page import finding_of, missing_html, page_html
from stances.routes.answers import Problem
from stances.routes.body import Body, pack
from stances.routes.cache import Bounded
from stances.routes.catalogue import dataset_script
from stances.routes.queue import WorkQueue
from stances.routes.style import live_parts, starter
from stances.seams.hatching import hatch_patterns
from stances.seams.served_page import PageParts, complete_page

_LOG = logging.getLogger(__name__)
# A page has some 40 kB, compressed as it is held.
MOST_BYTES = 16_000_000
_AT_ONCE, _WAITING = 2, 40
# A page without words is there sooner than one that waits its turn for longer.
_PATIENCE_SECONDS = 0.5
# After its start the first visitor's page is live by then.
_LIVE_SECONDS = 5.0
# One more makes a page with a map a twenty-fifth shorter, and takes twice the time.
_LEVEL = 5


class Page(NamedTuple):
    """A whole page, and the policy that it needs."""

    body: Body
    policy: str


# All pages lie beside it.
_DESCRIPTION = '<link rel="service-desc" type="application/json" href="openapi.json" />'


class PageRequest(NamedTuple):
    """A page to be made: for the head of it, what is said for which view (None: nothing), and what
    page and dataset are about, for a preview of a page that finds nothing. `opened`: what is said
    there of the event or act that is open, in place of what the page finds; `data`: the newest, as
    long as which is held the page is kept; `nearest`: one that there is, if not this.
    """

    head: str
    view: View | None
    notices: tuple[str, ...]
    about: str
    opened: str = ""
    data: Dataset | None = None
    nearest: View | None = None

    @property
    def key(self) -> Hashable:
        """Return what tells the page from others of the same data."""
        return self.head, self.view.key if self.view else None, self.notices


def page_request_of(
    state: StoreState, site: str, page: str | None, query: Mapping[str, str]
) -> PageRequest:
    """Return what an address asks for. `site`: before pages' places; `page`: the place, or None."""
    if state.data is None:
        return PageRequest("", None, (), "")
    view = view_at(state.data, page or "", query, site)
    published = view.published.data
    about = published.about.description if page is None else page_about(published, page)
    title, text = opened_texts(view) or (view.title, "")
    head = _preview(view, site, title, about)
    if page is None:
        return PageRequest(head, None, (), about, data=state.data, nearest=view)
    refused = tuple(refused_data(state))
    return PageRequest(head, view, refused, about, text, state.data)


def _preview(view: View, site: str, title: str, about: str) -> str:
    """Return a page's picture and title, for previews of links, its subject and its feed."""
    text = {
        "og:title": title,
        "og:type": "website",
        "og:image": f"{site}{picture_of(view)}",
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
        "og:image:alt": title,
    }
    metas = "".join(
        f'<meta property="{name}" content="{escapes.html(value)}" />'
        for name, value in text.items()
    )
    described = f'<meta name="description" content="{escapes.html(about)}" />'
    card = '<meta name="twitter:card" content="summary_large_image" />'
    links = f"{_feed(view, site)}{_DESCRIPTION}"
    return f"<title>{escapes.html(view.title)}</title>{described}{metas}{card}{links}"


def _feed(view: View, site: str) -> str:
    """Return where a feed reader that is given the address of a page finds what is new of it."""
    choices = watch_choices(view.published, watch_query(view.published, view.page, view.values))
    feed, *_ = subscriptions(next(iter(choices.values())), site)
    address = escapes.html(feed.address)
    atom = 'rel="alternate" type="application/atom+xml"'
    return f'<link {atom} title="What is new" href="{address}" />'


class Pages:
    """Completes pages. `ancestors`: who may frame them; `embeds`: who may frame a view that is
    asked for as one in a frame. For the event loop only.
    """

    def __init__(self, ancestors: str, embeds: str = "*", most_bytes: int = MOST_BYTES) -> None:
        self._ancestors, self._embeds = ancestors, embeds
        self._data: Dataset | None = None
        self._cache: Bounded[Hashable, Page] = Bounded(most_bytes, _page_bytes)
        self._queue = WorkQueue(_AT_ONCE, _WAITING)
        # What is worked out under a reader's own settings, or of a release, keeps nobody else
        # waiting.
        self._changed = WorkQueue(1, _WAITING)

    async def request(
        self, address: Hashable, maker: Callable[[], PageRequest], client: str = ""
    ) -> PageRequest:
        """Return what an address asks for that names a release, which may have to be opened; that
        the page says nothing where its turn does not come.
        """
        try:
            return await self._changed.make(address, maker, client, _PATIENCE_SECONDS)
        except Problem:
            return PageRequest("", None, (), "")

    async def page(self, shell: bytes, request: PageRequest, client: str = "") -> Page:
        """Return the page that is asked for. `shell`: as Streamlit sends it; `client`: who asks."""
        data = request.data or self._data
        if data is not self._data:
            self._data = data
            self._cache.clear()
        key = (hashlib.sha256(shell).digest(), request.key)
        page = self._cache.get(key)
        if page is not None:
            return page
        try:
            maker = partial(self._make, shell, request)
            queue = self._changed if request.view and request.view.is_own else self._queue
            made = await queue.make((key, id(data)), maker, client, _PATIENCE_SECONDS)
        except Problem:
            return self._complete(shell, request, "")
        if data is self._data:
            self._cache.put(key, made)
        return made

    def _make(self, shell: bytes, request: PageRequest) -> Page:
        return self._complete(shell, request, _words(request))

    def _complete(self, shell: bytes, request: PageRequest, words: str) -> Page:
        embedded = request.view is not None and request.view.embedded
        ancestors = self._embeds if embedded else self._ancestors
        finding = finding_of(words) if request.view else ""
        text = escapes.html(request.opened) or finding or escapes.html(request.about)
        head = f"{_preview_head(text)}{request.head}{_catalogue_head(request.view)}"
        live = f"{_outlines(request.view)}{live_parts()}"
        # Where there is no page nothing becomes live.
        start = "" if request.nearest else starter()
        added = PageParts(head, hatch_patterns(), live, words, start)
        page, policy = complete_page(shell, added, ancestors)
        return Page(pack(page, _LEVEL), policy)


def open_soon(store: Store) -> Timer:
    """Get the first page ready, and return a timer that, unless it is cancelled, does the others
    once who opens them for oneself has the first one live: until then it takes no processor time.
    """
    _words(page_request_of(store.state(), "", MAP, {}))
    timer = Timer(_LIVE_SECONDS, get_ready, (store,))
    timer.daemon = True
    timer.start()
    return timer


def get_ready(store: Store) -> None:
    """Say what each page, and each section of one, says by itself before the first visitor asks:
    what views share, such as whole lines of actors, is made then.
    """
    state = store.state()
    for page in PAGES:
        _words(page_request_of(state, "", page, {}))
    for section in SECTIONS:
        # What two releases have apart is made when somebody asks: few do.
        if section != RELEASES_SECTION:
            _words(page_request_of(state, "", DATA, {"section": section}))


def _words(request: PageRequest) -> str:
    """Return what the page says. A fault in that must not take the page away."""
    if request.view is None:
        return missing_html(request.nearest) if request.nearest else ""
    try:
        return page_html(request.view, request.notices)
    except Exception:
        _LOG.exception("The page %r says nothing before its scripts", request.view.page)
        return ""


def _preview_head(text: str) -> str:
    """Return what who shows a link to a page shows under its title. `text`: escaped."""
    return f'<meta property="og:description" content="{text}" />' if text else ""


def _catalogue_head(view: View | None) -> str:
    """Return the one address of what a page shows, however it was asked for, and what catalogues
    read of the dataset; nothing where the address of the dashboard is not known.
    """
    if view is None or not view.site.startswith("http"):
        return ""
    data, texts = view.published.data, dict(view.shared.texts_of_page)
    if view.day == data.opening_day:
        texts.pop(DAY, None)
    one = escapes.html(site_address(view.site, view.page, texts))
    # What catalogues read is of the data of today, as the files at the addresses named there are.
    entry = "" if data.release else dataset_script(data, view.site)
    return f'<link rel="canonical" href="{one}" />{entry}'


def _outlines(view: View | None) -> str:
    """Return what asks for the map's outlines along with its code, which would ask last."""
    if view is None or view.page:  # The map is the first page.
        return ""
    file = VIEWS[view["view"]].geometry_file
    return f'<link rel="preload" as="fetch" crossorigin href="./geometry/{file}" />'


def _page_bytes(page: Page) -> int:
    return len(page.body.content) + len(page.policy)
