"""The service and the container: the same installation, started and watched the same way."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from streamlit import config

from stances.answers.framing import FRAME_VARIABLE, frame_ancestors
from stances.dataset.files import DATA_VARIABLE, data_folder
from stances.dataset.plain import SIZE_VARIABLE, most_bytes
from stances.routes.capacity import MOST_PAGES, bounds_of
from stances.routes.hosts import HOSTS_VARIABLE, SITE_VARIABLE, answered_hosts, named_site
from tests.browser.app import HOST, free_port, spawn
from tests.browser.hosting.conftest import REQUIRED
from tests.folders import ROOT

DEPLOY = ROOT / "deploy"
UNIT = "stances@.service"
# In tenths, as systemd-analyze counts: 0 is the safest, 100 has no lock at all.
HIGHEST_EXPOSURE = "10"


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The shipped unit for port 8501, with an installation in a folder of the test."""
    if shutil.which("systemd-analyze") is None:
        if REQUIRED:
            pytest.fail("REQUIRE_BROWSER=1, but there is no systemd-analyze")
        pytest.skip("there is no systemd-analyze (apt install systemd)")
    for name in ("deploy/serve", "venv/bin/python"):
        program = tmp_path / name
        program.parent.mkdir(parents=True)
        program.touch(0o755)
    text = (DEPLOY / UNIT).read_text(encoding="utf-8")
    made = tmp_path / UNIT.replace("@", "@8501")
    made.write_text(text.replace("/opt/stances", str(tmp_path)), encoding="utf-8")
    return made


