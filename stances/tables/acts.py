"""The tables of acts: the register on a day, and what falls due."""

from dataclasses import replace
from operator import attrgetter
from typing import Any

from stances import escapes, words
from stances.answers.acts import covers, since, use_of
from stances.answers.introduction import known_later
from stances.answers.obligations import title_on
from stances.answers.practice import use_words, used_heading
from stances.answers.steps import NEXT, Step, due_of, state_of
from stances.answers.tracker import Tracker
from stances.markup.act import doubt_html, legal_html, practice_html
from stances.markup.sources import link_html
from stances.tables.paper import Cell, PaperColumn
from stances.tables.table import Place, RowsTable, TableColumn
from stances.words import Day

# The orders of the register by the column whose head has them.
_BY = {name: {name: "ascending"} for name in ("used", "status", "aim")}


def acts_table(tracker: Tracker, day: Day, kind: str = "") -> RowsTable:
    """Return acts as on the register on a day. Rows: `acts_on`. `kind`: of deadlines sought."""
    return RowsTable(
        caption="The rules found",
        columns=(*_whose(tracker, day), *_standing(tracker, day, kind), *_about(tracker)),
        title="What it does",
        parameter="act",
        code=lambda row: row.act_id,
        noun="rule",
    )


def _whose(tracker: Tracker, day: Any) -> tuple[TableColumn, ...]:
    """Return the columns of whose act it is, what it does, and what has become of it."""

    def actor(row: Any) -> str:
        return tracker.short_names[row.actor]

    def names(row: Any) -> str:
        wording = row.legal_reference or "Text"
        text = link_html(row.legal_url, wording, row.legal_url) if row.legal_url else ""
        reference = text or escapes.html(row.legal_reference)
        return f'{legal_html(row.name)}<div class="small">{reference}</div>'

    def what(row: Any) -> str:
        return title_on(row, day)

    def use(row: Any) -> str:
        return use_words(use_of(row))

    def practice(row: Any) -> str:
        return practice_html(use_of(row), known_later(tracker.data, day))

    heading = used_heading(tracker.codebook)
    return (
        TableColumn(words.WHO, actor, width="5.5rem", orders={"name": "ascending"}),
        TableColumn("What it does", what, below=names),
        TableColumn(heading, use, width="11rem", below=practice, orders=_BY["used"], labelled=True),
    )


def _standing(tracker: Tracker, day: Any, kind: str) -> tuple[TableColumn, ...]:
    """Return the columns of where an act stands, from when on, and until when something is due."""

    def state(row: Any) -> str:
        return state_of(tracker, row, day)

    def doubt(row: Any) -> str:
        return doubt_html(row.doubt, known_later(tracker.data, day))

    def due(row: Any) -> str:
        return due_of(tracker, row, day, kind)

    late, soon = {"date": "descending"}, {"deadline": "ascending"}
    return (
        TableColumn("Status", state, width="8rem", below=doubt, orders=_BY["status"]),
        TableColumn(
            "In force since", since, "partial", "6.4rem", orders=late, labelled=True, aside=True
        ),
        TableColumn("Deadline", due, width="6.4rem", orders=soon, labelled=True),
    )


def _about(tracker: Tracker) -> tuple[TableColumn, ...]:
    """Return what it covers, and what it aims at."""
    codebook = tracker.codebook

    def scope(row: Any) -> str:
        return covers(codebook, row)

    def aim(row: Any) -> str:
        return codebook.acts.aim[row.aim]

    return (
        TableColumn("Covers", scope, width="7rem", labelled=True, aside=True),
        TableColumn("Aim", aim, width="6rem", orders=_BY["aim"], labelled=True, aside=True),
    )


def deadlines_table(tracker: Tracker) -> RowsTable:
    """Return what falls due, a row a `Step`."""
    kinds = tracker.codebook.acts.deadline_kind

    def actor(step: Step) -> str:
        return tracker.short_names[step.act.actor]

    def due(step: Step) -> str:
        return escapes.html(f"{words.short_day(words.partial_date(step.deadline))}{step.reserve}")

    def kind(step: Step) -> str:
        return kinds[step.kind]

    def binds(step: Step) -> str:
        return since(step.act)

    def passed_text(step: Step) -> str:
        return "yes" if step.passed else "no"

    name, until = attrgetter("act.name"), attrgetter("deadline")
    rising, newest = "ascending", {"since": "descending"}
    day, rule = PaperColumn(70, cell=_due_cell), PaperColumn(cell=_rule_cell)
    what = PaperColumn(160, 2, lambda step: Cell(kind(step), step.what))
    return RowsTable(
        caption="The deadlines of the chart",
        columns=(
            TableColumn(
                words.WHO, actor, width="6rem", orders={"actor": rising}, paper=PaperColumn(84)
            ),
            TableColumn(
                "Deadline", until, "partial", "6.4rem", html=due, orders={NEXT: rising}, paper=day
            ),
            TableColumn("What falls due", lambda step: step.what, paper=what),
            TableColumn("Kind", kind, width="9rem", orders={"kind": rising}),
            TableColumn("Rule", name, width="14rem", orders={"rule": rising}, paper=rule),
            TableColumn("Binds from", binds, "partial", "6.4rem", orders=newest, labelled=True),
            TableColumn("Passed", passed_text, kind="truth", width="4rem", labelled=True),
        ),
        title="Rule",
        parameter="act",
        code=lambda step: step.act.act_id,
    )


def deadlines_of_page(tracker: Tracker, to: Place) -> RowsTable:
    """Return the table of deadlines, each row with a link to its act. `to`: where an act that is
    open stands, which is not where the table does.
    """

    def link(step: Step) -> str:
        return to.link(step.act.name, act=step.act.act_id)

    return replace(deadlines_table(tracker), link=link)


def _due_cell(step: Step) -> Cell:
    note = f"{'' if step.binds else 'rule to come'}{step.reserve}".strip()
    return Cell(words.short_day(words.partial_date(step.deadline)), note, lines=2)


def _rule_cell(step: Step) -> Cell:
    return Cell(step.act.name, step.act.legal_reference, link=step.act.legal_url)
