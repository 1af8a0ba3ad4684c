"""Whether the server holds valid data, for whatever watches it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from stances.dataset.store import Holding, Store
from stances.routes.answers import JSON


def health(store: Store) -> Callable[[Request], Awaitable[ASGIApp]]:
    """200 while valid data is held, with a warning where newer files were refused; else 503."""

    async def serve(request: Request) -> Response:  # noqa: ARG001 - as all routes
        holding = await run_in_threadpool(store.holding)
        status = HTTPStatus.OK if holding.data else HTTPStatus.SERVICE_UNAVAILABLE
        content = json.dumps(_health_of(holding), ensure_ascii=False).encode()
        return Response(content, status, {"Cache-Control": "no-store"}, JSON)

    return serve


def _health_of(holding: Holding) -> dict[str, str | int]:
    faults = [str(fault.without_folder()) for fault in holding.faults]
    if holding.data is None:
        return {"status": "no valid data", "reason": faults[0] if faults else "being read"}
    told = {"status": "ok", "dataset_version": holding.data.version}
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        told["warning"] = f"newer data was refused ({count}): {faults[0]}"
    return {**told, "events": len(holding.data.events)}
