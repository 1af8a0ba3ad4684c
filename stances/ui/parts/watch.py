"""Ways to be told what is new of what a page shows: a feed, a calendar, and commands."""

from __future__ import annotations

import streamlit as st

from stances.answers.tracker import Tracker
from stances.links.watch import (
    CALENDAR_HELP,
    FEED_HELP,
    letter_of_week,
    mail_help_html,
    watch_of,
    watched,
    watched_words,
)
from stances.ui import url
from stances.ui.parts.blocks import draw, paragraph
from stances.ui.parts.share import part

_OPEN = "watch"


def watch_control(tracker: Tracker, page: str) -> None:
    """Draw the control, whose content is made and sent only while it is open."""
    control = st.popover("Watch", key=_OPEN, on_change="rerun", type="tertiary")
    if not control.open:
        return
    here = (st.context.url or "").rstrip("/")
    site = f"{here.removesuffix(f'/{page}') if page else here}/"
    query = watched(tracker, page, url.values())
    watch = watch_of(query, site, tracker.data.today)
    with control:
        paragraph(watched_words(tracker, query), "small")
        paragraph(FEED_HELP, "small")
        # Buttons of Streamlit's: its markup takes no address for programs of calendars.
        st.link_button("Feed without corrections", watch.feed, icon=":material/rss_feed:")
        st.link_button("Feed with corrections", watch.whole, icon=":material/rss_feed:")
        paragraph(CALENDAR_HELP, "small")
        st.link_button(
            "Calendar of deadlines: subscribe", watch.subscribed, icon=":material/event:"
        )
        draw(f'<p class="small">{mail_help_html(tracker.data)}</p>')
        for form, address in letter_of_week(query, tracker.data.today).items():
            st.link_button(f"Letter of the past week, {form}", f"{site}{address}")
        with st.expander("Addresses to copy"):
            part("Feed without corrections", watch.feed)
            part("Feed with corrections", watch.whole)
            part("Calendar of deadlines", watch.calendar)
        with st.expander("For whoever runs this page: commands"):
            part("The news of the past week", watch.script)
            part("The letter by mail", watch.mail)
