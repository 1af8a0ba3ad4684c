"""Names that are made for new rows, of the form that the names in the tables have."""

import hashlib
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import count
from urllib.parse import SplitResult, urlsplit

from stances.dataset.faults import inline
from stances.dataset.names import slug

_LONGEST_TITLE, _LONGEST_PUBLISHER, _HASH = 40, 24, 6


def event_id(actor: str, day: str, title: str, known: Collection[str]) -> str:
    """Return the id of an event: its actor, its ISO day as eight digits, and the first words of its
    title; a number comes after it where an event is called so already.
    """
    name = f"{actor}-{day.replace('-', '')}-{_first_words(_slug_of(title))}"
    return _unique(name, known)


def source_id(publisher: str, url: str) -> str:
    """Return the id of a source: its publisher, shortened, and the start of its address's hash."""
    name = _slug_of(publisher)[:_LONGEST_PUBLISHER].strip("-")
    return f"{name}-{_hash(url)}"


def act_id(actor: str, name: str, known: Collection[str]) -> str:
    """Return the id of an act: its actor and its name; a number after it as for an event."""
    return _unique(f"{actor}-{_slug_of(name)}", known)


# So many ids that come after one that there is not are offered in its place, and the one before.
_NEAREST = 2


def no_id(noun: str, code: str, ids: Iterable[str]) -> str:
    """Say that a text is no id of an event or act, and the nearest ones that begin as it does: many
    lose their end. Of one that begins as none does, how an id looks.
    """
    known = sorted(ids)
    place = bisect_left(known, code)
    alike = [*known[place : place + _NEAREST], *known[:place][-1:]]
    akin = [other for other in alike if other.partition("-")[0] == code.partition("-")[0]]
    fault = f"{inline(code)} is not the id of an {noun}"
    if akin:
        return f"{fault}; near to it: {', '.join(akin)}"
    return f"{fault}, such as {known[0]}" if known else fault


def step_id(act_id: str, deadline: str, part: str, kind: str) -> str:
    """Return what a step of an act is called where it is corrected."""
    return "/".join((act_id, deadline, part, kind))


def profile_id(actor: str, as_of: str) -> str:
    """Return what a profile is called where it is corrected."""
    return f"{actor}@{as_of}"


def same_page(url: str) -> str:
    """Return what addresses of one page share, whatever their scheme, fragment and last slash."""
    parts = _parts(url.strip())
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"


def most_common_of_host(url: str, known: Iterable[tuple[str, str]]) -> str | None:
    """Return the class of most pages of a host; `known`: address and class. None: no page."""
    host = _host(url)
    classes = Counter(kind for address, kind in known if _host(address) == host)
    return min(classes, key=lambda kind: (-classes[kind], kind)) if classes else None


def _host(url: str) -> str:
    return _parts(url).netloc.lower().removeprefix("www.")


def _parts(url: str) -> SplitResult:
    """Return the parts of an address; empty if it is none, which rules of its cell tell."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _slug_of(text: str) -> str:
    """Return a slug without accents; of a text in another script the start of its hash."""
    latin = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return slug(latin) or _hash(text)


def _hash(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:_HASH]


def _first_words(name: str) -> str:
    if len(name) <= _LONGEST_TITLE:
        return name
    return name[: _LONGEST_TITLE + 1].rpartition("-")[0] or name[:_LONGEST_TITLE]


def _unique(name: str, known: Collection[str]) -> str:
    numbered = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(candidate for candidate in numbered if candidate not in known)
