"""Stances over time: lines with their bands, events as markers, landmarks as numbered lines.

All tables are tidy. `series`: key, date, stance, low, high, in the order in which a line is drawn;
stance NaN where there is no position (the line breaks), two rows of one date where an act takes
force (the line jumps); low and high are the coding band of an actor, or the mean of a group less
and plus how far its members differ. `names`: key -> name of what was chosen; a key may have no
rows. `events`: key, event_id, date, stance (where the marker stands), hover (escaped text).
`landmarks`: event_id, date, hover (escaped text), name (escaped; empty: its number alone is told),
in order; figures number them from 1.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stances import escapes
from stances.dataset.codebook import Codebook
from stances.figures.map import Json
from stances.figures.parts import band, empty_note, form_buttons, marks, plot_text, upright
from stances.figures.theme import CLASS_COLORS, Theme, base_layout, theme

# The points of a line as arrays, or as a table.
Columns = dict[str, NDArray[Any]]
Rows = pd.DataFrame | Columns
OF_LINES, _OF_MARKS = ("date", "stance", "low", "high"), ("event_id", "date", "stance", "hover")
NO_LANDMARKS = pd.DataFrame({"event_id": [], "date": pd.DatetimeIndex([]), "hover": [], "name": []})
_HEX = re.compile("#([0-9a-f]{6})")
MINUS = "\N{MINUS SIGN}"
NOTHING_CHOSEN = "No country or body chosen"
HEIGHT = 460  # of a chart without names of landmarks, in px
_OVER = 1.1  # how far the plot goes beyond the highest level: room for numbers of landmarks
_LETTERS, _SMALL_LETTERS = 13, 11  # of the chart, and of landmarks and narrow axes
_TO_WORDS, _TO_LABEL = 6, 12  # from the plot to the words of levels, and to labels at lines' ends
_LABEL_PX = 17  # what a label at a line's end needs in height
_LETTER_PX = 7  # and in width, for each letter
_ENDED_PX = 40  # what the year beside the name of a line that has ended needs
_TOP, _BOTTOM, _RIGHT = 34, 30, 8
MENU_PX, TITLE_PX = 30, 20  # of that for plotly's menu, and what names over small charts need
_YEARS_PX = 16  # more below, where the years stand under months
_LEGEND_PX = 60  # from the axis down to a legend, clear of the years
COLUMNS, _PANEL_PX = 2, 150
_BETWEEN_PX, _STACKED_PX = 34, 24  # over each panel, and over one that has no years above it
_GRID_MARGIN = {"l": 88, "r": 8, "t": _TOP}
# Numbers of landmarks: in so many rows at most, and so many have room beside one another.
_NUMBER_ROWS, _WIDE_NUMBERS, _NARROW_NUMBERS = 2, 40, 18
# How far over the highest level the numbers of landmarks stand, and each row over the other.
_NUMBER_OVER, _NUMBER_ROW = 0.68, 0.3
_NUMBER_TOP = 0.93  # how high in the plot the lines of numbered landmarks end
NAME_PX = 16  # what the name of a landmark needs in height
_SHORT_YEARS = 3  # under so many the axis of time has months
_DAY_MS = 86_400_000
# Steps between two ticks that are shorter than a year: the most days that may fall to each label
# there is room for, and what plotly calls them. The label of a day needs twice the room of others.
_STEPS: tuple[tuple[float, int | str], ...] = (
    *((days / 2, days * _DAY_MS) for days in (1, 2, 4, 7, 14, 28)),
    *((months * 30.44, f"M{months}") for months in (1, 2, 3, 6)),
)


class Lines(NamedTuple):
    """Lines over a period; tables as told at the top of this module, `order` as for
    `line_colors`.
    """

    series: pd.DataFrame
    names: Mapping[str, str]
    events: pd.DataFrame
    codebook: Codebook
    period: tuple[date, date]
    order: Sequence[str] = ()

    def colors(self, palette: Theme) -> dict[str, str]:
        """Return the colour of each line."""
        return line_colors(list(self.names), palette, self.order)


def trend_chart(
    lines: Lines,
    mode: str,
    landmarks: pd.DataFrame = NO_LANDMARKS,
    height: int = HEIGHT,
    numbered: bool = True,
) -> Json:
    """Return all lines in one chart, over which their landmarks stand.

    Lines are labelled at their ends. The server does not know how wide a screen is, so the figure
    brings two hidden buttons, `wide` and `narrow` (labels in a legend below, for a telephone), of
    which the page presses the one that fits. `height` in px, to which the named landmarks add
    theirs; `numbered`: a list of them follows. Markers bring their event_id as `customdata`.
    """
    palette, names, period = theme(mode), lines.names, lines.period
    levels, colors = lines.codebook.scale.levels, lines.colors(palette)
    points = by_key(lines.series, names, OF_LINES)
    above = NAME_PX * sum(name_rows(landmarks))
    tall = height - _TOP - _bottom(period)
    data = _traces(points, names, lines.events, colors, palette)
    data += (_landmark_numbers(landmarks, levels, palette, period, slim) for slim in (False, True))
    labels = _end_labels(points, names, colors, levels, tall, period[1])
    labels += _landmark_names(landmarks, palette, period, above, numbered)
    heights, notes = (above, tall), _notes(points, names, palette)
    wide, narrow = fit(names, period, labels + notes, False), fit(names, period, notes, True)
    wide = _fit_landmarks(wide, landmarks, palette, levels, heights)
    narrow = _fit_landmarks(narrow, landmarks, palette, levels, (0, tall))
    layout = base_layout(palette, height + above) | {
        # A name a row: plotly would put as many in one as fit.
        "legend": {"orientation": "v", "x": 0, "y": -_LEGEND_PX / height, "yanchor": "top"},
        "margin": wide["margin"],
        "xaxis": time_axis(palette, period, narrow=False),
        "yaxis": level_axis(lines.codebook, palette, narrow=False),
        "shapes": wide["shapes"],
        "annotations": wide["annotations"],
        "updatemenus": [fit_buttons(wide, narrow, len(data) - 2, only_narrow=[len(data) - 1])],
    }
    return {"data": data, "layout": layout}


def by_key(table: pd.DataFrame, keys: Iterable[str], columns: Sequence[str]) -> dict[str, Columns]:
    """Return the rows of each key as arrays: tables of a few rows cost more than what is drawn."""
    of, arrays = table["key"].to_numpy(), {name: table[name].to_numpy() for name in columns}
    return {key: {name: values[of == key] for name, values in arrays.items()} for key in keys}


def _traces(
    lines: Mapping[str, Columns],
    names: Mapping[str, str],
    events: pd.DataFrame,
    colors: Mapping[str, str],
    palette: Theme,
) -> list[Json]:
    """Bands under lines under markers."""
    bands = [ribbon(rows, colors[key]) for key, rows in lines.items()]
    strokes = [_line(rows, names[key], colors[key], True) for key, rows in lines.items()]
    events_of = [
        _markers(rows, colors[key], palette)
        for key, rows in by_key(events, names, _OF_MARKS).items()
    ]
    return [*bands, *strokes, *events_of]


def small_multiples(
    lines: Lines, mode: str, columns: int = COLUMNS, height: int | None = None
) -> Json:
    """Return each line in a small panel, all with the same axes. `height`: of all in px, None where
    each has its own. Where some stand side by side, two hidden buttons bring the shapes for wide
    and narrow screens: on a telephone they stand below one another, in the same height.
    """
    palette, names, period = theme(mode), lines.names, lines.period
    codebook, colors = lines.codebook, lines.colors(palette)
    panels = PanelGrid(len(names), columns, _bottom(period), height)
    points, marks_of = by_key(lines.series, names, OF_LINES), by_key(lines.events, names, _OF_MARKS)
    titles = [panel_title(names[key], points[key], colors[key]) for key in names]
    data: list[Json] = []
    layout = base_layout(palette, panels.height) | {
        "margin": _GRID_MARGIN | {"b": _bottom(period)},
        "annotations": panels.titles(titles) if names else _notes({}, names, palette),
        "shapes": [],
    }
    for index, key in enumerate(names):
        rows = points[key]
        traces = [
            ribbon(rows, colors[key]),
            _line(rows, names[key], colors[key], False),
            _markers(marks_of[key], colors[key], palette),
        ]
        data += [{**trace, **panels.axes(index)} for trace in traces]
        layout |= panels.axis_layout(index, time_axis(palette, period, True), codebook, palette)
        layout["shapes"] += panels.bands(index, codebook.scale.levels)
    if panels.columns > 1:
        stacked = PanelGrid(len(names), 1, _bottom(period), panels.height)
        forms = (grid.places() | {"annotations": grid.titles(titles)} for grid in (panels, stacked))
        layout["updatemenus"] = [form_buttons(*forms)]
    return {"data": data, "layout": layout}


def line_colors(keys: Sequence[str], palette: Theme, order: Sequence[str] = ()) -> dict[str, str]:
    """Return the colour of each line: its own in whatever selection it is drawn. There are more
    actors than colours: of two that share one, the later in `order` takes the first that is free.

    `order`: all that can be drawn, each in the place that gives it its colour; left out: `keys`.
    """
    places = {key: place for place, key in enumerate(order or keys)}
    chosen = sorted(keys, key=places.__getitem__)
    number, taken = len(palette.lines), dict[int, str]()
    for key in chosen:
        taken.setdefault(places[key] % number, key)
    free = (place for place in range(number) if place not in taken)
    fixed = {key: place for place, key in taken.items()}
    others = [key for key in chosen if key not in fixed]
    fixed |= {key: next(free, places[key] % number) for key in others}
    return {key: palette.lines[fixed[key]] for key in keys}


def level_words(codebook: Codebook) -> list[str]:
    """Return the points of the scale, lowest first, as figure and word: `+2 Cooperate`."""
    scale = codebook.scale
    return [f"{signed_level(level)} {escapes.chart(scale.labels[level])}" for level in scale.levels]


def signed_level(level: int) -> str:
    """Return a point of the scale with its sign; zero has none."""
    return f"{level:+d}".replace("-", MINUS) if level else "0"


def iso_days(dates: pd.Series | NDArray[np.datetime64]) -> list[str]:
    """Dates for JSON; a tenth of the time of `strftime`."""
    days: list[str] = np.datetime_as_string(np.asarray(dates), unit="D").tolist()
    return days


def plot_values(values: pd.Series | NDArray[np.float64]) -> list[float | None]:
    """Numbers for JSON, to three decimals; missing ones break a line."""
    return [None if value != value else round(value, 3) for value in values.tolist()]


def ribbon(rows: Rows, color: str) -> Json:
    """Return the band between low and high: one polygon for each stretch without a gap."""
    x: list[str | None] = []
    y: list[float | None] = []
    known = ~np.isnan(np.asarray(rows["low"]) + np.asarray(rows["high"]))
    # Where a stretch of known rows begins, and behind its last one.
    edges = np.flatnonzero(np.diff(known, prepend=False, append=False)).reshape(-1, 2)
    days, low, high = iso_days(rows["date"]), plot_values(rows["low"]), plot_values(rows["high"])
    for start, end in edges.tolist():
        x += [*days[start:end], *days[start:end][::-1], None]
        y += [*high[start:end], *low[start:end][::-1], None]
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": faint(color, 0.13),
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _line(rows: Columns, name: str, color: str, legend: bool) -> Json:
    """Return the stance; a month that stands alone is a dot, as a line would not show it."""
    known = ~np.isnan(rows["stance"])
    alone = known & ~np.roll(known, 1) & ~np.roll(known, -1) if len(known) > 1 else known
    label = escapes.chart(name)
    # In a template a percent sign could name a figure.
    plain = label.replace("%", "&#37;")
    return {
        "type": "scatter",
        "x": iso_days(rows["date"]),
        "y": plot_values(rows["stance"]),
        "mode": "lines+markers" if alone.any() else "lines",
        "name": label,
        "line": {"color": color, "width": 2.5},
        "marker": {"color": color, "size": np.where(alone, 7, 0).tolist(), "opacity": 1},
        "connectgaps": False,
        "hovertemplate": f"<b>{plain}</b> %{{y:+.2f}}<br>%{{x|%-d %B %Y}}<extra></extra>",
        "showlegend": legend and bool(known.any()),
    }


def _markers(events: Columns, color: str, palette: Theme) -> Json:
    # To plotly, a wider point is farther from the pointer than the line below it.
    marker = {"color": color, "size": 6, "line": {"color": palette.background, "width": 1}}
    x, y = iso_days(events["date"]), plot_values(events["stance"])
    return marks(events, "event_id", x, y, marker)


def _landmark_numbers(
    landmarks: pd.DataFrame, levels: range, palette: Theme, period: tuple[date, date], narrow: bool
) -> Json:
    """Return the numbers over the landmarks' lines, in turn in two rows where they crowd; that of a
    named one stands with its name, for which a narrow chart has no room.
    """
    days = landmarks["date"].to_numpy("datetime64[D]").astype(float).tolist()
    start, end = (float(np.datetime64(day, "D").astype(int)) for day in period)
    near = (end - start) / (_NARROW_NUMBERS if narrow else _WIDE_NUMBERS)
    rows, within = _number_rows(days, near), (min([start, *days]), max([end, *days]))
    places = np.array(_spread(days, rows, near, within))
    return {
        "type": "scatter",
        "x": iso_days(places.astype("datetime64[D]")),
        "y": [levels[-1] + _NUMBER_OVER + _NUMBER_ROW * row for row in rows],
        "mode": "text",
        "text": [
            f"<b>{number}</b>" if narrow or not name else ""
            for number, name in enumerate(landmarks["name"], 1)
        ],
        "visible": not narrow,
        "textfont": {"color": palette.muted, "size": _SMALL_LETTERS},
        "unselected": {"textfont": {"color": palette.muted}},
        "hovertext": landmarks["hover"].tolist(),
        "customdata": landmarks["event_id"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
    }


def _number_rows(places: Sequence[float], near: float) -> list[int]:
    """Return the row of each number over the lines of landmarks, `places` in order along the axis:
    in turn where one is nearer than `near` to the one before.
    """
    rows: list[int] = []
    for before, at in pairwise([-math.inf, *places]):
        rows.append((rows[-1] + 1) % _NUMBER_ROWS if rows and at - before < near else 0)
    return rows


def _spread(
    places: Sequence[float], rows: Sequence[int], gap: float, within: tuple[float, float]
) -> list[float]:
    """Return places along the axis near those of numbers and clear of the others in their rows."""
    spread = list(places)
    for row in set(rows):
        wanted = {str(n): places[n] for n, of in enumerate(rows) if of == row}
        for number, place in apart(wanted, gap, within).items():
            spread[int(number)] = place
    return spread


def name_rows(landmarks: pd.DataFrame) -> list[int]:
    """Return in how many rows the name of each landmark stands over the plot."""
    return [name.count("<br>") + 1 if name else 0 for name in landmarks["name"]]


def _landmark_names(
    landmarks: pd.DataFrame, palette: Theme, period: tuple[date, date], above: int, numbered: bool
) -> list[Json]:
    """Return the names of landmarks over the plot, each in rows of its own, the oldest at the top,
    on the side of its line where there is room; `above`: the height of all rows in px.
    """
    rows, numbers = name_rows(landmarks), range(1, len(landmarks) + 1)
    middles = [end - high / 2 for end, high in zip(accumulate(rows), rows, strict=True)]
    columns = middles, numbers, iso_days(landmarks["date"]), landmarks["name"].tolist()
    named = [mark for mark in zip(*columns, strict=True) if mark[3]]
    middle = (period[0] + (period[1] - period[0]) / 2).isoformat()
    return [
        {
            "x": day,
            "y": 1,
            "yref": "paper",
            "yanchor": "middle",
            "yshift": above - NAME_PX * row,
            "xanchor": "left" if day < middle else "right",
            "xshift": 3 if day < middle else -3,
            "text": f"<b>{number}</b> {name}" if numbered else name,
            "font": {"color": palette.muted, "size": _SMALL_LETTERS},
            # Lines of other landmarks pass behind it.
            "bgcolor": palette.background,
            "borderpad": 1,
            "align": "left" if day < middle else "right",
            "showarrow": False,
        }
        for row, number, day, name in named
    ]


def _fit_landmarks(
    layout: Json, landmarks: pd.DataFrame, palette: Theme, levels: range, heights: tuple[int, int]
) -> Json:
    """Return a layout of `fit` with the lines of landmarks, and room for their names. `heights`:
    of all names (0: none is shown) and of the plot, in px.
    """
    above, tall = heights
    margin = layout["margin"] | {"t": layout["margin"]["t"] + above}
    shapes = class_bands(levels) + _landmark_lines(landmarks, palette, above, tall)
    return layout | {"margin": margin, "shapes": shapes}


def _landmark_lines(landmarks: pd.DataFrame, palette: Theme, above: int, tall: int) -> list[Json]:
    """Return a line for each landmark, up to its number in the plot or to its name over it;
    `above`, `tall`: the height of all rows of names and of the plot, in px.
    """
    row, tops = 0, []
    for rows in name_rows(landmarks):
        tops.append(1 + (above - NAME_PX * row) / tall if rows and above else _NUMBER_TOP)
        row += rows
    line = {"color": palette.muted, "width": 0.7, "dash": "dot"}
    return [
        upright(day, line, round(top, 4)) | {"layer": "below"}
        for day, top in zip(iso_days(landmarks["date"]), tops, strict=True)
    ]


def class_bands(levels: range, x: str = "paper", y: str = "y") -> list[Json]:
    """Return a breath of each class's colour behind its part of the scale."""
    return [
        band(level - 0.5, level + 0.5, faint(CLASS_COLORS[level], 0.09)) | {"xref": x, "yref": y}
        for level in levels
    ]


