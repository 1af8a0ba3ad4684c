"""The walls of the house: who imports whom, which room knows which library, what no code knows."""

from __future__ import annotations

import ast
import csv
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from tests.conftest import REAL, ROOT

PACKAGE = ROOT / "stances"
# Each room imports only those before it; pages and routes do not know the live view.
ROOMS = (
    "dataset", "model", "words", "tables", "answers", "links", "charts", "pages", "render",
    "routes", "seams", "ui", "desk", "commands", "__main__", "dashboard",
)  # fmt: skip
# The face gathers these for notebooks.
FACE_GATHERS = ROOMS[: ROOMS.index("pages") + 1]
OWNERS = {
    "streamlit": {"ui", "seams", "desk", "dashboard"},
    "starlette": {"routes", "seams", "desk", "dashboard"},
}
TOP_LEVEL = {
    ".ci", ".git", ".gitattributes", ".github", ".gitignore", ".streamlit", "CHANGELOG.md",
    "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "dashboard.py", "data",
    "deploy", "pyproject.toml", "requirements.txt", "stances", "tests",
}  # fmt: skip


def _modules() -> list[Path]:
    return [*sorted(PACKAGE.rglob("*.py")), ROOT / "dashboard.py"]


def _room(path: Path) -> str:
    """`stances/ui/app.py` is of the room `ui`, `stances/words.py` of `words`."""
    return path.stem if path.parent == ROOT else path.relative_to(PACKAGE).parts[0].split(".")[0]


@cache
def _imports(path: Path) -> list[tuple[str, str]]:
    """Place and full name of everything that a module imports, inside functions too."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        place = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import):
            found += [(place, name.name) for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place}: a relative import"
            found += [(place, f"{node.module}.{name.name}") for name in node.names]
    return found


def test_a_room_imports_only_rooms_before_it() -> None:
    refused = []
    for path in _modules():
        room = _room(path)
        may = FACE_GATHERS if room == "__init__" else ROOMS[: ROOMS.index(room) + 1]
        for place, name in _imports(path):
            package, _, rest = name.partition(".")
            of = rest.split(".")[0]
            if package == "stances" and of in ROOMS and of not in may:
                refused.append(f"{place}: {room} imports {of}")
    assert not refused, "\n".join(refused)


def test_only_their_rooms_know_streamlit_and_starlette() -> None:
    refused = [
        f"{place}: imports {name}"
        for path in _modules()
        for place, name in _imports(path)
        for library, owners in OWNERS.items()
        if name.split(".")[0] == library and _room(path) not in owners
    ]
    assert not refused, "\n".join(refused)


def test_nothing_that_is_served_asks_a_host() -> None:
    """`links` and the reader of the desk do, on the machine of who edits."""
    clients = ("urllib.request", "http.client", "requests", "httpx", "aiohttp")
    asking = set()
    knowing = set()
    for path in _modules():
        for _, name in _imports(path):
            if name.startswith(clients):
                asking.add(str(path.relative_to(PACKAGE)))
            if name.startswith("stances.commands.links"):
                knowing.add(_room(path))
    assert asking == {"commands/links.py", "desk/reader.py"}
    assert knowing == {"__main__"}


def test_only_the_desk_and_commands_can_write() -> None:
    """What readers open knows neither the desk nor what writes the tables."""
    writers = {"dataset", "desk", "commands", "__main__"}
    refused = []
    for path in _modules():
        for place, name in _imports(path):
            writes = f"{name}.".startswith(("stances.desk.", "stances.dataset.write."))
            if writes and _room(path) not in writers:
                refused.append(f"{place}: imports {name}")
    assert not refused, "\n".join(refused)


def test_the_code_knows_nothing_of_its_subject() -> None:
    """`STANCES_DATA=folder` is another tracker: names, codes and levels are the data's."""
    book = tomllib.loads((REAL / "codebook.toml").read_text(encoding="utf-8"))
    with (REAL / "actors.csv").open(encoding="utf-8", newline="") as file:
        actors = list(csv.DictReader(file))
    words = {book["subject"], *book["scale"]["labels"].values(), *book["domains"]}
    words |= {actor[key] for actor in actors for key in ("name", "short_name")}
    codes = {actor["actor"] for actor in actors}
    told = []
    for path in _modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            if node.value in codes or node.value.strip() in words or book["subject"] in node.value:
                told.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.value[:60]!r}")
    allowed = ("stances/charts/outlines.py",)  # where labels stand on outlines of countries
    assert not [line for line in told if not line.startswith(allowed)], "\n".join(told)


def test_no_two_public_functions_have_one_name() -> None:
    """But those of a kind, which its register calls alike: a page, a chart, a command, a headline,
    a record, a task of the desk; and `load`, which the face passes on.
    """
    shared = {"page", "picture", "chart", "main", "run", "options", "headline", "record", "find"}
    shared |= {"load", "draw"}
    names = Counter(
        node.name
        for path in _modules()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    )
    assert not {name: n for name, n in names.items() if n > 1 and name not in shared}


def test_the_top_level_holds_what_tools_demand_and_nothing_else() -> None:
    ignored = {".venv", ".pytest_cache", ".ruff_cache", ".mypy_cache", ".hypothesis"}
    there = {path.name for path in ROOT.iterdir()} - ignored
    assert {name for name in there - TOP_LEVEL if not name.startswith((".venv", "__"))} == set()
