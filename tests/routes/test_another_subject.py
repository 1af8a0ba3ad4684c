"""A tracker of another subject, begun by `new`: nothing in it speaks of the product's own."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pypdf", reason="needs tests/requirements.txt")

from pypdf import PdfReader
from starlette.testclient import TestClient

from stances.__main__ import BAD_USAGE, OK, main
from stances.dataset.codebook import read_codebook
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.schema import LONGEST_SUBJECT, TABLE_NAMES, tables
from stances.links.parameters import COMPARISONS, SECTIONS
from stances.links.register import PAGES
from stances.routes.endpoints import ENDPOINTS
from tests.folders import REAL, Asked, load
from tests.routes.conftest import client_of

SUBJECT = "TikTok"
# What only the tables of the product may say.
FOREIGN = re.compile(
    r"\b(?:huawei|zte|telecom\w*|5g|networks?|antennas?|vendors?|operators?|european|brussels"
    r"|commission|member states?|toolbox|(?-i:EU))\b",
    re.IGNORECASE,
)
Capture = pytest.CaptureFixture[str]


def _event(number: int) -> dict[str, Any]:
    """One of ten events, of each actor in turn, in each domain and of each instrument."""
    actor, domain = ("ARC", "BOR", "CAL")[number % 3], ("public", "market", "money")[number % 3]
    month = f"2025-{number + 1:02}"
    return {
        "event_id": f"{actor}-{month.replace('-', '')}15-event-{number}",
        "actor": actor,
        "date": f"{month}-15",
        "date_precision": "day",
        "domain": domain,
        "instrument": ("statement", "plan", "law", "decision", "relief")[number % 5],
        "score": number % 5 - 2,
        "confidence": "medium",
        "title": f"Word {number} on {SUBJECT}",
        "summary": "Somebody said something.",
        "speaker": "Somebody",
        "sources": [
            {
                "url": f"https://another.example/{number}",
                "publisher": "Another Paper",
                "title": f"Page {number}",
                "language": "en",
                "checked": "read",
            }
        ],
    }


def _act(event_id: str) -> dict[str, Any]:
    """An act alone, which says of what event it is, and nothing that the event says."""
    step = {"deadline": "2026-06-30", "kind": "removal", "part": "other", "what": "Old copies"}
    text = {"name": "Act by its event", "obligation": "Old copies must go", "adopted": "2025"}
    return {
        "act": {
            **text,
            "event_id": event_id,
            "scope": "everyone",
            "aim": "criteria",
            "steps": [step],
        }
    }


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that `new` began, with ten events and two acts more, released."""
    place = tmp_path_factory.mktemp("another")
    folder, events = place / "other", [_event(number) for number in range(10)]
    files = []
    for number, entry in enumerate([*events, *(_act(events[at]["event_id"]) for at in (2, 3))]):
        files.append(str(place / f"{number}.json"))
        Path(files[-1]).write_text(json.dumps(entry), encoding="utf-8")
    assert main(["new", str(folder), "--subject", SUBJECT]) == OK
    assert main(["add", *files, "--coder", "first", "--data", str(folder)]) == OK
    assert main(["release", "--data", str(folder)]) == OK
    return folder


@pytest.fixture(scope="module")
def data(other: Path) -> Asked:
    return load(other)


def test_it_is_valid_and_its_acts_are_of_their_events(other: Path, data: Asked) -> None:
    assert main(["check", "--data", str(other)]) == OK
    assert main(["release", "--check", "--data", str(other)]) == OK
    assert len(data.codebook.scale.levels) == 5
    assert not {*data.codebook.domains} & {*load(REAL).codebook.domains}
    assert len(data.events) == 16
    events = data.events.set_index("event_id")
    acts = data.acts[data.acts["name"] == "Act by its event"]
    assert len(acts) == 2
    for column in ("actor", "domain", "confidence", "source_ids"):
        assert list(acts[column]) == list(events.loc[acts["event_id"], column])


