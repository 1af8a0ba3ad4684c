"""Pages in all their states, from top to bottom: as they open, then what is other in each.

A state is a view of the six events, or of a copy of them in which something was changed first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import ndiff
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple

from stances.links.parameters import SECTIONS
from stances.render.html import blocks_html
from tests.folders import Folder
from tests.golden import Golden, Said
from tests.pages.test_register import blocks_of
from tests.ui.pages import lines

ORDER, PERMIT, RULE = "ARC-roads-order", "BOR-school-permit", "CAL-bridge-rule"
BARS, SPEECH = "ARC-20200101-roads-order", "ARC-20200410-minister-worried"
SCHOOL, PLAN = "BOR-20200201-school-permit", "BOR-20200601-ring-road-plan"
NEVER = dict.fromkeys(("ended", "ended_how", "ended_by"), "")

LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
COPY = re.compile(r'<a class="copy[^>]*>.*?</a>', re.DOTALL)
DRAWING = re.compile(r'<(?:svg|span class="course")[^>]*?aria-label="([^"]*)"[^>]*>')
LABEL = re.compile(r"<text\b.*?</text>", re.DOTALL)
FADING = re.compile(r'(<span class="chip [^"]*fading[^"]*"[^>]*>)')
# A head of a table leads to an order, which the whole page shows of each.
HEADS = {"sort", "by", "order"}
# The form of a report, of which no state has another.
ASIDE = ("No address for reports", "Stances on Acme: ", "Report an error")

Change = Callable[[Folder], object]


def unchanged(_: Folder) -> None:
    """Leave the six events as they are."""


class State(NamedTuple):
    """What is asked of a page beside what it opens with, what was changed before, and whether it is
    shown how its links keep the view.
    """

    view: Mapping[str, str]
    change: Change = unchanged
    links: bool = False


def reading(html: str, view: Mapping[str, str], links: bool) -> list[str]:
    """The lines of some markup, with the words of drawings and the addresses of links. `links`:
    with the names of the parameters that are as in the view, too.
    """

    def link(result: re.Match[str]) -> str:
        place, _, query = unescape(result[1]).partition("?")
        parts = [part.partition("=") for part in query.split("&") if query]
        if not links and HEADS & {name for name, _, _ in parts}:
            return result[2]
        own = {name: view.get(name) == text for name, _, text in parts}
        settings = [name if own[name] else f"{name}={text}" for name, _, text in parts]
        address = "&".join(part for part in settings if links or part not in view)
        return f"{result[2]} [{escape(f'{place}?{address}' if address else place)}]"

    html = DRAWING.sub(r"<p>Drawn: \1</p>", LABEL.sub("", COPY.sub("", html)))
    result = lines(LINK.sub(link, FADING.sub(r"\1(pale) ", html)))
    return [line for line in result if not line.startswith(ASIDE)]


def cases(
    folders: Path, page: str, opens: Mapping[str, str], states: Mapping[str, State]
) -> dict[str, Said]:
    """A page as it opens, and what is other in each of its states: than as it opens, or where
    something was changed, than before that.
    """
    plain = Folder(folders / "plain")

    def read(view: Mapping[str, str], folder: Folder, links: bool = False) -> list[str]:
        return reading(blocks_html(blocks_of(folder.start(), page, **view)), view, links)

    result: dict[str, Said] = {"as it opens": read(opens, plain, links=True)}
    for number, (case, state) in enumerate(states.items()):
        view, folder, before = {**opens, **state.view}, plain, opens
        if state.change is not unchanged:
            folder, before = Folder(folders / str(number)), view
            state.change(folder)
        first = read(before, plain, state.links)
        result[case] = others(first, read(view, folder, state.links))
    return result


def others(before: list[str], after: list[str]) -> list[str]:
    """The lines that came and went, or all where little is the same."""
    if len(set(after) & set(before)) < len(after) / 2:
        return after
    return [line for line in ndiff(before, after) if line[0] in "+-"]


def add_renewal(folder: Folder) -> None:
    title = "Arcadia renews its order"
    folder.add("events", 2, event_id="ARC-20200501-renewed", date="2020-05-01", title=title)


def _renewed_by_a_line(folder: Folder) -> None:
    add_renewal(folder)
    folder.add("acts", 2, act_id="ARC-renewal", event_id="ARC-20200501-renewed")


def _plan_in_the_register(folder: Folder) -> None:
    folder.add("acts", 2, act_id="BOR-ring-road", actor="BOR", event_id=PLAN, **NEVER)


def _many_events(folder: Folder) -> None:
    for day in range(11, 23):
        folder.add("events", 3, event_id=f"ARC-202004{day}-worried", date=f"2020-04-{day}")


def _many_rules(folder: Folder) -> None:
    for place in range(8):
        folder.add("acts", 2, act_id=f"ARC-order-{place}", event_id="")


def _three_on_a_day(folder: Folder) -> None:
    for slug in ("m-second", "a-first", "z-third"):
        folder.add("events", 3, event_id=f"ARC-20200410-{slug}", title=slug)


def _visit(day: str) -> Change:
    slug = f"ARC-{day.replace('-', '')}-visit"
    return lambda folder: folder.add("events", 3, event_id=slug, date=day, score="")


def _visit_of_caldon(folder: Folder) -> None:
    folder.add("events", 3, event_id="CAL-20200410-visit", actor="CAL", score="")


def _roads_are_cases(folder: Folder) -> None:
    add_renewal(folder)
    folder.replace("codebook.toml", "[domains.schools]", "open_case = true\n[domains.schools]")


def test_actor(golden: Golden, tmp_path: Path) -> None:
    boria, caldon = {"actor": "BOR", "as_of": "2020-08-19"}, {"actor": "CAL"}
    golden(cases(tmp_path, "actor", {"actor": "ARC", "as_of": "2020-07-19"}, {
        "renewed by an act": State({}, add_renewal),
        "renewed by a line of the register": State({}, _renewed_by_a_line),
        "renewed, in its field": State({"domain": "roads"}, add_renewal),
        "an order that is to come": State(
            {"domain": "roads"}, lambda folder: folder.edit("acts", 2, in_force_from="2020-08-01")
        ),
        "of which the year alone is known": State(
            {}, lambda folder: folder.edit("events", 2, date_precision="year")
        ),
        "in force later than adopted": State(
            {}, lambda folder: folder.edit("acts", 2, in_force_from="2020-03")
        ),
        "where roads are for courts": State({"domain": "roads"}, _roads_are_cases),
        "after many events": State({"domain": "roads"}, _many_events),
        "under many rules": State({}, _many_rules),
        "with three events more on one day": State({}, _three_on_a_day),
        "with a visit that is not scored": State({"as_of": "2020-12-01"}, _visit("2020-05-01")),
        "with an event open": State({"event": BARS}),
        "before its first event": State({"as_of": "2019-06-01"}),
        "another": State(boria),
        "another in one field": State({**boria, "domain": "schools"}),
        "another by acts alone under own settings": State(
            {**boria, "domain": "schools", "basis": "acts", "settings": "roads:1,schools:3"},
            links=True,
        ),
        "another whose plan is in the register": State(
            {**boria, "domain": "roads"}, _plan_in_the_register
        ),
        "another that rests on both fields": State({**boria, "as_of": "2021-03-07"}),
        "another that is too old to count": State({**boria, "as_of": "2022-12-31"}),
        "another with an event that is not its own": State({**boria, "event": BARS}),
        "one without events": State({**caldon, "as_of": "2020-12-31"}),
        "one with a rule that is to come": State({**caldon, "as_of": "2021-01-01"}),
        "one with a visit alone": State({**caldon, "as_of": "2020-06-30"}, _visit_of_caldon),
        "a group": State({"actor": "Pact", "as_of": "2020-04-10"}),
        "in a frame": State({"embed": "true"}),
        "in a frame before its first event": State({"embed": "true", "as_of": "2019-06-01"}),
    }))  # fmt: skip


def _no_rules(folder: Folder) -> None:
    for table in ("acts", "deadlines", "profiles"):
        folder.keep(table, 1)
    folder.remove("sources", 5)


def _softer_order(folder: Folder) -> None:
    cells = {"act_id": "ARC-next", "name": "Softer order", "adopted": "2020-10-27"}
    folder.add("acts", 2, **NEVER, **cells, event_id="", in_force_from="")


def _dated_follower(folder: Folder, later: str = "; since 2022 no bridge may be built") -> None:
    asks = f"Acme had to leave the roads by 2021{later}"
    cells = {"act_id": "ARC-next", "name": "Dated order", "adopted": "2020-10-27"}
    folder.add("acts", 2, **NEVER, **cells, event_id="", in_force_from="", obligation=asks)


def test_acts(golden: Golden, tmp_path: Path) -> None:
    june = {"as_of": "2022-06-30", "status": "in_force"}
    followed, day_before = {"act": ORDER}, {"as_of": "2020-10-26"}
    golden(cases(tmp_path, "acts", {"as_of": "2023-01-31", "status": "all"}, {
        "in force alone": State({"status": "in_force"}),
        "of one with a word": State({"who": "ARC", "q": "roads"}),
        "of one in a field where it has none": State({"who": "BOR", "domain": "roads"}),
        "that ended by a day on which none had": State({"status": "ended", "as_of": "2020-04-10"}),
        "of two": State({"status": "in_force", "who": "BOR,ARC"}),
        "of a field": State({"domain": "roads"}),
        "that ended": State({"as_of": "2022-01-15", "who": "ARC"}),
        "that are a power": State({"as_of": "2020-01-15", "applied": "power"}),
        "in force that are a power": State(
            {"as_of": "2020-01-15", "applied": "power", "status": "in_force"}
        ),
        "none by many filters": State(
            {"as_of": "2020-03-01", "q": "bridges", "who": "ARC", "aim": "size"}
        ),
        "none by two, each of which helps": State({"who": "BOR", "deadline": "removal"}),
        "none before all": State({"as_of": "2019-12-31"}),
        "none in the register": State({}, _no_rules),
        "one without a deadline": State({"as_of": "2020-01-15", "status": "in_force"}),
        "what falls due in a period": State({**june, "due_from": "2022-12", "due_to": "2022"}),
        "what falls due of a kind": State({**june, "deadline": "lapse"}),
        "what ends of a kind, one open": State({**june, "act": RULE, "deadline": "removal"}),
        "an order that has ended": State({"act": ORDER}),
        "an order before it was used": State({"act": ORDER, "as_of": "2020-01-31"}),
        "an order that is not yet adopted": State({"act": ORDER, "as_of": "2019-06-30"}),
        "an order that is not among those found": State({"act": ORDER, "status": "in_force"}),
        "a permit in doubt": State({"act": PERMIT}),
        "a rule on two sources": State({"act": RULE}),
        "an order with its follower": State(followed, _softer_order),
        "a follower": State({"act": "ARC-next"}, _softer_order),
        "an order with its follower, in one view": State(
            {**followed, "domain": "roads", "basis": "acts"}, _softer_order, links=True
        ),
        "an order before its follower": State({**followed, **day_before}, _softer_order),
        "a follower before its day": State({"act": "ARC-next", **day_before}, _softer_order),
        "an order on the day of its follower": State(
            {**followed, "as_of": "2020-10-27"}, _softer_order
        ),
        "a follower with what came later": State({**followed, **day_before}, _dated_follower),
        "a follower whose date is ahead": State(
            {**followed, "as_of": "2020-10-27"},
            lambda folder: _dated_follower(folder, later=""),
        ),
        "a follower whose date has passed": State(
            followed, lambda folder: _dated_follower(folder, later="")
        ),
        "in a frame": State({"as_of": "2022-06-30", "embed": "true"}),
    }))  # fmt: skip


def _no_events(folder: Folder) -> None:
    for table in ("events", "sources", "acts", "deadlines", "profiles", "codings"):
        folder.keep(table, 1)


def _review_says_context(folder: Folder) -> None:
    folder.edit("events", 7, score="")
    folder.edit("codings", 20, score="")


def _newspapers_are_weak(folder: Folder) -> None:
    folder.replace("codebook.toml", "[scale]\n", 'weak_tiers = ["paper", "copy"]\n[scale]\n')


def _named_in_a_title(title: str) -> Change:
    return lambda folder: folder.edit("events", 5, title=title)


def _three_sources(folder: Folder) -> None:
    folder.edit("events", 2, source_ids="cal-notes;arc-daily;arc-gazette")


def _one_coding(folder: Folder) -> None:
    folder.keep("codings", 2)
    folder.edit("codings", 2, coder="Maria K")


def test_events(golden: Golden, tmp_path: Path) -> None:
    lessons = "Boria's king doubts Acme's lessons in Caldon"
    golden(cases(tmp_path, "events", {"as_of": "2022-12-31"}, {
        "the oldest first": State({"sort": "oldest"}),
        "by their actors": State({"sort": "actor"}),
        "of a group": State({"who": "Pact"}),
        "of a group in a period": State({"who": "Pact", "from": "2020-07-01"}),
        "of a group by an instrument": State({"who": "Pact", "instruments": "speech"}),
        "of one in a field where it has none": State({"who": "ARC", "domain": "schools"}),
        "of one in a period where it has none": State(
            {"who": "ARC", "from": "2020-01-02", "as_of": "2020-04-09"}
        ),
        "with many words": State({"q": "acme king doubts 2020 nothing"}),
        "with three words": State({"q": "acme boria teach"}),
        "with words in one field": State({"q": "acme", "domain": "schools"}),
        "with words of another field": State({"q": "worried", "domain": "schools"}),
        "with words of no event": State({"q": "nothing has these words"}),
        "by filters of which none helps": State(
            {"q": "qqzzqq", "scores": "1..1", "counted": "context", "domain": "roads"}
        ),
        "with a word, of one without any": State({"q": "king", "who": "CAL"}),
        "with a name, of one without any": State(
            {"q": "king", "who": "CAL"}, _named_in_a_title(lessons)
        ),
        "of a publisher": State({"q": "Daily"}),
        "of a publisher that a title names": State(
            {"q": "Daily"}, _named_in_a_title("Boria's king doubts Acme's daily lessons")
        ),
        "with two names": State({"q": "boria, arcadia"}),
        "of two": State({"who": "ARC,BOR"}),
        "with a name, of one": State({"q": "arcadia acme", "who": "ARC"}),
        "none in the data": State({}, _no_events),
        "an order": State({"event": BARS}),
        "an order that had an end": State(
            {"event": BARS}, lambda folder: folder.edit("events", 2, end_date="2021-03-04")
        ),
        "an order on three sources": State({"event": BARS}, _three_sources),
        "an order with one coding": State({"event": BARS}, _one_coding),
        "an order that is not among those found": State(
            {"event": BARS, "q": "qqzzqq", "as_of": "2019-06-01"}
        ),
        "a permit": State({"event": SCHOOL}),
        "a plan that was reviewed": State({"event": PLAN}),
        "a plan that is context by its review": State({"event": PLAN}, _review_says_context),
        "where newspapers are weak": State({}, _newspapers_are_weak),
        "where newspapers are weak, of strong sources": State(
            {"q": "repeals"}, _newspapers_are_weak
        ),
        "a plan where newspapers are weak": State({"event": PLAN}, _newspapers_are_weak),
        "in a frame": State({"event": SCHOOL, "embed": "true"}),
    }))  # fmt: skip


def _nobody_belongs_yet(folder: Folder) -> None:
    for line in (2, 3, 4):
        folder.edit("memberships", line, joined="2022-01-01", left="")


def _plans_that_hold(folder: Folder) -> None:
    folder.replace("codebook.toml", "half_life_days = 200", "half_life_days = 2000")


def test_members(golden: Golden, tmp_path: Path) -> None:
    golden(cases(tmp_path, "members", {"as_of": "2020-06-30"}, {
        "late": State({"as_of": "2023-01-01"}),
        "in a field": State({"domain": "schools"}),
        "in a field by acts alone": State({"domain": "roads", "basis": "acts"}, links=True),
        "under own settings": State({"settings": "roads:1"}, links=True),
        "all, by deadline": State({"group": "all", "as_of": "2021-07-01", "order": "deadline"}),
        "those who used a rule": State({"practice": "used"}),
        "those with a power": State({"practice": "power"}),
        "on the last day of fresh evidence": State({"as_of": "2022-06-01"}, _plans_that_hold),
        "on the first day of old evidence": State({"as_of": "2022-06-02"}, _plans_that_hold),
        "none yet": State({}, _nobody_belongs_yet),
        "with an earlier year": State({"years_from": "2019"}),
        "in a frame": State({"embed": "true"}),
    }))  # fmt: skip


def test_domains(golden: Golden, tmp_path: Path) -> None:
    golden(cases(tmp_path, "domains", {"as_of": "2020-06-30", "group": "Pact"}, {
        "by a field": State({"domain": "roads"}),
        "all": State({"group": "all"}),
        "on the first day": State({"as_of": "2019-01-01"}),
        "under own settings": State({"settings": "act:8"}),
        "in a frame": State({"embed": "true"}),
    }))  # fmt: skip


def _group_of_later(folder: Folder) -> None:
    folder.add("memberships", 2, group="Later", joined="2022-01-01", left="")


def test_compare(golden: Golden, tmp_path: Path) -> None:
    pair = {"compare": "actors", "first": "ARC", "second": "BOR"}
    golden(cases(tmp_path, "compare", {"then": "2020-07-10", "as_of": "2020-11-01"}, {
        "words left out": State({"then": "2020-05-01", "as_of": "2020-06-30", "basis": "acts"}),
        "what only time did": State({"then": "2022-01-31", "as_of": "2023-01-31"}),
        "another opened": State({"then": "2020-05-01", "actor": "BOR"}),
        "one alone": State({"then": "2019-12-31", "as_of": "2020-12-31", "among": "BOR"}),
        "a group without members": State(
            {"then": "2020-01-01", "as_of": "2021-01-01", "among": "Later"}, _group_of_later
        ),
        "before the first event": State({"then": "2019-02-01", "as_of": "2019-03-01"}),
        "on days without an event": State(
            {"then": "2020-04-10", "as_of": "2020-04-12", "among": "BOR"}
        ),
        "under own settings": State({"settings": "roads:1"}, links=True),
        "two": State(pair),
        "two in a field": State({**pair, "domain": "schools"}),
        "one twice": State({**pair, "second": "ARC"}),
        "distances": State({"compare": "distances", "group": "all"}),
        "distances before the first event": State({"compare": "distances", "as_of": "2019-03-01"}),
        "in a frame": State({"embed": "true"}),
    }))  # fmt: skip


def test_trends(golden: Golden, tmp_path: Path) -> None:
    golden(cases(tmp_path, "trends", {"actors": "ARC", "as_of": "2020-12-31"}, {
        "on a day without an event": State({"from": "2020-10-20", "as_of": "2020-11-03"}),
        "two and their group": State({"actors": "ARC,BOR,Pact"}),
        "one and its group": State({"actors": "ARC,Pact"}, links=True),
        "one without events": State({"actors": "CAL"}),
        "one by acts alone": State({"actors": "BOR", "as_of": "2020-08-19", "basis": "acts"}),
        "one by words too": State({"actors": "BOR", "as_of": "2020-08-19"}),
        "nobody": State({"actors": ""}),
        "in small panels": State({"layout": "small"}),
        "with an event open": State({"event": SPEECH}),
        "with an event that is not its own": State({"actors": "BOR", "event": SPEECH}),
        "in a frame": State({"embed": "true"}),
        "a group in a frame": State({"actors": "Pact", "embed": "true"}),
    }))  # fmt: skip


def test_map(golden: Golden, tmp_path: Path) -> None:
    two = {"as_of": "2020-06-30", "before": "2019-12-31", "domain": "roads"}
    golden(cases(tmp_path, "", {"as_of": "2020-07-04"}, {
        "in a field": State({"domain": "schools"}),
        "by acts alone": State({"as_of": "2020-08-19", "domain": "overall", "basis": "acts"}),
        "with an actor": State({"actor": "ARC", "domain": "roads"}),
        "with an actor before its first event": State({"actor": "ARC", "as_of": "2019-06-01"}),
        "with an actor that is too old to count": State({"actor": "ARC", "as_of": "2022-06-20"}),
        "with a group": State({"actor": "Pact"}),
        "with an actor, what is ahead": State({"actor": "BOR", "as_of": "2020-05-01"}),
        "with an actor, what has passed": State(
            {"actor": "BOR", "as_of": "2021-04-15", "domain": "schools"}
        ),
        "with an actor, in all fields": State(
            {"actor": "BOR", "as_of": "2021-04-15", "domain": "overall"}
        ),
        "with an actor, what is due in a month": State({"actor": "CAL", "as_of": "2021-04-15"}),
        "under own settings by acts alone": State(
            {"settings": "act:8", "basis": "acts", "domain": "overall"}, links=True
        ),
        "with the classes": State({"beside": "classes"}),
        "two days": State(two),
        "two days of the world": State({**two, "view": "world"}),
        "two days in the wrong order": State({**two, "before": "2021-01-01"}),
        "two days in a frame": State({**two, "embed": "true"}),
    }))  # fmt: skip


def _coded_by(*coders: str) -> Change:
    def change(folder: Folder) -> None:
        scores = {row["event_id"]: row["score"] for row in folder.rows("events")[1:]}
        folder.keep("codings", 2)
        for event_id, score in scores.items():
            for coder in coders:
                folder.add("codings", 2, event_id=event_id, coder=coder, score=score)
        folder.remove("codings", 2)

    return change


def _no_codings_and_lists(folder: Folder) -> None:
    for table in ("codings", "external_codings"):
        folder.keep(table, 1)


def test_data(golden: Golden, tmp_path: Path) -> None:
    worked, agreement = {"section": "codebook"}, {"section": "agreement"}
    own = {"section": "sensitivity", "as_of": "2020-08-19"}
    golden(cases(tmp_path, "data", {"as_of": "2023-01-31"}, {
        **{section: State({"section": section}) for section in SECTIONS},
        "downloads under own settings": State({"as_of": "2020-07-01", "settings": "act:6"}),
        "downloads of acts alone": State({"as_of": "2020-07-01", "basis": "acts"}, links=True),
        "coverage before the first event": State({"section": "coverage", "as_of": "2019-01-01"}),
        "an example that a later act carries on": State(
            {**worked, "example": BARS, "as_of": "2020-07-19"}, add_renewal
        ),
        "own settings": State({**own, "settings": "half_life:0.5,roads:1"}),
        "own settings before the first event": State(
            {**own, "settings": "act:6", "as_of": "2019-06-01"}
        ),
        "own settings of a field by itself": State(
            {**own, "settings": "roads:5", "domain": "roads"}
        ),
        "coverage under own settings": State(
            {"section": "coverage", "settings": "roads:1"}, links=True
        ),
        "agreement of one": State(agreement, _coded_by("Maria K")),
        "agreement of two others": State(agreement, _coded_by("Maria K", "desk-2")),
        "agreement with the first reading": State(agreement, _coded_by("Maria K", "first")),
        "agreement with a review": State(agreement, _coded_by("A", "review")),
        "agreement without codings and lists": State(agreement, _no_codings_and_lists),
        "citing without a changelog and a licence": State(
            {"section": "citing"}, lambda folder: (folder.path / "about.toml").unlink()
        ),
        "citing under own settings": State({"section": "citing", "settings": "act:6"}),
        "in a frame": State({"embed": "true"}),
    }))  # fmt: skip