def _end_labels(
    lines: Mapping[str, Columns],
    names: Mapping[str, str],
    colors: Mapping[str, str],
    levels: range,
    height: int,
    last: date,
) -> list[Json]:
    """Return a label beside the plot for each line, at the height of its end or as near to it as
    leaves it clear of the others; `height` of the plot without its margins, in px; `last`: the end
    of the period. A line that ended earlier is told to: no stroke leads to it.
    """
    ends = {key: end for key, rows in lines.items() if (end := _end(rows))}
    low, high = _span(levels)
    pixels = height / (high - low)
    wanted = {key: end[1] * pixels for key, end in ends.items()}
    within = low * pixels + _LABEL_PX / 2, high * pixels - _LABEL_PX / 2
    placed = apart(wanted, _LABEL_PX, within)
    return [
        _end_label(end, names[key], colors[key], last, round(wanted[key] - placed[key], 1))
        for key, end in ends.items()
    ]


def _end(rows: Columns) -> tuple[date, float] | None:
    """Return the day and the stance of the last known point of a line; None where it has none."""
    known = np.flatnonzero(~np.isnan(rows["stance"]))
    if not len(known):
        return None
    day: date = rows["date"][known[-1]].astype("datetime64[D]").item()
    return day, float(rows["stance"][known[-1]])


