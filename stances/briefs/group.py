"""The brief of a group, on two pages: what its members did and must do, and where each stands."""

from __future__ import annotations

import math
from collections.abc import Sequence

from stances import words
from stances.answers.acts import (
    ActQuery,
    Deadline,
    ahead_told,
    deadlines,
    find_acts,
)
from stances.answers.backing import backing, backing_words
from stances.answers.binding import due_words, quote
from stances.answers.happened import happened_told
from stances.answers.ledger import Deed, Span, ledger
from stances.answers.members import (
    Member,
    MemberTable,
    binds_line,
    due_elsewhere,
    in_order,
    member_table,
    members_headline,
    totals_told,
)
from stances.answers.nearest import nearest_headline
from stances.answers.neighbours import first_of, nearest
from stances.answers.standing import map_alt
from stances.answers.tracker import Tracker
from stances.briefs.actor import (
    NOTHING,
    deed_row,
    done_by_reader,
    for_reader,
    stance_cell,
    weightiest_first,
)
from stances.briefs.asked import AskedBrief
from stances.briefs.parts import (
    LEAD,
    BriefColumn,
    Part,
    act_swatch,
    cell,
    figures,
    note,
    notes,
    picture,
    stance_swatch,
    table,
    text,
)
from stances.briefs.sheet import caveats, foot, top
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.dataset.schema import ALL_ACTORS
from stances.figures.map import VIEWS
from stances.figures.theme import LIGHT
from stances.pictures.asked import AskedPicture
from stances.pictures.canvas import Canvas
from stances.pictures.frame import Box
from stances.pictures.map import put_map

MAP = "map"
_ACROSS = 4
# The map in px of its sheet, of which 1000 are as wide as the page.
_WIDE, _HIGH = 1000, 400
# Members of which each has room for a long name of an act; and rows that have room on a page.
_FEW, _ROWS = 18, 40


def group_pages(asked: AskedBrief) -> list[Part]:
    """The two pages, each as parts over a foot."""
    tracker = asked.tracker
    members = member_table(tracker, asked.code, asked.day, OVERALL)
    first = [
        *top(asked, asked.name),
        text(f"{members_headline(tracker.codebook, members)}.", LEAD, lines=4),
        figures(_totals(asked, members), _ACROSS),
        *([for_reader(asked, _reading(asked, members))] if asked.reader else []),
        _map_part(asked, members),
        _ahead(asked, members),
        _acted(asked),
        *([done_by_reader(asked)] if asked.reader else []),
    ]
    second = [
        *top(asked, ""),
        _table(asked, members),
        _gaps(asked, members),
        _behind(asked, members),
    ]
    link = asked.link("members", group=asked.code)
    return [
        {"parts": first, "foot": foot(asked, link, short=True)},
        {"parts": second, "foot": foot(asked, link)},
    ]


def _totals(asked: AskedBrief, members: MemberTable) -> list[tuple[str, str]]:
    """How many members there are, and of these those of each kind that any is of."""
    told = totals_told(asked.tracker.codebook, members)
    counted = [(label, f"{count:,}") for count, label in told if count]
    return [(f"{_one(asked)}s", f"{len(members.rows):,}"), *counted]


def _one(asked: AskedBrief) -> str:
    """What one of those is whom the brief is of."""
    return "Actor" if asked.code == ALL_ACTORS else "Member"


def _codes(members: MemberTable) -> tuple[str, ...]:
    return tuple(row.actor for row in members.rows)


# -- the map ------------------------------------------------------------------------------------


def _map_part(asked: AskedBrief, members: MemberTable) -> Part:
    codebook = asked.tracker.codebook
    about = words.about_domain(codebook, members.bound_in)
    place = codebook.columns.index(members.bound_in)
    levels = [row.standings[place].level for row in members.rows]
    alt = map_alt(codebook, levels, members.bound_in, asked.day)
    return picture(f"Where they stand {about}", "", MAP, alt)


