"""The one sentence of where an actor stands on a day, as a person would print it.

The data has one for some days, written from rows that it names; it stands wherever it holds. On
every other day, and in the view of one domain, the program makes one: see `compose`.
"""

from datetime import date
from typing import Any

from stances import words
from stances.answers.introduction import reach
from stances.answers.sentence import Sentence, compose, untold_doubt
from stances.answers.tracker import Tracker, memoize
from stances.dataset.codebook import OVERALL
from stances.dataset.profiles import Profile, profile_on
from stances.words import Dated

# What is said beside a sentence that the data does not have.
_BY_PROGRAM = "Put together by this program from the rows that it rests on"


@memoize
def profile(tracker: Tracker, actor: str, day: date, domain: str = OVERALL) -> Sentence:
    """Return where an actor stands on a day, over all domains or in one, and what that rests on."""
    published = tracker.settings is None and not tracker.basis_note
    row = profile_on(tracker.data, actor, day) if published and domain == OVERALL else None
    if row is None:
        made = compose(tracker, actor, day, domain)
    else:
        backs, source = _first_backed(tracker, row)
        made = Sentence(row.text, row.act_ids, row.event_ids, source, True, backs=backs)
    return made._replace(reach=reach(tracker.data, day))


def _first_backed(tracker: Tracker, row: Profile) -> tuple[str, Any]:
    """Return the name of the act or event that a written sentence tells first, and its strongest
    source; of the next one where that has none, None where none has.

    Acts and events stand in two lists, so what is told first is told by its date in the text. A
    stronger source of what is told later would not back how the sentence begins.
    """
    acts = [(tracker.acts[code], tracker.act_sources.get(code, [])) for code in row.act_ids]
    rows = [(act.name, _act_days(act), sources) for act, sources in acts]
    rows += [
        (tracker.titles[code], [tracker.dates[code]], tracker.sources.get(code, []))
        for code in row.event_ids
    ]
    last = (len(row.text), True)
    rows.sort(key=lambda pair: min((_place(row.text, day) for day in pair[1]), default=last))
    return next(((name, sources[0]) for name, _, sources in rows if sources), ("", None))


def _act_days(act: Any) -> list[Dated]:
    """Return the days by which an act may be told."""
    days = (act.adopted, act.in_force_from, act.applied_since, act.ended)
    return [words.partial_date(day) for day in days if day]


def _place(text: str, day: Dated) -> tuple[int, bool]:
    """Return where a text has the year of a day, best with its month, and if that is missing."""
    month = text.find(f"{day.day:%B %Y}")
    year = text.find(f"{day.day:%Y}", max(month, 0))
    return (year if year >= 0 else len(text)), month < 0


# -- in words -----------------------------------------------------------------------------------


def author_note(tracker: Tracker, sentence: Sentence) -> str:
    """Say who made a sentence, in a clause; empty where the data does not say who wrote its own."""
    return tracker.data.about.profiles if sentence.written else _BY_PROGRAM


def rests_on(tracker: Tracker, sentence: Sentence) -> list[tuple[str, str, str]]:
    """Return what a sentence rests on, acts first: the parameter that opens it, id and name."""
    acts = [("act", code, tracker.acts[code].name) for code in sentence.act_ids]
    events = [("event", code, tracker.titles[code]) for code in sentence.event_ids]
    return acts + events


def dated_text(tracker: Tracker, sentence: Sentence, day: date) -> str:
    """Quote a sentence with its day, how far it is known, and the doubts about its grounds."""
    until = ", ".join(filter(None, [f"As of {words.day(day)}", sentence.reach]))
    return " ".join(
        filter(None, [f"{until}: {sentence.text}", untold_doubt(tracker, sentence, day)])
    )
