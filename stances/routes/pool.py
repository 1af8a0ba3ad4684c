"""Answers over HTTP: bytes with a name and a tag, made once, kept, and refused in one form."""

import gzip
import hashlib
import json
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus

from anyio import CapacityLimiter, to_thread
from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import Response

from stances.dataset.faults import BadInput, DataFaults, Fault
from stances.dataset.load import Dataset
from stances.links import view
from stances.routes.headers import site_of

# Media types.
JSON = "application/json"
TEXT = "text/plain; charset=utf-8"
XML = "application/xml"
ZIP = "application/zip"
PROBLEM = "application/problem+json"
# Seconds for which a browser may keep an answer.
MINUTES = 300
YEAR = 31_536_000
# So many answers are made at a time, and so many wait; the rest is told to come again.
_AT_ONCE = 2
_WAITING = 60
_RETRY_SECONDS = 2
# While there is no valid data, which a person has to mend.
RETRY_WITHOUT_DATA = 60
_CACHE_BYTES = 64_000_000
# Answers of fewer bytes are not compressed.
_LEAST_ZIPPED = 1000
# The headers of files: scripts of any site may read them.
OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Retry-After"}


class NotFound(BadInput):
    """There is nothing under a name of an address: a line with what there is."""


@dataclass(frozen=True)
class Answer:
    """The whole of an answer. `name`: of the file that a browser saves, empty: it is shown;
    `max_age`: seconds for which a browser may keep it; `headers`: beside those of all answers, in
    place of OPEN.
    """

    content: bytes
    media: str
    name: str = ""
    max_age: int = MINUTES
    headers: Mapping[str, str] = field(default_factory=lambda: OPEN)

    @cached_property
    def tag(self) -> str:
        """What tells its content from any other."""
        return hashlib.sha256(self.content).hexdigest()[:24]

    @cached_property
    def zipped(self) -> bytes:
        """The content by gzip; empty where that gains nothing."""
        # Media that are compressed by themselves.
        is_packed = self.media in (ZIP, "image/png", "font/woff2")
        if is_packed or len(self.content) < _LEAST_ZIPPED:
            return b""
        # No time in it: the same content gives the same bytes.
        return gzip.compress(self.content, 6, mtime=0)

    @property
    def size(self) -> int:
        """Bytes that it takes while it is kept."""
        return len(self.content) + len(self.zipped)

    def response(self, request: Request) -> Response:
        """Return it as this client takes it: compressed or not, or (304) that the one that the
        client has is still this one.
        """
        # The tag is weak: compressed or not, an answer has the same.
        headers = {
            "ETag": f'W/"{self.tag}"',
            "Vary": "Accept-Encoding",
            "Cache-Control": f"public, max-age={self.max_age}",
            **self.headers,
        }
        if self.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)

        if self.name:
            # A picture is shown, and has its name where it is saved.
            use = "inline" if self.media.startswith("image/") else "attachment"
            headers["Content-Disposition"] = f'{use}; filename="{self.name}"'
        content = self.content
        if self.zipped and "gzip" in request.headers.get("accept-encoding", ""):
            content = self.zipped
            headers["Content-Encoding"] = "gzip"
        return Response(content, headers=headers, media_type=self.media)


def json_answer(content: Mapping[str, object]) -> Answer:
    """Return what a browser shows as JSON; days are told as texts."""
    text = json.dumps(content, ensure_ascii=False, default=str)
    return Answer(text.encode(), JSON)


def problem(
    status: int, detail: str, parameter: str = "", retry: int = 0, faults: Sequence[Fault] = ()
) -> Response:
    """Return a refusal in JSON (RFC 9457). `parameter`: the one that is at fault, empty for none;
    `retry`: seconds after which to ask again, 0: that is of no use; `faults`: of the data, of
    which the first is told.
    """
    if faults:
        detail = f"{detail}: {faults[0]}"
    text = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    if parameter:
        text["parameter"] = parameter

    headers = {"Cache-Control": "no-store", **OPEN}
    if retry:
        headers["Retry-After"] = str(retry)
    return Response(json.dumps(text, ensure_ascii=False), status, headers, PROBLEM)


@dataclass(frozen=True)
class Question:
    """What a request asks for: `path`: the variable parts of its address; `query`: name -> texts;
    `site`: the whole address of the first page, empty where it is not known; `saves_data`: whether
    the reader wants little data sent; `notice`: the line of every page, empty for none.
    """

    path: dict[str, str]
    query: dict[str, list[str]]
    site: str
    saves_data: bool = False
    notice: str = ""


# What works out an answer, and what Starlette calls: the two ends of `Maker.serve`.
Handler = Callable[[Dataset, Question], Answer]
Endpoint = Callable[[Request], Awaitable[Response]]
NO_DATA = "there is no valid data"
_BUSY = "too much is being made; ask again in some seconds"


class Maker:
    """Makes answers, pages and files alike, a few at a time, and keeps the latest. `pending`: how
    many are being made or wait.
    """

    def __init__(
        self, at_once: int = _AT_ONCE, waiting: int = _WAITING, cache_bytes: int = _CACHE_BYTES
    ) -> None:
        self.cache: LRUCache[Hashable, Answer] = LRUCache(cache_bytes, lambda answer: answer.size)
        self.limiter = CapacityLimiter(at_once)
        # Counted here: the limiter knows who waits only once it has looked at them.
        self.pending = 0
        self.most_pending = at_once + waiting

    def keep(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer, unless it would push out too many others."""
        if answer.size <= self.cache.maxsize // 4:
            self.cache[key] = answer

    def serve(
        self, handler: Handler, base_path: str = "", refuse: Callable[..., Response] = problem
    ) -> Endpoint:
        """Return what answers the requests of an address by a handler. `refuse`: makes a refusal,
        with the parameters of `problem`: pages have their own.
        """

        async def endpoint(request: Request) -> Response:
            try:
                data = await to_thread.run_sync(view.store().data)
            except DataFaults as faults:
                return refuse(503, NO_DATA, retry=RETRY_WITHOUT_DATA, faults=faults.faults)

            parameters = request.query_params
            question = Question(
                path=request.path_params,
                query={name: parameters.getlist(name) for name in parameters},
                site=site_of(request.scope, base_path),
                saves_data=request.headers.get("save-data") == "on",
                notice=view.notice(),
            )
            # Answers differ by all of these: links name the site and pages the notice, and at one
            # address two handlers may answer (`feeds.by_accept`).
            key = (
                handler,
                data.version,
                data.today,
                request.url.path,
                request.url.query,
                question.site,
                question.saves_data,
                question.notice,
            )
            answer = self.cache.get(key)
            if answer:
                return answer.response(request)

            # Each that waits holds a connection and a reader: better told to come again.
            if self.pending >= self.most_pending:
                return refuse(503, _BUSY, retry=_RETRY_SECONDS)
            self.pending += 1
            try:
                answer = await to_thread.run_sync(
                    _make, handler, data, question, limiter=self.limiter
                )
            except BadInput as refusal:
                status = 404 if isinstance(refusal, NotFound) else 400
                return refuse(status, str(refusal), refusal.parameter)
            finally:
                self.pending -= 1
            self.keep(key, answer)
            return answer.response(request)

        return endpoint


def _make(handler: Handler, data: Dataset, question: Question) -> Answer:
    """Return what a handler answers, with its tag and its compressed bytes worked out."""
    answer = handler(data, question)
    # Both take a while, and are worked out in this thread, not in the loop that serves everyone.
    _ = answer.tag
    _ = answer.zipped
    return answer
