"""What all briefs have: the top of the first page, what to mind, and the foot."""

from __future__ import annotations

from collections.abc import Sequence

from stances import words
from stances.answers.citing import citation
from stances.answers.coded import codings_told, scored_by
from stances.answers.standing import FADING
from stances.answers.tracker import Tracker
from stances.briefs.asked import AskedBrief
from stances.briefs.parts import Part, head, note, notes


def top(asked: AskedBrief, name: str) -> list[Part]:
    """Whose brief it is, as of when, and for whom; `name`: of whom, empty on a second page."""
    reader = f", for {asked.tracker.names[asked.reader]}" if asked.reader else ""
    of = "" if name else f" on {asked.told}"
    site = f"{asked.tracker.data.about.title}: brief{of}{reader}"
    return [head(site, f"As of {words.day(asked.day)}", name)]


def caveats(tracker: Tracker, missing: Sequence[str], none: str = "") -> list[Part]:
    """What to mind when reading. `missing`: domains (codes) without a position; `none`: why there
    is none overall.
    """
    codebook = tracker.codebook
    where = ", ".join([codebook.domain_label(code) for code in missing])
    silent = f"{where}: no current position, which is not the same as neutral." if where else ""
    coded = codings_told(tracker.data) or scored_by(tracker.data)
    return [
        note("Figures", _scale_words(tracker)),
        note("Certainty", _certainty_words()),
        note("No position", " ".join(filter(None, [none, silent]))),
        note("Coding", f"{coded.rstrip('.')}." if coded else ""),
        note("Not as published", " ".join([*_own(tracker), *tracker.basis_note])),
    ]


def _scale_words(tracker: Tracker) -> str:
    scale = tracker.codebook.scale
    low, high = (f"{words.figure(end, 0)} {scale.labels[end]}" for end in (scale.min, scale.max))
    framed = words.holds_anywhere(tracker.codebook)
    return (
        f"from {low} to {high}; a frame around a colour: {framed}. A stance is the mean of the "
        "scores of what counts: what binds keeps its weight, words fade."
    )


def _certainty_words() -> str:
    return (
        f"how much of what makes a position sure is left. Under {words.share(FADING)} it is "
        "fading, for want of newer words, and its colour is striped."
    )


def _own(tracker: Tracker) -> list[str]:
    own = tracker.own_settings
    return [f"Own settings of the model: {'; '.join(own)}."] if own else []


def foot(asked: AskedBrief, link: str, short: bool = False) -> Part:
    """Where the same can be seen (`link`: of the view), of which data it is, and, unless it is
    `short`, how it is cited.
    """
    data = asked.tracker.data
    under = f", licence {data.about.licence.name}" if data.about.licence else ""
    version = f"version {data.version}{under}; last added to on {words.day(data.recorded)}."
    told: list[Part] = [note("Permanent link", link, link), note("Data", version)]
    if not short:
        what = f"brief on {asked.told}, {asked.day}"
        cited = citation(data, asked.day, None, asked.tracker.own_settings, what)
        told.append(note("To cite", f"{cited} {link}"))
    return notes("", told, lines=2)
