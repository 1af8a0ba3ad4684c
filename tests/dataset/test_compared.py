"""What a release says of two states of the tables: whose sources became more and fewer."""

from __future__ import annotations

import stances
from stances.dataset import schema
from stances.dataset.compared import difference_lines, differences
from tests.folders import TODAY, Folder


def text(before: stances.Dataset, after: stances.Dataset) -> list[str]:
    tables = schema.tables(after.codebook, TODAY).values()
    names = {"ARC": "Arcadia", "BOR": "Boreal"}  # Of CAL the code stands.
    return [*difference_lines(differences(before.files, after.files, tables), names)]


HOW_MANY = "(in brackets: how many, where more than one)."


def test_who_gained_and_who_lost_which_sources_is_told_by_actor(folder: Folder) -> None:
    before = folder.load()
    folder.edit("events", 2, source_ids="arc-gazette;bor-herald")
    folder.edit("events", 3, source_ids="arc-gazette;bor-herald")
    folder.edit("events", 5, source_ids="arc-daily;arc-gazette;bor-herald")
    folder.edit("acts", 2, source_ids="bor-herald")
    folder.edit("acts", 4, source_ids="bor-herald;cal-notes")
    lines = text(before, folder.load())
    assert lines[-2:] == [
        f"Gained a source: 3 events; 2 acts {HOW_MANY}\n"
        "  - Arcadia: events `ARC-20200101-roads-order`, `ARC-20200410-minister-worried` (2); "
        "act `ARC-roads-order`.\n"
        "  - Boreal: event `BOR-20200201-school-permit` (2).\n"
        "  - CAL: act `CAL-bridge-rule`.",
        f"Lost a source: 1 event; 2 acts {HOW_MANY}\n"
        "  - Arcadia: event `ARC-20200410-minister-worried`; act `ARC-roads-order`.\n"
        "  - CAL: act `CAL-bridge-rule`.",
    ]


def test_rows_with_the_sources_that_they_had_are_not_told_of(folder: Folder) -> None:
    before = folder.load()
    folder.edit("events", 2, note="Seen again")
    assert not [line for line in text(before, folder.load()) if "a source" in line]