def _end_label(end: tuple[date, float], name: str, color: str, last: date, below: float) -> Json:
    """Return the name at the end of a line. `below`: how far under the end of its line it stands,
    in px.
    """
    day, stance = end
    label = {
        "x": f"{last:%Y-%m-%d}",
        "y": round(stance, 3),
        "text": f"<b>{escapes.chart(name)}</b>",
        "font": {"color": color},
        "xanchor": "left",
        "align": "left",
    }
    if day < last:
        ended = f"{escapes.chart(name)} to {day:%Y}"
        return label | {"text": ended, "showarrow": False, "xshift": _TO_LABEL, "yshift": -below}
    return label | {
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 0.8,
        "arrowcolor": color,
        "standoff": 2,
        "ax": _TO_LABEL,
        "ay": below,
    }


def apart(wanted: Mapping[str, float], gap: float, within: tuple[float, float]) -> dict[str, float]:
    """Heights as near to those wanted as they can be with `gap` between any two, `within` the
    lowest and the highest as long as there is room.

    Labels that touch form a block around the mean of what they want; blocks that touch merge.
    """
    blocks = [[key] for key in sorted(wanted, key=lambda key: wanted[key])]

    def heights(block: list[str]) -> list[float]:
        tall = gap * (len(block) - 1)
        lowest = sum(wanted[key] for key in block) / len(block) - tall / 2
        lowest = max(within[0], min(lowest, within[1] - tall))
        return [lowest + gap * place for place in range(len(block))]

    while True:
        touching = [
            index
            for index, (one, other) in enumerate(pairwise(blocks))
            if heights(other)[0] - heights(one)[-1] < gap - 1e-6
        ]
        if not touching:
            break
        at = touching[0]
        blocks[at : at + 2] = [blocks[at] + blocks[at + 1]]
    return {
        key: height for block in blocks for key, height in zip(block, heights(block), strict=True)
    }


