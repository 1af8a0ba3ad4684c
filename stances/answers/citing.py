"""Citations of figures, and the line that tells where a chart is from."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from stances import words
from stances.answers.acts import act_on
from stances.answers.files import snapshot_name
from stances.answers.firm import reserve_words
from stances.answers.introduction import data_to
from stances.answers.steps import act_sentence
from stances.answers.tracker import Tracker
from stances.dataset.days import day_at_start
from stances.dataset.first_schema import REGISTER
from stances.dataset.tables import Dataset
from stances.dataset.writing import TABLE_ENDING
from stances.model.register import PRACTICE_COLUMNS


def source_line(data: Dataset, own_settings: Sequence[str] = ()) -> str:
    """Say where a chart is from, how far its data reaches, and under which licence it may be used.

    `own_settings`: how the settings differ from the published ones, in words.
    """
    licence = data.about.licence
    parts = [data.about.title, f"dataset {data.version}{_issue_note(data)}", _reach(data)]
    parts += [f"licence {licence.name}"] if licence else []
    if own_settings:
        parts.append(f"not as published but with own settings ({words.listing(own_settings)})")
    lacking = _lacking(data) if data.release else ""
    return f"Source: {', '.join(parts)}. {lacking}".rstrip()


def release_words(data: Dataset) -> str:
    """Say that figures are of a release, and what it has no record of; empty: they are of today."""
    if not data.release:
        return ""
    text = f"As published in release {data.release} on {_released_on(data)}"
    return f"{text}; the figures of today may differ. {_lacking(data)}".rstrip()


def _issue_note(data: Dataset) -> str:
    """Say behind the version on which day it was published, where it is not that of today."""
    return f" as published on {_released_on(data)}" if data.release else ""


def _released_on(data: Dataset) -> str:
    return words.day(day_at_start(data.release))


def _lacking(data: Dataset) -> str:
    """Say which table or column a release came before, where its silence reads as a no."""
    register = data.files.get(f"{REGISTER}{TABLE_ENDING}")
    if register is None:
        return "It has no register of rules: that none is named or known does not say none was."
    if PRACTICE_COLUMNS[0] in register.partition(b"\n")[0].decode().split(","):
        return ""
    return "It does not record whether rules were used: that none is known does not say none was."


def _reach(data: Dataset) -> str:
    return words.within(data_to(data))


def quotation(tracker: Tracker, sentence: str, source: Any, backs: str = "") -> str:
    """Return a sentence with what it rests on, to be pasted into a text, and that its figures are
    not the published ones where they are not. `source`: of the sentence, with publisher, title,
    published and url; None: it has none, the dataset is named alone;
    `backs`: the name of what in the sentence it is the source of, empty: of all of it.
    """
    site = dataset_words(tracker)
    if source is None:
        return f"{sentence} ({site}.)"
    published = f", {words.day(words.partial_date(source.published))}" if source.published else ""
    # In brackets stands a description, where the headline was not seen: it is not quoted.
    title = source.title if source.title.startswith("[") else f"\u201c{source.title}\u201d"
    origin = f"{source.publisher}, {title}{published}, {source.url}"
    of = f" for {words.quote(backs)}" if backs else ""
    return f"{sentence} (Source{of}: {words.on_one_line(origin)}; {site}.)"


def dataset_words(tracker: Tracker) -> str:
    """Return the dataset as what is copied names it, with the day of access, and that its figures
    are not the published ones where they are not.
    """
    data = tracker.data
    licence = f", {data.about.licence.name}" if data.about.licence else ""
    site = f"{data.about.title}, dataset {data.version}{_issue_note(data)}, {_reach(data)}{licence}"
    site += f", accessed {words.day(data.today)}"
    site += own_settings_note(tracker.own_settings)
    lacking = [_lacking(data)] if data.release else []
    notes = filter(None, [*lacking, *tracker.basis_note])
    return site + "".join(f"; {words.within(note).rstrip('.')}" for note in notes)


def event_quotation(tracker: Tracker, event_id: str) -> str:
    """Tell an event to be pasted: who, when, what, if it rests on little, and its best source."""
    event = tracker.events[event_id]
    who = words.sentence_start(tracker.sentence_names[event.actor])
    day, what = words.day(tracker.dates[event_id]), event.title.removesuffix(".")
    text = f"{who}, {day}: {what}."
    if reserve := reserve_words(tracker, event_id):
        text += f" {words.sentence_start(reserve)}."
    return quotation(tracker, text, tracker.best_source(event_id))


def act_quotation(tracker: Tracker, act_id: str, day: date) -> str:
    """Return an act as it stands on a day, to be pasted into a text, with its strongest source."""
    sentence = act_sentence(tracker, act_on(tracker.data, day, act_id), day)
    return quotation(tracker, sentence, tracker.act_sources[act_id][0])


def citation_file(data: Dataset) -> bytes:
    """Return the dataset's citation as `CITATION.cff` (1.2.0), which forges of code show."""
    about = data.about
    fields: dict[str, Any] = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": "To cite figures, take the citation of their day from the page Data.",
        "title": about.title,
        "abstract": about.description,
        "authors": [{"name": name} for name in about.authors],
        "keywords": [*about.keywords],
        "version": data.version,
        "date-released": str(data.recorded),
        "license": about.licence.name if about.licence else "",
    }
    # JSON is YAML, in which a text of the data cannot be taken for anything else.
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in fields.items()
        if value not in ("", [])
    ]
    return "".join(lines).encode()


