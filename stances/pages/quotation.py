"""The finding of a page as it is quoted, with its day and its citation, and what is open there as a
link to it is shown.
"""

from dataclasses import replace

from stances import words
from stances.answers.acts import act_on
from stances.answers.citing import act_quotation, event_quotation, quotation
from stances.answers.obligations import title_on
from stances.answers.steps import act_sentence
from stances.links.register import ACTOR, PAGE_PARAMETERS
from stances.links.view import View, site_address
from stances.markup.links import act_place, event_place
from stances.markup.panel import domain_beside
from stances.pages.block import HeadlineBlock
from stances.pages.register import BLOCKS


def page_quotation(view: View) -> str:
    """Return what a page finds under its settings, to be pasted into a text."""
    blocks = BLOCKS[view.page](view)
    nothing = HeadlineBlock(view.title)
    headline = next((block for block in blocks if isinstance(block, HeadlineBlock)), nothing)
    return quotation(
        view.tracker, headline.quote or _with_day(view, headline), headline.source, headline.backs
    )


def _with_day(view: View, headline: HeadlineBlock) -> str:
    """Return a headline with its day, and what it is measured on."""
    lines = [f"As of {words.day(view.day)}: {headline.text}", *headline.lines[:1]]
    return " ".join(f"{line.removesuffix('.')}." for line in lines)


def cited_view(view: View) -> View:
    """Return the view whose finding is cited: with an actor chosen on the map that of its record,
    which the panel says too; else the view itself.
    """
    if view.page or view["actor"] not in view.tracker.model.actors:
        return view
    about = domain_beside(view.tracker, view.domain)
    return replace(view.but(domain=about), page=ACTOR)


def opened_quotation(view: View) -> str:
    """Return what is open in a view (event, act, actor), cited, and its address; maybe empty."""
    tracker, opens = view.published, PAGE_PARAMETERS[view.page]
    cited = cited_view(view)
    if cited is not view:
        return f"{page_quotation(cited)} {site_address(view.site, ACTOR, cited.cited_texts)}"
    if "event" in opens and view["event"] is not None:
        text = event_quotation(tracker, view["event"])
        return f"{text} {view.site}{event_place(tracker, view['event'])}"
    if "act" in opens and view["act"] is not None:
        text = act_quotation(tracker, view["act"], view.day)
        return f"{text} {view.site}{act_place(tracker, view['act'], view.day)}"
    return ""


def opened_texts(view: View) -> tuple[str, str] | None:
    """Return title and summary of the event or act that is open in a view; None: none is."""
    tracker = view.published
    if view["event"] is not None:
        event = tracker.events[view["event"]]
        return event.title, event.summary
    if view["act"] is not None:
        act = act_on(tracker.data, view.day, view["act"])
        return title_on(act, view.day), act_sentence(tracker, act, view.day)
    return None