def _notes(lines: Mapping[str, Columns], names: Mapping[str, str], palette: Theme) -> list[Json]:
    """Return what the chart cannot draw, in words: nothing chosen, or nothing known of an actor."""
    if not names:
        return [empty_note(NOTHING_CHOSEN, palette)]
    silent = [names[key] for key, rows in lines.items() if np.isnan(rows["stance"]).all()]
    if not silent:
        return []
    text = "<br>".join(f"{escapes.chart(name)}: no position in this period" for name in silent)
    return [plot_text(text, 0.01, 0.03, {"color": palette.muted}) | {"align": "left"}]


def without_menu(figure: Json, free: int) -> Json:
    """Return a figure without so many px above it, where plotly's menu would stand."""
    layout = figure["layout"]
    margin = layout["margin"] | {"t": layout["margin"]["t"] - free}
    return figure | {"layout": layout | {"height": layout["height"] - free, "margin": margin}}


def without_names(figure: Json) -> Json:
    """Return a figure of lines without their names at their ends, and without landmarks."""
    layout = figure["layout"]
    bands = [shape for shape in layout["shapes"] if shape["type"] == "rect"]
    rest = {"annotations": [], "shapes": bands, "margin": layout["margin"] | {"t": 0, "r": _RIGHT}}
    levels = layout["yaxis"] | {"range": [bands[0]["y0"], bands[-1]["y1"]]}
    return figure | {"layout": layout | rest | {"yaxis": levels}}


