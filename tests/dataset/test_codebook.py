"""The codebook file: what is taken, and that nothing is taken by default."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import stances
from stances.dataset.codebook import CODEBOOK_FILE, OVERALL, read_codebook
from stances.dataset.names import slug
from tests.folders import REAL, SIX, Folder

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


# What is put in place of what, and what the reader of the fault is told first.
JUNK = [
    ('title = "Positions on Acme"', "", "title: is missing"),
    ('subject = "Acme"', "subject = 3", 'subject: "3" must be a text'),
    ('subject = "Acme"', 'subject = "  "', 'subject: "  " is empty'),
    ('subject = "Acme"', 'subject = "Ac\\nme"', "subject: "),
    *(('subject = "Acme"', f'subject = "Ac{sign}me"',
       f'subject: "Ac{sign}me" has a character that cannot be seen')
      for sign in "\u3164\ufe0f\u034f\u115f"),
    ('subject = "Acme"', 'subject = "\u0300"', 'subject: "\u0300" is empty'),
    ("first_date = 2019-01-01", 'first_date = "2019-01-01"', "first_date: "),
    ("first_date = 2019-01-01", "first_date = 2019-01-01T00:00:00", "first_date: "),
    ("first_date = 2019-01-01", "first_date = 2050-01-01", "first_date: "),
    ("min = -2", "min = -1", 'scale.min: "-1" to max "2": the scale must run from -n to n'),
    ("min = -2\nmax = 2", "min = -9\nmax = 9", 'scale.min: "-9" to max "9": the scale must run'),
    ("min = -2", "min = -2.0", 'scale.min: "-2.0" must be a whole number'),
    ("max = 2", "max = true", 'scale.max: "true" must be a whole number'),
    ('"-2" = "Block", ', "", "scale.labels.-2: is missing"),
    ('labels = { "-2"', 'labels = { "7" = "Odd", "-2"', "scale.labels.7: is not a known key"),
    ('"Block"', '"Bl\\u0007ock"', "scale.labels.-2: "),
    ("binding_weight = 3.0", "binding_weight = 0", 'model.binding_weight: "0" must be'),
    ("binding_weight = 3.0", "binding_weight = -1", 'model.binding_weight: "-1" must be'),
    ("binding_weight = 3.0", "binding_weight = nan", 'model.binding_weight: "nan" must be'),
    ("binding_weight = 3.0", "binding_weight = inf", 'model.binding_weight: "inf" must be'),
    ("binding_weight = 3.0", "binding_weight = true", 'model.binding_weight: "true" must be'),
    ("binding_weight = 3.0", "binding_weight = 1e300", "model.binding_weight: "),
    ("binding_weight = 3.0", f"binding_weight = 1{'0' * 400}", "model.binding_weight: "),
    ("binding_weight = 3.0", f"binding_weight = 0x{'f' * 5000}", "model.binding_weight: "),
    ("binding_weight = 3.0", f"binding_weight = {'9' * 5000}", ": not valid TOML: "),
    ("binding_weight = 3.0", f"binding_weight = {'[' * 9999}{']' * 9999}", ": not valid TOML: "),
    ("binding_weight", "binding_wait", "model.binding_wait: is not a known key"),
    ("weight = 1.5, ", "", "model.spent_act.weight: is missing"),
    ("tolerance = { sure = 0.0", "tolerance = { sure = -0.5", 'model.tolerance.sure: "-0.5" must'),
    ("tolerance = {", "tolerance = {} # {", "model.tolerance: must name at least one"),
    ("[domains.roads]", "[[domains.roads]]", "domains.roads: "),
    ("[domains.roads]", "[domains.overall]", "domains.overall: "),
    ("[domains.roads]", '[domains."../roads"]', "domains.../roads: "),
    ("lapses_after_days = 400", "lapses_after_days = 0", "instruments.permit.lapses_after_days: "),
    ("lapses_after_days = 400", f"lapses_after_days = {10**18}", "instruments.permit.lapses_"),
    ("half_life_days = 100\n", "", "instruments.speech.half_life_days: is missing"),
    ('label = "Order"\nbinding = true', 'label = "Order"', "instruments.order.binding: is missing"),
    ("[instruments.permit]", "[instruments.permit]\nweight = 3", "instruments.permit.weight: is"),
    ("[scale]", "[scale", ": not valid TOML: "),
    ("first_date = 2019-01-01", "first_date = 1999-12-31",
     'first_date: "1999-12-31" is not from 2000-01-01 to today'),
    ("[scale]", '"a\\nb" = 1\n[scale]', r"a\nb: is not a known key"),
    ("[scale]", '"" = 1\n[scale]', '"": is not a known key'),
    ("restricting = -2", "restricting = 0",
     'scale.restricting: "0" must be at least -2, at most -1'),
    ("restricting = -2", "restricting = -3", 'scale.restricting: "-3" must be at least -2'),
    ("open = 1", "open = 3", 'scale.open: "3" must be at least 1, at most 2'),
    ("open = 1\n", "", "scale.open: is missing"),
    ("full_evidence = 1.5", "full_evidence = 0.375",
     'model.full_evidence: "0.375" must be a number'),
    ("[kinds.league]", "[kinds.League]", "kinds.League: the name must be of lower-case letters"),
    ("takes_position = false", "takes_position = 0", 'kinds.company.takes_position: "0" must be'),
    ('label = "League"', "", "kinds.league.label: is missing"),
    ('A = "Coder A, alone"', '"A;B" = "Two"', "coders.A;B: the name must be of letters and"),
    ('A = "Coder A, alone"', "A = 1", 'coders.A: "1" must be a text'),
    ('paper = "Newspaper"', '"the paper" = "Newspaper"', "tiers.the paper: the name must be of"),
    ('gazette = "Gazette"\npaper = "Newspaper"\ncopy = "Copy of another text"', "",
     "tiers: must name at least one"),
    ("[scale]", 'weak_tiers = ["copy", "rumour"]\n[scale]',
     'weak_tiers: "rumour" is not one of: gazette, paper, copy'),
    ("[scale]", 'weak_tiers = "copy"\n[scale]', 'weak_tiers: "copy" must be a list of texts'),
    ("[domains.schools]", "open_case = 1\n[domains.schools]",
     'domains.roads.open_case: "1" must be true or false'),
    ("[acts.aim]", "[acts.aims]", "acts.aim: is missing"),
    ("[acts.aim]", "[acts.aims]", "acts.aims: is not a known key"),
    ('lessons = "Lessons"', 'lessons = ["Lessons"]', "acts.scope.lessons: "),
    ('"Schools"', '"roads "', 'domains.schools.label: "roads " is the label of roads too'),
    ('"Schools"', '"Overall"', f'domains.schools.label: "Overall" is the label of {OVERALL} too'),
    ('"Order"', '"Plan"', 'instruments.order.label: "Plan" is the label of plan too'),
    ('"League"', '"\\uff33tate"', 'kinds.league.label: "\uff33tate" is the label of state too'),
    ('"Newspaper"', '"Gazette"', 'tiers.paper: "Gazette" is the label of gazette too'),
    ('"Lessons"', '"Bridges"', 'acts.scope.lessons: "Bridges" is the label of bridges too'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), JUNK, ids=[f"{n[:30]}" for _, n, _ in JUNK])
def test_each_mistake_is_told_by_its_name(
    folder: Folder, old: str, new: str, expected: str
) -> None:
    folder.replace(FILE, old, new)
    faults = folder.faults()
    assert any(fault.removeprefix(f"{FILE}: ").startswith(expected.removeprefix(": "))
               for fault in faults), faults  # fmt: skip
    assert all(fault.isprintable() and len(fault) < 300 for fault in faults)


def test_all_mistakes_are_told_at_once(folder: Folder) -> None:
    folder.replace(FILE, "binding_weight = 3.0", "binding_weight = 0")
    folder.replace(FILE, 'label = "Roads"', "label = 1")
    folder.replace(FILE, "half_life_days = 200", 'half_life_days = "long"')
    assert len(folder.faults()) == 3


# Keys that hang on the one at fault are valid, or may be.
ALONE = [
    ("minimum_evidence = 0.375", "minimum_evidence = -1", "model.minimum_evidence"),
    ("minimum_evidence = 0.375\nfull_evidence = 1.5",
     'minimum_evidence = "x"\nfull_evidence = 0.25', "model.minimum_evidence"),
    ("min = -2", "min = -1", "scale.min"),
    ("min = -2", "min = -3", "scale.min"),
    ("min = -2", 'min = "x"', "scale.min"),
    ("min = -2\n", "", "scale.min"),
    ("max = 2", "max = true", "scale.max"),
    ("max = 2", "max = -2", "scale.max"),
    ("min = -2\nmax = 2", "min = -9\nmax = 9", "scale.min"),
    ('label = "Order"\nbinding = true', 'label = "Order"', "instruments.order.binding"),
    ('label = "Permit"\nbinding = true', 'label = "Permit"\nbinding = 1',
     "instruments.permit.binding"),
    ('label = "Plan"\nbinding = false', 'label = "Plan"\nbinding = 0', "instruments.plan.binding"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key"), ALONE, ids=[f"{n[:30]}" for _, n, _ in ALONE])
def test_what_hangs_on_a_key_at_fault_is_not_judged_by_it(
    folder: Folder, old: str, new: str, key: str
) -> None:
    folder.replace(FILE, old, new)
    (fault,) = folder.faults()
    assert fault.startswith(f"{FILE}: {key}: ")


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


def test_a_missing_folder_names_every_file_once(tmp_path: Path) -> None:
    with pytest.raises(stances.DataFaults) as found:
        stances.load(tmp_path / "nowhere")
    files = [fault.file for fault in found.value.faults]
    assert len(files) == len(set(files)) == 8
    assert {fault.message for fault in found.value.faults} == {"the file is missing"}
