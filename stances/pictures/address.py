"""The picture that a link to a page is shown by, and its address."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from stances import escapes
from stances.answers.tracker import Tracker
from stances.dataset.names import slug
from stances.figures.theme import DARK
from stances.links.parameters import PARAMETERS, section_of, texts_of
from stances.links.register import ACTOR
from stances.links.view import View, query_of
from stances.markup.blocks import copy_link
from stances.pictures.canvas import HEIGHT
from stances.pictures.every import FORMATS, PICTURES, PNG, QUOTE, Picture, path_of, pictures_of
from stances.pictures.request import SLIDES

FOLDER = "pictures/"
_MAP, _MEMBERS = "map", "members"

# What makes a picture fill a screen on which slides are shown.
_SLIDE = {"width": "1920", "height": SLIDES}

# A picture by its name, and what its address says beside what the link says.
_Place = tuple[str, dict[str, str]]


def picture_of(view: View) -> str:
    """Return the address of the picture of a view, from the top of the dashboard on."""
    name, more = _picture_of(view.published, view.page, view.values)
    actor = more.pop(ACTOR, "") if PICTURES[name].of_actor else ""
    query = {**texts_of(view.published, PICTURES[name].page, view.values), **more}
    texts = {key: query[key] for key in PICTURES[name].shows if key in query}
    if PICTURES[name].as_needed:
        # What shows a link wants a shape that it knows.
        texts["height"] = str(HEIGHT)
    return f"{FOLDER}{path_of(name, actor)}.{PNG}?{query_of(texts)}"


def links_html(name: str, view: View, actor: str = "") -> str:
    """Links to a picture of a view in each format, and as a slide, as markup. `actor`: whose it is,
    of the picture of one.
    """
    text = view.texts_of_page
    texts = {key: text[key] for key in PICTURES[name].shows if key in text}
    if view.mode == DARK.mode:
        texts["theme"] = view.mode
    query = f"?{query_of(texts)}" if texts else ""
    place = f"{FOLDER}{path_of(name, quote(actor, safe=''))}"
    saved = "-".join(filter(None, (name, slug(actor), text.get("as_of"))))
    slide = f"?{query_of(texts | _SLIDE)}"
    files = [(form.upper(), f"{form}{query}", f"{saved}.{form}") for form in FORMATS]
    files.append((PICTURES[name].slide, f"{PNG}{slide}", f"{saved}-slide.{PNG}"))
    label = PICTURES[name].label
    links = ", ".join(
        f'<a href="{escapes.html(f"{place}.{address}")}" '
        f'download="{escapes.html(file)}"{_aria_label(wording, label)}>{wording}</a>'
        for wording, address, file in files
    )
    copied = copy_link(f"{place}.{QUOTE}{query}", spoken=f"Cite: the picture {saved}")
    return f'<span class="picture">{escapes.html(label)}: {links} {copied}</span>'


def _aria_label(wording: str, label: str) -> str:
    """Return a link's name by itself, as an attribute, if another picture has the same word."""
    if label == Picture.label:
        return ""
    return f' aria-label="{escapes.html(f"{wording}: {label}")}"'


def _picture_of(tracker: Tracker, page: str, view: Mapping[str, Any]) -> _Place:
    """Return the page's own picture, or the one that tells most of what it shows."""
    if page == ACTOR:
        return _of_actor(tracker, view[ACTOR] or PARAMETERS["first"].default(tracker))
    if page == "events" and view["event"] is not None:
        return _of_actor(tracker, tracker.events[view["event"]].actor)
    if page == "acts" and view["act"] is not None:
        return _of_actor(tracker, tracker.acts[view["act"]].actor)
    if page == "events" and len(view["who"]) == 1:
        return _of_actor(tracker, view["who"][0])
    values = {**view, "section": section_of(view)} if page == "data" else view
    drawn = (name for name, picture in pictures_of(page, values).items() if picture.has_any(values))
    return next(drawn, _MAP), {}


def _of_actor(tracker: Tracker, code: str) -> _Place:
    """Return the picture of an actor, or of a group's members; the map: it has no position."""
    if code in tracker.groups:
        return _MEMBERS, {"group": code}
    return (ACTOR, {ACTOR: code}) if code in tracker.model.actors else (_MAP, {})
