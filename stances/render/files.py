"""Links to take a view along, to be told of what comes in it, and to its files."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from stances import escapes, words
from stances.answers.acts import ALL as EVERY_RULE
from stances.answers.happened import days_text
from stances.answers.ledger import BOTH, NEWEST, Span
from stances.answers.members import EVERY_MEMBER
from stances.dataset.codebook import OVERALL
from stances.dataset.days import day_at_start
from stances.filters.acts import acts_file_texts, deadlines_file_texts
from stances.filters.compare import span_of
from stances.filters.events import events_file_texts
from stances.links import parameters, watch
from stances.links.register import ACTOR, DATA
from stances.links.view import View, path_with
from stances.markup.blocks import copy_button
from stances.markup.downloads import TABLE_KINDS
from stances.model.stance import ALL
from stances.pages.block import quote_link
from stances.pages.quotation import cited_view
from stances.pictures.every import FORMATS, path_of, pictures_of


def share_html(view: View) -> str:
    """Return what a reader takes along, and ways to news: the live view's offers, as links."""
    choices = watch.watch_choices(
        view.published, watch.watch_query(view.published, view.page, view.values)
    )
    usual = next(iter(choices.values()))
    cited, pinned = cited_view(view), parameters.release_texts_of(view.published.data, {})
    title = replace(view, page=cited.page).title
    links = [
        copy_button(title, view.shared.address(view.page), wording="Copy the link", css="copy")
    ]
    if pinned and not view.published.data.release:
        day = words.day(day_at_start(view.published.data.version))
        here = view.shared.address(view.page, **pinned)
        links.append(copy_button(title, here, wording=f"Copy it as known on {day}", css="copy"))
    every = view.but(section="citing") if view.page == DATA else view
    versions = every.link("data", "As known on other days: all versions", section="citing")
    lines = [
        " ".join((quote_link(cited), *links)),
        versions,
        "To be told of new events, rules and deadlines:",
        *(_subscription_html(name, query, view.site) for name, query in choices.items()),
        f"{watch.FEED_HELP} {watch.CALENDAR_HELP}",
        f"{watch.LETTER_HELP}: {watch.letters_html(usual, view.published.data)}",
        watch.mail_help_html(view.published.data),
    ]
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f'<details class="share"><summary>Share, watch</summary><ul>{items}</ul></details>'


def _subscription_html(name: str, query: Mapping[str, str], site: str) -> str:
    links = (
        f'<a href="{escapes.html(subscription.reader_address)}">{subscription.label}</a>'
        for subscription in watch.subscriptions(query, site)
    )
    return f"{escapes.html(name)}: {', '.join(links)}"


class File(NamedTuple):
    """A file on offer. `text`: what is in it; `forms`: the address of each form, relative to the
    page.
    """

    text: str
    forms: Mapping[str, str]


def files_html(view: View, body: str) -> str:
    """All of them, as a list of links; without those that the body of the page has."""
    files = files_of(view)
    if view.page == "data":  # no other page has any
        files = filter(None, (_not_in(body, file) for file in files))
    items = "".join(f"<li>{file_html(file)}</li>" for file in files)
    return f'<h2 class="finding">Files</h2><ul class="files">{items}</ul>'


def _not_in(body: str, file: File) -> File | None:
    forms = {
        form: address
        for form, address in file.forms.items()
        if f'href="{escapes.html(address)}"' not in body
    }
    return file._replace(forms=forms) if forms else None


def file_html(file: File) -> str:
    """Return what a file has, and a link to each of its forms."""
    links = ", ".join(
        f'<a href="{escapes.html(address)}">{form}</a>' for form, address in file.forms.items()
    )
    return f"{escapes.html(file.text)}: {links}"


def files_of(view: View) -> Iterator[File]:
    """Yield the files of the day, domain and basis shown, then those of the whole dataset."""
    day, values = str(view.day), view.values
    domain = {} if view.domain == OVERALL else {"domain": view.domain}
    basis = {} if values["basis"] == ALL else {"basis": values["basis"]}
    group = {"group": values["group"]}
    release = parameters.release_texts(view.tracker.data)
    query = domain | basis | release
    yield from _pictures(view)
    yield _file("Positions on this day", f"snapshots/{day}", query)
    yield _file("Positions at the end of each month", "series", query)
    yield from _rules(view, {"as_of": day} | domain | release)
    yield _members(view, {"as_of": day} | group | query)
    yield _happened_file(view, query)
    yield _events(view, domain | release)
    tables = {name: path_with(f"tables/{name}.csv", release) for name in ("events", "sources")}
    yield File("Tables", tables)
    yield File("Everything", {"ZIP": path_with("tables/all.zip", release)})
    yield File("Newest events", {"Atom": _feed(view, domain)})
    yield _news(view)
    yield File("Description of all addresses", {"OpenAPI": "openapi.json"})


