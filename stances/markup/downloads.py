"""The downloads, in words and tables, as markup."""

from datetime import date

from stances import escapes, words
from stances.answers.tracker import Tracker
from stances.dataset.codebook import OVERALL
from stances.dataset.tables import Dataset
from stances.links.parameters import release_texts
from stances.links.view import path_with

# What the parts are called, and what can be taken from each.
SNAPSHOT, SERIES, TABLES = "Snapshot", "Series", "Tables"
METADATA, EVERYTHING = "Its metadata as JSON", "Everything as ZIP"
AS_CSV = {name: f"{name.capitalize()} as CSV" for name in ("events", "sources")}
OTHER_FORMATS = "Other formats"
BROWSE, BROWSED = "Browse a table", "The interactive version shows each table as a grid."
TABLE_KINDS = {"xlsx": "Excel workbook", "parquet": "Parquet"}
TABLES_NOTE = (
    "Every event with its scores and sources, as the figures are made from them. Cells that look "
    "like formulas are quoted; the ZIP has the originals."
)


def snapshot_text(day: date) -> str:
    """Return what the stance table of a day holds."""
    return (
        f"<p>The stance table of {words.day(day)}: one row per actor and domain, and one "
        f"<code>{OVERALL}</code> row per actor. Actors without a current position keep their rows, "
        "with an empty stance. The metadata beside it has the constants of the model and the "
        "checksum of the table.</p>"
    )


def all_domains(tracker: Tracker, domain: str) -> str:
    """Return that a snapshot is not narrowed to the domain that is shown; empty: there is none."""
    if domain == OVERALL:
        return ""
    label = tracker.codebook.domain_label(domain)
    return f"The snapshot has all domains; for {label} take the rows {domain}."


def series_html(tracker: Tracker) -> str:
    """Return the way to the series, as published: too large to be made within a page."""
    kinds = {"csv": "CSV", **TABLE_KINDS}
    links = (download_link(tracker.data, f"series.{kind}", name) for kind, name in kinds.items())
    years = f"{tracker.codebook.first_date.year} to {tracker.data.today.year}"
    text = f"The stances of all actors and domains at month ends, {years}, as published: "
    return f"<p>{text}{', '.join(links)}.</p>"


def download_link(data: Dataset, path: str, label: str) -> str:
    """Return the link to a file. `label`: as markup."""
    address = escapes.html(path_with(path, release_texts(data)))
    return f'<a href="{address}" download>{label}</a>'
