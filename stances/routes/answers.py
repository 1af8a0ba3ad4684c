"""HTTP answers: bytes with a name, how long they hold, and problems in one form."""

import json
import re
from asyncio import sleep
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property, lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from stances.dataset.faults import inline
from stances.routes.body import Body

CSV, JSON, ZIP = "text/csv; charset=utf-8", "application/json", "application/zip"
ATOM = "application/atom+xml; charset=utf-8"
TOML = "application/toml"
CALENDAR = "text/calendar; charset=utf-8"
PNG, SVG = "image/png", "image/svg+xml"
PDF = "application/pdf"
XML = "application/xml"
TEXT = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"
PROBLEM = "application/problem+json"

MINUTES, DAY, YEAR = 300, 86_400, 31_536_000
METHODS = ("GET", "HEAD")
# By which the browser of a page of others asks beforehand, where all may read.
OPTIONS = "OPTIONS"
# What a page of others may send along. Accept and Range change nothing, and clients name them.
_TAKEN_FROM_OTHERS = (
    "Accept", "Cache-Control", "Content-Type", "If-Modified-Since", "If-None-Match", "Range",
)  # fmt: skip
_FOR_ALL = {"Access-Control-Allow-Origin": "*"}

# What an address may have as it is (RFC 3986); the rest would end it, or be no header at all.
_IN_ADDRESS = ":/?#[]@!$&'()*+,;=%"

# On every answer of the server, pages included.
ON_ALL = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

# Of what is read and does nothing: it loads nothing, and nobody frames it.
_STILL = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

# What says nothing to a client that holds the body already (RFC 9110 leaves it out of a 304).
_OF_THE_BODY = {*ON_ALL, "Content-Disposition", "Link"}

_WEIGHT = re.compile(r"q=([01](?:\.[0-9]{0,3})?)")


class Problem(Exception):
    """A request that cannot be answered: RFC 9457, with the parameter and what is allowed.
    `retry_after`: seconds after which it may be asked again; `page`: where people are told the
    same, relative to what was asked for, empty where there is none.
    """

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        parameter: str = "",
        retry_after: int | None = None,
        page: str = "",
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.parameter = parameter
        self.retry_after = retry_after
        self.page = page


def not_allowed(method: str) -> Problem:
    """Return the refusal of a method that is not one of `METHODS`."""
    refused = f"{inline(method)} is not one of: {', '.join(METHODS)}"
    return Problem(HTTPStatus.METHOD_NOT_ALLOWED, refused)


@dataclass(frozen=True)
class Representation:
    """A form of an answer on the wire: `fresh` headers with the body, `known` ones without."""

    etag: str
    fresh: tuple[tuple[bytes, bytes], ...]
    known: tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True)
class Answer:
    """The whole of an answer, and the ASGI application that gives it. `max_age` in seconds; `name`:
    of the file that a browser saves, empty to show it; `links`: relation -> address; `changed`:
    since when it has been the same; `location`: of what is at another address, whose it is.
    """

    body: Body
    media_type: str
    max_age: int
    name: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    open_to_all: bool = True
    changed: datetime | None = None
    location: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Answer as this client takes it: compressed or not, or nothing new."""
        sent = _headers_of(scope["headers"])
        zips = self.body.zipped and takes_gzip(sent.get(b"accept-encoding", b""))
        form = self.gzip_form if zips else self.plain
        known = _is_known(sent, form.etag, self.changed)
        fresh = HTTPStatus.FOUND if self.location else HTTPStatus.OK
        status, headers = (304, form.known) if known else (fresh, form.fresh)
        await send({"type": "http.response.start", "status": status, "headers": [*headers]})
        left = 0 if known or scope["method"] == "HEAD" else self.body.size(zips)
        for piece in self.body.pieces(zips) if left else (b"",):
            left -= len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
            if left > 0:
                # A client that reads fast would have the loop to itself until it has the whole.
                await sleep(0)

    @cached_property
    def plain(self) -> Representation:
        """Return the content as it is."""
        return self._form(False, f'"{self.body.digest}"')

    @cached_property
    def gzip_form(self) -> Representation:
        """Return the content by gzip, of a body that is held so."""
        return self._form(True, f'"{self.body.digest}-gz"', {"Content-Encoding": "gzip"})

    @property
    def forms(self) -> tuple[Representation, ...]:
        """Return the forms in which it goes over the wire."""
        return (self.plain, self.gzip_form) if self.body.zipped else (self.plain,)

    def _form(
        self, zipped: bool, etag: str, more: Mapping[str, str] | None = None
    ) -> Representation:
        tagged = self._headers | {"ETag": etag}
        length = str(self.body.size(zipped))
        text = {"Content-Type": self.media_type, "Content-Length": length}
        known = {name: value for name, value in tagged.items() if name not in _OF_THE_BODY}
        return Representation(etag, _raw(tagged | text | dict(more or {})), _raw(known))

    @cached_property
    def _headers(self) -> dict[str, str]:
        """The headers that depend neither on the request nor on the form."""
        headers = {
            **ON_ALL,
            "Cache-Control": f"public, max-age={self.max_age}",
            "Vary": "Accept-Encoding",
        }
        if self.open_to_all:
            exposed = "Content-Disposition, ETag, Last-Modified, Link"
            headers |= {**_FOR_ALL, "Access-Control-Expose-Headers": exposed}
        if self.media_type == HTML:
            headers["Content-Security-Policy"] = _STILL
        if self.changed:
            headers["Last-Modified"] = format_datetime(self.changed, usegmt=True)
        if self.name:
            headers["Content-Disposition"] = f'attachment; filename="{self.name}"'
        if self.location:
            headers["Location"] = quote(self.location, safe=_IN_ADDRESS)
        if self.links:
            headers["Link"] = ", ".join(
                f'<{quote(to, safe=_IN_ADDRESS)}>; rel="{rel}"' for rel, to in self.links.items()
            )
        return headers


def _headers_of(pairs: Sequence[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Return a request's headers by name; one on several lines is a list (RFC 9110)."""
    last = dict(pairs)
    if len(last) == len(pairs):
        return last
    return {name: b", ".join(value for key, value in pairs if key == name) for name in last}


