"""The columns of the rules on a day, and of their dates (`answers.acts`)."""

from stances.tables.col import Col

_FIELD = Col("domain", "text", "Field of the codebook", head="Field", markup="field")
_LEVEL = Col(
    "level", "whole", "Level that it sets, of the scale; empty: none", head="Level", markup="level"
)
_USED = Col(
    "applied",
    "text",
    "Whether it was used on the subject by the day: yes, eased, no, unknown",
    head="Used on {subject}",
    markup="used",
)
_SINCE = Col(
    "since",
    "partial",
    "From when on it binds: a day, month or year",
    head="Since",
    markup="partial",
)
_NEXT = Col(
    "next_deadline", "partial", "The next date ahead that it sets", head="Next date", markup="due"
)

ACTS = [
    Col("act_id", "text", "Id of the rule"),
    Col("actor", "text", "Code of the actor whose rule it is", head="Government", markup="actor"),
    Col("actor_name", "text", "Name of the actor"),
    Col("name", "text", "Short name", head="Rule", markup="act"),
    _FIELD,
    Col("status", "text", "On the day: in force, not yet, ended, suspended, or a suspension"),
    _LEVEL,
    _USED,
    _SINCE,
    _NEXT,
    Col("event_id", "text", "The event that brought it, in events.csv; empty: none by then"),
    Col("obligation", "text", "What it asks, in a sentence; told of the newest day alone"),
    Col("scope", "text", "What it covers, codes joined by semicolons"),
    Col("aim", "text", "How it meets the subject, a code"),
    Col("adopted", "partial", "When it was adopted"),
    Col("in_force_from", "partial", "From when on it is in force, by its text"),
    Col("next_kind", "text", "Kind of the next date, a code"),
    Col("next_what", "text", "What falls due then"),
    Col("next_estimate", "truth", "Whether that date was counted, since no source names it"),
    Col("ended", "partial", "When it ended; empty: it has not by the day"),
    Col("ended_how", "text", "How it ended, a code"),
    Col("ended_by", "text", "The event by which it ended"),
    Col("applied_what", "text", "What was done by it; told of the newest day alone"),
    Col("applied_since", "partial", "Day, month or year of its first known use"),
    Col("doubt", "text", "Why its status is not certain; known for the newest day alone"),
    Col("confidence", "text", "How sure the row is"),
    Col("legal_reference", "text", "The legal text"),
    Col("legal_url", "text", "Where that stands"),
    Col("penalty", "text", "What a breach costs; told of the newest day alone"),
    Col("note", "text", "Note of the register; told of the newest day alone"),
    Col("source_ids", "text", "Its sources, ids joined by semicolons"),
]  # fmt: skip

# What binds one country.
BINDS = [
    _FIELD,
    Col("name", "text", "Short name, or the event that stands for it", head="Rule", markup="act"),
    _LEVEL,
    _USED,
    _SINCE,
    _NEXT,
]

DEADLINES = [
    Col("act_id", "text", "Id of the rule that sets the date"),
    Col("deadline", "partial", "The date: a day, month or year"),
    Col("actor", "text", "Code of the actor whose rule it is"),
    Col("what", "text", "What falls due"),
    Col("kind", "text", "Kind of date, a code of the codebook"),
    Col("part", "text", "Which part of the networks it is about, a code"),
    Col("name", "text", "Short name of the rule"),
    _FIELD,
    Col("status", "text", "Status of the rule on the day: in force, not yet, ended"),
    Col("end", "day", "The last day on which it may fall"),
    Col("passed", "truth", "Whether that is over: by today, where the day is the newest"),
    Col("ahead", "truth", "Whether it is ahead, under a rule that has not ended"),
    Col("in_doubt", "truth", "Whether the rule is in doubt; known for the newest day"),
    Col("expected", "truth", "Whether it is expected and not ordered"),
    Col("estimate", "truth", "Whether it was counted, since no source names the day"),
    Col("general", "truth", "Whether the rule does not name the subject and was not used on it"),
    Col("note", "text", "Note of the register; told of the newest day alone"),
]  # fmt: skip
