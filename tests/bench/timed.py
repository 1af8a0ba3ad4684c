"""Streamlit as it is, that also writes down how long each run of a script took.

`python -m tests.bench.timed FILE run dashboard.py ...` appends one line of seconds to FILE for each
run: from the moment in which the runner takes the request until the script has ended. The cleaning
up after it (forgotten widgets, a garbage collection), which the reader does not wait for, is left
out. The server is wrapped from outside, so the dashboard knows nothing of being measured.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.web import cli


def time_runs(record: Path) -> None:
    """Wrap the two ends of a run in Streamlit's script runner."""
    run_script = ScriptRunner._run_script
    on_finished = ScriptRunner._on_script_finished
    started: dict[int, float] = {}

    def timed_run(runner: ScriptRunner, *arguments: Any) -> None:
        started[id(runner)] = time.perf_counter()
        run_script(runner, *arguments)

    def timed_finish(runner: ScriptRunner, *arguments: Any) -> None:
        now = time.perf_counter()
        with record.open("a", encoding="utf-8") as lines:
            lines.write(f"{now - started[id(runner)]}\n")
        on_finished(runner, *arguments)
        # A script that asks for another run gets it within the same call.
        started[id(runner)] = time.perf_counter()

    ScriptRunner._run_script = timed_run  # type: ignore[method-assign, assignment]
    ScriptRunner._on_script_finished = timed_finish  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    time_runs(Path(sys.argv.pop(1)))
    cli.main(prog_name="streamlit")
