"""The six events with more around them, so that all that pages can say of a day is said once."""

from __future__ import annotations

import csv
from pathlib import Path

# code, name, short name, kind, article
_ACTORS = """
DOR,Doria,Doria,state,
ELS,Elsian Republic,Elsia,state,the
FEN,Fennland,Fennland,state,
GOR,Gorland,Gorland,state,
PACT-SEC,Secretariat of the Pact,Secretariat,league,the
"""
# actor, day, domain, instrument, score, title
_EVENTS = """
FEN,2019-03-01,roads,creed,-1,Fennland wants roads of its own
ELS,2019-04-01,roads,creed,-1,Elsia wants no roads at all
BOR,2021-02-10,roads,order,-2,Boria bars Acme from its roads
CAL,2021-03-10,roads,order,-2,Caldon bars Acme from its roads
DOR,2021-04-10,roads,order,-2,Doria takes one road from Acme
PACT-SEC,2021-05-05,roads,creed,-1,Secretariat warns of Acme
ELS,2021-05-10,courts,order,-1,Elsian court searches Acme
ELS,2021-06-15,roads,order,-1,Elsia stops one bridge
BOR,2022-06-01,roads,repeal,0,Boria repeals its order
DOR,2022-06-15,roads,repeal,0,Doria gives the road back
CAL,2022-07-01,schools,creed,1,Caldon thanks Acme's teachers
DOR,2022-08-01,courts,order,-1,Doria arrests a builder
FEN,2022-09-01,roads,order,-2,Fennland bars Acme from its roads
FEN,2022-10-05,schools,speech,,Fennland's king visits Acme
ELS,2022-11-01,roads,speech,1,Elsia would like a road
DOR,2022-11-05,schools,creed,-1,Doria doubts Acme's lessons
PACT-SEC,2022-12-01,roads,order,-2,Secretariat bars Acme from roads of the Pact
"""
# act_id, actor, day, domain, name, deadline, kind, what, applied, applied_since, doubt
_ACTS = """
BOR-roads-order,BOR,2021-02-10,roads,Order on roads,,,,yes,2021-06,
CAL-roads-order,CAL,2021-03-10,roads,Order on all roads,2025-12,removal,Roads,yes,2021-08,No copy
DOR-school-rule,DOR,2022-11-05,schools,Rule on schools,2024,removal,Schools,unknown,,Not seen signed
FEN-roads-order,FEN,2022-09-01,roads,Limits on roads,2027,removal,Acme out of bridges,eased,2022-10,
PACT-SEC-roads-rule,PACT-SEC,2022-12-01,roads,Rule of the Pact,2026-06,removal,Streets,no,,
PACT-SEC-school-rule,PACT-SEC,2022-12-01,schools,Rule on lessons,,,,unknown,,
"""
_NOT_YET = "PACT-SEC-school-rule"
_CODEBOOK = """
[domains.courts]
label = "Courts"
weight = 1.0
open_case = true
meaning = "What do courts make of Acme"
[instruments.creed]
label = "Creed"
binding = false
weight = 2.0
half_life_days = 1000
"""
_ABOUT = """
[[dashboard.comparisons]]
label = "First order"
date = 2020-01-01
days = 150
[texts]
scored = "Two clerks score it"
actors = "states and leagues"
members = "states"
"""


def make_busy(folder: Path) -> Path:
    """Add actors, rules, dates, a court and words of its own to a copy of the six events."""
    for name in ("memberships.csv", "about.toml"):
        _replace(folder / name, ("Pact", "PACT"))
    _replace(folder / "codebook.toml", ("restricting = -2", "restricting = -1"))
    for name, text in (("codebook.toml", _CODEBOOK), ("about.toml", _ABOUT)):
        (folder / name).open("a", encoding="utf-8").write(text)
    actors = [
        {"actor": code, "name": name, "short_name": short, "kind": kind, "article": article}
        for code, name, short, kind, article in _lines(_ACTORS)
    ]
    _add(
        folder / "actors.csv", [{**one, "region": "East", "lon": "5", "lat": "5"} for one in actors]
    )
    events, ids = [], {}
    for actor, day, domain, instrument, score, title in _lines(_EVENTS):
        code = f"{actor}-{day.replace('-', '')}-{instrument}"
        ids[actor, day] = code
        said = {"event_id": code, "actor": actor, "date": day, "domain": domain, "title": title}
        said |= {"instrument": instrument, "score": score, "summary": f"{title}.", "speaker": actor}
        events.append({**said, "date_precision": "day", "confidence": "sure", "landmark": "no"})
    _add(folder / "events.csv", events, source_ids="arc-daily", recorded="2023-01-31")
    acts, steps = [], []
    for code, actor, day, domain, name, due, kind, what, applied, since, doubt in _lines(_ACTS):
        said = {"act_id": code, "actor": actor, "domain": domain, "name": name, "adopted": day}
        said |= {"obligation": f"{name} must be kept by Acme", "scope": "bridges", "aim": "named"}
        said |= {"deadline": due, "deadline_kind": kind, "deadline_what": what, "doubt": doubt}
        said |= {"applied": applied, "applied_since": since, "confidence": "sure"}
        said |= {"event_id": ids[actor, day]} if domain == "roads" else {}
        said |= {"in_force_from": "2024-01-01" if code == _NOT_YET else day}
        acts.append(said)
        if due:
            steps.append(
                {"act_id": code, "deadline": due, "kind": kind, "what": what, "part": "core"}
            )
    _add(folder / "acts.csv", acts, source_ids="arc-daily", recorded="2023-01-31")
    _add(folder / "deadlines.csv", steps)
    members = [{"actor": code, "group": "PACT"} for code in ("DOR", "ELS", "FEN")]
    members += [{"actor": code, "group": "Old"} for code in ("BOR", "FEN")]
    late = [{"actor": code, "group": "Late"} for code in ("ELS", "FEN")]
    _add(folder / "memberships.csv", members, joined="2019-01-01")
    _add(folder / "memberships.csv", late, joined="2021-01-01")
    text = "The Elsian Republic has searched Acme and let nobody know why"
    held = {"event_ids": ids["ELS", "2021-05-10"], "as_of": "2022-01-01", "recorded": "2023-01-31"}
    _add(folder / "profiles.csv", [{"actor": "ELS", "text": text, **held}])
    return folder


def make_bare(folder: Path) -> Path:
    """Take from a busy folder what it says of itself, its codings, and all that it sorts by."""
    make_busy(folder)
    (folder / "about.toml").unlink()
    codings = folder / "codings.csv"
    codings.write_text(codings.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    _replace(
        folder / "codebook.toml",
        ('label = "Courts"\nweight = 1.0', 'label = "Courts"\nweight = 9.0'),
    )
    return folder


def _lines(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.strip().split("\n")]


def _replace(path: Path, pair: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    assert pair[0] in text
    path.write_text(text.replace(*pair), encoding="utf-8")


def _add(path: Path, rows: list[dict[str, str]], **same: str) -> None:
    header = path.read_text(encoding="utf-8").split("\n")[0].split(",")
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writerows({**row, **same} for row in rows)
