"""What all briefs have: the top of the first page, what to mind, and the foot."""

from __future__ import annotations

from collections.abc import Sequence

from stances import words
from stances.answers.citing import citation
from stances.answers.introduction import beyond, data_to, scored_by
from stances.answers.tracker import Tracker
from stances.pages.briefs.parts import Part, head, note, notes
from stances.pages.briefs.request import BriefRequest


def top(asked: BriefRequest, name: str) -> list[Part]:
    """Whose brief it is, as of when, and for whom; `name`: of whom, empty on a second page."""
    reader = f", for {asked.tracker.names[asked.reader]}" if asked.reader else ""
    of = "" if name else f" on {asked.text}"
    site = f"{asked.tracker.data.about.title}: brief{of}{reader}"
    return [head(site, f"As of {words.day(asked.day)}", name)]


def caveats(tracker: Tracker, missing: Sequence[str], none: str = "") -> list[Part]:
    """Return what to mind when reading. `missing`: domains (codes) without a position; `none`: why
    there is none overall.
    """
    codebook = tracker.codebook
    where = ", ".join([codebook.domain_label(code) for code in missing])
    silent = f"{where}: no current position, which is not the same as neutral." if where else ""
    # How it was done stands on the page of data, in the words of the codebook.
    coded = scored_by(tracker.data)
    return [
        note("Figures", _scale_words(tracker)),
        note("Certainty", _certainty_words()),
        note("No position", " ".join(filter(None, [none, silent]))),
        note("Scores", f"{words.within(coded.rstrip('.'))}." if coded else ""),
        note("Not as published", " ".join([*_settings_note(tracker), *tracker.basis_note])),
    ]


def _scale_words(tracker: Tracker) -> str:
    scale = tracker.codebook.scale
    low, high = (f"{words.figure(end, 0)} {scale.labels[end]}" for end in (scale.min, scale.max))
    framed = words.holds_anywhere(tracker.codebook)
    return (
        f"from {low} to {high}; a frame around a colour: {framed}. A label is the mean of the "
        "scores of what counts: rules count in full while in force, statements less as they age."
    )


def _certainty_words() -> str:
    return (
        "how much of what makes a position sure is left. A striped colour rests on old statements: "
        "the newest is more than two years old, and no rule is in force."
    )


def _settings_note(tracker: Tracker) -> list[str]:
    own = tracker.own_settings
    return [f"Own settings of the model: {'; '.join(own)}."] if own else []


def foot(asked: BriefRequest, link: str, short: bool = False) -> Part:
    """Where the same can be seen (`link`: of the view), of which data it is, and, unless it is
    `short`, how it is cited.
    """
    data = asked.tracker.data
    under = f", licence {data.about.licence.name}" if data.about.licence else ""
    version = f"version {data.version}{under}. {data_to(data)}. {beyond(data, asked.day)}".rstrip()
    text: list[Part] = [note("Permanent link", link, link), note("Data", version)]
    if not short:
        what = f"brief on {asked.text}, {asked.day}"
        cited = citation(data, asked.day, None, asked.tracker.own_settings, what)
        text.append(note("To cite", f"{cited} {link}"))
    return notes("", text, lines=2)
