"""The columns of the members of a group on a day (`answers.members`)."""

from stances.tables.col import Col

MEMBERS = [
    Col("as_of", "day", "Day of which the row tells"),
    Col("group", "text", "The group; with +: and its bodies; all: every actor"),
    Col("domain", "text", "What it is about: overall, or a field of the codebook"),
    Col("actor", "text", "Code of the actor", "Country", "actor"),
    Col("name", "text", "Name of the actor"),
    Col("stance", "number", "Stance, four decimals; empty: no current position"),
    Col("level", "whole", "Its level, a point of the scale; empty: none"),
    Col("label", "text", "The level in a word, or that there is no current position"),
    Col("is_old", "truth", "Whether the position rests on statements of more than two years ago"),
    Col("rests_on", "text", "What the position rests on, in a word; empty: no position"),
    Col("limits", "truth", "Whether it can limit the subject by a rule or case in force"),
    Col("used", "truth", "Whether it is known to have used such a rule by then"),
    Col("eased", "truth", "Whether those used have been softened in practice; on the newest day"),
    Col("act_id", "text", "The rule that was used, else the strictest in force; empty: none"),
    Col("act_name", "text", "Its name, or the event that stands for it", "Rule in force", "rule"),
    Col("act_level", "whole", "Its level, a point of the scale"),
    Col("act_since", "partial", "Since when it binds: a day, month or year"),
    Col("applied", "text", "Whether it was used by then: yes, eased, no, unknown"),
    Col("applied_what", "text", "What was done by it; told of the newest day alone"),
    Col("doubt", "text", "Why it is not certain that it holds; known for the newest day alone"),
    Col("deadline", "partial", "The next date ahead by which the subject's equipment must be out",
        "{subject} out by", "removal"),
    Col("deadline_what", "text", "What must be out by then"),
    Col("deadline_part", "text", "Which part of the networks that is, a code"),
    Col("last_event_id", "text", "Latest scored event up to the day, in events.csv"),
    Col("last_event_date", "day", "Day of that event"),
    Col("acts_12_months", "whole", "Acts in the twelve months to the day, scored or not"),
    Col("other_12_months", "whole", "Other events in the same time, scored or not"),
]  # fmt: skip
