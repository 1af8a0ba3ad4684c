"""Load, slow line and key press, beside a bare Streamlit page and a page of Dash, in one run.

`--other FOLDER` measures the dashboard of another checkout beside; `--only drag,slow,load`;
`--lighthouse PROGRAM` asks Lighthouse as well (npm install lighthouse, outside of this folder).
Close what else is running: only the ratios of one run mean something.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from contextlib import ExitStack
from pathlib import Path

from tests.bench import drag, load, slow
from tests.bench.running import dash, streamlit
from tests.browser.conftest import CHROMIUM

_VIEW = "?as_of=2018-06-30&live=true"
_PATHS = ("", "trends", "members", "actor?actor=POL", "acts", "changes", "events", "data")
_MARKS = ("performance", "accessibility", "best-practices", "seo")


def lighthouse(program: str, site: str) -> list[str]:
    """Return the marks of every page on a telephone."""
    told = []
    for path in _PATHS:
        command = [
            program, site + path, "--quiet", "--output=json",
            f"--only-categories={','.join(_MARKS)}",
            "--chrome-flags=--headless=new --no-sandbox",
        ]  # fmt: skip
        run = subprocess.run(
            command,
            capture_output=True,
            check=True,
            env={**os.environ, "CHROME_PATH": str(CHROMIUM)},
        )
        of = json.loads(run.stdout)["categories"]
        marks = "".join(f"{round(100 * (of[name]['score'] or 0)):>6}" for name in _MARKS)
        told.append(f"Lighthouse {path or 'Map':<18}{marks}")
    return told


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--other", type=Path)
    parser.add_argument("--only", default="drag,slow,load")
    parser.add_argument("--lighthouse")
    asked = parser.parse_args()
    with ExitStack() as stack:
        ours = {"v2": stack.enter_context(streamlit("dashboard.py"))}
        if asked.other:
            ours["v1"] = stack.enter_context(streamlit("dashboard.py", asked.other))
        bare = stack.enter_context(streamlit("tests/bench/bare.py"))
        peers = {"bare": bare, "Dash": stack.enter_context(dash())}
        print(f"load of the machine: {os.getloadavg()[0]:.1f}")
        told = asked.only.split(",")
        if "drag" in told:
            links = {name: site + _VIEW for name, site in ours.items()} | peers
            print(*drag.lines(links), sep="\n", flush=True)
        if "slow" in told:
            print(*slow.lines(ours | {"bare": bare}, _PATHS), sep="\n", flush=True)
        if "load" in told:
            print(*load.lines(ours), sep="\n", flush=True)
        if asked.lighthouse:
            print(*lighthouse(asked.lighthouse, ours["v2"]), sep="\n", flush=True)


if __name__ == "__main__":
    main()
