"""README.md names what there is, and nothing else; `release --check` runs what it shows."""

from __future__ import annotations

import re

from stances.routes import routes
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_address_is_told_and_no_other() -> None:
    told = set(re.findall(r"`(/[^`]*)`", README.partition("## By address")[2]))
    there = {route.path for route in routes()}
    folders = {path.split("/")[1].split(".")[0] for path in there if not path.startswith("/{")}
    assert {path.split("/")[1].split(".")[0] for path in told} | {"assets"} == folders


def test_every_link_leads_to_a_file() -> None:
    linked = re.findall(r"\]\(([^)#]+)\)", README)
    assert linked
    assert not [path for path in linked if not (ROOT / path).exists()]
