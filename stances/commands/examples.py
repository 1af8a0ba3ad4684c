"""Examples in a text: what they show is made to be what they give when they are run."""

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
from contextlib import chdir, contextmanager, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import stances
from stances.dataset.faults import BadInput
from stances.dataset.files import DATA_VARIABLE
from stances.dataset.release import RELEASES
from stances.dataset.tables import Dataset

_FENCE = re.compile(r"^(```(python|console)\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL)
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_COMMAND = re.compile(
    r"^\$ (?:python -m )?stances (?P<words>.*)\n(?P<output>(?:[^$].*\n)*)", re.MULTILINE
)
# A line that stands for any number of lines: what is left out cannot be written anew.
_LEFT_OUT = re.compile(r"^(?:…|\.\.\.)$", re.MULTILINE)


class Examples:
    """Runs the examples of one text over a data folder; one may build on those before it."""

    def __init__(self, data: Dataset) -> None:
        self._folder = data.folder.resolve()
        self._names: dict[str, Any] = {"__name__": "__main__"}

    def renew(self, text: str) -> str:
        """Return the text with what its examples give now. Raises BadInput where one fails."""
        return _FENCE.sub(self._block, text)

    def _block(self, match: re.Match[str]) -> str:
        head, language, body, tail = match.groups()
        with self._surroundings() as folder:
            if language == "console":
                body = _COMMAND.sub(lambda command: _console(command, folder), body)
            else:
                body = "".join(self._python(body))
        return f"{head}{body}{tail}"

    @contextmanager
    def _surroundings(self) -> Iterator[Path]:
        """Return a folder that has the data under its name, so that no harm is done."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            left_out = shutil.ignore_patterns(RELEASES)
            shutil.copytree(self._folder, folder / self._folder.name, ignore=left_out)
            with chdir(folder), patch.dict(os.environ, {DATA_VARIABLE: self._folder.name}):
                yield folder

    def _python(self, body: str) -> Iterator[str]:
        for part in doctest.DocTestParser().parse(body):
            if isinstance(part, str):
                yield part
                continue
            first, *others = part.source.splitlines()
            yield "".join([f">>> {first}\n", *(f"... {line}".rstrip() + "\n" for line in others)])
            output = self._output(part.source)
            is_same = doctest.OutputChecker().check_output(part.want, output, _FLAGS)
            yield part.want if is_same else output

    def _output(self, source: str) -> str:
        """Return what a statement writes, as an example shows it."""
        output = io.StringIO()
        try:
            with redirect_stdout(output):
                exec(compile(source, "<example>", "single"), self._names)
        except Exception as error:
            raise BadInput(f"the example {source.strip()} fails: {error!r}") from error
        lines = [line.rstrip() or "<BLANKLINE>" for line in output.getvalue().splitlines()]
        return "".join(f"{line}\n" for line in lines)


def _console(command: re.Match[str], folder: Path) -> str:
    """Return a command with what it writes now, as far as all that it writes is shown."""
    if _LEFT_OUT.search(command["output"]):
        return command[0]
    package = str(Path(stances.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-m", "stances", *shlex.split(command["words"], comments=True)],
        cwd=folder,
        # What a narrow terminal cannot show stands in the text all the same.
        env={**os.environ, "PYTHONPATH": package, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return f"{command[0].partition(chr(10))[0]}\n{done.stdout}"
