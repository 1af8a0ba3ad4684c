"""The codebook and `about.toml`: read whole, each wrong key or value told in one line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stances.dataset.about import read_about
from stances.dataset.codebook import Codebook, read_codebook
from stances.dataset.faults import DataFaults
from stances.dataset.load import load
from tests.conftest import REAL, SIX, TODAY

BOOK = (SIX / "codebook.toml").read_text(encoding="utf-8")
ABOUT = (SIX / "about.toml").read_text(encoding="utf-8")


def told_of(read: Callable[[bytes], object], text: str) -> list[str]:
    with pytest.raises(DataFaults) as refused:
        read(text.encode())
    return [str(fault) for fault in refused.value.faults]


def book_of(content: bytes) -> Codebook:
    return read_codebook(content, "codebook.toml")


def test_a_codebook_has_what_the_code_asks_for() -> None:
    book = book_of(BOOK.encode())
    assert book.columns == ["overall", "roads", "schools"]
    assert book.position_kinds == ("state", "league")
    assert book.domain_label("overall") == "Overall" and book.domain_label("roads") == "Roads"
    assert book.instruments["repeal"].easing and book.instruments["permit"].lapses_after_days == 400
    assert book.model.spent_half_life_days == 300 and book.blind == ("A", "B")
    assert book.acts.leading == "removal" and book.scale.levels == range(-2, 3)
    assert book.codes("acts.scope")["bridges"] == "Bridges"
    assert book.with_model(binding_weight=9.0).model.binding_weight == 9
    assert [(border.scores, border.domains) for border in book.borders] == [
        ((-2, -1), ("roads",)),
        ((), ()),
    ]
    # What it says nothing of.
    assert "other" in book.acts.part and "state" in book.bases and not book.weak_tiers


def test_a_codebook_without_borders_is_read() -> None:
    assert book_of(BOOK.partition("[[borders]]")[0].encode()).borders == ()


def test_the_real_one_is_read() -> None:
    book = book_of((REAL / "codebook.toml").read_bytes())
    assert {score for border in book.borders for score in border.scores} <= {*book.scale.levels}
    about = read_about((REAL / "about.toml").read_bytes(), "about.toml", book)
    assert about.lead and about.lead.domain in book.domains
    assert about.since and about.since >= book.first_date


def test_settings_that_older_releases_have_are_passed_over() -> None:
    book = book_of((REAL / "codebook.toml").read_bytes())
    old = b'[dashboard]\nperiods = [{ label = "x" }]\n[texts]\nwhat = "x"\ncodings = "y"\n'
    about = (REAL / "about.toml").read_bytes().partition(b"[dashboard]")[0] + old
    with pytest.raises(DataFaults, match="featured: is missing"):
        read_about(about, "about.toml", book)
    assert not read_about(about.replace(b"periods", b"featured = []\nperiods"), "x", book).since


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "Positions on Acme"', "", "title: is missing; it must be a text"),
        ('title = "Positions on Acme"', 'titel = "x"', "titel: is not a known key; did you mean"),
        ("first_date = 2019-01-01", "first_date = 2019-01-01T10:00:00", "must be a day such as"),
        ("first_date = 2019-01-01", 'first_date = "2019"', 'first_date: 2019 must be a day'),
        ("min = -2", "min = -1", 'scale.min: -1 must be -2, as the scale runs from -n to n'),
        ("max = 2", "max = true", 'scale.max: True must be a whole number'),
        ("open = 1", "open = 3", 'scale.restricting: -2 and open 3 must be on the scale'),
        ('"0" = "Even"', '"0" = "Limit"', 'scale.labels.0: Limit is the label of -1 too'),
        (', "2" = "Promote"', "", "scale.labels.2: there must be one text for each"),
        ("binding_weight = 3.0", "binding_weight = 0", 'binding_weight: 0 must be from 0.001'),
        ("weight = 1.5", "weigth = 1.5", "model.spent_act.weigth: is not a known key; did"),
        ("full_evidence = 1.5", "full_evidence = 0.1", "must be a number above 0.375"),
        ("[domains.roads]", "[domains.overall]", "domains.overall: no domain may have this name"),
        ("[domains.roads]", '[domains."Two Roads"]', "the name must be lower-case letters"),
        ('label = "Schools"', 'label = "roads"', 'domains.schools: roads is the label of roads'),
        ("binding = true\n[instr", "binding = true\nweight = 1\n[instr", "weight: must not be"),
        ("half_life_days = 100\n", "", "half_life_days: must be there: only binding"),
        ("takes_position = true", "takes_position = false", "one kind at least must take"),
        ("[blind]", "[coders]\n[blind]", "coders: must name at least one"),
        ("[blind]", '[coders]\nA = "x"\nB = "X"\n[blind]', "coders.B: X is the label of A too"),
        ('coders = ["A", "B"]', 'coders = "A"', 'blind.coders: A must be a list'),
        ('bridges = "Bridges"', 'bridges = " "', "acts.scope.bridges: \" \" must be a text"),
        ("[acts.aim]", '[acts.part]\nall = "All"\n[acts.aim]', "acts.part.other: is missing"),
        ("scores = [-2, -1]", "scores = [-2, -3]", "borders[1].scores: -3 is outside -2..2"),
        ("scores = [-2, -1]", "scores = [true]", "borders[1].scores[1]: True must be a whole"),
        ('domains = ["roads"]', 'domains = ["road"]', "borders[1].domains: road is not one of: ro"),
        ('text = "What', 'note = "What', "borders[2].note: is not a known key"),
        ('text = "What holds', '# ', "borders[2].text: is missing; it must be a text"),
        ("title =", "title", "not valid TOML"),
    ],
)  # fmt: skip
def test_a_wrong_codebook_is_told(old: str, new: str, message: str) -> None:
    assert old in BOOK
    told = told_of(book_of, BOOK.replace(old, new))
    assert any(message in text and text.startswith("codebook.toml: ") for text in told), told


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('authors = ["A. Clerk"]', "", "authors: is missing; it must be a list"),
        ("[licence]", "[license]", "license: is not a known key; did you mean licence?"),
        ('url = "https://creative', 'url = "creative', "licence.url: creative"),
        ('title = "Stances on Acme"', 'contact = "mailto:me"\ntitle = "x"', 'mailto:me must'),
        ("[dashboard]", '[dashboard]\ncomparisons = [{ label = "x", date = 2020-01-01, days = 0 }]',
         "dashboard.comparisons[1].days: 0 must be from 1"),
        ('"ARC", "Pact"', '"ARC", 1', "dashboard.featured[2]: 1 must be a text"),
    ],
)  # fmt: skip
def test_a_wrong_about_is_told(old: str, new: str, message: str) -> None:
    assert old in ABOUT
    book = book_of(BOOK.encode())
    told = told_of(lambda content: read_about(content, "about.toml", book), ABOUT.replace(old, new))
    assert any(message in text for text in told), told


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"ARC"', '"ACME"', "ACME is not one of: Pact, ARC, BOR, CAL"),
        ('"ARC"', '"ARK"', "ARK is not one of: Pact, ARC, BOR, CAL; did you mean ARC?"),
        ('domain = "roads"', 'domain = "road"', "dashboard.lead.domain: road is not one of: roads"),
        ('group = "Pact"', 'group = "Pakt"', "Pakt is not one of: Pact; did you mean Pact?"),
        ("[licence]", "covered_to = 2018-01-01\n[licence]", "is before the first day, 2019-01-01"),
    ],
)
def test_what_is_shown_first_must_be_there(folder, old: str, new: str, message: str) -> None:  # type: ignore[no-untyped-def]
    (folder / "about.toml").write_text(ABOUT.replace(old, new))
    with pytest.raises(DataFaults, match=r"about\.toml") as refused:
        load(folder, TODAY)
    assert message in str(refused.value)


def test_without_about_the_title_of_the_codebook_has_to_do() -> None:
    about = read_about(None, "about.toml", book_of(BOOK.encode()))
    assert about.title == "Positions on Acme" and about.licence is None


def test_a_codebook_that_begins_after_today_is_told(folder) -> None:  # type: ignore[no-untyped-def]
    (folder / "codebook.toml").write_text(BOOK.replace("first_date = 2019", "first_date = 2031"))
    with pytest.raises(DataFaults, match=r"first_date: 2031-01-01 is not from 2000-01-01 to today"):
        load(folder, TODAY)
