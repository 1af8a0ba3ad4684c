"""The outlines of countries, as plotly.js asks for them: small, compressed, cacheable."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_ONE_DAY = 86_400


@dataclass(frozen=True)
class _File:
    content: bytes
    compressed: bytes
    etag: str


def geometry(*folders: Path) -> Callable[[Request], Awaitable[Response]]:
    """A handler for the geometry files of the first of the data `folders` that has any.

    The files are read and compressed once; only they can be asked for, so no path is ever built
    from a request.
    """
    files = next(filter(None, (_files(folder / "geometry") for folder in folders)), {})

    async def serve(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in files:
            allowed = ", ".join(files)
            return PlainTextResponse(f"no such geometry; there are: {allowed}\n", status_code=404)
        return _response(request, files[name])

    return serve


def _files(folder: Path) -> dict[str, _File]:
    return {path.name: _file(path.read_bytes()) for path in sorted(folder.glob("*.json"))}


def _file(content: bytes) -> _File:
    digest = hashlib.sha256(content).hexdigest()
    return _File(content, gzip.compress(content, mtime=0), digest[:32])


def _response(request: Request, file: _File) -> Response:
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    etag = f'"{file.etag}{"-gz" if zipped else ""}"'
    headers = {
        "ETag": etag,
        "Cache-Control": f"public, max-age={_ONE_DAY}",
        "Vary": "Accept-Encoding",
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    content = file.compressed if zipped else file.content
    return Response(content, headers=headers, media_type="application/json")
