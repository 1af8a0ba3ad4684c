"""HTTP routes beside the dashboard."""

from __future__ import annotations

from starlette.routing import Mount, Route

from stances.dataset import DEFAULT_FOLDER, data_folder
from stances.routes.geometry import geometry


def routes(base_path: str = "") -> list[Route | Mount]:
    """All routes; under `base_path` too, since the server does not put it before them itself."""
    own: list[Route | Mount] = [
        Route("/geometry/{name}", geometry(data_folder(), DEFAULT_FOLDER), name="geometry")
    ]
    prefix = base_path.strip("/")
    return [*own, *([Mount(f"/{prefix}", routes=own)] if prefix else [])]