def fit(
    names: Mapping[str, str], period: tuple[date, date], annotations: list[Json], narrow: bool
) -> Json:
    """Return what of a layout over time depends on the width of the screen, by plotly's paths."""
    return {
        "showlegend": narrow,
        "margin": margin(names, period, narrow),
        **{f"xaxis.{key}": value for key, value in _ticks(period, narrow).items()},
        "yaxis.tickfont.size": _tick_font(narrow),
        "annotations": annotations,
    }


def fit_buttons(wide: Json, narrow: Json, *only_wide: int, only_narrow: Sequence[int] = ()) -> Json:
    """Return the hidden buttons, each with what of the layout it sets, by plotly's paths. A narrow
    chart has no room for the traces at the places `only_wide`, and those at `only_narrow` instead.
    """
    places = [*only_wide, *only_narrow]
    return {
        "type": "buttons",
        # On the lines: beside them they would push the margin, hidden or not.
        "x": 0,
        "xanchor": "left",
        "buttons": [
            {
                "label": label,
                "method": "update",
                "args": [
                    {"visible": [(place in only_wide) == is_wide for place in places]},
                    shape,
                    places,
                ],
            }
            for label, is_wide, shape in (("wide", True, wide), ("narrow", False, narrow))
        ],
    }


def margin(names: Mapping[str, str], period: tuple[date, date], narrow: bool) -> Json:
    """Return the margins of a chart whose lines are labelled with `names` at their ends, in px."""
    longest = max((len(name) for name in names.values()), default=0)
    right = _RIGHT if narrow else 22 + _ENDED_PX + min(longest, 24) * _LETTER_PX
    return {"l": 84 if narrow else 96, "r": right, "t": _TOP, "b": _bottom(period)}