def _raw(headers: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    """Headers as ASGI has them."""
    pairs = headers.items()
    return tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in pairs)


@lru_cache(maxsize=64)
def takes_gzip(accepted: bytes) -> bool:
    """Say whether a client with these encodings takes gzip no less gladly than none (RFC 9110)."""
    weights = dict(_weigh(part) for part in accepted.decode("latin-1").lower().split(","))
    gzip_weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return gzip_weight > 0 and gzip_weight >= weights.get("identity", 0.0)


def _weigh(part: str) -> tuple[str, float]:
    """Return a coding and its weight; one that cannot be read is 0, since plain content is safe."""
    coding, _, weight = part.partition(";")
    match = _WEIGHT.fullmatch(weight.strip() or "q=1")
    return coding.strip(), float(match[1]) if match else 0.0


def _is_known(headers: Mapping[bytes, bytes], etag: str, changed: datetime | None) -> bool:
    """Say whether the client holds these bytes (RFC 9110): by their tag, in the weak comparison;
    where it names no tag, by the time of the last change that it was told.
    """
    known = headers.get(b"if-none-match")
    if known is not None:
        tags = [tag.strip().removeprefix("W/") for tag in known.decode("latin-1").split(",")]
        return etag in tags or "*" in tags
    if changed is None or b"if-modified-since" not in headers:
        return False
    return changed <= _http_time(headers[b"if-modified-since"].decode("latin-1"))


def _http_time(moment: str) -> datetime:
    """Return a time of HTTP; one that cannot be read is long ago, as if none was given."""
    try:
        text = parsedate_to_datetime(moment)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)
    return text if text.tzinfo else text.replace(tzinfo=UTC)


def problem_for(request: Request, refused: Problem, open_to_all: bool = False) -> Response:
    """Return a problem as who asks takes it: browsers are led to the page for people, if any."""
    answer = problem(refused, open_to_all)
    if refused.page:
        answer.headers["Vary"] = "Accept"
        if "text/html" in request.headers.get("accept", ""):
            answer.headers["Location"] = quote(refused.page, safe=_IN_ADDRESS)
            answer.status_code = HTTPStatus.FOUND
    return answer


def problem(refused: Problem, open_to_all: bool = False) -> Response:
    """Return a problem as JSON, silent on the server. `open_to_all`: others' pages may read it."""
    status = HTTPStatus(refused.status)
    text: dict[str, Any] = {"title": status.phrase, "status": int(status), "detail": refused.detail}
    if refused.parameter:
        text["parameter"] = refused.parameter
    headers = {**ON_ALL, "Cache-Control": "no-store"}
    if open_to_all:
        headers |= {**_FOR_ALL, "Access-Control-Expose-Headers": "Allow, Retry-After"}
    if refused.retry_after is not None:
        headers["Retry-After"] = str(refused.retry_after)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join([*METHODS, OPTIONS] if open_to_all else METHODS)
    content = json.dumps(text, ensure_ascii=False).encode()
    return Response(content, status, headers, PROBLEM)


def preflight() -> Response:
    """Return what a browser is told before others' pages ask for data: all may, and how."""
    headers = {
        **ON_ALL,
        **_FOR_ALL,
        "Access-Control-Allow-Methods": ", ".join(METHODS),
        "Access-Control-Allow-Headers": ", ".join(_TAKEN_FROM_OTHERS),
        "Access-Control-Max-Age": str(DAY),
        "Allow": ", ".join([*METHODS, OPTIONS]),
    }
    return Response(None, HTTPStatus.NO_CONTENT, headers)
