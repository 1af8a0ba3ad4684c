"""The examples that README.md shows, and what they give when they are run."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DOCTEST_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
PROMPT = "$ "
# A line of output that is only this stands for any number of lines.
WILDCARD = ("…", "...")
COMMAND = "python -m stances "


@dataclass(frozen=True)
class Command:
    """A command line that is shown, and the lines shown under it."""

    line: str
    output: tuple[str, ...]


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return [body for result, body in _FENCE.findall(text) if result == language]


def doctests(text: str) -> list[str]:
    """The Python blocks that show what they give."""
    return [block for block in blocks(text, "python") if ">>> " in block]


def failed_doctest(block: str, name: str, names: dict[str, Any]) -> str:
    """Return the differences when a block is run; nothing where it gives what it shows.

    `names`: what the blocks before it made; those that this one makes are added.
    """
    test = doctest.DocTestParser().get_doctest(block, names, name, name, 0)
    assert test.examples, "a block without an example"
    lines: list[str] = []
    runner = doctest.DocTestRunner(optionflags=_DOCTEST_FLAGS)
    runner.run(test, out=lines.append, clear_globs=False)
    names |= test.globs
    return "".join(lines)


def commands(text: str) -> list[Command]:
    """The commands of the package that the console blocks show, in their order."""
    result: list[Command] = []
    for block in blocks(text, "console"):
        for part in re.split(rf"^{re.escape(PROMPT)}", block, flags=re.MULTILINE)[1:]:
            line, *output = part.rstrip("\n").split("\n")
            result.append(Command(line, tuple(output)))
    return [command for command in result if command.line.startswith(COMMAND)]


def output_of(command: Command, folder: Path) -> list[str]:
    """The lines that a command writes, run in a folder."""
    words = shlex.split(command.line, comments=True)
    done = subprocess.run(
        [sys.executable, *words[1:]],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
        check=False,
    )
    return done.stdout.splitlines()


def matches(shown: tuple[str, ...], output: list[str]) -> bool:
    """Whether the lines given are those shown, line by line, `…` standing for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() in WILDCARD else re.escape(line.rstrip()) + r" *\n"
        for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in output)) is not None
