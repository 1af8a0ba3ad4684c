"""The period over which a page shows stances."""

from stances.answers.gaps import Period
from stances.answers.history import no_period, period_up_to
from stances.links.view import View
from stances.markup.notices import notice_html
from stances.pages.block import Blocks, TextBlock


def period_of(view: View) -> Period:
    """Return the period of a view: from its first day to its last, or all where that is none."""
    return period_up_to(view.tracker, view["from"], view.day)


def period_blocks(view: View) -> Blocks:
    """Yield a notice where the address names no period."""
    first, last, start = view["from"], view.day, period_of(view)[0]
    if start != first and last > start:
        yield TextBlock(notice_html(no_period(first, last)))
