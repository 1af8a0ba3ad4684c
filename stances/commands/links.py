"""`links`: ask whether the pages of sources still answer, and for copies of those that do not.

For the machine of who edits the data: nothing that is served asks any host.
"""

import json
import math
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

import pandas as pd

from stances.dataset.load import load
from stances.dataset.write import Change

TEXT = "ask whether the pages of sources still answer"
# Where the public archive says which copy it has: https://archive.org/help/wayback_api.php
ARCHIVE = "https://archive.org/wayback/available"
# Seconds between two requests to a host, and until a request is given up.
PAUSE = 1.0
_PATIENCE = 10.0
_HOSTS_AT_ONCE = 8
_HEADERS = {"User-Agent": "stances-links/1 (checks the sources of a dataset, a page a second)"}
_ADDRESS_SIGNS = ":/?#[]@!$&'()*+,;=%~"
# Statuses of a page that is no longer there.
_GONE = (404, 410)
# What is dead: of these answers a copy is looked for.
_DEAD = ("missing", "nothing")
# What a request can raise: no connection, no HTTP, no address.
_FAILURES = (OSError, HTTPException, ValueError)


def options(parser: ArgumentParser) -> None:
    """Take which part of the sources, and whether to write."""
    text = "part of the sources, those first that nobody asked for the longest (default: 1, all)"
    parser.add_argument("--share", default=1.0, type=_share, metavar="PART", help=text)
    text = "write checked_on, answered and archived into sources.csv"
    parser.add_argument("--write", action="store_true", help=text)


def _share(text: str) -> float:
    """Return the fraction that a text names. Raises ValueError, which argparse tells as a fault."""
    share = float(text)
    if not 0 < share <= 1:
        raise ArgumentTypeError(f"{text} is not above 0 and up to 1")
    return share


def run(arguments: Namespace) -> int:
    """Ask for each source of a share, say what came, and with `--write` put it into the table."""
    data = load(arguments.data)
    sources = share_of(data.sources, arguments.share).set_index("source_id")
    addresses = dict(sources["url"])
    published = dict(sources["published"])
    answers = answers_of(addresses)

    # Only of those for which one was found.
    copies = {}
    for source_id, answer in answers.items():
        if answer == "page":
            continue
        line = f"{source_id}: {answer}, {addresses[source_id]}"
        copy = ""
        if answer in _DEAD:
            copy = archived_copy(addresses[source_id], published[source_id])
        if copy:
            copies[source_id] = copy
            line += f", archived at {copy}"
        print(line)
    for answer, count in Counter(answers.values()).most_common():
        print(f"{answer:10} {count:6,}")

    if not arguments.write:
        print("nothing was written")
        return 0
    change = Change(data)
    rows = change.rows["sources"]
    for index, row in enumerate(rows):
        source_id = row["source_id"]
        if source_id in answers:
            # A new row: the old one is the dataset's too.
            rows[index] = row | {
                "checked_on": change.today,
                "answered": answers[source_id],
                "archived": copies.get(source_id, row["archived"]),
            }
    after = change.judged()
    change.write()
    print(f"written, version {after.version}")
    return 0


def share_of(sources: pd.DataFrame, share: float) -> pd.DataFrame:
    """Return so great a part of the sources: never checked, then the longest ago. Of one day their
    order is fixed and mixes hosts, so that ten runs of a tenth that write cover all.
    """
    ranks = [sha256(source_id.encode()).hexdigest() for source_id in sources["source_id"]]
    ranked = sources.assign(rank=ranks)
    ranked = ranked.sort_values(["checked_on", "rank"], na_position="first")

    # Of 0.1 times 30 a computer makes 3.0000000000000004.
    part = round(share * len(sources), 6)
    return ranked.head(math.ceil(part))


def answers_of(addresses: Mapping[str, str]) -> dict[str, str]:
    """Return what came of each address, as `answered` of sources.csv has it, by source; hosts are
    asked side by side, each of them a page at a time.
    """
    hosts = defaultdict(list)
    for source_id, url in addresses.items():
        hosts[urlsplit(url).hostname].append(source_id)

    def ask_host(source_ids: Iterable[str]) -> dict[str, str]:
        return {source_id: answer_of(addresses[source_id]) for source_id in source_ids}

    answers = {}
    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        for host_answers in pool.map(ask_host, hosts.values()):
            answers.update(host_answers)
    return {source_id: answers[source_id] for source_id in addresses}


def answer_of(url: str) -> str:
    """Return what comes of an address: page, missing, refused, error or nothing."""
    status = _status(url, "HEAD")
    # Many servers refuse the one that asks for no text, and answer the other.
    if status == 0 or status >= 400:
        status = _status(url, "GET")
    if status == 0:
        return "nothing"
    if status in _GONE:
        return "missing"
    if status >= 500:
        return "error"
    return "refused" if status >= 400 else "page"


def _status(url: str, method: str) -> int:
    """Return the status of the answer to a request, after redirects; 0: none came."""
    try:
        with _asked(quote(url, safe=_ADDRESS_SIGNS), method) as response:
            return int(response.status)
    # What is no success comes so.
    except HTTPError as error:
        return error.code
    except _FAILURES:
        return 0


def _asked(url: str, method: str) -> Any:
    """Return the answer to a request, after a pause. Raises one of `_FAILURES`."""
    time.sleep(PAUSE)
    request = Request(url, headers=_HEADERS, method=method)
    return urlopen(request, timeout=_PATIENCE)


def archived_copy(url: str, published: str = "") -> str:
    """Return the address of the copy that the public archive has from nearest to the day on which a
    page was published, a day, month or year; empty: it has none, or does not say.
    """
    query = {"url": url, "timestamp": published.replace("-", "")}
    try:
        with _asked(f"{ARCHIVE}?{urlencode(query)}", "GET") as response:
            content = json.load(response)
        address = str(content["archived_snapshots"]["closest"]["url"])
    except (*_FAILURES, LookupError, TypeError):
        return ""
    # The archive writes http, and answers by https.
    return address.replace("http://web.archive.org/", "https://web.archive.org/", 1)