def _bottom(period: tuple[date, date]) -> int:
    """Room for the labels of the axis of time, in px."""
    return _BOTTOM + _YEARS_PX if _years(period) < _SHORT_YEARS else _BOTTOM


def _span(levels: range) -> tuple[float, float]:
    return levels[0] - 0.5, levels[-1] + _OVER


def time_axis(palette: Theme, period: tuple[date, date], narrow: bool) -> Json:
    """Return the axis of a period, a tick at the start of years, or of months if they are few."""
    return {
        "type": "date",
        "range": [day.isoformat() for day in period],
        **_ticks(period, narrow),
        # Plotly would rather turn labels than let them stand near to each other.
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "tickcolor": palette.grid,
        "tickfont": {"color": palette.muted},
        "fixedrange": False,
    }


def _years(period: tuple[date, date]) -> float:
    return (period[1] - period[0]).days / 365.25


def _ticks(period: tuple[date, date], narrow: bool) -> Json:
    """Return the ticks of a period, as many as the width has room for. Months and days have the
    year in a second line, so no label is wider than that of a year.
    """
    count, years = 4.5 if narrow else 13.5, _years(period)
    start, days = f"{period[0].year}-01-01", (period[1] - period[0]).days
    step = next((step for most, step in _STEPS if days / most <= count), None)
    if years >= _SHORT_YEARS or step is None:
        months = 12 * math.ceil(years / count)
        return {"dtick": f"M{months}", "tick0": start, "tickformat": "%Y"}
    if isinstance(step, str):
        return {"dtick": step, "tick0": start, "tickformat": "%b\n%Y"}
    return {"dtick": step, "tick0": period[0].isoformat(), "tickformat": "%-d %b\n%Y"}


