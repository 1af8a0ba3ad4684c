"""What leans on things that Streamlit, plotly, the server or the browser do not promise."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

_LOG = logging.getLogger(__name__)


@asynccontextmanager
async def every(seconds: float, do: Callable[[], object]) -> AsyncIterator[None]:
    """Do something again and again while an `async with` block runs. What fails once is in the log,
    and is done again.
    """
    doing = asyncio.create_task(_keep_on(seconds, do))
    try:
        yield
    finally:
        doing.cancel()


async def _keep_on(seconds: float, do: Callable[[], object]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            do()
        except Exception:
            # It is to be done for as long as the server runs.
            _LOG.exception("What is done every %s seconds failed", seconds)
