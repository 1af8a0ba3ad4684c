"""The theme of a run is the one that Streamlit puts together, put together once."""

from __future__ import annotations

import asyncio

import streamlit as st
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from stances.seams.theme import theme_made_once

SECTIONS = ("", ".light", ".dark", ".sidebar", ".light.sidebar", ".dark.sidebar")


def whole_theme() -> CustomThemeConfig:
    """The theme of a run, section by section, as `app_session` asks for it."""
    theme = CustomThemeConfig()
    for section in SECTIONS:
        part = theme
        for name in section.split(".")[1:]:
            part = getattr(part, name)
        app_session._populate_theme_msg(part, f"theme{section}")
    return theme


async def theme_while_served() -> CustomThemeConfig:
    async with theme_made_once():
        whole_theme()
        return whole_theme()


def test_it_is_the_same_to_the_byte() -> None:
    theme = whole_theme()
    assert theme.light.primary_color == st.get_option("theme.light.primaryColor") != ""
    assert asyncio.run(theme_while_served()).SerializeToString() == theme.SerializeToString()


def test_a_section_that_says_nothing_stays_absent() -> None:
    assert not asyncio.run(theme_while_served()).HasField("sidebar")


def test_a_theme_changed_afterwards_is_put_together_anew() -> None:
    filled = app_session._populate_theme_msg
    asyncio.run(theme_while_served())
    assert app_session._populate_theme_msg is filled
