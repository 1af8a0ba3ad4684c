"""Every system gets the files as they lie here, whatever git is set to make of line ends."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.folders import ROOT

# The version of the data is made from its bytes; a shell runs no line that ends in two of them.
FILES = ["data/events.csv", "data/codebook.toml", "tests/data/six/events.csv", "deploy/install"]


@pytest.mark.parametrize("file", FILES)
def test_git_as_windows_has_it_leaves_line_ends_alone(tmp_path: Path, file: str) -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no clone, or there is no git")
    git = ["git", "-c", "core.autocrlf=true"]
    written = [*git, "checkout-index", f"--prefix={tmp_path}/", "--", file]
    subprocess.run(written, cwd=ROOT, check=True)
    listing = subprocess.run(
        [*git, "cat-file", "blob", f":{file}"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    assert b"\n" in listing
    assert (tmp_path / file).read_bytes() == listing
