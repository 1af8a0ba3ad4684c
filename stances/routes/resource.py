"""A table over HTTP, declared once: route, formats, refusals and description follow from it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from stances.answers.export import FORMATS
from stances.dataset.codebook import MODEL_VERSION
from stances.dataset.faults import BadInput, did_you_mean, inline
from stances.dataset.load import Dataset
from stances.links import view
from stances.links.pages import FILES, Page
from stances.links.view import View
from stances.routes.pool import Answer, Handler, NotFound, Question
from stances.tables.col import Col

# A refusal names all that there is, if it is no more than this.
_MOST_NAMED = 20


@dataclass(frozen=True)
class Resource:
    """A table at `/{name}.csv`, and in the other `formats`. `make`: its rows for a view of its
    address; `columns`: of its rows; `stated`: parameters whose values JSON states beside the
    versions.
    """

    name: str
    make: Callable[[View], pd.DataFrame]
    columns: Sequence[Col]
    formats: tuple[str, ...] = tuple(FORMATS)
    stated: tuple[str, ...] = ()

    @property
    def page(self) -> Page:
        """Its entry in the register of files: what it is about, and its parameters."""
        return FILES[self.name]

    @property
    def paths(self) -> dict[str, str]:
        """The path of its address, by format."""
        # Snapshots alone have their day in the path.
        stem = "snapshots/{date}" if self.name == "snapshots" else self.name
        return {ending: f"/{stem}.{ending}" for ending in self.formats}

    def handler(self, ending: str) -> Handler:
        """Return what answers in a format, one of `formats`."""
        media, write = FORMATS[ending]

        def answer(data: Dataset, question: Question) -> Answer:
            query = dict(question.query)
            # First: a day is one of the release.
            data = view.of_release(data, query)
            if "date" in question.path:
                if "as_of" in query:
                    raise BadInput("the day stands in the path", "as_of")
                query["as_of"] = [day_of(data, question.path["date"])]
            file_view = view.take(data, self.page, query)

            about = versions(file_view.tracker.data)
            for parameter in self.stated:
                about[parameter] = file_view[parameter]
            rows = self.make(file_view)
            content = write(rows, self.columns, about)
            # A browser shows JSON, and saves the others.
            if ending == "json":
                return Answer(content, media)
            return Answer(content, media, file_name(file_view, self.name, ending))

        return answer


def day_of(data: Dataset, text: str) -> str:
    """Return the day that a path names, of which `latest` is the newest. Raises NotFound."""
    if text == "latest":
        return str(data.opening_day)
    try:
        return str(data.day(text))
    except BadInput as error:
        raise NotFound(f"{error}, or latest", "date") from None


def file_name(file_view: View, name: str, ending: str) -> str:
    """Return the name under which a browser saves a file: subject_snapshots_2026-07-02.csv."""
    subject = file_view.tracker.codebook.subject.lower()
    subject = re.sub(r"[^a-z0-9]+", "-", subject).strip("-")
    # None where the address takes no period.
    last_day = file_view["to"]
    if not last_day:
        last_day = file_view.day
    return f"{subject}_{name}_{last_day}.{ending}"


def versions(data: Dataset) -> dict[str, str | None]:
    """Return what every answer in JSON says of the figures in it, by key; `covered_to` is None
    where the data does not say up to which day sources were looked through.
    """
    covered_to = data.covered_to
    return {
        "dataset_version": data.version,
        "model_version": str(MODEL_VERSION),
        "covered_to": str(covered_to) if covered_to else None,
    }


def no_such(
    what: str, name: str, known: Sequence[str], parameter: str = "", listed: str = ""
) -> NotFound:
    """Return the refusal of a name in a path: with all that are `known`, or if these are many with
    the file in which they are `listed` (empty: none), and with the nearest.
    """
    hint = did_you_mean(name, known)
    choice = ""
    if 0 < len(known) <= _MOST_NAMED:
        choice = f"; there is: {', '.join(known)}"
    elif listed:
        choice = f"; {listed} lists all"
    return NotFound(f"no {what} {inline(name)}{choice}{hint}", parameter)
