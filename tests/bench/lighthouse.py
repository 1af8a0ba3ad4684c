"""The marks of Lighthouse for each page on a telephone. Run: python -m tests.bench.lighthouse

It is fetched by npm, and is no part of what ships or of the tests. README.md of this folder says
how each figure is taken.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from stances.links.register import PAGES
from tests.browser.app import CHROMIUM, serve

# The newest that runs on the Node of Debian 12 and 13.
_PACKAGE = "lighthouse@12"
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_LEAST = (95, 100, 100, 100)
_FELT = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
_HEAD = f"{'page':<10}" + "".join(f"{name:>26}" for name in (*_CATEGORIES, *_FELT))


def report(address: str) -> dict[str, Any]:
    """Return what Lighthouse finds of an address, as its JSON."""
    command = [
        "npx", "--yes", _PACKAGE, address, "--quiet", "--output=json",
        f"--only-categories={','.join(_CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox",
    ]  # fmt: skip
    run = subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "CHROME_PATH": str(CHROMIUM)}
    )
    if run.returncode:
        raise RuntimeError(f"Lighthouse failed: {run.stderr.decode()[-400:]}")
    result: dict[str, Any] = json.loads(run.stdout)
    return result


def main() -> int:
    """Print the scores of each page and what a reader feels; the status tells if all are good."""
    if not shutil.which("npx"):
        print("npx is not here: Lighthouse comes by npm")
        return 1
    print(_HEAD)
    with tempfile.TemporaryDirectory() as folder:
        server = serve(Path(folder) / "log")
        try:
            good = [_is_good(server.url, page) for page in PAGES]
            return 0 if all(good) else 1
        finally:
            server.stop()


def _is_good(url: str, page: str) -> bool:
    """Print the line of a page, and return whether it keeps what is promised."""
    result = report(url + page)
    scores = [round(100 * result["categories"][name]["score"]) for name in _CATEGORIES]
    felt = [result["audits"][name]["displayValue"] for name in _FELT]
    print(f"{page or 'map':<10}" + "".join(f"{text!s:>26}" for text in (*scores, *felt)))
    return all(score >= least for score, least in zip(scores, _LEAST, strict=True))


if __name__ == "__main__":
    sys.exit(main())
