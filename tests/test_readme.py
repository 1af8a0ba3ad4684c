"""README.md shows what the program gives, and nothing that it does not."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stances.routes import routes
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_that_is_shown_gives_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    [shown] = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    test = doctest.DocTestParser().get_doctest(shown, {}, "README.md", None, 0)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=said.append)
    assert test.examples
    assert not said, "".join(said)


def test_the_commands_that_are_shown_write_what_is_shown(tmp_path: Path) -> None:
    for part in ("stances", "data"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    [shown] = re.findall(r"^```console\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    commands = re.split(r"^\$ ", shown, flags=re.MULTILINE)[1:]
    assert len(commands) == 2
    for command in commands:
        line, _, output = command.partition("\n")
        words = [sys.executable, *shlex.split(line)[1:]]
        run = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        assert run.stdout == output, line


def test_every_address_is_told_and_no_other() -> None:
    told = set(re.findall(r"`(/[^`]*)`", README.partition("## By address")[2]))
    there = {route.path for route in routes()}
    folders = {path.split("/")[1].split(".")[0] for path in there if not path.startswith("/{")}
    assert {path.split("/")[1].split(".")[0] for path in told} | {"assets"} == folders


def test_every_link_leads_to_a_file() -> None:
    linked = re.findall(r"\]\(([^)#]+)\)", README)
    assert linked
    assert not [path for path in linked if not (ROOT / path).exists()]
