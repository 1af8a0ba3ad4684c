"""A picture as PNG, set by typst in Source Sans."""

from functools import lru_cache

import typst

from stances.charts import theme

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
        _SOURCE, font_paths=_fonts(), sys_inputs={"picture": svg}, format="png", ppi=72
    )