def _tick_font(narrow: bool) -> int:
    return _SMALL_LETTERS if narrow else _LETTERS


def level_axis(codebook: Codebook, palette: Theme, narrow: bool) -> Json:
    """Return the axis of the scale, every point in figure and word."""
    levels = codebook.scale.levels
    return {
        "range": list(_span(levels)),
        "tickvals": list(levels),
        "ticktext": level_words(codebook),
        "ticklabelstandoff": _TO_WORDS,
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": palette.muted,
        "zerolinewidth": 0.7,
        "tickfont": {"color": palette.muted, "size": _tick_font(narrow)},
        "fixedrange": True,
    }


def faint(color: str, alpha: float) -> str:
    """Return `#rrggbb` made transparent, or each colour of which CSS takes one; `alpha`: 0 to 1."""

    def clear(of: re.Match[str]) -> str:
        red, green, blue = bytes.fromhex(of[1])
        return f"rgba({red},{green},{blue},{alpha})"

    return _HEX.sub(clear, color)


def _number(index: int) -> str:
    """Return plotly's number for the axes of a panel; those of the first have none."""
    return str(index + 1) if index else ""


def panel_title(name: str, rows: Columns, color: str) -> Json:
    """Return the name over a panel, with a word where nothing is drawn."""
    silent = ": no position in this period" if np.isnan(rows["stance"]).all() else ""
    return plot_text(f"<b>{escapes.chart(name)}</b>{silent}", 0, 1, {"color": color})


