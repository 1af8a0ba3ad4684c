"""`deploy/install`: whole or not at all, and no more than is needed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.folders import ROOT

INSTALL = ROOT / "deploy" / "install"
# A registry that has nothing.
NOWHERE = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}


def _install(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [INSTALL, *arguments],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_what_is_installed_is_what_the_dashboard_needs(installed: Path) -> None:
    assert {path.name for path in installed.iterdir()} - {"__pycache__"} == {
        ".streamlit", "LICENSE", "dashboard.py", "data", "deploy", "requirements.txt", "stances",
        "venv",
    }  # fmt: skip
    for part in ("stances", "data", "deploy"):
        assert _files(installed / part) == _files(ROOT / part)
    assert [path.name for path in installed.parent.iterdir()] == [installed.name]


def test_all_may_read_it_and_only_its_owner_may_write(installed: Path) -> None:
    for path in [installed, *installed.rglob("*")]:
        mode = path.lstat().st_mode
        if not path.is_symlink():
            assert mode & 0o022 == 0, path
            assert mode & 0o004, path


def test_the_code_is_compiled_for_who_cannot_write(installed: Path) -> None:
    for source in (installed / "stances").rglob("*.py"):
        assert list((source.parent / "__pycache__").glob(f"{source.stem}.*.pyc")), source


def test_the_command_line_runs_from_it(installed: Path) -> None:
    programs = installed / "venv" / "bin"
    command = [programs / "python", "-m", "stances", "check"]
    done = subprocess.run(command, cwd=installed, capture_output=True, text=True, check=True)
    assert "data: valid" in done.stdout
    subprocess.run([programs / "streamlit", "--version"], capture_output=True, check=True)


@pytest.mark.slow
def test_a_failed_installation_leaves_the_old_one_alone(tmp_path: Path) -> None:
    old = tmp_path / "stances"
    old.mkdir()
    (old / "dashboard.py").write_text("the old one")
    done = _install(str(old), cwd=tmp_path, env=NOWHERE)
    assert done.returncode != 0
    assert "ERROR: Cannot install" in done.stderr
    assert _files(tmp_path) == {"stances/dashboard.py": b"the old one"}
    assert [path.name for path in tmp_path.iterdir()] == ["stances"]


# Stands for a Python of any version, and for that of the environment which it makes: notes what it
# is asked to do, and installs nothing.
PYTHON = """#!/bin/sh
echo "$*" >>"$NOTED"
case $* in
  *print*) echo "$IT_IS" ;;
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  "-m pip "*) exit 1 ;;
esac
"""


def _pip_request(folder: Path, version: str) -> tuple[str, list[str]]:
    """Return the output of an installation with a Python of a version, and its questions to pip."""
    python, noted = folder / "python", folder / "noted"
    python.write_text(PYTHON, encoding="utf-8")
    python.chmod(0o755)
    env = {"PYTHON": str(python), "NOTED": str(noted), "IT_IS": version}
    done = _install("new", cwd=folder, env=env)
    [pip] = [line for line in noted.read_text(encoding="utf-8").splitlines() if "-m pip" in line]
    return done.stdout, pip.partition(" --requirement ")[2].split()


@pytest.mark.parametrize("version", ["3.11", "3.13"])
def test_a_python_that_the_tests_ran_on_gets_the_versions_that_they_ran_on(
    tmp_path: Path, version: str
) -> None:
    output, arguments = _pip_request(tmp_path, version)
    assert output == ""
    assert arguments == ["requirements.txt", "--constraint", f"deploy/constraints-{version}.txt"]
    assert (ROOT / arguments[-1]).is_file()


@pytest.mark.parametrize("version", ["3.12", "3.14"])
def test_another_python_gets_what_fits_and_that_is_said(tmp_path: Path, version: str) -> None:
    output, arguments = _pip_request(tmp_path, version)
    [line] = output.splitlines()
    assert line.startswith(f"there is no deploy/constraints-{version}.txt: installing the newest ")
    assert arguments == ["requirements.txt"]


def test_the_exact_versions_are_installed(installed: Path) -> None:
    [python] = (installed / "venv" / "lib").glob("python3.*")
    exact = installed / "deploy" / f"constraints-{python.name.removeprefix('python')}.txt"
    pins = [line for line in exact.read_text(encoding="utf-8").splitlines() if "==" in line]
    program = (
        "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"
    )
    names = [pin.partition("==")[0] for pin in pins]
    command = [installed / "venv" / "bin" / "python", "-c", program, *names]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [pin.partition("==")[2] for pin in pins]


@pytest.mark.parametrize(
    ("arguments", "python", "line"),
    [
        ([], "python3", "name one folder"),
        (["one", "two"], "python3", "name one folder"),
        (["home"], "python3", "home holds something else"),
        (["new"], "false", "Python 3.11 or newer is needed; PYTHON=false is not"),
    ],
)
def test_a_wrong_call_gives_one_line_and_does_nothing(
    tmp_path: Path, arguments: list[str], python: str, line: str
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("mine")
    done = _install(*arguments, cwd=tmp_path, env={"PYTHON": python})
    assert done.returncode == 1
    [text] = done.stderr.splitlines()
    assert text.startswith("deploy/install: ")
    assert line in text
    assert _files(tmp_path) == {"home/letter.txt": b"mine"}