def group_map(asked: AskedBrief) -> str:
    """The map of the members as SVG, everybody else left blank."""
    tracker = asked.tracker
    members = member_table(tracker, asked.code, asked.day, OVERALL)
    codes = _codes(members)
    reader = asked.reader if asked.reader in codes else None
    view = {"as_of": asked.day, "domain": members.bound_in, "actor": reader}
    shown = AskedPicture(tracker, LIGHT, {**view, "view": _view_of(tracker, members)})
    canvas = Canvas(LIGHT, asked.name)
    put_map(canvas, Box(0, 0, _WIDE, _HIGH), shown, codes)
    return canvas.cut(_WIDE, _HIGH).decode()


def _view_of(tracker: Tracker, members: MemberTable) -> str:
    """The first view on which every member stands that the map gives a colour, else the last."""
    place = tracker.codebook.columns.index(members.bound_in)
    colored = [row.actor for row in members.rows if not math.isnan(row.standings[place].stance)]
    placed = tracker.actors.loc[colored, ["lon", "lat"]].dropna()
    places = placed.to_numpy(float).tolist()
    fitting = (name for name, view in VIEWS.items() if all(view.shows(*at) for at in places))
    return next(fitting, list(VIEWS)[-1])


# -- deeds --------------------------------------------------------------------------------------

_AHEAD_COLUMNS = (
    BriefColumn("Deadline", 70),
    BriefColumn("Whose", 84),
    BriefColumn("Act", 0, 1),
    BriefColumn("What falls due", 150, 2),
)


def _ahead(asked: AskedBrief, members: MemberTable) -> Part:
    """The deadlines that are still to come, the next first."""
    tracker, group = asked.tracker, asked.code
    actors = None if group == ALL_ACTORS else _codes(members)
    rows = find_acts(tracker.data, asked.day, ActQuery(actors=actors))
    due = deadlines(tracker.codebook, rows)
    whose = "" if group == ALL_ACTORS else group
    told = f"{ahead_told(tracker.codebook, due, tracker.names, whose)}."
    ahead = sorted((each for each in due if not each.passed), key=lambda each: each.end)
    link = asked.link("acts", who=whose, deadline="any")
    return table(
        "Deadlines ahead", told, _AHEAD_COLUMNS, [_due_row(tracker, each) for each in ahead], link
    )


def _due_row(tracker: Tracker, due: Deadline) -> list[Part]:
    act = due.act
    what = due_words(tracker.codebook, act.deadline_kind)
    return [
        cell(words.short_day(words.dated(act.deadline))),
        cell(tracker.short_names[act.actor]),
        cell(act.name, act.legal_reference, note_link=act.legal_url),
        cell(f"{what[:1].upper()}{what[1:]}", act.deadline_what),
    ]


_ACTED_COLUMNS = (
    BriefColumn("Day", 58),
    BriefColumn("Whose", 70),
    BriefColumn("What was done", 0, 2),
    BriefColumn("What it changed", 166, 2),
)


def _acted(asked: AskedBrief) -> Part:
    """The deeds of members in the time of the brief, the weightiest first where there are many."""
    tracker, group = asked.tracker, "" if asked.code == ALL_ACTORS else asked.code
    span = Span(asked.since, asked.day, group=group)
    deeds, order = weightiest_first(ledger(tracker, span))
    rows = [_acted_row(tracker, deed) for deed in deeds]
    heading = f"Who acted since {words.day(asked.since)}"
    link = asked.link("compare", compare="dates", then=str(asked.since), among=asked.code)
    told = f"{happened_told(tracker, span)}.{order}"
    return table(heading, told, _ACTED_COLUMNS, rows, link)


def _acted_row(tracker: Tracker, deed: Deed) -> list[Part]:
    day, what, changed = deed_row(tracker, deed)
    return [day, cell(tracker.short_names[deed.actor]), what, changed]


# -- member by member ---------------------------------------------------------------------------


def _table(asked: AskedBrief, members: MemberTable) -> Part:
    """A row for each member, the strictest act first."""
    codebook = asked.tracker.codebook
    lines = 2 if len(members.rows) <= _FEW else 1
    columns = (
        BriefColumn(_one(asked), 76),
        BriefColumn(f"What binds {words.about_domain(codebook, members.bound_in)}", 0, lines),
        BriefColumn("Level", 66),
        BriefColumn("Level since", 60),
        BriefColumn("Deadline", 64),
        BriefColumn("Overall stance", 80),
    )
    ordered = in_order(codebook, members.rows, "act")
    rows = [_member(asked, members, row) for row in ordered]
    link = asked.link("members", group=asked.code, order="act")
    return table(f"{_one(asked)} by {_one(asked).lower()}", "", columns, rows, link, most=_ROWS)


