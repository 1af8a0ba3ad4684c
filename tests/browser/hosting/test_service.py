"""The service and the container: the same installation, started and watched the same way."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default as email_default
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from streamlit import config

from stances.answers.framing import FRAME_VARIABLE, frame_ancestors
from stances.dataset.files import DATA_VARIABLE, data_folder
from stances.dataset.plain import SIZE_VARIABLE, most_bytes
from stances.links.site import CONTACT_VARIABLE, SITE_VARIABLE, named_contact, named_site
from stances.routes.capacity import MOST_PAGES, bounds_of
from stances.routes.hosts import HOSTS_VARIABLE, answered_hosts
from tests.browser.app import HOST, free_port, spawn
from tests.browser.hosting.conftest import REQUIRED
from tests.folders import ROOT, Folder

DEPLOY = ROOT / "deploy"
UNIT, LETTER, TIMER = "stances@.service", "stances-digest.service", "stances-digest.timer"
# In tenths, as systemd-analyze counts: 0 is the safest, 100 has no lock at all.
HIGHEST_EXPOSURE = "10"


@pytest.fixture
def unit(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A shipped unit, that of a replica for port 8501, among all of them and with an installation
    in a folder of the test.
    """
    if shutil.which("systemd-analyze") is None:
        if REQUIRED:
            pytest.fail("REQUIRE_BROWSER=1, but there is no systemd-analyze")
        pytest.skip("there is no systemd-analyze (apt install systemd)")
    for name in ("deploy/serve", "venv/bin/python"):
        program = tmp_path / name
        program.parent.mkdir(parents=True)
        program.touch(0o755)
    for name in (UNIT, LETTER, TIMER):
        text = (DEPLOY / name).read_text(encoding="utf-8").replace("/opt/stances", str(tmp_path))
        (tmp_path / _instance(name)).write_text(text, encoding="utf-8")
    return tmp_path / _instance(request.param)


def _instance(name: str) -> str:
    return name.replace("@", "@8501")


@pytest.mark.parametrize("unit", [UNIT, LETTER, TIMER], indirect=True)
def test_systemd_has_nothing_to_say_against_the_unit(unit: Path) -> None:
    command = ["systemd-analyze", "verify", "--man=no", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", [UNIT, LETTER], indirect=True)
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


def test_nothing_starts_the_letter_but_its_timer() -> None:
    """Who installs the dashboard sends nobody mail, unless the timer is enabled."""
    text = {name: (DEPLOY / name).read_text(encoding="utf-8") for name in (UNIT, LETTER, TIMER)}
    assert "[Install]" not in text[LETTER]
    assert "WantedBy=timers.target" in text[TIMER]
    assert "digest" not in text[UNIT]
    assert "digest" not in (DEPLOY / "install").read_text(encoding="utf-8")


def test_the_unit_has_descriptors_for_as_many_pages_as_memory_bears() -> None:
    [query] = re.findall(r"^LimitNOFILE=(\d+)$", (DEPLOY / UNIT).read_text(), flags=re.MULTILINE)
    assert bounds_of(int(query)).pages == MOST_PAGES
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert f"up to {MOST_PAGES}" in text
    assert f"LimitNOFILE={query}" in text


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
    """Return the files that `deploy/install` copies from the repository."""
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


def _all_settings() -> str:
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
    settings = _all_settings()
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
    assert named_contact() == "mailto:desk@example.org"
    assert most_bytes() == 64_000_000
    own = {
        FRAME_VARIABLE, DATA_VARIABLE, HOSTS_VARIABLE, SITE_VARIABLE, SIZE_VARIABLE,
        CONTACT_VARIABLE, "FORWARDED_ALLOW_IPS", *OF_THE_LETTER,
    }  # fmt: skip
    assert {name for name in offered if not name.startswith("STREAMLIT_")} == own
    command = [sys.executable, "-m", "streamlit", "config", "show"]
    text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert 'baseUrlPath = "huawei"' in text
    assert 'address = "10.0.0.2"' in text


# -- the letter of a week -------------------------------------------------------------------------

OF_THE_LETTER = {
    "STANCES_DIGEST_FROM", "STANCES_DIGEST_TO", "STANCES_DIGEST", "STANCES_SMTP",
}  # fmt: skip


class _MailServer(socketserver.StreamRequestHandler):
    """Takes one mail as RFC 5321 has it, and keeps it with what was said before."""

    def handle(self) -> None:
        messages: list[bytes] = self.server.said  # type: ignore[attr-defined]
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            messages.append(line)
            answer = {b"DATA": b"354 go on", b"QUIT": b"221 bye"}
            self.wfile.write(answer.get(line.strip().upper(), b"250 ok") + b"\r\n")
            if line.upper().startswith(b"DATA"):
                messages.extend(iter(self.rfile.readline, b".\r\n"))
                self.wfile.write(b"250 taken\r\n")


def _letter(folder: Folder, messages: list[bytes], **settings: str) -> tuple[int, str]:
    """The status of the letter of a week and what it complains of; `said` gets what a mail server
    is told.
    """
    with socketserver.TCPServer((HOST, 0), _MailServer) as server:
        server.said = messages  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        own = {DATA_VARIABLE: str(folder.path), "STANCES_SMTP": f"{HOST}:{port}", **settings}
        command = [sys.executable, DEPLOY / "digest.py"]
        env = {**os.environ, **own}
        done = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        server.shutdown()
    return done.returncode, done.stderr


FROM_AND_TO = {
    "STANCES_DIGEST_FROM": "stances@stances.example",
    "STANCES_DIGEST_TO": "desk@news.example",
}


def test_what_is_new_in_a_week_is_mailed(folder: Folder) -> None:
    yesterday = str(date.today() - timedelta(days=1))
    folder.edit("events", 7, date=yesterday, recorded=yesterday)
    messages: list[bytes] = []
    assert _letter(folder, messages, **FROM_AND_TO) == (0, "")
    envelope = b"".join(messages).lower()
    assert b"mail from:<stances@stances.example>" in envelope
    assert b"rcpt to:<desk@news.example>" in envelope
    start = next(at for at, line in enumerate(messages) if line.upper().startswith(b"DATA"))
    mail = message_from_bytes(b"".join(messages[start + 1 :]), policy=email_default)
    body = mail.get_body(("plain",))  # type: ignore[attr-defined]
    assert "Boria plans a ring road by Acme" in " ".join(body.get_content().split())


def test_of_a_week_without_news_nobody_gets_a_letter(folder: Folder) -> None:
    messages: list[bytes] = []
    status, text = _letter(folder, messages, **FROM_AND_TO)
    assert (status, messages) == (0, [])
    assert text.startswith("stances: nothing new is recorded of all actors from ")


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({}, "STANCES_DIGEST_FROM and STANCES_DIGEST_TO must name an address each"),
        (FROM_AND_TO | {"STANCES_DIGEST": "--group MOON"}, "MOON is not one of: Pact"),
    ],
)
def test_a_letter_that_cannot_be_written_says_why(
    folder: Folder, settings: dict[str, str], text: str
) -> None:
    status, complaint = _letter(folder, [], **settings)
    assert status == 2
    assert text in complaint


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
