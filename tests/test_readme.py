"""README.md shows what the program gives, and nothing that it does not."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import stances
from tests.folders import REAL, ROOT, SIX
from tests.readme import commands, doctests, failed_doctest, matches, output_of

_FILE = REAL.with_name("README.md")
README = _FILE.read_text(encoding="utf-8") if _FILE.exists() else ""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the examples need, so that what they write does no harm."""
    left_out = shutil.ignore_patterns("__pycache__", "releases")
    for part in (ROOT / "stances", REAL):
        shutil.copytree(part, tmp_path / part.name, ignore=left_out)
    return tmp_path


def test_the_python_that_is_shown_gives_what_is_shown(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    # The package is that of the checkout under test, the data that of the README.
    monkeypatch.setenv("STANCES_DATA", REAL.name)
    shown = doctests(README)
    assert shown, "README.md shows no Python example"
    names: dict[str, Any] = {}
    failed = [failed_doctest(block, f"README block {n}", names) for n, block in enumerate(shown, 1)]
    assert not any(failed), "".join(failed)


@pytest.mark.slow
def test_the_commands_that_are_shown_write_what_is_shown(checkout: Path) -> None:
    shown = commands(README)
    assert {command.line.split()[3] for command in shown} >= {
        "check",
        "snapshot",
        "picture",
        "brief",
    }
    for command in shown:
        output = output_of(command, checkout)
        assert matches(command.output, output), "\n".join([f"$ {command.line}", *output])


def test_every_address_is_named_and_no_other() -> None:
    endpoints = pytest.importorskip("stances.routes.endpoints")
    there = {path for each in endpoints.ENDPOINTS for path, *_ in each.examples}
    kinds = [f".{ending}" for ending in (*endpoints.TABLE_KINDS, "json")]
    shown = re.findall(
        r"`(/[^`?]*)`", README.partition("## What can be had")[2].partition("## ")[0]
    )
    every = {".*": kinds, ".{form}": [".png", ".svg", ".txt"]}
    named = set()
    for address in shown:
        plain = address.replace("latest", "{date}").replace("{name}", "{table}")
        [(end, forms)] = [each for each in every.items() if plain.endswith(each[0])] or [("", [""])]
        pages = [page or "map" for page in endpoints.REGISTER] if "{page}" in plain else [""]
        named |= {
            plain.removesuffix(end).replace("{page}", page) + form
            for page in pages
            for form in forms
        }
    assert there - {"/tables/codebook.toml", "/tables/about.toml"} <= named
    assert named - there <= {"/healthz", "/readyz", "/openapi.json", "/tables"}


def test_what_is_asked_in_python_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCES_DATA", str(SIX))
    table = README.partition("## What can be had")[2].partition("## ")[0]
    statements = re.findall(r"`((?:data|stances)\.[^`]*)`", table)
    data = stances.load()
    known = {"data": data, "stances": stances, "date": data.day("2020-08-19")}
    known |= {"from_": "2019-12-31", "to": "2020-12-31"}
    assert len(statements) > 10
    for statement in statements:
        if "load(" in statement:
            # The releases that are named are those of the product.
            monkeypatch.setenv("STANCES_DATA", str(REAL))
        of_six = statement.replace('"EU"', '"Pact"').replace('"POL"', '"ARC"')
        assert eval(of_six.replace('"networks"', '"roads"'), known) is not None, statement


# -- the runner itself --------------------------------------------------------------------------

EXAMPLE = """Text.

```python
>>> 1 + 1
2
```

```python
no_example = 1
```

```console
$ python -m stances check
one
…
three
$ echo no
$ python -m stances snapshot --as-of 2019-03-04
$ python -m stances check --data nowhere
nowhere: the folder is missing
```
"""


def test_only_blocks_that_show_something_are_taken() -> None:
    assert doctests(EXAMPLE) == [">>> 1 + 1\n2\n"]
    assert [(c.line[18:], c.output) for c in commands(EXAMPLE)] == [
        ("check", ("one", "…", "three")),
        ("snapshot --as-of 2019-03-04", ()),
        ("check --data nowhere", ("nowhere: the folder is missing",)),
    ]


@pytest.mark.parametrize(
    ("shown", "output", "same"),
    [
        ("one|…|three", "one|two|2.5|three", True), ("one|…|three", "one|three", True),
        ("one|…", "one", True), ("one", "one|two", False), ("one|two", "one", False),
        ("", "one", False), ("o.e", "one", False), ("one|…|three", "one|two", False),
        ("one…", "one two", False),
    ],
)  # fmt: skip
def test_output_is_compared_line_by_line(shown: str, output: str, same: bool) -> None:
    lines = tuple(line for line in shown.split("|") if line)
    assert matches(lines, output.split("|")) is same


def test_a_wrong_example_is_found() -> None:
    names: dict[str, Any] = {}
    assert failed_doctest(">>> one = 1\n>>> one + 1\n2\n", "right", names) == ""
    assert "Expected:\n    3" in failed_doctest(">>> one + 1\n3\n", "wrong", names)
    assert "NameError" in failed_doctest(">>> two\n2\n", "unknown", names)


def test_a_command_is_run_with_the_python_of_the_tests(checkout: Path) -> None:
    [command] = [c for c in commands(EXAMPLE) if "nowhere" in c.line]
    assert output_of(command, checkout)[0] == command.output[0]
    assert not (checkout / "nowhere").exists()
    assert os.environ.get("STANCES_DATA") is None


def test_it_says_where_every_folder_of_the_code_is() -> None:
    text = README.partition("## Where things are")[2]
    folders = {path.parent.name for path in (ROOT / "stances").glob("*/__init__.py")}
    assert folders
    assert {name for name in folders if f"`stances/{name}/`" not in text} == set()
