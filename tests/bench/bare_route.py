"""The measure of a data route: a bare Starlette route that answers with the same bytes.

`python -m tests.bench.bare_route PORT FILE` serves FILE at /latest.csv, under the same terms as the
dashboard: compressed for who takes it so, with a strong ETag, and 304 for who holds it already. It
runs on the server that Streamlit runs on, set up as Streamlit does.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.browser.app import HOST

BARE_PATH = "/latest.csv"


def bare_app(content: bytes) -> Starlette:
    """An application with the one route."""
    zipped = gzip.compress(content, 6, mtime=0)
    digest = hashlib.sha256(content).hexdigest()[:32]

    async def latest(request: Request) -> Response:
        takes_gzip = "gzip" in request.headers.get("accept-encoding", "")
        headers = {"ETag": f'"{digest}{"-gz" if takes_gzip else ""}"', "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        if takes_gzip:
            headers["Content-Encoding"] = "gzip"
        return Response(zipped if takes_gzip else content, 200, headers, "text/csv")

    return Starlette(routes=[Route(BARE_PATH, latest)])


if __name__ == "__main__":
    uvicorn.run(
        bare_app(Path(sys.argv[2]).read_bytes()),
        host=HOST,
        port=int(sys.argv[1]),
        access_log=False,
        log_level="warning",
    )
