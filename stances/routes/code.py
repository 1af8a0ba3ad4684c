"""The code of the pages, sent from memory and compressed: a first visit asks for some sixty files,
of eight megabytes as they are and of two and a half compressed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from stances.routes.answers import METHODS, YEAR, Answer, Problem
from stances.routes.body import packed
from stances.routes.queue import WorkQueue

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".woff2": "font/woff2",
}
_AT_ONCE, _WAITING = 2, 400


class CodeFiles:
    """Answers with files that never change, each read and compressed when it is first asked for,
    and passes everything else on. `files`: by their addresses relative to the page, of kinds in
    TYPES; `base_path`: what all pages lie under.
    """

    def __init__(self, app: ASGIApp, files: Mapping[str, Path], base_path: str = "") -> None:
        self.app = app
        base = f"/{base_path.strip('/')}/".replace("//", "/")
        self.files = {f"{base}{address}": path for address, path in files.items()}
        self.kept: dict[str, Answer] = {}
        self.turns = WorkQueue(_AT_ONCE, _WAITING)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as an ASGI application."""
        answer = await self._answer(scope) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)

    async def _answer(self, scope: Scope) -> Answer | None:
        address = scope["path"]
        if address not in self.files or scope["method"] not in METHODS:
            return None
        if address not in self.kept:
            try:
                make = partial(_answer_of, self.files[address])
                self.kept[address] = await self.turns.make(address, make)
            except (OSError, Problem):
                return None
        return self.kept[address]


def _answer_of(path: Path) -> Answer:
    return Answer(packed(path.read_bytes()), TYPES[path.suffix], YEAR, open_to_all=False)
