"""A chart with its words, as pages and pictures show it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import plotly.graph_objects as go

from stances import escapes
from stances.answers.tracker import Tracker
from stances.figures.map import Json
from stances.figures.theme import theme
from stances.links.view import View


class Key(NamedTuple):
    """An item of a legend. `mark`: the classes of its mark in the style of pages, empty for none;
    `color`: of the mark, empty where its classes say it.
    """

    text: str
    mark: str = ""
    color: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart. `title`: what it finds; `subtitle`: what it shows; `alt`: for those who cannot see
    it; `figure`: as plotly takes it, None where there is nothing to draw, which the title then
    says; `instead`: what is said large in its place, and lines below that; `within`: makes the
    figure for so many px of height, of a chart that can be made lower than it would be; `parts`:
    makes the figures that stand beside one another in its place, for so many px of width and
    height, of one with many rows; `sheet`: makes the figure that a sheet has, at most so many px
    high, and its legend, of one that is set out otherwise there; `note`: what stands below it on a
    sheet, of what is not drawn; `svg`: a picture in place of a figure, empty where there is none.
    """

    title: str
    subtitle: str = ""
    alt: str = ""
    figure: Json | None = None
    legend: tuple[Key, ...] = ()
    instead: tuple[str, ...] = ("Nothing to draw",)
    within: Callable[[int], Json] | None = None
    parts: Callable[[float, float], list[Json]] | None = None
    sheet: Callable[[float], tuple[Json, tuple[Key, ...]]] | None = None
    note: str = ""
    svg: str = ""

    @property
    def own_figure(self) -> Json:
        """The figure of a chart that has one."""
        assert self.figure is not None
        return self.figure

    @property
    def high(self) -> int:
        """Return the height of the figure as drawn, in px."""
        height: int = self.own_figure["layout"]["height"]
        return height

    @cached_property
    def of_plotly(self) -> go.Figure:
        """The figure checked by plotly, which takes as long as all else."""
        return go.Figure(self.own_figure)


def hover_label(*lines: str) -> str:
    """Return what a pointer is told at a mark, escaped: lines of text, the first of them strong."""
    head, *rest = map(escapes.html, lines)
    return "<br>".join([f"<b>{head}</b>", *rest])


# Rows so much nearer to one another still have room for their letters.
_NEAREST = 0.55


def with_nearer_rows(figure: Json, high: int) -> Json:
    """Return a figure for a height whose rows lie nearer, no lower than letters allow."""
    layout = figure["layout"]
    return {**figure, "layout": layout | {"height": max(high, int(layout["height"] * _NEAREST))}}


# A chart of the view of a page.
ChartOf = Callable[[View], Chart]


def class_keys(tracker: Tracker, mode: str) -> tuple[Key, ...]:
    """Return the classes of the scale in their colours, as items of a legend."""
    scale, palette = tracker.codebook.scale, theme(mode)
    return tuple(
        Key(scale.labels[level], "swatch", palette.level_color(level)) for level in scale.levels
    )
