"""The controls of a page that is read: forms and links that ask for another view by themselves."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

import stances
from stances.links.register import PAGE_PARAMETERS, PAGES
from stances.links.view import view_at
from stances.render.controls import form_html, lines_html
from tests.render.test_page import DAY, markup_of

OPTION = re.compile(r'<option value="([^"]*)"( selected)?>')


def form(six: stances.Dataset, page: str, **query: str) -> str:
    """The form of a page at an address."""
    return form_html(view_at(six, page, query))


def options(html: str, name: str) -> list[tuple[str, bool]]:
    """Return the choices of a setting, each with whether it is chosen."""
    [inside] = re.findall(rf'<select name="{name}">(.*?)</select>', html)
    return [(text, bool(chosen)) for text, chosen in OPTION.findall(inside)]


def form_values(html: str) -> dict[str, str]:
    """Return the query that the form sends as it stands."""
    typed = re.findall(r'<input type="\w+" name="(\w+)" value="([^"]*)"', html)
    names = re.findall(r'<select name="(\w+)">', html)
    chosen = {
        name: next(text for text, is_chosen in options(html, name) if is_chosen) for name in names
    }
    return dict(typed) | chosen


@pytest.mark.parametrize("page", PAGES)
def test_as_it_stands_it_asks_for_the_view_that_is_shown(six: stances.Dataset, page: str) -> None:
    query = {"as_of": DAY, "domain": "schools", "settings": "roads:3", "basis": "acts"}
    view = view_at(six, page, query)
    again = view_at(six, page, form_values(form_html(view)))
    # Without a link the page of an actor shows the first one, which is then named.
    shown = {"actor": view.actor} if page == "actor" else {}
    assert again.texts_of_page == view.texts_of_page | shown
    assert again.refused == ()


@pytest.mark.parametrize("page", PAGES)
def test_it_asks_for_settings_of_its_page_alone(six: stances.Dataset, page: str) -> None:
    values = form_values(form(six, page))
    assert {"as_of", "domain"} <= values.keys() <= set(PAGE_PARAMETERS[page])


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("", "actor"), ("trends", "actors"), ("members", "group"), ("actor", "actor"),
        ("acts", "who"), ("acts", "status"), ("acts", "scope"), ("compare", "among"),
        ("events", "who"), ("events", "instruments"), ("events", "scores"),
    ],
)  # fmt: skip
def test_what_is_chosen_can_be_shown(six: stances.Dataset, page: str, name: str) -> None:
    for text, _ in options(form(six, page), name):
        view = view_at(six, page, {name: text})
        assert view.refused == ()
        assert options(form_html(view), name).count((text, True)) == 1


def test_what_was_open_is_left(six: stances.Dataset) -> None:
    event = six.events["event_id"].iloc[0]
    assert "event" not in form_values(form(six, "events", event=event))


def test_the_first_day_that_is_told_of_is_typed(six: stances.Dataset) -> None:
    assert "start" not in {name for name, text in form_values(form(six, "compare")).items() if text}
    values = form_values(form(six, "compare", then="2020-05-10", as_of="2020-06-01"))
    assert (values["start"], "then" in values) == ("2020-05-11", False)
    typed = view_at(six, "compare", values | {"start": "2020-04-10"})
    assert (typed.values["then"], typed.values["start"]) == (date(2020, 4, 9), None)
    # It is one day with what links have, and never before the first day of all.
    assert typed.texts_of_page["then"] == "2020-04-09"
    first = six.codebook.first_date
    assert view_at(six, "compare", {"start": str(first)}).values["then"] == first
    assert view_at(six, "compare", {"start": "soon"}).refused[0].startswith("start in the address")


def test_several_that_are_chosen_stay(six: stances.Dataset) -> None:
    assert form_values(form(six, "events", who="ARC,BOR"))["who"] == "ARC,BOR"


def test_a_field_in_which_nothing_is_chosen_is_none(six: stances.Dataset) -> None:
    empty = view_at(six, "events", dict.fromkeys(PAGE_PARAMETERS["events"], ""))
    assert empty.refused == ()
    assert empty.values == view_at(six, "events", {}).values


def test_lines_of_trends_are_left_out_by_links(six: stances.Dataset) -> None:
    view = view_at(six, "trends", {"actors": "ARC,BOR"})
    links = re.findall(r'href="([^"]*)"', lines_html(view))
    lines = [
        dict(parse_qsl(urlsplit(link.replace("&amp;", "&")).query))["actors"] for link in links
    ]
    assert lines == ["BOR", "ARC"]
    assert lines_html(view_at(six, "trends", {"actors": "ARC"})) == ""


@pytest.mark.parametrize("page", PAGES)
def test_a_frame_has_none(six: stances.Dataset, page: str) -> None:
    assert "<form" not in markup_of(six, page, embed="true")
