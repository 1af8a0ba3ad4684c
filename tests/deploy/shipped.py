"""nginx with deploy/nginx.conf as it is shipped, before replicas on this machine."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


def free_port() -> int:
    """Return a port that nobody listens on. It lies below those that the system gives to whoever
    opens a connection: one of those was taken in the moment between asking and listening.
    """
    while True:
        port = random.randrange(12_000, 32_000)
        with socket.socket() as trial:
            # Nobody listens where a connection is refused.
            if trial.connect_ex(("127.0.0.1", port)):
                return port


@contextmanager
def running(folder: Path, replicas: Sequence[int]) -> Iterator[int]:
    """Run the shipped file with other ports, folders and a certificate of its own; yield the port
    of TLS.
    """
    secure = free_port()
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj"]
    subprocess.run(
        [*made, "/CN=x", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True,
        capture_output=True,
    )
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for written, ours in {
        "127.0.0.1:8501": f"127.0.0.1:{replicas[0]}",
        "127.0.0.1:8502": f"127.0.0.1:{replicas[1]}",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl;": f"listen {secure} ssl;",
        "/etc/letsencrypt/live/stances.example.org/fullchain.pem": f"{folder}/cert.pem",
        "/etc/letsencrypt/live/stances.example.org/privkey.pem": f"{folder}/key.pem",
        "/var/lib/nginx/stances": f"{folder}/cache",
        "/var/log/nginx/stances.log": f"{folder}/access.log",
    }.items():
        assert written in text, written
        text = text.replace(written, ours)
    (folder / "stances.conf").write_text(text, encoding="utf-8")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" * (os.getuid() == 0)  # else its workers may not write into the folder
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 2;\n"
        "worker_rlimit_nofile 16384; events { worker_connections 8192; }\n"
        f"http {{ {temporary} include {folder}/stances.conf; }}",
        encoding="utf-8",
    )
    command = [NGINX, "-p", str(folder), "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    started = subprocess.Popen(command)
    try:
        wait_for(secure)
        yield secure
    finally:
        started.terminate()
        started.wait(10)


def wait_for(port: int, seconds: float = 60) -> None:
    """Wait until something listens on a port."""
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < until, f"nobody listens on {port}"
            time.sleep(0.05)
