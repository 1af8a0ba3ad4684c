"""Answers over HTTP: bytes with a name and a tag, made once, kept, and refused in one form."""

import gzip
import hashlib
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from http import HTTPStatus

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from stances.dataset.faults import BadInput, DataFaults, Fault
from stances.dataset.load import Dataset
from stances.links import view
from stances.routes.headers import site_of

JSON = "application/json"
TEXT = "text/plain; charset=utf-8"
XML = "application/xml"
ZIP = "application/zip"
PROBLEM = "application/problem+json"
MINUTES = 300
YEAR = 31_536_000
# So many answers are made at a time, and so many wait; the rest is told to come again.
_AT_ONCE = 2
_WAITING = 60
_RETRY_SECONDS = 2
_KEPT_BYTES = 64_000_000
_LEAST_ZIPPED = 1000
_OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Retry-After"}


class NotFound(BadInput):
    """There is nothing under a name of an address: a line with what there is."""


@dataclass(frozen=True)
class Answer:
    """The whole of an answer. `name`: of the file that a browser saves, empty: it is shown;
    `seconds`: how long it may be kept; `headers`: others than those of files.
    """

    content: bytes
    media: str
    name: str = ""
    seconds: int = MINUTES
    headers: Mapping[str, str] = field(default_factory=lambda: _OPEN)

    @cached_property
    def tag(self) -> str:
        """What tells its content from any other."""
        return hashlib.sha256(self.content).hexdigest()[:24]

    @cached_property
    def zipped(self) -> bytes:
        """The content by gzip; empty where that gains nothing."""
        packed = self.media.startswith("image/p") or self.media in (ZIP, "font/woff2")
        small = packed or len(self.content) < _LEAST_ZIPPED
        return b"" if small else gzip.compress(self.content, 6, mtime=0)

    @property
    def size(self) -> int:
        """Bytes that it takes while it is kept."""
        return len(self.content) + len(self.zipped)

    def response(self, request: Request) -> Response:
        """Return it as this client takes it: compressed or not, or that it is as it was."""
        tag = f'W/"{self.tag}"'
        headers = {"ETag": tag, "Vary": "Accept-Encoding"}
        headers |= {"Cache-Control": f"public, max-age={self.seconds}", **self.headers}
        if self.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if self.name:
            headers["Content-Disposition"] = f'attachment; filename="{self.name}"'
        content = self.content
        if self.zipped and "gzip" in request.headers.get("accept-encoding", ""):
            content = self.zipped
            headers["Content-Encoding"] = "gzip"
        return Response(content, headers=headers, media_type=self.media)


def problem(
    status: int, detail: str, parameter: str = "", retry: int = 0, faults: Sequence[Fault] = ()
) -> Response:
    """Return a refusal (RFC 9457), with the parameter that is at fault, if one is, and the first of
    the faults of the data.
    """
    detail = ": ".join([detail, *map(str, faults[:1])])
    text = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    text |= {"parameter": parameter} if parameter else {}
    headers = {"Cache-Control": "no-store", **_OPEN}
    headers |= {"Retry-After": str(retry)} if retry else {}
    return Response(json.dumps(text, ensure_ascii=False), status, headers, PROBLEM)


@dataclass(frozen=True)
class Asked:
    """What a request asks for: `path`: the variable parts of its address; `query`: name -> texts;
    `site`: the whole address of the first page; `saves`: whether the reader saves data; `notice`:
    the line of every page, empty for none.
    """

    path: dict[str, str]
    query: dict[str, list[str]]
    site: str
    saves: bool = False
    notice: str = ""


Handler = Callable[[Dataset, Asked], Answer]
Endpoint = Callable[[Request], Awaitable[Response]]
NO_DATA = "there is no valid data"
_BUSY = "too much is being made; ask again in some seconds"


class Kept(OrderedDict[object, Answer]):
    """The answers that were asked for last, up to so many bytes."""

    def __init__(self, most: int = _KEPT_BYTES) -> None:
        super().__init__()
        self.most = most
        self.taken = 0

    def take(self, key: object) -> Answer | None:
        """Return an answer that is kept, from now on the newest."""
        if key in self:
            self.move_to_end(key)
        return self.get(key)

    def keep(self, key: object, answer: Answer) -> None:
        """Keep an answer, and let those go that were not asked for the longest."""
        if answer.size > self.most // 4 or key in self:
            return
        self[key] = answer
        self.taken += answer.size
        while self.taken > self.most:
            self.taken -= self.popitem(last=False)[1].size


class Maker:
    """Makes answers, pages and files alike, a few at a time, and keeps them."""

    def __init__(self, at_once: int = _AT_ONCE, waiting: int = _WAITING) -> None:
        self.kept = Kept()
        self.limiter = CapacityLimiter(at_once)
        # Counted here: the limiter knows who waits only once it has looked at them.
        self.asked_for = 0
        self.most = at_once + waiting

    def serve(
        self, handler: Handler, base_path: str = "", refuse: Callable[..., Response] = problem
    ) -> Endpoint:
        """Return what answers the requests of an address; `refuse`: in the form of `problem`."""

        async def endpoint(request: Request) -> Response:
            try:
                data = await to_thread.run_sync(view.store().data)
            except DataFaults as faults:
                return refuse(503, NO_DATA, retry=60, faults=faults.faults)
            asked = Asked(
                request.path_params,
                {name: request.query_params.getlist(name) for name in request.query_params},
                site_of(request.scope, base_path),
                request.headers.get("save-data") == "on",
                view.notice(),
            )
            of = request.url.path, request.url.query, asked.site, asked.saves, asked.notice
            key = (data.version, data.today, *of)
            if (answer := self.kept.take(key)) is None:
                if self.asked_for >= self.most:
                    return refuse(503, _BUSY, retry=_RETRY_SECONDS)
                self.asked_for += 1
                try:
                    make = partial(_made, handler, data, asked)
                    answer = await to_thread.run_sync(make, limiter=self.limiter)
                except NotFound as refused:
                    return refuse(404, str(refused), refused.parameter)
                except BadInput as refused:
                    return refuse(400, str(refused), refused.parameter)
                finally:
                    self.asked_for -= 1
                self.kept.keep(key, answer)
            return answer.response(request)

        return endpoint


def _made(handler: Handler, data: Dataset, asked: Asked) -> Answer:
    answer = handler(data, asked)
    _ = answer.tag, answer.zipped  # here, and not in the loop of all
    return answer
