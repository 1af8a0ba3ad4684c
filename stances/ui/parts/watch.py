"""Ways to be told what is new of what a page shows: feeds, a calendar, letters, and commands."""

import streamlit as st

from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.links.parameters import SEPARATOR
from stances.links.watch import (
    CALENDAR,
    CALENDAR_HELP,
    FEED_HELP,
    LETTER_HELP,
    commands,
    letters_html,
    mail_help_html,
    news_query,
    subscriptions,
    watch_query,
    watched_field,
    watched_whom,
    whom_labels,
)
from stances.ui import url
from stances.ui.parts.blocks import draw, paragraph
from stances.ui.parts.share import part
from stances.ui.session import site_before

_OPEN = "watch"
_ICONS = {CALENDAR: ":material/event:"}


def watch_control(tracker: Tracker, page: str) -> None:
    """Draw the control, whose content is made and sent only while it is open."""
    control = st.popover("Watch", key=_OPEN, on_change="rerun", type="tertiary")
    if not control.open:
        return
    site = site_before(page)
    with control:
        query = _choose(tracker, watch_query(tracker, page, url.values()))
        offered = subscriptions(query, site)
        # Buttons of Streamlit's: its markup takes no address for programs of calendars.
        with st.container(horizontal=True):
            for subscription in offered:
                icon = _ICONS.get(subscription.kind, ":material/rss_feed:")
                st.link_button(subscription.label, subscription.reader_address, icon=icon)
        paragraph(f"{FEED_HELP} {CALENDAR_HELP}", "small")
        letters = letters_html(query, tracker.data, site)
        draw(f"<p>{LETTER_HELP}: {letters}</p>")
        draw(f'<p class="small">{mail_help_html(tracker.data)}</p>')
        with st.expander("Addresses to copy"):
            for subscription in offered:
                part(subscription.label, subscription.address)
        with st.expander("For scripts and servers"):
            for name, command in commands(query, site, tracker.data.today).items():
                part(name, command)


def _choose(tracker: Tracker, query: dict[str, str]) -> dict[str, str]:
    """Offer whose news are told and in which field, what is shown first; return what is chosen."""
    labels, domain = whom_labels(tracker), watched_field(tracker, query)
    first = watched_whom(tracker, query)
    whom = st.multiselect(
        "New events, rules and deadlines of",
        list(labels),
        default=first,
        format_func=labels.__getitem__,
        placeholder="All",
        select_all=False,
        # Another view begins anew.
        key=f"watch-{SEPARATOR.join(first)}",
    )
    codebook = tracker.codebook
    fields = {code: codebook.domain_label(code) for code in codebook.columns}
    fields[OVERALL] = "All fields"
    field = st.selectbox(
        "In",
        fields,
        index=list(fields).index(domain),
        format_func=fields.__getitem__,
        key=f"watch-in-{domain}",
    )
    codes = SEPARATOR.join(whom).split(SEPARATOR) if whom else []
    return news_query(tracker, list(dict.fromkeys(codes)), field)
