"""A chart of a page with its legend above it, and below it the links to its picture."""

from stances.charts.chart import Chart
from stances.links.view import View
from stances.markup.legend import keys_html
from stances.pages.block import Blocks, ChartBlock, FilesBlock, TextBlock
from stances.pictures.address import links_html


def chart_blocks(
    view: View,
    mode: str,
    chart: Chart,
    live: str,
    picture: str,
    *,
    framed: bool = True,
    opens: str = "",
    zooms: bool = False,
    group: str = "",
    column: int = 0,
) -> Blocks:
    """Yield the blocks of a chart. `live`: its name in the dashboard; `picture`: that of its
    picture, to which a frame has no links; the others are those of ChartBlock.
    """
    if chart.legend:
        yield TextBlock(keys_html(chart.legend), group=group, column=column)
    yield ChartBlock(
        chart, live=live, framed=framed, opens=opens, zooms=zooms, group=group, column=column
    )
    if not view.embedded:
        links = links_html(picture, view.texts_of_page, mode)
        yield FilesBlock(f"<p>{links}</p>", group=group, column=column)
