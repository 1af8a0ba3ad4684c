"""The page of one actor: where it stands, why, how that came about, and all its events."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from stances import escapes, words
from stances.answers.files import events_csv, figures_name
from stances.answers.history import levels_csv
from stances.answers.standing import MEMBERS_THEN, member_line
from stances.dataset.codebook import OVERALL
from stances.dataset.descriptions import file_stem
from stances.links.register import ACTOR
from stances.links.view import View
from stances.pages.actor import blocks, members_of, own_history
from stances.pages.block import Block
from stances.render.html import block_html
from stances.ui import url
from stances.ui.pages import page_of
from stances.ui.parts.blocks import draw, draw_blocks
from stances.ui.parts.download import download
from stances.ui.parts.event import draw_opened, reveal
from stances.ui.parts.share import view_link
from stances.ui.session import view

_CHOICE, _MEMBER = "actor_choice", "actor_member"


def page() -> None:
    """Draw the page for the state in the address."""
    shown, mode = view(ACTOR), st.context.theme.type or "light"
    live: dict[str, Callable[[View, Block], None]] = {
        "choice": _choice,
        "all-members": _all_members,
        "member": _member,
        "paper": _paper,
        "later": _later,
        "file-of-levels": _levels_file,
        "event": _event,
        "file-of-events": _events_file,
    }
    draw_blocks(blocks(shown, mode), {name: partial(piece, shown) for name, piece in live.items()})


def _choice(shown: View, _: Block) -> None:
    """Draw the choice of an actor. It has a key of its own, since the address may name a group,
    which cannot be chosen here, or nothing.
    """
    tracker, actor = shown.tracker, shown.actor
    st.session_state[_CHOICE] = None if actor in tracker.groups else actor
    left, _other = st.columns([1.3, 2])
    with left:
        st.selectbox(
            words.WHO,
            tracker.by_name(tracker.model.actors),
            format_func=tracker.names.__getitem__,
            key=_CHOICE,
            placeholder="Choose a country or body",
            on_change=_chosen,
            args=(_CHOICE,),
            label_visibility="collapsed",
        )


def _chosen(key: str) -> None:
    """Take the actor that was chosen; one that was taken off changes nothing. The event that was
    open is none of its own.
    """
    if st.session_state[key] is not None:
        url.put("actor", st.session_state[key])
        url.put("event", None)


def _all_members(shown: View, _: Block) -> None:
    st.page_link(
        page_of("members"),
        label="All members in one table",
        query_params=shown.texts_on("members") | {"group": shown.actor},
        icon=":material/arrow_forward:",
    )


def _member(shown: View, _: Block) -> None:
    rows = {row.actor: row for row in members_of(shown)}
    st.session_state[_MEMBER] = None
    st.pills(
        MEMBERS_THEN,
        list(rows),
        format_func=lambda code: escapes.label(member_line(rows[code].name, rows[code].stance)),
        key=_MEMBER,
        on_change=_chosen,
        args=(_MEMBER,),
    )


def _paper(shown: View, block: Block) -> None:
    """Draw what stands on paper alone, and there the whole address of the view."""
    link = escapes.html(view_link(shown.tracker, ACTOR))
    draw(f'{block_html(block)}<div class="paper paper-only"><p class="small">{link}</p></div>')


def _later(shown: View, _: Block) -> None:
    first = own_history(shown).later[0].day
    st.button(f"Go to {words.day(first)}", on_click=url.put, args=("as_of", first))


def _levels_file(shown: View, _: Block) -> None:
    def content() -> bytes:
        own = own_history(shown)
        return levels_csv(shown.tracker, own.actor, own.series, own.acts)

    name = _file_name(shown, "levels")
    download("These lines and levels as CSV", content, name, "actor-levels-csv")


def _event(_: View, block: Block) -> None:
    draw_opened("event", block)


def _events_file(shown: View, _: Block) -> None:
    ids = own_history(shown).events["event_id"].tolist()
    reveal(shown["event"] if shown["event"] in ids else None)
    download(
        f"{words.plural(len(ids), 'event', start=True)} as CSV",
        lambda: events_csv(shown.tracker.data, ids),
        _file_name(shown, "events"),
        "actor-events-csv",
    )


def _file_name(shown: View, what: str) -> str:
    """Return the name of a file of what a chart is drawn from."""
    tracker = shown.tracker
    domain = [] if shown.domain == OVERALL else [shown.domain]
    parts = [file_stem(tracker.data), what, shown.actor, *domain, str(shown.day)]
    return f"{figures_name(parts, bool(tracker.own_settings), tracker.model.basis)}.csv"


page()
