"""A chart as a picture, to take along: by its address, so that taking it runs no page."""

from __future__ import annotations

from stances import escapes
from stances.figures.theme import LIGHT
from stances.pictures.address import FOLDER
from stances.pictures.every import FORMATS, PICTURES, path_of


def picture_links(name: str, mode: str, actor: str = "") -> str:
    """Links to a picture in each format, as markup. They say nothing of the view that is shown,
    which `seams/drawn.js` adds. `actor`: whose it is, of the picture of one.
    """
    place, theme = f"{FOLDER}{path_of(name, actor)}", "" if mode == LIGHT.mode else f"?theme={mode}"
    shows = " ".join(PICTURES[name].shows)
    links = ", ".join(
        f'<a href="{escapes.html(f"{place}.{form}{theme}")}" data-view="{shows}">{form.upper()}</a>'
        for form in FORMATS
    )
    return f'<span class="picture">Picture: {links}</span>'
