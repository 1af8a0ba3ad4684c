"""The page of data and method: each section says what it must, on real data and on six events."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import stances
from stances import escapes, words
from stances.answers import agreement, coverage
from stances.answers.agreement import ceiling_line
from stances.answers.events import coder_names, language_name
from stances.answers.example import default_example
from stances.answers.files import table_csv
from stances.answers.formula import UNSCORED
from stances.dataset.codebook import OVERALL
from stances.dataset.schema import TABLE_NAMES
from stances.links import parameters
from stances.markup.downloads import BROWSE
from stances.ui.views.data import downloads
from tests.cases import SIX_LEAD, name_of
from tests.folders import REAL, SIX, Folder
from tests.golden import Golden
from tests.ui.pages import lines, markup, notices, numbers, open_page, pieces, table_of

DOWNLOADS, CODEBOOK, SENSITIVITY = "Downloads", "Codebook and formula", "Sensitivity"
COVERAGE, AGREEMENT, CITING = "Coverage", "Agreement", "Changelog and citing"
CODES = {label: code for code, label in parameters.SECTIONS.items()}
SECTIONS = (DOWNLOADS, CODEBOOK, SENSITIVITY, COVERAGE, AGREEMENT, CITING)


@pytest.fixture(params=[pytest.param(REAL, marks=pytest.mark.slow), SIX], ids=["real", "six"])
def folder_shown(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the page shows."""
    path: Path = request.param
    monkeypatch.setenv("STANCES_DATA", str(path))
    return path


def open_section(section: str | None = None, **query: str) -> AppTest:
    """The page at an address, with a section turned up."""
    return open_page("data", **{"section": CODES[section]} if section else {}, **query)


def weights_of(data: stances.Dataset) -> dict[str, float]:
    return {domain.code: domain.weight for domain in data.codebook.domains.values()}