def _member(asked: AskedBrief, members: MemberTable, row: Member) -> list[Part]:
    codebook, act = asked.tracker.codebook, row.binding
    held = row.standings[codebook.columns.index(members.bound_in)]
    if act is None:
        none = binds_line(codebook, members, row).partition(";")[0]
        known = not math.isnan(held.stance)
        level = cell(words.label(codebook, held.stance) if known else NOTHING,
                     swatch=stance_swatch(held))  # fmt: skip
        bound = [_binding_cell(row, none), level, cell(words.DASH)]
    else:
        scored = not math.isnan(act.level)
        told = codebook.scale.labels[int(act.level)] if scored else "Not scored"
        since = words.short_day(act.since) if act.since else words.DASH
        bound = [
            _binding_cell(row, act.name),
            cell(told, swatch=act_swatch(act.level, True)),
            cell(since),
        ]
    return [
        cell(row.short_name, strong=row.actor == asked.reader),
        *bound,
        cell(_deadline(row)),
        stance_cell(asked.tracker, row.standings[0]),
    ]


def _binding_cell(row: Member, told: str) -> Part:
    """What binds, and under it whose the deadline of the row is where that is another act's."""
    other = row.deadline.act_name if row.deadline and due_elsewhere(row) else ""
    return cell(told, f"Deadline by: {other}" if other else "")


def _deadline(row: Member) -> str:
    """When what is there must be gone, or what else falls due; in brackets once it has passed."""
    if row.deadline is None:
        return words.DASH
    told = words.short_day(row.deadline.ends)
    return f"({told})" if row.deadline.passed else told


# -- what is not known --------------------------------------------------------------------------


def _gaps(asked: AskedBrief, members: MemberTable) -> Part:
    """Who has no act and no position, who rests on words, who is fading or silent."""
    codebook = asked.tracker.codebook
    place = codebook.columns.index(members.bound_in)
    where = words.about_domain(codebook, members.bound_in)
    unbound = [row for row in members.rows if not row.binding]
    missing = [row for row in unbound if math.isnan(row.standings[place].stance)]
    worded = [row for row in unbound if not math.isnan(row.standings[place].stance)]
    told = [
        (f"No act and no position {where}", missing),
        (f"On words alone {where}", worded),
        ("Fading overall", [row for row in members.rows if row.standings[0].fading]),
        (f"{NO_POSITION} overall", [row for row in members.rows if _is_nowhere(row)]),
        ("Nothing in two years", [row for row in members.rows if not row.events]),
        ("Never scored", [row for row in members.rows if not row.standings[0].covered]),
    ]
    named = [note(f"{label} ({len(rows)})", _named(rows)) for label, rows in told]
    return notes("Gaps", named, lines=2)


def _is_nowhere(row: Member) -> bool:
    return math.isnan(row.standings[0].stance)


def _named(rows: Sequence[Member]) -> str:
    return f"{words.listed([row.short_name for row in rows])}." if rows else ""


def _behind(asked: AskedBrief, members: MemberTable) -> Part:
    tracker = asked.tracker
    sources = backing_words(tracker.codebook, backing(tracker, _codes(members), asked.day))
    bracketed = "In brackets: it has passed, and the act is still in force."
    return notes(
        "What this rests on",
        [note("Sources", sources), note("Deadlines", bracketed), *caveats(tracker, [])],
        lines=2,
    )


# -- for a reader -------------------------------------------------------------------------------


def _reading(asked: AskedBrief, members: MemberTable) -> str:
    """Who of the group is nearest to the reader, and where the reader itself stands."""
    tracker, reader = asked.tracker, asked.reader
    found = nearest(tracker, reader, _codes(members), asked.day)
    now, apart = first_of(tracker, found[found["enough"]], "distance")
    before, _ = first_of(tracker, found[found["enough_before"]], "distance_before")
    told = nearest_headline(tracker.names[reader], now, apart, before)
    return f"{told}. {quote(tracker, reader, asked.day).sentence}"
