"""What an HTTP answer is: bytes with a name, how long they hold, and problems in one form."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from stances.faults import shown

CSV, JSON, ZIP = "text/csv; charset=utf-8", "application/json", "application/zip"
ATOM = "application/atom+xml; charset=utf-8"
PNG = "image/png"
PROBLEM = "application/problem+json"

MINUTES, DAY, YEAR = 300, 86_400, 31_536_000
METHODS = ("GET", "HEAD")

# What an address may have as it is (RFC 3986); the rest would end it, or be no header at all.
_IN_ADDRESS = ":/?#[]@!$&'()*+,;=%"
# Smaller ones gain nothing, and a zip is compressed already.
_LEAST_ZIPPED = 500


class Problem(Exception):
    """A request that cannot be answered: RFC 9457, with the parameter and what is allowed."""

    def __init__(self, status: HTTPStatus, detail: str, parameter: str = "") -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.parameter = parameter


def not_allowed(method: str) -> Problem:
    """The refusal of a method that is not one of `METHODS`."""
    refused = f"{shown(method)} is not one of: {', '.join(METHODS)}"
    return Problem(HTTPStatus.METHOD_NOT_ALLOWED, refused)


@dataclass(frozen=True)
class Answer:
    """The whole of an answer. `max_age` in seconds; `name`: of the file that a browser saves, empty
    to show it; `links`: relation -> address; `changed`: since when it has been the same.
    """

    content: bytes
    media_type: str
    max_age: int
    name: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    open_to_all: bool = True
    changed: datetime | None = None

    @cached_property
    def zipped(self) -> bytes | None:
        """The content compressed, where that makes it smaller."""
        if self.media_type == ZIP or len(self.content) < _LEAST_ZIPPED:
            return None
        return gzip.compress(self.content, 6, mtime=0)

    @cached_property
    def digest(self) -> str:
        """What the tags of the answer are made from."""
        return hashlib.sha256(self.content).hexdigest()[:32]

    @cached_property
    def headers(self) -> dict[str, str]:
        """The headers that do not depend on the request."""
        headers = {
            "Cache-Control": f"public, max-age={self.max_age}",
            "Content-Type": self.media_type,
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }
        if self.open_to_all:
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Access-Control-Expose-Headers"] = "ETag, Link, Last-Modified"
        if self.changed:
            headers["Last-Modified"] = format_datetime(self.changed, usegmt=True)
        if self.name:
            headers["Content-Disposition"] = f'attachment; filename="{self.name}"'
        if self.links:
            headers["Link"] = ", ".join(
                f'<{quote(to, safe=_IN_ADDRESS)}>; rel="{rel}"' for rel, to in self.links.items()
            )
        return headers


def respond(request: Request, answer: Answer) -> Response:
    """The answer as this client takes it: compressed or not, or nothing new."""
    zipped = answer.zipped if "gzip" in request.headers.get("accept-encoding", "") else None
    etag = f'"{answer.digest}{"-gz" if zipped else ""}"'
    headers = {**answer.headers, "ETag": etag}
    if _is_known(request, etag, answer.changed):
        headers.pop("Content-Type")
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(zipped or answer.content, headers=headers)


def _is_known(request: Request, etag: str, changed: datetime | None) -> bool:
    """Whether the client holds these bytes (RFC 9110): by their tag, in the weak comparison; where
    it names no tag, by the time of the last change that it was told.
    """
    given = request.headers.get("if-none-match")
    if given is not None:
        tags = [tag.strip().removeprefix("W/") for tag in given.split(",")]
        return etag in tags or "*" in tags
    return changed is not None and changed <= _told(request.headers.get("if-modified-since", ""))


def _told(moment: str) -> datetime:
    """A time of HTTP; one that cannot be read is long ago, so that it is as if none was given."""
    try:
        told = parsedate_to_datetime(moment)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def problem(found: Problem) -> Response:
    """A problem as JSON; it says nothing of the server."""
    status = HTTPStatus(found.status)
    told: dict[str, Any] = {"title": status.phrase, "status": int(status), "detail": found.detail}
    if found.parameter:
        told["parameter"] = found.parameter
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    headers["Access-Control-Allow-Origin"] = "*"
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(METHODS)
    content = json.dumps(told, ensure_ascii=False).encode()
    return Response(content, status, headers, PROBLEM)