# -- every section -------------------------------------------------------------------------------


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_draws_on_both_datasets(section: str, folder_shown: Path) -> None:
    data = stances.load(folder_shown)
    app = open_section(section)
    assert f"{words.plural(len(data.events), 'event', start=True)}, " in markup(app)
    assert f" of them scored, from {words.plural(len(data.sources), 'source')}, on " in markup(app)
    assert len(pieces(app)) > 2


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_draws_without_rows_in_any_table(
    section: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in TABLE_NAMES:
        if name != "actors":
            folder.keep(name, 1)
    folder.replace("about.toml", '"Pact", ', "")
    folder.replace("about.toml", SIX_LEAD, "")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = open_section(section)
    assert "No events from no sources" in markup(app)


@pytest.mark.usefixtures("six_shown")
def test_the_section_that_a_link_is_about_comes_first() -> None:
    assert "Snapshot" in markup(open_section())
    assert "A worked example" in markup(open_section(example="ARC-20200101-roads-order"))
    assert "What if the weights were others?" in markup(open_section(settings="act:6"))
    [line] = notices(unknown := open_page("data", section="moon"))
    assert line.startswith("section in the address: moon is not one of: downloads, codebook")
    assert "Snapshot" in markup(unknown)


@pytest.mark.usefixtures("six_shown")
def test_a_section_stays_when_its_link_is_about_another() -> None:
    app = open_section(CITING, settings="act:6")
    assert "How to cite" in markup(app)
    next(button for button in app.button if button.label == "Back to published").click().run()
    assert "How to cite" in markup(app)


# -- downloads -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("six_shown")
def test_downloads_come_first_and_name_the_published_files() -> None:
    app = open_section(as_of="2020-07-01")
    labels = [button.label for button in app.get("download_button")]
    assert labels[:2] == ["Snapshot as CSV", "Its metadata as JSON"]
    assert "own settings" not in markup(app)


@pytest.mark.usefixtures("six_shown")
def test_a_file_of_acts_alone_or_own_settings_says_so_in_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names: list[str] = []
    monkeypatch.setattr(downloads, "table_downloads", lambda *of, **_: names.append(of[2]))
    for query in ({}, {"basis": "acts"}, {"settings": "act:6"}):
        open_section(DOWNLOADS, as_of="2020-07-01", **query)
    stem = "acme-stances_2020-07-01"
    assert names == [stem, f"{stem}_acts", f"{stem}_own-settings"]


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_a_table_is_browsed_as_its_file_has_it(
    table: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.edit("events", 2, title="=1+1")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = open_section(DOWNLOADS)
    assert not app.dataframe
    next(box for box in app.selectbox if box.label == BROWSE).select(table).run()
    [grid] = app.dataframe
    header, *rows = csv.reader(io.StringIO(table_csv(folder.load(), table).decode(), newline=""))
    assert [grid.value.columns.tolist(), len(grid.value)] == [header, len(rows)]
    if table == "events":
        assert grid.value["title"][0] == "'=1+1"


# -- codebook and formula ------------------------------------------------------------------------


def test_the_codebook_stands_there_whole(folder_shown: Path) -> None:
    codebook = stances.load(folder_shown).codebook
    text = markup(open_section(CODEBOOK))
    for domain in codebook.domains.values():
        assert escapes.html(domain.meaning) in text
    for kind in codebook.instruments.values():
        assert escapes.html(kind.label) in text
    for meaning in codebook.scale.meaning.values():
        assert escapes.html(meaning) in text


def example(app: AppTest) -> list[str]:
    """Return what is worked out, or why nothing is, line by line."""
    sent = pieces(app)
    [start] = [place for place, each in enumerate(sent) if "A worked example" in each]
    return lines(" ".join(sent[start + 1 : -1]))


@pytest.mark.usefixtures("six_shown")
def test_an_example_is_worked_out_or_says_why_not(golden: Golden) -> None:
    examples = [
        ("ARC-20200410-minister-worried", "2020-07-19"),
        ("ARC-20200101-roads-order", "2020-07-19"),
        ("ARC-20200101-roads-order", "2020-01-01"),
        ("BOR-20200511-teachers-doubt", "2020-08-19"),
        ("BOR-20200601-ring-road-plan", "2020-05-31"),
        ("ARC-20200101-roads-order", "2020-10-27"),
        ("ARC-20200410-minister-worried", "2020-10-27"),
        ("BOR-20200201-school-permit", "2021-03-07"),
        ("BOR-20200511-teachers-doubt", "2021-03-07"),
        ("ARC-20201027-order-repealed", "2020-10-27"),
    ]
    cases = {
        f"{event} on {day}": example(open_section(example=event, as_of=day))
        for event, day in examples
    }
    golden(cases)


def test_an_example_of_context_counts_for_nothing(real: stances.Dataset) -> None:
    context = real.events.loc[real.events["score"].isna(), "event_id"].iloc[0]
    assert UNSCORED in markup(open_section(example=context))


@pytest.mark.parametrize("day", ["2019-03-04", "2021-06-01", "2024-03-04"])
def test_the_first_example_is_the_latest_landmark_that_counts(
    day: str, real: stances.Dataset
) -> None:
    chosen = default_example(real.model, real.events, real.day(day))
    marks = real.events[real.events["landmark"] & (real.events["date"] <= day)]
    for mark in marks.sort_values(["date", "event_id"], ascending=False).itertuples():
        counts = mark.event_id in set(real.explain(mark.actor, OVERALL, day)["event_id"])
        assert counts == (mark.event_id == chosen)
        if counts:
            break
    else:
        pytest.fail("no landmark counts on the day")
    assert "counts no more" not in markup(open_section(CODEBOOK, as_of=day))


def test_where_no_landmark_counts_the_latest_event_that_does_is_the_example(
    six: stances.Dataset,
) -> None:
    day = six.day("2020-08-19")
    chosen = default_example(six.model, six.events.assign(landmark=False), day)
    counting = six.model.events.iloc[six.model.counting(day).row]
    assert chosen == counting.sort_values(["date", "event_id"])["event_id"].iloc[-1]


def test_where_nothing_is_scored_yet_the_first_event_is_the_example(six: stances.Dataset) -> None:
    assert (
        default_example(six.model, six.events, six.codebook.first_date)
        == "ARC-20200101-roads-order"
    )


@pytest.mark.usefixtures("six_shown")
def test_another_actor_and_another_event_go_into_the_state() -> None:
    app = open_section(CODEBOOK, as_of="2020-08-19")
    app.selectbox(key="example_actor").set_value("BOR").run()
    assert app.session_state["example"] == "BOR-20200601-ring-road-plan"
    app.selectbox(key="example_event").set_value("BOR-20200201-school-permit").run()
    assert app.session_state["example"] == "BOR-20200201-school-permit"
    assert "Permit is binding: in force it weighs 3" in markup(app)


# -- sensitivity ---------------------------------------------------------------------------------


def test_a_changed_control_becomes_the_settings_of_every_page(folder_shown: Path) -> None:
    data = stances.load(folder_shown)
    app = open_section(SENSITIVITY)
    assert app.session_state["settings"] is None
    assert len(table_of(app, "Labels changed"))
    code = next(iter(data.codebook.domains))
    app.number_input(key=f"weight-{code}").set_value(7.5).run()
    assert app.session_state["settings"].differences(data.codebook) == [
        f"{data.codebook.domain_label(code)} weighs 7.5 (published: {weights_of(data)[code]:g})"
    ]
    assert "Your own settings, not the published figures" in markup(app)
    app.number_input(key=f"weight-{code}").set_value(weights_of(data)[code]).run()
    assert app.session_state["settings"] is None
    assert not app.exception


def test_the_table_has_the_published_figures_beside_the_reader_s(real: stances.Dataset) -> None:
    app = open_section(SENSITIVITY, settings="half_life:2", as_of="2024-06-30")
    shown = table_of(app, "Yours").set_index(words.WHO)
    figures = {
        name: pd.Series(numbers(shown[name]), shown.index) for name in ("Published", "Yours")
    }
    position = real.position("2024-06-30")
    overall = position[position["domain"] == "overall"]
    names = real.actors.set_index("actor")["name"]
    expected = overall.assign(name=overall["actor"].map(names)).set_index("name")
    printed = expected["stance"].map(words.two_decimals).to_dict()
    assert figures["Published"].to_dict() == pytest.approx(printed, nan_ok=True)
    moved = (figures["Yours"] - figures["Published"]).abs().max() > 0
    flips = shown["Published label"] != shown["Your label"]
    assert (shown["Changes"] == "yes").equals(flips)
    text = "No label changes" if not flips.sum() else words.plural(flips.sum(), "label", start=True)
    assert text in markup(app)
    assert moved
    assert "tau" in markup(app)


@pytest.mark.usefixtures("six_shown")
def test_a_preset_is_a_press_away() -> None:
    app = open_section(SENSITIVITY)
    app.button(key="preset-Half-lives doubled").click().run()
    assert app.session_state["settings"].half_life_factor == 2
    app.button(key="preset-Acts weigh half").click().run()
    assert app.session_state["settings"].half_life_factor == 1
    assert app.session_state["settings"].binding_weight == 1.5


@pytest.mark.parametrize(
    ("weight", "offered"), [("0.8", "Acts weigh double"), ("12.0", "Acts weigh half")]
)
def test_a_preset_beyond_the_limits_is_not_offered(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, weight: str, offered: str
) -> None:
    folder.replace("codebook.toml", "binding_weight = 3.0", f"binding_weight = {weight}")
    monkeypatch.setenv("STANCES_DATA", str(folder.path))
    app = open_section(SENSITIVITY)
    labels = [button.label for button in app.button if str(button.key).startswith("preset-")]
    assert [label for label in labels if label.startswith("Acts")] == [offered]
    assert list(table_of(app, "Labels changed")["Settings"]) == labels


@pytest.mark.usefixtures("six_shown")
def test_weights_that_are_all_0_are_refused_and_not_kept() -> None:
    app = open_section(SENSITIVITY)
    app.number_input(key="weight-schools").set_value(0.0).run()
    app.number_input(key="weight-roads").set_value(0.0).run()
    assert "all domains weigh 0" in markup(app)
    assert app.number_input(key="weight-roads").value == 3
    assert dict(app.session_state["settings"].domain_weights) == {"roads": 3, "schools": 0}
    app.run()
    assert "all domains weigh 0" not in markup(app)


# -- coverage ------------------------------------------------------------------------------------


def test_coverage_counts_what_the_tables_hold(real: stances.Dataset) -> None:
    app = open_section(COVERAGE)
    table = table_of(app, "All years")
    assert table["All years"].astype(int).sum() == len(real.events)
    most = real.events["actor"].value_counts()
    assert table[words.WHO].iloc[0] in {
        name_of(real, actor) for actor in most[most == most.max()].index
    }
    shares = coverage.shares(real.events, real.event_sources, real.codebook, real.today)
    for count in shares.loc[shares["by"] == coverage.BY_CHECKED, "n"]:
        assert f">{count:,}<" in markup(app)
    for language in real.sources["language"].value_counts().index[:3]:
        assert language_name(language) in markup(app)
    app.segmented_control(key="measure").set_value("sources").run()
    counted = table_of(app, "All years")
    expected = coverage.by_year(real.actors, real.events, real.event_sources, real.today)
    assert counted["All years"].astype(int).sum() == expected["sources"].sum()


# -- agreement -----------------------------------------------------------------------------------


def test_agreement_of_coders_is_that_of_the_computation(real: stances.Dataset) -> None:
    text = markup(open_section(AGREEMENT))
    result = agreement.coder_agreement(real.codings, real.events, real.codebook)
    for row in result[result["by"] == agreement.BY_ALL].itertuples(index=False):
        assert f"{coder_names(row.one, row.other)} {row.alpha:.2f}" in text
        assert f">{row.n:,}<" in text
    assert escapes.html(real.about.codings) in text
    for event in agreement.disagreements(real.codings, real.events, real.codebook)["event_id"]:
        assert f'href="events?event={event}"' in text


def test_agreement_with_lists_is_that_of_the_computation(real: stances.Dataset) -> None:
    text = markup(open_section(AGREEMENT))
    readings = agreement.outside_readings(
        real.external_codings, real.model, next(iter(real.codebook.domains)), real.today
    )
    whole = agreement.outside_agreement(readings, None)
    main = next(whole[~whole["apart"]].itertuples(index=False))
    assert f"{words.share(main.exact)} of {main.n} readings" in text
    assert escapes.html(ceiling_line(agreement.ceiling(readings))) in text
    for row in agreement.conflicts(readings).itertuples(index=False):
        assert escapes.html(row.category) in text
        assert f'href="{escapes.html(row.url)}"' in text
        assert f"actor={row.actor}" in text
    for name in readings["list"].unique():
        assert f">{escapes.html(name)}</a>" in text


# -- changelog and citing ------------------------------------------------------------------------


def test_citations_have_the_version_and_the_day(real: stances.Dataset) -> None:
    app = open_section(CITING, as_of="2020-07-14")
    plain, bibtex, ris = (code.value for code in app.code)
    for shown in (plain, bibtex, ris):
        assert real.version in shown
        assert "2020-07-14" in shown
    assert f"Accessed {real.today}" in plain
    assert bibtex.startswith("@misc{")
    assert ris.startswith("TY  - DATA\nAU")
    assert real.about.licence is not None
    assert escapes.html(real.about.licence.title) in markup(app)
    log = (REAL / "CHANGELOG.md").read_text(encoding="utf-8")
    for release in re.findall(r"^## (.*)$", log, re.MULTILINE):
        assert f"<h4>{escapes.html(release)}</h4>" in markup(app)


# -- texts from the data -------------------------------------------------------------------------


@pytest.mark.usefixtures("six_shown")
def test_the_numbers_of_the_settings_are_named_as_one_would_read_them_out() -> None:
    labels = [each.label for each in open_section(SENSITIVITY).number_input]
    assert "Half-lives, multiplied by (1)" in labels
    assert not [label for label in labels if "\\" in label]


@pytest.mark.usefixtures("six_shown")
def test_a_link_of_settings_is_read_back_as_written() -> None:
    app = open_section(SENSITIVITY)
    app.number_input(key="half_life_factor").set_value(1.35).run()
    written = app.query_params["settings"]
    assert "half_life:1.35" in json.dumps(written)
