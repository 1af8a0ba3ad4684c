"""A folder of the first schema: what came later is absent from it, and no fault."""

from __future__ import annotations

import re
from pathlib import Path

from stances.dataset.first_schema import UNCLASSED
from tests.folders import Folder

# The keys, and the tables, of a codebook that came with the second schema.
_LATER_KEYS = re.compile(r"^(restricting|open|full_evidence|weak_tiers) = .*\n", re.MULTILINE)
_LATER_TABLES = re.compile(
    r"^\[(kinds|coders|tiers|acts|blind)[.\]].*\n(?:(?!\[).*\n)*", re.MULTILINE
)


def of_first_schema(folder: Folder) -> Path:
    """Take from a copy of the six all that the first schema had not."""
    path = folder.path / "codebook.toml"
    text = _LATER_TABLES.sub("", path.read_text(encoding="utf-8") + "\n")
    path.write_text(_LATER_KEYS.sub("", text), encoding="utf-8")
    for table in ("acts", "deadlines", "profiles"):
        (folder.path / f"{table}.csv").unlink()
    folder.cut("sources", 1)
    folder.cut("actors", 1)
    # It backs an act alone.
    folder.remove("sources", 5)
    return folder.path


def test_a_folder_of_the_first_schema_opens(folder: Folder) -> None:
    of_first_schema(folder)
    data = folder.load()
    assert len(data.events) == len(folder.rows("events")) - 1
    assert (len(data.acts), len(data.deadlines), len(data.profiles)) == (0, 0, 0)
    assert {*data.sources["tier"]} == {UNCLASSED}
    assert data.codebook.scale.restricting < 0 < data.codebook.scale.open


def test_a_register_that_the_codebook_has_words_for_must_be_there(folder: Folder) -> None:
    (folder.path / "acts.csv").unlink()
    assert "acts.csv: the file is missing" in folder.faults()
