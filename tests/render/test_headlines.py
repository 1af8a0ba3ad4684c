"""Every way in which a headline, a lead and a heading can be said, on small data worked out for it.

The golden file has every piece of CLAUSES: words that no page of the real data may have said yet.
Who adds a form to a sentence adds an address that says it, and reads the file as a reader would.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from stances.dataset.load import load
from stances.render import page
from tests.conftest import SIX, TODAY
from tests.render.busy import make_bare, make_busy
from tests.render.pages import view

VIEWS = {
    "six": """
/
/acts?domain=schools
/?as_of=2019-06-01
/?as_of=2020-01-15
/?as_of=2020-03-15
/?domain=schools
/?domain=overall&as_of=2020-03-15
/trends?actor=ARC&as_of=2020-02-01
/trends?actor=ARC&as_of=2021-02-01
/trends?actor=BOR&as_of=2020-08-01
/trends?actor=CAL
/trends?actor=ARC,BOR&as_of=2020-08-01
/trends?actor=ARC,BOR&as_of=2020-02-01&domain=schools
/trends?actor=BOR,ARC&as_of=2020-02-01&domain=roads
/trends?actor=ARC
/trends?actor=ARC,CAL
/trends?actor=ARC,CAL&domain=overall
/trends?actor=Pact&as_of=2020-08-01
/members?as_of=2019-06-01
/members?as_of=2020-03-15
/actor?actor=CAL&as_of=2020-01-01
/actor?actor=CAL
/actor?actor=CAL&as_of=2021-08-15
/actor?actor=ARC
/actor?actor=BOR&as_of=2021-05-01
/actor?actor=BOR&as_of=2020-06-01
/actor?actor=ARC&as_of=2020-02-01
/acts?as_of=2019-06-01
/acts?as_of=2020-01-15
/acts?q=road
/acts?q=zzz
/changes?from=2020-02-02&to=2020-02-02
/changes?from=2019-12-01&to=2020-02-01
/changes?from=2019-12-01&to=2020-11-01
/changes?domain=schools&from=2019-06-01&to=2020-06-01
/events?actor=ARC&from=2020-01-01&to=2020-12-31
/events?q=zzz
/e?event=BOR-20200201-school-permit
/a?act=CAL-bridge-rule
/a?act=ARC-roads-order&as_of=2019-06-01
""",
    "busy": """
/
/?as_of=2021-04-01
/?as_of=2021-07-01
/?as_of=2022-09-15
/?domain=schools&as_of=2022-11-10
/?domain=courts
/?domain=overall
/trends?actor=FEN
/trends?actor=BOR
/trends?actor=CAL
/trends?actor=CAL,FEN
/trends?actor=CAL,DOR
/trends?actor=CAL,BOR&as_of=2021-05-01
/trends?actor=PACT
/members
/members?as_of=2021-07-01
/members?group=PACT%2B
/members?as_of=2021-05-01
/members?group=all
/members?group=all&domain=courts
/members?group=Old
/members?group=Late&as_of=2020-06-01
/members?domain=courts
/members?domain=schools&as_of=2022-11-10
/actor?actor=ELS
/actor?actor=ELS&as_of=2022-02-01
/actor?actor=PACT-SEC
/actor?actor=GOR
/actor?actor=DOR
/acts
/acts?as_of=2021-04-01
/acts?as_of=2022-10-01
/acts?domain=schools
/acts?domain=courts
/acts?status=not_yet
/acts?applied=unknown
/acts?group=PACT&applied=yes
/changes?from=2021-01-01&to=2021-12-31
/changes?from=2021-02-01&to=2021-02-28&group=PACT
/changes?from=2022-05-01&to=2022-07-01
/changes?from=2020-10-01&to=2021-03-01
/changes?domain=overall&from=2022-05-01&to=2022-07-30
/changes?domain=overall&from=2020-05-14&to=2022-06-23
/changes?from=2022-08-15&to=2022-12-15
/changes?from=2020-12-31&to=2022-07-01
/changes?from=2022-01-01&to=2023-01-01&domain=overall&group=PACT
/changes?domain=courts
/events
/events?level=-2..-1&counted=true
/data
/a?act=PACT-SEC-school-rule
/a?act=FEN-roads-order
/a?act=CAL-roads-order
/e?event=FEN-20221005-speech
""",
    "bare": """
