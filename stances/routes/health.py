"""The health of the server, for whatever watches it: does it hold valid data, has it room, and do
its pages come soon.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from stances.answers.typed_table import versions
from stances.dataset.store import Store, StoreState
from stances.queues.runs import PATIENCE_SECONDS, runs
from stances.routes.answers import JSON
from stances.routes.capacity import Capacity, capacity, taken_bytes, taken_descriptors


def health(store: Store, *, ready: bool = False) -> Callable[[Request], Awaitable[ASGIApp]]:
    """200 while valid data is held and a new visitor would be let in, with a warning where newer
    files were refused, or files are not as they are described; else 503. Where runs of pages wait,
    it is busy: for what keeps it alive that is well, and not for what sends visitors (`ready`).
    """

    async def serve(request: Request) -> Response:  # noqa: ARG001 - as all routes
        # In a thread that does not wait its turn behind the answers that are being made.
        fresh = store.fresh()
        state = await asyncio.to_thread(store.state) if fresh is None else fresh
        load = capacity()
        waiting = round(runs.waiting_seconds(), 1)
        text = {**_health_of(state), "waiting_seconds": waiting, **_capacity_of(load)}
        if state.data and (reason := _why_full(load)):
            text |= {"status": "full", "reason": reason}
        elif text["status"] == "ok" and waiting > PATIENCE_SECONDS:
            text["status"] = "busy"
        well = text["status"] == "ok" or (text["status"] == "busy" and not ready)
        status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
        content = json.dumps(text, ensure_ascii=False).encode()
        return Response(content, status, {"Cache-Control": "no-store"}, JSON)

    return serve


def _why_full(load: Capacity) -> str:
    """Say why a new visitor would be refused; empty where none would be."""
    if load.full:
        return "each socket is taken by an open page"
    # The question for the health is one of those that are being answered.
    others = load.answering - 1
    return "too many requests are being answered" if others >= load.bounds.requests else ""


def _capacity_of(load: Capacity) -> dict[str, dict[str, int | None]]:
    """Return what is taken, None where the system does not tell, and the most of it."""
    bounds = load.bounds
    taken = {
        "sockets": load.pages + len(load.silent),
        "descriptors": taken_descriptors(),
        "memory_bytes": taken_bytes(),
    }
    return {"taken": taken, "most": {"sockets": bounds.pages, "descriptors": bounds.descriptors}}


def _health_of(state: StoreState) -> dict[str, str | int]:
    faults = [str(fault.without_folder()) for fault in state.faults]
    if state.data is None:
        return {"status": "no valid data", "reason": faults[0] if faults else "being read"}
    text = {"status": "ok", **versions(state.data)}
    if warnings := list(_warnings(state, faults)):
        text["warning"] = "; ".join(warnings)
    return {**text, "events": len(state.data.events)}


def _warnings(state: StoreState, faults: list[str]) -> Iterator[str]:
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        yield f"newer data was refused ({count}): {faults[0]}"
    if state.differing:
        yield f"not as described: {', '.join(map(str, state.differing))}"
