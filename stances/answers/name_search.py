"""The actors that a text names, as those who search write them."""

import re

from stances.answers.events import fold
from stances.answers.tracker import Tracker, memoize


@memoize
def _names(tracker: Tracker) -> list[tuple[str, str]]:
    """Return each actor's names in plain words with its code, the longest first: some are parts."""
    codes = tracker.model.actors
    names = {
        _plain(called[code]): code
        for called in (tracker.short_names, tracker.names)
        for code in codes
    }
    return sorted(names.items(), key=lambda name: len(name[0]), reverse=True)


def named_actors(tracker: Tracker, text: str) -> list[str]:
    """Return the codes of those whom a text names in full or in short, in its order."""
    rest, places = _plain(text), dict[int, str]()
    for name, code in _names(tracker):
        while name.strip() and (place := rest.find(name)) >= 0:
            places[place] = code
            rest = rest.replace(name, " " * len(name), 1)
    return list(dict.fromkeys(places[place] for place in sorted(places)))


def _plain(text: str) -> str:
    """Return the words of a text in lower case without accents, one blank around each."""
    words = re.findall(r"\w+", fold(text))
    return f" {' '.join(words)} "
