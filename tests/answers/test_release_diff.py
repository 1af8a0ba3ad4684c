"""The differences of two states of the six: rows with reasons, figures by data and by method."""

from __future__ import annotations

from datetime import date

import pytest

import stances
from stances.__main__ import OK, main
from stances.answers.release_diff import FigureChange, ReleaseDiff, release_diff, totals_text
from stances.dataset.changelog import CHANGELOG, with_correction
from stances.dataset.codebook import OVERALL
from tests.dataset.test_releases import keep_release
from tests.folders import SIX, TODAY, Folder, load

DAY = date(2020, 7, 1)
ORDER = "ARC-20200101-roads-order"


def diff(folder: Folder, *actors: str) -> ReleaseDiff:
    return release_diff(load(SIX, today=TODAY), folder.load(), DAY, actors)


def figure(result: ReleaseDiff, actor: str, domain: str) -> FigureChange:
    return next(each for each in result.figures if (each.actor, each.domain) == (actor, domain))


def line_of(folder: Folder, event: str) -> int:
    ids = [row["event_id"] for row in folder.rows("events")]
    return ids.index(event) + 1


def test_the_same_tables_have_nothing_apart(folder: Folder) -> None:
    result = diff(folder)
    assert (result.rows, result.figures) == ((), ())
    assert result.compared > 0
    assert totals_text(result) == "No stance differs between the two releases."


def test_a_score_moves_a_figure_by_the_data_and_names_its_event(folder: Folder) -> None:
    line = line_of(folder, ORDER)
    before = folder.rows("events")[line - 1]["score"]
    folder.edit("events", line, score="1")
    note = with_correction(b"", ORDER, {"score": (before, "1")}, "A mistake of ours.")
    (folder.path / CHANGELOG).write_bytes(note)
    result = diff(folder)
    row = next(each for each in result.rows if each.table == "events")
    assert (row.key, row.change, row.fields) == ((ORDER,), "corrected", {"score": (before, "1")})
    assert row.why.endswith("A mistake of ours.")
    moved = figure(result, "ARC", "roads")
    assert (moved.by_data, moved.by_method, moved.events) == (True, False, (ORDER,))
    assert figure(result, "ARC", OVERALL).by_data
    assert {each.actor for each in result.figures} == {"ARC"}
    assert diff(folder, "BOR").figures == diff(folder, "BOR").rows == ()


def test_a_constant_moves_figures_by_the_method_alone(folder: Folder) -> None:
    path = folder.path / "codebook.toml"
    text = path.read_text(encoding="utf-8").replace("full_breadth = 2.0", "full_breadth = 9.0")
    path.write_text(text, encoding="utf-8")
    result = diff(folder)
    assert result.figures
    assert {(each.domain, each.by_data, each.by_method) for each in result.figures} == {
        (OVERALL, False, True)
    }
    wording = totals_text(result)
    assert "because of the method" in wording
    assert "because of the data" not in wording
    assert result.rows == ()


def test_an_actor_that_neither_has_is_refused(folder: Folder) -> None:
    message = r"^actor BRO is in neither release; see actors\.csv; did you mean BOR\?$"
    with pytest.raises(stances.BadInput, match=message):
        diff(folder, "BRO")


def test_the_command_tells_a_release_and_the_tables_apart(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    name = keep_release(folder)
    folder.remove("codings", 2)
    folder.edit("events", line_of(folder, ORDER), score="1", recorded="2023-01-30")
    capsys.readouterr()
    where = ["--data", str(folder.path), "--as-of", str(DAY)]
    assert main(["diff", name, *where, "--actor", "ARC"]) == OK
    out = capsys.readouterr().out
    assert f"{name} and 2023-01-30-" in out
    assert f"\n~ {ORDER}: " in out
    assert "\n    score: " in out
    assert "\n    by data to " in out
    assert "by method to" not in out
