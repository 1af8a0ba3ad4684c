"""The alt text of every chart of the real data, read at five dates: each label in it is that of
the model, each count that of the tables. That of the trends is read in tests/test_words.py.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

import stances
from stances import Dataset, words
from stances.answers.gaps import gaps_in
from stances.answers.pair import stricter_words
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.days import last_day
from stances.model.settings import Settings, model_under
from tests.cases import FEATURED, GROUP, ONE, OTHER, name_of
from tests.depth import each
from tests.tables import row_at
from tests.ui.pages import alt_of, open_page, table_of, whole_table

DAYS = ["2010-01-01", "2010-12-31", "2019-03-04", "2022-06-30", "today"]
FIRST, SECOND = ONE, OTHER


@pytest.fixture(params=DAYS)
def day(request: pytest.FixtureRequest, real: Dataset) -> date:
    return real.today if request.param == "today" else real.day(request.param)


def _charts(app: AppTest) -> set[str]:
    return {chart.key for chart in app.get("plotly_chart")}


def _stance(real: Dataset, actor: str, domain: str, on: date) -> float:
    return float(row_at(real.position(on), actor, domain).stance)


def _label(real: Dataset, stance: float, missing: str = "no current position") -> str:
    return words.label(real.codebook, stance) if stance == stance else missing


@each("actor", FEATURED, usual=4)
def test_history_and_timeline(actor: str, day: date, real: Dataset) -> None:
    app = open_page("actor", actor=actor, as_of=str(day))
    known = real.events[(real.events["actor"] == actor) & (real.events["date"] <= str(day))]
    scored = known[known["score"].notna()]
    assert ("actor-timeline" in _charts(app)) == bool(len(known))
    assert ("actor-history" in _charts(app)) == bool(len(scored))
    if len(known):
        text = dict(re.findall(r"[.;] ([^.;:]+): ([^;.]+)", alt_of(app, "actor-timeline")))
        for code, own in known.groupby("domain"):
            count, context = own["score"].notna().sum(), own["score"].isna().sum()
            shown = text.pop(real.codebook.domain_label(str(code)))
            assert shown == f"{count} scored, {context} context (not counted)"
        assert not text
    for code in scored["domain"].unique():
        acts = real.model.acts(actor, code)
        acts = acts[acts["date"] <= str(day)]
        end = _label(real, _stance(real, actor, code, day), "no position")
        told_end = f"position at the end {end}" if end != "no position" else end
        last = ""
        if len(acts):
            event = real.events.set_index("event_id").loc[acts["event_id"].iloc[-1]]
            on = words.on_day(words.Dated(event["date"], event["date_precision"]))
            last = f", the last at {_label(real, acts['score'].iloc[-1])} {on}"
        label = real.codebook.domain_label(code)
        count = words.plural(len(acts), "act") if len(acts) else "no recorded act"
        line = f"{label}: {count}{last}, {told_end}"
        assert line in alt_of(app, "actor-history")


def test_two_actors(day: date, real: Dataset) -> None:
    app = open_page("compare", compare="actors", first=FIRST, second=SECOND, as_of=str(day))
    names = name_of(real, FIRST), name_of(real, SECOND)
    ends = [_stance(real, actor, OVERALL, day) for actor in (FIRST, SECOND)]
    for name, end in zip(names, ends, strict=True):
        assert f"{name}: {_label(real, end)}" in alt_of(app, "trend-pair")
    alt = alt_of(app, "trend-gap")
    widest = re.search(r"Widest (?:on|in|at the end of) ([\w ]+): (.+)\. At the end: (.+)\.", alt)
    if widest is None:
        assert alt.endswith("never a position at the same time.")
        assert any(end != end for end in ends)
    else:
        # The day may be known by its month or year alone.
        _, top = gaps_in(Tracker(real), (FIRST, SECOND), OVERALL, (real.codebook.first_date, day))
        assert top is not None
        on = top[0]
        assert words.day(on).endswith(widest[1])
        stances = real.model.arrays([on] if on == day else [on, day]).stance[:, :, 0]
        pair = stances[:, [real.model.actors.index(actor) for actor in (FIRST, SECOND)]]
        # A gap is told as the difference of the two figures as they are printed.
        gaps = [words.printed_move(other, one) for one, other in pair]
        called = Tracker(real).sentence_names
        text = [stricter_words((called[FIRST], called[SECOND]), gap) for gap in gaps]
        assert (widest[2], widest[3]) == (text[0], text[-1])
    for code in (OVERALL, *real.codebook.domains):
        one, other = (_label(real, _stance(real, actor, code, day)) for actor in (FIRST, SECOND))
        line = f"{real.codebook.domain_label(code)}: {one} and {other}"
        assert line in alt_of(app, "domains")


def test_distances(day: date) -> None:
    app = open_page("compare", compare="distances", group=GROUP, as_of=str(day))
    pairs = whole_table("compare", "And", compare="distances", group=GROUP, as_of=str(day))
    text = pairs[pairs["Distance"] != words.DASH]
    alt = alt_of(app, "matrix")
    if text.empty:
        assert alt == "Matrix of distances: no two can be compared."
        return
    near, far = text.iloc[0], text.iloc[-1]
    for word, row in (("Nearest", near), ("furthest", far)):
        one, other = map(re.escape, (row[words.WHO], row["And"]))
        assert re.search(f"{word}: (the )?{one} and (the )?{other}", alt)
    assert f"of {words.plural(len(pairs), 'pair')}" in alt
    blank = len(pairs) - len(text)
    assert (f"Left blank: {words.plural(blank, 'pair')}." in alt) == bool(blank)
    assert ("Left blank" in alt) == bool(blank)


def test_deadlines(day: date, real: Dataset) -> None:
    app = open_page("acts", as_of=str(day), status="all")
    acts = stances.Stances(real).acts(day)
    names, standing = real.actors.set_index("actor")["name"], acts[acts["status"] != "ended"]
    due = real.deadlines.merge(standing[["act_id", "actor"]], on="act_id")
    assert ("deadlines" in _charts(app)) == bool(len(due))
    if not len(due):
        return
    alt = alt_of(app, "deadlines")
    assert alt.startswith(f"{words.plural(len(due), 'deadline', start=True)}, each with a bar")
    assert words.day(day) in alt
    text = [
        step
        for step in due.itertuples(index=False)
        if f"{names[step.actor]}: {step.what}, {words.day(words.partial_date(step.deadline))}"
        in alt
    ]
    assert len(text) == min(len(due), words.MOST_LISTED)
    assert alt.count("(passed)") == sum(last_day(step.deadline) < day for step in text)


@pytest.mark.parametrize("measure", ["events", "sources"])
def test_coverage(measure: str, day: date, real: Dataset) -> None:
    app = open_page("data", section="coverage", measure=measure, as_of=str(day))
    table = table_of(app, "All years")
    if "coverage" not in _charts(app):
        assert table.empty
        return
    alt = alt_of(app, "coverage")
    totals = table.set_index(words.WHO)["All years"].astype(int)
    most = dict(re.findall(r"(?:: |, | and )([A-Z][^,:;]*?) (\d+)(?=[,;.]| and )", alt))
    assert most
    for name, total in most.items():
        assert totals[name] == int(total)
    silent = int((totals == 0).sum())
    assert (f"{words.number(silent)} without any" in alt) == bool(silent)
    assert ("without any" in alt) == bool(silent)
    if measure == "events":
        assert totals.sum() == (real.events["date"] <= str(day)).sum()


def test_sensitivity(day: date, real: Dataset) -> None:
    app = open_page("data", section="sensitivity", settings="act:1", as_of=str(day))
    if "sensitivity" not in _charts(app):
        return
    own = model_under(real.model, Settings.from_choices(real.codebook, {}, binding_weight=1.0))
    names = real.actors.set_index("name")["actor"]
    moves = re.findall(
        r"(?:: |; )([^;:]+?) from ([^;]+?) to ([^;.]+\.\d\d)", alt_of(app, "sensitivity")
    )
    for name, published, stance in moves:
        code = names[name]
        assert published == words.with_label(real.codebook, _stance(real, code, OVERALL, day))
        under = float(row_at(own.position(day), code, OVERALL).stance)
        assert stance == words.with_label(real.codebook, under)
    assert moves
