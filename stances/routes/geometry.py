"""The outlines of countries, as plotly.js asks for them: small, compressed, cacheable."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path

from starlette.requests import Request
from starlette.types import ASGIApp

from stances.dataset import geometry_folder
from stances.faults import shown
from stances.routes.answers import DAY, JSON, Answer, Problem, problem


def geometry(folder: Path, open_to_all: bool) -> Callable[[Request], Awaitable[ASGIApp]]:
    """A handler for the geometry files of a data folder. `open_to_all`: pages of others may read
    them.

    The files are read and compressed once; only they can be asked for, so no path is ever built
    from a request.
    """
    files = _files(geometry_folder(folder), open_to_all)

    async def serve(request: Request) -> ASGIApp:
        name = request.path_params["name"]
        if name not in files:
            refused = f"no geometry {shown(name)}; there is: {', '.join(files)}"
            return problem(Problem(HTTPStatus.NOT_FOUND, refused, "file"), open_to_all)
        return files[name]

    return serve


def _files(folder: Path, open_to_all: bool) -> dict[str, Answer]:
    return {
        path.name: Answer(path.read_bytes(), JSON, DAY, open_to_all=open_to_all)
        for path in sorted(folder.glob("*.json"))
    }
