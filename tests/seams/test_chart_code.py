"""The code of the charts is where the browser is told to fetch it."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from stances.seams.chart_code import chart_code
from tests.seams.conftest import STATIC


def test_it_is_one_file_that_has_plotly_in_it_and_what_that_waits_for(shell: str) -> None:
    path, *imported = chart_code()
    assert path.startswith("static/")
    code = (STATIC / path).read_text(encoding="utf-8")
    assert "updatemenu" in code
    # With what the page asks for itself that is all.
    assert 0 < len(imported) < 10
    for other in imported:
        assert f'from"./{other.rpartition("/")[2]}"' in code
        assert (STATIC / other).is_file()
        assert other not in shell


def test_where_there_is_none_nothing_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(st, "__file__", str(tmp_path / "__init__.py"))
    assert chart_code() == []
