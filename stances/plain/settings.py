"""The settings that pages share, as links to the same page under others, and the room of the
controls that take their place.
"""

from __future__ import annotations

from collections.abc import Iterable

from stances import escapes, words
from stances.parameters import DAY, OF_STANCES, RESTS_ON
from stances.plain.view import View


def settings_html(view: View) -> str:
    """The day, the domain and the basis that are shown, each with a link to others."""
    return f"{_room(view)}{_links(view)}"


def _room(view: View) -> str:
    """What is seen where the controls will be, in a browser that will have them."""
    day, domain = view.values[DAY].isoformat(), view.tracker.codebook.domain_label(view.domain)
    basis = "<i></i>" if _has_basis(view) else ""
    return (
        f'<div class="room" aria-hidden="true"><i>{day}</i><b></b>'
        f"<i>{escapes.html(domain)}</i>{basis}</div>"
    )


def _links(view: View) -> str:
    data = view.tracker.data
    earlier = {"A year earlier": view.tracker.year_before(view.day), "Today": data.today}
    days = [
        view.link(view.page, told, as_of=str(day))
        for told, day in earlier.items()
        if day != view.day
    ]
    lines = [
        ("As of", f"<b>{words.day(view.day)}</b>{_bracketed(days)}"),
        ("Domain", _choices(view, "domain", view.tracker.codebook.columns)),
    ]
    if _has_basis(view):
        lines.append(("Stances rest on", _choices(view, "basis", RESTS_ON)))
    told = "".join(f"<div><dt>{name}</dt><dd>{content}</dd></div>" for name, content in lines)
    return f'<dl class="settings">{told}</dl>'


def _bracketed(links: list[str]) -> str:
    return f" ({', '.join(links)})" if links else ""


def _choices(view: View, name: str, codes: Iterable[str]) -> str:
    """The values of a setting, the one that is shown as a word and the others as links."""
    labels = RESTS_ON if name == "basis" else {}
    found = []
    for code in codes:
        label = labels.get(code) or view.tracker.codebook.domain_label(code)
        other = view.link(view.page, label, **{name: code})
        found.append(f"<b>{escapes.html(label)}</b>" if code == view.values[name] else other)
    return " · ".join(found)


def _has_basis(view: View) -> bool:
    return view.page in OF_STANCES
