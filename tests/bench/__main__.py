"""Load, slow line and key press, beside a bare Streamlit page and a page of Dash, in one run.

Close what else is running: only the ratios of one run mean something. Aims: the live map in 0.7 of
the bare page's time, a key press in half of Dash's; on the slow line a first paint at 600 ms, the
largest at 800, a shift of 0.02.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.bench import drag, load, slow, steps
from tests.bench.running import running
from tests.browser.conftest import CHROMIUM
from tests.conftest import ROOT

_VIEW = "?as_of=2018-06-30&live=true"
_PATHS = ("", "trends", "members", "actor?actor=POL", "acts", "changes", "events", "data")
_MARKS = ("performance", "accessibility", "best-practices", "seo")


def lighthouse(program: str, site: str) -> Iterator[str]:
    """Yield the marks of every page on a telephone."""
    for path in _PATHS:
        command = [
            program, site + path, "--quiet", "--output=json",
            f"--only-categories={','.join(_MARKS)}",
            "--chrome-flags=--headless=new --no-sandbox",
        ]  # fmt: skip
        env = os.environ | {"CHROME_PATH": str(CHROMIUM)}
        run = subprocess.run(command, capture_output=True, check=True, env=env)
        of = json.loads(run.stdout)["categories"]
        marks = "".join(f"{round(100 * (of[name]['score'] or 0)):>6}" for name in _MARKS)
        yield f"Lighthouse {path or 'Map':<18}{marks}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--other", type=Path, help="another checkout, to measure beside")
    parser.add_argument("--only", default="steps,drag,slow,load,crowd", help="parts of the run")
    parser.add_argument("--lighthouse", help="the program (npm install lighthouse, elsewhere)")
    asked = parser.parse_args()
    folders = {"v2": ROOT} | ({"v1": asked.other.resolve()} if asked.other else {})
    with ExitStack() as stack:
        start = stack.enter_context
        ours = {
            name: start(running("streamlit", "run", "dashboard.py", folder=folder))
            for name, folder in folders.items()
        }
        second = start(running("streamlit", "run", "dashboard.py"))
        replicas = {"two": [ours["v2"], second]}
        bare = {"bare": start(running("streamlit", "run", "tests/bench/peers.py"))}
        dashed = {"Dash": start(running("tests.bench.peers"))}
        print(f"load of the machine: {os.getloadavg()[0]:.1f}")
        links = {name: site + _VIEW for name, site in ours.items()} | bare | dashed
        parts = {
            "drag": drag.lines(links),
            "slow": slow.lines(ours | bare, _PATHS),
            "load": load.lines(ours, folders),
            "steps": steps.lines(folders),
            "crowd": load.visitors({name: [site] for name, site in ours.items()} | replicas),
            "lighthouse": lighthouse(asked.lighthouse, ours["v2"]),
        }
        for part in [*asked.only.split(","), *["lighthouse"] * bool(asked.lighthouse)]:
            for line in parts[part]:
                print(line, flush=True)


if __name__ == "__main__":
    main()
