"""Parts of figures of rows from the top down: texts, and forms for two widths."""

from stances.figures.map import Json

LETTERS = 12


def row_text(text: str, y: float, color: str, size: float = LETTERS, anchor: str = "left") -> Json:
    """Return a text at the plot's left end, around a height. `anchor`: the side placed there."""
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": anchor,
        "y": y,
        "yanchor": "middle",
        "align": anchor,
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": size, "color": color},
    }


def form_buttons(wide: Json, narrow: Json) -> Json:
    """Return the hidden buttons; by `showlegend` the page tells which one was pressed last."""
    return {
        "type": "buttons",
        # On the plot: beside it they would push the margin, hidden or not.
        "x": 0,
        "xanchor": "left",
        "buttons": [
            {"label": label, "method": "relayout", "args": [{**shape, "showlegend": pressed}]}
            for label, shape, pressed in (("wide", wide, False), ("narrow", narrow, True))
        ],
    }
