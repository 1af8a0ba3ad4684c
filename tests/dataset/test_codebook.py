"""The codebook file: what is taken, and that nothing is taken by default."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import stances
from stances.dataset.codebook import CODEBOOK_FILE, OVERALL, read_codebook
from stances.dataset.names import slug
from tests.folders import REAL, SIX, Folder
from tests.golden import Golden

FILE = "codebook.toml"


def test_the_codebook_is_read_as_it_is_written() -> None:
    codebook = read_codebook((SIX / CODEBOOK_FILE).read_bytes(), "six")
    assert (codebook.subject, codebook.first_date) == ("Acme", date(2019, 1, 1))
    assert list(codebook.scale.levels) == [-2, -1, 0, 1, 2]
    assert codebook.scale.labels[-2] == "Block"
    assert {code: d.weight for code, d in codebook.domains.items()} == {"roads": 3, "schools": 1}
    assert codebook.instruments["permit"].lapses_after_days == 400
    assert codebook.instruments["order"].lapses_after_days is None
    assert codebook.instruments["speech"].half_life_days == 100
    assert codebook.model.tolerance == {"sure": 0, "likely": 0.25, "doubtful": 1}
    assert (codebook.model.spent_weight, codebook.model.spent_half_life_days) == (1.5, 300)
    assert (codebook.model.minimum_evidence, codebook.model.full_evidence) == (0.375, 1.5)
    assert (codebook.scale.restricting, codebook.scale.open) == (-2, 1)
    assert codebook.position_kinds == ("state", "league")
    assert codebook.kinds["company"].label == "Company"
    assert list(codebook.coders) == ["first", "A", "B", "review"]
    assert list(codebook.tiers) == ["gazette", "paper", "copy"]
    assert codebook.acts.scope["lessons"] == "Lessons"
    assert codebook.acts.ended_how == {"repealed": "Repealed", "forgotten": "Forgotten"}
    # Both may be left out.
    assert codebook.weak_tiers == ()
    assert not any(domain.open_case for domain in codebook.domains.values())
    assert codebook.domain_label("roads") == "Roads"
    assert codebook.domain_label(OVERALL) == "Overall"


def test_open_cases_and_weak_tiers_are_read(folder: Folder) -> None:
    folder.replace(FILE, "[domains.schools]", "open_case = true\n[domains.schools]")
    folder.replace(FILE, "[scale]\n", 'weak_tiers = ["copy"]\n[scale]\n')
    codebook = folder.load().codebook
    assert {code: d.open_case for code, d in codebook.domains.items()} == {
        "roads": True,
        "schools": False,
    }
    assert codebook.weak_tiers == ("copy",)


def test_other_constants_leave_the_codebook_itself_alone() -> None:
    codebook = read_codebook((SIX / CODEBOOK_FILE).read_bytes(), "six")
    assert codebook.with_model(binding_weight=9.0).model.binding_weight == 9
    assert codebook.model.binding_weight == 3


# What is put in place of what.
JUNK = [
    ('title = "Positions on Acme"', ""), ('subject = "Acme"', "subject = 3"),
    ('subject = "Acme"', 'subject = "  "'), ('subject = "Acme"', 'subject = "Ac\\nme"'),
    *(('subject = "Acme"', f'subject = "Ac{sign}me"') for sign in "\u3164\ufe0f\u034f\u115f"),
    ('subject = "Acme"', 'subject = "\u0300"'),
    ("first_date = 2019-01-01", 'first_date = "2019-01-01"'),
    ("first_date = 2019-01-01", "first_date = 2019-01-01T00:00:00"),
    ("first_date = 2019-01-01", "first_date = 2050-01-01"), ("min = -2", "min = -1"),
    ("min = -2\nmax = 2", "min = -9\nmax = 9"), ("min = -2", "min = -2.0"),
    ("max = 2", "max = true"), ('"-2" = "Block", ', ""),
    ('labels = { "-2"', 'labels = { "7" = "Odd", "-2"'), ('"Block"', '"Bl\\u0007ock"'),
    ("binding_weight = 3.0", "binding_weight = 0"), ("binding_weight = 3.0", "binding_weight = -1"),
    ("binding_weight = 3.0", "binding_weight = nan"),
    ("binding_weight = 3.0", "binding_weight = inf"),
    ("binding_weight = 3.0", "binding_weight = true"),
    ("binding_weight = 3.0", "binding_weight = 1e300"),
    ("binding_weight = 3.0", f"binding_weight = 1{'0' * 400}"),
    ("binding_weight = 3.0", f"binding_weight = 0x{'f' * 5000}"),
    ("binding_weight = 3.0", f"binding_weight = {'9' * 5000}"),
    ("binding_weight = 3.0", f"binding_weight = {'[' * 9999}{']' * 9999}"),
    ("binding_weight", "binding_wait"), ("weight = 1.5, ", ""),
    ("tolerance = { sure = 0.0", "tolerance = { sure = -0.5"),
    ("tolerance = {", "tolerance = {} # {"), ("[domains.roads]", "[[domains.roads]]"),
    ("[domains.roads]", "[domains.overall]"), ("[domains.roads]", '[domains."../roads"]'),
    ("lapses_after_days = 400", "lapses_after_days = 0"),
    ("lapses_after_days = 400", f"lapses_after_days = {10**18}"), ("half_life_days = 100\n", ""),
    ('label = "Order"\nbinding = true', 'label = "Order"'),
    ("[instruments.permit]", "[instruments.permit]\nweight = 3"), ("[scale]", "[scale"),
    ("first_date = 2019-01-01", "first_date = 1999-12-31"), ("[scale]", '"a\\nb" = 1\n[scale]'),
    ("[scale]", '"" = 1\n[scale]'), ("restricting = -2", "restricting = 0"),
    ("restricting = -2", "restricting = -3"), ("open = 1", "open = 3"), ("open = 1\n", ""),
    ("full_evidence = 1.5", "full_evidence = 0.375"), ("[kinds.league]", "[kinds.League]"),
    ("takes_position = false", "takes_position = 0"), ('label = "League"', ""),
    ('A = "Coder A, alone"', '"A;B" = "Two"'), ('A = "Coder A, alone"', "A = 1"),
    ('paper = "Newspaper"', '"the paper" = "Newspaper"'),
    ('gazette = "Gazette"\npaper = "Newspaper"\ncopy = "Copy of another text"', ""),
    ("[scale]", 'weak_tiers = ["copy", "rumour"]\n[scale]'),
    ("[scale]", 'weak_tiers = "copy"\n[scale]'),
    ("[domains.schools]", "open_case = 1\n[domains.schools]"), ("[acts.aim]", "[acts.aims]"),
    ("[acts.aim]", '[acts.akin]\nnever = "It may be due too."\n[acts.aim]'),
    ('lessons = "Lessons"', 'lessons = ["Lessons"]'), ('"Schools"', '"roads "'),
    ('"Schools"', '"Overall"'), ('"Order"', '"Plan"'), ('"League"', '"\\uff33tate"'),
    ('"Newspaper"', '"Gazette"'), ('"Lessons"', '"Bridges"'),
    ("minimum_evidence = 0.375", "minimum_evidence = -1"),
    ("minimum_evidence = 0.375\nfull_evidence = 1.5",
     'minimum_evidence = "x"\nfull_evidence = 0.25'),
    ("min = -2", "min = -3"), ("min = -2", 'min = "x"'), ("min = -2\n", ""),
    ("max = 2", "max = -2"), ('label = "Permit"\nbinding = true', 'label = "Permit"\nbinding = 1'),
    ('label = "Plan"\nbinding = false', 'label = "Plan"\nbinding = 0'),
]  # fmt: skip


def test_each_mistake_is_told_by_its_name(folder: Folder, golden: Golden) -> None:
    """Leave what hangs on a key at fault without a judgement by it."""
    whole = (folder.path / FILE).read_bytes()
    cases = {}
    for old, new in JUNK:
        folder.replace(FILE, old, new)
        faults = folder.faults()
        assert all(fault.isprintable() and len(fault) < 300 for fault in faults)
        case = f"{old} -> {new or 'nothing'}".encode("unicode_escape").decode()
        # How TOML is not valid each Python says in words of its own.
        told = [fault.removeprefix(f"{FILE}: ") for fault in faults]
        cases[case[:120]] = [re.sub("(?<=TOML): .*", "", fault) for fault in told]
        (folder.path / FILE).write_bytes(whole)
    assert len(cases) == len(JUNK)
    golden(cases)


def test_all_mistakes_are_told_at_once(folder: Folder) -> None:
    folder.replace(FILE, "binding_weight = 3.0", "binding_weight = 0")
    folder.replace(FILE, 'label = "Roads"', "label = 1")
    folder.replace(FILE, "half_life_days = 200", 'half_life_days = "long"')
    assert len(folder.faults()) == 3


def test_weak_tiers_are_not_judged_where_there_are_no_tiers(folder: Folder) -> None:
    tiers = 'gazette = "Gazette"\npaper = "Newspaper"\ncopy = "Copy of another text"'
    folder.replace(FILE, tiers, "")
    folder.replace(FILE, "[scale]\n", 'weak_tiers = ["copy"]\n[scale]\n')
    assert folder.faults() == [f"{FILE}: tiers: must name at least one"]


def test_kinds_of_which_one_is_unsure_may_take_a_position(folder: Folder) -> None:
    folder.replace(FILE, "takes_position = true", "takes_position = 1")
    folder.replace(FILE, "takes_position = true", "takes_position = false")
    (fault,) = folder.faults()
    assert fault.startswith(f"{FILE}: kinds.state.takes_position: ")


def test_what_is_wrong_on_any_scale_is_told_beside_its_bounds(folder: Folder) -> None:
    folder.replace(FILE, "min = -2", "min = -1")
    folder.replace(FILE, "restricting = -2", "restricting = 0")
    folder.replace(FILE, 'labels = { "-2" = "Block"', 'labels = { "7" = "Odd", "-2" = ""')
    text = [fault.split(": ")[1] for fault in folder.faults()]
    assert text == ["scale.labels.-2", "scale.labels.7", "scale.min", "scale.restricting"]


@pytest.mark.parametrize("label", ["Limit", "LIMIT", "\uff2cimit"])
def test_two_levels_with_one_label_are_told_in_a_line(folder: Folder, label: str) -> None:
    folder.replace(FILE, '"Promote"', f'"{label}"')
    text = f'{FILE}: scale.labels.2: "{label}" is the label of -1 already'
    assert folder.faults() == [text]


def test_one_kind_of_actor_at_least_takes_a_position(folder: Folder) -> None:
    for _ in ("state", "league"):
        folder.replace(FILE, "takes_position = true", "takes_position = false")
    (fault,) = [fault for fault in folder.faults() if fault.startswith(FILE)]
    assert fault == f"{FILE}: kinds: one kind at least must take a position"


def test_a_codebook_without_instruments_takes_no_event(folder: Folder) -> None:
    text = (folder.path / FILE).read_text(encoding="utf-8")
    head = text[: text.index("[instruments.speech]")]
    (folder.path / FILE).write_text(f"{head}[instruments]\n", encoding="utf-8")
    assert any("instruments" in fault for fault in folder.faults())


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"\xff\xfe", "the file is not UTF-8"), (b"", "title: is missing"), (None, "is missing")],
)
def test_a_file_that_cannot_be_read(folder: Folder, content: bytes | None, text: str) -> None:
    path = folder.path / FILE
    path.unlink() if content is None else path.write_bytes(content)
    assert any(text in fault for fault in folder.faults())


def test_a_byte_order_mark_is_accepted(folder: Folder) -> None:
    path = folder.path / FILE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert folder.faults() == []


def test_the_real_codebook_has_the_seven_labels_of_the_palette() -> None:
    scale = read_codebook((REAL / CODEBOOK_FILE).read_bytes(), "data").scale
    assert len({scale.labels[level] for level in scale.levels}) == 7


@pytest.mark.parametrize(
    ("text", "name"), [("Acme", "acme"), ("  Acme & Sons, Inc. ", "acme-sons-inc"), ("A", "a")]
)
def test_a_slug_has_letters_digits_and_single_hyphens(text: str, name: str) -> None:
    assert slug(text) == name


def test_an_empty_folder_names_every_file_once(tmp_path: Path) -> None:
    with pytest.raises(stances.DataFaults) as result:
        stances.load(tmp_path)
    files = [fault.file for fault in result.value.faults]
    assert len(files) == len(set(files)) == 8
    assert {fault.message for fault in result.value.faults} == {"the file is missing"}
