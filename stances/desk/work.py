"""What needs a person, list by list: rows of the tables, with what is to be done about each."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from textwrap import shorten
from typing import Any

import pandas as pd
import streamlit as st

from stances import words
from stances.answers.tracker import Tracker, cached
from stances.dataset.days import last_day
from stances.dataset.profiles import profile_terms
from stances.desk import candidates, outcome, packets
from stances.links.view import View
from stances.pages import shared
from stances.pages.block import Block
from stances.render.environment import context, drawn

# `row`: what the form opens; `date`: as pages write it; `what` is to be looked at, and `why`.
COLUMNS = ["row", "actor", "date", "what", "why"]
_MOST_ROWS = 25
_UNANSWERED = ("missing", "nothing")
_STALEST = 12


def labels(_: Tracker) -> dict[str, str]:
    """Return what the lists are called, by name."""
    return {name: label for name, (label, _) in _LISTS.items()}


def headline(view: View) -> str:
    """Say how much there is to be done."""
    counts = [len(rows) for name, rows in _lists(view).items() if name != "coverage"]
    return f"{words.plural(sum(counts), 'thing')} to look at"


def blocks(view: View) -> list[Block]:
    """Return the list that is chosen, else the first that has rows, beside the names of all."""
    lists = _lists(view)
    chosen = _chosen(view, lists)
    # Its rows have a press each, which Streamlit draws.
    if chosen == "coverage":
        return []
    rows, links = shared.part(view, lists[chosen], _MOST_ROWS)
    task = {"candidates": "new", "scores": "settle"}.get(chosen)
    hrefs = [view.link("desk", row=row, do=task, list=None) if row else "" for row in rows["row"]]
    who = rows["actor"].map(view.tracker.short).fillna(rows["actor"])
    label = _LISTS[chosen][0]
    return [
        Block(
            "work",
            "work",
            "wide",
            title=label,
            small=f"{len(lists[chosen]):,}",
            frame=rows.assign(href=hrefs, who=who),
            links=links,
            empty="Nothing.",
        ),
        Block("lists", "lists", "narrow", **_queue(lists, chosen)),
    ]


def _queue(lists: Mapping[str, pd.DataFrame], chosen: str) -> dict[str, Any]:
    """Return what the template of all lists takes."""
    queue = [(name, _LISTS[name][0], len(rows)) for name, rows in lists.items()]
    return {"lists": queue, "chosen": chosen}


def draw(view: View) -> None:
    """Draw who was looked through longest ago, each with a press, where that list is chosen."""
    lists = _lists(view)
    if _chosen(view, lists) != "coverage":
        return
    rows = lists["coverage"]
    left, right = outcome.columns()
    with left:
        outcome.markup(f'<h2 class="t0">{_LISTS["coverage"][0]} <small>{len(rows)}</small></h2>')
        names = dict(zip(rows["actor"], rows["what"], strict=True))
        stalest = [*names][:_STALEST]
        others = sorted([*names][_STALEST:], key=names.__getitem__)
        other = st.selectbox("Another", others, None, names.__getitem__, placeholder="Another")
        if other:
            stalest.insert(0, other)
        days = dict(zip(rows["actor"], rows["date"], strict=True))
        for actor in stalest:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                outcome.markup(f"{escape(names[actor])} <small>{days[actor]}</small>")
                outcome.looked_button(view, actor)
    with right:
        outcome.name_field()
        values = context(view) | _queue(lists, "coverage")
        outcome.markup(drawn("lists", values))


def _lists(view: View) -> dict[str, pd.DataFrame]:
    return {name: rows(view) for name, (_, rows) in _LISTS.items()}


def _chosen(view: View, lists: Mapping[str, pd.DataFrame]) -> str:
    name: str | None = view["list"]
    filled = [other for other, rows in lists.items() if len(rows)]
    return name or next(iter(filled), "coverage")


def _candidates(view: View) -> pd.DataFrame:
    """Return the candidates that wait, then the lines that are none, with what is wrong."""
    folder = candidates.chosen_folder
    if folder is None:
        return pd.DataFrame(columns=COLUMNS)
    rows = []
    for candidate in candidates.waiting(folder).to_dict("records"):
        cells = candidate["cells"]
        rows.append(
            {
                "row": candidate["id"],
                "actor": cells.get("actor", ""),
                "date": cells.get("date", ""),
                "what": cells.get("title", "No title"),
                "why": f"“{shorten(candidate['quote'], 90, placeholder=' …')}”",
            }
        )
    for fault in candidates.refused_lines(folder):
        place = f"{fault.file}, line {fault.line}"
        refused = {"what": f"Refused: {place}", "why": fault.message}
        rows.append(dict.fromkeys(COLUMNS, "") | refused)
    return pd.DataFrame(rows, columns=COLUMNS)


@cached
def _disagreed(tracker: Tracker) -> pd.DataFrame:
    """Return the events on which coders differ, those that a third person can settle."""
    rows = packets.differing(tracker)
    return _events(tracker, rows["event_id"], [*rows["why"]])


def _events(tracker: Tracker, ids: Any, why: Sequence[str]) -> pd.DataFrame:
    """Return events, the newest first, each with why it is in a list."""
    rows: pd.DataFrame = tracker.events.loc[ids].assign(why=why)
    rows = rows.sort_values("date", ascending=False)
    days = map(words.day, rows["date"], rows["date_precision"])
    return rows.assign(row=rows["event_id"], date=[*days], what=rows["title"])[COLUMNS]


@cached
def _weak(tracker: Tracker) -> pd.DataFrame:
    """Return the scored events that no source but weak ones backs."""
    sources = tracker.data.event_sources
    is_weak = sources["tier"].isin(tracker.codebook.weak_tiers)
    backed = sources[~is_weak]["event_id"]
    events = tracker.events
    ids = events.index[~events.index.isin(backed) & events["score"].notna()]
    tiers = sources.drop_duplicates("event_id").set_index("event_id")["tier"]
    return _events(tracker, ids, [*tiers[ids].map(tracker.codebook.tiers)])


@cached
def _single(tracker: Tracker) -> pd.DataFrame:
    """Return the landmarks and what binds that one source alone backs."""
    sources = tracker.data.event_sources
    alone = sources.drop_duplicates("event_id", keep=False).set_index("event_id")["publisher"]
    events = tracker.events
    weighs = events["landmark"] | (events["binding"] & events["score"].notna())
    ids = events.index[weighs & events.index.isin(alone.index)]
    return _events(tracker, ids, [*alone[ids]])


@cached
def _practice(tracker: Tracker) -> pd.DataFrame:
    """Return the acts that have not ended of which nothing is known of their use."""
    acts = tracker.data.acts
    rows = acts[(acts["applied"] == "unknown") & (acts["ended"] == "")]
    rows = rows.sort_values("adopted", ascending=False)
    days = rows["adopted"].map(words.partial)
    fields = rows["domain"].map(tracker.codebook.domain_label)
    return rows.assign(row=rows["act_id"], date=days, what=rows["name"], why=fields)[COLUMNS]


@cached
def _passed(tracker: Tracker) -> pd.DataFrame:
    """Return the steps of acts that passed with no later event of their actor and field."""
    data = tracker.data
    acts = data.acts.set_index("act_id")
    steps = data.deadlines.rename(columns={"what": "why"})
    steps = steps.join(acts[["actor", "domain", "name", "ended"]], on="act_id")
    newest = data.events.groupby(["actor", "domain"])["date"].max().rename("newest")
    steps = steps.join(newest, on=["actor", "domain"])
    due = pd.to_datetime(steps["deadline"].map(last_day))
    is_over = (due < pd.Timestamp(data.today)) & (steps["ended"] == "")
    rows = steps[is_over & ~(steps["newest"] > due)].sort_values("deadline", ascending=False)
    days = rows["deadline"].map(words.partial)
    return rows.assign(row=rows["act_id"], date=days, what=rows["name"])[COLUMNS]


@cached
def _profiles(tracker: Tracker) -> pd.DataFrame:
    """Return the newest written sentences that hold no longer, with what ended them."""
    data = tracker.data
    rows = profile_terms(data).drop_duplicates("actor")
    rows = rows[rows["until"] <= pd.Timestamp(data.opening_day)].sort_values("as_of")
    row_ids = rows["actor"] + "@" + rows["as_of"].dt.strftime("%Y-%m-%d")
    days = rows["as_of"].map(words.day)
    return rows.assign(row=row_ids, date=days, what=rows["text"], why=rows["ended"])[COLUMNS]


@cached
def _dead(tracker: Tracker) -> pd.DataFrame:
    """Return the sources whose page did not answer, those without a copy first."""
    sources = tracker.data.sources
    rows = sources[sources["answered"].isin(_UNANSWERED)].sort_values(["archived", "source_id"])
    cited = tracker.data.event_sources.drop_duplicates("source_id").set_index("source_id")
    actors = tracker.events["actor"].reindex(cited["event_id"])
    actor_by_source = dict(zip(cited.index, actors, strict=True))
    who = rows["source_id"].map(actor_by_source).fillna("")
    days = rows["checked_on"].map(words.day)
    copies = rows["archived"].map(lambda copy: "archived copy" if copy else "no copy")
    why = rows["answered"] + ", " + copies
    rows = rows.assign(row=rows["source_id"], actor=who, date=days, what=rows["title"], why=why)
    return rows[COLUMNS]


@cached
def _coverage(tracker: Tracker) -> pd.DataFrame:
    """Return the actors with a position, first who was looked through longest ago."""
    looked = tracker.data.coverage.set_index("actor").reindex(tracker.actors)
    looked = looked.sort_values("looked_to", na_position="first", kind="stable")
    days = [words.day(day) if pd.notna(day) else "never" for day in looked["looked_to"]]
    names = [tracker.names[actor] for actor in looked.index]
    why = looked["by"].fillna("")
    return looked.assign(row="", actor=looked.index, date=days, what=names, why=why)[COLUMNS]


def _on_tracker(make: Callable[[Tracker], pd.DataFrame]) -> Callable[[View], pd.DataFrame]:
    return lambda view: make(view.tracker)


# By the name that the address has, the strictest first.
_LISTS = {
    "candidates": ("Candidates waiting", _candidates),
    "scores": ("Codings disagree", _on_tracker(_disagreed)),
    "weak": ("Weak sources alone", _on_tracker(_weak)),
    "single": ("One source for a landmark or rule", _on_tracker(_single)),
    "practice": ("Use of a rule not known", _on_tracker(_practice)),
    "passed": ("Date passed, nothing since", _on_tracker(_passed)),
    "profiles": ("Sentence holds no longer", _on_tracker(_profiles)),
    "dead": ("Page no longer there", _on_tracker(_dead)),
    "coverage": ("Not looked through for longest", _on_tracker(_coverage)),
}
