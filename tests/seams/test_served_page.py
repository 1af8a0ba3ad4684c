"""Streamlit's page is completed, and comes whatever it looks like."""

from __future__ import annotations

import gzip
import re

import pytest

from stances.seams.served_page import completed

HEAD, END = "<title>Ours</title>", "<i>end</i>"


def test_the_page_that_is_installed_has_one_place_for_each(shell: str) -> None:
    for place in ("<title>", "</title>", "</head>", "</body>"):
        assert shell.count(place) == 1, place
    page, policy = completed(shell.encode(), HEAD, END, "'self'")
    assert f"{HEAD}</head>" in page.decode()
    assert f"{END}</body>" in page.decode()
    assert page.decode().count("<title>") == 1
    assert policy.count("sha256-") == len(re.findall(r"<script>", shell)) > 0


def test_what_it_says_comes_before_what_is_drawn_and_without_scripts_too(shell: str) -> None:
    assert shell.count('<div id="root">') == shell.count("<noscript>") == 1
    page, policy = completed(shell.encode(), HEAD, END, "'self'", "<p>words</p>")
    assert '<p>words</p><div id="root">' in page.decode()
    assert "<noscript>" not in page.decode()
    assert policy == completed(shell.encode(), HEAD, END, "'self'")[1]


def test_its_other_scripts_are_its_own_files(shell: str) -> None:
    sources = re.findall(r"<script[^>]*\ssrc=\"([^\"]*)\"", shell)
    assert sources
    assert all(source.startswith("./") for source in sources)


@pytest.mark.parametrize("lost", ["<title>", "</head>", "</body>"])
def test_what_finds_no_place_is_left_out(shell: str, lost: str) -> None:
    page, policy = completed(shell.replace(lost, "").encode(), HEAD, END, "'self'")
    assert '<div id="root"></div>' in page.decode()
    assert "<title>" in page.decode()
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00 no text", b"<p>no page at all</p>"])
def test_what_is_no_page_is_passed_on(body: bytes) -> None:
    page, policy = completed(body, HEAD, END, "'none'")
    assert page == body
    assert "frame-ancestors 'none'" in policy


def test_a_zipped_page_is_opened() -> None:
    zipped = gzip.compress(b"<head></head><body></body>")
    assert completed(zipped, HEAD, END, "'self'")[0] == (
        f"<head>{HEAD}</head><body>{END}</body>".encode()
    )
