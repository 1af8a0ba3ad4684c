"""Documents name what there is, and nothing else; `release --check` runs what README shows."""

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


def test_documents_name_files_that_are_there() -> None:
    """By their path from any folder, such as `pages/registry.py`."""
    kept = [ROOT / name for name in ("data", "deploy", "stances", "tests")]
    there = {*ROOT.iterdir(), *(path for folder in kept for path in folder.rglob("*"))}
    ends = [f"/{path.relative_to(ROOT).as_posix()}" for path in there]
    documents = [path for path in there if path.suffix == ".md" and path.name != "CHANGELOG.md"]
    gone = []
    for document in documents:
        text = document.read_text(encoding="utf-8")
        for name in re.findall(r"`([\w-][\w./-]*(?:\.(?:py|toml|md|csv|html|json|conf)|/))`", text):
            place = f"/{name.rstrip('/')}"
            if not any(end.endswith(place) for end in ends):
                gone.append(f"{document.relative_to(ROOT)}: {name}")
    assert documents and not gone
