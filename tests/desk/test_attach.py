"""Addresses and pasted texts: what is read of them, and that a hostile one ends in one line."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from stances.dataset.faults import BadInput
from stances.dataset.load import Dataset
from stances.desk import attach, reader
from stances.desk.attach import read_address, read_text, usual_cells

PARAGRAPH = "<p>The ministry has ordered that no road may be built by the company.</p>" * 5
ARTICLE = f"""<html lang="de-AT"><head><title>Worries</title>
<meta property="og:site_name" content="Borian  Herald"/>
<meta property="article:published_time" content="2020-04-11T08:00:00Z"/></head>
<body><article><h1>Worries</h1>{PARAGRAPH}</article></body></html>"""
HTML = "text/html; charset=utf-8"
# The reader as it is, but that it takes this machine for a public host and http for safe.
LOOPBACK = """
import sys
from stances.desk import reader
reader.is_global = lambda address: True
reader.SCHEMES = ("http:",)
reader.main(sys.argv[1])
"""
Answer = Callable[[BaseHTTPRequestHandler], None]


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, body = PAGES.get(self.path, (HTML, b""))
        if self.path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", HTML)
            self.end_headers()
            while True:
                self.wfile.write(b"a ")
                time.sleep(0.05)
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        with suppress(OSError):
            super().handle()


NAMES = "".join(f'<meta name="author" content="Name {n}">' for n in range(10_000))
LATIN = ARTICLE.replace("ministry", "Präsidentin").encode("latin-1")
PAGES = {
    "/article": (HTML, ARTICLE.encode()),
    "/latin": ("text/html; charset=iso-8859-1", LATIN),
    "/wrong-charset": (HTML, LATIN),
    "/no-charset": ("text/html; charset=klingon", LATIN),
    "/plain": ("text/plain", b"Published: 2020-04\nA worry\nThe minister worries."),
    "/script": (HTML, b"<html><script>" + b"alert(1);" * 1000 + b"</script></html>"),
    "/nothing": (HTML, b""),
    "/binary": (HTML, bytes(range(256)) * 1000),
    "/long-line": (HTML, b"<html><body><p>" + b"word " * 999_000 + b"</p></body></html>"),
    "/large": (HTML, b"<p>" + b"word " * 1_000_001),
    "/names": (HTML, ARTICLE.replace("<head>", f"<head>{NAMES}").encode()),
    "/nested": (HTML, b"<html><body>" + b"<div>" * 500_000 + b"text"),
    "/picture": ("image/png", b"\x89PNG"),
    "/packed": (HTML, b"\x1f\x8b" + bytes(1000)),
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attach, "READER", [sys.executable, "-c", LOOPBACK])
    monkeypatch.setattr(attach, "SECONDS", 60)


def _refusal(url: str) -> str:
    with pytest.raises(BadInput) as refused:
        read_address(url)
    line = str(refused.value)
    assert "\n" not in line
    assert len(line) < 200
    return line


@pytest.mark.usefixtures("loopback")
def test_an_article_is_read(site: str) -> None:
    cells = read_address(f"{site}/to//to//article")
    text = cells.pop("text")
    assert "no road may be built" in text
    assert "<p>" not in text
    assert cells == {
        "url": f"{site}/article",
        "publisher": "Borian Herald",
        "title": "Worries",
        "published": "2020-04-11",
        "language": "de",
    }


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize("page", ["latin", "wrong-charset", "no-charset"])
def test_letters_are_read_whatever_the_page_says_of_them(site: str, page: str) -> None:
    assert "Präsidentin" in read_address(f"{site}/{page}")["text"]


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize("page", ["plain", "long-line", "names"])
def test_a_plain_and_a_large_page_are_read(site: str, page: str) -> None:
    assert read_address(f"{site}/{page}")["text"]


@pytest.mark.usefixtures("loopback")
@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("script", "no text"),
        ("nothing", "no text"),
        ("binary", "no text"),
        ("packed", "no text"),
        ("nested", ""),
        ("large", "more than 5,000,000 bytes"),
        ("picture", "image/png"),
        ("gone", "Not Found"),
        ("/".join(["to/"] * 6) + "/article", "redirect"),
        ("to/ftp://daily.example/", "ftp"),
        ("to/file:///etc/passwd", "file"),
        ("to/http://", ""),
    ],
)
def test_what_is_no_page_ends_in_one_line(site: str, page: str, message: str) -> None:
    assert message in _refusal(f"{site}/{page}")


@pytest.mark.usefixtures("loopback")
def test_a_never_ending_answer_ends(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attach, "SECONDS", 4)
    begun = time.monotonic()
    assert "was not read in 4 seconds" in _refusal(f"{site}/endless")
    assert time.monotonic() - begun < 8


def test_a_host_that_is_not_public_is_refused_after_a_redirect_too(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no public host" in _refusal(f"{site}/article")
    assert "no public host" in _refusal("https://localhost/")
    only_loopback = LOOPBACK.replace("True", 'address == "127.0.0.1"')
    monkeypatch.setattr(attach, "READER", [sys.executable, "-c", only_loopback])
    assert "no public host" in _refusal(f"{site}/to/http://127.0.0.2/")
    assert "no public host" in _refusal(f"{site}/to/http://169.254.169.254/latest/meta-data")


def test_http_that_leads_to_no_https_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    unsafe = LOOPBACK.replace('("http:",)', "reader.SCHEMES")
    monkeypatch.setattr(attach, "READER", [sys.executable, "-c", unsafe])
    assert "no https address" in _refusal(f"{site}/article")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
     "224.0.0.1", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
     "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1"],
)  # fmt: skip
def test_addresses_of_a_house_or_a_machine_are_not_global(address: str) -> None:
    assert not reader.is_global(address)


def test_the_address_that_was_judged_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    names = iter([[(0, 0, 0, "", ("93.184.215.14", 443))], [(0, 0, 0, "", ("127.0.0.1", 443))]])
    opened = []
    monkeypatch.setattr(reader.socket, "getaddrinfo", lambda *_, **__: next(names))
    monkeypatch.setattr(reader.socket, "create_connection", lambda place, _: opened.append(place))
    reader.connected("rebinding.example", 443)
    assert opened == [("93.184.215.14", 443)]
    with pytest.raises(reader.Refused):
        reader.connected("rebinding.example", 443)


@pytest.mark.parametrize(
    "url", ["", "x", "ftp://a.example", "https://me@a.example", "-c", "https://a\x00b"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    assert "must be an http or https address" in _refusal(url)


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attach, "find_spec", lambda _: None)
    assert "pip install 'stances[desk]'" in _refusal("https://a.example/")


def test_a_pasted_text_names_its_cells() -> None:
    pasted = (
        "URL: https://a.example/1\npublished: 2020-04-11\nLanguage: de\n\nA worry\n\nHe worries."
    )
    assert read_text(pasted) == {
        "url": "https://a.example/1",
        "publisher": "",
        "title": "A worry",
        "published": "2020-04-11",
        "language": "de",
        "text": "A worry\n\nHe worries.",
    }


def test_a_cell_that_the_table_cannot_have_is_empty() -> None:
    cells = read_text("URL: a.example\nPublished: May\nLanguage: German\nTitle: A\u200b  B\n\nText")
    named = [cells[column] for column in ("url", "published", "language", "title")]
    assert named == ["", "", "", "A B"]


def test_what_most_pages_of_a_host_are_is_known_of_a_new_one(six: Dataset) -> None:
    usual = usual_cells(six.sources, "https://www.daily.example/another")
    assert usual == {"publisher": "Arcadian Daily", "tier": "paper"}
    assert usual_cells(six.sources, "https://unknown.example/") == {}
    assert usual_cells(six.sources, "") == {}


@pytest.mark.parametrize("text", ["", " \n", "Title: A"])
def test_a_paste_without_text_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="there is no text"):
        read_text(text)
