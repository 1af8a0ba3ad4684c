"""The page of one actor: where it stands, why, how that came about, and all its events."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

import streamlit as st

from stances import escapes, words
from stances.answers.event_file import events_csv
from stances.answers.history import levels_csv
from stances.answers.standing import MEMBERS_THEN, member_line
from stances.dataset.codebook import OVERALL
from stances.links.parameters import who_name
from stances.links.register import ACTOR
from stances.links.view import View
from stances.pages.actor import actor_history, blocks, members_of
from stances.pages.block import Block, file_of
from stances.render.html import block_html
from stances.ui import url
from stances.ui.pages import page_of
from stances.ui.parts.blocks import draw, draw_blocks, draw_opened, reveal
from stances.ui.parts.download import download
from stances.ui.parts.share import view_link
from stances.ui.session import current_view

_CHOICE, _MEMBER, _GROUP = "actor_choice", "actor_member", "_group_chosen"


def page() -> None:
    """Draw the page for the state in the address; a group that was chosen has a page of its own."""
    if st.session_state.pop(_GROUP, False):
        st.switch_page(page_of("members"))
    view = current_view(ACTOR)
    live: dict[str, Callable[[View, Block], None]] = {
        "choice": _choice,
        "all-members": _all_members,
        "member": _member,
        "paper": _paper,
        "later": _later,
        "file-of-levels": _levels_file,
        "event": lambda _, block: draw_opened("event", block),
        "file-of-events": _events_file,
    }
    draw_blocks(blocks(view), {name: partial(piece, view) for name, piece in live.items()})


def _choice(view: View, _: Block) -> None:
    """Draw the choice of an actor, or of a group, which leads to its members. It has a key of its
    own, since the address may name nothing.
    """
    tracker = view.tracker
    st.session_state[_CHOICE] = view.actor
    left, _other = st.columns([1.3, 2])
    with left:
        st.selectbox(
            words.WHO,
            tracker.by_name([*tracker.model.actors, *tracker.groups]),
            format_func=partial(who_name, tracker),
            key=_CHOICE,
            placeholder="Choose a country, a body or a group",
            on_change=_take_actor,
            args=(_CHOICE, tracker.groups),
            label_visibility="collapsed",
        )


def _take_actor(key: str, groups: Collection[str] = ()) -> None:
    """Take the actor that was chosen; one that was taken off changes nothing. The event that was
    open is none of its own. One of `groups` is turned to.
    """
    chosen = st.session_state[key]
    if chosen in groups:
        url.put("group", chosen)
        st.session_state[_GROUP] = True
    elif chosen is not None:
        url.put("actor", chosen)
        url.put("event", None)


def _all_members(view: View, _: Block) -> None:
    st.page_link(
        page_of("members"),
        label="All members in one table",
        query_params=view.texts_on("members") | {"group": view.actor},
    )


def _member(view: View, _: Block) -> None:
    rows = {row.actor: row for row in members_of(view)}
    st.session_state[_MEMBER] = None
    st.pills(
        MEMBERS_THEN,
        list(rows),
        format_func=lambda code: escapes.label(member_line(rows[code].name, rows[code].stance)),
        key=_MEMBER,
        on_change=_take_actor,
        args=(_MEMBER,),
    )


def _paper(view: View, block: Block) -> None:
    """Draw what stands on paper alone, and there the whole address of the view."""
    link = escapes.html(view_link(view))
    draw(f'{block_html(block)}<div class="paper paper-only"><p class="small">{link}</p></div>')


def _later(view: View, _: Block) -> None:
    first = actor_history(view).later[0].day
    st.button(f"Go to {words.day(first)}", on_click=url.put, args=("as_of", first))


def _levels_file(view: View, _: Block) -> None:
    def content() -> bytes:
        history = actor_history(view)
        return levels_csv(view.tracker, history.actor, history.series, history.acts)

    name = _file_name(view, "levels")
    download("These lines and levels as CSV", content, name, "actor-levels-csv")


def _events_file(view: View, _: Block) -> None:
    ids = actor_history(view).events["event_id"].tolist()
    reveal(view["event"] if view["event"] in ids else None)
    download(
        f"{words.plural(len(ids), 'event', start=True)} as CSV",
        lambda: events_csv(view.tracker, ids),
        _file_name(view, "events"),
        "actor-events-csv",
    )


def _file_name(view: View, what: str) -> str:
    """Return the name of a file of what a chart is drawn from."""
    domain = [] if view.domain == OVERALL else [view.domain]
    return f"{file_of(view, what, view.actor, *domain).name}.csv"


page()
