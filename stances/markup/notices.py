"""Notices of what a page could not use, and of figures that are not the published ones."""

from collections.abc import Iterator, Sequence

from stances import escapes, words
from stances.answers.citing import release_words
from stances.answers.tracker import Tracker
from stances.dataset.faults import Fault
from stances.dataset.store import StoreState
from stances.links.register import OF_RELEASE
from stances.links.view import View, path_with


def notice_html(line: str) -> str:
    """Return a line about the address, the controls or the data."""
    return f'<p class="notice" role="alert">{escapes.html(line)}</p>'


def settings_notice_html(tracker: Tracker) -> str:
    """Return that figures are under a reader's own settings, and which these are."""
    wording = escapes.html(words.listing(tracker.own_settings))
    return f'<p class="notice">Your own settings, not the published figures: {wording}.</p>'


def release_notice_html(view: View) -> str:
    """Return that a release is shown, with a link to the same in the data of today."""
    texts = view.texts_of_page.items()
    today = {name: text for name, text in texts if name not in OF_RELEASE}
    address = escapes.html(path_with(view.page or "./", today))
    text = escapes.html(release_words(view.published.data))
    return f'<p class="notice">{text} <a href="{address}">This view in the data of today</a></p>'


def refused_data(state: StoreState) -> Iterator[str]:
    """Yield a line where newer files could not be taken up and what is shown is older, and one
    where files are others than they are said to be.
    """
    if state.faults:
        text = _first_of(state.faults)
        yield f"Newer data was refused; the last valid data is shown. {text}."
    if state.differing:
        yield f"The data is not what its description says. {_first_of(state.differing)}."


def _first_of(faults: Sequence[Fault]) -> str:
    """Return the first of some faults, and how many more there are."""
    more = f", and {words.plural(len(faults) - 1, 'more fault')}" if len(faults) > 1 else ""
    return f"{faults[0].without_folder()}{more}"
