"""The code of the pages, compressed once: a first visit asks for some hundred files, of eight
megabytes as they are and of less than three compressed.

Compressed at each visit (Starlette's GZipMiddleware) they take twenty times the processor's time
of this, at level 6 seventeen times; sent as they are six times, and three times the bytes.
"""

from functools import partial

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stances.routes.answers import METHODS, YEAR, Answer, Problem
from stances.routes.body import pack
from stances.routes.cache import Bounded, held_bytes
from stances.routes.queue import WorkQueue

_MOST_BYTES = 16_000_000
_AT_ONCE, _WAITING = 2, 400


class UnchangingFiles:
    """Compresses and keeps what is called immutable (RFC 8246); all else, queries too, passes."""

    def __init__(self, app: ASGIApp, most_bytes: int = _MOST_BYTES) -> None:
        self.app = app
        self.cache: Bounded[str, Answer] = Bounded(most_bytes, held_bytes)
        self.queue = WorkQueue(_AT_ONCE, _WAITING)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as an ASGI application."""
        if scope["type"] != "http" or scope["method"] not in METHODS or scope["query_string"]:
            await self.app(scope, receive, send)
        elif answer := self.cache.get(scope["path"]):
            await answer(scope, receive, send)
        elif scope["method"] == "GET":
            await self.app(scope, receive, _Collector(self, scope, receive, send).send)
        else:
            await self.app(scope, receive, send)

    async def answer(self, path: str, content: bytes, media_type: str) -> Answer:
        """Return the answer with a file, from now on kept. Raises Problem where too many wait."""
        body = await self.queue.make(path, partial(pack, content))
        answer = Answer(body, media_type, YEAR, open_to_all=False)
        self.cache.put(path, answer)
        return answer


class _Collector:
    """Passes an answer on; one that never changes is held until it is whole, then compressed."""

    def __init__(self, files: UnchangingFiles, scope: Scope, receive: Receive, send: Send) -> None:
        self._files, self._scope, self._receive, self._send = files, scope, receive, send
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_unchanging(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._send_file(self._start, b"".join(self._parts))

    async def _send_file(self, start: Message, content: bytes) -> None:
        media_type = Headers(raw=start["headers"]).get("content-type", "")
        try:
            answer = await self._files.answer(self._scope["path"], content, media_type)
        except Problem:
            await self._send(start)
            await self._send({"type": "http.response.body", "body": content})
        else:
            await answer(self._scope, self._receive, self._send)


def _is_unchanging(start: Message) -> bool:
    """Say whether an answer is a whole one, as it is, that will never be another."""
    headers = Headers(raw=start["headers"])
    whole = start["status"] == 200 and "content-encoding" not in headers
    return whole and "immutable" in headers.get("cache-control", "")
