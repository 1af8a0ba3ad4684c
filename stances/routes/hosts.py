"""The hosts that the server answers to: the operator's choice, against a name that leads here
unasked.

A page of another site can let its own name lead to this machine (DNS rebinding), and would then
read what the server answers as if that were its own.
"""

import os
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from stances.dataset.faults import inline
from stances.links.site import HOST_NAME, named_site
from stances.queues.rotation import client_at

HOSTS_VARIABLE = "STANCES_HOSTS"
# A name has 253 characters at most, and a port five digits behind its colon.
LONGEST_HOST = 260


def answered_hosts() -> frozenset[str]:
    """Return the hosts that are answered to: STANCES_HOSTS, names or addresses between blanks;
    empty for any.

    For the start: raises SystemExit with one line for what is no host.
    """
    hosts = [_plain(name) for name in os.environ.get(HOSTS_VARIABLE, "").split()]
    for name in hosts:
        if not HOST_NAME.fullmatch(name):
            raise SystemExit(
                f"{HOSTS_VARIABLE}: {inline(name)} is not the name of a host, such as "
                "stances.example.org, or an address, such as 10.0.0.2 or [fd00::2]; blanks stand "
                "between several"
            )
    return frozenset(hosts)


def request_host(scope: Scope) -> str:
    """Return the host that a request is for, without its port; empty where it names none."""
    return _host_and_port(scope)[0]


def _host_and_port(scope: Scope) -> tuple[str, str]:
    """Return the host that a request is for and its port, each empty where it names none."""
    host, _, port = Headers(scope=scope).get("host", "").strip().rpartition(":")
    if host and port.isdecimal():
        return _plain(host), port
    return _plain(f"{host}:{port}".lstrip(":")), ""


def request_origin(scope: Scope) -> str:
    """Return scheme, host and port that an answer names as its own: those of STANCES_SITE, else
    those that the request is for; empty where it names no host.
    """
    if site := named_site():
        return site
    host, port = _host_and_port(scope)
    if not HOST_NAME.fullmatch(host):
        return ""
    return f"{scope['scheme']}://{':'.join(filter(None, [host, port]))}"


def request_site(request: Request, place: str) -> str:
    """Return the dashboard's address, as readers know it, from that of what is at a place in it."""
    return f"{request_origin(request.scope)}{request.url.path.rpartition(f'/{place}')[0]}"


def client_of(scope: Scope) -> str:
    """Return the client behind a request: its address as the server has it, which is that of the
    header of a trusted proxy where one stands before it.
    """
    host, _ = scope.get("client") or ("", 0)
    return client_at(host)


def foreign_origin(scope: Scope) -> str:
    """Say why the page behind a socket is none of this server's, by its origin; empty: it is."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if origin is None:
        return "a page opens its socket with an Origin, and this request has none"
    # As Streamlit compares them; of any other it asks an outside host for this machine's address.
    host = headers.get("host", "")
    if host and origin in {f"{scheme}://{host}" for scheme in ("http", "https")}:
        return ""
    return f"the origin {inline(origin)} is not that of the host {inline(host)}"


def is_address(host: str) -> bool:
    """Say whether a host is an address, or this machine: no name that could lead elsewhere."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost"
    return True


def _plain(host: str) -> str:
    return host.lower().rstrip(".")
