"""A picture as PNG, set by typst."""

from functools import lru_cache

import typst

from stances.pictures.canvas import A_HAIR, WIDTH
from stances.pictures.letters import FOLDER

# Frozen source: what is drawn comes in as data, and typst reads nothing of it but the SVG.
_SOURCE = (
    f"#set page(width: {WIDTH}pt, height: auto, margin: 0pt)\n"
    '#image(bytes(sys.inputs.picture), format: "svg", width: 100%)'
).encode()
_POINTS_PER_INCH = 72


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Return the typeface of the pictures; for letters that it lacks those of the machine."""
    return typst.Fonts(include_system_fonts=True, font_paths=[str(FOLDER)])


def png(svg: bytes, wide: int) -> bytes:
    """Return the bytes of a picture so many px wide. `svg`: of a `Canvas`."""
    return typst.compile(
        _SOURCE,
        font_paths=fonts(),
        sys_inputs={"picture": svg.decode()},
        format="png",
        ppi=_POINTS_PER_INCH * (wide - A_HAIR) / WIDTH,
    )