def _rules(view: View, narrowed: dict[str, str]) -> Iterator[File]:
    """Yield the rules of the day; on their page those that are shown, and their deadlines, which
    come first where a kind of them is looked for.
    """
    if view.page != "acts":
        yield _file("Rules on this day", "acts", narrowed)
        return
    rules = _file("Rules shown, on this day", "acts", acts_file_texts(view))
    dates = _file("Deadlines shown, a row each", "deadlines", deadlines_file_texts(view))
    yield from (rules, dates) if view["deadline"] == EVERY_RULE else (dates, rules)


def _events(view: View, narrowed: dict[str, str]) -> File:
    """Return all events; on their page those that have all that is looked for."""
    if view.page != "events":
        return _file("Events with their sources", "events", narrowed)
    return _file("Events that fit, with their sources", "events", events_file_texts(view))


def _members(view: View, narrowed: dict[str, str]) -> File:
    """Return the members of the group, on their page those that are shown."""
    practice = view["practice"] if view.page == "members" else EVERY_MEMBER
    if practice == EVERY_MEMBER:
        return _file("Members on this day", "members", narrowed)
    return _file("Members shown, on this day", "members", narrowed | {"practice": practice})


def _pictures(view: View) -> Iterator[File]:
    """Yield the pictures of the page; of an actor, where it can have one."""
    actor, text = parameters.actor_of(view.published, view.values), view.texts_of_page
    of_one = actor in view.tracker.model.actors
    values = {**view.values, "section": parameters.section_of(view.values)}
    for name, picture in pictures_of(view.page, values).items():
        if of_one or view.page != ACTOR:
            place = f"pictures/{path_of(name, actor)}"
            query = {key: text[key] for key in picture.shows if key in text}
            yield File(picture.text, {f.upper(): path_with(f"{place}.{f}", query) for f in FORMATS})


def _happened_file(view: View, narrowed: dict[str, str]) -> File:
    """Return the rows of the two days that are compared; elsewhere those of the year before."""
    if not _compares_days(view):
        since = str(view.tracker.year_before(view.day))
        days = {"from": since, "to": str(view.day)}
        return _file("What happened in the year before", "happened", days | narrowed)
    span, _ = span_of(view)
    days = {"from": str(span.then), "to": str(span.now)}
    query = {"only": span.only, "order": view.values["ledger"]}
    chosen = {name: query[name] for name, first in _FIRST.items() if query[name] != first}
    text = f"What happened {days_text(span)}"
    return _file(text, "happened", days | _whose(span) | narrowed | chosen)


# How a table can be taken along.
_FORMS = {"csv": "CSV", "xlsx": TABLE_KINDS["xlsx"], "json": "JSON"}
_FIRST = {"only": BOTH, "order": NEWEST}


def _whose(span: Span) -> dict[str, str]:
    """Return the parameters of files for those whose actions are shown."""
    query = {"group": span.group, "actor": parameters.SEPARATOR.join(span.actors)}
    return {name: text for name, text in query.items() if text}


def _news(view: View) -> File:
    """Return the ways to be told what is new of what is shown."""
    query = watch.watch_query(view.published, view.page, view.values)
    addresses = {
        subscription.label: subscription.address for subscription in watch.subscriptions(query, "")
    }
    text = "What is new, each thing told once"
    return File(text, addresses | {"JSON": path_with(watch.CHANGES, query)})


def _feed(view: View, domain: dict[str, str]) -> str:
    """Return the address of the feed; where actions of some alone are shown, of theirs."""
    if not _compares_days(view):
        return path_with("feed.atom", domain)
    span, _ = span_of(view)
    if span.actors:
        return path_with(f"feed/{span.actors[0]}.atom", domain)
    return path_with("feed.atom", _whose(span) | domain)


def _compares_days(view: View) -> bool:
    return view.page == "compare" and view.values["compare"] == "dates"


def _file(text: str, name: str, query: Mapping[str, str]) -> File:
    forms = {form: path_with(f"{name}.{ending}", query) for ending, form in _FORMS.items()}
    return File(text, forms)
