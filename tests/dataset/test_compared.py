"""The words of a release on two states of the tables: whose sources became more and fewer."""

from __future__ import annotations

import stances
from stances.dataset import schema
from stances.dataset.compared import difference_lines, differences
from tests.folders import TODAY, Folder
from tests.golden import Golden


def text(before: stances.Dataset, after: stances.Dataset) -> list[str]:
    tables = schema.tables(after.codebook, TODAY).values()
    names = {"ARC": "Arcadia", "BOR": "Boreal"}  # Of CAL the code stands.
    return [*difference_lines(differences(before.files, after.files, tables), names)]


def test_who_gained_and_who_lost_which_sources_is_told_by_actor(
    folder: Folder, golden: Golden
) -> None:
    before = folder.load()
    folder.edit("events", 2, source_ids="arc-gazette;bor-herald")
    folder.edit("events", 3, source_ids="arc-gazette;bor-herald")
    folder.edit("events", 5, source_ids="arc-daily;arc-gazette;bor-herald")
    folder.edit("acts", 2, source_ids="bor-herald")
    folder.edit("acts", 4, source_ids="bor-herald;cal-notes")
    golden({"more and fewer": text(before, folder.load())})


def test_rows_with_the_sources_that_they_had_are_not_told_of(folder: Folder) -> None:
    before = folder.load()
    folder.edit("events", 2, note="Seen again")
    assert not [line for line in text(before, folder.load()) if "a source" in line]
