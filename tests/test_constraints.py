"""The exact versions that servers get: of the requirements, and of all that they bring along."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.folders import ROOT

CONSTRAINTS = ROOT / "deploy" / "constraints.txt"
REQUIREMENTS = ROOT / "requirements.txt"
HINT = "make constraints"


def lines(text: str) -> list[str]:
    """The lines of a list of packages, without comments."""
    found = [re.sub(r"(^|\s)#.*", "", line).strip() for line in text.splitlines()]
    return [line for line in found if line]


def pins() -> dict[str, str]:
    """Version by name."""
    return dict(line.split("==") for line in lines(CONSTRAINTS.read_text(encoding="utf-8")))


def test_every_line_pins_one_version_and_names_no_host() -> None:
    for line in lines(CONSTRAINTS.read_text(encoding="utf-8")):
        assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line), line


def test_every_requirement_is_satisfied() -> None:
    pinned = pins()
    for wanted in map(Requirement, lines(REQUIREMENTS.read_text(encoding="utf-8"))):
        version = pinned[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version), f"{wanted} against {version}: {HINT}"


def test_what_each_package_needs_in_its_turn_is_pinned() -> None:
    pinned, lost = pins(), set()
    for name in pinned:
        needs = map(Requirement, distribution(name).requires or ())
        for need in needs:
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                lost |= {canonicalize_name(need.name)} - set(pinned)
    assert not lost, HINT


def test_the_command_makes_the_file() -> None:
    command = [sys.executable, ROOT / "deploy" / "constrain.py"]
    made = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    # Versions may be newer here than on the servers; what is brought along is the same.
    assert [line.split("==")[0] for line in lines(made)] == list(pins()), HINT


def test_the_installation_uses_it() -> None:
    install = (ROOT / "deploy" / "install").read_text(encoding="utf-8")
    assert "--constraint deploy/constraints.txt" in install


def test_a_minor_version_of_streamlit_is_raised_on_purpose() -> None:
    [wanted] = [
        each
        for each in map(Requirement, lines(REQUIREMENTS.read_text(encoding="utf-8")))
        if each.name == "streamlit"
    ]
    major, minor = distribution("streamlit").version.split(".")[:2]
    assert not wanted.specifier.contains(f"{major}.{int(minor) + 1}.0")
