"""The exact versions that servers get: of the requirements, and of all that they bring along."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.folders import ROOT

DEPLOY = ROOT / "deploy"
REQUIREMENTS = ROOT / "requirements.txt"
README = (ROOT / "README.md").read_text(encoding="utf-8")
# By the Python that they are for: constraints-3.13.txt.
FILES = {path.stem.partition("-")[2]: path for path in sorted(DEPLOY.glob("constraints-*.txt"))}
HERE = ".".join(map(str, sys.version_info[:2]))
HINT = "make constraints"

each_file = pytest.mark.parametrize("python", FILES)


def lines(text: str) -> list[str]:
    """The lines of a list of packages, without comments."""
    result = [re.sub(r"(^|\s)#.*", "", line).strip() for line in text.splitlines()]
    return [line for line in result if line]


def pins(python: str) -> dict[str, str]:
    """Version by name."""
    return dict(line.split("==") for line in lines(FILES[python].read_text(encoding="utf-8")))


@pytest.fixture
def pinned() -> dict[str, str]:
    """Version by name, for the Python that runs the tests."""
    if HERE not in FILES:
        pytest.skip(f"servers with Python {HERE} get no exact versions")
    return pins(HERE)


def test_each_python_that_the_build_tests_has_a_file_and_no_other() -> None:
    build = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    tested = re.findall(r"^(?:first|second)=(3\.\d+)", build, flags=re.MULTILINE)
    assert sorted(tested) == list(FILES)


def test_the_container_has_a_python_with_a_file() -> None:
    built = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    [python] = re.findall(r"^ARG PYTHON=(3\.\d+)-", built, flags=re.MULTILINE)
    assert python in FILES


@each_file
def test_the_first_line_names_the_python(python: str) -> None:
    first = FILES[python].read_text(encoding="utf-8").partition("\n")[0]
    assert f" Python {python}," in first


@each_file
def test_every_line_pins_one_version_and_names_no_host(python: str) -> None:
    for line in lines(FILES[python].read_text(encoding="utf-8")):
        assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line), line


@each_file
def test_every_requirement_is_satisfied(python: str) -> None:
    pinned = pins(python)
    for wanted in map(Requirement, lines(REQUIREMENTS.read_text(encoding="utf-8"))):
        version = pinned[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version), f"{wanted} against {version}: {HINT}"


def _versions_in(versions: str) -> dict[str, str]:
    """Version by name, as the table of README tells them in the row with these words."""
    [row] = [line for line in README.splitlines() if line.startswith("|") and versions in line]
    return dict(text.split() for text in row.rpartition(": ")[2].rstrip(" |").split(", "))


@each_file
def test_the_readme_tells_the_versions_that_were_tried(python: str) -> None:
    text = _versions_in(f"| {python} | the newest, [all of them](deploy/{FILES[python].name})")
    assert text
    assert text == {name: version for name, version in pins(python).items() if name in text}


def test_the_readme_tells_the_lowest_versions() -> None:
    needs = map(Requirement, lines(REQUIREMENTS.read_text(encoding="utf-8")))
    lowest = {
        need.name: each.version
        for need in needs
        for each in need.specifier
        if each.operator == ">="
    }
    assert _versions_in("| the lowest of [`requirements.txt`](requirements.txt)") == lowest


def test_what_each_package_needs_in_its_turn_is_pinned(pinned: dict[str, str]) -> None:
    lost = set()
    for name in pinned:
        needs = map(Requirement, distribution(name).requires or ())
        for need in needs:
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                lost |= {canonicalize_name(need.name)} - set(pinned)
    assert not lost, HINT


def test_the_command_makes_the_file(pinned: dict[str, str]) -> None:
    command = [sys.executable, DEPLOY / "constrain.py"]
    made = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    # Versions may be newer here than on the servers; what is brought along is the same.
    assert [line.split("==")[0] for line in lines(made)] == list(pinned), HINT
    assert made.partition("\n")[0] == FILES[HERE].read_text(encoding="utf-8").partition("\n")[0]


def test_a_minor_version_of_streamlit_is_raised_on_purpose() -> None:
    [wanted] = [
        each
        for each in map(Requirement, lines(REQUIREMENTS.read_text(encoding="utf-8")))
        if each.name == "streamlit"
    ]
    major, minor = distribution("streamlit").version.split(".")[:2]
    assert not wanted.specifier.contains(f"{major}.{int(minor) + 1}.0")