class CitationFormat(NamedTuple):
    """A citation as programs take it: what it is called, its text, and that of its file."""

    label: str
    content: str
    ending: str
    mime: str

    @property
    def text(self) -> str:
        """The text without the line ends that only a file needs."""
        return self.content.replace("\r\n", "\n").rstrip("\n")

    @property
    def button_text(self) -> str:
        """Return the text of the button that downloads it."""
        return f"Download {self.label}"


@dataclass(frozen=True)
class Citation:
    """A citation of the stance table of a day, or of `what` else was taken. `accessed`: the day of
    access, None where it is not said; `own_settings`: how the settings of its figures differ from
    the published ones, in words; `address`: of the figures, empty where it is not known.
    """

    data: Dataset
    day: date
    accessed: date | None = None
    own_settings: Sequence[str] = ()
    what: str = ""
    address: str = ""

    @property
    def title(self) -> str:
        """Return the title of what is cited."""
        taken = self.what or f"stance table of {self.day}"
        return f"{self.data.about.title}, {taken}{own_settings_note(self.own_settings)}"

    @property
    def line(self) -> str:
        """The citation in one line."""
        about = self.data.about
        parts = [
            ", ".join(about.authors),
            self.title,
            f"Dataset {self.data.version}",
            self._licence,
            self._access_note,
        ]
        return ". ".join(filter(None, parts)) + "."

    @property
    def formats(self) -> tuple[CitationFormat, CitationFormat]:
        """The citation in the forms that programs read."""
        return (
            CitationFormat("BibTeX", self.bibtex, "bib", "application/x-bibtex"),
            CitationFormat("RIS", self.ris, "ris", "application/x-research-info-systems"),
        )

    @property
    def bibtex(self) -> str:
        """The citation as an entry for BibTeX."""
        data = self.data
        fields = {
            # An author in braces is one name, whatever words it has.
            "author": " and ".join(f"{{{_for_bibtex(name)}}}" for name in data.about.authors),
            "title": f"{{{_for_bibtex(self.title)}}}",
            "year": str(data.recorded.year),
            "month": str(data.recorded.month),
            # Every style prints these two, few know fields for a version or a day of access.
            "howpublished": _for_bibtex(f"Dataset {data.version}"),
            "note": _for_bibtex(". ".join(filter(None, [self._licence, self._access_note]))),
            "version": _for_bibtex(data.version),
            # Percent signs and underlines of an address mean nothing to it, braces do.
            "url": re.sub(r"[{}\\\s]", "", self.address),
            "urldate": str(self.accessed or ""),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        key = snapshot_name(data, self.day, own_settings=bool(self.own_settings))
        return "\n".join([f"@misc{{{key},", *lines, "}", ""])

    @property
    def ris(self) -> str:
        """The citation as a record in RIS."""
        data = self.data
        fields = [
            ("TY", "DATA"),
            *(("AU", name) for name in data.about.authors),
            ("TI", self.title),
            ("PY", str(data.recorded.year)),
            ("DA", f"{data.recorded:%Y/%m/%d}"),
            ("ET", data.version),
            *([("N1", f"Licence {self._licence}")] if self._licence else []),
            *([("UR", self.address)] if self.address else []),
            *([("Y2", f"{self.accessed:%Y/%m/%d}")] if self.accessed else []),
            ("ER", ""),
        ]
        # The format asks for CRLF, and two spaces around a hyphen as here.
        return "".join(f"{tag}  - {words.on_one_line(value)}\r\n" for tag, value in fields)

    @property
    def _licence(self) -> str:
        licence = self.data.about.licence
        return licence.name if licence else ""

    @property
    def _access_note(self) -> str:
        return f"Accessed {self.accessed}" if self.accessed else ""


def own_settings_note(own_settings: Sequence[str]) -> str:
    """Return what a title says of figures that nobody finds under the published settings."""
    if not own_settings:
        return ""
    return f", not as published but with own settings ({'; '.join(own_settings)})"


# What has a meaning to BibTeX, and what stands for it in a text.
_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash ",
        "~": r"\textasciitilde ",
        "^": r"\textasciicircum ",
        **{sign: f"\\{sign}" for sign in "{}&%$#_"},
    }
)


def _for_bibtex(text: str) -> str:
    return words.on_one_line(text).translate(_BIBTEX)
