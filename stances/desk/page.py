"""The page Desk, put into the registers of pages, of parameters and of what is drawn live."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import jinja2
import streamlit as st

from stances.desk import attaching, coding, doubles, form, work
from stances.links import pages
from stances.links.pages import RECORDS
from stances.links.parameters import PARAMETERS, Parameter
from stances.links.view import View
from stances.pages import registry
from stances.pages.block import Block, Control, Page
from stances.render.environment import environment
from stances.ui import live

PATH = "desk"
_TEMPLATES = Path(__file__).parent / "templates"
_SHEET = Path(__file__).with_name("desk.css")


class Task(NamedTuple):
    """What is done at the desk: its name among the tasks above the page, empty: it is not among
    them; the headline of a view; and what draws the rest of it.
    """

    label: str
    headline: Callable[[View], str]
    draw: Callable[[View], None]


# By the name that the address has: `desk?do=attach`.
TASKS = {
    "work": Task("Work", work.headline, work.draw),
    "attach": Task("Attach", attaching.headline, attaching.draw),
    "new": Task("New", form.new_headline, form.new),
    "edit": Task("", form.edit_headline, form.edit),
    "code": Task("Code", coding.code_headline, coding.draw_code),
    "settle": Task("Settle", coding.settle_headline, coding.draw_settle),
}


def page(view: View) -> Page:
    """Return the page of the task that the address names: all but its headline is drawn live."""
    chosen = view["do"]
    hrefs = {}
    tasks = []
    for name, task in TASKS.items():
        hrefs[name] = view.link(PATH, do=name, row=None, list=None)
        if task.label:
            tasks.append((hrefs[name], task.label))
    return Page(
        headline=TASKS[chosen].headline(view),
        controls=[Control("links", "", "Task", hrefs[chosen], tasks)],
        printed_title="Desk",
        blocks=[Block("text", "desk", parts=[], live="desk")],
        is_shared=False,
    )


def enrol() -> None:
    """Add the page, its parameters and templates, and a way to it from all records."""
    tasks = dict.fromkeys(TASKS, "")
    for parameter in (
        Parameter("row", "text", "The row to correct", usual=""),
        Parameter("do", "one", "What is done", labels=lambda _: tasks, usual="work"),
        Parameter("list", "one", "What needs a person", labels=work.labels),
    ):
        PARAMETERS[parameter.name] = parameter
    pages.PAGES[PATH] = pages.Page(
        path=PATH,
        title="Desk",
        about="What needs a person",
        parameters=("row", "do", "list", "theme", "live"),
        defaults={
            "do": lambda _, values: "edit" if values["row"] else "work",
            # On a telephone, too, as without it there is no form.
            "live": lambda *_: True,
        },
    )
    pages.MAIN.append(PATH)
    for path in (*RECORDS, "actor"):
        registry.MAKERS[path] = _with_edit(registry.MAKERS[path])
    registry.MAKERS[PATH] = page
    live.DRAWN["desk"] = _draw
    loader = environment().loader
    assert isinstance(loader, jinja2.FileSystemLoader)
    loader.searchpath.append(str(_TEMPLATES))


def _with_edit(make: Callable[[View], Page]) -> Callable[[View], Page]:
    """Return what makes the same page with ways to the forms of its rows at its end."""

    def edited(view: View) -> Page:
        content = make(view)
        presses = []
        for label, row in _rows(view).items():
            # Where a row is named and no task, the task is `edit`.
            href = view.link(PATH, row=row)
            presses.append((href, label, "btn fill"))
        if not presses:
            return content
        # Where the page ends, in the column of its last block.
        column = content.blocks[-1].column
        # "acts": the class of a row of presses.
        edit = Block("text", "edit", column, parts=presses, shape="acts")
        return replace(content, blocks=[*content.blocks, edit])

    return edited


def _rows(view: View) -> dict[str, str]:
    """Return the rows that a page shows and that can be edited, by the words of the way there."""
    if view.page in RECORDS:
        return {"Edit": view[RECORDS[view.page]]}
    # The page of all countries has no row of its own.
    if not view.actor:
        return {}
    rows = {"Edit country": view.actor}
    days = []
    for profile in view.tracker.data.rows["profiles"]:
        if profile["actor"] == view.actor:
            days.append(profile["as_of"])
    if days:
        rows["Edit sentence"] = f"{view.actor}@{max(days)}"
    return rows


def _draw(view: View, _: Block) -> None:
    """Draw what the task of a view has for Streamlit."""
    st.html(_SHEET)
    with st.container(key="desk"):
        # Who codes attaches nothing, and would wait for it after each score.
        if view["do"] not in ("code", "settle"):
            doubles.count_aside(view.tracker)
        TASKS[view["do"]].draw(view)
