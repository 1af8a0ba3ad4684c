"""Who may frame the dashboard: what the operator sets, read at the start and by the pages."""

from __future__ import annotations

import pytest

from stances.answers.framing import (
    FRAME_VARIABLE,
    embed_ancestors,
    frame_ancestors,
    others_may_frame,
)
from stances.links.register import PAGES, REGISTER, WIDTHS, frame_height


def test_where_nothing_is_set_any_site_may_frame_a_view_and_only_the_dashboard_all_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for setting in (None, "", " "):
        monkeypatch.delenv(FRAME_VARIABLE, raising=False)
        if setting is not None:
            monkeypatch.setenv(FRAME_VARIABLE, setting)
        assert frame_ancestors() == "'self'"
        assert embed_ancestors() == "*"
        assert others_may_frame()


@pytest.mark.parametrize(
    ("setting", "others"),
    [
        ("'self' https://example.org", True),
        ("http://*.example.org:8080", True),
        ("HTTPS://EXAMPLE.ORG", True),
        ("https://* http://localhost:*", True),
        ("'none'", False),
    ],
)
def test_who_may_frame_is_told_as_it_is_set(
    setting: str, others: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FRAME_VARIABLE, setting)
    assert frame_ancestors() == embed_ancestors() == setting
    assert others_may_frame() == others


@pytest.mark.parametrize(
    "setting",
    [
        "'none' 'self'", "example.org", "https://a;script-src *", "*", "'unsafe-inline'", "self",
        "'NONE' https://a.org", "https://exa*mple.org", "http://::::", "https://a:b:c",
        "https://...", "https://a.*",
    ],
)  # fmt: skip
def test_who_may_frame_is_a_list_of_origins(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv(FRAME_VARIABLE, setting)
    with pytest.raises(SystemExit, match=FRAME_VARIABLE):
        frame_ancestors()
    # A page in the middle of a run must not end the server.
    assert others_may_frame() == ("://" in setting)


def test_a_shell_that_took_the_quotes_away_is_told_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FRAME_VARIABLE, "self")
    with pytest.raises(SystemExit, match=": self is not 'self' or 'none', quotes included"):
        frame_ancestors()


def test_every_page_has_a_height_at_each_width() -> None:
    assert {len(entry.heights) for entry in REGISTER.values()} == {len(WIDTHS)}


def test_a_frame_is_as_much_higher_as_its_charts_are() -> None:
    for page in PAGES:
        for wide in WIDTHS:
            assert frame_height(page, wide, 300) - frame_height(page, wide) == 300
