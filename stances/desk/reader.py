"""Fetches an address and reads its page, in a process of its own: whatever a host or a page does, a
process can be ended. It prints JSON: what the page says, or why it is refused.

It imports nothing of the package, and so starts in half the time.
"""

import ipaddress
import json
import re
import socket
import ssl
import string
import sys
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib import request
from urllib.parse import quote

from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import decode_file

SCHEMES = ("https:",)
_CONTENT_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_MOST_BYTES = 5_000_000
_CONNECT_SECONDS = 5
# What of IPv6 leads on to an address of IPv4 that Python takes for a global one: 6to4, NAT64.
_TUNNELS = [ipaddress.ip_network(name) for name in ("2002::/16", "64:ff9b::/96")]
_LANGUAGE = re.compile(r"<html\b[^>]*?\blang=[\"']?([a-z]{2})\b", re.IGNORECASE)


class Refused(Exception):
    """Why a page is not read."""


def main(url: str) -> None:
    """Print what the page of an address says: url, text, and, but of a plain text, title,
    publisher, published and language, or null; or only `refused`.
    """
    try:
        page = read_page(url)
    except (Refused, OSError, HTTPException, ValueError) as error:
        page = {"refused": str(getattr(error, "reason", error))}
    json.dump(page, sys.stdout)


def read_page(url: str) -> dict[str, str | None]:
    """Return what the page of an address says. Raises Refused, and errors of the net."""
    with _opener().open(quote(url, string.punctuation), timeout=_CONNECT_SECONDS) as response:
        # An address of http is followed where it leads to https; nothing is read from it.
        if not response.url.startswith(SCHEMES):
            raise Refused("it is no https address, nor leads to one")
        content_type = response.headers.get_content_type()
        if content_type not in _CONTENT_TYPES:
            raise Refused(f"it is {content_type}, no page of text")
        content = response.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise Refused(f"it has more than {_MOST_BYTES:,} bytes")

    # Many a page is of another charset than it says: what it has tells.
    text = decode_file(content)
    if content_type == "text/plain":
        return {"url": response.url, "text": text}
    document = bare_extraction(text, url=response.url, with_metadata=True)
    if not isinstance(document, Document):
        raise Refused("it has no text that can be read")
    language = _LANGUAGE.search(text)
    return {
        "url": response.url,
        "publisher": document.sitename,
        "title": document.title,
        "published": document.date,
        "language": language[1].lower() if language else None,
        "text": document.text,
    }


def is_global(address: str) -> bool:
    """Say whether an address of IP is one of the whole net, not of a house, a machine, a tunnel."""
    parsed = ipaddress.ip_address(address)
    in_tunnel = any(parsed in tunnel for tunnel in _TUNNELS)
    return parsed.is_global and not parsed.is_multicast and not in_tunnel


def connected(host: str, port: int) -> socket.socket:
    """Return a socket to a host whose addresses are all global. Raises Refused, OSError.

    The address that was judged is the one that is connected to: asked for again, a name may have
    another.
    """
    entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in entries]
    if not all(map(is_global, addresses)):
        raise Refused(f"{host} is no public host")
    for address in addresses:
        with suppress(OSError):
            return socket.create_connection((address, port), _CONNECT_SECONDS)
    raise Refused(f"{host} does not answer")


class _Plain(HTTPConnection):
    def connect(self) -> None:
        self.sock = connected(self.host, self.port)


class _Encrypted(HTTPSConnection):
    def connect(self) -> None:
        context = ssl.create_default_context()
        plain = connected(self.host, self.port)
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


class _Handler(request.HTTPHandler, request.HTTPSHandler):
    def http_open(self, req: request.Request) -> Any:
        return self.do_open(_Plain, req)

    def https_open(self, req: request.Request) -> Any:
        return self.do_open(_Encrypted, req)


class _Redirects(request.HTTPRedirectHandler):
    max_redirections = 5


def _opener() -> request.OpenerDirector:
    """Return what opens addresses of http and https alone, and asks no proxy."""
    opener = request.OpenerDirector()
    for handler in (
        _Handler,
        _Redirects,
        request.HTTPErrorProcessor,
        request.HTTPDefaultErrorHandler,
        request.UnknownHandler,
    ):
        opener.add_handler(handler())
    return opener


if __name__ == "__main__":
    main(*sys.argv[1:])
