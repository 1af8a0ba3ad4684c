"""The page Desk, put into the registers of pages, of parameters and of what is drawn live."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

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


def _no_blocks(_: View) -> list[Block]:
    return []


@dataclass(frozen=True)
class Task:
    """What is done at the desk. `label`: in the line of tasks, empty: it stands not there;
    `headline` and `blocks`: of a view; `draw`: what Streamlit draws under the blocks, if any.
    """

    label: str
    headline: Callable[[View], str]
    blocks: Callable[[View], Sequence[Block]] = _no_blocks
    draw: Callable[[View], None] | None = None


# By the name that the address has: `desk?do=attach`.
TASKS = {
    "work": Task("Work", work.headline, work.blocks, work.draw),
    "attach": Task("Attach", attaching.headline, draw=attaching.draw),
    "new": Task("New", form.new_headline, draw=form.new),
    "edit": Task("", form.edit_headline, draw=form.edit),
    "code": Task("Code", coding.code_headline, draw=coding.draw_code),
    "settle": Task("Settle", coding.settle_headline, draw=coding.draw_settle),
}


def page(view: View) -> Page:
    """Return the page of the task that the address names."""
    task = TASKS[view["do"]]
    hrefs = {name: view.link(PATH, do=name, row=None, list=None, actor=None) for name in TASKS}
    named = [(hrefs[name], other.label) for name, other in TASKS.items() if other.label]
    blocks = list(task.blocks(view))
    blocks.append(Block("text", "desk", parts=[], live="desk"))
    return Page(
        headline=task.headline(view),
        controls=[Control("links", "", "Task", hrefs[view["do"]], named)],
        printed_title="Desk",
        blocks=blocks,
        is_shared=False,
    )


def enrol() -> None:
    """Add the page, its parameters and templates, and a way to it from all records."""
    labels = {name: task.label for name, task in TASKS.items()}
    for parameter in (
        Parameter("row", "text", "The row to correct", usual=""),
        Parameter("do", "one", "What is done", labels=lambda _: labels, usual="work"),
        Parameter("list", "one", "What needs a person", labels=work.labels),
    ):
        PARAMETERS[parameter.name] = parameter
    pages.PAGES[PATH] = pages.Page(
        path=PATH,
        title="Desk",
        about="What needs a person",
        parameters=("row", "do", "list", "actor", "page", "theme", "live"),
        defaults={
            "do": lambda _, values: "edit" if values["row"] else "work",
            # On a telephone, too, as without it there is no form.
            "live": lambda *_: True,
        },
    )
    pages.MAIN.append(PATH)
    for path, make in registry.MAKERS.items():
        if path in RECORDS or path == "actor":
            registry.MAKERS[path] = _with_edit(make)
    registry.MAKERS[PATH] = page
    live.DRAWN["desk"] = _draw
    loader = environment().loader
    assert isinstance(loader, jinja2.FileSystemLoader)
    loader.searchpath.append(str(_TEMPLATES))


def _with_edit(make: Callable[[View], Page]) -> Callable[[View], Page]:
    """Return what makes the same page with ways to the forms of its rows at its end."""

    def edited(view: View) -> Page:
        made = make(view)
        if view.page in RECORDS:
            rows = {"Edit": view[RECORDS[view.page]]}
        else:
            rows = {"Edit country": view.actor, **_profile(view)}
        parts: list[Any] = []
        for label, row in rows.items():
            parts += [(view.link(PATH, row=row), label, "btn fill"), " "]
        # Where the page ends, and as "Report an error" looks.
        column = made.blocks[-1].column
        edit = Block("text", "edit", column, parts=parts, shape="err")
        return replace(made, blocks=[*made.blocks, edit])

    return edited


def _profile(view: View) -> dict[str, str]:
    """Return the row of the written sentence that an actor's page shows or would, by its label."""
    profiles = view.tracker.data.profiles
    days = profiles.loc[profiles["actor"] == view.actor, "as_of"]
    return {"Edit sentence": f"{view.actor}@{days.max().date()}"} if len(days) else {}


def _draw(view: View, _: Block) -> None:
    """Draw what the task of a view has for Streamlit."""
    st.html(_SHEET)
    with st.container(key="desk"):
        # Who codes attaches nothing, and would wait for it after each score.
        if view["do"] not in ("code", "settle"):
            doubles.count_aside(view.tracker)
        draw = TASKS[view["do"]].draw
        if draw:
            draw(view)
