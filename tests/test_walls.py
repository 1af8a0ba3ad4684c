"""The walls of the house: who may import whom, what the code may not know, how long a function is.

Each test reads the source with `ast` and names what it refuses as file:line.
"""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "stances"
DATA = ROOT / "data"

# The floors of the house: each imports only those before it.
FLOORS = (
    "dataset", "model", "escapes", "words", "answers", "figures", "links", "filters", "charts",
    "markup", "tables", "pictures", "pages", "render", "queues", "seams", "routes", "ui", "serve",
    "commands", "__main__",
)  # fmt: skip
# The face of the package gathers these and may be imported by what comes after them.
FACE = "__init__"
FACE_GATHERS = FLOORS[: FLOORS.index("figures") + 1]
# A figure takes a table, so it needs no floor that makes one.
FIGURES_MAY_IMPORT = {"dataset", "escapes", "figures"}
# Pages and routes are two ways to the same figures: what both need lies before them.
SIDE_BY_SIDE = {"ui": "routes"}
OWNERS = {"streamlit": {"ui", "seams", "dashboard"}, "starlette": {"routes", "seams", "dashboard"}}
LONGEST_FUNCTION = 45
TOP_LEVEL = {
    ".ci", ".git", ".gitattributes", ".github", ".gitignore", ".streamlit", "CHANGELOG.md",
    "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "dashboard.py", "data",
    "deploy", "pyproject.toml", "requirements.txt", "stances", "tests",
}  # fmt: skip

Imported = tuple[int, str]


def _modules() -> list[Path]:
    return [*sorted(PACKAGE.rglob("*.py")), ROOT / "dashboard.py"]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _at(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def _floor(path: Path) -> str:
    """`stances/ui/url.py` is of the floor `ui`, `stances/words.py` of `words`."""
    if path.parent == ROOT:
        return path.stem
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[Imported]:
    """Line and full dotted name of everything that a module imports, inside functions too."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_at(path, node.lineno)}: a relative import"
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def _floors_imported(path: Path) -> Iterator[Imported]:
    """Line and floor of each import from the package; the package itself is its face."""
    for line, name in _imports(path):
        package, _, rest = name.partition(".")
        if package == PACKAGE.name:
            floor = rest.partition(".")[0]
            yield line, floor if _is_floor(floor) else FACE


def _is_floor(name: str) -> bool:
    return bool(name) and ((PACKAGE / f"{name}.py").is_file() or (PACKAGE / name).is_dir())


def _has_place(path: Path) -> bool:
    return _floor(path) in {*FLOORS, FACE, "dashboard"}


def _may_import(floor: str) -> set[str]:
    """The floors that a floor may import, its own included."""
    if floor == "figures":
        return FIGURES_MAY_IMPORT
    if floor == FACE:
        return set(FACE_GATHERS)
    if floor == "dashboard":
        return {*FLOORS, FACE}
    before = set(FLOORS[: FLOORS.index(floor) + 1]) - {SIDE_BY_SIDE.get(floor)}
    return before | {FACE} if set(FACE_GATHERS) < before else before


def _none(result: list[str]) -> None:
    assert not result, "\n" + "\n".join(result)


def test_every_module_has_a_place_in_the_order() -> None:
    homeless = [_at(path, 1) for path in _modules() if not _has_place(path)]
    _none(homeless)


def test_a_floor_imports_only_floors_before_it() -> None:
    refused = [
        f"{_at(path, line)}: {_floor(path)} imports {floor}"
        for path in _modules()
        for line, floor in _floors_imported(path)
        if _has_place(path) and floor not in _may_import(_floor(path))
    ]
    _none(refused)


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_is_imported_only_by_its_owner(library: str) -> None:
    refused = [
        f"{_at(path, line)}: {name}"
        for path in _modules()
        for line, name in _imports(path)
        if name.partition(".")[0] == library and _floor(path) not in OWNERS[library]
    ]
    _none(refused)


# Before links come answers; what a contact is given is of another site, and the names of feeds were
# made so before.
QUERIES_ARE_WRITTEN_IN = {
    "links/view.py", "answers/letter.py", "answers/news_file.py", "markup/report.py",
    "routes/changes.py",
}  # fmt: skip


def test_the_query_of_an_address_is_written_in_one_place() -> None:
    refused = [
        _at(path, line)
        for path in _modules()
        for line, name in _imports(path)
        if name == "urllib.parse.urlencode"
        and path.relative_to(PACKAGE).as_posix() not in QUERIES_ARE_WRITTEN_IN
    ]
    _none(refused)


def test_functions_are_short() -> None:
    long = [
        f"{_at(path, node.lineno)}: {node.name} has {_length(node)} lines"
        for path in _modules()
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if _length(node) > LONGEST_FUNCTION
    ]
    _none(long)


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_two_classes_have_one_name() -> None:
    """Who finds a name has found what it is. A private one is read where it stands."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in _modules():
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(_at(path, node.lineno))
    _none([f"{name}: {', '.join(at)}" for name, at in places.items() if len(at) > 1])


def _codebook() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((DATA / "codebook.toml").read_text(encoding="utf-8"))


def _column(table: str, column: str) -> set[str]:
    with (DATA / table).open(encoding="utf-8-sig", newline="") as rows:
        return {row[column] for row in csv.DictReader(rows)}


def _words_of_the_subject() -> set[str]:
    """Return words that only the data may say: codes and names of actors, groups and domains."""
    domains = _codebook()["domains"]
    return {
        *_column("actors.csv", "actor"),
        *_column("actors.csv", "name"),
        *_column("actors.csv", "short_name"),
        *_column("memberships.csv", "group"),
        *domains,
        *(domain["label"] for domain in domains.values()),
    } - {""}


def test_no_literal_is_a_word_of_the_subject() -> None:
    words = _words_of_the_subject()
    result = [
        f"{_at(path, node.lineno)}: {node.value!r}"
        for path in _modules()
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in words
    ]
    _none(result)


def test_the_subject_is_not_named_in_the_code() -> None:
    subject = str(_codebook()["subject"]).casefold()
    result = [
        f"{_at(path, number)}: {line.strip()}"
        for path in _modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if subject in line.casefold()
    ]
    _none(result)


def test_the_top_level_holds_nothing_else() -> None:
    ignored = _ignore_patterns()
    strangers = [
        entry.name
        for entry in ROOT.iterdir()
        if entry.name not in TOP_LEVEL
        if not any(fnmatch(entry.name, pattern) for pattern in ignored)
    ]
    _none(strangers)


def test_every_folder_of_the_package_has_one_of_its_tests() -> None:
    tests = ROOT / "tests"
    _none(
        [
            floor
            for floor in FLOORS
            if (PACKAGE / floor).is_dir() and not any((tests / floor).rglob("test_*.py"))
        ]
    )


def _ignore_patterns() -> list[str]:
    """The patterns of .gitignore, without the slash that says folder."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return [line.rstrip("/") for line in lines if line and not line.startswith("#")]


def test_no_style_makes_all_that_comes_a_reason_to_style_the_whole_page_anew() -> None:
    # Chromium does so for each element that is put into the body, which plotly does by hundreds.
    slow = re.compile(r":not\(:has\([^()]*\)\)\s*[>+~]|body:has\([^)\s]*:not\(")
    _none(
        [
            _at(path, number)
            for path in sorted(PACKAGE.rglob("*.css"))
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if slow.search(line)
        ]
    )
