"""Answers that are kept: finished bytes by their address, as long as the dataset is the same."""

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Generic, TypeVar

from starlette.types import Scope

from stances.dataset.store import Store
from stances.dataset.tables import Dataset
from stances.routes.answers import METHODS, Answer
from stances.routes.hosts import request_origin

# The largest answer has some 1.5 MB, compressed as it is held.
MOST_BYTES = 32_000_000
# What Python takes for a place in an ordered mapping with what stands there, for the objects of an
# answer, and for a header: two strings of bytes and their pair.
_PLACE, _ANSWER, _HEADER = 400, 1_300, 130

# Path and query, and for what names itself the host: no answer depends on anything else.
_Address = tuple[str, bytes, str]
# What lies in these names its address, as feeds, calendars, news and what is quoted do.
_NAMING = ("/pictures/", "/briefs/")
_NAMING_ENDS = (".atom", ".ics", ".txt", "/changes.json", "/letter.html")


Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Bounded(Generic[Key, Value]):
    """Things by their keys, the longest unused thrown out where all take too many bytes.

    `size`: of a thing in bytes; to it comes what its key takes, and the place of both. For the
    event loop only: it is not safe to share between threads.
    """

    def __init__(self, most_bytes: int, size: Callable[[Value], int]) -> None:
        self._most, self._size = most_bytes, size
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self.bytes = 0

    def get(self, key: Key) -> Value | None:
        """Return what is held under a key."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: Key, value: Value) -> None:
        """Hold a thing, unless it is too large by itself."""
        self._drop(key)
        self._values[key] = value
        self.bytes += self._entry_size(key, value)
        while self.bytes > self._most:
            self._drop(next(iter(self._values)))

    def clear(self) -> None:
        """Hold nothing."""
        self._values.clear()
        self.bytes = 0

    def _drop(self, key: Key) -> None:
        value = self._values.pop(key, None)
        self.bytes -= 0 if value is None else self._entry_size(key, value)

    def _entry_size(self, key: Key, value: Value) -> int:
        return self._size(value) + key_bytes(key) + _PLACE


def key_bytes(key: Hashable) -> int:
    """Return the bytes that a key takes, of a tuple with all that is in it."""
    inside = sum(map(key_bytes, key)) if isinstance(key, tuple) else 0
    return sys.getsizeof(key) + inside


class AnswerCache:
    """The answers of one dataset, the longest unused thrown out where they take too much room."""

    def __init__(self, store: Store, most_bytes: int = MOST_BYTES) -> None:
        self._store = store
        self._data: Dataset | None = None
        self._answers: Bounded[_Address, Answer] = Bounded(most_bytes, held_bytes)

    def get(self, scope: Scope) -> Answer | None:
        """Return the answer to a request, if it was kept, and nobody need look for newer data
        first.
        """
        state = self._store.fresh()
        if scope["method"] not in METHODS or state is None:
            return None
        if self._data is None or self._data is not state.data:
            return None
        return self._answers.get(address_of(scope))

    def put(self, scope: Scope, data: Dataset, answer: Answer) -> None:
        """Keep the answer that `data` gives to a request."""
        if data is not self._data:
            self._data = data
            self._answers.clear()
        self._answers.put(address_of(scope), answer)


def held_bytes(answer: Answer) -> int:
    """Return the bytes that an answer takes: its body, and its headers in each form."""
    return (
        _ANSWER
        + len(answer.body.content)
        + sum(
            len(name) + len(value) + _HEADER
            for form in answer.forms
            for headers in (form.fresh, form.known)
            for name, value in headers
        )
    )


@lru_cache(maxsize=4)
def cache_of(store: Store) -> AnswerCache:
    """Return the one that all routes over a store share."""
    return AnswerCache(store)


def address_of(scope: Scope) -> _Address:
    """Return what tells a request for data from another. Whoever asks first for a feed, a calendar,
    a picture or a brief, which name their address, may name any host, and must be the only one to
    be answered so.
    """
    path = scope["path"]
    names_itself = path.endswith(_NAMING_ENDS) or any(folder in path for folder in _NAMING)
    return path, scope["query_string"], request_origin(scope) if names_itself else ""