class PanelGrid:
    """The grid of small multiples: where its panels stand and what their axes are called. `high`,
    `height`: of all panels, without and with what is above and below, in px.
    """

    def __init__(self, panels: int, columns: int, bottom: int, height: int | None) -> None:
        self.panels = panels
        self.columns = max(1, min(columns, panels))
        self.rows = max(1, -(-panels // self.columns))
        around = _TOP + bottom
        self.high = self.rows * _PANEL_PX if height is None else height - around
        self.height = self.high + around
        self._gap_x = 0.03 if self.columns > 1 else 0.0
        self._gap_y = (_BETWEEN_PX if self.columns > 1 else _STACKED_PX) / self.high

    def axes(self, index: int) -> Json:
        """Return the axes of a trace of the panel."""
        number = _number(index)
        return {"xaxis": f"x{number}", "yaxis": f"y{number}"}

    def axis_layout(self, index: int, time: Json, codebook: Codebook, palette: Theme) -> Json:
        """Return the axes of a panel: words beside the first of a row, years under the lowest."""
        number = _number(index)
        words, ends = level_words(codebook), codebook.scale.levels
        level = level_axis(codebook, palette, True) | {
            "range": [ends[0] - 0.5, ends[-1] + 0.5],
            "tickvals": [ends[0], 0, ends[-1]],
            "ticktext": [words[0], words[-ends[0]], words[-1]],
            "anchor": f"x{number}",
        }
        bottom = {
            "anchor": f"y{number}",
            # From the tick on: one at the end of a panel would reach into the first of the next.
            "ticklabelposition": "outside right",
            "ticklabeloverflow": "hide past domain",
        }
        x, y = self._place(index)
        return {f"xaxis{number}": time | bottom | x, f"yaxis{number}": level | y}

    def _place(self, index: int) -> tuple[Json, Json]:
        """Return of both axes of a panel what depends on where in the grid it stands."""
        x, y = self.domain(index)
        last = index + self.columns >= self.panels
        time = {"domain": x, "ticks": "outside" if last else "", "showticklabels": last}
        return time, {"domain": y, "showticklabels": index % self.columns == 0}

    def places(self) -> Json:
        """Return of all axes what depends on the grid, by plotly's paths."""
        return {
            f"{axis}axis{_number(index)}.{name}": value
            for index in range(self.panels)
            for axis, place in zip("xy", self._place(index), strict=True)
            for name, value in place.items()
        }

    def titles(self, titles: Sequence[Json]) -> list[Json]:
        """Return the titles over the panels, each in its place."""
        corners = ((x[0], y[1]) for x, y in map(self.domain, range(self.panels)))
        return [title | {"x": x, "y": y} for title, (x, y) in zip(titles, corners, strict=True)]

    def bands(self, index: int, levels: range) -> list[Json]:
        """Return the faint classes behind a panel."""
        number = _number(index)
        return class_bands(levels, f"x{number} domain", f"y{number}")

    def domain(self, index: int) -> tuple[list[float], list[float]]:
        """Return where a panel begins and ends, in parts of the width and, from below, height."""
        row, column = divmod(index, self.columns)
        width, tall = 1 / self.columns, 1 / self.rows
        x = [column * width, (column + 1) * width - self._gap_x]
        y = [1 - (row + 1) * tall, 1 - row * tall - self._gap_y]
        return [round(v, 4) for v in x], [round(max(v, 0.0), 4) for v in y]
