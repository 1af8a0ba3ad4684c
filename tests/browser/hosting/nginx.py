"""The server of the hosting tests: the shipped nginx configuration before replicas on loopback."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.browser.app import HOST, ROOT, Server, free_port, spawn

NAME = "stances.example.org"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SHIPPED = ROOT / "deploy" / "nginx.conf"
SERVE = "deploy/serve"
_SECONDS = 60.0
# Newer ones warn; older ones know no other.
_OLD_FORM = 'the "listen ... http2" directive is deprecated'

# What Debian's own nginx.conf has around the shipped file, in a folder of the test's own.
_AROUND = """
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 2;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/stances.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """An answer; the names of its headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Front:
    """A running nginx. `log` has a line for each request; `plain_port` speaks no TLS."""

    process: subprocess.Popen[bytes]
    port: int
    plain_port: int
    log: Path

    @property
    def url(self) -> str:
        """Where the dashboard is found, ending with a slash."""
        return f"https://{HOST}:{self.port}/"

    def ask(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        visitor: str = HOST,
    ) -> Answer:
        """Ask from an address of loopback, over a connection of its own."""
        asking = http.client.HTTPSConnection(
            HOST, self.port, timeout=_SECONDS, source_address=(visitor, 0), context=trusting()
        )
        try:
            asking.request(method, path, headers=dict(headers or {}))
            answer = asking.getresponse()
            text = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, text, answer.read())
        finally:
            asking.close()

    def replica_of(self, path: str, visitor: str = HOST) -> int:
        """The port of the replica that answers a visitor who asks for a path."""
        self.ask(path, visitor=visitor)
        # A line is written once the answer has been sent, so it may come a little later.
        deadline = time.monotonic() + _SECONDS
        while time.monotonic() < deadline:
            lines = self.log.read_text(encoding="utf-8").splitlines()
            visits = [line for line in lines if line.startswith(visitor) and f" {path} " in line]
            if visits:
                return int(visits[-1].split()[-2].rpartition(":")[2])
            time.sleep(0.02)
        raise AssertionError(f"nothing is logged of {path}")


def why_no_nginx() -> str:
    """Why no nginx can be started here, in one line; empty where one can."""
    if NGINX is None:
        return "there is no nginx (apt install nginx-light)"
    if shutil.which("openssl") is None:
        return "there is no openssl (apt install openssl)"
    return ""


def start_replica(log: Path, port: int, root: Path, base: str = "") -> Server:
    """Start a replica as the service does, from an installation or from the checkout."""
    settings = {
        "STREAMLIT_SERVER_ADDRESS": HOST,
        "STREAMLIT_SERVER_COOKIE_SECRET": "shared by all replicas of the tests",
        "STREAMLIT_SERVER_BASE_URL_PATH": base,
    }
    python = {"PYTHON": sys.executable} if root == ROOT else {}
    path = f"{base}/" if base else ""
    return spawn(
        log,
        [str(root / SERVE), str(port)],
        f"http://{HOST}:{port}/{path}",
        env={**settings, **python},
    )


def kill(replica: Server) -> None:
    """End a replica the way that no process can prepare for."""
    os.killpg(replica.process.pid, signal.SIGKILL)
    replica.process.wait()


@contextmanager
def front(folder: Path, ports: Sequence[int], retention: str = "1m") -> Iterator[Front]:
    """The shipped configuration in front of replicas, for the time of a `with` block.

    Only its ports, its name, the places of its files, and the `retention` of data are put in.
    """
    assert NGINX is not None
    folder.mkdir(parents=True)
    port, plain_port = free_port(), free_port()
    for name, content in _certificate().items():
        (folder / name).write_bytes(content)
    shipped = _put_in(
        SHIPPED.read_text(encoding="utf-8"),
        {
            "/etc/letsencrypt/live/stances.example.org": str(folder),
            "/var/lib/nginx": str(folder),
            "/var/log/nginx": str(folder),
            "server 127.0.0.1:8501;": f"server {HOST}:{ports[0]};",
            "server 127.0.0.1:8502;": f"server {HOST}:{ports[1]};",
            "listen 80;": f"listen {HOST}:{plain_port};",
            "listen 443 ssl http2;": f"listen {HOST}:{port} ssl http2;",
            "proxy_cache_valid 200 1m;": f"proxy_cache_valid 200 {retention};",
            NAME: HOST,
        },
    )
    (folder / "stances.conf").write_text(shipped, encoding="utf-8")
    # As root, nginx would hand its folders to another user, who may not enter those of the test.
    user = "user root root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, user=user), encoding="utf-8")
    command = [NGINX, "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    _check(command)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        _await_port(process, port)
        yield Front(process, port, plain_port, folder / "stances.log")
    finally:
        process.terminate()
        process.wait(_SECONDS)


def _put_in(text: str, places: Mapping[str, str]) -> str:
    for shipped, here in places.items():
        assert shipped in text, f"{SHIPPED.name} no longer has {shipped}"
        text = text.replace(shipped, here)
    return text


@cache
def _certificate() -> Mapping[str, bytes]:
    """A key and a certificate signed by itself, by file: one pair for all fronts."""
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    name = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=IP:{HOST}"]
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = Path(folder, "privkey.pem"), Path(folder, "fullchain.pem")
        files = ["-keyout", str(key), "-out", str(certificate)]
        subprocess.run([*made, *files, *name], check=True, capture_output=True)
        return {path.name: path.read_bytes() for path in (key, certificate)}


def _check(command: Sequence[str]) -> None:
    """Let nginx read its configuration; it must have nothing to say against it but one thing."""
    done = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    warnings = [line for line in done.stderr.splitlines() if "[warn]" in line]
    assert [line for line in warnings if _OLD_FORM not in line] == [], done.stderr


def _await_port(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "nginx ended by itself"
        asking = http.client.HTTPSConnection(HOST, port, timeout=_SECONDS, context=trusting())
        try:
            asking.connect()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            asking.close()
    raise AssertionError(f"nginx does not listen within {_SECONDS:.0f} s")


def trusting() -> ssl.SSLContext:
    """For a certificate that is signed by nobody."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
