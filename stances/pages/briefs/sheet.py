"""The parts that all briefs have: what to mind, and the foot of a page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from stances import words
from stances.answers.citing import Citation, release_words
from stances.answers.introduction import beyond, data_to, scorer_note
from stances.answers.tracker import Tracker
from stances.links.parameters import release_texts_of
from stances.pages.block import Note, TextBlock
from stances.pages.briefs.request import BriefRequest


def caveats(tracker: Tracker, missing: Sequence[str], none: str = "") -> Iterator[Note]:
    """Yield what to mind. `missing`: domains without a position; `none`: why there is none."""
    codebook, changed = tracker.codebook, tracker.own_settings
    where = ", ".join([codebook.domain_label(code) for code in missing])
    silent = f"{where}: no current position, which is not the same as neutral." if where else ""
    # How it was done stands on the page of data, in the words of the codebook.
    coded = scorer_note(tracker.data)
    settings = [f"Own settings of the model: {'; '.join(changed)}."] if changed else []
    yield Note("Figures", _scale_words(tracker))
    yield Note("Stripes", _STRIPES)
    yield Note("No position", " ".join(filter(None, [none, silent])))
    yield Note("Scores", f"{words.within(coded.rstrip('.'))}." if coded else "")
    yield Note("Not as published", " ".join([*settings, *tracker.basis_note]))


_STRIPES = (
    "a striped colour rests on old statements: the newest is more than two years old, and no rule "
    "is in force."
)


def _scale_words(tracker: Tracker) -> str:
    scale = tracker.codebook.scale
    low, high = (f"{words.figure(end, 0)} {scale.labels[end]}" for end in (scale.min, scale.max))
    framed = words.holds_anywhere(tracker.codebook)
    return (
        f"from {low} to {high}; a frame around a colour: {framed}. A label is the mean of the "
        "scores of what counts: in each field the newest rule in full while in force, statements "
        "since less as they age."
    )


def foot(request: BriefRequest, short: bool = False) -> TextBlock:
    """Return where the same can be seen, of which data, and, unless `short`, how it is cited."""
    data, link = request.tracker.data, request.address(request.place)
    release = release_texts_of(data, request.place.query)
    stays = request.address(replace(request.place, query=release)) if release else link
    under = f", licence {data.about.licence.name}" if data.about.licence else ""
    until = f"{data_to(data)}. {beyond(data, request.day)}".rstrip()
    until = f"{until} {release_words(data)}".rstrip()
    notes = [
        Note("Permanent link" if release else "Link", stays, stays),
        Note("Data", f"version {data.version}{under}. {until}"),
    ]
    if not short:
        what = f"brief on {request.text}, {request.day}"
        cited = Citation(data, request.day, None, request.tracker.own_settings, what).line
        notes.append(Note("To cite", f"{cited} {link}"))
    return TextBlock(notes=tuple(notes), lines=2)
