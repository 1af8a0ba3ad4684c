"""The one sentence of where an actor stands on a day, as a person would print it.

The data has one for some days, written from rows that it names; it stands wherever it holds. On
every other day, and in the view of one domain, the program makes one: see `composed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from stances import words
from stances.answers.composed import Sentence, composed, untold_doubt
from stances.answers.introduction import reach
from stances.answers.tracker import Tracker, remembered
from stances.dataset.codebook import OVERALL
from stances.dataset.profiles import profile_on

# What is said beside a sentence that the data does not have.
_BY_PROGRAM = "Put together by this program from the rows below"


@remembered
def profile(tracker: Tracker, actor: str, day: date, domain: str = OVERALL) -> Sentence:
    """Return where an actor stands on a day, over all domains or in one, and what that rests on."""
    published = tracker.settings is None and not tracker.basis_note
    row = profile_on(tracker.data, actor, day) if published and domain == OVERALL else None
    if row is None:
        made = composed(tracker, actor, day, domain)
    else:
        source = best_source(tracker, row.act_ids, row.event_ids)
        made = Sentence(row.text, row.act_ids, row.event_ids, source, True)
    return made._replace(reach=reach(tracker.data, day))


def best_source(tracker: Tracker, acts: Sequence[str], events: Sequence[str]) -> Any:
    """Return the source of the best tier of some acts and events, of equals the first; None where
    they have none.
    """
    tiers = list(tracker.codebook.tiers)
    sources = [source for act in acts for source in tracker.act_sources.get(act, [])[:1]]
    sources += [source for event in events for source in tracker.sources.get(event, [])[:1]]
    return min(sources, key=lambda source: tiers.index(source.tier), default=None)


# -- in words -----------------------------------------------------------------------------------


def made_by(tracker: Tracker, sentence: Sentence) -> str:
    """Say who made a sentence, in a clause; empty where the data does not say who wrote its own."""
    return tracker.data.about.profiles if sentence.written else _BY_PROGRAM


def rests_on(tracker: Tracker, sentence: Sentence) -> list[tuple[str, str, str]]:
    """Return what a sentence rests on, acts first: the parameter that opens it (act, event), its id
    and its name.
    """
    acts = [("act", code, tracker.acts[code].name) for code in sentence.act_ids]
    events = [("event", code, tracker.titles[code]) for code in sentence.event_ids]
    return acts + events


def dated_text(tracker: Tracker, sentence: Sentence, day: date) -> str:
    """Return a sentence with its day, to be quoted, with how far it is known, and with the doubts
    about what it rests on.
    """
    until = ", ".join(filter(None, [f"As of {words.day(day)}", sentence.reach]))
    return " ".join(
        filter(None, [f"{until}: {sentence.text}", untold_doubt(tracker, sentence, day)])
    )
