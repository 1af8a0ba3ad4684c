"""The words of a brief of a test, read from its bytes as a reader of PDF does."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

from stances import Dataset
from stances.pages.briefs.request import brief_request
from stances.render.brief import brief_pdf
from stances.words import on_one_line

SITE = "https://stances.example.org"


def brief_of(data: Dataset, code: str, site: str = SITE, **query: str) -> bytes:
    """The bytes of a brief; `from_` is the parameter `from`."""
    texts = {name.rstrip("_"): text for name, text in query.items()}
    return brief_pdf(brief_request(data, code, texts, site))


def page_count(brief: bytes) -> int:
    """Return the number of its pages, which is known at once: to read what they say takes long."""
    return len(PdfReader(io.BytesIO(brief)).pages)


def pages(brief: bytes) -> list[str]:
    """The text of each page, without blanks: lines end where there was no more room."""
    return [bare(page.extract_text()) for page in PdfReader(io.BytesIO(brief)).pages]


def bare(text: str) -> str:
    """A text without blanks, to be looked for in a page, and without what no page shows."""
    return "".join(on_one_line(text).split()).replace("\u200b", "")


def root_of(brief: bytes) -> Any:
    """Return the part that says how the whole is to be read."""
    return PdfReader(io.BytesIO(brief)).trailer["/Root"]


def links(brief: bytes) -> set[str]:
    """Where its links lead."""
    result = [
        note.get_object()
        for page in PdfReader(io.BytesIO(brief)).pages
        for note in page.get("/Annots", [])
    ]
    return {str(note["/A"]["/URI"]) for note in result if "/A" in note}
