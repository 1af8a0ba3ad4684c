"""Probe: the files that Streamlit's page asks for are found, and of kinds that are sent."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from stances.routes.code import TYPES
from stances.seams.code_files import code_files

_ASKED = re.compile(r'(?:href|src)="\./(static/[^"]+)"')


def test_what_a_page_asks_for_is_found() -> None:
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    asked = set(_ASKED.findall(page))
    assert asked
    assert asked <= set(code_files())


def test_all_are_files_of_known_kinds() -> None:
    found = code_files()
    assert all(path.is_file() for path in found.values())
    assert {path.suffix for path in found.values()} <= set(TYPES)
