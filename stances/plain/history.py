"""The policy level of an actor over time before any script: the panels of the chart that comes."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import pandas as pd

from stances import escapes
from stances.answers.history import HISTORY, history_alt, history_subtitle
from stances.answers.own_history import OwnHistory
from stances.dataset.codebook import Codebook
from stances.figures import history as chart
from stances.figures.theme import BOTH, CLASS_COLORS
from stances.markup.blocks import section_html
from stances.markup.table import rows_of
from stances.pictures.canvas import Canvas
from stances.pictures.frame import Box
from stances.pictures.plot import Plot, ground, line, ribbon
from stances.plain.ticks import part_html, ticks_html

# As wide a panel is drawn as it is stretched from; its height is that of the chart.
_WIDE = 1000
_STYLE = (
    f"--left:{chart.MARGIN['l']}px;--right:{chart.MARGIN['r']}px;--top:{chart.TOP}px;"
    f"--bottom:{chart.BOTTOM}px;--gap:{chart.GAP_PX}px;--mark:{chart.MARK_PX + chart.RIM_PX}px;"
    f"--rim:{chart.RIM_PX}px"
)


def history_html(codebook: Codebook, own: OwnHistory) -> str:
    """Its heading, and a panel for each domain that has scored events."""
    lines = chart.bends(own.series)
    acts: dict[str, list[Any]] = defaultdict(list)
    for act in rows_of(own.acts):
        acts[act.key].append(act)
    panels = "".join(
        _panel(codebook, own.period, rows, acts[str(domain)], len(own.scored_domains))
        for domain, rows in lines.groupby("key", sort=False)
    )
    told = escapes.html(history_alt(codebook, own.name, own.ends()))
    axis = f'<div class="axis">{ticks_html(own.period)}</div>'
    return (
        f"{section_html(HISTORY, history_subtitle(codebook, own.period))}"
        f'<div class="history" role="img" aria-label="{told}" style="{_STYLE}">{panels}{axis}</div>'
    )


def _panel(
    codebook: Codebook, period: tuple[date, date], rows: pd.DataFrame, acts: list[Any], count: int
) -> str:
    """The levels of the acts in a domain, over them its stance, and the days of their force."""
    high, name = chart.panel_px(count), codebook.domain_label(str(rows["key"].iloc[0]))
    plot = Plot(Box(0, 0, _WIDE, high), period, codebook.scale.levels)
    canvas = Canvas(BOTH, name, _WIDE, high)
    canvas.root.set("preserveAspectRatio", "none")
    ground(canvas, plot, codebook, 0)
    ribbon(canvas, plot, rows, BOTH.ink)
    for act in acts:
        _bar(canvas, plot, act)
    line(canvas, plot, rows, BOTH.ink, chart.LINE_PX)
    levels = "".join(
        f'<b style="top:{plot.y(level):.1f}px">{told}</b>'
        for level, told in chart.levels_told(codebook, count)
    )
    marks = "".join(_mark(plot, act) for act in acts)
    return (
        f'<section style="height:{high}px"><h3>{escapes.html(name)}</h3>'
        f"{canvas.markup()}{levels}{marks}</section>"
    )


def _bar(canvas: Canvas, plot: Plot, act: Any) -> None:
    """What an act left in force; one of score 0 leaves nothing."""
    if act.score:
        until = plot.period[1] if pd.isna(act.until) else act.until.date()
        start, top = plot.x(act.date.date()), plot.y(act.score) - chart.BAR_PX / 2
        color = CLASS_COLORS[int(act.score)]
        canvas.rect(start, top, plot.x(until) - start, chart.BAR_PX, fill=color)


def _mark(plot: Plot, act: Any) -> str:
    place = f"left:{part_html(plot.period, act.date.date())};top:{plot.y(act.score):.1f}px"
    return f'<i style="{place};background:{CLASS_COLORS[int(act.score)]}"></i>'
