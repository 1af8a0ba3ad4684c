"""The form that a figure has on a narrow screen, by the hidden buttons that it brings along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stances.figures.map import Json

_NARROW = 1  # the second of its buttons


def narrow_form(figure: Json) -> Json | None:
    """Return a figure as its button for narrow screens leaves it; None where it has no
    other form.
    """
    menus = figure["layout"].get("updatemenus")
    if not menus:
        return None
    args = menus[0]["buttons"][_NARROW]["args"]
    traces, layout, places = args if len(args) > 1 else ({}, args[0], [])
    changed = figure["layout"]
    for path, value in layout.items():
        changed = _put(changed, path.split("."), value)
    data = [trace | traces if n in places else trace for n, trace in enumerate(figure["data"])]
    return {"data": data, "layout": changed}


def _put(layout: Mapping[str, Any], path: list[str], value: Any) -> Json:
    """Return a layout with a value at a path of plotly."""
    name, *inside = path
    if not inside:
        return {**layout, name: value}
    return {**layout, name: _put(layout.get(name) or {}, inside, value)}
