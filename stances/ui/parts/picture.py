"""A chart as a picture, to take along: by its address, so that taking it runs no page, or as it
stands, where no address shows it.
"""

from __future__ import annotations

import streamlit as st

from stances import escapes
from stances.figures.theme import LIGHT
from stances.pictures.address import FOLDER
from stances.pictures.every import FORMATS, PICTURES, path_of
from stances.ui.parts.embed import compact


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


def picture_buttons(chart: str) -> None:
    """Buttons under a chart, by its key, that save it in each format, with what the page says of it
    (`seams/picture.js`). In a frame there are none.
    """
    if compact():
        return
    buttons = ", ".join(
        f'<button type="button" data-chart="{chart}" data-form="{form}">{form.upper()}</button>'
        for form in FORMATS
    )
    told = f'<p><span class="picture">Picture: {buttons}</span></p>'
    st.markdown(told, unsafe_allow_html=True)
