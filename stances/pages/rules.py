"""Rules: what is in force, and what falls due."""

from __future__ import annotations

import pandas as pd

from stances import words
from stances.answers import acts
from stances.charts import deadlines, svg
from stances.charts.plot import Chart
from stances.charts.png import Picture
from stances.links import filtered
from stances.links.pages import RULE_FILTERS
from stances.links.parameters import ALL
from stances.links.view import View
from stances.model.acts import IN_FORCE
from stances.pages import pictures, shared
from stances.pages.block import Block, Control, Page
from stances.tables import ACTS

_ROWS = 40
# What a reader narrows the register by, beside the field above it and the status within it.
_FILTERS = [name for name in RULE_FILTERS if name not in ("domain", "status")]
# What a feed has no filter for, and its scope does not say, is no filter of the calendar beside it.
_NOT_OF_FEEDS = [name for name in RULE_FILTERS if name not in ("domain", "actor", "group")]


def page(view: View) -> Page:
    """Return the dates ahead, and the register with its own search, which comes first of the two
    where something is looked for.
    """
    rows = filtered.chosen_rules(view)
    # The status narrows the table alone: not the dates, and not how many rules have each.
    rows_of_any_status = filtered.chosen_rules(view, status=ALL)
    table = shared.long_table(
        view,
        rows,
        size=_ROWS,
        id="rules",
        cols=ACTS,
        shape="reg",
        once="actor",
        dash=True,
        empty="No rules match.",
    )
    register = [_form(view, rows, rows_of_any_status), table]
    dates = _dates(view, rows_of_any_status)
    blocks = [*register, *dates] if _is_narrowed(view) else [*dates, *register]
    return Page(
        headline=_headline(view, rows, rows_of_any_status),
        controls=shared.controls(view),
        picture=("Dates as picture", "deadlines"),
        file=("Rules", "acts"),
        scope=shared.scope(view),
        feed_filter=dict.fromkeys(_NOT_OF_FEEDS),
        printed_title=f"Rules, {view.field}, {view.day_in_words}",
        blocks=blocks,
    )


def picture(view: View) -> Picture:
    """Return the dates ahead by which equipment must be out as a picture."""
    # As on the page.
    removals, _ = _dates_ahead(view, filtered.chosen_rules(view, status=ALL))
    title = f"{view.tracker.codebook.subject} out by"
    if removals.empty:
        title = shared.no_date(view)
    return pictures.picture(view, _chart(view, removals), title, f"rules of {view.day_in_words}")


def _headline(view: View, rows: pd.DataFrame, rows_of_any_status: pd.DataFrame) -> str:
    """Say how many rules are found, by which filters. `rows_of_any_status`: those of the other
    filters, whatever their status.
    """
    if _is_narrowed(view):
        # That rules are in force is usual, so it is not said.
        status = [] if view["status"] == IN_FORCE else ["status"]
        chosen = filtered.in_words(view, "domain", *_FILTERS, *status)
        headline = acts.headline(view.tracker, view.day, rows, chosen)
        return shared.dated(view, headline)
    # Of no filter it names its day itself, and tells what falls due too, also of rules that are not
    # in force yet.
    return acts.headline(view.tracker, view.day, rows_of_any_status, domain=view.domain)


def _is_narrowed(view: View) -> bool:
    """Say whether the register is narrowed by more than the field."""
    return view["status"] != IN_FORCE or any(filtered.is_chosen(view, name) for name in _FILTERS)


def _dates_ahead(view: View, rules: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the dates of some rules by which the subject must be out, and all others."""
    tracker = view.tracker
    ahead = acts.dates_ahead(tracker, view.day)
    ahead = ahead[ahead["act_id"].isin(rules["act_id"])]
    is_removal = ahead["kind"] == tracker.codebook.acts.leading
    return ahead[is_removal], ahead[~is_removal]


def _chart(view: View, removals: pd.DataFrame) -> Chart:
    """Return the chart of the dates by which the subject must be out, each linked to its rule."""
    links = {act_id: view.record_act(act_id) for act_id in removals["act_id"]}
    clock = acts.clock(view.tracker, view.day)
    return deadlines.chart(removals, names=view.tracker.short, day=clock, links=links)


def _dates(view: View, rules: pd.DataFrame) -> list[Block]:
    """Return the dates of some rules by which the subject must be out as a chart, all others in a
    fold.
    """
    removals, others = _dates_ahead(view, rules)
    figure = Block(
        "figure",
        "dates",
        title=f"{view.tracker.codebook.subject} out by",
        first=not _is_narrowed(view),
        svg=svg.on_page(_chart(view, removals)),
        frame=removals,
        empty=f"{shared.no_date(view)}.",
        more="Calendar",
        href=view.file("deadlines", "ics", status=None),
    )
    # Without rows the template draws nothing.
    summary = words.plural(len(others), "other date")
    return [figure, Block("fold", "others", summary=summary, frame=others, shape="cols")]


def _form(view: View, rows: pd.DataFrame, rows_of_any_status: pd.DataFrame) -> Block:
    """Return the controls of the register, with how many rules have each status."""
    counts = rows_of_any_status["status"].value_counts()
    options = []
    for code, label in view.entry.options(view.tracker, "status").items():
        # All at once are asked for by the address alone.
        if code != ALL:
            options.append((code, f"{label} {counts.get(code, 0)}"))

    controls = [
        shared.control(view, "q", "Search rules"),
        shared.control(view, "actor", "Government or group", "All governments"),
        shared.control(view, "applied"),
    ]
    controls += shared.chips(view, controls, _FILTERS)
    controls.append(Control("links", "status", "Status", value=view["status"], options=options))
    return Block(
        "form",
        "register",
        title="Register",
        first=_is_narrowed(view),
        controls=controls,
        action=shared.cleared(view),
        hidden=shared.taken_along(view, controls),
        in_doubt=rows["in_doubt"].any(),
        worded=shared.day_of_wording(view),
        unscored=rows["level"].isna().sum(),
    )
