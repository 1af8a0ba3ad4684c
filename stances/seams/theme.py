"""The theme is put together once: Streamlit does it anew for each run, from two hundred options.

Leans on: `streamlit.runtime.app_session` filling each of the six sections of a run's theme by its
  own `_populate_theme_msg(message, section)`.
Fails: nothing changes but time: a run takes a tenth longer.
Then: look in `_create_new_session_message` for how the theme comes into the message.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_Fill = Callable[..., None]


@asynccontextmanager
async def theme_made_once() -> AsyncIterator[None]:
    """Put the theme together once while the server runs, as a part of its lifespan. A theme that
    is changed meanwhile comes with the next start.
    """
    fill: _Fill = app_session._populate_theme_msg
    app_session._populate_theme_msg = _filled_once(fill)
    try:
        yield
    finally:
        app_session._populate_theme_msg = fill


def _filled_once(fill: _Fill) -> _Fill:
    @cache
    def made(section: str) -> CustomThemeConfig:
        theme = CustomThemeConfig()
        fill(theme, section)
        return theme

    def copied(message: Any, section: str = "theme") -> None:
        theme = made(section)
        # A section that says nothing must stay one that is not there.
        if theme.ListFields():
            message.MergeFrom(theme)

    return copied
