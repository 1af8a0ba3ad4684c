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
from unittest.mock import patch

from stances.dataset.faults import BadInput
from stances.dataset.load import DATA_VARIABLE, Dataset

_MARKED = re.compile(
    r"(?<=^<!-- derived: examples -->\n).*?(?=^<!-- end -->$)", re.MULTILINE | re.DOTALL
)
_FENCED = re.compile(r"(?<=^```)(python|console)\n(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ python -m stances (.*)\n(?:(?!\$).*\n)*", re.MULTILINE)
# The folder that the package is in.
_PACKAGE = str(Path(__file__).resolve().parents[2])


def with_examples(data: Dataset, text: str) -> str:
    """Return a README whose examples, between `<!-- derived: examples -->` and `<!-- end -->`, show
    what they give over a data folder, of which they get a copy. Raises BadInput where one in Python
    fails.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        shutil.copytree(data.folder, folder, ignore=shutil.ignore_patterns("releases"))
        # The examples of one README share their names, as those of one session.
        names: dict[str, Any] = {}

        def renew_block(match: re.Match[str]) -> str:
            language, body = match.groups()
            if language == "console":
                return f"console\n{_console(body)}"
            return f"python\n{''.join(_python(body, names))}"

        def renew_part(match: re.Match[str]) -> str:
            return _FENCED.sub(renew_block, match[0])

        # For the examples in Python, which run in this process, and for the commands.
        with chdir(name), patch.dict(os.environ, {DATA_VARIABLE: "data"}):
            return _MARKED.sub(renew_part, text)


def _console(body: str) -> str:
    """Return commands, a `$` before each, with what they write now below them: a refusal is an
    example too. They run in the folder of the copy, which is the working directory.
    """

    def run_command(match: re.Match[str]) -> str:
        process = subprocess.run(
            [sys.executable, "-m", "stances", *shlex.split(match[1])],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": _PACKAGE},
            check=False,
        )
        return f"$ python -m stances {match[1]}\n{process.stdout}{process.stderr}"

    return _COMMAND.sub(run_command, body)


def _python(body: str, names: dict[str, Any]) -> Iterator[str]:
    """Yield the pieces of a text whose examples, a `>>>` before each, were run anew; these may use
    `names`, and put theirs there.
    """
    for part in doctest.DocTestParser().parse(body):
        # The text between two examples.
        if isinstance(part, str):
            yield part
            continue
        sign = ">>>"
        for line in part.source.splitlines():
            yield f"{sign} {line}".rstrip() + "\n"
            sign = "..."

        output = io.StringIO()
        try:
            # "single" prints the value of an expression, as a prompt does.
            with redirect_stdout(output):
                exec(compile(part.source, "<example>", "single"), names)
        except Exception as error:
            raise BadInput(f"the example {part.source.strip()} fails: {error!r}") from error
        for line in output.getvalue().splitlines():
            yield f"{line.rstrip() or '<BLANKLINE>'}\n"
