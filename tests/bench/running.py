"""What is measured and with what: servers in processes of their own, a browser, a table."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.conftest import ROOT
from tests.deploy.shipped import free_port, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

    # The kind and the bytes of all that came or went, in its order.
    Sent = list[tuple[str, float]]


@contextmanager
def running(*module: str, folder: Path = ROOT) -> Iterator[str]:
    """Run a server of Streamlit or Dash in a folder for a `with` block; yield its address."""
    host, port = "127.0.0.1", str(free_port())
    streamlit = {"PORT": port, "ADDRESS": host, "HEADLESS": "true"}
    env = os.environ | {f"STREAMLIT_SERVER_{name}": to for name, to in streamlit.items()}
    env |= {"PYTHONPATH": str(folder), "PORT": port}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        [sys.executable, "-m", *module], cwd=folder, env=env, stdout=quiet, stderr=quiet
    ) as process:
        try:
            wait_for(int(port), 90)
            yield f"http://{host}:{port}/"
        finally:
            process.terminate()


@contextmanager
def visitor(script: str, **context: Any) -> Iterator[tuple[Page, CDPSession, Sent]]:
    """A page of a browser that has never seen one, its wire, and what goes over this. `script`:
    runs before those of the page.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_context(bypass_csp=True, **context).new_page()
        wire, kinds, sent = page.context.new_cdp_session(page), dict[str, str](), list[Any]()
        wire.send("Network.enable")
        wire.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
        wire.on(
            "Network.loadingFinished",
            lambda e: sent.append((kinds.get(e["requestId"], ""), e["encodedDataLength"])),
        )
        for way in ("Received", "Sent"):  # their bytes are told in base64
            frame = f"Network.webSocketFrame{way}"
            wire.on(frame, lambda e: sent.append(("", len(e["response"]["payloadData"]) * 0.75)))
        page.add_init_script(script)
        yield page, wire, sent
        browser.close()


def table(names: Iterable[str], rows: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """Yield the figures of each name, and under them what the first has to each other."""
    yield f"{'':<34}" + "".join(f"{name:>12}" for name in names)
    for what, row in rows.items():
        yield f"{what:<34}" + "".join(f"{one:>12.1f}" for one in row)
        if ratios := [row[0] / one if one else float("nan") for one in row[1:]]:
            yield f"{'':<46}" + "".join(f"{ratio:>12.2f}" for ratio in ratios)
