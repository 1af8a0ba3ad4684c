"""The columns of the stances of a day, of months and of groups: only ever added, at the end."""

from stances.dataset.codebook import NO_POSITION
from stances.tables.col import Col

_VERSIONS = [
    Col(
        "dataset_version",
        "text",
        "Day of the newest row of the dataset, and the start of its content hash",
    ),
    Col("schema_version", "text", "Version of these columns"),
]
_CERTAINTY = Col("certainty", "number", "How far evidence is enough for a position: 0 (not) to 1")
_DOMAIN = Col("domain", "text", "What the stance is about: overall, or a domain of the codebook")
_ACTOR = Col(
    "actor", "text", "Code of the actor: ISO 3166-1 alpha-3, or the code of an institution"
)
_NAME = Col("name", "text", "Name of the actor")
_FIGURES = [
    Col(
        "stance",
        "number",
        "Weighted mean of the scores that count, four decimals; empty: no current position",
    ),
    Col(
        "low",
        "number",
        "Lowest stance that the doubts of the scores allow; these are of their confidence and of "
        "blind codings; empty: no current position",
    ),
    Col(
        "high",
        "number",
        "Highest stance that the same doubts allow; empty: no current position",
    ),
    Col("label", "text", f"The stance in a word of the scale, or {NO_POSITION}"),
    Col("evidence", "number", "Weights of the events that count, added up"),
]

SNAPSHOT = [
    Col("as_of", "day", "Day of which the row tells the stance (ISO 8601)"),
    _ACTOR,
    _NAME,
    Col("kind", "text", "What the actor is"),
    _DOMAIN,
    *_FIGURES,
    Col(
        "in_force_event_id",
        "text",
        "The act that set the level in force; empty: none, and on overall rows",
    ),
    Col("in_force_since", "day", "Day of that act"),
    Col("last_event_id", "text", "Latest scored event up to the day; empty: none"),
    Col("last_event_date", "day", "Day of that event"),
    Col("events", "whole", "Number of scored events up to the day"),
    *_VERSIONS,
    _CERTAINTY,
    Col(
        "act_level",
        "whole",
        "Level in force: the score of the act in force; empty: none, and on overall rows",
    ),
    Col(
        "act_event_id",
        "text",
        "The act shown for that level: see act_id; empty: none, and on overall rows",
    ),
    Col("act_id", "text", "Its line in the register of acts (acts.csv); empty: it has none"),
    Col(
        "looked_to",
        "day",
        "Day up to which sources on the actor were looked through, as known today whatever the day "
        "of the row: after it nothing may be recorded yet; empty: not said",
    ),
]

SERIES = [
    Col("date", "day", "Last day of a month, or the last day of the series (ISO 8601)"),
    _ACTOR,
    _NAME,
    _DOMAIN,
    *_FIGURES,
    *_VERSIONS,
    _CERTAINTY,
]

_NOBODY = "empty: no member has a position"
GROUPS = [
    Col("date", "day", "Last day of a month, or the last day of the series (ISO 8601)"),
    Col("group", "text", "Name of the group"),
    Col("domain", "text", "What the stances are about: overall, or a domain of the codebook"),
    Col("mean", "number", f"Mean stance of the members, each weighed by its certainty; {_NOBODY}"),
    Col("label", "text", f"The mean in a word of the scale, or {NO_POSITION}"),
    Col("median", "number", f"Median stance of the members; {_NOBODY}"),
    Col("spread", "number", f"Population standard deviation, weighed as the mean; {_NOBODY}"),
    Col("members", "whole", "Number of members on the day"),
    Col("with_position", "whole", "Of these, how many have a position"),
    Col("restricting", "whole", "Of these, how many restrict"),
    Col("open", "whole", "And how many are open"),
    Col("dataset_version", "text", "Version of the dataset"),
    Col("schema_version", "text", "Version of the schema"),
    Col("mean_plain", "number", f"Mean stance, all members alike; {_NOBODY}"),
    Col(
        "limiting",
        "whole",
        "Of the members, how many can or do limit the subject by a rule in force, or have an open "
        "case; overall: by a rule in any domain",
    ),
    Col("used", "whole", "Of these, how many are known to have used such a rule"),
    Col(
        "excluding",
        "whole",
        "Of those who can or do limit it, how many have a rule at the strictest level of the scale",
    ),
]
