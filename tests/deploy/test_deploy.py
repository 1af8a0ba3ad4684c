"""The files beside nginx's: shell scripts, the unit, the container, and the exact versions."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

DEPLOY = ROOT / "deploy"


@pytest.mark.parametrize("name", ["install", "serve"])
def test_scripts_are_shell_and_may_be_run(name: str) -> None:
    script = DEPLOY / name
    assert script.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", str(script)], check=True)


def test_serve_says_what_is_missing() -> None:
    told = subprocess.run([DEPLOY / "serve"], capture_output=True, text=True, check=False, env={})
    assert told.returncode != 0
    assert "PYTHON" in told.stderr or "name a port" in told.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_the_unit_is_taken_and_locked_down(tmp_path: object) -> None:
    unit = (DEPLOY / "stances@.service").read_text(encoding="utf-8")
    folder = f"{tmp_path}"
    # What it starts need not be installed here.
    text = re.sub(r"^(ExecStart(Post)?=-?)\S+", r"\1/bin/true", unit, flags=re.MULTILINE)
    path = f"{folder}/stances@8501.service"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace("/opt/stances", folder))
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True, check=False
    )
    assert "stances@8501" not in told.stderr, told.stderr
    for promised in ("MemoryMax=", "LimitNOFILE=", "LogRateLimitBurst=", "NoNewPrivileges=yes"):
        assert promised in unit


def test_the_settings_are_those_that_the_code_reads() -> None:
    named = set(re.findall(r"^#(STANCES_\w+)=", (DEPLOY / "stances.env").read_text(), re.MULTILINE))
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "stances").rglob("*.py"))
    assert named == set(re.findall(r'"(STANCES_\w+)"', code))


def test_servers_get_versions_that_the_requirements_allow() -> None:
    wanted = {
        re.match(r"[\w-]+", line)[0].lower()  # type: ignore[index]
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    for file in sorted(DEPLOY.glob("constraints-*.txt")):
        pinned = dict(line.split("==") for line in file.read_text().splitlines() if "==" in line)
        assert wanted <= set(pinned), file.name
        assert pinned["streamlit"] == version("streamlit")


def test_the_container_is_the_same_installation() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert "deploy/install" in text
    assert "deploy/serve" in text
    assert re.search(r"^USER \d+", text, re.MULTILINE)
