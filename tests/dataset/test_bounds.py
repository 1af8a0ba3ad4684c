"""Of junk so much is told as helps, and not much more is read."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest

from stances import DataFaults, Fault
from stances.dataset import reading
from stances.dataset.faults import MOST_FAULTS, some_left_out
from tests.folders import Folder

MORE = f"has more than {MOST_FAULTS} faults, of which {MOST_FAULTS} are told"


def test_of_a_file_so_many_faults_are_told_and_that_there_are_more() -> None:
    many = [Fault("many.csv", line, "", "wrong") for line in range(1, MOST_FAULTS + 2)]
    enough = [Fault("enough.csv", line, "", "wrong") for line in range(1, MOST_FAULTS + 1)]
    text = DataFaults([*many, *enough]).faults
    assert text == (*enough, Fault("many.csv", 0, "", MORE), *many[:-1])
    assert some_left_out(text)
    assert not some_left_out(enough)
    # Faults that were told already are told once more with others.
    assert DataFaults([*text, many[-1]]).faults == text
    assert DataFaults(text).faults == text
    # A process beside that reads a folder hands them back.
    assert pickle.loads(pickle.dumps(DataFaults(text))).faults == text


def test_a_fault_is_no_longer_than_a_line_can_be() -> None:
    text = Fault("a.csv", 1, "b", "x" * 100_000).message
    assert len(text) == 1_000
    assert text.endswith("…")


def _lines(*lines: str) -> Callable[[Folder], None]:
    """Return a function that puts lines at the end of a table, time and again."""

    def put(folder: Folder) -> None:
        path = folder.path / "codings.csv"
        path.write_bytes(path.read_bytes() + ("\n".join(lines) + "\n").encode())

    return put


REPEATED = "ARC-20200101-roads-order,first,-2,"


@pytest.mark.parametrize(
    "junk",
    [
        _lines(*["junk"] * 300),
        _lines(*[",,,"] * 300),
        _lines(*[REPEATED] * 300),
        _lines(*[f"nobody-{number},first,1," for number in range(300)]),
        _lines(*[f"{REPEATED}{sign}" for sign in "\x01" * 300]),
    ],
    ids=["uneven", "empty", "repeated", "unresolved", "control"],
)
def test_junk_of_any_kind_is_told_in_few_lines(
    folder: Folder, junk: Callable[[Folder], None]
) -> None:
    junk(folder)
    first, *others = folder.faults()
    assert first == f"codings.csv: {MORE}"
    assert len(others) == MOST_FAULTS
    assert all(line.startswith("codings.csv:") for line in others)


def test_not_all_of_the_junk_is_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    rows = reading._rows

    def count_rows(*of: object) -> object:
        for row in rows(*of):  # type: ignore[arg-type]
            read.append(1)
            yield row

    monkeypatch.setattr(reading, "_rows", count_rows)
    monkeypatch.setattr(reading, "_ROWS_AT_ONCE", 500)
    _lines(*[",,,"] * 50_000)(folder)
    assert len(folder.faults()) == 1 + MOST_FAULTS
    assert len(read) < 2_000


def test_codebooks_of_junk_are_told_in_few_lines(folder: Folder) -> None:
    path = folder.path / "codebook.toml"
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"k{number} = 1\n" for number in range(300))
    text = folder.faults()
    assert text[0] == f"codebook.toml: {MORE}"
    assert len(text) == 1 + MOST_FAULTS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * 10_001, "codings.csv:1 the line has 10,000 characters or more"),
        ("event_id,coder,score,why\n" + "," * 900_000, "codings.csv:2 the line has 786,432 "),
        (",".join(f"c{number}" for number in range(1_000)), "codings.csv:1 wrong header: missing "),
    ],
    ids=["header", "line", "columns"],
)
def test_a_line_that_no_row_can_have_is_not_taken_apart(
    folder: Folder, text: str, message: str
) -> None:
    (folder.path / "codings.csv").write_text(text)
    (fault,) = folder.faults()
    assert fault.startswith(message)
    assert len(fault) < 1_100
