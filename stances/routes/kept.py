"""Answers that are kept: finished bytes by their address, as long as the dataset is the same."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache

from starlette.types import Scope

from stances.dataset.store import Store
from stances.dataset.tables import Dataset
from stances.routes.answers import METHODS, Answer
from stances.routes.hosts import asked_origin

# The largest answer has some 1.5 MB, compressed as it is held.
MOST_BYTES = 32_000_000

# Path and query, and for what names itself the host: no answer depends on anything else.
_Address = tuple[str, bytes, str]
_PICTURES = "/pictures/"


class Kept:
    """The answers of one dataset, the longest unused thrown out where they take too much room.

    For the event loop only: it is not safe to share between threads.
    """

    def __init__(self, store: Store, most_bytes: int = MOST_BYTES) -> None:
        self._store = store
        self._most = most_bytes
        self._data: Dataset | None = None
        self._answers: OrderedDict[_Address, Answer] = OrderedDict()
        self._bytes = 0

    def get(self, scope: Scope) -> Answer | None:
        """The answer to a request, if it was kept, and nobody need look for newer data first."""
        holding = self._store.fresh()
        if scope["method"] not in METHODS or holding is None:
            return None
        if self._data is None or self._data is not holding.data:
            return None
        address = address_of(scope)
        answer = self._answers.get(address)
        if answer is not None:
            self._answers.move_to_end(address)
        return answer

    def put(self, scope: Scope, data: Dataset, answer: Answer) -> None:
        """Keep the answer that `data` gives to a request."""
        if data is not self._data:
            self._data, self._bytes = data, 0
            self._answers.clear()
        self._drop(address_of(scope))
        self._answers[address_of(scope)] = answer
        self._bytes += len(answer.body.held)
        while self._bytes > self._most:
            self._drop(next(iter(self._answers)))

    def _drop(self, address: _Address) -> None:
        answer = self._answers.pop(address, None)
        self._bytes -= len(answer.body.held) if answer else 0


@lru_cache(maxsize=4)
def kept_of(store: Store) -> Kept:
    """The one that all routes over a store share."""
    return Kept(store)


def address_of(scope: Scope) -> _Address:
    """What tells a request for data from another. Whoever asks first for a feed or a picture, which
    name their address, may name any host, and must be the only one to be answered so.
    """
    path = scope["path"]
    names_itself = path.endswith(".atom") or _PICTURES in path
    return path, scope["query_string"], asked_origin(scope) if names_itself else ""
