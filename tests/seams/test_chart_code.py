"""The code of the charts is where the browser is told to fetch it."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from stances.seams.chart_code import chart_code
from tests.seams.conftest import STATIC


def test_it_is_one_file_that_has_plotly_in_it() -> None:
    [path] = chart_code()
    assert path.startswith("static/")
    assert "updatemenu" in (STATIC / path).read_text(encoding="utf-8")


def test_where_there_is_none_nothing_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(st, "__file__", str(tmp_path / "__init__.py"))
    assert chart_code() == []
