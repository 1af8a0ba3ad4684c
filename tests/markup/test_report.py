"""An error is reported by a form, a mail, or a text to copy: filled in, and not kept here."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from stances.links.site import CONTACT_VARIABLE, named_contact
from stances.links.view import View, view_at
from stances.links.watch import mail_help_html
from stances.markup.report import report_html
from stances.pages import actor, acts
from stances.pages.block import Blocks, TextBlock
from tests.folders import Folder
from tests.ui.pages import plain

EVENT = "ARC-20200101-roads-order"
SITE = "https://stances.example/acme/"
TITLE = '<b>Arcadia\'s & "Acme"</b>'


def report(folder: Folder, contact: str) -> str:
    if contact:
        folder.replace("about.toml", "title =", f'contact = "{contact}"\ntitle =')
    return report_html(view_at(folder.load(), "events", {}, SITE), EVENT, TITLE, f"e/{EVENT}")


def address(html: str) -> str:
    [href] = re.findall(r'href="([^"]*)"', html)
    return unescape(href)


def test_a_form_is_filled_in_beside_what_its_address_says(folder: Folder) -> None:
    html = report(folder, "https://git.example/new?template=error.yml#top")
    parts = urlsplit(address(html))
    assert (parts.hostname, parts.path, parts.fragment) == ("git.example", "/new", "top")
    assert parse_qs(parts.query) == {
        "template": ["error.yml"],
        "title": [f"Stances on Acme: {EVENT}"],
        "id": [EVENT],
        "version": [folder.load().version],
        "link": [f"{SITE}e/{EVENT}"],
    }
    assert "Report an error or a missing source" in html


def test_it_leads_to_what_was_read(folder: Folder) -> None:
    """A sentence that is wrong on one day may be right on another, or not be there at all."""
    data = folder.load()

    def link(page: str, blocks: Callable[[View, str], Blocks], query: dict[str, str]) -> str:
        view = view_at(data, page, {"as_of": "2020-06-01", **query}, SITE)
        text = "".join(block.html for block in blocks(view) if isinstance(block, TextBlock))
        [link] = re.findall(r"<br>Link: (.*?)<br>", text)
        return unescape(link)

    act = {"act": "ARC-roads-order"}
    assert link("acts", acts.blocks, act) == f"{SITE}a/ARC-roads-order?as_of=2020-06-01"
    view = {"actor": "ARC", "domain": "roads"}
    parts = urlsplit(link("actor", actor.blocks, view))
    assert parse_qs(parts.query) == {"as_of": ["2020-06-01"], "domain": ["roads"], "actor": ["ARC"]}


def test_what_a_form_is_filled_with_already_stays(folder: Folder) -> None:
    html = report(folder, "https://git.example/new?title=Fault&id=")
    query = parse_qs(urlsplit(address(html)).query, keep_blank_values=True)
    assert (query["title"], query["id"], len(query["link"])) == (["Fault"], [""], 1)


def test_a_mail_has_its_subject_and_its_text(folder: Folder) -> None:
    parts = urlsplit(address(report(folder, "mailto:data@acme.example")))
    assert (parts.scheme, parts.path) == ("mailto", "data@acme.example")
    query = parse_qs(parts.query)
    assert query["subject"] == [f"Stances on Acme: {EVENT}"]
    [body] = query["body"]
    assert body.split("\r\n")[:2] == [TITLE, f"Id: {EVENT}"]
    assert f"Link: {SITE}e/{EVENT}\r\n" in body
    # A mail reads a plus as it is.
    assert "+" not in parts.query


def test_without_a_contact_there_is_a_text_to_copy_or_to_send_by_mail(folder: Folder) -> None:
    html = report(folder, "")
    # To nobody: the reader names whom.
    assert address(html).startswith("mailto:?subject=Stances%20on%20Acme")
    [text] = re.findall(r'<p class="to-copy">(.*?)</p>', html)
    lines = text.split("<br>")
    assert not any("<" in line for line in lines)
    assert [unescape(line) for line in lines][1:3] == [TITLE, f"Id: {EVENT}"]
    assert 'data-copy=""' in html
    assert mail_help_html(folder.load()).endswith("ask whoever gave you this link.")


def test_who_serves_names_a_contact_before_that_of_the_dataset(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CONTACT_VARIABLE, "mailto:desk@acme.example")
    html = report(folder, "https://git.example/new")
    assert address(html).startswith("mailto:desk@acme.example?subject=")
    assert plain(html).endswith("by mail to desk@acme.example")
    help_html = mail_help_html(folder.load())
    assert 'ask at <a href="mailto:desk@acme.example">desk@acme.example</a>.' in help_html
    monkeypatch.setenv(CONTACT_VARIABLE, "desk@acme.example")
    with pytest.raises(SystemExit, match=r"^STANCES_CONTACT: .* must be an https address, or"):
        named_contact()


@pytest.mark.parametrize(
    "contact",
    [
        "http://git.example/new", "javascript:alert(1)", "https://me@git.example/",
        "mailto:data@acme.example?cc=other@acme.example", "mailto:data", "data@acme.example",
        "https://git.example/a b", "https://:443/new", "https://git\u2100.example/",
    ],
)  # fmt: skip
def test_a_contact_is_an_https_address_or_a_mail(folder: Folder, contact: str) -> None:
    folder.replace("about.toml", "title =", f'contact = "{contact}"\ntitle =')
    [fault] = folder.faults()
    assert str(fault).endswith("must be an https address, or mailto: and an address of mail")
