"""The first schema, 1.0: what its codebook left to the code, which every later one says itself."""

from collections.abc import Mapping
from typing import Any

# The tier of sources that nobody has classed.
UNCLASSED = "unknown"
# What later codebooks name: who can be an actor, who coded, which kinds of page there are.
_TERMS: Mapping[str, Mapping[str, Any]] = {
    "kinds": {
        "state": {"label": "State", "takes_position": True},
        "eu_institution": {"label": "EU institution", "takes_position": True},
        "company": {"label": "Company", "takes_position": False},
    },
    "coders": {
        "first": "First coding, while the event was researched",
        "A": "Coder A, blind",
        "B": "Coder B, blind",
        "review": "Review",
    },
    "tiers": {UNCLASSED: "Not classed"},
}
# The levels from which on a label restricts the subject, or is open to it.
_SCALE: Mapping[str, Any] = {"restricting": -2, "open": 1}
# The register of acts came after it.
REGISTER = "acts"


def is_first(book: Mapping[str, Any]) -> bool:
    """Say whether a codebook is of the first schema: it has none of the tables that came next."""
    return not {*_TERMS, REGISTER} & book.keys()


def complete_book(book: Mapping[str, Any]) -> dict[str, Any]:
    """Return a codebook of the first schema with the terms that the code had then."""
    scale = book.get("scale")
    whole = {"scale": {**_SCALE, **scale}} if isinstance(scale, dict) else {}
    return {**book, **_TERMS, **whole}