@pytest.fixture
def client(other: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The pages read first, and all routes."""
    monkeypatch.setenv(DATA_VARIABLE, str(other))
    shell = '<html><head></head><body><div id="root"></div></body></html>'
    return client_of(other, shell=shell)


def _addresses(data: Asked) -> Iterator[str]:
    """Every page with its parts, and every address that has words in it, of every actor."""
    yield from (f"/{page}" for page in PAGES)
    yield from (f"/data?section={section}" for section in SECTIONS)
    yield from (f"/compare?compare={compared}" for compared in COMPARISONS)
    yield from (f"/acts?act={act}" for act in data.acts["act_id"])
    yield from (f"/actor?actor={actor}" for actor in (*data.position_actors, "League"))
    yield from ("/?view=world", "/openapi.json", "/sitemap.xml", "/healthz")
    names = {
        "actor": data.position_actors,
        "group": ["League"],
        "domain": data.codebook.columns,
        "date": ["2025-12-31"],
        "event_id": [data.events["event_id"].iloc[-1]],
        "act_id": list(data.acts["act_id"]),
        "table": TABLE_NAMES,
        "version": [data.version],
        "file": ["events.csv", "codebook.toml"],
        "form": ["svg", "txt"],
    }
    wordless = ("xlsx", "parquet", "png")
    for endpoint in ENDPOINTS:
        for path, *_ in endpoint.examples:
            if not path.endswith(wordless):
                places = [names[name] for name in re.findall(r"{(\w+)}", path)]
                form = re.sub(r"{\w+}", "{}", path)
                yield from (form.format(*each) for each in product(*places))


def _words(content: bytes, media: str) -> str:
    """Return what a reader of an answer reads of it."""
    if media == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if media == "application/zip":
        files = zipfile.ZipFile(io.BytesIO(content))
        return "\n".join(files.read(name).decode() for name in files.namelist())
    text = content.decode()
    html = media == "text/html"
    return re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL) if html else text


def test_no_page_file_feed_or_picture_says_a_word_of_the_products_subject(
    client: TestClient, data: Asked
) -> None:
    addresses = list(dict.fromkeys(_addresses(data)))
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        media = answer.headers["content-type"].partition(";")[0]
        words = _words(answer.content, media)
        assert words, address
        assert FOREIGN.findall(words) == [], address
    assert SUBJECT in client.get("/").text


def test_no_command_says_one(other: Path, capsys: Capture, tmp_path: Path) -> None:
    data = ["--data", str(other)]
    for form in ("text", "html", "eml"):
        assert main(["digest", "--since", "2020-01-01", "--format", form, *data]) == OK
    assert main(["sentences", *data]) == OK
    assert main(["new", str(tmp_path / "more"), "--subject", SUBJECT]) == OK
    assert FOREIGN.findall(capsys.readouterr().out) == []


def _codes(text: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", text))


def test_its_format_names_every_code_and_none_of_the_products_own(
    other: Path, data: Asked, client: TestClient
) -> None:
    contract = (other / "FORMAT.md").read_text(encoding="utf-8")
    assert FOREIGN.findall(contract) == []
    package = client.get("/tables/datapackage.json").json()
    fields = [
        each for table in package["resources"] for each in table.get("schema", {}).get("fields", [])
    ]
    enums = {code for each in fields for code in each["constraints"].get("enum", [])}
    known = tables(data.codebook, data.today).values()
    own = {code for table in known for column in table.columns for code in column.allowed}
    own |= {*data.codebook.coders}
    assert enums <= own <= _codes(contract)
    products = read_codebook((REAL / "codebook.toml").read_bytes(), "codebook.toml")
    theirs = {
        code
        for table in tables(products, data.today).values()
        for column in table.columns
        for code in column.allowed
    }
    assert (theirs - own) & _codes(contract) == set()


@pytest.mark.parametrize(
    ("subject", "fault"),
    [
        ("", '"" is empty'),
        (" ", '" " is empty'),
        ("a\udcffb", r"a\udcffb has a line break or a control character"),
        ("a\nb", r"a\nb has a line break or a control character"),
        ("a\u200bb", r"a\u200bb has a character that cannot be seen"),
        ("x" * (LONGEST_SUBJECT + 1), f"longer than {LONGEST_SUBJECT} characters: "),
    ],
)
def test_what_is_no_subject_is_refused_in_a_line(
    subject: str, fault: str, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["new", str(tmp_path / "no"), "--subject", subject]) == BAD_USAGE
    error = capsys.readouterr().err
    assert error.startswith(f"stances: --subject: {fault}")
    assert error.count("\n") == 1
    assert not (tmp_path / "no").exists()


def test_a_subject_of_signs_begins_a_valid_folder_and_a_taken_one_stays(
    tmp_path: Path, capsys: Capture
) -> None:
    subject = '"Free", \\ 抖音; |`x` {y} <b>'
    assert main(["new", str(tmp_path / "signs"), "--subject", subject]) == OK
    assert load(tmp_path / "signs").codebook.subject == subject
    before = {path: path.read_bytes() for path in (tmp_path / "signs").iterdir()}
    capsys.readouterr()
    file = next(iter(before))
    for taken, why in ((tmp_path / "signs", "is not empty"), (file, "is no folder")):
        assert main(["new", str(taken), "--subject", SUBJECT]) == BAD_USAGE
        line = f"stances: {taken} {why}; allowed: a new folder, or an empty one\n"
        assert capsys.readouterr().err == line
    assert {path: path.read_bytes() for path in (tmp_path / "signs").iterdir()} == before
