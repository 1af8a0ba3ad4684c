"""Wording in files beside the tests: what is said in each case, read as text, renewed by a flag."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import unified_diff
from functools import cache
from pathlib import Path

import pytest

from stances import words

Said = str | Iterable[str]
NOTHING = "(nothing)"
_HEAD = re.compile(r"^\[(test_\w+)\]\n", re.MULTILINE)
# A version is a hash of the tables: as it stands it would renew every file with any of them.
_VERSION = re.compile(r"\b\d{4}-\d{2}-\d{2}-[0-9a-f]{8}\b")


class Golden:
    """The part of one test in the file of its module: `golden/members.txt` beside
    `test_members.py`, a part for each test that takes `golden`, a sentence under each case.
    """

    def __init__(self, module: Path, test: str, renew: bool = False) -> None:
        self.module, self.test, self.renew = module, test, renew
        name = f"{module.stem.removeprefix('test_')}.txt"
        self.path = module.parent / "golden" / name

    def __call__(self, cases: Mapping[str, Said]) -> None:
        """Hold all that the test says, by the name of the case, against the file."""
        content = self.path.read_bytes().decode() if self.path.exists() else ""
        _, *split = _HEAD.split(content)
        parts = dict(zip(split[::2], split[1::2], strict=True))
        parts = {name: part.rstrip("\n") + "\n" for name, part in parts.items()}
        parts[self.test] = _part(cases)
        # Parts of tests that are no more fall away, so that a file with one does not pass.
        tests = [name for name in golden_tests(self.module) if name in parts]
        text = "\n".join(f"[{name}]\n{parts[name]}" for name in tests)
        if self.renew:
            _refuse_today(text)
            self.path.parent.mkdir(exist_ok=True)
            self.path.write_bytes(text.encode())
        elif content != text:
            changed = "\n".join(unified_diff(content.split("\n"), text.split("\n"), lineterm=""))
            pytest.fail(
                f"{self.path} says otherwise (--renew writes it):\n{changed}", pytrace=False
            )


def _refuse_today(text: str) -> None:
    """Keep the real day out of what is still read tomorrow."""
    today = date.today()
    for named in (str(today), words.day(today)):
        if named in text:
            pytest.fail(f"{named} is today: a case must say a day of its own", pytrace=False)


def _part(cases: Mapping[str, Said]) -> str:
    """The cases as lines: the name of each, what is said below it."""
    lines = []
    for case, content in cases.items():
        texts = [content] if isinstance(content, str) else [*content] or [""]
        lines += [
            case,
            *(f"    {line}" for text in texts for line in (text or NOTHING).split("\n")),
        ]
    return _VERSION.sub("VERSION", "".join(f"{line}\n" for line in lines))


@cache
def golden_tests(module: Path) -> list[str]:
    """The tests of a module that take `golden`, in their order."""
    return [
        each.name
        for each in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(each, ast.FunctionDef)
        and each.name.startswith("test_")
        and "golden" in {argument.arg for argument in each.args.args}
    ]
