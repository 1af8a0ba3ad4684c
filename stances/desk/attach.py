"""What the desk knows of a new source: an address is fetched and read, or a text is pasted."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from stances.dataset import schema
from stances.dataset.faults import BadInput, inline
from stances.dataset.schema import Row
from stances.dataset.toml import FORMS

# What fetches and reads; -P: the modules of this room are none of its own.
READER = [sys.executable, "-P", str(Path(__file__).with_name("reader.py"))]
# For all of it. The slowest page of 5 MB that was tried took six to be read.
SECONDS = 10
_COLUMNS = ("url", "publisher", "title", "published", "language")
_MOST_CHARACTERS = 300
# What is of a host, not of one of its pages.
_OF_HOST = ["publisher", "tier"]
_HEAD_LINE = re.compile(rf"({'|'.join(_COLUMNS)}): *(.+)", re.IGNORECASE)


def read_address(url: str) -> Row:
    """Return what the page of an address says, as `read_text` does; `url` is that which it led to.
    Raises BadInput, in one line, where it cannot be had or read.
    """
    place = inline(url)
    form = FORMS["address"]
    if not (url.isprintable() and form.fits(url)):
        raise BadInput(f"must be {form.words}", place)
    if find_spec("trafilatura") is None:
        raise BadInput("reading an address needs trafilatura: pip install 'stances[desk]'")

    try:
        reader = subprocess.run(
            [*READER, url],
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        message = f"was not read in {SECONDS} seconds; paste its text"
        raise BadInput(message, place) from None
    except subprocess.CalledProcessError:
        raise BadInput("cannot be read; paste its text", place) from None

    page = json.loads(reader.stdout)
    if "refused" in page:
        raise BadInput(f"cannot be read: {inline(page['refused'])}", place)
    return _cells(page)


def read_text(text: str) -> Row:
    """Return what a pasted text says of a source: its cells `url`, `publisher`, `title`,
    `published` and `language`, empty where not known, and `text`. Raises BadInput where it is
    empty.

    Lines at the top may name them, as in `Published: 2019-03-04`; else the first line is the title.
    """
    lines = text.strip().splitlines()
    named = {}
    while lines and (head_line := _HEAD_LINE.fullmatch(lines[0])):
        column, cell = head_line.groups()
        named[column.lower()] = cell
        del lines[0]

    body = "\n".join(lines)
    return _cells({**named, "text": body})


def usual_cells(sources: pd.DataFrame, url: str) -> Row:
    """Return what most of the sources that have the host of an address say of it: its publisher and
    its kind of page; empty: none has.
    """
    hosts = sources["url"].map(_host)
    of_host = sources.loc[hosts == _host(url), _OF_HOST]
    if not url or of_host.empty:
        return {}
    # In the first row of modes stands the most frequent of each.
    most_frequent = of_host.mode().iloc[0]
    return {column: most_frequent[column] for column in _OF_HOST}


def _host(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.")


def _cells(page: Mapping[str, Any]) -> Row:
    """Return what a page says (null: it does not) in cells that the table can have, else empty."""
    text = (page["text"] or "").strip()
    if not text:
        raise BadInput("there is no text that can be read; paste it")
    first_line, _, _ = text.partition("\n")
    usual = {"title": first_line}
    columns = {column.name: column for column in schema.tables()["sources"].columns}
    cells = {"text": text}
    for name in _COLUMNS:
        words = page.get(name) or usual.get(name, "")
        # Titles have soft hyphens, which no cell may have.
        letters = filter(str.isprintable, " ".join(words.split()))
        cell = "".join(letters)[:_MOST_CHARACTERS]
        fault = schema.cell_fault(columns[name], cell, date.today())
        cells[name] = "" if fault else cell
    return cells