def test_systemd_has_nothing_to_say_against_the_unit(unit: Path) -> None:
    command = ["systemd-analyze", "verify", "--man=no", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_is_locked_down(unit: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager"]
    done = subprocess.run(
        [*command, f"--threshold={HIGHEST_EXPOSURE}", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Overall exposure level" in done.stdout


def test_the_unit_has_descriptors_for_as_many_pages_as_memory_bears() -> None:
    [given] = re.findall(r"^LimitNOFILE=(\d+)$", (DEPLOY / UNIT).read_text(), flags=re.MULTILINE)
    assert bounds_of(int(given)).pages == MOST_PAGES
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert f"up to {MOST_PAGES}" in text
    assert f"LimitNOFILE={given}" in text


def test_nginx_is_told_to_have_room_alike_in_its_file_and_in_the_readme() -> None:
    note = [(DEPLOY / name).read_text(encoding="utf-8") for name in ("nginx.conf", "README.md")]
    for setting in ("worker_rlimit_nofile", "worker_connections"):
        one, other = (re.findall(rf"{setting} (\d+);", text) for text in note)
        assert one == other != []


def _instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile: name, rest."""
    text = re.sub(r"^#.*\n|\\\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = (line.partition(" ") for line in text.splitlines() if line)
    return [(name, rest.strip()) for name, _, rest in lines]


def _installed_parts() -> set[str]:
    """What `deploy/install` copies from the repository."""
    text = (DEPLOY / "install").read_text()
    [tree] = re.findall(r"^cp -R (.*) \"\$new\"$", text, flags=re.MULTILINE)
    return {*tree.split(), ".streamlit/config.toml"}


def test_the_container_is_an_installation_that_is_started_like_the_service() -> None:
    text = _instructions()
    assert [rest for name, rest in text if name == "RUN"] == ["/source/deploy/install /opt/stances"]
    [start] = re.findall(r"^ExecStart=(.*) %i$", (DEPLOY / UNIT).read_text(), flags=re.MULTILINE)
    assert start == "/opt/stances/deploy/serve"
    assert text[-1] == ("CMD", '["deploy/serve", "8501"]')
    assert dict(text)["WORKDIR"] == "/opt/stances"


def test_the_container_has_no_root_and_is_watched() -> None:
    text = dict(_instructions())
    user, _, group = text["USER"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    assert '"venv/bin/python", "deploy/healthy.py", "8501"' in text["HEALTHCHECK"]
    assert (DEPLOY / "healthy.py").is_file()


def test_the_container_is_built_from_what_is_installed() -> None:
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == _installed_parts()
    for part in _installed_parts():
        assert (ROOT / part).exists()


def test_every_setting_that_is_named_is_one() -> None:
    known = {option.env_var for option in config.get_config_options().values()}
    named = {
        name
        for path in DEPLOY.iterdir()
        for name in re.findall(r"STREAMLIT_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= known


# -- the settings of an installation --------------------------------------------------------------

# It reads the files of environment.d as systemd reads those of EnvironmentFile=, quotes alike, but
# puts variables in too; so there must be no dollar sign.
_READER = Path("/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator")


def _offered() -> str:
    """All settings of `stances.env`, none of them a comment any more; the secret is made up."""
    text = (DEPLOY / "stances.env").read_text(encoding="utf-8")
    lines = re.findall(r"^#([A-Z_]+=.*)$", text, flags=re.MULTILINE)
    return "\n".join(re.sub("=$", "=5ec2e7", line) for line in lines)


@pytest.fixture
def offered(tmp_path: Path) -> Mapping[str, str]:
    """The settings of `stances.env` as systemd reads them."""
    if not _READER.exists():
        if REQUIRED:
            pytest.fail(f"REQUIRE_BROWSER=1, but there is no {_READER}")
        pytest.skip(f"there is no {_READER} (apt install systemd)")
    settings = _offered()
    assert "$" not in settings
    file = tmp_path / "environment.d" / "stances.conf"
    file.parent.mkdir()
    file.write_text(f"{settings}\n", encoding="utf-8")
    env = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run([_READER], env=env, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    # Written for a shell, and with what the machine has of its own.
    read = dict(word.split("=", 1) for word in shlex.split(done.stdout))
    return {name: read[name] for name in re.findall(r"^[A-Z_]+", settings, flags=re.MULTILINE)}


def test_the_dashboard_takes_every_setting_that_is_offered(
    offered: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in offered.items():
        monkeypatch.setenv(name, value)
    assert frame_ancestors() == "'self' https://www.example.org"
    assert data_folder() == Path("/srv/stances/data")
    for name in ("STREAMLIT_SERVER_ADDRESS", "FORWARDED_ALLOW_IPS"):
        assert ip_address(offered[name])
    assert answered_hosts() == {"stances.example.org", "10.0.0.2"}
    assert named_site() == "https://stances.example.org"
    assert most_bytes() == 64_000_000
    own = {
        FRAME_VARIABLE, DATA_VARIABLE, HOSTS_VARIABLE, SITE_VARIABLE, SIZE_VARIABLE,
        "FORWARDED_ALLOW_IPS",
    }  # fmt: skip
    assert {name for name in offered if not name.startswith("STREAMLIT_")} == own
    command = [sys.executable, "-m", "streamlit", "config", "show"]
    text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert 'baseUrlPath = "huawei"' in text
    assert 'address = "10.0.0.2"' in text


# -- a start --------------------------------------------------------------------------------------

# systemd gives a service this path, and what the unit names.
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"
# In the range of the users that exist only while a service runs.
_PASSING_USER = 61234


def test_the_service_starts_as_a_user_without_a_name_or_a_home(
    installed: Path, tmp_path: Path
) -> None:
    unit = (DEPLOY / UNIT).read_text(encoding="utf-8")
    own = re.findall(r"^Environment=(\S+)$", unit, flags=re.MULTILINE)
    port = free_port()
    known_to_nobody = ["unshare", "--user", f"--map-user={_PASSING_USER}"]
    clean = ["env", "--ignore-environment", f"PATH={_PATH}", *own]
    command = [*known_to_nobody, *clean, str(installed / "deploy" / "serve"), str(port)]
    server = spawn(tmp_path / "log", command, f"http://{HOST}:{port}/")
    try:
        assert _healthy(port) == (0, "")
    finally:
        server.stop()


def test_an_installation_starts_by_its_own_python_whatever_the_environment_names(
    tmp_path: Path,
) -> None:
    for name, text in (("deploy/serve", ""), ("venv/bin/python", '#!/bin/sh\necho "$@"\n')):
        program = tmp_path / name
        program.parent.mkdir(parents=True)
        program.write_text(text or (DEPLOY / "serve").read_text(encoding="utf-8"), encoding="utf-8")
        program.chmod(0o755)
    done = subprocess.run(
        [tmp_path / "deploy" / "serve", "8501"],
        env={"PATH": _PATH, "PYTHON": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("-m stances serve --port 8501\n", "")


# -- whether a replica is healthy -----------------------------------------------------------------


class _Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(self.server.status)  # type: ignore[attr-defined]
        self.end_headers()
        self.wfile.write(f"asked for {self.path}".encode())

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def health(request: pytest.FixtureRequest) -> Iterator[int]:
    """The port of a server that answers with a status."""
    with HTTPServer((HOST, 0), _Health) as server:
        server.status = request.param  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever).start()
        yield server.server_port
        server.shutdown()


def _healthy(port: int, *seconds: str) -> tuple[int, str]:
    command = [sys.executable, DEPLOY / "healthy.py", str(port), *seconds]
    env = {**os.environ, "STREAMLIT_SERVER_ADDRESS": HOST}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip()


@pytest.mark.parametrize("health", [200], indirect=True)
def test_a_replica_with_valid_data_is_healthy(health: int) -> None:
    assert _healthy(health, "5") == (0, "")


@pytest.mark.parametrize("health", [503], indirect=True)
def test_a_replica_without_is_not_and_says_why(health: int) -> None:
    assert _healthy(health, "20") == (1, "asked for /healthz")


def test_a_replica_that_does_not_answer_is_not_healthy() -> None:
    status, text = _healthy(port := free_port())
    assert status == 1
    assert text.startswith(f"no answer on port {port}: ")
