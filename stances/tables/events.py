"""The columns of events, of what was done between two days, and of why a position is as it is."""

from stances.tables.col import Col

_DATE = Col("date", "day", "Its day, the first of what is known", head="Date", markup="date")
_PRECISION = Col("date_precision", "text", "How exactly that is known: day, month, year")
_ACTOR = Col("actor", "text", "Code of the actor", head="Who", markup="actor")
_TITLE = Col("title", "text", "What happened", head="Event", markup="event")
_DIRECTION = Col(
    "direction",
    "text",
    "Of an act, how it moved its field's level: Stricter, Softer, New; empty: not",
)

EVENTS = [
    Col("event_id", "text", "Id of the event"),
    _DATE,
    _PRECISION,
    _ACTOR,
    _TITLE,
    Col("domain", "text", "Field of the codebook"),
    Col("instrument", "text", "Kind of event, a code of the codebook",
        head="Kind", markup="instrument"),
    Col("score", "whole", "Score, a point of the scale; empty: not scored",
        head="Level", markup="level"),
    Col("confidence", "text", "How sure the coding is"),
    Col("binding", "truth", "Whether it is an act that binds, by its kind"),
    _DIRECTION,
    Col("landmark", "truth", "Whether it is a landmark"),
    Col("end_date", "day", "The day on which what it set up ended"),
    Col("summary", "text", "What happened, in a few sentences"),
    Col("speaker", "text", "Who spoke or decided"),
    Col("note", "text", "Note of the coders"),
    Col("source", "text", "Its strongest source, or the one looked for",
        head="Source", markup="source"),
    Col("source_url", "text", "Address of that source"),
    Col("sources", "whole", "Number of sources"),
    Col("source_ids", "text", "Ids of all sources, joined by semicolons"),
    Col("recorded", "day", "Day on which the row was entered or last changed"),
    Col("added", "day", "Day on which the row first came in"),
]  # fmt: skip

CHANGES = [
    Col("event_id", "text", "Id of the event"),
    _DATE,
    _PRECISION,
    _ACTOR,
    _TITLE,
    Col("domain", "text", "Field of the codebook"),
    Col("instrument", "text", "Kind of event, a code of the codebook"),
    Col("score", "whole", "Score, a point of the scale; empty: context, not scored"),
    Col("binding", "truth", "Whether it is an act that binds, by its kind"),
    Col("level_before", "whole", "Its field's level on the day before; empty: none"),
    Col("level_after", "whole", "The level that the act sets; of words, that of their day"),
    _DIRECTION,
]  # fmt: skip

# The events that make a position (`answers.stance`), the heaviest first.
WHY = [
    Col("title", "text", "What happened", head="Why", markup="event"),
    Col("date", "day", "Its day, the first of what is known", head="Date", markup="day"),
    Col(
        "counted_score",
        "whole",
        "Score that counts: that of the act which milder words confirm",
        head="Score",
        markup="figure",
    ),
    Col(
        "weight",
        "number",
        "What it counts on the day, by its kind and age",
        head="Weight",
        markup="decimals",
    ),
    Col(
        "share",
        "number",
        "Its part of the position; all add up to 1",
        head="Share",
        markup="percent",
    ),
    Col(
        "contribution",
        "number",
        "Score × share; all add up to the position",
        head="Score × share",
        markup="signed",
    ),
]
