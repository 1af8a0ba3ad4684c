"""The brief of a group, on two pages: what its members did and must do, and where each stands."""

from __future__ import annotations

import math
from collections.abc import Sequence

from stances import words
from stances.answers.acts import ALL, IN_DOUBT
from stances.answers.backing import backing, backing_words
from stances.answers.happened import happened_text
from stances.answers.ledger import Action, Span, ledger
from stances.answers.members import (
    Member,
    MemberTable,
    binds_line,
    due_elsewhere,
    in_order,
    leading_note,
    member_table,
    members_headline,
    totals_listed_texts,
)
from stances.answers.nearest import nearest_headline
from stances.answers.neighbours import first_of, nearest
from stances.answers.practice import use_parts, used_heading
from stances.answers.profile import profile
from stances.answers.standing import map_alt
from stances.answers.steps import Step, deadlines_headline, steps_of
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, OVERALL, Codebook
from stances.dataset.schema import ALL_ACTORS
from stances.figures.map import VIEWS
from stances.figures.theme import LIGHT
from stances.pages.briefs.actor import (
    NOTHING,
    deed_row,
    done_by_reader,
    for_reader,
    stance_cell,
    weightiest_first,
)
from stances.pages.briefs.parts import (
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
from stances.pages.briefs.request import BriefRequest
from stances.pages.briefs.sheet import caveats, foot, top
from stances.pictures.canvas import Canvas
from stances.pictures.frame import Box
from stances.pictures.map import put_map
from stances.pictures.request import PictureRequest

MAP = "map"
_ACROSS = 4
# The map in px of its sheet, of which 1000 are as wide as the page.
_WIDE, _HIGH = 1000, 400
# Members of which each has room for a long name of an act; and rows that have room on a page.
_FEW, _ROWS, _MANY_LINES = 18, 40, 4


def group_pages(asked: BriefRequest) -> list[Part]:
    """Return the two pages, each as parts over a foot."""
    tracker = asked.tracker
    members = member_table(tracker, asked.code, asked.day, OVERALL)
    first = [
        *top(asked, asked.name),
        text(members_headline(tracker, members), LEAD, lines=4),
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


def _totals(asked: BriefRequest, members: MemberTable) -> list[tuple[str, str]]:
    """How many members there are, and of these those of each kind that any is of."""
    text = totals_listed_texts(asked.tracker.codebook, members)
    counted = [(label, f"{count:,}") for count, label in text if count]
    return [(_all(asked), f"{len(members.rows):,}"), *counted]


def _one(asked: BriefRequest) -> str:
    """Return what one of those is whom the brief is of."""
    return words.WHO if asked.code == ALL_ACTORS else "Member"


def _all(asked: BriefRequest) -> str:
    """Return what all of those are."""
    return "Countries and bodies" if asked.code == ALL_ACTORS else "Members"


def _codes(members: MemberTable) -> tuple[str, ...]:
    return tuple(row.actor for row in members.rows)


# -- the map ------------------------------------------------------------------------------------


def _map_part(asked: BriefRequest, members: MemberTable) -> Part:
    codebook = asked.tracker.codebook
    about = words.about_domain(codebook, members.bound_in)
    place = codebook.columns.index(members.bound_in)
    levels = [row.standings[place].level for row in members.rows]
    alt = map_alt(codebook, levels, members.bound_in, asked.day)
    return picture(f"Where they stand {about}", "", MAP, alt)


def group_map(asked: BriefRequest) -> str:
    """Return the map of the members as SVG, everybody else left blank."""
    tracker = asked.tracker
    members = member_table(tracker, asked.code, asked.day, OVERALL)
    codes = _codes(members)
    reader = asked.reader if asked.reader in codes else None
    view = asked.view.but(domain=members.bound_in, actor=reader, view=_view_of(tracker, members))
    shown = PictureRequest(view, LIGHT)
    canvas = Canvas(LIGHT, asked.name)
    put_map(canvas, Box(0, 0, _WIDE, _HIGH), shown, codes)
    return canvas.cut(_WIDE, _HIGH).decode()


def _view_of(tracker: Tracker, members: MemberTable) -> str:
    """Return the first view on which every member stands that the map gives a colour, else the
    last.
    """
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


def _ahead(asked: BriefRequest, members: MemberTable) -> Part:
    """Return the deadlines that are still to come, the next first."""
    tracker, group = asked.tracker, asked.code
    actors = None if group == ALL_ACTORS else _codes(members)
    due = steps_of(tracker, asked.day, actors)
    whose = "" if group == ALL_ACTORS else group
    text = f"{deadlines_headline(tracker, due, asked.day, whose)}."
    ahead = [step for step in due if not step.passed]
    link = asked.link("acts", who=whose, deadline="any", status=ALL)
    return table(
        "Deadlines ahead", text, _AHEAD_COLUMNS, [_due_row(tracker, step) for step in ahead], link
    )


def _due_row(tracker: Tracker, step: Step) -> list[Part]:
    act = step.act
    return [
        cell(words.short_day(words.dated(step.deadline)), "" if step.binds else "rule to come"),
        cell(tracker.short_names[act.actor]),
        cell(act.name, act.legal_reference, note_link=act.legal_url),
        cell(tracker.codebook.acts.deadline_kind[step.kind], step.what),
    ]


_ACTED_COLUMNS = (
    BriefColumn("Day", 58),
    BriefColumn("Whose", 70),
    BriefColumn("What was done", 0, 2),
    BriefColumn("What it changed", 166, 2),
)


def _acted(asked: BriefRequest) -> Part:
    """Return the deeds of members in the time of the brief, the weightiest first where there are
    many.
    """
    tracker, group = asked.tracker, "" if asked.code == ALL_ACTORS else asked.code
    span = Span(asked.since, asked.day, group=group)
    deeds, order = weightiest_first(ledger(tracker, span))
    rows = [_acted_row(tracker, deed) for deed in deeds]
    heading = f"Who acted since {words.day(asked.since)}"
    link = asked.link("compare", compare="dates", then=str(asked.since), among=asked.code)
    text = f"{happened_text(tracker, span)}.{order}"
    return table(heading, text, _ACTED_COLUMNS, rows, link)


def _acted_row(tracker: Tracker, deed: Action) -> list[Part]:
    day, what, changed = deed_row(tracker, deed)
    return [day, cell(tracker.short_names[deed.actor]), what, changed]


# -- member by member ---------------------------------------------------------------------------


def _table(asked: BriefRequest, members: MemberTable) -> Part:
    """Return a row for each member, the strictest act first."""
    codebook = asked.tracker.codebook
    columns = (
        BriefColumn(_one(asked), 68),
        BriefColumn(f"Level {words.about_domain(codebook, members.bound_in)}", 94),
        BriefColumn(used_heading(codebook), 78),
        BriefColumn("What was done, or what binds", 0),
        BriefColumn("Deadline", 64),
        BriefColumn("Overall", 82),
    )
    ordered = in_order(codebook, members.rows, "act")
    rows = [_member(asked, members, row) for row in ordered]
    link = asked.link("members", group=asked.code, order="act")
    return table(f"{_all(asked)} one by one", "", columns, rows, link, most=_ROWS)


def _member(asked: BriefRequest, members: MemberTable, row: Member) -> list[Part]:
    codebook, act = asked.tracker.codebook, row.binding
    held = row.standings[codebook.columns.index(members.bound_in)]
    if act is None:
        none = binds_line(codebook, members, row).partition(";")[0]
        known = not math.isnan(held.stance)
        level = cell(words.label(codebook, held.stance) if known else NOTHING,
                     swatch=stance_swatch(held))  # fmt: skip
        bound = [level, cell(words.DASH), cell("", none, note_lines=2)]
    else:
        scored = not math.isnan(act.level)
        text = codebook.scale.labels[int(act.level)] if scored else "No level"
        since = f"since {words.short_day(act.since)}" if act.since and scored else ""
        state = f"{text}, {IN_DOUBT}" if act.doubt else text
        used, first = use_parts(row.use)
        lines = _MANY_LINES if len(members.rows) <= _FEW else 1 + scored
        bound = [
            cell(state, since, act_swatch(act.level, True)),
            cell(used, first),
            cell("", row.use.what or act.title, note_lines=lines),
        ]
    return [
        cell(row.short_name, strong=row.actor == asked.reader),
        *bound,
        cell(_deadline(row), _beside_deadline(codebook, row), note_lines=4),
        stance_cell(asked.tracker, row.standings[0]),
    ]


def _beside_deadline(codebook: Codebook, row: Member) -> str:
    """Return the date of the leading kind where another is next, and whether another rule sets
    this.
    """
    other = "by another rule" if row.deadline and due_elsewhere(row) else ""
    return "; ".join(filter(None, [other, leading_note(codebook, row)]))


def _deadline(row: Member) -> str:
    """When something falls due next; in brackets once it has passed."""
    if row.deadline is None:
        return words.DASH
    text = words.short_day(row.deadline.ends)
    return f"({text})" if row.deadline.passed else text


# -- what is not known --------------------------------------------------------------------------


def _gaps(asked: BriefRequest, members: MemberTable) -> Part:
    """Who has no act and no position, who rests on words, whose evidence is old, who is silent."""
    codebook = asked.tracker.codebook
    place = codebook.columns.index(members.bound_in)
    where = words.about_domain(codebook, members.bound_in)
    unbound = [row for row in members.rows if not row.binding]
    missing = [row for row in unbound if math.isnan(row.standings[place].stance)]
    worded = [row for row in unbound if not math.isnan(row.standings[place].stance)]
    text = [
        (f"No act and no position {where}", missing),
        (f"On statements alone {where}", worded),
        ("Old evidence overall", [row for row in members.rows if row.standings[0].old]),
        (f"{NO_POSITION} overall", [row for row in members.rows if _is_nowhere(row)]),
        ("Nothing in two years", [row for row in members.rows if not row.events]),
        ("Never scored", [row for row in members.rows if not row.standings[0].covered]),
    ]
    named = [note(f"{label} ({len(rows)})", _named(rows)) for label, rows in text]
    return notes("Gaps", named, lines=2)


def _is_nowhere(row: Member) -> bool:
    return math.isnan(row.standings[0].stance)


def _named(rows: Sequence[Member]) -> str:
    return f"{words.listed([row.short_name for row in rows])}." if rows else ""


def _behind(asked: BriefRequest, members: MemberTable) -> Part:
    tracker = asked.tracker
    sources = backing_words(tracker.codebook, backing(tracker, _codes(members), asked.day))
    bracketed = "In brackets: it has passed, and the act is still in force."
    return notes(
        "What this rests on",
        [
            note("Sources", sources),
            note("In doubt", _doubts(members)),
            note("Deadlines", bracketed),
            *caveats(tracker, []),
        ],
        lines=2,
    )


def _doubts(members: MemberTable) -> str:
    """Whose rules are in doubt, and where it stands why."""
    doubted = [row.short_name for row in members.rows if row.binding and row.binding.doubt]
    why = f"{words.listed(doubted)}: whether the rule holds as shown; the brief of each says why."
    return why if doubted else ""


# -- for a reader -------------------------------------------------------------------------------


def _reading(asked: BriefRequest, members: MemberTable) -> str:
    """Who of the group is nearest to the reader, and where the reader itself stands."""
    tracker, reader = asked.tracker, asked.reader
    found = nearest(tracker, reader, _codes(members), asked.day)
    now, _ = first_of(tracker, found[found["enough"]], "distance")
    before, _ = first_of(tracker, found[found["enough_before"]], "distance_before")
    text = nearest_headline(tracker.called[reader], now, before)
    return f"{text}. {profile(tracker, reader, asked.day).text}"
