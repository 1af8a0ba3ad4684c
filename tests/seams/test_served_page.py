"""Streamlit's page is completed, and comes whatever it looks like."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re

import pytest

from stances.seams import served_page
from stances.seams.served_page import PageParts, complete_page
from tests.seams.conftest import STATIC

HEAD, END = "<title>Ours</title>", "<i>end</i>"
OWN, STARTER = '<script defer src="./own.js"></script>', "start()"
ADDED = PageParts(HEAD, END)
WHOLE = PageParts(HEAD, END, OWN, "<p>words</p>", STARTER)


def test_the_page_that_is_installed_has_one_place_for_each(shell: str) -> None:
    for place in ("<title>", "</title>", "</head>", "</body>"):
        assert shell.count(place) == 1, place
    page, policy = complete_page(shell.encode(), ADDED, "'self'")
    assert f"{HEAD}</head>" in page.decode()
    assert f"{END}</body>" in page.decode()
    assert page.decode().count("<title>") == 1
    assert policy.count("sha256-") == len(re.findall(r"<script>", shell)) > 0


def test_what_it_says_comes_before_what_is_drawn_and_without_scripts_too(shell: str) -> None:
    assert shell.count('<div id="root">') == shell.count("<noscript>") == 1
    page, policy = complete_page(shell.encode(), WHOLE, "'self'")
    assert '<p>words</p><div id="root">' in page.decode()
    assert "<noscript>" not in page.decode()
    assert policy == complete_page(shell.encode(), WHOLE._replace(words=""), "'self'")[1]


def test_its_other_scripts_are_its_own_files(shell: str) -> None:
    sources = re.findall(r"<script[^>]*\ssrc=\"([^\"]*)\"", shell)
    assert sources
    assert all(source.startswith("./") for source in sources)


def test_its_scripts_read_the_folder_of_all_pages(shell: str) -> None:
    page, _ = complete_page(shell.encode(), WHOLE, "'self'")
    setting = re.search(r"window\.__streamlit=\{(\w+):", page.decode())
    assert setting
    scripts = [path.read_text("utf-8") for path in (STATIC / "static" / "js").glob("*.js")]
    assert any("window.__streamlit" in text and f"get {setting[1]}()" in text for text in scripts)


@pytest.mark.parametrize("lost", ["<title>", "</head>", "</body>"])
def test_what_finds_no_place_is_left_out(shell: str, lost: str) -> None:
    page, policy = complete_page(shell.replace(lost, "").encode(), ADDED, "'self'")
    assert '<div id="root"></div>' in page.decode()
    assert "<title>" in page.decode()
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00 no text", b"<p>no page at all</p>"])
def test_what_is_no_page_is_passed_on(body: bytes) -> None:
    page, policy = complete_page(body, ADDED, "'none'")
    assert page == body
    assert "frame-ancestors 'none'" in policy


def test_a_zipped_page_is_opened() -> None:
    zipped = gzip.compress(b"<head></head><body></body>")
    assert complete_page(zipped, ADDED, "'self'")[0] == (
        f"<head>{HEAD}</head><body>{END}</body>".encode()
    )


def test_what_it_loads_waits_where_the_page_says_all_by_itself(shell: str) -> None:
    page = complete_page(shell.encode(), WHOLE, "'self'")[0].decode()
    before, result, after = re.split(
        "<template id=.framework.>(.*?)</template>", page, flags=re.DOTALL
    )
    assert "static/js/" not in before + after
    assert "static/css/" not in before + after
    assert result.count("<script") == shell.count(" src=") + 1
    assert result.count("<link") == len(re.findall(r'rel="(?:modulepreload|preload|sty)', shell))
    assert OWN in result
    starter = served_page._starter(WHOLE)
    assert starter.endswith(STARTER)
    assert after.startswith(f"<script>{starter}</script>{HEAD}")


def test_the_code_of_charts_is_asked_for_with_all_else_where_a_page_has_some(shell: str) -> None:
    code = re.compile(r'type="module" crossorigin src="\./(static/js/PlotlyChart[^"]*)"')
    assert not code.search(complete_page(shell.encode(), WHOLE, "'self'")[0].decode())
    drawn = WHOLE._replace(words='<div class="chart trend"></div>')
    (path,) = code.findall(complete_page(shell.encode(), drawn, "'self'")[0].decode())
    assert (STATIC / path).is_file()


def test_without_words_it_loads_all_by_itself(shell: str) -> None:
    page = complete_page(shell.encode(), WHOLE._replace(words=""), "'self'")[0].decode()
    assert "<template" not in page
    assert page.count("<script") == shell.count("<script") + 1
    # The one to the description of its own interface is left out.
    assert page.count("<link") == shell.count("<link") - 1
    assert 'rel="service-desc"' in shell
    assert 'rel="service-desc"' not in page
    assert f"{END}{OWN}</body>" in page


def test_the_policy_knows_the_script_that_starts_it(shell: str) -> None:
    hashed = base64.b64encode(
        hashlib.sha256(served_page._starter(WHOLE).encode()).digest()
    ).decode()
    assert f"'sha256-{hashed}'" in complete_page(shell.encode(), WHOLE, "'self'")[1]
    assert "'unsafe-inline'" not in complete_page(shell.encode(), WHOLE, "'self'")[1].split(";")[1]
