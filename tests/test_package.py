"""The result of `pip install .`: a package with its tables, and a command, anywhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from stances.dataset.files import DOCUMENTS, LATER, NEEDED, OUTLINES
from tests.folders import REAL, ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
_NAME = re.compile(r"[a-z0-9-]+")


def test_the_requirements_are_those_of_the_package_with_its_extras() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    required = {line.partition("#")[0].strip() for line in lines} - {""}
    assert required == {*PROJECT["dependencies"], *EXTRAS["dashboard"], *EXTRAS["test"]}


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment that has the package from its wheel and what the core needs,
    and in which nothing of the dashboard can be imported. Nothing is fetched from anywhere.
    """
    if not find_spec("hatchling"):
        pytest.skip("needs tests/requirements.txt")
    folder = tmp_path_factory.mktemp("package")
    wheel = _build(folder)
    venv.create(folder / "venv", symlinks=sys.platform != "win32")
    home = {"base": str(folder / "venv"), "platbase": str(folder / "venv")}
    packages = Path(sysconfig.get_path("purelib", "venv", home))
    made = Path(sysconfig.get_path("scripts", "venv", home)) / Path(sys.executable).name
    _pip("--python", str(made), "install", "--no-index", "--no-deps", str(wheel))
    _borrow(packages)
    return made


def _build(folder: Path) -> Path:
    """The wheel, built from a copy: a build may leave files behind."""
    source = folder / "source"
    for part in ("stances", "data"):
        shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, source)
    _pip("wheel", "--no-index", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source))
    [wheel] = folder.glob("*.whl")
    return wheel


def _borrow(packages: Path) -> None:
    """Lend an environment the libraries of the one that runs the tests, but for the dashboard's."""
    kept_out = [name[0] for need in EXTRAS["dashboard"] if (name := _NAME.match(need))]
    lines = [
        f"import sys; sys.modules.update(dict.fromkeys({kept_out}))",
        sysconfig.get_path("purelib"),
        sysconfig.get_path("platlib"),
    ]
    (packages / "zz_borrowed.pth").write_text("\n".join(lines), encoding="utf-8")


def _pip(*arguments: str) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *arguments], check=True)


def _output(folder: Path, program: Path, *arguments: str) -> str:
    """Return the output of a program run in a folder, with nothing of the checkout in sight."""
    done = subprocess.run(
        [program, *arguments], cwd=folder, env={}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_package_comes_from_the_wheel_with_its_tables(python: Path, tmp_path: Path) -> None:
    program = "import stances; print(stances.__file__); print(stances.load().dataset.folder)"
    package, tables = map(Path, _output(tmp_path, python, "-c", program).splitlines())
    assert package.is_relative_to(python.parents[1])
    assert tables == package.with_name("_data")
    for file in [*NEEDED, *LATER, *DOCUMENTS, *(f"geometry/{name}" for name in OUTLINES)]:
        assert (tables / file).read_bytes() == (REAL / file).read_bytes()
    assert not (tables / "releases").exists()


@pytest.mark.slow
def test_nothing_of_the_dashboard_is_there(python: Path, tmp_path: Path) -> None:
    for need in EXTRAS["dashboard"]:
        name = re.split("[<>=]", need)[0]
        program = f"try:\n import {name}\nexcept ImportError: print('none')"
        assert _output(tmp_path, python, "-c", program) == "none\n"


@pytest.mark.slow
def test_the_command_is_there_and_checks_the_tables(python: Path, tmp_path: Path) -> None:
    command = python.with_name("stances")
    assert ": valid, version " in _output(tmp_path, command, "check")
    assert _output(tmp_path, command, "--help").startswith("usage: stances ")
    _output(tmp_path, command, "snapshot", "--as-of", "2019-03-04")
    assert len(list(tmp_path.iterdir())) == 2
    _output(tmp_path, command, "brief", "all", "--out", "brief.pdf")
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")
    _output(tmp_path, command, "new", "other", "--subject", "Another")
    assert ": valid, version " in _output(tmp_path, command, "check", "--data", "other")
    assert _output(tmp_path, python, "-m", "stances", "check").startswith("events ")


@pytest.mark.slow
def test_the_package_answers_and_draws(python: Path, tmp_path: Path) -> None:
    program = """
import stances
data = stances.load()
day = data.today
print(len(data.position(day)) > 0, len(data.panel()) > 0, len(data.acts()) > 0)
print(len(stances.plot_map(data, day).data) > 0, len(stances.plot_trend(data).data) > 0)
"""
    assert _output(tmp_path, python, "-c", program).split() == ["True"] * 5
