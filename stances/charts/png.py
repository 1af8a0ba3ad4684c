"""A picture of 1,200 px as SVG or PNG; typst sets it in Source Sans."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import plotly.graph_objects as go
import typst

from stances.charts import live, theme
from stances.charts.plot import Chart

# Frozen source: what is drawn comes in as data, and typst reads nothing of it but the SVG.
_SOURCE = (
    b"#set page(width: 1200pt, height: auto, margin: 0pt)\n"
    b'#image(bytes(sys.inputs.picture), format: "svg", width: 100%)'
)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return the typeface of pictures; for letters that it lacks those of the machine."""
    return typst.Fonts(include_system_fonts=True, font_paths=[str(theme.FONTS)])


def png(svg: str) -> bytes:
    """Return the bytes of a sheet, 1,200 px wide."""
    return typst.compile(
        _SOURCE,
        font_paths=_fonts(),
        sys_inputs={"picture": svg},
        format="png",
        # One px a pt.
        ppi=72,
    )


@dataclass(frozen=True)
class Picture:
    """A picture of 1,200 px. `sheet`: draws it in a mode as SVG; `chart`: what it is drawn from,
    where that is marks and axes, None of a map.
    """

    sheet: Callable[[str], str]
    chart: Chart | None = None

    def svg(self, mode: str = "light") -> str:
        """Return it as SVG, in light or dark; an empty mode is light, as a view has it."""
        return self.sheet(mode or "light")

    def png(self, mode: str = "light") -> bytes:
        """Return it as PNG."""
        return png(self.svg(mode))

    def figure(self, mode: str = "light") -> go.Figure:
        """Return its plotly figure, of charts over time alone. Raises ValueError for others."""
        if self.chart is None:
            raise ValueError("a map is not drawn by plotly; take .svg()")
        return live.plotly_figure(self.chart, mode)

    def _repr_svg_(self) -> str:
        return self.svg()
