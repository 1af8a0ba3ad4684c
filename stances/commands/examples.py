"""Examples in a README: each is run, and its output written below it."""

import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

from stances.dataset.faults import BadInput
from stances.dataset.load import DATA_VARIABLE, Dataset

_MARKED = re.compile(
    r"(?<=^<!-- derived: examples -->\n).*?(?=^<!-- end -->$)", re.MULTILINE | re.DOTALL
)
_FENCED = re.compile(r"(?<=^```)(python|console)\n(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ python -m stances (.*)\n(?:(?!\$).*\n)*", re.MULTILINE)
_PACKAGE = str(Path(__file__).resolve().parents[2])


def with_examples(data: Dataset, text: str) -> str:
    """Return a README whose examples, between `<!-- derived: examples -->` and `<!-- end -->`, show
    what they give over a data folder, of which they get a copy. Raises BadInput where one fails.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        shutil.copytree(data.folder, folder, ignore=shutil.ignore_patterns("releases"))
        before = os.environ.get(DATA_VARIABLE)
        os.environ[DATA_VARIABLE] = "data"
        names: dict[str, Any] = {}

        # The examples of one README share their names, as those of one session.
        def renewed(match: re.Match[str]) -> str:
            if match[1] == "console":
                return f"console\n{_console(match[2])}"
            return f"python\n{''.join(_python(match[2], names))}"

        try:
            with chdir(name):
                return _MARKED.sub(lambda marked: _FENCED.sub(renewed, marked[0]), text)
        finally:
            if before is None:
                del os.environ[DATA_VARIABLE]
            else:
                os.environ[DATA_VARIABLE] = before


def _console(body: str) -> str:
    def shown(match: re.Match[str]) -> str:
        process = subprocess.run(
            [sys.executable, "-m", "stances", *shlex.split(match[1])],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": _PACKAGE},
            check=False,
        )
        return f"$ python -m stances {match[1]}\n{process.stdout}{process.stderr}"

    return _COMMAND.sub(shown, body)


def _python(body: str, names: dict[str, Any]) -> Iterator[str]:
    for part in doctest.DocTestParser().parse(body):
        if isinstance(part, str):
            yield part
            continue
        first_line, *lines = part.source.splitlines()
        yield f">>> {first_line}\n"
        for line in lines:
            yield f"... {line}".rstrip() + "\n"

        output = io.StringIO()
        try:
            with redirect_stdout(output):
                exec(compile(part.source, "<example>", "single"), names)
        except Exception as error:
            raise BadInput(f"the example {part.source.strip()} fails: {error!r}") from error
        for line in output.getvalue().splitlines():
            yield f"{line.rstrip() or '<BLANKLINE>'}\n"
