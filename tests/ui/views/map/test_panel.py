"""The panel beside the map: what makes a stance, down to the sources."""

from __future__ import annotations

import re
from datetime import date

import pytest

import stances
from stances import words
from stances.answers.tracker import Tracker
from stances.dataset.codebook import NO_POSITION, OVERALL
from stances.model import groups
from tests.cases import GROUP, ONE, OTHER, THIRD
from tests.tables import rows_of
from tests.ui.pages import markup, open_page, plain

LISTED = 12


def _panel(**query: str) -> str:
    """The markup of the open panel."""
    [result] = re.findall(r'<div class="reasons">.*', markup(open_page("map", **query)))
    return str(result)


def _reasons(panel: str) -> list[str]:
    return [plain(part) for part in panel.split('<div class="reason">')[1:]]


@pytest.mark.parametrize(
    ("actor", "domain", "as_of"),
    [
        (ONE, "networks", "2019-03-04"),
        (ONE, OVERALL, "2024-03-04"),
        (OTHER, OVERALL, "2024-03-04"),
        (THIRD, "trade", "2024-03-04"),
    ],
)
def test_a_panel_lists_what_makes_the_stance(
    real: stances.Dataset, actor: str, domain: str, as_of: str
) -> None:
    explained = real.explain(actor, domain, as_of)
    panel = _panel(actor=actor, domain=domain, as_of=as_of)
    reasons = _reasons(panel)
    assert len(reasons) == min(len(explained), LISTED)
    events = real.events.set_index("event_id")
    position = real.position(as_of).assign(**Tracker(real).shown_acts(date.fromisoformat(as_of)))
    position = position[position["actor"] == actor].set_index("domain")
    for text, row in zip(reasons, rows_of(explained), strict=False):
        assert text.startswith(words.portion(100 * row.share))
        assert f"score {words.figure(row.counted_score, 0)}" in text
        in_force, standing = row.role == "act in force", position.loc[row.domain]
        event = events.loc[standing["act_event_id"] if in_force else row.event_id]
        dated = events.loc[standing["in_force_event_id"]] if in_force else event
        assert event["title"] in text
        assert words.short_day(words.Dated(dated["date"], dated["date_precision"])) in text
        level = real.codebook.scale.labels[int(event["score"])]
        assert (f"{level} since " in text) == in_force
    if len(explained):
        assert words.plural(len(explained), "event") in plain(panel)
    rest = len(explained) - LISTED
    assert ("more event" in panel) == (rest > 0)
    if rest > 0:
        share = words.portion(100 * explained["share"][LISTED:].sum())
        assert f"{words.plural(rest, 'more event', start=True)} with {share} of" in plain(panel)


def test_a_panel_has_every_domain_and_marks_the_one_shown(real: stances.Dataset) -> None:
    panel = _panel(actor=ONE, domain="networks", as_of="2019-03-04")
    rows = real.position("2019-03-04")
    rows = rows[rows["actor"] == ONE]
    lines = re.findall(r"<tr.*?</tr>", panel)
    for line, row in zip(lines, rows_of(rows), strict=True):
        text = plain(line)
        assert text.startswith(real.codebook.domain_label(row.domain))
        assert words.with_label(real.codebook, row.stance) in text
        assert ('class="shown"' in line) == (row.domain == "networks")


def test_the_panel_of_a_group_has_its_members_in_order(real: stances.Dataset) -> None:
    panel = _panel(actor=GROUP, as_of="2024-03-04", domain=OVERALL)
    lines = [plain(line) for line in re.findall(r"<tr>.*?</tr>", panel)]
    table = real.position("2024-03-04")
    rows = dict(table.loc[table["domain"] == OVERALL, ["actor", "stance"]].to_numpy())
    members = groups.members(real.memberships, GROUP, real.day("2024-03-04"))
    names = real.actors.set_index("actor")["name"]
    expected = sorted(members, key=lambda code: (rows[code] != rows[code], rows[code], names[code]))
    text = [f"{names[c]}{words.label(real.codebook, rows[c])}" for c in expected]
    assert lines == text


def test_without_a_choice_the_panel_counts_the_classes(real: stances.Dataset) -> None:
    result = markup(open_page("map", as_of="2024-03-04", domain=OVERALL, beside="classes"))
    [listed] = re.findall(r'<dl class="distribution">.*?</dl>', result)
    rows = real.position("2024-03-04")
    levels = rows[rows["domain"] == OVERALL].set_index("actor")["level"]
    short = real.actors.set_index("actor")["short_name"]
    text = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", listed)
    assert len(text) == len(real.codebook.scale.levels) + 1
    for (head, names), level in zip(text, reversed(real.codebook.scale.levels), strict=False):
        label = real.codebook.scale.labels[level]
        of_class = levels[levels == level].index
        assert plain(head) == f"{label} {len(of_class)}"
        names_of_class = sorted(short[code] for code in of_class)
        assert plain(names).split(", ") == (names_of_class or [words.DASH])
    assert plain(text[-1][0]) == f"{NO_POSITION} {levels.isna().sum()}"