/
/trends
/members
/changes?from=2021-01-01&to=2022-12-31
/acts
/data
""",
}
# A piece of every sentence in each of its forms; $: the end of a line.
CLAUSES = """
None of 2 Pact members can limit|1 of 2 Pact members can limit Acme in roads$
3 of 5 PACT states can limit Acme in roads; 1 has used a rule|; 2 have used a rule
1 of 3 actors stands at Block|2 of 8 actors stand at|stand at Block or Limit overall
None of 5 PACT states stood at|in roads at the end of 2019; |1 of 2 Old states stood|had no members
3 of 5 do now|1 of 3 did on|1 of 2 does now|None of 8 states and leagues
has stood at Block in roads since|from Block to Even in 2020, and stays|to Promote in 2020$
until Jun 2022 it stood at|has no current position in roads$|both stand at Block in roads
; Kingdom of Boria has no current|; Republic of Arcadia has no current|in any field
each towards Promote|1 towards Block and 1 towards Promote|each towards Block|Only Kingdom
; Kingdom of Boria moved most$
in the year to|on 2 Feb 2020|between 1 and 28 Feb 2021|between 31 Dec 2020 and
No act$|1 act by Doria|2 acts by 2 states$|acts by 2 states and leagues|acts by 2 actors
1 rule is in force|1 rule was in force on|rules are in force|rules were in force on
No rule is in force|No rule was in force on|1 rule: |No rules: |2 rules in force: |3 events:
No events:
Caldon had removal dates|Doria has a removal date ahead, in doubt|two states had|leagues have
, two more in doubt|two actors have|1 open case in force|1 rule and 1 open case in force
2 have an open case|hold a power|holds a power|1 has used a rule|1 has decided a single case
2 have decided single cases|3 No position|In doubt:|rules are in force in schools; 
Nothing recent from|stands at Limit|A person and a machine gave|65% fell in 2021 and
"""
HEARD = re.compile(
    r"<(h1|h2|th colspan|p class=\"(?:lead|empty|note|small keyline|src)[^\"]*\"|summary class)"
    r"[^>]*>(.*?)</(?:h1|h2|th|p|summary)>",
    re.DOTALL,
)


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    copies = {name: Path(shutil.copytree(SIX, tmp_path / name)) for name in ("busy", "bare")}
    return {"six": SIX, "busy": make_busy(copies["busy"]), "bare": make_bare(copies["bare"])}


def heard(html: str) -> str:
    """Return the headline, the lead, the headings and the lines in place of what is empty."""
    lines = []
    for kind, inside in HEARD.findall(html[html.index("<h1") :]):
        said = re.sub(r"<svg.*?</svg>|<span class=\"vh\">.*?</span>", "", inside, flags=re.DOTALL)
        said = " ".join(unescape(re.sub(r"<[^>]+>", " ", said)).split())
        said = re.sub(r" (?=[.,;:)])", "", said)
        lines.append(said if kind == "h1" else f"  {said}")
    return "\n".join(lines)


def test_everything_that_can_be_said_is_said_as_it_was_read(
    folders: dict[str, Path], golden: Callable[[str, str], None]
) -> None:
    said = []
    for name, folder in folders.items():
        tables = load(folder, TODAY)
        for address in VIEWS[name].split():
            path, _, query = address.removeprefix("/").partition("?")
            html = page.html(view(tables, path, **dict(parse_qsl(query))))
            said.append(f"{name} {address}\n{heard(html)}")
    told = "\n\n".join(said)
    clauses = [one for line in CLAUSES.strip().split("\n") for one in line.split("|")]
    unsaid = [one for one in clauses if one.replace("$", "\n") not in f"{told}\n"]
    golden("headlines.txt", told)
    assert not unsaid, f"no address says {unsaid}"
