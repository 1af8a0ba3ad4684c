"""The menu that a chart has in its corner: plotly's, with no more in it than helps.

The picture that it saves is completed by `seams/picture.js`: twice the size, with title, date,
legend, source and licence.
"""

from __future__ import annotations

# For charts over time: to zoom, to go back, to save.
OVER_TIME = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
}
# For charts that stand still: only to save.
STILL = {"displaylogo": False, "modeBarButtons": [["toImage"]]}
